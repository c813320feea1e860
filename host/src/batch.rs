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
/// The equations of all signatures are added up, each times a factor of [`factors`].
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
	verify_batch_rng(messages, &signatures, &keys, false, factors(run)).is_ok()
}

/// Where the factors of a run come from: a hash of all its bytes, so that nobody knows them before the
/// last byte of the last signature stands.
fn factors(run: &[SignedMessage]) -> ChaCha20Rng {
	ChaCha20Rng::from_seed(blake2_256(&run.encode()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use rand_chacha::rand_core::RngCore;
	use sp_core::{sr25519, Pair};
	use std::collections::BTreeSet;

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

	/// Every byte of a message, for reading and changing.
	fn bytes(signed: &mut SignedMessage) -> impl Iterator<Item = &mut u8> {
		let SignedMessage { key, signature, message } = signed;
		key.iter_mut().chain(signature).chain(message)
	}

	fn first_factor(run: &[SignedMessage]) -> u128 {
		let mut factors = factors(run);
		u128::from(factors.next_u64()) << 64 | u128::from(factors.next_u64())
	}

	#[test]
	fn each_byte_of_each_signature_key_and_message_changes_the_factors() {
		let run: Vec<_> = (0..4).map(signed).collect();
		let mut seen = BTreeSet::from([first_factor(&run)]);
		for at in 0..run.len() {
			for place in 0..bytes(&mut run[at].clone()).count() {
				let mut changed = run.clone();
				*bytes(&mut changed[at]).nth(place).unwrap() ^= 1;
				assert!(seen.insert(first_factor(&changed)), "byte {place} of {at}");
			}
		}
	}

	#[test]
	fn the_factors_of_one_run_are_the_same_each_time_and_follow_its_order() {
		let mut run: Vec<_> = (0..4).map(signed).collect();
		assert_eq!(first_factor(&run), first_factor(&run.clone()));
		let before = first_factor(&run);
		run.swap(1, 2);
		assert_ne!(first_factor(&run), before);
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
				if let Some(byte) = bytes(&mut all[index]).nth(byte) {
					*byte ^= 1 << bit;
				}
			}
			prop_assert_eq!(all_valid(&all), each_valid(&all));
		}
	}
}
