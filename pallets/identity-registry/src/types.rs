//! What the pallet stores and takes as arguments.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use winddown_primitives::{
	pages::{Cell, Page},
	IdentityHash, LenderIndex, LenderKey,
};

/// Bytes of an identity's cell.
pub const IDENTITY_WIDTH: u32 = 32;
/// Bytes of a key's cell: the key's own cell and one byte for its status.
pub const KEY_WIDTH: u32 = 35;
/// Most registrations of one batch.
pub const MAX_REGISTRATIONS: u32 = 512;

const _: () = assert!(IdentityHash::WIDTH == IDENTITY_WIDTH as usize);
const _: () = assert!(BoundKey::WIDTH == KEY_WIDTH as usize);

/// A page of the identity column.
pub type IdentityPage = Page<IDENTITY_WIDTH>;
/// A page of the key column.
pub type KeyPage = Page<KEY_WIDTH>;
/// A batch of registrations.
pub type Registrations = BoundedVec<Registration, ConstU32<MAX_REGISTRATIONS>>;

/// The state of a case's identity column.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct IdentityRoll {
	/// Rows, late ones included.
	pub rows: u32,
	/// The leading rows, which stand in ascending order; late rows follow in order of admission.
	pub sorted_rows: u32,
	/// Whether appending has ended.
	pub locked: bool,
	/// The identity in the last of the sorted rows; zero while there is none.
	pub last: IdentityHash,
}

/// Whether a bound key may sign.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum KeyStatus {
	/// It signs for its row.
	#[codec(index = 1)]
	Active,
	/// A registrar took it back; it signs no more, and for nobody else either.
	#[codec(index = 2)]
	Revoked,
}

/// The key bound to a row.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct BoundKey {
	/// The key bound last.
	pub key: LenderKey,
	/// Whether it may sign.
	pub status: KeyStatus,
}

/// The cell of the key, then one byte: 1 active, 2 revoked. All zero is no key.
impl Cell for BoundKey {
	const WIDTH: usize = LenderKey::WIDTH + 1;

	fn write(&self, cell: &mut [u8]) {
		if let Some((status, key)) = cell.split_last_mut() {
			self.key.write(key);
			*status = match self.status {
				KeyStatus::Active => 1,
				KeyStatus::Revoked => 2,
			};
		}
	}

	fn read(cell: &[u8]) -> Option<Self> {
		let (status, key) = cell.split_last()?;
		let status = match status {
			1 => KeyStatus::Active,
			2 => KeyStatus::Revoked,
			_ => return None,
		};
		Some(Self { key: LenderKey::read(key)?, status })
	}
}

/// A key for a row that has none yet.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Registration {
	/// The row.
	pub lender: LenderIndex,
	/// Its signing key.
	pub key: LenderKey,
}

/// What the registry knows of one row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Lender {
	/// The identity hash.
	pub identity: IdentityHash,
	/// The key bound last, if any.
	pub key: Option<BoundKey>,
}
