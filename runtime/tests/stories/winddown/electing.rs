//! Committee and mandate. Evidence 9 is the slate, 10 the outcome of the ballot, 11 the committee,
//! 12 the step to `Planning`, 13 the plaintext ballots, 14 the committee after a resignation.

use super::{ballots, close, marks, result, votes};
use crate::{
	case::{cast, deposit, document, Case, WINDOW},
	chain::Chain,
};
use frame_support::assert_ok;
use pallet_committee_election::{Call, Mandate, Matter, Matters, Position, Vacancy};
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::{Choice, EvidenceKind, ItemOutcome, LenderIndex, PollId, Stage, Votes};
use winddown_runtime::{
	genesis_config_presets::Institution::{Association, Operator, Platform},
	CommitteeElection, Polls, Runtime, RuntimeEvent,
};

type Error = pallet_committee_election::Error<Runtime>;
type Event = pallet_committee_election::Event<Runtime>;
type ClaimError = pallet_claims::Error<Runtime>;
type PollError = pallet_polls::Error<Runtime>;

/// Who stands, in the order of their nomination: option 0 is lender 1, and so on.
const SLATE: [LenderIndex; 5] = [1, 3, 5, 8, 6];

fn mandate() -> Mandate {
	let matters = Matters::new(&[Matter::PlanReview, Matter::Supervision]);
	Mandate { document: document("mandate"), matters }
}

fn nomination(row: LenderIndex) -> Call<Runtime> {
	Call::nominate { statement: document(&format!("statement of {row}")) }
}

/// Five lenders stand; one withdrew, one is owed too little, one did not confirm.
pub fn nominate(chain: &mut Chain, case: Case) {
	let until = chain.now() + WINDOW;
	let open = Call::open_nominations { case_id: case.id, until };
	chain.fails(Platform, open.clone(), BadOrigin);
	case.fails(chain, 1, nomination(1), Error::NominationsClosed);
	assert_ok!(chain.submit(Association, open));

	case.fails(chain, 0, nomination(0), Error::BelowFloor);
	case.fails(chain, 7, nomination(7), ClaimError::ClaimNotConfirmed);
	let mut intents = vec![case.intent(chain, 2, nomination(2))];
	intents.extend(SLATE.map(|row| case.intent(chain, row, nomination(row))));
	assert_eq!(chain.batch(intents), []);
	case.acts(chain, 2, Call::withdraw {});
	case.fails(chain, 2, Call::withdraw {}, Error::NotCandidate);
	case.fails(chain, 3, nomination(3), Error::AlreadyCandidate);
	chain.with(|| assert_eq!(CommitteeElection::position(0, 3), Position::Candidate));
}

/// One ballot on the exit, the committee and its mandate.
pub fn open_the_first_ballot(chain: &mut Chain, case: Case) -> PollId {
	let open = |chain: &Chain| Call::open_first_ballot {
		case_id: case.id,
		exit: document("exit resolution"),
		mandate: mandate(),
		closes_at: chain.now() + 2 * WINDOW,
	};
	chain.fails(Association, open(chain), Error::NominationsRunning);
	let until = chain.with(|| CommitteeElection::election(0)).unwrap().nominations_until;
	chain.wait_until(until);
	case.fails(chain, 4, nomination(4), Error::NominationsClosed);
	chain.fails(Platform, open(chain), BadOrigin);
	assert_ok!(chain.submit(Association, open(chain)));
	let opened = Event::FirstBallotOpened {
		case: 0,
		poll: 0,
		exit: document("exit resolution"),
		mandate: mandate(),
		candidates: SLATE.to_vec(),
		lot: None,
		by: Association.account(),
	};
	assert!(chain.events().contains(&RuntimeEvent::CommitteeElection(opened)));
	chain.fails(Association, open(chain), Error::BallotOpen);

	// From here on nobody moves the denominators.
	let ruling = pallet_claims::Ruling::Exclude;
	let exclude = pallet_claims::Call::adjudicate { case_id: 0, lender: 8, ruling, evidence: 6 };
	chain.fails(Association, exclude, ClaimError::RollFrozen);
	0
}

