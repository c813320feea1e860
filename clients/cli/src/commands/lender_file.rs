//! Files of lenders on the command line: how they are read, and what is asked about them.

use crate::{
	context::Context,
	private,
	read_back::{is_yes, Answer, YesArg},
};
use clap::{Args, ValueEnum};
use std::{
	collections::BTreeSet,
	io::{self, Write},
	path::{Path, PathBuf},
};
use winddown_sdk::{
	amount::format_yuan,
	identity::CaseKey,
	primitives::CaseId,
	roll::{
		self, AddedLine, ColumnTitle, Doubt, Hidden, Lenders, Note, Problems, Reading, Repeated,
		TextEncoding,
	},
	Error,
};

/// A file of lenders: a workbook (.xlsx, .xls), a CSV, or a web page with a table that is named .xls. What it is
/// shows its content, not its name.
#[derive(Args)]
pub struct FileArgs {
	/// The file: a workbook (.xlsx, .xls), a CSV, or a web page with a table.
	pub file: PathBuf,
	#[command(flatten)]
	pub reading: ReadingArgs,
}

/// How a file is read.
#[derive(Args)]
pub struct ReadingArgs {
	/// How the characters of a CSV are written.
	#[arg(long, value_enum, default_value_t)]
	pub encoding: EncodingArg,
	/// The title that a column has in the file: --column outstanding_principal=剩余本金.
	#[arg(long = "column", value_name = "NAME=TITLE", value_parser = column_title)]
	pub columns: Vec<ColumnTitle>,
	/// The sheet of a workbook; else the only one that names the columns.
	#[arg(long, value_name = "NAME")]
	pub sheet: Option<String>,
	/// Read hidden rows, columns and sheets like all others.
	#[arg(long)]
	pub with_hidden: bool,
	/// Leave hidden rows, columns and sheets out.
	#[arg(long, conflicts_with = "with_hidden")]
	pub without_hidden: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum EncodingArg {
	#[default]
	#[value(name = "utf-8")]
	Utf8,
	Gb18030,
}

impl From<EncodingArg> for TextEncoding {
	fn from(encoding: EncodingArg) -> Self {
		match encoding {
			EncodingArg::Utf8 => Self::Utf8,
			EncodingArg::Gb18030 => Self::Gb18030,
		}
	}
}

fn column_title(text: &str) -> Result<ColumnTitle, String> {
	match text.split_once('=') {
		Some((column, title)) if !column.trim().is_empty() && !title.trim().is_empty() => {
			Ok(ColumnTitle { column: column.trim().into(), title: title.trim().into() })
		}
		_ => Err("write NAME=TITLE, as in outstanding_principal=剩余本金".into()),
	}
}

impl ReadingArgs {
	pub fn reading(&self) -> Reading {
		Reading {
			encoding: self.encoding.into(),
			titles: self.columns.clone(),
			sheet: self.sheet.clone(),
			hidden: match (self.with_hidden, self.without_hidden) {
				(true, _) => Hidden::Read,
				(_, true) => Hidden::LeaveOut,
				_ => Hidden::Refuse,
			},
			repeated: Repeated::Refuse,
			vouched: BTreeSet::new(),
		}
	}
}

impl FileArgs {
	/// The bytes of the file.
	pub fn bytes(&self) -> Result<Vec<u8>, Error> {
		read_file(&self.file)
	}

	pub fn reading(&self) -> Reading {
		self.reading.reading()
	}
}

/// The bytes of a file.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
	std::fs::read(path)
		.map_err(|reason| Error::File { path: path.into(), reason: reason.to_string() })
}

/// A platform's export.
#[derive(Args)]
pub struct ExportArgs {
	#[command(flatten)]
	pub file: FileArgs,
	/// Add up the lines of a lender who has several: equal kind, number, name and class. The lines are listed in
	/// FILE.added.csv.
	#[arg(long)]
	pub merge: bool,
	/// Where to list the lines that were added up, instead.
	#[arg(long, value_name = "FILE", requires = "merge")]
	pub merge_list: Option<PathBuf>,
	/// Lines whose document numbers were compared with the papers and are right although a check speaks against them;
	/// a column vouched 已核对 says the same. Each line of a lender with several is vouched for by itself. They are listed
	/// in FILE.vouched.csv.
	#[arg(long, value_name = "LINE", value_delimiter = ',')]
	pub vouched: Vec<u64>,
	/// Answer yes to what is asked about the file; it is told all the same.
	#[arg(long)]
	pub yes: bool,
}

