//! Patience by progress: whoever waits gives up when nothing moves any more, not when a machine is slow.

use std::time::{Duration, Instant};

/// How long something stands still.
pub struct Progress<T> {
	seen: Option<T>,
	since: Instant,
}

impl<T: PartialEq> Progress<T> {
	/// Nothing was seen yet.
	pub fn new() -> Self {
		Self { seen: None, since: Instant::now() }
	}

	/// For how long what is seen now has been the same.
	pub fn stands_still(&mut self, seen: T) -> Duration {
		if self.seen.as_ref() != Some(&seen) {
			(self.seen, self.since) = (Some(seen), Instant::now());
		}
		self.since.elapsed()
	}
}

impl<T: PartialEq> Default for Progress<T> {
	fn default() -> Self {
		Self::new()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::thread::sleep;

	#[test]
	fn what_moves_never_stands_still_for_long_however_slow_it_is() {
		let pause = Duration::from_millis(5);
		let mut progress = Progress::new();
		for height in 0..4 {
			assert!(progress.stands_still(height) < pause, "it just moved");
			sleep(pause);
		}
		assert!(progress.stands_still(3) >= pause);
		sleep(pause);
		assert!(progress.stands_still(3) >= 2 * pause);
		assert!(progress.stands_still(2) < pause, "back is a movement, too");
	}
}
