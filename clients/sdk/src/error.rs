use crate::{key_file::KeyKind, missing::Missing, refusal, refusal::NotAccepted, roll::Problem};
use std::path::PathBuf;
use winddown_primitives::{CaseId, LenderIndex, PoolRefusal};
use winddown_proof::count::counted;

/// What went wrong, for a person to read. What to do about it is for each program to say.
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
	/// An unencrypted connection to another machine, that nobody allowed.
	#[error("{0} is another machine, and the connection to it would not be encrypted")]
	InsecureUrl(String),
	/// The node went away in the middle.
	#[error("the connection to the node was lost: {0}")]
	Disconnected(String),
	/// The node did not answer a call in time.
	#[error("the node did not answer within {seconds} seconds ({method})")]
	NoAnswer {
		/// The remote call.
		method: String,
		/// How long it was waited for.
		seconds: u64,
	},
	/// The node takes no more calls of this client for the moment.
	#[error("the node takes no more calls for the moment: {0}")]
	TooOften(String),
	/// The node answered with an error.
	#[error("the node failed to answer: {0}")]
	Node(String),
	/// The chain speaks another version than this client.
	#[error("the chain's runtime does not fit this client: {0}")]
	Incompatible(String),
	/// The node has no proof yet that a block is final.
	#[error("the node does not have the validators' votes on this block yet")]
	NotYetFinal,
	/// A transaction did not enter the pool, or left it without a block.
	#[error("the transaction was not accepted: {0}")]
	NotAccepted(NotAccepted),
	/// A rule of the chain keeps a transaction out of every block.
	#[error("the transaction was not accepted: {}", refusal::in_words(*.0))]
	Refused(PoolRefusal),
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
	/// The chain does not have it.
	#[error("{0} does not exist on this chain")]
	NotFound(Missing),
	/// The node threw an old state away; that of a block, where it is known which.
	#[error("the node no longer keeps the state of {}", .0.map_or("an old block".into(), |block| format!("block {block}")))]
	StateGone(Option<u32>),
	/// An answer is larger than the node sends.
	#[error("the node's answer is larger than it may send")]
	AnswerTooLarge,
	/// Another transaction of the key waits, and comes first.
	#[error("another transaction of this key is on its way: somebody else, or another window, acts with it now")]
	KeyInUse,
	/// The node has this very transaction.
	#[error("the node has this transaction already, and no block took it yet")]
	KnownAlready,
	/// The node's pool is full.
	#[error("the node's pool is full of other transactions")]
	PoolFull,
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
	/// A file of this name holds something already, and may be the only copy of a secret.
	#[error("{} exists already", .0.display())]
	SecretExists(PathBuf),
	/// A file holds a key of another kind, or of another case.
	#[error("{} holds {found}, not {wanted}", path.display())]
	OtherKeyFile {
		/// The file.
		path: PathBuf,
		/// What it holds.
		found: KeyKind,
		/// What is needed.
		wanted: KeyKind,
	},
	/// A file holds digits, and nothing says what they are.
	#[error("{} does not say which key it is; it must be {wanted}", path.display())]
	UnmarkedKeyFile {
		/// The file.
		path: PathBuf,
		/// What is needed.
		wanted: KeyKind,
	},
	/// A command that signs was given no key.
	#[error("no key was given")]
	NoKey,
	/// A good key that no row has.
	#[error("{what}")]
	KeyNotBound {
		/// The key or the row, and what is missing.
		what: String,
		/// The case.
		case: CaseId,
	},
	/// A good key that may not sign for a row.
	#[error("{what}")]
	KeyNotOfRow {
		/// Why it may not.
		what: String,
		/// The case.
		case: CaseId,
		/// The row.
		lender: LenderIndex,
	},
	/// A key cannot be made of this text.
	#[error("this is no key: {0}")]
	BadKey(String),
	/// A file of lenders is bad.
	#[error("the file has {}; nothing was sent", counted(.0.len(), "problem", "problems"))]
	BadFile(Vec<Problem>),
	/// The roll is locked.
	#[error("the roll of case {0} is locked; nothing can be imported or cleared any more")]
	RollLocked(CaseId),
	/// The roll is being cleared.
	#[error("the roll of case {case} is being cleared; {} left", counted(*.rows, "row is", "rows are"))]
	RollClearing {
		/// The case.
		case: CaseId,
		/// Rows that are left.
		rows: u32,
	},
	/// Other rows were imported than those of the file.
	#[error(
		"{} on chain, not the first of the {} of this file: another file was imported, by another clerk perhaps, or \
		 with another case key",
		counted(*.rows, "row is", "rows are"),
		counted(*.lines, "row", "rows")
	)]
	OtherRoll {
		/// The case.
		case: CaseId,
		/// Rows on chain.
		rows: usize,
		/// Rows of the file.
		lines: usize,
	},
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
			| Self::InsecureUrl(_)
			| Self::NotYetFinal
			| Self::Disconnected(_)
			| Self::NoAnswer { .. }
			| Self::TooOften(_)
			| Self::Node(_)
			| Self::Incompatible(_)
			| Self::StateGone(_)
			| Self::AnswerTooLarge
			| Self::TimedOut { .. } => ErrorKind::Connection,
			Self::NotAccepted(_)
			| Self::Refused(_)
			| Self::KeyInUse
			| Self::KnownAlready
			| Self::PoolFull
			| Self::Failed { .. }
			| Self::IntentsRefused(_)
			| Self::NotFound(_) => ErrorKind::Refused,
			Self::File { .. }
			| Self::SecretExposed { .. }
			| Self::SecretExists(_)
			| Self::OtherKeyFile { .. }
			| Self::UnmarkedKeyFile { .. }
			| Self::NoKey
			| Self::KeyNotBound { .. }
			| Self::KeyNotOfRow { .. }
			| Self::BadKey(_)
			| Self::BadFile(_)
			| Self::RollLocked(_)
			| Self::BadInput(_) => ErrorKind::Input,
			Self::OtherRoll { .. } | Self::RollClearing { .. } | Self::Mismatch(_) => {
				ErrorKind::Mismatch
			}
		}
	}
}
