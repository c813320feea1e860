use super::*;

#[test]
fn a_deposit_is_kept_with_its_producer_its_times_and_the_policy_of_its_case() {
	ExtBuilder::default().build_and_execute(|| {
		System::set_block_number(7);
		let parent = deposited("face checks");
		let produced_at = Now::get() - 60_000;
		System::reset_events();
		assert_ok!(Evidence::deposit(
			signed(REGISTRAR),
			CASE,
			EvidenceKind::Identity,
			content("certificates"),
			produced_at,
			Some(parent),
			None,
		));
		let expected = Record {
			case: CASE,
			kind: EvidenceKind::Identity,
			content: content("certificates"),
			producer: Some(REGISTRAR),
			produced_at,
			deposited_at: Now::get(),
			block: 7,
			parent: Some(parent),
			replaces: None,
			superseded_by: None,
			policy: 1,
			state: RecordState::Pending,
			decided_at: None,
			counts: Counts::default(),
		};
		assert_eq!(record(1), expected);
		assert_eq!(
			events(),
			[Event::Deposited {
				id: 1,
				case: CASE,
				kind: EvidenceKind::Identity,
				content: content("certificates"),
				producer: Some(REGISTRAR),
				produced_at,
				parent: Some(parent),
				replaces: None,
				policy: 1,
			}]
		);
	});
}

#[test]
fn operator_association_and_registrar_deposit_in_every_case() {
	ExtBuilder::default().build_and_execute(|| {
		for (who, of) in [(OPERATOR, "a"), (ASSOCIATION, "b"), (REGISTRAR, "c")] {
			assert_ok!(deposit(who, CASE, of));
			assert_ok!(deposit(who, OTHER_CASE, of));
		}
	});
}

#[test]
fn a_platform_deposits_only_in_its_own_case() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(PLATFORM, CASE, "bank proof"));
		assert_noop!(deposit(PLATFORM, OTHER_CASE, "bank proof"), Failure::NotYourCase);
	});
}

#[test]
fn others_do_not_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(deposit(REGULATOR, CASE, "a"), BadOrigin);
		assert_noop!(deposit(ARBITERS, CASE, "a"), BadOrigin);
		let (kind, content) = (EvidenceKind::Other, content("a"));
		let root = RuntimeOrigin::root();
		assert_noop!(Evidence::deposit(root, CASE, kind, content, 0, None, None), BadOrigin);
	});
}

#[test]
fn nothing_is_deposited_in_an_unknown_case() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(deposit(OPERATOR, 9, "a"), DispatchError::Other("unknown case"));
	});
}

#[test]
fn a_case_without_a_policy_takes_no_evidence() {
	ExtBuilder::default().without_policy().build_and_execute(|| {
		assert_noop!(deposit(OPERATOR, CASE, "a"), Failure::NoPolicy);
		let result = Evidence::deposit_result(CASE, EvidenceKind::Stage, digest("a"));
		assert_eq!(result, Err(Failure::NoPolicy.into()));
	});
}

#[test]
fn a_producer_deposits_a_digest_once_in_a_case_as_one_kind() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(deposit(OPERATOR, CASE, "a"));
		assert_noop!(deposit(OPERATOR, CASE, "a"), Failure::DuplicateDigest);
		assert_ok!(deposit(OPERATOR, OTHER_CASE, "a"));
	});
}

#[test]
fn one_document_is_evidence_of_two_kinds_in_one_case() {
	ExtBuilder::default().build_and_execute(|| {
		let as_kind =
			|kind| Evidence::deposit(signed(OPERATOR), CASE, kind, content("plan"), 0, None, None);
		assert_ok!(as_kind(EvidenceKind::Plan));
		assert_ok!(as_kind(EvidenceKind::Decision));
		assert_noop!(as_kind(EvidenceKind::Plan), Failure::DuplicateDigest);
		assert_eq!(Evidence::known(CASE, digest("plan")), [0, 1]);
	});
}

/// Whoever sees a deposit in the pool could be faster with another size, and be rejected.
#[test]
fn the_first_depositor_of_a_digest_keeps_nobody_else_from_depositing_it() {
	ExtBuilder::default().build_and_execute(|| {
		let wrong = Content { bytes: 1, ..content("ballots") };
		assert_ok!(Evidence::deposit(signed(PLATFORM), CASE, KIND, wrong, 0, None, None));
		let own = deposited("ballots");
		assert_eq!(record(own).producer, Some(OPERATOR));
		assert_eq!(Evidence::known(CASE, digest("ballots")), [0, own]);
	});
}

