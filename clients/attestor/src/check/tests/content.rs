use super::*;
use proptest::prelude::*;
use winddown_proof::layout::evidence::OF_CHAIN;

fn wrong(reason: Reason) -> Result<Plaintext, Refused> {
	Err(Refused::Wrong(reason))
}

#[test]
fn a_document_with_its_digest_and_size_is_good() {
	let deposit = deposit_of(b"notice");
	assert_eq!(super::super::content(&deposit, Form::Document, b"notice"), Ok(Plaintext::Document));
}

#[test]
fn another_document_says_nothing_about_the_deposit() {
	let found = ALGORITHM.hash(b"another");
	let deposit = deposit_of(b"notice");
	assert_eq!(
		super::super::content(&deposit, Form::Document, b"another"),
		Err(Refused::Mismatch(Mismatch::Digest { found }))
	);
}

#[test]
fn a_document_of_another_size_or_with_leaves_is_wrong_for_good() {
	let mut deposit = deposit_of(b"notice");
	deposit.record.content.size = 7;
	assert_eq!(
		super::super::content(&deposit, Form::Document, b"notice"),
		wrong(Reason::WrongSize { stated: 7, found: 6 })
	);
	let mut deposit = deposit_of(b"notice");
	deposit.record.content.leaves = 2;
	assert_eq!(
		super::super::content(&deposit, Form::Document, b"notice"),
		wrong(Reason::WrongLeaves { stated: 2, found: 1 })
	);
}

#[test]
fn only_the_chain_deposits_values_of_the_chain() {
	let mut deposit = deposit_of(b"notice");
	assert_eq!(form(&deposit), Ok(Form::Document));
	for encoding in [OF_CHAIN, 3, u16::MAX] {
		deposit.record.content.encoding = encoding;
		assert_eq!(form(&deposit), Err(Reason::UnknownEncoding { encoding }));
	}
	deposit.record.producer = None;
	deposit.record.content.encoding = OF_CHAIN;
	assert_eq!(form(&deposit), Ok(Form::OfChain));
	deposit.record.content.encoding = BATCH;
	assert_eq!(form(&deposit), Err(Reason::UnknownEncoding { encoding: BATCH }));
}

#[test]
fn a_batch_is_read_record_by_record() {
	let records = [call(0, 5), call(1, 6)];
	let lines: Vec<_> = records.iter().map(record::Record::canonical).collect();
	let (deposit, bytes) = batch_of(Kind::ConfirmationCall, &lines);
	let Ok(Plaintext::Batch(batch)) = super::super::content(&deposit, Form::Batch, &bytes) else {
		panic!("a good batch")
	};
	let expected = records.map(|record| Line { digest: record.digest(), record });
	assert_eq!(batch.lines, expected);
}

#[test]
fn a_batch_with_a_line_more_less_or_moved_has_another_root() {
	let lines: Vec<_> = [call(0, 5), call(1, 6)].iter().map(record::Record::canonical).collect();
	let (deposit, bytes) = batch_of(Kind::ConfirmationCall, &lines);
	let moved = [lines[1].clone(), lines[0].clone()];
	for other in [&lines[..1], &[lines.clone(), lines.clone()].concat(), &moved] {
		let found = Tree::new(ALGORITHM, other).root();
		assert_eq!(
			super::super::content(&deposit, Form::Batch, &record::lines(other)),
			Err(Refused::Mismatch(Mismatch::Digest { found }))
		);
	}
	let cut = &bytes[..bytes.len() - 2];
	assert!(matches!(
		super::super::content(&deposit, Form::Batch, cut),
		Err(Refused::Mismatch(Mismatch::Digest { .. }))
	));
}

#[test]
fn a_batch_is_the_same_whatever_ends_its_lines_on_the_way() {
	let lines: Vec<_> = [call(0, 5), call(1, 6)].iter().map(record::Record::canonical).collect();
	let (deposit, bytes) = batch_of(Kind::ConfirmationCall, &lines);
	let right = super::super::content(&deposit, Form::Batch, &bytes);
	let text = String::from_utf8(bytes).unwrap();
	for changed in [
		text.trim_end().to_string(),
		format!("{text}\n"),
		text.replace('\n', "\r\n"),
		format!("\u{feff}{text}"),
	] {
		assert_eq!(super::super::content(&deposit, Form::Batch, changed.as_bytes()), right);
	}
	assert!(matches!(right, Ok(Plaintext::Batch(_))));
}

#[test]
fn a_document_with_other_line_ends_is_told_from_another_document() {
	let deposit = deposit_of(b"one\ntwo\n");
	let slips = record::Slips { ends: true, ..Default::default() };
	assert_eq!(
		super::super::content(&deposit, Form::Document, b"one\r\ntwo\r\n"),
		Err(Refused::Mismatch(Mismatch::Slips { slips }))
	);
}

#[test]
fn a_batch_with_another_number_of_leaves_or_bytes_on_chain_is_wrong() {
	let (good, bytes) = batch_of(Kind::ConfirmationCall, &[call(0, 5).canonical()]);
	let mut deposit = good.clone();
	deposit.record.content.leaves = 2;
	assert_eq!(
		super::super::content(&deposit, Form::Batch, &bytes),
		wrong(Reason::WrongLeaves { stated: 2, found: 1 })
	);
	let (mut deposit, found) = (good, bytes.len() as u64);
	deposit.record.content.size = found + 1;
	assert_eq!(
		super::super::content(&deposit, Form::Batch, &bytes),
		wrong(Reason::WrongSize { stated: found + 1, found })
	);
}

#[test]
fn a_line_that_is_no_record_is_named() {
	let good = call(0, 5).canonical();
	let spaced = [b" ", good.as_slice()].concat();
	let (deposit, bytes) = batch_of(Kind::ConfirmationCall, &[good, spaced]);
	let Err(Refused::Wrong(Reason::NoRecord { position: 1, why })) =
		super::super::content(&deposit, Form::Batch, &bytes)
	else {
		panic!("a blank is not canonical")
	};
	assert!(why.contains("canonical form"), "{why}");
}

#[test]
fn a_record_of_another_case_or_kind_is_named() {
	let mut other = ballot(0, &[&[0]]);
	other.case = 4;
	let facts = facts(9);
	assert_eq!(
		verdict(Kind::Ballots, &[record::Record::Ballot(other)], &facts),
		Verdict::Reject(Reason::OtherCase { position: 0, case: 4 })
	);
	assert_eq!(
		verdict(Kind::Identity, &[call(0, 5)], &facts),
		Verdict::Reject(Reason::WrongKind { position: 0, kind: "call" })
	);
	let ballot = record::Record::Ballot(ballot(0, &[&[0]]));
	assert_eq!(
		verdict(Kind::Payment, &[payment(0, 0, 5), ballot], &facts),
		Verdict::Reject(Reason::WrongKind { position: 1, kind: "ballot" })
	);
}

proptest! {
	#[test]
	fn no_other_bytes_pass_for_a_batch(at in any::<prop::sample::Index>(), bit in 0..8u8, cut in any::<bool>()) {
		let lines: Vec<_> = [call(0, 5), call(1, 6)].iter().map(record::Record::canonical).collect();
		let (deposit, mut bytes) = batch_of(Kind::ConfirmationCall, &lines);
		// The end of the last line is not digested.
		let at = at.index(bytes.len() - 1);
		match cut {
			true => bytes.truncate(at),
			false => bytes[at] ^= 1 << bit,
		}
		let found = super::super::content(&deposit, Form::Batch, &bytes);
		prop_assert!(matches!(found, Err(Refused::Mismatch(_))), "{found:?}");
	}
}
