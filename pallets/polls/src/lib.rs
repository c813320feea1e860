//! # Polls
//!
//! The ballot engine of every vote in Winddown: the first ballot, repayment plans, recalls and
//! general resolutions. A poll asks the lenders of one case up to eight questions. Each lender
//! answers all of them in one ballot, weighs one head and the amount of the claim, and may replace
//! the ballot a few times until the poll closes. The count runs along with the ballots, so that
//! closing a poll takes the same time whether ten or four hundred thousand people voted.
//!
//! | state | who moves it on | what it means |
//! |---|---|---|
//! | open, before `closes_at` | lenders, by [`Call::cast`] | ballots come in and may be replaced |
//! | open, past `closes_at` | any institution, by [`Call::close`] | no ballot counts any more |
//! | awaits a lot | any institution, by [`Call::settle`] | candidates are tied, and the terms draw lots |
//! | closed | nobody | the result stands and its digest is evidence |
//! | cancelled | nobody | its association took it back before anybody voted, by [`Call::cancel`] |
//!
//! Example: of 300 fen on the roll, 200 vote, 150 of them for a plan and 50 abstain. The turnout is
//! 200; the abstainers raise it, and are not for the plan. Nobody who stays away is counted as
//! agreeing to anything.
//!
//! Candidates who pass rank by their shares of heads and amount. Those with the same heads and amount are
//! tied: by the case's terms the one comes first who was nominated first, or a lot decides, drawn from the
//! hash of a block that did not exist when the poll was closed. Ties that mattered stand in the result.
//!
//! A ballot lies in a cell of its poll's column, one cell a lender. An empty cell proves that a
//! lender did not vote, and two lenders can never be shown the same cell as their receipt.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(test, feature = "runtime-benchmarks"))]
pub mod benchmarking;
#[cfg(test)]
mod mock;
mod outcome;
mod tally;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{
	Booth, CastBallot, ClassTally, Items, Limit, Limits, Poll, PollResult, PollStatus, CELL_WIDTH,
};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use crate::{
		outcome, tally,
		types::{
			Booth, CastBallot, ClassTally, Items, Limit, Limits, Poll, PollResult, PollStatus,
			BALLOT_PAGE, CELL_WIDTH,
		},
		weights::WeightInfo,
	};
	use alloc::vec::Vec;
	use frame_support::{
		pallet_prelude::*,
		storage::generator::{StorageDoubleMap as _, StorageMap as _},
		traits::Time,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::UniqueSaturatedInto;
	use winddown_primitives::{
		lot::{Lot, LOT_DELAY},
		pages::{self, cell, page_of, slot_of, Page, PageError, PageIndex},
		traits::{Cases, ElectoralRoll, EvidenceSink, PollEngine, PollListener},
		Ballot, CaseId, Choice, Choices, ClassId, Digest, EvidenceId, EvidenceKind, ItemKind,
		ItemOutcome, LenderIndex, LenderRef, Millis, NewPoll, PollId, Precedence, Purpose, Stage,
		Votes, VotingRight, MAX_ITEMS, MAX_OPTIONS,
	};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Weights of the calls.
		type WeightInfo: WeightInfo;

		/// The clock, in milliseconds.
		type Time: Time<Moment = Millis>;

		/// Who casts a ballot.
		type LenderOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = LenderRef>;

		/// Who opens a general poll: an association, in its own case.
		type OpenOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Who closes a poll whose time is over: any institution.
		type CloseOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// The cases.
		type Cases: Cases<Self::AccountId>;

		/// Who may vote, with what weight.
		type Roll: ElectoralRoll;

		/// Where results are deposited.
		type Evidence: EvidenceSink;

		/// Who acts on a result.
		type Listener: PollListener;

		/// The most that the listener's work at a close weighs.
		#[pallet::constant]
		type ListenerWeight: Get<Weight>;

		/// The most polls of one case that are open at once.
		#[pallet::constant]
		type MaxOpenPolls: Get<u32>;

		/// The longest time that a poll stays open, in milliseconds.
		#[pallet::constant]
		type MaxWindow: Get<Millis>;

		/// The longest time that a general poll stays open, in milliseconds; where the voting window
		/// of a case's terms is longer, that one. Nothing cancels a poll in which somebody voted, and no
		/// claim is ruled on while one is open: one opened by mistake must not put rulings off for as
		/// long as a vote.
		#[pallet::constant]
		type MaxGeneralWindow: Get<Millis>;

		/// Origins and neighbours for benchmarks.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::RuntimeOrigin>;
	}

	/// The next poll's number.
	#[pallet::storage]
	pub type NextPoll<T> = StorageValue<_, PollId, ValueQuery>;

	/// Every poll that was ever opened.
	// Identity: the numbers of polls are counted here, so nobody can choose them.
	#[pallet::storage]
	pub type Polls<T> = StorageMap<_, Identity, PollId, Poll>;

	/// What casting a ballot must know of a poll, and the count of ballots; only while it is open.
	// A ballot rewrites it, so that the next one of a block finds it among the block's changes and
	// not at the end of a way through the trie. Identity: as for `Polls`.
	#[pallet::storage]
	pub type Booths<T> = StorageMap<_, Identity, PollId, Booth>;

	/// The polls of a case that are open.
	// Identity: the numbers of cases are counted by `cases`, so nobody can choose them.
	#[pallet::storage]
	pub type OpenPolls<T: Config> =
		StorageMap<_, Identity, CaseId, BoundedVec<PollId, T::MaxOpenPolls>, ValueQuery>;

	/// The ballot column of a poll, in pages of 64 rows.
	// Identity: numbers of polls and pages are dense, so that neighbours share their path.
	#[pallet::storage]
	pub type Ballots<T> =
		StorageDoubleMap<_, Identity, PollId, Identity, PageIndex, Page<CELL_WIDTH>, ValueQuery>;

	/// The running count of a poll, by class of creditors.
	// Identity: as for `Polls`; classes are those of the roll.
	#[pallet::storage]
	pub type Tallies<T> = StorageDoubleMap<_, Identity, PollId, Identity, ClassId, ClassTally>;

	/// The results of closed polls.
	// Identity: as for `Polls`.
	#[pallet::storage]
	pub type Results<T> = StorageMap<_, Identity, PollId, PollResult>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A poll opened; until it closes the roll of its case does not change.
		PollOpened {
			/// The poll.
			poll: PollId,
			/// Its case.
			case: CaseId,
			/// Why it is held.
			purpose: Purpose,
			/// Everybody on the eligible roll.
			eligible: Votes,
			/// The first moment, in milliseconds, at which no ballot counts any more.
			closes_at: Millis,
		},
		/// A lender cast a ballot, or replaced an earlier one.
		BallotCast {
			/// The poll.
			poll: PollId,
			/// The lender's row.
			lender: LenderIndex,
			/// 1 for a first ballot, one more for each replacement.
			revision: u8,
			/// The choices, one for each item.
			choices: Choices,
			/// The digest of the plaintext record.
			record: Digest,
		},
		/// A poll closed with a result.
		PollClosed {
			/// The poll.
			poll: PollId,
			/// Its case.
			case: CaseId,
			/// Everybody who took part.
			turnout: Votes,
			/// What came of each item.
			outcomes: BoundedVec<ItemOutcome, ConstU32<MAX_ITEMS>>,
			/// The evidence record of the result.
			evidence: EvidenceId,
		},
		/// A poll was taken back before anybody voted.
		PollCancelled {
			/// The poll.
			poll: PollId,
			/// Its case.
			case: CaseId,
			/// The association.
			by: T::AccountId,
		},
		/// Candidates of a poll whose time is over are tied: a lot will be drawn.
		LotNamed {
			/// The poll.
			poll: PollId,
			/// The block whose hash is drawn.
			block: u32,
		},
		/// Options were equal where it mattered who comes first.
		Tied {
			/// The poll.
			poll: PollId,
			/// The item, from 0.
			item: u8,
			/// The set of them.
			options: Choice,
			/// The lot that settled it; `None` where the terms settle it otherwise, or where a tie
			/// chooses nothing.
			lot: Option<Lot>,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// No poll has this number; take it from the event that opened the poll.
		UnknownPoll,
		/// The poll's time is over, or it was closed or cancelled; act before `closes_at`.
		PollClosed,
		/// The poll's time is not over; close it at or after `closes_at`.
		StillOpen,
		/// The poll belongs to another case than the lender; sign for the case of the poll.
		WrongCase,
		/// The ballot does not answer every item, or answers more; give one choice for each item.
		WrongNumberOfChoices,
		/// A choice marks an unknown option or too many; mark only what the item allows.
		InvalidChoice,
		/// The ballot was replaced as often as the case allows; the last one stands.
		RevotesExhausted,
		/// A poll needs a question; give at least one item.
		NoItems,
		/// An item's options, rule and documents do not fit together; see `Item::is_valid`.
		InvalidItem,
		/// The poll would close too soon; leave lenders the voting window of the case's terms.
		WindowTooShort,
		/// The poll would stay open too long; close it within `MaxWindow`.
		WindowTooLong,
		/// General polls are held from `Electing` to `Repaying`; wait for the stage.
		WrongStage,
		/// Too many polls of the case are open; close one first.
		TooManyOpenPolls,
		/// The roll, the ballots and the tally do not agree, or a number would overflow; the roll
		/// must not change while a poll is open.
		Inconsistent,
		/// The case was opened by another association; an association acts in its own cases only.
		NotAssociationOfCase,
		/// A general poll would keep the roll fixed too long; close it within `MaxGeneralWindow`.
		GeneralWindowTooLong,
		/// Somebody voted; a poll is cancelled before the first ballot only.
		BallotsCast,
		/// The poll waits for no lot; close it, or read its result.
		NoLot,
		/// The block of the lot is not there yet; wait some blocks.
		LotPending,
		/// A digest is all zeros, which no document has; look what the client encoded.
		ZeroDigest,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxOpenPolls::get() > 0, "a case must be able to open a poll");
			assert!(T::MaxWindow::get() > 0, "a poll must be able to stay open");
			assert!(T::MaxGeneralWindow::get() > 0, "a general poll must be able to stay open");
			assert_eq!(CastBallot::width(MAX_ITEMS as usize), CELL_WIDTH as usize);
			assert!(u32::from(MAX_OPTIONS) <= u32::BITS, "a choice has one bit for each option");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Opens a poll that has no consequence on chain.
		///
		/// From `Electing` to `Repaying`, by the association of the case; the roll of the case is
		/// fixed while the poll is open, which is `MaxGeneralWindow` at most, or the voting window of
		/// the case's terms if that is longer.
		///
		/// - `case_id`: the case.
		/// - `items`: the questions, in the order of the ballot.
		/// - `closes_at`: the first moment, in milliseconds, at which no ballot counts any more.
		///
		/// Emits [`Event::PollOpened`]. Fails with [`Error::NotAssociationOfCase`],
		/// [`Error::WrongStage`], [`Error::NoItems`], [`Error::InvalidItem`],
		/// [`Error::WindowTooShort`], [`Error::WindowTooLong`], [`Error::GeneralWindowTooLong`],
		/// [`Error::TooManyOpenPolls`], or with what the cases and the roll answer.
		#[pallet::call_index(0)]
		pub fn open(
			origin: OriginFor<T>,
			case_id: CaseId,
			items: Items,
			closes_at: Millis,
		) -> DispatchResult {
			let association = T::OpenOrigin::ensure_origin(origin)?;
			let own = T::Cases::association(case_id)? == association;
			ensure!(own, Error::<T>::NotAssociationOfCase);
			let stage = T::Cases::stage(case_id)?;
			ensure!((Stage::Electing..=Stage::Repaying).contains(&stage), Error::<T>::WrongStage);
			let (purpose, precedence) = (Purpose::General, Precedence::default());
			Self::do_open(NewPoll { case: case_id, purpose, items, closes_at, precedence })?;
			Ok(())
		}

		/// Casts the lender's ballot, or replaces the one cast before.
		///
		/// By a lender of the poll's case who may vote, while the poll is open. The last ballot
		/// before the close counts.
		///
		/// - `poll`: the poll.
		/// - `ballot`: one choice for each item.
		/// - `record`: the digest of the plaintext record that the operator keeps.
		///
		/// Emits [`Event::BallotCast`]. Fails with [`Error::UnknownPoll`], [`Error::PollClosed`],
		/// [`Error::WrongCase`], [`Error::WrongNumberOfChoices`], [`Error::InvalidChoice`],
		/// [`Error::RevotesExhausted`], [`Error::ZeroDigest`], or with why the lender may not vote.
		#[pallet::call_index(1)]
		pub fn cast(
			origin: OriginFor<T>,
			poll: PollId,
			ballot: Ballot,
			record: Digest,
		) -> DispatchResult {
			let who = T::LenderOrigin::ensure_origin(origin)?;
			Self::cast_by(who, poll, ballot, record)
		}

		/// Closes a poll whose time is over and decides each of its items.
		///
		/// By any institution, at or after `closes_at`. The result is deposited as evidence, and
		/// the pallet for whose purpose the poll was held acts on it; in a case that has ended it only
		/// notes that the poll is over. Where candidates are tied and the terms draw lots, the block of
		/// the lot is named instead, and [`Call::settle`] does the rest.
		///
		/// - `poll`: the poll.
		///
		/// Emits [`Event::Tied`] for each tie and [`Event::PollClosed`], or [`Event::LotNamed`]. Fails with [`Error::UnknownPoll`], [`Error::PollClosed`],
		/// [`Error::StillOpen`], or with why the result could not be acted on.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::close().saturating_add(T::ListenerWeight::get()))]
		pub fn close(origin: OriginFor<T>, poll: PollId) -> DispatchResult {
			T::CloseOrigin::ensure_origin(origin)?;
			Self::do_close(poll)
		}

		/// Takes back a poll before anybody voted, whatever it is held for.
		///
		/// By the association of the case, before `closes_at`. Everything is as before the poll opened:
		/// a round on plans is not used up, candidates stand, the roll may change.
		///
		/// - `poll`: the poll.
		///
		/// Emits [`Event::PollCancelled`]. Fails with [`Error::UnknownPoll`],
		/// [`Error::NotAssociationOfCase`], [`Error::PollClosed`] or [`Error::BallotsCast`].
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::cancel().saturating_add(T::ListenerWeight::get()))]
		pub fn cancel(origin: OriginFor<T>, poll: PollId) -> DispatchResult {
			let by = T::OpenOrigin::ensure_origin(origin)?;
			Self::do_cancel(poll, by)
		}

		/// Draws the lot for which a poll waits, and decides each of its items.
		///
		/// By any institution, once the block of the lot is there. The chain knows the hashes of the
		/// last blocks only: when it forgot that one, another block is named.
		///
		/// - `poll`: the poll.
		///
		/// Emits what [`Call::close`] does. Fails with [`Error::UnknownPoll`], [`Error::NoLot`],
		/// [`Error::LotPending`], or with why the result could not be acted on.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::settle().saturating_add(T::ListenerWeight::get()))]
		pub fn settle(origin: OriginFor<T>, poll: PollId) -> DispatchResult {
			T::CloseOrigin::ensure_origin(origin)?;
			Self::do_settle(poll)
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A poll with its items and its state.
		pub fn poll(poll: PollId) -> Option<Poll> {
			Polls::<T>::get(poll)
		}

		/// The polls of a case that are open, or wait to be closed.
		pub fn open_polls(case_id: CaseId) -> Vec<PollId> {
			OpenPolls::<T>::get(case_id).into_inner()
		}

		/// The count so far, by class of creditors; empty for an unknown poll.
		pub fn tally(poll: PollId) -> Vec<(ClassId, ClassTally)> {
			Polls::<T>::get(poll).map(|known| Self::tallies(poll, &known)).unwrap_or_default()
		}

		/// How many ballots were cast in an open poll so far, replaced ones included; `None` for a
		/// poll that is closed or unknown.
		pub fn ballots_cast(poll: PollId) -> Option<u64> {
			Booths::<T>::get(poll).map(|booth| booth.cast)
		}

		/// The ballot that counts for a lender; `None` for one who did not vote.
		pub fn ballot(poll: PollId, lender: LenderIndex) -> Option<CastBallot> {
			let items = Polls::<T>::get(poll)?.items.len();
			let page = Ballots::<T>::get(poll, page_of(lender));
			cell(&page, slot_of(lender), CastBallot::width(items)).and_then(CastBallot::read)
		}

		/// Whether a lender's ballot counts.
		pub fn has_voted(poll: PollId, lender: LenderIndex) -> bool {
			Self::ballot(poll, lender).is_some()
		}

		/// The result of a closed poll.
		pub fn result(poll: PollId) -> Option<PollResult> {
			Results::<T>::get(poll)
		}
	}

	impl<T: Config> Pallet<T> {
		fn do_open(new: NewPoll) -> Result<PollId, DispatchError> {
			let NewPoll { case, purpose, items, closes_at, precedence } = new;
			ensure!(!items.is_empty(), Error::<T>::NoItems);
			ensure!(items.iter().all(|item| item.is_valid()), Error::<T>::InvalidItem);
			ensure!(is_precedence(&items, &precedence), Error::<T>::InvalidItem);
			let terms = T::Cases::terms(case)?;
			let opened_at = T::Time::now();
			let window = closes_at.saturating_sub(opened_at);
			ensure!(window >= terms.voting_window.max(1), Error::<T>::WindowTooShort);
			ensure!(window <= T::MaxWindow::get(), Error::<T>::WindowTooLong);
			let general = T::MaxGeneralWindow::get().max(terms.voting_window);
			let brief = purpose != Purpose::General || window <= general;
			ensure!(brief, Error::<T>::GeneralWindowTooLong);

			let roll = T::Roll::totals(case)?;
			let eligible = roll.whole().ok_or(Error::<T>::Inconsistent)?;
			T::Roll::freeze(case)?;

			let poll = NextPoll::<T>::try_mutate(|next| {
				let poll = *next;
				*next = poll.checked_add(1).ok_or(Error::<T>::Inconsistent)?;
				Ok::<_, DispatchError>(poll)
			})?;
			OpenPolls::<T>::try_append(case, poll).map_err(|()| Error::<T>::TooManyOpenPolls)?;
			let limits = Limits::truncate_from(items.iter().map(|item| item.kind.into()).collect());
			for total in roll.classes() {
				Tallies::<T>::insert(poll, total.class, ClassTally::new(&limits));
			}
			let (max_revotes, tie_break) = (terms.max_revotes, terms.tie_break);
			Booths::<T>::insert(poll, Booth { case, closes_at, max_revotes, cast: 0, limits });
			let status = PollStatus::Open;
			Polls::<T>::insert(
				poll,
				Poll {
					case,
					purpose,
					items,
					opened_at,
					closes_at,
					roll,
					max_revotes,
					tie_break,
					precedence,
					status,
				},
			);
			Self::deposit_event(Event::PollOpened { poll, case, purpose, eligible, closes_at });
			Ok(poll)
		}

		/// Casts the ballot of a lender who is known already, as [`Call::cast`] does, with the same
		/// errors. Checks all before it writes: it needs no storage layer of its own.
		pub fn cast_by(
			who: LenderRef,
			poll: PollId,
			ballot: Ballot,
			record: Digest,
		) -> DispatchResult {
			let Ballot::Open(choices) = ballot;
			ensure!(!record.is_zero(), Error::<T>::ZeroDigest);
			let booth_key = Self::booth_key(poll);
			let mut booth =
				Booth::read_stored(&booth_key).ok_or_else(|| Self::reason_for_no_booth(poll))?;
			ensure!(booth.case == who.case, Error::<T>::WrongCase);
			ensure!(T::Time::now() < booth.closes_at, Error::<T>::PollClosed);
			ensure!(choices.len() == booth.limits.len(), Error::<T>::WrongNumberOfChoices);
			ensure!(
				choices.iter().zip(&booth.limits).all(|(choice, limit)| limit.allows(*choice)),
				Error::<T>::InvalidChoice
			);
			booth.cast = booth.cast.checked_add(1).ok_or(Error::<T>::Inconsistent)?;
			let right = T::Roll::voting_right(who.case, who.lender)?;

			let mut ballot = CastBallot { revision: 1, record, choices };
			pages::change_stored::<BALLOT_PAGE, _, _>(
				&Self::page_key(poll, who.lender),
				slot_of(who.lender),
				CastBallot::width(booth.limits.len()),
				|cell| {
					let replaced = CastBallot::read(cell);
					if let Some(replaced) = &replaced {
						let revision = replaced.revision;
						ensure!(revision <= booth.max_revotes, Error::<T>::RevotesExhausted);
						ballot.revision =
							revision.checked_add(1).ok_or(Error::<T>::RevotesExhausted)?;
					}
					ballot.write(cell);
					Self::move_tally(poll, &booth.limits, right, replaced.as_ref(), &ballot)
				},
			)?;
			booth.write_stored(&booth_key);
			let (lender, CastBallot { revision, record, choices }) = (who.lender, ballot);
			Self::deposit_event(Event::BallotCast { poll, lender, revision, choices, record });
			Ok(())
		}

		fn move_tally(
			poll: PollId,
			limits: &[Limit],
			right: VotingRight,
			replaced: Option<&CastBallot>,
			ballot: &CastBallot,
		) -> Result<(), Error<T>> {
			let votes = Votes::one(right.amount);
			tally::change_stored(&Self::tally_key(poll, right.class), limits, |tally| {
				if let Some(replaced) = replaced {
					tally.remove(limits, &replaced.choices, votes)?;
				}
				tally.add(limits, &ballot.choices, votes)
			})
			.ok_or(Error::Inconsistent)
		}

		fn do_close(id: PollId) -> DispatchResult {
			let mut poll = Polls::<T>::get(id).ok_or(Error::<T>::UnknownPoll)?;
			ensure!(poll.status == PollStatus::Open, Error::<T>::PollClosed);
			let at = T::Time::now();
			ensure!(at >= poll.closes_at, Error::<T>::StillOpen);
			Booths::<T>::remove(id);
			let result = Self::count(id, &poll, None)?;
			if outcome::needs_lot(&poll, &result) {
				poll.status = Self::name_lot(id, at);
				Polls::<T>::insert(id, poll);
				return Ok(());
			}
			Self::finish(id, poll, at, result)
		}

		fn do_settle(id: PollId) -> DispatchResult {
			let mut poll = Polls::<T>::get(id).ok_or(Error::<T>::UnknownPoll)?;
			let PollStatus::AwaitsLot { at, block } = poll.status else {
				return Err(Error::<T>::NoLot.into());
			};
			ensure!(Self::block() > block, Error::<T>::LotPending);
			let hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(block));
			if hash == T::Hash::default() {
				poll.status = Self::name_lot(id, at);
				Polls::<T>::insert(id, poll);
				return Ok(());
			}
			let hash = hash.as_ref().try_into().map_err(|_| Error::<T>::Inconsistent)?;
			let result = Self::count(id, &poll, Some(Lot { block, block_hash: hash }))?;
			Self::finish(id, poll, at, result)
		}

		/// Names the block from whose hash the lot of a poll is drawn, which nobody can know yet.
		fn name_lot(poll: PollId, at: Millis) -> PollStatus {
			let block = Self::block().saturating_add(LOT_DELAY);
			Self::deposit_event(Event::LotNamed { poll, block });
			PollStatus::AwaitsLot { at, block }
		}

		fn block() -> u32 {
			frame_system::Pallet::<T>::block_number().unique_saturated_into()
		}

		fn count(id: PollId, poll: &Poll, lot: Option<Lot>) -> Result<PollResult, Error<T>> {
			outcome::count(id, poll, &Self::tallies(id, poll), lot).ok_or(Error::Inconsistent)
		}

		/// Deposits and publishes a result, and lets the pallet concerned act on it.
		fn finish(id: PollId, mut poll: Poll, at: Millis, result: PollResult) -> DispatchResult {
			let (case, purpose) = (poll.case, poll.purpose);
			let evidence = T::Evidence::deposit_result(
				case,
				EvidenceKind::PollOutcome,
				Digest::of(&(id, &result)),
			)?;
			poll.status = PollStatus::Closed { at, evidence };
			Polls::<T>::insert(id, poll);
			Results::<T>::insert(id, &result);
			Self::release(case, id)?;

			let PollResult { turnout, items, lot, .. } = result;
			for (item, result) in (0..).zip(&items) {
				let drawn = if result.outcome == ItemOutcome::Failed { None } else { lot };
				for options in result.ties.iter().copied() {
					Self::deposit_event(Event::Tied { poll: id, item, options, lot: drawn });
				}
			}
			let outcomes =
				BoundedVec::truncate_from(items.iter().map(|item| item.outcome.clone()).collect());
			Self::deposit_event(Event::PollClosed { poll: id, case, turnout, outcomes, evidence });
			T::Listener::poll_closed(case, id, purpose, &items)
		}

		fn do_cancel(id: PollId, by: T::AccountId) -> DispatchResult {
			let mut poll = Polls::<T>::get(id).ok_or(Error::<T>::UnknownPoll)?;
			let (case, purpose) = (poll.case, poll.purpose);
			ensure!(T::Cases::association(case)? == by, Error::<T>::NotAssociationOfCase);
			let at = T::Time::now();
			let open = poll.status == PollStatus::Open && at < poll.closes_at;
			ensure!(open, Error::<T>::PollClosed);
			let booth = Booths::<T>::take(id).ok_or(Error::<T>::Inconsistent)?;
			ensure!(booth.cast == 0, Error::<T>::BallotsCast);
			poll.status = PollStatus::Cancelled { at };
			Polls::<T>::insert(id, poll);
			Self::release(case, id)?;
			Self::deposit_event(Event::PollCancelled { poll: id, case, by });
			T::Listener::poll_cancelled(case, id, purpose)
		}

		/// Lets the roll of a case go for which a poll stood open.
		fn release(case: CaseId, id: PollId) -> DispatchResult {
			OpenPolls::<T>::mutate_exists(case, |open| {
				*open = open.take().and_then(|mut polls| {
					polls.retain(|poll| *poll != id);
					(!polls.is_empty()).then_some(polls)
				});
			});
			T::Roll::thaw(case)
		}

		/// The key of a poll in [`Booths`].
		pub(crate) fn booth_key(poll: PollId) -> [u8; 36] {
			pages::identity_key(Booths::<T>::prefix_hash(), poll.to_le_bytes(), [])
		}

		/// The key of a lender's page in [`Ballots`].
		pub(crate) fn page_key(poll: PollId, lender: LenderIndex) -> [u8; 40] {
			pages::page_key(Ballots::<T>::prefix_hash(), poll, lender)
		}

		/// The key of a class in [`Tallies`].
		pub(crate) fn tally_key(poll: PollId, class: ClassId) -> [u8; 37] {
			pages::identity_key(Tallies::<T>::prefix_hash(), poll.to_le_bytes(), [class])
		}

		fn reason_for_no_booth(poll: PollId) -> Error<T> {
			match Polls::<T>::contains_key(poll) {
				true => Error::PollClosed,
				false => Error::UnknownPoll,
			}
		}

		pub(crate) fn tallies(id: PollId, poll: &Poll) -> Vec<(ClassId, ClassTally)> {
			poll.roll
				.classes()
				.iter()
				.filter_map(|total| Some((total.class, Tallies::<T>::get(id, total.class)?)))
				.collect()
		}
	}

	/// Whether every election among the items has its options in the precedence, each once; an empty one
	/// is the order of the ballot.
	fn is_precedence(items: &Items, precedence: &Precedence) -> bool {
		let elections = items.iter().map(|item| item.kind);
		precedence.is_empty()
			|| elections.filter(|kind| matches!(kind, ItemKind::ApproveUpTo { .. })).all(|kind| {
				precedence.len() == usize::from(kind.options())
					&& (0..kind.options()).all(|option| precedence.contains(&option))
			})
	}

	impl<T> From<PageError> for Error<T> {
		fn from(_: PageError) -> Self {
			Self::Inconsistent
		}
	}

	impl<T: Config> PollEngine for Pallet<T> {
		fn open(poll: NewPoll) -> Result<PollId, DispatchError> {
			Self::do_open(poll)
		}
	}
}
