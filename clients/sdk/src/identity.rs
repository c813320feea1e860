//! The keyed hash that stands for a person on chain.
//!
//! The registrar's master key gives every case its own key (HKDF-SHA-256), and the case key gives
//! every person of that case a hash (HMAC-SHA-256 over document kind and normal number). Whoever
//! has the case key can try all numbers, so it goes to the case's platform and operator alone; who
//! has none can neither reverse a hash nor link a person across cases.

use crate::{
	document::Document,
	key_file::{self, KeyKind},
	Error,
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;
use std::path::Path;
use winddown_primitives::{CaseId, IdentityHash};
use zeroize::{Zeroize, ZeroizeOnDrop};

const SALT: &[u8] = b"winddown";
const CASE_KEY_TAG: &[u8] = b"winddown/case-key/v1";

/// The registrar's secret, from which the key of every case follows.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

/// The secret of one case.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct CaseKey {
	case: CaseId,
	key: [u8; 32],
}

impl MasterKey {
	/// A new one from the system's randomness.
	pub fn random() -> Self {
		let mut key = [0; 32];
		rand::rngs::OsRng.fill_bytes(&mut key);
		Self(key)
	}

	/// A key that is known, for tests and demonstrations.
	pub const fn from_bytes(bytes: [u8; 32]) -> Self {
		Self(bytes)
	}

	/// Reads it from a file that says so, and that only its owner may read.
	pub fn read(path: &Path) -> Result<Self, Error> {
		key_file::read(path, KeyKind::Master).map(Self)
	}

	/// Writes it to a new file that only its owner may read; fails when the file exists.
	pub fn write(&self, path: &Path) -> Result<(), Error> {
		key_file::write(path, KeyKind::Master, &self.0)
	}

	/// The key of a case: HKDF-SHA-256 of the master key, salt `winddown`, info
	/// `winddown/case-key/v1` and the case id in four bytes, little-endian.
	pub fn case_key(&self, case: CaseId) -> CaseKey {
		let mut key = [0; 32];
		let info = [CASE_KEY_TAG, &case.to_le_bytes()].concat();
		Hkdf::<Sha256>::new(Some(SALT), &self.0)
			.expand(&info, &mut key)
			.expect("32 bytes are less than 255 blocks of SHA-256");
		CaseKey { case, key }
	}
}

impl CaseKey {
	/// Reads the key of this case from a file that only its owner may read; that of another case is
	/// refused.
	pub fn read(path: &Path, case: CaseId) -> Result<Self, Error> {
		key_file::read(path, KeyKind::Case(case)).map(|key| Self { case, key })
	}

	/// Writes it to a new file that only its owner may read; fails when the file exists.
	pub fn write(&self, path: &Path) -> Result<(), Error> {
		key_file::write(path, KeyKind::Case(self.case), &self.key)
	}

	/// A short value by which two parties see that they hold the same key: the hash of no document.
	pub fn fingerprint(&self) -> String {
		hex::encode(&self.mac(&[])[..4])
	}

	/// The hash of a person: HMAC-SHA-256 over the kind in one byte, where the kind has one the issuer and a
	/// line feed, and the normal number; texts in UTF-8.
	pub fn identity(&self, document: &Document) -> IdentityHash {
		let issuer = document.issuer().map(|issuer| format!("{issuer}\n")).unwrap_or_default();
		let kind = [document.kind() as u8];
		let parts = [&kind[..], issuer.as_bytes(), document.number().as_bytes()];
		IdentityHash(self.mac(&parts.concat()))
	}

