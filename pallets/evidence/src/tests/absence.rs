use super::*;

/// Two of three must confirm: with two absences the quorum is out of reach.
fn rejected_for_want_of_content() -> EvidenceId {
	let id = deposited("a");
	assert_ok!(miss(0, id));
	assert_ok!(miss(1, id));
	assert_eq!(state(id), RecordState::Rejected);
	id
}

#[test]
fn absence_counts_as_a_rejection_while_it_stands() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rejected_for_want_of_content();
		let counts = Counts { rejected: 2, rejected_independent: 2, ..Counts::default() };
		assert_eq!((record(id).counts, record(id).decided_at), (counts, Some(1)));
		assert_eq!(events().last(), Some(&Event::RecordRejected { id }));
	});
}

#[test]
fn a_record_rejected_for_want_of_its_content_is_open_again_when_the_content_appears() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rejected_for_want_of_content();
		System::set_block_number(7);
		System::reset_events();
		assert_ok!(confirm(0, id));
		assert_eq!((state(id), record(id).decided_at), (RecordState::Pending, None));
		assert_eq!(events().last(), Some(&Event::RecordReopened { id }));
		System::set_block_number(8);
		assert_ok!(confirm(1, id));
		assert_eq!((state(id), record(id).decided_at), (RecordState::Effective, Some(8)));
		assert_eq!(events().last(), Some(&Event::RecordEffective { id }));
		let counts = Counts { confirmed: 2, confirmed_independent: 2, ..Counts::default() };
		assert_eq!(record(id).counts, counts);
	});
}

#[test]
fn one_word_may_turn_a_rejection_for_want_of_content_into_a_quorum() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rejected_for_want_of_content();
		assert_ok!(confirm(2, id));
		assert_eq!(state(id), RecordState::Rejected, "one institution of three is left");
		assert_ok!(confirm(0, id));
		assert_eq!(state(id), RecordState::Effective);
	});
}

#[test]
fn the_second_word_keeps_the_first_beside_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(miss(0, id));
		System::set_block_number(9);
		assert_ok!(reject(0, id));
		let before = Some(Absence { reason: digest("not there"), block: 1 });
		let verdict = Verdict::Reject { reason: digest("illegible") };
		assert_eq!(
			Attestations::<Test>::get(id, ARBITERS),
			Some(Attestation { verdict, block: 9, before })
		);
		assert_eq!(record(id).counts.rejected, 1, "one institution, one word that counts");
	});
}

#[test]
fn only_absence_gives_way_and_only_to_a_verdict_on_the_content() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(miss(0, id));
		assert_noop!(miss(0, id), Failure::AlreadyAttested);
		assert_ok!(confirm(0, id));
		for again in [confirm, reject, miss] {
			assert_noop!(again(0, id), Failure::AlreadyAttested);
		}
		assert_ok!(reject(2, id));
		for again in [confirm, reject, miss] {
			assert_noop!(again(2, id), Failure::AlreadyAttested);
		}
	});
}

#[test]
fn a_record_rejected_for_its_content_stays_so_although_an_absence_gave_way() {
	ExtBuilder::default().with_policy(policy(&[0, 1], &[2], 3, 1)).build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(miss(0, id));
		assert_ok!(reject(1, id));
		assert_ok!(confirm(0, id));
		assert_eq!(state(id), RecordState::Rejected);
	});
}

#[test]
fn an_effective_record_stays_so_whatever_comes_of_an_absence() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(miss(2, id));
		assert_ok!(confirm(0, id));
		assert_ok!(confirm(1, id));
		assert_eq!(state(id), RecordState::Effective);
		System::reset_events();
		assert_ok!(reject(2, id));
		assert_eq!((state(id), events().len()), (RecordState::Effective, 1));
	});
}

#[test]
fn a_record_that_was_replaced_is_not_opened_again() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rejected_for_want_of_content();
		assert_ok!(replace(OPERATOR, id, "b"));
		assert_noop!(confirm(0, id), Failure::AlreadySuperseded);
		assert_eq!(state(id), RecordState::Rejected);
	});
}

#[test]
fn a_record_that_is_open_again_serves_the_calls_that_name_it() {
	ExtBuilder::default().build_and_execute(|| {
		let id = rejected_for_want_of_content();
		let usable = || <Evidence as EvidenceSink>::ensure_usable(CASE, id, KIND);
		assert_noop!(usable(), Failure::AlreadyRejected);
		assert_ok!(confirm(0, id));
		assert_ok!(usable());
	});
}

#[test]
fn an_institution_finds_what_it_called_absent_until_it_does_not_matter_any_more() {
	ExtBuilder::default().build_and_execute(|| {
		let absent = |arbiter| {
			let page = Evidence::absent(ARBITERS + arbiter, 0);
			page.records.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
		};
		let [rejected, open, effective] = ["a", "b", "c"].map(deposited);
		for id in [rejected, open, effective] {
			assert_ok!(miss(0, id));
		}
		assert_ok!(miss(1, rejected));
		assert_ok!(confirm(1, effective));
		assert_ok!(confirm(2, effective));
		assert_eq!((absent(0), absent(1)), (vec![rejected, open], vec![rejected]));
		assert_eq!(absent(2), [] as [EvidenceId; 0]);
		let waiting = Evidence::pending(ARBITERS, 0).records;
		assert!(waiting.is_empty(), "it spoke on each");
		assert_ok!(confirm(0, rejected));
		assert_ok!(replace(OPERATOR, open, "d"));
		assert_eq!(absent(0), [] as [EvidenceId; 0]);
	});
}
