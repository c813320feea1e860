//! The table of refusals that users read is that of the code.

use std::path::Path;
use winddown_primitives::PoolRefusal;

/// Code, name, reason and remedy of each line of the table.
fn table() -> Vec<(u8, String, String, String)> {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/clients.md");
	let text = std::fs::read_to_string(path).expect("the page is there");
	let rows = text.lines().filter_map(|line| {
		let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
		let code = cells.next()?.parse().ok()?;
		let mut text = || cells.next().expect("four columns").to_string();
		Some((code, text(), text(), text()))
	});
	rows.collect()
}

#[test]
fn the_table_of_refusals_names_every_code_and_what_to_do_about_it() {
	let table = table();
	let listed: Vec<_> = table.iter().map(|(code, name, ..)| (*code, name.clone())).collect();
	let known = PoolRefusal::ALL.map(|refusal| (refusal.code(), refusal.to_string()));
	assert_eq!(listed, known);
	for (code, _, why, remedy) in table {
		assert!(why.len() > 10 && remedy.len() > 5, "{code}");
	}
}

#[test]
fn the_readme_leads_to_the_table() {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
	let text = std::fs::read_to_string(path).expect("the page is there");
	assert!(text.contains("docs/clients.md#when-a-transaction-is-refused"));
}
