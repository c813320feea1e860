//! What happens to a text on its way through editors, mail and copying programs: a byte order mark comes or
//! goes, line ends change, blank lines at the end come or go. It still says the same.

use alloc::{string::String, vec::Vec};
use core::fmt;

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Longest text that is looked at, in bytes; the largest document that the operator keeps.
const LONGEST: usize = 64 * 1024 * 1024;

/// In what a text differs from the right one that says the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Slips {
	/// A byte order mark is there, or missing.
	pub mark: bool,
	/// Lines end otherwise.
	pub ends: bool,
	/// There are more or fewer blank lines, or ends of the last line, at the end.
	pub tail: bool,
	/// It is UTF-16, as some editors and shells write, in place of UTF-8.
	pub utf16: bool,
}

/// The lines of a text, without a byte order mark, carriage returns at their ends, and blank lines behind
/// the last one.
pub fn text_lines(text: &[u8]) -> Vec<&[u8]> {
	let text = text.strip_prefix(MARK).unwrap_or(text);
	let mut lines: Vec<&[u8]> = text
		.split(|byte| *byte == b'\n')
		.map(|line| line.strip_suffix(b"\r").unwrap_or(line))
		.collect();
	while lines.last().is_some_and(|line| line.is_empty()) {
		lines.pop();
	}
	lines
}

/// Whether bytes are a text that is the right one but for [`Slips`]; which they are. None for what is no
/// text in UTF-8 or marked UTF-16, for what is right as it is, and for what differs in anything else.
pub fn slips(found: &[u8], mut is_right: impl FnMut(&[u8]) -> bool) -> Option<Slips> {
	let Some(text) = from_utf16(found) else { return slips_of_utf8(found, is_right) };
	let as_written = is_right(text.as_bytes()).then(Slips::default);
	let slips = as_written.or_else(|| slips_of_utf8(text.as_bytes(), is_right))?;
	Some(Slips { utf16: true, ..slips })
}

/// The text of bytes in UTF-16 that begin with its byte order mark.
fn from_utf16(found: &[u8]) -> Option<String> {
	let of: fn([u8; 2]) -> u16 = match found {
		[0xff, 0xfe, ..] => u16::from_le_bytes,
		[0xfe, 0xff, ..] => u16::from_be_bytes,
		_ => return None,
	};
	let (units, rest) = found[2..].as_chunks::<2>();
	if found.len() > LONGEST || !rest.is_empty() {
		return None;
	}
	let units: Vec<u16> = units.iter().map(|unit| of(*unit)).collect();
	String::from_utf16(&units).ok()
}

fn slips_of_utf8(found: &[u8], mut is_right: impl FnMut(&[u8]) -> bool) -> Option<Slips> {
	let is_text =
		found.len() <= LONGEST && !found.contains(&0) && core::str::from_utf8(found).is_ok();
	if !is_text || found.is_empty() {
		return None;
	}
	let mut variants = variants(found);
	// The fewest slips that explain it.
	variants.sort_by_key(|(slips, _)| {
		u8::from(slips.mark) + u8::from(slips.ends) + u8::from(slips.tail)
	});
	let right = variants.into_iter().find(|(_, variant)| {
		let bytes = variant.bytes(found);
		bytes != found && is_right(&bytes)
	});
	right.map(|(slips, _)| slips)
}

/// A way to write the lines of a text.
struct Variant {
	mark: bool,
	ends: Ends,
	tail: Tail,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
	AsFound,
	Unix,
	Windows,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
	AsFound,
	None,
	One,
}

fn variants(found: &[u8]) -> Vec<(Slips, Variant)> {
	let marked = found.starts_with(MARK);
	let mut all = Vec::new();
	for mark in [marked, !marked] {
		for ends in [Ends::AsFound, Ends::Unix, Ends::Windows] {
			for tail in [Tail::AsFound, Tail::None, Tail::One] {
				let slips = Slips {
					mark: mark != marked,
					ends: ends != Ends::AsFound,
					tail: tail != Tail::AsFound,
					utf16: false,
				};
				all.push((slips, Variant { mark, ends, tail }));
			}
		}
	}
	all
}

impl Variant {
	fn bytes(&self, found: &[u8]) -> Vec<u8> {
		let text = found.strip_prefix(MARK).unwrap_or(found);
		let end: &[u8] = match self.ends {
			Ends::Windows => b"\r\n",
			Ends::Unix => b"\n",
			Ends::AsFound => end_of_first_line(text),
		};
		let text = match self.tail {
			Tail::AsFound => text,
			Tail::None | Tail::One => trimmed(text),
		};
		let mut out = if self.mark { MARK.to_vec() } else { Vec::new() };
		if self.ends == Ends::AsFound {
			out.extend_from_slice(text);
		} else {
			let mut lines = text.split(|byte| *byte == b'\n').peekable();
			while let Some(line) = lines.next() {
				let last = lines.peek().is_none();
				out.extend_from_slice(if last {
					line
				} else {
					line.strip_suffix(b"\r").unwrap_or(line)
				});
				if !last {
					out.extend_from_slice(end);
				}
			}
		}
		if self.tail == Tail::One {
			out.extend_from_slice(end);
		}
		out
	}
}

