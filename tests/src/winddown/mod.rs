//! A whole wind-down of sixteen lenders on the real runtime, from the exit notice to the last payment,
//! with everything that the operator keeps of it. It is the same in every run.
//!
//! | rows | |
//! |---|---|
//! | 0 to 9 | confirm by app; 0 to 4 stand for the committee |
//! | 10, 11 | dispute: one amount is adjusted, one claim excluded |
//! | 12, 13 | confirm in recorded calls; 13 never votes |
//! | 14 | never answers |
//! | 15 | confirms in a call, but has no key |
//!
//! | poll | |
//! |---|---|
//! | 0 | the first ballot: exit, committee, mandate |
//! | 1 | a resolution that gets exactly half of the heads, where more than half is needed |
//! | 2 | the repayment plan |
//!
//! A third case goes wrong at first, and lots are drawn in it: see `way_back.rs`.
//!
//! In another case of these lenders the courts take over while poll 1, on the plan, is open. Row 4 stands and
//! is excluded, and so is row 1 once it sits on the committee.

mod attesting;
mod confirming;
mod courts;
mod electing;
pub mod lenders;
mod opening;
mod planning;
mod repaying;
pub mod vault;
mod voting;
mod way_back;

use crate::{chain::Chain, terms::HOUR};
use frame_system::Event as SystemEvent;
use pallet_evidence::Content;
use pallet_intents::SignedIntent;
use serde_json::Value;
use sp_runtime::generic::Era;
use vault::Vault;
use winddown_primitives::{
	EvidenceId, EvidenceKind, Intent, LenderIndex, Millis, PollId, Sequence,
};
use winddown_runtime::{tx_extension, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic};
use winddown_verifier::archive::Parts;

/// The case.
pub const CASE: u32 = 0;
/// Rows of its roll.
pub const ROWS: u32 = 16;
/// Exit, committee, mandate.
pub const FIRST_BALLOT: PollId = 0;
/// The resolution with exactly half of the heads.
pub const HALF: PollId = 1;
/// The vote on the plan.
pub const PLAN_VOTE: PollId = 2;
/// The vote on the plan that the courts cut short.
pub const LAPSED_VOTE: PollId = 1;

/// The first ballot after one was cancelled.
pub const VOTED_AGAIN: PollId = 2;

/// When the chain begins.
const START: Millis = 1_800_000_000_000;

/// A case that came to its end.
#[derive(Clone)]
pub struct Played {
	/// The chain.
	pub parts: Parts,
	/// The lines of the operator's export.
	pub export: Vec<Value>,
}

/// The case as it stands.
struct Play {
	chain: Chain,
	vault: Vault,
	sequences: [Sequence; ROWS as usize],
}

/// Plays the case from beginning to end.
pub fn play() -> Played {
	let mut play = Play::new();
	play.change_validators();
	play.open();
	play.import();
	play.register();
	play.confirm();
	play.dispute();
	play.nominate();
	play.first_ballot();
	play.revoke();
	play.half();
	play.plan();
	play.attest();
	play.repay();
	play.end();
	Played { parts: play.chain.archive(), export: play.vault.export }
}

/// Plays the case that ends before the courts.
pub fn play_to_the_courts() -> Played {
	let mut play = Play::new();
	play.open();
	play.import();
	play.register();
	play.confirm();
	play.dispute();
	play.nominate();
	play.drop_a_candidate();
	play.elect();
	play.decide();
	play.escalate_during_the_vote();
	play.end();
	Played { parts: play.chain.archive(), export: play.vault.export }
}

/// Plays the case in which nearly everything goes wrong at first, and lots are drawn.
pub fn play_the_way_back() -> Played {
	let mut play = Play::new();
	play.open_by_lot();
	play.import_wrongly_and_clear();
	play.import();
	play.register();
	play.confirm();
	play.dispute();
	play.nominate();
	play.cancel_polls();
	play.elect_by_lot();
	play.end();
	Played { parts: play.chain.archive(), export: play.vault.export }
}

