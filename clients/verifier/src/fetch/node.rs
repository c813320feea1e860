//! The calls of a node that a fetch needs.

use super::FetchError;
use crate::archive::{Hash, Header, Pair};
use codec::{Decode, Encode};
use jsonrpsee::{
	core::client::{ClientT, Error},
	core::params::ArrayParams,
	rpc_params,
	ws_client::{WsClient, WsClientBuilder},
};
use serde::{de::DeserializeOwned, Deserialize};
use std::time::Duration;

/// The largest answer: a block, or 512 values.
const MAX_ANSWER: u32 = 128 * 1024 * 1024;
/// How long a call may take.
const TIMEOUT: Duration = Duration::from_secs(120);
/// GRANDPA's name among the justifications of a block.
const GRANDPA: [u8; 4] = *b"FRNK";
/// The version of the metadata over which their digest is defined.
const METADATA_VERSION: u32 = 15;
/// Blocks without a justification before the newest final one, at most.
const UNJUSTIFIED: u32 = 4_096;

/// A connection to a node.
pub struct Node(WsClient);

/// A block as the node answers.
pub struct Body {
	/// The encoded header.
	pub header: Vec<u8>,
	/// The hash of the block before.
	pub parent: Hash,
	/// The extrinsics, each with its length.
	pub extrinsics: Vec<Vec<u8>>,
	/// The justification kept with the block.
	pub justification: Option<Vec<u8>>,
}

#[derive(Deserialize)]
struct SignedBlock {
	block: BlockJson,
	justifications: Option<Vec<([u8; 4], Vec<u8>)>>,
}

#[derive(Deserialize)]
struct BlockJson {
	header: HeaderJson,
	extrinsics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HeaderJson {
	parent_hash: String,
	number: String,
	state_root: String,
	extrinsics_root: String,
	digest: DigestJson,
}

#[derive(Deserialize)]
struct DigestJson {
	logs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VersionJson {
	spec_version: u32,
}

#[derive(Deserialize)]
struct ProofJson {
	proof: Vec<String>,
}

#[derive(Deserialize)]
struct ChangesJson {
	changes: Vec<(String, Option<String>)>,
}

/// The head of `FinalityProof`: block, justification; headers follow.
#[derive(Decode)]
struct FinalityProof {
	block: Hash,
	justification: Vec<u8>,
}

impl Node {
	/// Connects.
	pub async fn connect(url: &str) -> Result<Self, FetchError> {
		let builder = WsClientBuilder::default()
			.max_request_size(MAX_ANSWER)
			.max_response_size(MAX_ANSWER)
			.request_timeout(TIMEOUT)
			.max_concurrent_requests(1_024);
		Ok(Self(builder.build(url).await?))
	}

	/// The name of the chain.
	pub async fn chain(&self) -> Result<String, FetchError> {
		self.call("system_chain", rpc_params![]).await
	}

	/// The hash of a block.
	pub async fn block_hash(&self, number: u32) -> Result<Hash, FetchError> {
		let hash: Option<String> = self.call("chain_getBlockHash", rpc_params![number]).await?;
		hash32(&hash.ok_or_else(|| FetchError::Answer(format!("no block {number}")))?)
	}

	/// The newest block, which may not be final yet.
	pub async fn best(&self) -> Result<Header, FetchError> {
		let header: HeaderJson = self.call("chain_getHeader", rpc_params![]).await?;
		header.decode()
	}

	/// The newest final block.
	pub async fn finalized(&self) -> Result<Header, FetchError> {
		let head: String = self.call("chain_getFinalizedHead", rpc_params![]).await?;
		self.header(&hash32(&head)?).await
	}

	/// The time of a block, in milliseconds; 0 for the first one, which has none.
	pub async fn time(&self, at: &Header) -> Result<u64, FetchError> {
		let hash = sp_crypto_hashing::blake2_256(&at.encode());
		let params = rpc_params![text(&winddown_proof::layout::time()), text(&hash)];
		let value: Option<String> = self.call("state_getStorage", params).await?;
		let Some(value) = value else { return Ok(0) };
		u64::decode(&mut unhex(&value)?.as_slice())
			.map_err(|error| FetchError::Answer(error.to_string()))
	}

