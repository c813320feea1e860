//! In which order candidates stand on the ballot, and ballots that are taken back.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;
use winddown_primitives::lot::LOT_DELAY;

fn on_ballot(poll: PollId) -> Vec<LenderIndex> {
	let ballot = CommitteeElection::first_ballot(poll).expect("it was opened");
	ballot.slate.iter().map(|candidate| candidate.lender).collect()
}

fn list(lenders: &[LenderIndex]) -> DispatchResult {
	let listing = lenders.to_vec().try_into().expect("few candidates");
	CommitteeElection::list_candidates(association(), CASE, listing)
}

fn draw() -> DispatchResult {
	CommitteeElection::draw_candidates(association(), CASE)
}

fn try_ballot() -> DispatchResult {
	let call = CommitteeElection::open_first_ballot;
	call(association(), CASE, digest(100), mandate(), Now::get() + VOTING)
}

fn precedence() -> Vec<u8> {
	OpenedPolls::get().last().expect("a poll").precedence.to_vec()
}

/// Comes to a later block; those before it have hashes, but not for longer than a chain keeps them.
fn come_to(block: u64) {
	for known in block.saturating_sub(20)..block {
		let hash = <Test as frame_system::Config>::Hash::repeat_byte(known as u8 + 1);
		frame_system::BlockHash::<Test>::insert(known, hash);
	}
	System::set_block_number(block);
}

#[test]
fn who_withdraws_and_stands_again_keeps_the_first_place() {
	ExtBuilder::default().build_and_execute(|| {
		let until = START + NOMINATIONS;
		assert_ok!(CommitteeElection::open_nominations(association(), CASE, until));
		for who in [10, 11, 12] {
			assert_ok!(CommitteeElection::nominate(lender(who), digest(who as u8)));
		}
		assert_ok!(CommitteeElection::withdraw(lender(10)));
		assert_ok!(CommitteeElection::nominate(lender(13), digest(13)));
		assert_ok!(CommitteeElection::nominate(lender(10), digest(99)));
		let standing = CommitteeElection::candidates(CASE);
		let standing: Vec<_> = standing.iter().map(|c| (c.lender, c.place)).collect();
		assert_eq!(standing, [(10, 0), (11, 1), (12, 2), (13, 3)]);
		set_now(until);
		assert_eq!(on_ballot(open_first_ballot(mandate())), [10, 11, 12, 13]);
		assert_eq!(precedence(), [0, 1, 2, 3]);
	});
}

#[test]
fn by_a_list_the_association_puts_candidates_in_order_and_ties_still_go_by_nomination() {
	ExtBuilder::default().build_and_execute(|| {
		set_order(CASE, CandidateOrder::List);
		nominate(&[10, 11, 12, 13]);
		assert_noop!(try_ballot(), Error::<Test>::OrderMissing);
		take_events();
		assert_ok!(list(&[11, 10, 13, 12]));
		assert_ok!(list(&[12, 10, 13, 11]));
		let listing: Listing = vec![12, 10, 13, 11].try_into().unwrap();
		assert_eq!(CommitteeElection::listing(CASE), Some(listing.clone()));
		let by = ASSOCIATION;
		let told = Event::CandidatesListed { case: CASE, listing, by };
		assert_eq!(take_events().last(), Some(&told));
		assert_ok!(CommitteeElection::withdraw(lender(10)));
		let poll = open_first_ballot(mandate());
		assert_eq!(on_ballot(poll), [12, 13, 11]);
		assert_eq!(precedence(), [2, 0, 1], "11 was nominated first, then 12, then 13");
		let documents = OpenedPolls::get()[0].items[1].documents.to_vec();
		assert_eq!(documents, [digest(12), digest(13), digest(11)]);
		assert_noop!(list(&[12, 13, 11]), Error::<Test>::BallotOpen);
	});
}

#[test]
fn a_list_names_all_who_stand_and_each_once() {
	ExtBuilder::default().build_and_execute(|| {
		set_order(CASE, CandidateOrder::List);
		assert_noop!(list(&[10]), Error::<Test>::NominationsNotOpened);
		let until = START + NOMINATIONS;
		assert_ok!(CommitteeElection::open_nominations(association(), CASE, until));
		assert_noop!(list(&[10]), Error::<Test>::NominationsRunning);
		set_now(until);
		nominate(&[10, 11, 12]);
		for wrong in [&[10, 11][..], &[10, 11, 11], &[10, 11, 13], &[10, 11, 12, 13], &[]] {
			assert_noop!(list(wrong), Error::<Test>::NotThoseStanding);
		}
		let listing: Listing = vec![10, 11, 12].try_into().unwrap();
		let call = CommitteeElection::list_candidates;
		assert_noop!(call(lender(10), CASE, listing.clone()), BadOrigin);
		let other = RuntimeOrigin::signed(OTHER_ASSOCIATION);
		assert_noop!(call(other, CASE, listing), Error::<Test>::NotAssociationOfCase);
		assert_noop!(draw(), Error::<Test>::OtherOrder);
		assert_ok!(list(&[12, 11, 10]));
	});
}

#[test]
fn new_nominations_void_the_order() {
	ExtBuilder::default().build_and_execute(|| {
		set_order(CASE, CandidateOrder::List);
		nominate(&[10, 11, 12]);
		assert_ok!(list(&[12, 11, 10]));
		nominate(&[13]);
		assert_eq!(CommitteeElection::listing(CASE), None);
		assert_noop!(try_ballot(), Error::<Test>::OrderMissing);
	});
}

