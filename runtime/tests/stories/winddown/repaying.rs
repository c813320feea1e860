//! Promised against paid: 960,000, then 1,440,000, then 2,400,000 fen. Evidence 24 to 27 are the four
//! payment lists, 28 is the last step.

use crate::{
	case::{confirm, document, Case},
	chain::Chain,
};
use frame_support::assert_ok;
use pallet_repayment_vote::{Call, Flag, InstalmentStatus, Progress, Reply};
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::{Fen, Stage};
use winddown_runtime::{
	genesis_config_presets::Institution::{ArbiterOne, Association, Platform, Regulator},
	RepaymentVote, Runtime, RuntimeEvent,
};

type CaseCall = pallet_cases::Call<Runtime>;
type CaseError = pallet_cases::Error<Runtime>;
type Error = pallet_repayment_vote::Error<Runtime>;
type Event = pallet_repayment_vote::Event<Runtime>;

fn payment(instalment: u8, amount: Fen, heads: u32, list: &str) -> Call<Runtime> {
	Call::report_payment { case_id: 0, instalment, amount, heads, list: document(list) }
}

fn status(chain: &mut Chain, instalment: usize) -> InstalmentStatus {
	chain.with(|| RepaymentVote::repayment(0))[instalment]
}

#[track_caller]
fn has_event(chain: &mut Chain, event: Event) {
	assert!(chain.events().contains(&RuntimeEvent::RepaymentVote(event)));
}

/// Everybody gets a fifth, also the lender who never confirmed.
pub fn first_instalment_in_time(chain: &mut Chain, case: Case) {
	assert_eq!(status(chain, 0).promised.amount, 960_000);
	case.fails(chain, 0, Call::acknowledge { instalment: 0 }, Error::NothingReported);
	chain.fails(Association, payment(0, 960_000, 10, "list 0"), BadOrigin);
	chain.fails(Platform, payment(0, 960_001, 10, "list 0"), Error::ExceedsPromise);
	chain.fails(Platform, payment(3, 960_000, 10, "list 0"), Error::UnknownInstalment);
	assert_ok!(chain.submit(Platform, payment(0, 960_000, 10, "list 0")));
	has_event(
		chain,
		Event::PaymentReported {
			case: 0,
			instalment: 0,
			amount: 960_000,
			heads: 10,
			list: document("list 0"),
			paid: 960_000,
		},
	);
	has_event(chain, Event::InstalmentSettled { case: 0, instalment: 0, flag: Flag::None });
	chain.fails(Platform, payment(1, 960_000, 10, "list 0"), Error::AlreadyReported);

	case.acts(chain, 0, Call::acknowledge { instalment: 0 });
	case.fails(chain, 0, Call::acknowledge { instalment: 0 }, Error::AlreadyAcknowledged);
	chain.fails(
		ArbiterOne,
		Call::flag_overdue { case_id: 0, instalment: 0 },
		Error::AlreadySettled,
	);
	assert_eq!(status(chain, 0).progress.acknowledged, 1);
}

/// Half is paid in time and half after the due date, but within the grace.
pub fn second_instalment_late(chain: &mut Chain, case: Case) {
	let flag = || Call::flag_overdue { case_id: 0, instalment: 1 };
	assert_ok!(chain.submit(Platform, payment(1, 720_000, 5, "list 1a")));
	chain.fails(ArbiterOne, flag(), Error::NotDue);
	assert_eq!(status(chain, 1).deserved, Flag::None);

	let due_at = status(chain, 1).promised.due_at;
	chain.wait_until(due_at);
	assert_eq!(status(chain, 1).deserved, Flag::Overdue);
	assert_ok!(chain.submit(ArbiterOne, flag()));
	has_event(
		chain,
		Event::InstalmentFlagged {
			case: 0,
			instalment: 1,
			flag: Flag::Overdue,
			missing: 720_000,
			by: ArbiterOne.account(),
		},
	);
	chain.fails(Association, flag(), Error::AlreadyFlagged);
	let complaint = || Call::complain { instalment: 1, complaint: document("nothing came") };
	case.acts(chain, 7, complaint());
	case.fails(chain, 7, complaint(), Error::AlreadyComplained);
	assert_eq!(status(chain, 1).progress.complaints, 1);

	assert_ok!(chain.submit(Platform, payment(1, 720_000, 5, "list 1b")));
	has_event(chain, Event::InstalmentSettled { case: 0, instalment: 1, flag: Flag::Overdue });
	let settled_at = Some(chain.now());
	case.acts(chain, 7, Call::acknowledge { instalment: 1 });
	let progress = Progress {
		paid: 1_440_000,
		heads: 10,
		reports: 2,
		settled_at,
		flag: Flag::Overdue,
		acknowledged: 1,
		complaints: 0,
	};
	assert_eq!(status(chain, 1).progress, progress);
	let replies = chain.with(|| RepaymentVote::replies(0, 7));
	assert_eq!(replies, [None, Some(Reply::Resolved), None]);
}

/// With the last payment the case can be closed, and then nothing in it moves any more.
pub fn last_instalment_closes_the_case(chain: &mut Chain, case: Case) {
	let close = || CaseCall::advance { case_id: 0, to: Stage::Closed };
	chain.fails(Association, close(), Error::InstalmentOpen);
	assert_ok!(chain.submit(Platform, payment(2, 2_400_000, 10, "list 2")));
	has_event(chain, Event::InstalmentSettled { case: 0, instalment: 2, flag: Flag::None });
	chain.fails(Platform, close(), BadOrigin);
	assert_ok!(chain.submit(Association, close()));
	assert_eq!(case.stage(chain), Stage::Closed);
	let paid: Vec<_> = (0..3).map(|at| status(chain, at).progress.paid).collect();
	assert_eq!(paid, [960_000, 1_440_000, 2_400_000]);

	case.fails(chain, 7, confirm(800_000), pallet_claims::Error::<Runtime>::CaseFinal);
	case.fails(chain, 1, Call::acknowledge { instalment: 2 }, Error::WrongStage);
	let reason = document("second thoughts");
	chain.fails(Regulator, CaseCall::escalate { case_id: 0, reason }, CaseError::WrongStep);
}
