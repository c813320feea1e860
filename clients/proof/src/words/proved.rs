use super::{
	finding,
	format::{beijing, beijing_end, numbers, utc, yuan},
};
use crate::{
	authorities::Anchor,
	count::counted,
	law::Law,
	layout::{
		evidence::{Kind, RecordState, Relation},
		polls::ItemKind,
	},
	report::{
		Arbiter, Ballot, Block, Choice, Evidence, Finding, ItemOutcome, Lender, Outcome, Phase,
		PollState, Shown, Subject, Word,
	},
};
use alloc::{format, string::String, vec, vec::Vec};

/// What is proved, the most important first.
pub fn findings(subject: &Subject, block: &Block, anchor: &Anchor) -> Vec<Finding> {
	let mut findings = match subject {
		Subject::Ballot { lender, poll, ballot } => {
			let mut findings = vec![cast(lender, poll, ballot), choices(ballot)];
			findings.extend(ballot.cast_at.map(|_| plaintext_of_ballot(ballot)));
			findings.extend([phase(poll), row(lender)]);
			findings
		}
		Subject::NoBallot { lender, poll } => {
			vec![no_ballot(lender, poll), phase(poll), row(lender)]
		}
		Subject::Evidence(evidence) => of_evidence(evidence),
		Subject::Outcome { poll, result } => {
			let items = result.items.iter().enumerate();
			let mut findings: Vec<_> =
				items.flat_map(|(at, item)| outcome(poll.poll, at + 1, item)).collect();
			findings.extend([counts(result), phase(poll)]);
			findings
		}
	};
	findings.extend([finality(block), chain(block, anchor)]);
	findings
}

fn cast(lender: &Lender, poll: &PollState, ballot: &Ballot) -> Finding {
	let (row, case, poll) = (lender.lender, lender.case, poll.poll);
	let Ballot { revision, record, receipt, .. } = ballot;
	finding(
		"ballot_cast",
		format!(
			"The lender in row {row} of case {case} has a ballot in poll {poll}. It is version {revision} \
			 of that lender's ballot, its receipt code is {receipt}, and its record has the digest {record}."
		),
		format!(
			"案件{case}第{row}行的出借人在表决{poll}中投了票。该票为此出借人的第{revision}版选票，回执编号\
			 {receipt}，选票记录摘要为{record}。"
		),
	)
}

fn choices(ballot: &Ballot) -> Finding {
	let items = |text: fn(&Choice) -> String, item: fn(usize) -> String| {
		let texts = ballot.choices.iter().enumerate();
		texts.map(|(at, choice)| format!("{}{}", item(at + 1), text(choice))).collect::<Vec<_>>()
	};
	finding(
		"choices",
		format!(
			"The ballot counts as: {}.",
			items(choice_en, |number| format!("item {number} ")).join("; ")
		),
		format!("该票计为：{}。", items(choice_zh, |number| format!("第{number}项")).join("；")),
	)
}

fn choice_en(choice: &Choice) -> String {
	let marked = numbers(&choice.marked, ", ");
	match (choice.item, &choice.marked[..]) {
		(_, []) => "abstains".into(),
		(ItemKind::Resolution, [0]) => "for".into(),
		(ItemKind::Resolution, [1]) => "against".into(),
		(ItemKind::Resolution, _) | (ItemKind::ChooseOne { .. }, _) => format!("option {marked}"),
		(ItemKind::ApproveUpTo { .. }, [_]) => format!("candidate {marked}"),
		(ItemKind::ApproveUpTo { .. }, _) => format!("candidates {marked}"),
	}
}

fn choice_zh(choice: &Choice) -> String {
	let marked = numbers(&choice.marked, "、");
	match (choice.item, &choice.marked[..]) {
		(_, []) => "弃权".into(),
		(ItemKind::Resolution, [0]) => "赞成".into(),
		(ItemKind::Resolution, [1]) => "反对".into(),
		(ItemKind::Resolution, _) | (ItemKind::ChooseOne { .. }, _) => format!("选择方案{marked}"),
		(ItemKind::ApproveUpTo { .. }, _) => format!("选举候选人{marked}"),
	}
}

