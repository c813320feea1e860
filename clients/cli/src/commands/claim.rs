use super::{
	identity::{lender_table, RowArgs},
	lender::{act, act_and_tell, row, LenderArgs},
	lender_file::{tell, ReadingArgs},
	shared::person::PersonArgs,
};
use crate::{
	context::Context,
	next,
	output::{counted, yuan},
	values::{Paper, Yuan},
};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use serde_json::json;
use std::{fs, path::PathBuf, str::FromStr};
use winddown_sdk::{
	api::{
		claims::events::{ClaimConfirmed, ConfirmationSkipped, LateClaimAdmitted},
		runtime_types::pallet_claims::types::ClaimState,
	},
	calls::{self, Ruling},
	chain::{FoundPerson, Head, Included},
	identity::CaseKey,
	primitives::{CaseId, ClassId, EvidenceId, Fen, LenderIndex},
	roll::{read_called_claims, List, Problems},
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
		#[command(flatten)]
		called: CalledArgs,
		#[command(flatten)]
		reading: ReadingArgs,
		/// The evidence record of the recordings, of the kind confirmation-call.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Rule on a claim (association).
	Adjudicate {
		#[command(flatten)]
		row: RowArgs,
		#[command(flatten)]
		ruling: RulingArgs,
		/// The evidence record of the grounds, of the kind adjudication.
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
		/// The evidence record of the service of notice, of the kind notice-service.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Show a claim.
	Show {
		#[command(flatten)]
		row: RowArgs,
	},
}

/// Rows, and the amounts that their lenders agreed to.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct CalledArgs {
	/// ROW=YUAN, repeated.
	#[arg(long = "claim")]
	claims: Vec<CalledArg>,
	/// A CSV or a workbook with the columns row and amount (行号, 确认金额), one line a lender.
	#[arg(long, value_name = "FILE")]
	file: Option<PathBuf>,
}

impl CalledArgs {
	fn claims(&self, context: &Context, reading: &ReadingArgs) -> Result<Vec<(LenderIndex, Fen)>> {
		let Some(file) = &self.file else {
			return Ok(self.claims.iter().map(|CalledArg(row, amount)| (*row, *amount)).collect());
		};
		let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
		let List { entries, notes } = read_called_claims(&bytes, &reading.reading())
			.map_err(|Problems(problems)| Error::BadFile(problems))?;
		tell(context, &notes);
		Ok(entries)
	}
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
	#[command(flatten)]
	person: PersonArgs,
	/// The file with the case key.
	#[arg(long, value_name = "FILE")]
	case_key: PathBuf,
	/// The claim in yuan.
	#[arg(long)]
	amount: Yuan,
	/// The class of creditors.
	#[arg(long, default_value_t = 0)]
	class: ClassId,
	/// The evidence record of the grounds, of the kind adjudication.
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
			let (row, included) = act(context, lender, &call).await?;
			let case = lender.case;
			let text = format!("lender {row} of case {case}: disputed the claim");
			let facts = json!({ "case": case, "lender": row, "action": "disputed the claim" });
			context.output.done(&included, facts, text, Some(&next::claim_disputed(case, row)))
		}
		ClaimCommand::ConfirmByCall { case, called, reading, evidence } => {
			confirm_by_call(context, case, &called.claims(context, &reading)?, evidence).await
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
			let call = calls::deem_confirmed(case, lenders, evidence);
			let included = context.submit(&context.chain().await?, &call).await?;
			let done = Confirmations::of([&included])?;
			let text = done.text(&format!("of case {case} deemed confirmed"));
			context.output.done(&included, done.facts(case), text, None)
		}
		ClaimCommand::Show { row } => {
			let view = context.state().await?.lender(row.case, row.lender).await?;
			context.output.show(&view, || lender_table(&view))
		}
	}
}

async fn admit_late(context: &Context, args: LateArgs) -> Result<()> {
	let key = CaseKey::read(&args.case_key, args.case)?;
	let document = args.person.document(context)?;
	let identity = key.identity(&document);
	let chain = context.chain().await?;
	let found = chain.at(Head::Best).await?.find_person(args.case, &key, &document).await?;
	let other = found.filter(|found| found.kind != document.kind() && !args.person.vouched);
	if let Some(FoundPerson { row, kind }) = other {
		let (english, chinese) = kind.names();
		return Err(Error::BadInput(format!(
			"row {row} of case {} has this number as {english} {chinese}; if it is somebody else: --vouched \
			 该号码已以另一证件类型在册",
			args.case
		))
		.into());
	}
	let call = calls::admit_late(args.case, identity, args.amount.0, args.class, args.evidence);
	let included = context.submit(&chain, &call).await?;
	let LateClaimAdmitted { lender, .. } = included.event()?;
	let case = args.case;
	let text = format!("admitted a late claim of {}: row {lender}", yuan(args.amount.0));
	let next = next::late_claim_admitted(case, &args.case_key);
	let facts = json!({ "case": case, "lender": lender });
	context.output.done(&included, facts, text, Some(&next))
}

