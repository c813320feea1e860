use crate::roll::{Note, Problem, Reason, Remark};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_16BE, UTF_16LE, UTF_8};
use std::{borrow::Cow, fmt};

/// How the characters of a file are written. What could be one or the other is never guessed: a wrong
/// guess spoils names silently. UTF-16 shows itself, by its mark or by its zero bytes, and is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TextEncoding {
	/// UTF-8, with or without a byte order mark.
	#[default]
	Utf8,
	/// GB18030 and its subsets GBK and GB2312, which Chinese spreadsheets export.
	Gb18030,
}

impl TextEncoding {
	fn encoding(self) -> &'static Encoding {
		match self {
			Self::Utf8 => UTF_8,
			Self::Gb18030 => GB18030,
		}
	}
}

impl fmt::Display for TextEncoding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.encoding().name().to_uppercase().as_str())
	}
}

/// What bytes look like that are not in the encoding asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Likely {
	/// One that can be asked for.
	Known(TextEncoding),
	/// Another one, by its name.
	Other(&'static str),
}

const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const GB18030_MARK: &[u8] = &[0x84, 0x31, 0x95, 0x33];
/// As much of a file as is looked at for zero bytes.
const PROBE: usize = 1 << 16;

/// The text of a file, and what was unusual about it.
pub(super) fn decode(
	bytes: &[u8],
	encoding: TextEncoding,
) -> Result<(Cow<'_, str>, Vec<Note>), Problem> {
	if let Some(utf16) = utf16(bytes) {
		return decode_utf16(bytes, utf16);
	}
	let mark = match encoding {
		TextEncoding::Utf8 => UTF8_MARK,
		TextEncoding::Gb18030 => GB18030_MARK,
	};
	let (bytes, notes) = match bytes.strip_prefix(mark) {
		Some(rest) => (rest, vec![Note::at(1, Remark::ByteOrderMark)]),
		None => (bytes, Vec::new()),
	};
	ensure_not_marked_otherwise(bytes, encoding)?;
	match encoding.encoding().decode_without_bom_handling_and_without_replacement(bytes) {
		Some(text) => filled(text, notes),
		None => Err(undecodable(bytes, encoding)),
	}
}

/// Decodes a page by what it says of itself.
pub(super) fn decode_as<'a>(
	bytes: &'a [u8],
	label: Option<&str>,
	encoding: TextEncoding,
) -> Result<(Cow<'a, str>, Vec<Note>), Problem> {
	let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
	let declared = declared.map(|declared| match declared {
		// It can only be in the bytes, where it was looked for already.
		utf16 if utf16 == UTF_16LE || utf16 == UTF_16BE => UTF_8,
		gbk if gbk == GBK => GB18030,
		other => other,
	});
	let Some(declared) = declared.filter(|_| Encoding::for_bom(bytes).is_none()) else {
		return decode(bytes, encoding);
	};
	if utf16(bytes).is_some() {
		return decode(bytes, encoding);
	}
	match declared.decode_without_bom_handling_and_without_replacement(bytes) {
		Some(text) => filled(text, Vec::new()),
		None if declared == GB18030 => Err(undecodable(bytes, TextEncoding::Gb18030)),
		None => Err(undecodable(bytes, TextEncoding::Utf8)),
	}
}

fn filled<'a>(text: Cow<'a, str>, notes: Vec<Note>) -> Result<(Cow<'a, str>, Vec<Note>), Problem> {
	match text.trim().is_empty() {
		true => Err(Problem { line: None, reason: Reason::EmptyFile }),
		false => Ok((text, notes)),
	}
}

/// UTF-16 by its mark, or by the zero bytes of its digits, commas and line ends, which no other encoding
/// of text has.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
	match Encoding::for_bom(bytes) {
		Some((marked, _)) if marked == UTF_16LE || marked == UTF_16BE => return Some(marked),
		Some(_) => return None,
		None => (),
	}
	let probe = &bytes[..bytes.len().min(PROBE)];
	let zeros = |from: usize| probe.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
	let (even, odd) = (zeros(0), zeros(1));
	match () {
		() if !bytes.len().is_multiple_of(2) => None,
		// Some characters have a zero byte in the other half: 一 is U+4E00.
		() if odd > 4 * even => Some(UTF_16LE),
		() if even > 4 * odd => Some(UTF_16BE),
		() => None,
	}
}

fn decode_utf16<'a>(
	bytes: &'a [u8],
	encoding: &'static Encoding,
) -> Result<(Cow<'a, str>, Vec<Note>), Problem> {
	let (text, malformed) = encoding.decode_with_bom_removal(bytes);
	if malformed {
		let bad = text.split('\n').position(|line| line.contains('\u{fffd}'));
		let line = bad.map(|line| line as u64 + 1);
		return Err(Problem { line, reason: Reason::BrokenText(encoding.name()) });
	}
	filled(text, vec![Note::at(1, Remark::Utf16(encoding.name()))])
}

fn ensure_not_marked_otherwise(bytes: &[u8], expected: TextEncoding) -> Result<(), Problem> {
	let found = match Encoding::for_bom(bytes) {
		Some(_) => TextEncoding::Utf8,
		None if bytes.starts_with(GB18030_MARK) => TextEncoding::Gb18030,
		None => return Ok(()),
	};
	let likely = Some(Likely::Known(found));
	Err(Problem { line: Some(1), reason: Reason::Encoding { expected, likely } })
}

/// Finds the first line that cannot be read. In both encodings the byte 10 is a line's end and
/// never part of a character.
fn undecodable(bytes: &[u8], expected: TextEncoding) -> Problem {
	let bad = bytes.split(|byte| *byte == b'\n').position(|line| {
		expected.encoding().decode_without_bom_handling_and_without_replacement(line).is_none()
	});
	let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
	detector.feed(bytes, true);
	let guess = detector.guess(Some(b"cn"), Utf8Detection::Allow);
	let likely = match expected {
		TextEncoding::Utf8 if guess == GBK || guess == GB18030 => {
			Some(Likely::Known(TextEncoding::Gb18030))
		}
		TextEncoding::Gb18030 if guess == UTF_8 => Some(Likely::Known(TextEncoding::Utf8)),
		// A file that is nearly good has one bad place, and is nothing else.
		_ if guess.name() == expected.encoding().name() || guess == GBK => None,
		_ => Some(Likely::Other(guess.name())),
	};
	Problem { line: bad.map(|line| line as u64 + 1), reason: Reason::Encoding { expected, likely } }
}
