//! Vote rules in words, English and Chinese.

use winddown_primitives::rules::{Base, Bound, Measure, Part, Preset, Rule, Scope, Test};

/// The name of a rule when it is a preset.
pub fn preset_of(rule: &Rule) -> Option<Preset> {
	Preset::ALL.into_iter().find(|preset| preset.rule() == *rule)
}

/// The preset called `name`.
pub fn preset_named(name: &str) -> Option<Preset> {
	Preset::ALL.into_iter().find(|preset| preset.name() == name)
}

/// A rule in English: `voted amount >= 2/3 of all; for heads > 1/2 of voted`.
pub fn english(rule: &Rule) -> String {
	let tests: Vec<_> = rule.tests.iter().map(english_test).collect();
	let scope = match rule.scope {
		Scope::WholeRoll => "",
		Scope::EveryClass => "in every class: ",
	};
	format!("{scope}{}", tests.join("; "))
}

/// A rule in Chinese.
pub fn chinese(rule: &Rule) -> String {
	let tests: Vec<_> = rule.tests.iter().map(chinese_test).collect();
	let scope = match rule.scope {
		Scope::WholeRoll => "",
		Scope::EveryClass => "各组分别：",
	};
	format!("{scope}{}", tests.join("；"))
}

fn english_test(test: &Test) -> String {
	let part = match test.part {
		Part::Voted => "voted",
		Part::For => "for",
		Part::Against => "against",
		Part::Abstained => "abstaining",
	};
	let measure = match test.measure {
		Measure::Heads => "heads",
		Measure::Amount => "amount",
	};
	let bound = match test.bound {
		Bound::AtLeast => "≥",
		Bound::MoreThan => ">",
	};
	let base = match test.base {
		Base::Eligible => "all",
		Base::Voted => "voted",
	};
	let Test { numerator, denominator, .. } = test;
	format!("{part} {measure} {bound} {numerator}/{denominator} of {base}")
}

fn chinese_test(test: &Test) -> String {
	let part = match test.part {
		Part::Voted => "参加表决",
		Part::For => "同意",
		Part::Against => "反对",
		Part::Abstained => "弃权",
	};
	let measure = match test.measure {
		Measure::Heads => "人数",
		Measure::Amount => "金额",
	};
	let base = match test.base {
		Base::Eligible => "全部",
		Base::Voted => "参加表决",
	};
	let Test { numerator, denominator, .. } = test;
	match (test.bound, numerator, denominator) {
		(Bound::MoreThan, 1, 2) => format!("{part}{measure}过{base}{measure}半数"),
		(Bound::MoreThan, ..) => {
			format!("{part}{measure}超过{base}{measure}的{denominator}分之{numerator}")
		}
		(Bound::AtLeast, ..) => {
			format!("{part}{measure}达到{base}{measure}的{denominator}分之{numerator}以上")
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn every_preset_is_found_by_its_rule_and_its_name_and_reads_differently() {
		let mut texts = std::collections::BTreeSet::new();
		for preset in Preset::ALL {
			assert_eq!(preset_named(preset.name()), Some(preset));
			let found = preset_of(&preset.rule()).unwrap();
			assert_eq!(found.rule(), preset.rule());
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
