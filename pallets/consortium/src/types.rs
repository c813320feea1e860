//! Institutions, call classes and the token bucket.

use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::ConstU32,
	weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
	BoundedVec,
};
use scale_info::{Type, TypeInfo};
use serde::{Deserialize, Serialize};
use sp_runtime::{
	traits::{AtLeast32BitUnsigned, UniqueSaturatedInto},
	transaction_validity::TransactionPriority,
};
use winddown_primitives::{PoolRefusal, Role, Roles};

/// Most bytes of an institution's name.
pub const MAX_NAME: u32 = 64;

/// An institution's name. Clients show it as text: its type in the metadata is a string.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen)]
pub struct InstitutionName(BoundedVec<u8, ConstU32<MAX_NAME>>);

impl InstitutionName {
	/// `text` as a name; `None` when it is empty, longer than [`MAX_NAME`] bytes or has control characters.
	pub fn new(text: &str) -> Option<Self> {
		let bytes = text.as_bytes().to_vec().try_into().ok()?;
		is_plain(text).then_some(Self(bytes))
	}

	/// The text; empty when the bytes are none.
	pub fn as_str(&self) -> &str {
		core::str::from_utf8(&self.0).unwrap_or_default()
	}
}

impl TypeInfo for InstitutionName {
	type Identity = str;

	fn type_info() -> Type {
		str::type_info()
	}
}

/// Whether people can read `text` as a name.
pub(crate) fn is_plain(text: &str) -> bool {
	!text.trim().is_empty() && !text.chars().any(char::is_control)
}

/// Whether an institution may act.
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
pub enum Standing {
	/// It may act in its roles.
	#[codec(index = 0)]
	Active,
	/// It keeps its roles but may do nothing.
	#[codec(index = 1)]
	Suspended,
}

/// A member of the consortium.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Institution {
	/// Its name, for people.
	pub name: InstitutionName,
	/// What it may do.
	pub roles: Roles,
	/// Whether it may do it now.
	pub standing: Standing,
}

impl Institution {
	/// Whether the institution is not suspended.
	pub fn is_active(&self) -> bool {
		self.standing == Standing::Active
	}

	/// Whether the institution may act in one of `roles` now.
	pub fn acts_as(&self, roles: Roles) -> bool {
		self.is_active() && self.roles.intersects(roles)
	}

	/// Whether the institution has a seat on the council now.
	pub fn sits_on_council(&self) -> bool {
		self.acts_as(Roles::new(&[Role::Council]))
	}
}

/// An institution of the genesis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Founder<AccountId> {
	/// Its account.
	pub account: AccountId,
	/// Its name.
	pub name: String,
	/// What it may do.
	pub roles: Vec<Role>,
}

/// How a call counts against its signer's limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallClass {
	/// Long transactions that can wait: batches of rows, registrations or intents.
	Bulk,
	/// Everything else.
	Ordinary,
	/// What must get through a flood: evidence, motions of the council.
	Urgent,
}

impl CallClass {
	/// Every class, the least urgent first.
	pub const ALL: [CallClass; 3] = [CallClass::Bulk, CallClass::Ordinary, CallClass::Urgent];

	/// The place of a transaction in the pool. The bands are wide apart, so that other extensions
	/// may add small amounts without mixing the classes.
	pub const fn priority(self) -> TransactionPriority {
		match self {
			Self::Bulk => 1 << 32,
			Self::Ordinary => 2 << 32,
			Self::Urgent => 3 << 32,
		}
	}
}

/// Tells the class of a call. A call that wraps others should count as the dearest of them.
pub trait Classify<Call> {
	/// The class of `call`.
	fn classify(call: &Call) -> CallClass;
}

/// Tells for whom somebody acts.
pub trait ActingFor<AccountId, Call> {
	/// The account in whose name the chain would carry out `call`, when `signer` signs it; `None` when that is
	/// the signer itself. Fails when it can be known beforehand that it would not be carried out.
	fn principal(signer: &AccountId, call: &Call) -> Result<Option<AccountId>, PoolRefusal>;

