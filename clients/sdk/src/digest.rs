//! Digests of bytes and files, in the words of `winddown_proof` and in the chain's own.

use crate::Error;
use blake2::{digest::consts::U32, Blake2b};
use sha2::Sha256;
use sm3::Sm3;
use std::{
	fmt, fs,
	io::{self, Read},
	path::Path,
	str::FromStr,
};
use winddown_primitives::Digest;
use winddown_proof::{
	digest,
	typed::{self, Slip},
	Hash,
};

pub use winddown_proof::digest::Algorithm;

type Blake2b256 = Blake2b<U32>;

/// A digest of a file, and how long the file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileDigest {
	/// The digest.
	pub digest: Digest,
	/// Bytes.
	pub size: u64,
}

/// The digest of `bytes`.
pub fn of_bytes(algorithm: Algorithm, bytes: &[u8]) -> Digest {
	on_chain(algorithm.hash(bytes))
}

/// A digest as the chain's calls take it.
pub fn on_chain(digest: digest::Digest) -> Digest {
	match digest.algorithm {
		Algorithm::Blake2b256 => Digest::Blake2b256(digest.bytes),
		Algorithm::Sha256 => Digest::Sha256(digest.bytes),
		Algorithm::Sm3 => Digest::Sm3(digest.bytes),
	}
}

/// A digest as records hold it.
pub fn of_chain(digest: Digest) -> digest::Digest {
	let algorithm = match digest {
		Digest::Blake2b256(_) => Algorithm::Blake2b256,
		Digest::Sha256(_) => Algorithm::Sha256,
		Digest::Sm3(_) => Algorithm::Sm3,
	};
	digest::Digest { algorithm, bytes: *digest.bytes() }
}

/// The BLAKE2b-256 of some bytes, as the chain takes it.
pub fn blake2_256(bytes: &[u8]) -> [u8; 32] {
	Algorithm::Blake2b256.hash(bytes).bytes
}

/// The digest of a file.
pub fn of_file(algorithm: Algorithm, path: &Path) -> Result<FileDigest, Error> {
	let failed = |reason: io::Error| Error::File { path: path.into(), reason: reason.to_string() };
	let mut file = fs::File::open(path).map_err(failed)?;
	let mut size = 0;
	let bytes = match algorithm {
		Algorithm::Blake2b256 => stream::<Blake2b256>(&mut file, &mut size),
		Algorithm::Sha256 => stream::<Sha256>(&mut file, &mut size),
		Algorithm::Sm3 => stream::<Sm3>(&mut file, &mut size),
	}
	.map_err(failed)?;
	Ok(FileDigest { digest: on_chain(digest::Digest { algorithm, bytes }), size })
}

fn stream<H>(file: &mut fs::File, size: &mut u64) -> io::Result<[u8; 32]>
where
	H: sha2::Digest<OutputSize = U32>,
{
	let mut hasher = H::new();
	let mut chunk = vec![0; 1 << 16];
	loop {
		let read = file.read(&mut chunk)?;
		if read == 0 {
			return Ok(hasher.finalize().into());
		}
		*size += read as u64;
		hasher.update(&chunk[..read]);
	}
}

/// A digest as people write it: `blake2b-256:0x…`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written(pub Digest);

impl fmt::Display for Written {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		of_chain(self.0).fmt(f)
	}
}

/// Why a text is no digest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotADigest {
	/// It does not begin with the name of an algorithm and a colon.
	#[error("a digest reads blake2b-256:0x…, sha2-256:0x… or sm3:0x…")]
	NoName,
	/// It has the form of a digest, of an algorithm that the chain does not know.
	#[error("the chain knows digests of blake2b-256, sha2-256 and sm3 alone")]
	Algorithm,
	/// Its digits are wrong.
	#[error("a digest has 64 hex digits after {}:0x: {slip}", algorithm.name())]
	Digits {
		/// The algorithm that it names.
		algorithm: Algorithm,
		/// What is wrong.
		slip: Slip,
	},
}

/// Other names of the chain's algorithms, and names of algorithms that it does not know.
const SYNONYMS: [(&str, Option<Algorithm>); 13] = [
	("sha256", Some(Algorithm::Sha256)),
	("sha-256", Some(Algorithm::Sha256)),
	("blake2b256", Some(Algorithm::Blake2b256)),
	("blake2-256", Some(Algorithm::Blake2b256)),
	("md5", None),
	("sha1", None),
	("sha-1", None),
	("sha512", None),
	("sha-512", None),
	("sha2-512", None),
	("sha3-256", None),
	("keccak256", None),
	("blake3", None),
];

