use crate::{
	count::counted,
	failure::{Failure, Finalised, Value},
	finality::Fault,
};
use alloc::{format, string::String};

/// What is wrong with a bundle, in English.
pub fn english(failure: &Failure) -> String {
	match failure {
		Failure::NotABundle => "This is not an evidence bundle.".into(),
		Failure::TooLarge => "The file is larger than a bundle may be.".into(),
		Failure::Malformed => "The file is damaged: its bytes make no bundle.".into(),
		Failure::OtherChain => {
			"The bundle is of another chain: it begins at another genesis block.".into()
		}
		Failure::NotGenesis => "The block given as genesis is not a chain's first block.".into(),
		Failure::OtherCheckpoint => {
			"The bundle begins at another block than the checkpoint.".into()
		}
		Failure::ChangePending => {
			"A change of validators was under way at the checkpoint; take another one.".into()
		}
		Failure::NoAuthorities => "A set of validators is empty or overflows.".into(),
		Failure::ChangeOutOfOrder { change } => {
			format!("Change {change} of the validators does not come after what precedes it.")
		}
		Failure::SignalUnreadable { change } => {
			format!("What the block of change {change} tells GRANDPA cannot be read.")
		}
		Failure::NoChange { change } => {
			format!("The block of change {change} changes no validators.")
		}
		Failure::SeveralChanges { change } => {
			format!("The block of change {change} changes the validators more than once.")
		}
		Failure::DelayedChange { change } => {
			format!("Change {change} of the validators is delayed, which this chain never does.")
		}
		Failure::ForcedChange { change } => format!(
			"Change {change} replaced the validators without their votes; only a checkpoint leads past it."
		),
		Failure::BlockOutOfOrder => {
			"The block does not come after the last change of the validators.".into()
		}
		Failure::NotFinal { block, fault } => {
			let block = match block {
				Finalised::Block => "the block".into(),
				Finalised::Change { change } => format!("the block of change {change}"),
			};
			format!("The votes do not make {block} final: {}.", fault_en(*fault))
		}
		Failure::ProofIncomplete { value } => {
			format!("The storage proof does not show the chain's {}.", value_en(*value))
		}
		Failure::ProofSuperfluous => "The storage proof holds more than it needs.".into(),
		Failure::Missing { value } => format!("The chain has no such {}.", value_en(*value)),
		Failure::Unreadable { value } => {
			format!("The chain's {} does not have the known form.", value_en(*value))
		}
		Failure::OtherCase { actual } => {
			format!("The poll belongs to case {actual}, not to the one claimed.")
		}
		Failure::NoSuchLender => "The case has no such row.".into(),
		Failure::PollNotClosed => "The poll was not closed: it has no result yet.".into(),
		Failure::ResultMismatch => {
			"The result of the poll does not follow from its roll, its counts and its rules.".into()
		}
		Failure::NoBallot => "The lender has no ballot in this poll.".into(),
		Failure::BallotFound { record } => {
			format!(
				"The lender does have a ballot in this poll; its record has the digest {record}."
			)
		}
		Failure::PlaintextOutOfPlace => {
			"The bundle holds a plaintext that does not belong to its claim.".into()
		}
		Failure::DigestMismatch { expected, actual } => format!(
			"The plaintext was altered: the chain has the digest {expected}, the plaintext {actual}."
		),
		Failure::TextChanged { slips } => format!(
			"The plaintext says what was digested, but the file was changed on its way: it differs in {slips}. Take it \
			 from its source once more, as it is."
		),
		Failure::SizeMismatch { expected, actual } => {
			let actual = counted(*actual, "byte", "bytes");
			format!("The plaintext has {actual}, not the {expected} that the chain states.")
		}
		Failure::RecordUnreadable { reason } => {
			format!("The plaintext record cannot be read: {reason}.")
		}
		Failure::NotABallot => "The plaintext record is not a ballot's.".into(),
		Failure::RecordOfOtherAlgorithm { actual } => {
			format!("The plaintext record names the algorithm {}, unlike the chain.", actual.name())
		}
		Failure::RecordOfOtherCase { actual } => {
			format!("The plaintext record is of case {actual}.")
		}
		Failure::RecordOfOtherPoll { actual } => {
			format!("The plaintext record is of poll {actual}.")
		}
		Failure::RecordOfOtherLender { actual } => {
			format!("The plaintext record is of the lender in row {actual}.")
		}
		Failure::RecordOfOtherChoices => {
			"The plaintext record has other choices than the ballot on the chain.".into()
		}
		Failure::NotInBatch => "The plaintext record is not at that place of the batch.".into(),
		Failure::LeavesMismatch { expected, actual } => {
			let actual = counted(*actual, "record", "records");
			format!("The batch has {actual}, not the {expected} that the chain states.")
		}
		Failure::CountsMismatch => {
			"The verdicts that the chain counted are not those of the institutions.".into()
		}
		Failure::StateMismatch => {
			"The state of the record does not follow from its verdicts and its policy.".into()
		}
	}
}

