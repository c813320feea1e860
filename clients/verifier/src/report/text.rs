//! The report on a terminal.

use super::{ItemSummary, Report};
use std::fmt::Write as _;
use winddown_proof::grounds::in_order;

/// Findings shown of each kind.
const SHOWN: usize = 5;

pub fn summary(report: &Report) -> String {
	let mut out = String::new();
	let figures = &report.figures;
	let chain = &report.chain;
	line(&mut out, format!("case {} on {}, genesis {}", report.case, chain.name, chain.genesis));
	line(&mut out, format!("final up to block {} {}", chain.target, chain.target_hash));
	line(
		&mut out,
		format!(
			"{} blocks, {} extrinsics, {} intents, {} ballots, {} rows, {} state values, {} evidence records, {} attestations in {:.1} s",
			figures.blocks,
			figures.extrinsics,
			figures.intents,
			figures.ballots,
			figures.rows,
			figures.state_values,
			figures.evidence,
			figures.attestations,
			figures.seconds,
		),
	);
	if let Some(kept) = &report.kept {
		line(
			&mut out,
			format!(
				"export: {} records of ballots, {} others, {} batches, {} documents",
				kept.ballots, kept.others, kept.batches, kept.documents
			),
		);
	}
	for poll in &report.polls {
		let outcomes: Vec<&str> = poll.items.iter().map(|item| item.outcome.as_str()).collect();
		let state = if poll.closed { outcomes.join("; ") } else { "open".into() };
		let ballots = poll.ballots;
		line(
			&mut out,
			format!("poll {} ({}): {ballots} ballots; {state}", poll.poll, poll.purpose),
		);
		for (number, item) in (1..).zip(&poll.items) {
			line(&mut out, format!("  item {number} passes by {}", law_of(item)));
			for (option, ground) in in_order(&item.grounds) {
				let option = option.filter(|_| item.grounds.len() > 1);
				let option = option.map(|option| u16::from(option) + 1);
				let option = option.map(|option| format!("option {option} 选项{option}: "));
				let ground = ground.line();
				line(&mut out, format!("  item {number}, {}{ground}", option.unwrap_or_default()));
			}
		}
	}
	findings(&mut out, report);
	out
}

/// A rule in both languages with the law behind it.
fn law_of(item: &ItemSummary) -> String {
	let laws = item.law.iter().map(|law| format!("{} {}", law.english(), law.chinese()));
	let laws = match item.law.is_empty() {
		true => "of no preset 不属于任何预设".into(),
		false => laws.collect::<Vec<_>>().join("; "),
	};
	format!("{} {} ({laws})", item.rule, item.rule_zh)
}

fn findings(out: &mut String, report: &Report) {
	if report.is_clean() {
		return line(out, "no findings · 未发现问题".into());
	}
	line(out, format!("{} findings · 发现 {} 项问题", report.total(), report.total()));
	for (code, count) in &report.counts {
		let mut of_kind = report.findings.iter().filter(|finding| finding.code.text() == *code);
		let Some(first) = of_kind.next() else { continue };
		line(out, format!("{code} ({count}): {} · {}", first.rule_en, first.rule_zh));
		for finding in std::iter::once(first).chain(of_kind).take(SHOWN) {
			let place = serde_json::to_string(&finding.place).unwrap_or_default();
			line(out, format!("  {place} expected {}, found {}", finding.expected, finding.found));
		}
	}
}

fn line(out: &mut String, text: String) {
	// Writing to a text does not fail.
	writeln!(out, "{text}").unwrap_or_default();
}
