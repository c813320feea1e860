//! # Committee election
//!
//! Lenders stand for the supervisory committee of their case, elect it in the first ballot together
//! with the exit itself and the committee's mandate, and may recall its members. The committee
//! decides by more than half of all its seats, and only on what its mandate names. The platform
//! has no say in any of it.
//!
//! | an election is | what happens | becomes |
//! |---|---|---|
//! | not begun | nothing | nominating, when the association opens nominations |
//! | nominating | lenders stand and withdraw | nominated, when the window ends |
//! | nominated | the association orders the candidates, opens the ballot, or nominations again | balloting |
//! | balloting | lenders vote; a candidate may still withdraw | over, or nominated when it failed or was cancelled |
//! | over | the committee sits; reserves fill seats that are left | |
//!
//! The terms of the case say in which order candidates stand on the ballot: as they were first nominated,
//! as a list of the association says, or by a lot from the hash of a block that did not exist when it was
//! named. Who withdraws and stands again keeps the first place: it is how a statement is corrected.
//!
//! Example: seven seats are planned, six candidates pass the rule and one of them withdrew while the
//! ballot was open. Five sit, which is more than half of seven, so the committee is formed. It needs
//! four of them to decide anything.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::{vec, vec::Vec};
use frame_support::{
	dispatch::DispatchResult,
	ensure,
	traits::{ConstU32, EnsureOrigin, Get, Time},
	BoundedVec,
};
use sp_runtime::{traits::UniqueSaturatedInto, DispatchError};
use winddown_primitives::{
	lot::{Lot, LOT_DELAY},
	rules::Rule,
	traits::{
		Cases, CommitteeReview, ElectoralRoll, EvidenceSink, Opinion, PollEngine, PollListener,
	},
	CandidateOrder, CaseId, Digest, EvidenceKind, Item, ItemKind, ItemOutcome, ItemResult,
	LenderIndex, LenderRef, Millis, NewPoll, PollId, Precedence, Purpose, Stage,
};

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
mod committee;
mod elections;
#[cfg(test)]
mod mock;
mod order;
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
		/// Who opens nominations, ballots and recalls: an association, in its own case.
		type OrganiseOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;
		/// A lender who acts by a signed intent.
		type LenderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = LenderRef>;
		/// The clock, in milliseconds.
		type Time: Time<Moment = Millis>;
		/// Stages, associations and terms of cases.
		type Cases: Cases<Self::AccountId>;
		/// Who may stand and decide, and with what claim.
		type Roll: ElectoralRoll;
		/// Where ballots are held.
		type Polls: PollEngine;
		/// Where slates, committees and decisions are deposited.
		type Evidence: EvidenceSink;
		/// The shortest time for which nominations are open, in milliseconds.
		type MinNominationWindow: Get<Millis>;
		/// The longest time for which nominations are open, in milliseconds.
		#[pallet::constant]
		type MaxNominationWindow: Get<Millis>;
		/// Most open decisions that one member has proposed.
		#[pallet::constant]
		type MaxOpenDecisions: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What benchmarks need.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin>;
	}

	// Twox64Concat everywhere but for documents: cases, polls, rows and decisions are numbers that
	// the chain assigns, so nobody can choose keys that collide.

	/// The election of each case, from its first nominations on.
	#[pallet::storage]
	pub type Elections<T: Config> = StorageMap<_, Twox64Concat, CaseId, Election>;

	/// Those who stand now; empty once a committee is formed.
	#[pallet::storage]
	pub type Candidates<T: Config> = StorageMap<_, Twox64Concat, CaseId, Slate, ValueQuery>;

	/// How many lenders stood for the first time before each who ever did.
	#[pallet::storage]
	pub type Places<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, LenderIndex, u32>;

	/// The order of the candidates that the association listed, where the terms go by a list.
	#[pallet::storage]
	pub type Listings<T: Config> = StorageMap<_, Twox64Concat, CaseId, Listing>;

	/// Every first ballot ever opened, so that its results stay readable.
	#[pallet::storage]
	pub type FirstBallots<T: Config> = StorageMap<_, Twox64Concat, PollId, FirstBallot>;

	/// The committee of each case.
	#[pallet::storage]
	pub type Committees<T: Config> = StorageMap<_, Twox64Concat, CaseId, Committee>;

	/// The open recall of a member.
	#[pallet::storage]
	pub type Recalls<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, LenderIndex, PollId>;

	/// Decisions, with their minutes.
	#[pallet::storage]
	pub type Decisions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, DecisionId, Decision>;

	/// How many decisions a case has.
	#[pallet::storage]
	pub type DecisionCount<T: Config> = StorageMap<_, Twox64Concat, CaseId, DecisionId, ValueQuery>;

	/// Open decisions by the member who proposed them.
	#[pallet::storage]
	pub type OpenDecisions<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, LenderIndex, u32, ValueQuery>;

	/// The review of each plan document. Blake2_128Concat: lenders choose the document.
	#[pallet::storage]
	pub type Reviews<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CaseId, Blake2_128Concat, Digest, DecisionId>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Lenders may stand, or may do so for longer.
		NominationsOpened {
			/// The case.
			case: CaseId,
			/// The first moment, in milliseconds, at which it is too late.
			until: Millis,
			/// Who opened them.
			by: T::AccountId,
		},
		/// A lender stands for a seat.
		CandidateNominated {
			/// The case.
			case: CaseId,
			/// The candidate.
			lender: LenderIndex,
			/// Its statement and declaration of interests.
			statement: Digest,
		},
		/// A candidate no longer stands.
		CandidateWithdrew {
			/// The case.
			case: CaseId,
			/// The former candidate.
			lender: LenderIndex,
		},
		/// Before the ballot opened a candidate lost the right to stand, or the place on a full slate to
		/// a larger claim.
		CandidateDropped {
			/// The case.
			case: CaseId,
			/// The former candidate.
			lender: LenderIndex,
		},
		/// The association listed the candidates in the order of the ballot.
		CandidatesListed {
			/// The case.
			case: CaseId,
			/// The candidates.
			listing: Listing,
			/// Who listed them.
			by: T::AccountId,
		},
		/// The block was named whose hash decides the order of the candidates.
		CandidatesDrawn {
			/// The case.
			case: CaseId,
			/// The block.
			block: u32,
			/// Who named it.
			by: T::AccountId,
		},
		/// The ballot on exit, committee and mandate opened.
		FirstBallotOpened {
			/// The case.
			case: CaseId,
			/// Its poll.
			poll: PollId,
			/// The exit resolution.
			exit: Digest,
			/// The mandate.
			mandate: Mandate,
			/// The candidates, in the order of the ballot's options.
			candidates: Vec<LenderIndex>,
			/// The lot by which they stand in this order, where the terms draw lots.
			lot: Option<Lot>,
			/// Who opened it.
			by: T::AccountId,
		},
		/// The first ballot formed the committee.
		CommitteeFormed {
			/// The case.
			case: CaseId,
			/// The ballot.
			poll: PollId,
			/// Its members, by rank.
			seats: Vec<LenderIndex>,
			/// Its reserves, in the order in which they move up.
			reserves: Vec<LenderIndex>,
			/// What it may decide, when lenders gave a mandate.
			mandate: Option<Mandate>,
		},
		/// The first ballot formed no committee.
		CommitteeNotFormed {
			/// The case.
			case: CaseId,
			/// The ballot.
			poll: PollId,
			/// Why not.
			reason: NotFormed,
		},
		/// Somebody gave up a seat or a place in reserve.
		Resigned {
			/// The case.
			case: CaseId,
			/// The former member or reserve.
			lender: LenderIndex,
			/// What was left, and who follows.
			vacancy: Vacancy,
		},
		/// A ballot on the recall of a member opened.
		RecallOpened {
			/// The case.
			case: CaseId,
			/// The member.
			member: LenderIndex,
			/// Why.
			grounds: Digest,
			/// Its poll.
			poll: PollId,
			/// Who opened it.
			by: T::AccountId,
		},
		/// A ballot on the recall of a member closed.
		RecallClosed {
			/// The case.
			case: CaseId,
			/// The member.
			member: LenderIndex,
			/// The ballot.
			poll: PollId,
			/// What came of it.
			outcome: RecallOutcome,
			/// What the member left, and who follows.
			vacancy: Option<Vacancy>,
		},
		/// A member proposed a decision.
		DecisionProposed {
			/// The case.
			case: CaseId,
			/// The decision.
			decision: DecisionId,
			/// What it is about.
			matter: Matter,
			/// What is decided.
			document: Digest,
			/// The member.
			proposer: LenderIndex,
		},
		/// A member voted on a decision.
		MemberVoted {
			/// The case.
			case: CaseId,
			/// The decision.
			decision: DecisionId,
			/// The member.
			lender: LenderIndex,
			/// The vote.
			vote: Vote,
		},
		/// A decision was carried or rejected.
		DecisionSettled {
			/// The case.
			case: CaseId,
			/// The decision.
			decision: DecisionId,
			/// How it ended.
			outcome: Outcome,
			/// Seats that endorsed it.
			endorsed: u8,
			/// Seats that objected.
			objected: u8,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The stage of the case does not allow it. Wait for the stage, or choose another case.
		WrongStage,
		/// Nominations would end too early. Leave at least the shortest window, and do not shorten one.
		WindowTooShort,
		/// The first ballot is open. Wait until it is closed.
		BallotOpen,
		/// Nobody may be nominated now. Stand while nominations are open.
		NominationsClosed,
		/// Lenders were never asked to stand. Open nominations first.
		NominationsNotOpened,
		/// Lenders may still stand. Wait until the nominations end.
		NominationsRunning,
		/// The claim is smaller than the floor of the case's terms. Only a larger one may stand.
		BelowFloor,
		/// The lender stands already. Nothing needs to be done.
		AlreadyCandidate,
		/// The lender does not stand. Nominate it first.
		NotCandidate,
		/// As many lenders stand as a ballot holds, none with a smaller claim. Wait until one withdraws.
		MaxCandidatesExceeded,
		/// Too few stand to fill more than half of the seats. Open nominations again.
		TooFewCandidates,
		/// The mandate names no matter, or an unknown one. Enumerate what it covers.
		InvalidMandate,
		/// The case has no committee. Let the first ballot form it.
		NoCommittee,
		/// The lender has no seat, nor a place in reserve where that suffices. Name a member.
		NotMember,
		/// A ballot on this recall is open. Wait until it is closed.
		RecallOpen,
		/// Lenders gave the committee no mandate. It can decide nothing.
		NoMandate,
		/// The mandate does not cover the matter. Ask lenders by a ballot instead.
		OutsideMandate,
		/// No more than half of the seats are filled. The committee can decide nothing any more.
		Inquorate,
		/// The plan's document has its review. Vote on that one.
		AlreadyUnderReview,
		/// The member has too many open decisions. Let one of them be decided first.
		MaxOpenDecisionsExceeded,
		/// There is no such decision. Look up its number.
		UnknownDecision,
		/// The member voted on this decision. A vote is final.
		AlreadyVoted,
		/// The poll is not one of this pallet's, or its results do not fit. The runtime is wired wrong.
		UnexpectedResults,
		/// The case was opened by another association; an association acts in its own cases only.
		NotAssociationOfCase,
		/// Nominations would stay open too long, and can never be shortened. Name an earlier end.
		WindowTooLong,
		/// The terms of the case order the candidates otherwise. Look them up.
		OtherOrder,
		/// The list is not of those who stand, each once. List them all.
		NotThoseStanding,
		/// The candidates have no order yet. List them, or name the block of the lot.
		OrderMissing,
		/// The block of the lot is not there yet. Wait some blocks.
		LotPending,
		/// The chain knows the hash of the block of the lot no more. Name another block.
		LotGone,
		/// The block of the lot is named, and a lot is drawn once. Open the ballot.
		AlreadyDrawn,
		/// A digest is all zeros, which no document has. Look what the client encoded.
		ZeroDigest,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxOpenDecisions::get() > 0, "a member must be able to propose a decision");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Lets lenders stand for the committee, or gives them longer.
		///
		/// Candidates who no longer qualify are dropped. The origin must be `OrganiseOrigin` and the
		/// association of the case, which must be electing, with no ballot open.
		///
		/// - `case_id`: the case.
		/// - `until`: the first moment, in milliseconds, at which it is too late.
		///
		/// An order that they had is void. Emits `CandidateDropped` and `NominationsOpened`. Fails with
		/// `NotAssociationOfCase`, `WrongStage`, `BallotOpen`, `WindowTooShort` or `WindowTooLong`.
		#[pallet::call_index(0)]
		pub fn open_nominations(
			origin: OriginFor<T>,
			case_id: CaseId,
			until: Millis,
		) -> DispatchResult {
			let by = T::OrganiseOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &by)?;
			Self::do_open_nominations(case_id, until, by)
		}

		/// Stands for a seat.
		///
		/// On a full slate the candidate with the smallest claim gives way to a larger one. The origin
		/// must be a lender with a voting right whose claim reaches the floor of the case's terms, while
		/// nominations are open.
		///
		/// - `statement`: digest of the statement and declaration of interests.
		///
		/// Emits `CandidateDropped` for one who gives way, and `CandidateNominated`. Fails with
		/// `WrongStage`, `NominationsClosed`, `BelowFloor`, `AlreadyCandidate`, `MaxCandidatesExceeded`,
		/// `ZeroDigest`, or what the roll says against the lender.
		#[pallet::call_index(1)]
		pub fn nominate(origin: OriginFor<T>, statement: Digest) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_nominate(who, statement)
		}

		/// Stands no longer.
		///
		/// While the ballot is open the name stays on it, but gets no seat. The origin must be a lender
		/// who stands.
		///
		/// Emits `CandidateWithdrew`. Fails with `WrongStage` or `NotCandidate`.
		#[pallet::call_index(2)]
		pub fn withdraw(origin: OriginFor<T>) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_withdraw(who)
		}

		/// Opens the ballot on exit, committee and mandate.
		///
		/// Candidates who no longer qualify are dropped, the others stand in the order of the terms. The origin must be `OrganiseOrigin` and the
		/// association of the case, which must be electing and its nominations over.
		///
		/// - `case_id`: the case.
		/// - `exit`: digest of the exit resolution.
		/// - `mandate`: what the committee shall decide, and the document that says so.
		/// - `closes_at`: the first moment, in milliseconds, at which no ballot counts any more.
		///
		/// Emits `CandidateDropped` and `FirstBallotOpened`. Fails with `NotAssociationOfCase`,
		/// `WrongStage`, `InvalidMandate`, `ZeroDigest`, `NominationsNotOpened`, `BallotOpen`,
		/// `NominationsRunning`, `TooFewCandidates`, `OrderMissing`, `LotPending`, `LotGone`, or what the
		/// ballot engine says against the poll.
		#[pallet::call_index(3)]
		pub fn open_first_ballot(
			origin: OriginFor<T>,
			case_id: CaseId,
			exit: Digest,
			mandate: Mandate,
			closes_at: Millis,
		) -> DispatchResult {
			let by = T::OrganiseOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &by)?;
			Self::do_open_first_ballot(case_id, exit, mandate, closes_at, by)
		}

		/// Gives up a seat or a place in reserve.
		///
		/// The first reserve takes a seat left. The origin must be a member or a reserve; the case must
		/// not be closed or escalated.
		///
		/// Emits `Resigned`. Fails with `WrongStage`, `NoCommittee` or `NotMember`.
		#[pallet::call_index(4)]
		pub fn resign(origin: OriginFor<T>) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_resign(who)
		}

		/// Opens a ballot on the recall of a member.
		///
		/// It passes by the case's rule for resolutions. The origin must be `OrganiseOrigin` and the
		/// association of the case, which must not be closed or escalated.
		///
		/// - `case_id`: the case.
		/// - `member`: who holds the seat.
		/// - `grounds`: digest of the reasons.
		/// - `closes_at`: the first moment, in milliseconds, at which no ballot counts any more.
		///
		/// Emits `RecallOpened`. Fails with `NotAssociationOfCase`, `WrongStage`, `NoCommittee`,
		/// `NotMember`, `RecallOpen`, `ZeroDigest`, or what the ballot engine says against the poll.
		#[pallet::call_index(5)]
		pub fn open_recall(
			origin: OriginFor<T>,
			case_id: CaseId,
			member: LenderIndex,
			grounds: Digest,
			closes_at: Millis,
		) -> DispatchResult {
			let by = T::OrganiseOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &by)?;
			Self::do_open_recall(case_id, member, grounds, closes_at, by)
		}

		/// Proposes a decision of the committee.
		///
		/// It is no vote yet: the proposer votes like everybody. The origin must be a member with a voting
		/// right; the mandate must cover the matter.
		///
		/// - `matter`: what it is about.
		/// - `document`: digest of what is decided; for a review, the document of the plan.
		///
		/// Emits `DecisionProposed`. Fails with `WrongStage`, `NoCommittee`, `NotMember`, `NoMandate`,
		/// `OutsideMandate`, `Inquorate`, `AlreadyUnderReview`, `MaxOpenDecisionsExceeded`, `ZeroDigest`,
		/// or what the roll says against the member.
		#[pallet::call_index(6)]
		pub fn propose_decision(
			origin: OriginFor<T>,
			matter: Matter,
			document: Digest,
		) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_propose_decision(who, matter, document)
		}

		/// Votes on a decision of the committee, once.
		///
		/// After a decision ended, members who have not voted may still put their vote into its minutes;
		/// the outcome stays. When somebody left since and the votes given decide it, one who voted may
		/// end it, which adds no vote. The origin must be a member with a voting right; one whose claim
		/// was excluded keeps the seat until a recall, which the association opens.
		///
		/// - `decision`: the decision.
		/// - `vote`: for or against it; of one who voted, the first counts.
		///
		/// Emits `MemberVoted` for a new vote, and `DecisionSettled` when the decision ends. Fails with
		/// `WrongStage`, `NoCommittee`, `NotMember`, `UnknownDecision`, `AlreadyVoted`, `Inquorate`, or
		/// what the roll says against the member.
		#[pallet::call_index(7)]
		pub fn decide(origin: OriginFor<T>, decision: DecisionId, vote: Vote) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::do_decide(who, decision, vote)
		}

		/// Lists the candidates in the order in which they shall stand on the ballot.
		///
		/// A second list takes the place of the first until the ballot opens. The origin must be
		/// `OrganiseOrigin` and the association of the case, which must be electing, its nominations
		/// over and its terms going by a list.
		///
		/// - `case_id`: the case.
		/// - `listing`: the rows of all who stand, each once.
		///
		/// Emits `CandidatesListed`. Fails with `NotAssociationOfCase`, `WrongStage`, `OtherOrder`,
		/// `NominationsNotOpened`, `BallotOpen`, `NominationsRunning` or `NotThoseStanding`.
		#[pallet::call_index(8)]
		pub fn list_candidates(
			origin: OriginFor<T>,
			case_id: CaseId,
			listing: Listing,
		) -> DispatchResult {
			let by = T::OrganiseOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &by)?;
			Self::do_list_candidates(case_id, listing, by)
		}

		/// Names the block whose hash decides the order of the candidates on the ballot.
		///
		/// It is the tenth block from now on, which nobody knows yet. The origin must be
		/// `OrganiseOrigin` and the association of the case, which must be electing, its nominations
		/// over and its terms drawing lots.
		///
		/// - `case_id`: the case.
		///
		/// Emits `CandidatesDrawn`. Fails with `NotAssociationOfCase`, `WrongStage`, `OtherOrder`,
		/// `NominationsNotOpened`, `BallotOpen`, `NominationsRunning`, or `AlreadyDrawn` as long as the
		/// chain knows the block that was named before.
		#[pallet::call_index(9)]
		pub fn draw_candidates(origin: OriginFor<T>, case_id: CaseId) -> DispatchResult {
			let by = T::OrganiseOrigin::ensure_origin(origin)?;
			Self::ensure_association(case_id, &by)?;
			Self::do_draw_candidates(case_id, by)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Where the election of a case stands; `None` before its first nominations.
		pub fn election(case_id: CaseId) -> Option<Election> {
			Elections::<T>::get(case_id)
		}

		/// Those who stand now, in the order of their first nomination.
		pub fn candidates(case_id: CaseId) -> Slate {
			Candidates::<T>::get(case_id)
		}

		/// The order in which the association listed the candidates.
		pub fn listing(case_id: CaseId) -> Option<Listing> {
			Listings::<T>::get(case_id)
		}

		/// What the options of a first ballot stand for.
		pub fn first_ballot(poll: PollId) -> Option<FirstBallot> {
			FirstBallots::<T>::get(poll)
		}

		/// The committee of a case.
		pub fn committee(case_id: CaseId) -> Option<Committee> {
			Committees::<T>::get(case_id)
		}

		/// The open ballot on the recall of a member.
		pub fn recall(case_id: CaseId, member: LenderIndex) -> Option<PollId> {
			Recalls::<T>::get(case_id, member)
		}

		/// Where a lender stands.
		pub fn position(case_id: CaseId, lender: LenderIndex) -> Position {
			if Candidates::<T>::get(case_id).iter().any(|candidate| candidate.lender == lender) {
				return Position::Candidate;
			}
			let Some(committee) = Committees::<T>::get(case_id) else { return Position::None };
			if committee.has_member(lender) {
				return Position::Member;
			}
			match committee.reserves.iter().position(|reserve| *reserve == lender) {
				Some(place) => Position::Reserve { place: place as u8 },
				None => Position::None,
			}
		}

		/// A decision, with its minutes.
		pub fn decision(case_id: CaseId, decision: DecisionId) -> Option<Decision> {
			Decisions::<T>::get(case_id, decision)
		}

		/// Up to 32 decisions of a case, from `first` on.
		pub fn decisions(
			case_id: CaseId,
			first: DecisionId,
		) -> BoundedVec<(DecisionId, Decision), ConstU32<DECISIONS_PAGE>> {
			let page =
				first..DecisionCount::<T>::get(case_id).min(first.saturating_add(DECISIONS_PAGE));
			BoundedVec::truncate_from(
				page.filter_map(|id| Some((id, Decisions::<T>::get(case_id, id)?))).collect(),
			)
		}
	}
}

