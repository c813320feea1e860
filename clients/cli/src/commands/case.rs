use crate::{
	context::Context,
	output::{facts, moment, span, yuan},
	values::{KindArg, Moment, Paper, RuleArg, Span, Yuan},
};
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;
use std::str::FromStr;
use winddown_sdk::{
	api,
	calls::{self, NewCase},
	chain::{CaseView, Head},
	primitives::{
		Arbiter, AttestationPolicy, CaseId, CaseTerms, DeemedConfirmation, Relation, Stage,
	},
	AccountId32, Error,
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
		#[arg(long)]
		association: Option<AccountId32>,
	},
	/// Take back a consent with which no case was opened (platform).
	WithdrawAuthorisation,
	/// Open a case that its platform authorised (association).
	Open(Box<OpenArgs>),
	/// Move a case on by hand: to electing, or to closed (association).
	Advance {
		#[arg(long)]
		case: CaseId,
		/// The next stage.
		#[arg(long, value_enum)]
		to: StageArg,
	},
	/// Hand a case to the courts (regulator).
	Escalate {
		#[arg(long)]
		case: CaseId,
		/// The reasons: a file, or its digest.
		#[arg(long)]
		reason: Paper,
	},
	/// Show a case, its terms and its roll.
	Show {
		#[arg(long)]
		case: CaseId,
	},
	/// Show the shortest windows that this chain allows.
	Windows,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum StageArg {
	Electing,
	Closed,
}

#[derive(Args)]
pub struct OpenArgs {
	/// The platform's account.
	#[arg(long)]
	platform: AccountId32,
	/// The exit notice: a file, or its digest.
	#[arg(long)]
	notice: Paper,
	/// Whose claims are settled.
	#[arg(long, value_enum, default_value_t)]
	kind: KindArg,
	/// The moment at which claims are counted.
	#[arg(long, default_value = "+0s")]
	cut_off: Moment,
	/// When a resolution passes: a preset or a JSON file.
	#[arg(long, default_value = "sz_two_thirds_double_half")]
	resolution: RuleArg,
	/// When a candidate is eligible for a seat.
	#[arg(long, default_value = "jinzhu_2019")]
	election: RuleArg,
	/// When a repayment plan passes.
	#[arg(long, default_value = "sz_two_thirds_double_half")]
	plan: RuleArg,
	/// Ballots that may be held on plans.
	#[arg(long, default_value_t = 2)]
	max_rounds: u8,
	/// How often one lender may replace a ballot.
	#[arg(long, default_value_t = 3)]
	max_revotes: u8,
	/// Committee seats, odd.
	#[arg(long, default_value_t = 5)]
	seats: u8,
	/// Reserves.
	#[arg(long, default_value_t = 3)]
	reserves: u8,
	/// The least claim, in yuan, with which a lender may stand.
	#[arg(long, default_value = "0")]
	candidate_floor: Yuan,
	/// Let silence confirm a claim once the window ended and service was proved.
	#[arg(long)]
	deemed_after_service: bool,
	/// How long lenders have to confirm.
	#[arg(long, default_value = "15d")]
	confirmation_window: Span,
	/// The shortest time a ballot stays open.
	#[arg(long, default_value = "7d")]
	voting_window: Span,
	/// How long the committee has to review a plan.
	#[arg(long, default_value = "7d")]
	review_window: Span,
	/// How long after its due date an unpaid instalment becomes a breach.
	#[arg(long, default_value = "30d")]
	grace: Span,
	/// An arbitration institution: ACCOUNT, or ACCOUNT:related if it is bound to a party.
	#[arg(long = "arbiter", required = true)]
	arbiters: Vec<ArbiterArg>,
	/// Confirmations that make evidence effective; all arbiters if not given.
	#[arg(long)]
	required: Option<u8>,
	/// How many of them must come from independent institutions.
	#[arg(long, default_value_t = 1)]
	independent: u8,
}

/// An arbitration institution and its relation to the parties.
#[derive(Clone)]
pub struct ArbiterArg(Arbiter<AccountId32>);

impl FromStr for ArbiterArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (account, relation) = match text.split_once(':') {
			None | Some((_, "independent")) => {
				(text.trim_end_matches(":independent"), Relation::Independent)
			}
			Some((account, "related")) => (account, Relation::Related),
			Some(_) => return Err("an arbiter reads ACCOUNT or ACCOUNT:related".into()),
		};
		let account = account.parse().map_err(|_| format!("'{account}' is no account"))?;
		Ok(Self(Arbiter { account, relation }))
	}
}

