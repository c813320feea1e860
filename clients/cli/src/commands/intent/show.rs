//! Shows intents as their calls have them. The text in the file is nobody's word.

use super::{asked, read};
use crate::{
	context::Context,
	marks,
	output::{end, rows},
};
use anyhow::Result;
use serde::Serialize;
use std::path::Path;
use winddown_sdk::{
	intent::{SignedIntent, Wanted, WrittenIntent},
	Error,
};

/// An intent, with what its call asks for.
#[derive(Serialize)]
struct Shown {
	#[serde(flatten)]
	intent: WrittenIntent,
	/// The document or record that it names.
	digest: Option<String>,
	/// The choices of a ballot, in words.
	choices: Option<String>,
	/// What the file says of it, where that is not what it asks for.
	stated: Option<String>,
}

impl Shown {
	fn new(written: WrittenIntent, signed: &SignedIntent) -> Self {
		let wanted = signed.wanted();
		let action = asked(signed);
		let choices = match &wanted {
			Some(Wanted::Cast { choices, .. }) => Some(marks::in_words_unseen(choices)),
			_ => None,
		};
		let digest = wanted.as_ref().and_then(Wanted::digest).map(|digest| digest.to_string());
		let differs = !written.action.is_empty() && written.action != action;
		let stated = differs.then(|| written.action.clone());
		Self { intent: WrittenIntent { action, ..written }, digest, choices, stated }
	}

	fn row(&self) -> Vec<String> {
		let details = [
			self.choices.clone(),
			self.digest.clone(),
			self.stated.as_ref().map(|stated| format!("THE FILE SAYS OTHERWISE: {stated}")),
		];
		let action: Vec<_> =
			[self.intent.action.clone()].into_iter().chain(details.into_iter().flatten()).collect();
		vec![
			self.intent.case.to_string(),
			self.intent.lender.to_string(),
			action.join("\n"),
			self.intent.sequence.to_string(),
			end(self.intent.valid_until),
		]
	}
}

pub fn run(context: &Context, file: &Path) -> Result<()> {
	let intents: Vec<Shown> =
		read(file)?.into_iter().map(|(written, signed)| Shown::new(written, &signed)).collect();
	context.output.show(&intents, || {
		let head = ["case", "row", "action", "sequence", "valid until"];
		rows(&head, intents.iter().map(Shown::row))
	})?;
	match intents.iter().filter(|shown| shown.stated.is_some()).count() {
		0 => Ok(()),
		count => Err(Error::Mismatch(format!(
			"what the file says of {count} of its intents is not what they ask for"
		))
		.into()),
	}
}
