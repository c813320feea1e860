use super::{
	lender_file::{tell, FileArgs},
	roll::CaseKeyArgs,
	shared::person::NumberArgs,
};
use crate::{
	context::Context,
	next,
	output::{counted, facts, yuan},
	private, registered,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::{Path, PathBuf};
use winddown_sdk::{
	calls,
	chain::{Head, LenderView},
	identity::{CaseKey, MasterKey},
	keys::WrittenKey,
	primitives::{CaseId, EvidenceId, LenderIndex},
	roll::{read_registrations, List, Problems},
	Error, Missing,
};

#[derive(Subcommand)]
pub enum IdentityCommand {
	/// Make the registrar's master key (registrar, offline).
	NewMasterKey {
		/// The new file.
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
	},
	/// Derive the key of a case, for its platform and operator alone (registrar, offline).
	CaseKey {
		#[arg(long)]
		case: CaseId,
		/// The file with the master key.
		#[arg(long, value_name = "FILE")]
		master_key: PathBuf,
		/// The new file.
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
	},
	/// Bind lenders' keys to their rows; go on where it was cut off (registrar).
	Register {
		#[command(flatten)]
		file: FileArgs,
		#[command(flatten)]
		case: CaseKeyArgs,
		/// The evidence record of the identity checks, of the kind identity.
		#[arg(long)]
		evidence: Option<EvidenceId>,
		/// A new file that tells which line of the file is which row of the roll, in CSV.
		#[arg(long, value_name = "FILE.csv")]
		rows: Option<PathBuf>,
	},
	/// Give a row another key, after a new identity check (registrar).
	Rebind {
		#[command(flatten)]
		row: RowArgs,
		/// The new key, such as sr25519:0x….
		#[arg(long = "new-key")]
		new_key: WrittenKeyArg,
		/// The evidence record of the identity check, of the kind identity.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Take back the key of a row (registrar).
	Revoke {
		#[command(flatten)]
		row: RowArgs,
		/// The evidence record of the reason, of the kind identity.
		#[arg(long)]
		evidence: EvidenceId,
	},
	/// Show a row, by its number or by a person's document.
	Show {
		#[arg(long)]
		case: CaseId,
		/// The row.
		#[arg(long, conflicts_with = "document_type")]
		lender: Option<LenderIndex>,
		/// The kind of document; its number is asked for, or read from standard input.
		#[arg(long, requires = "case_key")]
		document_type: Option<String>,
		#[command(flatten)]
		number: NumberArgs,
		/// The file with the case key.
		#[arg(long, value_name = "FILE")]
		case_key: Option<PathBuf>,
	},
}

/// A row of a case.
#[derive(Args, Clone, Copy)]
pub struct RowArgs {
	#[arg(long)]
	pub case: CaseId,
	/// The row.
	#[arg(long)]
	pub lender: LenderIndex,
}

/// A lender's key.
#[derive(Clone, Copy)]
pub struct WrittenKeyArg(WrittenKey);

impl std::str::FromStr for WrittenKeyArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		text.parse().map(Self).map_err(|error: Error| error.to_string())
	}
}

