use super::Limits;
use std::{
	collections::HashMap,
	sync::Mutex,
	time::{Duration, Instant},
};

/// A bucket of requests for each institution. Only institutions get one, so there are few.
pub struct Rates {
	burst: f64,
	per_second: f64,
	buckets: Mutex<HashMap<[u8; 32], Bucket>>,
}

struct Bucket {
	left: f64,
	at: Instant,
}

impl Rates {
	pub fn new(limits: &Limits) -> Self {
		Self {
			burst: limits.burst.max(1).into(),
			per_second: limits.per_second.max(1).into(),
			buckets: Mutex::default(),
		}
	}

	/// Takes a request of an institution, or says how long it has to wait.
	pub fn take(&self, account: [u8; 32], now: Instant) -> Result<(), Duration> {
		let mut buckets = self.buckets.lock().unwrap_or_else(|broken| broken.into_inner());
		let bucket = buckets.entry(account).or_insert(Bucket { left: self.burst, at: now });
		let since = now.saturating_duration_since(bucket.at).as_secs_f64();
		bucket.left = (bucket.left + since * self.per_second).min(self.burst);
		bucket.at = now;
		if bucket.left < 1.0 {
			return Err(Duration::from_secs_f64((1.0 - bucket.left) / self.per_second));
		}
		bucket.left -= 1.0;
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_institution_has_a_burst_and_then_its_rate_and_takes_nothing_from_others() {
		let rates = Rates::new(&Limits { burst: 3, per_second: 2, ..Limits::default() });
		let start = Instant::now();
		for _ in 0..3 {
			assert_eq!(rates.take([1; 32], start), Ok(()));
		}
		assert_eq!(rates.take([1; 32], start), Err(Duration::from_millis(500)));
		assert_eq!(rates.take([2; 32], start), Ok(()));
		let later = start + Duration::from_millis(500);
		assert_eq!(rates.take([1; 32], later), Ok(()));
		assert!(rates.take([1; 32], later).is_err());
		let much_later = later + Duration::from_secs(3_600);
		let taken = (0..10).filter(|_| rates.take([1; 32], much_later).is_ok()).count();
		assert_eq!(taken, 3);
	}
}
