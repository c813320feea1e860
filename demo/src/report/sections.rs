//! The sections of the page.

use super::{
	charts,
	html::{both, escape, right, section, share, stacked, table, tile},
};
use crate::summary::{Asks, ItemSummary, PollSummary, Summary, Text, Won};
use anyhow::Result;
use std::collections::BTreeMap;
use winddown_proof::{grounds::in_order, Ground};
use winddown_sdk::{amount::group, chain::VotesView};
use winddown_terminal::{
	figures::{percent, yuan},
	times::{end, moment},
};

/// The least share that is told in a wide bar, and in a narrow one.
const WIDE: f64 = 7.0;
const NARROW: f64 = 24.0;
/// No share is told.
const UNTOLD: f64 = 101.0;

fn number(value: impl ToString) -> String {
	group(&value.to_string())
}

/// An amount, rounded to what a person reads at a glance.
fn short(fen: u128) -> String {
	let yuan = fen as f64 / 100.0;
	match yuan {
		y if y >= 1e8 => format!("{:.2} 亿元", y / 1e8),
		y if y >= 1e4 => format!("{:.2} 万元", y / 1e4),
		y => format!("{y:.2} 元"),
	}
}

fn badge(class: &str, text: &str) -> String {
	format!("<span class=\"badge {class}\">{text}</span>")
}

/// The title and the numbers that matter most.
pub fn head(summary: &Summary) -> String {
	let roll = &summary.roll;
	let paid: u128 = summary.payments.iter().map(|instalment| instalment.paid).sum();
	let equal = summary.polls.iter().filter(|poll| poll.audit_agrees).count();
	let tiles = [
		tile("出借人", "lenders", &number(roll.imported.heads), &short(roll.imported.fen)),
		tile(
			"可表决",
			"eligible",
			&number(summary.claims.eligible.heads),
			&short(summary.claims.eligible.fen),
		),
		tile("已兑付", "paid", &short(paid), &format!("{} instalments", summary.payments.len())),
		tile(
			"生效存证",
			"effective evidence",
			&format!("{} / {}", summary.evidence.effective, summary.evidence.records),
			&format!("{} attestations", summary.evidence.attestations),
		),
		tile(
			"独立复核一致",
			"recounts equal",
			&format!("{equal} / {}", summary.polls.len()),
			"from raw ballots",
		),
		tile(
			"链上个人信息",
			"personal data on chain",
			&summary.privacy.found.to_string(),
			&format!("{} looked for", number(summary.privacy.searched_for)),
		),
	];
	format!(
		"<header>\n<h1>网贷平台良性退出：演示报告</h1>\n\
		 <p class=\"en\">Orderly wind-down of a lending platform: report of the demonstration. \
		 Case {}, played {}, seed {}.</p>\n<div class=\"tiles\">{}</div>\n</header>",
		summary.case,
		moment(summary.played_at),
		summary.seed,
		tiles.join("\n")
	)
}

/// The terms of the case.
pub fn terms(summary: &Summary) -> String {
	let rows: Vec<Vec<String>> =
		summary.terms.iter().map(|(name, value)| vec![both(name), escape(value)]).collect();
	let note =
		"<p class=\"small\">「三分之二加双过半」的深圳算法原文未能查到，此处为可配置的预设。 \
	            The arithmetic of the Shenzhen rule is unverified; it is one of several presets.</p>";
	let table = table(&[("条款", "term"), ("内容", "value")], &rows);
	let body = format!("<div class=\"terms\">{table}</div>{note}");
	section("案件条款", "Terms of the case", &body)
}

/// The roll with the sizes of the claims.
pub fn roll(summary: &Summary) -> Result<String> {
	let roll = &summary.roll;
	let tiles = [
		tile("债权中位数", "median", &short(roll.median), ""),
		tile("债权平均数", "mean", &short(roll.mean), ""),
		tile("最大债权", "largest", &short(roll.largest), ""),
		tile(
			"公钥登记",
			"keys bound",
			&number(roll.registered),
			&percent(roll.registered.into(), roll.imported.heads.into()),
		),
	];
	let legend =
		"<div class=\"legend\"><span><i class=\"one\"></i>人数占比 share of lenders</span>\
	              <span><i class=\"two\"></i>金额占比 share of the amount</span>\
	              <span>横轴：债权（元） x: claim in yuan</span></div>";
	let body = format!(
		"<div class=\"tiles\">{}</div>{legend}{}\
		 <p class=\"small\">导入在第 {} 行中断后续传，无重复。 The import was cut off after {} rows and \
		 went on without duplicates. 名册摘要 digest: <code>{}</code></p>",
		tiles.join("\n"),
		charts::histogram(&roll.histogram)?,
		number(roll.cut_off_at),
		number(roll.cut_off_at),
		roll.digest
	);
	Ok(section("债权名册", "Roll of lenders", &body))
}

