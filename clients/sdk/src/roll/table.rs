//! Lines of cells as rows of the columns asked for: which line names the columns, which ones hold somebody,
//! and which ones are something else.

use super::{
	cells::{fill, Value},
	columns::{Column, Content, Places, Unit, Wanted},
	sheet::{self, Cell, FileKind, Line},
	Note, Problem, Problems, Reading, Reason, Remark,
};

/// Lines that are looked at for the names of columns.
const PROBED_LINES: u64 = 20;

/// A line that holds somebody.
pub(super) struct Row {
	/// From 1.
	pub line: u64,
	/// The last line above it that names somebody.
	pub above: Option<u64>,
	/// In the order of the columns asked for.
	pub cells: Vec<Value>,
}

/// What a line is.
pub(super) enum Entry<'a> {
	/// Somebody.
	Row(&'a Row),
	/// A sum of the lines above.
	Total { row: &'a Row, of: Scope },
}

/// What a line of sums adds up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scope {
	/// A part: 小计, 本页合计.
	Part,
	/// Everything: 合计, 总计. Some exports write it below each part, too.
	Whole,
}

/// What was seen of a file beside its rows.
#[derive(Default)]
pub(super) struct Summary {
	pub rows: u64,
	/// Lines of sums.
	pub sums: u64,
	pub problems: Vec<Problem>,
	pub notes: Vec<Note>,
}

/// Reads the rows of a file, one after the other. Fails when the file has no table at all; what is wrong with
/// single lines is told beside the good ones.
pub(super) fn read(
	bytes: &[u8],
	reading: &Reading,
	columns: &[Column],
	each: &mut dyn FnMut(Entry<'_>),
) -> Result<Summary, Problems> {
	let wanted = Wanted { columns, reading };
	wanted.ensure_known().map_err(one)?;
	let mut table = Table::new(wanted, each, FileKind::of(bytes) == FileKind::Text);
	let is_head = |cells: &[Cell<'_>]| wanted.places(cells).is_ok();
	let source =
		sheet::read(bytes, reading, &is_head, &mut |line| table.take(line)).map_err(one)?;
	let mut summary = table.finish().map_err(one)?;
	summary.problems.extend(source.problems);
	let mut notes = source.notes;
	if source.kind != FileKind::Text {
		notes.insert(0, Note::of(Remark::Kind(source.kind)));
	}
	notes.append(&mut summary.notes);
	Ok(Summary { notes, ..summary })
}

impl Summary {
	/// Notes that its lines of sums were left out, where nothing compares them.
	pub fn with_sums_left_out(mut self) -> Self {
		if self.sums > 0 {
			self.notes.push(Note::of(Remark::SumsLeftOut(self.sums)));
		}
		self
	}
}

/// Gives what was `read` of a file when nothing is wrong with it, else every problem in the order of its
/// lines. A file without rows is a problem of its own.
pub(super) fn all_or_nothing<T>(
	rows: u64,
	mut problems: Vec<Problem>,
	read: T,
) -> Result<T, Problems> {
	if rows == 0 && problems.is_empty() {
		return Err(one(Problem { line: None, reason: Reason::NoLenders }));
	}
	problems.sort_by_key(|problem| problem.line);
	match problems.is_empty() {
		true => Ok(read),
		false => Err(Problems(problems)),
	}
}

fn one(problem: Problem) -> Problems {
	Problems(vec![problem])
}

struct Table<'a> {
	wanted: Wanted<'a>,
	each: &'a mut dyn FnMut(Entry<'_>),
	/// Whether lines have as many cells as the one with the names, as in a CSV.
	is_even: bool,
	head: Option<Places>,
	/// The line that names most columns, and what is wrong with it.
	nearest: Option<(usize, Problem)>,
	row: Row,
	summary: Summary,
	lines: Lines,
}

/// How many lines are something else than a row.
#[derive(Default)]
struct Lines {
	above: u64,
	blank: u64,
	repeated: u64,
	merged: u64,
	names: u64,
}

