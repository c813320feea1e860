//! Digests of files.

use crate::Error;
use blake2::{digest::consts::U32, Blake2b};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::{
	fmt, fs,
	io::{self, Read},
	path::Path,
	str::FromStr,
};
use winddown_primitives::Digest;

type Blake2b256 = Blake2b<U32>;

/// A digest algorithm that the chain knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
	/// BLAKE2b with 256 bits.
	#[default]
	Blake2b256,
	/// SHA-256.
	Sha256,
	/// SM3, GB/T 32905-2016.
	Sm3,
}

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
	match algorithm {
		Algorithm::Blake2b256 => Digest::Blake2b256(blake2_256(bytes)),
		Algorithm::Sha256 => Digest::Sha256(Sha256::digest(bytes).into()),
		Algorithm::Sm3 => Digest::Sm3(Sm3::digest(bytes).into()),
	}
}

/// BLAKE2b-256.
pub(crate) fn blake2_256(bytes: &[u8]) -> [u8; 32] {
	Blake2b256::digest(bytes).into()
}

/// The digest of a file.
pub fn of_file(algorithm: Algorithm, path: &Path) -> Result<FileDigest, Error> {
	let failed = |reason: io::Error| Error::File { path: path.into(), reason: reason.to_string() };
	let mut file = fs::File::open(path).map_err(failed)?;
	let mut size = 0;
	let digest = match algorithm {
		Algorithm::Blake2b256 => stream::<Blake2b256>(&mut file, &mut size).map(Digest::Blake2b256),
		Algorithm::Sha256 => stream::<Sha256>(&mut file, &mut size).map(Digest::Sha256),
		Algorithm::Sm3 => stream::<Sm3>(&mut file, &mut size).map(Digest::Sm3),
	}
	.map_err(failed)?;
	Ok(FileDigest { digest, size })
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
		let name = match self.0 {
			Digest::Blake2b256(_) => "blake2b-256",
			Digest::Sha256(_) => "sha2-256",
			Digest::Sm3(_) => "sm3",
		};
		write!(f, "{name}:0x{}", hex::encode(self.0.bytes()))
	}
}

impl FromStr for Written {
	type Err = &'static str;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (name, digits) = text.split_once(':').ok_or("a digest reads blake2b-256:0x…")?;
		let mut bytes = [0; 32];
		hex::decode_to_slice(digits.trim_start_matches("0x"), &mut bytes)
			.map_err(|_| "a digest has 64 hexadecimal digits")?;
		match name {
			"blake2b-256" => Ok(Self(Digest::Blake2b256(bytes))),
			"sha2-256" => Ok(Self(Digest::Sha256(bytes))),
			"sm3" => Ok(Self(Digest::Sm3(bytes))),
			_ => Err("digests are blake2b-256, sha2-256 or sm3"),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

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
	fn a_text_that_is_no_digest_is_refused() {
		for text in ["", "abc", "md5:0x00", "sm3:0x00", &format!("md5:0x{}", "0".repeat(64))] {
			assert!(text.parse::<Written>().is_err(), "{text}");
		}
	}
}
