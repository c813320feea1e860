//! What lenders sign. Signing needs no node.

mod wanted;

pub use wanted::Wanted;

use crate::{
	call::{Call, RawCall},
	keys::Keypair,
	Error,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use subxt::ext::codec::{self, Decode, Encode, Input};
use winddown_primitives::{
	pages::trie_order, signing_payload, CaseId, Intent, LenderIndex, LenderKey, LenderSignature,
	Millis, Sequence,
};

/// The most intents of one batch.
pub const MAX_BATCH: usize = 2_048;

/// An intent with the lender's signature; the call is kept as it was signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIntent {
	/// The intent.
	pub intent: Intent<RawCall>,
	/// The signature.
	pub signature: LenderSignature,
}

/// Who acts, on which chain, and until when it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
	/// The hash of the chain's first block.
	pub genesis: [u8; 32],
	/// The case.
	pub case: CaseId,
	/// The lender's row.
	pub lender: LenderIndex,
	/// A number above the last one that this lender used, and not above `valid_until`.
	pub sequence: Sequence,
	/// The last moment, in milliseconds, at which it may be carried out.
	pub valid_until: Millis,
}

impl SignedIntent {
	/// Signs a call in a lender's name.
	pub fn sign(terms: &Terms, call: &Call, key: &Keypair) -> Self {
		let intent = Intent {
			case: terms.case,
			lender: terms.lender,
			sequence: terms.sequence,
			valid_until: terms.valid_until,
			call: RawCall(call.encoded().to_vec()),
		};
		let signature = key.sign_as_lender(&signing_payload(&terms.genesis, &intent));
		Self { intent, signature }
	}

	/// Sorted by it, the intents of a batch cost the chain least: those whose lenders lie side by side
	/// in its storage follow each other, those of one lender by ascending sequence, as they must.
	pub fn carrying_order(&self) -> impl Ord + use<> {
		let Intent { case, lender, sequence, .. } = self.intent;
		(case, trie_order(lender), sequence)
	}

	/// Whether the signature is that of `key`, for the chain of this genesis.
	pub fn is_signed_by(&self, key: &LenderKey, genesis: &[u8; 32]) -> bool {
		key.verifies(&signing_payload(genesis, &self.intent), &self.signature)
	}
}

/// Like the chain's: intent, then signature.
impl Encode for SignedIntent {
	fn encode_to<O: codec::Output + ?Sized>(&self, out: &mut O) {
		self.intent.encode_to(out);
		self.signature.encode_to(out);
	}
}

/// The end of a call is not known without the runtime's types, so it is never read from a chain.
impl Decode for SignedIntent {
	fn decode<I: Input>(_: &mut I) -> Result<Self, codec::Error> {
		Err("signed intents are sent to a chain, not read from it".into())
	}
}

/// An intent in a file: one line of JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WrittenIntent {
	/// What it does, for people to read.
	#[serde(default)]
	pub action: String,
	/// The case.
	pub case: CaseId,
	/// The lender's row.
	pub lender: LenderIndex,
	/// Its sequence.
	pub sequence: Sequence,
	/// Until when it holds, in milliseconds.
	pub valid_until: Millis,
	/// The call in SCALE, hexadecimal.
	pub call: String,
	/// The signature in SCALE, hexadecimal.
	pub signature: String,
}

impl WrittenIntent {
	/// Writes an intent.
	pub fn new(action: impl fmt::Display, signed: &SignedIntent) -> Self {
		let Intent { case, lender, sequence, valid_until, call } = &signed.intent;
		Self {
			action: action.to_string(),
			case: *case,
			lender: *lender,
			sequence: *sequence,
			valid_until: *valid_until,
			call: format!("0x{}", hex::encode(&call.0)),
			signature: format!("0x{}", hex::encode(signed.signature.encode())),
		}
	}

	/// Writes an intent with what its call says.
	pub fn of(signed: &SignedIntent) -> Result<Self, Error> {
		Ok(Self::new(Wanted::try_from(signed)?, signed))
	}

	/// Reads it back.
	pub fn read(&self) -> Result<SignedIntent, Error> {
		let bytes = |text: &str| {
			hex::decode(text.trim_start_matches("0x"))
				.map_err(|_| Error::BadInput("the intent holds a bad hexadecimal number".into()))
		};
		let signature = LenderSignature::decode(&mut bytes(&self.signature)?.as_slice())
			.map_err(|_| Error::BadInput("the intent's signature is malformed".into()))?;
		Ok(SignedIntent {
			intent: Intent {
				case: self.case,
				lender: self.lender,
				sequence: self.sequence,
				valid_until: self.valid_until,
				call: RawCall(bytes(&self.call)?),
			},
			signature,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		calls::{cast_ballot, confirm_claim},
		keys::Scheme,
	};
	use winddown_primitives::{Choice, Digest};

	fn terms() -> Terms {
		Terms { genesis: [7; 32], case: 1, lender: 2, sequence: 3, valid_until: 4 }
	}

	#[test]
	fn an_intent_signed_offline_is_bound_to_chain_case_row_and_call() {
		for scheme in [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa] {
			let key = Keypair::from_suri(scheme, "//Lender").unwrap();
			let public = key.lender_key();
			let signed = SignedIntent::sign(&terms(), &confirm_claim(5), &key);
			assert!(signed.is_signed_by(&public, &[7; 32]));
			assert!(!signed.is_signed_by(&public, &[8; 32]), "another chain");
			let mut forged = signed.clone();
			forged.intent.lender += 1;
			assert!(!forged.is_signed_by(&public, &[7; 32]), "another row");
			let mut forged = signed;
			forged.intent.call = RawCall(confirm_claim(6).encoded().to_vec());
			assert!(!forged.is_signed_by(&public, &[7; 32]), "another amount");
		}
	}

	#[test]
	fn a_call_is_encoded_as_the_runtime_decodes_it() {
		// Pallet 32, call 2, then the amount in 16 bytes.
		let confirm = confirm_claim(0x0102);
		assert_eq!((confirm.pallet(), confirm.name()), ("Claims", "confirm"));
		assert_eq!(confirm.encoded()[..4], [32, 2, 2, 1]);
		assert_eq!(confirm.encoded().len(), 2 + 16);
		// Pallet 34, call 1, poll, open ballot of two choices, digest with its algorithm.
		let digest = Digest::Sha256([9; 32]);
		let cast = cast_ballot(1, &[Choice::FOR, Choice::ABSTAIN], digest).unwrap();
		let mut expected = vec![34, 1, 1, 0, 0, 0, 0, 8, 1, 0, 0, 0, 0, 0, 0, 0, 1];
		expected.extend([9; 32]);
		assert_eq!(cast.encoded(), expected);
		assert_eq!(cast_ballot(1, &[Choice::FOR; 9], digest), None);
	}

	#[test]
	fn an_intent_survives_its_file() {
		let key = Keypair::from_suri(Scheme::Ecdsa, "//Lender").unwrap();
		let signed = SignedIntent::sign(&terms(), &confirm_claim(5), &key);
		let written = WrittenIntent::new("confirm 0.05", &signed);
		let line = serde_json::to_string(&written).unwrap();
		let read: WrittenIntent = serde_json::from_str(&line).unwrap();
		assert_eq!(read.read().unwrap(), signed);
		let bad = WrittenIntent { signature: "0x09".into(), ..written };
		assert!(bad.read().is_err());
	}
}
