use super::*;

const ALL: [Stage; 9] = [
	Stage::Noticed,
	Stage::Confirming,
	Stage::Electing,
	Stage::Planning,
	Stage::Voting,
	Stage::Repaying,
	Stage::Closed,
	Stage::Escalated,
	Stage::Cancelled,
];

#[test]
fn a_case_goes_from_notice_to_closure() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened_at(Stage::Closed);
		assert_eq!(stage(id), Stage::Closed);
		let moved = Deposited::get().iter().filter(|(_, k, _)| *k == EvidenceKind::Stage).count();
		assert_eq!(moved, 6);
	});
}

#[test]
fn a_step_is_told_and_deposited_as_evidence() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened_at(Stage::Confirming);
		let at = case(id).confirm_until.unwrap_or_default() + 1;
		Now::set(at);
		assert_ok!(by_hand(id, Stage::Electing));
		let (from, to) = (Stage::Confirming, Stage::Electing);
		assert_eq!(
			last_event(),
			Event::StageChanged { case: id, from, to, at, by: Some(ASSOCIATION), reason: None }
		);
		let change = StageChange { case: id, from, to, at, reason: None };
		assert_eq!(Deposited::get().last(), Some(&(id, EvidenceKind::Stage, Digest::of(&change))));
		assert_eq!((stage(id), case(id).stage_since), (to, at));
	});
}

#[test]
fn the_roll_is_locked_only_once_the_notice_was_out_long_enough() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened();
		Now::set(NOTICE_DAY + MINIMUMS.notice - 1);
		assert_noop!(by_pallet(id, Stage::Confirming), Failure::NoticeRunning);
		Now::set(NOTICE_DAY + MINIMUMS.notice);
		assert_ok!(by_pallet(id, Stage::Confirming));
		let (from, to, at) = (Stage::Noticed, Stage::Confirming, Now::get());
		assert_eq!(
			last_event(),
			Event::StageChanged { case: id, from, to, at, by: None, reason: None }
		);
	});
}

#[test]
fn the_roll_is_not_locked_before_the_cut_off() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let cut_off = NOTICE_DAY + 30 * DAY;
		assert_ok!(open_with(cut_off, terms()));
		Now::set(cut_off - 1);
		assert_noop!(by_pallet(0, Stage::Confirming), Failure::NoticeRunning);
		Now::set(cut_off);
		assert_ok!(by_pallet(0, Stage::Confirming));
	});
}

#[test]
fn the_lock_opens_the_confirmation_window() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened();
		assert_noop!(<Cases as Neighbour<u64>>::confirm_until(id), Failure::RollNotLocked);
		step(id, Stage::Confirming);
		let until = Now::get() + terms().confirmation_window;
		assert_eq!(<Cases as Neighbour<u64>>::confirm_until(id), Ok(until));
	});
}

#[test]
fn the_election_waits_for_the_end_of_the_confirmation_window() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened_at(Stage::Confirming);
		let until = case(id).confirm_until.unwrap_or_default();
		Now::set(until - 1);
		assert_noop!(by_hand(id, Stage::Electing), Failure::ConfirmationOpen);
		assert_eq!(Cases::readiness(id, Stage::Electing), Err(Failure::ConfirmationOpen.into()));
		Now::set(until);
		assert_eq!(Cases::readiness(id, Stage::Electing), Ok(()));
		assert_ok!(by_hand(id, Stage::Electing));
	});
}

#[test]
fn a_step_by_hand_waits_for_what_the_gates_ask() {
	ExtBuilder::default().build_and_execute(|| {
		for (from, to) in [(Stage::Confirming, Stage::Electing), (Stage::Repaying, Stage::Closed)] {
			let id = opened_at(from);
			Now::set(case(id).confirm_until.unwrap_or_default());
			GateOpen::set(false);
			assert_noop!(by_hand(id, to), NOT_READY);
			assert_eq!(Cases::readiness(id, to), Err(NOT_READY));
			GateOpen::set(true);
			assert_ok!(by_hand(id, to));
			assert_eq!(Asked::get().last(), Some(&(id, from, to)));
		}
	});
}

#[test]
fn nobody_but_an_association_moves_a_case_by_hand() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened_at(Stage::Repaying);
		for who in [PLATFORM, REGULATOR, 99] {
			assert_noop!(Cases::advance(signed(who), id, Stage::Closed), BadOrigin);
		}
	});
}

#[test]
fn an_association_moves_its_own_case_and_no_other() {
	ExtBuilder::default().build_and_execute(|| {
		let other = |id, to| Cases::advance(signed(OTHER_ASSOCIATION), id, to);
		for (from, to) in [(Stage::Confirming, Stage::Electing), (Stage::Repaying, Stage::Closed)] {
			let id = opened_at(from);
			Now::set(case(id).confirm_until.unwrap_or_default());
			assert_noop!(other(id, to), Failure::NotAssociationOfCase);
			assert_ok!(by_hand(id, to));
		}
		// It is told so even of a step that nobody could take by hand.
		let id = opened();
		assert_noop!(other(id, Stage::Confirming), Failure::NotAssociationOfCase);
	});
}

#[test]
fn the_association_takes_no_step_that_belongs_to_another_pallet() {
	ExtBuilder::default().build_and_execute(|| {
		for from in ALL {
			let id = opened_at(from);
			for to in ALL.into_iter().filter(|to| !is_by_hand(from, *to)) {
				assert_noop!(by_hand(id, to), Failure::WrongStep);
			}
		}
	});
}

