//! Makes the bundle of a ballot from the answers of a node. Everything is checked by `winddown_proof` on
//! the way, and once more as its receiver will.

use crate::{
	fetch::{node::Node, FetchError},
	service::finality::Finality,
};
use codec::{Decode, DecodeAll, Encode};
use thiserror::Error;
use tokio::sync::Mutex;
use winddown_proof::{
	authorities,
	bundle::{Bundle, Change, Claim, Origin},
	finality::{AuthoritySet, Justification},
	header::Header,
	layout::{
		cells::{cell, Ballot},
		polls::{self, Poll},
	},
	state::{Proof, State},
	verify::{ballot_keys, verify_bundle},
	Anchor, Failure, Receipt, Subject, Value,
};

/// Why there is no bundle.
#[derive(Debug, Error)]
pub enum Unproved {
	/// The chain has no such poll.
	#[error("the chain has no poll {0}")]
	NoPoll(u32),
	/// The case has no such row.
	#[error("the case of that poll has no such row")]
	NoRow,
	/// The row has another ballot, or none.
	#[error("the chain counts another ballot in that row, or none; it is shown to holders of its receipt alone")]
	NotCounted,
	/// The newest block has that ballot, and is not final yet.
	#[error("the ballot is in a block that is not final yet; nothing is final since block {}", .0.final_block)]
	Waits(Finality),
	/// Nothing is known of the ballot, and finality lags so far that this says little.
	#[error("{absence}; but nothing is final since block {}", .finality.final_block)]
	Stalled {
		/// What the last final block says.
		absence: Box<Unproved>,
		/// How far finality lags.
		finality: Finality,
	},
	/// The node does not answer.
	#[error(transparent)]
	Node(#[from] FetchError),
	/// What the node answers does not prove anything.
	#[error("the node's answer proves nothing: {0}")]
	Unsound(Failure),
}

impl Unproved {
	/// Whether the last final block says that there is no such ballot.
	fn is_absence(&self) -> bool {
		matches!(self, Self::NoPoll(_) | Self::NoRow | Self::NotCounted)
	}
}

impl From<Failure> for Unproved {
	fn from(failure: Failure) -> Self {
		match failure {
			Failure::NoSuchLender => Self::NoRow,
			Failure::NoBallot => Self::NotCounted,
			other => Self::Unsound(other),
		}
	}
}

/// Where trust begins, and every change of the validators since, as far as they were asked for yet.
#[derive(Clone)]
struct Trust {
	origin: Origin,
	changes: Vec<Change>,
	set: AuthoritySet,
}

/// A block with the votes that make it final.
struct Final {
	header: Header,
	justification: Justification,
}

/// Makes bundles of ballots.
pub struct Prover {
	url: String,
	anchor: Anchor,
	trust: Mutex<Option<Trust>>,
}

impl Prover {
	pub fn new(url: String, anchor: Anchor) -> Self {
		Self { url, anchor, trust: Mutex::new(None) }
	}

	/// The bundle of the ballot that the receipt names, if it is the one that counts. Whoever knows no
	/// more than a row must not learn how it voted.
	///
	/// What the last final block does not have may be in a later one: waiting is not absence.
	pub async fn bundle(&self, receipt: &Receipt) -> Result<Vec<u8>, Unproved> {
		let node = Node::connect(&self.url).await?;
		let absence = match self.final_bundle(&node, receipt).await {
			Err(absence) if absence.is_absence() => absence,
			other => return other,
		};
		let finality = Finality::of(&node).await?;
		if self.newest_block_has(&node, receipt).await? {
			return Err(Unproved::Waits(finality));
		}
		match finality.lags() {
			true => Err(Unproved::Stalled { absence: Box::new(absence), finality }),
			false => Err(absence),
		}
	}

	/// Whether the newest block counts the receipt's ballot, by the node's word.
	async fn newest_block_has(&self, node: &Node, receipt: &Receipt) -> Result<bool, Unproved> {
		let Receipt { poll, lender, .. } = *receipt;
		let header: Header = decode(&node.best().await?.encode())?;
		let keys = [polls::poll(poll), polls::ballots(poll, lender)];
		let mut state = State::open(header.state_root, &read(node, &header, &keys).await?)?;
		let [poll_key, ballots_key] = &keys;
		let Some(known) = state.get::<Poll>(poll_key, Value::Poll)? else { return Ok(false) };
		let page: Vec<u8> = state.get(ballots_key, Value::Ballots)?.unwrap_or_default();
		let ballot = cell(&page, lender, Ballot::width(known.items.len()))
			.map_or(Ok(None), Ballot::read)
			.map_err(|_| Failure::Unreadable { value: Value::Ballots })?;
		let genesis = self.anchor.genesis();
		Ok(ballot
			.is_some_and(|found| Receipt::new(&genesis, poll, lender, &found.record) == *receipt))
	}

