use alloc::{format, string::String, vec::Vec};

const DAY: u64 = 24 * 60 * 60 * 1000;
const HOUR: u64 = 60 * 60 * 1000;

/// Coordinated universal time of `millis` since 1970: `2026-11-25 17:23:18 UTC`.
pub fn utc(millis: u64) -> String {
	format!("{} UTC", clock(millis))
}

/// Beijing time of `millis` since 1970: `北京时间2026-11-26 01:23:18`.
pub fn beijing(millis: u64) -> String {
	format!("北京时间{}", clock(millis.saturating_add(8 * HOUR)))
}

/// The first moment after something ended, in Beijing time: midnight as the end of the day before,
/// `北京时间2026-11-30 24:00:00`.
pub fn beijing_end(millis: u64) -> String {
	let local = millis.saturating_add(8 * HOUR);
	match (local % DAY / 1000, (local / DAY).checked_sub(1)) {
		(0, Some(day_before)) => {
			let (year, month, day) = date(day_before);
			format!("北京时间{year:04}-{month:02}-{day:02} 24:00:00")
		}
		_ => beijing(millis),
	}
}

fn clock(millis: u64) -> String {
	let (year, month, day) = date(millis / DAY);
	let seconds = millis % DAY / 1000;
	let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
	format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// Year, month and day of the Gregorian calendar, `days` after 1 January 1970.
fn date(days: u64) -> (u64, u64, u64) {
	// Years are counted from March, so that the leap day ends a year; an era has 400 years.
	let days = days + 719_468;
	let (era, day_of_era) = (days / 146_097, days % 146_097);
	let year_of_era =
		(day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	let month_from_march = (5 * day_of_year + 2) / 153;
	let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
	(era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// Fen in yuan, in groups of three digits: `8,000.50`.
pub fn yuan(fen: u128) -> String {
	format!("{}.{:02}", group(fen / 100), fen % 100)
}

/// A number in groups of three digits: `8,000`.
pub fn group(number: u128) -> String {
	let digits = format!("{number}");
	let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
	for (at, digit) in digits.chars().enumerate() {
		if at > 0 && (digits.len() - at).is_multiple_of(3) {
			grouped.push(',');
		}
		grouped.push(digit);
	}
	grouped
}

/// Numbers from 1 for options counted from 0: `1, 3`.
pub fn numbers(options: &[u8], separator: &str) -> String {
	options
		.iter()
		.map(|option| format!("{}", u16::from(*option) + 1))
		.collect::<Vec<_>>()
		.join(separator)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_told_in_yuan() {
		let told = [yuan(0), yuan(7), yuan(299_999), yuan(123_456_789_012), group(1_000)];
		assert_eq!(told, ["0.00", "0.07", "2,999.99", "1,234,567,890.12", "1,000"]);
	}

	#[test]
	fn times_are_those_of_the_calendar_also_on_leap_days_and_at_the_turn_of_years() {
		assert_eq!(utc(0), "1970-01-01 00:00:00 UTC");
		assert_eq!(utc(951_782_400_000), "2000-02-29 00:00:00 UTC");
		assert_eq!(utc(1_735_689_599_999), "2024-12-31 23:59:59 UTC");
		assert_eq!(utc(1_735_689_600_000), "2025-01-01 00:00:00 UTC");
		assert_eq!(utc(4_107_542_400_000), "2100-03-01 00:00:00 UTC", "2100 has no leap day");
		assert_eq!(beijing(1_735_660_800_000), "北京时间2025-01-01 00:00:00");
		assert_eq!(beijing_end(1_735_660_800_000), "北京时间2024-12-31 24:00:00");
		assert_eq!(beijing_end(1_735_660_801_000), "北京时间2025-01-01 00:00:01");
		beijing_end(u64::MAX);
		utc(u64::MAX);
		beijing(u64::MAX);
	}
}
