use super::FileKind;
use crate::{
	amount::format_yuan,
	document::{DocumentError, DocumentKind},
};
use serde::{Serialize, Serializer};
use std::fmt;
use winddown_primitives::Fen;

/// What is unusual in a good file, or was decided about it. Tells no personal datum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Note {
	/// The line, from 1; `None` when it is about the whole file.
	pub line: Option<u64>,
	/// What was found, and what was done about it.
	#[serde(rename = "text", serialize_with = "as_text")]
	pub remark: Remark,
}

impl Note {
	pub(super) const fn of(remark: Remark) -> Self {
		Self { line: None, remark }
	}

	pub(super) const fn at(line: u64, remark: Remark) -> Self {
		Self { line: Some(line), remark }
	}
}

/// What was found in a file, and what was done about it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Remark {
	/// Three bytes that say that a file is UTF-8, or four for GB18030.
	#[error("skipped a byte order mark")]
	ByteOrderMark,
	/// A text in UTF-16.
	#[error("the text is {0}, and was read as such")]
	Utf16(&'static str),
	/// A file that is no CSV.
	#[error("the file is {0}, and was read as such")]
	Kind(FileKind),
	/// The sheet of a workbook that was read.
	#[error("read the sheet {0} 已读取工作表")]
	Sheet(String),
	/// A column that has another title than its name.
	#[error("{column} is the column \"{title}\"{unit} 对应列")]
	Column {
		/// The column.
		column: &'static str,
		/// Its title in the file.
		title: String,
		/// What the title says about the unit.
		unit: &'static str,
	},
	/// The title of the numbers says what document it is.
	#[error("there is no column of kinds: all numbers are resident_id, as \"{0}\" says 均按居民身份证处理")]
	ResidentsOnly(String),
	/// Columns that are not needed.
	#[error("columns that are not needed, left out: {0}")]
	ColumnsLeftOut(usize),
	/// Lines above the names of the columns.
	#[error("lines above the names of the columns, such as a title, left out: {0} 已忽略标题行")]
	TitleLines(u64),
	/// The names of the columns once more, as on each page.
	#[error("lines that repeat the names of the columns, left out: {0} 已忽略重复的表头")]
	RepeatedTitles(u64),
	/// Lines without anything in the columns that are needed.
	#[error("blank lines, left out: {0} 已忽略空行")]
	BlankLines(u64),
	/// Lines of sums.
	#[error("lines of totals 合计 ({totals}) and of subtotals 小计 ({subtotals}), left out; sums in them that agree with the \
		 lines: {compared}")]
	Totals {
		/// Totals of the file.
		totals: u64,
		/// Totals of a part of it.
		subtotals: u64,
		/// Sums that were compared.
		compared: u64,
	},
	/// Lines of sums that nothing compares.
	#[error("lines of sums, left out: {0} 已忽略合计行")]
	SumsLeftOut(u64),
	/// Lines that only continue a merged cell.
	#[error(
		"lines that hold nothing but parts of merged cells, left out: {0} 已忽略合并单元格的续行"
	)]
	MergedLines(u64),
	/// Hidden parts of a sheet that were read.
	#[error(
		"hidden and read 隐藏部分已读取: rows {rows}, columns {columns}; hidden sheets {sheets}"
	)]
	HiddenRead {
		/// Rows.
		rows: u64,
		/// Columns.
		columns: usize,
		/// Sheets.
		sheets: usize,
	},
	/// Hidden parts of a sheet that were left out.
	#[error("hidden and left out 隐藏部分未读取: rows {rows}, columns {columns}, sheets {sheets}")]
	HiddenLeftOut {
		/// Rows.
		rows: u64,
		/// Columns.
		columns: usize,
		/// Sheets.
		sheets: usize,
	},
	/// Cells that show another amount than they hold.
	#[error(
		"cells of {column} that show rounded amounts: {cells}; what they hold was taken, {} yuan together, and not {} \
		 as shown 单元格显示值与实际值不同，已取实际值",
		format_yuan(*.held), format_yuan(*.shown)
	)]
	Rounded {
		/// The column.
		column: &'static str,
		/// How many.
		cells: u64,
		/// The sum of what these cells hold, in fen.
		held: Fen,
		/// The sum of what they show, in fen.
		shown: Fen,
	},
	/// Names that were brought to one spelling.
	#[error("names with blanks or look-alike characters, brought to one spelling: {0} 姓名已规范")]
	Names(u64),
	/// Telephone numbers that are masked or missing.
	#[error("telephone numbers that are masked or missing: {0}; none is ever sent 手机号不上链")]
	Phones(u64),
	/// A number for which a clerk vouched.
	#[error("taken on a clerk's word, who compared the {} with the paper 经核对原件后采用: {doubt}", .kind.names().0)]
	Vouched {
		/// The kind of document.
		kind: DocumentKind,
		/// What a check says against the number.
		doubt: DocumentError,
	},
	/// Numbers that no check guards.
	#[error("numbers of documents without a check digit: {0}; a mistyped one goes unnoticed, compare them with the papers 未校验，请与原件核对")]
	Unchecked(u64),
	/// A number that an earlier line has under another kind of document, where that may be chance.
	#[error("line {first} has the same number as {} {}; the same person? 与第{first}行号码相同", .kind.names().0, .kind.names().1)]
	PerhapsTheSame {
		/// The earlier line.
		first: u64,
		/// Its kind.
		kind: DocumentKind,
	},
	/// Lines that were added up.
	#[error("lenders with several lines: {lenders}; their lines, added up: {lines} 已合并多笔")]
	AddedUp {
		/// Lenders with several lines.
		lenders: usize,
		/// Their lines.
		lines: usize,
	},
}

impl fmt::Display for Note {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.line {
			Some(line) => write!(f, "line {line}: {}", self.remark),
			None => self.remark.fmt(f),
		}
	}
}

fn as_text<S: Serializer>(remark: &Remark, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(remark)
}
