//! What the storage of the pallet must always look like.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use winddown_primitives::pages;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_plans()?;
		Self::check_votes()?;
		Self::check_payments()?;
		Self::check_replies()
	}

	fn check_plans() -> Result<(), TryRuntimeError> {
		let mut plans = 0usize;
		for (case, id, plan) in Plans::<T>::iter() {
			plans = plans.saturating_add(1);
			ensure!(id < PlanCount::<T>::get(case), "a plan beyond the count");
			let document = Documents::<T>::get(case, plan.document);
			ensure!(document == Some(id), "a plan that its document does not lead to");
			let dues: alloc::vec::Vec<_> = plan.instalments.iter().map(|i| i.due_at).collect();
			ensure!(!dues.is_empty() && dues.is_sorted_by(|a, b| a < b), "a bad schedule");
			ensure!(plan.instalments.iter().all(|i| i.amount > 0), "an empty instalment");
			let adopted = Adopted::<T>::get(case) == Some(id);
			ensure!(adopted == (plan.state == PlanState::Adopted), "a wrong adoption");
			if let PlanState::InVote { poll } = plan.state {
				let ballot = PlanBallots::<T>::get(poll).ok_or("a vote without its ballot")?;
				ensure!(ballot.plans.contains(&id), "a plan off its ballot");
				ensure!(VoteRounds::<T>::get(case).ballot == Some(poll), "a vote that is not open");
			}
		}
		ensure!(Documents::<T>::iter().count() == plans, "a document of no plan");
		for (case, count) in PlanCount::<T>::iter() {
			let stored = Plans::<T>::iter_key_prefix(case).count();
			ensure!(stored == count as usize, "a plan is missing");
		}
		for (case, id) in Adopted::<T>::iter() {
			ensure!(Plans::<T>::contains_key(case, id), "an adopted plan is missing");
		}
		Ok(())
	}

	fn check_votes() -> Result<(), TryRuntimeError> {
		for (case, rounds) in VoteRounds::<T>::iter() {
			let Some(poll) = rounds.ballot else { continue };
			let ballot = PlanBallots::<T>::get(poll).ok_or("an open vote without its ballot")?;
			ensure!(ballot.case == case && ballot.round == rounds.held, "another's open vote");
			ensure!(!Adopted::<T>::contains_key(case), "a vote although a plan is adopted");
			for plan in ballot.plans {
				let state = Plans::<T>::get(case, plan).map(|plan| plan.state);
				ensure!(state == Some(PlanState::InVote { poll }), "a plan not in its vote");
			}
		}
		for (_, ballot) in PlanBallots::<T>::iter() {
			ensure!(!ballot.plans.is_empty(), "a ballot on nothing");
			let held = VoteRounds::<T>::get(ballot.case).held;
			ensure!(ballot.round >= 1 && ballot.round <= held, "a ballot of no round");
		}
		Ok(())
	}

	fn check_payments() -> Result<(), TryRuntimeError> {
		let mut paid = BTreeMap::<_, (Fen, u32, u32)>::new();
		for (case, _, payment) in Payments::<T>::iter() {
			let sum = paid.entry((case, payment.instalment)).or_default();
			let amount = sum.0.checked_add(payment.amount).ok_or("payments overflow")?;
			*sum = (amount, sum.1.saturating_add(payment.heads), sum.2.saturating_add(1));
		}
		for (case, index, progress) in Progresses::<T>::iter() {
			let (_, plan) = Self::adopted(case).ok_or("payments without an adopted plan")?;
			let promised = plan.instalments.get(usize::from(index)).ok_or("no such instalment")?;
			ensure!(progress.paid <= promised.amount, "more paid than promised");
			let settled = progress.settled_at.is_some();
			ensure!(settled == (progress.paid == promised.amount), "wrongly settled");
			if let Some(at) = progress.settled_at {
				let late = at >= promised.due_at;
				ensure!(late == (progress.flag > Flag::None), "a late payment without its flag");
			}
			let sum = paid.remove(&(case, index)).unwrap_or_default();
			let counted = (progress.paid, progress.heads, progress.reports);
			ensure!(sum == counted, "payments are miscounted");
		}
		ensure!(paid.is_empty(), "a payment of no instalment");
		Ok(())
	}

	fn check_replies() -> Result<(), TryRuntimeError> {
		let mut counted = BTreeMap::<_, (u32, u32)>::new();
		for ((case, instalment, _), page) in Replies::<T>::iter() {
			let (acknowledged, complaints) = counted.entry((case, instalment)).or_default();
			for slot in 0..pages::PAGE_ROWS {
				match pages::read(&page, slot) {
					None => {}
					Some(Reply::Complained) => *complaints = complaints.saturating_add(1),
					Some(Reply::Acknowledged | Reply::Resolved) => {
						*acknowledged = acknowledged.saturating_add(1)
					}
				}
			}
		}
		for (case, index, progress) in Progresses::<T>::iter() {
			let replies = counted.remove(&(case, index)).unwrap_or_default();
			let counters = (progress.acknowledged, progress.complaints);
			ensure!(replies == counters, "replies are miscounted");
		}
		ensure!(counted.values().all(|replies| *replies == (0, 0)), "replies to no instalment");
		Ok(())
	}
}
