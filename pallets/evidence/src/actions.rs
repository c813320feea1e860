//! What deposits, attestations and policies do, and what other pallets ask.

use crate::*;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{ArithmeticError, DispatchError};
use winddown_primitives::{
	traits::{EvidencePolicies, EvidenceSink},
	Role,
};

/// What a deposit brings; the pallet adds the rest of a [`Record`].
pub(crate) struct NewRecord<AccountId> {
	pub case: CaseId,
	pub kind: EvidenceKind,
	pub content: Content,
	pub producer: Option<AccountId>,
	pub produced_at: Millis,
	pub parent: Option<EvidenceId>,
	pub replaces: Option<EvidenceId>,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn ensure_may_deposit(who: &T::AccountId, case: CaseId) -> DispatchResult {
		let platform = T::Cases::platform(case)?;
		let everywhere = [Role::Operator, Role::Association, Role::Registrar]
			.into_iter()
			.any(|role| T::Institutions::holds(who, role));
		ensure!(everywhere || platform == *who, Error::<T>::NotYourCase);
		Ok(())
	}

	pub(crate) fn ensure_content(content: &Content, produced_at: Millis) -> DispatchResult {
		ensure!(content.leaves > 0 && content.bytes > 0, Error::<T>::EmptyContent);
		let latest = T::Time::now().saturating_add(T::ClockSkew::get());
		ensure!(produced_at <= latest, Error::<T>::ProducedInFuture);
		Ok(())
	}

	/// A producer's record of a digest is followed by another one only if that replaces it.
	pub(crate) fn ensure_new(
		case: CaseId,
		digest: Digest,
		deposited_as: DepositedAs<T>,
		replaces: Option<EvidenceId>,
	) -> DispatchResult {
		let known = Known::<T>::get((case, digest, deposited_as));
		ensure!(known.is_none() || known == replaces, Error::<T>::DuplicateDigest);
		Ok(())
	}

	pub(crate) fn ensure_in_case(
		id: EvidenceId,
		case: CaseId,
	) -> Result<RecordOf<T>, DispatchError> {
		let record = Records::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		ensure!(record.case == case, Error::<T>::WrongCase);
		Ok(record)
	}

	fn ensure_valid(policy: &PolicyOf<T>) -> DispatchResult {
		ensure!(policy.is_valid(), Error::<T>::InvalidPolicy);
		policy.arbiters.iter().try_for_each(|arbiter| {
			let holds = |role| T::Institutions::holds(&arbiter.account, role);
			ensure!(holds(Role::Arbiter), Error::<T>::NotAnArbiter);
			let interested = holds(Role::Platform) || holds(Role::Operator);
			ensure!(
				arbiter.relation == Relation::Related || !interested,
				Error::<T>::NotIndependent
			);
			Ok(())
		})
	}

	pub(crate) fn do_deposit(new: NewRecord<T::AccountId>) -> Result<EvidenceId, DispatchError> {
		let NewRecord { case, kind, content, producer, produced_at, parent, replaces } = new;
		let policy = CurrentPolicy::<T>::get(case).ok_or(Error::<T>::NoPolicy)?;
		let id = NextRecord::<T>::get();
		NextRecord::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		// The chain may come to the same value again: its first record stays.
		let key = (case, content.digest, (kind, producer.clone()));
		if producer.is_some() || !Known::<T>::contains_key(&key) {
			Known::<T>::insert(key, id);
		}
		Self::deposit_event(Event::Deposited {
			id,
			case,
			kind,
			content,
			producer: producer.clone(),
			produced_at,
			parent,
			replaces,
			policy,
		});
		let record = Record {
			case,
			kind,
			content,
			producer,
			produced_at,
			deposited_at: T::Time::now(),
			block: frame_system::Pallet::<T>::block_number(),
			parent,
			replaces,
			superseded_by: None,
			policy,
			state: RecordState::Pending,
			decided_at: None,
			counts: Counts::default(),
		};
		Records::<T>::insert(id, record);
		Ok(id)
	}

	/// Marks `id` as replaced by the next record, which `producer` is about to deposit.
	pub(crate) fn do_supersede(
		id: EvidenceId,
		case: CaseId,
		producer: &T::AccountId,
	) -> DispatchResult {
		let mut record = Self::ensure_in_case(id, case)?;
		ensure!(record.producer.as_ref() == Some(producer), Error::<T>::NotProducer);
		ensure!(record.superseded_by.is_none(), Error::<T>::AlreadySuperseded);
		let by = NextRecord::<T>::get();
		record.superseded_by = Some(by);
		// A correction does not hide that a record was rejected.
		if record.state != RecordState::Rejected {
			record.state = RecordState::Superseded;
		}
		Records::<T>::insert(id, record);
		Self::deposit_event(Event::RecordSuperseded { id, by });
		Ok(())
	}

