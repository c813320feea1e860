//! The operator's plaintext: what it keeps against what the chain knows.

use crate::case::Case;
use base64::{engine::general_purpose::STANDARD, Engine};
use pallet_evidence::{Call as Deposit, Event as EvidenceEvent, Records};
use serde_json::{json, Value};
use winddown_primitives::{Digest, EvidenceKind};
use winddown_proof::{digest::Algorithm, record::Record};
use winddown_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use winddown_sdk::{digest::Written, record::line};
use winddown_tests::winddown::{vault::exported, FIRST_BALLOT};
use winddown_verifier::{
	audit::finding::{Code, Place},
	chain::types::StoredRecord,
};

/// The line of the ballot of a row in the first ballot, the last one if it voted twice.
fn ballot(case: &Case, row: u32) -> usize {
	let is_it = |line: &Value| {
		line["kind"] == "ballot" && line["poll"] == FIRST_BALLOT && line["lender"] == row
	};
	case.export.iter().rposition(is_it).expect("a ballot")
}

/// A record of the export.
fn read(line: &Value) -> Record {
	let content = line["content"].as_str().expect("text");
	Record::parse(content.as_bytes()).expect("a record")
}

/// The place of the record of a row's ballot.
fn place(case: &Case, row: u32) -> Place {
	let digest = case.export[ballot(case, row)]["digest"].as_str().expect("text");
	let written: Written = digest.parse().expect("a digest");
	let cast = case.find(|event| {
		matches!(event, RuntimeEvent::Polls(pallet_polls::Event::BallotCast { record, .. })
			if *record == written.0)
	});
	let place = Place::digest(digest).in_poll(FIRST_BALLOT).at_row(row);
	Place { block: Some(cast.block), ..place }
}

#[test]
fn a_changed_choice_is_named() {
	let mut case = Case::good();
	let (at, place) = (ballot(&case, 3), place(&case, 3));
	let Record::Ballot(mut record) = read(&case.export[at]) else { panic!("a ballot") };
	record.choices[0] = vec![1];
	case.export[at]["content"] = line(&Record::Ballot(record)).into();
	case.finds(Code::RecordAltered, place);
}

#[test]
fn a_changed_salt_is_named() {
	let mut case = Case::good();
	let (at, place) = (ballot(&case, 3), place(&case, 3));
	let Record::Ballot(mut record) = read(&case.export[at]) else { panic!("a ballot") };
	record.salt.0[31] ^= 1;
	case.export[at]["content"] = line(&Record::Ballot(record)).into();
	case.finds(Code::RecordAltered, place);
}

#[test]
fn a_dropped_record_is_named_and_the_batch_that_needs_it() {
	let mut case = Case::good();
	let (at, place) = (ballot(&case, 3), place(&case, 3));
	let digest = case.export[at]["digest"].clone();
	let root = batch_with(&case, &digest)["root"].as_str().expect("text").to_string();
	let id = case.record_over(&root);
	case.export.remove(at);
	let leaf = Place { evidence: Some(id), ..Place::digest(digest.as_str().expect("text")) };
	case.finds_all(&[(Code::RecordMissing, place), (Code::RecordMissing, leaf)]);
}

#[test]
fn a_record_of_no_ballot_is_named() {
	let mut case = Case::good();
	let Record::Ballot(mut record) = read(&case.export[ballot(&case, 3)]) else {
		panic!("a ballot")
	};
	record.lender = 13;
	let extra = exported(&Record::Ballot(record));
	let digest = extra["digest"].as_str().expect("text").to_string();
	case.export.push(extra);
	case.finds(Code::RecordExtra, Place::digest(digest));
}

#[test]
fn swapped_digests_of_two_lenders_are_named() {
	let mut case = Case::good();
	let places = [place(&case, 3), place(&case, 4)];
	let (one, other) = (ballot(&case, 3), ballot(&case, 4));
	let digest = case.export[one]["digest"].clone();
	case.export[one]["digest"] = case.export[other]["digest"].clone();
	case.export[other]["digest"] = digest;
	case.finds_all(&places.map(|place| (Code::RecordsSwapped, place)));
}

#[test]
fn a_record_kept_twice_is_named() {
	let mut case = Case::good();
	let place = place(&case, 3);
	case.export.push(case.export[ballot(&case, 3)].clone());
	case.finds(Code::RecordTwice, place);
}

#[test]
fn a_record_with_a_blank_is_named() {
	let mut case = Case::good();
	let at = case.export.iter().position(|line| line["kind"] == "call").expect("a call");
	let digest = case.export[at]["digest"].as_str().expect("text").to_string();
	let content = case.export[at]["content"].as_str().expect("text").replacen(':', ": ", 1);
	case.export[at]["content"] = content.into();
	case.finds(Code::RecordMalformed, Place::digest(digest));
}

#[test]
fn a_wrong_document_is_named() {
	let mut case = Case::good();
	let at = document(&case, "exit notice.txt");
	let digest = case.export[at]["digest"].as_str().expect("text").to_string();
	case.export[at]["content"] = STANDARD.encode("another notice").into();
	case.finds(Code::DocumentAltered, Place::digest(digest));
}

#[test]
fn a_deposited_document_that_is_not_kept_is_named() {
	let mut case = Case::good();
	let at = document(&case, "audit report.txt");
	let digest = case.export[at]["digest"].as_str().expect("text").to_string();
	let id = case.record_over(&digest);
	case.export.remove(at);
	case.finds(Code::DocumentMissing, Place { evidence: Some(id), ..Place::digest(digest) });
}

