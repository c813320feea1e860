//! What stands around a call in an extrinsic: signer, signature, extensions.

use super::{
	metadata::Metadata,
	shape::{self, take},
	types::{Account, Signature},
	Malformed,
};
use crate::signature::Signer;
use codec::{Compact, Decode, Encode};
use sp_crypto_hashing::blake2_256;

/// Payloads longer than this are hashed before they are signed.
const LONGEST_PAYLOAD: usize = 256;

/// An extrinsic taken apart.
pub struct Extrinsic<'a> {
	/// Who authorised it.
	pub origin: Origin<'a>,
	/// The call, and nothing else.
	pub call: &'a [u8],
}

/// Who authorised an extrinsic.
pub enum Origin<'a> {
	/// An account, by its signature.
	Signed {
		/// The account.
		signer: Account,
		/// Its signature.
		signature: Signature,
		/// What the extensions carry, the era among them.
		explicit: &'a [u8],
		/// The block at which the extrinsic's life began.
		era: Era,
		/// Whether the signer committed to the digest of the metadata, as a hardware wallet does.
		with_digest: bool,
	},
	/// The call itself, as an intent does.
	General,
	/// The author of the block.
	Bare,
}

/// How long an extrinsic may live.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Era {
	/// For ever.
	Immortal,
	/// For `period` blocks, at a phase of it.
	Mortal {
		/// A power of two.
		period: u64,
		/// Where it began, modulo the period.
		phase: u64,
	},
}

impl Era {
	/// The block at which the life began of an extrinsic that stands in block `number`.
	pub fn birth(self, number: u32) -> u32 {
		match self {
			Self::Immortal => 0,
			Self::Mortal { period, phase } => {
				let number = u64::from(number.saturating_sub(1)).max(phase);
				((number - phase) / period * period + phase) as u32
			}
		}
	}

	fn decode(input: &mut &[u8]) -> Result<Self, Malformed> {
		let first = take(input, 1)?[0];
		if first == 0 {
			return Ok(Self::Immortal);
		}
		let encoded = u64::from(first) | u64::from(take(input, 1)?[0]) << 8;
		let period = 2u64 << (encoded % 16);
		let phase = (encoded >> 4) * (period >> 12).max(1);
		if period < 4 || phase >= period {
			return Err(Malformed);
		}
		Ok(Self::Mortal { period, phase })
	}
}

impl<'a> Extrinsic<'a> {
	/// Takes an extrinsic apart, its length in front.
	pub fn decode(metadata: &Metadata, bytes: &'a [u8]) -> Result<Self, Malformed> {
		let mut input = bytes;
		let length = Compact::<u32>::decode(&mut input)?.0 as usize;
		if length != input.len() {
			return Err(Malformed);
		}
		let origin = match take(&mut input, 1)?[0] {
			0x84 => signed(metadata, &mut input)?,
			0x04 | 0x05 => Origin::Bare,
			0x45 => {
				take(&mut input, 1)?;
				extensions(metadata, &mut input)?;
				Origin::General
			}
			_ => return Err(Malformed),
		};
		Ok(Self { origin, call: input })
	}

	/// Whether the signer's signature is right, for an extrinsic in block `number`; `hash_of` knows
	/// the blocks before it. True for an extrinsic that carries none.
	pub fn is_authentic(
		&self,
		metadata: &Metadata,
		number: u32,
		hash_of: impl Fn(u32) -> Option<[u8; 32]>,
	) -> bool {
		let Origin::Signed { signer, signature, explicit, era, with_digest } = &self.origin else {
			return true;
		};
		if *with_digest && metadata.digest.is_none() {
			return false;
		}
		let digest = metadata.digest.filter(|_| *with_digest);
		let birth = era.birth(number);
		let (Some(genesis), Some(born)) = (hash_of(0), hash_of(birth)) else { return false };
		let mut payload = [self.call, explicit].concat();
		for extension in &metadata.extensions {
			match extension.name.as_str() {
				"CheckSpecVersion" => metadata.spec_version.encode_to(&mut payload),
				"CheckTxVersion" => metadata.transaction_version.encode_to(&mut payload),
				"CheckGenesis" => genesis.encode_to(&mut payload),
				"CheckMortality" | "CheckEra" => born.encode_to(&mut payload),
				"CheckMetadataHash" => digest.encode_to(&mut payload),
				_ => {}
			}
		}
		if payload.len() > LONGEST_PAYLOAD {
			payload = blake2_256(&payload).to_vec();
		}
		Signer::Account(*signer).verifies(&payload, signature)
	}
}

fn signed<'a>(metadata: &Metadata, input: &mut &'a [u8]) -> Result<Origin<'a>, Malformed> {
	// Institutions are addressed by their account, the first kind of address.
	if take(input, 1)?[0] != 0 {
		return Err(Malformed);
	}
	let (signer, signature) = Decode::decode(input)?;
	let start = *input;
	let Read { era, with_digest } = extensions(metadata, input)?;
	let explicit = &start[..start.len() - input.len()];
	Ok(Origin::Signed { signer, signature, explicit, era, with_digest })
}

/// What is read of that which the extensions carry.
struct Read {
	era: Era,
	with_digest: bool,
}

/// Takes what the extensions carry off `input`.
fn extensions(metadata: &Metadata, input: &mut &[u8]) -> Result<Read, Malformed> {
	let mut read = Read { era: Era::Immortal, with_digest: false };
	for extension in &metadata.extensions {
		match extension.name.as_str() {
			"CheckMortality" | "CheckEra" => read.era = Era::decode(&mut { *input })?,
			// The mode: 1 commits to the digest.
			"CheckMetadataHash" => read.with_digest = input.first() == Some(&1),
			_ => {}
		}
		let (types, id) = (&metadata.types, extension.explicit);
		shape::walk(types, id, input, None, &mut shape::Nothing, 0)?;
	}
	Ok(read)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_era_begins_at_its_phase_below_the_block() {
		// Period 64 and phase 42, the example of the SDK's documentation.
		let era = Era::decode(&mut &[5 + 42 % 16 * 16, 42 / 16][..]).unwrap();
		assert_eq!(era, Era::Mortal { period: 64, phase: 42 });
		assert_eq!(era.birth(43), 42);
		assert_eq!(era.birth(106), 42);
		assert_eq!(era.birth(107), 106);
	}
}
