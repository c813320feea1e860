//! What stands on the certificate, and where.

use super::{
	flow::{Flow, Ink, Mark, Page, Style, MARGIN, PAGE, WIDTH},
	font::{Face, Fonts},
	qr, words, PROGRAM,
};
use crate::output::counted;
use winddown_proof::{
	bundle::Plaintext, digest::Digest, record::Record, Anchor, Ballot, Evidence, Finding, Hash,
	Lender, Outcome, PollState, Report, Subject,
};
use winddown_sdk::AccountId32;

const NAVY: Ink = Ink([0x1b, 0x2f, 0x55]);
const BLACK: Ink = Ink([0x1c, 0x1c, 0x20]);
const GREY: Ink = Ink([0x62, 0x68, 0x74]);
const RED: Ink = Ink([0x9c, 0x26, 0x1f]);
const RULE: Ink = Ink([0xcf, 0xd5, 0xe0]);
const SHADE: Ink = Ink([0xf2, 0xf4, 0xf8]);

/// How a command is set.
const COMMAND: Style = mono(8.6, BLACK);
/// From the edge of a shaded box to its text.
const INSET: f32 = 10.0;
/// The width of labels beside facts.
const LABEL: f32 = 104.0;
/// The side of the QR code.
const QR: f32 = 110.0;
/// What stays white beside it, which is more than four modules of the smallest code.
const AROUND_QR: f32 = 22.0;
/// Between two columns of text.
const GUTTER: f32 = 18.0;

const fn style(size: f32, ink: Ink) -> Style {
	Style { face: Face::Text, size, ink, bold: false }
}

const fn bold(size: f32, ink: Ink) -> Style {
	Style { bold: true, ..style(size, ink) }
}

const fn mono(size: f32, ink: Ink) -> Style {
	Style { face: Face::Mono, size, ink, bold: false }
}

const CHINESE: Style = style(9.5, BLACK);
const ENGLISH: Style = style(8.0, GREY);

/// The title, in both languages.
pub fn title(report: &Report) -> String {
	let (zh, en) = words::title(&report.subject);
	format!("{zh} {en}")
}

/// What the QR code says: the receipt code, or where there is none a digest or hash, in upper case, which
/// makes it a code of large modules. Whatever reads one takes it in upper case, too.
pub fn code(report: &Report) -> (&'static str, &'static str, String) {
	let (zh, en, text) = match &report.subject {
		Subject::Ballot { ballot, .. } => ("回执编号", "receipt code", ballot.receipt.to_string()),
		Subject::NoBallot { .. } => ("区块哈希", "block hash", report.block.hash.to_string()),
		Subject::Evidence(evidence) => ("存证摘要", "digest", evidence.digest.to_string()),
		Subject::Outcome { .. } => ("区块哈希", "block hash", report.block.hash.to_string()),
	};
	(zh, en, text.to_uppercase())
}

/// All pages.
pub fn pages(report: &Report, plaintext: Option<&Plaintext>, fonts: &Fonts) -> Vec<Page> {
	let mut flow = Flow::new(fonts, 0.0);
	head(&mut flow, report);
	section(&mut flow, "证明事项", "What is certified", NAVY);
	match &report.subject {
		Subject::Ballot { lender, poll, ballot } => {
			let marks = ballot.choices.iter().enumerate();
			shaded(&mut flow, marks.map(|(at, choice)| words::choice(at + 1, choice)).collect());
			row_of_lender(&mut flow, lender, poll);
			of_ballot(&mut flow, ballot);
		}
		Subject::NoBallot { lender, poll } => {
			shaded(&mut flow, vec![("没有选票".into(), "no ballot".into())]);
			row_of_lender(&mut flow, lender, poll);
		}
		Subject::Evidence(evidence) => of_evidence(&mut flow, evidence),
		Subject::Outcome { poll, result } => {
			let items = result.items.iter().enumerate();
			shaded(&mut flow, items.map(|(at, item)| words::outcome(at + 1, item)).collect());
			of_outcome(&mut flow, poll, result);
		}
	}
	block(&mut flow, report);
	digests(&mut flow, report);
	if let Subject::Evidence(evidence) = &report.subject {
		institutions(&mut flow, evidence);
	}
	how_to_verify(&mut flow, report);
	flow.next_page();
	findings(&mut flow, "证明内容", "What is proved", NAVY, &report.proved);
	findings(&mut flow, "未证明内容", "What is not proved", RED, &report.not_proved);
	if let Some(record) = plaintext.and_then(record_of) {
		plaintext_of(&mut flow, record);
	}
	feet(flow, report)
}