	pub(crate) fn do_attest(arbiter: &T::AccountId, statement: Statement) -> DispatchResult {
		let Statement { id, digest, verdict } = statement;
		let mut record = Records::<T>::get(id).ok_or(Error::<T>::NotFound)?;
		ensure!(record.content.digest == digest, Error::<T>::WrongDigest);
		ensure!(record.superseded_by.is_none(), Error::<T>::AlreadySuperseded);
		let policy = Self::policy_of(&record)?;
		let relation = policy.relation(arbiter).ok_or(Error::<T>::NotInPolicy)?;
		let before = Self::absence(id, arbiter, &verdict)?;
		if let Some(Absence { reason, .. }) = before {
			record.counts.remove(&Verdict::Absent { reason }, relation);
		}

		let block = frame_system::Pallet::<T>::block_number();
		Attestations::<T>::insert(id, arbiter, Attestation { verdict, block, before });
		Self::deposit_event(Event::Attested {
			id,
			arbiter: arbiter.clone(),
			relation,
			digest,
			verdict,
		});
		record.counts.add(&verdict, relation);
		Self::decide(id, &mut record, &policy, block);
		Records::<T>::insert(id, record);
		Ok(())
	}

	/// The absence that an institution stated on a record, which `verdict` follows; fails when it
	/// said anything else, or says the same again.
	fn absence(
		id: EvidenceId,
		arbiter: &T::AccountId,
		verdict: &Verdict,
	) -> Result<Option<Absence<BlockNumberFor<T>>>, DispatchError> {
		match Attestations::<T>::get(id, arbiter) {
			None => Ok(None),
			Some(Attestation { verdict: Verdict::Absent { reason }, block, .. })
				if !verdict.is_absence() =>
			{
				Ok(Some(Absence { reason, block }))
			}
			Some(_) => Err(Error::<T>::AlreadyAttested.into()),
		}
	}

	/// Gives a record the state that its verdicts make.
	fn decide(
		id: EvidenceId,
		record: &mut RecordOf<T>,
		policy: &PolicyOf<T>,
		block: BlockNumberFor<T>,
	) {
		let state = record.counts.state(policy);
		if state == record.state {
			return;
		}
		record.state = state;
		record.decided_at = (state != RecordState::Pending).then_some(block);
		Self::deposit_event(match state {
			RecordState::Effective => Event::RecordEffective { id },
			RecordState::Pending => Event::RecordReopened { id },
			_ => Event::RecordRejected { id },
		});
	}

	pub(crate) fn do_set_policy(case: CaseId, policy: PolicyOf<T>) -> DispatchResult {
		Self::ensure_valid(&policy)?;
		let version = CurrentPolicy::<T>::get(case)
			.unwrap_or_default()
			.checked_add(1)
			.ok_or(ArithmeticError::Overflow)?;
		CurrentPolicy::<T>::insert(case, version);
		Policies::<T>::insert(case, version, &policy);
		Self::deposit_event(Event::PolicySet { case, version, policy });
		Ok(())
	}

	fn policy_of(record: &RecordOf<T>) -> Result<PolicyOf<T>, DispatchError> {
		Ok(Policies::<T>::get(record.case, record.policy).ok_or(Error::<T>::NoPolicy)?)
	}

	/// Those of the next [`PENDING_SCAN`] records that `wanted` agrees to.
	pub(crate) fn page(
		from: EvidenceId,
		wanted: impl Fn(EvidenceId, &RecordOf<T>) -> bool,
	) -> PendingPage<RecordOf<T>> {
		let newest = NextRecord::<T>::get();
		let end = from.saturating_add(PENDING_SCAN.into()).min(newest);
		let records = (from..end)
			.filter_map(|id| Some((id, Records::<T>::get(id)?)))
			.filter(|(id, record)| wanted(*id, record))
			.collect();
		PendingPage { records, next: (end < newest).then_some(end) }
	}

	pub(crate) fn lacks_content(
		id: EvidenceId,
		record: &RecordOf<T>,
		arbiter: &T::AccountId,
	) -> bool {
		matches!(record.state, RecordState::Pending | RecordState::Rejected)
			&& record.superseded_by.is_none()
			&& Attestations::<T>::get(id, arbiter).is_some_and(|word| word.verdict.is_absence())
	}

	pub(crate) fn waits_for(id: EvidenceId, record: &RecordOf<T>, arbiter: &T::AccountId) -> bool {
		record.state == RecordState::Pending
			&& !Attestations::<T>::contains_key(id, arbiter)
			&& Self::policy_of(record).is_ok_and(|policy| policy.relation(arbiter).is_some())
	}
}

impl<T: Config> EvidenceSink for Pallet<T> {
	fn deposit_result(
		case: CaseId,
		kind: EvidenceKind,
		digest: Digest,
	) -> Result<EvidenceId, DispatchError> {
		Self::do_deposit(NewRecord {
			case,
			kind,
			content: Content::of_chain(digest),
			producer: None,
			produced_at: T::Time::now(),
			parent: None,
			replaces: None,
		})
	}

	fn ensure_usable(case: CaseId, id: EvidenceId, kind: EvidenceKind) -> DispatchResult {
		let record = Self::ensure_in_case(id, case)?;
		ensure!(record.kind == kind, Error::<T>::WrongKind);
		match record.state {
			RecordState::Pending | RecordState::Effective => Ok(()),
			RecordState::Rejected => Err(Error::<T>::AlreadyRejected.into()),
			RecordState::Superseded => Err(Error::<T>::AlreadySuperseded.into()),
		}
	}
}

impl<T: Config> EvidencePolicies<T::AccountId> for Pallet<T> {
	fn set_initial_policy(case: CaseId, policy: PolicyOf<T>) -> DispatchResult {
		ensure!(!CurrentPolicy::<T>::contains_key(case), Error::<T>::PolicyExists);
		Self::do_set_policy(case, policy)
	}
}
