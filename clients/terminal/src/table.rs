//! Tables without frames, with labels and known values in Chinese beside English.

use crate::terms;
use comfy_table::{presets::NOTHING, ContentArrangement, Table, TableComponent};

/// A table of names and values.
pub fn facts<Name: ToString, Fact: ToString>(
	rows: impl IntoIterator<Item = (Name, Fact)>,
) -> String {
	let mut table = plain_table();
	for (name, fact) in rows {
		table.add_row([terms::label(&name.to_string()), terms::value(&fact.to_string())]);
	}
	table.to_string()
}

/// A table with a head.
pub fn rows<Cell: ToString>(head: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> String {
	let mut table = plain_table();
	table.set_header(head.iter().map(|label| terms::label(label)));
	for row in rows {
		table.add_row(row.iter().map(|cell| terms::value(&cell.to_string())));
	}
	table.to_string()
}

fn plain_table() -> Table {
	let mut table = Table::new();
	table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
	// One line below the head, and none elsewhere.
	table.set_style(TableComponent::HeaderLines, '─');
	table.set_style(TableComponent::MiddleHeaderIntersections, '─');
	table
}
