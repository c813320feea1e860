//! The certificate of a bundle: what it proves and what not, on paper, in Chinese and English.
//!
//! It says what the report of a verified bundle says, and nothing else: the same bundle gives the same
//! bytes, without a clock. The bundle is the proof, the paper tells people how to check it.

mod collection;
mod content;
mod flow;
mod font;
mod pdf;
mod qr;
mod words;

pub use font::Fonts;

use winddown_proof::{Bundle, Report};
use winddown_sdk::Error;

/// The program that makes certificates, as they name it.
pub const PROGRAM: &str = concat!("winddown ", env!("CARGO_PKG_VERSION"));

/// The certificate of a bundle as PDF, A4. `report` is what its verification gave.
pub fn certificate(bundle: &Bundle, report: &Report, fonts: &Fonts) -> Result<Vec<u8>, Error> {
	let pages = content::pages(report, bundle.plaintext.as_ref(), fonts);
	pdf::write(&pages, fonts, &content::title(report), report)
}
