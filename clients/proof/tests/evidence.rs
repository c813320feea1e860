//! Evidence records: their content, their verdicts, their state.

mod world;

use codec::{Decode, Encode};
use winddown_proof::{
	bundle::{Claim, Plaintext},
	digest::Algorithm,
	layout::{
		self,
		evidence::{Absence, Attestation, Content, Record, RecordState, Verdict},
	},
	Failure, Shown, Subject, Value, Word,
};
use world::{
	case::{self, *},
	codes, World,
};

fn alter(world: &mut World, id: u64, change: impl Fn(&mut Record)) {
	let stored = world.state.get_mut(&layout::evidence::record(id)).unwrap();
	let mut record = Record::decode(&mut &stored[..]).unwrap();
	change(&mut record);
	*stored = record.encode();
}

fn leaf(position: u32) -> Plaintext {
	let record = case::batch()[position as usize].clone().into_bytes();
	let path = case::tree().prove(position).unwrap();
	Plaintext::Leaf { record, position, siblings: path.siblings }
}

fn shown(world: &World, id: u64, plaintext: Option<Plaintext>) -> Result<Shown, Failure> {
	let report = world.verify(&world.evidence(id, plaintext))?;
	let Subject::Evidence(evidence) = report.subject else { panic!() };
	Ok(evidence.plaintext)
}

#[test]
fn a_document_is_proved_with_its_verdicts() {
	let world = World::new();
	let bundle = world.evidence(DOCUMENT_ID, Some(Plaintext::Whole(NOTICE.to_vec())));
	let report = world.verify(&bundle).unwrap();
	let (proved, not_proved) = codes(&report);
	assert_eq!(
		proved,
		[
			"deposited",
			"effective",
			"confirmed",
			"confirmed",
			"plaintext",
			"finality",
			"from_genesis"
		]
	);
	assert_eq!(
		not_proved,
		[
			"plaintext_truth",
			"diligence",
			"later",
			"validators",
			"program",
			"genesis",
			"certificate"
		]
	);
	let Subject::Evidence(evidence) = report.subject else { panic!() };
	assert_eq!(evidence.digest, Algorithm::Sm3.hash(NOTICE));
	assert_eq!((evidence.state, evidence.leaves), (RecordState::Effective, 1));
	assert_eq!((evidence.policy.required, evidence.policy.independent), (2, 1));
	let words: Vec<_> = evidence.arbiters.into_iter().map(|arbiter| arbiter.word).collect();
	assert_eq!(words, [Word::Confirmed { block: 50 }, Word::Confirmed { block: 50 }, Word::None]);
}

#[test]
fn every_record_of_a_batch_is_proved_at_its_place() {
	let world = World::new();
	for position in 0..3 {
		assert_eq!(shown(&world, BATCH_ID, Some(leaf(position))), Ok(Shown::Leaf { position }));
	}
}

#[test]
fn a_whole_batch_and_a_value_of_the_chain_are_proved_byte_for_byte() {
	let world = World::new();
	let whole = |bytes: &[u8]| Some(Plaintext::Whole(bytes.to_vec()));
	assert_eq!(shown(&world, BATCH_ID, whole(case::lines().as_bytes())), Ok(Shown::Whole));
	assert_eq!(shown(&world, CHAIN_ID, whole(RESULT)), Ok(Shown::Whole));
	assert_eq!(shown(&world, CHAIN_ID, None), Ok(Shown::Nothing));
}

#[test]
fn an_altered_document_is_found() {
	let world = World::new();
	let bytes = [NOTICE, b"!"].concat();
	let (expected, actual) = (Algorithm::Sm3.hash(NOTICE), Algorithm::Sm3.hash(&bytes));
	let failure = shown(&world, DOCUMENT_ID, Some(Plaintext::Whole(bytes))).unwrap_err();
	assert_eq!(failure, Failure::DigestMismatch { expected, actual });
}

