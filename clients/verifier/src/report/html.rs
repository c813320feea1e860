//! The report as one page: no script, no font, no picture from elsewhere.

use super::{Count, ItemSummary, PollSummary, Report, Words};
use crate::audit::finding::{Finding, Severity};

use winddown_proof::{count::counted, grounds::in_order};

const STYLE: &str = include_str!("style.css");

pub fn page(report: &Report) -> String {
	let sections = [
		head(report),
		verdict(report),
		figures(report),
		polls(report),
		findings(report),
		limits(report),
	];
	format!(
		"<!doctype html>\n<html lang=\"zh\">\n<head>\n<meta charset=\"utf-8\">\n\
		 <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
		 <title>案件审计报告 · Audit of case {}</title>\n<style>\n{STYLE}</style>\n</head>\n\
		 <body>\n<main>\n{}\n</main>\n</body>\n</html>\n",
		report.case,
		sections.join("\n")
	)
}

fn head(report: &Report) -> String {
	let chain = &report.chain;
	format!(
		"<header><h1>案件 {} 审计报告 <span class=\"en\">Audit of case {}</span></h1>\n\
		 <p>{} · 创世哈希 <span class=\"en\">genesis</span> <code>{}</code><br>\n\
		 最终区块 <span class=\"en\">final up to block</span> {} <code>{}</code></p></header>",
		report.case,
		report.case,
		escape(&chain.name),
		chain.genesis,
		chain.target,
		chain.target_hash
	)
}

fn verdict(report: &Report) -> String {
	match report.total() {
		0 => {
			"<section class=\"verdict\">未发现问题 <span class=\"en\">No findings</span></section>"
				.into()
		}
		total => format!(
			"<section class=\"verdict bad\">发现 {total} 项问题 <span class=\"en\">{}</span></section>",
			counted(total, "finding", "findings")
		),
	}
}

fn figures(report: &Report) -> String {
	let figures = &report.figures;
	let mut tiles = vec![
		tile("区块", "blocks", figures.blocks),
		tile("交易", "extrinsics", figures.extrinsics),
		tile("意愿签名", "signed intents", figures.intents),
		tile("选票", "ballots", figures.ballots),
		tile("名册行数", "rows of the roll", figures.rows),
		tile("状态数据", "values of the state", figures.state_values),
		tile("存证", "evidence records", figures.evidence),
		tile("见证", "attestations", figures.attestations),
		tile("用时", "time", format!("{:.1} s", figures.seconds)),
	];
	if let Some(kept) = &report.kept {
		tiles.push(tile("选票明文", "records of ballots", kept.ballots));
		tiles.push(tile("其他明文", "other records", kept.others));
		tiles.push(tile("批次", "batches", kept.batches));
		tiles.push(tile("文件", "documents", kept.documents));
	}
	let caution = report
		.kept
		.and_then(|kept| kept.caution())
		.map(|(en, zh)| format!("<p><strong>{zh}</strong> <span class=\"en\">{en}</span></p>"));
	section(
		"核对范围",
		"What was checked",
		&format!("<div class=\"tiles\">{}</div>{}", tiles.concat(), caution.unwrap_or_default()),
	)
}

fn polls(report: &Report) -> String {
	let polls: String = report.polls.iter().map(poll).collect();
	section("独立重新计票", "The audit's own count", &polls)
}

fn poll(poll: &PollSummary) -> String {
	let mut rows = vec![];
	for (number, item) in poll.items.iter().enumerate() {
		for (option, count) in item.options.iter().enumerate() {
			let name = match (item.options.len(), option) {
				(2, 0) if item.kind == "resolution" => "赞成 · for".into(),
				(2, 1) if item.kind == "resolution" => "反对 · against".into(),
				_ => format!("选项 · option {}", option + 1),
			};
			rows.push(row(number, &item.kind, &name, count, &item.outcome));
		}
		rows.push(row(number, &item.kind, "弃权 · abstained", &item.abstained, &item.outcome));
	}
	let part = |count: &Option<Count>| {
		count
			.as_ref()
			.map_or("–".into(), |count| format!("{} / {}", count.heads, yuan(&count.fen)))
	};
	let order = poll.candidate_order.map(|Words { en, zh }| {
		format!("<p>候选人排列：{zh} <span class=\"en\">candidates stand {en}</span></p>\n")
	});
	format!(
		"<h3>投票 {} <span class=\"en\">poll {}, {}</span></h3>\n\
		 <p>应表决 <span class=\"en\">eligible</span> {} · 参与 <span class=\"en\">took part</span> {} · \
		 有效选票 <span class=\"en\">ballots</span> {}</p>\n{}{}",
		poll.poll,
		poll.poll,
		escape(&poll.purpose),
		part(&poll.eligible),
		part(&poll.turnout),
		poll.ballots,
		order.unwrap_or_default(),
		table(
			&[
				("议项", "item"),
				("选项", "option"),
				("人数", "heads"),
				("金额（元）", "yuan"),
				("结果", "outcome")
			],
			&rows
		) + &grounds(poll)
	)
}