fn head(flow: &mut Flow, report: &Report) {
	let (zh, en) = words::title(&report.subject);
	let width = WIDTH - QR - AROUND_QR;
	flow.mark(Mark::Fill { rects: vec![[0.0, 0.0, PAGE.0, 7.0]], ink: NAVY });
	flow.line(MARGIN, 46.0, width, style(8.5, GREY), "良性退出投票与存证  WINDDOWN");
	flow.line(MARGIN, 80.0, width, bold(25.0, NAVY), zh);
	flow.line(MARGIN, 99.0, width, style(11.0, GREY), en);
	let (lead, lead_en) = words::lead(&report.subject);
	let mut y = 112.0;
	y += flow.paragraph(MARGIN, y, width, style(11.0, BLACK), &lead) + 1.0;
	y += flow.paragraph(MARGIN, y, width, style(9.0, GREY), &lead_en);
	flow.y = y.max(code_of(flow, report)) + 4.0;
}

/// The QR code and what it is; where it ends. What it says stands in one piece among the digests.
fn code_of(flow: &mut Flow, report: &Report) -> f32 {
	let (zh, en, text) = code(report);
	let (left, top) = (MARGIN + WIDTH - QR, 30.0);
	let mut bottom = top;
	if let Some((modules, size)) = qr::modules(&text) {
		let side = QR / size as f32;
		let rects = modules
			.into_iter()
			.map(|(column, row)| [left + column as f32 * side, top + row as f32 * side, side, side])
			.collect();
		flow.mark(Mark::Fill { rects, ink: Ink([0; 3]) });
		bottom = top + QR + qr::QUIET * side;
	}
	bottom + flow.paragraph(left, bottom - 2.0, QR, style(7.0, GREY), &format!("{zh} {en}"))
}

fn section(flow: &mut Flow, zh: &str, en: &str, ink: Ink) {
	flow.need(64.0);
	flow.y += 10.0;
	let baseline = flow.y + 10.0;
	flow.mark(Mark::Fill { rects: vec![[MARGIN, flow.y, 3.0, 12.5]], ink });
	flow.text(MARGIN + 9.0, baseline, bold(11.5, ink), zh);
	let x = MARGIN + 9.0 + 11.5 * flow.fonts.width(Face::Text, zh) + 8.0;
	flow.text(x, baseline, style(9.0, GREY), en);
	flow.y += 18.0;
	rule(flow);
	flow.y += 4.0;
}

fn rule(flow: &mut Flow) {
	flow.mark(Mark::Fill { rects: vec![[MARGIN, flow.y, WIDTH, 0.6]], ink: RULE });
}

/// A label and what it is, in both languages.
fn fact(flow: &mut Flow, label: (&str, &str), (zh, en): &words::Both) {
	let (x, width) = (MARGIN + LABEL, WIDTH - LABEL);
	let height = flow.height(width, CHINESE, zh) + flow.height(width, ENGLISH, en);
	flow.need(height + 4.0);
	let top = flow.y + 2.0;
	flow.line(MARGIN, top + 9.5, LABEL - 4.0, bold(9.0, NAVY), label.0);
	flow.line(MARGIN, top + 9.5 + 12.5, LABEL - 4.0, style(7.5, GREY), label.1);
	let below = top + flow.paragraph(x, top, width, CHINESE, zh);
	flow.paragraph(x, below - 1.0, width, ENGLISH, en);
	flow.y = top + height + 3.0;
}

