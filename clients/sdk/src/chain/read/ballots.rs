//! The ballots of a poll, and those that they replaced.

use crate::{
	api,
	chain::{errors::node, At, Chain, Head},
	tally::read_ballots,
	Error,
};
use codec::DecodeAll;
use winddown_primitives::{Digest, LenderIndex, PollId};

/// A ballot that counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CountedBallot {
	/// The lender.
	pub lender: LenderIndex,
	/// 1 for a first ballot, one more for each replacement.
	pub revision: u8,
	/// The digest of the plaintext record.
	pub record: Digest,
}

impl At {
	/// Every ballot that counts in a poll, read at once.
	pub async fn counted_ballots(&self, poll: PollId) -> Result<Vec<CountedBallot>, Error> {
		let items = self.poll(poll).await?.raw_items.len();
		let pages = self.pages(api::storage().polls().ballots(), poll).await?;
		let unsound = |error: String| {
			Error::Mismatch(format!("the chain's record of the poll is unsound: {error}"))
		};
		read_ballots(&pages, items)
			.map_err(|error| unsound(error.to_string()))?
			.into_iter()
			.map(|row| {
				let record = Digest::decode_all(&mut &row.record[..])
					.map_err(|error| unsound(error.to_string()))?;
				Ok(CountedBallot { lender: row.lender, revision: row.revision, record })
			})
			.collect()
	}

	/// The records of the ballots that a lender cast in this very block.
	async fn cast_here(&self, poll: PollId, lender: LenderIndex) -> Result<Vec<Digest>, Error> {
		let events = self.client.events().fetch().await.map_err(node)?;
		let mut records = Vec::new();
		for event in events.find::<api::polls::events::BallotCast>() {
			let cast = event.map_err(node)?;
			if (cast.poll, cast.lender) == (poll, lender) {
				records.push(cast.record.0);
			}
		}
		Ok(records)
	}
}

impl Chain {
	/// The records of every ballot that a lender ever cast in a poll, replaced ones included.
	///
	/// The blocks that carried them are found by halving, so the states since the poll opened must
	/// be kept.
	pub async fn ever_cast(&self, poll: PollId, lender: LenderIndex) -> Result<Vec<Digest>, Error> {
		let head = self.at(Head::Finalized).await?.number();
		// The first block has no poll.
		let mut spans = vec![((0, 0), (head, self.revision_at(poll, lender, head).await?))];
		let mut records = Vec::new();
		while let Some(((low, before), (high, after))) = spans.pop() {
			if before == after {
				continue;
			}
			if high - low <= 1 {
				records.extend(self.at_number(high).await?.cast_here(poll, lender).await?);
				continue;
			}
			let middle = low + (high - low) / 2;
			let between = self.revision_at(poll, lender, middle).await?;
			spans.push(((low, before), (middle, between)));
			spans.push(((middle, between), (high, after)));
		}
		Ok(records)
	}

	async fn revision_at(
		&self,
		poll: PollId,
		lender: LenderIndex,
		block: u64,
	) -> Result<u8, Error> {
		let ballot = async { self.at_number(block).await?.ballot(poll, lender).await }.await;
		match ballot {
			Ok(ballot) => Ok(ballot.map_or(0, |ballot| ballot.revision)),
			Err(Error::StateGone(_)) => Err(Error::StateGone(u32::try_from(block).ok())),
			Err(error) => Err(error),
		}
	}
}
