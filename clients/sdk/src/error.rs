use crate::roll::Problem;
use std::path::PathBuf;

/// What went wrong, for a person to read; [`Error::next_step`] says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// No node answers.
	#[error("cannot reach a node at {url}: {reason}")]
	Unreachable {
		/// Where it was looked for.
		url: String,
		/// What the connection said.
		reason: String,
	},
	/// The node answered with an error.
	#[error("the node failed to answer: {0}")]
	Node(String),
	/// The chain speaks another version than this client.
	#[error("the chain's runtime does not fit this client: {0}")]
	Incompatible(String),
	/// A transaction did not enter the pool, or left it without a block.
	#[error("the transaction was not accepted: {0}")]
	NotAccepted(String),
	/// A transaction was in a block, and failed there.
	#[error("{pallet}: {name}: {explanation}")]
	Failed {
		/// The pallet that refused.
		pallet: String,
		/// The error's name.
		name: String,
		/// The error's documentation: why, and what avoids it.
		explanation: String,
	},
	/// Some intents of a batch were not carried out.
	#[error("{} refused", counted(*.0, "intent was", "intents were"))]
	IntentsRefused(usize),
	/// The chain has nothing under this name.
	#[error("{0} does not exist on this chain")]
	NotFound(String),
	/// The node threw an old state away.
	#[error("the node no longer keeps the state of block {0}")]
	StateGone(u32),
	/// A transaction neither entered a block nor failed.
	#[error("no block took the transaction within {seconds} seconds")]
	TimedOut {
		/// How long it was waited for.
		seconds: u64,
	},
	/// A file cannot be read or written.
	#[error("{}: {reason}", path.display())]
	File {
		/// The file.
		path: PathBuf,
		/// What the system said.
		reason: String,
	},
	/// Others may read a file that holds a secret.
	#[error("{} holds a secret, and others may read it (mode {mode:o})", path.display())]
	SecretExposed {
		/// The file.
		path: PathBuf,
		/// Its permissions.
		mode: u32,
	},
	/// A key cannot be made of this text.
	#[error("this is no key: {0}")]
	BadKey(String),
	/// A file of lenders is bad.
	#[error("the file has {}; nothing was sent", counted(.0.len(), "problem", "problems"))]
	BadFile(Vec<Problem>),
	/// An argument makes no sense.
	#[error("{0}")]
	BadInput(String),
	/// What the chain holds differs from what it should hold.
	#[error("{0}")]
	Mismatch(String),
}

/// What kind of trouble it is; the exit code of a command follows from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
	/// The input is bad: a file, an argument, a key.
	Input,
	/// No node answers, or not as it should.
	Connection,
	/// The chain refused.
	Refused,
	/// Something was compared and differs.
	Mismatch,
}

impl Error {
	/// What kind of trouble it is.
	pub const fn kind(&self) -> ErrorKind {
		match self {
			Self::Unreachable { .. }
			| Self::Node(_)
			| Self::Incompatible(_)
			| Self::StateGone(_)
			| Self::TimedOut { .. } => ErrorKind::Connection,
			Self::NotAccepted(_)
			| Self::Failed { .. }
			| Self::IntentsRefused(_)
			| Self::NotFound(_) => ErrorKind::Refused,
			Self::File { .. }
			| Self::SecretExposed { .. }
			| Self::BadKey(_)
			| Self::BadFile(_)
			| Self::BadInput(_) => ErrorKind::Input,
			Self::Mismatch(_) => ErrorKind::Mismatch,
		}
	}

	/// What to do next.
	pub fn next_step(&self) -> Option<String> {
		Some(match self {
			Self::Unreachable { .. } => {
				"start a node, or name another one with --url ws://HOST:PORT".into()
			}
			Self::Incompatible(_) => {
				"use the client of the same release as the chain's runtime".into()
			}
			Self::NotAccepted(reason)
				if reason.contains("stale") || reason.contains("outdated") =>
			{
				"another transaction of this key was faster; run the command again".into()
			}
			Self::NotAccepted(_) => {
				"check that the key belongs to an admitted institution that is not suspended".into()
			}
			Self::TimedOut { .. } => {
				"look whether the chain makes blocks (winddown chain); then run it again".into()
			}
			Self::SecretExposed { path, .. } => format!("chmod 600 {}", path.display()),
			Self::BadKey(_) => {
				"give a SURI such as //Platform, a mnemonic or a 0x seed, or --key-file FILE".into()
			}
			Self::BadFile(_) => {
				"mend the lines named above in the system that exported them, then run it again"
					.into()
			}
			Self::Failed { name, .. } => return crate::advice::next_step(name),
			Self::IntentsRefused(_) => {
				"the reasons stand above; let the lenders concerned sign again".into()
			}
			Self::StateGone(_) => "ask a node that was started with --state-pruning archive".into(),
			Self::NotFound(_) => "check the number with the matching `show` command".into(),
			Self::Node(_) | Self::File { .. } | Self::BadInput(_) | Self::Mismatch(_) => {
				return None
			}
		})
	}
}

fn counted(count: usize, one: &str, many: &str) -> String {
	format!("{count} {}", if count == 1 { one } else { many })
}
