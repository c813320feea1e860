use alloc::{string::ToString, vec::Vec};
use serde::Serialize;
use winddown_proof::{
	receipt::{Receipt, ReceiptError},
	Anchor, Bundle, Failure, Hash, Report,
};

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer<'a> {
	Report(&'a Report),
	Origin {
		number: u32,
		hash: Hash,
	},
	Receipt {
		code: Receipt,
		genesis: [u8; 4],
		poll: u32,
		lender: u32,
		record: [u8; 8],
	},
	Failure(&'a Failure),
	#[serde(rename = "failure")]
	NoReceipt {
		code: &'static str,
		en: &'a str,
		zh: &'a str,
	},
}

/// The answer to a bundle; trust as for [`winddown_proof::verify()`].
pub fn verify(bundle: &[u8], anchor: &Anchor) -> Vec<u8> {
	match winddown_proof::verify(bundle, anchor) {
		Ok(report) => json(&Answer::Report(&report)),
		Err(failure) => json(&Answer::Failure(&failure)),
	}
}

/// The answer to a bundle of which only the beginning is asked. It proves nothing.
pub fn origin(bundle: &[u8]) -> Vec<u8> {
	match Bundle::from_bytes(bundle) {
		Ok(bundle) => {
			let header = &bundle.origin.header;
			json(&Answer::Origin { number: header.number, hash: header.hash() })
		}
		Err(failure) => json(&Answer::Failure(&failure)),
	}
}

/// The answer to a receipt code. It proves nothing: it says which ballot to look at.
pub fn receipt(code: &[u8]) -> Vec<u8> {
	let read = core::str::from_utf8(code).map_err(|_| ReceiptError::Prefix);
	match read.and_then(|text| text.parse::<Receipt>()) {
		Ok(code) => {
			let Receipt { genesis, poll, lender, record } = code;
			json(&Answer::Receipt { code, genesis, poll, lender, record })
		}
		Err(error) => json(&Answer::NoReceipt {
			code: "not_a_receipt",
			en: &error.to_string(),
			zh: "这不是有效的回执编号，请核对是否输错字符。",
		}),
	}
}

fn json(answer: &Answer) -> Vec<u8> {
	// Writing plain structures to memory does not fail.
	serde_json::to_vec(answer).unwrap_or_default()
}
