//! Polls and ballots for people.

use crate::{
	marks,
	output::{facts, moment, percent, rows, share, votes, yuan},
};
use winddown_sdk::{
	chain::{BallotView, ItemView, PollView, ResultView, VotesView},
	digest::Written,
	primitives::{Choice, ItemKind, Purpose},
};

/// A poll: what it is about, and what came of it so far.
pub fn poll(view: &PollView) -> String {
	let mut known = vec![
		("poll", view.poll.to_string()),
		("case", view.case.to_string()),
		("purpose", purpose(view)),
		("opened", moment(view.opened_at)),
		("closes", moment(view.closes_at)),
		("closed", view.closed_at.map_or("no".into(), moment)),
		("may vote", votes(view.eligible)),
		("took part", share(view.turnout, view.eligible)),
	];
	if let Some(cast) = view.ballots_cast {
		let replaced = cast.saturating_sub(view.turnout.heads.into());
		known.push((
			"ballots cast",
			format!("{cast}, of which {replaced} are replaced by later ones"),
		));
	}
	let items = (0..view.items.len()).map(|at| item(view, at));
	[facts(known)].into_iter().chain(items).collect::<Vec<_>>().join("\n\n")
}

/// The ballot that counts for a lender.
pub fn ballot(ballot: &BallotView, view: &PollView) -> String {
	let choices: Vec<Choice> = ballot
		.choices
		.iter()
		.map(|marked| Choice(marked.iter().fold(0, |set, option| set | 1 << option)))
		.collect();
	let known = facts([
		("poll", ballot.poll.to_string()),
		("lender", ballot.lender.to_string()),
		("revision", ballot.revision.to_string()),
		("record", Written(ballot.record).to_string()),
	]);
	format!("{known}\n{}", marks::in_words(&choices, view))
}

fn purpose(view: &PollView) -> String {
	match (view.purpose, view.slate.plans.as_slice()) {
		(Purpose::Recall { member }, _) => {
			format!("recall of the member in row {member} 罢免第{member}行的委员")
		}
		(Purpose::Plan { round }, [plan]) => {
			format!("plan {plan}, round {round} 第{round}轮表决方案{plan}")
		}
		(Purpose::Plan { round }, plans) => {
			let plans: Vec<_> = plans.iter().map(ToString::to_string).collect();
			format!(
				"one of the plans {}, round {round} 第{round}轮，在方案{}中择一",
				plans.join(", "),
				plans.join("、")
			)
		}
		_ => view.purpose_name.clone(),
	}
}

fn item(view: &PollView, at: usize) -> String {
	let (shown, kind) = (&view.items[at], view.raw_items[at].kind);
	let number = at + 1;
	let result = match view.result.as_ref().and_then(|result| result.get(at)) {
		Some(result) => result_table(result, kind, view),
		None => "no result yet".into(),
	};
	format!(
		"item {number}: {}\n第{number}项：{}\npasses by: {}\n通过条件：{}\n{}\n{result}",
		question(shown, kind),
		question_in_chinese(kind),
		shown.rule,
		shown.rule_zh,
		documents(view, at),
	)
}

fn question(item: &ItemView, kind: ItemKind) -> String {
	match kind {
		ItemKind::Resolution => "a resolution, for or against".into(),
		ItemKind::ChooseOne { options } => format!("a choice of one among {options} options"),
		ItemKind::ApproveUpTo { candidates, seats, reserves } => format!(
			"an election of {seats} members and {reserves} in reserve; mark up to {} of {candidates} candidates",
			item.marks
		),
	}
}

fn question_in_chinese(kind: ItemKind) -> String {
	match kind {
		ItemKind::Resolution => "决议，同意或反对".into(),
		ItemKind::ChooseOne { options } => format!("{options}个方案中选一"),
		ItemKind::ApproveUpTo { candidates, seats, reserves } => format!(
			"选举委员{seats}名、候补{reserves}名；{candidates}名候选人中至多选{}名",
			kind.marks()
		),
	}
}

