//! Setting text: lines, columns, pages.

use super::font::{Face, Fonts};
use winddown_proof::receipt::PREFIX;

/// Width and height of A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);
/// Left and right margin, in points.
pub const MARGIN: f32 = 52.0;
/// Where the text of a page ends, in points from its top.
const BOTTOM: f32 = PAGE.1 - 62.0;
/// Where the text of later pages begins.
const TOP: f32 = 44.0;
/// The width between the margins.
pub const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Words longer than this, such as digests, may be broken anywhere.
const LONGEST_WORD: usize = 24;
/// Text shrinks to this part of its size, and no further, to fit where it stands.
const SMALLEST: f32 = 0.62;
/// In each step.
const SHRINK: f32 = 0.97;

/// A colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ink(pub [u8; 3]);

/// How text looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Style {
	/// The face.
	pub face: Face,
	/// The size in points.
	pub size: f32,
	/// The colour.
	pub ink: Ink,
	/// Whether it is bold.
	pub bold: bool,
}

impl Style {
	/// The distance of two lines, in points.
	pub fn leading(&self) -> f32 {
		self.size * 1.42
	}
}

/// Something on a page; places are in points from the top left.
#[derive(Clone, PartialEq, Debug)]
pub enum Mark {
	/// A line of text, its baseline beginning at a place.
	Text {
		/// The place.
		at: (f32, f32),
		/// How it looks.
		style: Style,
		/// What it says.
		text: String,
	},
	/// Rectangles: left, top, width, height.
	Fill {
		/// The rectangles.
		rects: Vec<[f32; 4]>,
		/// Their colour.
		ink: Ink,
	},
}

/// The marks of a page, the lowest first.
pub type Page = Vec<Mark>;

/// Pages that fill from above.
pub struct Flow<'a> {
	/// What text is measured with.
	pub fonts: &'a Fonts,
	/// The pages so far.
	pub pages: Vec<Page>,
	/// How far the page is filled, in points from its top.
	pub y: f32,
}

impl<'a> Flow<'a> {
	/// A first, empty page, filled down to `y`.
	pub fn new(fonts: &'a Fonts, y: f32) -> Self {
		Self { fonts, pages: vec![Vec::new()], y }
	}

	/// Puts something on the page.
	pub fn mark(&mut self, mark: Mark) {
		if let Some(page) = self.pages.last_mut() {
			page.push(mark);
		}
	}

	/// Puts a line of text on the page.
	pub fn text(&mut self, x: f32, baseline: f32, style: Style, text: &str) {
		self.mark(Mark::Text { at: (x, baseline), style, text: text.into() });
	}

	/// Puts a line of text in `room` points; in smaller type where the font is too wide for it.
	pub fn line(&mut self, x: f32, baseline: f32, room: f32, style: Style, text: &str) {
		let style = self.fitting(room, style, &[text]);
		self.text(x, baseline, style, text);
	}

	/// The style, or the largest smaller one in which every text fits into `room` points. A font for which even
	/// the smallest is too wide is refused when the page is written.
	pub fn fitting(&self, room: f32, style: Style, texts: &[&str]) -> Style {
		let widest =
			texts.iter().map(|text| self.fonts.width(style.face, text)).fold(0.0, f32::max);
		let mut size = style.size;
		while widest * size > room && size > style.size * SMALLEST {
			size *= SHRINK;
		}
		Style { size, ..style }
	}

	/// How wide a text is, in points.
	pub fn width(&self, style: Style, text: &str) -> f32 {
		style.size * self.fonts.width(style.face, text)
	}

	/// Begins a new page unless `height` is left on this one.
	pub fn need(&mut self, height: f32) {
		if self.y + height > BOTTOM {
			self.next_page();
		}
	}

	/// Begins a new page.
	pub fn next_page(&mut self) {
		self.pages.push(Vec::new());
		self.y = TOP;
	}

	/// Sets a paragraph of `width` at `x`, its first line below `top`; how high it is. It is in smaller type
	/// where a part that must not be broken is too wide.
	pub fn paragraph(&mut self, x: f32, top: f32, width: f32, style: Style, text: &str) -> f32 {
		let style = self.fitting(width, style, &atoms(text));
		let lines = self.lines(width, style, text);
		for (at, line) in lines.iter().enumerate() {
			self.text(x, top + style.size + at as f32 * style.leading(), style, line);
		}
		lines.len() as f32 * style.leading()
	}

