//! Clears a roll that was imported wrongly, as long as it is not locked.

use crate::{
	context::Context,
	next,
	output::{counted, votes},
	read_back::{self, YesArg},
};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{primitives::CaseId, Error, Missing};

pub async fn run(context: &Context, case: CaseId, yes: YesArg) -> Result<()> {
	let key = context.key()?;
	let chain = context.chain().await?;
	let at = chain.at(winddown_sdk::chain::Head::Best).await?;
	let found = at.case(case).await?;
	let roll = at.roll(case).await?;
	let roll = roll.ok_or(Error::NotFound(Missing::Roll(case)))?;
	if roll.locked {
		return Err(Error::RollLocked(case).into());
	}
	let terms = [
		("case", case.to_string()),
		("stage", found.stage_name.clone()),
		("rows", roll.rows.to_string()),
		("total", votes(roll.imported)),
		("digest", format!("0x{}", hex::encode(roll.digest))),
	];
	read_back::ask(context, yes, "the roll of which every row is to be cleared", terms)?;
	let bar = context.bar("clearing", roll.rows.into());
	let cleared = chain
		.clear_roll(case, &key, context.until(), |left| {
			bar.set_position(u64::from(roll.rows.saturating_sub(left)));
		})
		.await;
	bar.finish_and_clear();
	let cleared = cleared?;
	let facts = json!({ "case": case, "cleared": cleared, "rows": 0 });
	context.output.show(&facts, || {
		format!(
			"cleared {}; the roll of case {case} has none now\nnext: {}",
			counted(cleared, "row", "rows"),
			next::roll_cleared(case)
		)
	})
}
