//! How an institution shows the operator's endpoint who it is: every request carries a signature of
//! its own, so that no password or session exists that could be stolen.
//!
//! The header `authorization` reads `Winddown <account> <unix ms> <signature hex>`. The signature is
//! over `"winddown/records/v1" ‖ genesis hash ‖ method ‖ " " ‖ path ‖ " " ‖ unix ms in decimal`, by
//! the key of the account, of any scheme that the chain takes. It holds for a minute before and
//! after its time, for one request.

use sp_core::{ecdsa, ed25519, sr25519, Pair};
use std::time::{SystemTime, UNIX_EPOCH};
use winddown_proof::digest::{Algorithm, Digest};
use winddown_sdk::{
	keys::Keypair,
	primitives::{LenderSignature, Millis},
	AccountId32,
};

/// The word before the account.
pub const SCHEME: &str = "Winddown";

/// How far the clocks of both sides may be apart, in milliseconds.
pub const TOLERANCE: Millis = 60_000;

/// What a signature is bound to, first of all.
const CONTEXT: &[u8] = b"winddown/records/v1";

/// A request, as it is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Request<'a> {
	/// The hash of the chain's first block.
	pub genesis: [u8; 32],
	/// The HTTP method, in capitals.
	pub method: &'a str,
	/// The path with its leading slash, as it stands in the request.
	pub path: &'a str,
}

/// Who asked, by a signature that is in order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
	/// The account.
	pub account: AccountId32,
	/// When it signed, in milliseconds since 1970.
	pub at: Millis,
}

/// Why an authorisation does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AccessError {
	/// It is not of the documented form.
	#[error("the authorization header reads: Winddown <account> <unix ms> <signature hex>")]
	Malformed,
	/// It is older or newer than [`TOLERANCE`].
	#[error("the authorisation was signed {seconds} seconds away from this clock; 60 are allowed")]
	OutOfTime {
		/// How far, in seconds.
		seconds: u64,
	},
	/// It is not the account's signature over this request.
	#[error("the signature is not the account's over this chain, method, path and time")]
	BadSignature,
}

/// The value of the `authorization` header for a request at `now`, in milliseconds since 1970.
pub fn sign(key: &Keypair, request: &Request<'_>, now: Millis) -> String {
	let signature = match key.sign_as_lender(&payload(request, now)) {
		LenderSignature::Sr25519(bytes) | LenderSignature::Ed25519(bytes) => hex::encode(bytes),
		LenderSignature::Ecdsa(bytes) => hex::encode(bytes),
	};
	format!("{SCHEME} {} {now} {signature}", key.account())
}

/// Who signed a request, by its `authorization` header. It says nothing about what the account may do.
pub fn check(header: &str, request: &Request<'_>, now: Millis) -> Result<Signed, AccessError> {
	let parts: Vec<&str> = header.split(' ').collect();
	let [SCHEME, account, at, signature] = parts[..] else { return Err(AccessError::Malformed) };
	let malformed = AccessError::Malformed;
	let account: AccountId32 = account.parse().map_err(|_| malformed)?;
	let stated: Millis = at.parse().map_err(|_| malformed)?;
	if stated.to_string() != at {
		return Err(malformed);
	}
	let digits = signature.strip_prefix("0x").unwrap_or(signature);
	let signature = hex::decode(digits).map_err(|_| malformed)?;
	let apart = now.abs_diff(stated);
	if apart > TOLERANCE {
		return Err(AccessError::OutOfTime { seconds: apart / 1_000 });
	}
	match is_signed(&account, &payload(request, stated), &signature) {
		true => Ok(Signed { account, at: stated }),
		false => Err(AccessError::BadSignature),
	}
}

/// This machine's clock, in milliseconds since 1970.
pub fn now() -> Millis {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	since.as_millis().try_into().unwrap_or(Millis::MAX)
}

/// The path under which the endpoint has the document or the batch with this digest.
pub fn content_path(digest: &Digest) -> String {
	format!("/v1/content/{}/{}", digest.algorithm.name(), hex::encode(digest.bytes))
}

/// The path under which the endpoint has the record with this digest.
pub fn record_path(digest: &Digest) -> String {
	format!("/v1/records/{digest}")
}

fn payload(request: &Request<'_>, at: Millis) -> Vec<u8> {
	let Request { genesis, method, path } = request;
	[CONTEXT, genesis, format!("{method} {path} {at}").as_bytes()].concat()
}

