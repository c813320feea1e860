use crate::{
	certificate::{certificate as pdf_of, Fonts},
	context::Context,
	private,
};
use anyhow::Result;
use clap::Args;
use serde_json::json;
use std::{
	path::{Path, PathBuf},
	time::{Duration, Instant},
};
use winddown_proof::{
	verify::{verify, verify_bundle},
	Anchor, Bundle, Failure, Finding, Hash, Report,
};
use winddown_sdk::Error;

#[derive(Args)]
pub struct VerifyArgs {
	/// The file.
	file: PathBuf,
	/// The hash of the chain's first block, as the institutions publish it.
	#[arg(long, value_name = "HASH")]
	genesis: Hash,
	/// The hash of a later block that you trust, if the file begins there.
	#[arg(long, value_name = "HASH")]
	checkpoint: Option<Hash>,
}

#[derive(Args)]
pub struct CertificateArgs {
	/// The file.
	file: PathBuf,
	/// The hash of the chain's first block; the one that the file begins with if not given.
	#[arg(long, value_name = "HASH")]
	genesis: Option<Hash>,
	/// The hash of the block that the file begins with, if that is not the first one.
	#[arg(long, value_name = "HASH", requires = "genesis")]
	checkpoint: Option<Hash>,
	/// Where the certificate is written.
	#[arg(long, value_name = "FILE.pdf")]
	out: PathBuf,
	/// A font with Chinese, TrueType or OpenType, with #NUMBER for a face of a collection; looked for on this
	/// machine if not given.
	#[arg(long, value_name = "FILE", env = "WINDDOWN_FONT")]
	font: Option<PathBuf>,
}

pub fn run(context: &Context, args: VerifyArgs) -> Result<()> {
	let bytes = read(&args.file)?;
	let anchor = anchor(args.genesis, args.checkpoint);
	let start = Instant::now();
	let verified = verify(&bytes, &anchor);
	let took = start.elapsed();
	match verified {
		Ok(report) => {
			let value = json!({
				"valid": true,
				"bytes": bytes.len(),
				"milliseconds": took.as_secs_f64() * 1_000.0,
				"report": report,
			});
			context.output.show(&value, || in_words(&args.file, &report, took))
		}
		Err(failure) => {
			let value = json!({ "valid": false, "bytes": bytes.len(), "failure": failure });
			context.output.show(&value, || refused(&args.file, &bytes, &failure))?;
			Err(Error::Mismatch(format!("the file proves nothing ({})", failure.code())).into())
		}
	}
}

pub fn certificate(context: &Context, args: CertificateArgs) -> Result<()> {
	let broken = |failure: Failure| {
		Error::Mismatch(format!("the file proves nothing ({}): {failure}", failure.code()))
	};
	let bundle = Bundle::from_bytes(&read(&args.file)?).map_err(broken)?;
	let genesis = match args.genesis {
		Some(genesis) => genesis,
		None => first_block(&bundle)?,
	};
	let report = verify_bundle(&bundle, &anchor(genesis, args.checkpoint)).map_err(broken)?;
	let pdf = pdf_of(&bundle, &report, &Fonts::find(args.font.as_deref())?)?;
	private::create(&args.out, &pdf)?;
	let value = json!({ "file": args.out, "bytes": pdf.len(), "genesis": genesis });
	context.output.show(&value, || {
		let next = match args.genesis {
			Some(_) => String::new(),
			None => format!(
				"\nnext: compare {genesis} with the genesis hash that the institutions publish"
			),
		};
		format!("wrote {} ({} bytes){next}", args.out.display(), pdf.len())
	})
}

/// The block that a file begins with, when it is a chain's first.
fn first_block(bundle: &Bundle) -> Result<Hash, Error> {
	let header = &bundle.origin.header;
	match header.number {
		0 => Ok(header.hash()),
		number => Err(Error::BadInput(format!(
			"the file begins at block {number}: name the genesis hash with --genesis and this block, {}, with \
			 --checkpoint, if you trust it",
			header.hash()
		))),
	}
}

fn anchor(genesis: Hash, checkpoint: Option<Hash>) -> Anchor {
	match checkpoint {
		None => Anchor::Genesis { hash: genesis },
		Some(block) => Anchor::Checkpoint { genesis, block },
	}
}

/// A file of this machine.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
	std::fs::read(path)
		.map_err(|error| Error::File { path: path.into(), reason: error.to_string() })
}

fn in_words(file: &Path, report: &Report, took: Duration) -> String {
	format!(
		"有效 VALID  {}\n\n{}\n{}\n离线核验用时{milliseconds:.1}毫秒 verified offline in {milliseconds:.1} ms",
		file.display(),
		list("已证明 What is proved", &report.proved),
		list("未证明 What is not proved", &report.not_proved),
		milliseconds = took.as_secs_f64() * 1_000.0,
	)
}

fn refused(file: &Path, bytes: &[u8], failure: &Failure) -> String {
	format!(
		"无效 NOT VALID  {}\n\n  {}\n  {}\n{}\n本文件不能证明任何事项。This file proves nothing.",
		file.display(),
		failure.chinese(),
		failure.english(),
		checkpoint_hint(bytes, failure).unwrap_or_default(),
	)
}

/// What to do with a file that does not begin at genesis.
fn checkpoint_hint(bytes: &[u8], failure: &Failure) -> Option<String> {
	let header = Bundle::from_bytes(bytes).ok()?.origin.header;
	let begins_later = *failure == Failure::OtherChain && header.number > 0;
	begins_later.then(|| {
		let (number, hash) = (header.number, header.hash());
		format!(
			"\n  本文件自区块{number}起证明。若您信任该区块，请加上 --checkpoint {hash}\n  The file begins at block \
			 {number}. If you trust that block, add --checkpoint {hash}\n"
		)
	})
}

fn list(title: &str, findings: &[Finding]) -> String {
	let lines = findings
		.iter()
		.enumerate()
		.map(|(at, finding)| format!("  {:>2}. {}\n      {}\n", at + 1, finding.zh, finding.en));
	format!("{title}\n{}", lines.collect::<String>())
}