/// Reads a platform's export, tells what was found, lists the lines that were added up, and asks about what only a
/// person can tell.
pub fn read_export(context: &Context, export: &ExportArgs) -> Result<Lenders, Error> {
	let repeated = if export.merge { Repeated::AddUp } else { Repeated::Refuse };
	let vouched = export.vouched.iter().copied().collect();
	let reading = Reading { repeated, vouched, ..export.file.reading() };
	let read = roll::read(&export.file.bytes()?, &reading)
		.map_err(|Problems(problems)| Error::BadFile(problems))?;
	tell(context, &read.notes);
	if !read.added.is_empty() {
		let list = export.list();
		private::replace(&list, list_of(&read.added).as_bytes())?;
		context
			.output
			.note(&format!("note: the lines that were added up are listed in {}", list.display()));
	}
	if export.yes {
		read.doubts.iter().for_each(|doubt| context.output.note(&format!("note: {doubt}")));
	}
	let mut terminal = io::stdin().lock();
	let answer = Answer::of(context, YesArg { yes: export.yes }, &mut terminal);
	settle(&read.doubts, answer, &mut io::stderr())?;
	Ok(read)
}

/// Tells what was found in a file.
pub fn tell(context: &Context, notes: &[Note]) {
	for note in notes {
		context.output.note(&format!("note: {note}"));
	}
}

impl ExportArgs {
	/// The file that lists the lines that were added up.
	fn list(&self) -> PathBuf {
		let default = || {
			let mut name = self.file.file.clone().into_os_string();
			name.push(".added.csv");
			name.into()
		};
		self.merge_list.clone().unwrap_or_else(default)
	}

	/// The arguments with which another command reads the same file in the same way.
	pub fn words(&self) -> String {
		let reading = &self.file.reading;
		let quoted =
			|text: &str| match text.chars().all(|c| c.is_alphanumeric() || "._-/=".contains(c)) {
				true => text.to_string(),
				false => format!("'{}'", text.replace('\'', "'\\''")),
			};
		let mut words = vec![quoted(&self.file.file.display().to_string())];
		if reading.encoding == EncodingArg::Gb18030 {
			words.push("--encoding gb18030".into());
		}
		let columns = reading.columns.iter();
		words.extend(columns.map(|given| {
			format!("--column {}", quoted(&format!("{}={}", given.column, given.title)))
		}));
		words.extend(reading.sheet.iter().map(|sheet| format!("--sheet {}", quoted(sheet))));
		let flags = [
			(reading.with_hidden, "--with-hidden"),
			(reading.without_hidden, "--without-hidden"),
			(self.merge, "--merge"),
			(self.yes, "--yes"),
		];
		let vouched: Vec<String> = self.vouched.iter().map(u64::to_string).collect();
		if !vouched.is_empty() {
			words.push(format!("--vouched {}", vouched.join(",")));
		}
		words.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag.into()));
		words.join(" ")
	}
}

/// Lists the lenders for whose numbers a clerk vouched, beside the export: what becomes evidence. It holds no document
/// number, but the hash on the roll, where the key of the case is known.
pub fn list_vouched(
	context: &Context,
	export: &ExportArgs,
	lenders: &Lenders,
	of_case: Option<(&CaseKey, CaseId)>,
) -> Result<(), Error> {
	let vouched = lenders.lenders.iter().filter_map(|lender| Some((lender, lender.vouched?)));
	let lines: Vec<String> = vouched
		.map(|(lender, doubt)| {
			let hash = |(key, _): (&CaseKey, _)| key.identity(&lender.document).0;
			let identity = of_case.map(|of| format!("0x{}", hex::encode(hash(of))));
			let (kind, _) = lender.document.kind().names();
			format!("{},{},{kind},\"{doubt}\"\n", lender.line, identity.unwrap_or_default())
		})
		.collect();
	if lines.is_empty() {
		return Ok(());
	}
	let mut list = export.file.file.clone().into_os_string();
	list.push(".vouched.csv");
	let list = PathBuf::from(list);
	let text = format!("line,identity_hash,document_type,doubt\n{}", lines.concat());
	private::replace(&list, text.as_bytes())?;
	let then = match of_case {
		Some((_, case)) => format!(
			"(hashes, no numbers); keep it as evidence: winddown evidence deposit {} --case {case} --kind roll",
			list.display()
		),
		None => "; compare them with the papers. The import adds their hashes 请逐一与原件核对".into(),
	};
	let what = "note: the numbers taken on a clerk's word are listed in";
	context.output.note(&format!("{what} {} {then}", list.display()).replace(" ;", ";"));
	Ok(())
}

