use super::{ArchiveError, End, Entry, Head, MAGIC, MAX_ENTRY};
use codec::DecodeAll;
use std::{
	fs::File,
	io::{BufReader, ErrorKind, Read},
	path::Path,
};
use zstd::stream::read::Decoder;

/// Reads an archive entry by entry and checks their order and counts.
pub struct Reader<R: Read> {
	stream: Decoder<'static, BufReader<R>>,
	head: Head,
	read: u64,
	seen: End,
	phase: Phase,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
	Blocks,
	State,
	Done,
}

impl Reader<File> {
	/// Opens a file.
	pub fn open(path: &Path) -> Result<Self, ArchiveError> {
		Self::new(File::open(path)?)
	}
}

impl<R: Read> Reader<R> {
	/// Begins to read an archive.
	pub fn new(mut input: R) -> Result<Self, ArchiveError> {
		let mut magic = [0; 8];
		input.read_exact(&mut magic).map_err(|_| ArchiveError::NotAnArchive)?;
		if &magic != MAGIC {
			return Err(ArchiveError::NotAnArchive);
		}
		let mut stream = Decoder::new(input)?;
		let head = match read_entry(&mut stream, 0)? {
			Entry::Head(head) => head,
			_ => return Err(ArchiveError::Order { at: 0, expected: "the head" }),
		};
		let seen = End { blocks: 0, pairs: 0 };
		Ok(Self { stream, head, read: 1, seen, phase: Phase::Blocks })
	}

	/// What the archive is about.
	pub fn head(&self) -> &Head {
		&self.head
	}

	/// The next of metadata, blocks and parts of the state; `None` after the end, once the counts
	/// were found right.
	pub fn next_entry(&mut self) -> Result<Option<Entry>, ArchiveError> {
		if self.phase == Phase::Done {
			return Ok(None);
		}
		let at = self.read;
		let entry = read_entry(&mut self.stream, at)?;
		self.read += 1;
		match &entry {
			Entry::Metadata(_) if self.phase == Phase::Blocks => {}
			Entry::Block(_) if self.phase == Phase::Blocks => self.seen.blocks += 1,
			Entry::State(pairs) => {
				self.phase = Phase::State;
				self.seen.pairs += pairs.len() as u64;
			}
			Entry::End(end) => {
				self.phase = Phase::Done;
				let End { blocks, pairs } = self.seen.clone();
				let right =
					*end == self.seen && u64::from(blocks) == u64::from(self.head.target) + 1;
				return if right { Ok(None) } else { Err(ArchiveError::Counts { blocks, pairs }) };
			}
			_ => return Err(ArchiveError::Order { at, expected: "state or the end" }),
		}
		Ok(Some(entry))
	}
}

fn read_entry(stream: &mut impl Read, at: u64) -> Result<Entry, ArchiveError> {
	let mut length = [0; 4];
	stream.read_exact(&mut length).map_err(|error| cut_off(error, at))?;
	let length = u32::from_le_bytes(length);
	if length > MAX_ENTRY {
		return Err(ArchiveError::TooLarge(length));
	}
	// Grown as it is read, so that a false length takes no memory.
	let mut bytes = Vec::new();
	stream.take(length.into()).read_to_end(&mut bytes).map_err(|error| cut_off(error, at))?;
	if bytes.len() < length as usize {
		return Err(ArchiveError::CutOff(at));
	}
	Entry::decode_all(&mut bytes.as_slice()).map_err(|error| ArchiveError::Entry { at, error })
}

fn cut_off(error: std::io::Error, at: u64) -> ArchiveError {
	match error.kind() {
		ErrorKind::UnexpectedEof => ArchiveError::CutOff(at),
		_ => error.into(),
	}
}