/// Confirmation and disputes.
pub fn claims(summary: &Summary) -> String {
	let counts = &summary.claims.counts;
	let whole = summary.roll.imported.heads;
	let states = [
		("one", "App 确权", "by app", counts.confirmed_by_app),
		("three", "电话确权", "by call", counts.confirmed_by_call),
		("two", "裁定", "adjudicated", counts.adjudicated + counts.provisional),
		("against", "异议未决或剔除", "disputed, excluded", counts.disputed + counts.excluded),
		("silent", "未确权", "not confirmed", counts.imported),
	];
	let parts: Vec<(&str, f64)> = states
		.iter()
		.map(|(class, _, _, heads)| (*class, share((*heads).into(), whole.into())))
		.collect();
	let legend: String = states
		.iter()
		.map(|(class, zh, en, heads)| {
			format!("<span><i class=\"{class}\"></i>{zh} {en}: {}</span>", number(heads))
		})
		.collect();
	let (rulings, refused) = (&summary.claims.rulings, &summary.intents.refused);
	let body = format!(
		"{}<div class=\"legend\">{legend}</div>\
		 <p class=\"small\">异议 {} 件，裁定：{}。 {} disputes; rulings: {}.<br>\
		 出借人本人签名的意图 {} 份，其中 {} 份自行提交；被拒绝（伪造、重放）：{}。 \
		 {} intents signed by lenders' own keys, {} handed in by themselves; refused on purpose: {}.</p>",
		stacked(&parts, WIDE),
		summary.claims.disputed,
		how_often(rulings, chinese, "、"),
		summary.claims.disputed,
		how_often(rulings, |word| word, ", "),
		number(summary.intents.accepted + summary.intents.single),
		summary.intents.single,
		how_often(refused, chinese, "、"),
		number(summary.intents.accepted + summary.intents.single),
		summary.intents.single,
		how_often(refused, |word| word, ", "),
	);
	section("确权与异议", "Confirmation and disputes", &body)
}

/// How often each word occurs.
fn how_often(
	words: &BTreeMap<String, u32>,
	translate: impl Fn(&str) -> &str,
	separator: &str,
) -> String {
	let told: Vec<String> =
		words.iter().map(|(word, count)| format!("{} {count}", translate(word))).collect();
	told.join(separator)
}

/// The Chinese for a ruling, or for why an intent is refused.
fn chinese(word: &str) -> &str {
	match word {
		"adjust" => "调整金额",
		"exclude" => "剔除",
		"provisional" => "暂定金额",
		"uphold" => "维持原额",
		"BadSignature" => "签名不符",
		"SequenceUsed" => "序号已用",
		other => other,
	}
}

/// Every poll.
pub fn polls(summary: &Summary) -> String {
	let legend = "<div class=\"legend\"><span><i class=\"for\"></i>同意 for</span>\
	              <span><i class=\"against\"></i>反对 against</span>\
	              <span><i class=\"abstain\"></i>弃权 abstained</span>\
	              <span><i class=\"silent\"></i>未投票 did not vote</span>\
	              <span>竖线：三分之二 mark: two thirds</span></div>";
	let polls: Vec<String> = summary.polls.iter().map(poll).collect();
	section("表决", "Votes", &format!("{legend}{}", polls.join("\n")))
}

