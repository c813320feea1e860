use super::*;
use proptest::prelude::*;
use winddown_primitives::{Arbiter, MAX_ARBITERS};

/// The state by definition: try every way in which the silent institutions could still speak.
fn by_definition(policy: &PolicyOf<Test>, words: &[Option<bool>]) -> RecordState {
	let reached = |says: &dyn Fn(usize) -> bool| {
		let confirming: Vec<_> =
			policy.arbiters.iter().enumerate().filter(|(at, _)| says(*at)).collect();
		let independent =
			confirming.iter().filter(|(_, a)| a.relation == Relation::Independent).count();
		confirming.len() >= policy.required.into() && independent >= policy.independent.into()
	};
	if reached(&|at| words[at] == Some(true)) {
		return RecordState::Effective;
	}
	let possible = (0u32..1 << words.len())
		.any(|silent| reached(&|at| words[at].unwrap_or(silent & (1 << at) != 0)));
	if possible {
		RecordState::Pending
	} else {
		RecordState::Rejected
	}
}

fn any_word() -> impl Strategy<Value = Verdict> {
	let reason = digest("why");
	prop_oneof![
		Just(Verdict::Confirm),
		Just(Verdict::Reject { reason }),
		Just(Verdict::Absent { reason }),
	]
}

prop_compose! {
	fn any_policy()(
		related in prop::collection::vec(any::<bool>(), 1..=MAX_ARBITERS as usize),
		required in 1..=MAX_ARBITERS as u8,
		independent in 1..=MAX_ARBITERS as u8,
	) -> PolicyOf<Test> {
		let arbiters = (0..).zip(&related).map(|(number, related)| Arbiter {
			account: ARBITERS + number,
			relation: if *related { Relation::Related } else { Relation::Independent },
		});
		AttestationPolicy {
			arbiters: BoundedVec::truncate_from(arbiters.collect()),
			required,
			independent,
		}
	}
}

proptest! {
	#[test]
	fn the_state_follows_from_the_words_in_whatever_order_they_come(
		policy in any_policy().prop_filter("can be met", AttestationPolicy::is_valid),
		words in prop::collection::vec((0..MAX_ARBITERS as u64, any_word()), 0..32),
	) {
		ExtBuilder::default().with_policy(policy.clone()).build_and_execute(|| {
			let id = deposited("a");
			let mut spoken = vec![None; policy.arbiters.len()];
			for (arbiter, said) in words {
				let outcome = attest(arbiter, id, said);
				let Some(word) = spoken.get_mut(arbiter as usize) else {
					assert_eq!(outcome, Err(Failure::NotInPolicy.into()));
					continue;
				};
				match word {
					Some(Verdict::Absent { .. }) if !said.is_absence() => {
						assert_ok!(outcome);
						*word = Some(said);
					},
					Some(_) => assert_eq!(outcome, Err(Failure::AlreadyAttested.into())),
					None => {
						assert_ok!(outcome);
						*word = Some(said);
					},
				}
				let confirms: Vec<_> =
					spoken.iter().map(|word| word.map(|word| word == Verdict::Confirm)).collect();
				assert_eq!(state(id), by_definition(&policy, &confirms));
				assert_ok!(Evidence::do_try_state());
			}
		});
	}

	#[test]
	fn a_decision_about_content_is_final(
		policy in any_policy().prop_filter("can be met", AttestationPolicy::is_valid),
		words in prop::collection::vec(any::<bool>(), MAX_ARBITERS as usize),
	) {
		ExtBuilder::default().with_policy(policy.clone()).build_and_execute(|| {
			let id = deposited("a");
			let mut decided = RecordState::Pending;
			for (arbiter, confirms) in (0..policy.arbiters.len() as u64).zip(words) {
				assert_ok!(if confirms { confirm(arbiter, id) } else { reject(arbiter, id) });
				if decided != RecordState::Pending {
					assert_eq!(state(id), decided);
				}
				decided = state(id);
			}
			assert_ne!(decided, RecordState::Pending, "everybody spoke");
		});
	}
}

/// Runs `break_it` on a chain with two records, one attested, and expects the check to notice.
fn notices(break_it: impl FnOnce(), expected: &'static str) {
	ExtBuilder::default().build().execute_with(|| {
		let id = deposited("a");
		assert_ok!(confirm(0, id));
		assert_ok!(replace(OPERATOR, id, "b"));
		assert_ok!(Evidence::do_try_state());
		break_it();
		assert_eq!(Evidence::do_try_state(), Err(expected.into()));
	});
}

fn change(id: EvidenceId, with: impl FnOnce(&mut RecordOf<Test>)) {
	let mut changed = record(id);
	with(&mut changed);
	Records::<Test>::insert(id, changed);
}

#[test]
fn the_check_notices_a_deleted_record() {
	notices(|| Records::<Test>::remove(0), "a record is missing");
}

#[test]
fn the_check_notices_a_deleted_attestation() {
	notices(
		|| Attestations::<Test>::remove(0, ARBITERS),
		"the counters differ from the attestations",
	);
}

#[test]
fn the_check_notices_an_attestation_from_outside_the_policy() {
	let word = Attestation { verdict: Verdict::Confirm, block: 1, before: None };
	notices(
		|| Attestations::<Test>::insert(0, OPERATOR, word),
		"an institution outside the policy attested",
	);
}

#[test]
fn the_check_notices_an_absence_that_follows_another_word() {
	let reason = digest("not there");
	let before = Some(Absence { reason, block: 2 });
	for verdict in [Verdict::Confirm, Verdict::Absent { reason }] {
		let word = Attestation { verdict, block: 1, before };
		notices(
			|| {
				Attestations::<Test>::insert(0, ARBITERS, word);
				change(0, |record| {
					record.counts = Counts::default();
					record.counts.add(&verdict, Relation::Independent);
				});
			},
			"a word followed another one out of turn",
		);
	}
}

#[test]
fn the_check_notices_an_unearned_state() {
	notices(
		|| change(1, |record| record.state = RecordState::Effective),
		"the state is not what the attestations make of it",
	);
}

#[test]
fn the_check_notices_a_broken_chain_of_replacements() {
	notices(|| change(1, |record| record.replaces = None), "a replacing record names another one");
}

#[test]
fn the_check_notices_a_forgotten_digest() {
	let key = (CASE, digest("b"), (KIND, Some(OPERATOR)));
	notices(|| Known::<Test>::remove(key), "a digest on record is not known");
}

#[test]
fn the_check_notices_a_deleted_policy() {
	notices(|| Policies::<Test>::remove(OTHER_CASE, 1), "a version of a policy is missing");
}
