//! The plan and the vote on it.

use super::{lenders, Play, CASE, HOUR, PLAN_VOTE, ROWS};
use pallet_repayment_vote::{Call as Repayment, Instalment};
use winddown_primitives::{Choice, Fen, LenderIndex};
use winddown_runtime::Runtime;

/// What the two instalments pay, in fen.
pub fn promised() -> [Fen; 2] {
	let whole: Fen = (0..ROWS).map(lenders::amount).sum();
	[whole * 3 / 10, whole * 6 / 10]
}

/// From the proposal to the due dates, in milliseconds.
const DUE: [u64; 2] = [10 * HOUR, 12 * HOUR];

impl Play {
	/// The platform proposes, the committee's time to review passes, lenders agree.
	pub(super) fn plan(&mut self) {
		self.open_plan_vote();
		let in_favour = [0, 1, 2, 3, 4, 6, 7, 12].map(|lender| (lender, &[Choice::FOR][..]));
		let others = [(9, &[Choice::AGAINST][..]), (10, &[Choice::ABSTAIN])];
		let ballots: Vec<(LenderIndex, &[Choice])> = in_favour.into_iter().chain(others).collect();
		self.vote(PLAN_VOTE, &[(&ballots, 0)]);
	}

	/// The platform proposes, the committee's time to review passes, the association asks lenders.
	pub(super) fn open_plan_vote(&mut self) {
		let document = self.vault.document("repayment plan").digest;
		let now = self.chain.now();
		let instalments: Vec<_> = DUE
			.into_iter()
			.zip(promised())
			.map(|(after, amount)| Instalment { due_at: now + after, amount })
			.collect();
		let instalments = instalments.try_into().expect("two");
		let propose = Repayment::<Runtime>::propose_plan { case_id: CASE, document, instalments };
		self.act("Platform", [propose]);
		self.chain.pass(HOUR);
		let plans = vec![0].try_into().expect("one plan");
		let closes_at = self.chain.now() + 2 * HOUR;
		let open = Repayment::<Runtime>::open_vote { case_id: CASE, plans, closes_at };
		self.act("Association", [open]);
	}
}
