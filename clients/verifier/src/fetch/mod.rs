//! Makes a case archive from a node, over plain JSON-RPC.
//!
//! The node must keep all blocks and all states (`--state-pruning archive --blocks-pruning archive`).
//! Nothing that it answers is believed by the audit, but for the metadata. What was fetched stays in
//! `FILE.part` until all is there: an interrupted fetch goes on where it stopped.

pub(crate) mod node;
mod resume;

use crate::{
	archive::{trie::EVENTS_KEY, ArchiveError, Block, Hash, Head, Metadata, Writer},
	chain::storage::prefix,
};
use futures::{stream, StreamExt, TryStreamExt};
use indicatif::{ProgressBar, ProgressStyle};
use node::Node;
use resume::Part;
use std::{
	fs::File,
	io::BufWriter,
	path::{Path, PathBuf},
};
use thiserror::Error;

/// Blocks asked for at once.
const AT_ONCE: usize = 32;
/// Blocks between two points from which a fetch can go on.
const CHECKPOINT: u32 = 512;
/// Keys of the state asked for at once.
const KEYS: u32 = 512;

/// Why an archive could not be fetched.
#[derive(Debug, Error)]
pub enum FetchError {
	/// The node does not answer.
	#[error("the node does not answer: {0}")]
	Node(jsonrpsee::core::client::Error),
	/// The node refuses.
	#[error("the node refuses: {message} ({code})")]
	Refused {
		/// The code of JSON-RPC.
		code: i32,
		/// What it says.
		message: String,
	},
	/// The node threw an old state away.
	#[error(
		"the node no longer keeps the states of old blocks, which an archive needs; name one that was started with \
		 --state-pruning archive --blocks-pruning archive"
	)]
	StateGone,
	/// An answer is larger than the node sends, and cannot be asked for in parts.
	#[error(
		"the node's answer is larger than it may send; name one that was started with a higher \
		 --rpc-max-response-size (in MiB)"
	)]
	AnswerTooLarge,
	/// The node answers with something that makes no sense.
	#[error("the node's answer makes no sense: {0}")]
	Answer(String),
	/// The file cannot be written.
	#[error(transparent)]
	Archive(#[from] ArchiveError),
	/// The file cannot be written.
	#[error("{0}")]
	Io(#[from] std::io::Error),
}

/// The state of a block that the node has cannot be read: it threw the state away.
const STATE: i32 = 4_003;
/// The answer, or the request, is larger than the node sends or takes.
const TOO_LARGE: [i32; 2] = [-32_008, -32_007];

impl From<jsonrpsee::core::client::Error> for FetchError {
	/// By the codes of JSON-RPC, not by words.
	fn from(error: jsonrpsee::core::client::Error) -> Self {
		let jsonrpsee::core::client::Error::Call(refusal) = error else { return Self::Node(error) };
		match refusal.code() {
			STATE => Self::StateGone,
			code if TOO_LARGE.contains(&code) => Self::AnswerTooLarge,
			code => Self::Refused { code, message: refusal.message().into() },
		}
	}
}

/// Whether the terminal shows how far a fetch is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
	/// A bar.
	Shown,
	/// Nothing.
	Hidden,
}

/// Fetches everything from block 0 to the newest justified block of the node at `url` into the file
/// `out`; the number of that block.
pub async fn fetch(url: &str, out: &Path, progress: Progress) -> Result<u32, FetchError> {
	let node = Node::connect(url).await?;
	let (mut writer, mut fetched) = begin(&node, out).await?;
	let target = fetched.head.target;
	let bar = bar(progress, target.into(), "blocks");
	bar.set_position(fetched.blocks.into());
	while fetched.blocks <= target {
		let end = target.min(fetched.blocks.saturating_add(CHECKPOINT - 1));
		let mut blocks =
			stream::iter(fetched.blocks..=end).map(|number| block(&node, number)).buffered(AT_ONCE);
		while let Some((parent, mut block)) = blocks.try_next().await? {
			if !fetched.versions.contains(&block.spec_version) {
				let (spec_version, bytes) = (block.spec_version, node.metadata(&parent).await?);
				writer.metadata(Metadata { spec_version, bytes })?;
				fetched.versions.push(spec_version);
			}
			if fetched.blocks == target {
				block.justification.get_or_insert_with(|| fetched.justification.clone());
			}
			writer.block(block)?;
			fetched.blocks += 1;
			bar.inc(1);
		}
		fetched.written = writer.checkpoint()?;
		fetched.save(&part(out))?;
	}
	bar.finish_and_clear();
	state(&node, &mut writer, target, progress).await?;
	writer.finish()?;
	std::fs::rename(part(out), out)?;
	resume::forget(&part(out))?;
	Ok(target)
}