/// What is looked for first, in large type.
fn shaded(flow: &mut Flow, lines: Vec<words::Both>) {
	let column = (WIDTH - 24.0) / 2.0;
	let height = lines.len() as f32 * 20.0 + 8.0;
	flow.need(height + 6.0);
	flow.mark(Mark::Fill { rects: vec![[MARGIN, flow.y + 2.0, WIDTH, height]], ink: SHADE });
	for (at, (zh, en)) in lines.iter().enumerate() {
		let baseline = flow.y + 20.0 + at as f32 * 20.0;
		flow.line(MARGIN + 12.0, baseline, column - 8.0, bold(12.5, BLACK), zh);
		flow.line(MARGIN + 12.0 + column, baseline, column - 8.0, style(11.0, GREY), en);
	}
	flow.y += height + 6.0;
}

fn row_of_lender(flow: &mut Flow, lender: &Lender, poll: &PollState) {
	let Lender { case, lender: row, .. } = lender;
	let who = (format!("案件{case}第{row}行"), format!("row {row} of case {case}"));
	fact(flow, ("出借人", "Lender"), &who);
	let (zh, en) = words::phase(poll);
	let number = poll.poll;
	fact(flow, ("表决", "Poll"), &(format!("表决{number}，{zh}"), format!("poll {number}, {en}")));
}

fn of_ballot(flow: &mut Flow, ballot: &Ballot) {
	let revision = ballot.revision;
	let version = (
		format!("该出借人的第{revision}版选票"),
		format!("version {revision} of this lender's ballot"),
	);
	fact(flow, ("版本", "Version"), &version);
	if let Some(at) = ballot.cast_at {
		let (zh, en) = words::moment(at);
		let cast = (
			format!("{zh}（明文记录所载，属投票端陈述）"),
			format!("{en}, as the plaintext record states"),
		);
		fact(flow, ("投票时间", "Cast at"), &cast);
	}
}

fn of_evidence(flow: &mut Flow, evidence: &Evidence) {
	let Evidence { id, case, leaves, size, .. } = evidence;
	let (kind, kind_en) = words::kind(evidence.about);
	let about = (
		format!("案件{case}的存证{id}：{kind}，共{leaves}条记录，{size}字节"),
		format!(
			"evidence record {id} of case {case}: {kind_en}, {}, {size} bytes",
			counted(*leaves, "record", "records")
		),
	);
	fact(flow, ("存证", "Record"), &about);
	let (at, at_en) = words::moment(evidence.deposited_at);
	let number = evidence.deposited_in;
	let (by, by_en) = match evidence.producer.map(account) {
		Some(account) => ("机构".into(), account),
		None => ("链上程序".to_string(), "the chain itself".to_string()),
	};
	let deposited =
		(format!("{at}，区块{number}，由{by}存入"), format!("{at_en}, block {number}, by {by_en}"));
	fact(flow, ("存入", "Deposited"), &deposited);
	let (made, made_en) = words::moment(evidence.produced_at);
	let made = (format!("{made}（存证方陈述）"), format!("{made_en}, as its producer states"));
	fact(flow, ("生成", "Made"), &made);
	fact(flow, ("内容", "Content"), &words::shown(evidence.plaintext));
}

