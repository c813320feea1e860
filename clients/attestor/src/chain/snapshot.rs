use super::{keys, patiently};
use crate::check::Deposit;
use codec::DecodeAll;
use std::sync::Arc;
use winddown_proof::{header::Header, layout::evidence, state::State, Hash, Value};
use winddown_sdk::{
	chain::{At, Chain, Head},
	Error, Missing,
};

/// Keys of one storage proof.
const KEYS: usize = 128;

/// The chain at one block. Everything read through it is of the same moment.
#[derive(Clone)]
pub struct Snapshot {
	chain: Chain,
	/// The same block, as the client library reads it.
	pub at: Arc<At>,
	/// Its header.
	pub header: Header,
}

impl Snapshot {
	/// The chain at its finalized or its best block.
	pub async fn take(chain: &Chain, head: Head) -> Result<Self, Error> {
		Self::of(chain, patiently(chain.at(head)).await?).await
	}

	/// The chain at the finalized block of this number.
	pub async fn of_number(chain: &Chain, number: u32) -> Result<Self, Error> {
		Self::of(chain, patiently(chain.at_number(number.into())).await?).await
	}

	async fn of(chain: &Chain, at: At) -> Result<Self, Error> {
		let header = patiently(chain.header(Hash(at.hash().0))).await?;
		Ok(Self { chain: chain.clone(), at: Arc::new(at), header })
	}

	/// The value under each key.
	pub async fn values(&self, keys: &[Vec<u8>]) -> Result<Vec<Option<Vec<u8>>>, Error> {
		let mut values = Vec::with_capacity(keys.len());
		for keys in keys.chunks(KEYS) {
			let proof = patiently(self.chain.prove(&self.header, keys)).await?;
			let mut state = State::open(self.header.state_root, &proof).map_err(unsound)?;
			for key in keys {
				// What is read is named by its key; the name given here is only for bundles.
				values.push(state.bytes(key, Value::Record).map_err(unsound)?);
			}
		}
		Ok(values)
	}

	/// The bytes under a key.
	pub async fn value(&self, key: Vec<u8>) -> Result<Option<Vec<u8>>, Error> {
		Ok(self.values(&[key]).await?.pop().flatten())
	}

	/// The value under a key, decoded to its last byte.
	pub async fn get<T: DecodeAll>(&self, key: Vec<u8>) -> Result<Option<T>, Error> {
		self.value(key).await?.map(|bytes| decode(&bytes)).transpose()
	}

	/// An evidence record.
	pub async fn deposit(&self, id: u64) -> Result<Deposit, Error> {
		let record = self.get(evidence::record(id)).await?;
		let record = record.ok_or(Error::NotFound(Missing::Evidence(id)))?;
		Ok(Deposit { id, record })
	}

	/// The number of the next evidence record.
	pub async fn next_record(&self) -> Result<u64, Error> {
		Ok(self.get(keys::next_record()).await?.unwrap_or_default())
	}
}

/// Whether the node threw the state of an old block away.
pub const fn is_gone(error: &Error) -> bool {
	matches!(error, Error::StateGone(_))
}

/// Reads a value to its last byte.
pub fn decode<T: DecodeAll>(bytes: &[u8]) -> Result<T, Error> {
	T::decode_all(&mut &bytes[..])
		.map_err(|error| Error::Incompatible(format!("a stored value does not decode: {error}")))
}

fn unsound(failure: winddown_proof::Failure) -> Error {
	Error::Node(format!("its proof is unsound: {failure}"))
}
