//! What lenders sign, and how it reaches the chain.

pub mod clock;
mod show;
mod sign;
mod submit;

pub use sign::{MatterArg, VoteArg};

use crate::context::Context;
use anyhow::Result;
use clap::Subcommand;
use std::path::{Path, PathBuf};
use winddown_sdk::{
	intent::{SignedIntent, WrittenIntent},
	Error,
};

#[derive(Subcommand)]
pub enum IntentCommand {
	/// Sign what a lender wants (lender). Follows the chain's time if a node of the chain answers, else
	/// this machine's clock, with a warning.
	Sign(Box<sign::SignArgs>),
	/// Hand in the intents of a file one by one; needs no account.
	Submit {
		/// The file, an intent a line.
		file: PathBuf,
	},
	/// Hand in the intents of a file in batches (operator).
	SubmitBatch {
		/// The file, an intent a line.
		file: PathBuf,
	},
	/// Show what the intents of a file ask for; needs no node.
	Show {
		/// The file, an intent a line.
		file: PathBuf,
	},
}

pub async fn run(context: &Context, command: IntentCommand) -> Result<()> {
	match command {
		IntentCommand::Sign(args) => sign::run(context, *args).await,
		IntentCommand::Submit { file } => submit::one_by_one(context, &file).await,
		IntentCommand::SubmitBatch { file } => submit::in_batches(context, &file).await,
		IntentCommand::Show { file } => show::run(context, &file),
	}
}

/// The intents of a file, as they are written and as they are signed.
fn read(file: &Path) -> Result<Vec<(WrittenIntent, SignedIntent)>, Error> {
	let text = String::from_utf8(super::evidence::read(file)?)
		.map_err(|_| Error::BadInput("the file is not text in UTF-8".into()))?;
	let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
	let intents: Vec<_> = lines
		.map(|(at, line)| {
			let bad = |reason: String| Error::BadInput(format!("line {}: {reason}", at + 1));
			let written: WrittenIntent =
				serde_json::from_str(line).map_err(|error| bad(error.to_string()))?;
			let signed = written.read().map_err(|error| bad(error.to_string()))?;
			Ok((written, signed))
		})
		.collect::<Result<_, Error>>()?;
	match intents.is_empty() {
		true => Err(Error::BadInput("the file has no intents".into())),
		false => Ok(intents),
	}
}

/// What an intent asks for, from its call.
fn asked(signed: &SignedIntent) -> String {
	signed.wanted().map_or("nothing that lenders may do".into(), |wanted| wanted.to_string())
}
