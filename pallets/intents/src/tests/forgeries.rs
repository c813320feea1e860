//! What a forger, a curious carrier or a clumsy wallet may try.

use super::*;
use crate::{EnsureLender, Origin};
use codec::{Decode, Encode};
use frame_support::{assert_noop, traits::EnsureOrigin};
use sp_runtime::traits::BadOrigin;
use winddown_primitives::{signing_payload, Intent, LenderKey, LenderRef, LenderSignature};

fn refused(signed: SignedIntent<RuntimeCall>) -> Option<Refusal> {
	carry(vec![signed]);
	refusals().first().map(|(_, _, _, reason)| *reason)
}

#[test]
fn every_kind_of_key_signs_raw_bytes_or_bytes_wrapped_by_a_wallet() {
	ExtBuilder::default().build_and_execute(|| {
		for lender in 0..3 {
			let signer = Signer::at(CASE, lender);
			let raw = intent(lender, 1, pin(1));
			assert_eq!(refused(sign_by(&signer, raw)), None);

			let wrapped = intent(lender, 2, pin(2));
			let payload = signing_payload(&genesis(), &wrapped);
			let message = [b"<Bytes>", &payload[..], b"</Bytes>"].concat();
			let signature = signer.sign(&message);
			assert_eq!(refused(SignedIntent { intent: wrapped, signature }), None);
		}
		assert_eq!(notes(), [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)]);
	});
}

#[test]
fn half_a_wrapping_is_no_wrapping() {
	ExtBuilder::default().build_and_execute(|| {
		let intent = intent(0, 1, pin(1));
		let payload = signing_payload(&genesis(), &intent);
		for message in [
			[b"<Bytes>", &payload[..]].concat(),
			[&payload[..], b"</Bytes>"].concat(),
			[b"<Bytes><Bytes>", &payload[..], b"</Bytes></Bytes>"].concat(),
		] {
			let signature = Signer::at(CASE, 0).sign(&message);
			let signed = SignedIntent { intent: intent.clone(), signature };
			assert_eq!(refused(signed), Some(Refusal::BadSignature));
		}
	});
}

#[test]
fn an_intent_of_another_chain_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let intent = intent(0, 1, pin(1));
		let mut foreign = genesis();
		foreign[31] ^= 1;
		let signature = Signer::at(CASE, 0).sign(&signing_payload(&foreign, &intent));
		assert_eq!(refused(SignedIntent { intent, signature }), Some(Refusal::BadSignature));
	});
}

#[test]
fn the_genesis_hash_stays_known_when_old_block_hashes_are_forgotten() {
	ExtBuilder::default().build_and_execute(|| {
		let genesis = genesis();
		for block in 2..40 {
			System::finalize();
			System::set_block_number(block - 1);
			System::initialize(
				&block,
				&sp_core::H256::repeat_byte(block as u8),
				&Default::default(),
			);
		}
		assert_eq!(System::block_hash(1), Default::default(), "an old hash is forgotten");
		assert_eq!(self::genesis(), genesis);
		assert_eq!(refused(signed(0, 1, pin(1))), None);
	});
}

#[test]
fn a_signature_over_the_bare_intent_without_the_tag_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let intent = intent(0, 1, pin(1));
		for message in [intent.encode(), (genesis(), &intent).encode(), intent.call.encode()] {
			let signature = Signer::at(CASE, 0).sign(&message);
			let signed = SignedIntent { intent: intent.clone(), signature };
			assert_eq!(refused(signed), Some(Refusal::BadSignature));
		}
	});
}

#[test]
fn no_field_of_a_signed_intent_can_be_changed() {
	ExtBuilder::default().build_and_execute(|| {
		bind(OTHER_CASE, 0, KeyState::Active(Signer::at(CASE, 0).key()));
		bind(CASE, 3, KeyState::Active(Signer::at(CASE, 0).key()));
		let original = signed(0, 5, pin(1));
		let changed: [fn(&mut Intent<RuntimeCall>); 5] = [
			|intent| intent.case = OTHER_CASE,
			|intent| intent.lender = 3,
			|intent| intent.sequence = 6,
			|intent| intent.valid_until += 1,
			|intent| intent.call = pin(2),
		];
		for change in changed {
			let mut forged = original.clone();
			change(&mut forged.intent);
			assert_eq!(refused(forged), Some(Refusal::BadSignature));
		}
		assert_eq!(refused(original), None, "the original still counts");
	});
}

