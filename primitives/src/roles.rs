use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What an institution may do (domain.md section 3). An institution may hold several.
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
	Serialize,
	Deserialize,
)]
pub enum Role {
	/// The financial regulator: guides, escalates a case to the courts.
	#[codec(index = 0)]
	Regulator,
	/// The association: opens cases, moves them on, adjudicates claims.
	#[codec(index = 1)]
	Association,
	/// The vote operator: carries intents, records calls, keeps plaintext.
	#[codec(index = 2)]
	Operator,
	/// The identity registrar: binds lenders' keys.
	#[codec(index = 3)]
	Registrar,
	/// An arbitration institution: attests evidence.
	#[codec(index = 4)]
	Arbiter,
	/// A lending platform: imports the roll, proposes plans, pays.
	#[codec(index = 5)]
	Platform,
	/// A member of the council, which admits institutions and changes the chain.
	#[codec(index = 6)]
	Council,
}

impl Role {
	/// Every role, in the order of its bits.
	pub const ALL: [Role; 7] = [
		Role::Regulator,
		Role::Association,
		Role::Operator,
		Role::Registrar,
		Role::Arbiter,
		Role::Platform,
		Role::Council,
	];

	const fn bit(self) -> u16 {
		1 << self as u16
	}
}

/// A set of roles, one bit each in the order of [`Role`].
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
	Serialize,
	Deserialize,
)]
pub struct Roles(u16);

impl Roles {
	/// The set of `roles`.
	pub const fn new(roles: &[Role]) -> Self {
		let (mut bits, mut at) = (0, 0);
		while at < roles.len() {
			bits |= roles[at].bit();
			at += 1;
		}
		Self(bits)
	}

	/// The set with these bits, known or not.
	pub const fn from_bits(bits: u16) -> Self {
		Self(bits)
	}

	/// The bits of the set, for a constant parameter.
	pub const fn bits(self) -> u16 {
		self.0
	}

	/// Whether the two sets share a role.
	pub const fn intersects(self, other: Self) -> bool {
		self.0 & other.0 != 0
	}

	/// Whether `role` is in the set.
	pub const fn contains(self, role: Role) -> bool {
		self.0 & role.bit() != 0
	}

	/// Whether the set is empty.
	pub const fn is_empty(self) -> bool {
		self.0 == 0
	}

	/// Whether only bits of known roles are set.
	pub const fn is_known(self) -> bool {
		self.0 & !Self::new(&Role::ALL).0 == 0
	}
}
