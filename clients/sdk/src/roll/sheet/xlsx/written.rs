//! Workbooks as tests write them: the few parts that a spreadsheet needs.

use std::{
	fmt::Write as _,
	io::{Cursor, Write as _},
};
use zip::{write::SimpleFileOptions, ZipWriter};

/// A sheet as it is written.
#[derive(Default)]
pub(in crate::roll) struct WrittenSheet {
	pub name: &'static str,
	/// `visible` unless it is `hidden`.
	pub state: &'static str,
	/// Before the rows, as in `<cols>…</cols>`.
	pub columns: &'static str,
	rows: String,
	count: u32,
	pub merges: Vec<&'static str>,
}

impl WrittenSheet {
	pub fn new(name: &'static str) -> Self {
		Self { name, state: "visible", ..Self::default() }
	}

	/// A row of cells, written as a test needs them: `text`, `#12345.67` for a number, `#12345.67/2` for one in the
	/// style 2, `!#N/A` for an error, `=` for a formula without its result, nothing for an empty cell.
	pub fn row(mut self, cells: &str) -> Self {
		self.write(cells, "");
		self
	}

	/// A row that a filter hides, with the attribute as Excel or LibreOffice writes it.
	pub fn hidden_row(mut self, cells: &str, attribute: &str) -> Self {
		self.write(cells, attribute);
		self
	}

	pub fn merged(mut self, range: &'static str) -> Self {
		self.merges.push(range);
		self
	}

	fn write(&mut self, cells: &str, attribute: &str) {
		self.count += 1;
		let row = self.count;
		write!(self.rows, "<row r=\"{row}\" {attribute}>").unwrap();
		for (cell, letter) in cells.split('|').zip('A'..) {
			let at = format!("{letter}{row}");
			let written = match (cell, cell.strip_prefix('#'), cell.strip_prefix('!')) {
				("", ..) => continue,
				("=", ..) => format!("<c r=\"{at}\"><f>SUM(A1:A2)</f></c>"),
				(_, Some(number), _) => {
					let (number, style) = number.split_once('/').unwrap_or((number, "0"));
					format!("<c r=\"{at}\" s=\"{style}\"><v>{number}</v></c>")
				}
				(_, _, Some(error)) => format!("<c r=\"{at}\" t=\"e\"><v>{error}</v></c>"),
				_ => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
			};
			self.rows.push_str(&written);
		}
		self.rows.push_str("</row>");
	}

	fn xml(&self) -> String {
		let merges: String =
			self.merges.iter().map(|range| format!("<mergeCell ref=\"{range}\"/>")).collect();
		let merges = match merges.is_empty() {
			true => merges,
			false => format!("<mergeCells>{merges}</mergeCells>"),
		};
		format!(
			"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{}<sheetData>{}\
			 </sheetData>{merges}</worksheet>",
			self.columns, self.rows
		)
	}
}

/// Number formats of the styles from 0: General, `#,##0`, `0.00,"万"`, the built-in Chinese date 31, `#,##0.00`.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
	<numFmts><numFmt numFmtId=\"164\" formatCode=\"0.00,&quot;万&quot;\"/></numFmts>\
	<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"3\"/>\
	<xf numFmtId=\"164\"/><xf numFmtId=\"31\"/><xf numFmtId=\"4\"/></cellXfs></styleSheet>";

/// The bytes of a workbook.
pub(in crate::roll) fn workbook(sheets: &[WrittenSheet]) -> Vec<u8> {
	const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
	const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
	let (mut list, mut relations) = (String::new(), String::new());
	let mut parts = vec![
		(
			"_rels/.rels".to_string(),
			format!(
				"<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
				 Target=\"xl/workbook.xml\"/></Relationships>"
			),
		),
		("xl/styles.xml".into(), STYLES.into()),
	];
	for (sheet, number) in sheets.iter().zip(1..) {
		let WrittenSheet { name, state, .. } = sheet;
		write!(
			list,
			"<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"rId{number}\"/>"
		)
		.unwrap();
		write!(
			relations,
			"<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
		)
		.unwrap();
		parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet.xml()));
	}
	parts.push((
		"xl/workbook.xml".into(),
		format!(
			"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\">\
			 <sheets>{list}</sheets></workbook>"
		),
	));
	parts.push((
		"xl/_rels/workbook.xml.rels".into(),
		format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
	));
	let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
	for (name, xml) in parts {
		archive.start_file(name, SimpleFileOptions::default()).unwrap();
		archive.write_all(xml.as_bytes()).unwrap();
	}
	archive.finish().unwrap().into_inner()
}
