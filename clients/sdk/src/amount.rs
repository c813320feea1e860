//! Amounts of money as people write them: yuan with at most two decimals.

use winddown_primitives::Fen;

/// Why a text is no amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AmountError {
	/// Nothing is there.
	#[error("is empty")]
	Empty,
	/// A minus sign.
	#[error("is negative")]
	Negative,
	/// Spreadsheets shorten long numbers to `1.2E+05`, and lose digits by it.
	#[error("is in scientific notation, as spreadsheets write it; format the column as a number")]
	Scientific,
	/// A third decimal.
	#[error("has more than two decimals; the smallest unit is a fen, 0.01 yuan")]
	TooPrecise,
	/// Anything else that is no number.
	#[error("is not an amount in yuan such as 8000 or 8000.50")]
	Malformed,
	/// More than the chain can hold.
	#[error("is larger than the chain can hold")]
	Overflow,
}

/// Reads an amount in yuan, such as `8000`, `8,000.50`, `８０００`, `￥8,000.00`, `8000.50元`, `1.25万` or, as databases
/// write it, `8000.5000`.
pub fn parse_yuan(text: &str) -> Result<Fen, AmountError> {
	let text: String = text.trim().chars().map(narrow).collect();
	let (text, fen_digits) = bare(&text);
	if text.is_empty() {
		return Err(AmountError::Empty);
	}
	if text.starts_with(['-', '\u{2212}']) || (text.starts_with('(') && text.ends_with(')')) {
		return Err(AmountError::Negative);
	}
	let looks_scientific = text.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c))
		&& text.contains(['e', 'E'])
		&& text.starts_with(|c: char| c.is_ascii_digit());
	if looks_scientific {
		return Err(AmountError::Scientific);
	}
	let (whole, decimals) = match text.split_once('.') {
		Some((_, "")) => return Err(AmountError::Malformed),
		Some((whole, decimals)) => (whole, decimals),
		None => (text, ""),
	};
	if !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
		return Err(AmountError::Malformed);
	}
	let whole = ungroup(whole).ok_or(AmountError::Malformed)?;
	let decimals = match decimals.get(fen_digits..) {
		Some(rest) if rest.bytes().any(|digit| digit != b'0') => {
			return Err(AmountError::TooPrecise)
		}
		Some(_) => &decimals[..fen_digits],
		None => decimals,
	};
	let unit = (10 as Fen).pow(fen_digits as u32);
	let units: Fen = whole.parse().map_err(|_| AmountError::Overflow)?;
	let fen: Fen =
		format!("{decimals:0<fen_digits$}").parse().map_err(|_| AmountError::Malformed)?;
	units.checked_mul(unit).and_then(|units| units.checked_add(fen)).ok_or(AmountError::Overflow)
}

/// Takes the names of the currency off; gives the number, and to how many decimals of its unit a fen is.
fn bare(text: &str) -> (&str, usize) {
	let signs = ["￥", "¥", "RMB", "CNY", "人民币"];
	let mut text = text;
	for sign in signs {
		text = text.strip_prefix(sign).unwrap_or(text).trim_start();
	}
	for unit in ["元", "圆", "RMB", "CNY"] {
		text = text.strip_suffix(unit).unwrap_or(text).trim_end();
	}
	match text.strip_suffix('万') {
		Some(number) => (number.trim_end(), 6),
		None => (text, 2),
	}
}

/// Writes an amount in yuan with groups of three digits: `8,000.50`.
pub fn format_yuan(fen: Fen) -> String {
	format!("{}.{:02}", group(&(fen / 100).to_string()), fen % 100)
}

/// Writes a number with groups of three digits.
pub fn group(digits: &str) -> String {
	let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
	for (at, digit) in digits.chars().enumerate() {
		if at > 0 && (digits.len() - at).is_multiple_of(3) {
			grouped.push(',');
		}
		grouped.push(digit);
	}
	grouped
}

