//! Kinds of evidence, in the words of people.

use winddown_sdk::{chain::kind_name, primitives::EvidenceKind};

/// A kind in Chinese, as certificates have it.
pub const fn zh(kind: EvidenceKind) -> &'static str {
	match kind {
		EvidenceKind::Notice => "公告",
		EvidenceKind::NoticeService => "公告送达证明",
		EvidenceKind::Roll => "锁定的出借人名册",
		EvidenceKind::Identity => "身份核验",
		EvidenceKind::ConfirmationCall => "确权通话录音",
		EvidenceKind::Adjudication => "债权裁定依据",
		EvidenceKind::Candidate => "候选人声明",
		EvidenceKind::Ballots => "选票记录",
		EvidenceKind::PollOutcome => "表决结果",
		EvidenceKind::Plan => "兑付方案",
		EvidenceKind::Decision => "监委会决定",
		EvidenceKind::Payment => "兑付记录",
		EvidenceKind::Stage => "案件阶段变更",
		EvidenceKind::Other => "其他存证",
	}
}

/// A kind as JSON has it, and in Chinese.
pub fn both(kind: EvidenceKind) -> String {
	format!("{} {}", kind_name(kind), zh(kind))
}
