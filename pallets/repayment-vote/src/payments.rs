//! Payments against promises.

use crate::*;
use winddown_primitives::pages;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_report_payment(
		case: CaseId,
		instalment: InstalmentIndex,
		amount: Fen,
		heads: u32,
		list: Digest,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_platform(case, &by)?;
		let promised = Self::promised(case, instalment)?;
		ensure!(amount > 0 && heads > 0, Error::<T>::EmptyPayment);
		ensure!(heads <= T::Claims::rows(case), Error::<T>::HeadsExceedRoll);
		ensure!(!list.is_zero(), Error::<T>::ZeroDigest);
		ensure!(!Payments::<T>::contains_key(case, list), Error::<T>::AlreadyReported);
		let now = T::Time::now();
		let mut progress = Progresses::<T>::get(case, instalment);
		let paid = progress.paid.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		ensure!(paid <= promised.amount, Error::<T>::ExceedsPromise);

		// Whether it was late must not depend on somebody having flagged it before this report.
		Self::raise_flag(case, instalment, promised, &mut progress, now, by)?;
		progress.paid = paid;
		progress.heads = progress.heads.checked_add(heads).ok_or(ArithmeticError::Overflow)?;
		progress.reports = progress.reports.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let payment = Payment { instalment, amount, heads, reported_at: now };
		let deposit = Digest::of(&(case, list, payment));
		T::Evidence::deposit_result(case, EvidenceKind::Payment, deposit)?;
		Payments::<T>::insert(case, list, payment);
		Self::deposit_event(Event::PaymentReported { case, instalment, amount, heads, list, paid });
		if paid == promised.amount {
			progress.settled_at = Some(now);
			let flag = progress.flag;
			Self::deposit_event(Event::InstalmentSettled { case, instalment, flag });
		}
		Progresses::<T>::insert(case, instalment, progress);
		Ok(())
	}

	pub(crate) fn do_flag_overdue(
		case: CaseId,
		instalment: InstalmentIndex,
		by: T::AccountId,
	) -> DispatchResult {
		let promised = Self::promised(case, instalment)?;
		let mut progress = Progresses::<T>::get(case, instalment);
		ensure!(progress.settled_at.is_none(), Error::<T>::AlreadySettled);
		let now = T::Time::now();
		ensure!(now >= promised.due_at, Error::<T>::NotDue);
		let raised = Self::raise_flag(case, instalment, promised, &mut progress, now, by)?;
		ensure!(raised, Error::<T>::AlreadyFlagged);
		Progresses::<T>::insert(case, instalment, progress);
		Ok(())
	}

	pub(crate) fn do_acknowledge(who: LenderRef, instalment: InstalmentIndex) -> DispatchResult {
		let LenderRef { case, lender } = who;
		Self::promised(case, instalment)?;
		T::Claims::amount(case, lender)?;
		let mut progress = Progresses::<T>::get(case, instalment);
		ensure!(progress.reports > 0, Error::<T>::NothingReported);
		let reply = match Self::reply_of(case, instalment, lender) {
			None => Reply::Acknowledged,
			Some(Reply::Complained) => {
				let complaints = progress.complaints.checked_sub(1);
				progress.complaints = complaints.ok_or(ArithmeticError::Underflow)?;
				Reply::Resolved
			}
			Some(Reply::Acknowledged | Reply::Resolved) => {
				return Err(Error::<T>::AlreadyAcknowledged.into())
			}
		};
		let acknowledged = progress.acknowledged.checked_add(1);
		progress.acknowledged = acknowledged.ok_or(ArithmeticError::Overflow)?;
		Self::write_reply(case, instalment, lender, reply)?;
		Progresses::<T>::insert(case, instalment, progress);
		Self::deposit_event(Event::PaymentAcknowledged { case, instalment, lender, reply });
		Ok(())
	}

	pub(crate) fn do_complain(
		who: LenderRef,
		instalment: InstalmentIndex,
		complaint: Digest,
	) -> DispatchResult {
		let LenderRef { case, lender } = who;
		ensure!(!complaint.is_zero(), Error::<T>::ZeroDigest);
		let promised = Self::promised(case, instalment)?;
		T::Claims::amount(case, lender)?;
		let mut progress = Progresses::<T>::get(case, instalment);
		let due = T::Time::now() >= promised.due_at || progress.reports > 0;
		ensure!(due, Error::<T>::NotDue);
		match Self::reply_of(case, instalment, lender) {
			None => {}
			Some(Reply::Complained) => return Err(Error::<T>::AlreadyComplained.into()),
			Some(Reply::Acknowledged | Reply::Resolved) => {
				return Err(Error::<T>::AlreadyAcknowledged.into())
			}
		}
		let complaints = progress.complaints.checked_add(1);
		progress.complaints = complaints.ok_or(ArithmeticError::Overflow)?;
		Self::write_reply(case, instalment, lender, Reply::Complained)?;
		Progresses::<T>::insert(case, instalment, progress);
		Self::deposit_event(Event::PaymentDisputed { case, instalment, lender, complaint });
		Ok(())
	}

	pub(crate) fn reply_of(
		case: CaseId,
		instalment: InstalmentIndex,
		lender: LenderIndex,
	) -> Option<Reply> {
		let page = Replies::<T>::get((case, instalment, page_of(lender)));
		pages::read(&page, slot_of(lender))
	}

	fn write_reply(
		case: CaseId,
		instalment: InstalmentIndex,
		lender: LenderIndex,
		reply: Reply,
	) -> DispatchResult {
		Replies::<T>::try_mutate((case, instalment, page_of(lender)), |page| {
			pages::write(page, slot_of(lender), &reply).map_err(|_| DispatchError::Exhausted)
		})
	}

	/// What the adopted plan promises for an instalment of a case that is repaying.
	fn promised(case: CaseId, index: InstalmentIndex) -> Result<Instalment, DispatchError> {
		let (_, plan) = Self::adopted(case).ok_or(Error::<T>::NothingAdopted)?;
		let instalment = plan.instalments.get(usize::from(index)).copied();
		let instalment = instalment.ok_or(Error::<T>::UnknownInstalment)?;
		Self::ensure_stage(case, Stage::Repaying)?;
		Ok(instalment)
	}

	/// Raises the flag of an unsettled instalment to what it deserves now; tells whether it rose.
	fn raise_flag(
		case: CaseId,
		instalment: InstalmentIndex,
		promised: Instalment,
		progress: &mut Progress,
		now: Millis,
		by: T::AccountId,
	) -> Result<bool, DispatchError> {
		let flag = Flag::of(promised.due_at, T::Cases::terms(case)?.grace, now);
		if flag <= progress.flag {
			return Ok(false);
		}
		progress.flag = flag;
		let missing = promised.amount.saturating_sub(progress.paid);
		Self::deposit_event(Event::InstalmentFlagged { case, instalment, flag, missing, by });
		Ok(true)
	}
}
