//! What an audit can find, and where.

use serde::Serialize;
use std::collections::BTreeMap;

/// Findings of one kind that a report lists one by one; the rest is counted.
const LISTED: usize = 200;

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
	/// Something that should be looked at; the result does not depend on it.
	Warning,
	/// A rule was broken, or something was altered, left out or added.
	Error,
}

macro_rules! codes {
	($($(#[$doc:meta])* $code:ident = $text:literal, $severity:ident, $en:literal, $zh:literal;)*) => {
		/// A kind of finding. Its text is stable: tools may rely on it.
		#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
		pub enum Code { $($(#[$doc])* #[doc = $en] $code,)* }

		impl Code {
			/// Every code.
			pub const ALL: &'static [Code] = &[$(Code::$code,)*];

			/// The stable text.
			pub const fn text(self) -> &'static str {
				match self { $(Self::$code => $text,)* }
			}

			/// How bad it is.
			pub const fn severity(self) -> Severity {
				match self { $(Self::$code => Severity::$severity,)* }
			}

			/// The rule that is broken, in English.
			pub const fn en(self) -> &'static str {
				match self { $(Self::$code => $en,)* }
			}

			/// The rule that is broken, in Chinese.
			pub const fn zh(self) -> &'static str {
				match self { $(Self::$code => $zh,)* }
			}
		}
	};
}

codes! {
	GenesisForeign = "genesis-foreign", Error,
		"The archive is of the chain with the genesis hash that was given.", "档案须属于所给创世哈希的链。";
	ChainBroken = "chain-broken", Error,
		"Every block names the hash of the block before it, and numbers have no gap.", "每个区块须指向前一区块的哈希，编号须连续。";
	ExtrinsicsRoot = "extrinsics-root", Error,
		"The extrinsics of a block are those of the root in its header.", "区块内交易须与区块头中的交易根一致。";
	EventsProof = "events-proof", Error,
		"The events of a block are proved by the state root in its header.", "区块事件须能由区块头中的状态根证明。";
	StateRoot = "state-root", Error,
		"All values of the last state together give the state root in the header.", "最终状态的全部数据须重算出区块头中的状态根。";
	Unreadable = "unreadable", Error,
		"Every extrinsic and event decodes by the metadata of its runtime.", "每笔交易和事件须能按其运行时元数据解码。";
	JustificationMissing = "justification-missing", Error,
		"The last block carries a justification.", "最后区块须附有最终性证明。";
	JustificationForeign = "justification-foreign", Error,
		"The justification is for this block, by validators of this chain.", "最终性证明须针对该区块，并由本链验证人作出。";
	JustificationInvalid = "justification-invalid", Error,
		"More than two thirds of the validators of the time signed for the block.", "须有当时三分之二以上验证人为该区块签名。";
	AuthoritySetStale = "authority-set-stale", Error,
		"The justification is by the validators of the time, not by an earlier set.", "最终性证明须由当时的验证人组作出，不得由旧组作出。";
	AuthorityChange = "authority-change", Error,
		"Every change of the validators is final by the validators before it.", "每次验证人变更须由变更前的验证人最终确认。";
	TimeBackwards = "time-backwards", Error,
		"The time of a block is after that of the block before.", "区块时间须晚于前一区块。";
	ExtrinsicSignature = "extrinsic-signature", Error,
		"An institution's transaction bears its signature.", "机构交易须有该机构的有效签名。";
	RoleMissing = "role-missing", Error,
		"Whoever acts is an institution in good standing with the role for it, at that time.", "行为人须为当时在册、未被暂停且具相应角色的机构。";
	AssociationForeign = "association-foreign", Error,
		"An association acts only in a case that it opened itself.", "行业协会只能在其自行开立的案件中行事。";
	EventUnexplained = "event-unexplained", Error,
		"Every event that changes the case has a call that brings it about.", "每个改变案件的事件须有引起它的交易。";
	EventDiffers = "event-differs", Error,
		"Events tell what the calls did.", "事件须与交易的实际效果一致。";
	WrapperNotFollowed = "wrapper-not-followed", Warning,
		"Calls within other calls can be followed.", "嵌套在其他调用中的调用须可追踪。";
	RollOrder = "roll-order", Error,
		"The rows of a roll ascend by identity, each person once.", "名册须按身份标识升序排列，每人仅一行。";
	RollAmount = "roll-amount", Error,
		"No row of a roll has an amount of zero.", "名册中每行金额不得为零。";
	RollStatement = "roll-statement", Error,
		"The roll is what the platform stated when it locked it: heads, amount and digest.", "名册须与平台锁定时声明的人数、金额和摘要一致。";
	RollDiffers = "roll-differs", Error,
		"The stored roll is the imported one.", "链上存储的名册须与导入的名册一致。";
	RollChangedWhileOpen = "roll-changed-while-open", Error,
		"The eligible roll does not change while a poll is open.", "投票期间有表决权的名册不得变动。";
	ClaimDiffers = "claim-differs", Error,
		"State and amount of a claim follow from confirmations, disputes and rulings.", "债权状态和金额须由确认、异议和裁定得出。";
	RulingUnfounded = "ruling-unfounded", Error,
		"A ruling names a record of its grounds in the same case.", "裁定须附同一案件的依据存证。";
	TotalsDiffer = "totals-differ", Error,
		"The totals of a poll are those of the eligible roll at its opening.", "投票的总人数和总金额须为开启时有表决权名册的合计。";
	KeyInUse = "key-in-use", Error,
		"A key serves one row, and never another.", "一个密钥只能用于一行，不得另用。";
	KeyDiffers = "key-differs", Error,
		"The stored keys follow from registrations, rebindings and revocations.", "存储的密钥须由登记、换绑和撤销记录得出。";
	SequenceDiffers = "sequence-differs", Error,
		"The last sequence of a lender is that of the last intent carried out.", "出借人的最后序号须为其最后执行意愿的序号。";
	SignatureInvalid = "signature-invalid", Error,
		"An intent bears the signature of the lender's key over this intent on this chain.", "意愿须有出借人密钥对本链该意愿的签名。";
	KeyMissing = "key-missing", Error,
		"The lender has a key when the intent is carried out.", "执行意愿时出借人须已有密钥。";
	KeyRevoked = "key-revoked", Error,
		"The lender's key is not revoked when the intent is carried out.", "执行意愿时出借人密钥不得已被撤销。";
	Replay = "replay", Error,
		"An intent is carried out once: its sequence exceeds every one before.", "意愿只执行一次：序号须大于此前所有序号。";
	IntentExpired = "intent-expired", Error,
		"An intent is carried out no later than it allows, and allows no more than the longest time.", "意愿须在有效期内执行，且有效期不得过长。";
	SequenceTooHigh = "sequence-too-high", Error,
		"The sequence of an intent does not exceed the intent's end in milliseconds.", "意愿序号不得大于其有效期截止时间（毫秒）。";
	CallNotAllowed = "call-not-allowed", Error,
		"An intent asks only for what lenders may do.", "意愿只能请求出借人可做的事项。";
	BallotAfterClose = "ballot-after-close", Error,
		"A ballot is carried out before the poll closes, by the time of the block.", "选票须在投票截止前（按区块时间）执行。";
	BallotForeign = "ballot-foreign", Error,
		"A ballot is for a poll of the lender's case.", "选票须针对出借人所在案件的投票。";
	BallotChoices = "ballot-choices", Error,
		"A ballot answers every item and marks only what it allows.", "选票须回答每个议项且仅作允许的选择。";
	BallotNoRight = "ballot-no-right", Error,
		"Whoever votes has a confirmed claim.", "投票人须有已确认的债权。";
	RevotesExceeded = "revotes-exceeded", Error,
		"A ballot is replaced no more often than the terms allow.", "改票次数不得超过规则允许的次数。";
	RefusedWrongly = "refused-wrongly", Error,
		"An intent that is in order is carried out.", "合规的意愿须被执行。";
	BallotMissing = "ballot-missing", Error,
		"Every ballot that counts stands in the ballot column.", "每张有效选票须在选票列中。";
	BallotExtra = "ballot-extra", Error,
		"The ballot column holds no ballot that nobody cast.", "选票列中不得有无人所投的选票。";
	BallotAltered = "ballot-altered", Error,
		"The ballot column holds what was cast.", "选票列的内容须与所投一致。";
	PollDiffers = "poll-differs", Error,
		"A poll asks what was put to the vote: questions, candidates or plans, window.", "投票的议项、候选人或方案及期限须与提请内容一致。";
	TallyDiffers = "tally-differs", Error,
		"The count is the sum of the ballots, by item, option and class, to the fen.", "计票须为选票按议项、选项、类别的合计，精确到分。";
	RuleMisapplied = "rule-misapplied", Error,
		"The rule of the case is applied as it stands: shares, strictness, base, scope.", "须按案件规则原样适用：比例、是否含本数、基数、范围。";
	OutcomeDiffers = "outcome-differs", Error,
		"What followed from a poll is what its result says: seats, reserves, adopted plan.", "投票的后果（席位、候补、通过的方案）须与结果一致。";
	LotDiffers = "lot-differs", Error,
		"A lot is the hash of the tenth block after it was asked for, and asked for once.", "抽签须取申请后第十个区块的哈希，且只申请一次。";
	CandidateOrderDiffers = "candidate-order-differs", Error,
		"Candidates stand on the ballot in the order of the case's terms.", "候选人在选票上的顺序须符合案件规则。";
	CancelledWrongly = "cancelled-wrongly", Error,
		"A poll is cancelled by its association, before its first ballot and its end.", "表决须由其行业协会在首张选票及截止之前撤销。";
	RollClearedWrongly = "roll-cleared-wrongly", Error,
		"A roll is cleared before it is locked, whole pages from its end, until no row is left.", "名册须在锁定前自末页起整页清除，直至清空。";
	ClosedEarly = "closed-early", Error,
		"A poll is closed at or after its end.", "投票须在期满后关闭。";
	PolicyDiffers = "policy-differs", Error,
		"The policies of a case are those that were set.", "案件的见证规则须为当时所设定的规则。";
	RelatedParty = "attestation-related-party", Error,
		"An arbiter that is also platform or operator does not count as independent.", "兼任平台或运营方的仲裁机构不得计为独立机构。";
	AttestationForeign = "attestation-foreign", Error,
		"A record is attested by institutions of its policy, with that role at the time.", "存证须由其规则所列、当时具有仲裁角色的机构见证。";
	AttestationTwice = "attestation-twice", Error,
		"An institution attests a record once, and once more after it called the content absent.", "一家机构对一项存证只见证一次；曾表示原文缺失的，可再见证一次。";
	AttestationDigest = "attestation-digest", Error,
		"What was attested is the record's digest.", "所见证的须为该存证的摘要。";
	AttestationDiffers = "attestation-differs", Error,
		"The stored attestations are those that were given.", "存储的见证须为实际作出的见证。";
	EvidenceDiffers = "evidence-differs", Error,
		"A stored record is the one that was deposited.", "存储的存证须与提交的一致。";
	EvidenceState = "evidence-state", Error,
		"The state of a record follows from its policy and its attestations.", "存证状态须由规则和见证得出。";
	ResultEvidence = "result-evidence", Error,
		"The chain's own results are evidence under their digest.", "链上自身结果须以其摘要存证。";
	PaymentDiffers = "payment-differs", Error,
		"What counts as paid is the sum of the reported payments, and in time or late by the clock.", "已付金额须为所报付款之和，是否逾期以链上时间为准。";
	RecordMissing = "record-missing", Error,
		"Every ballot's digest has its plaintext record.", "每张选票的摘要须有对应的明文记录。";
	RecordExtra = "record-extra", Error,
		"Every plaintext record belongs to a ballot or to a batch on chain.", "每条明文记录须属于链上的选票或批次。";
	RecordAltered = "record-altered", Error,
		"A plaintext record matches the digest under which it is kept.", "明文记录须与其摘要一致。";
	RecordsSwapped = "records-swapped", Error,
		"A plaintext record names the case, poll, lender and choices of its ballot.", "明文记录的案件、投票、出借人和选择须与选票一致。";
	RecordMalformed = "record-malformed", Error,
		"A plaintext record is canonical JSON of its schema, with a salt of 32 bytes.", "明文记录须为符合模式的规范 JSON，并含 32 字节盐值。";
	RecordTwice = "record-twice", Error,
		"A plaintext record is kept once.", "每条明文记录只保存一次。";
	BatchMissing = "batch-missing", Error,
		"Every Merkle root on chain has its batch of records.", "链上每个默克尔根须有对应的记录批次。";
	BatchExtra = "batch-extra", Warning,
		"Every batch of records belongs to a record on chain.", "每个记录批次须对应链上存证。";
	BatchRoot = "batch-root", Error,
		"The records of a batch give its Merkle root.", "批次内记录须重算出其默克尔根。";
	BatchLeaves = "batch-leaves", Error,
		"A batch has as many records and bytes as the chain says.", "批次的记录数和字节数须与链上一致。";
	LeafIsNode = "leaf-is-node", Error,
		"The leaves of a batch are records, not inner nodes of its tree.", "批次的叶子须为记录，不得为树的内部节点。";
	DocumentMissing = "document-missing", Error,
		"Every document on chain has its bytes.", "链上每份文件须有对应的原文。";
	DocumentAltered = "document-altered", Error,
		"A document matches its digest.", "文件须与其摘要一致。";
	DocumentExtra = "document-extra", Warning,
		"Every document belongs to a digest on chain.", "每份文件须对应链上摘要。";
}

impl Serialize for Code {
	fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(self.text())
	}
}

/// Where something was found; what does not apply is left out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Place {
	/// The block.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub block: Option<u32>,
	/// The extrinsic within it.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub extrinsic: Option<u32>,
	/// The poll.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub poll: Option<u32>,
	/// The item of the poll, from 0.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub item: Option<u32>,
	/// The lender's row.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub row: Option<u32>,
	/// The evidence record.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub evidence: Option<u64>,
	/// The digest of a plaintext record, batch or document.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub digest: Option<String>,
	/// The institution.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub institution: Option<String>,
}

