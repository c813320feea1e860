//! A page as tags and the texts between them.

use std::borrow::Cow;

/// A tag, or the text between two.
pub(super) enum Piece<'a> {
	Text(&'a str),
	/// With its attributes as they stand there.
	Open {
		name: String,
		attributes: &'a str,
	},
	Close(String),
}

/// The pieces of a page in order, without comments, scripts and styles.
pub(super) struct Pieces<'a>(pub &'a str);

impl<'a> Iterator for Pieces<'a> {
	type Item = Piece<'a>;

	fn next(&mut self) -> Option<Piece<'a>> {
		loop {
			if self.0.is_empty() {
				return None;
			}
			let Some(inside) = tag(self.0) else {
				// A sign for "less than" that begins no tag is text.
				let first = usize::from(self.0.starts_with('<'));
				let end = self.0[first..].find('<').map_or(self.0.len(), |at| at + first);
				let text = self.skip(end);
				return Some(Piece::Text(text));
			};
			if let Some(comment) = inside.strip_prefix("!--") {
				let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
				self.skip("<!--".len() + end);
				continue;
			}
			let end = end_of_tag(inside);
			let within = &inside[..end];
			self.skip((end + 2).min(self.0.len()));
			if let Some(piece) = self.piece(within) {
				return Some(piece);
			}
		}
	}
}

impl<'a> Pieces<'a> {
	fn skip(&mut self, bytes: usize) -> &'a str {
		let (skipped, rest) = self.0.split_at(bytes);
		self.0 = rest;
		skipped
	}

	fn piece(&mut self, within: &'a str) -> Option<Piece<'a>> {
		if let Some(closing) = within.strip_prefix('/') {
			return Some(Piece::Close(name_of(closing).0));
		}
		let (name, attributes) = name_of(within);
		if name == "script" || name == "style" {
			let end = find_ignoring_case(self.0, &format!("</{name}"));
			self.skip(end.unwrap_or(self.0.len()));
			return None;
		}
		let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
		is_tag.then_some(Piece::Open { name, attributes })
	}
}

/// What follows the `<` of a tag that stands at the beginning.
fn tag(text: &str) -> Option<&str> {
	let inside = text.strip_prefix('<')?;
	inside.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)).then_some(inside)
}

/// Where the `>` of a tag stands: not within quotes.
fn end_of_tag(inside: &str) -> usize {
	let mut quote = None;
	for (at, byte) in inside.bytes().enumerate() {
		match (quote, byte) {
			(None, b'>') => return at,
			(None, b'"' | b'\'') => quote = Some(byte),
			(Some(open), byte) if open == byte => quote = None,
			_ => (),
		}
	}
	inside.len()
}

fn name_of(within: &str) -> (String, &str) {
	let end = within.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(within.len());
	(within[..end].to_ascii_lowercase(), &within[end..])
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
	let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
	text.windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted))
}

/// The value of an attribute; empty when the attribute has none.
pub(super) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<Cow<'a, str>> {
	let begin =
		|text: &'a str| text.trim_start_matches(|c: char| c.is_whitespace() || "/=".contains(c));
	let mut rest = begin(attributes);
	while !rest.is_empty() {
		let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
		let (name, after) = rest.split_at(end);
		let (value, after) = match after.trim_start().strip_prefix('=') {
			Some(value) => value_of(value.trim_start()),
			None => ("", after),
		};
		if name.eq_ignore_ascii_case(wanted) {
			return Some(decode(value));
		}
		rest = begin(after);
	}
	None
}

fn value_of(text: &str) -> (&str, &str) {
	for quote in ['"', '\''] {
		if let Some(quoted) = text.strip_prefix(quote) {
			return quoted.split_once(quote).unwrap_or((quoted, ""));
		}
	}
	text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// A text with its character references resolved. Unknown ones stay as they are.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
	if !text.contains('&') {
		return Cow::Borrowed(text);
	}
	let mut decoded = String::with_capacity(text.len());
	let mut rest = text;
	while let Some((before, after)) = rest.split_once('&') {
		decoded.push_str(before);
		match after.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest))) {
			Some((c, after)) => {
				decoded.push(c);
				rest = after;
			}
			None => {
				decoded.push('&');
				rest = after;
			}
		}
	}
	decoded.push_str(rest);
	Cow::Owned(decoded)
}

fn character(name: &str) -> Option<char> {
	if let Some(number) = name.strip_prefix('#') {
		let code = match number.strip_prefix(['x', 'X']) {
			Some(digits) => u32::from_str_radix(digits, 16).ok()?,
			None => number.parse().ok()?,
		};
		return char::from_u32(code);
	}
	Some(match name {
		"nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
		"lt" => '<',
		"gt" => '>',
		"amp" => '&',
		"quot" => '"',
		"apos" => '\'',
		"yen" => '¥',
		"middot" => '·',
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn attributes_are_read_with_any_quotes_and_without() {
		let attributes = " class=xl24 x:num=\"12345.67\" rowspan='3' hidden / = style=\"a&amp;b\"";
		for (name, value) in [
			("CLASS", "xl24"),
			("x:num", "12345.67"),
			("rowspan", "3"),
			("hidden", ""),
			("style", "a&b"),
		] {
			assert_eq!(attribute(attributes, name).as_deref(), Some(value), "{name}");
		}
		assert_eq!(attribute(attributes, "colspan"), None);
	}

	#[test]
	fn references_are_resolved_and_unknown_ones_left() {
		assert_eq!(decode("a&nbsp;&lt;&#24352;&#x4E09;&zzz;&"), "a <张三&zzz;&");
	}

	proptest! {
		#[test]
		fn whatever_the_page_its_pieces_come_to_an_end(page in "[<>/!?\\-a-c\"'= &;#张]{0,80}") {
			for piece in Pieces(&page) {
				if let Piece::Open { attributes, .. } = piece {
					attribute(attributes, "rowspan");
				}
			}
		}
	}
}
