use super::*;
use crate::summary::{
	Bin, ItemSummary, OptionSummary, PaymentList, PollSummary, RollSummary, Text,
};
use winddown_sdk::chain::{InstalmentView, VotesView};

fn votes(heads: u32, fen: u128) -> VotesView {
	VotesView { heads, fen }
}

fn summary() -> Summary {
	let option =
		|en: &str, zh: &str, votes| OptionSummary { name: Text::new(en, zh), votes, won: None };
	let item = ItemSummary {
		title: Text::new("Exit <b>resolution</b>", "退出决议"),
		options: vec![
			option("For", "同意", votes(60, 700)),
			option("Against", "反对", votes(20, 100)),
		],
		abstained: votes(5, 50),
		outcome: Text::new("passed", "通过"),
		passed: true,
		..ItemSummary::default()
	};
	let instalment = InstalmentView {
		instalment: 0,
		due_at: 1_573_142_400_000,
		promised: 100_000_000,
		paid: 100_000_000,
		heads: 90,
		reports: 1,
		settled_at: Some(1_573_142_390_000),
		flag: "overdue".into(),
		deserved: "overdue".into(),
		acknowledged: 3,
		complaints: 1,
	};
	Summary {
		lenders: 100,
		roll: RollSummary {
			imported: votes(100, 1_000),
			histogram: vec![
				Bin { from: 0, to: 300, heads: 40, fen: 100 },
				Bin { from: 300, to: 1_000, heads: 60, fen: 900 },
			],
			..RollSummary::default()
		},
		polls: vec![PollSummary {
			title: Text::new("First ballot", "第一次表决"),
			eligible: votes(100, 1_000),
			turnout: votes(85, 850),
			silent: 15,
			items: vec![item],
			audit_agrees: true,
			..PollSummary::default()
		}],
		payments: vec![instalment],
		payment_lists: vec![PaymentList {
			instalment: 0,
			at: 1_573_142_390_000,
			fen: 100_000_000,
			heads: 90,
		}],
		..Summary::default()
	}
}

#[test]
fn the_page_holds_everything_itself_in_both_languages() {
	let page = html::page(&summary()).unwrap();
	for needed in
		["退出决议", "85.0%", "<svg", "逾期 overdue", "复核一致", "</html>", "First ballot"]
	{
		assert!(page.contains(needed), "{needed}");
	}
	for foreign in ["<script", "<link", "src=", "@import", "url("] {
		assert!(!page.contains(foreign), "{foreign}");
	}
	let addresses = page.matches("http").count();
	assert_eq!(addresses, page.matches("http://www.w3.org/2000/svg").count());
}

#[test]
fn what_comes_from_outside_is_made_harmless() {
	let page = html::page(&summary()).unwrap();
	assert!(page.contains("Exit &lt;b&gt;resolution&lt;/b&gt;") && !page.contains("Exit <b>"));
}

#[test]
fn the_text_tells_turnout_votes_outcome_and_payments() {
	let text = text(&summary());
	for needed in ["85 lenders (85.00%)", "15 never voted", "passed", "overdue", "Personal data"] {
		assert!(text.contains(needed), "{needed} in\n{text}");
	}
}

#[test]
fn a_summary_without_anything_makes_a_page_too() {
	assert!(html::page(&Summary::default()).unwrap().contains("</html>"));
}

#[test]
fn both_files_are_written() {
	let dir = tempfile::tempdir().unwrap();
	let (json, html) = write(&summary(), dir.path()).unwrap();
	let value: serde_json::Value = serde_json::from_slice(&fs::read(json).unwrap()).unwrap();
	assert_eq!(value["polls"][0]["turnout"]["fen"], "850");
	assert!(fs::read_to_string(html).unwrap().starts_with("<!doctype html>"));
}
