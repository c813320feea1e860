use super::*;
use crate::{WeightInfo, MAX_BATCH};
use frame_support::{assert_noop, dispatch::GetDispatchInfo, weights::Weight};
use sp_runtime::{traits::BadOrigin, DispatchError, ModuleError};
use winddown_primitives::Intent;

fn torn() -> DispatchError {
	board::Error::<Test>::Torn.into()
}

#[test]
fn a_batch_carries_each_intent_out_in_its_lenders_name() {
	ExtBuilder::default().build_and_execute(|| {
		carry(vec![signed(0, 1, pin(10)), signed(1, 1, pin(11)), signed(2, 1, pin(12))]);
		assert_eq!(notes(), [(0, 10), (1, 11), (2, 12)], "sr25519, ed25519 and ecdsa");
		assert_eq!(
			take_events(),
			[Event::BatchSubmitted { carrier: OPERATOR, accepted: 3, refused: 0 }]
		);
		assert_eq!(Intents::last_sequence(CASE, 2), 1);
		assert_eq!(Intents::last_sequence(CASE, 3), 0);
	});
}

#[test]
fn only_the_operator_carries_a_batch() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [
			RuntimeOrigin::signed(ASSOCIATION),
			RuntimeOrigin::none(),
			RuntimeOrigin::root(),
			crate::Origin::Lender(winddown_primitives::LenderRef { case: CASE, lender: 0 }).into(),
			frame_system::RawOrigin::Authorized.into(),
		] {
			let intents = BoundedVec::truncate_from(vec![signed(0, 1, pin(1))]);
			assert_noop!(Intents::submit_batch(origin, intents), BadOrigin);
		}
	});
}

#[test]
fn one_bad_intent_is_reported_and_the_others_count() {
	ExtBuilder::default().build_and_execute(|| {
		let mut forged = signed(1, 1, pin(11));
		forged.intent.call = pin(99);
		carry(vec![signed(0, 1, pin(10)), forged, signed(2, 1, pin(12))]);
		assert_eq!(notes(), [(0, 10), (2, 12)]);
		assert_eq!(
			take_events(),
			[
				Event::Refused {
					index: 1,
					case: CASE,
					lender: 1,
					sequence: 1,
					reason: Refusal::BadSignature,
				},
				Event::BatchSubmitted { carrier: OPERATOR, accepted: 2, refused: 1 },
			]
		);
		assert_eq!(Intents::last_sequence(CASE, 1), 0, "the forger used no sequence");
	});
}

#[test]
fn an_empty_batch_is_carried() {
	ExtBuilder::default().build_and_execute(|| {
		carry(vec![]);
		assert_eq!(
			take_events(),
			[Event::BatchSubmitted { carrier: OPERATOR, accepted: 0, refused: 0 }]
		);
	});
}

#[test]
fn a_replayed_intent_is_refused_in_the_same_batch_and_in_a_later_one() {
	ExtBuilder::default().build_and_execute(|| {
		let once = signed(0, 4, pin(1));
		carry(vec![once.clone(), once.clone()]);
		assert_eq!(refusals(), [(1, 0, 4, Refusal::SequenceUsed)]);
		carry(vec![once]);
		assert_eq!(refusals(), [(0, 0, 4, Refusal::SequenceUsed)]);
		assert_eq!(notes(), [(0, 1)]);
	});
}

#[test]
fn sequences_may_skip_numbers_but_never_go_back() {
	ExtBuilder::default().build_and_execute(|| {
		carry(vec![signed(0, 5, pin(5)), signed(0, 4, pin(4)), signed(0, START, pin(6))]);
		assert_eq!(refusals(), [(1, 0, 4, Refusal::SequenceUsed)]);
		carry(vec![signed(0, START, pin(7))]);
		assert_eq!(refusals(), [(0, 0, START, Refusal::SequenceUsed)]);
		assert_eq!(notes(), [(0, 5), (0, 6)]);
	});
}

