//! Lenders: their own keys, what they sign, and how it comes to the chain.

use super::{document, Case};
use crate::{
	chain::{general, Chain},
	state::items,
};
use pallet_intents::{Call, Event, Refusal, SignedIntent};
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_runtime::{ApplyExtrinsicResult, DispatchError};
use winddown_primitives::{
	signing_payload, Ballot, CaseId, Choice, Fen, Intent, LenderIndex, LenderKey, LenderSignature,
	PollId,
};
use winddown_runtime::{
	genesis_config_presets::Institution, Intents, Runtime, RuntimeCall, RuntimeEvent,
};

/// A lender's own key.
#[derive(Clone)]
pub enum Signer {
	Sr25519(sr25519::Pair),
	Ed25519(ed25519::Pair),
	Ecdsa(ecdsa::Pair),
}

impl Signer {
	/// The key of the lender in a row. Rows take turns with the three kinds.
	pub fn of(case: CaseId, row: LenderIndex) -> Self {
		Self::new(&format!("//case {case}//lender {row}"), row)
	}

	/// A key from a seed.
	pub fn new(seed: &str, kind: u32) -> Self {
		match kind % 3 {
			0 => Self::Sr25519(Pair::from_string(seed, None).expect("is a path")),
			1 => Self::Ed25519(Pair::from_string(seed, None).expect("is a path")),
			_ => Self::Ecdsa(Pair::from_string(seed, None).expect("is a path")),
		}
	}

	pub fn key(&self) -> LenderKey {
		match self {
			Self::Sr25519(pair) => LenderKey::Sr25519(pair.public().0),
			Self::Ed25519(pair) => LenderKey::Ed25519(pair.public().0),
			Self::Ecdsa(pair) => LenderKey::Ecdsa(pair.public().0),
		}
	}

	fn sign(&self, message: &[u8]) -> LenderSignature {
		match self {
			Self::Sr25519(pair) => LenderSignature::Sr25519(pair.sign(message).0),
			Self::Ed25519(pair) => LenderSignature::Ed25519(pair.sign(message).0),
			Self::Ecdsa(pair) => LenderSignature::Ecdsa(pair.sign(message).0),
		}
	}
}

/// How a wallet presents an intent to its key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrapping {
	/// As it is.
	Raw,
	/// As browser wallets do, so that nobody signs a transaction unawares.
	Bytes,
}

/// An intent before it is signed. A forger changes a field.
#[derive(Clone)]
pub struct Draft {
	pub genesis: [u8; 32],
	pub signer: Signer,
	pub wrapping: Wrapping,
	pub intent: Intent<RuntimeCall>,
}

impl Draft {
	pub fn signed(&self) -> SignedIntent<RuntimeCall> {
		let payload = signing_payload(&self.genesis, &self.intent);
		let message = match self.wrapping {
			Wrapping::Raw => payload,
			Wrapping::Bytes => [b"<Bytes>", &payload[..], b"</Bytes>"].concat(),
		};
		SignedIntent { intent: self.intent.clone(), signature: self.signer.sign(&message) }
	}
}

/// What confirms the own claim.
pub fn confirm(amount: Fen) -> RuntimeCall {
	pallet_claims::Call::confirm { amount }.into()
}

/// What casts a ballot, the plaintext record of which is this text.
pub fn cast(poll: PollId, choices: &[Choice], record: &str) -> RuntimeCall {
	let ballot = Ballot::Open(choices.to_vec().try_into().expect("at most eight choices"));
	pallet_polls::Call::cast { poll, ballot, record: document(record) }.into()
}

impl Case {
	/// What the lender in a row would sign next, good for ten minutes.
	pub fn draft(
		&self,
		chain: &mut Chain,
		row: LenderIndex,
		call: impl Into<RuntimeCall>,
	) -> Draft {
		let case = self.id;
		let intent = Intent {
			case,
			lender: row,
			sequence: chain.with(|| Intents::last_sequence(case, row)) + 1,
			valid_until: chain.now() + 600_000,
			call: call.into(),
		};
		let genesis = chain.genesis();
		Draft { genesis, signer: Signer::of(case, row), wrapping: Wrapping::Raw, intent }
	}

	/// What the lender in a row signs next.
	pub fn intent(
		&self,
		chain: &mut Chain,
		row: LenderIndex,
		call: impl Into<RuntimeCall>,
	) -> SignedIntent<RuntimeCall> {
		self.draft(chain, row, call).signed()
	}

	/// The lender in a row does something, with no help from the operator.
	#[track_caller]
	pub fn acts(&self, chain: &mut Chain, row: LenderIndex, call: impl Into<RuntimeCall>) {
		let intent = self.intent(chain, row, call);
		assert_eq!(chain.alone(intent), Ok(Ok(())));
		assert_eq!(refusals(chain), []);
	}

	/// The lender in a row tries something that fails with `error` and leaves nothing behind but
	/// the used sequence.
	#[track_caller]
	pub fn fails(
		&self,
		chain: &mut Chain,
		row: LenderIndex,
		call: impl Into<RuntimeCall>,
		error: impl Into<DispatchError>,
	) {
		chain.pass_session_start();
		let before = chain.state();
		let intent = self.intent(chain, row, call);
		assert_eq!(chain.alone(intent), Ok(Ok(())));
		assert_eq!(refusals(chain), [(0, Refusal::CallFailed(error.into()))]);
		assert_eq!(chain.state().lasting_changes(&before), items(&["Intents::Sequences"]));
	}
}

impl Chain {
	/// Somebody without an account carries one intent, in a block of its own.
	pub fn alone(&mut self, signed: SignedIntent<RuntimeCall>) -> ApplyExtrinsicResult {
		let submit = Call::submit { signed: Box::new(signed) };
		self.block(vec![general(submit)]).remove(0)
	}

	/// The operator carries many intents in one block; those that were refused, with the reasons.
	#[track_caller]
	pub fn batch(&mut self, intents: Vec<SignedIntent<RuntimeCall>>) -> Vec<(u32, Refusal)> {
		let count = intents.len() as u32;
		let batch = submit_batch(intents);
		frame_support::assert_ok!(self.submit(Institution::Operator, batch));
		let (accepted, refused) = self.find(|event| match event {
			RuntimeEvent::Intents(Event::BatchSubmitted { accepted, refused, carrier }) => {
				assert_eq!(carrier, Institution::Operator.account());
				Some((accepted, refused))
			}
			_ => None,
		});
		let refusals = refusals(self);
		assert_eq!((accepted + refused, refused), (count, refusals.len() as u32));
		refusals
	}
}

/// The operator's call that carries many intents.
pub fn submit_batch(intents: Vec<SignedIntent<RuntimeCall>>) -> Call<Runtime> {
	Call::submit_batch { intents: intents.try_into().expect("no more than a batch holds") }
}

/// The intents that the last block refused: position and reason.
pub fn refusals(chain: &mut Chain) -> Vec<(u32, Refusal)> {
	let refusal = |event| match event {
		RuntimeEvent::Intents(Event::Refused { index, reason, .. }) => Some((index, reason)),
		_ => None,
	};
	chain.events().into_iter().filter_map(refusal).collect()
}
