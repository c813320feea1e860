//! Cases: consent, opening, stages, and what there is.

mod cancel;
mod open;
pub mod show;

use crate::{
	context::Context,
	institutions::{InstitutionArg, Names},
	next,
	output::{facts, span},
	read_back::{self, YesArg},
	rules,
	values::{KindArg, Paper},
};
use anyhow::Result;
use clap::{Subcommand, ValueEnum};
use serde_json::json;
use winddown_sdk::{
	api, calls,
	chain::{Head, RuleView},
	digest::Written,
	primitives::{rules::Preset, CaseId, Role, Stage},
};

#[derive(Subcommand)]
pub enum CaseCommand {
	/// Agree to have the own case opened (platform).
	Authorise {
		/// The exit notice: a file, or its digest.
		#[arg(long)]
		notice: Paper,
		/// Whose claims are settled.
		#[arg(long, value_enum, default_value_t)]
		kind: KindArg,
		/// The only association that may open the case.
		#[arg(long, value_name = "NAME|ACCOUNT")]
		association: Option<InstitutionArg>,
	},
	/// Take back a consent with which no case was opened (platform).
	WithdrawAuthorisation,
	/// Open a case that its platform authorised (association).
	Open(Box<open::OpenArgs>),
	/// Move a case on by hand: to electing, or to closed (association).
	Advance {
		#[arg(long)]
		case: CaseId,
		/// The next stage.
		#[arg(long, value_enum)]
		to: StageArg,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Take back a case that was opened wrongly, before its roll is locked (association).
	Cancel {
		#[arg(long)]
		case: CaseId,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Hand a case to the courts (regulator).
	Escalate {
		#[arg(long)]
		case: CaseId,
		/// The reasons: a file, or its digest.
		#[arg(long)]
		reason: Paper,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Show every case of the chain.
	List,
	/// Show a case, its terms, its arbiters and its roll.
	Show {
		#[arg(long)]
		case: CaseId,
	},
	/// Show the shortest windows that this chain allows.
	Windows,
	/// Show every rule that has a name, with its law; needs no node.
	Presets,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum StageArg {
	Electing,
	Closed,
}

pub async fn run(context: &Context, command: CaseCommand) -> Result<()> {
	match command {
		CaseCommand::Authorise { notice, kind, association } => {
			authorise(context, &notice, kind, association).await
		}
		CaseCommand::WithdrawAuthorisation => {
			let call = calls::withdraw_authorisation();
			let included = context.submit(&context.chain().await?, &call).await?;
			context.output.done(&included, json!({}), "consent withdrawn".into(), None)
		}
		CaseCommand::Open(args) => open::run(context, *args).await,
		CaseCommand::Advance { case, to, yes } => {
			let (stage, name) = match to {
				StageArg::Electing => (Stage::Electing, "electing"),
				StageArg::Closed => (Stage::Closed, "closed"),
			};
			let found = context.chain().await?.at(Head::Best).await?.case(case).await?;
			let terms = [
				("case", case.to_string()),
				("stage", found.stage_name.clone()),
				("moves on to", name.to_string()),
			];
			read_back::ask(context, yes, "the case is to be moved on", terms)?;
			change(context, case, calls::advance_case(case, stage)).await
		}
		CaseCommand::Escalate { case, reason, yes } => {
			let reason = reason.digest()?;
			context.chain().await?.at(Head::Best).await?.case(case).await?;
			let terms = [
				("case", case.to_string()),
				("stage", "escalated".to_string()),
				("reason", Written(reason).to_string()),
			];
			read_back::ask(context, yes, "the case is to be handed to the courts", terms)?;
			change(context, case, calls::escalate_case(case, reason)).await
		}
		CaseCommand::Cancel { case, yes } => cancel::run(context, case, yes).await,
		CaseCommand::Show { case } => show::run(context, case).await,
		CaseCommand::List => show::list(context).await,
		CaseCommand::Presets => presets(context),
		CaseCommand::Windows => {
			let windows = context.state().await?.minimum_windows().await?;
			context.output.show(&windows, || {
				facts([
					("notice", span(windows.notice)),
					("confirmation", span(windows.confirmation)),
					("voting", span(windows.voting)),
					("review", span(windows.review)),
				])
			})
		}
	}
}

fn presets(context: &Context) -> Result<()> {
	let presets: Vec<_> = Preset::ALL
		.into_iter()
		.map(|preset| json!({ "preset": preset.name(), "rule": RuleView::from(&preset.rule()) }))
		.collect();
	context.output.show(&presets, rules::presets)
}

async fn authorise(
	context: &Context,
	notice: &Paper,
	kind: KindArg,
	association: Option<InstitutionArg>,
) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let association = match &association {
		Some(association) => Some(association.account(&at).await?),
		None => None,
	};
	let call = calls::authorise_case(kind.into(), notice.digest()?, association);
	let included = context.submit(&chain, &call).await?;
	let institutions = at.institutions().await?;
	let arbiters = institutions.iter().filter(|one| one.roles.contains(&Role::Arbiter));
	let arbiters: Vec<_> = arbiters.map(|one| one.name.clone()).collect();
	let platform = Names::new(&institutions).called(&context.key()?.account());
	let next = next::case_authorised(&platform, notice, kind, &arbiters);
	context.output.done(&included, json!({}), "authorised".into(), Some(&next))
}

async fn change(context: &Context, case: CaseId, call: winddown_sdk::Call) -> Result<()> {
	let included = context.submit(&context.chain().await?, &call).await?;
	let changed: api::cases::events::StageChanged = included.event()?;
	let stage = format!("{:?}", changed.to.0).to_lowercase();
	let text = format!("case {case} is {stage} now");
	let next = (changed.to.0 == Stage::Electing).then(|| next::case_electing(case));
	let facts = json!({ "case": case, "stage": stage });
	context.output.done(&included, facts, text, next.as_deref())
}