fn poll(poll: &PollSummary) -> String {
	let items: Vec<String> = poll.items.iter().map(|one| item(one, poll)).collect();
	let audit = match poll.audit_agrees {
		true => badge("good", "复核一致 recount equal"),
		false => badge("bad", "复核不一致 recount differs"),
	};
	format!(
		"<div class=\"poll\"><h3>{} {audit}</h3>{}\
		 <p class=\"small\">改票 {} 人，未投票 {} 人；复核区块 {}。 {} replaced their ballot, {} never voted; \
		 counted again as of block {}.</p>{}</div>",
		both(&poll.title),
		meters(&[
			("参与人数 heads", poll.turnout.heads.into(), poll.eligible.heads.into()),
			("参与金额 amount", poll.turnout.fen, poll.eligible.fen),
		]),
		number(poll.replaced),
		number(poll.silent),
		poll.audited_at,
		number(poll.replaced),
		number(poll.silent),
		poll.audited_at,
		items.join("\n")
	)
}

/// Bars with a mark at two thirds.
fn meters(lines: &[(&str, u128, u128)]) -> String {
	let lines: String = lines
		.iter()
		.map(|(name, part, whole)| {
			let voted = share(*part, *whole);
			format!(
				"<div>{name}</div><div class=\"mark\">{}<i style=\"left:66.67%\"></i></div>",
				stacked(&[("one", voted), ("silent", 100.0 - voted)], WIDE)
			)
		})
		.collect();
	format!("<div class=\"meter\">{lines}</div>")
}

fn item(item: &ItemSummary, poll: &PollSummary) -> String {
	let outcome = badge(
		if item.passed { "good" } else { "bad" },
		&format!("{} {}", escape(&item.outcome.zh), escape(&item.outcome.en)),
	);
	let body = match item.asks {
		Asks::Election => candidates(item, poll),
		Asks::Resolution | Asks::Choice => sides(item, poll),
	};
	format!(
		"<div class=\"item\"><h3>{} {outcome}</h3>{body}\
		 <p class=\"rule\">规则 rule: {} <span class=\"en\">{}</span><br>\
		 依据 law: {} <span class=\"en\">{}</span></p>{}</div>",
		both(&item.title),
		escape(&item.rule.zh),
		escape(&item.rule.en),
		escape(&item.law.zh),
		escape(&item.law.en),
		grounds(item)
	)
}

/// What each test of the rule measured.
fn grounds(item: &ItemSummary) -> String {
	let line = |(option, ground): (Option<u8>, &Ground)| {
		let name = option.filter(|_| item.grounds.len() > 1);
		let name = name.and_then(|option| item.options.get(usize::from(option)));
		let name = name.map(|option| format!("{}: ", both(&option.name))).unwrap_or_default();
		let class = if ground.met { "good" } else { "bad" };
		let (zh, en) = (escape(&ground.chinese()), escape(&ground.english()));
		format!("<li class=\"{class}\">{name}{zh} <span class=\"en\">{en}</span></li>")
	};
	let lines: String = in_order(&item.grounds).into_iter().map(line).collect();
	format!("<ul class=\"grounds\">{lines}</ul>")
}

/// Options of one item side by side, by heads and by amount.
fn sides(item: &ItemSummary, poll: &PollSummary) -> String {
	let classes = if item.asks == Asks::Resolution { ["for", "against"] } else { ["two", "for"] };
	let parts = |measure: &dyn Fn(VotesView) -> u128| -> Vec<(&str, f64)> {
		let whole = measure(poll.turnout);
		let mut parts: Vec<(&str, f64)> = item
			.options
			.iter()
			.enumerate()
			.map(|(at, option)| (classes[at % 2], share(measure(option.votes), whole)))
			.collect();
		parts.push(("abstain", share(measure(item.abstained), whole)));
		parts
	};
	let by_heads = parts(&|votes| votes.heads.into());
	let by_amount = parts(&|votes| votes.fen);
	let lines: Vec<Vec<String>> = item
		.options
		.iter()
		.map(|option| (both(&option.name), option.votes))
		.chain([("弃权 <span class=\"en\">Abstained</span>".to_string(), item.abstained)])
		.map(|(name, votes)| {
			vec![
				name,
				right(number(votes.heads)),
				right(percent(votes.heads.into(), poll.turnout.heads.into())),
				right(yuan(votes.fen)),
				right(percent(votes.fen, poll.turnout.fen)),
			]
		})
		.collect();
	format!(
		"<div class=\"meter\"><div>按人数 by heads</div>{}<div>按金额 by amount</div>{}</div>{}",
		stacked(&by_heads, WIDE),
		stacked(&by_amount, WIDE),
		table(
			&[
				("选项", "option"),
				("人数", "lenders"),
				("占比", "of voters"),
				("金额", "amount"),
				("占比", "of amount"),
			],
			&lines
		)
	)
}

