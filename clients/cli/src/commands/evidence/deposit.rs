use crate::{
	context::Context,
	values::{EvidenceArg, Moment, Paper},
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use winddown_sdk::{
	api,
	calls::{self, Deposit, Form},
	chain::Head,
	digest::{Algorithm, Written},
	primitives::{CaseId, EvidenceId},
};

#[derive(Args)]
pub struct DepositArgs {
	#[arg(long)]
	case: CaseId,
	/// What it is about.
	#[arg(long, value_enum)]
	kind: EvidenceArg,
	/// The file; it stays on this machine.
	file: std::path::PathBuf,
	/// The digest algorithm.
	#[arg(long, value_enum, default_value_t)]
	algorithm: AlgorithmArg,
	/// When it was made.
	#[arg(long, default_value = "+0s")]
	produced_at: Moment,
	/// The record that it follows.
	#[arg(long)]
	parent: Option<EvidenceId>,
	/// The record that it corrects.
	#[arg(long)]
	replaces: Option<EvidenceId>,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum AlgorithmArg {
	#[default]
	#[value(name = "blake2b-256")]
	Blake2b256,
	#[value(name = "sha2-256")]
	Sha256,
	Sm3,
}

impl From<AlgorithmArg> for Algorithm {
	fn from(algorithm: AlgorithmArg) -> Self {
		match algorithm {
			AlgorithmArg::Blake2b256 => Self::Blake2b256,
			AlgorithmArg::Sha256 => Self::Sha256,
			AlgorithmArg::Sm3 => Self::Sm3,
		}
	}
}

pub async fn run(context: &Context, args: DepositArgs) -> Result<()> {
	let file = Paper::File(args.file).digest_of_file(args.algorithm.into())?;
	let chain = context.chain().await?;
	let call = calls::deposit(Deposit {
		form: Form::Document,
		case: args.case,
		kind: args.kind.into(),
		digest: file.digest,
		leaves: 1,
		size: file.size,
		produced_at: args.produced_at.resolve(&chain.at(Head::Best).await?).await?,
		parent: args.parent,
		replaces: args.replaces,
	});
	let included = context.submit(&chain, &call).await?;
	let deposited: api::evidence::events::Deposited = included.event()?;
	let text = format!("deposited record {}: {}", deposited.id, Written(file.digest));
	let facts = json!({ "id": deposited.id, "digest": Written(file.digest).to_string() });
	let next = "arbitration institutions attest it: winddown evidence attest";
	context.output.done(&included, facts, text, Some(next))
}
