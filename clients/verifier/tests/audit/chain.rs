//! One chain, whole and final.

use crate::{
	kit::{account, key, validator, Case, Kit},
	story::{chain, export_of, good, item, write_state},
};
use codec::{Compact, Encode};
use sp_core::Pair;
use winddown_verifier::{
	archive::{ArchiveError, Header, Parts},
	audit::{audit, AuditError, Options},
	chain::types::*,
};

#[test]
fn another_genesis_hash_than_the_given_one_is_named() {
	let case = good();
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("case.wda");
	case.kit.parts.write(&path).unwrap();
	let options = Options { case: 0, genesis: Some([9; 32]), progress: None };
	let report = audit(&path, None, &options).unwrap();
	assert_eq!(report.counts.into_iter().collect::<Vec<_>>(), [("genesis-foreign", 1)]);
}

#[test]
fn a_block_that_does_not_name_its_parent_is_named() {
	let mut case = good();
	let mut header = case.kit.parts.header(6).unwrap();
	header.digest = vec![4, 0, 4, 0xff];
	case.kit.parts.blocks[6].header = header.encode();
	case.finds(&["chain-broken"]);
}

#[test]
fn extrinsics_that_do_not_give_their_root_are_named() {
	let mut case = good();
	case.kit.parts.blocks[9].extrinsics.swap(1, 2);
	assert!(case.codes().contains("extrinsics-root"));
}

#[test]
fn events_without_a_proof_are_named() {
	let mut case = good();
	case.kit.parts.blocks[10].events_proof.clear();
	assert!(case.codes().contains("events-proof"));
}

#[test]
fn a_value_left_out_of_the_last_state_is_named() {
	let mut case = good();
	let (key, _) = case.kit.parts.state[0].clone();
	case.kit.parts.put(&key, None);
	assert!(case.codes().contains("state-root"));
}

#[test]
fn a_last_block_without_a_justification_is_named() {
	let mut case = good();
	case.kit.parts.blocks.last_mut().unwrap().justification = None;
	case.finds(&["justification-missing"]);
}

#[test]
fn a_justification_of_another_block_is_named() {
	let mut case = good();
	let validators = case.kit.validators.clone();
	let foreign = case.kit.justify(&validators, 0, 10, [5; 32]);
	case.kit.parts.blocks.last_mut().unwrap().justification = Some(foreign);
	case.finds(&["justification-foreign"]);
}

#[test]
fn too_few_validators_are_named() {
	let mut case = good();
	let hash = case.kit.parts.blocks.last().unwrap().hash();
	let few = case.kit.justify(&["Alpha", "Beta"], 0, 10, hash);
	case.kit.parts.blocks.last_mut().unwrap().justification = Some(few);
	case.finds(&["justification-invalid"]);
}

#[test]
fn votes_by_validators_of_another_chain_are_named() {
	let mut case = good();
	let hash = case.kit.parts.blocks.last().unwrap().hash();
	let others = case.kit.justify(&["Eve", "Ferdie"], 0, 10, hash);
	case.kit.parts.blocks.last_mut().unwrap().justification = Some(others);
	case.finds(&["justification-foreign"]);
}

/// The chain with a change of the validators in its last but one block.
fn with_new_validators(sign_change: bool, last_set: (&[&str], u64)) -> Case {
	let mut kit = chain();
	let at = kit.parts.blocks.len() as u32 - 1;
	// A scheduled change of GRANDPA with no delay: two other validators.
	let next: Vec<([u8; 32], u64)> =
		["Eve", "Ferdie"].map(|name| (validator(name).public().0, 1)).to_vec();
	let change = (1u8, next, 0u32).encode();
	let log = (4u8, *b"FRNK", change).encode();
	let mut header = kit.parts.header(at).unwrap();
	header.digest = [&[4][..], &log].concat();
	kit.parts.blocks[at as usize].header = header.encode();
	kit.block(80_000, vec![]);
	write_state(&mut kit);
	let mut case = kit.finish();
	case.records = export_of();
	let hash = case.kit.parts.blocks[at as usize].hash();
	let validators = case.kit.validators.clone();
	case.kit.parts.blocks[at as usize].justification =
		sign_change.then(|| case.kit.justify(&validators, 0, at, hash));
	let target = case.kit.parts.blocks.last().unwrap().hash();
	let justification = case.kit.justify(last_set.0, last_set.1, at + 1, target);
	case.kit.parts.blocks.last_mut().unwrap().justification = Some(justification);
	case
}

#[test]
fn the_validators_of_the_time_are_followed_through_their_changes() {
	with_new_validators(true, (&["Eve", "Ferdie"], 1)).finds(&[]);
}

#[test]
fn a_justification_by_the_validators_before_the_change_is_stale() {
	let old = ["Alpha", "Beta", "Gamma", "Delta"];
	with_new_validators(true, (&old, 0)).finds(&["authority-set-stale"]);
}

#[test]
fn a_change_that_is_not_final_is_named() {
	with_new_validators(false, (&["Eve", "Ferdie"], 1)).finds(&["authority-change"]);
}

#[test]
fn a_transaction_under_the_name_of_another_institution_is_named() {
	let mut case = good();
	let call = case.kit.call("Polls", "close", 0u32);
	let forged = case.kit.signed_with("Operator", &key("Platform"), &call);
	case.kit.parts.blocks[8].extrinsics[1] = forged;
	case.relink(8);
	case.finds(&["extrinsic-signature"]);
}