/// The poll, then item by item the rule with its law and what each of its tests measured.
fn of_outcome(flow: &mut Flow, poll: &PollState, result: &Outcome) {
	let (zh, en) = words::phase(poll);
	let number = poll.poll;
	fact(flow, ("表决", "Poll"), &(format!("表决{number}，{zh}"), format!("poll {number}, {en}")));
	fact(flow, ("参加表决", "Turnout"), &words::turnout(result));
	for (at, item) in result.items.iter().enumerate() {
		let number = at + 1;
		let (zh, en) = words::rule(item);
		let label = (format!("第{number}项规则"), format!("Rule of item {number}"));
		fact(flow, (&label.0, &label.1), &(zh, en));
		if let Some(ties) = words::ties(item) {
			let label = (format!("第{number}项平票"), format!("Item {number}, tie"));
			fact(flow, (&label.0, &label.1), &ties);
		}
		let label = (format!("第{number}项逐项"), format!("Item {number}, tests"));
		let mut label = (label.0.as_str(), label.1.as_str());
		for (en, zh) in item.grounds_in_words() {
			fact(flow, label, &(zh, en));
			label = ("", "");
		}
	}
}

fn block(flow: &mut Flow, report: &Report) {
	let block = &report.block;
	let (at, at_en) = words::moment(block.time);
	let number = block.number;
	fact(
		flow,
		("区块", "Block"),
		&(format!("区块{number}，{at}"), format!("block {number} of {at_en}")),
	);
	let (set, validators, changes) = (block.set_id, block.validators, block.changes);
	let (origin, origin_en) = match report.anchor {
		Anchor::Genesis { .. } => ("创世区块", "genesis"),
		Anchor::Checkpoint { .. } => ("检查点", "the checkpoint"),
	};
	let finality = (
		format!("第{set}届{validators}个验证节点中超过三分之二签名确认；自{origin}起历经{changes}次变更"),
		format!(
			"signed as final by more than two thirds of the validators of set {set}, {validators} in all; {} since \
			 {origin_en}",
			counted(changes, "change", "changes")
		),
	);
	fact(flow, ("终局", "Finality"), &finality);
}

fn digests(flow: &mut Flow, report: &Report) {
	section(flow, "摘要与哈希", "Digests and hashes", NAVY);
	match &report.subject {
		Subject::Ballot { lender, ballot, .. } => {
			let code = ballot.receipt.to_string();
			flow.text(MARGIN, flow.y + 11.0, bold(9.0, NAVY), "回执编号");
			flow.text(MARGIN, flow.y + 22.5, style(7.5, GREY), "Receipt code");
			flow.line(MARGIN + LABEL, flow.y + 11.0, WIDTH - LABEL, mono(9.0, BLACK), &code);
			flow.y += 27.0;
			digest(flow, ("选票记录", "Record"), &ballot.record);
			hash(flow, ("身份标识", "Identity"), &lender.identity);
		}
		Subject::NoBallot { lender, .. } => hash(flow, ("身份标识", "Identity"), &lender.identity),
		Subject::Evidence(evidence) => digest(flow, ("存证内容", "Content"), &evidence.digest),
		Subject::Outcome { .. } => {}
	}
	hash(flow, ("区块", "Block"), &report.block.hash);
	if let Anchor::Checkpoint { block, .. } = &report.anchor {
		hash(flow, ("检查点", "Checkpoint"), block);
	}
	hash(flow, ("创世区块", "Genesis"), &report.anchor.genesis());
}

fn digest(flow: &mut Flow, label: (&str, &str), digest: &Digest) {
	groups(flow, label, digest.algorithm.name(), &digest.bytes);
}

fn hash(flow: &mut Flow, label: (&str, &str), hash: &Hash) {
	groups(flow, label, "", &hash.0);
}