	/// How high a paragraph is.
	pub fn height(&self, width: f32, style: Style, text: &str) -> f32 {
		let style = self.fitting(width, style, &atoms(text));
		self.lines(width, style, text).len() as f32 * style.leading()
	}

	/// Breaks a text into lines of at most `width` points.
	pub fn lines(&self, width: f32, style: Style, text: &str) -> Vec<String> {
		let room = width / style.size;
		let (mut lines, mut line, mut filled) = (Vec::new(), String::new(), 0.0);
		for atom in atoms(text) {
			let wide = self.fonts.width(style.face, atom.trim_end());
			if filled + wide > room && !line.is_empty() {
				lines.push(std::mem::take(&mut line).trim_end().to_string());
				filled = 0.0;
			}
			line.push_str(atom);
			filled += self.fonts.width(style.face, atom);
		}
		lines.push(line.trim_end().to_string());
		lines
	}
}

/// The parts of a text between which a line may end: blanks, signs of Chinese, and any place in a digest but
/// beside a hyphen. A receipt code has no such place: readers of PDF return a hyphen at a line's end as another
/// character or leave it out. No line begins with a closing mark or ends with an opening one.
fn atoms(text: &str) -> Vec<&str> {
	let mut atoms = Vec::new();
	for word in text.split_inclusive(' ') {
		let mut start = 0;
		for ((from, before), (at, after)) in word.char_indices().zip(word.char_indices().skip(1)) {
			let chinese = is_chinese(before) || is_chinese(after);
			let in_digest = || may_break(run(word, from)) && before != '-' && after != '-';
			let breaks = chinese || in_digest();
			if breaks && !opens(before) && !closes(after) && after != ' ' {
				atoms.extend(word.get(start..at));
				start = at;
			}
		}
		atoms.extend(word.get(start..));
	}
	atoms
}

/// The run around `at` without Chinese and blanks.
fn run(word: &str, at: usize) -> &str {
	let is_end = |c: char| is_chinese(c) || c == ' ';
	let (before, after) = word.split_at(at);
	let start = before.rfind(is_end).map_or(0, |end| {
		end + before.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
	});
	let end = after.find(is_end).map_or(word.len(), |end| at + end);
	word.get(start..end).unwrap_or_default()
}

/// A run that is too long for a word, and no receipt code.
fn may_break(run: &str) -> bool {
	run.len() > LONGEST_WORD && !run.contains(PREFIX)
}

fn is_chinese(character: char) -> bool {
	character >= '\u{2e80}'
}

fn closes(character: char) -> bool {
	"，。；：、！？）》」』”’…,.;:!?)".contains(character)
}

fn opens(character: char) -> bool {
	"（《「『“‘(".contains(character)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn chinese_may_break_between_signs_but_no_line_begins_with_a_full_stop() {
		assert_eq!(atoms("已生效。见 block 7."), ["已", "生", "效。", "见 ", "block ", "7."]);
		assert_eq!(atoms("（第2行）"), ["（第", "2", "行）"]);
	}

	#[test]
	fn a_digest_may_break_anywhere_a_code_and_a_word_nowhere() {
		let digest = format!("摘要0x{}。", "ab".repeat(20));
		assert_eq!(atoms(&digest).len(), 2 + 42);
		let code = "WD1-P635-NV00-0000-6000-0114-PWK6-2ZDZ-TZF6-7F6G";
		assert_eq!(atoms(code), [code]);
		assert_eq!(atoms(&format!("其回执编号为{code}，")).last(), Some(&&*format!("{code}，")));
		assert_eq!(atoms("superseded block-hash"), ["superseded ", "block-hash"]);
	}

	#[test]
	fn no_line_of_a_digest_begins_or_ends_with_a_hyphen() {
		let named = format!("sha2-256:0x{}", "ab".repeat(32));
		assert_eq!(atoms(&named)[3], "2-2", "sha2-256 stays whole around its hyphen");
		assert!(atoms(&named).iter().all(|atom| !atom.starts_with('-') && !atom.ends_with('-')));
	}
}
