//! What an audit says: as JSON, as one page, on the terminal.

mod html;
mod text;

use crate::audit::{finding::Finding, Kept};
use serde::Serialize;
use std::{collections::BTreeMap, fs, io, path::Path};
use winddown_proof::{law::Law, Ground};

/// The result of an audit.
#[derive(Debug, Serialize)]
pub struct Report {
	/// The case.
	pub case: u32,
	/// The chain.
	pub chain: Chain,
	/// How much was looked at.
	pub figures: Figures,
	/// What was read of the operator's export; nothing when there was none.
	pub kept: Option<Kept>,
	/// The polls by the audit's own count.
	pub polls: Vec<PollSummary>,
	/// How many findings there are of each kind.
	pub counts: BTreeMap<&'static str, usize>,
	/// The findings; of each kind the first ones.
	pub findings: Vec<Finding>,
	/// What the audit takes on trust or leaves out.
	pub limits: Vec<Limit>,
}

/// The chain that was audited.
#[derive(Debug, Serialize)]
pub struct Chain {
	/// Its name, as the node tells it.
	pub name: String,
	/// The hash of block 0.
	pub genesis: String,
	/// The last block.
	pub target: u32,
	/// Its hash.
	pub target_hash: String,
	/// Its time, in milliseconds.
	pub target_time: u64,
	/// How often the validators changed.
	pub validator_changes: usize,
}

/// How much was looked at.
#[derive(Debug, Serialize)]
pub struct Figures {
	/// Blocks, block 0 included.
	pub blocks: u64,
	/// Extrinsics.
	pub extrinsics: u64,
	/// Lenders' intents, each with its signature.
	pub intents: u64,
	/// Ballots that counted when they were cast.
	pub ballots: u64,
	/// Rows of the roll.
	pub rows: u64,
	/// Values of the last state.
	pub state_values: u64,
	/// Evidence records of the case.
	pub evidence: u64,
	/// Attestations of them.
	pub attestations: u64,
	/// How long it took.
	pub seconds: f64,
}

/// Heads and fen; fen as text, since they exceed what JSON readers count exactly.
#[derive(Debug, Serialize)]
pub struct Count {
	/// Persons.
	pub heads: u32,
	/// Fen.
	pub fen: String,
}

/// A poll by the audit's own count.
#[derive(Debug, Serialize)]
pub struct PollSummary {
	/// The poll.
	pub poll: u32,
	/// Why it was held.
	pub purpose: String,
	/// When it opened, in milliseconds.
	pub opened_at: u64,
	/// When its time was over, in milliseconds.
	pub closes_at: u64,
	/// In which order the candidates of a first ballot stood on it, by the terms of the case.
	pub candidate_order: Option<Words>,
	/// Whether it was closed.
	pub closed: bool,
	/// Ballots that count.
	pub ballots: u64,
	/// On the roll.
	pub eligible: Option<Count>,
	/// Took part.
	pub turnout: Option<Count>,
	/// The items, once it was closed.
	pub items: Vec<ItemSummary>,
}

/// The same in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Words {
	/// In English.
	pub en: &'static str,
	/// In Chinese.
	pub zh: &'static str,
}

/// An item by the audit's own count.
#[derive(Debug, Serialize)]
pub struct ItemSummary {
	/// How it is answered.
	pub kind: String,
	/// Votes for each option.
	pub options: Vec<Count>,
	/// Abstentions.
	pub abstained: Count,
	/// What came of it.
	pub outcome: String,
	/// When an option passes, in English.
	pub rule: String,
	/// When an option passes, in Chinese.
	pub rule_zh: String,
	/// The presets that are this rule, with the law behind each; none for a rule of the case's own.
	pub law: Vec<Law>,
	/// Why: what each test of the rule measured, for each option that may win by it; of a resolution for the
	/// option for it alone.
	pub grounds: Vec<Vec<Ground>>,
}

/// Something that the audit takes on trust or leaves out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Limit {
	/// In English.
	pub en: &'static str,
	/// In Chinese.
	pub zh: &'static str,
}

const NO_GENESIS: Limit = Limit {
	en: "No genesis hash was given: that this is the chain of the case is the archive's word.",
	zh: "未提供创世哈希：该链即案件所在链仅凭档案自述。",
};
const NO_EXPORT: Limit = Limit {
	en: "No export was given: plaintext records were not compared with their digests.",
	zh: "未提供运营方导出数据：未核对明文记录与摘要。",
};
const LIMITS: [Limit; 6] = [
	Limit {
		en: "The metadata, which name calls and events, are the node's word.",
		zh: "元数据（交易和事件的名称）以节点所述为准。",
	},
	Limit {
		en: "What records and documents tell is not compared with the world: calls, faces and bank statements are for the attesting institutions.",
		zh: "不核对记录和文件所述与事实是否相符：通话、人脸、银行凭证由见证机构核验。",
	},
	Limit {
		en: "That a key is in its lender's hands rests on the registrar's checks.",
		zh: "密钥确由出借人本人掌握，依赖登记机构的核验。",
	},
	Limit {
		en: "Motions of the council are followed by their effects, not by their votes.",
		zh: "理事会动议仅核对其效果，不核对其表决。",
	},
	Limit {
		en: "Committee decisions, recalls' effects and lenders' replies to payments are not recomputed.",
		zh: "不重算监委会决定、罢免的后果和出借人对付款的回复。",
	},
	Limit {
		en: "Seals of block authors are not checked: the validators' finality covers their blocks.",
		zh: "不核对出块签名：验证人的最终性证明已涵盖所有区块。",
	},
];

impl Limit {
	/// The limits of an audit with or without a genesis hash and an export.
	pub fn all(has_genesis: bool, has_export: bool) -> Vec<Self> {
		let genesis = (!has_genesis).then_some(NO_GENESIS);
		let export = (!has_export).then_some(NO_EXPORT);
		genesis.into_iter().chain(export).chain(LIMITS).collect()
	}
}

impl Report {
	/// How many findings there are, also those not listed.
	pub fn total(&self) -> usize {
		self.counts.values().sum()
	}

	/// Whether nothing was found.
	pub fn is_clean(&self) -> bool {
		self.counts.is_empty()
	}

	/// The report as JSON.
	pub fn json(&self) -> serde_json::Result<String> {
		serde_json::to_string_pretty(self)
	}

	/// The report as one page with everything in it.
	pub fn html(&self) -> String {
		html::page(self)
	}

	/// The report in short, for a terminal.
	pub fn text(&self) -> String {
		text::summary(self)
	}

	/// Writes report.json and report.html into a folder.
	pub fn write(&self, folder: &Path) -> io::Result<()> {
		fs::create_dir_all(folder)?;
		fs::write(folder.join("report.json"), self.json().map_err(io::Error::other)?)?;
		fs::write(folder.join("report.html"), self.html())
	}
}
