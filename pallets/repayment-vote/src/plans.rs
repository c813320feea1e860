//! Plans and their votes.

use crate::*;
use alloc::collections::BTreeSet;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_propose_plan(
		case: CaseId,
		document: Digest,
		instalments: Instalments,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_platform(case, &by)?;
		Self::ensure_stage(case, Stage::Planning)?;
		let max_rounds = T::Cases::terms(case)?.max_rounds;
		ensure!(VoteRounds::<T>::get(case).held < max_rounds, Error::<T>::RoundsExhausted);
		ensure!(!document.is_zero(), Error::<T>::ZeroDigest);
		let proposed_at = T::Time::now();
		Self::ensure_schedule(&instalments, proposed_at)?;
		ensure!(!Documents::<T>::contains_key(case, document), Error::<T>::DuplicateDocument);

		let id = PlanCount::<T>::get(case);
		PlanCount::<T>::insert(case, id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Documents::<T>::insert(case, document, id);
		let state = PlanState::Proposed;
		let plan = Plan { document, instalments: instalments.clone(), proposed_at, state };
		Plans::<T>::insert(case, id, plan);
		Self::deposit_event(Event::PlanProposed { case, plan: id, document, instalments });
		Ok(())
	}

	pub(crate) fn do_open_vote(
		case: CaseId,
		plans: Competing,
		closes_at: Millis,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_association(case, &by)?;
		Self::ensure_stage(case, Stage::Planning)?;
		let terms = T::Cases::terms(case)?;
		let mut rounds = VoteRounds::<T>::get(case);
		ensure!(rounds.held < terms.max_rounds, Error::<T>::RoundsExhausted);
		let round = rounds.held.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let documents = Self::electable(case, &plans, closes_at, terms.review_window)?;
		let kind = match plans.len() {
			1 => ItemKind::Resolution,
			options => ItemKind::ChooseOne { options: options as u8 },
		};
		let documents = documents.try_into().map_err(|_| DispatchError::Exhausted)?;
		let items = vec![Item { kind, rule: terms.plan, documents }];
		let poll = T::Polls::open(NewPoll {
			case,
			purpose: Purpose::Plan { round },
			items: items.try_into().map_err(|_| DispatchError::Exhausted)?,
			closes_at,
			precedence: Precedence::default(),
		})?;
		for plan in &plans {
			Self::set_state(case, *plan, PlanState::InVote { poll })?;
		}
		rounds = Rounds { held: round, ballot: Some(poll) };
		VoteRounds::<T>::insert(case, rounds);
		PlanBallots::<T>::insert(poll, PlanBallot { case, round, plans: plans.clone() });
		Self::deposit_event(Event::VoteOpened { case, round, poll, plans, by });
		T::Cases::advance(case, Stage::Voting)
	}

	/// Acts on a ballot: adopts the winner, or leads the case back to planning.
	pub(crate) fn conclude_vote(
		case: CaseId,
		poll: PollId,
		round: u8,
		results: &[ItemResult],
	) -> DispatchResult {
		let ballot = PlanBallots::<T>::get(poll).ok_or(Error::<T>::UnexpectedResults)?;
		let rounds = VoteRounds::<T>::get(case);
		let ours = ballot.case == case && ballot.round == round && rounds.ballot == Some(poll);
		ensure!(ours, Error::<T>::UnexpectedResults);
		let winner = Self::winner(&ballot.plans, results)?;

		VoteRounds::<T>::insert(case, Rounds { ballot: None, ..rounds });
		let lapsed = T::Cases::stage(case)? != Stage::Voting;
		for plan in &ballot.plans {
			let state = match winner {
				_ if lapsed => PlanState::Lapsed,
				Some(winner) if winner == *plan => PlanState::Adopted,
				_ => PlanState::Rejected,
			};
			Self::set_state(case, *plan, state)?;
		}
		match winner {
			_ if lapsed => {
				Self::deposit_event(Event::VoteLapsed { case, poll });
				Ok(())
			}
			Some(plan) => Self::adopt(case, plan, poll),
			None => Self::fail(case, poll, round),
		}
	}

	/// A ballot was cancelled before anybody voted: its plans may be put on another one, and the round is
	/// not used up.
	pub(crate) fn take_back_vote(case: CaseId, poll: PollId) -> DispatchResult {
		let rounds = VoteRounds::<T>::get(case);
		ensure!(rounds.ballot == Some(poll), Error::<T>::UnexpectedResults);
		let ballot = PlanBallots::<T>::take(poll).ok_or(Error::<T>::UnexpectedResults)?;
		let held = rounds.held.checked_sub(1).ok_or(Error::<T>::UnexpectedResults)?;
		VoteRounds::<T>::insert(case, Rounds { held, ballot: None });
		for plan in &ballot.plans {
			Self::set_state(case, *plan, PlanState::Proposed)?;
		}
		match T::Cases::stage(case)? {
			Stage::Voting => T::Cases::advance(case, Stage::Planning),
			// The case ended meanwhile.
			_ => Ok(()),
		}
	}

	fn adopt(case: CaseId, id: PlanId, poll: PollId) -> DispatchResult {
		let plan = Plans::<T>::get(case, id).ok_or(Error::<T>::UnknownPlan)?;
		Adopted::<T>::insert(case, id);
		T::Evidence::deposit_result(case, EvidenceKind::Plan, Digest::of(&(case, id, &plan)))?;
		let document = plan.document;
		Self::deposit_event(Event::PlanAdopted { case, plan: id, document, poll });
		T::Cases::advance(case, Stage::Repaying)
	}

	fn fail(case: CaseId, poll: PollId, round: u8) -> DispatchResult {
		let rounds_left = T::Cases::terms(case)?.max_rounds.saturating_sub(round);
		Self::deposit_event(Event::VoteFailed { case, poll, round, rounds_left });
		if rounds_left == 0 {
			Self::deposit_event(Event::RoundsUsedUp { case });
		}
		T::Cases::advance(case, Stage::Planning)
	}

	/// The plan that won; `None` when none did.
	fn winner(plans: &Competing, results: &[ItemResult]) -> Result<Option<PlanId>, DispatchError> {
		let [result] = results else { return Err(Error::<T>::UnexpectedResults.into()) };
		let option = match result.outcome {
			ItemOutcome::Failed => return Ok(None),
			ItemOutcome::Passed if plans.len() == 1 => 0,
			ItemOutcome::Chosen { option } if plans.len() > 1 => option,
			_ => return Err(Error::<T>::UnexpectedResults.into()),
		};
		let plan = plans.get(usize::from(option)).ok_or(Error::<T>::UnexpectedResults)?;
		Ok(Some(*plan))
	}

	/// The documents of plans that lenders may be asked about.
	fn electable(
		case: CaseId,
		plans: &Competing,
		closes_at: Millis,
		review_window: Millis,
	) -> Result<Vec<Digest>, DispatchError> {
		ensure!(!plans.is_empty(), Error::<T>::NoPlans);
		let mut named = BTreeSet::new();
		ensure!(plans.iter().all(|plan| named.insert(plan)), Error::<T>::DuplicatePlan);
		let now = T::Time::now();
		let mut documents = Vec::new();
		for id in plans {
			let plan = Plans::<T>::get(case, id).ok_or(Error::<T>::UnknownPlan)?;
			ensure!(plan.state == PlanState::Proposed, Error::<T>::NotProposed);
			let reviewed = now >= plan.proposed_at.saturating_add(review_window)
				|| T::Review::opinion(case, &plan.document).is_some();
			ensure!(reviewed, Error::<T>::ReviewPending);
			let first_due = plan.instalments.first().map(|instalment| instalment.due_at);
			ensure!(first_due.is_some_and(|due| due > closes_at), Error::<T>::DueBeforeClose);
			documents.push(plan.document);
		}
		Ok(documents)
	}

	fn ensure_schedule(instalments: &Instalments, now: Millis) -> DispatchResult {
		ensure!(!instalments.is_empty(), Error::<T>::EmptyPromise);
		let (mut last, mut total) = (now, 0);
		for Instalment { due_at, amount } in instalments {
			ensure!(*amount > 0, Error::<T>::EmptyPromise);
			ensure!(*amount <= MAX_AMOUNT, Error::<T>::AmountTooLarge);
			ensure!(*due_at > last, Error::<T>::InvalidSchedule);
			ensure!(*due_at <= now.saturating_add(MAX_AHEAD), Error::<T>::DueTooFar);
			last = *due_at;
			total = Fen::checked_add(total, *amount).ok_or(ArithmeticError::Overflow)?;
		}
		Ok(())
	}

	fn set_state(case: CaseId, id: PlanId, state: PlanState) -> DispatchResult {
		Plans::<T>::try_mutate(case, id, |plan| {
			plan.as_mut().ok_or(Error::<T>::UnknownPlan)?.state = state;
			Ok(())
		})
	}
}
