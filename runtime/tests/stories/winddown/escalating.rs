//! Handed to the courts while ballots are open: they are counted, and nothing follows from them.

use super::{ballots, close, marks, planning, result};
use crate::{
	case::{document, Case, LONG_WINDOW, WINDOW},
	chain::Chain,
};
use frame_support::assert_ok;
use pallet_committee_election::{
	Call as CommitteeCall, Event as CommitteeEvent, NotFormed, RecallOutcome,
};
use pallet_repayment_vote::{Event, PlanState, VoteRounds};
use winddown_primitives::{Choice, ItemOutcome, LenderIndex, PollId, Stage, Votes};
use winddown_runtime::{
	genesis_config_presets::Institution::{Association, Platform, Regulator},
	Claims, CommitteeElection, Polls, RepaymentVote, Runtime, RuntimeEvent,
};

/// Who is on the committee, and shall be recalled.
const MEMBER: LenderIndex = 8;
/// Who votes: everybody who may, but row 0.
const VOTERS: [LenderIndex; 8] = [1, 2, 3, 4, 5, 6, 8, 9];
const ALL: Votes = Votes { heads: 8, amount: 3_900_000 };
const NONE: Votes = Votes { heads: 0, amount: 0 };

/// The association puts a plan to the vote, and the recall of a member, whose ballot ends later.
pub fn open_a_vote_and_a_recall(chain: &mut Chain) -> (PollId, PollId) {
	assert_ok!(chain.submit(Platform, planning::plan(chain, "all at once", &[4_800_000])));
	let proposed_at = chain.with(|| RepaymentVote::plan(0, 0)).unwrap().proposed_at;
	chain.wait_until(proposed_at + LONG_WINDOW);
	assert_ok!(chain.submit(Association, planning::vote_on(chain, &[0])));
	let recall = CommitteeCall::open_recall {
		case_id: 0,
		member: MEMBER,
		grounds: document("never comes"),
		closes_at: chain.now() + 4 * WINDOW,
	};
	assert_ok!(chain.submit(Association, recall));
	assert_eq!(planning::state(chain, 0), PlanState::InVote { poll: 1 });
	chain.with(|| assert_eq!(CommitteeElection::recall(0, MEMBER), Some(2)));
	(1, 2)
}

/// The regulator hands the case to the courts.
pub fn escalate(chain: &mut Chain, case: Case) {
	let escalate =
		pallet_cases::Call::escalate { case_id: 0, reason: document("the money is gone") };
	assert_ok!(chain.submit(Regulator, escalate));
	assert_eq!(case.stage(chain), Stage::Escalated);
}

/// All agree with what is asked, which passes.
fn all_agree(chain: &mut Chain, case: Case, poll: PollId) {
	let agree = VOTERS.map(|row| (row, vec![Choice::FOR]));
	ballots(chain, case, poll, &agree);
	let passed = result(&[ALL, NONE], NONE, ItemOutcome::Passed);
	close(chain, poll, ALL, &[passed]);
}

/// The plan has the votes that it needs, and is not adopted.
pub fn the_plan_lapses(chain: &mut Chain, case: Case, poll: PollId) {
	all_agree(chain, case, poll);
	let lapsed = Event::VoteLapsed { case: 0, poll };
	assert!(chain.events().contains(&RuntimeEvent::RepaymentVote(lapsed)));
	assert_eq!(planning::state(chain, 0), PlanState::Lapsed);
	chain.with(|| {
		assert_eq!(VoteRounds::<Runtime>::get(0).ballot, None);
		assert_eq!(RepaymentVote::adopted(0), None);
	});
	assert_eq!(case.stage(chain), Stage::Escalated);
}

/// The recall has the votes that it needs, and the member keeps the seat.
pub fn the_recall_lapses(chain: &mut Chain, case: Case, poll: PollId) {
	all_agree(chain, case, poll);
	let outcome = RecallOutcome::Lapsed;
	let closed =
		CommitteeEvent::RecallClosed { case: 0, member: MEMBER, poll, outcome, vacancy: None };
	assert!(chain.events().contains(&RuntimeEvent::CommitteeElection(closed)));
	chain.with(|| {
		assert_eq!(CommitteeElection::recall(0, MEMBER), None);
		assert!(CommitteeElection::committee(0).unwrap().has_member(MEMBER));
		assert!(Polls::open_polls(0).is_empty());
		assert_eq!(Claims::roll(0).unwrap().open_polls, 0);
	});
	assert_eq!(case.stage(chain), Stage::Escalated);
}

/// Everybody is elected, and nobody sits.
pub fn the_first_ballot_forms_no_committee(chain: &mut Chain, case: Case, poll: PollId) {
	let everything = vec![Choice::FOR, marks(&[0, 1, 2]), Choice::FOR];
	ballots(chain, case, poll, &VOTERS.map(|row| (row, everything.clone())));
	let passed = result(&[ALL, NONE], NONE, ItemOutcome::Passed);
	let seats = vec![0, 1, 2].try_into().unwrap();
	let elected = ItemOutcome::Elected { seats, reserves: Default::default() };
	let contest = result(&[ALL, ALL, ALL, NONE, NONE], NONE, elected);
	close(chain, poll, ALL, &[passed.clone(), contest, passed]);

	let reason = NotFormed::CaseMovedOn;
	let formed = CommitteeEvent::CommitteeNotFormed { case: 0, poll, reason };
	assert!(chain.events().contains(&RuntimeEvent::CommitteeElection(formed)));
	chain.with(|| {
		assert_eq!(CommitteeElection::election(0).unwrap().ballot, None);
		assert_eq!(CommitteeElection::committee(0), None);
	});
	assert_eq!(case.stage(chain), Stage::Escalated);
	let again = CommitteeCall::open_nominations { case_id: 0, until: chain.now() + WINDOW };
	let error = pallet_committee_election::Error::<Runtime>::WrongStage;
	chain.fails(Association, again, error);
}
