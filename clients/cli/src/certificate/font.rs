//! A font that has Chinese, found or named.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{instance::LocationRef, instance::Size, FontRef, MetadataProvider};
use std::{
	collections::HashMap,
	path::{Path, PathBuf},
	sync::Arc,
};
use winddown_sdk::Error;

/// Where fonts with Chinese are looked for: the file, its face for text and its face for digests.
const KNOWN: [(&str, u32, u32); 4] = [
	("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0, 1),
	("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2, 7),
	("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0, 1),
	("C:\\Windows\\Fonts\\simhei.ttf", 0, 0),
];

/// Which of both faces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
	/// Running text.
	Text,
	/// Digests, every character of one width.
	Mono,
}

/// The faces that certificates are set in.
pub struct Fonts {
	path: PathBuf,
	text: Loaded,
	mono: Loaded,
}

struct Loaded {
	font: Font,
	/// Glyph and advance, in parts of the font size.
	glyphs: HashMap<char, (u32, f32)>,
	/// The advance of every character in a digest.
	cell: f32,
}

impl Fonts {
	/// Opens `named`, or else the first known font of this machine.
	pub fn find(named: Option<&Path>) -> Result<Self, Error> {
		if let Some(path) = named {
			return Self::open(path, 0, 0);
		}
		let found = KNOWN.iter().find(|(path, ..)| Path::new(path).is_file());
		let (path, text, mono) = found.ok_or_else(|| {
			Error::BadInput(
				"no font with Chinese was found for the certificate: install fonts-wqy-microhei, or name a \
				 TrueType or OpenType file with --font FILE"
					.into(),
			)
		})?;
		Self::open(Path::new(path), *text, *mono)
	}

	fn open(path: &Path, text: u32, mono: u32) -> Result<Self, Error> {
		let failed = |reason: String| Error::File { path: path.into(), reason };
		let bytes = Arc::new(std::fs::read(path).map_err(|error| failed(error.to_string()))?);
		let load = |index| {
			Loaded::new(bytes.clone(), index)
				.ok_or_else(|| failed(format!("face {index} is no TrueType or OpenType font")))
		};
		Ok(Self { path: path.into(), text: load(text)?, mono: load(mono)? })
	}

	fn face(&self, face: Face) -> &Loaded {
		match face {
			Face::Text => &self.text,
			Face::Mono => &self.mono,
		}
	}

	/// The font of a face.
	pub(super) fn font(&self, face: Face) -> Font {
		self.face(face).font.clone()
	}

	/// The width of a text in parts of its size; a character that the font lacks has none.
	pub(super) fn width(&self, face: Face, text: &str) -> f32 {
		let loaded = self.face(face);
		text.chars().map(|character| loaded.advance(face, character)).sum()
	}

	/// The glyphs of a text. A character that the font lacks is an error and never an empty box.
	pub(super) fn glyphs(&self, face: Face, text: &str) -> Result<Vec<KrillaGlyph>, Error> {
		let loaded = self.face(face);
		let glyph = |(at, character): (usize, char)| {
			let (glyph, _) = loaded.glyphs.get(&character).ok_or_else(|| Error::File {
				path: self.path.clone(),
				reason: format!(
					"the font lacks {character:?}, which the certificate needs; name another one with \
					 --font FILE"
				),
			})?;
			let advance = loaded.advance(face, character);
			let range = at..at + character.len_utf8();
			Ok(KrillaGlyph::new(GlyphId::new(*glyph), advance, 0.0, 0.0, 0.0, range, None))
		};
		text.char_indices().map(glyph).collect()
	}
}

impl Loaded {
	fn new(bytes: Arc<Vec<u8>>, index: u32) -> Option<Self> {
		let reader = FontRef::from_index(&bytes, index).ok()?;
		let (size, location) = (Size::unscaled(), LocationRef::default());
		let metrics = reader.glyph_metrics(size, location);
		let em = f32::from(reader.metrics(size, location).units_per_em);
		let glyphs: HashMap<char, (u32, f32)> = reader
			.charmap()
			.mappings()
			.filter_map(|(code, glyph)| {
				let advance = metrics.advance_width(glyph)? / em;
				Some((char::from_u32(code)?, (glyph.to_u32(), advance)))
			})
			.collect();
		let cell = ('0'..='z').filter_map(|c| glyphs.get(&c)).map(|(_, width)| *width);
		let cell = cell.fold(0.0, f32::max);
		Some(Self { font: Font::new(bytes.into(), index)?, glyphs, cell })
	}

	fn advance(&self, face: Face, character: char) -> f32 {
		match face {
			Face::Mono if character.is_ascii() => self.cell,
			_ => self.glyphs.get(&character).map_or(0.0, |(_, advance)| *advance),
		}
	}
}
