//! # Intents
//!
//! How a lender acts. A lender has no account on the chain and pays nothing: the lender signs an
//! intent, a short statement of what to do, in which case, until when, and hands it to anybody who
//! can reach the chain. The chain checks the signature against the key that a registrar bound to
//! the lender's row, and carries the intent out in the lender's name.
//!
//! | an intent | carried by | when it is refused |
//! |---|---|---|
//! | alone, [`Call::submit`] | anybody, with no account | it never enters a block; the pool answers with a code of [`PoolRefusal`](winddown_primitives::PoolRefusal) |
//! | among up to 2,048, [`Call::submit_batch`] | the vote operator | [`Event::Refused`] tells position and reason; the others count |
//!
//! An intent is carried out at most once: its sequence must exceed the last one that the lender
//! used, and it is used up even when what the intent asks for fails, so that a failing intent
//! cannot be replayed. It ends at a moment that the lender chose, it is bound to one chain by the
//! genesis hash, and it can ask only for what lenders may do. Its sequence must not exceed that
//! moment in milliseconds: whoever steals a key cannot use up the sequences of the next one.
//!
//! Example: lender 5 of case 1 signs `{case: 1, lender: 5, sequence: 3, valid until noon, cast
//! ballot}`. The operator carries it among a thousand others. Carried a second time, it is refused
//! with [`Refusal::SequenceUsed`].

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(test, feature = "runtime-benchmarks"))]
pub mod benchmarking;
#[cfg(test)]
mod mock;
mod origin;
mod signatures;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use origin::EnsureLender;
pub use pallet::*;
pub use types::{dispatch, LenderCalls, Refusal, SignedIntent, SignedIntentOf, MAX_BATCH};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use crate::{
		signatures,
		types::{
			IntentOf, LastSequence, LenderCalls, Refusal, SequencePage, SignedIntentOf, MAX_BATCH,
			SEQUENCE_PAGE,
		},
		weights::WeightInfo,
	};
	use alloc::boxed::Box;
	use frame_support::{
		dispatch::GetDispatchInfo as _,
		pallet_prelude::*,
		storage::generator::StorageDoubleMap as _,
		traits::{Contains as _, Time},
	};
	use frame_system::{ensure_authorized, pallet_prelude::*};
	use sp_runtime::{
		traits::{BadOrigin, Zero},
		Saturating,
	};
	use winddown_primitives::{
		pages::{self, slot_of, Cell, PageIndex},
		traits::LenderKeys,
		CaseId, Intent, LenderIndex, LenderRef, Millis, Sequence,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		RuntimeEvent: From<Event<Self>>,
		RuntimeOrigin: From<Origin>,
		Hash: Into<[u8; 32]>,
	>
	{
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The clock, in milliseconds.
		type Time: Time<Moment = Millis>;

		/// Who carries batches: the vote operator.
		type CarrierOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// The lenders' keys.
		type Keys: LenderKeys;

		/// What lenders may ask for. It must contain no call that dispatches another one, and none
		/// that changes a lender's key: those of a batch are read before its first call.
		type LenderCalls: LenderCalls<<Self as frame_system::Config>::RuntimeCall>;

		/// How far ahead, in milliseconds, the end of an intent may lie.
		#[pallet::constant]
		type MaxValidity: Get<Millis>;

		/// The pool's priority of an intent that comes alone.
		#[pallet::constant]
		type Priority: Get<TransactionPriority>;

		/// How many blocks an intent that comes alone may wait in the pool.
		#[pallet::constant]
		type Longevity: Get<TransactionLongevity>;

		/// Neighbours for benchmarks.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<
			Self::RuntimeOrigin,
			<Self as frame_system::Config>::RuntimeCall,
		>;
	}

	/// The last sequence that each lender used, in pages of 64 rows.
	// Identity: numbers of cases and pages are dense, and a page is only written for a lender
	// whose signature was verified.
	#[pallet::storage]
	pub type Sequences<T> =
		StorageDoubleMap<_, Identity, CaseId, Identity, PageIndex, SequencePage, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An intent was not carried out.
		Refused {
			/// Its position in the batch; 0 when it came alone.
			index: u32,
			/// The case.
			case: CaseId,
			/// The lender's row, as the intent states it.
			lender: LenderIndex,
			/// Its sequence.
			sequence: Sequence,
			/// Why.
			reason: Refusal,
		},
		/// A batch was carried through.
		BatchSubmitted {
			/// Who carried it.
			carrier: T::AccountId,
			/// Intents that were carried out.
			accepted: u32,
			/// Intents that were refused, each with its own event.
			refused: u32,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The sequence does not exceed the last one that the lender used; sign with a higher one.
		SequenceUsed,
	}

	/// The origin of what an intent asks for.
	#[pallet::origin]
	#[derive(
		Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
	)]
	pub enum Origin {
		/// A lender, by a verified signature.
		#[codec(index = 0)]
		Lender(LenderRef),
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxValidity::get() > 0, "an intent must be able to be valid");
			assert!(T::Longevity::get() > 0, "an intent must be able to wait for a block");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Carries out one intent; anybody may hand it in, with no account and no fee.
		///
		/// A bare transaction, which the clients of docs/clients.md show, or a general one. Both are
		/// authorised by the intent's own signature alone. An intent that would be refused does not
		/// enter a block: its code of `PoolRefusal` says why. The sequence is used even when what the
		/// intent asks for fails.
		///
		/// - `signed`: the intent and its signature.
		///
		/// Emits what the intent's call emits, or [`Event::Refused`] when that call fails. Fails
		/// with [`Error::SequenceUsed`].
		#[pallet::call_index(0)]
		#[pallet::weight(lone_weight::<T>(signed))]
		#[pallet::authorize(|_source, signed| Self::validate(signed).map(|valid| (valid, Weight::zero())))]
		// The check stands in the weight of the call: no extension weighs a bare transaction.
		#[pallet::weight_of_authorize(Weight::zero())]
		pub fn submit(origin: OriginFor<T>, signed: Box<SignedIntentOf<T>>) -> DispatchResult {
			ensure_validated::<T>(origin)?;
			let Intent { case, lender, sequence, .. } = signed.intent;
			Self::use_sequence(&signed.intent, || Ok(())).map_err(|_| Error::<T>::SequenceUsed)?;
			if let Err(reason) = Self::carry_out(signed.intent) {
				Self::deposit_event(Event::Refused { index: 0, case, lender, sequence, reason });
			}
			Ok(())
		}

		/// Carries out many intents, one after the other.
		///
		/// By the vote operator. An intent that is refused does not keep the others from counting,
		/// and the batch itself never fails. The sequence is used even when what the intent asks
		/// for fails, but not when the intent is refused for another reason.
		///
		/// - `intents`: the intents and their signatures; those of one lender by ascending sequence. In the
		///   order of `winddown_primitives::pages::trie_order` they cost the least time.
		///
		/// Emits what the intents' calls emit, [`Event::Refused`] for each that is refused, and
		/// [`Event::BatchSubmitted`].
		#[pallet::call_index(1)]
		#[pallet::weight(batch_weight::<T>(intents))]
		pub fn submit_batch(
			origin: OriginFor<T>,
			intents: BoundedVec<SignedIntentOf<T>, ConstU32<MAX_BATCH>>,
		) -> DispatchResultWithPostInfo {
			let carrier = T::CarrierOrigin::ensure_origin(origin)?;
			let declared = batch_weight::<T>(&intents);
			let (now, genesis) = (T::Time::now(), Self::genesis());
			let verified = signatures::verified_together::<T>(&intents, &genesis);
			let together = verified.iter().filter(|verified| **verified).count() as u32;
			let (mut accepted, mut refused) = (0u32, 0u32);
			for ((index, signed), verified) in (0u32..).zip(intents).zip(verified) {
				let Intent { case, lender, sequence, .. } = signed.intent;
				let verify = || match verified {
					true => Ok(()),
					false => signatures::ensure_signed::<T>(&signed, &genesis),
				};
				let outcome = Self::ensure_timely(&signed.intent, now)
					.and_then(|()| Self::use_sequence(&signed.intent, verify))
					.and_then(|()| Self::carry_out(signed.intent));
				match outcome {
					Ok(()) => accepted.saturating_inc(),
					Err(reason) => {
						refused.saturating_inc();
						Self::deposit_event(Event::Refused {
							index,
							case,
							lender,
							sequence,
							reason,
						});
					}
				}
			}
			Self::deposit_event(Event::BatchSubmitted { carrier, accepted, refused });
			Ok(Some(declared.saturating_sub(spared::<T>(together))).into())
		}
	}

	/// The bare form of [`Call::submit`]. The SDK means to replace this trait by `authorize` everywhere;
	/// until clients send and show general transactions, both forms are judged by the same function.
	#[allow(deprecated)]
	#[pallet::validate_unsigned]
	impl<T: Config> ValidateUnsigned for Pallet<T> {
		type Call = Call<T>;

		fn validate_unsigned(_source: TransactionSource, call: &Call<T>) -> TransactionValidity {
			match call {
				Call::submit { signed } => Self::validate(signed),
				_ => Err(InvalidTransaction::Call.into()),
			}
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The last sequence that a lender used; the next intent needs a higher one, and an end that
		/// is no lower than that.
		pub fn last_sequence(case_id: CaseId, lender: LenderIndex) -> Sequence {
			pages::read_stored::<LastSequence>(&Self::page_key(case_id, lender), slot_of(lender))
				.unwrap_or_default()
				.0
		}
	}

	impl<T: Config> Pallet<T> {
		/// What the pool must know of an intent that comes alone.
		fn validate(signed: &SignedIntentOf<T>) -> TransactionValidity {
			Self::ensure_valid(signed).map_err(InvalidTransaction::from)?;
			// One tag for a lender, so that one intent of each waits in the pool, in whichever form.
			ValidTransaction::with_tag_prefix("winddown/intent")
				.and_provides((signed.intent.case, signed.intent.lender))
				.priority(T::Priority::get())
				.longevity(T::Longevity::get())
				.build()
		}

		/// Whether the intent could be carried out now; changes nothing.
		fn ensure_valid(signed: &SignedIntentOf<T>) -> Result<(), Refusal> {
			let Intent { case, lender, sequence, .. } = signed.intent;
			Self::ensure_timely(&signed.intent, T::Time::now())?;
			ensure!(sequence > Self::last_sequence(case, lender), Refusal::SequenceUsed);
			signatures::ensure_signed::<T>(signed, &Self::genesis())
		}

		/// The checks that need nothing but the intent.
		fn ensure_timely(intent: &IntentOf<T>, now: Millis) -> Result<(), Refusal> {
			ensure!(now <= intent.valid_until, Refusal::Expired);
			let latest = now.saturating_add(T::MaxValidity::get());
			ensure!(intent.valid_until <= latest, Refusal::ValidTooLong);
			ensure!(intent.sequence <= intent.valid_until, Refusal::SequenceTooHigh);
			ensure!(T::LenderCalls::contains(&intent.call), Refusal::CallNotAllowed);
			Ok(())
		}

		/// Uses the intent's sequence if it is a new one and `verify` agrees. The page is read once,
		/// for the check and for the change.
		fn use_sequence(
			intent: &IntentOf<T>,
			verify: impl FnOnce() -> Result<(), Refusal>,
		) -> Result<(), Refusal> {
			let Intent { case, lender, sequence, .. } = *intent;
			pages::change_stored::<SEQUENCE_PAGE, _, _>(
				&Self::page_key(case, lender),
				slot_of(lender),
				LastSequence::WIDTH,
				|cell| {
					let last = LastSequence::read(cell).unwrap_or_default();
					ensure!(sequence > last.0, Refusal::SequenceUsed);
					verify()?;
					LastSequence(sequence).write(cell);
					Ok(())
				},
			)
		}

		/// Does what the intent asks for, in the lender's name.
		fn carry_out(intent: IntentOf<T>) -> Result<(), Refusal> {
			let Intent { case, lender, call, .. } = intent;
			T::LenderCalls::carry_out(call, LenderRef { case, lender }).map_err(Refusal::CallFailed)
		}

		/// The key of a lender's page in [`Sequences`].
		pub(crate) fn page_key(case: CaseId, lender: LenderIndex) -> [u8; 40] {
			pages::page_key(Sequences::<T>::prefix_hash(), case, lender)
		}

		pub(crate) fn genesis() -> [u8; 32] {
			frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()).into()
		}
	}

	/// Whether the intent was validated before its call is dispatched: as a general transaction by
	/// `authorize`, as a bare one by `validate_unsigned`. Nothing else dispatches without an origin.
	fn ensure_validated<T: Config>(origin: OriginFor<T>) -> Result<(), BadOrigin> {
		ensure_authorized(origin.clone()).or_else(|_| ensure_none(origin))
	}

	/// What an intent that comes alone weighs: its check, its carrying out, and what it asks for.
	fn lone_weight<T: Config>(signed: &SignedIntentOf<T>) -> Weight {
		let check = T::WeightInfo::authorize_submit();
		let asked = signed.intent.call.get_dispatch_info().call_weight;
		T::WeightInfo::submit().saturating_add(check).saturating_add(asked)
	}

	/// What a batch weighs when every signature must be verified one by one, and what the intents
	/// ask for.
	fn batch_weight<T: Config>(intents: &[SignedIntentOf<T>]) -> Weight {
		let calls = intents.iter().map(|signed| signed.intent.call.get_dispatch_info().call_weight);
		calls.fold(T::WeightInfo::submit_batch(intents.len() as u32), Weight::saturating_add)
	}

	/// What it weighs less when `together` of its signatures were verified together.
	fn spared<T: Config>(together: u32) -> Weight {
		let alone =
			T::WeightInfo::submit_batch(together).saturating_sub(T::WeightInfo::submit_batch(0));
		let together = T::WeightInfo::submit_batch_together(together)
			.saturating_sub(T::WeightInfo::submit_batch_together(0));
		alone.saturating_sub(together)
	}
}
