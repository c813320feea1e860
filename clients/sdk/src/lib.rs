//! A typed client of a Winddown chain, for tools of institutions and of lenders.
//!
//! What needs no node: reading a platform's export ([`roll`]), the keyed hash of a person
//! ([`identity`]), keys ([`keys`]), digests of files ([`digest`]).

mod advice;
pub mod amount;
pub mod digest;
pub mod document;
mod error;
pub mod identity;
pub mod keys;
pub mod roll;
pub mod secret;
pub mod tally;

pub use error::{Error, ErrorKind};
pub use winddown_primitives as primitives;