fn plaintext_of_ballot(ballot: &Ballot) -> Finding {
	let record = ballot.record;
	finding(
		"plaintext",
		format!(
			"The plaintext record in this file is, byte for byte, what the digest {record} was taken of. \
			 It names the same case, poll, lender and choices as the ballot on the chain."
		),
		format!(
			"本文件所附选票明文记录与链上摘要{record}逐字节一致，其中的案件、表决、出借人和选择均与链上选票相同。"
		),
	)
}

fn no_ballot(lender: &Lender, poll: &PollState) -> Finding {
	let (row, case, number) = (lender.lender, lender.case, poll.poll);
	let (en, zh) = match poll.phase {
		Phase::Voting => ("so far", "截至该区块"),
		Phase::Over | Phase::Closed { .. } => ("and never had one when it ended", "直至表决结束"),
		Phase::Cancelled { .. } => ("which was cancelled before anybody voted", "在表决撤销前"),
	};
	finding(
		"no_ballot",
		format!("The lender in row {row} of case {case} has no ballot in poll {number}, {en}."),
		format!("案件{case}第{row}行的出借人{zh}未在表决{number}中投票。"),
	)
}

/// What came of an item, by what rule, and what its tests measured.
fn outcome(poll: u32, number: usize, item: &ItemOutcome) -> [Finding; 2] {
	let (what, what_zh) = item.in_words();
	let words = |say: fn(&Law) -> String, none: &str, separator: &str| match &item.law[..] {
		[] => none.into(),
		laws => laws.iter().map(say).collect::<Vec<_>>().join(separator),
	};
	let law = words(Law::english, "a rule of its own, of no preset", "; ");
	let law_zh = words(Law::chinese, "自定规则，不属于任何预设", "；");
	let grounds = item.grounds_in_words();
	let list = |of: fn(&(String, String)) -> &String, separator: &str| {
		grounds.iter().map(|words| of(words).as_str()).collect::<Vec<_>>().join(separator)
	};
	let (rule, rule_zh) = (&item.rule, &item.rule_zh);
	[
		finding(
			"outcome",
			format!("Item {number} of poll {poll}: {what}. It passes by: {rule} ({law})."),
			format!("表决{poll}第{number}项：{what_zh}。通过条件：{rule_zh}（{law_zh}）。"),
		),
		finding(
			"grounds",
			format!("Item {number}, what the rule measured: {}.", list(|words| &words.0, "; ")),
			format!("第{number}项逐项结果：{}。", list(|words| &words.1, "；")),
		),
	]
}

fn counts(result: &Outcome) -> Finding {
	let Outcome { eligible, turnout, .. } = result;
	let (all, all_fen) = (eligible.heads, yuan(eligible.fen));
	let (voted, fen) = (turnout.heads, yuan(turnout.fen));
	finding(
		"counts",
		format!(
			"Of {} with {all_fen} yuan on the roll {voted} with {fen} yuan took part. The counts of all \
			 classes stand on the chain, add up to the result, and what passed met its rule.",
			counted(all, "lender", "lenders")
		),
		format!(
			"名册共{all}人、{all_fen}元，其中{voted}人、{fen}元参加表决。各组计票均载于链上，合计与结果一致，\
			 通过的事项均达到其规则。"
		),
	)
}

fn phase(poll: &PollState) -> Finding {
	let (number, end) = (poll.poll, poll.closes_at);
	match poll.phase {
		Phase::Closed { at, evidence } => finding(
			"poll_closed",
			format!(
				"Poll {number} ended at {} and was closed at {}; its result is evidence record {evidence}. \
				 No ballot can be added, replaced or removed any more.",
				utc(end),
				utc(at)
			),
			format!(
				"表决{number}于{}截止，于{}关闭，结果存证编号为{evidence}。此后不能再新增、更改或删除选票。",
				beijing_end(end),
				beijing(at)
			),
		),
		Phase::Cancelled { at } => finding(
			"poll_cancelled",
			format!(
				"Poll {number} was cancelled at {}, before anybody voted. It has no result and takes no ballot.",
				utc(at)
			),
			format!("表决{number}已于{}在无人投票时撤销，没有结果，也不再接受投票。", beijing(at)),
		),
		Phase::Over => finding(
			"poll_over",
			format!(
				"Voting in poll {number} ended at {}. The result is not counted yet, but no ballot can be \
				 added, replaced or removed any more.",
				utc(end)
			),
			format!(
				"表决{number}已于{}截止。结果尚未计出，但此后不能再新增、更改或删除选票。",
				beijing_end(end)
			),
		),
		Phase::Voting => finding(
			"poll_open",
			format!(
				"Poll {number} is still open until {}: until then this lender may cast a ballot or replace it.",
				utc(end)
			),
			format!(
				"表决{number}尚未截止，截止时间为{}，在此之前该出借人仍可投票或改票。",
				beijing_end(end)
			),
		),
	}
}