impl<'a> Table<'a> {
	fn new(wanted: Wanted<'a>, each: &'a mut dyn FnMut(Entry<'_>), is_even: bool) -> Self {
		let cells = wanted.columns.iter().map(|_| Value::default()).collect();
		Self {
			wanted,
			each,
			is_even,
			head: None,
			nearest: None,
			row: Row { line: 0, above: None, cells },
			summary: Summary::default(),
			lines: Lines::default(),
		}
	}

	fn take(&mut self, line: &Line<'_>) {
		match self.head.take() {
			Some(head) => {
				self.take_row(line, &head);
				self.head = Some(head);
			}
			None => self.look_for_head(line),
		}
	}

	fn look_for_head(&mut self, line: &Line<'_>) {
		if line.cells.iter().all(Cell::is_blank) || self.lines.above >= PROBED_LINES {
			return;
		}
		match self.wanted.places(line.cells) {
			Ok(head) => {
				self.describe(&head, line.number);
				self.head = Some(head);
			}
			Err(reason) => {
				self.lines.above += 1;
				let score = self.wanted.score(line.cells);
				if self.nearest.as_ref().is_none_or(|(best, _)| score > *best) {
					self.nearest = Some((score, Problem { line: Some(line.number), reason }));
				}
			}
		}
	}

	/// Says what was found, where the file's titles are not the names of the columns.
	fn describe(&mut self, head: &Places, line: u64) {
		let mut note = |remark| self.summary.notes.push(Note::at(line, remark));
		for ((column, place), value) in
			self.wanted.columns.iter().zip(&head.places).zip(&mut self.row.cells)
		{
			match place {
				Some(place) => {
					value.unit = place.unit;
					let is_own = place.title.eq_ignore_ascii_case(column.name)
						|| place.title == column.chinese;
					if !is_own {
						let unit = match place.unit {
							Unit::Yuan => "",
							Unit::TenThousandYuan => ", in 10,000 yuan",
							Unit::Fen => ", in fen",
						};
						let title = place.title.clone();
						note(Remark::Column { column: column.name, title, unit });
					}
				}
				None if *column == super::columns::DOCUMENT_TYPE => {
					value.text = "resident_id".into();
					let number =
						self.wanted.columns.iter().position(|c| c.content == Content::Number);
					let place = number.and_then(|at| head.places[at].as_ref());
					let title = place.map(|place| place.title.clone()).unwrap_or_default();
					note(Remark::ResidentsOnly(title));
				}
				None => (),
			}
		}
		if head.left_out > 0 {
			note(Remark::ColumnsLeftOut(head.left_out));
		}
	}

	fn take_row(&mut self, line: &Line<'_>, head: &Places) {
		let found = || head.places.iter().flatten();
		if found().all(|place| line.cells.get(place.at).is_none_or(Cell::is_blank)) {
			let is_merged =
				found().any(|place| matches!(line.cells.get(place.at), Some(Cell::Below(_))));
			match is_merged {
				true => self.lines.merged += 1,
				false => self.lines.blank += 1,
			}
			return;
		}
		if found().all(|place| line.cells.get(place.at).is_some_and(|cell| place.is_titled(cell))) {
			self.lines.repeated += 1;
			return;
		}
		let scope = self.scope(line, head);
		if scope.is_none() {
			if let Err(reason) = self.ensure_even(line, head) {
				self.summary.rows += 1;
				self.summary.problems.push(Problem { line: Some(line.number), reason });
				return;
			}
		}
		let (reasons, respelled) = self.fill(line, head);
		match scope {
			Some(of) => {
				self.summary.sums += 1;
				(self.each)(Entry::Total { row: &self.row, of });
			}
			None => {
				self.lines.names += respelled;
				self.hand_over(line.number, reasons);
			}
		}
	}

	fn hand_over(&mut self, line: u64, reasons: Vec<Reason>) {
		let is_torn = reasons.iter().any(|reason| matches!(reason, Reason::LineBreak(_)));
		self.summary
			.problems
			.extend(reasons.into_iter().map(|reason| Problem { line: Some(line), reason }));
		self.summary.rows += 1;
		if !is_torn {
			(self.each)(Entry::Row(&self.row));
		}
		if self.names_somebody() {
			self.row.above = Some(line);
		}
	}

	/// Whether the row has a document or a name, and not only amounts, as below a merged cell.
	fn names_somebody(&self) -> bool {
		let is_person = |column: &Column| matches!(column.content, Content::Number | Content::Name);
		let cells = self.wanted.columns.iter().zip(&self.row.cells);
		let mut persons = cells.filter(|(column, _)| is_person(column)).peekable();
		persons.peek().is_none() || persons.any(|(_, cell)| cell.is_bad || !cell.text.is_empty())
	}

	/// In a CSV a line with another number of cells lost or won a comma. Empty cells at its end do no harm.
	fn ensure_even(&self, line: &Line<'_>, head: &Places) -> Result<(), Reason> {
		let (found, expected) = (line.cells.len(), head.width);
		let is_longer = line.cells.iter().skip(expected).any(|cell| !cell.is_blank());
		match self.is_even && (found < expected || is_longer) {
			true => Err(Reason::Cells { found, expected }),
			false => Ok(()),
		}
	}

	/// Whether a line holds sums instead of somebody: a word for them somewhere, and no number in the first
	/// column that tells who or which row it is.
	fn scope(&self, line: &Line<'_>, head: &Places) -> Option<Scope> {
		let number = self.wanted.columns.iter().position(|c| c.content == Content::Number);
		let key = head.places[number.unwrap_or_default()].as_ref()?;
		let key = line.cells.get(key.at).unwrap_or(&Cell::Empty);
		let is_somebody = match key {
			Cell::Text(text) => text.bytes().filter(u8::is_ascii_digit).count() > 0,
			Cell::Empty | Cell::Below(_) => false,
			_ => true,
		};
		if is_somebody {
			return None;
		}
		line.cells.iter().filter_map(Cell::text).find_map(word_for_sums)
	}

	/// Puts the cells of a line into the row; tells what is wrong with them, and how many names were spelled
	/// in another way.
	fn fill(&mut self, line: &Line<'_>, head: &Places) -> (Vec<Reason>, u64) {
		let (mut reasons, mut respelled) = (Vec::new(), 0);
		self.row.line = line.number;
		let cells = self.wanted.columns.iter().zip(&head.places).zip(&mut self.row.cells);
		for ((column, place), value) in cells {
			let Some(place) = place else { continue };
			let cell = line.cells.get(place.at).unwrap_or(&Cell::Empty);
			// The value of the line where the merged cell begins stands there still.
			if matches!(cell, Cell::Below(first) if *first == value.line) {
				continue;
			}
			(value.line, value.shown_to, value.is_bad) = (line.number, None, false);
			let filled = fill(value, cell, column, place, line.number);
			match filled {
				Ok(is_respelled) => respelled += u64::from(is_respelled),
				Err(_) if column.content == Content::Phone => value.text.clear(),
				Err(reason) => {
					value.is_bad = true;
					reasons.push(reason);
				}
			}
		}
		(reasons, respelled)
	}

	fn finish(mut self) -> Result<Summary, Problem> {
		if self.head.is_none() {
			let empty = Problem { line: None, reason: Reason::EmptyFile };
			return Err(self.nearest.map_or(empty, |(_, problem)| problem));
		}
		let Lines { above, blank, repeated, merged, names } = self.lines;
		for (count, remark) in [
			(above, Remark::TitleLines(above)),
			(repeated, Remark::RepeatedTitles(repeated)),
			(blank, Remark::BlankLines(blank)),
			(merged, Remark::MergedLines(merged)),
			(names, Remark::Names(names)),
		] {
			if count > 0 {
				self.summary.notes.push(Note::of(remark));
			}
		}
		Ok(self.summary)
	}
}

fn word_for_sums(text: &str) -> Option<Scope> {
	let word: String = text.chars().filter(|c| !c.is_whitespace()).collect();
	let word = word.trim_end_matches([':', '：']);
	let is = |words: &[&str]| words.iter().any(|sum| word.starts_with(sum) || word.ends_with(sum));
	let word = word.to_lowercase();
	match () {
		() if is(&["小计", "小計", "本页合计", "本頁合計", "分计"]) => {
			Some(Scope::Part)
		}
		() if matches!(word.as_str(), "subtotal" | "sub-total") => Some(Scope::Part),
		() if is(&["合计", "总计", "共计", "合計", "總計", "总合计", "总额"]) => {
			Some(Scope::Whole)
		}
		() if matches!(word.as_str(), "total" | "grandtotal" | "sum") => Some(Scope::Whole),
		() => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn words_for_sums_are_told_apart() {
		for (word, scope) in [
			("合 计", Some(Scope::Whole)),
			("总计：", Some(Scope::Whole)),
			("张三小计", Some(Scope::Part)),
			("本页合计", Some(Scope::Part)),
			("Total", Some(Scope::Whole)),
			("totally", None),
			("张三", None),
		] {
			assert_eq!(word_for_sums(word), scope, "{word}");
		}
	}
}