#[test]
fn other_pallets_take_the_steps_of_the_table_and_skip_none() {
	let theirs = [
		(Stage::Noticed, Stage::Confirming),
		(Stage::Electing, Stage::Planning),
		(Stage::Planning, Stage::Voting),
		(Stage::Voting, Stage::Planning),
		(Stage::Voting, Stage::Repaying),
	];
	ExtBuilder::default().build_and_execute(|| {
		for (from, to) in ALL.into_iter().flat_map(|from| ALL.map(|to| (from, to))) {
			let id = opened_at(from);
			Now::mutate(|now| *now += MINIMUMS.notice);
			if theirs.contains(&(from, to)) {
				assert_ok!(by_pallet(id, to));
				assert_eq!(stage(id), to);
			} else {
				assert_noop!(by_pallet(id, to), Failure::WrongStep);
			}
		}
	});
}

#[test]
fn a_failed_vote_leads_back_to_planning_and_to_another_vote() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened_at(Stage::Voting);
		assert_ok!(by_pallet(id, Stage::Planning));
		assert_ok!(by_pallet(id, Stage::Voting));
		assert_ok!(by_pallet(id, Stage::Repaying));
	});
}

#[test]
fn the_regulator_escalates_from_every_stage_but_a_final_one() {
	ExtBuilder::default().build_and_execute(|| {
		for from in ALL {
			let id = opened_at(from);
			let escalate = Cases::escalate(signed(REGULATOR), id, REASON);
			if from.is_final() {
				assert_noop!(escalate, Failure::WrongStep);
				assert_eq!(stage(id), from);
				continue;
			}
			assert_ok!(escalate);
			let (to, at) = (Stage::Escalated, Now::get());
			let (by, reason) = (Some(REGULATOR), Some(REASON));
			assert_eq!(last_event(), Event::StageChanged { case: id, from, to, at, by, reason });
			let change = StageChange { case: id, from, to, at, reason };
			assert_eq!(
				Deposited::get().last(),
				Some(&(id, EvidenceKind::Stage, Digest::of(&change)))
			);
		}
	});
}

#[test]
fn nobody_but_a_regulator_escalates() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened();
		for who in [PLATFORM, ASSOCIATION, 99] {
			assert_noop!(Cases::escalate(signed(who), id, REASON), BadOrigin);
		}
	});
}

#[test]
fn an_unknown_case_is_said_to_be_unknown() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(by_hand(9, Stage::Electing), Failure::NotFound);
		assert_noop!(by_pallet(9, Stage::Confirming), Failure::NotFound);
		assert_noop!(Cases::escalate(signed(REGULATOR), 9, REASON), Failure::NotFound);
		assert_noop!(<Cases as Neighbour<u64>>::stage(9), Failure::NotFound);
		assert_noop!(<Cases as Neighbour<u64>>::platform(9), Failure::NotFound);
		assert_noop!(<Cases as Neighbour<u64>>::association(9), Failure::NotFound);
		assert_noop!(<Cases as Neighbour<u64>>::terms(9), Failure::NotFound);
		assert_noop!(<Cases as Neighbour<u64>>::confirm_until(9), Failure::NotFound);
		assert_eq!(Cases::case(9), None);
	});
}

#[test]
fn neighbours_read_stage_platform_association_and_terms() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened_at(Stage::Planning);
		assert_eq!(<Cases as Neighbour<u64>>::stage(id), Ok(Stage::Planning));
		assert_eq!(<Cases as Neighbour<u64>>::platform(id), Ok(PLATFORM));
		assert_eq!(<Cases as Neighbour<u64>>::association(id), Ok(ASSOCIATION));
		assert_eq!(<Cases as Neighbour<u64>>::terms(id), Ok(terms()));
	});
}

#[test]
fn a_case_opened_wrongly_is_taken_back_before_its_roll_is_locked() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened();
		for who in [PLATFORM, REGULATOR, 99] {
			assert_noop!(Cases::cancel(signed(who), id), BadOrigin);
		}
		let foreign = Cases::cancel(signed(OTHER_ASSOCIATION), id);
		assert_noop!(foreign, Failure::NotAssociationOfCase);
		assert_noop!(Cases::cancel(signed(ASSOCIATION), id + 1), Failure::NotFound);
		Now::set(NOTICE_DAY + 1);
		assert_ok!(Cases::cancel(signed(ASSOCIATION), id));
		let (from, to, at) = (Stage::Noticed, Stage::Cancelled, NOTICE_DAY + 1);
		assert_eq!(
			last_event(),
			Event::StageChanged { case: id, from, to, at, by: Some(ASSOCIATION), reason: None }
		);
		let change = StageChange { case: id, from, to, at, reason: None };
		assert_eq!(Deposited::get().last(), Some(&(id, EvidenceKind::Stage, Digest::of(&change))));
		assert_noop!(Cases::cancel(signed(ASSOCIATION), id), Failure::WrongStep);
		assert_noop!(Cases::escalate(signed(REGULATOR), id, REASON), Failure::WrongStep);
		assert_noop!(open(), Failure::NotAuthorised);
		authorise(None);
		assert_ok!(open());
	});
}

#[test]
fn a_case_whose_roll_is_locked_is_not_taken_back() {
	ExtBuilder::default().build_and_execute(|| {
		for stage in [Stage::Confirming, Stage::Electing, Stage::Repaying, Stage::Closed] {
			let id = opened_at(stage);
			assert_noop!(Cases::cancel(signed(ASSOCIATION), id), Failure::WrongStep);
		}
	});
}

#[test]
fn reasons_and_notices_of_zeros_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let zeros = Digest::Sha256([0; 32]);
		let consent = Cases::authorise(signed(PLATFORM), KIND, zeros, None);
		assert_noop!(consent, Failure::ZeroDigest);
		let id = opened();
		assert_noop!(Cases::escalate(signed(REGULATOR), id, zeros), Failure::ZeroDigest);
	});
}
