//! `CheckNonce`: each transaction once and in its order, also of somebody who acts for an institution.

use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	ensure,
	pallet_prelude::TransactionSource,
	traits::OriginTrait,
	weights::Weight,
};
use frame_system::{Config, ExtensionsWeightInfo as _, Pallet};
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication, One, PostDispatchInfoOf,
		TransactionExtension, ValidateResult,
	},
	transaction_validity::{InvalidTransaction, TransactionValidityError, ValidTransaction},
	DispatchResult, Saturating,
};

/// The SDK's `CheckNonce` under the same name and with the same bytes, but for the account of anybody whom
/// [`CheckAdmission`](crate::CheckAdmission) let pass: it must stand after that one.
///
/// The SDK's refuses an account that nothing keeps alive, since on a chain with a token such an account paid
/// nothing for its place in the state. A second key of an institution, or a member of its multisig, is such an
/// account; its institution pays. Its nonce stays for ever, so that nobody can replay what it signed.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq, TypeInfo)]
#[scale_info(skip_type_params(T))]
pub struct CheckNonce<T: Config>(#[codec(compact)] T::Nonce);

impl<T: Config> CheckNonce<T> {
	/// The check of a transaction with this nonce.
	pub fn from(nonce: T::Nonce) -> Self {
		Self(nonce)
	}
}

impl<T: Config> core::fmt::Debug for CheckNonce<T> {
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		write!(f, "CheckNonce({:?})", self.0)
	}
}

/// Whose nonce is used up; nobody's when nobody signed, and then the weight comes back.
pub type Signer<T> = Option<<T as Config>::AccountId>;

impl<T: Config> TransactionExtension<T::RuntimeCall> for CheckNonce<T>
where
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
{
	const IDENTIFIER: &'static str = "CheckNonce";
	type Implicit = ();
	type Val = Signer<T>;
	type Pre = Weight;

	fn weight(&self, _: &T::RuntimeCall) -> Weight {
		T::ExtensionsWeightInfo::check_nonce()
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<T::RuntimeCall>,
		_call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_len: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Implication,
		_source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		let Some(who) = origin.as_signer().cloned() else {
			return Ok((ValidTransaction::default(), None, origin));
		};
		let due = Pallet::<T>::account_nonce(&who);
		ensure!(self.0 >= due, InvalidTransaction::Stale);
		let tag = |nonce: T::Nonce| vec![(&who, nonce).encode()];
		let requires =
			if self.0 > due { tag(self.0.saturating_sub(One::one())) } else { Vec::new() };
		let validity = ValidTransaction { provides: tag(self.0), requires, ..Default::default() };
		Ok((validity, Some(who), origin))
	}

	fn prepare(
		self,
		signer: Self::Val,
		_origin: &DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		let Some(who) = signer else { return Ok(self.weight(call)) };
		frame_system::CheckNonce::<T>::prepare_nonce_for_account(&who, self.0)?;
		Ok(Weight::zero())
	}

	fn post_dispatch_details(
		unspent: Self::Pre,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		_len: usize,
		_result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		Ok(unspent)
	}
}