type FileWriter = Writer<BufWriter<File>>;

/// A new file, or the one of an interrupted fetch of the same chain.
async fn begin(node: &Node, out: &Path) -> Result<(FileWriter, Part), FetchError> {
	let genesis = node.block_hash(0).await?;
	if let Some((file, known)) = Part::load(&part(out))? {
		if known.head.genesis == genesis {
			let writer = Writer::resume(BufWriter::new(file), known.written, known.blocks)?;
			return Ok((writer, known));
		}
	}
	let (target, justification) = node.newest_justified().await?;
	let institutions = prefix("Consortium", "Institutions");
	let mut keys = node.keys(&institutions, None, KEYS, &genesis).await?;
	for entry in ["Authorities", "CurrentSetId", "PendingChange"] {
		keys.push(prefix("Grandpa", entry).to_vec());
	}
	let genesis_proof = node.read_proof(&keys, &genesis).await?;
	let head = Head { genesis, chain: node.chain().await?, target, genesis_proof };
	let writer = Writer::create(&part(out), &head)?;
	Ok((writer, Part { written: 0, blocks: 0, head, justification, versions: vec![] }))
}

/// A block, and the hash of the block before it, whose state says which runtime executed it.
async fn block(node: &Node, number: u32) -> Result<(Hash, Block), FetchError> {
	let hash = node.block_hash(number).await?;
	let body = node.block(&hash).await?;
	let parent = match number {
		0 => hash,
		_ => body.parent,
	};
	let spec_version = node.spec_version(&parent).await?;
	let events_proof = match number {
		0 => vec![],
		_ => node.read_proof(&[EVENTS_KEY.to_vec()], &hash).await?,
	};
	let node::Body { header, extrinsics, justification, .. } = body;
	Ok((parent, Block { header, spec_version, extrinsics, events_proof, justification }))
}

async fn state(
	node: &Node,
	writer: &mut FileWriter,
	target: u32,
	progress: Progress,
) -> Result<(), FetchError> {
	let at = node.block_hash(target).await?;
	let bar = bar(progress, 0, "values");
	let mut last: Option<Vec<u8>> = None;
	loop {
		let keys = node.keys(&[], last.as_deref(), KEYS, &at).await?;
		let Some(newest) = keys.last().cloned() else { break };
		let pairs = node.values(&keys, &at).await?;
		bar.inc(pairs.len() as u64);
		writer.state(pairs)?;
		last = Some(newest);
	}
	bar.finish_and_clear();
	Ok(())
}

fn part(out: &Path) -> PathBuf {
	let mut name = out.as_os_str().to_owned();
	name.push(".part");
	name.into()
}

fn bar(progress: Progress, length: u64, what: &'static str) -> ProgressBar {
	let bar = match (progress, length) {
		(Progress::Hidden, _) => ProgressBar::hidden(),
		(Progress::Shown, 0) => ProgressBar::new_spinner(),
		(Progress::Shown, _) => ProgressBar::new(length),
	};
	let template = match length {
		0 => "{spinner} {pos} {msg}",
		_ => "{bar:40} {pos}/{len} {msg}, {eta} left",
	};
	let style = ProgressStyle::with_template(template);
	bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
	bar.with_message(what)
}

#[cfg(test)]
mod tests {
	use super::*;
	use jsonrpsee::{core::client::Error, types::ErrorObjectOwned};

	fn told(code: i32) -> String {
		// The words say something else than the code on purpose.
		let refusal = ErrorObjectOwned::owned(code, "Client error: something", None::<()>);
		FetchError::from(Error::Call(refusal)).to_string()
	}

	#[test]
	fn a_nodes_refusal_is_told_by_its_code_with_the_flag_that_helps() {
		let gone = told(4_003);
		assert!(gone.contains("--state-pruning archive --blocks-pruning archive"), "{gone}");
		for code in [-32_008, -32_007] {
			let large = told(code);
			assert!(large.contains("--rpc-max-response-size"), "{large}");
		}
		assert_eq!(told(-32_000), "the node refuses: Client error: something (-32000)");
		for text in [gone, told(-32_008), told(-32_000)] {
			assert!(!text.contains("ErrorObject"), "{text}");
		}
	}
}