#[test]
fn what_was_stated_wrongly_of_a_digest_is_corrected_under_the_same_digest() {
	ExtBuilder::default().build_and_execute(|| {
		let wrong = Content { leaves: 9, ..content("ballots") };
		assert_ok!(Evidence::deposit(signed(OPERATOR), CASE, KIND, wrong, 0, None, None));
		let other = deposited("others");
		assert_noop!(replace(OPERATOR, other, "ballots"), Failure::DuplicateDigest);
		assert_ok!(replace(OPERATOR, 0, "ballots"));
		let right = NextRecord::<Test>::get() - 1;
		assert_eq!(
			(state(0), record(right).content),
			(RecordState::Superseded, content("ballots"))
		);
		assert_eq!(Evidence::known(CASE, digest("ballots")), [right]);
		assert_noop!(deposit(OPERATOR, CASE, "ballots"), Failure::DuplicateDigest);
	});
}

#[test]
fn the_same_bytes_under_another_algorithm_are_another_digest() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |digest| {
			let content = Content { digest, ..content("a") };
			Evidence::deposit(signed(OPERATOR), CASE, EvidenceKind::Other, content, 0, None, None)
		};
		assert_ok!(with(Digest::Sha256([7; 32])));
		assert_ok!(with(Digest::Sm3([7; 32])));
		assert_noop!(with(Digest::Sha256([7; 32])), Failure::DuplicateDigest);
	});
}

#[test]
fn the_chain_deposits_its_results_even_when_the_digest_is_known() {
	ExtBuilder::default().build_and_execute(|| {
		let first = deposited("plan");
		let Ok(id) = Evidence::deposit_result(CASE, EvidenceKind::Plan, digest("plan")) else {
			panic!("the chain may record a known digest")
		};
		let result = record(id);
		assert_eq!((result.producer, result.produced_at), (None, Now::get()));
		assert_eq!(result.content, Content::of_chain(digest("plan")));
		assert_ok!(Evidence::deposit_result(CASE, EvidenceKind::Plan, digest("plan")));
		let known = Evidence::known(CASE, digest("plan"));
		assert_eq!(known, [first, id], "its own and the chain's first");
	});
}

#[test]
fn an_institution_deposits_the_document_whose_digest_the_chain_recorded() {
	ExtBuilder::default().build_and_execute(|| {
		let kind = EvidenceKind::Notice;
		assert_ok!(Evidence::deposit_result(CASE, kind, digest("notice")));
		let call =
			|| Evidence::deposit(signed(PLATFORM), CASE, kind, content("notice"), 0, None, None);
		assert_ok!(call());
		assert_noop!(call(), Failure::DuplicateDigest);
		assert_eq!(record(0).producer, None);
	});
}

#[test]
fn a_record_says_what_was_digested() {
	ExtBuilder::default().build_and_execute(|| {
		let with = |leaves, bytes| {
			let content = Content { leaves, bytes, ..content("a") };
			Evidence::deposit(signed(OPERATOR), CASE, EvidenceKind::Other, content, 0, None, None)
		};
		assert_noop!(with(0, 1), Failure::EmptyContent);
		assert_noop!(with(1, 0), Failure::EmptyContent);
		assert_ok!(with(1, 1));
	});
}

#[test]
fn a_record_is_made_at_most_a_little_ahead_of_the_chain() {
	ExtBuilder::default().build_and_execute(|| {
		let at = |of, produced_at| {
			Evidence::deposit(
				signed(OPERATOR),
				CASE,
				EvidenceKind::Other,
				content(of),
				produced_at,
				None,
				None,
			)
		};
		assert_ok!(at("a", Now::get() + SKEW));
		assert_noop!(at("b", Now::get() + SKEW + 1), Failure::ProducedInFuture);
	});
}

#[test]
fn a_parent_is_a_record_of_the_same_case() {
	ExtBuilder::default().build_and_execute(|| {
		let foreign = deposited_by(OPERATOR, OTHER_CASE, "a");
		let with = |parent| {
			Evidence::deposit(
				signed(OPERATOR),
				CASE,
				EvidenceKind::Other,
				content("b"),
				0,
				Some(parent),
				None,
			)
		};
		assert_noop!(with(foreign), Failure::WrongCase);
		assert_noop!(with(9), Failure::NotFound);
		// The number that the record itself is about to get.
		assert_noop!(with(foreign + 1), Failure::NotFound);
	});
}