fn candidates(item: &ItemSummary, poll: &PollSummary) -> String {
	let mut options: Vec<_> = item.options.iter().collect();
	options.sort_by_key(|option| std::cmp::Reverse((option.votes.heads, option.votes.fen)));
	let lines: Vec<Vec<String>> = options
		.into_iter()
		.map(|option| {
			let won = option.won.map_or(String::new(), |won| {
				let class = if matches!(won, Won::Reserve(_)) { "late" } else { "good" };
				let Text { en, zh } = won.text();
				badge(class, &format!("{zh} {en}"))
			});
			let heads = share(option.votes.heads.into(), poll.turnout.heads.into());
			let amount = share(option.votes.fen, poll.turnout.fen);
			vec![
				both(&option.name),
				format!(
					"{}{}",
					stacked(&[("one", heads)], NARROW),
					right(number(option.votes.heads))
				),
				format!("{}{}", stacked(&[("two", amount)], NARROW), right(yuan(option.votes.fen))),
				won,
			]
		})
		.collect();
	table(
		&[("候选人", "candidate"), ("人数", "lenders"), ("金额", "amount"), ("结果", "result")],
		&lines,
	)
}

/// The committee and its decisions.
pub fn committee(summary: &Summary) -> String {
	let committee = &summary.committee;
	let list =
		|rows: &[u32]| rows.iter().map(|row| format!("{row} 号")).collect::<Vec<_>>().join("、");
	let lines: Vec<Vec<String>> = committee
		.decisions
		.iter()
		.map(|decision| {
			let carried = decision.outcome == "carried";
			vec![
				both(&decision.about),
				right(decision.endorsed),
				right(decision.objected),
				badge(
					if carried { "good" } else { "bad" },
					if carried { "同意 endorsed" } else { "反对 objected" },
				),
			]
		})
		.collect();
	let body = format!(
		"<p>委员（名册行号） <span class=\"en\">members, by row</span>: {}<br>\
		 候补 <span class=\"en\">reserves</span>: {}</p>\
		 <p class=\"small\">授权事项 mandate: {}</p>{}",
		list(&committee.seats),
		list(&committee.reserves),
		committee.matters.join(", "),
		table(
			&[
				("审核事项", "opinion on"),
				("同意", "endorse"),
				("反对", "object"),
				("结论", "outcome"),
			],
			&lines
		)
	);
	section("监督委员会", "Supervisory committee", &body)
}

/// The plans.
pub fn plans(summary: &Summary) -> String {
	let lines: Vec<Vec<String>> = summary
		.plans
		.iter()
		.map(|plan| {
			let (class, words) = match plan.state.as_str() {
				"adopted" => ("good", "通过 adopted"),
				"rejected" => ("bad", "未通过 rejected"),
				other => ("", other),
			};
			vec![
				plan.plan.to_string(),
				both(&plan.title),
				right(yuan(plan.promised)),
				badge(class, words),
			]
		})
		.collect();
	let head =
		[("编号", "number"), ("方案", "plan"), ("承诺金额", "promised"), ("结果", "outcome")];
	section("兑付方案", "Repayment plans", &table(&head, &lines))
}

/// Promised against paid.
pub fn payments(summary: &Summary) -> Result<String> {
	let lines: Vec<Vec<String>> = summary
		.payments
		.iter()
		.map(|instalment| {
			let flag = match instalment.flag.as_str() {
				"none" => badge("good", "按时 on time"),
				"overdue" => badge("late", "逾期 overdue"),
				_ => badge("bad", "违约 breach"),
			};
			vec![
				(instalment.instalment + 1).to_string(),
				end(instalment.due_at),
				right(yuan(instalment.promised)),
				right(yuan(instalment.paid)),
				instalment.settled_at.map_or("–".into(), moment),
				flag,
				right(instalment.acknowledged),
				right(instalment.complaints),
			]
		})
		.collect();
	let legend =
		"<div class=\"legend\"><span><i class=\"one\"></i>承诺（虚线） promised (dashed)</span>\
	              <span><i class=\"three\"></i>已付 paid</span>\
	              <span>纵轴：百万元 y: million yuan</span></div>";
	let head = [
		("期次", "instalment"),
		("到期", "due"),
		("承诺", "promised"),
		("已付", "paid"),
		("付清", "settled"),
		("标记", "flag"),
		("确认收款", "acknowledged"),
		("投诉", "complaints"),
	];
	let body = format!("{legend}{}{}", charts::payments(summary)?, table(&head, &lines));
	Ok(section("兑付执行", "Repayment", &body))
}

