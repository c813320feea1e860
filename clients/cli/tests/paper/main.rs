//! What is left of a certificate on paper: every digit inside the page with every font, codes in one piece, and
//! a QR code that survives an office's scanner.

mod scan;

use scan::{by_rqrr, by_zbar, Image, DPI};
use std::{
	path::{Path, PathBuf},
	process::{Command, Output},
};
use tempfile::TempDir;
use winddown_proof::Receipt;
use winddown_sdk::digest::Written;

const GENESIS: &str = "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648";
const CHECKPOINT: &str = "0x113285e7f893fcd998cd728f5f8c1f75f6f895939241bc38331edd947d544dad";
const RECEIPT: &str = "WD1-HQ9Q-PTG0-0000-0000-011D-FSNZ-W7RK-6RH0-H3Y0";
/// The left and the right margin, and what a reader of PDF may add to the width of a word.
const MARGIN: f64 = 52.0;
const TOLERANCE: f64 = 1.0;
/// Fonts with Chinese that machines have; the first is that of `make setup`.
const FONTS: [&str; 4] = [
	"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
];
/// A file of each kind, and what its certificate asks for.
const FILES: [(&str, &[&str]); 4] = [
	("ballot.wdproof", &["--genesis", GENESIS]),
	("no-ballot.wdproof", &[]),
	("evidence.wdproof", &[]),
	("checkpoint.wdproof", &["--genesis", GENESIS, "--checkpoint", CHECKPOINT]),
];

fn certificate(folder: &TempDir, name: &str, more: &[&str]) -> (PathBuf, Output) {
	let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
	let pdf = folder.path().join(name).with_extension("pdf");
	let output = Command::new(env!("CARGO_BIN_EXE_winddown"))
		.args(["--url", "ws://127.0.0.1:1", "evidence", "certificate"])
		.arg(file)
		.arg("--out")
		.arg(&pdf)
		.args(more)
		.output()
		.expect("it was built");
	(pdf, output)
}

fn printed(folder: &TempDir, name: &str, more: &[&str]) -> PathBuf {
	let (pdf, output) = certificate(folder, name, more);
	assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
	pdf
}

/// A tool of poppler-utils, which `make setup` installs.
fn poppler(tool: &str, arguments: &[&str]) -> Vec<u8> {
	let output = Command::new(tool).args(arguments).output();
	let output = output.unwrap_or_else(|error| {
		panic!("{tool} is missing ({error}): `make setup` installs Debian's package poppler-utils")
	});
	assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	output.stdout
}

fn text(pdf: &Path) -> String {
	let text = poppler("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]);
	String::from_utf8(text).expect("text")
}

/// Width and height of a page and the boxes of its words, in points.
struct Paper {
	size: (f64, f64),
	words: Vec<([f64; 4], String)>,
}

fn papers(pdf: &Path) -> Vec<Paper> {
	let boxes = poppler("pdftotext", &["-bbox", pdf.to_str().unwrap(), "-"]);
	let boxes = String::from_utf8(boxes).expect("text");
	let number = |line: &str, name: &str| -> f64 {
		let (_, rest) = line.split_once(&format!("{name}=\"")).expect("an attribute");
		rest.split('"').next().unwrap().parse().unwrap()
	};
	let mut papers: Vec<Paper> = Vec::new();
	for line in boxes.lines().map(str::trim) {
		if line.starts_with("<page") {
			let size = (number(line, "width"), number(line, "height"));
			papers.push(Paper { size, words: Vec::new() });
		} else if line.starts_with("<word") {
			let place = ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name));
			let word = line.split(['>', '<']).nth(2).unwrap().to_string();
			papers.last_mut().expect("a page").words.push((place, word));
		}
	}
	papers
}

#[test]
fn every_word_of_every_certificate_stands_inside_the_page_with_every_known_font() {
	let mut tried = 0;
	for font in FONTS {
		if !Path::new(font).is_file() {
			eprintln!("NOT TRIED: {font} is not on this machine");
			continue;
		}
		tried += 1;
		for (name, more) in FILES {
			let folder = tempfile::tempdir().unwrap();
			let pdf = printed(&folder, name, &[more, &["--font", font]].concat());
			let papers = papers(&pdf);
			assert!(papers.len() >= 2, "{name}");
			for Paper { size: (width, height), words } in &papers {
				for ([left, top, right, bottom], word) in words {
					assert!(*left >= MARGIN - TOLERANCE, "{font} {name}: {word} begins at {left}");
					assert!(
						*right <= width - MARGIN + TOLERANCE,
						"{font} {name}: {word} ends at {right}"
					);
					assert!(*top >= 0.0 && bottom <= height, "{font} {name}: {word} at {top}");
				}
			}
			every_digit_is_there(&pdf, &format!("{font} {name}"));
		}
	}
	assert!(
		tried > 0,
		"no font with Chinese: `make setup` installs Debian's package fonts-wqy-microhei"
	);
}

