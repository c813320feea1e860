//! # Repayment vote
//!
//! The platform proposes repayment plans, lenders vote on them, and what the adopted plan promises is
//! held against what is paid. A plan is one document and one schedule: whoever wants to change it
//! proposes a new version, which needs a new vote.
//!
//! | a plan is | until | becomes |
//! |---|---|---|
//! | proposed | the association puts it on a ballot, once the committee reviewed it or had its time | in vote |
//! | in vote | the ballot closes | adopted, rejected, or lapsed when the case was escalated meanwhile |
//! | in vote | the ballot is cancelled before anybody voted | proposed; the round is not used up |
//! | adopted | everything promised is paid | |
//!
//! | an instalment is | when |
//! |---|---|
//! | overdue | it fell due and was not fully paid |
//! | in breach | the grace of the case's terms passed as well |
//! | settled | everything promised is paid; a flag stays |
//!
//! Example: the first plan fails. In the second round two plans compete and one of them passes. Its
//! second instalment is reported a day late: it is settled, and stays flagged as overdue.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::{vec, vec::Vec};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{EnsureOrigin, Time},
};
use sp_runtime::{ArithmeticError, DispatchError};
use winddown_primitives::{
	pages::{page_of, slot_of, PageIndex},
	traits::{
		Cases, ClaimAmounts, CommitteeReview, EvidenceSink, PollEngine, PollListener, StageGate,
	},
	CaseId, Digest, EvidenceKind, Fen, Item, ItemKind, ItemOutcome, ItemResult, LenderIndex,
	LenderRef, Millis, NewPoll, PlanId, PollId, Precedence, Purpose, Stage, MAX_AMOUNT,
};

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
#[cfg(test)]
mod mock;
mod payments;
mod plans;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who proposes plans: platforms, each in its own case.
		type ProposeOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who opens votes: associations, each in its own case.
		type OrganiseOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who reports payments: platforms, each in its own case.
		type ReportOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// Who flags instalments: any institution.
		type FlagOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// A lender who acts by a signed intent.
		type LenderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = LenderRef>;
		/// The clock, in milliseconds.
		type Time: Time<Moment = Millis>;
		/// Stages, platforms, associations and terms of cases.
		type Cases: Cases<Self::AccountId>;
		/// Whose claims are paid.
		type Claims: ClaimAmounts;
		/// What committees say about plans.
		type Review: CommitteeReview;
		/// Where ballots are held.
		type Polls: PollEngine;
		/// Where adopted plans and payments are deposited.
		type Evidence: EvidenceSink;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What benchmarks need.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin>;
	}

	// Twox64Concat everywhere but for digests: cases, plans, polls, instalments and pages are numbers
	// that the chain assigns or bounds, so nobody can choose keys that collide.

	/// Every version of every plan.
	#[pallet::storage]
	pub type Plans<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, PlanId, Plan>;

	/// How many versions a case has.
	#[pallet::storage]
	pub type PlanCount<T: Config> = StorageMap<_, Twox64Concat, CaseId, PlanId, ValueQuery>;

	/// The plan of each document. Blake2_128Concat: platforms choose the document.
	#[pallet::storage]
	pub type Documents<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Blake2_128Concat, Digest, PlanId>;

	/// How the votes of each case on plans stand.
	#[pallet::storage]
	pub type VoteRounds<T: Config> = StorageMap<_, Twox64Concat, CaseId, Rounds, ValueQuery>;

	/// Every ballot on plans that is open or was held, so that its results stay readable.
	#[pallet::storage]
	pub type PlanBallots<T: Config> = StorageMap<_, Twox64Concat, PollId, PlanBallot>;

	/// The plan that lenders adopted.
	#[pallet::storage]
	pub type Adopted<T: Config> = StorageMap<_, Twox64Concat, CaseId, PlanId>;

	/// What was paid of each instalment of the adopted plan.
	#[pallet::storage]
	pub type Progresses<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		CaseId,
		Twox64Concat,
		InstalmentIndex,
		Progress,
		ValueQuery,
	>;

	/// Payment lists by their digest, so that none counts twice. Blake2_128Concat: platforms choose
	/// the list.
	#[pallet::storage]
	pub type Payments<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Blake2_128Concat, Digest, Payment>;

	/// What lenders say about their payments: a column of the case's table for each instalment.
	#[pallet::storage]
	pub type Replies<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, CaseId>,
			NMapKey<Twox64Concat, InstalmentIndex>,
			NMapKey<Twox64Concat, PageIndex>,
		),
		ReplyPage,
		ValueQuery,
	>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The platform proposed a version of a plan.
		PlanProposed {
			/// The case.
			case: CaseId,
			/// The plan.
			plan: PlanId,
			/// Its document.
			document: Digest,
			/// What it promises.
			instalments: Instalments,
		},
		/// A ballot on plans opened.
		VoteOpened {
			/// The case.
			case: CaseId,
			/// The round, from 1.
			round: u8,
			/// Its poll.
			poll: PollId,
			/// The plans, in the order of the ballot's options.
			plans: Competing,
			/// Who opened it.
			by: T::AccountId,
		},
		/// Lenders adopted a plan.
		PlanAdopted {
			/// The case.
			case: CaseId,
			/// The plan.
			plan: PlanId,
			/// Its document.
			document: Digest,
			/// The ballot.
			poll: PollId,
		},
		/// A ballot on plans closed and none passed.
		VoteFailed {
			/// The case.
			case: CaseId,
			/// The ballot.
			poll: PollId,
			/// The round, from 1.
			round: u8,
			/// Rounds that may still be held.
			rounds_left: u8,
		},
		/// No round is left. Only escalation remains.
		RoundsUsedUp {
			/// The case.
			case: CaseId,
		},
		/// A ballot on plans closed after the case had been escalated, and has no effect.
		VoteLapsed {
			/// The case.
			case: CaseId,
			/// The ballot.
			poll: PollId,
		},
		/// The platform reported a payment list.
		PaymentReported {
			/// The case.
			case: CaseId,
			/// The instalment that it pays.
			instalment: InstalmentIndex,
			/// Fen.
			amount: Fen,
			/// Lenders paid.
			heads: u32,
			/// The list with its bank proof.
			list: Digest,
			/// Fen paid of the instalment so far.
			paid: Fen,
		},
		/// Everything that an instalment promised is paid.
		InstalmentSettled {
			/// The case.
			case: CaseId,
			/// The instalment.
			instalment: InstalmentIndex,
			/// Whether it was late.
			flag: Flag,
		},
		/// An instalment was flagged as late.
		InstalmentFlagged {
			/// The case.
			case: CaseId,
			/// The instalment.
			instalment: InstalmentIndex,
			/// The flag.
			flag: Flag,
			/// Fen missing at that moment.
			missing: Fen,
			/// Whose call brought it about.
			by: T::AccountId,
		},
		/// A lender acknowledged its payment.
		PaymentAcknowledged {
			/// The case.
			case: CaseId,
			/// The instalment.
			instalment: InstalmentIndex,
			/// The lender.
			lender: LenderIndex,
			/// What it said; resolved when it had complained before.
			reply: Reply,
		},
		/// A lender complained about its payment.
		PaymentDisputed {
			/// The case.
			case: CaseId,
			/// The instalment.
			instalment: InstalmentIndex,
			/// The lender.
			lender: LenderIndex,
			/// Its complaint.
			complaint: Digest,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The stage of the case does not allow it. Wait for the stage, or choose another case.
		WrongStage,
		/// The case is another platform's. Only its own platform may do this.
		NotPlatform,
		/// The plan promises nothing, or an instalment of nothing. Promise an amount in each.
		EmptyPromise,
		/// Due dates must lie in the future and ascend. Order the instalments.
		InvalidSchedule,
		/// The document has a plan in this case. A new version needs a new document.
		DuplicateDocument,
		/// Every round was held. Only escalation remains.
		RoundsExhausted,
		/// The ballot would ask about no plan. Name one.
		NoPlans,
		/// The ballot would ask about one plan twice. Name each once.
		DuplicatePlan,
		/// There is no such plan. Look up its number.
		UnknownPlan,
		/// Lenders were asked about the plan already. Propose a new version.
		NotProposed,
		/// The committee has neither reviewed the plan nor had its time. Wait for the review window.
		ReviewPending,
		/// An instalment falls due before the ballot closes. Close it earlier, or propose later dates.
		DueBeforeClose,
		/// Lenders adopted no plan in this case. Let a vote adopt one first.
		NothingAdopted,
		/// The adopted plan has no such instalment. Count from 0.
		UnknownInstalment,
		/// The list pays nothing or nobody. Report an amount and heads.
		EmptyPayment,
		/// More would be paid than the instalment promises. Report the rest with another instalment.
		ExceedsPromise,
		/// The list was reported. Each counts once.
		AlreadyReported,
		/// The instalment is paid. It needs no flag.
		AlreadySettled,
		/// The instalment is not due, and no payment of it was reported. Wait for the due date.
		NotDue,
		/// The instalment carries the flag that it deserves. Nothing needs to be done.
		AlreadyFlagged,
		/// No payment of the instalment was reported. Wait for the platform's report.
		NothingReported,
		/// The lender acknowledged the payment, and that is final.
		AlreadyAcknowledged,
		/// The lender's complaint stands. Acknowledge the payment once it arrives.
		AlreadyComplained,
		/// An instalment is not fully paid. Pay what the plan promises before the case is closed.
		InstalmentOpen,
		/// The poll is not one of this pallet's, or its results do not fit. The runtime is wired wrong.
		UnexpectedResults,
		/// The case was opened by another association; an association acts in its own cases only.
		NotAssociationOfCase,
		/// A digest is all zeros, which no document has. Look what the client encoded.
		ZeroDigest,
		/// An amount is above 10^17 fen, which no case can pay. Look what the client encoded.
		AmountTooLarge,
		/// An instalment falls due more than a hundred years ahead. Look what the client encoded.
		DueTooFar,
		/// The list pays more lenders than the roll has. Count each lender once.
		HeadsExceedRoll,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Proposes a version of a repayment plan.
		///
		/// It never changes afterwards. The origin must be `ProposeOrigin` and the platform of the
		/// case, which must be planning.
		///
		/// - `case_id`: the case.
		/// - `document`: digest of the plan's document, new in this case.
		/// - `instalments`: what it promises, with ascending due dates in the future.
		///
		/// Emits `PlanProposed`. Fails with `NotPlatform`, `WrongStage`, `RoundsExhausted`,
		/// `EmptyPromise`, `InvalidSchedule`, `AmountTooLarge`, `DueTooFar`, `ZeroDigest` or
		/// `DuplicateDocument`.
		#[pallet::call_index(0)]
		pub fn propose_plan(
			origin: OriginFor<T>,
			case_id: CaseId,
			document: Digest,
			instalments: Instalments,
		) -> DispatchResult {
			let by = T::ProposeOrigin::ensure_origin(origin)?;
			Self::do_propose_plan(case_id, document, instalments, by)
		}

		/// Opens a ballot on one plan, or on a choice among several.
		///
		/// The origin must be `OrganiseOrigin` and the association of the case, which must be planning
		/// with a round left; each plan must be reviewed by the committee or older than the review
		/// window.
		///
		/// - `case_id`: the case.
		/// - `plans`: the plans, in the order of the ballot's options.
		/// - `closes_at`: the first moment, in milliseconds, at which no ballot counts any more.
		///
		/// Emits `VoteOpened`. Fails with `NotAssociationOfCase`, `WrongStage`, `RoundsExhausted`,
		/// `NoPlans`, `DuplicatePlan`, `UnknownPlan`, `NotProposed`, `ReviewPending`,
		/// `DueBeforeClose`, or what the ballot engine says against the poll.
		#[pallet::call_index(1)]
		pub fn open_vote(
			origin: OriginFor<T>,
			case_id: CaseId,
			plans: Competing,
			closes_at: Millis,
		) -> DispatchResult {
			let by = T::OrganiseOrigin::ensure_origin(origin)?;
			Self::do_open_vote(case_id, plans, closes_at, by)
		}

		/// Reports a payment list.
		///
		/// An instalment may be paid by several lists; one that is not fully paid in time is flagged by
		/// the report itself. The origin must be `ReportOrigin` and the platform of the case, which
		/// must be repaying.
		///
		/// - `case_id`: the case.
		/// - `instalment`: the instalment that it pays.
		/// - `amount`: fen, in all.
		/// - `heads`: lenders paid.
		/// - `list`: digest of the list with its bank proof, new in this case.
		///
		/// Emits `PaymentReported`, `InstalmentFlagged` when it is late, and `InstalmentSettled` when it
		/// completes the instalment. Fails with `NotPlatform`, `NothingAdopted`, `UnknownInstalment`,
		/// `WrongStage`, `EmptyPayment`, `HeadsExceedRoll`, `ZeroDigest`, `AlreadyReported` or
		/// `ExceedsPromise`.
		#[pallet::call_index(2)]
		pub fn report_payment(
			origin: OriginFor<T>,
			case_id: CaseId,
			instalment: InstalmentIndex,
			amount: Fen,
			heads: u32,
			list: Digest,
		) -> DispatchResult {
			let by = T::ReportOrigin::ensure_origin(origin)?;
			Self::do_report_payment(case_id, instalment, amount, heads, list, by)
		}

		/// Flags an instalment that was not fully paid in time.
		///
		/// It is overdue from its due date on, and in breach once the grace has passed. The origin must
		/// be `FlagOrigin`; the case must be repaying.
		///
		/// - `case_id`: the case.
		/// - `instalment`: the instalment.
		///
		/// Emits `InstalmentFlagged`. Fails with `NothingAdopted`, `UnknownInstalment`, `WrongStage`,
		/// `AlreadySettled`, `NotDue` or `AlreadyFlagged`.
		#[pallet::call_index(3)]
		pub fn flag_overdue(
			origin: OriginFor<T>,
			case_id: CaseId,
			instalment: InstalmentIndex,
		) -> DispatchResult {
			let by = T::FlagOrigin::ensure_origin(origin)?;
			Self::do_flag_overdue(case_id, instalment, by)
		}

		/// Acknowledges the lender's own payment, also one that it complained about.
		///
		/// It is final. The origin must be a lender with a claim; the case must be repaying.
		///
		/// - `instalment`: the instalment.
		///
		/// Emits `PaymentAcknowledged`. Fails with `NothingAdopted`, `UnknownInstalment`, `WrongStage`,
		/// `NothingReported`, `AlreadyAcknowledged`, or what the roll says against the lender.
		#[pallet::call_index(4)]
		pub fn acknowledge(origin: OriginFor<T>, instalment: InstalmentIndex) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_acknowledge(who, instalment)
		}

		/// Complains about the lender's own payment.
		///
		/// The origin must be a lender with a claim; the case must be repaying, and the instalment due
		/// or reported as paid.
		///
		/// - `instalment`: the instalment.
		/// - `complaint`: digest of the complaint.
		///
		/// Emits `PaymentDisputed`. Fails with `NothingAdopted`, `UnknownInstalment`, `WrongStage`,
		/// `NotDue`, `AlreadyAcknowledged`, `AlreadyComplained`, or what the roll says against the
		/// lender.
		#[pallet::call_index(5)]
		pub fn complain(
			origin: OriginFor<T>,
			instalment: InstalmentIndex,
			complaint: Digest,
		) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_complain(who, instalment, complaint)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A version of a plan.
		pub fn plan(case_id: CaseId, plan: PlanId) -> Option<Plan> {
			Plans::<T>::get(case_id, plan)
		}

		/// How many versions a case has; they are numbered from 0.
		pub fn plan_count(case_id: CaseId) -> PlanId {
			PlanCount::<T>::get(case_id)
		}

		/// How the votes of a case on plans stand.
		pub fn rounds(case_id: CaseId) -> Rounds {
			VoteRounds::<T>::get(case_id)
		}

		/// What the options of a ballot on plans stand for.
		pub fn plan_ballot(poll: PollId) -> Option<PlanBallot> {
			PlanBallots::<T>::get(poll)
		}

		/// The plan that lenders adopted.
		pub fn adopted(case_id: CaseId) -> Option<(PlanId, Plan)> {
			let plan = Adopted::<T>::get(case_id)?;
			Some((plan, Plans::<T>::get(case_id, plan)?))
		}

		/// Promised against paid, for each instalment of the adopted plan; empty before adoption.
		pub fn repayment(case_id: CaseId) -> Vec<InstalmentStatus> {
			let Some((_, plan)) = Self::adopted(case_id) else { return Vec::new() };
			let now = T::Time::now();
			let grace = T::Cases::terms(case_id).map(|terms| terms.grace).unwrap_or_default();
			let status = |(index, promised): (InstalmentIndex, &Instalment)| {
				let progress = Progresses::<T>::get(case_id, index);
				let deserved = match progress.settled_at {
					Some(_) => progress.flag,
					None => progress.flag.max(Flag::of(promised.due_at, grace, now)),
				};
				InstalmentStatus { promised: *promised, progress, deserved }
			};
			(0..).zip(plan.instalments.iter()).map(status).collect()
		}

		/// A payment list that the platform reported.
		pub fn payment(case_id: CaseId, list: Digest) -> Option<Payment> {
			Payments::<T>::get(case_id, list)
		}

		/// What a lender said about its payment of each instalment; empty before adoption.
		pub fn replies(case_id: CaseId, lender: LenderIndex) -> Vec<Option<Reply>> {
			let Some((_, plan)) = Self::adopted(case_id) else { return Vec::new() };
			let indices = (0..).zip(plan.instalments.iter()).map(|(index, _)| index);
			indices.map(|instalment| Self::reply_of(case_id, instalment, lender)).collect()
		}
	}
}

