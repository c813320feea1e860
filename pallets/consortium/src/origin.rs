//! Origins by role: a transaction signed by an institution, not suspended, that holds it.

use crate::{Config, Pallet};
use core::marker::PhantomData;
use frame_support::traits::{EnsureOrigin, OriginTrait};
use winddown_primitives::{Role, Roles};

/// Accepts an institution, not suspended, with one of the roles whose bits are `ROLES`. Gives its
/// account.
///
/// `EnsureRole<T, { Roles::new(&[Role::Operator, Role::Platform]).bits() }>` accepts either.
pub struct EnsureRole<T, const ROLES: u16>(PhantomData<T>);

impl<T: Config, const ROLES: u16> EnsureOrigin<T::RuntimeOrigin> for EnsureRole<T, ROLES> {
	type Success = T::AccountId;

	fn try_origin(origin: T::RuntimeOrigin) -> Result<Self::Success, T::RuntimeOrigin> {
		match origin.as_signer() {
			Some(who) if Pallet::<T>::acts_as(who, Roles::from_bits(ROLES)) => Ok(who.clone()),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<T::RuntimeOrigin, ()> {
		crate::Institutions::<T>::iter()
			.find(|(_, institution)| institution.acts_as(Roles::from_bits(ROLES)))
			.map(|(who, _)| frame_system::RawOrigin::Signed(who).into())
			.ok_or(())
	}
}

/// Accepts a regulator.
pub type EnsureRegulator<T> = EnsureRole<T, { Roles::new(&[Role::Regulator]).bits() }>;
/// Accepts an association.
pub type EnsureAssociation<T> = EnsureRole<T, { Roles::new(&[Role::Association]).bits() }>;
/// Accepts a vote operator.
pub type EnsureOperator<T> = EnsureRole<T, { Roles::new(&[Role::Operator]).bits() }>;
/// Accepts an identity registrar.
pub type EnsureRegistrar<T> = EnsureRole<T, { Roles::new(&[Role::Registrar]).bits() }>;
/// Accepts an arbitration institution.
pub type EnsureArbiter<T> = EnsureRole<T, { Roles::new(&[Role::Arbiter]).bits() }>;
/// Accepts a platform.
pub type EnsurePlatform<T> = EnsureRole<T, { Roles::new(&[Role::Platform]).bits() }>;
/// Accepts a member of the council, acting alone.
pub type EnsureCouncilMember<T> = EnsureRole<T, { Roles::new(&[Role::Council]).bits() }>;
/// Accepts any institution.
pub type EnsureInstitution<T> = EnsureRole<T, { Roles::new(&Role::ALL).bits() }>;
