//! Candidates: who stands, and in which order on the ballot.

use super::{Code, Extrinsic, World};
use crate::chain::{call::Call, event::Event, types::*};

impl World {
	pub(super) fn candidates_event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::NominationsOpened { case, by } => {
				let placed = extrinsic.take(
					|call| matches!(call, Call::OpenNominations { case: c, .. } if *c == case),
				);
				self.organised(case, extrinsic, placed.as_ref(), &by);
				let Some(known) = self.cases.get_mut(&case) else { return };
				known.listing = None;
				known.draw = None;
			}
			Event::CandidateNominated { case, lender, statement } => {
				self.stand(case, lender, statement)
			}
			Event::CandidateWithdrew { case, lender }
			| Event::CandidateDropped { case, lender } => {
				let Some(known) = self.cases.get_mut(&case) else { return };
				known.slate.retain(|candidate| candidate.0 != lender);
			}
			Event::CandidatesListed { case, listing, by } => {
				self.list(extrinsic, case, listing, by)
			}
			Event::CandidatesDrawn { case, block, by } => self.draw(extrinsic, case, block, by),
			Event::FirstBallotOpened { case, poll, candidates, lot, by } => {
				self.first_ballot(extrinsic, case, poll, by, (candidates, lot))
			}
			_ => {}
		}
	}

	/// Who stands again keeps the place of the first time.
	fn stand(&mut self, case: CaseId, lender: Row, statement: Digest) {
		let now = self.now;
		self.refer(case, statement, "a candidate's statement");
		let Some(known) = self.cases.get_mut(&case) else { return };
		let stood = known.places.len() as u32;
		let place = *known.places.entry(lender).or_insert(stood);
		known.slate.push((lender, statement, now, place));
		known.slate.sort_by_key(|candidate| candidate.3);
	}

	fn list(&mut self, extrinsic: &mut Extrinsic, case: CaseId, told: Vec<Row>, by: Account) {
		let placed = extrinsic
			.take(|call| matches!(call, Call::ListCandidates { case: c, .. } if *c == case));
		self.organised(case, extrinsic, placed.as_ref(), &by);
		let Some(Call::ListCandidates { listing, .. }) = placed.map(|placed| placed.call) else {
			return;
		};
		let place = self.here(extrinsic).by(&by);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let mut listed = listing.clone();
		listed.sort_unstable();
		let mut standing: Vec<Row> = known.slate.iter().map(|candidate| candidate.0).collect();
		standing.sort_unstable();
		let in_order = known.terms.candidate_order == CandidateOrder::List
			&& listed == standing
			&& listing == told;
		known.listing = Some(listing);
		if !in_order {
			let expected = format!("a list of {standing:?}, by terms that go by one");
			let found = format!("{told:?}");
			self.note(case, Code::CandidateOrderDiffers, place, expected, found);
		}
	}

	fn draw(&mut self, extrinsic: &mut Extrinsic, case: CaseId, block: u32, by: Account) {
		let placed =
			extrinsic.take(|call| matches!(call, Call::DrawCandidates { case: c } if *c == case));
		self.organised(case, extrinsic, placed.as_ref(), &by);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let before = known.draw.replace(block);
		let by_lot = known.terms.candidate_order == CandidateOrder::Lot;
		self.lot_named(case, extrinsic, block, before);
		if !by_lot {
			let place = self.here(extrinsic).by(&by);
			let expected = "terms that draw lots";
			self.note(case, Code::CandidateOrderDiffers, place, expected, "others");
		}
	}

	/// Those who stand in the order of the ballot, and the lot by which they do.
	pub(super) fn in_order(&self, case: CaseId) -> (Vec<Candidate>, Option<Lot>) {
		let Some(known) = self.cases.get(&case) else { return (vec![], None) };
		let mut slate = known.slate.clone();
		match known.terms.candidate_order {
			CandidateOrder::Nomination => (slate, None),
			CandidateOrder::List => {
				let listing = known.listing.as_deref().unwrap_or_default();
				slate.sort_by_key(|one| listing.iter().position(|lender| *lender == one.0));
				(slate, None)
			}
			CandidateOrder::Lot => {
				let lot = known.draw.and_then(|block| self.lot(block));
				if let Some(lot) = lot {
					slate.sort_by_cached_key(|one| lot.of_candidate(case, one.0));
				}
				(slate, lot)
			}
		}
	}

	/// The options of the election in the order of first nominations.
	pub(super) fn precedence(&self, case: CaseId) -> Vec<u8> {
		let (slate, _) = self.in_order(case);
		let mut options: Vec<u8> = (0..slate.len() as u8).collect();
		options.sort_by_key(|option| slate[usize::from(*option)].3);
		options
	}

	fn first_ballot(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		poll: PollId,
		by: Account,
		told: (Vec<Row>, Option<Lot>),
	) {
		let placed = extrinsic
			.take(|call| matches!(call, Call::OpenFirstBallot { case: c, .. } if *c == case));
		self.organised(case, extrinsic, placed.as_ref(), &by);
		let Some(Call::OpenFirstBallot { exit, mandate, .. }) = placed.map(|placed| placed.call)
		else {
			return;
		};
		let place = self.here(extrinsic).in_poll(poll);
		let (slate, lot) = self.in_order(case);
		let own = (slate.iter().map(|candidate| candidate.0).collect::<Vec<Row>>(), lot);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let without = match known.terms.candidate_order {
			CandidateOrder::Nomination => false,
			CandidateOrder::List => known.listing.is_none(),
			CandidateOrder::Lot => lot.is_none(),
		};
		let digest = Digest::of(&(poll, (case, exit, mandate, &slate, lot)));
		known.results.push((EvidenceKind::Candidate, digest));
		known.first_ballots.insert(poll, (mandate, slate));
		if own != told || without {
			let (expected, found) = (format!("{own:?}"), format!("{told:?}"));
			self.note(case, Code::CandidateOrderDiffers, place, expected, found);
		}
	}
}
