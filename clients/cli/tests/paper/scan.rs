//! A page that was printed, laid on a scanner by hand and sent on as a small JPEG.

use std::{f64::consts::PI, path::Path, process::Command};

/// The resolution at which offices scan.
pub const DPI: usize = 150;
/// Grey levels of JPEG's luminance table (ITU-T T.81, annex K), here for quality 40.
const QUANTISATION: [[f64; 8]; 8] = [
	[16.0, 11.0, 10.0, 16.0, 24.0, 40.0, 51.0, 61.0],
	[12.0, 12.0, 14.0, 19.0, 26.0, 58.0, 60.0, 55.0],
	[14.0, 13.0, 16.0, 24.0, 40.0, 57.0, 69.0, 56.0],
	[14.0, 17.0, 22.0, 29.0, 51.0, 87.0, 80.0, 62.0],
	[18.0, 22.0, 37.0, 56.0, 68.0, 109.0, 103.0, 77.0],
	[24.0, 35.0, 55.0, 64.0, 81.0, 104.0, 113.0, 92.0],
	[49.0, 64.0, 78.0, 87.0, 103.0, 121.0, 120.0, 101.0],
	[72.0, 92.0, 95.0, 98.0, 112.0, 100.0, 103.0, 99.0],
];
/// Quality 40 scales the table by 5000 / 40 percent.
const SCALE: f64 = 1.25;

/// A grey image.
#[derive(Clone)]
pub struct Image {
	pub width: usize,
	pub height: usize,
	pub pixels: Vec<u8>,
}

impl Image {
	/// The first page of a PDF as a printer has it.
	pub fn of_page(pdf: &Path, dpi: usize) -> Self {
		let dpi = dpi.to_string();
		let page =
			super::poppler("pdftoppm", &["-gray", "-r", &dpi, "-l", "1", pdf.to_str().unwrap()]);
		let mut parts = page.splitn(4, |byte| *byte == b'\n');
		let mut line = || parts.next().expect("a line of the head");
		assert_eq!(line(), b"P5");
		let size = String::from_utf8(line().to_vec()).unwrap();
		let (width, height) = size.split_once(' ').expect("width and height");
		line();
		Self {
			width: width.parse().unwrap(),
			height: height.parse().unwrap(),
			pixels: line().to_vec(),
		}
	}

	fn at(&self, x: isize, y: isize) -> f64 {
		let inside =
			(0..self.width as isize).contains(&x) && (0..self.height as isize).contains(&y);
		match inside {
			true => f64::from(self.pixels[y as usize * self.width + x as usize]),
			false => 255.0,
		}
	}

	fn map(&self, pixel: impl Fn(usize, usize) -> f64) -> Self {
		let all = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
		let pixels = all.map(|(x, y)| pixel(x, y).round().clamp(0.0, 255.0) as u8).collect();
		Self { pixels, ..*self }
	}

	/// Turned about its middle.
	pub fn turned(&self, degrees: f64) -> Self {
		let (sin, cos) = (degrees * PI / 180.0).sin_cos();
		let (mx, my) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
		self.map(|x, y| {
			let (dx, dy) = (x as f64 - mx, y as f64 - my);
			let (fx, fy) = (mx + dx * cos - dy * sin, my + dx * sin + dy * cos);
			let (left, top) = (fx.floor(), fy.floor());
			let (u, v) = (fx - left, fy - top);
			let at = |dx: isize, dy: isize| self.at(left as isize + dx, top as isize + dy);
			(at(0, 0) * (1.0 - u) + at(1, 0) * u) * (1.0 - v)
				+ (at(0, 1) * (1.0 - u) + at(1, 1) * u) * v
		})
	}

