use super::{
	clear,
	lender_file::{list_vouched, read_export, ExportArgs},
};
use crate::{
	context::Context,
	next,
	output::{counted, facts, votes},
	read_back::YesArg,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use winddown_sdk::{
	api, calls,
	chain::{Head, RollView, VotesView},
	identity::CaseKey,
	primitives::CaseId,
	roll::PreparedRoll,
	Error, Missing,
};

#[derive(Subcommand)]
pub enum RollCommand {
	/// Check a platform's export without a node: every line, every problem.
	Check {
		#[command(flatten)]
		file: ExportArgs,
	},
	/// Import a platform's export; go on where an import was cut off (platform).
	Import {
		#[command(flatten)]
		file: ExportArgs,
		#[command(flatten)]
		case: CaseKeyArgs,
		/// Check everything, compare with the chain, and send nothing.
		#[arg(long)]
		dry_run: bool,
	},
	/// End the import, stating what the file holds (platform).
	Lock {
		#[command(flatten)]
		file: ExportArgs,
		#[command(flatten)]
		case: CaseKeyArgs,
	},
	/// Clear every row of a roll that is not locked, to import it anew (platform).
	Clear {
		#[arg(long)]
		case: CaseId,
		#[command(flatten)]
		yes: YesArg,
	},
	/// Show the roll of a case.
	Show {
		#[arg(long)]
		case: CaseId,
	},
}

/// A case and its key.
#[derive(Args)]
pub struct CaseKeyArgs {
	#[arg(long)]
	pub case: CaseId,
	/// The file with the case key, which the registrar derived.
	#[arg(long, value_name = "FILE")]
	pub case_key: PathBuf,
}

impl CaseKeyArgs {
	/// The key, once it is sure that it is that of the case.
	pub fn key(&self) -> Result<CaseKey, Error> {
		CaseKey::read(&self.case_key, self.case)
	}
}

pub async fn run(context: &Context, command: RollCommand) -> Result<()> {
	match command {
		RollCommand::Check { file } => check(context, &file),
		RollCommand::Import { file, case, dry_run: false } => import(context, &file, &case).await,
		RollCommand::Import { file, case, dry_run: true } => compare(context, &file, &case).await,
		RollCommand::Lock { file, case } => lock(context, &file, &case).await,
		RollCommand::Clear { case, yes } => clear::run(context, case, yes).await,
		RollCommand::Show { case } => {
			let roll = context.state().await?.roll(case).await?;
			let roll = roll.ok_or(Error::NotFound(Missing::Roll(case)))?;
			context.output.show(&roll, || roll_table(&roll))
		}
	}
}

/// A roll, and by what its key is known.
struct Prepared {
	roll: PreparedRoll,
	fingerprint: String,
}

fn prepare(context: &Context, file: &ExportArgs, case: &CaseKeyArgs) -> Result<Prepared, Error> {
	let key = case.key()?;
	let read = read_export(context, file)?;
	list_vouched(context, file, &read, Some((&key, case.case)))?;
	let roll = PreparedRoll::new(&read.lenders, &key)
		.map_err(|error| Error::BadInput(error.to_string()))?;
	Ok(Prepared { roll, fingerprint: key.fingerprint() })
}

fn check(context: &Context, file: &ExportArgs) -> Result<()> {
	let read = read_export(context, file)?;
	list_vouched(context, file, &read, None)?;
	let total = read.lenders.iter().map(|lender| lender.outstanding).sum();
	let whole = VotesView { heads: read.lenders.len() as u32, fen: total };
	let value = json!({ "good": true, "total": whole, "notes": read.notes, "doubts": read.doubts });
	context.output.show(&value, || format!("the file is good: {}", votes(whole)))
}

async fn import(context: &Context, file: &ExportArgs, case: &CaseKeyArgs) -> Result<()> {
	let Prepared { roll, fingerprint } = prepare(context, file, case)?;
	let (chain, key) = (context.chain().await?, context.key()?);
	let bar = context.bar("importing", roll.rows().len() as u64);
	let report = chain
		.import_roll(case.case, &roll, &key, context.until(), |progress| {
			bar.set_position(progress.imported);
		})
		.await;
	// A bar that is finished stands at its end.
	let done = bar.position();
	bar.finish_and_clear();
	if let Err(Error::Disconnected(_) | Error::NoAnswer { .. }) = report {
		let total = roll.rows().len();
		let done = counted(done, "row was", "rows were");
		context.output.note(&format!("{done} on chain at the last word, of {total}"));
	}
	let (report, whole) = (report?, VotesView::from(roll.whole()));
	let value = json!({
		"case": case.case, "import": report, "total": whole, "key_fingerprint": fingerprint
	});
	context.output.show(&value, || {
		let before = match report.found {
			0 => String::new(),
			found => format!(" ({} on chain before)", counted(found, "was", "were")),
		};
		format!(
			"case {} holds {}{before}: {} (key {fingerprint})\nnext: {}",
			case.case,
			counted(report.rows, "row", "rows"),
			votes(whole),
			next::roll_imported(case.case, &file.words(), &case.case_key),
		)
	})
}

async fn compare(context: &Context, file: &ExportArgs, case: &CaseKeyArgs) -> Result<()> {
	let Prepared { roll, fingerprint } = prepare(context, file, case)?;
	let at = context.chain().await?.at(Head::Best).await?;
	at.case(case.case).await?;
	let found = at.ensure_roll_begins_like(case.case, &roll).await?;
	let (total, whole) = (roll.rows().len(), VotesView::from(roll.whole()));
	let value = json!({
		"rows": total,
		"on_chain": found,
		"to_send": total - found,
		"total": whole,
		"key_fingerprint": fingerprint,
	});
	context.output.show(&value, || {
		format!(
			"the file is good: {} (key {fingerprint}); {} still to be sent",
			votes(whole),
			counted(total - found, "row is", "rows are")
		)
	})
}

async fn lock(context: &Context, file: &ExportArgs, case: &CaseKeyArgs) -> Result<()> {
	let Prepared { roll, fingerprint } = prepare(context, file, case)?;
	let heads = roll.rows().len();
	let digest = roll.digest(heads).unwrap_or_default();
	let whole = roll.whole();
	let call = calls::lock_roll(case.case, whole.heads, whole.amount, digest);
	let included = context.submit(&context.chain().await?, &call).await?;
	let locked: api::claims::events::RollLocked = included.event()?;
	let text = format!(
		"locked the roll of case {}: {} (key {fingerprint})",
		case.case,
		votes(whole.into())
	);
	let facts = json!({
		"case": case.case,
		"total": VotesView::from(whole),
		"key_fingerprint": fingerprint,
		"digest": format!("0x{}", hex::encode(locked.digest)),
	});
	let next = next::roll_locked(case.case, &case.case_key);
	context.output.done(&included, facts, text, Some(&next))
}

fn phase(roll: &RollView) -> String {
	match roll.clearing {
		true => "no, it is being cleared 正在清除".into(),
		false => roll.locked.to_string(),
	}
}

pub fn roll_table(roll: &RollView) -> String {
	let counts = &roll.counts;
	let mut table = vec![
		("rows".to_string(), roll.rows.to_string()),
		("locked".into(), phase(roll)),
		("imported".into(), votes(roll.imported)),
		("eligible to vote".into(), votes(roll.eligible)),
	];
	table.extend(
		roll.eligible_by_class
			.iter()
			.map(|(class, eligible)| (format!("  of them class {class}"), votes(*eligible))),
	);
	let claims = [
		("not yet confirmed", counts.imported),
		("confirmed by app", counts.confirmed_by_app),
		("confirmed by call", counts.confirmed_by_call),
		("deemed confirmed", counts.deemed),
		("disputed", counts.disputed),
		("provisional", counts.provisional),
		("adjudicated", counts.adjudicated),
		("excluded", counts.excluded),
	];
	table.extend(claims.map(|(state, count)| (format!("claims {state}"), count.to_string())));
	table.push(("digest".into(), format!("0x{}", hex::encode(roll.digest))));
	facts(table)
}