#[test]
fn a_producer_replaces_its_own_record_and_the_old_one_stays() {
	ExtBuilder::default().build_and_execute(|| {
		let old = deposited("typo");
		assert_ok!(confirm(0, old));
		let before = record(old);
		System::reset_events();
		assert_ok!(replace(OPERATOR, old, "corrected"));
		let (kept, new) = (record(old), record(old + 1));
		assert_eq!(
			kept,
			Record { superseded_by: Some(old + 1), state: RecordState::Superseded, ..before }
		);
		assert_eq!((new.replaces, new.state), (Some(old), RecordState::Pending));
		assert_eq!(new.counts, Counts::default());
		assert!(Attestations::<Test>::contains_key(old, ARBITERS));
		assert_eq!(events()[0], Event::RecordSuperseded { id: old, by: old + 1 });
	});
}

#[test]
fn nobody_replaces_the_record_of_another_producer() {
	ExtBuilder::default().build_and_execute(|| {
		let old = deposited("a");
		assert_noop!(replace(PLATFORM, old, "b"), Failure::NotProducer);
		assert_noop!(replace(ASSOCIATION, old, "b"), Failure::NotProducer);
		assert_eq!(state(old), RecordState::Pending);
	});
}

#[test]
fn nobody_replaces_what_the_chain_recorded() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Evidence::deposit_result(CASE, EvidenceKind::PollOutcome, digest("tally")));
		assert_noop!(replace(OPERATOR, 0, "b"), Failure::NotProducer);
	});
}

#[test]
fn a_record_is_replaced_once_and_within_its_case() {
	ExtBuilder::default().build_and_execute(|| {
		let old = deposited("a");
		assert_ok!(replace(OPERATOR, old, "b"));
		assert_noop!(replace(OPERATOR, old, "c"), Failure::AlreadySuperseded);
		assert_noop!(replace(OPERATOR, 9, "c"), Failure::NotFound);
		let foreign = deposited_by(OPERATOR, OTHER_CASE, "a");
		assert_noop!(replace(OPERATOR, foreign, "c"), Failure::WrongCase);
		assert_ok!(replace(OPERATOR, old + 1, "c"));
	});
}

#[test]
fn a_record_does_not_replace_itself() {
	ExtBuilder::default().build_and_execute(|| {
		let next = deposited("a") + 1;
		assert_noop!(replace(OPERATOR, next, "b"), Failure::NotFound);
	});
}

#[test]
fn an_effective_record_can_be_replaced_and_keeps_the_block_of_its_decision() {
	ExtBuilder::default().build_and_execute(|| {
		let old = deposited("a");
		System::set_block_number(3);
		assert_ok!(confirm(0, old));
		assert_ok!(confirm(1, old));
		assert_eq!(state(old), RecordState::Effective);
		System::set_block_number(4);
		assert_ok!(replace(OPERATOR, old, "b"));
		assert_eq!(state(old), RecordState::Superseded);
		assert_eq!(record(old).decided_at, Some(3));
	});
}

#[test]
fn a_correction_does_not_hide_that_a_record_was_rejected() {
	ExtBuilder::default().build_and_execute(|| {
		let old = deposited("a");
		assert_ok!(reject(0, old));
		assert_ok!(reject(1, old));
		assert_ok!(replace(OPERATOR, old, "b"));
		assert_eq!(state(old), RecordState::Rejected);
		assert_eq!(record(old).superseded_by, Some(old + 1));
		assert_noop!(replace(OPERATOR, old, "c"), Failure::AlreadySuperseded);
	});
}

#[test]
fn neighbours_use_pending_and_effective_records_of_the_case_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_ok!(Evidence::ensure_usable(CASE, id, KIND));
		assert_noop!(Evidence::ensure_usable(OTHER_CASE, id, KIND), Failure::WrongCase);
		let another = EvidenceKind::Identity;
		assert_noop!(Evidence::ensure_usable(CASE, id, another), Failure::WrongKind);
		assert_noop!(Evidence::ensure_usable(CASE, id + 1, KIND), Failure::NotFound);
		assert_ok!(confirm(0, id));
		assert_ok!(confirm(1, id));
		assert_ok!(Evidence::ensure_usable(CASE, id, KIND));
		assert_ok!(replace(OPERATOR, id, "b"));
		assert_noop!(Evidence::ensure_usable(CASE, id, KIND), Failure::AlreadySuperseded);
		assert_ok!(reject(0, id + 1));
		assert_ok!(reject(1, id + 1));
		assert_noop!(Evidence::ensure_usable(CASE, id + 1, KIND), Failure::AlreadyRejected);
	});
}