impl Place {
	/// A block.
	pub fn block(block: u32) -> Self {
		Self { block: Some(block), ..Self::default() }
	}

	/// A poll.
	pub fn poll(poll: u32) -> Self {
		Self { poll: Some(poll), ..Self::default() }
	}

	/// A row of the case.
	pub fn row(row: u32) -> Self {
		Self { row: Some(row), ..Self::default() }
	}

	/// An evidence record.
	pub fn evidence(id: u64) -> Self {
		Self { evidence: Some(id), ..Self::default() }
	}

	/// A digest.
	pub fn digest(digest: impl ToString) -> Self {
		Self { digest: Some(digest.to_string()), ..Self::default() }
	}

	/// The same place, in a poll.
	pub fn in_poll(self, poll: u32) -> Self {
		Self { poll: Some(poll), ..self }
	}

	/// The same place, at a row.
	pub fn at_row(self, row: u32) -> Self {
		Self { row: Some(row), ..self }
	}

	/// The same place, at an item.
	pub fn at_item(self, item: usize) -> Self {
		Self { item: Some(item as u32), ..self }
	}

	/// The same place, by an institution.
	pub fn by(self, account: &[u8; 32]) -> Self {
		Self { institution: Some(format!("0x{}", hex::encode(account))), ..self }
	}
}

