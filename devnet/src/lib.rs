//! Networks of real nodes on one machine, for the demo and for tests. Whatever happens, no process stays
//! behind.

pub mod network;
pub mod node;
pub mod port;
pub mod program;
pub mod progress;
