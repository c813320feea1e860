use super::problem::{Note, Problem, Reason};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_16BE, UTF_16LE, UTF_8};
use std::borrow::Cow;

/// How the characters of a file are written. Nothing is guessed: a wrong guess spoils names
/// silently.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TextEncoding {
	/// UTF-8, with or without a byte order mark.
	#[default]
	Utf8,
	/// GB18030 and its subsets GBK and GB2312, which Chinese spreadsheets export.
	Gb18030,
}

impl TextEncoding {
	const fn name(self) -> &'static str {
		match self {
			Self::Utf8 => "UTF-8",
			Self::Gb18030 => "GB18030",
		}
	}

	fn encoding(self) -> &'static Encoding {
		match self {
			Self::Utf8 => UTF_8,
			Self::Gb18030 => GB18030,
		}
	}
}

const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const GB18030_MARK: &[u8] = &[0x84, 0x31, 0x95, 0x33];

/// The text of a file, and what was unusual about it.
pub(super) fn decode(
	bytes: &[u8],
	encoding: TextEncoding,
) -> Result<(Cow<'_, str>, Vec<Note>), Problem> {
	let mark = match encoding {
		TextEncoding::Utf8 => UTF8_MARK,
		TextEncoding::Gb18030 => GB18030_MARK,
	};
	let (bytes, notes) = match bytes.strip_prefix(mark) {
		Some(rest) => (rest, vec![Note { line: 1, text: "skipped a byte order mark".into() }]),
		None => (bytes, Vec::new()),
	};
	ensure_not_marked_otherwise(bytes, encoding)?;
	match encoding.encoding().decode_without_bom_handling_and_without_replacement(bytes) {
		Some(text) if text.trim().is_empty() => {
			Err(Problem { line: None, reason: Reason::EmptyFile })
		}
		Some(text) => Ok((text, notes)),
		None => Err(undecodable(bytes, encoding)),
	}
}

fn ensure_not_marked_otherwise(bytes: &[u8], encoding: TextEncoding) -> Result<(), Problem> {
	let hint = match Encoding::for_bom(bytes) {
		Some((found, _)) if found == UTF_16LE || found == UTF_16BE => {
			"; they begin with the byte order mark of UTF-16: save the file as CSV UTF-8"
		}
		Some(_) => "; they begin with the byte order mark of UTF-8: use --encoding utf-8",
		None if bytes.starts_with(GB18030_MARK) => {
			"; they begin with the byte order mark of GB18030: use --encoding gb18030"
		}
		None => return Ok(()),
	};
	Err(Problem {
		line: Some(1),
		reason: Reason::Encoding { expected: encoding.name(), hint: hint.into() },
	})
}

/// Finds the first line that cannot be read. In both encodings the byte 10 is a line's end and
/// never part of a character.
fn undecodable(bytes: &[u8], encoding: TextEncoding) -> Problem {
	let bad = bytes.split(|byte| *byte == b'\n').position(|line| {
		encoding.encoding().decode_without_bom_handling_and_without_replacement(line).is_none()
	});
	let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
	detector.feed(bytes, true);
	let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
	let hint = match encoding {
		TextEncoding::Utf8 if guess == GBK || guess == GB18030 => {
			"; they look like GB18030: use --encoding gb18030".into()
		}
		TextEncoding::Gb18030 if guess == UTF_8 => {
			"; they look like UTF-8: use --encoding utf-8".into()
		}
		_ => format!("; they look like {}: save the file as CSV UTF-8", guess.name()),
	};
	Problem {
		line: bad.map(|line| line as u64 + 1),
		reason: Reason::Encoding { expected: encoding.name(), hint },
	}
}
