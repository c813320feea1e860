use super::*;

const LONGER: MinimumWindows = MinimumWindows { voting: 4 * DAY, ..MINIMUMS };

fn set(minimums: MinimumWindows) -> DispatchResult {
	Cases::set_minimums(RuntimeOrigin::root(), minimums)
}

#[test]
fn genesis_states_the_shortest_windows() {
	ExtBuilder::default().build_and_execute(|| assert_eq!(Cases::minimums(), MINIMUMS));
}

#[test]
fn a_development_chain_may_do_without_shortest_windows() {
	ExtBuilder::default().with_minimums(MinimumWindows::default()).build_and_execute(|| {
		authorise(None);
		let mut at_once = terms();
		at_once.confirmation_window = 0;
		assert_ok!(open_with(NOTICE_DAY, at_once));
		assert_ok!(by_pallet(0, Stage::Confirming));
		assert_ok!(by_hand(0, Stage::Electing));
	});
}

#[test]
#[should_panic = "no case could be opened"]
fn genesis_refuses_shortest_windows_above_the_longest() {
	ExtBuilder::default()
		.with_minimums(MinimumWindows { voting: LONGEST + 1, ..MINIMUMS })
		.build_and_execute(|| ());
}

#[test]
fn the_council_changes_them_for_new_cases_and_open_ones_keep_theirs() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened();
		let longer = MinimumWindows { notice: 10 * DAY, ..LONGER };
		assert_ok!(set(longer));
		assert_eq!(last_event(), Event::MinimumsChanged { minimums: longer });
		authorise(None);
		assert_noop!(open(), Failure::WindowTooShort);
		Now::set(NOTICE_DAY + MINIMUMS.notice);
		assert_ok!(by_pallet(id, Stage::Confirming));
	});
}

#[test]
fn nobody_but_the_council_changes_them() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [PLATFORM, ASSOCIATION, REGULATOR] {
			assert_noop!(Cases::set_minimums(signed(who), LONGER), BadOrigin);
		}
	});
}

#[test]
fn a_minimum_above_the_longest_window_is_refused() {
	ExtBuilder::default().build_and_execute(|| {
		let all = [
			MinimumWindows { notice: LONGEST + 1, ..MINIMUMS },
			MinimumWindows { confirmation: LONGEST + 1, ..MINIMUMS },
			MinimumWindows { voting: LONGEST + 1, ..MINIMUMS },
			MinimumWindows { review: LONGEST + 1, ..MINIMUMS },
		];
		for minimums in all {
			assert_noop!(set(minimums), Failure::WindowTooLong);
		}
		assert_ok!(set(MinimumWindows { notice: LONGEST, ..MINIMUMS }));
	});
}