fn end_of_first_line(text: &[u8]) -> &'static [u8] {
	let first = text.iter().position(|byte| *byte == b'\n').unwrap_or_default();
	match first.checked_sub(1).and_then(|before| text.get(before)) {
		Some(b'\r') => b"\r\n",
		_ => b"\n",
	}
}

fn trimmed(text: &[u8]) -> &[u8] {
	let kept = text.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n'));
	kept.map_or(&[], |last| &text[..=last])
}

impl Slips {
	/// What differs, in Chinese: 换行符、末尾空行.
	pub fn chinese(&self) -> String {
		let names = ["编码（UTF-16）", "字节顺序标记（BOM）", "换行符", "末尾空行"];
		self.named(names).join("、")
	}

	fn named<'a>(&self, names: [&'a str; 4]) -> Vec<&'a str> {
		let is_there = [self.utf16, self.mark, self.ends, self.tail];
		names.into_iter().zip(is_there).filter(|(_, is)| *is).map(|(name, _)| name).collect()
	}
}

/// `its byte order mark, its line ends`.
impl fmt::Display for Slips {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		let names = [
			"its encoding (UTF-16)",
			"its byte order mark",
			"its line ends",
			"the blank lines at its end",
		];
		out.write_str(&self.named(names).join(", "))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	const RIGHT: &[u8] = b"one\ntwo\n";

	fn found(text: &[u8]) -> Option<Slips> {
		slips(text, |variant| variant == RIGHT)
	}

	#[test]
	fn what_happens_to_a_text_on_its_way_is_named() {
		let (mark, ends, tail) = (
			Slips { mark: true, ..Slips::default() },
			Slips { ends: true, ..Slips::default() },
			Slips { tail: true, ..Slips::default() },
		);
		for (text, expected) in [
			(&b"\xef\xbb\xbfone\ntwo\n"[..], mark),
			(b"one\r\ntwo\r\n", ends),
			(b"one\r\ntwo\n", ends),
			(b"one\ntwo", tail),
			(b"one\ntwo\n\n\n", tail),
			(b"one\ntwo\n\r\n", tail),
			(b"\xef\xbb\xbfone\r\ntwo", Slips { mark: true, ends: true, tail: true, utf16: false }),
			(b"\xef\xbb\xbfone\r\ntwo\r\n", Slips { mark: true, ends: true, ..Slips::default() }),
		] {
			assert_eq!(found(text), Some(expected), "{text:?}");
		}
		assert_eq!(mark.to_string(), "its byte order mark");
		let both = Slips { ends: true, tail: true, ..Slips::default() };
		assert_eq!(both.to_string(), "its line ends, the blank lines at its end");
		assert_eq!(both.chinese(), "换行符、末尾空行");
	}

	#[test]
	fn a_text_that_says_something_else_is_another_one() {
		for text in [
			&b"one\ntwo\nthree\n"[..],
			b"one \ntwo\n",
			b"one\n\ntwo\n",
			b"",
			b"\n",
			b"One\r\ntwo\r\n",
		] {
			assert_eq!(found(text), None, "{text:?}");
		}
		assert_eq!(found(RIGHT), None, "nothing differs");
	}

	#[test]
	fn a_text_with_windows_ends_or_a_mark_may_be_the_right_one() {
		let right = b"\xef\xbb\xbfone\r\ntwo";
		let found = slips(RIGHT, |variant| variant == right);
		assert_eq!(found, Some(Slips { mark: true, ends: true, tail: true, utf16: false }));
	}

	#[test]
	fn a_text_in_utf_16_says_the_same() {
		let written = |text: &str, order: fn(u16) -> [u8; 2]| {
			let units = core::iter::once(0xfeff).chain(text.encode_utf16());
			units.flat_map(order).collect::<Vec<u8>>()
		};
		let alone = Slips { utf16: true, ..Slips::default() };
		for order in [u16::to_le_bytes, u16::to_be_bytes] {
			assert_eq!(found(&written("one\ntwo\n", order)), Some(alone));
			let ends = Slips { ends: true, ..alone };
			assert_eq!(found(&written("one\r\ntwo\r\n", order)), Some(ends));
			assert_eq!(found(&written("one\nthree\n", order)), None);
		}
		assert_eq!(alone.to_string(), "its encoding (UTF-16)");
		assert_eq!(alone.chinese(), "编码（UTF-16）");
		assert_eq!(found(b"\xff\xfeo"), None, "half a character");
	}

	#[test]
	fn what_is_no_text_is_not_looked_at() {
		assert_eq!(slips(b"\xff\n", |_| true), None);
		assert_eq!(slips(b"a\0b\n", |_| true), None);
	}

	#[test]
	fn lines_are_read_whatever_ends_them() {
		let expected = [&b"one"[..], b"two"];
		for text in [RIGHT, b"one\r\ntwo", b"\xef\xbb\xbfone\ntwo\n\n\r\n"] {
			assert_eq!(text_lines(text), expected, "{text:?}");
		}
		assert_eq!(text_lines(b"one\n\ntwo\n"), [&b"one"[..], b"", b"two"], "a line within stays");
		assert!(text_lines(b"").is_empty() && text_lines(b"\xef\xbb\xbf\r\n").is_empty());
	}
}
