use super::*;

fn with_claims() -> Facts {
	let claims =
		[(0, Claim { stated: 500, ruled: None }), (1, Claim { stated: 600, ruled: Some(550) })];
	Facts { claims: claims.into(), ..facts(2) }
}

#[test]
fn a_call_states_the_amount_of_the_row_as_imported_or_as_ruled() {
	let records = [call(0, 500), call(1, 600), call(1, 550)];
	assert_eq!(
		verdict(Kind::ConfirmationCall, &records, &with_claims()),
		Verdict::Confirm(Basis::Batch)
	);
}

#[test]
fn another_amount_is_named_with_what_is_owed() {
	assert_eq!(
		verdict(Kind::ConfirmationCall, &[call(0, 500), call(1, 500)], &with_claims()),
		Verdict::Reject(Reason::WrongAmount { lender: 1, owed: 550, stated: 500 })
	);
}

#[test]
fn a_row_beyond_a_locked_roll_is_wrong_and_beyond_an_open_one_early() {
	let mut facts = with_claims();
	let found = |facts: &Facts| verdict(Kind::ConfirmationCall, &[call(2, 500)], facts);
	assert_eq!(found(&facts), Verdict::Reject(Reason::NotOnRoll { lender: 2 }));
	facts.roll = Some(Roll { rows: 2, locked: false });
	assert_eq!(found(&facts), Verdict::Hold(Hold::RollOpen { lender: 2 }));
	facts.roll = None;
	assert_eq!(found(&facts), Verdict::Hold(Hold::RollOpen { lender: 2 }));
}

#[test]
fn proofs_of_service_name_lines_of_an_export_that_the_chain_does_not_know() {
	let service = record::Record::Service(record::ServiceRecord {
		version: VERSION,
		algorithm: ALGORITHM,
		case: CASE,
		salt: Salt([1; 32]),
		lender: 1_000,
		notice: ALGORITHM.hash(b"notice"),
		channel: record::Channel::App,
		served_at: None,
	});
	assert_eq!(
		verdict(Kind::NoticeService, &[service], &Facts::default()),
		Verdict::Confirm(Basis::Batch)
	);
}

#[test]
fn only_what_is_compared_is_asked_for() {
	let lines: Vec<_> = [call(4, 1), call(2, 1)].iter().map(record::Record::canonical).collect();
	let (deposit, bytes) = batch_of(Kind::ConfirmationCall, &lines);
	let Ok(Plaintext::Batch(batch)) = super::super::content(&deposit, Form::Batch, &bytes) else {
		panic!("a good batch")
	};
	let expected = Needs { roll: true, claims: [2, 4].into(), ..Needs::default() };
	assert_eq!(needs(&deposit.record, &batch), expected);
}