#[test]
fn a_document_of_nothing_on_chain_is_named() {
	let mut case = Case::good();
	let digest = Algorithm::Sm3.hash(b"a leaflet");
	let mut leaflet = case.export[document(&case, "audit report.txt")].clone();
	leaflet["digest"] = json!(digest);
	leaflet["content"] = STANDARD.encode("a leaflet").into();
	case.export.push(leaflet);
	case.finds(Code::DocumentExtra, Place::digest(digest));
}

#[test]
fn a_batch_of_nothing_on_chain_is_named() {
	let mut case = Case::good();
	let mut batch = case.export.iter().find(|line| line["type"] == "batch").expect("one").clone();
	let root = Algorithm::Sha256.hash(b"another root");
	batch["root"] = json!(root);
	case.export.push(batch);
	case.finds(Code::BatchExtra, Place::digest(root));
}

#[test]
fn records_of_a_batch_in_another_order_are_named() {
	let mut case = Case::good();
	let at = case.export.iter().position(|line| line["type"] == "batch").expect("a batch");
	let root = case.export[at]["root"].as_str().expect("text").to_string();
	let id = case.record_over(&root);
	case.export[at]["records"].as_array_mut().expect("records").swap(0, 1);
	case.finds(Code::BatchRoot, Place { evidence: Some(id), ..Place::digest(root) });
}

#[test]
fn a_batch_that_is_not_kept_is_named_with_its_records() {
	let mut case = Case::good();
	let at = case
		.export
		.iter()
		.position(|line| line["type"] == "batch" && line["kind"] == "call")
		.expect("a batch of calls");
	let batch = case.export.remove(at);
	let root = batch["root"].as_str().expect("text").to_string();
	let missing = Place { evidence: Some(case.record_over(&root)), ..Place::digest(root) };
	let records = batch["records"].as_array().expect("records");
	let unused = records.iter().map(|digest| Place::digest(digest.as_str().expect("text")));
	let unused = unused.map(|place| (Code::RecordExtra, place));
	let expected: Vec<_> = unused.chain([(Code::BatchMissing, missing)]).collect();
	case.finds_all(&expected);
}

#[test]
fn a_root_with_one_leaf_too_many_is_named() {
	let mut case = Case::good();
	let ballots = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::Evidence(EvidenceEvent::Deposited { kind: EvidenceKind::Ballots, .. })
		)
	});
	let mut root = None;
	case.edit_call(ballots, |call| {
		let RuntimeCall::Evidence(Deposit::deposit { content, .. }) = call else {
			panic!("a deposit")
		};
		content.leaves += 1;
	});
	let mut deposited = 0;
	case.edit_event(ballots, |event| {
		let RuntimeEvent::Evidence(EvidenceEvent::Deposited { id, content, .. }) = event else {
			panic!("a deposit")
		};
		content.leaves += 1;
		(deposited, root) = (*id, Some(content.digest));
	});
	case.edit::<StoredRecord>(&Records::<Runtime>::hashed_key_for(deposited), |record| {
		record.content.leaves += 1
	});
	let root = Written(root.expect("a root")).to_string();
	let place = Place { evidence: Some(deposited), ..Place::digest(root) };
	case.finds_all(&[(Code::BatchLeaves, place.clone()), (Code::BatchLeaves, place)]);
}

#[test]
fn a_leaf_passed_off_as_a_node_is_named() {
	// The root is taken as if each record were an inner node of the tree.
	let mut case = Case::good();
	let ballots = case.find(|event| {
		matches!(
			event,
			RuntimeEvent::Evidence(EvidenceEvent::Deposited { kind: EvidenceKind::Ballots, .. })
		)
	});
	let RuntimeEvent::Evidence(EvidenceEvent::Deposited { id, content, .. }) =
		case.events(ballots.block)[ballots.event].event.clone()
	else {
		panic!("a deposit")
	};
	let text = |digest| Written(digest).to_string();
	let root = root_of_nodes(&case.export, &text(content.digest));
	case.put_digest(id, root);
	case.edit_call(ballots, |call| {
		let RuntimeCall::Evidence(Deposit::deposit { content, .. }) = call else {
			panic!("a deposit")
		};
		content.digest = root;
	});
	let batch = case.export.iter_mut().find(|line| line["root"] == text(content.digest));
	batch.expect("the batch")["root"] = text(root).into();
	case.finds(Code::LeafIsNode, Place { evidence: Some(id), ..Place::digest(text(root)) });
}

fn document(case: &Case, name: &str) -> usize {
	case.export.iter().position(|line| line["name"] == name).expect("a document")
}

/// The batch with a record.
fn batch_with<'a>(case: &'a Case, digest: &Value) -> &'a Value {
	let holds =
		|line: &&Value| line["records"].as_array().is_some_and(|records| records.contains(digest));
	case.export.iter().find(holds).expect("a batch")
}

/// The root over a batch whose records are hashed as inner nodes of the tree are.
fn root_of_nodes(export: &[Value], root: &str) -> Digest {
	let batch = export.iter().find(|line| line["root"] == root).expect("the batch");
	let records = batch["records"].as_array().expect("records").iter().map(|digest| {
		let record = export.iter().find(|line| line["digest"] == *digest).expect("the record");
		record["content"].as_str().expect("text").as_bytes()
	});
	let hash = |bytes: &[u8]| sp_crypto_hashing::blake2_256(&[&[1], bytes].concat());
	let mut level: Vec<[u8; 32]> = records.map(hash).collect();
	while level.len() > 1 {
		let pairs = level.chunks(2);
		level =
			pairs.map(|pair| if let [one] = pair { *one } else { hash(&pair.concat()) }).collect();
	}
	Digest::Blake2b256(level[0])
}
