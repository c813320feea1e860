//! Plans and their votes. Evidence 15 is the committee's objection, 16 and 18 are the steps to
//! `Voting` and back, 17 the first count, 19 the endorsement, 20 the step to `Voting`, 21 the second
//! count, 22 the adopted plan, 23 the step to `Repaying`.

use super::{ballots, close, marks, result, votes};
use crate::{
	case::{document, Case, WINDOW},
	chain::Chain,
};
use frame_support::assert_ok;
use pallet_committee_election::{Call as CommitteeCall, Matter, Outcome, Vote};
use pallet_repayment_vote::{Call, Instalment, PlanState};
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::{
	Choice, Digest, Fen, ItemOutcome, LenderIndex, Millis, PlanId, PollId, Stage, Votes,
};
use winddown_runtime::{
	genesis_config_presets::Institution::{Association, Platform},
	CommitteeElection, RepaymentVote, Runtime, RuntimeEvent,
};

type Error = pallet_repayment_vote::Error<Runtime>;
type Event = pallet_repayment_vote::Event<Runtime>;
type CommitteeError = pallet_committee_election::Error<Runtime>;

/// Instalments of these amounts, each ten minutes after the one before.
pub(super) fn plan(chain: &Chain, name: &str, amounts: &[Fen]) -> Call<Runtime> {
	let instalment = |(number, amount): (Millis, &Fen)| Instalment {
		due_at: chain.now() + number * 600_000,
		amount: *amount,
	};
	let instalments: Vec<_> = (1..).zip(amounts).map(instalment).collect();
	let instalments = instalments.try_into().unwrap();
	Call::propose_plan { case_id: 0, document: document(name), instalments }
}

pub(super) fn vote_on(chain: &Chain, plans: &[PlanId]) -> Call<Runtime> {
	let plans = plans.to_vec().try_into().unwrap();
	Call::open_vote { case_id: 0, plans, closes_at: chain.now() + 2 * WINDOW }
}

fn review(document: Digest) -> CommitteeCall<Runtime> {
	CommitteeCall::propose_decision { matter: Matter::PlanReview, document }
}

pub(super) fn state(chain: &mut Chain, plan: PlanId) -> PlanState {
	chain.with(|| RepaymentVote::plan(0, plan)).expect("the plan was proposed").state
}

/// These members vote on a decision, which then ends with `outcome` and these counts.
#[track_caller]
fn decide(
	chain: &mut Chain,
	case: Case,
	decision: u32,
	members: &[(LenderIndex, Vote)],
	outcome: (Outcome, u8, u8),
) {
	for (member, vote) in members {
		let settled = chain.with(|| CommitteeElection::decision(0, decision)).unwrap().settlement;
		assert_eq!(settled, None);
		case.acts(chain, *member, CommitteeCall::decide { decision, vote: *vote });
	}
	let settled = chain.with(|| CommitteeElection::decision(0, decision)).unwrap().settlement;
	let settled = settled.expect("more than half of the seats spoke");
	assert_eq!((settled.outcome, settled.endorsed, settled.objected), outcome);
}

