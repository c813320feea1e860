//! Which line of a registrar's file is which row of the roll: lenders are told their rows by it.

use crate::output::{counted, rows};
use winddown_sdk::chain::RowOfLine;

/// Lines that are printed; JSON and `--rows FILE` have all.
const SHOWN: usize = 40;

/// The first lines for people, with an end of line behind them.
pub fn table(places: &[RowOfLine]) -> String {
	let lines = places.iter().take(SHOWN).map(|place| {
		let before = if place.bound_before { "before" } else { "now" };
		vec![place.line.to_string(), place.row.to_string(), before.into()]
	});
	let more = match places.len().saturating_sub(SHOWN) {
		0 => String::new(),
		more => format!(
			"… and {}; --rows FILE.csv writes all\n",
			counted(more, "more line", "more lines")
		),
	};
	format!("{}\n{more}", rows(&["line", "row", "key bound"], lines))
}

/// All of them as CSV.
pub fn csv(places: &[RowOfLine]) -> String {
	let lines = places.iter().map(|place| format!("{},{}\n", place.line, place.row));
	["line,row\n".into()].into_iter().chain(lines).collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	fn places(count: u64) -> Vec<RowOfLine> {
		let place =
			|at: u64| RowOfLine { line: at + 2, row: 7 - at as u32 % 8, bound_before: at > 0 };
		(0..count).map(place).collect()
	}

	#[test]
	fn every_line_is_told_with_its_row() {
		let text = table(&places(2));
		let cells: Vec<Vec<_>> =
			text.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
		assert_eq!(cells, [["2", "7", "now"], ["3", "6", "before"]]);
		assert_eq!(csv(&places(2)), "line,row\n2,7\n3,6\n");
	}

	#[test]
	fn of_many_lines_the_file_has_all() {
		let text = table(&places(41));
		assert!(text.ends_with("\n… and 1 more line; --rows FILE.csv writes all\n"), "{text}");
		assert_eq!(csv(&places(41)).lines().count(), 42);
	}
}