fn row(lender: &Lender) -> Finding {
	let Lender { case, lender: row, identity } = lender;
	finding(
		"row",
		format!("Row {row} of case {case} belongs to the identity hash {identity}."),
		format!("案件{case}第{row}行对应身份标识{identity}。"),
	)
}

fn of_evidence(evidence: &Evidence) -> Vec<Finding> {
	let mut findings = vec![deposited(evidence), state(evidence)];
	findings.extend(evidence.arbiters.iter().filter_map(|arbiter| word(evidence.id, arbiter)));
	findings.extend(plaintext_of_evidence(evidence));
	findings
}

fn deposited(evidence: &Evidence) -> Finding {
	let Evidence { id, case, digest, leaves, deposited_in, .. } = evidence;
	let (about, about_zh) = kind(evidence.about);
	let by =
		evidence.producer.map_or("the chain itself".into(), |who| format!("institution {who}"));
	let by_zh = evidence.producer.map_or("链上程序".into(), |who| format!("机构{who}"));
	finding(
		"deposited",
		format!(
			"Evidence record {id} of case {case} ({about}) was deposited by {by} in block {deposited_in} at \
			 {}. It fixes {} by the digest {digest}.",
			utc(evidence.deposited_at),
			counted(*leaves, "record", "records")
		),
		format!(
			"案件{case}的存证{id}（{about_zh}）由{by_zh}于{}在区块{deposited_in}中存入，以摘要{digest}固定了\
			 {leaves}条记录。",
			beijing(evidence.deposited_at)
		),
	)
}

fn kind(kind: Kind) -> (&'static str, &'static str) {
	match kind {
		Kind::Notice => ("a notice", "公告"),
		Kind::NoticeService => ("proof that a notice was served", "公告送达证明"),
		Kind::Roll => ("the locked roll", "锁定的债权名册"),
		Kind::Identity => ("identity checks", "身份核验"),
		Kind::ConfirmationCall => ("recordings of confirmation calls", "确权通话录音"),
		Kind::Adjudication => ("grounds of an adjudicated claim", "债权裁定依据"),
		Kind::Candidate => ("a candidate's statement", "候选人声明"),
		Kind::Ballots => ("records of ballots", "选票记录"),
		Kind::PollOutcome => ("the outcome of a poll", "表决结果"),
		Kind::Plan => ("a repayment plan", "兑付方案"),
		Kind::Decision => ("a committee's decision", "监委会决定"),
		Kind::Payment => ("payments", "兑付记录"),
		Kind::Stage => ("a change of the case's stage", "案件阶段变更"),
		Kind::Other => ("other evidence", "其他存证"),
	}
}

fn state(evidence: &Evidence) -> Finding {
	let Evidence { id, .. } = evidence;
	let (required, independent) = (evidence.policy.required, evidence.policy.independent);
	let said = |wanted: fn(&Word) -> bool| {
		evidence.arbiters.iter().filter(|arbiter| wanted(&arbiter.word)).count()
	};
	let confirmed = said(|word| matches!(word, Word::Confirmed { .. }));
	let rejected = said(|word| matches!(word, Word::Rejected { .. }));
	let absent = said(|word| matches!(word, Word::Absent { .. }));
	let (absent, absent_zh) = match absent {
		0 => Default::default(),
		_ => (
			format!(", and {absent} did not get its content in time"),
			format!("，{absent}家未能按时取得原文"),
		),
	};
	let asked = evidence.arbiters.len();
	let (code, en, zh) = match evidence.state {
		RecordState::Pending => ("pending", "is still pending", "尚待认定"),
		RecordState::Effective => ("effective", "is effective", "已生效"),
		RecordState::Rejected => ("rejected", "is rejected", "已被否定"),
		RecordState::Superseded => ("superseded", "was replaced by its producer", "已由存证方替换"),
	};
	let by =
		evidence.superseded_by.map_or(String::new(), |by| format!(" Record {by} corrects it."));
	let by_zh = evidence.superseded_by.map_or(String::new(), |by| format!("更正记录为存证{by}。"));
	finding(
		code,
		format!(
			"Record {id} {en}: of {asked} arbitration institutions asked, {confirmed} confirmed and \
			 {rejected} rejected it{absent}; {required} confirmations are needed, {independent} of them by \
			 independent institutions.{by}"
		),
		format!(
			"存证{id}{zh}：应见证的{asked}家仲裁机构中，{confirmed}家确认，{rejected}家否定{absent_zh}；须有{required}家确认，\
			 其中独立机构不少于{independent}家。{by_zh}"
		),
	)
}