/// Plays a case that its association takes back.
pub fn play_a_case_taken_back() -> Played {
	let mut play = Play::new();
	play.open();
	play.act("Association", [pallet_cases::Call::<Runtime>::cancel { case_id: CASE }]);
	play.end();
	Played { parts: play.chain.archive(), export: play.vault.export }
}

impl Play {
	fn new() -> Self {
		Self {
			chain: Chain::new("local_testnet", START),
			vault: Vault::new(),
			sequences: [0; ROWS as usize],
		}
	}

	/// Puts calls of an institution into blocks; what these tell. Every call must succeed.
	fn act<Call: Into<RuntimeCall>>(
		&mut self,
		institution: &'static str,
		calls: impl IntoIterator<Item = Call>,
	) -> Vec<RuntimeEvent> {
		let calls = calls.into_iter();
		let signed = calls.map(|call| self.chain.signed(institution, call.into())).collect();
		self.send(signed)
	}

	fn send(&mut self, mut waiting: Vec<UncheckedExtrinsic>) -> Vec<RuntimeEvent> {
		let mut told = vec![];
		while !waiting.is_empty() {
			waiting = self.chain.block(waiting).0;
			told.extend(self.chain.events());
		}
		for event in &told {
			if let RuntimeEvent::System(SystemEvent::ExtrinsicFailed { dispatch_error, .. }) = event
			{
				panic!("a call fails: {dispatch_error:?}");
			}
		}
		told
	}

	/// Deposits what the vault keeps; the number of the record.
	fn deposit(
		&mut self,
		institution: &'static str,
		kind: EvidenceKind,
		content: Content,
	) -> EvidenceId {
		let produced_at = self.chain.now();
		let (parent, replaces) = (None, None);
		let call = pallet_evidence::Call::<Runtime>::deposit {
			case_id: CASE,
			kind,
			content,
			produced_at,
			parent,
			replaces,
		};
		self.act(institution, [call]);
		self.last_record()
	}

	fn last_record(&self) -> EvidenceId {
		let key = pallet_evidence::NextRecord::<Runtime>::hashed_key();
		self.chain.read::<EvidenceId>(&key).expect("records") - 1
	}

	/// What a lender asks for next.
	fn intent(
		&mut self,
		lender: LenderIndex,
		call: impl Into<RuntimeCall>,
	) -> SignedIntent<RuntimeCall> {
		let sequence = &mut self.sequences[lender as usize];
		*sequence += 1;
		let intent = Intent {
			case: CASE,
			lender,
			sequence: *sequence,
			valid_until: self.chain.now() + HOUR,
			call: call.into(),
		};
		lenders::sign(self.chain.genesis(), lender, intent)
	}

	/// The operator carries intents, of which the chain refuses so many.
	fn carry(&mut self, intents: Vec<SignedIntent<RuntimeCall>>, refusals: u32) {
		let intents = intents.try_into().expect("at most 1,024 intents");
		let call = pallet_intents::Call::<Runtime>::submit_batch { intents };
		let told = self.act("Operator", [call]);
		let refused = told.iter().find_map(|event| match event {
			RuntimeEvent::Intents(pallet_intents::Event::BatchSubmitted { refused, .. }) => {
				Some(*refused)
			}
			_ => None,
		});
		assert_eq!(refused, Some(refusals), "{told:?}");
	}

	/// A lender hands an intent in without the operator.
	fn submit(&mut self, intent: SignedIntent<RuntimeCall>) {
		let call = pallet_intents::Call::<Runtime>::submit { signed: Box::new(intent) };
		let extension = tx_extension(0, Era::Immortal);
		self.send(vec![UncheckedExtrinsic::new_transaction(call.into(), extension)]);
	}

	/// Some blocks in which nothing happens.
	fn end(&mut self) {
		for _ in 0..3 {
			self.chain.block(vec![]);
		}
	}
}