#[test]
fn a_time_that_goes_backwards_is_named() {
	let mut kit = chain();
	kit.block(10_000, vec![]);
	write_state(&mut kit);
	let mut case = kit.finish();
	case.records = export_of();
	case.finds(&["time-backwards"]);
}

#[test]
fn an_institution_without_the_role_is_named() {
	let mut kit = chain();
	let call = kit.call("IdentityRegistry", "revoke", (0u32, 2u32, 5u64));
	let told = kit.event(
		"IdentityRegistry",
		"KeyRevoked",
		(0u32, 2u32, crate::story::lender_key(2), account("Platform"), 5u64),
	);
	let revoke = kit.signed("Platform", &call);
	kit.block(80_000, vec![(revoke, vec![told])]);
	write_state(&mut kit);
	let case = kit.finish();
	assert!(case.codes().contains("role-missing"));
}

#[test]
fn an_association_that_acts_in_the_case_of_another_is_named() {
	const LATER: Millis = 120_000;
	// A call, and what it tells.
	type Act = fn(&Kit, [u8; 32]) -> (Vec<u8>, Vec<u8>);
	let advance: Act = |kit, by| {
		let step = (0u32, 5u8, 6u8, 80_000u64, Some(by), None::<Digest>);
		(kit.call("Cases", "advance", (0u32, 6u8)), kit.event("Cases", "StageChanged", step))
	};
	let rule: Act = |kit, by| {
		let call = kit.call("Claims", "adjudicate", (0u32, 2u32, Ruling::Exclude, 5u64));
		let fields = (0u32, 2u32, Ruling::Exclude, 200u128, 0u128, by, 5u64);
		(call, kit.event("Claims", "ClaimAdjudicated", fields))
	};
	let deem: Act = |kit, _| {
		let call = kit.call("Claims", "deem_confirmed", (0u32, vec![2u32], 5u64));
		let fields = (0u32, 2u32, ClaimState::Deemed, 200u128, Some(5u64));
		(call, kit.event("Claims", "ClaimConfirmed", fields))
	};
	let poll: Act = |kit, _| {
		let call = kit.call("Polls", "open", (0u32, vec![item()], LATER));
		let everybody = Votes { heads: 3, amount: 1_000 };
		let fields = (1u32, 0u32, Purpose::General, everybody, LATER);
		(call, kit.event("Polls", "PollOpened", fields))
	};
	let nominations: Act = |kit, by| {
		let call = kit.call("CommitteeElection", "open_nominations", (0u32, LATER));
		(call, kit.event("CommitteeElection", "NominationsOpened", (0u32, LATER, by)))
	};
	let recall: Act = |kit, by| {
		let grounds = Digest::Sm3([4; 32]);
		let call = kit.call("CommitteeElection", "open_recall", (0u32, 1u32, grounds, LATER));
		let fields = (0u32, 1u32, grounds, 1u32, by);
		(call, kit.event("CommitteeElection", "RecallOpened", fields))
	};
	let vote: Act = |kit, by| {
		let call = kit.call("RepaymentVote", "open_vote", (0u32, vec![0u32], LATER));
		let fields = (0u32, 1u8, 1u32, vec![0u32], by);
		(call, kit.event("RepaymentVote", "VoteOpened", fields))
	};
	for act in [advance, rule, deem, poll, nominations, recall, vote] {
		for (name, batched) in
			[("Association", false), ("OtherAssociation", false), ("OtherAssociation", true)]
		{
			let mut kit = chain();
			let (mut call, told) = act(&kit, account(name));
			if batched {
				call = [kit.call("Utility", "batch", Compact(1u32)), call].concat();
			}
			let signed = kit.signed(name, &call);
			kit.block(80_000, vec![(signed, vec![told])]);
			write_state(&mut kit);
			let codes = kit.finish().codes();
			let foreign = name == "OtherAssociation";
			assert_eq!(codes.contains("association-foreign"), foreign, "{name}: {codes:?}");
			assert!(!codes.contains("role-missing") && !codes.contains("event-unexplained"));
		}
	}
}

#[test]
fn a_case_that_does_not_exist_cannot_be_audited() {
	let case = good();
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("case.wda");
	case.kit.parts.write(&path).unwrap();
	let options = Options { case: 7, genesis: None, progress: None };
	assert!(matches!(audit(&path, None, &options), Err(AuditError::NoCase(7))));
}

#[test]
fn an_archive_survives_its_file_and_a_cut_off_one_is_noticed() {
	let Kit { parts, .. } = good().kit;
	let folder = tempfile::tempdir().unwrap();
	let path = folder.path().join("case.wda");
	parts.write(&path).unwrap();
	let read = Parts::read(&path).unwrap();
	assert_eq!((&read.head, &read.blocks, &read.state), (&parts.head, &parts.blocks, &parts.state));
	let bytes = std::fs::read(&path).unwrap();
	std::fs::write(&path, &bytes[..bytes.len() - 40]).unwrap();
	assert!(matches!(Parts::read(&path), Err(ArchiveError::CutOff(_) | ArchiveError::Io(_))));
	std::fs::write(&path, b"something else").unwrap();
	assert!(matches!(Parts::read(&path), Err(ArchiveError::NotAnArchive)));
}

#[test]
fn a_header_is_read_as_it_is_written() {
	let header = good().kit.parts.header(3).unwrap();
	let bytes = header.encode();
	assert_eq!(<Header as codec::Decode>::decode(&mut bytes.as_slice()), Ok(header));
}
