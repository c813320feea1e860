//! # Evidence
//!
//! Keeps the digests of a case's records, and what arbitration institutions say about them. The
//! plaintext stays with its producer; a court compares it with the digest. A record is worth
//! something once enough institutions confirmed it, one without ties to the platform among them.
//!
//! | state | how a record gets there | what follows |
//! |---|---|---|
//! | `Pending` | deposited by an institution, or by the chain itself | the institutions of its policy attest |
//! | `Effective` | the policy's confirmations are there | it stands, unless its producer replaces it |
//! | `Rejected` | the confirmations can no longer come together | its producer may deposit a better one; content that was absent may appear |
//! | `Superseded` | its producer replaced it before it was rejected | it stays readable, with its attestations |
//!
//! Nothing is deleted or overwritten. An attestation that comes after the decision is kept too. An
//! institution speaks once on a record. Only when it did not get the content, which it says with
//! `Absent`, may it speak once more: absence is a fact of a moment. Its second word takes the place
//! of the first in the count and keeps it beside itself, and a record that was rejected because of
//! it is `Pending` or `Effective` again.
//!
//! A digest is on record once for each case, kind and producer. Whoever comes first keeps nobody
//! else from depositing the same content, or from depositing it as evidence of another kind.
//!
//! Example: a policy asks three arbitration institutions for two confirmations, one of them
//! independent. The operator's own arbiter confirms: still pending. An independent one confirms:
//! effective.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

mod actions;
#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
#[cfg(any(test, feature = "runtime-benchmarks"))]
pub use benchmarking::BenchmarkHelper;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

