//! When something that failed is tried again.

use rand::Rng;
use std::time::Duration;

/// Exponential back-off with jitter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backoff {
	/// After the first failure.
	pub first: Duration,
	/// The longest.
	pub longest: Duration,
}

impl Backoff {
	/// How long to wait after so many failures: twice as long each time, and at random between half
	/// of that and all of it, so that two institutions do not come at once.
	pub fn after(&self, failures: u32, randomness: &mut impl Rng) -> Duration {
		let whole = self.whole(failures);
		whole.mul_f64(randomness.gen_range(0.5..=1.0))
	}

	fn whole(&self, failures: u32) -> Duration {
		let factor = 1u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
		self.first.saturating_mul(factor).min(self.longest)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const BACKOFF: Backoff =
		Backoff { first: Duration::from_secs(1), longest: Duration::from_secs(300) };

	#[test]
	fn each_failure_doubles_the_wait_up_to_the_longest() {
		let whole: Vec<u64> =
			[1, 2, 3, 9, 10, 40, u32::MAX].map(|failures| BACKOFF.whole(failures).as_secs()).into();
		assert_eq!(whole, [1, 2, 4, 256, 300, 300, 300]);
	}

	#[test]
	fn a_wait_lies_between_half_and_all_of_it() {
		let mut randomness = rand::thread_rng();
		let waits: Vec<Duration> = (0..200).map(|_| BACKOFF.after(3, &mut randomness)).collect();
		let range = Duration::from_secs(2)..=Duration::from_secs(4);
		assert!(waits.iter().all(|wait| range.contains(wait)));
		assert!(waits.iter().any(|wait| *wait != waits[0]), "jitter");
	}
}
