use codec::{Compact, Decode, Encode, Input};
use sp_crypto_hashing::blake2_256;

/// A BLAKE2b-256 hash: of a block, of a trie.
pub type Hash = [u8; 32];

/// A key of the state and its value.
pub type Pair = (Vec<u8>, Vec<u8>);

/// One entry of an archive.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Entry {
	/// What the archive is about; the first entry.
	#[codec(index = 0)]
	Head(Head),
	/// The metadata of one version of the runtime.
	#[codec(index = 1)]
	Metadata(Metadata),
	/// A block.
	#[codec(index = 2)]
	Block(Block),
	/// A part of the state of the target, keys ascending.
	#[codec(index = 3)]
	State(Vec<Pair>),
	/// The last entry.
	#[codec(index = 4)]
	End(End),
}

/// What an archive is about.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Head {
	/// The hash of block 0.
	pub genesis: Hash,
	/// The name of the chain, as the node tells it.
	pub chain: String,
	/// The number of the last block, which has a justification.
	pub target: u32,
	/// Trie nodes that prove `Grandpa.Authorities` and every `Consortium.Institutions` under the
	/// state root of block 0.
	pub genesis_proof: Vec<Vec<u8>>,
}

/// The metadata of one version of the runtime.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Metadata {
	/// The version.
	pub spec_version: u32,
	/// `RuntimeMetadataPrefixed`, as `state_getMetadata` answers.
	pub bytes: Vec<u8>,
}

/// A block with what is needed to check it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Block {
	/// The SCALE encoding of the header.
	pub header: Vec<u8>,
	/// The version of the runtime that executed the block, which is that of its parent's state.
	pub spec_version: u32,
	/// The extrinsics as the block holds them, each with its own compact length in front.
	pub extrinsics: Vec<Vec<u8>>,
	/// Trie nodes that prove `System.Events` under the header's state root; none for block 0.
	pub events_proof: Vec<Vec<u8>>,
	/// The GRANDPA justification of the block, if the node keeps one.
	pub justification: Option<Vec<u8>>,
}

impl Block {
	/// The hash of the header.
	pub fn hash(&self) -> Hash {
		blake2_256(&self.header)
	}
}

/// How much an archive holds.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct End {
	/// Blocks, block 0 included.
	pub blocks: u32,
	/// Pairs of the target's state.
	pub pairs: u64,
}

/// The header of a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
	/// The hash of the block before.
	pub parent: Hash,
	/// The number.
	pub number: u32,
	/// The root of the state after the block.
	pub state_root: Hash,
	/// The root of the extrinsics.
	pub extrinsics_root: Hash,
	/// The encoded digest: a list of log entries.
	pub digest: Vec<u8>,
}

impl Encode for Header {
	fn encode(&self) -> Vec<u8> {
		let mut bytes =
			(self.parent, Compact(self.number), self.state_root, self.extrinsics_root).encode();
		bytes.extend_from_slice(&self.digest);
		bytes
	}
}

impl Decode for Header {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let (parent, Compact(number)) = <(Hash, Compact<u32>)>::decode(input)?;
		let (state_root, extrinsics_root) = <(Hash, Hash)>::decode(input)?;
		let mut digest = vec![0; input.remaining_len()?.ok_or("a header of unknown length")?];
		input.read(&mut digest)?;
		Ok(Self { parent, number, state_root, extrinsics_root, digest })
	}
}
