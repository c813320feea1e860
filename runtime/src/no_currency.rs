//! The chain has no token. Some SDK pallets want a currency for their deposits, and [`NoCurrency`]
//! serves: every balance is zero for ever, so a deposit of zero succeeds and any other fails.

use crate::{Balance, RuntimeHoldReason};
use frame_support::traits::{
	fungible,
	tokens::{
		imbalance::TryMerge, DepositConsequence, Fortitude, Preservation, Provenance,
		WithdrawConsequence,
	},
	BalanceStatus, Currency, ExistenceRequirement, Imbalance, ReservableCurrency, SameOrOther,
	SignedImbalance, TryDrop, WithdrawReasons,
};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

/// A currency of which there is none.
pub struct NoCurrency;

/// The difference that an operation on [`NoCurrency`] leaves: always nothing.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct NoImbalance;

/// Only nothing can be moved.
fn ensure_nothing(amount: Balance) -> DispatchResult {
	if amount == 0 {
		Ok(())
	} else {
		Err(TokenError::FundsUnavailable.into())
	}
}

impl TryDrop for NoImbalance {
	fn try_drop(self) -> Result<(), Self> {
		Ok(())
	}
}

impl TryMerge for NoImbalance {
	fn try_merge(self, _: Self) -> Result<Self, (Self, Self)> {
		Ok(Self)
	}
}

impl Imbalance<Balance> for NoImbalance {
	type Opposite = Self;

	fn zero() -> Self {
		Self
	}

	fn drop_zero(self) -> Result<(), Self> {
		Ok(())
	}

	fn split(self, _: Balance) -> (Self, Self) {
		(Self, Self)
	}

	fn extract(&mut self, _: Balance) -> Self {
		Self
	}

	fn merge(self, _: Self) -> Self {
		Self
	}

	fn subsume(&mut self, _: Self) {}

	fn offset(self, _: Self) -> SameOrOther<Self, Self> {
		SameOrOther::None
	}

	fn peek(&self) -> Balance {
		0
	}
}

impl<AccountId> Currency<AccountId> for NoCurrency {
	type Balance = Balance;
	type PositiveImbalance = NoImbalance;
	type NegativeImbalance = NoImbalance;

	fn total_balance(_: &AccountId) -> Balance {
		0
	}

	fn can_slash(_: &AccountId, value: Balance) -> bool {
		value == 0
	}

	fn total_issuance() -> Balance {
		0
	}

	fn minimum_balance() -> Balance {
		0
	}

	fn burn(_: Balance) -> NoImbalance {
		NoImbalance
	}

	fn issue(_: Balance) -> NoImbalance {
		NoImbalance
	}

	fn free_balance(_: &AccountId) -> Balance {
		0
	}

	fn ensure_can_withdraw(
		_: &AccountId,
		amount: Balance,
		_: WithdrawReasons,
		_: Balance,
	) -> DispatchResult {
		ensure_nothing(amount)
	}

	fn transfer(
		_: &AccountId,
		_: &AccountId,
		value: Balance,
		_: ExistenceRequirement,
	) -> DispatchResult {
		ensure_nothing(value)
	}

	fn slash(_: &AccountId, value: Balance) -> (NoImbalance, Balance) {
		(NoImbalance, value)
	}

	fn deposit_into_existing(_: &AccountId, value: Balance) -> Result<NoImbalance, DispatchError> {
		ensure_nothing(value).map(|()| NoImbalance)
	}

	fn deposit_creating(_: &AccountId, _: Balance) -> NoImbalance {
		NoImbalance
	}

	fn withdraw(
		_: &AccountId,
		value: Balance,
		_: WithdrawReasons,
		_: ExistenceRequirement,
	) -> Result<NoImbalance, DispatchError> {
		ensure_nothing(value).map(|()| NoImbalance)
	}

	fn make_free_balance_be(_: &AccountId, _: Balance) -> SignedImbalance<Balance, NoImbalance> {
		SignedImbalance::Positive(NoImbalance)
	}
}

impl<AccountId> ReservableCurrency<AccountId> for NoCurrency {
	fn can_reserve(_: &AccountId, value: Balance) -> bool {
		value == 0
	}

	fn slash_reserved(_: &AccountId, value: Balance) -> (NoImbalance, Balance) {
		(NoImbalance, value)
	}

