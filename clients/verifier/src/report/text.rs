//! The report on a terminal.

use super::Report;
use std::fmt::Write as _;

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
	}
	findings(&mut out, report);
	out
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
