//! The bundle verifier for browsers: a WebAssembly module without imports, called over plain memory.
//!
//! ```sh
//! CARGO_TARGET_DIR=target/web cargo build -p winddown-proof-wasm --release \
//!     --target wasm32v1-none --no-default-features
//! ```
//!
//! | export | takes | gives |
//! |---|---|---|
//! | `winddown_alloc` | a number of bytes | where they are |
//! | `winddown_free` | that place, the same number | |
//! | `winddown_verify` | a bundle's place and length, the place of a genesis hash (32 bytes) | an answer |
//! | `winddown_verify_from` | the same, and the place of a checkpoint's block hash (32 bytes) | an answer |
//! | `winddown_origin` | a bundle's place and length | an answer |
//! | `winddown_receipt` | a receipt code's place and length, in UTF-8 | an answer |
//!
//! An answer is the place of a length (4 bytes, little endian) and as many bytes of JSON after it; it is
//! freed with 4 bytes more than that length. The JSON is `{"report": …}`, `{"origin": …}` or
//! `{"receipt": …}` when all is well, else `{"failure": {"code", "en", "zh"}}`.
//!
//! Trust: what [`winddown_proof::verify()`] takes on trust, and that the page which runs this module is
//! the one that it claims to be.

#![cfg_attr(target_family = "wasm", no_std)]
#![warn(missing_docs)]

extern crate alloc;

pub mod exports;
mod json;
#[cfg(target_family = "wasm")]
mod machine;

pub use json::{origin, receipt, verify};