#[test]
fn a_size_that_the_chain_does_not_state_is_found() {
	let mut world = World::new();
	for (id, bytes) in [(DOCUMENT_ID, NOTICE.to_vec()), (BATCH_ID, case::lines().into_bytes())] {
		alter(&mut world, id, |record| record.content.size += 1);
		let actual = bytes.len() as u64;
		let failure = shown(&world, id, Some(Plaintext::Whole(bytes))).unwrap_err();
		assert_eq!(failure, Failure::SizeMismatch { expected: actual + 1, actual });
	}
}

#[test]
fn a_batch_with_a_record_dropped_added_altered_or_swapped_is_found() {
	let world = World::new();
	let whole = |records: &[String]| {
		let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
		shown(&world, BATCH_ID, Some(Plaintext::Whole(lines.into_bytes()))).unwrap_err()
	};
	let records = case::batch();
	assert_eq!(whole(&records[..2]), Failure::LeavesMismatch { expected: 3, actual: 2 });
	let more = [&records[..], &records[..1]].concat();
	assert_eq!(whole(&more), Failure::LeavesMismatch { expected: 3, actual: 4 });
	let swapped = [records[1].clone(), records[0].clone(), records[2].clone()];
	assert_eq!(whole(&swapped).code(), "digest_mismatch");
	let altered = [records[0].replace("[[0]", "[[1]"), records[1].clone(), records[2].clone()];
	assert_eq!(whole(&altered).code(), "digest_mismatch");
}

#[test]
fn a_batch_whose_last_line_does_not_end_has_another_size() {
	let world = World::new();
	let lines = case::lines();
	let open = lines.trim_end().as_bytes().to_vec();
	let (expected, actual) = (lines.len() as u64, lines.len() as u64 - 1);
	let failure = shown(&world, BATCH_ID, Some(Plaintext::Whole(open))).unwrap_err();
	assert_eq!(failure, Failure::SizeMismatch { expected, actual });
}

#[test]
fn a_record_at_another_place_or_beside_other_hashes_is_not_in_the_batch() {
	let world = World::new();
	let moved = |change: fn(&mut u32, &mut Vec<[u8; 32]>)| {
		let Plaintext::Leaf { record, mut position, mut siblings } = leaf(1) else { panic!() };
		change(&mut position, &mut siblings);
		shown(&world, BATCH_ID, Some(Plaintext::Leaf { record, position, siblings })).unwrap_err()
	};
	assert_eq!(moved(|position, _| *position = 0), Failure::NotInBatch);
	assert_eq!(moved(|position, _| *position = 3), Failure::NotInBatch);
	assert_eq!(moved(|position, _| *position = u32::MAX), Failure::NotInBatch);
	assert_eq!(moved(|_, siblings| siblings[0][0] ^= 1), Failure::NotInBatch);
	assert_eq!(moved(|_, siblings| siblings.push([0; 32])), Failure::NotInBatch);
	assert_eq!(moved(|_, siblings| siblings.truncate(1)), Failure::NotInBatch);
}

#[test]
fn a_batch_of_another_number_of_leaves_does_not_hold_the_record() {
	let mut world = World::new();
	alter(&mut world, BATCH_ID, |record| record.content.leaves = 4);
	// The third of three rises without a neighbour; in a tree of four it would have one.
	assert_eq!(shown(&world, BATCH_ID, Some(leaf(2))), Err(Failure::NotInBatch));
}

#[test]
fn an_inner_node_of_a_tree_is_no_record() {
	let world = World::new();
	let siblings = case::tree().prove(2).unwrap().siblings;
	let node = Plaintext::Leaf { record: siblings.concat(), position: 0, siblings };
	assert_eq!(shown(&world, BATCH_ID, Some(node)).unwrap_err().code(), "record_unreadable");
}

