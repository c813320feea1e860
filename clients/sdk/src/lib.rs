//! A typed client of a Winddown chain, for tools of institutions and of lenders.
//!
//! What needs no node: reading a platform's export ([`roll`]), the keyed hash of a person
//! ([`identity`]), keys ([`keys`]), digests of files ([`digest`]), signing what a lender wants
//! ([`intent`]), and counting a poll again ([`tally`]). What needs one: [`chain`].

pub mod amount;
pub mod api;
pub mod base58;
mod call;
mod call_text;
pub mod calls;
pub mod chain;
pub mod digest;
pub mod document;
mod error;
pub mod identity;
pub mod intent;
mod key_file;
pub mod keys;
pub mod law;
mod missing;
pub mod peer;
pub mod record;
mod refusal;
pub mod roll;
pub mod rule_text;
pub mod secret;
pub mod span_text;
pub mod tally;

pub use call::{Call, METADATA};
pub use call_text::{ArgumentView, CallView};
pub use error::{Error, ErrorKind};
pub use key_file::KeyKind;
pub use missing::Missing;
pub use refusal::NotAccepted;
pub use subxt::utils::{AccountId32, H256};
pub use winddown_primitives as primitives;