	/// At half its resolution, as the scanner's cells see it.
	pub fn halved(&self) -> Self {
		let half = Self { width: self.width / 2, height: self.height / 2, pixels: Vec::new() };
		half.map(|x, y| {
			let at = |dx: usize, dy: usize| self.at((2 * x + dx) as isize, (2 * y + dy) as isize);
			(at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4.0
		})
	}

	/// Out of focus by about a pixel.
	pub fn blurred(&self) -> Self {
		let weights = [(-1, 1.0), (0, 2.0), (1, 1.0)];
		self.map(|x, y| {
			weights
				.iter()
				.flat_map(|(dy, v)| weights.iter().map(move |(dx, u)| (dx, dy, u * v)))
				.map(|(dx, dy, weight)| weight * self.at(x as isize + dx, y as isize + dy))
				.sum::<f64>()
				/ 16.0
		})
	}

	/// Grey paper, pale ink.
	pub fn faded(&self) -> Self {
		self.map(|x, y| 60.0 + self.at(x as isize, y as isize) * 170.0 / 255.0)
	}

	/// As JPEG of quality 40 gives it back: the loss without the packing.
	pub fn compressed(&self) -> Self {
		let cosine: Vec<[f64; 8]> = (0..8)
			.map(|x| {
				core::array::from_fn(|u| {
					let scale = if u == 0 { (1.0f64 / 8.0).sqrt() } else { 0.5 };
					scale * ((2 * x + 1) as f64 * u as f64 * PI / 16.0).cos()
				})
			})
			.collect();
		let mut out = self.clone();
		for (bx, by) in (0..self.height / 8).flat_map(|y| (0..self.width / 8).map(move |x| (x, y)))
		{
			let block: [[f64; 8]; 8] = core::array::from_fn(|y| {
				core::array::from_fn(|x| {
					self.at((bx * 8 + x) as isize, (by * 8 + y) as isize) - 128.0
				})
			});
			// Both ways in two passes, over the rows and over the columns.
			let forward = |at: &dyn Fn(usize, usize) -> f64| -> [[f64; 8]; 8] {
				pass(|u, y| (0..8).map(|x| at(y, x) * cosine[x][u]).sum())
			};
			let back = |at: &dyn Fn(usize, usize) -> f64| -> [[f64; 8]; 8] {
				pass(|x, v| (0..8).map(|u| at(v, u) * cosine[x][u]).sum())
			};
			let rows = forward(&|y, x| block[y][x]);
			let coefficients = forward(&|u, y| rows[u][y]);
			let kept: [[f64; 8]; 8] = core::array::from_fn(|v| {
				core::array::from_fn(|u| {
					let step = QUANTISATION[v][u] * SCALE;
					(coefficients[v][u] / step).round() * step
				})
			});
			let columns = back(&|v, u| kept[v][u]);
			let greys = back(&|x, v| columns[x][v]);
			for (x, y) in (0..64).map(|at| (at % 8, at / 8)) {
				out.pixels[(by * 8 + y) * self.width + bx * 8 + x] =
					(128.0 + greys[y][x]).round().clamp(0.0, 255.0) as u8;
			}
		}
		out
	}

	fn to_pgm(&self) -> Vec<u8> {
		let head = format!("P5\n{} {}\n255\n", self.width, self.height);
		[head.as_bytes(), &self.pixels].concat()
	}
}

/// The values of a pass, the first index of `value` outermost.
fn pass(value: impl Fn(usize, usize) -> f64) -> [[f64; 8]; 8] {
	core::array::from_fn(|first| core::array::from_fn(|second| value(first, second)))
}

/// What rqrr reads; nothing when it finds no code or not one alone.
pub fn by_rqrr(image: &Image) -> Option<String> {
	let grey = |x, y| image.pixels[y * image.width + x];
	let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(image.width, image.height, grey);
	match prepared.detect_grids().as_slice() {
		[one] => one.decode().ok().map(|(_, text)| text),
		_ => None,
	}
}

/// What ZBar reads, the decoder of many scanners' programs.
pub fn by_zbar(image: &Image) -> Option<String> {
	let folder = tempfile::tempdir().unwrap();
	let file = folder.path().join("scan.pgm");
	std::fs::write(&file, image.to_pgm()).unwrap();
	let output = Command::new("zbarimg")
		.args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"])
		.arg(&file)
		.output();
	let output = output.unwrap_or_else(|error| {
		panic!("zbarimg is missing ({error}): `make setup` installs Debian's package zbar-tools")
	});
	let text = String::from_utf8(output.stdout).expect("text");
	(!text.is_empty()).then(|| text.trim_end_matches('\n').to_string())
}
