//! How far the final block lies behind the newest one. What a node has not made final yet is waited for; it is not absent.

use crate::fetch::{node::Node, FetchError};
use serde::Serialize;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::{sync::Mutex, time::timeout};
use utoipa::ToSchema;

/// Blocks by which finality may lag. Two or three are usual.
const MOST_BLOCKS: u32 = 10;
/// How old the final block may be. Blocks come every three seconds.
const MOST_AGE: Duration = Duration::from_secs(120);
/// How long a node may take to tell.
const TIME: Duration = Duration::from_secs(5);
/// How long what it told is passed on, so that many who ask do not burden it.
const FRESH: Duration = Duration::from_secs(3);

/// The newest and the last final block of the node, by its own word. Times are those of the blocks, in milliseconds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct Finality {
	/// The number of the newest block.
	pub best_block: u32,
	/// Its time.
	pub best_at: u64,
	/// The number of the last final block: what came later waits for finality since then.
	pub final_block: u32,
	/// Its time.
	pub final_at: u64,
	/// How old the last final block is by this machine's clock, in milliseconds.
	pub age: u64,
	/// Blocks between the two from which on the service is not well.
	pub most_blocks: u32,
	/// The age of the last final block from which on the service is not well, in milliseconds.
	pub most_age: u64,
}

impl Finality {
	/// Asks a node.
	pub async fn of(node: &Node) -> Result<Self, FetchError> {
		let last = node.finalized().await?;
		let best = node.best().await?;
		let (final_at, best_at) = (node.time(&last).await?, node.time(&best).await?);
		Ok(Self {
			best_block: best.number,
			best_at,
			final_block: last.number,
			final_at,
			age: now().saturating_sub(final_at),
			most_blocks: MOST_BLOCKS,
			most_age: MOST_AGE.as_millis() as u64,
		})
	}

	/// Whether finality is further behind than it should ever be.
	pub fn lags(&self) -> bool {
		self.best_block.saturating_sub(self.final_block) > self.most_blocks
			|| self.age > self.most_age
	}
}

/// Milliseconds since 1970 by this machine's clock.
fn now() -> u64 {
	SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64)
}

/// Looks at a node now and then.
pub struct Watch {
	url: Option<String>,
	seen: Mutex<Option<(Instant, Seen)>>,
}

/// What came of a look at the node.
#[derive(Clone, Debug)]
pub enum Seen {
	/// There is no node to look at.
	NoNode,
	/// It does not answer, or not in time.
	Away,
	/// It answered.
	Told(Finality),
}

impl Watch {
	pub fn new(url: Option<String>) -> Self {
		Self { url, seen: Mutex::new(None) }
	}

	/// What the node says, or said a moment ago.
	pub async fn look(&self) -> Seen {
		let Some(url) = &self.url else { return Seen::NoNode };
		// Whoever asks meanwhile waits for the same answer.
		let mut seen = self.seen.lock().await;
		if let Some((_, told)) = seen.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
			return told.clone();
		}
		let asked = timeout(TIME, async { Finality::of(&Node::connect(url).await?).await });
		let told = match asked.await {
			Ok(Ok(finality)) => Seen::Told(finality),
			Ok(Err(_)) | Err(_) => Seen::Away,
		};
		*seen = Some((Instant::now(), told.clone()));
		told
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn finality(best_block: u32, final_block: u32, age: u64) -> Finality {
		let (most_blocks, most_age) = (10, 120_000);
		Finality { best_block, best_at: 0, final_block, final_at: 0, age, most_blocks, most_age }
	}

	#[test]
	fn finality_lags_beyond_either_threshold_and_not_at_it() {
		assert!(!finality(110, 100, 120_000).lags());
		assert!(finality(111, 100, 3_000).lags());
		assert!(finality(100, 100, 120_001).lags(), "a chain that stands still");
		assert!(!finality(99, 100, 0).lags(), "a block was made final between two questions");
	}
}