	fn mac(&self, message: &[u8]) -> [u8; 32] {
		let mut mac =
			Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes a key of any length");
		mac.update(message);
		mac.finalize().into_bytes().into()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::document::DocumentKind;

	const MASTER: MasterKey = MasterKey::from_bytes([7; 32]);

	fn document(number: &str) -> Document {
		Document::new(DocumentKind::ResidentId, number).unwrap()
	}

	/// Made with Python's `hmac` and `hashlib`, so that a change of the scheme is noticed.
	#[test]
	fn keys_and_hashes_are_those_of_an_independent_implementation() {
		let case_key = MASTER.case_key(3);
		assert_eq!(
			hex::encode(case_key.key),
			"a31567acb8a1773f693ac14b9f143578e9daf3ea9960c7e73c6d4c1f0a2764b0"
		);
		assert_eq!(
			hex::encode(case_key.identity(&document("11010519491231002X")).0),
			"87aa63629808027392510777be62f352920e52bafccb04dafc0da8ad8f13c902"
		);
	}

	/// Made with Python as well: a new kind or a new spelling must leave everybody's hash as it is.
	#[test]
	fn the_hash_of_every_kind_of_document_stays_what_it_is() {
		let key = MASTER.case_key(3);
		for (kind, number, hash) in HASHES {
			let document = Document::parse(kind, number).unwrap();
			assert_eq!(hex::encode(key.identity(&document).0), hash, "{kind}");
		}
	}

	const HASHES: [(&str, &str, &str); 13] = [
		(
			"resident_id",
			"11010519491231002X",
			"87aa63629808027392510777be62f352920e52bafccb04dafc0da8ad8f13c902",
		),
		(
			"resident_id",
			"810000199001010019",
			"c666cb9dc90d9e1f5b852dd5fa282188861f8abd893a716c1f094638ebbaee89",
		),
		(
			"residence_permit",
			"810000199001010019",
			"c666cb9dc90d9e1f5b852dd5fa282188861f8abd893a716c1f094638ebbaee89",
		),
		(
			"household_register",
			"110105491231002",
			"87aa63629808027392510777be62f352920e52bafccb04dafc0da8ad8f13c902",
		),
		(
			"passport",
			"E12345678",
			"965b8ce7bd0307a876e44ad12622f87b0b527b9c8bc93dec3abf9c240a98e221",
		),
		(
			"hong_kong_macao_permit",
			"H1234567801",
			"ef01041a838c637971f9c4f407e13a93119cd73eb2e5177a973f5b00ceb1530b",
		),
		(
			"taiwan_permit",
			"1234567801(B)",
			"5c9d04b38af10c7c1ee2d36bc6937849469a5de26c58357afa056b3bdd491983",
		),
		(
			"foreigner_permit",
			"911013199001010015",
			"f60c21fac4f1e9520463f9d08895d8fd10fdf8b9259a164816814187b733e54e",
		),
		(
			"foreigner_permit",
			"USA310076031201",
			"0fa0510290117c202d7dac0936df9255b046e7de16312749ac21657d384f868f",
		),
		(
			"credit_code",
			"91440300708461136T",
			"a612b52f9d7e5da56ef5e2a21b76e1bb2184cdc3a69f5798111f92ecde22624e",
		),
		(
			"officer_card",
			"军字第2001988号",
			"6a59b0c007ca0e83de5aa8d3dc958c1d6314723d3f78e756c27e1c79f2e858d8",
		),
		(
			"organisation_code",
			"70846113-6",
			"c2dd4dfb796796167c2fd30452f18a88ea8a057a7ad6f80d26e7ccbb5c5d9e7c",
		),
		(
			"other:某国 公安局",
			"ab-77",
			"692b0c20facc62be8da91a365132ca429aa422bcd1c198a884bc86eeeac9581f",
		),
	];

	#[test]
	fn a_person_has_one_hash_per_case_whatever_the_spelling() {
		let key = MASTER.case_key(3);
		let hash = key.identity(&document("11010519491231002X"));
		assert_eq!(key.identity(&document("110105491231002")), hash);
		assert_eq!(key.identity(&document("１１０１０５１９４９１２３１００２ｘ")), hash);
		assert_ne!(MASTER.case_key(4).identity(&document("11010519491231002X")), hash);
		assert_ne!(key.identity(&document("440524188001010014")), hash);
	}

	#[test]
	fn the_same_number_on_another_kind_of_document_is_another_person() {
		let key = MASTER.case_key(3);
		let passport = Document::new(DocumentKind::Passport, "12345678").unwrap();
		let permit = Document::new(DocumentKind::TaiwanPermit, "12345678").unwrap();
		assert_ne!(key.identity(&passport), key.identity(&permit));
	}

	#[test]
	fn a_fingerprint_tells_keys_apart() {
		assert_eq!(MASTER.case_key(1).fingerprint(), MASTER.case_key(1).fingerprint());
		assert_ne!(MASTER.case_key(1).fingerprint(), MASTER.case_key(2).fingerprint());
	}
}
