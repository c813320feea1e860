use super::verify::read;
use crate::context::Context;
use anyhow::Result;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use winddown_proof::{
	digest::Digest,
	receipt::Receipt,
	record::{text_lines, Record},
	Hash,
};
use winddown_sdk::{digest::Written, Error, Missing};

#[derive(Args)]
pub struct ReceiptArgs {
	/// The poll.
	#[arg(long, requires = "lender", required_unless_present = "record")]
	poll: Option<u32>,
	/// The lender's row.
	#[arg(long, requires = "poll")]
	lender: Option<u32>,
	/// The record that the lender kept; needs no node.
	#[arg(long, value_name = "FILE", conflicts_with = "poll", requires = "genesis")]
	record: Option<PathBuf>,
	/// The hash of the chain's first block.
	#[arg(long, value_name = "HASH")]
	genesis: Option<Hash>,
}

/// A ballot with the code of its receipt.
struct Coded {
	poll: u32,
	lender: u32,
	digest: Digest,
	receipt: Receipt,
}

pub async fn run(context: &Context, args: ReceiptArgs) -> Result<()> {
	let coded = match (args.record, args.genesis) {
		(Some(file), Some(genesis)) => of_file(&read(&file)?, &genesis)?,
		_ => {
			let (poll, lender) = (args.poll.unwrap_or_default(), args.lender.unwrap_or_default());
			vec![of_chain(context, poll, lender).await?]
		}
	};
	let values: Vec<_> = coded
		.iter()
		.map(|Coded { poll, lender, digest, receipt }| {
			json!({ "poll": poll, "lender": lender, "record": digest.to_string(), "receipt": receipt })
		})
		.collect();
	context.output.show(&values, || {
		let lines = coded.iter().map(|coded| coded.receipt.to_string());
		lines.collect::<Vec<_>>().join("\n")
	})
}

/// The ballot that counts now, by the last final block or, with `--wait in-block`, the newest one.
async fn of_chain(context: &Context, poll: u32, lender: u32) -> Result<Coded, Error> {
	let chain = context.chain().await?;
	let at = context.state_of(&chain).await?;
	let missing = || Error::NotFound(Missing::Ballot { poll, lender });
	let ballot = at.ballot(poll, lender).await?.ok_or_else(missing)?;
	let digest: Digest = Written(ballot.record)
		.to_string()
		.parse()
		.map_err(|error| Error::Node(format!("its ballot has a malformed digest: {error}")))?;
	Ok(coded(&Hash(chain.genesis()), poll, lender, digest))
}

/// The ballots whose records stand in a file, a line each.
fn of_file(bytes: &[u8], genesis: &Hash) -> Result<Vec<Coded>, Error> {
	let lines = text_lines(bytes).into_iter().enumerate();
	lines
		.filter(|(_, line)| !line.is_empty())
		.map(|(at, line)| {
			let bad = |reason: String| Error::BadInput(format!("line {}: {reason}", at + 1));
			match Record::parse(line).map_err(|error| bad(error.to_string()))? {
				Record::Ballot(ballot) => {
					let digest = ballot.algorithm.hash(line);
					Ok(coded(genesis, ballot.poll, ballot.lender, digest))
				}
				other => Err(bad(format!("a {} has no receipt, only a ballot does", other.kind()))),
			}
		})
		.collect()
}

fn coded(genesis: &Hash, poll: u32, lender: u32, digest: Digest) -> Coded {
	Coded { poll, lender, digest, receipt: Receipt::new(genesis, poll, lender, &digest) }
}
