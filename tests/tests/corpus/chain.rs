//! One chain, whole and final.

use crate::case::{Case, Spot};
use codec::Encode;
use frame_system::Phase;
use pallet_evidence::Event as EvidenceEvent;
use sp_runtime::generic::Preamble;
use winddown_runtime::{RuntimeCall, RuntimeEvent};
use winddown_tests::{
	chain::{account, in_office, justify, next_validators, signed, Validators},
	winddown::FIRST_BALLOT,
};
use winddown_verifier::audit::finding::{Code, Place};

/// The place of the last block.
fn end(case: &Case) -> Place {
	Place::block(case.target())
}

/// Other votes for the last block.
fn vote(case: &mut Case, validators: &Validators) {
	let last = case.parts.blocks.last_mut().expect("blocks");
	let votes = justify(validators, case.parts.head.target, last.hash());
	last.justification = Some(votes.encode());
}

#[test]
fn a_justification_by_validators_of_another_chain_is_named() {
	let mut case = Case::good();
	let names = vec!["Platform", "Registrar", "Regulator"];
	vote(&mut case, &Validators { set: 1, names });
	let place = end(&case);
	case.finds(Code::JustificationForeign, place);
}

#[test]
fn a_justification_of_another_block_is_named() {
	let mut case = Case::good();
	let office = in_office(&case.parts, case.target());
	let votes = justify(&office, case.target(), [5; 32]);
	case.parts.blocks.last_mut().expect("blocks").justification = Some(votes.encode());
	let place = end(&case);
	case.finds(Code::JustificationForeign, place);
}

#[test]
fn a_justification_by_the_validators_before_the_change_is_named() {
	let mut case = Case::good();
	let stale = in_office(&case.parts, 1);
	assert_eq!((stale.set, stale.names.len()), (0, 4));
	vote(&mut case, &stale);
	let place = end(&case);
	// Their fourth validator is no longer one.
	case.finds(Code::AuthoritySetStale, place);
}

#[test]
fn a_justification_under_the_number_of_the_set_before_is_named() {
	let mut case = Case::good();
	let office = in_office(&case.parts, case.target());
	vote(&mut case, &Validators { set: 0, ..office });
	let place = end(&case);
	case.finds(Code::AuthoritySetStale, place);
}

#[test]
fn a_justification_with_too_few_votes_is_named() {
	let mut case = Case::good();
	let mut office = in_office(&case.parts, case.target());
	office.names.truncate(2);
	vote(&mut case, &office);
	let place = end(&case);
	case.finds(Code::JustificationInvalid, place);
}

#[test]
fn a_last_block_without_a_justification_is_named() {
	let mut case = Case::good();
	case.parts.blocks.last_mut().expect("blocks").justification = None;
	let place = end(&case);
	case.finds(Code::JustificationMissing, place);
}

#[test]
fn a_change_of_validators_without_their_votes_is_named() {
	let mut case = Case::good();
	let change = (1..case.target())
		.find(|number| next_validators(&case.parts, *number).is_some())
		.expect("a change");
	case.parts.blocks[change as usize].justification = None;
	case.finds(Code::AuthorityChange, Place::block(change));
}

#[test]
fn a_chain_with_another_beginning_is_named() {
	let report = Case::good().audit_as([9; 32]);
	let found: Vec<_> = report.findings.iter().map(|found| (found.code, &found.place)).collect();
	assert_eq!(found, [(Code::GenesisForeign, &Place::block(0))]);
}

#[test]
fn a_dropped_block_is_named() {
	let mut case = Case::good();
	let at = case.target() - 1;
	assert_eq!(case.parts.blocks[at as usize].extrinsics.len(), 1, "a block with its time alone");
	case.parts.blocks.remove(at as usize);
	case.parts.head.target = at;
	// The block after it names another parent, and its number leaves a gap.
	let place = Place::block(at);
	case.finds_all(&[(Code::ChainBroken, place.clone()), (Code::ChainBroken, place)]);
}

