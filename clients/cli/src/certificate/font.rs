//! A font that has Chinese, found or named.

use super::collection::{self, Faces};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{instance::LocationRef, instance::Size, FontRef, MetadataProvider};
use std::{
	collections::HashMap,
	path::{Path, PathBuf},
	sync::Arc,
};
use winddown_sdk::Error;

/// Where fonts with Chinese are looked for.
pub const KNOWN: [&str; 6] = [
	"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
	"C:\\Windows\\Fonts\\simhei.ttf",
	"C:\\Windows\\Fonts\\msyh.ttc",
	"/System/Library/Fonts/PingFang.ttc",
];

/// Which of both faces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
	/// Running text.
	Text,
	/// Digests; every character has one width where the font file has such a face.
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
}

impl Fonts {
	/// Opens `named`, or else the first known font of this machine. `FILE#3` names a face of a collection, from 0;
	/// without a number it is the one for mainland China.
	pub fn find(named: Option<&Path>) -> Result<Self, Error> {
		if let Some(path) = named {
			return match numbered(path) {
				Some((file, face)) => Self::open(&file, Some(face)),
				None => Self::open(path, None),
			};
		}
		let found = KNOWN.iter().map(Path::new).find(|path| path.is_file());
		let path = found.ok_or_else(|| {
			Error::BadInput(
				"no font with Chinese was found for the certificate: install fonts-wqy-microhei, or name a \
				 TrueType or OpenType file with --font FILE"
					.into(),
			)
		})?;
		Self::open(path, None)
	}

	fn open(path: &Path, face: Option<u32>) -> Result<Self, Error> {
		let failed = |reason: String| Error::File { path: path.into(), reason };
		let bytes = Arc::new(std::fs::read(path).map_err(|error| failed(error.to_string()))?);
		let families = collection::families(&bytes);
		let faces = match face {
			_ if families.is_empty() => {
				return Err(failed("it is no TrueType or OpenType font".into()));
			}
			Some(face) => Faces { text: face, mono: face },
			None => collection::choose(&families)
				.ok_or_else(|| failed(format!("{} {}", NOT_MAINLAND, listed(&families))))?,
		};
		let load = |index| {
			Loaded::new(bytes.clone(), index)
				.ok_or_else(|| failed(format!("it has no face {index}: {}", listed(&families))))
		};
		Ok(Self { path: path.into(), text: load(faces.text)?, mono: load(faces.mono)? })
	}

	/// Why this font is not used.
	pub(super) fn refused(&self, reason: &str) -> Error {
		Error::File { path: self.path.clone(), reason: reason.into() }
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
		text.chars().map(|character| loaded.advance(character)).sum()
	}

	/// The glyphs of a text. A character that the font lacks is an error and never an empty box.
	pub(super) fn glyphs(&self, face: Face, text: &str) -> Result<Vec<KrillaGlyph>, Error> {
		let loaded = self.face(face);
		let glyph = |(at, character): (usize, char)| {
			let (glyph, _) = loaded.glyphs.get(&character).ok_or_else(|| {
				self.refused(&format!(
					"the font lacks {character:?}, which the certificate needs; name another one with \
					 --font FILE"
				))
			})?;
			let advance = loaded.advance(character);
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
		Some(Self { font: Font::new(bytes.into(), index)?, glyphs })
	}

	fn advance(&self, character: char) -> f32 {
		self.glyphs.get(&character).map_or(0.0, |(_, advance)| *advance)
	}
}

const NOT_MAINLAND: &str = "none of its faces is for mainland China (SC), where signs have other forms than in \
                            Japan, Korea or Taiwan; name another font, or a face with --font FILE#NUMBER:";

fn listed(families: &[String]) -> String {
	let faces = families.iter().enumerate().map(|(at, family)| format!("{at} {family}"));
	faces.collect::<Vec<_>>().join(", ")
}

/// `FILE#3` as file and face, unless a file is called so.
fn numbered(path: &Path) -> Option<(PathBuf, u32)> {
	if path.exists() {
		return None;
	}
	let (file, face) = path.to_str()?.rsplit_once('#')?;
	Some((file.into(), face.parse().ok()?))
}
