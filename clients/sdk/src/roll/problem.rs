use super::{columns::Column, FileKind, Likely, TextEncoding};
use crate::{
	amount::{format_yuan, AmountError},
	document::{DocumentError, DocumentKind},
};
use serde::{Serialize, Serializer};
use std::fmt;
use winddown_primitives::Fen;

/// What is wrong, and where. Never tells a personal datum, so that it may be logged and mailed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Problem {
	/// The line, from 1; `None` when it is about the whole file.
	pub line: Option<u64>,
	/// What is wrong there.
	#[serde(serialize_with = "as_text")]
	pub reason: Reason,
}

/// Why a line, or a file, is bad.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Reason {
	/// Not one byte, or nothing but blank lines.
	#[error("the file is empty 文件是空的")]
	EmptyFile,
	/// Only the line of column names.
	#[error("the file has column names but no lenders 只有标题行，没有数据")]
	NoLenders,
	/// A kind of file that is not read.
	#[error(
		"this is {0}; save it as a workbook (.xlsx) or as CSV UTF-8 请另存为 .xlsx 或 CSV UTF-8"
	)]
	OtherFile(FileKind),
	/// A workbook that cannot be opened.
	#[error("the workbook is damaged or incomplete 工作簿已损坏或不完整")]
	BrokenWorkbook,
	/// No sheet of the name asked for.
	#[error("the workbook has no such sheet; it has: {}", .0.join(", "))]
	NoSheet(Vec<String>),
	/// More than one sheet names the columns.
	#[error("several sheets hold lenders 有多个工作表: {}", .0.join(", "))]
	SeveralSheets(Vec<String>),
	/// What nobody sees in the sheet, and every reader reads.
	#[error(
		"content is hidden 有隐藏的行、列或工作表: rows {rows}, columns {columns}, sheets {sheets}"
	)]
	HiddenParts {
		/// Rows, as a filter hides them.
		rows: u64,
		/// Columns.
		columns: usize,
		/// Sheets.
		sheets: usize,
	},
	/// The bytes are not what the encoding allows.
	#[error("the bytes are not {expected}{}", likely_text(*.likely))]
	Encoding {
		/// The encoding asked for.
		expected: TextEncoding,
		/// What they might be.
		likely: Option<Likely>,
	},
	/// The file shows its encoding, and does not keep to it.
	#[error("the bytes are not whole {0}; the file was cut or changed on its way")]
	BrokenText(&'static str),
	/// No line names the columns.
	#[error("no line names all columns; missing 缺少列: {}{}", names(.missing), other_titles(.others))]
	MissingColumns {
		/// What is missing.
		missing: Vec<Column>,
		/// Titles that were not understood.
		others: Vec<String>,
	},
	/// Several columns could be the one meant.
	#[error("several columns could be {column} 有多个列可能是它: {}", .titles.join(", "))]
	RepeatedColumn {
		/// The column looked for.
		column: &'static str,
		/// The titles in the file.
		titles: Vec<String>,
	},
	/// A title was given for a column that does not exist.
	#[error("{given} is no column; the columns are {}", .known.join(", "))]
	UnknownColumn {
		/// What was given.
		given: String,
		/// What there is.
		known: Vec<&'static str>,
	},
	/// A title was given that the file does not have.
	#[error("no column has the title {title}, which was given for {column} 文件中没有这一标题")]
	NoTitle {
		/// The column.
		column: &'static str,
		/// The title given for it.
		title: String,
	},
	/// The separator is not a comma.
	#[error("the columns are separated by {0} instead of commas; export the file again")]
	Separator(&'static str),
	/// Too many or too few cells.
	#[error("the line has {found} cells instead of {expected}; is a comma or a quote missing?")]
	Cells {
		/// Cells of the line.
		found: usize,
		/// Cells of the first line.
		expected: usize,
	},
	/// A quote that is opened and never closed makes a cell of many lines.
	#[error("the column {0} holds a line break; a quote that was opened is not closed")]
	LineBreak(&'static str),
	/// A character that nobody sees.
	#[error("the column {0} holds an invisible character (a control or a byte order mark)")]
	Invisible(&'static str),
	/// Nothing is there.
	#[error("the column {0} is empty 为空")]
	EmptyCell(&'static str),
	/// A word that programs write for nothing.
	#[error("the column {0} holds a word for nothing, such as NULL, nan or - 没有填写实际内容")]
	Placeholder(&'static str),
	/// The error of a formula.
	#[error("the column {0} holds the error of a formula, such as #N/A 公式错误")]
	FormulaError(&'static str),
	/// A formula whose result is not in the file.
	#[error("the column {0} holds a formula without its result; open and save the file with Excel or export values")]
	Uncomputed(&'static str),
	/// A date where none belongs.
	#[error("the column {0} holds a date 此处是日期")]
	Date(&'static str),
	/// A long number in a cell of numbers.
	#[error(
		"the cell {cell} holds a number, of which a spreadsheet keeps 15 digits; the last ones are lost: \
		 export the column as text from the system 单元格是数值，只保留15位有效数字，请从系统以文本重新导出"
	)]
	NumberCell {
		/// As in B17.
		cell: String,
	},
	/// A number that went through a spreadsheet.
	#[error(
		"a spreadsheet has cut this number to about 16 digits; the last ones are not true: export the column \
		 as text from the system 表格软件截断了号码，末几位不真实，请从系统以文本重新导出"
	)]
	CutNumber,
	/// Many wrong check digits in one file.
	#[error(
		"{failed} of {lines} document numbers fail the check digit: not typing, but a spreadsheet or a program \
		 has changed them; export them again as text 大量号码校验不通过，多为表格软件所致，请以文本重新导出"
	)]
	ManyCheckDigits {
		/// Lines that fail.
		failed: u64,
		/// Lines with a number.
		lines: u64,
	},
	/// A line below a merged cell.
	#[error(
		"document and name are empty, as below a merged cell{}; fill them in on each line or use the workbook \
		 (.xlsx) itself 合并单元格：请逐行填写，或直接使用 .xlsx", since(*.above)
	)]
	BelowMerged {
		/// The line above.
		above: Option<u64>,
	},
	/// A name that cannot be read.
	#[error("the name has a character that was lost or that only one computer knows 姓名中有无法识别的字符")]
	UnreadableName,
	/// A name without a letter.
	#[error("the name has no letter in it 姓名中没有文字")]
	NoName,
	/// The file's own total differs from its lines.
	#[error(
		"the file's own total of {column} is {}, its lines above add up to {} 合计与各行之和不符",
		format_yuan(*.stated), format_yuan(*.counted)
	)]
	OtherTotal {
		/// The column.
		column: &'static str,
		/// What the line says, in fen.
		stated: Fen,
		/// What was counted, in fen.
		counted: Fen,
	},
	/// A subtotal differs from its lines. The sum of few lines would tell an amount.
	#[error("the subtotal of {column} differs from the lines above it 小计与各行之和不符")]
	OtherSubtotal {
		/// The column.
		column: &'static str,
	},
	/// No amount.
	#[error("the column {column} {error}")]
	Amount {
		/// Where.
		column: &'static str,
		/// Why.
		error: AmountError,
	},
	/// Nothing is owed to this lender.
	#[error("the outstanding principal is zero; only lenders with a claim belong on the roll")]
	NothingOutstanding,
	/// No class.
	#[error("the class is not a number from 0 to 255")]
	Class,
	/// No document.
	#[error("{0}")]
	Document(#[from] DocumentError),
	/// The person stands on an earlier line already.
	#[error("the same person stands on line {first} 同一人已在第{first}行出现")]
	DuplicatePerson {
		/// The earlier line.
		first: u64,
	},
	/// The person's cells are merged over several lines.
	#[error("the cells of this person are merged from line {first} on: several amounts of one lender 合并单元格：同一人有多笔")]
	MergedPerson {
		/// The line where the merged cell begins.
		first: u64,
	},
	/// The line above once more.
	#[error(
		"this repeats person and amounts of line {first}: a copy of a merged cell, or a line exported twice? \
		 与第{first}行相同：是合并单元格的重复，还是重复导出？"
	)]
	RepeatedLine {
		/// The line above.
		first: u64,
	},
	/// One number, and another name.
	#[error("line {first} has the same document number and another name; never added up 证件号码相同而姓名不同")]
	OtherName {
		/// The earlier line.
		first: u64,
	},
	/// One person in two classes.
	#[error("the same person stands on line {first} in another class 同一人已在第{first}行以另一类别出现")]
	OtherClass {
		/// The earlier line.
		first: u64,
	},
	/// The same number, or the same company, on an earlier line under another kind of document.
	#[error(
		"line {first} has the same number, or the same company, as {} {}: one person or company has one kind of \
		 document 与第{first}行号码相同而证件类型不同",
		.kind.names().0,
		.kind.names().1
	)]
	SameUnderOtherKind {
		/// The earlier line.
		first: u64,
		/// Its kind.
		kind: DocumentKind,
	},
	/// The cell that says whether a clerk vouches for the number says something else.
	#[error("the column vouched is neither yes 是 nor no 否")]
	Vouched,
	/// A clerk vouches for a line that holds nobody.
	#[error("a clerk vouches for this line, and it holds no lender 该行没有出借人")]
	NobodyToVouchFor,
	/// The person has no claim in this case, and a check speaks against the number.
	#[error("this person is not on the roll of the case; {0}")]
	DoubtfulStranger(DocumentError),
	/// The person stands on an earlier line of a registrar's file already.
	#[error("the same person stands on line {first}; a person has one key")]
	RegisteredTwice {
		/// The earlier line.
		first: u64,
	},
	/// The row stands on an earlier line of a list of calls already.
	#[error("the same row stands on line {first}; a claim is confirmed once")]
	CalledTwice {
		/// The earlier line.
		first: u64,
	},
	/// No row of a lender.
	#[error("the row is not a number of the roll")]
	Row,
	/// Together the claims are more than the chain can hold.
	#[error("from this line on, the sum of all claims is larger than the chain can hold")]
	SumOverflows,
	/// A case has at most eight classes.
	#[error("the file has {0} classes; a case has at most 8")]
	TooManyClasses(usize),
	/// No key of a lender.
	#[error("the key does not read sr25519:0x…, ed25519:0x… or ecdsa:0x…")]
	LenderKey,
	/// The person has no claim in this case.
	#[error("this person is not on the roll of the case")]
	NotOnRoll,
	/// The roll has the person's number under another kind of document.
	#[error(
		"the roll has this number as {} {}, in row {row}: correct the type in the file, or the roll before its \
		 lock 名册中该号码的证件类型不同",
		.kind.names().0,
		.kind.names().1
	)]
	OnRollAs {
		/// The row.
		row: u32,
		/// The kind of document there.
		kind: DocumentKind,
	},
	/// The person has another key.
	#[error("row {row} has another key")]
	OtherKey {
		/// The row.
		row: u32,
	},
	/// The key stands on an earlier line already.
	#[error("the same key stands on line {first}; each lender needs an own one")]
	DuplicateKey {
		/// The earlier line.
		first: u64,
	},
}

impl Reason {
	pub(super) fn amount(column: &Column, error: AmountError) -> Self {
		match error {
			AmountError::Empty => Self::EmptyCell(column.name),
			error => Self::Amount { column: column.name, error },
		}
	}
}

impl fmt::Display for Problem {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.line {
			Some(line) => write!(f, "line {line}: {}", self.reason),
			None => self.reason.fmt(f),
		}
	}
}

fn names(columns: &[Column]) -> String {
	let names: Vec<_> =
		columns.iter().map(|column| format!("{} ({})", column.name, column.chinese)).collect();
	names.join(", ")
}

fn other_titles(titles: &[String]) -> String {
	match titles {
		[] => String::new(),
		titles => format!("; titles that were not understood 未识别的标题: {}", titles.join(", ")),
	}
}

fn likely_text(likely: Option<Likely>) -> String {
	match likely {
		Some(Likely::Known(encoding)) => format!("; they look like {encoding}"),
		Some(Likely::Other(name)) => format!("; they look like {name}: save the file as CSV UTF-8"),
		None => String::new(),
	}
}

fn since(line: Option<u64>) -> String {
	line.map(|line| format!(" that begins on line {line}")).unwrap_or_default()
}

fn as_text<S: Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(reason)
}
