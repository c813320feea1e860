use super::*;

fn reported(amount: u128, heads: u32) -> Facts {
	let reported = Some(Reported { instalment: 1, amount, heads });
	Facts { payments: Some(Payments { instalments: 3, reported }), ..facts(9) }
}

fn list() -> Vec<record::Record> {
	vec![payment(0, 1, 500), payment(1, 1, 700)]
}

fn judge(list: &[record::Record], facts: &Facts) -> Verdict {
	verdict(Kind::Payment, list, facts)
}

#[test]
fn a_list_with_the_sum_and_the_lenders_that_were_reported_is_good() {
	assert_eq!(judge(&list(), &reported(1_200, 2)), Verdict::Confirm(Basis::Batch));
}

#[test]
fn a_list_that_was_not_reported_is_waited_for() {
	let mut facts = reported(1_200, 2);
	facts.payments.as_mut().unwrap().reported = None;
	assert_eq!(judge(&list(), &facts), Verdict::Hold(Hold::NotReported));
	facts.payments = None;
	assert_eq!(judge(&list(), &facts), Verdict::Hold(Hold::NotReported));
}

#[test]
fn another_sum_or_number_of_lenders_is_named() {
	assert_eq!(
		judge(&list(), &reported(1_201, 2)),
		Verdict::Reject(Reason::WrongSum { reported: 1_201, found: 1_200 })
	);
	assert_eq!(
		judge(&list(), &reported(1_200, 3)),
		Verdict::Reject(Reason::WrongHeads { reported: 3, found: 2 })
	);
}

#[test]
fn another_instalment_or_one_beyond_the_plan_is_named() {
	let mut other = list();
	other[1] = payment(1, 2, 700);
	assert_eq!(
		judge(&other, &reported(1_200, 2)),
		Verdict::Reject(Reason::WrongInstalment { instalment: 2 })
	);
	other[1] = payment(1, 3, 700);
	let mut unreported = reported(1_200, 2);
	unreported.payments.as_mut().unwrap().reported = None;
	assert_eq!(
		judge(&other, &unreported),
		Verdict::Reject(Reason::WrongInstalment { instalment: 3 })
	);
}

#[test]
fn a_lender_is_paid_once_in_a_list() {
	let twice = [payment(0, 1, 500), payment(0, 1, 700)];
	assert_eq!(
		judge(&twice, &reported(1_200, 2)),
		Verdict::Reject(Reason::PaidTwice { lender: 0 })
	);
}
