use super::{
	plaintext::{self, Kept},
	prove::{self, Proved},
	verify::read,
};
use crate::{
	certificate::{certificate, Fonts},
	context::Context,
	next, private, renamed,
};
use anyhow::Result;
use clap::{ArgGroup, Args};
use serde_json::json;
use std::path::{Path, PathBuf};
use winddown_proof::{
	authorities,
	bundle::{Bundle, Claim, Origin},
	verify::verify_bundle,
	Anchor, Failure, Hash, Phase, Receipt, Report, Subject,
};
use winddown_records::source::Source;
use winddown_sdk::{
	chain::{Chain, Final},
	Error,
};

/// What a ballot's receipt shall not exceed without its certificate (docs/bundle.md).
const RECEIPT_BYTES: usize = 16 * 1024;

#[derive(Args)]
#[command(group(
	ArgGroup::new("what").required(true).args(["id", "receipt", "ballot", "no_ballot", "outcome"])
))]
pub struct ExportArgs {
	/// The evidence record.
	id: Option<u64>,
	/// The ballot of this receipt code.
	#[arg(long, value_name = "CODE")]
	receipt: Option<Receipt>,
	/// The ballot of a lender.
	#[arg(long, requires = "poll", requires = "lender")]
	ballot: bool,
	/// That a lender has no ballot.
	#[arg(long, requires = "poll", requires = "lender")]
	no_ballot: bool,
	/// The result of a closed poll, with what each test of its rules measured.
	#[arg(long, requires = "poll", conflicts_with_all = ["lender", "records", "record"])]
	outcome: bool,
	/// The poll.
	#[arg(long, conflicts_with_all = ["id", "receipt"])]
	poll: Option<u32>,
	/// The lender's row.
	#[arg(long, conflicts_with_all = ["id", "receipt"])]
	lender: Option<u32>,
	/// The operator's records, for the plaintext: what `winddown records export` wrote, or its database.
	#[arg(long, value_name = "FILE|FOLDER|URL", conflicts_with_all = ["record", "no_ballot"])]
	records: Option<Source>,
	/// A file with the plaintext: the record that a lender kept, a document, or the lines of a batch.
	#[arg(long, value_name = "FILE", conflicts_with = "no_ballot")]
	record: Option<PathBuf>,
	/// Show only this record of a batch, counted from 0; all of it if not given.
	#[arg(long, value_name = "POSITION", requires = "id")]
	leaf: Option<u32>,
	/// The first block with kept votes from this number on; the newest one if not given.
	#[arg(long, value_name = "NUMBER")]
	block: Option<u32>,
	/// Begin at this final block instead of the first one; whoever verifies must know its hash.
	#[arg(long, value_name = "HASH")]
	checkpoint: Option<Hash>,
	/// Take the beginning from another proof of this chain, when the node no longer keeps the first state.
	#[arg(long, value_name = "FILE.wdproof")]
	origin: Option<PathBuf>,
	/// Where the proof is written; a name of its own in this folder if not given.
	#[arg(long, value_name = "FILE.wdproof")]
	out: Option<PathBuf>,
	/// What wrote the certificate beside it once.
	#[arg(long = "pdf", hide = true, value_parser = renamed::pdf)]
	_pdf: Option<renamed::Never>,
	/// Leave the certificate out of the proof, which makes it small.
	#[arg(long)]
	no_certificate: bool,
	/// A font with Chinese, TrueType or OpenType, with #NUMBER for a face of a collection; looked for on this
	/// machine if not given.
	#[arg(long, value_name = "FILE", env = "WINDDOWN_FONT", conflicts_with = "no_certificate")]
	font: Option<PathBuf>,
}

pub async fn run(context: &Context, args: ExportArgs) -> Result<()> {
	// What is missing on this machine is said before a node is asked.
	let fonts = match args.no_certificate {
		true => None,
		false => Some(Fonts::find(args.font.as_deref())?),
	};
	let chain = context.chain().await?;
	let spinner = context.spinner("collecting the proof");
	let made = make(&chain, &args).await;
	spinner.finish_and_clear();
	let (mut bundle, report) = made?;

	let proof_bytes = bundle.to_bytes().len();
	let pdf = fonts.map(|fonts| certificate(&bundle, &report, &fonts)).transpose()?;
	bundle.certificate = pdf;
	let out = args.out.clone().unwrap_or_else(|| file_name(&bundle.statement));
	let bytes = bundle.to_bytes();
	private::create(&out, &bytes)?;

	let genesis = Hash(chain.genesis());
	let value = json!({
		"file": out,
		"bytes": bytes.len(),
		"bytes_without_certificate": proof_bytes,
		"plaintext": bundle.plaintext.is_some(),
		"genesis": genesis,
		"report": report,
	});
	context.output.show(&value, || {
		format!(
			"wrote {} ({} bytes, {proof_bytes} without the certificate): {}\n{}{}{}next: {}",
			out.display(),
			bytes.len(),
			report.proved.first().map(|finding| finding.en.as_str()).unwrap_or_default(),
			open_poll(&report).unwrap_or_default(),
			no_plaintext(&bundle, &report).unwrap_or_default(),
			is_long(&bundle, proof_bytes).unwrap_or_default(),
			next::proof_written(&out, &genesis, args.checkpoint),
		)
	})
}