impl<T: Config> Pallet<T> {
	fn resolution(document: Digest, rule: Rule) -> Result<Item, DispatchError> {
		let documents = Self::bounded(vec![document])?;
		Ok(Item { kind: ItemKind::Resolution, rule, documents })
	}

	fn bounded<V, S: Get<u32>>(values: Vec<V>) -> Result<BoundedVec<V, S>, DispatchError> {
		values.try_into().map_err(|_| DispatchError::Exhausted)
	}

	fn deposit_committee(
		case: CaseId,
		kind: EvidenceKind,
		committee: &Committee,
	) -> DispatchResult {
		T::Evidence::deposit_result(case, kind, Digest::of(&(case, committee)))?;
		Ok(())
	}

	fn committee_with(case: CaseId, member: LenderIndex) -> Result<Committee, DispatchError> {
		let committee = Committees::<T>::get(case).ok_or(Error::<T>::NoCommittee)?;
		ensure!(committee.has_member(member), Error::<T>::NotMember);
		Ok(committee)
	}

	/// Fails for a digest that no document has.
	fn ensure_digest(digest: &Digest) -> DispatchResult {
		ensure!(!digest.is_zero(), Error::<T>::ZeroDigest);
		Ok(())
	}

	fn ensure_association(case: CaseId, who: &T::AccountId) -> DispatchResult {
		ensure!(T::Cases::association(case)? == *who, Error::<T>::NotAssociationOfCase);
		Ok(())
	}

