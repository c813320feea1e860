//! Intents: who signed what, whether it had to be carried out, and whether it was.

use super::{role, Code, Extrinsic, Place, World};
use crate::{
	chain::{
		call::{Call, Intent, LenderCall},
		event::Event,
		types::*,
	},
	signature::Signer,
};
use rayon::prelude::*;
use std::collections::{HashMap, VecDeque};

/// What every signed intent begins with.
const TAG: &[u8; 18] = b"winddown/intent/v1";

/// Why an intent must not be carried out: what the chain calls it, and the rule that it breaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Refusal {
	/// The number of the chain's reason.
	reason: u8,
	code: Code,
}

const EXPIRED: u8 = 0;
const VALID_TOO_LONG: u8 = 1;
const NOT_ALLOWED: u8 = 2;
const SEQUENCE_USED: u8 = 3;
const NO_KEY: u8 = 4;
const BAD_SIGNATURE: u8 = 5;
const CALL_FAILED: u8 = 6;
const SEQUENCE_TOO_HIGH: u8 = 7;

const fn refuse(reason: u8, code: Code) -> Refusal {
	Refusal { reason, code }
}

/// What the chain tells of the intents of one batch.
struct Told {
	/// By position: case, row, sequence and reason.
	refused: HashMap<u32, (CaseId, Row, u64, u8)>,
	/// The ballots cast, in order.
	ballots: VecDeque<Event>,
}

impl Told {
	fn new(pending: Vec<Event>) -> Self {
		let mut told = Self { refused: HashMap::new(), ballots: VecDeque::new() };
		for event in pending {
			match event {
				Event::Refused { index, case, lender, sequence, reason } => {
					told.refused.insert(index, (case, lender, sequence, reason));
				}
				Event::BallotCast { .. } => told.ballots.push_back(event),
				_ => {}
			}
		}
		told
	}
}

impl World {
	/// A batch ended: judges its intents.
	pub(super) fn end_batch(
		&mut self,
		extrinsic: &mut Extrinsic,
		by: Account,
		accepted: u32,
		refused: u32,
	) {
		let told = Told::new(std::mem::take(&mut extrinsic.pending));
		let placed = extrinsic.take(|call| matches!(call, Call::SubmitBatch(_)));
		self.acted(self.scope, extrinsic, placed.as_ref(), &by, role::OPERATOR);
		let Some(Call::SubmitBatch(intents)) = placed.map(|placed| placed.call) else { return };
		let carried = self.carry(extrinsic, &intents, told);
		if carried != (accepted, refused) {
			let place = self.here(extrinsic);
			let expected = format!("{} carried out, {} refused", carried.0, carried.1);
			let found = format!("{accepted} carried out, {refused} refused");
			self.findings.add(Code::EventDiffers, place, expected, found);
		}
	}

	/// An extrinsic ended: judges the intent that came alone in it.
	pub(super) fn end_single(&mut self, extrinsic: &mut Extrinsic, success: bool) {
		let alone = extrinsic.find(|call| matches!(call, Call::Submit(_)));
		if alone.is_none_or(|placed| !placed.wrappers.is_empty()) {
			return;
		}
		let mut told = Told::new(std::mem::take(&mut extrinsic.pending));
		let placed = extrinsic.take(|call| matches!(call, Call::Submit(_)));
		let Some(Call::Submit(intent)) = placed.map(|placed| placed.call) else { return };
		if !success {
			let Intent { case, lender, sequence, .. } = intent;
			told.refused.insert(0, (case, lender, sequence, SEQUENCE_USED));
		}
		self.carry(extrinsic, &[intent], told);
	}

	/// Judges intents in order; how many were to be carried out, and how many to be refused.
	fn carry(&mut self, extrinsic: &Extrinsic, intents: &[Intent], mut told: Told) -> (u32, u32) {
		let signed = self.signatures(intents);
		let (mut accepted, mut refused) = (0, 0);
		for ((position, intent), signed) in (0u32..).zip(intents).zip(signed) {
			self.intents += 1;
			let own = self.judge(intent, signed, told.refused.get(&position).map(|told| told.3));
			match own {
				Ok(_) => accepted += 1,
				Err(_) => refused += 1,
			}
			self.compare(extrinsic, intent, position, own, &mut told);
		}
		(accepted, refused)
	}

	/// Whether each intent bears the signature of the active key of its row. No intent changes a key,
	/// so that all signatures of a batch can be checked at once.
	fn signatures(&self, intents: &[Intent]) -> Vec<bool> {
		intents
			.par_iter()
			.map(|intent| {
				let key =
					self.cases.get(&intent.case).and_then(|case| case.keys.get(&intent.lender));
				let Some((key, _)) = key else { return false };
				let payload = [TAG.as_slice(), &self.genesis, intent.body].concat();
				Signer::Key(*key).verifies_as_wallets_sign(&payload, &intent.signature)
			})
			.collect()
	}

