//! Verifies evidence bundles of a Winddown chain offline; for natives and WebAssembly.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use winddown_proof::{verify, Anchor};
//! let bundle = std::fs::read("ballot.wdproof")?;
//! let genesis = "0x5c1e…".parse()?;
//! let report = verify(&bundle, &Anchor::Genesis { hash: genesis })?;
//! for finding in &report.proved {
//!     println!("{}", finding.en);
//! }
//! # Ok(()) }
//! ```
//!
//! Neither the pallets nor the node share code with this crate: what the chain stores and how it is
//! hashed is written down here a second time, from `docs/bundle.md`. Every public function that
//! concludes something states what it takes on trust.

#![cfg_attr(not(any(feature = "std", test)), no_std)]
#![warn(missing_docs)]

extern crate alloc;

pub mod authorities;
pub mod bundle;
pub mod count;
pub mod digest;
mod failure;
pub mod finality;
pub mod grounds;
mod hash;
pub mod header;
pub mod law;
pub mod layout;
pub mod merkle;
pub mod receipt;
pub mod record;
mod report;
pub mod state;
pub mod typed;
pub mod verify;
mod words;

pub use authorities::Anchor;
pub use bundle::Bundle;
pub use failure::{Failure, Finalised, Value};
pub use grounds::Ground;
pub use hash::{Hash, NotAHash};
pub use receipt::Receipt;
pub use report::*;
pub use verify::verify;
