//! The tables of a web page, which many platforms export under the name of a workbook.
//!
//! A tolerant reader of `table`, `tr`, `td`, `th`, `col` with `rowspan`, `colspan`, `style` and the `x:num` of
//! Excel. Tables follow one another as if they were one; a table inside a cell is text of that cell. Scripts,
//! comments and style sheets are left out: what only they hide is seen.

mod pieces;

use super::{encoding, layout::Layout, Cell, Outlet, TextEncoding};
use crate::roll::{Note, Problem};
use pieces::{attribute, decode, Piece, Pieces};
use std::borrow::Cow;

/// Columns that a cell may span; the specification's bound.
const MAX_COLSPAN: usize = 1_000;
/// Rows that a cell may span; the specification's bound.
const MAX_ROWSPAN: u32 = 65_534;
/// As much of a page as is looked at for its encoding.
const HEAD_BYTES: usize = 4_096;

/// Hands over the rows of the tables of a page.
pub(super) fn read(
	bytes: &[u8],
	encoding: TextEncoding,
	outlet: &mut Outlet<'_>,
) -> Result<Vec<Note>, Problem> {
	let (text, notes) = encoding::decode_as(bytes, charset(bytes).as_deref(), encoding)?;
	let mut page = Page::default();
	for piece in Pieces(&text) {
		match piece {
			Piece::Text(text) => page.text(text),
			Piece::Open { name, attributes } => page.open(&name, attributes, outlet),
			Piece::Close(name) => page.close(&name, outlet),
		}
	}
	page.end_row(outlet);
	Ok(notes)
}

/// The encoding that a page names.
fn charset(bytes: &[u8]) -> Option<String> {
	let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD_BYTES)]).to_ascii_lowercase();
	let (_, after) = head.split_once("charset")?;
	let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
	let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
	Some(value[..end.unwrap_or(value.len())].to_string())
}

/// What was read of a page so far.
#[derive(Default)]
struct Page {
	/// Tables that are open; those inside another one are text.
	depth: usize,
	rows: u32,
	row: Option<Row>,
	cell: Option<OpenCell>,
	/// For each column, the rows that a cell above still covers, and the line where it began.
	covered: Vec<(u32, u64)>,
	layout: Layout,
	/// Columns that were described.
	described: u32,
}

struct Row {
	is_hidden: bool,
	cells: Vec<Cell<'static>>,
}

struct OpenCell {
	text: String,
	number: Option<f64>,
	colspan: usize,
	rowspan: u32,
}

impl Page {
	fn text(&mut self, text: &str) {
		if let Some(cell) = &mut self.cell {
			cell.text.push_str(&decode(text));
		}
	}

	fn open(&mut self, name: &str, attributes: &str, outlet: &mut Outlet<'_>) {
		match name {
			"table" => self.depth += 1,
			_ if self.depth > 1 => self.text(" "),
			"tr" => {
				self.end_row(outlet);
				let is_hidden = is_hidden(attributes);
				self.row = Some(Row { is_hidden, cells: Vec::new() });
			}
			"td" | "th" => self.begin_cell(attributes),
			"col" => self.column(attributes),
			"br" | "p" | "div" => self.text(" "),
			_ => (),
		}
	}

	fn close(&mut self, name: &str, outlet: &mut Outlet<'_>) {
		match name {
			"table" if self.depth > 1 => self.depth -= 1,
			"table" => {
				self.end_row(outlet);
				self.depth = 0;
				self.covered.clear();
				self.layout = Layout::default();
				self.described = 0;
			}
			_ if self.depth > 1 => (),
			"tr" => self.end_row(outlet),
			"td" | "th" => self.end_cell(),
			_ => (),
		}
	}

	fn column(&mut self, attributes: &str) {
		let span = number(attributes, "span").unwrap_or(1).clamp(1, MAX_COLSPAN as u32);
		let is_narrow = attribute(attributes, "width").is_some_and(|width| width == "0");
		if is_narrow || is_hidden(attributes) {
			self.layout.hidden_columns.push((self.described, self.described + span - 1));
		}
		self.described += span;
	}

	fn begin_cell(&mut self, attributes: &str) {
		self.end_cell();
		if self.row.is_none() {
			self.row = Some(Row { is_hidden: false, cells: Vec::new() });
		}
		self.cover();
		self.cell = Some(OpenCell {
			text: String::new(),
			// What the cell holds, where its text is what the cell shows.
			number: attribute(attributes, "x:num").and_then(|number| number.parse().ok()),
			colspan: (number(attributes, "colspan").unwrap_or(1) as usize).clamp(1, MAX_COLSPAN),
			rowspan: number(attributes, "rowspan").unwrap_or(1).clamp(1, MAX_ROWSPAN),
		});
	}

