//! Nominations and the first ballot.

use crate::*;
use core::cmp::Reverse;
use winddown_primitives::{CaseTerms, Fen, MAX_OPTIONS};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_open_nominations(
		case: CaseId,
		until: Millis,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_electing(case)?;
		let now = T::Time::now();
		let (mut earliest, mut stood) = (now.saturating_add(T::MinNominationWindow::get()), 0);
		if let Some(election) = Elections::<T>::get(case) {
			ensure!(election.ballot.is_none(), Error::<T>::BallotOpen);
			earliest = earliest.max(election.nominations_until);
			stood = election.stood;
		}
		ensure!(until >= earliest, Error::<T>::WindowTooShort);
		let latest = now.saturating_add(T::MaxNominationWindow::get());
		ensure!(until <= latest.max(earliest), Error::<T>::WindowTooLong);
		Self::qualified(case, &T::Cases::terms(case)?);
		Listings::<T>::remove(case);
		let election = Election { nominations_until: until, ballot: None, stood, lot: None };
		Elections::<T>::insert(case, election);
		Self::deposit_event(Event::NominationsOpened { case, until, by });
		Ok(())
	}

	pub(crate) fn do_nominate(who: LenderRef, statement: Digest) -> DispatchResult {
		let LenderRef { case, lender } = who;
		Self::ensure_digest(&statement)?;
		Self::ensure_electing(case)?;
		let now = T::Time::now();
		let election = Elections::<T>::get(case).ok_or(Error::<T>::NominationsClosed)?;
		ensure!(now < election.nominations_until, Error::<T>::NominationsClosed);
		let claim = T::Roll::voting_right(case, lender)?.amount;
		ensure!(claim >= T::Cases::terms(case)?.candidate_floor, Error::<T>::BelowFloor);
		Candidates::<T>::try_mutate(case, |slate| {
			ensure!(!slate.iter().any(|c| c.lender == lender), Error::<T>::AlreadyCandidate);
			if slate.is_full() {
				Self::give_way(case, slate, claim)?;
			}
			let place = Self::place(case, lender, election)?;
			let before = slate.iter().filter(|other| other.place < place).count();
			slate
				.try_insert(before, Candidate { lender, statement, nominated_at: now, place })
				.map_err(|_| Error::<T>::MaxCandidatesExceeded)
		})?;
		Self::deposit_event(Event::CandidateNominated { case, lender, statement });
		Ok(())
	}

	/// The place of a lender in the order of first nominations, which it gets when it has none yet.
	fn place(case: CaseId, lender: LenderIndex, election: Election) -> Result<u32, Error<T>> {
		if let Some(place) = Places::<T>::get(case, lender) {
			return Ok(place);
		}
		let stood = election.stood.checked_add(1).ok_or(Error::MaxCandidatesExceeded)?;
		Places::<T>::insert(case, lender, election.stood);
		Elections::<T>::insert(case, Election { stood, ..election });
		Ok(election.stood)
	}

	/// Drops the candidate with the smallest claim, of several the one nominated last; one without a
	/// voting right has the smallest. Fails unless `claim` is larger.
	fn give_way(case: CaseId, slate: &mut Slate, claim: Fen) -> Result<(), Error<T>> {
		let claim_of = |candidate: &Candidate| {
			T::Roll::voting_right(case, candidate.lender).map_or(0, |right| right.amount)
		};
		let claims = slate.iter().map(claim_of).enumerate();
		let smallest = claims.min_by_key(|(place, claim)| (*claim, Reverse(*place)));
		let (place, _) = smallest
			.filter(|(_, smallest)| *smallest < claim)
			.ok_or(Error::<T>::MaxCandidatesExceeded)?;
		let Candidate { lender, .. } = slate.remove(place);
		Self::deposit_event(Event::CandidateDropped { case, lender });
		Ok(())
	}

	pub(crate) fn do_withdraw(who: LenderRef) -> DispatchResult {
		let LenderRef { case, lender } = who;
		Self::ensure_electing(case)?;
		Candidates::<T>::try_mutate(case, |slate| {
			let place = slate.iter().position(|candidate| candidate.lender == lender);
			slate.remove(place.ok_or(Error::<T>::NotCandidate)?);
			Ok::<_, DispatchError>(())
		})?;
		Self::deposit_event(Event::CandidateWithdrew { case, lender });
		Ok(())
	}

	pub(crate) fn do_open_first_ballot(
		case: CaseId,
		exit: Digest,
		mandate: Mandate,
		closes_at: Millis,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_electing(case)?;
		ensure!(mandate.matters.is_valid(), Error::<T>::InvalidMandate);
		Self::ensure_digest(&exit)?;
		Self::ensure_digest(&mandate.document)?;
		let mut election = Self::nominated(case)?;
		let terms = T::Cases::terms(case)?;
		let slate = Self::qualified(case, &terms);
		ensure!(slate.len() >= Committee::majority(terms.seats), Error::<T>::TooFewCandidates);
		let (slate, lot) = Self::in_order(case, slate, &election, terms.candidate_order)?;

		let poll = T::Polls::open(NewPoll {
			case,
			purpose: Purpose::FirstBallot,
			items: Self::bounded(vec![
				Self::resolution(exit, terms.resolution.clone())?,
				Self::contest(&slate, &terms)?,
				Self::resolution(mandate.document, terms.resolution)?,
			])?,
			closes_at,
			precedence: Self::precedence(&slate),
		})?;
		election.ballot = Some(poll);
		Elections::<T>::insert(case, election);
		let candidates = slate.iter().map(|candidate| candidate.lender).collect();
		let ballot = FirstBallot { case, exit, mandate, slate, lot };
		T::Evidence::deposit_result(case, EvidenceKind::Candidate, Digest::of(&(poll, &ballot)))?;
		FirstBallots::<T>::insert(poll, ballot);
		let event = Event::FirstBallotOpened { case, poll, exit, mandate, candidates, lot, by };
		Self::deposit_event(event);
		Ok(())
	}

	/// Acts on the first ballot: forms the committee, or lets the association try again.
	pub(crate) fn conclude_first_ballot(
		case: CaseId,
		poll: PollId,
		results: &[ItemResult],
	) -> DispatchResult {
		let ballot = FirstBallots::<T>::get(poll).filter(|ballot| ballot.case == case);
		let ballot = ballot.ok_or(Error::<T>::UnexpectedResults)?;
		let mut election = Elections::<T>::get(case).ok_or(Error::<T>::UnexpectedResults)?;
		ensure!(election.ballot == Some(poll), Error::<T>::UnexpectedResults);
		let [exit, contest, mandate] = results else {
			return Err(Error::<T>::UnexpectedResults.into());
		};
		let terms = T::Cases::terms(case)?;
		let ranked = Self::ranked(&ballot, &contest.outcome)?;
		election.ballot = None;
		Elections::<T>::insert(case, election);

		let elected = ranked.len().min(terms.seats.into());
		let reason = if T::Cases::stage(case)? != Stage::Electing {
			Some(NotFormed::CaseMovedOn)
		} else if exit.outcome != ItemOutcome::Passed {
			Some(NotFormed::ExitRejected)
		} else if elected < Committee::majority(terms.seats) {
			Some(NotFormed::TooFewElected { elected: elected as u8 })
		} else {
			None
		};
		if let Some(reason) = reason {
			Self::deposit_event(Event::CommitteeNotFormed { case, poll, reason });
			return Ok(());
		}

		let (seats, rest) = ranked.split_at(elected);
		let committee = Committee {
			planned: terms.seats,
			seats: Self::bounded(seats.to_vec())?,
			reserves: Self::bounded(rest.iter().take(terms.reserves.into()).copied().collect())?,
			mandate: (mandate.outcome == ItemOutcome::Passed).then_some(ballot.mandate),
			poll,
		};
		Candidates::<T>::remove(case);
		Listings::<T>::remove(case);
		Self::deposit_committee(case, EvidenceKind::PollOutcome, &committee)?;
		Self::deposit_event(Event::CommitteeFormed {
			case,
			poll,
			seats: committee.seats.to_vec(),
			reserves: committee.reserves.to_vec(),
			mandate: committee.mandate,
		});
		Committees::<T>::insert(case, committee);
		T::Cases::advance(case, Stage::Planning)
	}

	/// The first ballot was cancelled before anybody voted: it may be opened again.
	pub(crate) fn take_back_first_ballot(case: CaseId, poll: PollId) -> DispatchResult {
		let election = Elections::<T>::get(case).filter(|one| one.ballot == Some(poll));
		let election = election.ok_or(Error::<T>::UnexpectedResults)?;
		Elections::<T>::insert(case, Election { ballot: None, ..election });
		Ok(())
	}

	/// The election of a case whose nominations are over, with no ballot open.
	pub(crate) fn nominated(case: CaseId) -> Result<Election, DispatchError> {
		let election = Elections::<T>::get(case).ok_or(Error::<T>::NominationsNotOpened)?;
		ensure!(election.ballot.is_none(), Error::<T>::BallotOpen);
		ensure!(T::Time::now() >= election.nominations_until, Error::<T>::NominationsRunning);
		Ok(election)
	}

	/// Those elected who still stand, by rank; reserves follow the seats.
	fn ranked(
		ballot: &FirstBallot,
		outcome: &ItemOutcome,
	) -> Result<Vec<LenderIndex>, DispatchError> {
		let ItemOutcome::Elected { seats, reserves } = outcome else { return Ok(Vec::new()) };
		let standing = Candidates::<T>::get(ballot.case);
		let mut ranked = Vec::new();
		for option in seats.iter().chain(reserves.iter()) {
			let candidate = ballot.slate.get(usize::from(*option));
			let candidate = candidate.ok_or(Error::<T>::UnexpectedResults)?;
			if standing.iter().any(|other| other.lender == candidate.lender) {
				ranked.push(candidate.lender);
			}
		}
		Ok(ranked)
	}

	/// The candidates who still have a voting right and reach the floor; drops the others.
	fn qualified(case: CaseId, terms: &CaseTerms) -> Slate {
		let mut slate = Candidates::<T>::get(case);
		slate.retain(|candidate| {
			let qualified = T::Roll::voting_right(case, candidate.lender)
				.is_ok_and(|right| right.amount >= terms.candidate_floor);
			if !qualified {
				let lender = candidate.lender;
				Self::deposit_event(Event::CandidateDropped { case, lender });
			}
			qualified
		});
		Candidates::<T>::insert(case, &slate);
		slate
	}

	fn contest(slate: &Slate, terms: &CaseTerms) -> Result<Item, DispatchError> {
		let kind = ItemKind::ApproveUpTo {
			candidates: slate.len().min(MAX_OPTIONS.into()) as u8,
			seats: terms.seats,
			reserves: terms.reserves,
		};
		let documents = Self::bounded(slate.iter().map(|c| c.statement).collect())?;
		Ok(Item { kind, rule: terms.election.clone(), documents })
	}
}
