//! What lenders sign. Signing needs no node.

use crate::{
	call::{Call, RawCall},
	keys::Keypair,
	Error,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use subxt::ext::codec::{self, Decode, Encode, Input};
use winddown_primitives::{
	signing_payload, CaseId, Intent, LenderIndex, LenderKey, LenderSignature, Millis, Sequence,
};

/// The most intents of one batch.
pub const MAX_BATCH: usize = 1_024;

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
	/// A number above the last one that this lender used.
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