/// What each test of each item's rule measured.
fn grounds(poll: &PollSummary) -> String {
	let (mut rows, mut rules) = (vec![], String::new());
	for (number, item) in (1..).zip(&poll.items) {
		rules.push_str(&rule(number, item));
		for (option, ground) in in_order(&item.grounds) {
			let option =
				option.filter(|_| item.grounds.len() > 1).map(|option| u16::from(option) + 1);
			let (class, verdict) = match ground.met {
				true => ("", "达到 met"),
				false => (" class=\"bad\"", "未达到 not met"),
			};
			rows.push(vec![
				number.to_string(),
				option.map_or("–".into(), |option| option.to_string()),
				escape(&ground.chinese()),
				format!("<span class=\"en\">{}</span>", escape(&ground.english())),
				format!("<span{class}>{verdict}</span>"),
			]);
		}
	}
	if rows.is_empty() {
		return String::new();
	}
	let head = [("议项", "item"), ("选项", "option"), ("逐项条件", "tests"), ("", ""), ("", "")];
	rules + &table(&head, &rows)
}

/// When an option passes, with the law behind it.
fn rule(number: usize, item: &ItemSummary) -> String {
	let words = |words: Vec<String>, none: &str| match words.is_empty() {
		true => none.to_string(),
		false => words.join("; "),
	};
	let zh = words(item.law.iter().map(|law| law.chinese()).collect(), "自定规则");
	let en = words(item.law.iter().map(|law| law.english()).collect(), "a rule of its own");
	format!(
		"<p>议项 {number} 通过条件：{}（{}） <span class=\"en\">item {number} passes by {} ({})</span></p>\n",
		escape(&item.rule_zh),
		escape(&zh),
		escape(&item.rule),
		escape(&en)
	)
}

fn row(item: usize, kind: &str, option: &str, count: &Count, outcome: &str) -> Vec<String> {
	vec![
		format!("{} {}", item + 1, escape(kind)),
		escape(option),
		right(&count.heads.to_string()),
		right(&yuan(&count.fen)),
		escape(outcome),
	]
}

fn findings(report: &Report) -> String {
	if report.is_clean() {
		return section("问题", "Findings", "<p>无 <span class=\"en\">none</span></p>");
	}
	let counts: Vec<Vec<String>> = report
		.counts
		.iter()
		.map(|(code, count)| vec![format!("<code>{code}</code>"), right(&count.to_string())])
		.collect();
	let rows: Vec<Vec<String>> = report.findings.iter().map(finding).collect();
	let body = table(&[("类别", "kind"), ("数量", "number")], &counts)
		+ &table(
			&[
				("类别", "kind"),
				("位置", "where"),
				("规则", "rule"),
				("应为", "expected"),
				("实为", "found"),
			],
			&rows,
		);
	section("问题", "Findings", &body)
}

fn finding(finding: &Finding) -> Vec<String> {
	let class = match finding.severity {
		Severity::Error => "badge",
		Severity::Warning => "badge warning",
	};
	let place = serde_json::to_value(&finding.place).unwrap_or_default();
	let place: Vec<String> = place
		.as_object()
		.into_iter()
		.flatten()
		.map(|(name, value)| {
			let value = value.as_str().map_or(value.to_string(), str::to_string);
			format!("{name} <code>{}</code>", escape(&value))
		})
		.collect();
	vec![
		format!("<span class=\"{class}\">{}</span>", finding.code.text()),
		place.join("<br>"),
		format!("{}<br><span class=\"en\">{}</span>", finding.rule_zh, escape(finding.rule_en)),
		format!("<code>{}</code>", escape(&finding.expected)),
		format!("<code>{}</code>", escape(&finding.found)),
	]
}

fn limits(report: &Report) -> String {
	let items: String = report
		.limits
		.iter()
		.map(|limit| format!("<li>{} <span class=\"en\">{}</span></li>", limit.zh, limit.en))
		.collect();
	section("未核对或依赖信任的事项", "Taken on trust, or left out", &format!("<ul>{items}</ul>"))
}

fn section(zh: &str, en: &str, body: &str) -> String {
	format!("<section>\n<h2>{zh} <span class=\"en\">{en}</span></h2>\n{body}\n</section>")
}

fn tile(zh: &str, en: &str, value: impl ToString) -> String {
	format!(
		"<div class=\"tile\"><div class=\"what\">{zh} <span class=\"en\">{en}</span></div>\
		 <div class=\"value\">{}</div></div>",
		value.to_string()
	)
}

fn table(head: &[(&str, &str)], rows: &[Vec<String>]) -> String {
	let head: String = head
		.iter()
		.map(|(zh, en)| format!("<th>{zh} <span class=\"en\">{en}</span></th>"))
		.collect();
	let cells =
		|row: &Vec<String>| row.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>();
	let body: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row))).collect();
	format!(
		"<div class=\"scroll\"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"
	)
}

fn right(text: &str) -> String {
	format!("<div class=\"number\">{text}</div>")
}

/// Fen in yuan, with the fen behind the point.
fn yuan(fen: &str) -> String {
	let digits = format!("{fen:0>3}");
	let (yuan, fen) = digits.split_at(digits.len() - 2);
	format!("{yuan}.{fen}")
}

fn escape(text: &str) -> String {
	text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn fen_are_shown_behind_the_point() {
		assert_eq!(
			[yuan("0"), yuan("7"), yuan("120"), yuan("123456")],
			["0.00", "0.07", "1.20", "1234.56"]
		);
	}

	#[test]
	fn what_others_wrote_cannot_become_markup() {
		assert_eq!(escape("<b title=\"&\">"), "&lt;b title=&quot;&amp;&quot;&gt;");
	}
}
