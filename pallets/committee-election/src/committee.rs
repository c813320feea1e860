//! The committee at work: who sits, and what it decides.

use crate::*;
use sp_runtime::ArithmeticError;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_resign(who: LenderRef) -> DispatchResult {
		let LenderRef { case, lender } = who;
		Self::ensure_not_final(case)?;
		let mut committee = Committees::<T>::get(case).ok_or(Error::<T>::NoCommittee)?;
		let vacancy = committee.vacate(lender).ok_or(Error::<T>::NotMember)?;
		Self::deposit_committee(case, EvidenceKind::Other, &committee)?;
		Committees::<T>::insert(case, committee);
		Self::deposit_event(Event::Resigned { case, lender, vacancy });
		Ok(())
	}

	pub(crate) fn do_open_recall(
		case: CaseId,
		member: LenderIndex,
		grounds: Digest,
		closes_at: Millis,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_digest(&grounds)?;
		Self::ensure_not_final(case)?;
		Self::committee_with(case, member)?;
		ensure!(!Recalls::<T>::contains_key(case, member), Error::<T>::RecallOpen);
		let poll = T::Polls::open(NewPoll {
			case,
			purpose: Purpose::Recall { member },
			items: Self::bounded(vec![Self::resolution(
				grounds,
				T::Cases::terms(case)?.resolution,
			)?])?,
			closes_at,
			precedence: Precedence::default(),
		})?;
		Recalls::<T>::insert(case, member, poll);
		Self::deposit_event(Event::RecallOpened { case, member, grounds, poll, by });
		Ok(())
	}

	/// Acts on a recall. It never fails for a member who left meanwhile: the poll must close.
	pub(crate) fn conclude_recall(
		case: CaseId,
		poll: PollId,
		member: LenderIndex,
		results: &[ItemResult],
	) -> DispatchResult {
		let open = Recalls::<T>::get(case, member);
		ensure!(open == Some(poll), Error::<T>::UnexpectedResults);
		let [result] = results else { return Err(Error::<T>::UnexpectedResults.into()) };
		let mut committee = Committees::<T>::get(case).ok_or(Error::<T>::NoCommittee)?;
		Recalls::<T>::remove(case, member);
		let mut vacancy = None;
		let outcome = if T::Cases::stage(case)?.is_final() || !committee.has_member(member) {
			RecallOutcome::Lapsed
		} else if result.outcome == ItemOutcome::Passed {
			vacancy = committee.vacate(member);
			Self::deposit_committee(case, EvidenceKind::PollOutcome, &committee)?;
			Committees::<T>::insert(case, committee);
			RecallOutcome::Recalled
		} else {
			RecallOutcome::Kept
		};
		Self::deposit_event(Event::RecallClosed { case, member, poll, outcome, vacancy });
		Ok(())
	}

	/// The recall was cancelled before anybody voted on it.
	pub(crate) fn take_back_recall(
		case: CaseId,
		poll: PollId,
		member: LenderIndex,
	) -> DispatchResult {
		let open = Recalls::<T>::take(case, member);
		ensure!(open == Some(poll), Error::<T>::UnexpectedResults);
		Ok(())
	}

	pub(crate) fn do_propose_decision(
		who: LenderRef,
		matter: Matter,
		document: Digest,
	) -> DispatchResult {
		let LenderRef { case, lender: proposer } = who;
		Self::ensure_digest(&document)?;
		Self::ensure_not_final(case)?;
		let committee = Self::committee_acting(case, proposer)?;
		let mandate = committee.mandate.ok_or(Error::<T>::NoMandate)?;
		ensure!(mandate.matters.contains(matter), Error::<T>::OutsideMandate);
		ensure!(committee.is_quorate(), Error::<T>::Inquorate);
		let open = OpenDecisions::<T>::get(case, proposer);
		ensure!(open < T::MaxOpenDecisions::get(), Error::<T>::MaxOpenDecisionsExceeded);

		let decision = DecisionCount::<T>::get(case);
		if matter == Matter::PlanReview {
			ensure!(!Reviews::<T>::contains_key(case, document), Error::<T>::AlreadyUnderReview);
			Reviews::<T>::insert(case, document, decision);
		}
		let proposed_at = T::Time::now();
		let votes = MemberVotes::default();
		let new = Decision { matter, document, proposer, proposed_at, votes, settlement: None };
		Decisions::<T>::insert(case, decision, new);
		let count = decision.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		DecisionCount::<T>::insert(case, count);
		OpenDecisions::<T>::insert(case, proposer, open.saturating_add(1));
		Self::deposit_event(Event::DecisionProposed { case, decision, matter, document, proposer });
		Ok(())
	}

	pub(crate) fn do_decide(who: LenderRef, id: DecisionId, vote: Vote) -> DispatchResult {
		let LenderRef { case, lender } = who;
		Self::ensure_not_final(case)?;
		let committee = Self::committee_acting(case, lender)?;
		let mut decision = Decisions::<T>::get(case, id).ok_or(Error::<T>::UnknownDecision)?;
		let at = T::Time::now();
		if decision.votes.iter().any(|v| v.lender == lender) {
			// The last one who could have ended it by a vote may have left.
			let ends = decision.settlement.is_none()
				&& committee.is_quorate()
				&& committee.tally(&decision.votes).outcome.is_some();
			ensure!(ends, Error::<T>::AlreadyVoted);
		} else {
			let minuted = MemberVote { lender, vote, at };
			decision.votes.try_push(minuted).map_err(|_| DispatchError::Exhausted)?;
			Self::deposit_event(Event::MemberVoted { case, decision: id, lender, vote });
		}

		if decision.settlement.is_none() {
			ensure!(committee.is_quorate(), Error::<T>::Inquorate);
			let Tally { endorsed, objected, outcome } = committee.tally(&decision.votes);
			if let Some(outcome) = outcome {
				decision.settlement = Some(Settlement { outcome, endorsed, objected, at });
				OpenDecisions::<T>::mutate_exists(case, decision.proposer, |open| {
					*open = open.and_then(|open| open.checked_sub(1)).filter(|open| *open > 0);
				});
				let settled =
					Event::DecisionSettled { case, decision: id, outcome, endorsed, objected };
				Self::deposit_event(settled);
			}
		}
		// A vote after the end changes the minutes, which are evidence too.
		if decision.settlement.is_some() {
			let minutes = Digest::of(&(case, id, &decision));
			T::Evidence::deposit_result(case, EvidenceKind::Decision, minutes)?;
		}
		Decisions::<T>::insert(case, id, decision);
		Ok(())
	}

	/// The committee in which `member` acts. One whose claim was excluded does not act, but keeps the
	/// seat and the votes given before: the association opens a recall, or rules again.
	fn committee_acting(case: CaseId, member: LenderIndex) -> Result<Committee, DispatchError> {
		let committee = Self::committee_with(case, member)?;
		T::Roll::voting_right(case, member)?;
		Ok(committee)
	}
}
