use super::{
	finding,
	format::{beijing, utc},
};
use crate::{
	authorities::Anchor,
	report::{Ballot, Block, Evidence, Finding, Phase, PollState, Shown, Subject, Word},
};
use alloc::{format, vec, vec::Vec};

/// What is not proved: what people might take for proved otherwise.
pub fn findings(subject: &Subject, block: &Block, anchor: &Anchor) -> Vec<Finding> {
	let mut findings = match subject {
		Subject::Ballot { poll, ballot, .. } => of_ballot(poll, ballot),
		Subject::NoBallot { poll, .. } => of_no_ballot(poll),
		Subject::Evidence(evidence) => of_evidence(evidence),
		Subject::Outcome { .. } => vec![ballots_behind(), law()],
	};
	if matches!(subject, Subject::Ballot { .. } | Subject::NoBallot { .. }) {
		findings.extend([person(), weight(), tally()]);
	}
	findings.extend([later(block), validators(), program(), origin(anchor), certificate()]);
	findings
}

fn of_ballot(poll: &PollState, ballot: &Ballot) -> Vec<Finding> {
	let mut findings = vec![will(), record(ballot)];
	findings.extend((poll.phase == Phase::Voting).then(last_ballot));
	findings
}

fn of_no_ballot(poll: &PollState) -> Vec<Finding> {
	let mut findings = vec![finding(
		"attempt",
		"It is not proved that the lender did not try to vote, or knew of the poll: only that no ballot \
		 of that row reached the chain.",
		"未证明该出借人未曾尝试投票，也未证明其知悉该表决，只证明该行没有选票到达链上。",
	)];
	findings.extend((poll.phase == Phase::Voting).then(last_ballot));
	findings
}

fn will() -> Finding {
	finding(
		"will",
		"It is not proved that the ballot says what the person wanted. The chain accepted it as signed by \
		 the key bound to the row; that signature is not in this file.",
		"未证明该票反映本人真实意愿。链上程序在接受该票时核验了该行绑定密钥的签名，但签名未附于本文件。",
	)
}

fn record(ballot: &Ballot) -> Finding {
	match ballot.cast_at {
		None => finding(
			"plaintext_not_shown",
			"The operator's plaintext record is not in this file, so nothing is proved of what else stands \
			 in it.",
			"本文件未附运营方保存的明文记录，因此未证明其中的其他内容。",
		),
		Some(at) => finding(
			"plaintext_truth",
			format!(
				"That the plaintext record was true before its digest reached the chain is not proved. The \
				 time of casting in it ({}) is the operator's word.",
				utc(at)
			),
			format!(
				"未证明明文记录在摘要上链之前属实；其中的投票时间（{}）只是运营方的陈述。",
				beijing(at)
			),
		),
	}
}

fn last_ballot() -> Finding {
	finding(
		"may_change",
		"The poll is still open: whether and how the lender has voted when it ends is not proved.",
		"表决尚未截止，未证明截止时该出借人是否投票以及如何投票。",
	)
}

fn person() -> Finding {
	finding(
		"person",
		"Which person stands behind the row is not proved. The identity hash is a pseudonym that only the \
		 registrar can compute from a document.",
		"未证明该行对应的自然人是谁。身份标识是假名，只有身份登记机构能够由证件推算。",
	)
}

fn weight() -> Finding {
	finding(
		"weight",
		"With what amount a ballot of this row counts is not proved; a full audit of the case shows that.",
		"未证明该行选票按何金额计票，该结论须由对整个案件的全面审计核验。",
	)
}

fn tally() -> Finding {
	finding(
		"tally",
		"That the result of the poll is right is not proved here; a full audit of the case checks that.",
		"未证明表决结果正确，该结论须由对整个案件的全面审计核验。",
	)
}

fn ballots_behind() -> Finding {
	finding(
		"ballots",
		"That the counts are those of the lenders' ballots, and that a lot's hash is that of the block which it names, \
		 is not proved here; a full audit of the case checks that.",
		"未证明计票与各出借人的选票一致，也未证明抽签所用哈希即其所指区块的哈希，该结论须由对整个案件的全面审计核验。",
	)
}

fn law() -> Finding {
	finding(
		"law",
		"Which law applies to the case, and that a rule follows the text it is named after, is not proved.",
		"未证明案件应适用的法律，也未证明规则符合其所依据的原文。",
	)
}

fn of_evidence(evidence: &Evidence) -> Vec<Finding> {
	let mut findings = vec![truth(evidence)];
	if evidence.arbiters.iter().any(|arbiter| arbiter.word != Word::None) {
		findings.push(finding(
			"diligence",
			"How carefully an institution checked, and that it is as independent as the policy states, is \
			 not proved.",
			"未证明见证机构的核查是否尽责，也未证明其确如见证规则所述具有独立性。",
		));
	}
	findings
}

fn truth(evidence: &Evidence) -> Finding {
	let (at, at_zh) = (utc(evidence.produced_at), beijing(evidence.produced_at));
	match evidence.plaintext {
		Shown::Nothing => finding(
			"plaintext_not_shown",
			format!(
				"The content behind the digest is not in this file, so nothing is proved of what it says. That \
				 it was made at {at} is its producer's word."
			),
			format!("本文件未附摘要所对应的内容，因此未证明其内容；生成时间（{at_zh}）只是存证方的陈述。"),
		),
		Shown::Whole | Shown::Leaf { .. } => finding(
			"plaintext_truth",
			format!(
				"That the content was true before its digest reached the chain is not proved. That it was made \
				 at {at} is its producer's word."
			),
			format!("未证明内容在摘要上链之前属实；生成时间（{at_zh}）只是存证方的陈述。"),
		),
	}
}

fn later(block: &Block) -> Finding {
	let number = block.number;
	finding(
		"later",
		format!("Nothing is proved of what happened after block {number}."),
		format!("未证明区块{number}之后发生的任何事情。"),
	)
}

fn validators() -> Finding {
	finding(
		"validators",
		"It is taken on trust that at no time two thirds of the validators signed falsely together, and \
		 that nobody else had their keys.",
		"以下为信任前提而非证明结论：任何时候都没有三分之二的验证节点共同作假，其密钥也未被他人掌握。",
	)
}

fn program() -> Finding {
	finding(
		"program",
		"It is taken on trust that the chain's program followed its published rules; the file shows what it \
		 stored, not how.",
		"以下为信任前提而非证明结论：链上程序遵守了公布的规则。本文件证明其存储结果，不证明其执行过程。",
	)
}

fn origin(anchor: &Anchor) -> Finding {
	match anchor {
		Anchor::Genesis { hash } => finding(
			"genesis",
			format!(
				"That {hash} is the first block of the chain in question is not proved: compare it with what the \
				 institutions publish."
			),
			format!("未证明{hash}就是所涉链的创世区块，请与各机构公布的创世哈希核对。"),
		),
		Anchor::Checkpoint { genesis, block } => finding(
			"checkpoint",
			format!(
				"That the checkpoint, block {block}, is an honest final block of the chain that begins with \
				 {genesis} is not proved: it is as good as where you have it from."
			),
			format!(
				"未证明检查点区块{block}是以{genesis}为创世区块的链上真实的最终区块，其可信程度取决于您取得它的来源。"
			),
		),
	}
}

fn certificate() -> Finding {
	finding(
		"certificate",
		"A certificate (PDF) in the file is not checked; only this report counts.",
		"文件中所附的证明书（PDF）未经核验，以本报告为准。",
	)
}
