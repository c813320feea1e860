use super::*;
use crate::digest::Algorithm;
use alloc::{format, vec};
use proptest::prelude::*;
use serde_json::json;

fn ballot() -> Record {
	Record::Ballot(BallotRecord {
		version: VERSION,
		algorithm: Algorithm::Sm3,
		case: 1,
		salt: Salt([0xab; 32]),
		poll: 2,
		lender: 3,
		choices: vec![vec![0], vec![0, 2], vec![]],
		cast_at: 1_574_000_000_000,
	})
}

#[test]
fn a_record_reads_as_it_was_written() {
	let bytes = ballot().canonical();
	let salt = "ab".repeat(32);
	let expected = format!(
		r#"{{"algorithm":"sm3","case":1,"cast_at":1574000000000,"choices":[[0],[0,2],[]],"kind":"ballot","lender":3,"poll":2,"salt":"{salt}","version":1}}"#
	);
	assert_eq!(bytes, expected.as_bytes());
	assert_eq!(Record::parse(&bytes), Ok(ballot()));
	assert_eq!(ballot().digest(), Algorithm::Sm3.hash(&bytes));
	// The example of docs/records.md.
	let digest = "sm3:0x6a5483d4be3725ea52bf07632daa7359dffc77f4d211c24f1b89951c3ae0471d";
	assert_eq!(ballot().digest().to_string(), digest);
}

#[test]
fn a_record_has_one_form_only() {
	let text = String::from_utf8(ballot().canonical()).unwrap();
	let others = [
		text.replace("\"case\":1", "\"case\": 1"),
		text.replace("\"case\":1,", "").replace("{\"alg", "{\"case\":1,\"alg"),
		text.replace("\"case\":1", "\"case\":1,\"casf\":2"),
		text.replace("\"kind\"", "\"name\":\"Li\",\"kind\""),
		text.replace("abab", "ABAB"),
		text.replace("\"sm3\"", "\"\\u0073m3\""),
		format!("{text} "),
	];
	for other in others {
		assert_ne!(other, text);
		let read = Record::parse(other.as_bytes());
		assert!(
			matches!(read, Err(RecordError::NotCanonical | RecordError::Malformed { .. })),
			"{other}: {read:?}"
		);
	}
	let twice = text.replace("\"case\":1", "\"case\":1,\"case\":1");
	assert!(Record::parse(twice.as_bytes()).is_err());
}

#[test]
fn a_missing_field_a_higher_version_and_a_novel_are_named() {
	let text = String::from_utf8(ballot().canonical()).unwrap();
	let missing = Record::parse(text.replace("\"poll\":2,", "").as_bytes());
	assert_eq!(missing, Err(RecordError::Malformed { reason: "missing field `poll`".into() }));
	let higher = text.replace("\"version\":1", "\"version\":2");
	let read = Record::parse(higher.as_bytes());
	assert_eq!(read, Err(RecordError::OtherVersion { version: 2 }));
	let novel = vec![b' '; LONGEST + 1];
	assert_eq!(Record::parse(&novel), Err(RecordError::TooLong { length: LONGEST + 1 }));
}

#[test]
fn a_batch_is_split_where_it_was_joined() {
	let records = [ballot().canonical(), b"b".to_vec()];
	let content = lines(&records);
	assert_eq!(split(&content), Some(records.iter().map(Vec::as_slice).collect()));
	assert_eq!(split(&content[..content.len() - 1]), None);
}

#[test]
fn marks_ascend_and_name_options_that_exist() {
	let text = String::from_utf8(ballot().canonical()).unwrap();
	for marks in ["[2,0]", "[0,0]", "[32]"] {
		let read = Record::parse(text.replace("[0,2]", marks).as_bytes());
		let reason = "marks of an item ascend and are at most 31".into();
		assert_eq!(read, Err(RecordError::Malformed { reason }), "{marks}");
	}
}

#[test]
fn an_amount_has_one_text() {
	let record = Record::Confirmation(ConfirmationRecord {
		version: VERSION,
		algorithm: Algorithm::Sha256,
		case: 0,
		salt: Salt([1; 32]),
		lender: 4,
		amount: Fen(u128::MAX),
		confirmed_at: GREATEST,
	});
	let text = String::from_utf8(record.canonical()).unwrap();
	assert_eq!(Record::parse(text.as_bytes()), Ok(record));
	let digits = u128::MAX.to_string();
	for (other, expected) in [
		(text.replace(&digits, "+7"), RecordError::NotCanonical),
		(text.replace(&digits, "007"), RecordError::NotCanonical),
		(text.replace("\"case\":0", "\"case\":-0"), RecordError::NotCanonical),
	] {
		let read = Record::parse(other.as_bytes());
		assert!(
			read == Err(expected) || matches!(read, Err(RecordError::Malformed { .. })),
			"{other}"
		);
	}
	let beyond = text.replace(&GREATEST.to_string(), &(GREATEST + 1).to_string());
	assert_eq!(Record::parse(beyond.as_bytes()), Err(RecordError::NotCanonical));
}

