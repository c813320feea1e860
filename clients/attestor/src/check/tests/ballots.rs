use super::*;
use std::collections::BTreeMap;
use winddown_proof::layout::cells::Ballot;

/// Rows 0 and 2 voted, row 2 twice.
fn records() -> Vec<BallotRecord> {
	let replaced = BallotRecord { cast_at: 8, ..ballot(2, &[&[], &[1]]) };
	vec![ballot(0, &[&[0], &[0, 2]]), replaced, ballot(2, &[&[1], &[]])]
}

fn cell(revision: u8, record: &BallotRecord, choices: &[u32]) -> Ballot {
	let record = record::Record::Ballot(record.clone()).digest();
	Ballot { revision, record, choices: choices.into() }
}

fn poll() -> Poll {
	let records = records();
	let ballots = BTreeMap::from([
		(0, cell(1, &records[0], &[0b1, 0b101])),
		(2, cell(2, &records[2], &[0b10, 0])),
	]);
	Poll { poll: POLL, case: CASE, closed: true, turnout: 2, ballots }
}

fn judge(records: Vec<BallotRecord>, poll: Option<Poll>) -> Verdict {
	let records: Vec<_> = records.into_iter().map(record::Record::Ballot).collect();
	verdict(Kind::Ballots, &records, &Facts { poll, ..facts(3) })
}

fn rejected(records: Vec<BallotRecord>, poll: Poll) -> Reason {
	match judge(records, Some(poll)) {
		Verdict::Reject(reason) => reason,
		other => panic!("{other:?}"),
	}
}

#[test]
fn records_of_every_ballot_and_of_replaced_ones_are_good() {
	assert_eq!(judge(records(), Some(poll())), Verdict::Confirm(Basis::Batch));
	let mut last = records();
	last.remove(1);
	assert_eq!(judge(last, Some(poll())), Verdict::Confirm(Basis::Batch));
}

#[test]
fn an_open_poll_is_waited_for() {
	let open = Poll { closed: false, ballots: BTreeMap::new(), ..poll() };
	assert_eq!(judge(records(), Some(open)), Verdict::Hold(Hold::PollOpen { poll: POLL }));
}

#[test]
fn a_poll_that_does_not_exist_or_is_of_another_case_is_named() {
	assert_eq!(judge(records(), None), Verdict::Reject(Reason::UnknownPoll { poll: POLL }));
	let other = Poll { case: 4, ..poll() };
	assert_eq!(rejected(records(), other), Reason::PollOfOtherCase { poll: POLL, case: 4 });
	let mut mixed = records();
	mixed[1].poll = POLL + 1;
	assert_eq!(rejected(mixed, poll()), Reason::SeveralPolls);
}

#[test]
fn a_ballot_of_a_row_beyond_the_roll_is_named() {
	let mut records = records();
	records.push(ballot(3, &[&[0], &[]]));
	assert_eq!(rejected(records, poll()), Reason::NotOnRoll { lender: 3 });
}

#[test]
fn a_record_without_a_ballot_is_named() {
	let mut records = records();
	records.push(ballot(1, &[&[0], &[]]));
	assert_eq!(rejected(records, poll()), Reason::NoBallot { lender: 1 });
}

#[test]
fn a_ballot_without_a_record_is_named() {
	assert_eq!(rejected(records().split_off(1), poll()), Reason::MissingBallot { lender: 0 });
}

#[test]
fn a_changed_record_no_longer_has_the_digest_in_the_ballot() {
	for change in [
		(|record: &mut BallotRecord| record.choices[0] = vec![1]) as fn(&mut BallotRecord),
		|record| record.salt = Salt([9; 32]),
		|record| record.cast_at += 1,
		|record| record.algorithm = Algorithm::Sha256,
	] {
		let mut records = records();
		change(&mut records[0]);
		assert_eq!(rejected(records, poll()), Reason::BallotDiffers { lender: 0 });
	}
}

#[test]
fn swapped_digests_of_two_rows_are_named() {
	let mut poll = poll();
	let (one, other) = (poll.ballots[&0].record, poll.ballots[&2].record);
	poll.ballots.get_mut(&0).unwrap().record = other;
	poll.ballots.get_mut(&2).unwrap().record = one;
	assert_eq!(rejected(records(), poll), Reason::BallotDiffers { lender: 0 });
}

#[test]
fn a_record_with_other_choices_than_the_ballot_is_named() {
	let mut poll = poll();
	poll.ballots.get_mut(&2).unwrap().choices = vec![0b1, 0];
	assert_eq!(rejected(records(), poll), Reason::ChoicesDiffer { lender: 2 });
	let mut poll = self::poll();
	poll.ballots.get_mut(&2).unwrap().choices = vec![0b10];
	assert_eq!(rejected(records(), poll), Reason::ChoicesDiffer { lender: 2 });
}

#[test]
fn more_records_than_ballots_are_named() {
	let mut records = records();
	records.push(BallotRecord { cast_at: 7, ..records[1].clone() });
	assert_eq!(rejected(records, poll()), Reason::TooManyBallots { lender: 2 });
	let mut twice = self::records();
	twice[1] = twice[2].clone();
	assert_eq!(rejected(twice, poll()), Reason::TooManyBallots { lender: 2 });
}

#[test]
fn the_number_of_voters_is_that_which_the_chain_counted() {
	let poll = Poll { turnout: 3, ..poll() };
	assert_eq!(rejected(records(), poll), Reason::WrongTurnout { counted: 3, found: 2 });
}
