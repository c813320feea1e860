//! The report on a terminal.

use super::{ItemSummary, Report, Words};
use std::fmt::Write as _;
use winddown_proof::{count::counted, grounds::in_order};

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
			"{}, {}, {}, {}, {}, {}, {}, {} in {:.1} s",
			counted(figures.blocks, "block", "blocks"),
			counted(figures.extrinsics, "extrinsic", "extrinsics"),
			counted(figures.intents, "intent", "intents"),
			counted(figures.ballots, "ballot", "ballots"),
			counted(figures.rows, "row", "rows"),
			counted(figures.state_values, "state value", "state values"),
			counted(figures.evidence, "evidence record", "evidence records"),
			counted(figures.attestations, "attestation", "attestations"),
			figures.seconds,
		),
	);
	if let Some(kept) = &report.kept {
		line(
			&mut out,
			format!(
				"export: {} of ballots, {}, {}, {}",
				counted(kept.ballots, "record", "records"),
				counted(kept.others, "other", "others"),
				counted(kept.batches, "batch", "batches"),
				counted(kept.documents, "document", "documents")
			),
		);
		if let Some((en, zh)) = kept.caution() {
			line(&mut out, format!("CAUTION: {en} · {zh}"));
		}
	}
	for poll in &report.polls {
		let outcomes: Vec<&str> = poll.items.iter().map(|item| item.outcome.as_str()).collect();
		let state = if poll.closed { outcomes.join("; ") } else { "open".into() };
		let ballots = counted(poll.ballots, "ballot", "ballots");
		line(&mut out, format!("poll {} ({}): {ballots}; {state}", poll.poll, poll.purpose));
		if let Some(Words { en, zh }) = poll.candidate_order {
			line(&mut out, format!("  candidates stand {en} 候选人排列：{zh}"));
		}
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
	line(
		out,
		format!(
			"{} · 发现 {} 项问题",
			counted(report.total(), "finding", "findings"),
			report.total()
		),
	);
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
