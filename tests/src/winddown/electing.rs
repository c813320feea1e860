//! Nominations, the first ballot, and a resolution that fails by a hair.

use super::{Play, CASE, FIRST_BALLOT, HALF, HOUR};
use pallet_committee_election::{Call as Election, Mandate, Matter, Matters};
use winddown_primitives::{
	rules::{Base, Bound, Measure, Part, Rule, Scope, Test},
	Choice, Item, ItemKind, LenderIndex,
};
use winddown_runtime::Runtime;

const FOR: Choice = Choice::FOR;
const AGAINST: Choice = Choice::AGAINST;
const NOTHING: Choice = Choice::ABSTAIN;

/// Who stands.
const CANDIDATES: std::ops::Range<LenderIndex> = 0..5;

impl Play {
	/// Five lenders stand, in the order of their rows.
	pub(super) fn nominate(&mut self) {
		self.open_nominations();
		let intents = CANDIDATES
			.map(|lender| {
				let statement = self.vault.document(&format!("statement of row {lender}")).digest;
				self.intent(lender, Election::<Runtime>::nominate { statement })
			})
			.collect();
		self.carry(intents, 0);
		self.chain.pass(2 * HOUR);
	}

	/// Lenders may stand for two hours.
	pub(super) fn open_nominations(&mut self) {
		let until = self.chain.now() + 2 * HOUR;
		self.act("Association", [Election::<Runtime>::open_nominations { case_id: CASE, until }]);
	}

	/// The association asks on the exit, the committee and its mandate.
	pub(super) fn open_first_ballot(&mut self) {
		let exit = self.vault.document("exit resolution").digest;
		let document = self.vault.document("mandate").digest;
		let matters = Matters::new(&[Matter::PlanReview, Matter::Supervision]);
		let mandate = Mandate { document, matters };
		let closes_at = self.chain.now() + 2 * HOUR;
		let open =
			Election::<Runtime>::open_first_ballot { case_id: CASE, exit, mandate, closes_at };
		self.act("Association", [open]);
	}

	/// Twelve of fifteen vote, row 12 alone and last. Row 5 replaces its ballot by an equal one, row 6 by
	/// another, row 7 abstains.
	pub(super) fn first_ballot(&mut self) {
		self.open_first_ballot();
		let first: [(LenderIndex, &[Choice]); 11] = [
			(0, &[FOR, Choice(0b00111), FOR]),
			(1, &[FOR, Choice(0b00111), FOR]),
			(2, &[FOR, Choice(0b01110), FOR]),
			(3, &[FOR, Choice(0b01011), FOR]),
			(4, &[FOR, Choice(0b01101), FOR]),
			(5, &[FOR, Choice(0b01101), FOR]),
			(6, &[AGAINST, NOTHING, AGAINST]),
			(7, &[NOTHING, NOTHING, NOTHING]),
			(8, &[FOR, Choice(0b01011), FOR]),
			(9, &[FOR, Choice(0b01101), AGAINST]),
			(10, &[FOR, Choice(0b01011), FOR]),
		];
		let second: [(LenderIndex, &[Choice]); 2] =
			[(5, &[FOR, Choice(0b01101), FOR]), (6, &[FOR, Choice(0b01110), FOR])];
		let third: [(LenderIndex, &[Choice]); 1] = [(12, &[FOR, Choice(0b01011), FOR])];
		self.vote(FIRST_BALLOT, &[(&first, 0), (&second, 0), (&third, 0)]);
	}

	/// Two for and two against, where more than half of the heads is needed; the ballot of row 8,
	/// whose key was taken back, is refused.
	pub(super) fn half(&mut self) {
		let document = self.vault.document("resolution on a second audit").digest;
		let test = Test {
			part: Part::For,
			base: Base::Voted,
			measure: Measure::Heads,
			bound: Bound::MoreThan,
			numerator: 1,
			denominator: 2,
		};
		let tests = vec![test].try_into().expect("one test");
		let item = Item {
			kind: ItemKind::Resolution,
			rule: Rule { scope: Scope::WholeRoll, tests },
			documents: vec![document].try_into().expect("one document"),
		};
		let items = vec![item].try_into().expect("one item");
		let closes_at = self.chain.now() + 2 * HOUR;
		let open = pallet_polls::Call::<Runtime>::open { case_id: CASE, items, closes_at };
		self.act("Association", [open]);
		let ballots: [(LenderIndex, &[Choice]); 5] =
			[(0, &[FOR]), (1, &[AGAINST]), (2, &[FOR]), (3, &[AGAINST]), (8, &[FOR])];
		self.vote(HALF, &[(&ballots, 1)]);
	}
}
