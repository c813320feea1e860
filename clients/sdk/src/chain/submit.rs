//! Sends transactions and follows them into a block.

use super::{
	errors::{failed, in_words_of_the_node, invalid, node, refusal, refused},
	At, Chain, Head,
};
use crate::{
	api::intents::events::Refused,
	call::{Call, Prepared},
	calls,
	intent::SignedIntent,
	keys::Keypair,
	Error, NotAccepted,
};
use futures::stream::{FuturesOrdered, StreamExt};
use serde::Serialize;
use std::time::Duration;
use subxt::{
	client::OnlineClientAtBlockImpl,
	config::DefaultExtrinsicParamsBuilder,
	error::TransactionEventsError,
	events::DecodeAsEvent,
	extrinsics::ExtrinsicEvents,
	tx::{SubmittableTransaction, TransactionInBlock, TransactionProgress, TransactionStatus},
	utils::H256,
	SubstrateConfig,
};
use winddown_primitives::{LenderIndex, Sequence};

/// How many blocks a transaction may wait: about thirteen minutes.
const MORTALITY: u64 = 256;
/// How long a transaction is waited for.
const TIMEOUT: Duration = Duration::from_secs(180);
/// How often the last finalized block is looked at: blocks come every three seconds.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

type Client = OnlineClientAtBlockImpl<SubstrateConfig>;

/// How sure one wants to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Until {
	/// It is in a block.
	InBlock,
	/// It is in a block that can never be undone.
	#[default]
	Finalized,
}

/// A transaction that succeeded in a block.
pub struct Included {
	/// The block.
	pub block: H256,
	/// Its number.
	pub number: u64,
	/// The hash of the transaction.
	pub transaction: H256,
	events: ExtrinsicEvents<SubstrateConfig>,
}

impl Included {
	/// The first event of a kind.
	pub fn event<E: DecodeAsEvent>(&self) -> Result<E, Error> {
		self.events
			.find_first::<E>()
			.ok_or_else(|| Error::Node("an expected event is missing".into()))?
			.map_err(node)
	}

	/// Every event of a kind.
	pub fn events<E: DecodeAsEvent>(&self) -> Result<Vec<E>, Error> {
		self.events.find::<E>().map(|event| event.map_err(node)).collect()
	}

	/// Intents that were not carried out.
	pub fn refused_intents(&self) -> Result<Vec<RefusedIntent>, Error> {
		let events = self.events::<Refused>()?;
		Ok(events
			.into_iter()
			.map(|event| {
				let (name, explanation) = refusal(&event.reason);
				let Refused { index, lender, sequence, .. } = event;
				RefusedIntent { index, lender, sequence, name, explanation }
			})
			.collect())
	}
}

/// An intent that a carrier handed in and the chain did not carry out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RefusedIntent {
	/// Its position in the batch.
	pub index: u32,
	/// The lender's row, as the intent states it.
	pub lender: LenderIndex,
	/// Its sequence.
	pub sequence: Sequence,
	/// The reason's name.
	pub name: String,
	/// Why, and what avoids it.
	pub explanation: String,
}

/// A transaction on its way.
pub(crate) struct Pending {
	progress: TransactionProgress<SubstrateConfig, Client>,
	/// The whole transaction, to ask once more about when it is called invalid.
	encoded: Vec<u8>,
}

impl Chain {
	/// Sends a call of an institution and waits for it.
	pub async fn submit(
		&self,
		call: &Call,
		signer: &Keypair,
		until: Until,
	) -> Result<Included, Error> {
		self.send(call, signer).await?.wait(self, until).await
	}

	/// Sends calls of one institution, one after the other, without waiting in between; tells each
	/// that succeeded to `done`. Stops at the first that fails.
	pub async fn submit_all(
		&self,
		calls: &[Call],
		signer: &Keypair,
		until: Until,
		mut done: impl FnMut(usize, &Included),
	) -> Result<Vec<Included>, Error> {
		/// Enough to fill blocks, and few enough not to flood the pool.
		const AT_ONCE: usize = 32;
		let mut waiting = FuturesOrdered::new();
		let mut included = Vec::with_capacity(calls.len());
		let mut rest = calls.iter();
		loop {
			while waiting.len() < AT_ONCE {
				let Some(call) = rest.next() else { break };
				waiting.push_back(self.send(call, signer).await?.wait(self, until));
			}
			match waiting.next().await {
				Some(result) => {
					let one = result?;
					done(included.len(), &one);
					included.push(one);
				}
				None => return Ok(included),
			}
		}
	}

