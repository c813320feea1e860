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
use winddown_proof::digest;

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

impl FromStr for Written {
	type Err = &'static str;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (name, digits) = text.split_once(':').ok_or("a digest reads blake2b-256:0x…")?;
		let mut bytes = [0; 32];
		hex::decode_to_slice(digits.trim_start_matches("0x"), &mut bytes)
			.map_err(|_| "a digest has 64 hexadecimal digits")?;
		let algorithm = name.parse().map_err(|_| "digests are blake2b-256, sha2-256 or sm3")?;
		Ok(Self(on_chain(digest::Digest { algorithm, bytes })))
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
	fn a_text_that_is_no_digest_is_refused() {
		for text in ["", "abc", "md5:0x00", "sm3:0x00", &format!("md5:0x{}", "0".repeat(64))] {
			assert!(text.parse::<Written>().is_err(), "{text}");
		}
	}
}