	/// Fills the places that cells of earlier rows cover.
	fn cover(&mut self) {
		let Some(row) = &mut self.row else { return };
		while let Some((left, first)) = self.covered.get_mut(row.cells.len()) {
			if *left == 0 {
				break;
			}
			*left -= 1;
			row.cells.push(Cell::Below(*first));
		}
	}

	fn end_cell(&mut self) {
		let (Some(cell), Some(row)) = (self.cell.take(), &mut self.row) else { return };
		let begin = row.cells.len();
		row.cells.push(cell.content());
		row.cells.resize(begin + cell.colspan, Cell::Empty);
		if self.covered.len() < row.cells.len() {
			self.covered.resize(row.cells.len(), (0, 0));
		}
		let line = u64::from(self.rows) + 1;
		self.covered[begin..begin + cell.colspan].fill((cell.rowspan - 1, line));
	}

	fn end_row(&mut self, outlet: &mut Outlet<'_>) {
		self.end_cell();
		self.cover();
		let Some(mut row) = self.row.take() else { return };
		outlet.hide_columns(&mut row.cells, &self.layout);
		outlet.seen_or_hidden(self.rows, &mut row.cells, row.is_hidden);
		self.rows += 1;
	}
}

impl OpenCell {
	fn content(&self) -> Cell<'static> {
		if let Some(value) = self.number {
			return Cell::Number { value, shown_to: None };
		}
		let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
		match text.is_empty() {
			true => Cell::Empty,
			false => Cell::Text(Cow::Owned(text)),
		}
	}
}

fn number(attributes: &str, name: &str) -> Option<u32> {
	attribute(attributes, name)?.trim().parse().ok()
}

fn is_hidden(attributes: &str) -> bool {
	let style = attribute(attributes, "style").unwrap_or_default().to_ascii_lowercase();
	let style: String = style.split_whitespace().collect();
	style.contains("display:none") || attribute(attributes, "hidden").is_some()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::roll::Hidden;

	fn rows(page: &str, hidden: Hidden) -> (Vec<Vec<String>>, usize) {
		let mut rows = Vec::new();
		let mut each = |line: &super::super::Line<'_>| {
			rows.push(
				line.cells
					.iter()
					.map(|cell| match cell {
						Cell::Text(text) => text.to_string(),
						Cell::Below(first) => format!("^{first}"),
						Cell::Number { value, .. } => format!("#{value}"),
						_ => String::new(),
					})
					.collect(),
			);
		};
		let mut outlet = Outlet::new(hidden, &mut each);
		let mut notes = read(page.as_bytes(), TextEncoding::Utf8, &mut outlet).unwrap();
		let problems = outlet.finish(&mut notes).len();
		(rows, problems)
	}

	#[test]
	fn a_table_is_read_with_open_tags_references_and_line_breaks() {
		let page = "<html><style>td{}</style><table><tr><th>姓名<th>证件号码</tr>\
			<!-- <tr><td>x</td></tr> --><TR><TD> 张&nbsp;三 </TD><td>440301<br></td></TR></table>";
		assert_eq!(
			rows(page, Hidden::Refuse),
			(
				vec![vec!["姓名".into(), "证件号码".into()], vec!["张 三".into(), "440301".into()]],
				0
			)
		);
	}

	#[test]
	fn cells_over_several_rows_and_columns_keep_the_others_in_their_place() {
		let page = "<table><tr><td colspan=2>a</td><td>b</td></tr>\
			<tr><td rowspan=3>c</td><td>d</td><td rowspan=2>e</td></tr>\
			<tr><td>f</td></tr><tr><td>g</td><td x:num=\"1.5\">2</td></tr></table>";
		let (rows, _) = rows(page, Hidden::Refuse);
		assert_eq!(
			rows,
			[
				vec!["a", "", "b"],
				vec!["c", "d", "e"],
				vec!["^2", "f", "^2"],
				vec!["^2", "g", "#1.5"]
			]
		);
	}

	#[test]
	fn hidden_rows_and_columns_are_told_and_left_out_on_demand() {
		let page = "<table><col><col style='display: none'><tr><td>a</td><td>b</td></tr>\
			<tr style='DISPLAY:none'><td>c</td></tr></table>";
		assert_eq!(
			rows(page, Hidden::Refuse),
			(vec![vec!["a".into(), "b".into()], vec!["c".into()]], 1)
		);
		assert_eq!(rows(page, Hidden::LeaveOut), (vec![vec!["a".into(), String::new()]], 0));
	}

	#[test]
	fn the_encoding_is_the_one_that_the_page_names() {
		assert_eq!(
			charset(b"<meta http-equiv=Content-Type content=\"text/html; charset=GB2312\">")
				.as_deref(),
			Some("gb2312")
		);
		assert_eq!(charset(b"<meta charset='utf-8'/>").as_deref(), Some("utf-8"));
		assert_eq!(charset(b"<table>"), None);
	}
}
