//! A case in which nearly everything goes wrong at first, and lots are drawn: a wrong roll is cleared, a poll
//! and the first ballot are cancelled, candidates stand by lot, and a tie for the last seat is settled by
//! one.

use super::{opening, Play, CASE, HOUR, VOTED_AGAIN};
use pallet_committee_election::{Call as Election, FirstBallot, FirstBallots};
use pallet_polls::Call as Polls;
use winddown_primitives::{
	lot::LOT_DELAY, CandidateOrder, CaseTerms, Choice, Item, ItemKind, LenderIndex, TieBreak,
};
use winddown_runtime::Runtime;

/// Who votes for the candidate of row 0 beside those of rows 1 and 2. They have as much together as
/// [`FOR_ROW_3`].
const FOR_ROW_0: [LenderIndex; 5] = [0, 1, 3, 8, 12];
/// Who votes for the candidate of row 3 beside those of rows 1 and 2.
const FOR_ROW_3: [LenderIndex; 5] = [2, 4, 5, 6, 7];
/// Who votes for the candidates of rows 0 and 3, so that each passes, beside that of row 1.
const FOR_BOTH_AND_ROW_1: LenderIndex = 9;
/// Who votes for the candidates of rows 0 and 3 beside that of row 2.
const FOR_BOTH_AND_ROW_2: LenderIndex = 10;

impl Play {
	/// Lots are drawn for the order of candidates and for ties.
	pub(super) fn open_by_lot(&mut self) {
		let (candidate_order, tie_break) = (CandidateOrder::Lot, TieBreak::Lot);
		self.open_with(CaseTerms { candidate_order, tie_break, ..opening::terms() });
	}

	/// Rows of nobody are imported and cleared, once before the right ones.
	pub(super) fn import_wrongly_and_clear(&mut self) {
		use pallet_claims::Call;
		let wrong = (0..100u32).map(|number| {
			let mut row = super::lenders::row(0);
			row.identity.0[..4].copy_from_slice(&(1_000 + number).to_be_bytes());
			row
		});
		let rows = wrong.collect::<Vec<_>>().try_into().expect("at most 512 rows");
		let import = Call::<Runtime>::import { case_id: CASE, first: 0, rows };
		let clear = |rows| Call::<Runtime>::clear { case_id: CASE, rows, pages: 1 };
		self.act("Platform", [import, clear(100), clear(64)]);
	}

	/// A resolution of which nobody hears is cancelled, and so is the first ballot.
	pub(super) fn cancel_polls(&mut self) {
		let document = self.vault.document("a question put wrongly").digest;
		let item = Item {
			kind: ItemKind::Resolution,
			rule: opening::terms().resolution,
			documents: vec![document].try_into().expect("one document"),
		};
		let items = vec![item].try_into().expect("one item");
		let closes_at = self.chain.now() + 2 * HOUR;
		self.act("Association", [Polls::<Runtime>::open { case_id: CASE, items, closes_at }]);
		self.act("Association", [Polls::<Runtime>::cancel { poll: 0 }]);
		self.draw();
		self.open_first_ballot();
		self.act("Association", [Polls::<Runtime>::cancel { poll: 1 }]);
	}

	/// The lot of the candidates is asked for, and its block comes.
	fn draw(&mut self) {
		self.act("Association", [Election::<Runtime>::draw_candidates { case_id: CASE }]);
		self.wait_for_a_lot();
	}

	fn wait_for_a_lot(&mut self) {
		for _ in 0..=LOT_DELAY {
			self.chain.block(vec![]);
		}
	}

	/// The candidates of rows 0 and 3 are tied for the last seat; a lot settles it.
	pub(super) fn elect_by_lot(&mut self) {
		self.open_first_ballot();
		let marks = |rows: &[LenderIndex]| {
			let key = FirstBallots::<Runtime>::hashed_key_for(VOTED_AGAIN);
			let ballot: FirstBallot = self.chain.read(&key).expect("it is open");
			let at = |row: &LenderIndex| ballot.slate.iter().position(|one| one.lender == *row);
			let options = rows.iter().map(|row| at(row).expect("stands"));
			[Choice::FOR, Choice(options.fold(0, |set, option| set | 1 << option)), Choice::FOR]
		};
		let (first, second) = (marks(&[0, 1, 2]), marks(&[1, 2, 3]));
		let (third, fourth) = (marks(&[0, 1, 3]), marks(&[0, 2, 3]));
		let ballots: Vec<(LenderIndex, &[Choice])> = FOR_ROW_0
			.map(|row| (row, &first[..]))
			.into_iter()
			.chain(FOR_ROW_3.map(|row| (row, &second[..])))
			.chain([(FOR_BOTH_AND_ROW_1, &third[..]), (FOR_BOTH_AND_ROW_2, &fourth[..])])
			.collect();
		self.vote(VOTED_AGAIN, &[(&ballots, 0)]);
		self.wait_for_a_lot();
		self.act("Operator", [Polls::<Runtime>::settle { poll: VOTED_AGAIN }]);
	}
}
