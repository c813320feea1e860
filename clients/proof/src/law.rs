//! The law behind each rule that has a name: which article of which year, and whether its text was read.
//!
//! The presets are written down once more instead of shared with the runtime; the client's tests compare both.

use crate::layout::polls::{Base, Bound, Measure, Part, Rule, Scope, Test};
use alloc::{format, string::String, vec::Vec};
use serde::Serialize;

/// Whether a preset follows a text that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
	/// The text was read, and the rule follows it word by word.
	Verified,
	/// The text was not found; the rule is one reading of its name. It is never a default.
	Unverified,
}

/// Where a preset comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Law {
	/// The preset's name.
	pub preset: &'static str,
	/// The law or notice.
	pub source: &'static str,
	/// The law or notice, in Chinese.
	pub source_zh: &'static str,
	/// The article; `None` where the source has none.
	pub article: Option<&'static str>,
	/// The year of the version that was read; of an unverified one the year that it is said to have.
	pub year: u16,
	/// Whether its text was read.
	pub status: Status,
}

/// A rule with a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
	/// Where it comes from.
	pub law: Law,
	scope: Scope,
	tests: &'static [Test],
}

/// A law or notice: in English, in Chinese, year, status.
type Source = (&'static str, &'static str, u16, Status);

const CIVIL_CODE: Source = ("Civil Code", "《民法典》", 2020, Status::Verified);
const BANKRUPTCY: Source = ("Enterprise Bankruptcy Law", "《企业破产法》", 2006, Status::Verified);
const FUNDS: Source =
	("Securities Investment Fund Law", "《证券投资基金法》", 2015, Status::Verified);
const COMPANIES: Source = ("Company Law", "《公司法》", 2023, Status::Verified);
const JINZHU: Source = (
	"notice of Guiyang Jinzhu on its plans",
	"贵阳金筑关于兑付方案表决的公告",
	2019,
	Status::Verified,
);
const SHENZHEN: Source = (
	"voting rule of Shenzhen for lending platforms",
	"深圳网贷平台表决规则「三分之二加双过半」",
	2019,
	Status::Unverified,
);

/// Every rule that has a name.
pub const PRESETS: [Preset; 13] = {
	use Base::{Eligible, Voted};
	use Bound::{AtLeast, MoreThan};
	use Measure::{Amount, Heads};
	use Scope::{EveryClass, WholeRoll};
	[
		preset(
			"sz_two_thirds_double_half",
			SHENZHEN,
			None,
			WholeRoll,
			&[
				voted(Amount, AtLeast, 2, 3),
				in_favour(Voted, Heads, MoreThan, 1, 2),
				in_favour(Voted, Amount, MoreThan, 1, 2),
			],
		),
		preset(
			"jinzhu_2019",
			JINZHU,
			None,
			WholeRoll,
			&[voted(Amount, MoreThan, 2, 3), in_favour(Voted, Heads, MoreThan, 1, 2)],
		),
		preset(
			"sz_alt_participation",
			SHENZHEN,
			None,
			WholeRoll,
			&[
				voted(Heads, MoreThan, 1, 2),
				voted(Amount, MoreThan, 1, 2),
				in_favour(Voted, Amount, AtLeast, 2, 3),
			],
		),
		preset(
			"civil_code_278_ordinary",
			CIVIL_CODE,
			Some("278"),
			WholeRoll,
			&[
				voted(Heads, AtLeast, 2, 3),
				voted(Amount, AtLeast, 2, 3),
				in_favour(Voted, Heads, MoreThan, 1, 2),
				in_favour(Voted, Amount, MoreThan, 1, 2),
			],
		),
		preset(
			"civil_code_278_grave",
			CIVIL_CODE,
			Some("278"),
			WholeRoll,
			&[
				voted(Heads, AtLeast, 2, 3),
				voted(Amount, AtLeast, 2, 3),
				in_favour(Voted, Heads, AtLeast, 3, 4),
				in_favour(Voted, Amount, AtLeast, 3, 4),
			],
		),
		preset(
			"ebl_ordinary",
			BANKRUPTCY,
			Some("64"),
			WholeRoll,
			&[in_favour(Voted, Heads, MoreThan, 1, 2), in_favour(Eligible, Amount, AtLeast, 1, 2)],
		),
		preset(
			"ebl_class_plan",
			BANKRUPTCY,
			Some("84, 86"),
			EveryClass,
			&[in_favour(Voted, Heads, MoreThan, 1, 2), in_favour(Eligible, Amount, AtLeast, 2, 3)],
		),
		preset(
			"fund_ordinary",
			FUNDS,
			Some("86"),
			WholeRoll,
			&[voted(Amount, AtLeast, 1, 2), in_favour(Voted, Amount, AtLeast, 1, 2)],
		),
		preset(
			"fund_grave",
			FUNDS,
			Some("86"),
			WholeRoll,
			&[voted(Amount, AtLeast, 1, 2), in_favour(Voted, Amount, AtLeast, 2, 3)],
		),
		preset(
			"fund_reconvened_ordinary",
			FUNDS,
			Some("86"),
			WholeRoll,
			&[voted(Amount, AtLeast, 1, 3), in_favour(Voted, Amount, AtLeast, 1, 2)],
		),
		preset(
			"fund_reconvened_grave",
			FUNDS,
			Some("86"),
			WholeRoll,
			&[voted(Amount, AtLeast, 1, 3), in_favour(Voted, Amount, AtLeast, 2, 3)],
		),
		preset(
			"company_ordinary",
			COMPANIES,
			Some("116"),
			WholeRoll,
			&[in_favour(Voted, Amount, MoreThan, 1, 2)],
		),
		preset(
			"company_special",
			COMPANIES,
			Some("116"),
			WholeRoll,
			&[in_favour(Voted, Amount, AtLeast, 2, 3)],
		),
	]
};

