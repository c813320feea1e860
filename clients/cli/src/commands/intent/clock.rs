//! By whose clock an intent is signed. The chain judges sequence and end by its own time alone.

use crate::{context::Context, output::moment};
use serde_json::{json, Value};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use winddown_sdk::{
	chain::{At, Chain, Head},
	primitives::Millis,
	span_text::about,
	Error,
};

/// How long a node is waited for that may not be there.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// What two clocks may differ by without being told: some blocks.
const TOLERANCE: Millis = 60_000;

/// What to do about clocks that differ.
pub const SET_IT: &str = "Set the clock, or ask a node whose chain makes blocks";

/// The clock that an intent follows.
pub struct Clock {
	/// What this machine's clock reads, in milliseconds.
	pub here: Millis,
	/// Whose clock counts.
	pub source: Source,
}

/// Whose clock counts.
pub enum Source {
	/// The chain's, as a node tells it.
	Chain {
		/// Its newest block.
		at: At,
		/// The number of that block.
		block: u64,
		/// Its time, in milliseconds.
		now: Millis,
	},
	/// This machine's, and why.
	Machine(String),
}

impl Clock {
	/// Asks the node for the chain's time, if one of this chain answers soon.
	pub async fn ask(context: &Context, genesis: [u8; 32]) -> Result<Self, Error> {
		let here = here()?;
		let look = async {
			let chain = context.chain().await?;
			match chain.genesis() == genesis {
				true => newest(&chain).await,
				false => {
					Ok(Source::Machine(format!("the node at {} is of another chain", chain.url())))
				}
			}
		};
		let source = match tokio::time::timeout(PATIENCE, look).await {
			Ok(Ok(source)) => source,
			_ => Source::Machine("no node of this chain answers".into()),
		};
		Ok(Self { here, source })
	}

	/// The time to sign by, in milliseconds.
	pub fn now(&self) -> Millis {
		match self.source {
			Source::Chain { now, .. } => now,
			Source::Machine(_) => self.here,
		}
	}

	/// The chain at its newest block, where a node answered.
	pub fn chain(&self) -> Option<&At> {
		match &self.source {
			Source::Chain { at, .. } => Some(at),
			Source::Machine(_) => None,
		}
	}

	/// Whose clock it is.
	pub fn name(&self) -> &'static str {
		match self.source {
			Source::Chain { .. } => "the chain's time 链上时间",
			Source::Machine(_) => "this machine's clock 本机时钟",
		}
	}

	/// What whoever signs should know of it.
	pub fn warning(&self) -> Option<String> {
		match &self.source {
			Source::Chain { block, now, .. } => differ(self.here, *now, *block)
				.map(|told| format!("{told}; the intent follows the chain's time. {SET_IT}")),
			Source::Machine(why) => Some(format!(
				"{why}: the intent follows this machine's clock, which reads {}. Signed by a clock that is wrong \
				 it is over already, or holds longer than meant",
				moment(self.here)
			)),
		}
	}

	/// For programs.
	pub fn facts(&self) -> Value {
		let (name, difference) = match self.source {
			Source::Chain { now, .. } => ("chain", Some(i128::from(self.here) - i128::from(now))),
			Source::Machine(_) => ("machine", None),
		};
		json!({ "name": name, "now": self.now(), "machine_ahead_by": difference.map(|ms| ms as i64) })
	}
}

async fn newest(chain: &Chain) -> Result<Source, Error> {
	let at = chain.at(Head::Best).await?;
	let (block, now) = (at.number(), at.now().await?);
	Ok(Source::Chain { at, block, now })
}

/// By how much this machine's clock and the chain's differ, where that is more than some blocks.
pub fn differ(here: Millis, now: Millis, block: u64) -> Option<String> {
	let (by, how) = match here.checked_sub(now) {
		Some(ahead) => (ahead, "ahead of"),
		None => (now - here, "behind"),
	};
	(by > TOLERANCE).then(|| {
		format!(
			"this machine's clock is {} {how} the chain's time, {} in block {block}",
			about(by),
			moment(now)
		)
	})
}

/// What this machine's clock reads.
pub fn here() -> Result<Millis, Error> {
	let here = SystemTime::now().duration_since(UNIX_EPOCH);
	let here = here.map_err(|_| Error::BadInput("this machine's clock is before 1970".into()))?;
	Ok(here.as_millis() as Millis)
}

/// Fails where an intent would be over before anybody can hand it in.
pub fn ensure_not_over(valid_until: Millis, clock: &Clock) -> Result<(), Error> {
	match valid_until > clock.now() {
		true => Ok(()),
		false => Err(Error::BadInput(format!(
			"the end, {}, is over already: {} is {}; choose a later --valid-until",
			crate::output::end(valid_until),
			clock.name(),
			moment(clock.now())
		))),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const DAY: Millis = 86_400_000;
	const NOON: Millis = 1_573_185_600_000;

	#[test]
	fn clocks_that_differ_are_told_with_by_how_much_and_which_is_ahead() {
		assert_eq!(differ(NOON, NOON, 7), None);
		assert_eq!(differ(NOON + 12_000, NOON, 7), None, "blocks come every few seconds");
		let ahead = differ(NOON + 5 * DAY + 7_200_000, NOON, 7).unwrap();
		assert!(
			ahead.starts_with(
				"this machine's clock is 5 days 2 hours ahead of the chain's time, 2019-11-08 12:00:00 +08:00 \
				 in block 7"
			),
			"{ahead}"
		);
		let behind = differ(NOON - 90_000, NOON, 7).unwrap();
		assert!(behind.contains("1 minute 30 seconds behind the chain's time"), "{behind}");
	}

	#[test]
	fn what_is_over_by_the_clock_in_use_is_not_signed() {
		let clock = Clock { here: NOON, source: Source::Machine("no node answers".into()) };
		assert!(ensure_not_over(NOON + 1, &clock).is_ok());
		assert_eq!(
			ensure_not_over(NOON, &clock).unwrap_err().to_string(),
			"the end, 2019-11-08 12:00:00 +08:00, is over already: this machine's clock 本机时钟 is \
			 2019-11-08 12:00:00 +08:00; choose a later --valid-until"
		);
		let warning = clock.warning().unwrap();
		assert!(
			warning.starts_with(
				"no node answers: the intent follows this machine's clock, which reads 2019-11-08 12:00:00 +08:00."
			),
			"{warning}"
		);
	}
}
