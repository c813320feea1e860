//! The operator's plaintext records (docs/records.md): a database of them and its HTTP endpoint.
//!
//! [`store`] keeps them in SQLite or PostgreSQL, [`form`] reads and writes the export, [`source`]
//! finds the plaintext behind one digest in either, [`access`] says who asks, and [`serve`] answers.

#![warn(missing_docs)]

pub mod access;
mod error;
pub mod form;
pub mod serve;
pub mod source;
pub mod store;

pub use error::Error;