	/// Carries an intent out if it must be; the revision of the ballot that it casts, 0 for any other
	/// call. `told` is the chain's reason, for calls whose success is not worked out here.
	fn judge(&mut self, intent: &Intent, signed: bool, told: Option<u8>) -> Result<u8, Refusal> {
		let Intent { case, lender, sequence, valid_until, .. } = *intent;
		if self.now > valid_until {
			return Err(refuse(EXPIRED, Code::IntentExpired));
		}
		if valid_until > self.now.saturating_add(self.max_validity) {
			return Err(refuse(VALID_TOO_LONG, Code::IntentExpired));
		}
		if sequence > valid_until {
			return Err(refuse(SEQUENCE_TOO_HIGH, Code::SequenceTooHigh));
		}
		if intent.call == LenderCall::Forbidden {
			return Err(refuse(NOT_ALLOWED, Code::CallNotAllowed));
		}
		let Some(known) = self.cases.get_mut(&case) else {
			return Err(refuse(NO_KEY, Code::KeyMissing));
		};
		if sequence <= known.sequences.get(&lender).copied().unwrap_or_default() {
			return Err(refuse(SEQUENCE_USED, Code::Replay));
		}
		match known.keys.get(&lender) {
			None => return Err(refuse(NO_KEY, Code::KeyMissing)),
			Some((_, false)) => return Err(refuse(NO_KEY, Code::KeyRevoked)),
			Some(_) if !signed => return Err(refuse(BAD_SIGNATURE, Code::SignatureInvalid)),
			Some(_) => known.sequences.insert(lender, sequence),
		};
		let done = match &intent.call {
			LenderCall::Cast { poll, choices, record } => {
				self.cast(case, lender, *poll, choices, *record)
			}
			LenderCall::Confirm { amount } => self.confirm(case, lender, *amount).map(|()| 0),
			LenderCall::Dispute { .. } => self.dispute(case, lender).map(|()| 0),
			LenderCall::Nominate { .. }
			| LenderCall::Propose { .. }
			| LenderCall::Complain { .. }
			| LenderCall::Other
			| LenderCall::Forbidden => match told {
				Some(CALL_FAILED) => Err(Code::RefusedWrongly),
				_ => Ok(0),
			},
		};
		let paper = match &intent.call {
			LenderCall::Dispute { reason } => Some((reason, "the reason of a dispute")),
			LenderCall::Propose { document } => Some((document, "what a decision is about")),
			LenderCall::Complain { complaint } => Some((complaint, "a complaint")),
			_ => None,
		};
		if let (Ok(_), Some((digest, what))) = (&done, paper) {
			self.refer(case, *digest, what);
		}
		done.map_err(|code| refuse(CALL_FAILED, code))
	}

	/// Notes where the chain did otherwise than it had to.
	fn compare(
		&mut self,
		extrinsic: &Extrinsic,
		intent: &Intent,
		position: u32,
		own: Result<u8, Refusal>,
		told: &mut Told,
	) {
		let mut place = self.here(extrinsic).at_row(intent.lender);
		if let LenderCall::Cast { poll, .. } = intent.call {
			place = place.in_poll(poll);
		}
		let case = self.concerned(intent);
		let what = || format!("intent {position}, sequence {}", intent.sequence);
		match (own, told.refused.get(&position).copied()) {
			(Ok(revision), None) => self.compare_ballot(place, intent, Some(revision), told),
			(Ok(_), Some((.., reason))) => {
				let found = format!("{} refused for reason {reason}", what());
				self.note(case, Code::RefusedWrongly, place, "carried out", found);
			}
			(Err(own), None) => {
				let found = format!("{} carried out", what());
				self.note(case, own.code, place.clone(), expectation(own.code), found);
				self.compare_ballot(place, intent, None, told);
			}
			(Err(own), Some((.., reason))) if own.reason != reason => {
				let expected = format!("{} refused for reason {}", what(), own.reason);
				self.note(case, Code::EventDiffers, place, expected, format!("reason {reason}"));
			}
			(Err(_), Some(_)) => {}
		}
	}

	/// The case that a finding on an intent belongs to: the one under audit, too, when the ballot of
	/// another case is for a poll of this one.
	fn concerned(&self, intent: &Intent) -> CaseId {
		match intent.call {
			LenderCall::Cast { poll, .. } if intent.case != self.scope => {
				self.polls.get(&poll).map_or(intent.case, |poll| poll.case)
			}
			_ => intent.case,
		}
	}

	/// The event of a ballot carried out; with no `revision` it only is taken off the list.
	fn compare_ballot(
		&mut self,
		place: Place,
		intent: &Intent,
		revision: Option<u8>,
		told: &mut Told,
	) {
		let LenderCall::Cast { poll, choices, record } = &intent.call else { return };
		let found = told.ballots.pop_front();
		let Some(revision) = revision else { return };
		let (poll, lender, choices, record) = (*poll, intent.lender, choices.clone(), *record);
		let expected = Event::BallotCast { poll, lender, revision, choices, record };
		if found.as_ref() != Some(&expected) {
			let found = found.map_or("no event".into(), |event| format!("{event:?}"));
			self.note(intent.case, Code::EventDiffers, place, format!("{expected:?}"), found);
		}
	}
}

fn expectation(code: Code) -> &'static str {
	match code {
		Code::IntentExpired => "refused: not valid at this time",
		Code::CallNotAllowed => "refused: lenders may not ask for it",
		Code::Replay => "refused: the sequence was used",
		Code::SequenceTooHigh => "refused: the sequence exceeds the intent's end",
		Code::KeyMissing => "refused: the row has no key",
		Code::KeyRevoked => "refused: the key is revoked",
		Code::SignatureInvalid => "refused: the signature is not by the row's key",
		Code::BallotAfterClose => "refused: the poll's time is over",
		Code::BallotForeign => "refused: no poll of the lender's case",
		Code::BallotChoices => "refused: the marks are not allowed",
		Code::BallotNoRight => "refused: the lender may not vote",
		Code::RevotesExceeded => "refused: replaced as often as allowed",
		_ => "refused",
	}
}
