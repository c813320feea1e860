//! Document numbers that went through a spreadsheet, which keeps numbers as doubles.
//!
//! Of the 18 digits of a number such as 440301199001010119 a double keeps about 16: it becomes
//! 440301199001010100 (its shortest form: Excel, JavaScript, Rust) or 440301199001010112 (its exact value). One in
//! eleven passes the check digit. A true number looks the same by chance, one in 64 for those that begin with 3 or
//! 4: so a file is judged as a whole, by whether there are more of them than chance allows.

/// How rare a file must be by chance to be told as cut: by zeros at the end of its numbers, which spreadsheets leave.
const RARE_WITH_ZEROS: f64 = 0.02;
/// And by exact values of doubles, which only some programs write.
const RARE_AND_EXACT: f64 = 0.005;
/// From here on twice the expected number is out of the question anyway, and the exact chance too small to compute.
const MANY: f64 = 50.0;

/// How a number of digits looks to somebody who knows doubles.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Look {
	/// It is the shortest form of its double, zeros at its end.
	is_shortest: bool,
	/// It is the exact value of its double.
	is_exact: bool,
	/// How many true numbers of this size look like that: one double stands for so many numbers.
	chance: f64,
}

/// Numbers shorter than this are whole in a double.
const SAFE_DIGITS: usize = 15;
/// Significant digits of a double.
const MANTISSA_BITS: u32 = 53;

fn look(number: &str) -> Option<Look> {
	if number.len() <= SAFE_DIGITS || !number.bytes().all(|byte| byte.is_ascii_digit()) {
		return None;
	}
	let whole: u64 = number.parse().ok()?;
	let double = whole as f64;
	let per_double = (u64::BITS - whole.leading_zeros()).saturating_sub(MANTISSA_BITS);
	Some(Look {
		is_shortest: number.ends_with('0') && format!("{double}") == number,
		is_exact: double as u64 == whole,
		chance: (-f64::from(per_double)).exp2(),
	})
}

/// Whether a number that is wrong for another reason was surely cut: it ends in two zeros and is the shortest form
/// of its double.
pub(super) fn is_cut(number: &str) -> bool {
	number.ends_with("00") && look(number).is_some_and(|look| look.is_shortest)
}

/// The numbers of a file.
#[derive(Default)]
pub(super) struct Numbers {
	shortest: Form,
	exact: Form,
}

/// Numbers of one look.
#[derive(Default)]
struct Form {
	expected: f64,
	lines: Vec<u64>,
}

impl Numbers {
	/// Looks at a number, as the file has it.
	pub fn add(&mut self, line: u64, number: &str) {
		let Some(look) = look(number) else { return };
		for (form, is_it) in
			[(&mut self.shortest, look.is_shortest), (&mut self.exact, look.is_exact)]
		{
			form.expected += look.chance;
			if is_it {
				form.lines.push(line);
			}
		}
	}

	/// The lines of numbers that were cut, in order; none when chance explains them.
	pub fn cut(&self) -> Vec<u64> {
		let mut cut: Vec<u64> = [(&self.shortest, RARE_WITH_ZEROS), (&self.exact, RARE_AND_EXACT)]
			.into_iter()
			.filter(|(form, rare)| {
				is_more_than_chance(form.lines.len() as u64, form.expected, *rare)
			})
			.flat_map(|(form, _)| form.lines.iter().copied())
			.collect();
		cut.sort_unstable();
		cut.dedup();
		cut
	}
}

/// Whether `found` is at least twice what was expected, and rarer than `rare` by chance (law of Poisson).
fn is_more_than_chance(found: u64, expected: f64, rare: f64) -> bool {
	if found == 0 || (found as f64) < 2.0 * expected {
		return false;
	}
	if expected > MANY {
		return true;
	}
	let (mut term, mut below) = ((-expected).exp(), 0.0);
	for k in 0..found {
		below += term;
		term *= expected / (k + 1) as f64;
	}
	1.0 - below < rare
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::document::resident_check_digit;

	fn number(serial: u64) -> String {
		let first = format!(
			"440301{}{:02}{:02}{:03}",
			1950 + serial % 50,
			1 + serial % 12,
			1 + serial % 28,
			serial % 997
		);
		format!("{first}{}", resident_check_digit(&first).unwrap())
	}

	#[test]
	fn the_three_endings_of_a_cut_number_are_known() {
		let look = |number| look(number).unwrap();
		assert_eq!(
			look("440301199001010119"),
			Look { is_shortest: false, is_exact: false, chance: 1.0 / 64.0 }
		);
		assert!(look("440301199001010100").is_shortest && look("440301199001010000").is_shortest);
		assert!(look("440301199001010112").is_exact && !look("440301199001010112").is_shortest);
		assert!(is_cut("440301199001010100") && !is_cut("440301199001010119"));
		assert_eq!(super::look("11010519491231002X"), None);
		assert_eq!(super::look("110105491231002"), None);
	}

	#[test]
	fn a_true_file_is_not_suspected_whatever_its_size() {
		for size in [1, 3, 64, 1_000, 50_000] {
			let mut numbers = Numbers::default();
			(0..size).for_each(|serial| numbers.add(serial, &number(serial + 7)));
			assert!(numbers.cut().is_empty(), "{size}");
		}
	}

	#[test]
	fn a_file_in_which_one_number_in_ten_was_cut_is_told_line_by_line() {
		let mut numbers = Numbers::default();
		let mut cut = Vec::new();
		for serial in (0..2_000).filter(|serial| !number(*serial).ends_with('X')) {
			let number = number(serial);
			match serial % 10 {
				0 => {
					numbers.add(serial, &format!("{}", number.parse::<f64>().unwrap()));
					cut.push(serial);
				}
				_ => numbers.add(serial, &number),
			}
		}
		let found = numbers.cut();
		assert!(cut.iter().all(|line| found.contains(line)));
		assert!(found.len() < cut.len() * 12 / 10, "{} of {}", found.len(), cut.len());
	}

	#[test]
	fn a_few_lines_that_all_look_cut_are_suspected() {
		let mut numbers = Numbers::default();
		numbers.add(2, "440301199001010100");
		assert_eq!(numbers.cut(), [2]);
	}
}