	/// What finding it out may weigh.
	fn weight() -> Weight {
		Weight::zero()
	}
}

/// Everybody acts for themselves.
impl<AccountId, Call> ActingFor<AccountId, Call> for () {
	fn principal(_: &AccountId, _: &Call) -> Result<Option<AccountId>, PoolRefusal> {
		Ok(None)
	}
}

/// What a transaction of one class may be.
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
pub struct ClassLimits {
	/// Fewest tokens that it takes from its signer's bucket.
	pub cost: u32,
	/// Tokens for each whole millisecond of its weight, where they are more.
	pub per_milli: u32,
	/// Most bytes of the encoded transaction.
	pub max_length: u32,
}

/// How much one institution may transact.
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
pub struct AdmissionLimits {
	/// Tokens of a full bucket.
	pub burst: u32,
	/// Tokens that flow back with each block.
	pub refill_per_block: u32,
	/// The same for a vote operator, which carries the ballots of everybody.
	pub operator_refill_per_block: u32,
	/// Limits of [`CallClass::Bulk`].
	pub bulk: ClassLimits,
	/// Limits of [`CallClass::Ordinary`].
	pub ordinary: ClassLimits,
	/// Limits of [`CallClass::Urgent`].
	pub urgent: ClassLimits,
}

impl AdmissionLimits {
	/// The limits of `class`.
	pub const fn of(&self, class: CallClass) -> ClassLimits {
		match class {
			CallClass::Bulk => self.bulk,
			CallClass::Ordinary => self.ordinary,
			CallClass::Urgent => self.urgent,
		}
	}

	/// Tokens that a transaction of this class and weight takes; a full bucket pays for any.
	pub fn tokens(&self, class: CallClass, weight: Weight) -> u32 {
		let ClassLimits { cost, per_milli, .. } = self.of(class);
		let millis = weight.ref_time() / WEIGHT_REF_TIME_PER_MILLIS;
		let by_weight = u32::try_from(millis).unwrap_or(u32::MAX).saturating_mul(per_milli);
		cost.max(by_weight).min(self.burst)
	}

	/// Tokens that flow back with each block to an institution with these roles.
	pub fn refill(&self, roles: Roles) -> u32 {
		match roles.contains(Role::Operator) {
			true => self.operator_refill_per_block,
			false => self.refill_per_block,
		}
	}
}

/// The tokens of one institution: as they were at a block.
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
pub struct Bucket<BlockNumber> {
	/// Tokens left.
	pub tokens: u32,
	/// The block at which they were left.
	pub at: BlockNumber,
}

impl<BlockNumber> Bucket<BlockNumber>
where
	BlockNumber: AtLeast32BitUnsigned + UniqueSaturatedInto<u32> + Copy,
{
	/// A bucket that nothing was taken from.
	pub fn full(now: BlockNumber, limits: &AdmissionLimits) -> Self {
		Self { tokens: limits.burst, at: now }
	}

	/// The bucket of an institution with these roles at block `now`, with what flowed back since.
	pub fn refilled(self, now: BlockNumber, roles: Roles, limits: &AdmissionLimits) -> Self {
		let blocks: u32 = now.saturating_sub(self.at).unique_saturated_into();
		let inflow = blocks.saturating_mul(limits.refill(roles));
		Self { at: now, ..self.given_back(inflow, limits) }
	}

	/// The bucket with `tokens` more, as far as they fit.
	pub fn given_back(self, tokens: u32, limits: &AdmissionLimits) -> Self {
		Self { tokens: self.tokens.saturating_add(tokens).min(limits.burst), ..self }
	}

	/// The bucket without `cost` tokens; `None` when it holds fewer.
	pub fn spent(self, cost: u32) -> Option<Self> {
		self.tokens.checked_sub(cost).map(|tokens| Self { tokens, ..self })
	}
}
