//! The parts of a workbook's archive.

use crate::roll::{Problem, Reason};
use quick_xml::{
	events::{BytesStart, Event},
	Reader, XmlVersion,
};
use std::io::{BufRead, BufReader, Cursor, Read};
use zip::{read::ZipFile, ZipArchive};

/// A part that is being read.
pub(super) type Part<'p, 'b> = Reader<BufReader<ZipFile<'p, Cursor<&'b [u8]>>>>;

/// The archive of a workbook.
pub(super) struct Parts<'b> {
	archive: ZipArchive<Cursor<&'b [u8]>>,
	folder: String,
}

pub(super) fn broken() -> Problem {
	Problem { line: None, reason: Reason::BrokenWorkbook }
}

impl<'b> Parts<'b> {
	/// Opens the archive, and finds the folder of the workbook.
	pub fn open(bytes: &'b [u8]) -> Result<Self, Problem> {
		let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
		let mut parts = Self { archive, folder: String::new() };
		let mut workbook = None;
		parts.each_element("_rels/.rels", |element| {
			let kind = attribute(element, b"Type").unwrap_or_default();
			if kind.ends_with("/officeDocument") {
				workbook = attribute(element, b"Target");
			}
		})?;
		let workbook = workbook.ok_or_else(broken)?;
		let workbook = workbook.trim_start_matches('/');
		parts.folder = workbook.rfind('/').map_or("", |end| &workbook[..=end]).to_string();
		Ok(parts)
	}

	/// The part of a sheet by the sheet's name.
	pub fn sheet(&mut self, name: &str) -> Result<String, Problem> {
		let mut id = None;
		self.each_element(&self.within("workbook.xml"), |element| {
			if element.local_name().as_ref() == b"sheet"
				&& attribute(element, b"name").as_deref() == Some(name)
			{
				id = attribute(element, b"id");
			}
		})?;
		let mut target = None;
		self.each_element(&self.within("_rels/workbook.xml.rels"), |element| {
			if id.is_some() && attribute(element, b"Id") == id {
				target = attribute(element, b"Target");
			}
		})?;
		let target = target.ok_or_else(broken)?;
		Ok(match target.strip_prefix('/') {
			Some(absolute) => absolute.to_string(),
			None => self.within(&target),
		})
	}

	/// The path of a part beside the workbook.
	pub fn within(&self, part: &str) -> String {
		format!("{}{part}", self.folder)
	}

	/// Shows each element of a part, in order; nothing when there is no such part.
	pub fn each_element(
		&mut self,
		part: &str,
		mut each: impl FnMut(&BytesStart<'_>),
	) -> Result<(), Problem> {
		let Some(mut xml) = self.part(part)? else { return Ok(()) };
		let mut buffer = Vec::new();
		loop {
			match event(&mut xml, &mut buffer)? {
				Event::Start(element) => each(&element),
				Event::Eof => return Ok(()),
				_ => (),
			}
		}
	}

	/// A part; writers do not agree on upper and lower case.
	pub fn part(&mut self, part: &str) -> Result<Option<Part<'_, 'b>>, Problem> {
		let wanted = part.to_ascii_lowercase();
		let name = self
			.archive
			.file_names()
			.flatten()
			.find(|name| name.replace('\\', "/").to_ascii_lowercase() == wanted)
			.map(|name| name.into_owned());
		let Some(name) = name else { return Ok(None) };
		let file = self.archive.by_name(&name).map_err(|_| broken())?;
		Ok(Some(reader(BufReader::new(file))))
	}
}

fn reader<R: Read>(source: BufReader<R>) -> Reader<BufReader<R>> {
	let mut xml = Reader::from_reader(source);
	xml.config_mut().expand_empty_elements = true;
	xml.config_mut().check_end_names = false;
	xml
}

/// The next event of a part.
pub(super) fn event<'b>(
	xml: &mut Reader<impl BufRead>,
	buffer: &'b mut Vec<u8>,
) -> Result<Event<'b>, Problem> {
	buffer.clear();
	xml.read_event_into(buffer).map_err(|_| broken())
}

/// An attribute by its name without a namespace.
pub(super) fn attribute(element: &BytesStart<'_>, name: &[u8]) -> Option<String> {
	let found = element
		.attributes()
		.with_checks(false)
		.flatten()
		.find(|attribute| attribute.key.local_name().as_ref() == name)?;
	found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// Whether an attribute says yes; LibreOffice writes `true`, Excel `1`.
pub(super) fn is_set(element: &BytesStart<'_>, name: &[u8]) -> bool {
	matches!(attribute(element, name).as_deref(), Some("1" | "true" | "on"))
}
