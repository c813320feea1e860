//! Stories about rows, about keys, and about what must hold whatever happens.

mod invariants;
mod keys;
mod rows;
