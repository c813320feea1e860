use super::encoding;
use std::{fmt, io::Cursor};
use zip::ZipArchive;

/// What a file is, by its first bytes and not by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
	/// Lines of text: CSV.
	Text,
	/// A workbook of Excel since 2007.
	Xlsx,
	/// A workbook of Excel up to 2003.
	Xls,
	/// A page with a table, which many platforms export under the name of a workbook.
	Html,
	/// A binary workbook of Excel.
	Xlsb,
	/// A sheet of LibreOffice.
	OpenDocument,
	/// A sheet in the XML of Excel 2003, or another XML file.
	Xml,
	/// A page saved with its pictures in one file.
	WebArchive,
	/// A workbook behind a password.
	Protected,
	/// A PDF document.
	Pdf,
	/// An archive, or a document that is no sheet.
	Archive,
}

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// As much of a file as is looked at.
const HEAD_BYTES: usize = 4_096;

impl FileKind {
	/// Looks at a file.
	pub fn of(bytes: &[u8]) -> Self {
		if bytes.starts_with(ZIP) {
			return of_zip(bytes);
		}
		if bytes.starts_with(OLE) {
			return of_compound(bytes);
		}
		if bytes.starts_with(b"%PDF-") {
			return Self::Pdf;
		}
		of_text(bytes)
	}
}

fn of_zip(bytes: &[u8]) -> FileKind {
	let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return FileKind::Archive };
	let names: Vec<String> =
		archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
	let has = |part: &str| names.iter().any(|name| name == part);
	let has_folder = |folder: &str| names.iter().any(|name| name.starts_with(folder));
	match () {
		() if has("xl/workbook.bin") => FileKind::Xlsb,
		() if has("_rels/.rels") && has_folder("xl/") => FileKind::Xlsx,
		() if has("mimetype") && has("content.xml") => FileKind::OpenDocument,
		() => FileKind::Archive,
	}
}

/// Excel keeps a workbook with a password, of whatever year, in a compound file like an old workbook's.
fn of_compound(bytes: &[u8]) -> FileKind {
	let names = |name: &str| {
		let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
		// Names of streams stand in directory entries, at multiples of 128 bytes.
		bytes.chunks(128).any(|entry| entry.starts_with(&name))
	};
	match () {
		() if names("EncryptedPackage") => FileKind::Protected,
		() if names("Workbook") || names("Book") => FileKind::Xls,
		() => FileKind::Archive,
	}
}

fn of_text(bytes: &[u8]) -> FileKind {
	// No text has zero bytes, unless each character takes two.
	if bytes.iter().take(HEAD_BYTES).any(|byte| *byte == 0) && encoding::utf16(bytes).is_none() {
		return FileKind::Archive;
	}
	let head: Vec<u8> = bytes
		.iter()
		.take(HEAD_BYTES)
		// Of UTF-16 the letters of tags remain.
		.filter(|byte| **byte != 0)
		.map(u8::to_ascii_lowercase)
		.collect();
	let head = String::from_utf8_lossy(&head);
	let head = skip_comments(head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start());
	let begins = |tags: &[&str]| tags.iter().any(|tag| head.starts_with(tag));
	match () {
		() if begins(&["<?xml"]) && head.contains("office:spreadsheet") => FileKind::Xml,
		() if begins(&["<?xml"]) && (head.contains("<html") || head.contains("<table")) => {
			FileKind::Html
		}
		() if begins(&["<?xml"]) => FileKind::Xml,
		() if begins(&[
			"<html",
			"<!doctype html",
			"<table",
			"<meta",
			"<head",
			"<body",
			"<style",
		]) =>
		{
			FileKind::Html
		}
		() if begins(&["<div", "<center", "<form", "<script", "<font"]) => FileKind::Html,
		() if begins(&["mime-version:"]) => FileKind::WebArchive,
		() => FileKind::Text,
	}
}

fn skip_comments(mut head: &str) -> &str {
	while let Some((_, rest)) = head.strip_prefix("<!--").and_then(|head| head.split_once("-->")) {
		head = rest.trim_start();
	}
	head
}

impl fmt::Display for FileKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Text => "CSV",
			Self::Xlsx => "a workbook (.xlsx)",
			Self::Xls => "a workbook of Excel up to 2003 (.xls)",
			Self::Html => "a web page with a table, whatever its name",
			Self::Xlsb => "a binary workbook (.xlsb)",
			Self::OpenDocument => "a sheet of LibreOffice (.ods)",
			Self::Xml => "an XML file",
			Self::WebArchive => "a web page with its pictures (.mht)",
			Self::Protected => "a workbook behind a password",
			Self::Pdf => "a PDF document",
			Self::Archive => "an archive, a picture or another document without a sheet",
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn utf16(text: &str) -> Vec<u8> {
		std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
	}

	#[test]
	fn a_file_is_known_by_its_first_bytes() {
		for (bytes, kind) in [
			(&b"document_type,document_number\n"[..], FileKind::Text),
			(b"", FileKind::Text),
			(b"<html><body>", FileKind::Html),
			(b"\xef\xbb\xbf\r\n <TABLE border=1>", FileKind::Html),
			(b"<!-- made by --><meta charset=gbk>", FileKind::Html),
			(b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", FileKind::Html),
			(b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", FileKind::Xml),
			(b"<?xml version=\"1.0\"?><rows/>", FileKind::Xml),
			(b"MIME-Version: 1.0\r\n", FileKind::WebArchive),
			(b"%PDF-1.7\n", FileKind::Pdf),
			(b"PK\x03\x04 broken", FileKind::Archive),
			(b"\x1f\x8b\x08\0\0\0\0\0\0\x03", FileKind::Archive),
		] {
			assert_eq!(FileKind::of(bytes), kind, "{}", String::from_utf8_lossy(bytes));
		}
		assert_eq!(FileKind::of(&utf16("<html>")), FileKind::Html);
		assert_eq!(FileKind::of(&utf16("姓名,证件号码")), FileKind::Text);
	}

	#[test]
	fn a_compound_file_with_a_password_is_no_old_workbook() {
		for (name, kind) in [
			("Workbook", FileKind::Xls),
			("EncryptedPackage", FileKind::Protected),
			("WordDocument", FileKind::Archive),
		] {
			let mut bytes = [OLE, &[0; 1016]].concat();
			for (at, byte) in name.encode_utf16().flat_map(u16::to_le_bytes).enumerate() {
				bytes[512 + at] = byte;
			}
			assert_eq!(FileKind::of(&bytes), kind, "{name}");
		}
	}
}
