//! Short words of the certificate, Chinese first; whole sentences come from the report.

use crate::output::lenders;
use chrono::{DateTime, FixedOffset, TimeZone};
use winddown_proof::{
	law::Law,
	layout::{
		evidence::{Kind, RecordState, Relation},
		polls::ItemKind,
	},
	Choice, ItemOutcome, Outcome, Phase, PollState, Shown, Subject, Word,
};
use winddown_sdk::amount::format_yuan;

/// The same in Chinese and in English.
pub type Both = (String, String);

fn both(chinese: impl Into<String>, english: impl Into<String>) -> Both {
	(chinese.into(), english.into())
}

/// What kind of certificate it is.
pub fn title(subject: &Subject) -> (&'static str, &'static str) {
	match subject {
		Subject::Ballot { .. } => ("链上选票证明书", "Certificate of a ballot on the chain"),
		Subject::NoBallot { .. } => ("未投票证明书", "Certificate that no ballot was cast"),
		Subject::Evidence(_) => ("链上存证证明书", "Certificate of an evidence record"),
		Subject::Outcome { .. } => ("表决结果证明书", "Certificate of a poll's result"),
	}
}

/// What is certified, in a sentence.
pub fn lead(subject: &Subject) -> Both {
	match subject {
		Subject::Ballot { lender, poll, .. } => {
			let (case, row, poll) = (lender.case, lender.lender, poll.poll);
			both(
				format!("案件{case}第{row}行的出借人在表决{poll}中投有下列选票，并已载入链上的最终状态。"),
				format!(
					"The lender in row {row} of case {case} has the ballot below in poll {poll}; it stands in \
					 the chain's final state."
				),
			)
		}
		Subject::NoBallot { lender, poll } => {
			let (case, row, poll) = (lender.case, lender.lender, poll.poll);
			both(
				format!(
					"在下列区块的最终状态中，案件{case}第{row}行的出借人在表决{poll}中没有选票。"
				),
				format!(
					"In the final state of the block below, the lender in row {row} of case {case} has no ballot \
					 in poll {poll}."
				),
			)
		}
		Subject::Outcome { poll, result } => {
			let (case, poll) = (result.case, poll.poll);
			both(
				format!("案件{case}的表决{poll}结果如下，已载入链上的最终状态，并与各组计票和规则相符。"),
				format!(
					"Poll {poll} of case {case} has the result below; it stands in the chain's final state and \
					 follows from the counts of the classes and the rules."
				),
			)
		}
		Subject::Evidence(evidence) => {
			let (case, id) = (evidence.case, evidence.id);
			let (state, state_en) = state(evidence.state);
			both(
				format!("案件{case}的存证{id}已载入链上的最终状态，其状态为“{state}”。"),
				format!(
					"Evidence record {id} of case {case} stands in the chain's final state and is {state_en}."
				),
			)
		}
	}
}

/// What came of the item of this number, for the headline; ties stand in [`ties`].
pub fn outcome(number: usize, item: &ItemOutcome) -> Both {
	let (en, zh) = item.came();
	both(format!("第{number}项：{zh}"), format!("Item {number}: {en}"))
}

/// Who was tied in an item, and what settled it; nothing where nobody was.
pub fn ties(item: &ItemOutcome) -> Option<Both> {
	let (en, zh) = item.ties_in_words();
	let (en, zh) = (en.strip_prefix("; ")?, zh.strip_prefix('；')?);
	Some(both(zh, en))
}

/// Who took part.
pub fn turnout(result: &Outcome) -> Both {
	let Outcome { eligible, turnout, .. } = result;
	let (all, voted) = (format_yuan(eligible.fen), format_yuan(turnout.fen));
	let (heads, of) = (turnout.heads, eligible.heads);
	both(
		format!("名册{of}人、{all}元，其中{heads}人、{voted}元参加表决"),
		format!("{} with {voted} yuan, of {of} with {all} yuan on the roll", lenders(heads)),
	)
}

/// When an option passes, with the law behind it.
pub fn rule(item: &ItemOutcome) -> Both {
	let words = |say: fn(&Law) -> String, none: &str, separator: &str| match &item.law[..] {
		[] => none.to_string(),
		laws => laws.iter().map(say).collect::<Vec<_>>().join(separator),
	};
	both(
		format!("{}（{}）", item.rule_zh, words(Law::chinese, "自定规则", "；")),
		format!("{} ({})", item.rule, words(Law::english, "a rule of its own", "; ")),
	)
}

/// What a ballot marks in the item of this number.
pub fn choice(number: usize, choice: &Choice) -> Both {
	let numbers = |separator: &str| {
		let marked = choice.marked.iter().map(|option| (u16::from(*option) + 1).to_string());
		marked.collect::<Vec<_>>().join(separator)
	};
	let (zh, en) = match (choice.item, &choice.marked[..]) {
		(_, []) => both("弃权", "abstains"),
		(ItemKind::Resolution, [0]) => both("赞成", "for"),
		(ItemKind::Resolution, _) => both("反对", "against"),
		(ItemKind::ChooseOne { .. }, _) => {
			both(format!("选择方案{}", numbers("、")), format!("option {}", numbers(", ")))
		}
		(ItemKind::ApproveUpTo { .. }, marked) => {
			let noun = if marked.len() == 1 { "candidate" } else { "candidates" };
			both(format!("选举候选人{}", numbers("、")), format!("{noun} {}", numbers(", ")))
		}
	};
	both(format!("第{number}项：{zh}"), format!("Item {number}: {en}"))
}

