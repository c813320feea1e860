//! Polls and ballots for people.

use super::grounds_of_item;
use crate::{
	commands::case::show::{candidate_order, tie_break},
	marks,
	output::{counted, end, facts, moment, percent, rows, share, votes, yuan},
	rules,
};
use winddown_sdk::{
	chain::{BallotView, ItemView, LotView, PollView, ResultView, VotesView},
	digest::Written,
	primitives::{
		rules::{Base, Measure, Part, Rule},
		Choice, Item, ItemKind, Purpose,
	},
};

/// A poll: what it is about, and what came of it so far.
pub fn poll(view: &PollView) -> String {
	let mut known = vec![
		("poll", view.poll.to_string()),
		("case", view.case.to_string()),
		("purpose", purpose(view)),
		("opened", moment(view.opened_at)),
		("closes", end(view.closes_at)),
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
	known.extend(ties_and_order(view));
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

/// What settles a tie between candidates, in which order they stand, and how far the poll is with it.
fn ties_and_order(view: &PollView) -> Vec<(&'static str, String)> {
	let is_election = |item: &Item| matches!(item.kind, ItemKind::ApproveUpTo { .. });
	let mut known = Vec::new();
	if let Some(order) = &view.candidate_order {
		let lot = view.candidate_lot.as_ref().map(lot).unwrap_or_default();
		known.push(("candidates stand on the ballot", candidate_order(order) + &lot));
	}
	if view.raw_items.iter().any(is_election) {
		let lot = view.lot.as_ref().map(lot).unwrap_or_default();
		known.push(("a tie between candidates goes", tie_break(&view.tie_break) + &lot));
	}
	if let Some(block) = view.awaits_lot {
		known.push((
			"waits for the lot",
			format!("of block {block}, then: winddown poll settle --poll {}", view.poll),
		));
	}
	if let Some(at) = view.cancelled_at {
		known.push(("cancelled", moment(at)));
	}
	known
}

fn lot(lot: &LotView) -> String {
	format!("\nblock {} {}", lot.block, lot.hash)
}

/// Who was tied, and what came of it or will; nothing where nobody was.
pub fn ties_in_words(ties: &[Vec<u8>], kind: ItemKind, view: &PollView) -> String {
	let each = ties.iter().map(|tie| {
		let english: Vec<_> = tie.iter().map(|one| view.slate.english(kind, *one)).collect();
		let chinese: Vec<_> = tie.iter().map(|one| view.slate.chinese(kind, *one)).collect();
		let (settled, settled_zh) = match (kind, &view.lot) {
			(ItemKind::ChooseOne { .. }, _) => ("so that none is chosen", "均不当选"),
			(_, Some(_)) => ("settled by lot", "以抽签决定"),
			_ if goes_by_lot(view) => ("to be settled by lot", "待抽签决定"),
			_ => ("settled by the order of first nominations", "按首次提名先后决定"),
		};
		format!(
			"\ntied: {}, {settled}\n票数相同：{}，{settled_zh}",
			english.join(", "),
			chinese.join("、")
		)
	});
	each.collect()
}

/// Whether a lot settles ties between candidates.
pub fn goes_by_lot(view: &PollView) -> bool {
	view.tie_break == "lot"
}

pub fn purpose(view: &PollView) -> String {
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
	let (shown, asked) = (&view.items[at], &view.raw_items[at]);
	let (kind, number) = (asked.kind, at + 1);
	let result = match view.result.as_ref().and_then(|result| result.get(at)) {
		Some(result) => result_table(result, asked, view),
		None => "no result yet".into(),
	};
	format!(
		"item {number}: {}\n第{number}项：{}\npasses by: {}\n通过条件：{}\n{}\n{}\n{result}",
		question(shown, kind),
		question_in_chinese(kind),
		shown.rule,
		shown.rule_zh,
		rules::laws(&shown.law),
		documents(view, at),
	)
}

fn question(item: &ItemView, kind: ItemKind) -> String {
	match kind {
		ItemKind::Resolution => "a resolution, for or against".into(),
		ItemKind::ChooseOne { options } => format!("a choice of one among {options} options"),
		ItemKind::ApproveUpTo { candidates, seats, reserves } => format!(
			"an election of {} and {reserves} in reserve; mark up to {} of {}",
			counted(seats, "member", "members"),
			item.marks,
			counted(candidates, "candidate", "candidates")
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

/// The shares are of what the rule measures against: of those who voted, or of everybody.
fn result_table(result: &ResultView, item: &Item, view: &PollView) -> String {
	let kind = item.kind;
	let of = |measure| match base(&item.rule, measure) {
		Base::Voted => view.turnout,
		Base::Eligible => view.eligible,
	};
	let (of_heads, of_amount) = (of(Measure::Heads).heads, of(Measure::Amount).fen);
	let line = |name: String, votes: VotesView| {
		vec![
			name,
			votes.heads.to_string(),
			percent(votes.heads.into(), of_heads.into()),
			yuan(votes.fen),
			percent(votes.fen, of_amount),
		]
	};
	let lines = (0..)
		.zip(&result.options)
		.map(|(option, votes)| line(name(view, kind, option), *votes))
		.chain([line("abstained 弃权".into(), result.abstained)]);
	let heads = match base(&item.rule, Measure::Heads) {
		Base::Voted => "of those voting",
		Base::Eligible => "of all who may vote",
	};
	let amount = match base(&item.rule, Measure::Amount) {
		Base::Voted => "of that voting",
		Base::Eligible => "of all that may vote",
	};
	let table = rows(&["", "lenders", heads, "amount", amount], lines);
	let grounds = grounds_of_item(kind, &view.slate, &result.grounds);
	let ties = ties_in_words(&result.ties, kind, view);
	format!(
		"{table}\n{grounds}\noutcome: {}\n结果：{}{ties}",
		result.outcome_text, result.outcome_zh
	)
}

/// What the rule measures the votes for an option against; of those who voted where it has no such test.
fn base(rule: &Rule, measure: Measure) -> Base {
	let mut tests = rule.tests.iter();
	let found = tests.find(|test| test.part != Part::Voted && test.measure == measure);
	found.map_or(Base::Voted, |test| test.base)
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::{
		chain::Slate,
		primitives::{rules::Preset, Digest, ItemOutcome, ItemResult},
		tally::{recount, BallotRow, ClaimRow, Settling, Standing},
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
			tie_break: "nomination".into(),
			precedence: vec![0, 1, 2],
			candidate_order: Some("list".into()),
			candidate_lot: None,
			cancelled_at: None,
			awaits_lot: None,
			lot: None,
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

	/// A closed poll on one resolution: lender `n` is owed `claims[n]` fen of its class, and marks as given.
	fn closed(preset: Preset, claims: &[(u8, u128)], ballots: &[(u32, Choice)]) -> PollView {
		let item = Item { rule: preset.rule(), ..item(ItemKind::Resolution, &[1]) };
		let claims: Vec<_> = (0..)
			.zip(claims)
			.map(|(lender, (class, amount))| ClaimRow {
				lender,
				amount: *amount,
				class: *class,
				standing: Standing::Deemed,
			})
			.collect();
		let ballots: Vec<_> = ballots
			.iter()
			.map(|(lender, choice)| BallotRow {
				lender: *lender,
				revision: 1,
				record: [0; 33],
				choices: vec![choice.0],
			})
			.collect();
		let counted =
			recount(std::slice::from_ref(&item), 2, &claims, &ballots, Settling::default())
				.unwrap();
		let found = &counted.items[0];
		let result = ItemResult {
			options: found.options.clone().try_into().unwrap(),
			abstained: found.abstained,
			outcome: found.outcome.clone(),
			ties: Default::default(),
		};
		let slate = Slate::default();
		let result = ResultView::new(&slate, item.kind, &result, found.grounds.clone());
		PollView {
			eligible: counted.eligible.into(),
			turnout: counted.turnout.into(),
			items: vec![(&item).into()],
			raw_items: vec![item],
			closed_at: Some(1_573_142_400_001),
			result: Some(vec![result]),
			slate,
			..first_ballot()
		}
	}

	#[test]
	fn exactly_two_thirds_voted_and_the_notice_of_jinzhu_asks_for_more() {
		let claims = [(0, 100_000), (0, 100_000), (0, 100_000)];
		let view = closed(Preset::Jinzhu2019, &claims, &[(0, Choice::FOR), (1, Choice::FOR)]);
		let text = poll(&view);
		for part in [
			"voted amount of all 参加表决金额占全部金额: 2,000.00 of 3,000.00 = 66.66… % = 2/3, and more is needed 须超过: not met 未达到",
			"for heads of voted 同意人数占参加表决人数: 2 of 2 = 100.00 % > 1/2: met 达到",
			"outcome: failed\n结果：未通过",
			"jinzhu_2019, notice of Guiyang Jinzhu on its plans (2019), verified",
			"2019-11-07 24:00 / 2019-11-08 00:00 +08:00",
		] {
			assert!(text.contains(part), "{part}\n{text}");
		}
		let json = serde_json::to_value(&view).unwrap();
		let ground = &json["result"][0]["grounds"][0][0];
		assert_eq!((&ground["met"], &ground["share"]), (&false.into(), &"66.66…".into()));
		assert_eq!((&ground["measured"], &ground["of"]), (&"200000".into(), &"300000".into()));
		assert_eq!(json["items"][0]["law"][0]["status"], "verified");
	}

	#[test]
	fn a_rule_over_all_claims_shows_shares_of_all_claims() {
		let claims = [(0, 100_000), (0, 100_001), (0, 1)];
		let text = poll(&closed(Preset::EblOrdinary, &claims, &[(0, Choice::FOR)]));
		assert!(text.contains("of all that may vote"), "{text}");
		assert!(text.contains("1,000.00 yuan") && text.contains("49.99%"), "{text}");
		assert!(text.contains("1,000.00 of 2,000.02 = 49.99 %"), "{text}");
		assert!(text.contains("< 1/2: not met 未达到\noutcome: failed"), "{text}");
	}

	#[test]
	fn the_class_in_which_a_rule_over_classes_fails_is_named() {
		let claims = [(0, 300), (1, 100), (1, 100)];
		let ballots = [(0, Choice::FOR), (1, Choice::FOR), (2, Choice::AGAINST)];
		let text = poll(&closed(Preset::EblClassPlan, &claims, &ballots));
		for part in [
			"class 0, for amount of all 第0组，同意金额占全部金额: 3.00 of 3.00 = 100.00 % > 2/3: met 达到",
			"class 1, for heads of voted 第1组，同意人数占参加表决人数: 1 of 2 = 50.00 % = 1/2, and more is needed 须超过: not met 未达到",
			"class 1, for amount of all 第1组，同意金额占全部金额: 1.00 of 2.00 = 50.00 % < 2/3: not met 未达到",
		] {
			assert!(text.contains(part), "{part}\n{text}");
		}
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

	#[test]
	fn what_settles_a_tie_is_told_before_the_vote_and_the_tie_after_it() {
		let mut view = first_ballot();
		let text = poll(&view);
		for part in ["首次提名在先者优先", "按协会所列顺序"] {
			assert!(text.contains(part), "{part}\n{text}");
		}
		assert!(!text.contains("tied"), "{text}");
		let elected = ItemOutcome::Elected {
			seats: vec![2].try_into().unwrap(),
			reserves: vec![0].try_into().unwrap(),
		};
		let kind = view.raw_items[1].kind;
		view.result = Some(vec![
			ResultView {
				options: vec![],
				abstained: VotesView::default(),
				outcome: ItemOutcome::Passed,
				outcome_text: view.slate.outcome(ItemKind::Resolution, &ItemOutcome::Passed),
				outcome_zh: String::new(),
				grounds: vec![],
				ties: vec![],
			},
			ResultView {
				options: vec![],
				abstained: VotesView::default(),
				outcome_text: view.slate.outcome(kind, &elected),
				outcome_zh: view.slate.outcome_in_chinese(kind, &elected),
				outcome: elected,
				grounds: vec![],
				ties: vec![vec![0, 2]],
			},
		]);
		let text = poll(&view);
		assert!(
			text.contains(
				"tied: candidate 1 (row 6), candidate 3 (row 13), settled by the order of first \
				 nominations\n票数相同：候选人1（第6行）、候选人3（第13行），按首次提名先后决定"
			),
			"{text}"
		);
		view.lot = Some(LotView { block: 77, hash: "0x07".into() });
		view.tie_break = "lot".into();
		let text = poll(&view);
		for part in ["settled by lot", "block 77 0x07", "以截止后区块的哈希抽签"] {
			assert!(text.contains(part), "{part}\n{text}");
		}
	}
}