	fn reserved_balance(_: &AccountId) -> Balance {
		0
	}

	fn reserve(_: &AccountId, value: Balance) -> DispatchResult {
		ensure_nothing(value)
	}

	fn unreserve(_: &AccountId, value: Balance) -> Balance {
		value
	}

	fn repatriate_reserved(
		_: &AccountId,
		_: &AccountId,
		value: Balance,
		_: BalanceStatus,
	) -> Result<Balance, DispatchError> {
		Ok(value)
	}
}

impl<AccountId> fungible::Inspect<AccountId> for NoCurrency {
	type Balance = Balance;

	fn total_issuance() -> Balance {
		0
	}

	fn minimum_balance() -> Balance {
		0
	}

	fn total_balance(_: &AccountId) -> Balance {
		0
	}

	fn balance(_: &AccountId) -> Balance {
		0
	}

	fn reducible_balance(_: &AccountId, _: Preservation, _: Fortitude) -> Balance {
		0
	}

	fn can_deposit(_: &AccountId, amount: Balance, _: Provenance) -> DepositConsequence {
		if amount == 0 {
			DepositConsequence::Success
		} else {
			DepositConsequence::UnknownAsset
		}
	}

	fn can_withdraw(_: &AccountId, amount: Balance) -> WithdrawConsequence<Balance> {
		if amount == 0 {
			WithdrawConsequence::Success
		} else {
			WithdrawConsequence::BalanceLow
		}
	}
}

impl<AccountId> fungible::Unbalanced<AccountId> for NoCurrency {
	fn handle_dust(_: fungible::Dust<AccountId, Self>) {}

	fn write_balance(_: &AccountId, amount: Balance) -> Result<Option<Balance>, DispatchError> {
		ensure_nothing(amount).map(|()| None)
	}

	fn set_total_issuance(_: Balance) {}
}

impl<AccountId: Eq> fungible::Mutate<AccountId> for NoCurrency {}

impl<AccountId> fungible::InspectHold<AccountId> for NoCurrency {
	type Reason = RuntimeHoldReason;

	fn total_balance_on_hold(_: &AccountId) -> Balance {
		0
	}

	fn balance_on_hold(_: &Self::Reason, _: &AccountId) -> Balance {
		0
	}
}

impl<AccountId> fungible::UnbalancedHold<AccountId> for NoCurrency {
	fn set_balance_on_hold(_: &Self::Reason, _: &AccountId, amount: Balance) -> DispatchResult {
		ensure_nothing(amount)
	}
}

impl<AccountId> fungible::MutateHold<AccountId> for NoCurrency {}

#[cfg(test)]
mod tests {
	use super::*;
	use frame_support::{assert_noop, assert_ok};
	use fungible::{Mutate, MutateHold};

	const WHO: u64 = 1;
	const REASON: RuntimeHoldReason = RuntimeHoldReason::Session(pallet_session::HoldReason::Keys);

	#[test]
	fn a_deposit_of_nothing_can_be_held_and_released() {
		sp_io::TestExternalities::default().execute_with(|| {
			assert_ok!(NoCurrency::hold(&REASON, &WHO, 0));
			assert_ok!(
				NoCurrency::release_all(
					&REASON,
					&WHO,
					frame_support::traits::tokens::Precision::Exact
				),
				0
			);
			assert_ok!(NoCurrency::reserve(&WHO, 0));
			assert_eq!(NoCurrency::unreserve(&WHO, 0), 0);
		});
	}

	#[test]
	fn nothing_can_be_minted_held_reserved_or_moved() {
		sp_io::TestExternalities::default().execute_with(|| {
			assert!(NoCurrency::mint_into(&WHO, 1).is_err());
			assert_noop!(NoCurrency::hold(&REASON, &WHO, 1), TokenError::FundsUnavailable);
			assert_noop!(NoCurrency::reserve(&WHO, 1), TokenError::FundsUnavailable);
			assert_noop!(
				<NoCurrency as Currency<u64>>::transfer(
					&WHO,
					&2,
					1,
					ExistenceRequirement::AllowDeath
				),
				TokenError::FundsUnavailable
			);
			assert_eq!(<NoCurrency as Currency<u64>>::total_balance(&WHO), 0);
		});
	}
}