#[test]
fn a_sequence_may_be_as_high_as_the_end_of_its_intent_and_no_higher() {
	ExtBuilder::default().build_and_execute(|| {
		let until = |valid_until, lender, sequence| {
			sign(Intent { valid_until, ..intent(lender, sequence, pin(1)) })
		};
		let last = START + MAX_VALIDITY;
		carry(vec![
			until(START, 0, START + 1),
			until(START, 1, START),
			until(last, 2, last + 1),
			until(last, 3, last),
			until(last, 4, u64::MAX),
		]);
		assert_eq!(
			refusals(),
			[
				(0, 0, START + 1, Refusal::SequenceTooHigh),
				(2, 2, last + 1, Refusal::SequenceTooHigh),
				(4, 4, u64::MAX, Refusal::SequenceTooHigh),
			]
		);
		assert_eq!(notes(), [(1, 1), (3, 1)]);
		let used = [0, 1, 2, 3, 4].map(|lender| Intents::last_sequence(CASE, lender));
		assert_eq!(used, [0, START, 0, last, 0]);
	});
}

#[test]
fn whatever_a_thief_signed_the_new_key_acts_a_moment_later() {
	ExtBuilder::default().build_and_execute(|| {
		let (stolen, new) = (Signer::at(CASE, 0), Signer::at(CASE, 30));
		let at =
			|sequence, note| Intent { valid_until: sequence, ..intent(0, sequence, pin(note)) };
		let highest = START + MAX_VALIDITY;
		carry(vec![
			sign_by(&stolen, intent(0, u64::MAX, pin(1))),
			sign_by(&stolen, at(u64::MAX, 2)),
			sign_by(&stolen, at(highest, 3)),
		]);
		assert_eq!(
			refusals(),
			[(0, 0, u64::MAX, Refusal::SequenceTooHigh), (1, 0, u64::MAX, Refusal::ValidTooLong)]
		);
		bind(CASE, 0, KeyState::Active(new.key()));
		Now::set(START + 1);
		carry(vec![sign_by(&stolen, at(highest + 1, 4)), sign_by(&new, at(highest + 1, 5))]);
		assert_eq!(refusals(), [(0, 0, highest + 1, Refusal::BadSignature)]);
		assert_eq!(notes(), [(0, 3), (0, 5)]);
	});
}

#[test]
fn sequence_zero_is_used_from_the_start() {
	ExtBuilder::default().build_and_execute(|| {
		carry(vec![signed(0, 0, pin(1))]);
		assert_eq!(refusals(), [(0, 0, 0, Refusal::SequenceUsed)]);
	});
}

#[test]
fn each_lender_and_each_case_counts_its_own_sequences() {
	ExtBuilder::default().with_lenders(66).build_and_execute(|| {
		bind(OTHER_CASE, 0, KeyState::Active(Signer::at(OTHER_CASE, 0).key()));
		let elsewhere = sign(Intent { case: OTHER_CASE, ..intent(0, 1, pin(1)) });
		carry(vec![
			signed(0, 9, pin(0)),
			signed(1, 1, pin(1)),
			signed(63, 2, pin(63)),
			signed(64, 1, pin(64)),
			elsewhere,
		]);
		assert_eq!(refusals(), []);
		let used = |lender| Intents::last_sequence(CASE, lender);
		assert_eq!([used(0), used(1), used(2), used(63), used(64)], [9, 1, 0, 2, 1]);
		assert_eq!(Intents::last_sequence(OTHER_CASE, 0), 1);
	});
}

#[test]
fn an_intent_ends_after_its_last_moment() {
	ExtBuilder::default().build_and_execute(|| {
		let until = |valid_until, note| sign(Intent { valid_until, ..intent(0, note, pin(1)) });
		carry(vec![until(START - 1, 1), until(START, 2)]);
		assert_eq!(refusals(), [(0, 0, 1, Refusal::Expired)]);
		assert_eq!(Intents::last_sequence(CASE, 0), 2);
	});
}

#[test]
fn an_intent_cannot_be_valid_for_too_long() {
	ExtBuilder::default().build_and_execute(|| {
		let until = |lender, valid_until| sign(Intent { valid_until, ..intent(lender, 1, pin(1)) });
		let last = START + MAX_VALIDITY;
		carry(vec![until(0, last + 1), until(1, u64::MAX), until(2, last)]);
		assert_eq!(
			refusals(),
			[(0, 0, 1, Refusal::ValidTooLong), (1, 1, 1, Refusal::ValidTooLong)]
		);
		assert_eq!(notes(), [(2, 1)]);
	});
}