/// As people write it: upper and lower case, full-width letters, with and without `0x`.
impl FromStr for Written {
	type Err = NotADigest;

	fn from_str(text: &str) -> Result<Self, NotADigest> {
		let text = typed::plain(text);
		let (name, digits) = text.split_once(':').ok_or(NotADigest::NoName)?;
		let name = name.to_ascii_lowercase();
		let synonym = SYNONYMS.into_iter().find(|(known, _)| *known == name);
		let algorithm = match (name.parse(), synonym) {
			(Ok(algorithm), _) | (_, Some((_, Some(algorithm)))) => algorithm,
			(_, Some((_, None))) => return Err(NotADigest::Algorithm),
			(_, None) => return Err(NotADigest::NoName),
		};
		let hash = digits.parse::<Hash>();
		let hash = hash.map_err(|error| NotADigest::Digits { algorithm, slip: error.0 })?;
		Ok(Self(on_chain(digest::Digest { algorithm, bytes: hash.0 })))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn digests_are_those_of_the_standards() {
		let written = |algorithm| Written(of_bytes(algorithm, b"abc")).to_string();
		assert_eq!(
			written(Algorithm::Sha256),
			"sha2-256:0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
		);
		assert_eq!(
			written(Algorithm::Sm3),
			"sm3:0x66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
		);
		assert_eq!(
			written(Algorithm::Blake2b256),
			"blake2b-256:0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
		);
	}

	#[test]
	fn a_file_has_the_digest_of_its_bytes() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("plan.pdf");
		let bytes = vec![0xab; 200_000];
		fs::write(&path, &bytes).unwrap();
		for algorithm in [Algorithm::Blake2b256, Algorithm::Sha256, Algorithm::Sm3] {
			let digest = of_bytes(algorithm, &bytes);
			assert_eq!(of_file(algorithm, &path).unwrap(), FileDigest { digest, size: 200_000 });
			assert_eq!(Written(digest).to_string().parse(), Ok(Written(digest)));
		}
	}

	#[test]
	fn a_digest_is_the_same_on_chain() {
		for algorithm in Algorithm::ALL {
			let digest = algorithm.hash(b"abc");
			assert_eq!(on_chain(digest).encode(), digest.encode());
			assert_eq!(of_chain(on_chain(digest)), digest);
		}
	}

	#[test]
	fn a_digest_is_read_as_people_and_qr_codes_write_it() {
		let digest = Written(of_bytes(Algorithm::Sha256, b"abc"));
		let text = digest.to_string();
		let (_, digits) = text.split_once(':').unwrap();
		for spelling in [
			text.to_uppercase(),
			format!(" {text}\n"),
			text.replace("0x", ""),
			text.replace('-', "‑").replace(':', "："),
			format!("sha256:{digits}"),
			format!("SHA-256:{digits}"),
		] {
			assert_eq!(spelling.parse(), Ok(digest), "{spelling}");
		}
	}

	#[test]
	fn a_digest_with_a_slip_is_refused_with_the_place_of_the_slip() {
		let good = Written(of_bytes(Algorithm::Sm3, b"abc")).to_string();
		let refusal = |text: &str| text.parse::<Written>().unwrap_err();
		let slip = |slip| NotADigest::Digits { algorithm: Algorithm::Sm3, slip };
		let letter = good.replacen("0x6", "0xO", 1);
		assert_eq!(refusal(&letter), slip(Slip::Character { found: 'O', position: 1 }));
		assert_eq!(
			refusal(&letter).to_string(),
			"a digest has 64 hex digits after sm3:0x: character 1 is the letter O, not the digit 0"
		);
		assert_eq!(refusal(&good[..66]), slip(Slip::Length { found: 60, expected: 64 }));
		assert_eq!(refusal(&format!("{good}00")), slip(Slip::Length { found: 66, expected: 64 }));
		assert_eq!(refusal("sm3:"), slip(Slip::Length { found: 0, expected: 64 }));
		let md5 = format!("md5:0x{}", "0".repeat(32));
		assert_eq!(refusal(&md5), NotADigest::Algorithm);
		for text in ["", "abc", "plan.pdf", "C:\\plan.pdf"] {
			assert_eq!(refusal(text), NotADigest::NoName, "{text}");
		}
	}
}
