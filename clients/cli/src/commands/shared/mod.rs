//! What several commands have in common.

pub mod person;
