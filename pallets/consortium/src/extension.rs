//! `CheckAdmission`: who gets a transaction into the pool and into a block.

use crate::{
	weights::WeightInfo, ActingFor, AdmissionLimits, Bucket, Buckets, CallClass, Classify, Config,
	Departures, Institutions, Pallet,
};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	ensure,
	pallet_prelude::TransactionSource,
	traits::{Contains, Get, OriginTrait},
	weights::Weight,
	CloneNoBound, DefaultNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::pallet_prelude::BlockNumberFor;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication, PostDispatchInfoOf,
		TransactionExtension, ValidateResult,
	},
	transaction_validity::{InvalidTransaction, TransactionValidityError, ValidTransaction},
	DispatchResult,
};
use winddown_primitives::PoolRefusal;

/// Lets institutions that are not suspended transact, each within its limits, whoever signs for them,
/// and refuses every other signer.
///
/// A signer that is an institution pays from its own bucket. Another signer has to act for one, as its proxy
/// or as a member of the multisig that it is ([`ActingFor`]), and that one pays. What can be known beforehand
/// not to be carried out is refused here, since in a block it would read as a success.
///
/// It carries no data. Transactions that nobody signed (inherents, lenders' intents) pass as they
/// are. It must stand before [`CheckNonce`](crate::CheckNonce), which relies on it.
///
/// A transaction pays for the weight that it declares, and gets back what it did not need: one that
/// declares much and fails would else keep others out of the block for nothing.
///
/// Within a block an empty bucket reads as `ExhaustsResources`: the author keeps the transaction
/// for a later block. Before the pool it reads as [`PoolRefusal::RateExceeded`].
#[derive(
	Encode,
	Decode,
	DecodeWithMemTracking,
	CloneNoBound,
	DefaultNoBound,
	PartialEqNoBound,
	EqNoBound,
	TypeInfo,
)]
#[scale_info(skip_type_params(T))]
pub struct CheckAdmission<T>(PhantomData<T>);

impl<T> CheckAdmission<T> {
	/// The extension; there is nothing to choose.
	pub const fn new() -> Self {
		Self(PhantomData)
	}
}

impl<T> core::fmt::Debug for CheckAdmission<T> {
	fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
		f.write_str("CheckAdmission")
	}
}

/// What `prepare` has to do.
pub enum Admission<T: Config> {
	/// Nobody signed: nothing.
	Unsigned,
	/// Keep what is left in the bucket of the institution that pays.
	Charged {
		/// The institution.
		who: T::AccountId,
		/// Its bucket after this transaction.
		left: Bucket<BlockNumberFor<T>>,
	},
}

/// What `post_dispatch` gives back.
pub enum Unspent<T: Config> {
	/// Nobody signed: the weight of this extension.
	Unsigned(Weight),
	/// The institution's tokens for weight that the call did not need.
	Tokens {
		/// The institution.
		who: T::AccountId,
		/// The class of the call.
		class: CallClass,
	},
}

/// A refusal of the pool as the node passes it on.
fn refused(refusal: PoolRefusal) -> TransactionValidityError {
	InvalidTransaction::Custom(refusal.code()).into()
}

impl<T: Config> CheckAdmission<T> {
	/// The institution that pays when `signer` signs `call`: the signer, or the one that it acts for.
	fn payer(
		signer: &T::AccountId,
		call: &T::RuntimeCall,
	) -> Result<T::AccountId, TransactionValidityError> {
		let principal = T::ActingFor::principal(signer, call).map_err(refused)?;
		let principal = principal.filter(|principal| Institutions::<T>::contains_key(principal));
		if Institutions::<T>::contains_key(signer) {
			let suspended = principal.is_some_and(|principal| !Pallet::<T>::contains(&principal));
			ensure!(!suspended, refused(PoolRefusal::Suspended));
			return Ok(signer.clone());
		}
		// The nonce of one that left is not looked after: its old transactions could be replayed.
		ensure!(!Departures::<T>::contains_key(signer), refused(PoolRefusal::NotAdmitted));
		principal.ok_or_else(|| refused(PoolRefusal::NotAdmitted))
	}

	/// What is left in the bucket of `who` after a transaction of `class` with this weight and `length`
	/// bytes.
	fn charge(
		who: &T::AccountId,
		class: CallClass,
		weight: Weight,
		length: usize,
		source: TransactionSource,
	) -> Result<Bucket<BlockNumberFor<T>>, TransactionValidityError> {
		let institution =
			Institutions::<T>::get(who).ok_or_else(|| refused(PoolRefusal::NotAdmitted))?;
		ensure!(institution.is_active(), refused(PoolRefusal::Suspended));
		let limits: AdmissionLimits = T::Limits::get();
		let class_limits = limits.of(class);
		ensure!(length <= class_limits.max_length as usize, refused(PoolRefusal::TooLong));
		let bucket = Pallet::<T>::bucket(who, institution.roles, &limits);
		bucket.spent(limits.tokens(class, weight)).ok_or_else(|| match source {
			TransactionSource::InBlock => InvalidTransaction::ExhaustsResources.into(),
			TransactionSource::Local | TransactionSource::External => {
				refused(PoolRefusal::RateExceeded)
			}
		})
	}
}

impl<T: Config + Send + Sync> TransactionExtension<T::RuntimeCall> for CheckAdmission<T>
where
	T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
{
	const IDENTIFIER: &'static str = "CheckAdmission";
	type Implicit = ();
	type Val = Admission<T>;
	type Pre = Unspent<T>;

	fn weight(&self, _call: &T::RuntimeCall) -> Weight {
		<T as Config>::WeightInfo::check_admission().saturating_add(T::ActingFor::weight())
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		info: &DispatchInfoOf<T::RuntimeCall>,
		len: usize,
		_self_implicit: Self::Implicit,
		_inherited_implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, T::RuntimeCall> {
		let Some(signer) = origin.as_signer() else {
			return Ok((ValidTransaction::default(), Admission::Unsigned, origin));
		};
		let who = Self::payer(signer, call)?;
		let class = T::CallClass::classify(call);
		let left = Self::charge(&who, class, info.total_weight(), len, source)?;
		let validity = ValidTransaction { priority: class.priority(), ..Default::default() };
		let admission = Admission::Charged { who, left };
		Ok((validity, admission, origin))
	}

	fn prepare(
		self,
		admission: Self::Val,
		_origin: &DispatchOriginOf<T::RuntimeCall>,
		call: &T::RuntimeCall,
		_info: &DispatchInfoOf<T::RuntimeCall>,
		_len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		match admission {
			Admission::Unsigned => Ok(Unspent::Unsigned(self.weight(call))),
			Admission::Charged { who, left } => {
				Buckets::<T>::insert(&who, left);
				Ok(Unspent::Tokens { who, class: T::CallClass::classify(call) })
			}
		}
	}

	fn post_dispatch_details(
		unspent: Self::Pre,
		info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		_len: usize,
		_result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		let (who, class) = match unspent {
			Unspent::Unsigned(weight) => return Ok(weight),
			Unspent::Tokens { who, class } => (who, class),
		};
		let limits = T::Limits::get();
		let taken = limits.tokens(class, info.total_weight());
		let needed = limits.tokens(class, post_info.calc_actual_weight(info));
		// One that was removed by its own call has no bucket any more.
		Buckets::<T>::mutate_extant(&who, |bucket| {
			*bucket = bucket.given_back(taken.saturating_sub(needed), &limits);
		});
		Ok(Weight::zero())
	}
}