/// What is wrong with a bundle, in Chinese.
pub fn chinese(failure: &Failure) -> String {
	match failure {
		Failure::NotABundle => "该文件不是存证证明包。".into(),
		Failure::TooLarge => "文件超过证明包的最大长度。".into(),
		Failure::Malformed => "文件已损坏，无法读取为证明包。".into(),
		Failure::OtherChain => "该证明包属于另一条链：其创世区块不同。".into(),
		Failure::NotGenesis => "所给的创世区块不是链的第一个区块。".into(),
		Failure::OtherCheckpoint => "该证明包的起点不是所给的检查点区块。".into(),
		Failure::ChangePending => "检查点处验证节点正在变更，请改用其他检查点。".into(),
		Failure::NoAuthorities => "验证节点集合为空或权重溢出。".into(),
		Failure::ChangeOutOfOrder { change } => format!("验证节点的第{change}次变更顺序不对。"),
		Failure::SignalUnreadable { change } => {
			format!("第{change}次变更所在区块的最终性信息无法读取。")
		}
		Failure::NoChange { change } => format!("第{change}次变更所在区块并未变更验证节点。"),
		Failure::SeveralChanges { change } => format!("第{change}次变更所在区块多次变更验证节点。"),
		Failure::DelayedChange { change } => {
			format!("第{change}次变更为延迟变更，本链不存在此类变更。")
		}
		Failure::ForcedChange { change } => {
			format!("第{change}次变更未经原验证节点投票，只能由检查点开始验证。")
		}
		Failure::BlockOutOfOrder => "该区块不在验证节点最后一次变更之后。".into(),
		Failure::NotFinal { block, fault } => {
			let block = match block {
				Finalised::Block => "该区块".into(),
				Finalised::Change { change } => format!("第{change}次变更所在区块"),
			};
			format!("签名不能证明{block}为最终区块：{}。", fault_zh(*fault))
		}
		Failure::ProofIncomplete { value } => {
			format!("状态证明不能证明链上的{}。", value_zh(*value))
		}
		Failure::ProofSuperfluous => "状态证明含有多余的内容。".into(),
		Failure::Missing { value } => format!("链上没有该{}。", value_zh(*value)),
		Failure::Unreadable { value } => format!("链上的{}不符合已知格式。", value_zh(*value)),
		Failure::OtherCase { actual } => format!("该表决属于案件{actual}，与所称案件不符。"),
		Failure::NoSuchLender => "该案件没有这一行。".into(),
		Failure::PollNotClosed => "该表决尚未关闭，还没有结果。".into(),
		Failure::ResultMismatch => "表决结果与名册、各组计票和规则不符。".into(),
		Failure::NoBallot => "该出借人在此表决中没有选票。".into(),
		Failure::BallotFound { record } => {
			format!("该出借人在此表决中有选票，其记录摘要为{record}。")
		}
		Failure::PlaintextOutOfPlace => "证明包所附明文与所证事项不符。".into(),
		Failure::DigestMismatch { expected, actual } => {
			format!("明文已被更改：链上摘要为{expected}，明文摘要为{actual}。")
		}
		Failure::TextChanged { slips } => format!(
			"明文内容与链上一致，但文件在传送中被改动：仅{}不同。请从来源处重新取得原样文件。",
			slips.chinese()
		),
		Failure::SizeMismatch { expected, actual } => {
			format!("明文长度为{actual}字节，与链上所载{expected}字节不符。")
		}
		Failure::RecordUnreadable { reason } => format!("明文记录无法读取：{reason}。"),
		Failure::NotABallot => "明文记录不是选票记录。".into(),
		Failure::RecordOfOtherAlgorithm { actual } => {
			format!("明文记录所载摘要算法{}与链上不同。", actual.name())
		}
		Failure::RecordOfOtherCase { actual } => format!("明文记录属于案件{actual}。"),
		Failure::RecordOfOtherPoll { actual } => format!("明文记录属于表决{actual}。"),
		Failure::RecordOfOtherLender { actual } => format!("明文记录属于第{actual}行的出借人。"),
		Failure::RecordOfOtherChoices => "明文记录中的选择与链上选票不同。".into(),
		Failure::NotInBatch => "明文记录不在该批次的该位置。".into(),
		Failure::LeavesMismatch { expected, actual } => {
			format!("该批次有{actual}条记录，与链上所载{expected}条不符。")
		}
		Failure::CountsMismatch => "链上统计的见证意见与各机构的意见不符。".into(),
		Failure::StateMismatch => "存证状态与见证意见和见证规则不符。".into(),
	}
}

