//! Counts a poll again from what the chain stores, and compares.

use super::{errors::node, At, Chain, Head, PollView};
use crate::{
	api,
	tally::{
		compare, read_ballots, read_claims, recount, ClaimRow, Difference, Published, Recount,
		Settling,
	},
	Error,
};
use std::collections::HashMap;
use winddown_primitives::{lot::Lot, CaseId, Fen, LenderIndex, PollId};

/// A poll, counted again.
pub struct Audit {
	/// The poll.
	pub poll: PollId,
	/// Its case.
	pub case: CaseId,
	/// The block whose ballots and claims were counted.
	pub block: u64,
	/// Whether it is the block that closed the poll; else the newest one.
	pub at_close: bool,
	/// The poll as the newest block has it.
	pub seen: PollView,
	/// What was counted.
	pub counted: AuditedPoll,
	/// Everything in which the chain's own count differs; empty when it is right.
	pub differences: Vec<Difference>,
}

/// What was counted.
pub struct AuditedPoll {
	/// Rows of the roll.
	pub rows: u32,
	/// Ballots that count.
	pub ballots: u32,
	/// The recount.
	pub recount: Recount,
}

impl Chain {
	/// Counts a poll again. A closed one is counted as of the block that closed it, because claims
	/// may have changed since.
	pub async fn audit(&self, poll: PollId) -> Result<Audit, Error> {
		let head = self.at(Head::Finalized).await?;
		let seen = head.poll(poll).await?;
		let closing = match seen.closed_at {
			Some(_) => self.closing_block(poll, head.number()).await?,
			None => None,
		};
		let at_close = closing.is_some();
		let at = closing.unwrap_or(head);

		let (items, case) = (&seen.raw_items, seen.case);
		let ballots = at.pages(api::storage().polls().ballots(), poll).await?;
		let ballots = read_ballots(&ballots, items.len()).map_err(broken)?;
		let claims = at.claims(case).await?;
		let lot = at.lot(poll).await?;
		let settling = Settling { poll, precedence: &seen.precedence, lot };
		let recounted =
			recount(items, seen.max_revotes, &claims, &ballots, settling).map_err(broken)?;
		let published = Published {
			eligible: seen.eligible_by_class.clone(),
			tallies: at.tallies(poll).await?,
			result: at.poll_result(poll).await?,
		};
		let mut differences = compare(&published, &recounted);
		differences.extend(match lot {
			Some(lot) => self.foreign_lot(lot).await?,
			None => None,
		});
		Ok(Audit {
			poll,
			case,
			block: at.number(),
			at_close,
			differences,
			seen,
			counted: AuditedPoll {
				rows: claims.len() as u32,
				ballots: ballots.len() as u32,
				recount: recounted,
			},
		})
	}

	/// What differs when a lot is not the hash of its block.
	async fn foreign_lot(&self, lot: Lot) -> Result<Option<Difference>, Error> {
		let hash = self.at_number(lot.block.into()).await?.hash();
		Ok((hash.0 != lot.block_hash).then(|| Difference {
			what: format!("the lot from block {}", lot.block),
			published: format!("0x{}", hex::encode(lot.block_hash)),
			recounted: format!("{hash:?}"),
		}))
	}

	/// The block that closed a poll, found by halving; `None` when the states around it are no
	/// longer kept.
	async fn closing_block(&self, poll: PollId, head: u64) -> Result<Option<At>, Error> {
		// The first block has no poll.
		let (mut open, mut open_is_known, mut closed) = (0, true, head);
		while closed - open > 1 {
			let middle = open + (closed - open) / 2;
			match self.is_closed_at(poll, middle).await {
				Ok(true) => closed = middle,
				Ok(false) => (open, open_is_known) = (middle, true),
				// An old state was pruned, newer ones are kept.
				Err(_) => (open, open_is_known) = (middle, false),
			}
		}
		match open_is_known {
			true => Ok(Some(self.at_number(closed).await?)),
			false => Ok(None),
		}
	}

	async fn is_closed_at(&self, poll: PollId, block: u64) -> Result<bool, Error> {
		self.at_number(block).await?.is_closed(poll).await
	}
}

impl At {
	/// Every claim of a case, from the raw pages.
	pub async fn claims(&self, case: CaseId) -> Result<Vec<ClaimRow>, Error> {
		let rows = self.roll(case).await?.map_or(0, |roll| roll.rows);
		read_claims(
			&self.pages(api::storage().claims().entries(), case).await?,
			&self.adjusted_amounts(case).await?,
			rows,
		)
		.map_err(broken)
	}

	async fn is_closed(&self, poll: PollId) -> Result<bool, Error> {
		let results = api::storage().polls().results();
		let found = self.client.storage().try_fetch(results, (poll,)).await.map_err(node)?;
		Ok(found.is_some())
	}

	/// Amounts that differ from the import, because of a ruling.
	async fn adjusted_amounts(&self, case: CaseId) -> Result<HashMap<LenderIndex, Fen>, Error> {
		let entry =
			self.client.storage().entry(api::storage().claims().adjusted()).map_err(node)?;
		let mut stream = entry.iter((case,)).await.map_err(node)?;
		let mut adjusted = HashMap::new();
		while let Some(found) = stream.next().await {
			let found = found.map_err(node)?;
			let (_, lender) = found.key().map_err(node)?.decode().map_err(node)?;
			adjusted.insert(lender, found.value().decode().map_err(node)?);
		}
		Ok(adjusted)
	}
}

fn broken(error: impl std::fmt::Display) -> Error {
	Error::Mismatch(format!("the chain's record of the poll is unsound: {error}"))
}
