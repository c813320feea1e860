use super::{ArchiveError, Block, End, Entry, Head, Metadata, Pair, MAGIC};
use codec::Encode;
use std::{
	fs::File,
	io::{BufWriter, Write},
	path::Path,
};
use zstd::stream::write::Encoder;

/// Zstandard's level: higher ones gain little on signatures, which are random.
const LEVEL: i32 = 3;

/// Writes an archive entry by entry, in their order.
pub struct Writer<W: Write> {
	stream: Option<Encoder<'static, Counting<W>>>,
	end: End,
}

impl Writer<BufWriter<File>> {
	/// Begins a file at `path`, which is replaced.
	pub fn create(path: &Path, head: &Head) -> Result<Self, ArchiveError> {
		Self::new(BufWriter::new(File::create(path)?), head)
	}
}

impl<W: Write> Writer<W> {
	/// Begins an archive.
	pub fn new(mut out: W, head: &Head) -> Result<Self, ArchiveError> {
		out.write_all(MAGIC)?;
		let out = Counting { out, written: MAGIC.len() as u64 };
		let end = End { blocks: 0, pairs: 0 };
		let mut writer = Self { stream: Some(Encoder::new(out, LEVEL)?), end };
		writer.entry(&Entry::Head(head.clone()))?;
		Ok(writer)
	}

	/// Goes on with an archive that was cut at the end of a frame: `written` bytes, among them
	/// `blocks` blocks and no state.
	pub fn resume(out: W, written: u64, blocks: u32) -> Result<Self, ArchiveError> {
		let stream = Encoder::new(Counting { out, written }, LEVEL)?;
		Ok(Self { stream: Some(stream), end: End { blocks, pairs: 0 } })
	}

	/// Adds the metadata of a version, before the first block that it explains.
	pub fn metadata(&mut self, metadata: Metadata) -> Result<(), ArchiveError> {
		self.entry(&Entry::Metadata(metadata))
	}

	/// Adds the next block.
	pub fn block(&mut self, block: Block) -> Result<(), ArchiveError> {
		self.end.blocks += 1;
		self.entry(&Entry::Block(block))
	}

	/// Adds the next pairs of the target's state, keys ascending.
	pub fn state(&mut self, pairs: Vec<Pair>) -> Result<(), ArchiveError> {
		self.end.pairs += pairs.len() as u64;
		self.entry(&Entry::State(pairs))
	}

	/// Ends the frame and begins another, so that everything before it can be read even if the
	/// rest is lost. Returns the bytes written.
	pub fn checkpoint(&mut self) -> Result<u64, ArchiveError> {
		let mut out = self.take()?.finish()?;
		out.flush()?;
		let written = out.written;
		self.stream = Some(Encoder::new(out, LEVEL)?);
		Ok(written)
	}

	/// Writes the last entry and returns what was written to.
	pub fn finish(mut self) -> Result<W, ArchiveError> {
		self.entry(&Entry::End(self.end.clone()))?;
		let mut out = self.take()?.finish()?;
		out.flush()?;
		Ok(out.out)
	}

	fn entry(&mut self, entry: &Entry) -> Result<(), ArchiveError> {
		let bytes = entry.encode();
		let length = u32::try_from(bytes.len()).map_err(|_| ArchiveError::TooLarge(u32::MAX))?;
		if length > super::MAX_ENTRY {
			return Err(ArchiveError::TooLarge(length));
		}
		let stream = self.stream.as_mut().ok_or_else(closed)?;
		stream.write_all(&length.to_le_bytes())?;
		stream.write_all(&bytes)?;
		Ok(())
	}

	fn take(&mut self) -> Result<Encoder<'static, Counting<W>>, ArchiveError> {
		self.stream.take().ok_or_else(closed)
	}
}

/// An earlier error of the stream left nothing to write to.
fn closed() -> ArchiveError {
	std::io::Error::other("the stream failed before").into()
}

/// Counts the bytes that reach the file.
struct Counting<W> {
	out: W,
	written: u64,
}

impl<W: Write> Write for Counting<W> {
	fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
		let written = self.out.write(bytes)?;
		self.written += written as u64;
		Ok(written)
	}

	fn flush(&mut self) -> std::io::Result<()> {
		self.out.flush()
	}
}