/// Records of every kind, as JSON that may be read in any order of its fields.
fn records() -> impl Strategy<Value = Record> {
	let digest = || {
		(0usize..3, any::<[u8; 32]>())
			.prop_map(|(at, bytes)| json!(Digest { algorithm: Algorithm::ALL[at], bytes }))
	};
	let time = || (0..=GREATEST).prop_map(|at| json!(at));
	let fen = || any::<u128>().prop_map(|fen| json!(Fen(fen)));
	let row = || any::<u32>().prop_map(|row| json!(row));
	let text = || any::<String>().prop_map(|text| json!(text));
	let word =
		|words: &'static [&'static str]| prop::sample::select(words).prop_map(|word| json!(word));
	let marks = prop::collection::btree_set(0u8..32, 0..6);
	let choices = prop::collection::vec(marks, 0..8).prop_map(|choices| json!(choices));
	let served = prop::option::of(0..=GREATEST).prop_map(|at| json!(at));
	let flag = || any::<bool>().prop_map(|flag| json!(flag));
	let answers = &["confirmed", "disputed", "unclear"];
	let channels = &["app", "message", "call", "post"];
	let rulings = &["uphold", "adjust", "provisional", "exclude"];
	let amount = prop::option::of(any::<u128>().prop_map(Fen)).prop_map(|fen| json!(fen));
	let body = prop_oneof![
		(row(), row(), choices, time()).prop_map(|(poll, lender, choices, at)| json!({
			"kind": "ballot", "poll": poll, "lender": lender, "choices": choices, "cast_at": at })),
		(row(), fen(), time()).prop_map(|(lender, amount, at)| json!({
			"kind": "confirmation", "lender": lender, "amount": amount, "confirmed_at": at })),
		(row(), fen(), word(answers), digest(), time()).prop_map(
			|(lender, amount, answer, recording, at)| json!({ "kind": "call", "lender": lender,
				"amount": amount, "answer": answer, "recording": recording, "called_at": at })
		),
		(text(), digest(), time()).prop_map(|(title, document, at)| json!({
			"kind": "notice", "title": title, "document": document, "published_at": at })),
		(row(), digest(), word(channels), served).prop_map(|(lender, notice, channel, at)| json!({
			"kind": "service", "lender": lender, "notice": notice, "channel": channel, "served_at": at })),
		(row(), flag(), flag(), digest(), time()).prop_map(
			|(lender, face, certificate, session, at)| json!({ "kind": "identity", "lender": lender,
				"face": face, "certificate": certificate, "session": session, "checked_at": at })
		),
		(row(), word(rulings), amount, digest(), time()).prop_map(
			|(lender, ruling, amount, grounds, at)| json!({ "kind": "adjudication", "lender": lender,
				"ruling": ruling, "amount": amount, "grounds": grounds, "ruled_at": at })
		),
		(row(), digest(), time()).prop_map(|(lender, statement, at)| json!({
			"kind": "candidate", "lender": lender, "statement": statement, "declared_at": at })),
		(text(), digest(), time()).prop_map(|(title, document, at)| json!({
			"kind": "plan", "title": title, "document": document, "proposed_at": at })),
		(row(), digest(), time()).prop_map(|(decision, minutes, at)| json!({
			"kind": "decision", "decision": decision, "minutes": minutes, "decided_at": at })),
		(row(), any::<u8>(), fen(), digest(), time()).prop_map(
			|(lender, instalment, amount, proof, at)| json!({ "kind": "payment", "lender": lender,
				"instalment": instalment, "amount": amount, "proof": proof, "paid_at": at })
		),
		(text(), digest(), time()).prop_map(|(title, document, at)| json!({
			"kind": "other", "title": title, "document": document, "made_at": at })),
	];
	(body, 0usize..3, any::<u32>(), any::<[u8; 32]>()).prop_map(|(mut body, at, case, salt)| {
		body["version"] = json!(VERSION);
		body["algorithm"] = json!(Algorithm::ALL[at]);
		body["case"] = json!(case);
		body["salt"] = json!(Salt(salt));
		serde_json::from_value(body).unwrap()
	})
}

proptest! {
	#[test]
	fn every_record_is_read_as_it_was_written(record in records()) {
		let bytes = record.canonical();
		prop_assert_eq!(Record::parse(&bytes), Ok(record.clone()));
		let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
		prop_assert_eq!(value, serde_json::to_value(&record).unwrap());
		prop_assert!(Record::KINDS.contains(&record.kind()));
	}

	#[test]
	fn a_changed_byte_is_refused_or_changes_the_digest(
		record in records(),
		at in any::<prop::sample::Index>(),
		by in 1u8..,
	) {
		let mut bytes = record.canonical();
		let at = at.index(bytes.len());
		bytes[at] = bytes[at].wrapping_add(by);
		if let Ok(read) = Record::parse(&bytes) {
			prop_assert_ne!(read.digest(), record.digest());
		}
	}

	#[test]
	fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
		prop_assert!(Record::parse(&bytes).is_err());
	}
}