fn fault_en(fault: Fault) -> &'static str {
	match fault {
		Fault::OtherBlock => "they are for another block",
		Fault::UnknownVoter => "somebody voted who is no validator of this set",
		Fault::DuplicateVote => "a validator voted twice",
		Fault::NotDescendant => "a vote is for a block that does not come after it",
		Fault::BadSignature => "a signature is wrong",
		Fault::DuplicateAncestor => "a header occurs twice",
		Fault::SuperfluousAncestor => "a header is not needed",
		Fault::TooLittleWeight => "they are no more than two thirds",
		Fault::NotTheTarget => "they make another block final",
	}
}

fn fault_zh(fault: Fault) -> &'static str {
	match fault {
		Fault::OtherBlock => "签名针对另一区块",
		Fault::UnknownVoter => "签名者不是本届验证节点",
		Fault::DuplicateVote => "同一验证节点重复签名",
		Fault::NotDescendant => "所签区块不在该区块之后",
		Fault::BadSignature => "签名无效",
		Fault::DuplicateAncestor => "区块头重复",
		Fault::SuperfluousAncestor => "含有多余的区块头",
		Fault::TooLittleWeight => "未超过三分之二",
		Fault::NotTheTarget => "签名确认的是另一区块",
	}
}

fn value_en(value: Value) -> &'static str {
	match value {
		Value::Authorities => "validators",
		Value::SetId => "number of the validators' set",
		Value::PendingChange => "pending change of validators",
		Value::Time => "time",
		Value::Poll => "poll",
		Value::Result => "result of the poll",
		Value::Tally => "count of a class",
		Value::Ballots => "ballots",
		Value::Identities => "identity hashes",
		Value::Record => "evidence record",
		Value::Policy => "attestation policy",
		Value::Attestation => "attestation",
	}
}

fn value_zh(value: Value) -> &'static str {
	match value {
		Value::Authorities => "验证节点",
		Value::SetId => "验证节点届次",
		Value::PendingChange => "待生效的验证节点变更",
		Value::Time => "时间",
		Value::Poll => "表决",
		Value::Result => "表决结果",
		Value::Tally => "分组计票",
		Value::Ballots => "选票",
		Value::Identities => "身份标识",
		Value::Record => "存证",
		Value::Policy => "见证规则",
		Value::Attestation => "见证意见",
	}
}