#[test]
fn a_record_of_another_case_in_the_batch_is_found() {
	let mut world = World::new();
	alter(&mut world, BATCH_ID, |record| record.case = CASE);
	let foreign = case::record_with(8, POLL, 1, "[[0],[],[]]");
	let siblings = vec![];
	let content = Content {
		digest: winddown_proof::merkle::Tree::new(Algorithm::Sha256, &[foreign.as_bytes()]).root(),
		leaves: 1,
		size: foreign.len() as u64 + 1,
		encoding: layout::evidence::BATCH,
	};
	alter(&mut world, BATCH_ID, |record| record.content = content);
	let leaf = Plaintext::Leaf { record: foreign.clone().into_bytes(), position: 0, siblings };
	let failure = Err(Failure::RecordOfOtherCase { actual: 8 });
	assert_eq!(shown(&world, BATCH_ID, Some(leaf)), failure);
	let lines = Plaintext::Whole(format!("{foreign}\n").into_bytes());
	assert_eq!(shown(&world, BATCH_ID, Some(lines)), failure);
}

#[test]
fn a_leaf_of_a_document_or_an_unknown_encoding_is_refused() {
	let mut world = World::new();
	assert_eq!(shown(&world, DOCUMENT_ID, Some(leaf(0))), Err(Failure::PlaintextOutOfPlace));
	alter(&mut world, DOCUMENT_ID, |record| record.content.encoding = 3);
	let whole = Some(Plaintext::Whole(NOTICE.to_vec()));
	assert_eq!(shown(&world, DOCUMENT_ID, whole), Err(Failure::PlaintextOutOfPlace));
}

#[test]
fn counts_that_are_not_those_of_the_verdicts_are_found() {
	for change in [
		(|record| record.counts.confirmed = 3) as fn(&mut Record),
		|record| record.counts.confirmed_independent = 2,
		|record| record.counts.rejected = 1,
	] {
		let mut world = World::new();
		alter(&mut world, DOCUMENT_ID, change);
		assert_eq!(shown(&world, DOCUMENT_ID, None), Err(Failure::CountsMismatch));
	}
	let mut world = World::new();
	world.state.remove(&layout::evidence::attestation(DOCUMENT_ID, &arbiters()[1]));
	assert_eq!(shown(&world, DOCUMENT_ID, None), Err(Failure::CountsMismatch));
	let mut world = World::new();
	attest(&mut world.state, DOCUMENT_ID, 2, Verdict::Confirm);
	assert_eq!(shown(&world, DOCUMENT_ID, None), Err(Failure::CountsMismatch));
}

#[test]
fn a_state_that_verdicts_and_policy_do_not_give_is_found() {
	for change in [
		(|record| record.state = RecordState::Pending) as fn(&mut Record),
		|record| record.state = RecordState::Rejected,
		|record| record.state = RecordState::Superseded,
		|record| record.superseded_by = Some(13),
		|record| record.decided_at = None,
	] {
		let mut world = World::new();
		alter(&mut world, DOCUMENT_ID, change);
		assert_eq!(shown(&world, DOCUMENT_ID, None), Err(Failure::StateMismatch));
	}
}

#[test]
fn two_related_institutions_are_no_quorum() {
	let mut world = World::new();
	let key = layout::evidence::policy(CASE, 1);
	// The second institution becomes related: its last byte is the relation.
	let policy = world.state.get_mut(&key).unwrap();
	policy[1 + 33 + 32] = 1;
	alter(&mut world, DOCUMENT_ID, |record| record.counts.confirmed_independent = 0);
	assert_eq!(shown(&world, DOCUMENT_ID, None), Err(Failure::StateMismatch));
	alter(&mut world, DOCUMENT_ID, |record| {
		(record.state, record.decided_at) = (RecordState::Pending, None);
	});
	let report = world.verify(&world.evidence(DOCUMENT_ID, None)).unwrap();
	assert_eq!(codes(&report).0[1], "pending");
}

