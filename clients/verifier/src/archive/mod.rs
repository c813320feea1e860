//! A case archive: everything that an audit needs of a chain, in one file.
//!
//! The file begins with the eight bytes [`MAGIC`]; behind them stands a Zstandard stream of one or
//! more frames. The stream is a sequence of entries, each a length in four bytes, little endian,
//! then the SCALE encoding of an [`Entry`]. Their order is fixed:
//!
//! | entry | how many | what |
//! |---|---|---|
//! | [`Entry::Head`] | 1 | genesis hash, target block, proof of the first authorities and institutions |
//! | [`Entry::Metadata`] | 1 for each version of the runtime | before the first block that it explains |
//! | [`Entry::Block`] | all from 0 to the target, ascending | header, extrinsics, proof of the events, justification |
//! | [`Entry::State`] | any number | the WHOLE state of the target, keys ascending |
//! | [`Entry::End`] | 1 | counts, so that a file that was cut off is noticed |
//!
//! Nothing here is taken on trust by the audit: headers are chained, extrinsics and events are
//! compared with the roots in their header, the state of the target is rebuilt from all its pairs,
//! and the target's justification is checked from the genesis hash on. Only the metadata, which
//! name calls and events, are the word of the node that they came from.
//!
//! [`Writer`] and [`Reader`] keep one entry in memory. [`Parts`] holds a whole archive of a small
//! case for tools that change one: [`Parts::relink`] makes the chain consistent again, as validators who
//! collude could.

mod entry;
mod error;
mod parts;
mod reader;
pub mod trie;
mod writer;

pub use entry::{Block, End, Entry, Hash, Head, Header, Metadata, Pair};
pub use error::ArchiveError;
pub use parts::Parts;
pub use reader::Reader;
pub use writer::Writer;

/// What an archive begins with; the last two digits are the version of the format.
pub const MAGIC: &[u8; 8] = b"WDARCH01";

/// Most bytes of one entry.
pub const MAX_ENTRY: u32 = 256 * 1024 * 1024;