/// What each option is, with its document. A resolution has one document for both.
fn documents(view: &PollView, at: usize) -> String {
	let (shown, kind) = (&view.items[at], view.raw_items[at].kind);
	let lines = (0..).zip(&shown.documents).map(|(option, document)| match kind {
		ItemKind::Resolution => {
			vec!["the resolution 决议".into(), Written(*document).to_string()]
		}
		_ => vec![name(view, kind, option), Written(*document).to_string()],
	});
	rows(&["", "document"], lines)
}

/// An option in both languages.
fn name(view: &PollView, kind: ItemKind, option: u8) -> String {
	format!("{} {}", view.slate.english(kind, option), view.slate.chinese(kind, option))
}

fn result_table(result: &ResultView, kind: ItemKind, view: &PollView) -> String {
	let line = |name: String, votes: VotesView| {
		vec![
			name,
			votes.heads.to_string(),
			percent(votes.heads.into(), view.turnout.heads.into()),
			yuan(votes.fen),
			percent(votes.fen, view.turnout.fen),
		]
	};
	let lines = (0..)
		.zip(&result.options)
		.map(|(option, votes)| line(name(view, kind, option), *votes))
		.chain([line("abstained 弃权".into(), result.abstained)]);
	let table = rows(&["", "lenders", "of those voting", "amount", "of that voting"], lines);
	format!("{table}\noutcome: {}\n结果：{}", result.outcome_text, result.outcome_zh)
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::{
		chain::Slate,
		primitives::{rules::Preset, Digest, Item},
	};

	fn item(kind: ItemKind, documents: &[u8]) -> Item {
		let documents: Vec<_> = documents.iter().map(|byte| Digest::Sm3([*byte; 32])).collect();
		let rule = Preset::SzTwoThirdsDoubleHalf.rule();
		Item { kind, rule, documents: documents.try_into().unwrap() }
	}

	/// An open first ballot: exit, and three candidates for one seat.
	fn first_ballot() -> PollView {
		let election = ItemKind::ApproveUpTo { candidates: 3, seats: 1, reserves: 1 };
		let raw_items = vec![item(ItemKind::Resolution, &[1]), item(election, &[2, 3, 2])];
		PollView {
			poll: 4,
			case: 0,
			purpose: Purpose::FirstBallot,
			purpose_name: "first_ballot".into(),
			opened_at: 0,
			closes_at: 1_573_142_400_000,
			max_revotes: 2,
			eligible: VotesView { heads: 20, fen: 100 },
			eligible_by_class: Default::default(),
			items: raw_items.iter().map(Into::into).collect(),
			raw_items,
			slate: Slate { candidates: vec![6, 2, 13], plans: Vec::new() },
			closed_at: None,
			evidence: None,
			turnout: VotesView::default(),
			ballots_cast: Some(0),
			result: None,
		}
	}

	#[test]
	fn a_lender_sees_what_every_mark_stands_for_and_what_passes_in_both_languages() {
		let text = poll(&first_ballot());
		for part in [
			"item 1: a resolution, for or against\n第1项：决议，同意或反对",
			"通过条件：参加表决金额达到全部金额的3分之2以上",
			"mark up to 1 of 3 candidates",
			"3名候选人中至多选1名",
			"candidate 1 (row 6) 候选人1（第6行）",
			"candidate 3 (row 13) 候选人3（第13行）",
			&format!("sm3:0x{}", "03".repeat(32)),
		] {
			assert!(text.contains(part), "{part}\n{text}");
		}
		// Two statements are equal, and still their candidates are not mixed up.
		assert_eq!(text.matches(&format!("sm3:0x{}", "02".repeat(32))).count(), 2, "{text}");
	}

	#[test]
	fn a_ballot_is_told_by_what_it_marked() {
		let record = Digest::Sm3([9; 32]);
		let cast =
			BallotView { poll: 4, lender: 5, revision: 2, record, choices: vec![vec![1], vec![2]] };
		let text = ballot(&cast, &first_ballot());
		assert!(
			text.ends_with(
				"item 1: against  第1项：反对\n\
				 item 2: candidate 3 (row 13)  第2项：候选人3（第13行）"
			),
			"{text}"
		);
	}
}
