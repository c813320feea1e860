//! What a node answers for those who have none: headers, storage proofs, and the validators' votes
//! that make blocks final. Nothing of it is believed before `winddown_proof` has checked it.

use super::{errors::node, Chain};
use crate::{Error, Missing};
use codec::{Decode, DecodeAll, Encode};
use subxt::{
	rpcs::{methods::legacy::Bytes, rpc_params},
	utils::H256,
};
use winddown_proof::{
	authorities,
	bundle::{Change, Origin},
	finality::{AuthoritySet, Justification},
	header::Header,
	state::Proof,
	Anchor, Hash,
};

/// How far behind the finalized block the newest kept justification is looked for.
const REACH: u32 = 64;

/// A block with the votes that make it final.
#[derive(Clone, Debug)]
pub struct Final {
	/// Its header.
	pub header: Header,
	/// The votes.
	pub justification: Justification,
}

/// What `grandpa_proveFinality` answers.
#[derive(Decode)]
struct FinalityProof {
	block: Hash,
	justification: Vec<u8>,
	/// Headers after the block that was asked for, up to `block`.
	headers: Vec<Header>,
}

impl Chain {
	/// The header of a block.
	pub async fn header(&self, block: Hash) -> Result<Header, Error> {
		let header = self.rpc.chain_get_header(Some(H256(block.0))).await.map_err(node)?;
		let header = header.ok_or(Error::NotFound(Missing::Block(block)))?;
		let header = Header::decode_all(&mut &header.encode()[..]).map_err(malformed)?;
		ensure_hash(&header, block)?;
		Ok(header)
	}

	/// The hash of the block of this number.
	pub async fn block_hash(&self, number: u32) -> Result<Hash, Error> {
		let hash = self.rpc.chain_get_block_hash(Some(number.into())).await.map_err(node)?;
		let hash = hash.ok_or(Error::NotFound(Missing::BlockNumber(number)))?;
		Ok(Hash(hash.0))
	}

	/// The proof of the values of `keys`, or of their absence, in the state of a block.
	pub async fn prove(&self, block: &Header, keys: &[Vec<u8>]) -> Result<Proof, Error> {
		let keys = keys.iter().map(Vec::as_slice);
		let proof = self.rpc.state_get_read_proof(keys, Some(H256(block.hash().0))).await;
		let proof = proof.map_err(|error| match node(error) {
			Error::StateGone(_) => Error::StateGone(Some(block.number)),
			error => error,
		})?;
		Ok(Proof::new(proof.proof.into_iter().map(|bytes| bytes.0)))
	}

	/// The first block at or after `number` whose votes the node keeps.
	pub async fn finality_from(&self, number: u32) -> Result<Final, Error> {
		let method = "grandpa_proveFinality";
		let answer: Option<Bytes> =
			self.raw.request(method, rpc_params![number]).await.map_err(node)?;
		let answer = answer.ok_or(Error::NotFound(Missing::Justification(number)))?;
		let proof = FinalityProof::decode_all(&mut &answer.0[..]).map_err(malformed)?;
		let header = match proof.headers.into_iter().next_back() {
			Some(last) => last,
			None => self.header(proof.block).await?,
		};
		ensure_hash(&header, proof.block)?;
		let justification =
			Justification::decode_all(&mut &proof.justification[..]).map_err(malformed)?;
		Ok(Final { header, justification })
	}

	/// The newest block whose votes the node keeps.
	pub async fn newest_final(&self) -> Result<Final, Error> {
		let head = self.rpc.chain_get_finalized_head().await.map_err(node)?;
		let head = self.header(Hash(head.0)).await?.number;
		for number in (head.saturating_sub(REACH).max(1)..=head).rev() {
			match self.finality_from(number).await {
				// A node that just caught up knows that a block is final before it has the votes.
				Err(Error::NotYetFinal) => {}
				found => return found,
			}
		}
		Err(Error::NotFound(Missing::FinalBlock))
	}

	/// A block in whose validators trust begins, with the proof of them.
	pub async fn origin(&self, block: Hash) -> Result<Origin, Error> {
		let header = self.header(block).await?;
		let state = self.prove(&header, &authorities::keys()).await?;
		Ok(Origin { header, state })
	}

	/// Every change of the validators between `origin` and `end`, ascending.
	///
	/// They are found by whose votes the node keeps, not in old states, so that a node which prunes
	/// them can answer.
	pub async fn changes(
		&self,
		origin: &Origin,
		anchor: &Anchor,
		end: &Final,
	) -> Result<Vec<Change>, Error> {
		let mut set = authorities::begin(origin, anchor).map_err(unsound)?;
		let (mut before, mut changes) = (origin.header.clone(), Vec::new());
		while set.check(&end.header, &end.justification).is_err() {
			let Final { header, justification } =
				self.last_of(&set, before.number + 1, end.header.number).await?;
			let change = Change { header: header.clone(), justification };
			set = authorities::follow(set, &before, std::slice::from_ref(&change))
				.map_err(unsound)?;
			changes.push(change);
			before = header;
		}
		Ok(changes)
	}

	/// The last block from `first` on, before `end`, that these validators made final: the one that
	/// changed them.
	async fn last_of(&self, set: &AuthoritySet, first: u32, end: u32) -> Result<Final, Error> {
		let (mut low, mut high, mut found) = (first, end, None);
		while low < high {
			let middle = low + (high - low) / 2;
			let probe = self.finality_from(middle).await?;
			match set.check(&probe.header, &probe.justification) {
				Ok(()) => {
					low = probe.header.number.max(middle) + 1;
					found = Some(probe);
				}
				Err(_) => high = middle,
			}
		}
		found.ok_or_else(|| {
			Error::Node(format!(
				"it keeps no votes of validator set {} after block {first}",
				set.id
			))
		})
	}
}

fn ensure_hash(header: &Header, block: Hash) -> Result<(), Error> {
	match header.hash() == block {
		true => Ok(()),
		false => Err(Error::Node(format!("the header that it gives for {block} is another one"))),
	}
}

fn malformed(error: codec::Error) -> Error {
	Error::Node(format!("its answer is malformed: {error}"))
}

fn unsound(failure: winddown_proof::Failure) -> Error {
	Error::Node(format!("its proof is unsound: {failure}"))
}