#[test]
fn a_missing_extrinsic_is_named() {
	let mut case = Case::good();
	let opened = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::Polls(pallet_polls::Event::PollOpened { poll: FIRST_BALLOT, .. })
		)
	});
	let block = &mut case.parts.blocks[opened.block as usize];
	assert_eq!(block.extrinsics.len(), opened.extrinsic as usize + 1);
	block.extrinsics.pop();
	let report = case.audit();
	assert!(report.findings.iter().any(|finding| {
		(finding.code, &finding.place) == (Code::ExtrinsicsRoot, &Place::block(opened.block))
	}));
}

#[test]
fn an_act_without_its_extrinsic_is_named() {
	// The validators made the root fit what is left.
	let mut case = Case::good();
	let revoked = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::IdentityRegistry(pallet_identity_registry::Event::KeyRevoked { .. })
		)
	});
	let remark = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
	case.put_extrinsic(revoked, signed(case.parts.head.genesis, "Registrar", 1, remark));
	let by = account("Registrar").into();
	case.finds(Code::EventUnexplained, revoked.place().by(&by));
}

#[test]
fn bytes_that_are_no_extrinsic_are_named() {
	let mut case = Case::good();
	let block = case.target() - 1;
	let garbage = Spot { block, extrinsic: 1, event: 0 };
	case.parts.blocks[block as usize].extrinsics.push(vec![8, 0xff, 0xff]);
	case.edit_events(block, |_| ());
	case.finds(Code::Unreadable, garbage.place());
}

#[test]
fn events_altered_under_the_same_root_are_named() {
	let mut case = Case::good();
	let block = case.target() - 1;
	let node = case.parts.blocks[block as usize].events_proof.last_mut().expect("nodes");
	let last = node.len() - 1;
	node[last] ^= 1;
	case.finds(Code::EventsProof, Place::block(block));
}

#[test]
fn an_event_of_an_extrinsic_that_is_not_there_is_named() {
	let mut case = Case::good();
	let deposited =
		case.find(|event| matches!(event, RuntimeEvent::Evidence(EvidenceEvent::Deposited { .. })));
	case.edit_events(deposited.block, |events| {
		let mut told = events.last().expect("events").clone();
		told.phase = Phase::ApplyExtrinsic(99);
		events.push(told);
	});
	case.finds(Code::EventDiffers, Place::block(deposited.block));
}

#[test]
fn a_value_added_to_the_state_is_named() {
	let mut case = Case::good();
	case.parts.put(b"a value of nobody", Some(vec![1]));
	let place = end(&case);
	case.finds(Code::StateRoot, place);
}

#[test]
fn a_value_left_out_of_the_state_is_named() {
	let mut case = Case::good();
	let key = pallet_consortium::Institutions::<winddown_runtime::Runtime>::hashed_key_for(
		account("ArbiterOne"),
	);
	case.parts.put(&key, None);
	let place = end(&case);
	case.finds(Code::StateRoot, place);
}

#[test]
fn a_transaction_in_the_name_of_another_institution_is_named() {
	let mut case = Case::good();
	let locked = case.find(|event| {
		matches!(event, RuntimeEvent::Claims(pallet_claims::Event::RollLocked { .. }))
	});
	let mut forged = case.extrinsic(locked);
	let other = signed(case.parts.head.genesis, "Operator", 0, forged.function.clone());
	let (Preamble::Signed(_, signature, _), Preamble::Signed(_, by_other, _)) =
		(&mut forged.preamble, other.preamble)
	else {
		panic!("transactions")
	};
	*signature = by_other;
	let forged = winddown_runtime::UncheckedExtrinsic::from_parts(forged.function, forged.preamble);
	case.put_extrinsic(locked, forged);
	let by = account("Platform").into();
	case.finds(Code::ExtrinsicSignature, locked.place().by(&by));
}

#[test]
fn a_time_that_stands_still_is_named() {
	let mut case = Case::good();
	let at = case.target() - 1;
	let before = case.time(at - 1);
	case.set_time(at, before);
	case.finds(Code::TimeBackwards, Place::block(at));
}
