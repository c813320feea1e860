use super::*;

#[test]
fn a_value_that_is_found_again_is_recomputed() {
	let digest = Algorithm::Blake2b256.hash(b"value");
	let values = Source::Values(vec![b"other".to_vec(), b"value".to_vec()]);
	assert_eq!(own(&digest, &values), Verdict::Confirm(Basis::Recomputed));
}

#[test]
fn a_value_that_the_state_shows_no_more_rests_on_consensus() {
	let digest = Algorithm::Blake2b256.hash(b"value");
	for values in [vec![], vec![b"other".to_vec()]] {
		assert_eq!(own(&digest, &Source::Values(values)), Verdict::Confirm(Basis::Consensus));
	}
}

#[test]
fn the_exit_notice_is_that_of_the_case() {
	let (digest, other) = (ALGORITHM.hash(b"notice"), ALGORITHM.hash(b"other"));
	assert_eq!(own(&digest, &Source::Digest(digest)), Verdict::Confirm(Basis::Recomputed));
	assert_eq!(own(&digest, &Source::Digest(other)), Verdict::Reject(Reason::ValueDiffers));
}
