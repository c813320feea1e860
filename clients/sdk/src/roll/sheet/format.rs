//! What a number format of a workbook does to the number beneath it.

/// What is seen of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shown {
	/// All of it.
	Whole,
	/// As much as is left after rounding to a multiple of this power of ten.
	To(i8),
	/// A date or a time.
	Date,
}

/// Formats that have a number and no code in the file. Those from 27 to 36 and from 50 to 58 are dates of
/// Chinese, Japanese and Korean Excel (31 is yyyy年m月d日).
pub(super) const fn built_in(id: u32) -> Shown {
	match id {
		1 | 3 | 9 | 37 | 38 | 41 | 42 => Shown::To(if id == 9 { -2 } else { 0 }),
		2 | 4 | 39 | 40 | 43 | 44 => Shown::To(-2),
		10 => Shown::To(-4),
		14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
		_ => Shown::Whole,
	}
}

/// Reads the part of a code that is for positive numbers, such as `#,##0.00` or `0.00,"万"`.
pub(super) fn custom(code: &str) -> Shown {
	let tokens = tokens(code);
	if tokens.iter().any(|c| matches!(c, 'y' | 'm' | 'd' | 'h' | 's' | 'e')) {
		return Shown::Date;
	}
	let is_place = |c: &char| matches!(c, '0' | '#' | '?');
	let Some(last) = tokens.iter().rposition(is_place) else { return Shown::Whole };
	if tokens.contains(&'E') {
		return Shown::Whole;
	}
	let decimals = match tokens.iter().position(|c| *c == '.') {
		Some(point) => tokens[point..].iter().filter(|c| is_place(c)).count(),
		None => 0,
	};
	// A comma behind the last digit divides by a thousand.
	let thousands = tokens[last + 1..].iter().take_while(|c| **c == ',').count();
	let percents = tokens.iter().filter(|c| **c == '%').count();
	let power = 3 * thousands as i64 - decimals as i64 - 2 * percents as i64;
	Shown::To(power.clamp(i8::MIN.into(), i8::MAX.into()) as i8)
}

/// The signs of a code that mean something: no literal texts, conditions, colours or fillings.
fn tokens(code: &str) -> Vec<char> {
	let mut tokens = Vec::new();
	let mut signs = code.chars();
	while let Some(sign) = signs.next() {
		match sign {
			';' => break,
			'\\' | '!' | '_' | '*' => drop(signs.next()),
			'"' => drop(signs.by_ref().find(|c| *c == '"')),
			'[' => {
				let inside: String = signs.by_ref().take_while(|c| *c != ']').collect();
				// Hours, minutes or seconds that run on, as in [h]:mm.
				let runs_on = |unit: char| inside.chars().all(|c| c.eq_ignore_ascii_case(&unit));
				if !inside.is_empty() && ['h', 'm', 's'].into_iter().any(runs_on) {
					tokens.push('h');
				}
			}
			'E' if signs.as_str().starts_with(['+', '-']) => tokens.push('E'),
			_ => tokens.push(sign.to_ascii_lowercase()),
		}
	}
	// The word for "as it is", in English and in Chinese Excel.
	let text: String = tokens.iter().collect();
	text.replace("g/通用格式", "").replace("general", "").chars().collect()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_code_tells_to_what_it_rounds() {
		for (code, shown) in [
			("General", Shown::Whole),
			("G/通用格式", Shown::Whole),
			("@", Shown::Whole),
			("0.00E+00", Shown::Whole),
			("0", Shown::To(0)),
			("#,##0", Shown::To(0)),
			("#,##0.00", Shown::To(-2)),
			("#,##0.00_);[Red](#,##0.00)", Shown::To(-2)),
			("_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ @_ ", Shown::To(-2)),
			("[$¥-804]#,##0", Shown::To(0)),
			("0.00,\"万\"", Shown::To(1)),
			("0!.0,\"万\"", Shown::To(3)),
			("#,##0,", Shown::To(3)),
			("0.0%", Shown::To(-3)),
			("0.00\"yuan\"", Shown::To(-2)),
			("yyyy\"年\"m\"月\"d\"日\"", Shown::Date),
			("[h]:mm", Shown::Date),
			("[$-804]e/m/d", Shown::Date),
		] {
			assert_eq!(custom(code), shown, "{code}");
		}
	}

	#[test]
	fn the_dates_of_chinese_excel_are_dates() {
		for id in (14..=22).chain(27..=36).chain(45..=47).chain(50..=58) {
			assert_eq!(built_in(id), Shown::Date, "{id}");
		}
		assert_eq!(
			[0, 1, 3, 4, 10, 49].map(built_in),
			[Shown::Whole, Shown::To(0), Shown::To(0), Shown::To(-2), Shown::To(-4), Shown::Whole]
		);
	}
}
