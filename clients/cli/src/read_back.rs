//! What cannot be undone, or only for a while, is read back to whoever is about to send it, and asked for.

use crate::{context::Context, output::facts};
use anyhow::Result;
use clap::Args;
use std::io::{self, BufRead, IsTerminal, Write};
use winddown_sdk::Error;

/// For commands that read back what they are about to send.
#[derive(Args, Clone, Copy)]
pub struct YesArg {
	/// Send it without asking; what is sent is told all the same.
	#[arg(long)]
	pub yes: bool,
}

/// How a question is answered.
pub enum Answer<'a> {
	/// Beforehand, with `--yes`.
	Given,
	/// On the terminal.
	Asked(&'a mut dyn BufRead),
	/// By nobody: there is no terminal, or what is read is JSON.
	Nobody,
}

impl<'a> Answer<'a> {
	/// With `--yes`, else on the terminal if there is one.
	pub fn of(context: &Context, yes: YesArg, terminal: &'a mut dyn BufRead) -> Self {
		match () {
			() if yes.yes => Self::Given,
			() if context.global.json || !io::stdin().is_terminal() => Self::Nobody,
			() => Self::Asked(terminal),
		}
	}
}

/// Asks on the terminal; what is not a clear yes is a no.
pub fn is_yes(question: &str, terminal: &mut dyn BufRead, out: &mut dyn Write) -> bool {
	// Who closed the other end reads nothing, and nothing is asked of them.
	write!(out, "{question} [y/N] ").and_then(|()| out.flush()).unwrap_or_default();
	let mut line = String::new();
	terminal.read_line(&mut line).unwrap_or_default();
	["y", "yes", "是"].contains(&line.trim().to_lowercase().as_str())
}

/// Reads `terms` back, which `what` is about to set for good, and asks whether to send it. Without a
/// terminal, or with `--json`, only `--yes` sends it.
pub fn ask<Name: ToString, Fact: ToString>(
	context: &Context,
	yes: YesArg,
	what: &str,
	terms: impl IntoIterator<Item = (Name, Fact)>,
) -> Result<(), Error> {
	let told = format!("{what}:\n{}", facts(terms));
	let mut terminal = io::stdin().lock();
	let answer = Answer::of(context, yes, &mut terminal);
	let out: &mut dyn Write = match context.global.json {
		true => &mut io::sink(),
		false => &mut io::stderr(),
	};
	decide(&told, answer, out)
}

fn decide(told: &str, answer: Answer, out: &mut dyn Write) -> Result<(), Error> {
	// Who closed the other end reads nothing, and nothing is asked of them.
	writeln!(out, "{told}").unwrap_or_default();
	let is_yes = match answer {
		Answer::Given => return Ok(()),
		Answer::Nobody => {
			return Err(Error::BadInput(
				"nothing was sent, because nobody is here to be asked; read what is told above (without \
				 --json), then run the command again with --yes"
					.into(),
			))
		}
		Answer::Asked(terminal) => {
			is_yes("send it? 请核对以上内容，确认发送？", terminal, out)
		}
	};
	match is_yes {
		true => Ok(()),
		false => Err(Error::BadInput("nothing was sent".into())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn asked(typed: &str) -> (Result<(), String>, String) {
		let (mut typed, mut out) = (typed.as_bytes(), Vec::new());
		let sent = decide("opens poll 3", Answer::Asked(&mut typed), &mut out);
		(sent.map_err(|error| error.to_string()), String::from_utf8(out).unwrap())
	}

	#[test]
	fn what_cannot_be_undone_is_sent_only_after_a_yes() {
		for yes in ["y\n", "Yes\n", " 是 \n"] {
			assert_eq!(asked(yes).0, Ok(()), "{yes}");
		}
		for no in ["", "\n", "n\n", "no\n", "yesterday\n"] {
			assert_eq!(asked(no).0, Err("nothing was sent".into()), "{no}");
		}
		let (_, told) = asked("y\n");
		assert!(told.starts_with("opens poll 3\nsend it?"), "{told}");
	}

	#[test]
	fn a_script_says_yes_beforehand_or_sends_nothing() {
		let mut out = Vec::new();
		assert!(decide("opens poll 3", Answer::Given, &mut out).is_ok());
		assert_eq!(out, b"opens poll 3\n");
		let refusal = decide("opens poll 3", Answer::Nobody, &mut out).unwrap_err();
		assert_eq!(refusal.kind(), winddown_sdk::ErrorKind::Input);
		assert!(refusal.to_string().ends_with("run the command again with --yes"), "{refusal}");
	}
}