/// Who had which line: `lender_line` is the line that stands for the lender.
fn list_of(added: &[AddedLine]) -> String {
	let mut list = String::from("lender_line,line,name,outstanding_principal\n");
	for line in added {
		let name = line.name.replace('"', "\"\"");
		let amount = format_yuan(line.outstanding).replace(',', "");
		list.push_str(&format!("{},{},\"{name}\",{amount}\n", line.lender, line.line));
	}
	list
}

/// Asks about a file what only a person can tell.
fn settle(doubts: &[Doubt], answer: Answer<'_>, out: &mut dyn Write) -> Result<(), Error> {
	if doubts.is_empty() {
		return Ok(());
	}
	let doubts: Vec<String> = doubts.iter().map(Doubt::to_string).collect();
	let all = doubts.join("\n  ");
	let is_right = match answer {
		Answer::Given => return Ok(()),
		Answer::Nobody => {
			return Err(Error::BadInput(format!(
				"{all}\n  nothing was sent; look at the file, and answer with --yes if it is right \
				 请核对，无误则加 --yes"
			)))
		}
		Answer::Asked(terminal) => {
			is_yes(&format!("{all}\nIs the file right? 文件无误？"), terminal, out)
		}
	};
	match is_right {
		true => Ok(()),
		false => Err(Error::BadInput("nothing was sent".into())),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::roll::Grain;

	const COARSE: Doubt = Doubt::Coarse { with_fen: 0, lenders: 3, grain: Grain::Yuan };

	fn typed(answer: &str) -> Result<(), String> {
		let mut answer = answer.as_bytes();
		settle(&[COARSE], Answer::Asked(&mut answer), &mut io::sink())
			.map_err(|error| error.to_string())
	}

	#[test]
	fn a_doubt_is_settled_by_a_person_and_never_by_a_script_without_yes() {
		for yes in ["y\n", "Yes\n", " 是 \n"] {
			assert_eq!(typed(yes), Ok(()), "{yes}");
		}
		for no in ["", "\n", "n\n", "yesterday\n"] {
			assert_eq!(typed(no), Err("nothing was sent".into()), "{no}");
		}
		assert!(settle(&[COARSE], Answer::Given, &mut io::sink()).is_ok());
		assert!(settle(&[], Answer::Nobody, &mut io::sink()).is_ok());
		let refusal = settle(&[COARSE], Answer::Nobody, &mut io::sink()).unwrap_err().to_string();
		assert!(
			refusal.starts_with("0 of 3 amounts have fen, and all are multiples of 1 yuan"),
			"{refusal}"
		);
		assert!(refusal.contains("answer with --yes"), "{refusal}");
	}

	#[test]
	fn a_column_is_given_by_its_name_and_its_title() {
		assert_eq!(
			column_title("outstanding_principal = 剩余本金"),
			Ok(ColumnTitle {
				column: "outstanding_principal".into(), title: "剩余本金".into()
			})
		);
		for bad in ["name", "=姓名", "name="] {
			assert!(column_title(bad).is_err(), "{bad}");
		}
	}

	#[test]
	fn the_list_tells_who_had_which_line() {
		let line =
			|line| AddedLine { lender: 2, line, name: "张\"三".into(), outstanding: 100_050 };
		assert_eq!(
			list_of(&[line(2), line(7)]),
			"lender_line,line,name,outstanding_principal\n2,2,\"张\"\"三\",1000.50\n2,7,\"张\"\"三\",1000.50\n"
		);
	}
}
