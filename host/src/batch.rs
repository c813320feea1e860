//! Schnorr signatures verified by one equation.

use crate::SignedMessage;
use codec::Encode;
use rand_chacha::{rand_core::SeedableRng, ChaCha20Rng};
use rayon::prelude::*;
use schnorrkel::{signing_context, verify_batch_rng, PublicKey, Signature};
use sp_io::hashing::blake2_256;

/// The context of every sr25519 signature in Substrate.
const CONTEXT: &[u8] = b"substrate";

/// For each run whether every signature in it is valid.
pub fn valid_runs(runs: &[Vec<SignedMessage>]) -> Vec<bool> {
	runs.par_iter().map(|run| all_valid(run)).collect()
}

/// Whether every signature of a run is valid.
///
/// The equations of all signatures are added up, each times a factor. The factors come from a hash of
/// the whole run: who could know them before the last byte of the last signature stands could choose
/// errors that cancel out. Schnorrkel's own deterministic factors leave half of each signature out.
/// Ristretto has prime order and one encoding for each point: what passes alone passes together.
fn all_valid(run: &[SignedMessage]) -> bool {
	let read = |signed: &SignedMessage| {
		let key = PublicKey::from_bytes(&signed.key).ok()?;
		let signature = Signature::from_bytes(&signed.signature).ok()?;
		Some((key, signature))
	};
	let Some((keys, signatures)) = run.iter().map(read).collect::<Option<(Vec<_>, Vec<_>)>>()
	else {
		return false;
	};
	let context = signing_context(CONTEXT);
	let messages = run.iter().map(|signed| context.bytes(&signed.message));
	let factors = ChaCha20Rng::from_seed(blake2_256(&run.encode()));
	verify_batch_rng(messages, &signatures, &keys, false, factors).is_ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use curve25519_dalek::Scalar;
	use proptest::prelude::*;
	use schnorrkel::PreparedBatch;
	use sp_core::{sr25519, Pair};

	fn signed(number: u32) -> SignedMessage {
		let pair = sr25519::Pair::from_string(&format!("//{number}"), None).unwrap();
		let message = format!("ballot {number}").into_bytes();
		let signature = pair.sign(&message).0;
		SignedMessage { key: pair.public().0, signature, message }
	}

	fn each_valid(signed: &[SignedMessage]) -> bool {
		signed.iter().all(|signed| {
			let signature = sr25519::Signature::from_raw(signed.signature);
			let key = sr25519::Public::from_raw(signed.key);
			sr25519::Pair::verify(&signature, &signed.message, &key)
		})
	}

	#[test]
	fn good_signatures_are_valid_together_whatever_their_number() {
		for count in [0, 1, 2, 127, 128, 129] {
			let all: Vec<_> = (0..count).map(signed).collect();
			assert!(all_valid(&all), "{count}");
		}
	}

	#[test]
	fn one_bad_signature_among_many_spoils_all() {
		let good: Vec<_> = (0..128).map(signed).collect();
		for at in [0, 64, 127] {
			let mut bad = good.clone();
			bad[at].message.push(0);
			assert!(!all_valid(&bad), "another message at {at}");
			let mut bad = good.clone();
			bad[at].signature[0] ^= 1;
			assert!(!all_valid(&bad), "another point at {at}");
			let mut bad = good.clone();
			bad[at].signature[32] ^= 1;
			assert!(!all_valid(&bad), "another scalar at {at}");
			let mut bad = good.clone();
			bad[at].key = good[(at + 1) % 128].key;
			assert!(!all_valid(&bad), "another key at {at}");
		}
	}

	#[test]
	fn each_run_is_judged_alone_and_in_its_place() {
		let mut runs: Vec<Vec<_>> =
			(0..40).map(|run| (0..run % 5).map(|at| signed(run * 5 + at)).collect()).collect();
		assert_eq!(valid_runs(&runs), [true; 40]);
		runs[3][2].message.clear();
		runs[24][0].message.clear();
		let expected: Vec<_> = (0..40).map(|run| ![3, 24].contains(&run)).collect();
		assert_eq!(valid_runs(&runs), expected);
		assert_eq!(valid_runs(&[]), [false; 0]);
	}

	#[test]
	fn swapped_signatures_do_not_make_up_for_each_other() {
		let mut all: Vec<_> = (0..4).map(signed).collect();
		let first = all[0].signature;
		all[0].signature = all[1].signature;
		all[1].signature = first;
		assert!(!all_valid(&all));
	}

	/// The factors that schnorrkel takes when the randomness is all zeros, as
	/// `verify_batch_deterministic` has it. They depend on keys, messages and first halves alone.
	fn factors_of_zeros(all: &[SignedMessage; 2]) -> [Scalar; 2] {
		[0, 1].map(|at| {
			// The second half is 1 in one signature and 0 in the other: their weighted sum is a factor.
			let signatures = [0, 1].map(|other| {
				let mut bytes = all[other].signature;
				bytes[32..].fill(0);
				bytes[32] = u8::from(at == other);
				bytes[63] |= 128;
				Signature::from_bytes(&bytes).unwrap()
			});
			let keys = all.clone().map(|signed| PublicKey::from_bytes(&signed.key).unwrap());
			let context = signing_context(CONTEXT);
			let messages = all.iter().map(|signed| context.bytes(&signed.message));
			let prepared = PreparedBatch::new::<_, _, ()>(messages, &signatures, &keys);
			let mut bytes = vec![0; prepared.byte_len()];
			prepared.write_bytes(&mut bytes);
			bytes[31] &= 127;
			Scalar::from_bytes_mod_order(bytes[..32].try_into().unwrap())
		})
	}

	fn second_half(signed: &SignedMessage) -> Scalar {
		let mut bytes: [u8; 32] = signed.signature[32..].try_into().unwrap();
		bytes[31] &= 127;
		Scalar::from_bytes_mod_order(bytes)
	}

	fn with_second_half(mut signed: SignedMessage, half: Scalar) -> SignedMessage {
		signed.signature[32..].copy_from_slice(half.as_bytes());
		signed.signature[63] |= 128;
		signed
	}

	#[test]
	fn errors_chosen_to_cancel_out_are_noticed() {
		let [first, second] = [signed(1), signed(2)];
		let [z1, z2] = factors_of_zeros(&[first.clone(), second.clone()]);
		let [s1, s2] = [second_half(&first), second_half(&second)];
		let forged = [with_second_half(first, s1 + z2), with_second_half(second, s2 - z1)];
		assert!(!each_valid(&forged[..1]) && !each_valid(&forged[1..]), "neither is a signature");
		assert!(
			passes_with_factors_of_zeros(&forged),
			"the errors cancel out where factors are known"
		);
		assert!(!all_valid(&forged));
	}

	fn passes_with_factors_of_zeros(run: &[SignedMessage]) -> bool {
		let signatures: Vec<_> =
			run.iter().map(|signed| Signature::from_bytes(&signed.signature).unwrap()).collect();
		let keys: Vec<_> =
			run.iter().map(|signed| PublicKey::from_bytes(&signed.key).unwrap()).collect();
		let context = signing_context(CONTEXT);
		let messages = run.iter().map(|signed| context.bytes(&signed.message));
		schnorrkel::verify_batch_deterministic(messages, &signatures, &keys, false).is_ok()
	}

	proptest! {
		#[test]
		fn together_they_are_valid_exactly_when_each_is(
			numbers in prop::collection::vec(0u32..20, 0..12),
			flips in prop::collection::vec((any::<prop::sample::Index>(), 0usize..104, 0u8..8), 0..4),
		) {
			let mut all: Vec<_> = numbers.into_iter().map(signed).collect();
			for (at, byte, bit) in flips {
				if all.is_empty() {
					break;
				}
				let index = at.index(all.len());
				let SignedMessage { key, signature, message } = &mut all[index];
				let bytes = key.iter_mut().chain(signature).chain(message);
				if let Some(byte) = bytes.into_iter().nth(byte) {
					*byte ^= 1 << bit;
				}
			}
			prop_assert_eq!(all_valid(&all), each_valid(&all));
		}
	}
}
