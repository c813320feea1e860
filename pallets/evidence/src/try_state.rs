use crate::{
	Absence, Attestation, Attestations, Config, Counts, CurrentPolicy, Known, NextRecord, Pallet,
	Policies, RecordOf, RecordState, Records,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;
use winddown_primitives::EvidenceId;

impl<T: Config> Pallet<T> {
	/// Checks that nothing was deleted, that every state is what the attestations make of it, and
	/// that all references between records, digests and policies hold.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let next = NextRecord::<T>::get();
		ensure!(Records::<T>::iter_keys().count() as u64 == next, "a record is missing");
		Records::<T>::iter().try_for_each(|(id, record)| Self::check_record(id, &record, next))?;
		Self::check_attestations()?;
		Self::check_known()?;
		Self::check_policies()
	}

	fn check_record(
		id: EvidenceId,
		record: &RecordOf<T>,
		next: EvidenceId,
	) -> Result<(), TryRuntimeError> {
		ensure!(id < next, "a record has a number that was not given yet");
		let policy = Policies::<T>::get(record.case, record.policy)
			.ok_or("a record follows a policy that does not exist")?;
		let mut counts = Counts::default();
		for (arbiter, Attestation { verdict, block, before }) in Attestations::<T>::iter_prefix(id)
		{
			let relation =
				policy.relation(&arbiter).ok_or("an institution outside the policy attested")?;
			counts.add(&verdict, relation);
			let follows = |before: Absence<_>| !verdict.is_absence() && before.block <= block;
			ensure!(before.is_none_or(follows), "a word followed another one out of turn");
		}
		ensure!(counts == record.counts, "the counters differ from the attestations");

		let earned = counts.state(&policy);
		let expected = match (record.superseded_by, earned) {
			(Some(_), RecordState::Pending | RecordState::Effective) => RecordState::Superseded,
			_ => earned,
		};
		ensure!(record.state == expected, "the state is not what the attestations make of it");
		let decided = earned != RecordState::Pending;
		ensure!(record.decided_at.is_some() == decided, "decided without a block, or the reverse");

		let key = (record.case, record.content.digest, (record.kind, record.producer.clone()));
		let known = Known::<T>::get(key).ok_or("a digest on record is not known")?;
		let in_order = match &record.producer {
			Some(_) => known == id || (known > id && record.superseded_by.is_some()),
			None => known <= id,
		};
		ensure!(in_order, "an institution deposited a known digest");
		Self::check_links(id, record)
	}

	fn check_links(id: EvidenceId, record: &RecordOf<T>) -> Result<(), TryRuntimeError> {
		if let Some(parent) = record.parent {
			let parent_case = Records::<T>::get(parent).map(|parent| parent.case);
			ensure!(parent < id && parent_case == Some(record.case), "a parent is out of place");
		}
		if let Some(old) = record.replaces {
			let old = Records::<T>::get(old).ok_or("a replaced record is missing")?;
			ensure!(old.superseded_by == Some(id), "a replaced record names another one");
			ensure!(
				old.case == record.case && old.producer == record.producer,
				"a record was replaced from another case or by another producer"
			);
		}
		if let Some(new) = record.superseded_by {
			let new = Records::<T>::get(new).ok_or("a replacing record is missing")?;
			ensure!(new.replaces == Some(id), "a replacing record names another one");
		}
		Ok(())
	}

	fn check_attestations() -> Result<(), TryRuntimeError> {
		Attestations::<T>::iter_keys().try_for_each(|(id, _)| {
			ensure!(Records::<T>::contains_key(id), "a record that does not exist is attested");
			Ok(())
		})
	}

	fn check_known() -> Result<(), TryRuntimeError> {
		Known::<T>::iter().try_for_each(|((case, digest, deposited_as), id)| {
			let record = Records::<T>::get(id).ok_or("a known digest has no record")?;
			let found = (record.case, record.content.digest, (record.kind, record.producer));
			ensure!(found == (case, digest, deposited_as), "a known digest names another record");
			Ok(())
		})
	}

	fn check_policies() -> Result<(), TryRuntimeError> {
		Policies::<T>::iter().try_for_each(|(case, version, policy)| {
			let current = CurrentPolicy::<T>::get(case).ok_or("a policy belongs to no case")?;
			ensure!(version >= 1 && version <= current, "a policy has a version to come");
			ensure!(policy.is_valid(), "a policy cannot be met");
			Ok::<(), TryRuntimeError>(())
		})?;
		CurrentPolicy::<T>::iter().try_for_each(|(case, current)| {
			let kept = Policies::<T>::iter_key_prefix(case).count();
			ensure!(kept == usize::from(current), "a version of a policy is missing");
			Ok(())
		})
	}
}
