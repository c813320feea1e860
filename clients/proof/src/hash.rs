use crate::typed::{self, Slip};
use codec::{Decode, Encode};
use core::{fmt, str::FromStr};
use serde::{Serialize, Serializer};

const DIGITS: usize = 64;

/// A BLAKE2b-256 hash of the chain: of a block, a state root, a key or an account.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Encode, Decode)]
pub struct Hash(pub [u8; 32]);

impl Hash {
	/// The hash of `bytes`.
	pub fn of(bytes: &[u8]) -> Self {
		Self(sp_crypto_hashing::blake2_256(bytes))
	}
}

/// `0x` and 64 lower-case hex digits.
impl fmt::Display for Hash {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		out.write_str("0x")?;
		self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
	}
}

impl fmt::Debug for Hash {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, out)
	}
}

/// A text that is no hash: it needs 64 hex digits, with or without `0x`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotAHash(pub Slip);

impl fmt::Display for NotAHash {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(out, "a hash has 64 hex digits, with or without 0x before them: {}", self.0)
	}
}

impl core::error::Error for NotAHash {}

/// In upper or lower case, as codes and people write it.
impl FromStr for Hash {
	type Err = NotAHash;

	fn from_str(text: &str) -> Result<Self, NotAHash> {
		let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
		if let Some(slip) = typed::slip_in_hex(digits, DIGITS) {
			return Err(NotAHash(slip));
		}
		let mut hash = Self::default();
		for (byte, pair) in hash.0.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
			for digit in pair {
				let value = char::from(*digit).to_digit(16).unwrap_or_default();
				*byte = (*byte << 4) | value as u8;
			}
		}
		Ok(hash)
	}
}

impl Serialize for Hash {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl From<Hash> for sp_core::H256 {
	fn from(hash: Hash) -> Self {
		hash.0.into()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn a_hash_is_read_with_and_without_its_prefix_and_in_no_other_form() {
		let hash = Hash::of(b"abc");
		assert_eq!(hash.to_string().parse(), Ok(hash));
		assert_eq!(hash.to_string()[2..].parse(), Ok(hash));
		assert_eq!(hash.to_string().to_uppercase().parse(), Ok(hash), "as a QR code has it");
		let text = hash.to_string();
		for (wrong, found) in
			[("", 0), ("0x", 0), ("0x00", 2), (&text[3..], 63), (&format!("{text}0"), 65)]
		{
			let slip = Slip::Length { found, expected: 64 };
			assert_eq!(wrong.parse::<Hash>(), Err(NotAHash(slip)), "{wrong}");
		}
		let letter = format!("0xO{}", &text[3..]);
		let slip = Slip::Character { found: 'O', position: 1 };
		assert_eq!(letter.parse::<Hash>(), Err(NotAHash(slip)));
	}
}
