use alloc::vec::Vec;
use codec::{
	Decode, DecodeWithMemTracking, Encode, EncodeLike, Error, Input, MaxEncodedLen, Output,
};
use scale_info::{build::Fields, Path, Type, TypeInfo};
use serde::{Deserialize, Serialize};

/// What an institution may do. An institution may hold several.
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

/// A set of roles. In memory it is a bit each, in the order of [`Role`]; encoded it is the list of the
/// roles in that order, each once, so that clients show and take them by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
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

	/// The set of `roles`, if each stands there once; else the first that stands there twice.
	pub fn of_distinct(roles: &[Role]) -> Result<Self, Role> {
		roles.iter().try_fold(Self::default(), |set, role| {
			if set.contains(*role) {
				Err(*role)
			} else {
				Ok(Self(set.0 | role.bit()))
			}
		})
	}

	/// The set with these bits; those that stand for no role count for nothing.
	pub const fn from_bits(bits: u16) -> Self {
		Self(bits & Self::new(&Role::ALL).0)
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

	/// The roles in the set, in the order of [`Role`].
	pub fn list(self) -> Vec<Role> {
		Role::ALL.into_iter().filter(|role| self.contains(*role)).collect()
	}
}

impl Encode for Roles {
	fn size_hint(&self) -> usize {
		1 + self.0.count_ones() as usize
	}

	fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
		self.list().encode_to(output);
	}
}

impl EncodeLike for Roles {}

impl Decode for Roles {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let list = Vec::<Role>::decode(input)?;
		let set = Self::of_distinct(&list).map_err(|_| "a role stands in the list twice")?;
		if set.list() == list {
			Ok(set)
		} else {
			Err("the roles are not in their order".into())
		}
	}
}

impl DecodeWithMemTracking for Roles {}

impl MaxEncodedLen for Roles {
	fn max_encoded_len() -> usize {
		1 + Role::ALL.len()
	}
}

impl TypeInfo for Roles {
	type Identity = Self;

	fn type_info() -> Type {
		Type::builder().path(Path::new("Roles", module_path!())).composite(
			Fields::unnamed().field(|field| field.ty::<Vec<Role>>().type_name("Vec<Role>")),
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec;

	#[test]
	fn a_set_of_roles_is_written_as_the_list_of_them_in_their_order() {
		let set = Roles::new(&[Role::Council, Role::Regulator]);
		assert_eq!(set.list(), [Role::Regulator, Role::Council]);
		assert_eq!(set.encode(), [2 << 2, 0, 6]);
		assert_eq!(Roles::decode(&mut &set.encode()[..]), Ok(set));
		assert_eq!(Roles::new(&Role::ALL).encoded_size(), Roles::max_encoded_len());
		assert_eq!(Roles::default().encode(), [0]);
	}

	#[test]
	fn a_list_with_a_role_twice_or_out_of_order_is_no_stored_set() {
		let decoded = |list: &[Role]| Roles::decode(&mut &list.encode()[..]);
		let twice = decoded(&[Role::Arbiter, Role::Arbiter]).unwrap_err();
		assert!(alloc::format!("{twice}").contains("twice"));
		let order = decoded(&[Role::Council, Role::Regulator]).unwrap_err();
		assert!(alloc::format!("{order}").contains("not in their order"));
		assert!(Roles::decode(&mut &vec![7u8].encode()[..]).is_err(), "an unknown role");
	}

	#[test]
	fn a_role_that_is_given_twice_is_named() {
		let given = [Role::Platform, Role::Council, Role::Platform];
		assert_eq!(Roles::of_distinct(&given), Err(Role::Platform));
		assert_eq!(Roles::of_distinct(&given[..2]), Ok(Roles::new(&given)));
	}

	#[test]
	fn bits_that_stand_for_no_role_count_for_nothing() {
		assert_eq!(Roles::from_bits(1 << 15), Roles::default());
		assert_eq!(Roles::from_bits(u16::MAX), Roles::new(&Role::ALL));
	}
}