	/// The newest block that a justification of this node makes final, and that justification: the
	/// node may keep it only until the next one.
	pub async fn newest_justified(&self) -> Result<(u32, Vec<u8>), FetchError> {
		let newest = self.finalized().await?.number;
		let oldest = newest.saturating_sub(UNJUSTIFIED);
		for number in (oldest..=newest).rev() {
			if let Some(FinalityProof { block, justification }) =
				self.finality_proof(number).await?
			{
				return Ok((self.header(&block).await?.number, justification));
			}
		}
		Err(FetchError::Answer("no block of this node has a justification".into()))
	}

	/// A block from `number` on that a justification of this node makes final, and that justification.
	pub async fn justified_from(&self, number: u32) -> Result<(u32, Vec<u8>), FetchError> {
		let missing = || FetchError::Answer(format!("no justification from block {number} on"));
		let FinalityProof { block, justification } =
			self.finality_proof(number).await?.ok_or_else(missing)?;
		Ok((self.header(&block).await?.number, justification))
	}

	/// The header of a block.
	pub async fn header(&self, hash: &Hash) -> Result<Header, FetchError> {
		let header: Option<HeaderJson> =
			self.call("chain_getHeader", rpc_params![text(hash)]).await?;
		header.ok_or_else(|| FetchError::Answer("a header is missing".into()))?.decode()
	}

	async fn finality_proof(&self, number: u32) -> Result<Option<FinalityProof>, FetchError> {
		let proof: Result<Option<String>, Error> =
			self.0.request("grandpa_proveFinality", rpc_params![number]).await;
		let bytes = match proof {
			Ok(Some(proof)) => unhex(&proof)?,
			// A block after the newest justification.
			Ok(None) | Err(Error::Call(_)) => return Ok(None),
			Err(error) => return Err(error.into()),
		};
		let proof = FinalityProof::decode(&mut bytes.as_slice());
		proof.map(Some).map_err(|error| FetchError::Answer(error.to_string()))
	}

	/// A block with its justification.
	pub async fn block(&self, hash: &Hash) -> Result<Body, FetchError> {
		let signed: Option<SignedBlock> =
			self.call("chain_getBlock", rpc_params![text(hash)]).await?;
		let signed = signed.ok_or_else(|| FetchError::Answer("a block is missing".into()))?;
		let header = signed.block.header.decode()?;
		let extrinsics = signed.block.extrinsics.iter().map(|hex| unhex(hex));
		let justification = signed.justifications.into_iter().flatten();
		Ok(Body {
			parent: header.parent,
			header: header.encode(),
			extrinsics: extrinsics.collect::<Result<_, _>>()?,
			justification: justification
				.into_iter()
				.find(|(engine, _)| *engine == GRANDPA)
				.map(|(_, bytes)| bytes),
		})
	}

	/// The version of the runtime in the state of a block.
	pub async fn spec_version(&self, at: &Hash) -> Result<u32, FetchError> {
		let version: VersionJson =
			self.call("state_getRuntimeVersion", rpc_params![text(at)]).await?;
		Ok(version.spec_version)
	}

	/// The metadata of the runtime in the state of a block: of version 15, over which the digest is defined that
	/// hardware wallets sign, or the node's oldest where the runtime does not tell that one.
	pub async fn metadata(&self, at: &Hash) -> Result<Vec<u8>, FetchError> {
		let version = format!("0x{}", hex::encode(METADATA_VERSION.to_le_bytes()));
		let params = rpc_params!["Metadata_metadata_at_version", version, text(at)];
		let answer: String = self.call("state_call", params).await?;
		let told = Option::<Vec<u8>>::decode(&mut &unhex(&answer)?[..]);
		if let Some(metadata) = told.map_err(|error| FetchError::Answer(error.to_string()))? {
			return Ok(metadata);
		}
		let metadata: String = self.call("state_getMetadata", rpc_params![text(at)]).await?;
		unhex(&metadata)
	}

