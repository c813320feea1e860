//! The short form of `make power`: all validators are killed while ballots become final.

use crate::{power::trial::Trial, world::Outcome};
use std::time::Duration;

const LENDERS: u32 = 300;

#[tokio::test]
async fn what_was_told_as_final_and_the_votes_on_it_outlast_a_sudden_end_of_all_validators(
) -> Outcome {
	let mut trial = Trial::start(LENDERS, None).await?;
	for delay in [0, 700] {
		let round = trial.round(Duration::from_millis(delay)).await?;
		assert!(round.holds(), "{round:?}");
		assert_eq!(round.fullest, LENDERS as usize, "{round:?}");
	}
	let (double, seen) = trial.end()?;
	assert_eq!(double, Vec::<String>::new());
	assert!(seen > 0);
	Ok(())
}