#[test]
fn a_record_is_rejected_once_its_quorum_cannot_be_reached() {
	let mut world = World::new();
	let reason = Algorithm::Sha256.hash(b"the recording does not fit");
	for position in [1, 2] {
		attest(&mut world.state, DOCUMENT_ID, position, Verdict::Reject { reason });
	}
	alter(&mut world, DOCUMENT_ID, |record| {
		record.counts = winddown_proof::layout::evidence::Counts {
			confirmed: 1,
			confirmed_independent: 0,
			rejected: 2,
			rejected_independent: 2,
		};
		record.state = RecordState::Rejected;
	});
	let report = world.verify(&world.evidence(DOCUMENT_ID, None)).unwrap();
	assert_eq!(codes(&report).0[1..5], ["rejected", "confirmed", "objected", "objected"]);
	// A correction does not hide that a record was rejected.
	alter(&mut world, DOCUMENT_ID, |record| record.superseded_by = Some(13));
	let report = world.verify(&world.evidence(DOCUMENT_ID, None)).unwrap();
	assert!(report.proved[1].en.ends_with("Record 13 corrects it."), "{}", report.proved[1].en);
}

#[test]
fn an_absence_counts_against_a_record_and_is_told_as_what_it_is() {
	let mut world = World::new();
	let reason = Algorithm::Sha256.hash(b"the operator did not have it");
	let key = layout::evidence::attestation(DOCUMENT_ID, &arbiters()[1]);
	world.state.remove(&key);
	for position in [1, 2] {
		attest(&mut world.state, DOCUMENT_ID, position, Verdict::Absent { reason });
	}
	alter(&mut world, DOCUMENT_ID, |record| {
		record.counts = winddown_proof::layout::evidence::Counts {
			confirmed: 1,
			confirmed_independent: 0,
			rejected: 2,
			rejected_independent: 2,
		};
		record.state = RecordState::Rejected;
	});
	let report = world.verify(&world.evidence(DOCUMENT_ID, None)).unwrap();
	assert_eq!(codes(&report).0[1..5], ["rejected", "confirmed", "not_found", "not_found"]);
	let told = &report.proved[1];
	assert!(
		told.en.contains("0 rejected it, and 2 did not get its content in time"),
		"{}",
		told.en
	);
	assert!(told.zh.contains("2家未能按时取得原文"), "{}", told.zh);
	// One of them found it after all, and nothing of its first word is lost.
	let before = Some(Absence { reason, block: 50 });
	let found = Attestation { verdict: Verdict::Confirm, block: 60, before };
	world.state.insert(key, found.encode());
	alter(&mut world, DOCUMENT_ID, |record| {
		record.counts = winddown_proof::layout::evidence::Counts {
			confirmed: 2,
			confirmed_independent: 1,
			rejected: 1,
			rejected_independent: 1,
		};
		record.state = RecordState::Effective;
	});
	let report = world.verify(&world.evidence(DOCUMENT_ID, None)).unwrap();
	assert_eq!(codes(&report).0[1..5], ["effective", "confirmed", "confirmed", "not_found"]);
}

#[test]
fn a_record_that_was_replaced_is_superseded() {
	let mut world = World::new();
	alter(&mut world, DOCUMENT_ID, |record| {
		(record.superseded_by, record.state) = (Some(13), RecordState::Superseded);
	});
	let report = world.verify(&world.evidence(DOCUMENT_ID, None)).unwrap();
	assert_eq!(codes(&report).0[1], "superseded");
}

#[test]
fn a_record_or_a_policy_that_is_not_there_is_refused() {
	let mut world = World::new();
	assert_eq!(shown(&world, 99, None), Err(Failure::Missing { value: Value::Record }));
	world.state.remove(&layout::evidence::policy(CASE, 1));
	assert_eq!(shown(&world, DOCUMENT_ID, None), Err(Failure::Missing { value: Value::Policy }));
}

#[test]
fn the_verdict_of_an_institution_cannot_be_left_out_of_the_proof() {
	let world = World::new();
	let keys = winddown_proof::verify::evidence_keys(DOCUMENT_ID, CASE, 1, &arbiters()[..2]);
	let bundle = world.bundle(Claim::Evidence { id: DOCUMENT_ID }, &keys, None);
	let outcome = world.verify(&bundle);
	// The third institution's silence may already follow from the nodes of the other two.
	match outcome {
		Ok(report) => assert_eq!(Ok(report), world.verify(&world.evidence(DOCUMENT_ID, None))),
		Err(failure) => {
			assert_eq!(failure, Failure::ProofIncomplete { value: Value::Attestation })
		}
	}
}
