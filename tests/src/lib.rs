//! A chain of one process with the real runtime, for tests and benchmarks that look into every block.

pub mod ballots;
pub mod chain;
pub mod terms;
pub mod winddown;