/// The half-width form of a full-width character.
pub(crate) fn narrow(wide: char) -> char {
	match wide {
		'\u{ff01}'..='\u{ff5e}' => char::from_u32(wide as u32 - 0xfee0).unwrap_or(wide),
		'\u{3000}' => ' ',
		other => other,
	}
}

/// Takes out well-placed commas; `None` when one is misplaced or a character is no digit.
fn ungroup(whole: &str) -> Option<String> {
	let mut groups = whole.split(',');
	let first = groups.next()?;
	let is_number = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
	if !is_number(first) {
		return None;
	}
	let mut digits = first.to_string();
	let mut grouped = false;
	for group in groups {
		if group.len() != 3 || !is_number(group) {
			return None;
		}
		grouped = true;
		digits.push_str(group);
	}
	if grouped && first.len() > 3 {
		return None;
	}
	Some(digits)
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn amounts_are_read_as_platforms_write_them() {
		assert_eq!(parse_yuan("8000"), Ok(800_000));
		assert_eq!(parse_yuan(" 8000.5 "), Ok(800_050));
		assert_eq!(parse_yuan("8,000.05"), Ok(800_005));
		assert_eq!(parse_yuan("1,234,567"), Ok(123_456_700));
		assert_eq!(parse_yuan("８０００．５０"), Ok(800_050));
		assert_eq!(parse_yuan("0.01"), Ok(1));
		assert_eq!(parse_yuan("0"), Ok(0));
	}

	#[test]
	fn amounts_are_read_as_databases_and_sheets_write_them() {
		for (written, fen) in [
			("1000.0000", 100_000),
			("1000.5000", 100_050),
			("￥8,000.00", 800_000),
			("¥ 8,000.00", 800_000),
			("8000.50元", 800_050),
			("人民币8,000元", 800_000),
			("12.35万", 12_350_000),
			("0.123456万元", 123_456),
		] {
			assert_eq!(parse_yuan(written), Ok(fen), "{written}");
		}
		assert_eq!(parse_yuan("1000.0001"), Err(AmountError::TooPrecise));
		assert_eq!(parse_yuan("1.0000001万"), Err(AmountError::TooPrecise));
		assert_eq!(parse_yuan("(1,000.00)"), Err(AmountError::Negative));
		assert_eq!(parse_yuan("￥"), Err(AmountError::Empty));
	}

	#[test]
	fn each_kind_of_bad_amount_has_its_own_reason() {
		assert_eq!(parse_yuan(""), Err(AmountError::Empty));
		assert_eq!(parse_yuan("-1"), Err(AmountError::Negative));
		assert_eq!(parse_yuan("－１"), Err(AmountError::Negative));
		assert_eq!(parse_yuan("1.2E+05"), Err(AmountError::Scientific));
		assert_eq!(parse_yuan("1.005"), Err(AmountError::TooPrecise));
		for malformed in [
			"12a",
			"1.",
			".5",
			"1,00",
			"1000,000",
			"1,,000",
			"$5",
			"0x10",
			"+5",
			"1.2.3",
			"5 万 元 万",
		] {
			assert_eq!(parse_yuan(malformed), Err(AmountError::Malformed), "{malformed}");
		}
	}

	#[test]
	fn the_largest_amount_fits_and_one_fen_more_does_not() {
		let most = "3402823669209384634633746074317682114.55";
		assert_eq!(parse_yuan(most), Ok(u128::MAX));
		assert_eq!(
			parse_yuan("3402823669209384634633746074317682114.56"),
			Err(AmountError::Overflow)
		);
		assert_eq!(parse_yuan(&"9".repeat(60)), Err(AmountError::Overflow));
	}

	proptest! {
		#[test]
		fn what_is_written_is_read_back(fen: u128) {
			prop_assert_eq!(parse_yuan(&format_yuan(fen)), Ok(fen));
		}
	}
}