#[test]
fn by_lot_the_hash_of_a_block_that_is_not_there_yet_orders_the_candidates() {
	ExtBuilder::default().build_and_execute(|| {
		set_order(CASE, CandidateOrder::Lot);
		nominate(&[10, 11, 12, 13, 14]);
		assert_noop!(try_ballot(), Error::<Test>::OrderMissing);
		assert_noop!(list(&[10, 11, 12, 13, 14]), Error::<Test>::OtherOrder);
		take_events();
		assert_ok!(draw());
		let block = 1 + LOT_DELAY;
		let by = ASSOCIATION;
		assert_eq!(take_events(), [Event::CandidatesDrawn { case: CASE, block, by }]);
		assert_noop!(draw(), Error::<Test>::AlreadyDrawn);
		come_to(u64::from(block));
		assert_noop!(try_ballot(), Error::<Test>::LotPending);
		come_to(u64::from(block) + 1);
		assert_noop!(draw(), Error::<Test>::AlreadyDrawn);

		let poll = open_first_ballot(mandate());
		let lot = Lot { block, block_hash: [block as u8 + 1; 32] };
		let mut expected = vec![10, 11, 12, 13, 14];
		expected.sort_by_key(|lender| lot.of_candidate(CASE, *lender));
		assert_ne!(expected, [10, 11, 12, 13, 14], "the lot of the test changes the order");
		assert_eq!(on_ballot(poll), expected);
		assert_eq!(CommitteeElection::first_ballot(poll).unwrap().lot, Some(lot));
		let places: Vec<_> = precedence().iter().map(|at| expected[usize::from(*at)]).collect();
		assert_eq!(places, [10, 11, 12, 13, 14], "ties still go by nomination");
	});
}

#[test]
fn a_lot_is_drawn_anew_only_when_the_chain_forgot_the_block() {
	ExtBuilder::default().build_and_execute(|| {
		set_order(CASE, CandidateOrder::Lot);
		nominate(&[10, 11, 12]);
		assert_ok!(draw());
		System::set_block_number(9_000);
		assert_noop!(try_ballot(), Error::<Test>::LotGone);
		assert_ok!(draw());
		let election = CommitteeElection::election(CASE).unwrap();
		assert_eq!(election.lot, Some(9_000 + LOT_DELAY));
	});
}

#[test]
fn a_cancelled_first_ballot_is_opened_again_with_those_who_stand() {
	ExtBuilder::default().build_and_execute(|| {
		nominate(&[10, 11, 12, 13]);
		let poll = open_first_ballot(mandate());
		assert_ok!(CommitteeElection::withdraw(lender(11)));
		assert_ok!(cancel_poll(poll));
		assert_eq!(CommitteeElection::election(CASE).unwrap().ballot, None);
		assert_eq!(stage(), Stage::Electing);
		let again = open_first_ballot(mandate());
		assert_eq!(on_ballot(again), [10, 12, 13]);
		assert_eq!(on_ballot(poll), [10, 11, 12, 13], "the first one stays readable");
	});
}

#[test]
fn a_cancelled_recall_may_be_opened_again() {
	ExtBuilder::default().with_committee(Some(mandate())).build_and_execute(|| {
		let open = || {
			let closes_at = Now::get() + VOTING;
			CommitteeElection::open_recall(association(), CASE, 10, digest(1), closes_at)
		};
		assert_ok!(open());
		let poll = CommitteeElection::recall(CASE, 10).expect("it is open");
		assert_ok!(cancel_poll(poll));
		assert_eq!(CommitteeElection::recall(CASE, 10), None);
		assert!(committee().has_member(10));
		assert_ok!(open());
	});
}

#[test]
fn nominations_end_within_the_longest_window() {
	ExtBuilder::default().build_and_execute(|| {
		let open = |until| CommitteeElection::open_nominations(association(), CASE, until);
		for until in [START + MAX_NOMINATIONS + 1, Millis::MAX] {
			assert_noop!(open(until), Error::<Test>::WindowTooLong);
		}
		assert_ok!(open(START + MAX_NOMINATIONS));
	});
}

#[test]
fn documents_of_zeros_are_refused() {
	ExtBuilder::default().with_committee(Some(mandate())).build_and_execute(|| {
		let zeros = Digest::Sm3([0; 32]);
		let closes_at = Now::get() + VOTING;
		let recall = CommitteeElection::open_recall;
		assert_noop!(recall(association(), CASE, 10, zeros, closes_at), Error::<Test>::ZeroDigest);
		let propose = CommitteeElection::propose_decision;
		assert_noop!(propose(lender(10), Matter::Meeting, zeros), Error::<Test>::ZeroDigest);
	});
	ExtBuilder::default().build_and_execute(|| {
		let zeros = Digest::Sm3([0; 32]);
		let until = START + NOMINATIONS;
		assert_ok!(CommitteeElection::open_nominations(association(), CASE, until));
		assert_noop!(CommitteeElection::nominate(lender(10), zeros), Error::<Test>::ZeroDigest);
		set_now(until);
		nominate(&[10, 11, 12]);
		let closes_at = Now::get() + VOTING;
		let ballot = CommitteeElection::open_first_ballot;
		let nothing = Mandate { document: zeros, ..mandate() };
		for (exit, given) in [(zeros, mandate()), (digest(1), nothing)] {
			assert_noop!(
				ballot(association(), CASE, exit, given, closes_at),
				Error::<Test>::ZeroDigest
			);
		}
	});
}
