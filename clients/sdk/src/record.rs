//! Plaintext records, which the operator keeps and the chain knows by their digests. Their form is
//! that of `winddown_proof`; here they meet the chain's types.

use rand::RngCore;
use winddown_primitives::{CaseId, Choice, LenderIndex, Millis, PollId};
use winddown_proof::{
	digest::Algorithm,
	record::{BallotRecord, Record, Salt, VERSION},
};

/// Fresh salt.
pub fn salt(randomness: &mut impl RngCore) -> Salt {
	let mut salt = Salt([0; 32]);
	randomness.fill_bytes(&mut salt.0);
	salt
}

/// Records a ballot with fresh salt; `cast_at` is in milliseconds.
pub fn ballot(
	case: CaseId,
	poll: PollId,
	lender: LenderIndex,
	choices: &[Choice],
	cast_at: Millis,
	randomness: &mut impl RngCore,
) -> Record {
	let options =
		|choice: &Choice| (0..32).filter(|option| choice.marks(*option)).collect::<Vec<u8>>();
	Record::Ballot(BallotRecord {
		version: VERSION,
		algorithm: Algorithm::default(),
		case,
		salt: salt(randomness),
		poll,
		lender,
		choices: choices.iter().map(options).collect(),
		cast_at,
	})
}

/// The canonical line of a record, without its end.
pub fn line(record: &Record) -> String {
	String::from_utf8(record.canonical()).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn two_equal_ballots_have_different_digests_and_one_record_has_one() {
		let record = || ballot(1, 2, 3, &[Choice::FOR, Choice(0b101)], 4, &mut rand::thread_rng());
		let (one, other) = (record(), record());
		assert_ne!(one.digest(), other.digest());
		let Record::Ballot(read) = Record::parse(line(&one).as_bytes()).unwrap() else { panic!() };
		assert_eq!(read.choices, [vec![0], vec![0, 2]]);
		assert_eq!(Record::Ballot(read).digest(), one.digest());
	}
}