const fn preset(
	preset: &'static str,
	(source, source_zh, year, status): Source,
	article: Option<&'static str>,
	scope: Scope,
	tests: &'static [Test],
) -> Preset {
	Preset { law: Law { preset, source, source_zh, article, year, status }, scope, tests }
}

const fn voted(measure: Measure, bound: Bound, numerator: u32, denominator: u32) -> Test {
	let (part, base) = (Part::Voted, Base::Eligible);
	Test { part, base, measure, bound, numerator, denominator }
}

const fn in_favour(
	base: Base,
	measure: Measure,
	bound: Bound,
	numerator: u32,
	denominator: u32,
) -> Test {
	Test { part: Part::For, base, measure, bound, numerator, denominator }
}

/// The law behind each preset that is this rule; none for a rule of somebody's own.
pub fn of_rule(rule: &Rule) -> Vec<Law> {
	PRESETS.iter().filter(|preset| preset.is(rule)).map(|preset| preset.law).collect()
}

impl Preset {
	/// The rule that the name stands for.
	pub fn rule(&self) -> Rule {
		Rule { scope: self.scope, tests: self.tests.to_vec() }
	}

	fn is(&self, rule: &Rule) -> bool {
		self.scope == rule.scope && self.tests == rule.tests
	}
}

impl Status {
	/// In English.
	pub const fn english(self) -> &'static str {
		match self {
			Self::Verified => "verified",
			Self::Unverified => "NOT VERIFIED: its text was not found",
		}
	}

	/// In Chinese.
	pub const fn chinese(self) -> &'static str {
		match self {
			Self::Verified => "已核对原文",
			Self::Unverified => "未核实：未找到原文",
		}
	}
}

impl Law {
	/// As it is cited in English: `Enterprise Bankruptcy Law (2006) arts. 84, 86`.
	pub fn cited(&self) -> String {
		let Self { source, year, article, .. } = self;
		match article {
			None => format!("{source} ({year})"),
			Some(articles) if articles.contains(',') => {
				format!("{source} ({year}) arts. {articles}")
			}
			Some(article) => format!("{source} ({year}) art. {article}"),
		}
	}

	/// As it is cited in Chinese.
	pub fn cited_in_chinese(&self) -> String {
		let Self { source_zh, year, article, .. } = self;
		let article = article.map(|article| format!("第{}条", article.replace(", ", "、")));
		format!("{source_zh}（{year}年）{}", article.unwrap_or_default())
	}

	/// In English: `civil_code_278_grave, Civil Code (2020) art. 278, verified`.
	pub fn english(&self) -> String {
		format!("{}, {}, {}", self.preset, self.cited(), self.status.english())
	}

	/// In Chinese.
	pub fn chinese(&self) -> String {
		format!("{}，{}，{}", self.preset, self.cited_in_chinese(), self.status.chinese())
	}
}

/// The law behind a rule in English, the presets that are this rule one after the other.
pub fn english(rule: &Rule) -> String {
	match of_rule(rule).as_slice() {
		[] => "a rule of its own, of no preset".into(),
		known => known.iter().map(Law::english).collect::<Vec<_>>().join("; "),
	}
}

/// The law behind a rule in Chinese.
pub fn chinese(rule: &Rule) -> String {
	match of_rule(rule).as_slice() {
		[] => "自定规则，不属于任何预设".into(),
		known => known.iter().map(Law::chinese).collect::<Vec<_>>().join("；"),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn called(name: &str) -> Preset {
		*PRESETS.iter().find(|preset| preset.law.preset == name).unwrap()
	}

	#[test]
	fn every_preset_names_its_source_and_only_the_readings_of_shenzhen_are_unverified() {
		let mut unverified = Vec::new();
		for Preset { law, .. } in PRESETS {
			assert!(law.english().contains(law.preset) && law.chinese().contains(law.source_zh));
			assert!((2006..=2023).contains(&law.year), "{law:?}");
			if law.status == Status::Unverified {
				unverified.push(law.preset);
			}
		}
		assert_eq!(unverified, ["sz_two_thirds_double_half", "sz_alt_participation"]);
	}

	#[test]
	fn a_law_reads_with_article_year_and_status_in_both_languages() {
		let law = called("civil_code_278_grave").law;
		assert_eq!(law.english(), "civil_code_278_grave, Civil Code (2020) art. 278, verified");
		assert_eq!(law.chinese(), "civil_code_278_grave，《民法典》（2020年）第278条，已核对原文");
		let law = called("ebl_class_plan").law;
		assert_eq!(law.chinese(), "ebl_class_plan，《企业破产法》（2006年）第84、86条，已核对原文");
		assert_eq!(law.cited(), "Enterprise Bankruptcy Law (2006) arts. 84, 86");
		let law = called("sz_two_thirds_double_half").law.english();
		assert!(law.ends_with("(2019), NOT VERIFIED: its text was not found"), "{law}");
	}

	#[test]
	fn a_rule_of_its_own_claims_no_law() {
		let own = Rule { scope: Scope::EveryClass, ..called("company_ordinary").rule() };
		assert_eq!(of_rule(&own), []);
		assert_eq!(english(&own), "a rule of its own, of no preset");
		assert_eq!(of_rule(&called("jinzhu_2019").rule())[0].preset, "jinzhu_2019");
	}
}
