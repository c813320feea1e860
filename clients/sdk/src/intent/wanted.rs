//! What a signed call asks for, read from its bytes and from nothing else.

use super::SignedIntent;
use crate::{amount::format_yuan, call::metadata, calls::Matter, calls::MemberVote, digest, Error};
use std::fmt;
use subxt::ext::codec::Decode;
use winddown_primitives::{Ballot, Choice, Digest, Fen, PollId};

/// What a lender wants.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
	/// Confirm the own claim.
	Confirm(Fen),
	/// Dispute the own claim.
	Dispute(Digest),
	/// Cast a ballot.
	Cast {
		/// The poll.
		poll: PollId,
		/// One for each item.
		choices: Vec<Choice>,
		/// The digest of the plaintext record.
		record: Digest,
	},
	/// Stand for a seat of the committee.
	Nominate(Digest),
	/// Stand no longer.
	Withdraw,
	/// Give up a seat.
	Resign,
	/// Propose a decision of the committee.
	Propose(Matter, Digest),
	/// Vote on a decision of the committee.
	Decide(u32, MemberVote),
	/// Acknowledge the own payment.
	Acknowledge(u8),
	/// Complain about the own payment.
	Complain(u8, Digest),
}

impl SignedIntent {
	/// What it asks for; `None` for a call that lenders do not make, or bytes that are no call.
	pub fn wanted(&self) -> Option<Wanted> {
		let (pallet, rest) = self.intent.call.0.split_first()?;
		let (call, mut arguments) = rest.split_first()?;
		let pallet = metadata().pallet_by_call_index(*pallet)?;
		let name = pallet.call_variant_by_index(*call)?.name.as_str();
		let wanted = read(pallet.name(), name, &mut arguments)?;
		arguments.is_empty().then_some(wanted)
	}
}

fn read(pallet: &str, call: &str, arguments: &mut &[u8]) -> Option<Wanted> {
	Some(match (pallet, call) {
		("Claims", "confirm") => Wanted::Confirm(next(arguments)?),
		("Claims", "dispute") => Wanted::Dispute(next(arguments)?),
		("Polls", "cast") => {
			let poll = next(arguments)?;
			let Ballot::Open(choices) = next(arguments)?;
			Wanted::Cast { poll, choices: choices.into_inner(), record: next(arguments)? }
		}
		("CommitteeElection", "nominate") => Wanted::Nominate(next(arguments)?),
		("CommitteeElection", "withdraw") => Wanted::Withdraw,
		("CommitteeElection", "resign") => Wanted::Resign,
		("CommitteeElection", "propose_decision") => {
			let matter: u8 = next(arguments)?;
			Wanted::Propose(*Matter::ALL.get(usize::from(matter))?, next(arguments)?)
		}
		("CommitteeElection", "decide") => {
			let decision = next(arguments)?;
			let vote = match next::<u8>(arguments)? {
				0 => MemberVote::Endorse,
				1 => MemberVote::Object,
				_ => return None,
			};
			Wanted::Decide(decision, vote)
		}
		("RepaymentVote", "acknowledge") => Wanted::Acknowledge(next(arguments)?),
		("RepaymentVote", "complain") => Wanted::Complain(next(arguments)?, next(arguments)?),
		_ => return None,
	})
}

fn next<T: Decode>(arguments: &mut &[u8]) -> Option<T> {
	T::decode(arguments).ok()
}

/// What it does, for people; a ballot without its choices, whose meaning is the poll's.
impl fmt::Display for Wanted {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Confirm(amount) => write!(out, "confirm {} yuan", format_yuan(*amount)),
			Self::Dispute(_) => out.write_str("dispute"),
			Self::Cast { poll, .. } => write!(out, "vote in poll {poll}"),
			Self::Nominate(_) => out.write_str("stand"),
			Self::Withdraw => out.write_str("withdraw"),
			Self::Resign => out.write_str("resign"),
			Self::Propose(..) => out.write_str("propose a decision"),
			Self::Decide(decision, vote) => {
				let word = match vote {
					MemberVote::Endorse => "endorse",
					MemberVote::Object => "object to",
				};
				write!(out, "{word} decision {decision}")
			}
			Self::Acknowledge(instalment) => write!(out, "acknowledge instalment {instalment}"),
			Self::Complain(instalment, _) => {
				write!(out, "complain about instalment {instalment}")
			}
		}
	}
}

impl Wanted {
	/// The document or record that it names by its digest.
	pub fn digest(&self) -> Option<digest::Written> {
		let digest = match self {
			Self::Dispute(digest)
			| Self::Nominate(digest)
			| Self::Propose(_, digest)
			| Self::Complain(_, digest)
			| Self::Cast { record: digest, .. } => *digest,
			_ => return None,
		};
		Some(digest::Written(digest))
	}
}

/// Fails for an intent whose call is none of a lender.
impl TryFrom<&SignedIntent> for Wanted {
	type Error = Error;

	fn try_from(signed: &SignedIntent) -> Result<Self, Error> {
		let unknown = || Error::BadInput("the intent holds no call that lenders make".into());
		signed.wanted().ok_or_else(unknown)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		call::{Call, RawCall},
		calls,
		intent::Terms,
		keys::{Keypair, Scheme},
	};

	const DIGEST: Digest = Digest::Sm3([9; 32]);

	fn signed(call: &Call) -> SignedIntent {
		let terms = Terms { genesis: [7; 32], case: 1, lender: 2, sequence: 3, valid_until: 4 };
		SignedIntent::sign(&terms, call, &Keypair::from_suri(Scheme::Sr25519, "//Lender").unwrap())
	}

	#[test]
	fn every_call_of_a_lender_is_read_back_from_its_bytes() {
		let choices = [Choice::FOR, Choice(0b101), Choice::ABSTAIN];
		for (call, wanted) in [
			(calls::confirm_claim(5), Wanted::Confirm(5)),
			(calls::dispute_claim(DIGEST), Wanted::Dispute(DIGEST)),
			(
				calls::cast_ballot(8, &choices, DIGEST).unwrap(),
				Wanted::Cast { poll: 8, choices: choices.to_vec(), record: DIGEST },
			),
			(calls::nominate(DIGEST), Wanted::Nominate(DIGEST)),
			(calls::withdraw_candidacy(), Wanted::Withdraw),
			(calls::resign(), Wanted::Resign),
			(
				calls::propose_decision(Matter::Meeting, DIGEST),
				Wanted::Propose(Matter::Meeting, DIGEST),
			),
			(calls::decide(6, MemberVote::Object), Wanted::Decide(6, MemberVote::Object)),
			(calls::acknowledge(3), Wanted::Acknowledge(3)),
			(calls::complain(3, DIGEST), Wanted::Complain(3, DIGEST)),
		] {
			assert_eq!(signed(&call).wanted(), Some(wanted), "{}", call.name());
		}
	}

	#[test]
	fn a_call_that_is_none_of_a_lender_and_one_with_bytes_too_many_are_not_read() {
		assert_eq!(signed(&calls::close_poll(1)).wanted(), None);
		let mut longer = signed(&calls::acknowledge(3));
		longer.intent.call.0.push(0);
		assert_eq!(longer.wanted(), None);
		let mut empty = signed(&calls::acknowledge(3));
		empty.intent.call = RawCall(Vec::new());
		assert_eq!(
			Wanted::try_from(&empty).unwrap_err().to_string(),
			"the intent holds no call that lenders make"
		);
	}
}
