use super::{trie, ArchiveError, Block, Entry, Hash, Head, Header, Metadata, Pair, Reader, Writer};
use codec::{Decode, Encode};
use std::path::Path;

/// Pairs of one part of the state.
const PART: usize = 1_000;

/// A whole archive in memory, for tools that build or change one.
#[derive(Clone, Debug)]
pub struct Parts {
	/// What it is about.
	pub head: Head,
	/// The metadata of every version, ascending.
	pub metadata: Vec<Metadata>,
	/// All blocks, ascending from 0.
	pub blocks: Vec<Block>,
	/// The whole state of the last block, keys ascending.
	pub state: Vec<Pair>,
}

impl Parts {
	/// Reads a file.
	pub fn read(path: &Path) -> Result<Self, ArchiveError> {
		let mut reader = Reader::open(path)?;
		let head = reader.head().clone();
		let mut parts = Self { head, metadata: vec![], blocks: vec![], state: vec![] };
		while let Some(entry) = reader.next_entry()? {
			match entry {
				Entry::Metadata(metadata) => parts.metadata.push(metadata),
				Entry::Block(block) => parts.blocks.push(block),
				Entry::State(pairs) => parts.state.extend(pairs),
				Entry::Head(_) | Entry::End(_) => {}
			}
		}
		Ok(parts)
	}

	/// Writes a file. All metadata go before the first block.
	pub fn write(&self, path: &Path) -> Result<(), ArchiveError> {
		let mut writer = Writer::create(path, &self.head)?;
		for metadata in &self.metadata {
			writer.metadata(metadata.clone())?;
		}
		for block in &self.blocks {
			writer.block(block.clone())?;
		}
		for pairs in self.state.chunks(PART) {
			writer.state(pairs.to_vec())?;
		}
		writer.finish().map(|_| ())
	}

	/// The header of a block.
	pub fn header(&self, number: u32) -> Result<Header, ArchiveError> {
		let block = self.blocks.get(number as usize).ok_or_else(|| wrong(number, "missing"))?;
		Header::decode(&mut block.header.as_slice()).map_err(|error| wrong(number, error))
	}

	/// The encoded `System.Events` of a block, read through its proof.
	pub fn events(&self, number: u32) -> Result<Vec<u8>, ArchiveError> {
		let root = self.header(number)?.state_root;
		let proof = &self.blocks[number as usize].events_proof;
		let events = trie::value(proof, &root, &trie::EVENTS_KEY);
		Ok(events.map_err(|error| wrong(number, error))?.unwrap_or_default())
	}

	/// Replaces the events of a block. Its state is from now on one that holds nothing else; the
	/// target's events stand in its state, too, where the caller replaces them.
	pub fn set_events(&mut self, number: u32, events: Vec<u8>) -> Result<(), ArchiveError> {
		let mut header = self.header(number)?;
		let pairs = [(trie::EVENTS_KEY.to_vec(), events)];
		let (root, proof) = trie::sealed(&pairs).map_err(|error| wrong(number, error))?;
		header.state_root = root;
		self.blocks[number as usize].events_proof = proof;
		self.blocks[number as usize].header = header.encode();
		Ok(())
	}

	/// The value of a key in the state of the target.
	pub fn get(&self, key: &[u8]) -> Option<&[u8]> {
		let at = self.state.binary_search_by(|(known, _)| known.as_slice().cmp(key)).ok()?;
		Some(&self.state[at].1)
	}

	/// Sets, adds or removes a key in the state of the target.
	pub fn put(&mut self, key: &[u8], value: Option<Vec<u8>>) {
		let at = self.state.binary_search_by(|(known, _)| known.as_slice().cmp(key));
		match (at, value) {
			(Ok(at), Some(value)) => self.state[at].1 = value,
			(Ok(at), None) => drop(self.state.remove(at)),
			(Err(at), Some(value)) => self.state.insert(at, (key.to_vec(), value)),
			(Err(_), None) => {}
		}
	}

	/// Makes the chain from block `from` on consistent with its contents: extrinsics roots, parent
	/// hashes, and the state root of the target with the proof of its events. Justifications from
	/// there on are made by `sign`, which is given number and hash of a block and answers with
	/// the encoded justification; only blocks that had one, and the target, are asked for.
	pub fn relink(
		&mut self,
		from: u32,
		mut sign: impl FnMut(u32, Hash) -> Vec<u8>,
	) -> Result<(), ArchiveError> {
		let target = self.head.target;
		for number in from..=target {
			let mut header = self.header(number)?;
			if let Some(before) = number.checked_sub(1) {
				header.parent = self.blocks[before as usize].hash();
			}
			let extrinsics = &self.blocks[number as usize].extrinsics;
			if !trie::is_extrinsics_root(extrinsics, &header.extrinsics_root) {
				header.extrinsics_root = trie::extrinsics_root(extrinsics);
			}
			if number == target {
				let (root, proof) =
					trie::sealed(&self.state).map_err(|error| wrong(number, error))?;
				header.state_root = root;
				self.blocks[number as usize].events_proof = proof;
			}
			let block = &mut self.blocks[number as usize];
			block.header = header.encode();
			if block.justification.is_some() || number == target {
				block.justification = Some(sign(number, block.hash()));
			}
		}
		if from == 0 {
			self.head.genesis = self.blocks[0].hash();
		}
		Ok(())
	}
}

fn wrong(number: u32, what: impl ToString) -> ArchiveError {
	ArchiveError::Block { number, what: what.to_string() }
}
