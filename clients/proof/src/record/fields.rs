use alloc::string::{String, ToString};
use core::fmt;
use serde::{de, Deserialize, Deserializer, Serialize, Serializer};

/// An amount in fen. JSON readers round great numbers, so it is written as a text of digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Fen(pub u128);

impl Serialize for Fen {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&self.0)
	}
}

impl<'de> Deserialize<'de> for Fen {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		text.parse()
			.map(Self)
			.map_err(|_| de::Error::custom("an amount is a text of digits, in fen"))
	}
}

/// 32 random bytes, each record's own, so that its digest tells nothing. As text 64 lower-case hex
/// digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

impl fmt::Display for Salt {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
	}
}

impl fmt::Debug for Salt {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, out)
	}
}

impl Serialize for Salt {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for Salt {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let wrong = || de::Error::custom("a salt has 64 lower-case hex digits");
		let text = String::deserialize(deserializer)?;
		let salt = Self(text.parse::<crate::Hash>().map_err(|_| wrong())?.0);
		if salt.to_string() == text {
			Ok(salt)
		} else {
			Err(wrong())
		}
	}
}
