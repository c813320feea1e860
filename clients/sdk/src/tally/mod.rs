//! An independent recount of a poll, from the raw pages of the chain.
//!
//! Nothing here uses the chain's tally, its reading of pages or its evaluation of rules: the same
//! question is answered a second time by other code, so that an error of the first shows. What a rule
//! measured has one type and one evaluation for all clients, in `winddown_proof::grounds`.

mod column;
mod compare;
mod count;
mod decide;

pub use column::{read_ballots, read_claims, BallotRow, ClaimRow, ColumnError, Standing};
pub use compare::{compare, Difference, Published};
pub use count::{recount, ClassCount, ItemCount, Recount, RecountError};
pub use decide::{grounds, Settling};

#[cfg(test)]
mod tests;
