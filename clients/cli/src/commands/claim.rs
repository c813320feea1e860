use super::{
	identity::{lender_table, RowArgs},
	lender::{act_and_tell, row, LenderArgs},
};
use crate::{
	context::Context,
	output::yuan,
	values::{Paper, Yuan},
};
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use std::{path::PathBuf, str::FromStr};
use winddown_sdk::{
	calls::{self, Ruling},
	chain::Head,
	document::Document,
	identity::CaseKey,
	primitives::{CaseId, ClassId, EvidenceId, Fen, LenderIndex},
	Error,
};

#[derive(Subcommand)]
pub enum ClaimCommand {
	/// Confirm the own claim (lender).
	Confirm {
		#[command(flatten)]
		lender: LenderArgs,
		/// The amount in yuan, as the lender knows it; the imported one if not given.
		#[arg(long)]
		amount: Option<Yuan>,
	},
	/// Dispute the own claim (lender).
	Dispute {
		#[command(flatten)]
		lender: LenderArgs,
		/// The reason and its proof: a file, or its digest.
		#[arg(long)]
		reason: Paper,
	},
	/// Record claims that lenders confirmed in recorded calls (operator).
	ConfirmByCall {
		#[arg(long)]
		case: CaseId,
		/// ROW=YUAN, repeated: the row and the amount that the lender agreed to.
		#[arg(long = "claim", required = true)]
		claims: Vec<CalledArg>,
		/// The evidence record of the recordings.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Rule on a claim (association).
	Adjudicate {
		#[command(flatten)]
		row: RowArgs,
		#[command(flatten)]
		ruling: RulingArgs,
		/// The evidence record of the grounds.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Admit a claim that came after the lock (association).
	AdmitLate(LateArgs),
	/// Confirm the claims of lenders who kept silent, where the terms declare it (association).
	Deem {
		#[arg(long)]
		case: CaseId,
		/// The rows.
		#[arg(long, value_delimiter = ',', required = true)]
		lenders: Vec<LenderIndex>,
		/// The evidence record of the service of notice.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Show a claim.
	Show {
		#[command(flatten)]
		row: RowArgs,
	},
}

/// What is decided; exactly one.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct RulingArgs {
	/// The imported amount is right.
	#[arg(long)]
	uphold: bool,
	/// Another amount, in yuan, is right.
	#[arg(long, value_name = "YUAN")]
	adjust: Option<Yuan>,
	/// The lender votes with this amount, in yuan, until the claim is decided.
	#[arg(long, value_name = "YUAN")]
	provisional: Option<Yuan>,
	/// The claim does not belong on the roll.
	#[arg(long)]
	exclude: bool,
}

#[derive(Args)]
pub struct LateArgs {
	#[arg(long)]
	case: CaseId,
	/// The kind of document.
	#[arg(long)]
	document_type: String,
	/// Its number.
	#[arg(long)]
	document_number: String,
	/// The file with the case key.
	#[arg(long, value_name = "FILE")]
	case_key: PathBuf,
	/// The claim in yuan.
	#[arg(long)]
	amount: Yuan,
	/// The class of creditors.
	#[arg(long, default_value_t = 0)]
	class: ClassId,
	/// The evidence record of the grounds.
	#[arg(long)]
	evidence: EvidenceId,
}

/// A row and an amount: `17=8000.50`.
#[derive(Clone, Copy)]
pub struct CalledArg(LenderIndex, Fen);

impl FromStr for CalledArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (row, amount) = text.split_once('=').ok_or("a claim reads ROW=YUAN")?;
		let row = row.parse().map_err(|_| "the row is no number")?;
		Ok(Self(row, amount.parse::<Yuan>()?.0))
	}
}

impl RulingArgs {
	fn ruling(&self) -> Ruling {
		match (self.adjust, self.provisional) {
			(Some(Yuan(amount)), _) => Ruling::Adjust(amount),
			(_, Some(Yuan(amount))) => Ruling::Provisional(amount),
			_ if self.exclude => Ruling::Exclude,
			_ => Ruling::Uphold,
		}
	}
}

pub async fn run(context: &Context, command: ClaimCommand) -> Result<()> {
	match command {
		ClaimCommand::Confirm { lender, amount } => {
			let amount = match amount {
				Some(Yuan(amount)) => amount,
				None => {
					let chain = context.chain().await?;
					let row = row(context, &chain, lender).await?;
					chain.at(Head::Best).await?.lender(lender.case, row).await?.claim.stated
				}
			};
			let what = format!("confirmed {}", yuan(amount));
			act_and_tell(context, lender, &calls::confirm_claim(amount), &what).await
		}
		ClaimCommand::Dispute { lender, reason } => {
			let call = calls::dispute_claim(reason.digest()?);
			act_and_tell(context, lender, &call, "disputed the claim").await
		}
		ClaimCommand::ConfirmByCall { case, claims, evidence } => {
			let claims: Vec<_> =
				claims.iter().map(|CalledArg(row, amount)| (*row, *amount)).collect();
			let chain = context.chain().await?;
			let calls: Vec<_> = claims
				.chunks(calls::MAX_CONFIRMATIONS)
				.map(|chunk| calls::confirm_by_call(case, chunk, evidence))
				.collect();
			chain.submit_all(&calls, &context.key()?, context.until(), |_, _| {}).await?;
			let value = json!({ "case": case, "confirmed": claims.len() });
			context.output.show(&value, || format!("recorded {} confirmations", claims.len()))
		}
		ClaimCommand::Adjudicate { row, ruling, evidence } => {
			let ruling = ruling.ruling();
			let call = calls::adjudicate(row.case, row.lender, ruling, evidence);
			let included = context.submit(&context.chain().await?, &call).await?;
			let text = format!("ruled on the claim of row {} of case {}", row.lender, row.case);
			let facts = json!({ "case": row.case, "lender": row.lender });
			context.output.done(&included, facts, text, None)
		}
		ClaimCommand::AdmitLate(args) => admit_late(context, args).await,
		ClaimCommand::Deem { case, lenders, evidence } => {
			let count = lenders.len();
			let call = calls::deem_confirmed(case, lenders, evidence);
			let included = context.submit(&context.chain().await?, &call).await?;
			let text = format!("deemed {count} claims of case {case} confirmed");
			context.output.done(&included, json!({ "case": case }), text, None)
		}
		ClaimCommand::Show { row } => {
			let view = context.state().await?.lender(row.case, row.lender).await?;
			context.output.show(&view, || lender_table(&view))
		}
	}
}

async fn admit_late(context: &Context, args: LateArgs) -> Result<()> {
	let document = Document::parse(&args.document_type, &args.document_number)
		.map_err(|error| Error::BadInput(error.to_string()))?;
	let identity = CaseKey::read(&args.case_key)?.identity(&document);
	let call = calls::admit_late(args.case, identity, args.amount.0, args.class, args.evidence);
	let included = context.submit(&context.chain().await?, &call).await?;
	let text = format!("admitted a late claim of {}", yuan(args.amount.0));
	context.output.done(&included, json!({ "case": args.case }), text, None)
}