/// An account of the chain is a key of Sr25519 or Ed25519, or the digest of one of ECDSA.
fn is_signed(account: &AccountId32, payload: &[u8], signature: &[u8]) -> bool {
	if let Ok(bytes) = <[u8; 64]>::try_from(signature) {
		let sr25519 = sr25519::Signature::from_raw(bytes);
		let ed25519 = ed25519::Signature::from_raw(bytes);
		return sr25519::Pair::verify(&sr25519, payload, &sr25519::Public::from_raw(account.0))
			|| ed25519::Pair::verify(&ed25519, payload, &ed25519::Public::from_raw(account.0));
	}
	let Ok(bytes) = <[u8; 65]>::try_from(signature) else { return false };
	let signer = ecdsa::Signature::from_raw(bytes).recover(payload);
	signer.is_some_and(|key| Algorithm::Blake2b256.hash(&key.0).bytes == account.0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::keys::Scheme;

	const NOW: Millis = 1_574_000_000_000;
	const REQUEST: Request<'_> =
		Request { genesis: [7; 32], method: "GET", path: "/v1/content/sm3/00" };

	fn key() -> Keypair {
		Keypair::from_suri(Scheme::Sr25519, "//ArbiterOne").unwrap()
	}

	#[test]
	fn a_key_of_each_scheme_is_known_by_its_account() {
		for scheme in [Scheme::Sr25519, Scheme::Ed25519, Scheme::Ecdsa] {
			let key = Keypair::from_suri(scheme, "//ArbiterOne").unwrap();
			let header = sign(&key, &REQUEST, NOW);
			let expected = Signed { account: key.account(), at: NOW };
			assert_eq!(check(&header, &REQUEST, NOW), Ok(expected), "{scheme:?}");
		}
	}

	#[test]
	fn the_signature_is_over_what_the_agreement_says() {
		let header = sign(&key(), &REQUEST, NOW);
		let signature = hex::decode(header.split(' ').nth(3).unwrap()).unwrap();
		let signature = sr25519::Signature::try_from(&signature[..]).unwrap();
		let mut message = b"winddown/records/v1".to_vec();
		message.extend([7; 32]);
		message.extend(b"GET /v1/content/sm3/00 1574000000000");
		let public = sr25519::Public::from_raw(key().account().0);
		assert!(sr25519::Pair::verify(&signature, message, &public));
	}

	#[test]
	fn a_signature_holds_for_one_chain_method_and_path() {
		let header = sign(&key(), &REQUEST, NOW);
		for other in [
			Request { genesis: [8; 32], ..REQUEST },
			Request { method: "HEAD", ..REQUEST },
			Request { path: "/v1/content/sm3/01", ..REQUEST },
		] {
			assert_eq!(check(&header, &other, NOW), Err(AccessError::BadSignature), "{other:?}");
		}
	}

	#[test]
	fn a_signature_holds_for_a_minute_and_its_time_cannot_be_moved() {
		let header = sign(&key(), &REQUEST, NOW);
		for now in [NOW - TOLERANCE, NOW + TOLERANCE] {
			assert!(check(&header, &REQUEST, now).is_ok());
		}
		for now in [NOW - TOLERANCE - 1, NOW + TOLERANCE + 1] {
			let expected = Err(AccessError::OutOfTime { seconds: 60 });
			assert_eq!(check(&header, &REQUEST, now), expected);
		}
		let moved = header.replace(&NOW.to_string(), &(NOW + 1).to_string());
		assert_eq!(check(&moved, &REQUEST, NOW), Err(AccessError::BadSignature));
	}

	#[test]
	fn nobody_signs_for_another_account() {
		let other = Keypair::from_suri(Scheme::Sr25519, "//ArbiterTwo").unwrap();
		let header = sign(&key(), &REQUEST, NOW)
			.replace(&key().account().to_string(), &other.account().to_string());
		assert_eq!(check(&header, &REQUEST, NOW), Err(AccessError::BadSignature));
	}

	#[test]
	fn a_header_of_another_form_is_refused() {
		let good = sign(&key(), &REQUEST, NOW);
		for bad in [
			String::new(),
			"Bearer abc".into(),
			good.replace("Winddown", "winddown"),
			good.replace(' ', "  "),
			good.replace(&NOW.to_string(), &format!("0{NOW}")),
			good.replace(&NOW.to_string(), "soon"),
			format!("{good} more"),
			format!("{good}0"),
		] {
			assert_eq!(check(&bad, &REQUEST, NOW), Err(AccessError::Malformed), "{bad}");
		}
		assert_eq!(check(&good[..good.len() - 2], &REQUEST, NOW), Err(AccessError::BadSignature));
	}

	#[test]
	fn paths_are_those_of_the_endpoint() {
		let digest = Algorithm::Sm3.hash(b"abc");
		let hex = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
		assert_eq!(content_path(&digest), format!("/v1/content/sm3/{hex}"));
		assert_eq!(record_path(&digest), format!("/v1/records/sm3:0x{hex}"));
	}
}