	/// Waits until what `holds` asks for holds in a block that can never be undone.
	pub(crate) async fn until_final(
		&self,
		holds: impl AsyncFn(&At) -> Result<bool, Error>,
	) -> Result<(), Error> {
		let waiting = async {
			let mut seen = None;
			loop {
				let at = self.at(Head::Finalized).await?;
				if seen.replace(at.hash()) != Some(at.hash()) && holds(&at).await? {
					return Ok(());
				}
				tokio::time::sleep(LOOK_AGAIN).await;
			}
		};
		tokio::time::timeout(TIMEOUT, waiting)
			.await
			.map_err(|_| Error::TimedOut { seconds: TIMEOUT.as_secs() })?
	}

	/// Sends one intent; needs no account. Fails when what it asks for fails.
	pub async fn submit_intent(
		&self,
		signed: SignedIntent,
		until: Until,
	) -> Result<Included, Error> {
		let at = self.at(Head::Finalized).await?;
		let call = calls::submit_intent(signed);
		let prepared = Prepared::from(&call);
		// Bare, and in the format that clients have known longest: docs/clients.md tells which of them show it.
		let bare = at.client.tx().create_v4_unsigned(&prepared).map_err(node)?;
		let included = self.hand_in(bare).await?.wait(self, until).await?;
		match included.refused_intents()?.into_iter().next() {
			None => Ok(included),
			Some(RefusedIntent { name, explanation, .. }) => {
				Err(Error::Failed { pallet: call.pallet().into(), name, explanation })
			}
		}
	}

	/// Signs and sends a call of an institution.
	pub(crate) async fn send(&self, call: &Call, signer: &Keypair) -> Result<Pending, Error> {
		let account = signer.account();
		let lock = self.nonce_lock(&account).await;
		let _guard = lock.lock().await;
		let nonce = self.rpc.system_account_next_index(&account).await.map_err(node)?;
		let At { client } = self.at(Head::Finalized).await?;
		let params = DefaultExtrinsicParamsBuilder::new()
			.nonce(nonce)
			.mortal_from_unchecked(MORTALITY, client.block_number(), client.block_hash())
			.build();
		let signed = client
			.tx()
			.create_signable_offline(&Prepared::from(call), params)
			.and_then(|mut signable| signable.sign(signer))
			.map_err(node)?;
		self.hand_in(signed).await
	}

	async fn hand_in(
		&self,
		signed: SubmittableTransaction<SubstrateConfig, Client>,
	) -> Result<Pending, Error> {
		match signed.submit_and_watch().await {
			Ok(progress) => Ok(Pending { progress, encoded: signed.into_encoded() }),
			Err(error) => Err(match refused(&error) {
				Some(known) => known,
				None => {
					let why = self.why_invalid(signed.into_encoded()).await;
					why.unwrap_or_else(|| in_words_of_the_node(&error))
				}
			}),
		}
	}

	/// Why a transaction is invalid: the runtime at the best block says it with a code, the node's own
	/// answer only in words. `None` when it is valid by now, or nobody answers.
	async fn why_invalid(&self, encoded: Vec<u8>) -> Option<Error> {
		let best = self.at(Head::Best).await.ok()?;
		let said = best.client.tx().from_bytes(encoded).validate().await.ok()?;
		invalid(&said)
	}
}

impl Pending {
	/// Follows the transaction until it is as sure as asked for.
	pub(crate) async fn wait(mut self, chain: &Chain, until: Until) -> Result<Included, Error> {
		let waiting = async {
			while let Some(status) = self.progress.next().await {
				match status.map_err(node)? {
					TransactionStatus::InBestBlock(block) if until == Until::InBlock => {
						return included(chain, block).await;
					}
					TransactionStatus::InFinalizedBlock(block) => {
						return included(chain, block).await;
					}
					TransactionStatus::Invalid { message } => {
						let why = chain.why_invalid(self.encoded).await;
						let other = || Error::NotAccepted(NotAccepted::Other(message));
						return Err(why.unwrap_or_else(other));
					}
					TransactionStatus::Dropped { .. } => {
						return Err(Error::NotAccepted(NotAccepted::Dropped));
					}
					TransactionStatus::Error { message } => {
						return Err(Error::NotAccepted(NotAccepted::Other(message)));
					}
					_ => {}
				}
			}
			Err(Error::Disconnected("the node tells no more of the transaction".into()))
		};
		tokio::time::timeout(TIMEOUT, waiting)
			.await
			.map_err(|_| Error::TimedOut { seconds: TIMEOUT.as_secs() })?
	}
}

async fn included(
	chain: &Chain,
	block: TransactionInBlock<SubstrateConfig, Client>,
) -> Result<Included, Error> {
	let events = block.wait_for_success().await.map_err(|error| match error {
		TransactionEventsError::ExtrinsicFailed(error) => failed(&error),
		error => node(error),
	})?;
	let number = chain.at_hash(block.block_hash()).await?.number();
	let (block, transaction) = (block.block_hash(), block.extrinsic_hash());
	Ok(Included { block, number, transaction, events })
}