pub async fn run(context: &Context, command: IdentityCommand) -> Result<()> {
	match command {
		IdentityCommand::NewMasterKey { out } => {
			MasterKey::random().write(&out)?;
			context.output.show(&json!({ "file": out }), || {
				format!(
					"wrote a master key to {}\nnext: keep a copy in a safe; whoever has it can link \
					 every lender of every case",
					out.display()
				)
			})
		}
		IdentityCommand::CaseKey { case, master_key, out } => {
			let key = MasterKey::read(&master_key)?.case_key(case);
			key.write(&out)?;
			let fingerprint = key.fingerprint();
			let value = json!({ "case": case, "file": out, "fingerprint": fingerprint });
			context.output.show(&value, || {
				format!(
					"wrote the key of case {case} to {} (fingerprint {fingerprint})\nnext: {}",
					out.display(),
					next::case_key_derived(case, &out)
				)
			})
		}
		IdentityCommand::Register { file, case, evidence, rows } => {
			register(context, &file, &case, evidence, rows.as_deref()).await
		}
		IdentityCommand::Rebind { row, new_key, evidence } => {
			let key = new_key.0 .0;
			let call = calls::rebind_key(row.case, row.lender, key, evidence);
			let included = context.submit(&context.chain().await?, &call).await?;
			let text = format!("row {} of case {} has another key", row.lender, row.case);
			let facts = json!({ "case": row.case, "lender": row.lender });
			context.output.done(&included, facts, text, None)
		}
		IdentityCommand::Revoke { row, evidence } => {
			let call = calls::revoke_key(row.case, row.lender, evidence);
			let included = context.submit(&context.chain().await?, &call).await?;
			let text = format!("the key of row {} of case {} is revoked", row.lender, row.case);
			let facts = json!({ "case": row.case, "lender": row.lender });
			let next = next::key_revoked(row.case, row.lender);
			context.output.done(&included, facts, text, Some(&next))
		}
		IdentityCommand::Show { case, lender, document_type, number, case_key } => {
			let lender = match (lender, document_type, case_key) {
				(Some(lender), ..) => lender,
				(None, Some(kind), Some(key)) => {
					let key = CaseKey::read(&key, case)?;
					// Who only looks need not vouch: either the roll has the number or not.
					let document = number.document(&kind)?.document;
					let at = context.state().await?;
					let found = at
						.find_person(case, &key, &document)
						.await?
						.ok_or(Error::NotFound(Missing::Person(case)))?;
					if found.kind != document.kind() {
						let (english, chinese) = found.kind.names();
						context.output.note(&format!(
							"note: the roll has this number as {english} {chinese}; is it the same person? \
							 名册中证件类型不同"
						));
					}
					found.row
				}
				_ => {
					let what = "name a row (--lender) or a person (--document-type, --case-key)";
					return Err(Error::BadInput(what.into()).into());
				}
			};
			let view = context.state().await?.lender(case, lender).await?;
			context.output.show(&view, || lender_table(&view))
		}
	}
}

async fn register(
	context: &Context,
	file: &FileArgs,
	case: &CaseKeyArgs,
	evidence: Option<EvidenceId>,
	rows: Option<&Path>,
) -> Result<()> {
	let case_key = case.key()?;
	let List { entries: registrations, notes } =
		read_registrations(&file.bytes()?, &file.reading())
			.map_err(|Problems(problems)| Error::BadFile(problems))?;
	tell(context, &notes);
	let (chain, registrar) = (context.chain().await?, context.key()?);
	let at = chain.at(Head::Best).await?;
	let plan = at.plan_registration(case.case, &case_key, &registrations).await?;
	let bar = context.bar("registering", plan.missing.len() as u64);
	let report = chain
		.register(case.case, &plan, &registrar, evidence, context.until(), |done| {
			bar.set_position(done);
		})
		.await;
	bar.finish_and_clear();
	let report = report?;
	if let Some(path) = rows {
		private::create(path, registered::csv(&plan.rows).as_bytes())?;
	}
	let facts = json!({ "case": case.case, "registered": report, "rows": plan.rows });
	context.output.show(&facts, || {
		format!(
			"{}bound {}; {} bound before\nnext: {}",
			registered::table(&plan.rows),
			counted(report.sent, "key", "keys"),
			counted(report.found, "was", "were"),
			next::keys_registered(case.case)
		)
	})
}

pub fn lender_table(view: &LenderView) -> String {
	let claim = &view.claim;
	facts([
		("case", view.case.to_string()),
		("row", view.lender.to_string()),
		("identity hash", view.identity.clone()),
		("key", view.key.clone().unwrap_or("none".into())),
		("key status", view.key_status.clone().unwrap_or("–".into())),
		("claim as imported", yuan(claim.stated)),
		("claim that counts", yuan(claim.amount)),
		("claim stands", claim.state.clone()),
		("class", claim.class.to_string()),
		("may vote", if claim.may_vote { "yes" } else { "no, as the claim stands" }.to_string()),
		("last sequence", view.last_sequence.to_string()),
	])
}