/// Eight lenders vote; lender 6 thinks twice, lender 9 stays away, lender 7 may not.
pub fn vote(chain: &mut Chain, case: Case, poll: PollId) {
	use Choice as C;
	let everything = [C::FOR, marks(&[0, 1, 4]), C::FOR];
	case.acts(chain, 6, cast(poll, &everything, "first thought of 6"));
	case.fails(chain, 7, cast(poll, &everything, "of 7"), ClaimError::ClaimNotConfirmed);
	case.fails(chain, 1, cast(poll, &[C::FOR], "of 1"), PollError::WrongNumberOfChoices);
	let four = [C::FOR, marks(&[0, 1, 2, 3]), C::FOR];
	case.fails(chain, 1, cast(poll, &four, "of 1"), PollError::InvalidChoice);

	let cast_now = [
		(0, vec![C::FOR, marks(&[0, 1, 2]), C::FOR]),
		(1, vec![C::FOR, marks(&[0, 1, 3]), C::FOR]),
		(2, vec![C::FOR, marks(&[1, 2, 3]), C::FOR]),
		(3, vec![C::FOR, marks(&[1, 2, 4]), C::FOR]),
		(4, vec![C::FOR, marks(&[0, 2]), C::FOR]),
		(5, vec![C::FOR, marks(&[2, 3]), C::FOR]),
		(6, vec![C::AGAINST, marks(&[4]), C::AGAINST]),
		(8, vec![C::FOR, marks(&[0, 3]), C::ABSTAIN]),
	];
	ballots(chain, case, poll, &cast_now);
	chain.with(|| {
		let six = Polls::ballot(poll, 6).unwrap();
		assert_eq!((six.revision, six.record), (2, document("ballot of 6 in poll 0")));
		assert_eq!(six.choices.into_inner(), cast_now[6].1);
		assert!(!Polls::has_voted(poll, 7) && !Polls::has_voted(poll, 9));
	});
}

/// The count of the first ballot, and who sits. Of 3,650,000 fen that voted:
///
/// | option | lender | approved by | heads | fen | share of fen + share of heads |
/// |---|---|---|---|---|---|
/// | 2 | 5 | 0, 2, 3, 4, 5 | 5 | 1,900,000 | 0.52 + 0.63 = 1.15 |
/// | 3 | 8 | 1, 2, 5, 8 | 4 | 2,000,000 | 0.55 + 0.50 = 1.05 |
/// | 0 | 1 | 0, 1, 4, 8 | 4 | 1,700,000 | 0.47 + 0.50 = 0.97 |
/// | 1 | 3 | 0, 1, 2, 3 | 4 | 1,000,000 | 0.27 + 0.50 = 0.77 |
/// | 4 | 6 | 3, 6 | 2 | 1,050,000 | 0.29 + 0.25 = 0.54 |
pub fn seat_the_committee(chain: &mut Chain, case: Case, poll: PollId) {
	let none = Votes::default();
	let approvals = [
		votes(4, 1_700_000),
		votes(4, 1_000_000),
		votes(5, 1_900_000),
		votes(4, 2_000_000),
		votes(2, 1_050_000),
	];
	let elected = ItemOutcome::Elected {
		seats: vec![2, 3, 0].try_into().unwrap(),
		reserves: vec![1, 4].try_into().unwrap(),
	};
	let results = [
		// For: all but lender 6.
		result(&[votes(7, 3_000_000), votes(1, 650_000)], none, ItemOutcome::Passed),
		result(&approvals, none, elected),
		// For: lenders 0 to 5. Lender 8 abstains: turned out, but not for it.
		result(&[votes(6, 2_100_000), votes(1, 650_000)], votes(1, 900_000), ItemOutcome::Passed),
	];
	close(chain, poll, votes(8, 3_650_000), &results);
	let formed = Event::CommitteeFormed {
		case: 0,
		poll,
		seats: vec![5, 8, 1],
		reserves: vec![3, 6],
		mandate: Some(mandate()),
	};
	assert!(chain.events().contains(&RuntimeEvent::CommitteeElection(formed)));
	assert_eq!(case.stage(chain), Stage::Planning);

	let late = cast(poll, &[Choice::FOR, Choice::ABSTAIN, Choice::FOR], "too late");
	case.fails(chain, 9, late, PollError::PollClosed);
	let records = deposit(chain, case, Operator, EvidenceKind::Ballots, "eight ballots");
	assert_eq!(records, 13);
}

/// A member gives up the seat, and the first reserve moves up.
pub fn resign(chain: &mut Chain, case: Case) {
	case.fails(chain, 4, Call::resign {}, Error::NotMember);
	case.acts(chain, 8, Call::resign {});
	let vacancy = Vacancy::Seat { successor: Some(3) };
	let resigned = Event::Resigned { case: 0, lender: 8, vacancy };
	assert!(chain.events().contains(&RuntimeEvent::CommitteeElection(resigned)));
	let committee = chain.with(|| CommitteeElection::committee(0)).unwrap();
	assert_eq!(committee.seats.into_inner(), [5, 3, 1]);
	assert_eq!(committee.reserves.into_inner(), [6]);
}
