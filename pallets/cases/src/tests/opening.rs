use super::*;

#[test]
fn an_association_opens_the_case_that_the_platform_authorised() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(Some(ASSOCIATION));
		let cut_off = NOTICE_DAY - DAY;
		assert_ok!(open_with(cut_off, terms()));
		let notice_until = NOTICE_DAY + MINIMUMS.notice;
		let expected = Case {
			platform: PLATFORM,
			association: ASSOCIATION,
			kind: KIND,
			notice: NOTICE,
			cut_off,
			opened_at: NOTICE_DAY,
			notice_until,
			stage: Stage::Noticed,
			stage_since: NOTICE_DAY,
			terms: terms(),
			confirm_until: None,
		};
		assert_eq!(Cases::case(0), Some(expected));
		assert_eq!(
			last_event(),
			Event::CaseOpened {
				case: 0,
				platform: PLATFORM,
				association: ASSOCIATION,
				kind: KIND,
				notice: NOTICE,
				cut_off,
				notice_until,
				terms: terms(),
			}
		);
	});
}

#[test]
fn opening_sets_the_policy_and_makes_the_notice_evidence() {
	ExtBuilder::default().build_and_execute(|| {
		let id = opened();
		assert_eq!(PoliciesSet::get(), [(id, policy())]);
		assert_eq!(Deposited::get(), [(id, EvidenceKind::Notice, NOTICE)]);
	});
}

#[test]
fn without_the_platforms_consent_no_case_is_opened() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(open(), Failure::NotAuthorised);
	});
}

#[test]
fn a_platform_does_not_open_its_own_case() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		for who in [PLATFORM, REGULATOR] {
			let call =
				Cases::open(signed(who), PLATFORM, KIND, NOTICE, NOTICE_DAY, terms(), policy());
			assert_noop!(call, BadOrigin);
		}
	});
}

#[test]
fn the_consent_covers_one_notice_one_kind_and_one_association() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(Some(ASSOCIATION));
		let with = |who, kind, notice| {
			Cases::open(signed(who), PLATFORM, kind, notice, NOTICE_DAY, terms(), policy())
		};
		assert_noop!(with(ASSOCIATION, KIND, OTHER_NOTICE), Failure::NotAuthorised);
		assert_noop!(with(ASSOCIATION, CaseKind::Company, NOTICE), Failure::NotAuthorised);
		assert_noop!(with(OTHER_ASSOCIATION, KIND, NOTICE), Failure::NotAuthorised);
		assert_ok!(with(ASSOCIATION, KIND, NOTICE));
	});
}

#[test]
fn a_consent_that_names_nobody_serves_any_association() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let who = signed(OTHER_ASSOCIATION);
		assert_ok!(Cases::open(who, PLATFORM, KIND, NOTICE, NOTICE_DAY, terms(), policy()));
		assert_eq!(case(0).association, OTHER_ASSOCIATION);
	});
}

#[test]
fn a_consent_opens_one_case() {
	ExtBuilder::default().build_and_execute(|| {
		opened();
		assert_noop!(open(), Failure::NotAuthorised);
		assert_eq!(opened(), 1);
	});
}

#[test]
fn a_platform_that_lost_its_role_gets_no_case() {
	ExtBuilder::default().build_and_execute(|| {
		let who = FALLEN_PLATFORM;
		assert_ok!(Cases::authorise(signed(who), KIND, NOTICE, None));
		let call =
			Cases::open(signed(ASSOCIATION), who, KIND, NOTICE, NOTICE_DAY, terms(), policy());
		assert_noop!(call, Failure::NotAPlatform);
	});
}

#[test]
fn windows_below_the_minimum_are_refused_and_the_minimum_itself_is_not() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let shorten: [fn(&mut CaseTerms); 3] = [
			|terms| terms.confirmation_window -= 1,
			|terms| terms.voting_window -= 1,
			|terms| terms.review_window -= 1,
		];
		for shorten in shorten {
			let mut short = terms();
			shorten(&mut short);
			assert_noop!(open_with(NOTICE_DAY, short), Failure::WindowTooShort);
		}
		assert_ok!(open_with(NOTICE_DAY, terms()));
	});
}

#[test]
fn windows_above_the_longest_are_refused_and_the_longest_itself_is_not() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let lengthen: [fn(&mut CaseTerms, Millis); 4] = [
			|terms, to| terms.confirmation_window = to,
			|terms, to| terms.voting_window = to,
			|terms, to| terms.review_window = to,
			|terms, to| terms.grace = to,
		];
		let mut longest = terms();
		for lengthen in lengthen {
			let mut long = terms();
			lengthen(&mut long, LONGEST + 1);
			assert_noop!(open_with(NOTICE_DAY, long), Failure::WindowTooLong);
			lengthen(&mut longest, LONGEST);
		}
		assert_ok!(open_with(NOTICE_DAY, longest));
	});
}

#[test]
fn terms_out_of_bounds_are_refused() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let spoil: [fn(&mut CaseTerms); 4] = [
			|terms| terms.seats = 6,
			|terms| terms.max_rounds = 0,
			|terms| terms.reserves = 10,
			|terms| terms.plan.tests.clear(),
		];
		for spoil in spoil {
			let mut bad = terms();
			spoil(&mut bad);
			assert_noop!(open_with(NOTICE_DAY, bad), Failure::InvalidTerms);
		}
	});
}

#[test]
fn a_cut_off_may_lie_ahead_but_not_for_ever() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let latest = NOTICE_DAY + LONGEST;
		assert_noop!(open_with(latest + 1, terms()), Failure::CutOffTooFar);
		assert_ok!(open_with(latest, terms()));
		assert_eq!(case(0).notice_until, latest);
	});
}

#[test]
fn a_policy_that_is_refused_opens_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		let nobody = AttestationPolicy { required: 2, ..policy() };
		let call = || {
			let (who, nobody) = (signed(ASSOCIATION), nobody.clone());
			Cases::open(who, PLATFORM, KIND, NOTICE, NOTICE_DAY, terms(), nobody)
		};
		assert_noop!(call(), BAD_POLICY);
		assert_ok!(open());
	});
}