#[test]
fn a_lender_of_another_case_has_no_say_in_this_one() {
	ExtBuilder::default().build_and_execute(|| {
		bind(OTHER_CASE, 0, KeyState::Active(Signer::at(OTHER_CASE, 0).key()));
		let stranger = sign_by(&Signer::at(OTHER_CASE, 0), intent(0, 1, pin(1)));
		assert_eq!(refused(stranger), Some(Refusal::BadSignature));
		let at_home = sign(Intent { case: OTHER_CASE, ..intent(0, 1, pin(1)) });
		assert_eq!(refused(at_home), None);
		let who = LenderRef { case: OTHER_CASE, lender: 0 };
		assert_eq!(board::Notes::<Test>::get(), [(who, 1)], "and acts there, not here");
	});
}

#[test]
fn a_signature_of_another_kind_is_refused_even_when_its_bytes_fit() {
	ExtBuilder::default().build_and_execute(|| {
		let SignedIntent { intent, signature } = signed(0, 1, pin(1));
		let LenderSignature::Sr25519(bytes) = signature else { panic!("row 0 signs by sr25519") };
		let relabelled = SignedIntent { intent, signature: LenderSignature::Ed25519(bytes) };
		assert_eq!(refused(relabelled), Some(Refusal::BadSignature));

		let LenderKey::Sr25519(key) = Signer::at(CASE, 0).key() else { panic!("as above") };
		bind(CASE, 0, KeyState::Active(LenderKey::Ed25519(key)));
		assert_eq!(refused(signed(0, 1, pin(1))), Some(Refusal::BadSignature));
	});
}

#[test]
fn lenders_cannot_ask_for_what_institutions_do_nor_wrap_anything() {
	use frame_system::RawOrigin;
	ExtBuilder::default().build_and_execute(|| {
		let inner = signed(1, 1, pin(1));
		let boxed = |call| Box::new(call);
		let as_association = Box::new(OriginCaller::system(RawOrigin::Signed(ASSOCIATION)));
		for call in [
			rule(),
			RuntimeCall::System(frame_system::Call::remark { remark: vec![] }),
			RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![pin(1)] }),
			RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![rule()] }),
			RuntimeCall::Utility(pallet_utility::Call::batch_all { calls: vec![pin(1)] }),
			RuntimeCall::Utility(pallet_utility::Call::force_batch { calls: vec![pin(1)] }),
			RuntimeCall::Utility(pallet_utility::Call::as_derivative {
				index: 0,
				call: boxed(pin(1)),
			}),
			RuntimeCall::Utility(pallet_utility::Call::dispatch_as {
				as_origin: as_association,
				call: boxed(rule()),
			}),
			RuntimeCall::Intents(crate::Call::submit { signed: Box::new(inner.clone()) }),
			RuntimeCall::Intents(crate::Call::submit_batch {
				intents: BoundedVec::truncate_from(vec![inner]),
			}),
		] {
			assert_eq!(refused(signed(0, 1, call)), Some(Refusal::CallNotAllowed));
		}
		assert!(!board::Ruled::<Test>::get());
		assert_eq!(notes(), []);
		assert_eq!(Intents::last_sequence(CASE, 0), 0);
	});
}

#[test]
fn institutions_cannot_ask_for_what_lenders_do() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [
			RuntimeOrigin::signed(ASSOCIATION),
			RuntimeOrigin::root(),
			RuntimeOrigin::none(),
			frame_system::RawOrigin::Authorized.into(),
		] {
			assert_noop!(Board::pin(origin, 1), BadOrigin);
		}
	});
}

#[test]
fn the_lenders_origin_names_case_and_row() {
	ExtBuilder::default().build_and_execute(|| {
		let who = LenderRef { case: CASE, lender: 4 };
		let origin = || RuntimeOrigin::from(Origin::Lender(who));
		assert_eq!(EnsureLender::ensure_origin(origin()).ok(), Some(who));
		assert!(EnsureLender::try_origin(RuntimeOrigin::signed(4)).is_err());
		assert_ok!(Board::pin(origin(), 8));
		assert_noop!(Board::rule(origin()), BadOrigin);
		assert!(frame_system::ensure_signed(origin()).is_err(), "a lender has no account");
	});
}

#[test]
fn a_signed_intent_survives_its_encoding_and_cut_bytes_do_not() {
	let signed = ExtBuilder::default().build().execute_with(|| signed(2, 1, pin(1)));
	let bytes = signed.encode();
	assert_eq!(SignedIntent::decode(&mut &bytes[..]), Ok(signed));
	for length in 0..bytes.len() {
		assert!(SignedIntent::<RuntimeCall>::decode(&mut &bytes[..length]).is_err());
	}
}