impl<T: Config> Pallet<T> {
	fn ensure_stage(case: CaseId, stage: Stage) -> DispatchResult {
		ensure!(T::Cases::stage(case)? == stage, Error::<T>::WrongStage);
		Ok(())
	}

	fn ensure_platform(case: CaseId, who: &T::AccountId) -> DispatchResult {
		ensure!(T::Cases::platform(case)? == *who, Error::<T>::NotPlatform);
		Ok(())
	}

	fn ensure_association(case: CaseId, who: &T::AccountId) -> DispatchResult {
		ensure!(T::Cases::association(case)? == *who, Error::<T>::NotAssociationOfCase);
		Ok(())
	}
}

impl<T: Config> PollListener for Pallet<T> {
	fn poll_closed(
		case: CaseId,
		poll: PollId,
		purpose: Purpose,
		results: &[ItemResult],
	) -> DispatchResult {
		match purpose {
			Purpose::Plan { round } => Self::conclude_vote(case, poll, round, results),
			Purpose::General | Purpose::FirstBallot | Purpose::Recall { .. } => Ok(()),
		}
	}

	fn poll_cancelled(case: CaseId, poll: PollId, purpose: Purpose) -> DispatchResult {
		match purpose {
			Purpose::Plan { .. } => Self::take_back_vote(case, poll),
			Purpose::General | Purpose::FirstBallot | Purpose::Recall { .. } => Ok(()),
		}
	}
}

impl<T: Config> StageGate for Pallet<T> {
	fn ensure_ready(case: CaseId, from: Stage, to: Stage) -> DispatchResult {
		if (from, to) != (Stage::Repaying, Stage::Closed) {
			return Ok(());
		}
		let (_, plan) = Self::adopted(case).ok_or(Error::<T>::NothingAdopted)?;
		for (index, _) in (0..).zip(plan.instalments.iter()) {
			let progress = Progresses::<T>::get(case, index);
			ensure!(progress.settled_at.is_some(), Error::<T>::InstalmentOpen);
		}
		Ok(())
	}
}
