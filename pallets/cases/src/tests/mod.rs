mod authorising;
mod invariants;
mod minimums;
mod moving_on;
mod opening;

use crate::{
	mock::{Cases, *},
	*,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::traits::Cases as Neighbour;

type Failure = Error<Test>;

const KIND: CaseKind = CaseKind::OnlineLending;
const NOTICE: Digest = Digest::Sm3([1; 32]);
const OTHER_NOTICE: Digest = Digest::Sm3([2; 32]);
const REASON: Digest = Digest::Sha256([3; 32]);

fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

fn authorise(association: Option<u64>) {
	assert_ok!(Cases::authorise(signed(PLATFORM), KIND, NOTICE, association));
}

/// The association opens what the platform authorised.
fn open() -> DispatchResult {
	open_with(NOTICE_DAY, terms())
}

fn open_with(cut_off: Millis, terms: CaseTerms) -> DispatchResult {
	let association = signed(ASSOCIATION);
	Cases::open(association, PLATFORM, KIND, NOTICE, cut_off, terms, policy())
}

fn opened() -> CaseId {
	authorise(None);
	assert_ok!(open());
	NextCase::<Test>::get() - 1
}

/// Opens a case and brings it to `stage`, waiting as long as that takes.
fn opened_at(stage: Stage) -> CaseId {
	let id = opened();
	if stage == Stage::Escalated {
		assert_ok!(Cases::escalate(signed(REGULATOR), id, REASON));
		return id;
	}
	if stage == Stage::Cancelled {
		assert_ok!(Cases::cancel(signed(ASSOCIATION), id));
		return id;
	}
	let way = [
		Stage::Confirming,
		Stage::Electing,
		Stage::Planning,
		Stage::Voting,
		Stage::Repaying,
		Stage::Closed,
	];
	for next in way.into_iter().take_while(|next| *next <= stage) {
		step(id, next);
	}
	id
}

/// Takes one step in the way meant for it, when its time has come.
fn step(id: CaseId, to: Stage) {
	match to {
		Stage::Confirming => Now::set(case(id).notice_until),
		Stage::Electing => Now::set(case(id).confirm_until.unwrap_or_default()),
		_ => (),
	}
	if matches!(to, Stage::Electing | Stage::Closed) {
		assert_ok!(by_hand(id, to));
	} else {
		assert_ok!(by_pallet(id, to));
	}
}

fn by_hand(id: CaseId, to: Stage) -> DispatchResult {
	Cases::advance(signed(ASSOCIATION), id, to)
}

fn by_pallet(id: CaseId, to: Stage) -> DispatchResult {
	<Cases as Neighbour<u64>>::advance(id, to)
}

fn case(id: CaseId) -> CaseOf<Test> {
	crate::Cases::<Test>::get(id).expect("the case exists")
}

fn stage(id: CaseId) -> Stage {
	case(id).stage
}

fn last_event() -> Event<Test> {
	let mut events = System::read_events_for_pallet::<Event<Test>>();
	events.pop().expect("something happened")
}
