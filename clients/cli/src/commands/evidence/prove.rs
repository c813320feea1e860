//! From a node's answers to a bundle.

use anyhow::Result;
use winddown_proof::{
	bundle::{Bundle, Claim, Origin},
	layout::{
		self,
		evidence::{Policy, Record},
		polls::Poll,
	},
	state::{Proof, State},
	verify, Anchor, Hash, Value,
};
use winddown_sdk::{
	chain::{Chain, Final},
	Error, Missing,
};

/// Where a verifier's trust begins: at genesis, or at a block of `checkpoint`.
pub fn anchor(chain: &Chain, checkpoint: Option<Hash>) -> Anchor {
	let genesis = Hash(chain.genesis());
	match checkpoint {
		None => Anchor::Genesis { hash: genesis },
		Some(block) => Anchor::Checkpoint { genesis, block },
	}
}

/// What a bundle says of a claim, before it is a bundle.
pub struct Proved {
	/// What is claimed.
	pub claim: Claim,
	/// The values and absences that prove it.
	pub state: Proof,
	/// The evidence record, if it is about one.
	pub record: Option<Record>,
}

/// The case of a poll at a block.
pub async fn case_of_poll(chain: &Chain, at: &Final, poll: u32) -> Result<u32, Error> {
	let key = layout::polls::poll(poll);
	let mut state = open(at, &chain.prove(&at.header, std::slice::from_ref(&key)).await?)?;
	let found: Option<Poll> = state.get(&key, Value::Poll).map_err(unsound)?;
	found.map(|poll| poll.case).ok_or(Error::NotFound(Missing::Poll(poll)))
}

/// The values of a claim on a ballot, whether it is there or not.
pub async fn ballot(chain: &Chain, at: &Final, claim: Claim) -> Result<Proved, Error> {
	let (Claim::Ballot { case, poll, lender } | Claim::NoBallot { case, poll, lender }) = claim
	else {
		return Err(Error::BadInput("the claim is not about a ballot".into()));
	};
	let state = chain.prove(&at.header, &verify::ballot_keys(case, poll, lender)).await?;
	Ok(Proved { claim, state, record: None })
}

/// The values of a poll's result, with the count of every class.
pub async fn outcome(chain: &Chain, at: &Final, poll: u32) -> Result<Proved, Error> {
	let key = layout::polls::poll(poll);
	let mut state = open(at, &chain.prove(&at.header, std::slice::from_ref(&key)).await?)?;
	let found: Option<Poll> = state.get(&key, Value::Poll).map_err(unsound)?;
	let found = found.ok_or(Error::NotFound(Missing::Poll(poll)))?;
	let keys = verify::outcome_keys(poll, found.roll.iter().map(|(class, ..)| *class));
	let state = chain.prove(&at.header, &keys).await?;
	Ok(Proved { claim: Claim::Outcome { case: found.case, poll }, state, record: None })
}

/// The values of an evidence record, with its policy and every verdict.
pub async fn evidence(chain: &Chain, at: &Final, id: u64) -> Result<Proved, Error> {
	let record_key = layout::evidence::record(id);
	let mut state = open(at, &chain.prove(&at.header, std::slice::from_ref(&record_key)).await?)?;
	let record: Option<Record> = state.get(&record_key, Value::Record).map_err(unsound)?;
	let record = record.ok_or(Error::NotFound(Missing::Evidence(id)))?;
	let policy_key = layout::evidence::policy(record.case, record.policy);
	let mut state = open(at, &chain.prove(&at.header, std::slice::from_ref(&policy_key)).await?)?;
	let policy: Policy = state.require(&policy_key, Value::Policy).map_err(unsound)?;
	let arbiters: Vec<_> = policy.arbiters.iter().map(|(account, _)| *account).collect();
	let keys = verify::evidence_keys(id, record.case, record.policy, &arbiters);
	let state = chain.prove(&at.header, &keys).await?;
	Ok(Proved { claim: Claim::Evidence { id }, state, record: Some(record) })
}

/// The block where a verifier's trust begins.
pub fn beginning(anchor: &Anchor) -> Hash {
	match *anchor {
		Anchor::Genesis { hash } => hash,
		Anchor::Checkpoint { block, .. } => block,
	}
}

/// Puts a bundle together, from where trust begins to the block.
pub async fn bundle(
	chain: &Chain,
	at: Final,
	anchor: &Anchor,
	proved: Proved,
	origin: Origin,
) -> Result<Bundle, Error> {
	if at.header.number <= origin.header.number {
		let (at, from) = (at.header.number, origin.header.number);
		return Err(Error::BadInput(format!(
			"block {at} does not come after the checkpoint, {from}"
		)));
	}
	let changes = chain.changes(&origin, anchor, &at).await?;
	let Final { header, justification } = at;
	let Proved { claim, state, .. } = proved;
	Ok(Bundle {
		statement: claim,
		plaintext: None,
		header,
		justification,
		state,
		origin,
		changes,
		certificate: None,
	})
}

fn open(at: &Final, proof: &Proof) -> Result<State, Error> {
	State::open(at.header.state_root, proof).map_err(unsound)
}

fn unsound(failure: winddown_proof::Failure) -> Error {
	Error::Node(format!("its proof is unsound: {failure}"))
}
