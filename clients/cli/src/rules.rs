//! Vote rules on the command line: presets with their law, and rules of a case's own.

use crate::{
	output::rows,
	values::{KindArg, RuleArg},
};
use clap::ValueEnum;
use winddown_sdk::{
	chain::RuleView,
	law::{Law, PRESETS},
	primitives::rules::{Preset, Rule},
	Error,
};

/// A rule of a case's own, as `--help` and the guide show it.
pub const EXAMPLE: &str = include_str!("rule.example.json");

/// What `--help` says of every argument that takes a rule.
pub fn help(what: &str) -> String {
	format!(
		"{what}: a preset, which `winddown case presets` lists with article, year and status, or a file \
		 with a rule in JSON. All tests must be met. scope: WholeRoll, EveryClass. part: Voted, For, Against, \
		 Abstained. base: Eligible, Voted. measure: Heads, Amount. bound: AtLeast (以上), MoreThan (超过). For \
		 example:\n\n{}",
		EXAMPLE.replace('\t', "  ")
	)
}

/// A rule in both languages, with the law behind it.
pub fn in_words(rule: &Rule) -> String {
	of_view(&rule.into())
}

/// The same of a rule that was read from the chain.
pub fn of_view(view: &RuleView) -> String {
	format!("{} {}\n{}", view.rule, view.rule_zh, laws(&view.law))
}

/// The law behind a rule, in both languages.
pub fn laws(laws: &[Law]) -> String {
	match laws {
		[] => "a rule of its own, of no preset 自定规则，不属于任何预设".into(),
		laws => {
			let lines = laws.iter().map(|law| format!("{}\n{}", law.english(), law.chinese()));
			lines.collect::<Vec<_>>().join("\n")
		}
	}
}

/// Every preset with its law and its words.
pub fn presets() -> String {
	let lines = PRESETS.iter().map(|preset| {
		let (law, rule) = (preset.law, preset.rule());
		vec![
			law.preset.to_string(),
			format!("{}\n{}", law.cited(), law.cited_in_chinese()),
			format!("{}\n{}", law.status.english(), law.status.chinese()),
			format!("{}\n{}", rule.english(), rule.chinese()),
		]
	});
	rows(&["preset", "law", "verified", "rule"], lines)
}

/// The rule that was given, or the one that is usual for cases of this kind. Only lending platforms have
/// one, a notice that was read; a default of another kind of case would be somebody else's law.
pub fn given_or_usual(given: Option<RuleArg>, kind: KindArg, flag: &str) -> Result<Rule, Error> {
	match (given, kind) {
		(Some(RuleArg(rule)), _) => Ok(rule),
		(None, KindArg::OnlineLending) => Ok(Preset::Jinzhu2019.rule()),
		(None, kind) => {
			let kind = kind.to_possible_value().map(|kind| kind.get_name().to_string());
			Err(Error::BadInput(format!(
				"name {flag}: cases of the kind {} have no usual rule; winddown case presets lists rules \
				 with their law",
				kind.unwrap_or_default()
			)))
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::law::{self, Status};

	#[test]
	fn the_example_of_help_and_guide_is_a_rule() {
		let rule: Rule = serde_json::from_str(EXAMPLE).unwrap();
		assert!(rule.is_valid());
		assert_eq!(
			winddown_sdk::rule_text::english(&rule),
			"in every class: voted amount > 2/3 of all; for heads > 1/2 of voted"
		);
		let guide = include_str!("../README.md");
		assert!(guide.contains(EXAMPLE.trim_end()), "the guide shows another example");
		assert!(help("When a plan passes").contains("\"numerator\": 2"));
	}

	#[test]
	fn what_is_usual_is_verified_and_other_kinds_of_cases_have_no_usual_rule() {
		let usual = given_or_usual(None, KindArg::OnlineLending, "--plan").unwrap();
		let known = law::of_rule(&usual);
		assert!(!known.is_empty() && known.iter().all(|law| law.status == Status::Verified));
		let refusal = given_or_usual(None, KindArg::Company, "--plan").unwrap_err();
		assert_eq!(
			refusal.to_string(),
			"name --plan: cases of the kind company have no usual rule; winddown case presets lists rules \
			 with their law"
		);
		let own = RuleArg(Preset::CompanyOrdinary.rule());
		assert_eq!(given_or_usual(Some(own.clone()), KindArg::Company, "--plan").unwrap(), own.0);
	}

	#[test]
	fn every_preset_is_listed_with_article_year_and_status() {
		let list = presets();
		for preset in Preset::ALL {
			assert!(list.contains(preset.name()), "{preset:?}\n{list}");
		}
		for part in ["art. 278", "(2020)", "《企业破产法》", "NOT VERIFIED", "已核对原文"]
		{
			assert!(list.contains(part), "{part}\n{list}");
		}
	}
}