pub async fn run(context: &Context, command: CaseCommand) -> Result<()> {
	match command {
		CaseCommand::Authorise { notice, kind, association } => {
			let call = calls::authorise_case(kind.into(), notice.digest()?, association);
			let included = context.submit(&context.chain().await?, &call).await?;
			let next = "the association opens the case: winddown case open";
			context.output.done(&included, json!({}), "authorised".into(), Some(next))
		}
		CaseCommand::WithdrawAuthorisation => {
			let call = calls::withdraw_authorisation();
			let included = context.submit(&context.chain().await?, &call).await?;
			context.output.done(&included, json!({}), "consent withdrawn".into(), None)
		}
		CaseCommand::Open(args) => open(context, *args).await,
		CaseCommand::Advance { case, to } => {
			let stage = match to {
				StageArg::Electing => Stage::Electing,
				StageArg::Closed => Stage::Closed,
			};
			change(context, case, calls::advance_case(case, stage)).await
		}
		CaseCommand::Escalate { case, reason } => {
			change(context, case, calls::escalate_case(case, reason.digest()?)).await
		}
		CaseCommand::Show { case } => show(context, case).await,
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

async fn open(context: &Context, args: OpenArgs) -> Result<()> {
	let chain = context.chain().await?;
	let arbiters: Vec<_> = args.arbiters.into_iter().map(|ArbiterArg(arbiter)| arbiter).collect();
	let required = args.required.unwrap_or(arbiters.len() as u8);
	let bad = |what: &str| Error::BadInput(what.into());
	let policy = AttestationPolicy {
		arbiters: arbiters.try_into().map_err(|_| bad("at most 8 arbiters may be named"))?,
		required,
		independent: args.independent,
	};
	if !policy.is_valid() {
		return Err(bad("the arbiters named cannot give the confirmations required").into());
	}
	let terms = CaseTerms {
		resolution: args.resolution.0,
		election: args.election.0,
		plan: args.plan.0,
		max_rounds: args.max_rounds,
		max_revotes: args.max_revotes,
		seats: args.seats,
		reserves: args.reserves,
		candidate_floor: args.candidate_floor.0,
		deemed: match args.deemed_after_service {
			true => DeemedConfirmation::AfterService,
			false => DeemedConfirmation::Never,
		},
		confirmation_window: args.confirmation_window.0,
		voting_window: args.voting_window.0,
		review_window: args.review_window.0,
		grace: args.grace.0,
	};
	if !terms.is_valid() {
		return Err(
			bad("seats must be odd and at most 9, reserves at most 9, rounds at least 1").into()
		);
	}
	let case = NewCase {
		platform: args.platform,
		kind: args.kind.into(),
		notice: args.notice.digest()?,
		cut_off: args.cut_off.resolve(&chain.at(Head::Best).await?).await?,
		terms,
		policy,
	};
	let included = context.submit(&chain, &calls::open_case(case)).await?;
	let opened: api::cases::events::CaseOpened = included.event()?;
	let next = format!(
		"the registrar derives the case key: winddown identity case-key --case {}; \
		 then the platform imports the roll",
		opened.case
	);
	let facts = json!({ "case": opened.case, "notice_until": opened.notice_until });
	context.output.done(&included, facts, format!("opened case {}", opened.case), Some(&next))
}

async fn change(context: &Context, case: CaseId, call: winddown_sdk::Call) -> Result<()> {
	let included = context.submit(&context.chain().await?, &call).await?;
	let changed: api::cases::events::StageChanged = included.event()?;
	let stage = format!("{:?}", changed.to.0).to_lowercase();
	let text = format!("case {case} is {stage} now");
	context.output.done(&included, json!({ "case": case, "stage": stage }), text, None)
}

async fn show(context: &Context, case: CaseId) -> Result<()> {
	let at = context.state().await?;
	let (view, roll) = (at.case(case).await?, at.roll(case).await?);
	let polls = at.open_polls(case).await?;
	let value = json!({ "case": view, "roll": roll, "open_polls": polls });
	context.output.show(&value, || {
		let mut text = case_table(&view);
		if let Some(roll) = &roll {
			text = format!("{text}\n\n{}", super::roll::roll_table(roll));
		}
		if !polls.is_empty() {
			text = format!("{text}\n\nopen polls: {polls:?}");
		}
		text
	})
}

fn case_table(view: &CaseView) -> String {
	let terms = &view.terms;
	facts([
		("case", view.case.to_string()),
		("stage", format!("{}, since {}", view.stage_name, moment(view.stage_since))),
		("platform", view.platform.to_string()),
		("cut-off", moment(view.cut_off)),
		("roll may be locked from", moment(view.notice_until)),
		("claims may be disputed until", view.confirm_until.map_or("–".into(), moment)),
		("a resolution passes by", terms.resolution.clone()),
		("a candidate is eligible by", terms.election.clone()),
		("a plan passes by", terms.plan.clone()),
		("rounds of votes on plans", terms.max_rounds.to_string()),
		("a ballot may be replaced", format!("{} times", terms.max_revotes)),
		("committee", format!("{} seats, {} reserves", terms.seats, terms.reserves)),
		("least claim to stand", yuan(terms.candidate_floor)),
		("silence confirms", terms.deemed.clone()),
		("time to confirm", span(terms.confirmation_window)),
		("time to vote", span(terms.voting_window)),
		("time to review a plan", span(terms.review_window)),
		("grace after a due date", span(terms.grace)),
	])
}
