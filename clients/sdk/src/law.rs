//! The law behind each preset, for rules as the chain's own crates have them.

pub use winddown_proof::law::{Law, Status, PRESETS};

use codec::{Decode, Encode};
use winddown_primitives::rules::Rule;
use winddown_proof::{law, layout::polls};

/// The law behind each preset that is this rule; none for a rule of somebody's own.
pub fn of_rule(rule: &Rule) -> Vec<Law> {
	of_proof(rule).map(|rule| law::of_rule(&rule)).unwrap_or_default()
}

/// The law behind a rule in English, the presets that are this rule one after the other.
pub fn english(rule: &Rule) -> String {
	of_proof(rule).map(|rule| law::english(&rule)).unwrap_or_default()
}

/// The law behind a rule in Chinese.
pub fn chinese(rule: &Rule) -> String {
	of_proof(rule).map(|rule| law::chinese(&rule)).unwrap_or_default()
}

/// A rule as the proofs read it from the chain: the same bytes, so that there always is one.
pub(crate) fn of_proof(rule: &Rule) -> Option<polls::Rule> {
	polls::Rule::decode(&mut rule.encode().as_slice()).ok()
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_primitives::rules::Preset;

	#[test]
	fn the_presets_of_the_proofs_are_those_of_the_chain() {
		let known = PRESETS.map(|preset| (preset.law.preset, Some(preset.rule())));
		let of_chain = Preset::ALL.map(|preset| (preset.name(), of_proof(&preset.rule())));
		assert_eq!(known, of_chain);
		assert_eq!(of_rule(&Preset::Jinzhu2019.rule())[0].preset, "jinzhu_2019");
	}
}
