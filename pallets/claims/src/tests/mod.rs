//! Stories about the import, the lenders' answers, the rulings, the voting rights, and about what
//! must hold whatever happens.

mod answers;
mod clearing;
mod import;
mod invariants;
mod rulings;
mod voting;
