//! The order of candidates on the ballot.

use crate::*;
use frame_system::pallet_prelude::BlockNumberFor;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_list_candidates(
		case: CaseId,
		listing: Listing,
		by: T::AccountId,
	) -> DispatchResult {
		Self::ensure_ordering(case, CandidateOrder::List)?;
		let standing = Candidates::<T>::get(case);
		let all = standing.iter().all(|candidate| listing.contains(&candidate.lender));
		ensure!(all && listing.len() == standing.len(), Error::<T>::NotThoseStanding);
		Listings::<T>::insert(case, &listing);
		Self::deposit_event(Event::CandidatesListed { case, listing, by });
		Ok(())
	}

	pub(crate) fn do_draw_candidates(case: CaseId, by: T::AccountId) -> DispatchResult {
		let election = Self::ensure_ordering(case, CandidateOrder::Lot)?;
		let gone = election.lot.is_none_or(|block| {
			block < Self::block() && Self::hash_of(block) == T::Hash::default()
		});
		ensure!(gone, Error::<T>::AlreadyDrawn);
		let block = Self::block().saturating_add(LOT_DELAY);
		Elections::<T>::insert(case, Election { lot: Some(block), ..election });
		Self::deposit_event(Event::CandidatesDrawn { case, block, by });
		Ok(())
	}

	/// The candidates in the order of the ballot, and the lot by which they stand in it.
	pub(crate) fn in_order(
		case: CaseId,
		mut slate: Slate,
		election: &Election,
		order: CandidateOrder,
	) -> Result<(Slate, Option<Lot>), DispatchError> {
		match order {
			CandidateOrder::Nomination => Ok((slate, None)),
			CandidateOrder::List => {
				let listing = Listings::<T>::get(case).ok_or(Error::<T>::OrderMissing)?;
				slate.as_mut().sort_by_key(|candidate| {
					listing.iter().position(|lender| *lender == candidate.lender)
				});
				Ok((slate, None))
			}
			CandidateOrder::Lot => {
				let lot = Self::drawn(election)?;
				slate.as_mut().sort_by_cached_key(|one| lot.of_candidate(case, one.lender));
				Ok((slate, Some(lot)))
			}
		}
	}

	/// The options of the election in the order of first nominations.
	pub(crate) fn precedence(slate: &Slate) -> Precedence {
		let mut options: Vec<_> = (0u8..).zip(slate.iter().map(|one| one.place)).collect();
		options.sort_by_key(|(_, place)| *place);
		Precedence::truncate_from(options.into_iter().map(|(option, _)| option).collect())
	}

	/// The election of a case whose candidates may be put in order, and by `order`.
	fn ensure_ordering(case: CaseId, order: CandidateOrder) -> Result<Election, DispatchError> {
		Self::ensure_electing(case)?;
		ensure!(T::Cases::terms(case)?.candidate_order == order, Error::<T>::OtherOrder);
		Self::nominated(case)
	}

	/// The lot, once its block is there.
	fn drawn(election: &Election) -> Result<Lot, DispatchError> {
		let block = election.lot.ok_or(Error::<T>::OrderMissing)?;
		ensure!(Self::block() > block, Error::<T>::LotPending);
		let hash = Self::hash_of(block);
		ensure!(hash != T::Hash::default(), Error::<T>::LotGone);
		let hash = hash.as_ref().try_into().map_err(|_| Error::<T>::LotGone)?;
		Ok(Lot { block, block_hash: hash })
	}

	fn block() -> u32 {
		frame_system::Pallet::<T>::block_number().unique_saturated_into()
	}

	fn hash_of(block: u32) -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::from(block))
	}
}
