//! The answers that a page reads.

use serde_json::{json, Value};
use winddown_proof::{digest::Algorithm, receipt, Anchor, Hash};

fn answer(json: Vec<u8>) -> Value {
	serde_json::from_slice(&json).unwrap()
}

#[test]
fn a_file_that_is_no_bundle_is_answered_with_code_and_words() {
	let anchor = Anchor::Genesis { hash: Hash([1; 32]) };
	let expected = json!({"failure": {
		"code": "not_a_bundle",
		"en": "This is not an evidence bundle.",
		"zh": "该文件不是存证证明包。",
	}});
	assert_eq!(answer(winddown_proof_wasm::verify(b"%PDF", &anchor)), expected);
}

#[test]
fn a_receipt_code_is_answered_with_the_ballot_that_it_names() {
	let record = Algorithm::Sm3.hash(b"record");
	let code = receipt::code(&Hash([0xab; 32]), 3, 66, &record);
	let expected = json!({"receipt": {
		"code": code,
		"genesis": [0xab, 0xab, 0xab, 0xab],
		"poll": 3,
		"lender": 66,
		"record": record.bytes[..8],
	}});
	assert_eq!(answer(winddown_proof_wasm::receipt(code.to_lowercase().as_bytes())), expected);
}

#[test]
fn a_mistyped_code_and_bytes_that_are_no_text_are_no_receipt() {
	for wrong in [&b"WD1-0000"[..], &[0xff, 0xfe]] {
		let failure = &answer(winddown_proof_wasm::receipt(wrong))["failure"];
		assert_eq!(failure["code"], "not_a_receipt");
	}
}

#[test]
fn a_file_tells_at_which_block_it_begins() {
	let file = |name: &str| std::fs::read(format!("../cli/tests/data/{name}")).unwrap();
	let expected = json!({"origin": {
		"number": 0,
		"hash": "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648",
	}});
	assert_eq!(answer(winddown_proof_wasm::origin(&file("ballot.wdproof"))), expected);
	let later = answer(winddown_proof_wasm::origin(&file("checkpoint.wdproof")));
	let hash = "0x113285e7f893fcd998cd728f5f8c1f75f6f895939241bc38331edd947d544dad";
	assert_eq!(later["origin"]["hash"], hash);
	assert_ne!(later["origin"]["number"], 0);
	assert_eq!(answer(winddown_proof_wasm::origin(b"%PDF"))["failure"]["code"], "not_a_bundle");
}
