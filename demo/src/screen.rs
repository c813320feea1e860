//! Where the demo tells how it goes.

use serde::Serialize;
use winddown_terminal::{
	bars::{Bars, ProgressBar},
	print,
};

/// A terminal, or one JSON document at the end.
#[derive(Clone, Copy)]
pub struct Screen {
	json: bool,
}

impl Screen {
	/// A terminal, unless JSON is asked for.
	pub const fn new(json: bool) -> Self {
		Self { json }
	}

	/// Prints the result.
	pub fn show(self, value: &impl Serialize, text: impl FnOnce() -> String) -> anyhow::Result<()> {
		let result = if self.json { serde_json::to_string_pretty(value)? } else { text() };
		Ok(print(&result)?)
	}

	/// Says something in passing; silent among JSON.
	pub fn note(self, text: &str) {
		if !self.json {
			eprintln!("{text}");
		}
	}

	/// Something that turns until it is finished.
	pub fn spinner(self, what: &str) -> ProgressBar {
		self.bars().spinner(what)
	}

	/// A bar of `total` steps.
	pub fn bar(self, what: &str, total: u64) -> ProgressBar {
		self.bars().bar(what, total)
	}

	const fn bars(self) -> Bars {
		if self.json {
			Bars::Hidden
		} else {
			Bars::Shown
		}
	}
}