/// Evidence by kind.
pub fn evidence(summary: &Summary) -> String {
	let lines: Vec<Vec<String>> = summary
		.evidence
		.kinds
		.iter()
		.map(|(kind, count)| {
			vec![
				format!("{} <span class=\"en\">{kind}</span>", count.name_zh),
				right(count.deposited),
				right(count.by_chain),
				right(count.effective),
			]
		})
		.collect();
	let head = [
		("类别", "kind"),
		("机构存证", "by institutions"),
		("链自存证", "by the chain"),
		("生效", "effective"),
	];
	let note =
		"<p class=\"small\">每条存证均由两家仲裁机构核对原文后确认。 Two arbitration institutions \
	            confirmed every record, after comparing the plaintext with its digest.</p>";
	section("司法存证", "Evidence", &format!("{}{note}", table(&head, &lines)))
}

/// The acts with their times.
pub fn acts(summary: &Summary) -> String {
	let longest = summary.acts.iter().fold(1.0f64, |longest, act| longest.max(act.seconds));
	let lines: Vec<Vec<String>> = summary
		.acts
		.iter()
		.map(|act| {
			vec![
				both(&act.title),
				stacked(&[("one", act.seconds / longest * 100.0)], UNTOLD),
				right(format!("{:.0} s", act.seconds)),
				right(act.attested),
			]
		})
		.collect();
	let head = [("步骤", "act"), ("", ""), ("用时", "time"), ("新生效存证", "attested")];
	section("过程", "Course of events", &table(&head, &lines))
}

/// What lenders can show, and to whom it needs no node.
pub fn proofs(summary: &Summary) -> String {
	let lines: Vec<Vec<String>> = summary
		.proofs
		.iter()
		.map(|proof| {
			let file = proof.file.file_name().unwrap_or_default().to_string_lossy();
			vec![format!("<code>{}</code>", escape(&file)), right(proof.bytes), both(&proof.proved)]
		})
		.collect();
	let head = [("文件", "file"), ("字节", "bytes"), ("证明内容", "proves")];
	let note = "<p class=\"small\">离线核验，无需节点。 Verified from the file and the genesis hash alone: \
	            <code>winddown evidence verify FILE --genesis HASH</code></p>";
	section("出借人回执", "Proofs for lenders", &format!("{}{note}", table(&head, &lines)))
}

/// On what it was played, and what was searched.
pub fn foot(summary: &Summary) -> String {
	let (network, privacy, audit) = (&summary.network, &summary.privacy, &summary.audit);
	let memory = network
		.peak_memory
		.map_or(String::new(), |bytes| format!("，内存峰值 peak memory {} MiB", bytes / 1_048_576));
	format!(
		"<footer><p>网络 network: {}，{} 个区块 blocks{memory}。创世哈希 genesis <code>{}</code></p>\
		 <p>独立审计 audit: 由独立程序依链上原始区块核验 {} 条签名指令、{} 张选票、{} 条明文记录、{} 份文件，\
		 发现 {} 项问题。 Another program checked them from the raw chain: {} findings.</p>\
		 <p>隐私检查 privacy: 在 {} 个区块与全部状态（{} 字节）中检索 {} 项姓名、证件号、手机号及其普通哈希，\
		 命中 {} 项。 Looked for {} names, numbers, telephone numbers and plain hashes in {} blocks and \
		 the whole state: {} found.</p></footer>",
		network.nodes.join("、"),
		number(network.blocks),
		network.genesis,
		number(audit.intents),
		number(audit.ballots),
		number(audit.records),
		number(audit.documents),
		audit.findings,
		audit.findings,
		number(privacy.blocks),
		number(privacy.bytes),
		number(privacy.searched_for),
		privacy.found,
		number(privacy.searched_for),
		number(privacy.blocks),
		privacy.found,
	)
}
