//! The lenders of the case: who they are, what they are owed, how they sign.

use pallet_intents::SignedIntent;
use sp_core::{ecdsa, ed25519, sr25519, Pair};
use sp_io::hashing::blake2_256;
use winddown_primitives::{
	signing_payload, Fen, IdentityHash, Intent, LenderIndex, LenderKey, LenderSignature,
};
use winddown_runtime::RuntimeCall;

/// Who disputes: the amount of the first is adjusted, the second has no claim.
pub const DISPUTING: [LenderIndex; 2] = [10, 11];
/// What the adjusted claim amounts to, in fen.
pub const ADJUSTED: Fen = 150_001;
/// Whose key is taken back after the first ballot.
pub const ROBBED: LenderIndex = 8;

/// What a lender is owed by the platform's roll, in fen.
pub fn amount(lender: LenderIndex) -> Fen {
	match lender {
		// Those who never vote are owed little, so that no single ballot decides.
		14.. => Fen::from(lender) * 101,
		_ => 100_000 + Fen::from(lender) * 7_001,
	}
}

/// The row of a lender on the platform's roll; classes 0 and 1 take turns.
pub fn row(lender: LenderIndex) -> pallet_claims::ImportRow {
	let mut identity = blake2_256(&lender.to_le_bytes());
	identity[..4].copy_from_slice(&lender.to_be_bytes());
	let class = (lender % 2) as u8;
	pallet_claims::ImportRow { identity: IdentityHash(identity), amount: amount(lender), class }
}

/// With what amount a ballot of a lender counts, in fen: after the ruling.
pub fn counted(lender: LenderIndex) -> Fen {
	match DISPUTING.iter().position(|disputing| *disputing == lender) {
		Some(0) => ADJUSTED,
		Some(_) => 0,
		None => amount(lender),
	}
}

fn seed(lender: LenderIndex) -> [u8; 32] {
	blake2_256(&[b"lender", &lender.to_le_bytes()[..]].concat())
}

/// The public key of a lender. The three kinds take turns.
pub fn key(lender: LenderIndex) -> LenderKey {
	let seed = &seed(lender);
	match lender % 3 {
		0 => LenderKey::Sr25519(sr25519::Pair::from_seed(seed).public().0),
		1 => LenderKey::Ed25519(ed25519::Pair::from_seed(seed).public().0),
		_ => LenderKey::Ecdsa(ecdsa::Pair::from_seed(seed).public().0),
	}
}

/// The signature of `lender` under an intent, whoever it is of.
pub fn sign(
	genesis: [u8; 32],
	lender: LenderIndex,
	intent: Intent<RuntimeCall>,
) -> SignedIntent<RuntimeCall> {
	let payload = &signing_payload(&genesis, &intent);
	let seed = &seed(lender);
	let signature = match lender % 3 {
		0 => LenderSignature::Sr25519(sr25519::Pair::from_seed(seed).sign(payload).0),
		1 => LenderSignature::Ed25519(ed25519::Pair::from_seed(seed).sign(payload).0),
		_ => LenderSignature::Ecdsa(ecdsa::Pair::from_seed(seed).sign(payload).0),
	};
	SignedIntent { intent, signature }
}