/// Something that is not as it should be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
	/// What kind.
	pub code: Code,
	/// How bad.
	pub severity: Severity,
	/// Where.
	#[serde(flatten)]
	pub place: Place,
	/// The rule, in English.
	pub rule_en: &'static str,
	/// The rule, in Chinese.
	pub rule_zh: &'static str,
	/// What it should be.
	pub expected: String,
	/// What it is.
	pub found: String,
}

/// The findings of an audit.
#[derive(Debug, Default)]
pub struct Findings {
	listed: Vec<Finding>,
	counts: BTreeMap<Code, usize>,
}

impl Findings {
	/// Notes that something is not as it should be.
	pub fn add(&mut self, code: Code, place: Place, expected: impl ToString, found: impl ToString) {
		let count = self.counts.entry(code).or_default();
		*count += 1;
		if *count > LISTED {
			return;
		}
		self.listed.push(Finding {
			code,
			severity: code.severity(),
			place,
			rule_en: code.en(),
			rule_zh: code.zh(),
			expected: expected.to_string(),
			found: found.to_string(),
		});
	}

	/// Notes it unless both are the same.
	pub fn same<T: PartialEq + std::fmt::Debug>(
		&mut self,
		code: Code,
		place: Place,
		expected: &T,
		found: &T,
	) {
		if expected != found {
			self.add(code, place, format!("{expected:?}"), format!("{found:?}"));
		}
	}

	/// The findings that are listed, and how many there are of each kind.
	pub fn into_parts(self) -> (Vec<Finding>, BTreeMap<Code, usize>) {
		(self.listed, self.counts)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn every_code_has_its_own_text() {
		let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.text()).collect();
		assert_eq!(texts.len(), Code::ALL.len());
	}

	#[test]
	fn a_flood_of_findings_is_counted_but_not_listed() {
		let mut findings = Findings::default();
		for row in 0..1_000 {
			findings.add(Code::BallotMissing, Place::row(row), "a ballot", "none");
		}
		let (listed, counts) = findings.into_parts();
		assert_eq!((listed.len(), counts[&Code::BallotMissing]), (LISTED, 1_000));
	}
}
