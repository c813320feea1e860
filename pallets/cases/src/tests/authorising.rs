use super::*;

#[test]
fn a_platform_agrees_to_have_its_case_opened() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(Some(ASSOCIATION));
		assert_eq!(
			last_event(),
			Event::CaseAuthorised {
				platform: PLATFORM,
				kind: KIND,
				notice: NOTICE,
				association: Some(ASSOCIATION),
			}
		);
		let expected = Authorisation { kind: KIND, notice: NOTICE, association: Some(ASSOCIATION) };
		assert_eq!(Cases::authorisation(PLATFORM), Some(expected));
	});
}

#[test]
fn nobody_but_a_platform_authorises() {
	ExtBuilder::default().build_and_execute(|| {
		for who in [ASSOCIATION, REGULATOR, 99] {
			assert_noop!(Cases::authorise(signed(who), KIND, NOTICE, None), BadOrigin);
		}
	});
}

#[test]
fn only_an_association_can_be_named() {
	ExtBuilder::default().build_and_execute(|| {
		let call = Cases::authorise(signed(PLATFORM), KIND, NOTICE, Some(REGULATOR));
		assert_noop!(call, Failure::NotAnAssociation);
	});
}

#[test]
fn a_second_consent_takes_the_place_of_the_first() {
	ExtBuilder::default().build_and_execute(|| {
		authorise(None);
		assert_ok!(Cases::authorise(signed(PLATFORM), KIND, OTHER_NOTICE, None));
		assert_noop!(open(), Failure::NotAuthorised);
	});
}

#[test]
fn a_consent_can_be_taken_back_until_the_case_is_open() {
	ExtBuilder::default().build_and_execute(|| {
		let withdraw = || Cases::withdraw_authorisation(signed(PLATFORM));
		assert_noop!(withdraw(), Failure::NotAuthorised);
		authorise(None);
		assert_noop!(Cases::withdraw_authorisation(signed(ASSOCIATION)), BadOrigin);
		assert_ok!(withdraw());
		assert_eq!(last_event(), Event::AuthorisationWithdrawn { platform: PLATFORM });
		assert_noop!(open(), Failure::NotAuthorised);
		opened();
		assert_noop!(withdraw(), Failure::NotAuthorised);
	});
}