use frame_support::{dispatch::DispatchResult, traits::Time};
use winddown_primitives::{
	traits::{Cases, Institutions},
	AttestationPolicy, CaseId, Digest, EvidenceId, EvidenceKind, Millis, Relation,
};

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use crate::actions::NewRecord;
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;
	use winddown_primitives::MAX_ARBITERS;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// How many records one answer to [`Pallet::pending`] or [`Pallet::absent`] looks at.
	pub const PENDING_SCAN: u32 = 256;

	/// Most records of one answer to [`Pallet::known`].
	pub const MAX_KNOWN: u32 = 64;

	/// As what, and by whom a digest was deposited; `None` is the chain itself.
	pub type DepositedAs<T> = (EvidenceKind, Option<<T as frame_system::Config>::AccountId>);

	/// A policy of this chain.
	pub type PolicyOf<T> = AttestationPolicy<<T as frame_system::Config>::AccountId>;
	/// A record of this chain.
	pub type RecordOf<T> = Record<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// An attestation of this chain.
	pub type AttestationOf<T> = Attestation<BlockNumberFor<T>>;

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who may deposit: operators, platforms, associations, registrars. A platform deposits
		/// only in its own case, which this pallet checks.
		type DepositOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who may attest at all; the policy of the record decides who may attest it.
		type ArbiterOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who may change the policy of a case.
		type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The cases.
		type Cases: Cases<Self::AccountId>;
		/// The institutions and their roles.
		type Institutions: Institutions<Self::AccountId>;
		/// The clock, in milliseconds.
		type Time: Time<Moment = Millis>;
		/// How far a producer's clock may run ahead of the chain's, in milliseconds.
		#[pallet::constant]
		type ClockSkew: Get<Millis>;
		/// Most attestations of one batch.
		#[pallet::constant]
		type MaxBatch: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What benchmarks need.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin, Self::AccountId>;
	}

	/// The records.
	// Twox: the chain itself numbers them.
	#[pallet::storage]
	pub type Records<T: Config> = StorageMap<_, Twox64Concat, EvidenceId, RecordOf<T>>;

	/// The number of the next record.
	#[pallet::storage]
	pub type NextRecord<T: Config> = StorageValue<_, EvidenceId, ValueQuery>;

	/// The record of a digest in a case, for each kind and producer: the newest one of an
	/// institution, the first one of the chain.
	// Twox: the chain numbers cases. Blake2: depositors choose digest and kind.
	#[pallet::storage]
	pub type Known<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, CaseId>,
			NMapKey<Blake2_128Concat, Digest>,
			NMapKey<Blake2_128Concat, DepositedAs<T>>,
		),
		EvidenceId,
	>;

	/// What institutions said about a record.
	// Twox: the chain numbers records. Blake2: accounts are chosen by people.
	#[pallet::storage]
	pub type Attestations<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		EvidenceId,
		Blake2_128Concat,
		T::AccountId,
		AttestationOf<T>,
	>;

	/// Every version of the policy of a case.
	// Twox: both keys are numbers given by the chain.
	#[pallet::storage]
	pub type Policies<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, PolicyVersion, PolicyOf<T>>;

	/// The version that new records of a case get.
	// Twox: the chain itself numbers cases.
	#[pallet::storage]
	pub type CurrentPolicy<T: Config> = StorageMap<_, Twox64Concat, CaseId, PolicyVersion>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A record was deposited.
		Deposited {
			/// The record.
			id: EvidenceId,
			/// Its case.
			case: CaseId,
			/// What it is about.
			kind: EvidenceKind,
			/// What is recorded.
			content: Content,
			/// The institution that deposited it; `None` for the chain itself.
			producer: Option<T::AccountId>,
			/// When it was made, in milliseconds, as its producer claims.
			produced_at: Millis,
			/// The record that it follows.
			parent: Option<EvidenceId>,
			/// The record that it corrects.
			replaces: Option<EvidenceId>,
			/// The version of the case's policy by which it is attested.
			policy: PolicyVersion,
		},
		/// An institution attested a record.
		Attested {
			/// The record.
			id: EvidenceId,
			/// The institution.
			arbiter: T::AccountId,
			/// Its ties to platform and operator, as the policy states them.
			relation: Relation,
			/// The digest that it checked.
			digest: Digest,
			/// What it found.
			verdict: Verdict,
		},
		/// A record reached its quorum.
		RecordEffective {
			/// The record.
			id: EvidenceId,
		},
		/// A record can no longer reach its quorum.
		RecordRejected {
			/// The record.
			id: EvidenceId,
		},
		/// A record was rejected for want of its content; an institution found it, and the quorum is
		/// open again.
		RecordReopened {
			/// The record.
			id: EvidenceId,
		},
		/// A record's producer replaced it. One that was rejected stays so.
		RecordSuperseded {
			/// The record.
			id: EvidenceId,
			/// The record that replaces it.
			by: EvidenceId,
		},
		/// A case got a policy; records deposited from now on follow it.
		PolicySet {
			/// The case.
			case: CaseId,
			/// The version, from 1.
			version: PolicyVersion,
			/// Who attests, and how many confirmations are needed.
			policy: PolicyOf<T>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No record has this number. Look it up by its digest.
		NotFound,
		/// The record belongs to another case. Name one of this case.
		WrongCase,
		/// A platform deposits only in its own case. Let another institution deposit it.
		NotYourCase,
		/// The producer has this digest on record in this case, as the same kind. Use that record, or
		/// name it as the one replaced.
		DuplicateDigest,
		/// A record needs at least one leaf and one byte. State what was digested.
		EmptyContent,
		/// The record claims to be made in the future. Correct the producer's clock.
		ProducedInFuture,
		/// Another institution, or the chain, deposited that record. Replace only your own.
		NotProducer,
		/// The record was replaced. Use the one that replaced it.
		AlreadySuperseded,
		/// The record was rejected. Use the one that its producer deposits next.
		AlreadyRejected,
		/// The policy of the record does not ask this institution. It need not do anything.
		NotInPolicy,
		/// The institution attested this record before. Its word stands; one of absence gives way to
		/// a verdict on the content.
		AlreadyAttested,
		/// The digest attested is not that of the record. Read the record at a finalized block.
		WrongDigest,
		/// The case has no policy. Open the case first.
		NoPolicy,
		/// The case has a policy. The council may set another one.
		PolicyExists,
		/// The confirmations asked cannot be reached, nobody independent is asked, or an
		/// institution occurs twice. Correct the policy.
		InvalidPolicy,
		/// An account of the policy is no arbitration institution in good standing. Admit it first.
		NotAnArbiter,
		/// An institution called independent is itself a platform or an operator. Call it related.
		NotIndependent,
		/// The record is about something else. Name one of the kind that the call asks for.
		WrongKind,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxBatch::get() > 0, "a batch holds at least one attestation");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Deposits the digest of a record.
		///
		/// The origin must be an institution that may deposit; a platform deposits only in its own
		/// case. The record is attested by the policy that the case has now.
		///
		/// - `case_id`: the case.
		/// - `kind`: what the record is about.
		/// - `content`: its digest, leaves, size in bytes and encoding version.
		/// - `produced_at`: when it was made, in milliseconds.
		/// - `parent`: the record of the same case that it follows.
		/// - `replaces`: the record of the same case and producer that it corrects; the correction may
		///   have the same digest.
		///
		/// Emits `RecordSuperseded` for the record replaced, and `Deposited`. Fails for an unknown
		/// case, and with `NotYourCase`, `NoPolicy`, `EmptyContent`, `ProducedInFuture`,
		/// `DuplicateDigest`, `NotFound`, `WrongCase`, `NotProducer` or `AlreadySuperseded`.
		#[pallet::call_index(0)]
		#[pallet::weight((<T as Config>::WeightInfo::deposit(), DispatchClass::Operational))]
		pub fn deposit(
			origin: OriginFor<T>,
			case_id: CaseId,
			kind: EvidenceKind,
			content: Content,
			produced_at: Millis,
			parent: Option<EvidenceId>,
			replaces: Option<EvidenceId>,
		) -> DispatchResult {
			let producer = T::DepositOrigin::ensure_origin(origin)?;
			Self::ensure_may_deposit(&producer, case_id)?;
			Self::ensure_content(&content, produced_at)?;
			Self::ensure_new(case_id, content.digest, (kind, Some(producer.clone())), replaces)?;
			if let Some(parent) = parent {
				Self::ensure_in_case(parent, case_id)?;
			}
			if let Some(replaced) = replaces {
				Self::do_supersede(replaced, case_id, &producer)?;
			}
			let producer = Some(producer);
			let new =
				NewRecord { case: case_id, kind, content, producer, produced_at, parent, replaces };
			Self::do_deposit(new).map(|_| ())
		}

		/// Attests a record.
		///
		/// The origin must be an arbitration institution that the policy of the record asks. It
		/// attests once; after the decision too, which then stays as it is. After `Absent` it attests
		/// once more, with a verdict on the content, which may open a rejected record again. Naming
		/// the digest binds the institution's signature to the content, whatever happens to
		/// unfinalized blocks.
		///
		/// - `id`: the record.
		/// - `digest`: the digest that the institution checked.
		/// - `verdict`: what it found.
		///
		/// Emits `Attested`, then `RecordEffective`, `RecordRejected` or `RecordReopened` when this
		/// makes it so. Fails with `NotFound`, `WrongDigest`, `AlreadySuperseded`, `NotInPolicy` or
		/// `AlreadyAttested`.
		#[pallet::call_index(1)]
		#[pallet::weight((<T as Config>::WeightInfo::attest(), DispatchClass::Operational))]
		pub fn attest(
			origin: OriginFor<T>,
			id: EvidenceId,
			digest: Digest,
			verdict: Verdict,
		) -> DispatchResult {
			let arbiter = T::ArbiterOrigin::ensure_origin(origin)?;
			Self::do_attest(&arbiter, Statement { id, digest, verdict })
		}

		/// Attests many records, or none of them.
		///
		/// The origin must be an arbitration institution; each statement must do as in `attest`.
		///
		/// - `statements`: what the institution found, record by record.
		///
		/// Emits what `attest` emits for each record. Fails as `attest` does.
		#[pallet::call_index(2)]
		#[pallet::weight((
			<T as Config>::WeightInfo::attest_batch(statements.len() as u32),
			DispatchClass::Operational,
		))]
		pub fn attest_batch(
			origin: OriginFor<T>,
			statements: BoundedVec<Statement, T::MaxBatch>,
		) -> DispatchResult {
			let arbiter = T::ArbiterOrigin::ensure_origin(origin)?;
			statements.into_iter().try_for_each(|statement| Self::do_attest(&arbiter, statement))
		}

		/// Gives a case a new version of its policy.
		///
		/// The origin must be the council. Records on the chain keep the version that they have.
		///
		/// - `case_id`: the case.
		/// - `policy`: who attests, and how many confirmations are needed.
		///
		/// Emits `PolicySet`. Fails for an unknown case, and with `InvalidPolicy`, `NotAnArbiter` or
		/// `NotIndependent`.
		#[pallet::call_index(3)]
		pub fn set_policy(
			origin: OriginFor<T>,
			case_id: CaseId,
			policy: PolicyOf<T>,
		) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			T::Cases::stage(case_id)?;
			Self::do_set_policy(case_id, policy)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A record.
		pub fn record(id: EvidenceId) -> Option<RecordOf<T>> {
			Records::<T>::get(id)
		}

		/// The records of a digest in a case, ascending: one for each kind and producer, at most 64.
		pub fn known(case_id: CaseId, digest: Digest) -> Vec<EvidenceId> {
			let found = Known::<T>::iter_prefix_values((case_id, digest));
			let mut found: Vec<_> = found.take(MAX_KNOWN as usize).collect();
			found.sort_unstable();
			found
		}

		/// What institutions said about a record; at most one word of each in its policy.
		pub fn attestations(id: EvidenceId) -> Vec<(T::AccountId, AttestationOf<T>)> {
			Attestations::<T>::iter_prefix(id).take(MAX_ARBITERS as usize).collect()
		}

		/// The policy that new records of a case get, with its version.
		pub fn policy(case_id: CaseId) -> Option<(PolicyVersion, PolicyOf<T>)> {
			let version = CurrentPolicy::<T>::get(case_id)?;
			Some((version, Policies::<T>::get(case_id, version)?))
		}

		/// Undecided records from number `first` on that ask `arbiter` and lack its word.
		pub fn pending(arbiter: T::AccountId, first: EvidenceId) -> PendingPage<RecordOf<T>> {
			Self::page(first, |id, record| Self::waits_for(id, record, &arbiter))
		}

		/// Records from number `first` on that `arbiter` called absent, that are neither effective nor
		/// replaced: it may still say that it found the content.
		pub fn absent(arbiter: T::AccountId, first: EvidenceId) -> PendingPage<RecordOf<T>> {
			Self::page(first, |id, record| Self::lacks_content(id, record, &arbiter))
		}
	}
}