/// 32 bytes in two lines of eight groups.
fn groups(flow: &mut Flow, (zh, en): (&str, &str), algorithm: &str, bytes: &[u8; 32]) {
	flow.need(28.0);
	let top = flow.y + 2.0;
	flow.text(MARGIN, top + 9.0, bold(9.0, NAVY), zh);
	let label = format!("{en} {algorithm}");
	flow.text(MARGIN, top + 20.5, style(7.5, GREY), label.trim_end());
	for (line, half) in bytes.chunks(16).enumerate() {
		let text: Vec<String> = half.chunks(2).map(hex::encode).collect();
		let text = text.join(" ");
		let lead = if line == 0 { "0x " } else { "   " };
		let baseline = top + 9.0 + line as f32 * 11.5;
		let room = WIDTH - LABEL;
		flow.line(MARGIN + LABEL, baseline, room, mono(9.0, BLACK), &format!("{lead}{text}"));
	}
	flow.y = top + 25.0;
}

fn institutions(flow: &mut Flow, evidence: &Evidence) {
	section(flow, "见证机构", "Attesting institutions", NAVY);
	let policy = &evidence.policy;
	let (required, independent) = (policy.required, policy.independent);
	let asked = evidence.arbiters.len();
	let rule = (
		format!("应见证{asked}家，须有{required}家确认，其中独立机构不少于{independent}家"),
		format!(
			"{asked} asked; {required} confirmations needed, {independent} of them by independent institutions"
		),
	);
	fact(flow, ("规则", "Policy"), &rule);
	for arbiter in &evidence.arbiters {
		flow.need(27.0);
		let top = flow.y + 2.0;
		let (relation, relation_en) = words::relation(arbiter.relation);
		let (verdict, verdict_en) = words::verdict(&arbiter.word);
		flow.line(MARGIN, top + 9.5, 252.0, mono(7.6, BLACK), &account(arbiter.account));
		flow.line(MARGIN, top + 19.5, 252.0, mono(6.0, GREY), &arbiter.account.to_string());
		flow.line(MARGIN + 258.0, top + 9.5, 78.0, CHINESE, relation);
		flow.line(MARGIN + 258.0, top + 20.0, 78.0, ENGLISH, relation_en);
		flow.line(MARGIN + 340.0, top + 9.5, WIDTH - 340.0, bold(9.5, BLACK), &verdict);
		flow.line(MARGIN + 340.0, top + 20.0, WIDTH - 340.0, ENGLISH, &verdict_en);
		flow.y = top + 25.0;
	}
}

fn account(account: Hash) -> String {
	AccountId32(account.0).to_string()
}

fn how_to_verify(flow: &mut Flow, report: &Report) {
	// In one piece.
	flow.need(132.0);
	section(flow, "如何核验", "How to verify", NAVY);
	let (zh, en) = (
		format!(
			"本证明书随同一证明文件（.wdproof）签发。在任何电脑上用 {PROGRAM} 或更新版本离线运行下列命令，无需节点和网络；\
			 创世哈希须与各机构公布的核对。"
		),
		format!(
			"This certificate comes with a proof file (.wdproof). Run the command below on any computer, \
			 offline, with {PROGRAM} or later; it needs no node and no network. Compare the genesis hash with \
			 what the institutions publish."
		),
	);
	flow.y += flow.paragraph(MARGIN, flow.y + 2.0, WIDTH, CHINESE, &zh);
	flow.y += flow.paragraph(MARGIN, flow.y + 2.0, WIDTH, ENGLISH, &en) + 5.0;
	let options = match &report.anchor {
		Anchor::Genesis { hash } => vec![("--genesis", hash)],
		Anchor::Checkpoint { genesis, block } => {
			vec![("--genesis", genesis), ("--checkpoint", block)]
		}
	};
	let lines = command(flow, &options);
	let all: Vec<&str> = lines.iter().map(String::as_str).collect();
	let small = flow.fitting(WIDTH - 2.0 * INSET, COMMAND, &all);
	let height = lines.len() as f32 * 12.0 + 9.0;
	flow.need(height + 4.0);
	flow.mark(Mark::Fill { rects: vec![[MARGIN, flow.y, WIDTH, height]], ink: SHADE });
	for (at, line) in lines.iter().enumerate() {
		let baseline = flow.y + 13.5 + at as f32 * 12.0;
		flow.text(MARGIN + INSET, baseline, small, line);
	}
	flow.y += height + 2.0;
}

