//! Takes back a case that was opened wrongly.

use crate::{
	context::Context,
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
		("platform", found.platform.to_string()),
		("exit notice", Written(found.notice).to_string()),
		("opened", moment(found.opened_at)),
		("rows", rows.to_string()),
	];
	read_back::ask(context, yes, "the case that is to be cancelled", terms)?;
	let included = context.submit(&chain, &calls::cancel_case(case)).await?;
	let _: api::cases::events::StageChanged = included.event()?;
	let mut next = "the platform authorises another one: winddown case authorise".to_string();
	if rows > 0 {
		next = format!("{next}; it clears the rows: winddown roll clear --case {case}");
	}
	let facts = json!({ "case": case, "stage": "cancelled" });
	context.output.done(&included, facts, format!("cancelled case {case}"), Some(&next))
}