	async fn final_bundle(&self, node: &Node, receipt: &Receipt) -> Result<Vec<u8>, Unproved> {
		let (number, justification) = node.newest_justified().await?;
		let at = finished(node, number, &justification).await?;
		let trust = self.trust(node, &at).await?;
		let Receipt { poll, lender, .. } = *receipt;
		let case = case_of(node, &at.header, poll).await?;
		let state = read(node, &at.header, &ballot_keys(case, poll, lender)).await?;
		let bundle = Bundle {
			statement: Claim::Ballot { case, poll, lender },
			plaintext: None,
			header: at.header,
			justification: at.justification,
			state,
			origin: trust.origin,
			changes: trust.changes,
			certificate: None,
		};
		match verify_bundle(&bundle, &self.anchor)?.subject {
			Subject::Ballot { ballot, .. } if ballot.receipt == *receipt => Ok(bundle.to_bytes()),
			_ => Err(Unproved::NotCounted),
		}
	}

	/// The way from the anchor to a block. What was found of it once is kept.
	async fn trust(&self, node: &Node, end: &Final) -> Result<Trust, Unproved> {
		let mut known = self.trust.lock().await;
		let mut trust = match known.take() {
			Some(trust) => trust,
			None => self.begin(node).await?,
		};
		while trust.set.check(&end.header, &end.justification).is_err() {
			let change = trust.next(node, end.header.number).await?;
			let before = trust.last().clone();
			trust.set = authorities::follow(trust.set, &before, std::slice::from_ref(&change))?;
			trust.changes.push(change);
		}
		*known = Some(trust.clone());
		Ok(trust)
	}

	async fn begin(&self, node: &Node) -> Result<Trust, Unproved> {
		let block = match self.anchor {
			Anchor::Genesis { hash } => hash,
			Anchor::Checkpoint { block, .. } => block,
		};
		let header = decode(&node.header(&block.0).await?.encode())?;
		let state = read(node, &header, &authorities::keys()).await?;
		let origin = Origin { header, state };
		let set = authorities::begin(&origin, &self.anchor)?;
		Ok(Trust { origin, changes: vec![], set })
	}
}

impl Trust {
	fn last(&self) -> &Header {
		self.changes.last().map_or(&self.origin.header, |change| &change.header)
	}

	/// The last block before `end` that the newest set made final, which is the one that changed the
	/// validators. A node answers with the next votes that it keeps, and it keeps those for every change.
	async fn next(&self, node: &Node, end: u32) -> Result<Change, Unproved> {
		let (mut from, mut to, mut found) = (self.last().number.saturating_add(1), end, None);
		while from < to {
			let middle = from + (to - from) / 2;
			let (number, justification) = node.justified_from(middle).await?;
			let probe = finished(node, number, &justification).await?;
			match self.set.check(&probe.header, &probe.justification) {
				Ok(()) => {
					from = number.max(middle).saturating_add(1);
					found = Some(probe);
				}
				Err(_) => to = middle,
			}
		}
		let missing = || FetchError::Answer(format!("no votes of validator set {}", self.set.id));
		let Final { header, justification } = found.ok_or_else(missing)?;
		Ok(Change { header, justification })
	}
}

async fn finished(node: &Node, number: u32, justification: &[u8]) -> Result<Final, Unproved> {
	let hash = node.block_hash(number).await?;
	let header = decode(&node.header(&hash).await?.encode())?;
	Ok(Final { header, justification: decode(justification)? })
}

async fn read(node: &Node, at: &Header, keys: &[Vec<u8>]) -> Result<Proof, Unproved> {
	Ok(Proof::new(node.read_proof(keys, &at.hash().0).await?))
}

async fn case_of(node: &Node, at: &Header, poll: u32) -> Result<u32, Unproved> {
	let key = polls::poll(poll);
	let proof = read(node, at, std::slice::from_ref(&key)).await?;
	let found: Option<Poll> = State::open(at.state_root, &proof)?.get(&key, Value::Poll)?;
	found.map(|poll| poll.case).ok_or(Unproved::NoPoll(poll))
}

fn decode<T: Decode>(bytes: &[u8]) -> Result<T, FetchError> {
	T::decode_all(&mut { bytes }).map_err(|error| FetchError::Answer(error.to_string()))
}