/// How far a poll is.
pub fn phase(poll: &PollState) -> Both {
	let (end, end_en) = end(poll.closes_at);
	match poll.phase {
		Phase::Voting => both(
			format!("尚未截止，截止时间{end}，此前仍可投票或改票"),
			format!("still open until {end_en}; until then a ballot may be cast or replaced"),
		),
		Phase::Over => both(
			format!("已于{end}截止，不能再投票或改票"),
			format!("over since {end_en}; no ballot can be cast or replaced any more"),
		),
		Phase::Cancelled { at } => {
			let (at, at_en) = moment(at);
			both(
				format!("已于{at}在无人投票时撤销，没有结果"),
				format!("cancelled at {at_en}, before anybody voted; it has no result"),
			)
		}
		Phase::Closed { evidence, .. } => both(
			format!("已于{end}截止并关闭，结果为存证{evidence}，不能再投票或改票"),
			format!(
				"over since {end_en} and closed, its result is evidence record {evidence}; no ballot can be \
				 cast or replaced any more"
			),
		),
	}
}

/// What a record is about.
pub fn kind(kind: Kind) -> Both {
	let zh = match kind {
		Kind::Notice => "公告",
		Kind::NoticeService => "公告送达证明",
		Kind::Roll => "锁定的出借人名册",
		Kind::Identity => "身份核验",
		Kind::ConfirmationCall => "确权通话录音",
		Kind::Adjudication => "债权裁定依据",
		Kind::Candidate => "候选人声明",
		Kind::Ballots => "选票记录",
		Kind::PollOutcome => "表决结果",
		Kind::Plan => "兑付方案",
		Kind::Decision => "监委会决定",
		Kind::Payment => "兑付记录",
		Kind::Stage => "案件阶段变更",
		Kind::Other => "其他存证",
	};
	let en = match kind {
		Kind::Notice => "notice",
		Kind::NoticeService => "proof that a notice was served",
		Kind::Roll => "locked roll",
		Kind::Identity => "identity checks",
		Kind::ConfirmationCall => "recordings of confirmation calls",
		Kind::Adjudication => "grounds of an adjudicated claim",
		Kind::Candidate => "candidate's statement",
		Kind::Ballots => "records of ballots",
		Kind::PollOutcome => "outcome of a poll",
		Kind::Plan => "repayment plan",
		Kind::Decision => "committee's decision",
		Kind::Payment => "payments",
		Kind::Stage => "change of the case's stage",
		Kind::Other => "other evidence",
	};
	both(zh, en)
}

/// What a record is worth.
pub fn state(state: RecordState) -> (&'static str, &'static str) {
	match state {
		RecordState::Pending => ("尚待认定", "pending"),
		RecordState::Effective => ("已生效", "effective"),
		RecordState::Rejected => ("已被否定", "rejected"),
		RecordState::Superseded => ("已由存证方替换", "superseded by its producer"),
	}
}

/// An institution's ties.
pub fn relation(relation: Relation) -> (&'static str, &'static str) {
	match relation {
		Relation::Independent => ("独立", "independent"),
		Relation::Related => ("有关联", "related"),
	}
}

/// What an institution said.
pub fn verdict(word: &Word) -> Both {
	match word {
		Word::None => both("未表态", "nothing yet"),
		Word::Confirmed { block } => {
			both(format!("确认（区块{block}）"), format!("confirmed, block {block}"))
		}
		Word::Absent { block, .. } => both(
			format!("区块{block}表示未能按时取得原文"),
			format!("did not get the content in time (block {block})"),
		),
		Word::Rejected { block, .. } => {
			both(format!("否定（区块{block}）"), format!("rejected, block {block}"))
		}
	}
}

/// What the bundle shows of a plaintext.
pub fn shown(shown: Shown) -> Both {
	match shown {
		Shown::Nothing => both("未附于文件", "not in the file"),
		Shown::Whole => {
			both("全部附于文件，与摘要一致", "all in the file, and it is what was digested")
		}
		Shown::Leaf { position } => {
			let number = u64::from(position) + 1;
			both(
				format!("文件附有第{number}条，与摘要一致"),
				format!("number {number} is in the file, and it is what was digested"),
			)
		}
	}
}

/// The first moment after something ended; in Chinese midnight is the end of the day before.
fn end(millis: u64) -> Both {
	const DAY: u64 = 86_400_000;
	const CHINA: u64 = 8 * 3_600_000;
	let (zh, en) = moment(millis);
	match (millis.saturating_add(CHINA) % DAY / 1_000, millis.checked_sub(DAY)) {
		(0, Some(day_before)) => (moment(day_before).0.replace("00:00:00", "24:00:00"), en),
		_ => (zh, en),
	}
}

/// A moment, in milliseconds since 1970: the clock of China, and UTC.
pub fn moment(millis: u64) -> Both {
	let utc = i64::try_from(millis).ok().and_then(DateTime::from_timestamp_millis);
	let Some(utc) = utc else { return both(format!("{millis}毫秒"), format!("{millis} ms")) };
	let beijing = FixedOffset::east_opt(8 * 3_600)
		.map(|zone| zone.from_utc_datetime(&utc.naive_utc()).format("%Y-%m-%d %H:%M:%S"));
	let beijing = beijing.map(|clock| clock.to_string()).unwrap_or_default();
	both(format!("北京时间{beijing}"), utc.format("%Y-%m-%d %H:%M:%S UTC").to_string())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_poll_that_ends_at_midnight_ends_with_the_day_before() {
		let midnight = 1_573_142_400_000;
		assert_eq!(end(midnight).0, "北京时间2019-11-07 24:00:00");
		assert_eq!(end(midnight).1, "2019-11-07 16:00:00 UTC");
		assert_eq!(end(midnight + 1_000).0, "北京时间2019-11-08 00:00:01");
	}
}