#[test]
fn a_row_with_no_key_or_a_revoked_one_cannot_act() {
	ExtBuilder::default().build_and_execute(|| {
		bind(CASE, 1, KeyState::Revoked);
		carry(vec![signed(1, 1, pin(1)), signed(77, 1, pin(1)), signed(u32::MAX, 1, pin(1))]);
		assert_eq!(
			refusals(),
			[
				(0, 1, 1, Refusal::NoActiveKey(Registry::REVOKED)),
				(1, 77, 1, Refusal::NoActiveKey(Registry::NO_KEY)),
				(2, u32::MAX, 1, Refusal::NoActiveKey(Registry::NO_KEY)),
			]
		);
		assert_eq!(crate::Sequences::<Test>::iter().count(), 0, "a stranger fills no storage");
	});
}

#[test]
fn a_rebound_row_acts_by_its_new_key_alone() {
	ExtBuilder::default().build_and_execute(|| {
		let (old, new) = (Signer::at(CASE, 0), Signer::at(CASE, 30));
		bind(CASE, 0, KeyState::Active(new.key()));
		carry(vec![sign_by(&old, intent(0, 1, pin(1))), sign_by(&new, intent(0, 1, pin(2)))]);
		assert_eq!(refusals(), [(0, 0, 1, Refusal::BadSignature)]);
		assert_eq!(notes(), [(0, 2)]);
	});
}

#[test]
fn a_call_that_fails_leaves_nothing_behind_but_uses_the_sequence() {
	ExtBuilder::default().build_and_execute(|| {
		let failing = signed(0, 3, tear(1));
		carry(vec![failing.clone(), signed(1, 1, pin(2))]);
		assert_eq!(refusals(), [(0, 0, 3, Refusal::CallFailed(torn()))]);
		assert_eq!(notes(), [(1, 2)], "the note of the failing call is gone, the other stands");
		assert_eq!(Intents::last_sequence(CASE, 0), 3);
		carry(vec![failing, signed(0, 4, pin(3))]);
		assert_eq!(refusals(), [(0, 0, 3, Refusal::SequenceUsed)], "it cannot be replayed");
		assert_eq!(notes(), [(1, 2), (0, 3)]);
	});
}

#[test]
fn a_call_that_the_chain_has_paused_fails_for_lenders_too() {
	ExtBuilder::default().build_and_execute(|| {
		carry(vec![signed(0, 1, pin(404))]);
		let filtered = frame_system::Error::<Test>::CallFiltered.into();
		assert_eq!(refusals(), [(0, 0, 1, Refusal::CallFailed(filtered))]);
	});
}

#[test]
fn a_full_batch_fits_and_no_intent_more() {
	ExtBuilder::default().build_and_execute(|| {
		let one = signed(0, 1, pin(1));
		let full = vec![one.clone(); MAX_BATCH as usize];
		assert!(BoundedVec::<_, frame_support::traits::ConstU32<MAX_BATCH>>::try_from(full).is_ok());
		let more = vec![one; MAX_BATCH as usize + 1];
		assert!(
			BoundedVec::<_, frame_support::traits::ConstU32<MAX_BATCH>>::try_from(more).is_err()
		);
	});
}

#[test]
fn a_batch_weighs_its_intents_and_what_they_ask_for() {
	ExtBuilder::default().build_and_execute(|| {
		let heavy =
			signed(0, 1, RuntimeCall::System(frame_system::Call::remark { remark: vec![0; 64] }));
		let inner = heavy.intent.call.get_dispatch_info().call_weight;
		let batch = |intents: Vec<SignedIntent<RuntimeCall>>| {
			crate::Call::<Test>::submit_batch { intents: BoundedVec::truncate_from(intents) }
				.get_dispatch_info()
				.call_weight
		};
		assert_eq!(batch(vec![]), <()>::submit_batch(0));
		assert_eq!(batch(vec![heavy.clone(), heavy]), <()>::submit_batch(2) + inner + inner);
	});
}