	/// Trie nodes that prove keys under the state root of a block.
	pub async fn read_proof(
		&self,
		keys: &[Vec<u8>],
		at: &Hash,
	) -> Result<Vec<Vec<u8>>, FetchError> {
		let keys: Vec<String> = keys.iter().map(text).collect();
		let proof: ProofJson = self.call("state_getReadProof", rpc_params![keys, text(at)]).await?;
		proof.proof.iter().map(|hex| unhex(hex)).collect()
	}

	/// Up to `count` keys under `prefix` after `last`, ascending, in the state of a block.
	pub async fn keys(
		&self,
		prefix: &[u8],
		last: Option<&[u8]>,
		count: u32,
		at: &Hash,
	) -> Result<Vec<Vec<u8>>, FetchError> {
		let last = last.map(text);
		let params = rpc_params![text(prefix), count, last, text(at)];
		let keys: Vec<String> = self.call("state_getKeysPaged", params).await?;
		keys.iter().map(|hex| unhex(hex)).collect()
	}

	/// The values of keys in the state of a block. Where all of them are more than the node sends at once,
	/// half of them are asked for at a time, and so on.
	pub async fn values(&self, keys: &[Vec<u8>], at: &Hash) -> Result<Vec<Pair>, FetchError> {
		let mut pairs = Vec::with_capacity(keys.len());
		let mut left = vec![keys];
		while let Some(keys) = left.pop() {
			match self.values_at_once(keys, at).await {
				Ok(found) => pairs.extend(found),
				Err(FetchError::AnswerTooLarge) if keys.len() > 1 => {
					let (first, second) = keys.split_at(keys.len() / 2);
					left.extend([second, first]);
				}
				Err(error) => return Err(error),
			}
		}
		Ok(pairs)
	}

	async fn values_at_once(&self, keys: &[Vec<u8>], at: &Hash) -> Result<Vec<Pair>, FetchError> {
		let keys: Vec<String> = keys.iter().map(text).collect();
		let sets: Vec<ChangesJson> =
			self.call("state_queryStorageAt", rpc_params![keys, text(at)]).await?;
		let changes = sets.into_iter().flat_map(|set| set.changes);
		changes
			.map(|(key, value)| {
				let value = value.ok_or_else(|| FetchError::Answer("a value is missing".into()))?;
				Ok((unhex(&key)?, unhex(&value)?))
			})
			.collect()
	}

	async fn call<R: DeserializeOwned>(
		&self,
		method: &str,
		params: ArrayParams,
	) -> Result<R, FetchError> {
		Ok(self.0.request(method, params).await?)
	}
}

impl HeaderJson {
	fn number(&self) -> Result<u32, FetchError> {
		let digits = self.number.trim_start_matches("0x");
		u32::from_str_radix(digits, 16).map_err(|error| FetchError::Answer(error.to_string()))
	}

	fn decode(&self) -> Result<Header, FetchError> {
		let logs = self.digest.logs.iter().map(|hex| unhex(hex)).collect::<Result<Vec<_>, _>>()?;
		let mut digest = codec::Compact(logs.len() as u32).encode();
		logs.iter().for_each(|log| digest.extend_from_slice(log));
		Ok(Header {
			parent: hash32(&self.parent_hash)?,
			number: self.number()?,
			state_root: hash32(&self.state_root)?,
			extrinsics_root: hash32(&self.extrinsics_root)?,
			digest,
		})
	}
}

fn text(bytes: &(impl AsRef<[u8]> + ?Sized)) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn unhex(text: &str) -> Result<Vec<u8>, FetchError> {
	hex::decode(text.trim_start_matches("0x"))
		.map_err(|error| FetchError::Answer(error.to_string()))
}

fn hash32(text: &str) -> Result<Hash, FetchError> {
	unhex(text)?.try_into().map_err(|_| FetchError::Answer(format!("{text} is no hash")))
}