	fn ensure_electing(case: CaseId) -> DispatchResult {
		ensure!(T::Cases::stage(case)? == Stage::Electing, Error::<T>::WrongStage);
		Ok(())
	}

	fn ensure_not_final(case: CaseId) -> DispatchResult {
		ensure!(!T::Cases::stage(case)?.is_final(), Error::<T>::WrongStage);
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
			Purpose::FirstBallot => Self::conclude_first_ballot(case, poll, results),
			Purpose::Recall { member } => Self::conclude_recall(case, poll, member, results),
			Purpose::General | Purpose::Plan { .. } => Ok(()),
		}
	}

	/// The ballot stays readable; nobody lost a place but those who withdrew.
	fn poll_cancelled(case: CaseId, poll: PollId, purpose: Purpose) -> DispatchResult {
		match purpose {
			Purpose::FirstBallot => Self::take_back_first_ballot(case, poll),
			Purpose::Recall { member } => Self::take_back_recall(case, poll, member),
			Purpose::General | Purpose::Plan { .. } => Ok(()),
		}
	}
}

impl<T: Config> CommitteeReview for Pallet<T> {
	fn opinion(case: CaseId, document: &Digest) -> Option<Opinion> {
		let decision = Decisions::<T>::get(case, Reviews::<T>::get(case, document)?)?;
		Some(match decision.settlement?.outcome {
			Outcome::Carried => Opinion::Endorsed,
			Outcome::Rejected => Opinion::Objected,
		})
	}
}
