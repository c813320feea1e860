//! The summary for people: text in the terminal, and one self-contained page.

mod charts;
mod html;
mod sections;
mod text;

use super::summary::Summary;
use anyhow::{Context as _, Result};
use std::{
	fs,
	path::{Path, PathBuf},
};

pub use text::text;

/// Writes the summary as JSON and as a page into `folder`; both files.
pub fn write(summary: &Summary, folder: &Path) -> Result<(PathBuf, PathBuf)> {
	let json = folder.join("summary.json");
	let html = folder.join("report.html");
	fs::write(&json, serde_json::to_string_pretty(summary)?)
		.with_context(|| format!("cannot write {}", json.display()))?;
	fs::write(&html, html::page(summary)?)
		.with_context(|| format!("cannot write {}", html.display()))?;
	Ok((json, html))
}

#[cfg(test)]
mod tests;
