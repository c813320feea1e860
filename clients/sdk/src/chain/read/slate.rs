use serde::Serialize;
use winddown_primitives::{ItemKind, ItemOutcome, LenderIndex, PlanId};

/// What the options of a poll stand for. People get one number of an option, from 1, and beside it
/// what it is: a candidate's row, a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Slate {
	/// The rows of the candidates, in the order of the options of the election.
	pub candidates: Vec<LenderIndex>,
	/// The plans, in the order of the options.
	pub plans: Vec<PlanId>,
}

impl Slate {
	/// An option, counted from 0, in English: `candidate 1 (row 6)`.
	pub fn english(&self, kind: ItemKind, option: u8) -> String {
		let number = option + 1;
		match (kind, option) {
			(ItemKind::Resolution, 0) => "for".into(),
			(ItemKind::Resolution, _) => "against".into(),
			(ItemKind::ApproveUpTo { .. }, _) => match self.candidates.get(usize::from(option)) {
				Some(row) => format!("candidate {number} (row {row})"),
				None => format!("candidate {number}"),
			},
			(ItemKind::ChooseOne { .. }, _) => match self.plans.get(usize::from(option)) {
				Some(plan) => format!("option {number} (plan {plan})"),
				None => format!("option {number}"),
			},
		}
	}

	/// An option, counted from 0, in Chinese.
	pub fn chinese(&self, kind: ItemKind, option: u8) -> String {
		let number = option + 1;
		match (kind, option) {
			(ItemKind::Resolution, 0) => "同意".into(),
			(ItemKind::Resolution, _) => "反对".into(),
			(ItemKind::ApproveUpTo { .. }, _) => match self.candidates.get(usize::from(option)) {
				Some(row) => format!("候选人{number}（第{row}行）"),
				None => format!("候选人{number}"),
			},
			(ItemKind::ChooseOne { .. }, _) => match self.plans.get(usize::from(option)) {
				Some(plan) => format!("方案{number}（还款计划{plan}）"),
				None => format!("方案{number}"),
			},
		}
	}

	/// What came of an item, in English.
	pub fn outcome(&self, kind: ItemKind, outcome: &ItemOutcome) -> String {
		let list = |options: &[u8]| {
			let names: Vec<_> = options.iter().map(|option| self.english(kind, *option)).collect();
			names.join(", ")
		};
		match outcome {
			ItemOutcome::Passed => "passed".into(),
			ItemOutcome::Failed => "failed".into(),
			ItemOutcome::Chosen { option } => format!("{} chosen", self.english(kind, *option)),
			ItemOutcome::Elected { seats, reserves } if reserves.is_empty() => {
				format!("{} elected", list(seats))
			}
			ItemOutcome::Elected { seats, reserves } => {
				format!("{} elected; in reserve: {}", list(seats), list(reserves))
			}
		}
	}

	/// What came of an item, in Chinese.
	pub fn outcome_in_chinese(&self, kind: ItemKind, outcome: &ItemOutcome) -> String {
		let list = |options: &[u8]| {
			let names: Vec<_> = options.iter().map(|option| self.chinese(kind, *option)).collect();
			names.join("、")
		};
		match outcome {
			ItemOutcome::Passed => "通过".into(),
			ItemOutcome::Failed => "未通过".into(),
			ItemOutcome::Chosen { option } => format!("选定{}", self.chinese(kind, *option)),
			ItemOutcome::Elected { seats, reserves } if reserves.is_empty() => {
				format!("{}当选", list(seats))
			}
			ItemOutcome::Elected { seats, reserves } => {
				format!("{}当选；候补：{}", list(seats), list(reserves))
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ELECTION: ItemKind = ItemKind::ApproveUpTo { candidates: 3, seats: 1, reserves: 1 };

	#[test]
	fn an_elected_candidate_is_told_by_its_number_on_the_ballot_and_by_its_row() {
		let slate = Slate { candidates: vec![6, 2, 13], plans: Vec::new() };
		let elected = ItemOutcome::Elected {
			seats: vec![2].try_into().unwrap(),
			reserves: vec![0].try_into().unwrap(),
		};
		assert_eq!(
			slate.outcome(ELECTION, &elected),
			"candidate 3 (row 13) elected; in reserve: candidate 1 (row 6)"
		);
		assert_eq!(
			slate.outcome_in_chinese(ELECTION, &elected),
			"候选人3（第13行）当选；候补：候选人1（第6行）"
		);
	}

	#[test]
	fn a_chosen_option_is_told_with_its_plan_where_it_is_one() {
		let kind = ItemKind::ChooseOne { options: 2 };
		let slate = Slate { candidates: Vec::new(), plans: vec![4, 7] };
		let chosen = ItemOutcome::Chosen { option: 1 };
		assert_eq!(slate.outcome(kind, &chosen), "option 2 (plan 7) chosen");
		assert_eq!(Slate::default().outcome(kind, &chosen), "option 2 chosen");
		assert_eq!(slate.outcome_in_chinese(kind, &chosen), "选定方案2（还款计划7）");
	}
}
