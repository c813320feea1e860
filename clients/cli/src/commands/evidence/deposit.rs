use crate::{
	context::Context,
	next,
	values::{EvidenceArg, Moment, Paper},
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;
use winddown_proof::{
	digest::Digest,
	merkle::Tree,
	record::{split, Record},
};
use winddown_records::source::Source;
use winddown_sdk::{
	api,
	calls::{self, Deposit, Form},
	chain::Head,
	digest::{on_chain, Algorithm, FileDigest, Written},
	primitives::{self, CaseId, EvidenceId},
	Error,
};

#[derive(Args)]
pub struct DepositArgs {
	#[arg(long)]
	case: CaseId,
	/// What it is about.
	#[arg(long, value_enum)]
	kind: EvidenceArg,
	/// The file; it stays on this machine.
	#[arg(required_unless_present = "batch")]
	file: Option<PathBuf>,
	/// The digest algorithm.
	#[arg(long, value_enum, default_value_t, conflicts_with = "batch")]
	algorithm: AlgorithmArg,
	/// Instead of a file a batch of records, by the root that `winddown records batch` printed.
	#[arg(long, value_name = "ROOT", requires = "records", conflicts_with = "file")]
	batch: Option<Digest>,
	/// Where the batch is kept: the operator's database or its export.
	#[arg(long, value_name = "URL|FILE|FOLDER", requires = "batch", conflicts_with = "file")]
	records: Option<Source>,
	/// When it was made; a date means its first moment, 00:00 Beijing time.
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

/// What was digested.
struct Digested {
	form: Form,
	digest: primitives::Digest,
	leaves: u32,
	size: u64,
}

pub async fn run(context: &Context, args: DepositArgs) -> Result<()> {
	let Digested { form, digest, leaves, size } = match (&args.file, args.batch, &args.records) {
		(None, Some(root), Some(records)) => batch(records, root, &args).await?,
		(file, ..) => document(file.clone().unwrap_or_default(), args.algorithm)?,
	};
	let chain = context.chain().await?;
	let call = calls::deposit(Deposit {
		form,
		case: args.case,
		kind: args.kind.into(),
		digest,
		leaves,
		size,
		produced_at: args.produced_at.resolve(&chain.at(Head::Best).await?).await?,
		parent: args.parent,
		replaces: args.replaces,
	});
	let included = context.submit(&chain, &call).await?;
	let deposited: api::evidence::events::Deposited = included.event()?;
	let text = format!("deposited record {}: {}", deposited.id, Written(digest));
	let facts = json!({ "id": deposited.id, "digest": Written(digest).to_string() });
	let next = match args.file.as_deref() {
		Some(file) => next::document_deposited(args.case, file, args.kind, unusual(args.algorithm)),
		None => next::batch_deposited(deposited.id),
	};
	context.output.done(&included, facts, text, Some(&next))
}

/// The algorithm, where `records import` must be told it.
fn unusual(algorithm: AlgorithmArg) -> Option<AlgorithmArg> {
	match algorithm {
		AlgorithmArg::Blake2b256 => None,
		other => Some(other),
	}
}

fn document(file: PathBuf, algorithm: AlgorithmArg) -> Result<Digested, Error> {
	let FileDigest { digest, size } = Paper::File(file).digest_of_file(algorithm.into())?;
	Ok(Digested { form: Form::Document, digest, leaves: 1, size })
}

/// The batch as it is kept now: what was altered since it was made is not deposited, nor what the arbiters
/// would reject for good.
async fn batch(records: &Source, root: Digest, args: &DepositArgs) -> Result<Digested> {
	let missing = || Error::BadInput(format!("{records} has no batch {root}"));
	let lines = records.batch(&root).await?.ok_or_else(missing)?;
	let leaves = split(&lines).unwrap_or_default();
	let tree = (!leaves.is_empty()).then(|| Tree::new(root.algorithm, &leaves));
	let Some(tree) = tree.filter(|tree| tree.root() == root) else {
		let what = format!("{records} holds other records than {root} was taken of");
		return Err(Error::Mismatch(what).into());
	};
	for line in &leaves {
		belongs(&Record::parse(line)?, args.case, args.kind)?;
	}
	let (leaves, size) = (tree.leaves(), lines.len() as u64);
	Ok(Digested { form: Form::Batch, digest: on_chain(root), leaves, size })
}

/// Whether a record may be in evidence of this case and kind.
fn belongs(record: &Record, case: CaseId, kind: EvidenceArg) -> Result<(), Error> {
	if record.case() != case {
		return Err(Error::BadInput(format!(
			"the records of the batch are about case {}, not {case}; the arbiters would reject it",
			record.case()
		)));
	}
	let wanted = EvidenceArg::from(record.evidence());
	match wanted == kind {
		true => Ok(()),
		false => Err(Error::BadInput(format!(
			"the batch has records of kind {}, which belong into evidence of kind {}, not {}; the arbiters would \
			 reject it",
			record.kind(),
			wanted.text(),
			kind.text()
		))),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::primitives::Choice;

	#[test]
	fn what_the_arbiters_would_reject_for_good_is_not_sent() {
		let ballot =
			winddown_sdk::record::ballot(0, 2, 1, &[Choice::FOR], 4, &mut rand::thread_rng());
		belongs(&ballot, 0, EvidenceArg::Ballots).unwrap();
		let refused = |case, kind| belongs(&ballot, case, kind).unwrap_err().to_string();
		assert_eq!(
			refused(5, EvidenceArg::Ballots),
			"the records of the batch are about case 0, not 5; the arbiters would reject it"
		);
		assert_eq!(
			refused(0, EvidenceArg::Other),
			"the batch has records of kind ballot, which belong into evidence of kind ballots, not other; the arbiters \
			 would reject it"
		);
	}
}
