//! One page with everything in it: no script, no font, no picture from elsewhere.

use super::sections;
use crate::summary::{Summary, Text};
use anyhow::Result;

const STYLE: &str = include_str!("style.css");

/// The page.
pub fn page(summary: &Summary) -> Result<String> {
	let sections = [
		sections::head(summary),
		sections::terms(summary),
		sections::roll(summary)?,
		sections::claims(summary),
		sections::polls(summary),
		sections::committee(summary),
		sections::plans(summary),
		sections::payments(summary)?,
		sections::evidence(summary),
		sections::proofs(summary),
		sections::acts(summary),
		sections::foot(summary),
	];
	Ok(format!(
		"<!doctype html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n\
		 <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
		 <title>良性退出演示报告 · Winddown report</title>\n<style>\n{STYLE}</style>\n</head>\n\
		 <body>\n<main>\n{}\n</main>\n</body>\n</html>\n",
		sections.join("\n")
	))
}

/// A text in both languages, the Chinese first.
pub fn both(text: &Text) -> String {
	format!("{} <span class=\"en\">{}</span>", escape(&text.zh), escape(&text.en))
}

/// A section with its title.
pub fn section(zh: &str, en: &str, body: &str) -> String {
	format!("<section>\n<h2>{zh} <span class=\"en\">{en}</span></h2>\n{body}\n</section>")
}

/// A number with what it is.
pub fn tile(zh: &str, en: &str, value: &str, detail: &str) -> String {
	format!(
		"<div class=\"tile\"><div class=\"what\">{zh} <span class=\"en\">{en}</span></div>\
		 <div class=\"value\">{}</div><div class=\"detail\">{}</div></div>",
		escape(value),
		escape(detail)
	)
}

/// A table; cells are HTML already. A column of numbers has its title on the right, too.
pub fn table(head: &[(&str, &str)], rows: &[Vec<String>]) -> String {
	let is_number = |at: usize| {
		rows.first().and_then(|row| row.get(at)).is_some_and(|cell| cell.starts_with(NUMBER))
	};
	let head: String = head
		.iter()
		.enumerate()
		.map(|(at, (zh, en))| {
			let class = if is_number(at) { " class=\"number\"" } else { "" };
			format!("<th{class}>{zh} <span class=\"en\">{en}</span></th>")
		})
		.collect();
	let body: String = rows
		.iter()
		.map(|row| {
			let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
			format!("<tr>{cells}</tr>\n")
		})
		.collect();
	format!("<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>")
}

const NUMBER: &str = "<div class=\"number\">";

/// A cell of a column of numbers.
pub fn right(cell: impl ToString) -> String {
	format!("{NUMBER}{}</div>", cell.to_string())
}

/// A bar of several parts, each with its class and its share out of 100; parts from `labelled` on
/// tell their share.
pub fn stacked(parts: &[(&str, f64)], labelled: f64) -> String {
	let bars: String = parts
		.iter()
		.filter(|(_, share)| *share > 0.0)
		.map(|(class, share)| {
			// Rounded down, as in the tables.
			let label = match *share >= labelled {
				true => format!("{:.1}%", (share * 10.0).floor() / 10.0),
				false => String::new(),
			};
			format!("<span class=\"{class}\" style=\"width:{share:.2}%\">{label}</span>")
		})
		.collect();
	format!("<div class=\"bar\">{bars}</div>")
}

/// Characters that mean something in HTML, made harmless.
pub fn escape(text: &str) -> String {
	text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A share out of 100.
pub fn share(part: u128, whole: u128) -> f64 {
	if whole == 0 {
		return 0.0;
	}
	part as f64 / whole as f64 * 100.0
}
