//! Takes back a case that was opened wrongly.

use crate::{
	context::Context,
	institutions::Names,
	next,
	output::moment,
	read_back::{self, YesArg},
};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{
	api, calls,
	chain::Head,
	digest::Written,
	primitives::{CaseId, Stage},
	Error,
};

pub async fn run(context: &Context, case: CaseId, yes: YesArg) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let found = at.case(case).await?;
	if found.stage != Stage::Noticed {
		return Err(Error::BadInput(format!(
			"case {case} is {}: a case is cancelled before its roll is locked, later a regulator \
			 escalates it",
			found.stage_name
		))
		.into());
	}
	let rows = at.roll(case).await?.map_or(0, |roll| roll.rows);
	let terms = [
		("case", case.to_string()),
		("platform", Names::of(&at).await?.shown(&found.platform)),
		("exit notice", Written(found.notice).to_string()),
		("opened", moment(found.opened_at)),
		("rows", rows.to_string()),
	];
	read_back::ask(context, yes, "the case that is to be cancelled", terms)?;
	let included = context.submit(&chain, &calls::cancel_case(case)).await?;
	let _: api::cases::events::StageChanged = included.event()?;
	let next = next::case_cancelled(case, rows > 0);
	let facts = json!({ "case": case, "stage": "cancelled" });
	context.output.done(&included, facts, format!("cancelled case {case}"), Some(&next))
}
