//! Vote rules in words, English and Chinese.

use crate::law::of_proof;
use winddown_primitives::rules::{Preset, Rule};

/// The preset called `name`.
pub fn preset_named(name: &str) -> Option<Preset> {
	Preset::ALL.into_iter().find(|preset| preset.name() == name)
}

/// A rule in English: `voted amount >= 2/3 of all; for heads > 1/2 of voted`.
pub fn english(rule: &Rule) -> String {
	of_proof(rule).map(|rule| rule.english()).unwrap_or_default()
}

/// A rule in Chinese.
pub fn chinese(rule: &Rule) -> String {
	of_proof(rule).map(|rule| rule.chinese()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_preset_is_found_by_its_rule_and_its_name_and_reads_differently() {
		let mut texts = std::collections::BTreeSet::new();
		for preset in Preset::ALL {
			assert_eq!(preset_named(preset.name()), Some(preset));
			let found = crate::law::of_rule(&preset.rule());
			assert!(found.iter().any(|law| law.preset == preset.name()));
			texts.insert((english(&preset.rule()), chinese(&preset.rule())));
		}
		let rules: Vec<_> = Preset::ALL.iter().map(|preset| preset.rule()).collect();
		let distinct = rules.iter().enumerate().filter(|(at, rule)| !rules[..*at].contains(rule));
		assert_eq!(texts.len(), distinct.count());
	}

	#[test]
	fn inclusive_and_exclusive_shares_read_differently() {
		let text = english(&Preset::SzTwoThirdsDoubleHalf.rule());
		assert_eq!(
			text,
			"voted amount ≥ 2/3 of all; for heads > 1/2 of voted; for amount > 1/2 of voted"
		);
		let text = chinese(&Preset::SzTwoThirdsDoubleHalf.rule());
		assert!(
			text.contains("3分之2以上") && text.contains("同意人数过参加表决人数半数"),
			"{text}"
		);
	}
}