/// The committee objects, and lenders do not adopt: more than half of the amount is for the plan, but
/// not more than half of the heads.
pub fn first_plan_fails(chain: &mut Chain, case: Case) {
	let half = plan(chain, "half and half", &[2_400_000, 2_400_000]);
	chain.fails(Association, half.clone(), BadOrigin);
	chain.fails(Platform, plan(chain, "nothing", &[]), Error::EmptyPromise);
	assert_ok!(chain.submit(Platform, half));
	chain.fails(Association, vote_on(chain, &[0]), Error::ReviewPending);

	let paper = document("half and half");
	case.fails(chain, 8, review(paper), CommitteeError::NotMember);
	let meeting = CommitteeCall::propose_decision { matter: Matter::Meeting, document: paper };
	case.fails(chain, 5, meeting, CommitteeError::OutsideMandate);
	case.acts(chain, 5, review(paper));
	let members = [(5, Vote::Endorse), (3, Vote::Object), (1, Vote::Object)];
	decide(chain, case, 0, &members, (Outcome::Rejected, 1, 2));

	chain.fails(Platform, vote_on(chain, &[0]), BadOrigin);
	assert_ok!(chain.submit(Association, vote_on(chain, &[0])));
	let poll: PollId = 1;
	assert_eq!(state(chain, 0), PlanState::InVote { poll });
	assert_eq!(case.stage(chain), Stage::Voting);
	let agree = [5, 6, 8, 9].map(|row| (row, vec![Choice::FOR]));
	let refuse = [0, 1, 2, 3, 4].map(|row| (row, vec![Choice::AGAINST]));
	ballots(chain, case, poll, &[&agree[..], &refuse].concat());

	// 600,000 + 650,000 + 900,000 + 350,000 against 100,000 + 200,000 + … + 500,000.
	let options = [votes(4, 2_500_000), votes(5, 1_500_000)];
	let failed = result(&options, Votes::default(), ItemOutcome::Failed);
	close(chain, poll, votes(9, 4_000_000), &[failed]);
	let failed = Event::VoteFailed { case: 0, poll, round: 1, rounds_left: 1 };
	assert!(chain.events().contains(&RuntimeEvent::RepaymentVote(failed)));
	assert_eq!(state(chain, 0), PlanState::Rejected);
	assert_eq!(case.stage(chain), Stage::Planning);
	chain.fails(Association, vote_on(chain, &[0]), Error::NotProposed);
}

/// Plan 1 pays everything at once and late, plan 2 in three instalments; the second one wins.
pub fn two_plans_compete(chain: &mut Chain, case: Case) {
	let again = plan(chain, "half and half", &[4_800_000]);
	chain.fails(Platform, again, Error::DuplicateDocument);
	assert_ok!(chain.submit(Platform, plan(chain, "all at once", &[4_800_000])));
	let amounts = [960_000, 1_440_000, 2_400_000];
	assert_ok!(chain.submit(Platform, plan(chain, "20, 30, 50", &amounts)));
	case.acts(chain, 3, review(document("20, 30, 50")));
	let members = [(3, Vote::Endorse), (1, Vote::Endorse)];
	decide(chain, case, 1, &members, (Outcome::Carried, 2, 0));

	// Nobody reviewed plan 1, so it waits until the committee had its time.
	chain.fails(Association, vote_on(chain, &[1, 2]), Error::ReviewPending);
	let proposed_at = chain.with(|| RepaymentVote::plan(0, 1)).unwrap().proposed_at;
	chain.wait_until(proposed_at + crate::case::LONG_WINDOW);
	chain.fails(Association, vote_on(chain, &[2, 2]), Error::DuplicatePlan);
	assert_ok!(chain.submit(Association, vote_on(chain, &[1, 2])));
	let poll: PollId = 2;
	let mut cast = vec![(4, vec![Choice::ABSTAIN]), (8, vec![marks(&[0])])];
	cast.extend([0, 1, 2, 3, 5, 6].map(|row| (row, vec![marks(&[1])])));
	ballots(chain, case, poll, &cast);

	// For plan 2: 100,000 + 200,000 + 300,000 + 400,000 + 600,000 + 650,000.
	let options = [votes(1, 900_000), votes(6, 2_250_000)];
	let chosen = ItemOutcome::Chosen { option: 1 };
	close(chain, poll, votes(8, 3_650_000), &[result(&options, votes(1, 500_000), chosen)]);
	let document = document("20, 30, 50");
	let adopted = Event::PlanAdopted { case: 0, plan: 2, document, poll };
	assert!(chain.events().contains(&RuntimeEvent::RepaymentVote(adopted)));
	assert_eq!(state(chain, 1), PlanState::Rejected);
	assert_eq!(state(chain, 2), PlanState::Adopted);
	assert_eq!(case.stage(chain), Stage::Repaying);
	chain.fails(Platform, plan(chain, "less", &[1]), Error::WrongStage);
}
