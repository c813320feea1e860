use super::*;

#[test]
fn a_record_is_effective_exactly_when_its_quorum_is_there() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(confirm(0, id));
		assert_eq!((state(id), record(id).decided_at), (RecordState::Pending, None));
		System::set_block_number(5);
		System::reset_events();
		assert_ok!(confirm(2, id));
		assert_eq!((state(id), record(id).decided_at), (RecordState::Effective, Some(5)));
		assert_eq!(
			record(id).counts,
			Counts { confirmed: 2, confirmed_independent: 1, ..Counts::default() }
		);
		assert_eq!(
			events(),
			[
				Event::Attested {
					id,
					arbiter: ARBITERS + 2,
					relation: Relation::Related,
					digest: digest("a"),
					verdict: Verdict::Confirm,
				},
				Event::RecordEffective { id },
			]
		);
	});
}

#[test]
fn related_institutions_alone_never_make_a_record_effective() {
	let policy = policy(&[0], &[1, 2, 3], 2, 1);
	ExtBuilder::default().with_policy(policy).build_and_execute(|| {
		let id = deposited("a");
		for related in [1, 2, 3] {
			assert_ok!(confirm(related, id));
			assert_eq!(state(id), RecordState::Pending);
		}
		assert_ok!(confirm(0, id));
		assert_eq!(state(id), RecordState::Effective);
	});
}

#[test]
fn a_record_is_rejected_as_soon_as_too_few_institutions_are_left() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(reject(2, id));
		assert_eq!(state(id), RecordState::Pending, "two of three can still confirm");
		System::set_block_number(6);
		System::reset_events();
		assert_ok!(reject(1, id));
		assert_eq!((state(id), record(id).decided_at), (RecordState::Rejected, Some(6)));
		assert_eq!(
			record(id).counts,
			Counts { rejected: 2, rejected_independent: 1, ..Counts::default() }
		);
		assert_eq!(
			events(),
			[
				Event::Attested {
					id,
					arbiter: ARBITERS + 1,
					relation: Relation::Independent,
					digest: digest("a"),
					verdict: Verdict::Reject { reason: digest("illegible") },
				},
				Event::RecordRejected { id },
			]
		);
	});
}

#[test]
fn a_record_is_rejected_when_no_independent_institution_is_left_although_heads_would_do() {
	let policy = policy(&[0], &[1, 2], 2, 1);
	ExtBuilder::default().with_policy(policy).build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(confirm(1, id));
		assert_ok!(reject(0, id));
		assert_eq!(state(id), RecordState::Rejected);
	});
}

#[test]
fn an_institution_attests_a_record_once() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(confirm(0, id));
		assert_noop!(confirm(0, id), Failure::AlreadyAttested);
		assert_noop!(reject(0, id), Failure::AlreadyAttested);
		assert_eq!(record(id).counts.confirmed, 1);
	});
}

#[test]
fn an_institution_outside_the_policy_does_not_attest() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_noop!(confirm(3, id), Failure::NotInPolicy);
		let call = |who| Evidence::attest(signed(who), id, digest("a"), Verdict::Confirm);
		assert_noop!(call(OPERATOR_ARBITER), Failure::NotInPolicy);
		assert_noop!(call(OPERATOR), BadOrigin);
		assert_noop!(call(PLATFORM), BadOrigin);
	});
}

#[test]
fn an_attestation_names_the_digest_that_was_checked() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		let call = |digest| Evidence::attest(signed(ARBITERS), id, digest, Verdict::Confirm);
		assert_noop!(call(digest("b")), Failure::WrongDigest);
		let Digest::Blake2b256(bytes) = digest("a") else { panic!("made by blake2") };
		assert_noop!(call(Digest::Sha256(bytes)), Failure::WrongDigest);
		assert_ok!(call(digest("a")));
	});
}

#[test]
fn nobody_attests_a_record_that_does_not_exist_or_was_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		let call = |id| Evidence::attest(signed(ARBITERS), id, digest("a"), Verdict::Confirm);
		assert_noop!(call(0), Failure::NotFound);
		let id = deposited("a");
		assert_ok!(replace(OPERATOR, id, "b"));
		assert_noop!(call(id), Failure::AlreadySuperseded);
	});
}

#[test]
fn a_word_after_the_decision_is_kept_and_changes_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let effective = deposited("a");
		assert_ok!(confirm(0, effective));
		assert_ok!(confirm(1, effective));
		System::set_block_number(8);
		System::reset_events();
		assert_ok!(reject(2, effective));
		assert_eq!(
			(state(effective), record(effective).decided_at),
			(RecordState::Effective, Some(1))
		);
		assert_eq!(record(effective).counts.rejected, 1);
		assert_eq!(events().len(), 1, "an attestation and no decision");

		let rejected = deposited("b");
		assert_ok!(reject(0, rejected));
		assert_ok!(reject(1, rejected));
		assert_ok!(confirm(2, rejected));
		assert_eq!(state(rejected), RecordState::Rejected);
	});
}

#[test]
fn what_the_chain_recorded_is_attested_like_any_record() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Evidence::deposit_result(CASE, EvidenceKind::PollOutcome, digest("tally")));
		assert_ok!(confirm(0, 0));
		assert_ok!(confirm(1, 0));
		assert_eq!(state(0), RecordState::Effective);
	});
}

fn statements(of: &[(EvidenceId, &str)]) -> BoundedVec<Statement, ConstMaxBatch> {
	let statements = of.iter().map(|(id, of)| Statement {
		id: *id,
		digest: digest(of),
		verdict: Verdict::Confirm,
	});
	BoundedVec::truncate_from(statements.collect())
}

type ConstMaxBatch = <Test as Config>::MaxBatch;

#[test]
fn a_batch_attests_many_records_across_cases() {
	ExtBuilder::default().build_and_execute(|| {
		let (a, b) = (deposited("a"), deposited_by(OPERATOR, OTHER_CASE, "b"));
		let batch = statements(&[(a, "a"), (b, "b")]);
		assert_ok!(Evidence::attest_batch(signed(ARBITERS), batch.clone()));
		assert_eq!((state(a), state(b)), (RecordState::Pending, RecordState::Pending));
		assert_ok!(Evidence::attest_batch(signed(ARBITERS + 1), batch));
		assert_eq!((state(a), state(b)), (RecordState::Effective, RecordState::Effective));
	});
}

#[test]
fn a_batch_with_one_bad_statement_attests_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		let (a, b) = (deposited("a"), deposited("b"));
		let batch =
			|of: &[(EvidenceId, &str)]| Evidence::attest_batch(signed(ARBITERS), statements(of));
		assert_noop!(batch(&[(a, "a"), (b, "a")]), Failure::WrongDigest);
		assert_noop!(batch(&[(a, "a"), (a, "a")]), Failure::AlreadyAttested);
		assert_noop!(batch(&[(a, "a"), (9, "b")]), Failure::NotFound);
		let other = Evidence::attest_batch(signed(OPERATOR), statements(&[(a, "a")]));
		assert_noop!(other, BadOrigin);
	});
}