/// The intents of rows 0 to 299, whose keys are sr25519, ed25519 and ecdsa in turn: two runs of
/// 128 signatures and the begin of a third.
fn three_runs() -> Vec<SignedIntent<RuntimeCall>> {
	(0..300).map(|lender| signed(lender, 1, pin(lender))).collect()
}

/// Carries a batch; what it weighs less in the end than it declared.
fn spared(intents: Vec<SignedIntent<RuntimeCall>>) -> Weight {
	let intents = BoundedVec::truncate_from(intents);
	let declared =
		crate::Call::<Test>::submit_batch { intents: intents.clone() }.get_dispatch_info();
	let carried = Intents::submit_batch(RuntimeOrigin::signed(OPERATOR), intents).unwrap();
	declared.call_weight - carried.actual_weight.expect("a batch tells its weight")
}

/// What verifying this many signatures together spares.
fn spared_by(together: u32) -> Weight {
	let alone = <()>::submit_batch(together) - <()>::submit_batch(0);
	alone - (<()>::submit_batch_together(together) - <()>::submit_batch_together(0))
}

#[test]
fn good_signatures_of_all_kinds_count_across_the_borders_of_runs() {
	ExtBuilder::default().with_lenders(300).build_and_execute(|| {
		let spared = spared(three_runs());
		assert_eq!(notes(), (0..300).map(|lender| (lender, lender)).collect::<Vec<_>>());
		// Of the 300 only every third key is sr25519.
		assert_eq!(spared, spared_by(100));
		assert!(spared.ref_time() > 0);
	});
}

#[test]
fn a_forgery_is_named_and_costs_its_neighbours_nothing_but_time() {
	ExtBuilder::default().with_lenders(300).build_and_execute(|| {
		let mut intents = three_runs();
		// In the first run a forged sr25519 signature, in the third a forged ed25519 one, which is
		// verified alone anyway.
		intents[9].intent.call = pin(999);
		intents[259].intent.call = pin(999);
		let spared = spared(intents);
		assert_eq!(
			refusals(),
			[(9, 9, 1, Refusal::BadSignature), (259, 259, 1, Refusal::BadSignature)]
		);
		let honest: Vec<_> =
			(0..300).filter(|at| ![9, 259].contains(at)).map(|lender| (lender, lender)).collect();
		assert_eq!(notes(), honest);
		// 43 keys of the second run are sr25519, and 14 of the third.
		assert_eq!(spared, spared_by(57));
	});
}

#[test]
fn a_signature_wrapped_by_a_wallet_counts_among_raw_ones() {
	ExtBuilder::default().with_lenders(300).build_and_execute(|| {
		let mut intents = three_runs();
		let payload = winddown_primitives::signing_payload(&genesis(), &intents[129].intent);
		let wrapped = [&b"<Bytes>"[..], &payload, b"</Bytes>"].concat();
		intents[129].signature = Signer::at(CASE, 129).sign(&wrapped);
		let spared = spared(intents);
		assert_eq!(refusals(), []);
		assert_eq!(notes().len(), 300);
		// 43 keys of the first run are sr25519, and 14 of the third.
		assert_eq!(spared, spared_by(57));
	});
}

#[test]
fn rows_whose_key_was_revoked_or_never_bound_keep_no_neighbour_from_counting() {
	ExtBuilder::default().with_lenders(299).build_and_execute(|| {
		bind(CASE, 3, KeyState::Revoked);
		carry(three_runs());
		assert_eq!(
			refusals(),
			[
				(3, 3, 1, Refusal::NoActiveKey(Registry::REVOKED)),
				(299, 299, 1, Refusal::NoActiveKey(Registry::NO_KEY)),
			]
		);
		assert_eq!(notes().len(), 298);
	});
}

#[test]
fn the_reason_of_a_failed_call_names_pallet_and_error() {
	let DispatchError::Module(ModuleError { index, message, .. }) = torn() else {
		panic!("not an error of a pallet")
	};
	assert_eq!((index, message), (2, Some("Torn")));
}
