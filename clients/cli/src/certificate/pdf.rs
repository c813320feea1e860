//! From marks on pages to a file.

use super::{
	flow::{Ink, Mark, Page, Style, MARGIN, PAGE},
	font::Fonts,
	PROGRAM,
};
use krilla::{
	color::rgb,
	geom::{PathBuilder, Point, Rect},
	metadata::Metadata,
	page::PageSettings,
	paint::{Fill, Stroke},
	surface::Surface,
	Document,
};
use winddown_proof::Report;
use winddown_sdk::Error;

/// What rounding may add to a line's width, in points.
const TOLERANCE: f32 = 0.5;
/// Width of the line that makes text bold, in parts of the size.
const BOLD: f32 = 0.035;

/// Writes the pages. Nothing in the file depends on when or where it is made.
pub fn write(
	pages: &[Page],
	fonts: &Fonts,
	title: &str,
	report: &Report,
) -> Result<Vec<u8>, Error> {
	let mut document = Document::new();
	let metadata = Metadata::new()
		.title(title.into())
		.language("zh-CN".into())
		.creator(PROGRAM.into())
		.document_id(format!("{} {:?}", report.block.hash, report.claim));
	document.set_metadata(metadata);
	for marks in pages {
		let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| broken("its size"))?;
		let mut page = document.start_page_with(settings);
		let mut surface = page.surface();
		for mark in marks {
			draw(&mut surface, fonts, mark)?;
		}
		surface.finish();
		page.finish();
	}
	document.finish().map_err(|error| broken(&format!("{error:?}")))
}

fn draw(surface: &mut Surface, fonts: &Fonts, mark: &Mark) -> Result<(), Error> {
	match mark {
		Mark::Text { at, style, text } => {
			ensure_on_page(fonts, *at, style, text)?;
			let glyphs = fonts.glyphs(style.face, text)?;
			surface.set_fill(Some(fill(style.ink)));
			surface.set_stroke(style.bold.then(|| Stroke {
				paint: color(style.ink).into(),
				width: style.size * BOLD,
				..Stroke::default()
			}));
			let start = Point::from_xy(at.0, at.1);
			surface.draw_glyphs(start, &glyphs, fonts.font(style.face), text, style.size, false);
		}
		Mark::Fill { rects, ink } => {
			let mut path = PathBuilder::new();
			for [x, y, width, height] in rects {
				if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
					path.push_rect(rect);
				}
			}
			if let Some(path) = path.finish() {
				surface.set_fill(Some(fill(*ink)));
				surface.set_stroke(None);
				surface.draw_path(&path);
			}
		}
	}
	Ok(())
}

/// A line that leaves the margins would be cut off by printers: the font is refused.
fn ensure_on_page(
	fonts: &Fonts,
	(left, baseline): (f32, f32),
	style: &Style,
	text: &str,
) -> Result<(), Error> {
	let right = left + style.size * fonts.width(style.face, text);
	let over = right - (PAGE.0 - MARGIN);
	let inside = left >= MARGIN && over <= TOLERANCE && (0.0..PAGE.1).contains(&baseline);
	match inside {
		true => Ok(()),
		false => Err(fonts.refused(&format!(
			"the font is too wide: a line of the certificate would leave the page's margin by {over:.0} points; \
			 name another one with --font FILE"
		))),
	}
}

fn color(ink: Ink) -> rgb::Color {
	let [red, green, blue] = ink.0;
	rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink) -> Fill {
	Fill { paint: color(ink).into(), ..Fill::default() }
}

fn broken(what: &str) -> Error {
	Error::BadInput(format!("the certificate cannot be written: {what}"))
}