async fn confirm_by_call(
	context: &Context,
	case: CaseId,
	claims: &[(LenderIndex, Fen)],
	evidence: EvidenceId,
) -> Result<()> {
	let calls: Vec<_> = claims
		.chunks(calls::MAX_CONFIRMATIONS)
		.map(|chunk| calls::confirm_by_call(case, chunk, evidence))
		.collect();
	let (chain, operator) = (context.chain().await?, context.key()?);
	let bar = context.bar("recording", calls.len() as u64);
	let included = chain
		.submit_all(&calls, &operator, context.until(), |done, _| bar.set_position(done as u64))
		.await;
	bar.finish_and_clear();
	let done = Confirmations::of(&included?)?;
	context.output.show(&done.facts(case), || done.text("recorded as confirmed by call"))
}

/// What became of the claims of a batch, by the chain's events.
#[derive(Default)]
struct Confirmations {
	confirmed: Vec<LenderIndex>,
	/// Rows that the chain passed over, and as what they stand.
	skipped: Vec<(LenderIndex, &'static str)>,
}

impl Confirmations {
	fn of<'a>(blocks: impl IntoIterator<Item = &'a Included>) -> Result<Self, Error> {
		let mut all = Self::default();
		for included in blocks {
			let confirmed = included.events::<ClaimConfirmed>()?;
			all.confirmed.extend(confirmed.iter().map(|event| event.lender));
			let skipped = included.events::<ConfirmationSkipped>()?;
			all.skipped
				.extend(skipped.iter().map(|event| (event.lender, state_name(&event.state))));
		}
		Ok(all)
	}

	fn facts(&self, case: CaseId) -> serde_json::Value {
		let skipped: Vec<_> = self
			.skipped
			.iter()
			.map(|(row, state)| json!({ "lender": row, "state": state }))
			.collect();
		json!({ "case": case, "confirmed": self.confirmed.len(), "skipped": skipped })
	}

	fn text(&self, what: &str) -> String {
		let claims = |count: usize| counted(count, "claim", "claims");
		let mut text = format!("{} {what}", claims(self.confirmed.len()));
		if !self.skipped.is_empty() {
			text = format!("{text}; {} left as decided before:", claims(self.skipped.len()));
		}
		for (row, state) in &self.skipped {
			text = format!("{text}\n  row {row}: {state}");
		}
		text
	}
}

const fn state_name(state: &ClaimState) -> &'static str {
	match state {
		ClaimState::Imported => "imported",
		ClaimState::ConfirmedByApp => "confirmed_by_app",
		ClaimState::ConfirmedByCall => "confirmed_by_call",
		ClaimState::Deemed => "deemed",
		ClaimState::Disputed => "disputed",
		ClaimState::Provisional => "provisional",
		ClaimState::Adjudicated => "adjudicated",
		ClaimState::Excluded => "excluded",
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_second_run_does_not_claim_to_have_confirmed_anything() {
		let done = Confirmations {
			confirmed: vec![],
			skipped: vec![(4, "confirmed_by_call"), (9, "disputed")],
		};
		assert_eq!(
			done.text("recorded as confirmed by call"),
			"0 claims recorded as confirmed by call; 2 claims left as decided before:\n  \
			 row 4: confirmed_by_call\n  row 9: disputed"
		);
		assert_eq!(
			done.facts(0),
			json!({ "case": 0, "confirmed": 0, "skipped": [
				{ "lender": 4, "state": "confirmed_by_call" }, { "lender": 9, "state": "disputed" },
			]})
		);
	}

	#[test]
	fn claims_that_were_confirmed_are_counted() {
		let done = Confirmations { confirmed: vec![4], skipped: vec![] };
		assert_eq!(
			done.text("recorded as confirmed by call"),
			"1 claim recorded as confirmed by call"
		);
	}
}
