//! Results of polls in words.

use super::format::numbers;
use crate::{
	grounds::in_order,
	layout::polls::{self, ItemKind},
	report::ItemOutcome,
};
use alloc::{
	format,
	string::{String, ToString},
	vec,
	vec::Vec,
};

impl ItemOutcome {
	/// What came of it, in English and in Chinese. Options and candidates count from 1, as on the ballot.
	pub fn in_words(&self) -> (String, String) {
		let (en, zh) = self.came();
		let (tied, tied_zh) = self.ties_in_words();
		(en + &tied, zh + &tied_zh)
	}

	/// Who was tied, and what settled it, in English and in Chinese, each to follow what came of the item; empty where
	/// nobody was.
	pub fn ties_in_words(&self) -> (String, String) {
		let (settled, settled_zh) = match (self.item, &self.lot) {
			(ItemKind::ChooseOne { .. }, _) => ("so that none is chosen".into(), "均不当选".into()),
			(_, Some(lot)) => (
				format!("settled by lot from the hash of block {}", lot.block),
				format!("以区块{}的哈希抽签决定", lot.block),
			),
			_ => ("settled by the order of first nominations".into(), "按首次提名先后决定".into()),
		};
		let each = self.ties.iter().map(|tie| {
			(
				format!("; {} tied, {settled}", numbers(tie, ", ")),
				format!("；{}票数相同，{settled_zh}", numbers(tie, "、")),
			)
		});
		each.unzip()
	}

	/// What came of it without the ties, short enough for a headline.
	pub fn came(&self) -> (String, String) {
		match &self.outcome {
			polls::ItemOutcome::Passed => ("passed".into(), "通过".into()),
			polls::ItemOutcome::Failed => ("failed".into(), "未通过".into()),
			polls::ItemOutcome::Chosen { option } => {
				let number = numbers(&[*option], "");
				(format!("option {number} chosen"), format!("选定方案{number}"))
			}
			polls::ItemOutcome::Elected { seats, reserves } => {
				let (reserve, reserve_zh) = match &reserves[..] {
					[] => (String::new(), String::new()),
					reserves => (
						format!(", in reserve {}", numbers(reserves, ", ")),
						format!("，候补{}", numbers(reserves, "、")),
					),
				};
				(
					format!("{} elected{reserve}", candidates(seats)),
					format!("候选人{}当选{reserve_zh}", numbers(seats, "、")),
				)
			}
		}
	}

	/// The grounds in English and in Chinese, those of options and candidates with their number.
	pub fn grounds_in_words(&self) -> Vec<(String, String)> {
		if self.grounds.iter().all(Vec::is_empty) {
			return vec![("nobody is on the roll".to_string(), "表决权名册为空".to_string())];
		}
		let lines = in_order(&self.grounds).into_iter().map(|(option, ground)| {
			let (name, name_zh) = match (self.item, option) {
				(ItemKind::Resolution, _) | (_, None) => (String::new(), String::new()),
				(ItemKind::ChooseOne { .. }, Some(option)) => {
					let number = numbers(&[option], "");
					(format!("option {number}, "), format!("方案{number}，"))
				}
				(ItemKind::ApproveUpTo { .. }, Some(option)) => {
					let number = numbers(&[option], "");
					(format!("candidate {number}, "), format!("候选人{number}，"))
				}
			};
			(format!("{name}{}", ground.english()), format!("{name_zh}{}", ground.chinese()))
		});
		lines.collect()
	}
}

/// Candidates by their numbers on the ballot: `candidate 2`, `candidates 1, 4`.
fn candidates(options: &[u8]) -> String {
	let noun = if options.len() == 1 { "candidate" } else { "candidates" };
	format!("{noun} {}", numbers(options, ", "))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_candidate_is_told_in_the_singular() {
		assert_eq!(candidates(&[1]), "candidate 2");
		assert_eq!(candidates(&[0, 3]), "candidates 1, 4");
	}
}