/// The lines of the command that verifies; with a wide font a hash stands on a line of its own after its option.
fn command(flow: &Flow, options: &[(&str, &Hash)]) -> Vec<String> {
	let mut lines = vec!["winddown evidence verify FILE.wdproof".to_string()];
	for (option, hash) in options {
		let whole = format!("  {option} {hash} \\");
		match flow.width(COMMAND, &whole) <= WIDTH - 2.0 * INSET {
			true => lines.push(format!("  {option} {hash}")),
			false => lines.extend([format!("  {option}"), format!("    {hash}")]),
		}
	}
	let last = lines.len().saturating_sub(1);
	lines.iter_mut().take(last).for_each(|line| line.push_str(" \\"));
	lines
}

/// Sentences of the report, Chinese on the left and English on the right.
fn findings(flow: &mut Flow, zh: &str, en: &str, ink: Ink, findings: &[Finding]) {
	section(flow, zh, en, ink);
	let (chinese, english) = (style(8.4, BLACK), style(7.6, GREY));
	let indent = 14.0;
	let left = (WIDTH - indent - GUTTER) * 0.46;
	let right = WIDTH - indent - GUTTER - left;
	for (at, finding) in findings.iter().enumerate() {
		let height =
			flow.height(left, chinese, &finding.zh).max(flow.height(right, english, &finding.en));
		flow.need(height + 5.0);
		let top = flow.y + 1.0;
		flow.text(MARGIN, top + 8.4, style(8.4, ink), &(at + 1).to_string());
		flow.paragraph(MARGIN + indent, top, left, chinese, &finding.zh);
		flow.paragraph(MARGIN + indent + left + GUTTER, top, right, english, &finding.en);
		flow.y = top + height + 2.5;
	}
}

/// A plaintext that people can read on paper: one record.
fn record_of(plaintext: &Plaintext) -> Option<&str> {
	let (Plaintext::Whole(bytes) | Plaintext::Leaf { record: bytes, .. }) = plaintext;
	Record::parse(bytes).ok()?;
	std::str::from_utf8(bytes).ok()
}

fn plaintext_of(flow: &mut Flow, record: &str) {
	section(flow, "明文记录", "The plaintext record, byte for byte", NAVY);
	let small = mono(7.6, BLACK);
	for line in flow.lines(WIDTH, small, record) {
		flow.need(small.leading());
		flow.y += flow.paragraph(MARGIN, flow.y, WIDTH, small, &line);
	}
}

/// The foot of every page.
fn feet(flow: Flow, report: &Report) -> Vec<Page> {
	let note = "本证明书不是证据本身，以证明文件的离线核验结果为准。This paper is no proof: what counts is \
	            the offline verification of the proof file.";
	let origin = format!("{PROGRAM} · {}", report.block.hash);
	let small = flow.fitting(WIDTH, style(7.2, GREY), &[note]);
	let beside_number = flow.fitting(WIDTH - 60.0, small, &[&origin]);
	let y = PAGE.1 - 46.0;
	let (fonts, mut pages) = (flow.fonts, flow.pages);
	let count = pages.len();
	for (at, page) in pages.iter_mut().enumerate() {
		let number = format!("{} / {count}", at + 1);
		let right = MARGIN + WIDTH - small.size * fonts.width(Face::Text, &number);
		page.push(Mark::Fill { rects: vec![[MARGIN, y, WIDTH, 0.6]], ink: RULE });
		let mut line = |x, baseline, style, text: &str| {
			page.push(Mark::Text { at: (x, baseline), style, text: text.into() });
		};
		line(MARGIN, y + 12.0, small, note);
		line(MARGIN, y + 22.0, beside_number, &origin);
		line(right, y + 22.0, small, &number);
	}
	pages
}