fn word(id: u64, arbiter: &Arbiter) -> Option<Finding> {
	let account = arbiter.account;
	let (ties, ties_zh) = match arbiter.relation {
		Relation::Independent => ("independent", "独立机构"),
		Relation::Related => ("related to platform or operator", "与平台或运营方有关联"),
	};
	match &arbiter.word {
		Word::None => None,
		Word::Confirmed { block } => Some(finding(
			"confirmed",
			format!("Institution {account} ({ties}) confirmed record {id} in block {block}."),
			format!("机构{account}（{ties_zh}）于区块{block}确认了存证{id}。"),
		)),
		Word::Rejected { block, reason } => Some(finding(
			"objected",
			format!(
				"Institution {account} ({ties}) rejected record {id} in block {block}; its reasons have the \
				 digest {reason}."
			),
			format!("机构{account}（{ties_zh}）于区块{block}否定了存证{id}，理由摘要为{reason}。"),
		)),
		Word::Absent { block, reason } => Some(finding(
			"not_found",
			format!(
				"Institution {account} ({ties}) said in block {block} that it did not get the content of record \
				 {id} in time; its reasons have the digest {reason}. It may speak once more when the content \
				 appears."
			),
			format!(
				"机构{account}（{ties_zh}）于区块{block}表示未能按时取得存证{id}的原文，理由摘要为{reason}；取得原文后，\
				 该机构可再次表态一次。"
			),
		)),
	}
}

fn plaintext_of_evidence(evidence: &Evidence) -> Option<Finding> {
	let Evidence { id, leaves, .. } = evidence;
	match evidence.plaintext {
		Shown::Nothing => None,
		Shown::Whole => Some(finding(
			"plaintext",
			format!("The content in this file is, byte for byte, what record {id} fixes."),
			format!("本文件所附内容与存证{id}所固定的内容逐字节一致。"),
		)),
		Shown::Leaf { position } => {
			let number = u64::from(position) + 1;
			Some(finding(
				"plaintext",
				format!(
					"The plaintext record in this file is, byte for byte, number {number} of the {leaves} that \
					 record {id} fixes."
				),
				format!("本文件所附明文记录与存证{id}所固定的{leaves}条记录中的第{number}条逐字节一致。"),
			))
		}
	}
}

fn finality(block: &Block) -> Finding {
	let Block { number, hash, set_id, validators, .. } = block;
	finding(
		"finality",
		format!(
			"All this stands in the state of block {number} ({hash}) of {}. More than two thirds of the \
			 validators of set {set_id}, {validators} in all, signed that the block is final.",
			utc(block.time)
		),
		format!(
			"以上内容均记载于{}的区块{number}（{hash}）的状态中。第{set_id}届{validators}个验证节点中超过三分之二\
			 已签名确认该区块为最终区块。",
			beijing(block.time)
		),
	)
}

fn chain(block: &Block, anchor: &Anchor) -> Finding {
	let changes = block.changes;
	let changes_en = counted(changes, "change", "changes");
	match anchor {
		Anchor::Genesis { hash } => finding(
			"from_genesis",
			format!(
				"The validators follow from the chain's first block {hash}, through {changes_en}, each \
				 of which the validators before it signed."
			),
			format!("验证节点由该链创世区块{hash}推出，历经{changes}次变更，每次变更均由变更前的验证节点签名确认。"),
		),
		Anchor::Checkpoint { block, .. } => finding(
			"from_checkpoint",
			format!(
				"The validators follow from the checkpoint, block {block}, through {changes_en}, each of \
				 which the validators before it signed."
			),
			format!("验证节点由检查点区块{block}推出，历经{changes}次变更，每次变更均由变更前的验证节点签名确认。"),
		),
	}
}