/// Makes the bundle and verifies it as its receiver will.
async fn make(chain: &Chain, args: &ExportArgs) -> Result<(Bundle, Report)> {
	let at = match args.block {
		Some(number) => chain.finality_from(number).await?,
		None => chain.newest_final().await?,
	};
	let anchor = prove::anchor(chain, args.checkpoint);
	let proved = values(chain, &at, args).await?;
	let content = proved.record.as_ref().map(|record| record.content);
	let origin = match &args.origin {
		None => chain.origin(prove::beginning(&anchor)).await?,
		Some(file) => origin_of(file, &anchor)?,
	};
	let mut bundle = prove::bundle(chain, at, &anchor, proved, origin).await?;
	let check =
		|bundle: &Bundle| verify_bundle(bundle, &anchor).map_err(|failure| not_proved(&failure));
	let mut report = check(&bundle)?;
	let kept = Kept { records: args.records.as_ref(), file: args.record.as_deref() };
	bundle.plaintext = match (&report.subject, content) {
		(Subject::Ballot { ballot, .. }, _) => plaintext::of_ballot(&kept, &ballot.record).await?,
		(_, Some(content)) => plaintext::of_evidence(&kept, &content, args.leaf).await?,
		_ => None,
	};
	if bundle.plaintext.is_some() {
		report = check(&bundle)?;
	}
	if let (Some(wanted), Subject::Ballot { ballot, .. }) = (args.receipt, &report.subject) {
		if ballot.receipt != wanted {
			return Err(Error::Mismatch(format!(
				"{wanted} is the receipt of a ballot that was replaced since; the one that counts has {}",
				ballot.receipt
			))
			.into());
		}
	}
	Ok((bundle, report))
}

/// The beginning of another proof.
fn origin_of(file: &Path, anchor: &Anchor) -> Result<Origin, Error> {
	let broken = |failure: Failure| Error::File { path: file.into(), reason: failure.to_string() };
	let origin = Bundle::from_bytes(&read(file)?).map_err(broken)?.origin;
	authorities::begin(&origin, anchor).map_err(broken)?;
	Ok(origin)
}

fn not_proved(failure: &Failure) -> Error {
	Error::Mismatch(format!("this cannot be proved ({}): {failure}", failure.code()))
}

async fn values(chain: &Chain, at: &Final, args: &ExportArgs) -> Result<Proved, Error> {
	if let Some(id) = args.id {
		return prove::evidence(chain, at, id).await;
	}
	if args.outcome {
		return prove::outcome(chain, at, args.poll.unwrap_or_default()).await;
	}
	let (poll, lender) = match args.receipt {
		Some(receipt) => {
			let genesis = chain.genesis();
			if !genesis.starts_with(&receipt.genesis) {
				return Err(Error::BadInput(format!("{receipt} is a receipt of another chain")));
			}
			(receipt.poll, receipt.lender)
		}
		None => (args.poll.unwrap_or_default(), args.lender.unwrap_or_default()),
	};
	let case = prove::case_of_poll(chain, at, poll).await?;
	let claim = match args.no_ballot {
		true => Claim::NoBallot { case, poll, lender },
		false => Claim::Ballot { case, poll, lender },
	};
	prove::ballot(chain, at, claim).await
}

fn file_name(claim: &Claim) -> PathBuf {
	let name = match claim {
		Claim::Ballot { poll, lender, .. } => format!("ballot-{poll}-{lender}"),
		Claim::NoBallot { poll, lender, .. } => format!("no-ballot-{poll}-{lender}"),
		Claim::Evidence { id } => format!("evidence-{id}"),
		Claim::Outcome { poll, .. } => format!("outcome-{poll}"),
	};
	format!("{name}.wdproof").into()
}

/// A receipt that grew with the changes of validators since its beginning.
fn is_long(bundle: &Bundle, proof_bytes: usize) -> Option<&'static str> {
	let of_ballot = matches!(bundle.statement, Claim::Ballot { .. } | Claim::NoBallot { .. });
	(of_ballot && proof_bytes > RECEIPT_BYTES).then_some(
		"note: the proof is longer than 16 KiB, because the validators changed since its beginning; with \
		 --checkpoint and the hash of a later block, which its receiver must know, it is short again\n",
	)
}

fn open_poll(report: &Report) -> Option<&'static str> {
	match &report.subject {
		Subject::Ballot { poll, .. } | Subject::NoBallot { poll, .. }
			if poll.phase == Phase::Voting =>
		{
			Some("note: the poll is still open; export again after its end\n")
		}
		_ => None,
	}
}

fn no_plaintext(bundle: &Bundle, report: &Report) -> Option<&'static str> {
	match (&bundle.plaintext, &report.subject) {
		(Some(_), _) | (None, Subject::NoBallot { .. } | Subject::Outcome { .. }) => None,
		(None, Subject::Evidence(evidence)) if evidence.producer.is_none() => {
			Some("note: the record is of a value of the chain itself, which is not in the file\n")
		}
		(None, Subject::Ballot { .. } | Subject::Evidence(_)) => {
			Some("note: without the plaintext; give --records FILE or --record FILE to add it\n")
		}
	}
}
