use super::poll::{goes_by_lot, grounds_of_item, ties_in_words};
use crate::{
	context::Context,
	output::{counted, end, facts, moment, share},
};
use anyhow::Result;
use clap::Args;
use serde_json::{json, Value};
use winddown_sdk::{
	chain::{Audit, VotesView},
	primitives::{Item, ItemKind, PollId},
	tally::ItemCount,
	Error,
};

#[derive(Args)]
pub struct AuditArgs {
	/// The poll.
	#[arg(long)]
	poll: PollId,
}

pub async fn run(context: &Context, args: AuditArgs) -> Result<()> {
	let spinner = context.spinner("counting again");
	let audit = context.chain().await?.audit(args.poll).await;
	spinner.finish_and_clear();
	let audit = audit?;
	context.output.show(&audit_json(&audit), || audit_text(&audit))?;
	let hint = match audit.at_close || audit.seen.closed_at.is_none() {
		true => "",
		false => "; the claims of that time are no longer kept: ask a node that prunes no states",
	};
	match audit.differences.len() {
		0 => Ok(()),
		count => Err(Error::Mismatch(format!(
			"the recount differs in {}{hint}",
			counted(count, "place", "places")
		))
		.into()),
	}
}

/// A recount for programs.
pub fn audit_json(audit: &Audit) -> Value {
	let recount = &audit.counted.recount;
	let items: Vec<_> = recount
		.items
		.iter()
		.enumerate()
		.map(|(at, item)| {
			json!({
				"options": item.options.iter().map(|v| VotesView::from(*v)).collect::<Vec<_>>(),
				"abstained": VotesView::from(item.abstained),
				"outcome": outcome(audit, at, item),
				"ties": ties(item),
				"grounds": item.grounds,
			})
		})
		.collect();
	json!({
		"poll": audit.poll,
		"case": audit.case,
		"block": audit.block,
		"at_close": audit.at_close,
		"closed_at": audit.seen.closed_at,
		"rows": audit.counted.rows,
		"ballots": audit.counted.ballots,
		"replaced_ballots": recount.replaced,
		"eligible": VotesView::from(recount.eligible),
		"turnout": VotesView::from(recount.turnout),
		"items": items,
		"agrees": audit.differences.is_empty(),
		"differences": audit.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
	})
}

fn outcome(audit: &Audit, at: usize, counted: &ItemCount) -> String {
	let seen = &audit.seen;
	match seen.raw_items.get(at) {
		Some(Item { kind: ItemKind::ApproveUpTo { .. }, .. })
			if !counted.ties.is_empty() && goes_by_lot(seen) && seen.lot.is_none() =>
		{
			"not decided, as a lot settles the tie 票数相同，待抽签".into()
		}
		Some(item) => seen.slate.outcome(item.kind, &counted.outcome),
		None => "an outcome of no item".into(),
	}
}

/// The options of each tie, from 0.
fn ties(counted: &ItemCount) -> Vec<Vec<u8>> {
	let options = |set: u32| (0..32_u8).filter(|option| (set >> option) & 1 == 1).collect();
	counted.ties.iter().copied().map(options).collect()
}

fn audit_text(audit: &Audit) -> String {
	let recount = &audit.counted.recount;
	let mut text = head(audit);
	for (at, item) in recount.items.iter().enumerate() {
		let so_far = if audit.seen.closed_at.is_none() { "so far " } else { "" };
		let grounds = audit.seen.raw_items.get(at).map(|asked| {
			let grounds = grounds_of_item(asked.kind, &audit.seen.slate, &item.grounds);
			grounds + &ties_in_words(&ties(item), asked.kind, &audit.seen)
		});
		text = format!(
			"{text}\nitem {}: {so_far}{}\n  {}",
			at + 1,
			outcome(audit, at, item),
			grounds.unwrap_or_default().replace('\n', "\n  ")
		);
	}
	if audit.differences.is_empty() {
		return format!("{text}\nthe recount equals the chain's own count and outcome");
	}
	let differences: Vec<_> = audit.differences.iter().map(ToString::to_string).collect();
	format!("{text}\nDIFFERENCES:\n  {}", differences.join("\n  "))
}

/// What was counted, and whether it may still change.
fn head(audit: &Audit) -> String {
	let recount = &audit.counted.recount;
	let closed = match audit.seen.closed_at {
		Some(at) => moment(at),
		None => format!(
			"NO, it is still open, its time ends {}; what follows may change 表决尚未结束，以下结果可能变化",
			end(audit.seen.closes_at)
		),
	};
	facts([
		("poll", audit.poll.to_string()),
		("closed", closed),
		("counted at block", audit.block.to_string()),
		("rows of the roll", audit.counted.rows.to_string()),
		("ballots that count", audit.counted.ballots.to_string()),
		("of them replaced before", recount.replaced.to_string()),
		("took part", share(recount.turnout.into(), recount.eligible.into())),
	])
}
