//! What the chain refuses because a poll is over, or is not over yet: told with the times.

use crate::output::{end, moment};
use winddown_sdk::{
	chain::{Chain, Head, PollView},
	primitives::{Millis, PollId},
	Error,
};

/// The chain's name of the refusal of a ballot that comes too late.
pub const CLOSED: &str = "PollClosed";

/// A refusal to take a ballot or to close a poll, with the end of the poll and the time on chain where
/// it was refused for these.
pub async fn refusal(chain: &Chain, poll: PollId, error: Error) -> anyhow::Error {
	match is_about_the_end(&error) {
		false => error.into(),
		true => match times(chain, poll).await {
			Ok(told) => anyhow::Error::from(error).context(told),
			// The node cannot say more.
			Err(_) => error.into(),
		},
	}
}

/// The same as a sentence of its own, for a poll whose ballots were refused among many; `None` where the
/// node cannot say it.
pub async fn sentence(chain: &Chain, poll: PollId) -> Option<String> {
	times(chain, poll).await.ok()
}

/// The times of a poll that the chain says is over or is not.
async fn times(chain: &Chain, poll: PollId) -> Result<String, Error> {
	let at = chain.at(Head::Best).await?;
	Ok(told(&at.poll(poll).await?, at.number(), at.now().await?))
}

/// When a poll is over, and what time it is on chain.
fn told(poll: &PollView, block: u64, now: Millis) -> String {
	let closed = poll.closed_at.map(|at| format!(" (it was closed at {})", moment(at)));
	format!(
		"ballots of poll {} count until {}{}; block {block} has the time {}, and the time of the block decides, \
		 not that of any other clock 以区块时间为准",
		poll.poll,
		end(poll.closes_at),
		closed.unwrap_or_default(),
		moment(now)
	)
}

fn is_about_the_end(error: &Error) -> bool {
	// A lender's call fails within the intent that carries it.
	let (pallets, names) = (["Polls", "Intents"], [CLOSED, "StillOpen"]);
	matches!(error, Error::Failed { pallet, name, .. }
		if pallets.contains(&pallet.as_str()) && names.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn failed(pallet: &str, name: &str) -> Error {
		let (pallet, name) = (pallet.into(), name.into());
		Error::Failed { pallet, name, explanation: String::new() }
	}

	#[test]
	fn only_the_end_of_a_poll_is_told_by_times() {
		assert!(is_about_the_end(&failed("Polls", "StillOpen")));
		assert!(is_about_the_end(&failed("Polls", "PollClosed")));
		assert!(is_about_the_end(&failed("Intents", "PollClosed")));
		assert!(!is_about_the_end(&failed("Polls", "UnknownPoll")));
		assert!(!is_about_the_end(&failed("Claims", "StillOpen")));
		assert!(!is_about_the_end(&Error::NoKey));
	}
}
