use thiserror::Error;

/// Why an archive cannot be read or written.
#[derive(Debug, Error)]
pub enum ArchiveError {
	/// The file system, or a broken Zstandard stream.
	#[error("the archive cannot be read or written: {0}")]
	Io(#[from] std::io::Error),
	/// Another kind of file, or another version of the format.
	#[error("this is no case archive of version 01")]
	NotAnArchive,
	/// An entry of impossible size.
	#[error("an entry claims {0} bytes")]
	TooLarge(u32),
	/// Bytes that are no entry.
	#[error("entry {at} does not decode: {error}")]
	Entry {
		/// Its position.
		at: u64,
		/// What the decoder says.
		error: codec::Error,
	},
	/// An entry out of order.
	#[error("entry {at} stands where {expected} belongs")]
	Order {
		/// Its position.
		at: u64,
		/// What belongs there.
		expected: &'static str,
	},
	/// The file ends before its last entry.
	#[error("the archive is cut off after entry {0}")]
	CutOff(u64),
	/// The counts of the last entry are not those of the file.
	#[error("the archive holds {blocks} blocks and {pairs} pairs, other than its end says")]
	Counts {
		/// Blocks read.
		blocks: u32,
		/// Pairs read.
		pairs: u64,
	},
	/// A header, a proof or a state that cannot be built.
	#[error("block {number}: {what}")]
	Block {
		/// The block.
		number: u32,
		/// What is wrong.
		what: String,
	},
}
