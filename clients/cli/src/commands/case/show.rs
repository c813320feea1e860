use crate::{
	commands::roll::roll_table,
	context::Context,
	institutions::Names,
	next,
	output::{counted, end, facts, moment, rows, span, yuan},
	rules,
};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{
	chain::{CaseView, PolicyView, TermsView},
	digest::Written,
	primitives::CaseId,
};

pub async fn run(context: &Context, case: CaseId) -> Result<()> {
	let at = context.state().await?;
	let (view, roll) = (at.case(case).await?, at.roll(case).await?);
	let (policy, polls) = (at.policy(case).await?, at.open_polls(case).await?);
	let names = Names::of(&at).await?;
	let value = json!({ "case": view, "policy": policy, "roll": roll, "open_polls": polls });
	context.output.show(&value, || {
		let mut text = case_table(&view, &names);
		if let Some(policy) = &policy {
			text = format!("{text}\n\n{}", policy_table(policy));
		}
		if let Some(roll) = &roll {
			text = format!("{text}\n\n{}", roll_table(roll));
		}
		if !polls.is_empty() {
			let polls: Vec<_> = polls.iter().map(ToString::to_string).collect();
			text = format!("{text}\n\nopen polls 进行中的表决: {}", polls.join(", "));
		}
		text
	})
}

fn case_table(view: &CaseView, names: &Names) -> String {
	let head = [
		("case", view.case.to_string()),
		("stage", view.stage_name.clone()),
		("since", moment(view.stage_since)),
		("platform", names.shown(&view.platform)),
		("association", names.shown(&view.association)),
		("kind", view.kind.clone()),
		("exit notice", Written(view.notice).to_string()),
		("opened", moment(view.opened_at)),
		("cut-off", end(view.cut_off)),
		("roll may be locked from", moment(view.notice_until)),
		("claims may be disputed until", view.confirm_until.map_or("–".into(), end)),
	];
	facts(head.into_iter().chain(terms_table(&view.terms)))
}

/// The terms of a case, line by line.
pub fn terms_table(terms: &TermsView) -> Vec<(&'static str, String)> {
	vec![
		("a resolution passes by", rules::of_view(&terms.resolution)),
		("a candidate is eligible by", rules::of_view(&terms.election)),
		("a plan passes by", rules::of_view(&terms.plan)),
		("rounds of votes on plans", terms.max_rounds.to_string()),
		("a ballot may be replaced", counted(terms.max_revotes, "time", "times")),
		(
			"committee",
			format!(
				"{}, {}",
				counted(terms.seats, "seat", "seats"),
				counted(terms.reserves, "reserve", "reserves")
			),
		),
		("least claim to stand", yuan(terms.candidate_floor)),
		("candidates stand on the ballot", candidate_order(&terms.candidate_order)),
		("a tie between candidates goes", tie_break(&terms.tie_break)),
		("silence confirms", terms.deemed.clone()),
		("time to confirm", span(terms.confirmation_window)),
		("time to vote", span(terms.voting_window)),
		("time to review a plan", span(terms.review_window)),
		("grace after a due date", span(terms.grace)),
	]
}

/// The order of candidates on the ballot, in both languages.
pub fn candidate_order(order: &str) -> String {
	match order {
		"list" => "as the association lists them 按协会所列顺序（如姓氏笔画）".into(),
		"lot" => "by lot, from the hash of a later block 以其后区块的哈希抽签".into(),
		_ => "as they were first nominated 按首次提名先后".into(),
	}
}

/// What settles a tie between candidates, in both languages.
pub fn tie_break(rule: &str) -> String {
	match rule {
		"lot" => "by lot, from the hash of a block after the close 以截止后区块的哈希抽签".into(),
		_ => "to who was nominated first 首次提名在先者优先".into(),
	}
}

/// Every case of the chain.
pub async fn list(context: &Context) -> Result<()> {
	let at = context.state().await?;
	let (cases, names) = (at.cases().await?, Names::of(&at).await?);
	context.output.show(&cases, || match cases.is_empty() {
		true => format!("this chain has no case yet\nnext: {}", next::no_case()),
		false => list_table(&cases, &names),
	})
}

fn list_table(cases: &[CaseView], names: &Names) -> String {
	let lines = cases.iter().map(|case| {
		vec![
			case.case.to_string(),
			case.stage_name.clone(),
			moment(case.stage_since),
			case.kind.clone(),
			moment(case.opened_at),
			names.shown(&case.platform),
		]
	});
	rows(&["case", "stage", "since", "kind", "opened", "platform"], lines)
}

fn policy_table(policy: &PolicyView) -> String {
	let head = facts([(
		"evidence is effective with",
		format!(
			"{}, {} of them independent (policy {})",
			counted(policy.required, "confirmation", "confirmations"),
			policy.independent,
			policy.version
		),
	)]);
	let lines = policy.arbiters.iter().map(|arbiter| {
		vec![arbiter.name.clone(), arbiter.relation.clone(), arbiter.account.to_string()]
	});
	format!("{head}\n\n{}", rows(&["arbiter", "relation", "account"], lines))
}