/// The hash that a reader types stands in one piece, and its digits in groups.
fn every_digit_is_there(pdf: &Path, what: &str) {
	let text = text(pdf);
	let whole = text.lines().any(|line| line.contains(GENESIS));
	assert!(whole, "{what}: the genesis hash is in one piece\n{text}");
	let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect();
	assert!(dense.matches(&GENESIS[2..]).count() >= 2, "{what}: in the command and in groups");
}

#[test]
fn a_receipt_code_is_in_one_piece_wherever_it_stands_and_no_line_ends_with_a_hyphen() {
	let folder = tempfile::tempdir().unwrap();
	let text = text(&printed(&folder, "ballot.wdproof", &["--genesis", GENESIS]));
	let (begun, whole) = (text.matches("WD1-").count(), text.matches(RECEIPT).count());
	assert!(whole >= 2, "{text}");
	assert_eq!(begun, whole, "{text}");
	assert!(!text.contains('\u{fffe}'));
	for line in text.lines() {
		assert!(!line.ends_with('-'), "{line}");
	}
}

#[test]
fn a_code_that_was_printed_scanned_askew_blurred_and_compressed_is_read_by_two_decoders() {
	let lenders = [
		("ballot.wdproof", RECEIPT.to_string()),
		("no-ballot.wdproof", String::new()),
		("evidence.wdproof", String::new()),
	];
	for (name, expected) in lenders {
		let folder = tempfile::tempdir().unwrap();
		let pdf = printed(&folder, name, &[]);
		let print = Image::of_page(&pdf, 2 * DPI);
		let clear = by_rqrr(&print).expect("a fresh print is read");
		assert!(expected.is_empty() || clear == expected, "{name}");
		assert!(
			clear.chars().all(|c| !c.is_lowercase()),
			"{clear}: upper case makes large modules"
		);
		for degrees in [-1.0, 0.0, 1.0] {
			let scan = print.turned(degrees).halved().blurred().faded().compressed();
			for (reader, read) in [("rqrr", by_rqrr(&scan)), ("zbar", by_zbar(&scan))] {
				let read =
					read.unwrap_or_else(|| panic!("{reader} finds none: {name} by {degrees}°"));
				assert_eq!(read, clear, "{reader}: {name} turned by {degrees}°");
			}
		}
		whatever_reads_it_checks_it(name, &clear);
	}
}

/// The checksum of a receipt, the exact length of a digest.
fn whatever_reads_it_checks_it(name: &str, code: &str) {
	let cut = &code[..code.len() - 1];
	match name {
		"ballot.wdproof" => {
			assert!(code.parse::<Receipt>().is_ok());
			assert!(cut.parse::<Receipt>().is_err());
		}
		"evidence.wdproof" => {
			assert!(code.parse::<Written>().is_ok());
			assert!(cut.parse::<Written>().is_err());
		}
		_ => {
			assert!(code.parse::<winddown_proof::Hash>().is_ok());
			assert!(cut.parse::<winddown_proof::Hash>().is_err());
		}
	}
}

#[test]
fn a_font_for_another_region_is_named_and_not_used_unless_it_is_asked_for() {
	let noto = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
	if !Path::new(noto).is_file() {
		eprintln!("NOT TRIED: {noto} is not on this machine");
		return;
	}
	let folder = tempfile::tempdir().unwrap();
	let fonts = |pdf: &Path| {
		String::from_utf8(poppler("pdffonts", &[pdf.to_str().unwrap()])).expect("text")
	};
	let chosen = printed(&folder, "no-ballot.wdproof", &["--font", noto]);
	assert!(fonts(&chosen).contains("SC") && !fonts(&chosen).contains("JP"), "{}", fonts(&chosen));
}

#[test]
fn a_face_that_a_collection_lacks_is_told_with_those_that_it_has() {
	let folder = tempfile::tempdir().unwrap();
	let font = format!("{}#7", FONTS[0]);
	let (pdf, output) = certificate(&folder, "no-ballot.wdproof", &["--font", &font]);
	assert_eq!(output.status.code(), Some(2));
	let message = String::from_utf8(output.stderr).unwrap();
	assert!(message.contains("it has no face 7: 0 WenQuanYi Micro Hei, 1"), "{message}");
	assert!(!pdf.exists());
}
