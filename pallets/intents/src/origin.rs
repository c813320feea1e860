use crate::Origin;
use frame_support::traits::{EnsureOrigin, OriginTrait};
use winddown_primitives::LenderRef;

/// Lets a lender pass whose intent is carried out.
pub struct EnsureLender;

impl<O> EnsureOrigin<O> for EnsureLender
where
	O: OriginTrait + From<Origin>,
	for<'a> &'a O::PalletsOrigin: TryInto<&'a Origin>,
{
	type Success = LenderRef;

	fn try_origin(origin: O) -> Result<LenderRef, O> {
		let lender = match origin.caller().try_into() {
			Ok(Origin::Lender(lender)) => Some(*lender),
			Err(_) => None,
		};
		lender.ok_or(origin)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<O, ()> {
		Ok(Origin::Lender(LenderRef { case: 0, lender: 0 }).into())
	}
}
