//! What the clients of docs/clients.md take for granted of every chain: a tip in each transaction, and answers about fees.
//! This chain has neither tip nor fee. It says so in the shapes that they know, since without them they
//! print no block, and Polkadot.js Apps closes no motion.

use crate::{Balance, RuntimeCall};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{dispatch::DispatchInfo, weights::Weight};
use pallet_transaction_payment::{FeeDetails, RuntimeDispatchInfo};
use scale_info::TypeInfo;
use sp_runtime::{impl_tx_ext_default, traits::TransactionExtension};

/// The prefix of an account's text: Substrate's general one.
pub const SS58_PREFIX: u16 = 42;
/// What wallets show behind an amount. The chain has no token; they need a symbol all the same.
pub const TOKEN_SYMBOL: &str = "NONE";
/// Digits behind the point of such an amount.
pub const TOKEN_DECIMALS: u8 = 0;

/// A tip that nobody gets: whatever it is, it is ignored, for the order in the pool too.
///
/// It has the name and the bytes of the SDK's `ChargeTransactionPayment`, which those
/// clients fill in by themselves.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct ChargeTransactionPayment(#[codec(compact)] Balance);

impl ChargeTransactionPayment {
	/// The extension of a transaction with this tip.
	pub const fn from(tip: Balance) -> Self {
		Self(tip)
	}
}

impl TransactionExtension<RuntimeCall> for ChargeTransactionPayment {
	const IDENTIFIER: &'static str = "ChargeTransactionPayment";
	type Implicit = ();
	type Val = ();
	type Pre = ();

	fn weight(&self, _: &RuntimeCall) -> Weight {
		Weight::zero()
	}

	impl_tx_ext_default!(RuntimeCall; validate prepare);
}

/// Weight and class of what was dispatched, for a fee of zero.
pub(crate) fn info(dispatch: &DispatchInfo) -> RuntimeDispatchInfo<Balance> {
	RuntimeDispatchInfo { weight: dispatch.total_weight(), class: dispatch.class, partial_fee: 0 }
}

/// No fee for being in a block, and no tip.
pub(crate) const fn no_fee() -> FeeDetails<Balance> {
	FeeDetails { inclusion_fee: None, tip: 0 }
}
