//! Spans of time in words.

use winddown_primitives::Millis;

/// A span of time, in its largest whole unit.
pub fn span(millis: Millis) -> String {
	let seconds = millis / 1_000;
	let units = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
	let whole = |(unit, _): &&(u64, &str)| seconds >= *unit && seconds.is_multiple_of(*unit);
	let (unit, name) = units.iter().find(whole).copied().unwrap_or((1, "second"));
	match seconds / unit {
		1 => format!("1 {name}"),
		count => format!("{count} {name}s"),
	}
}

/// About how long a span of time is, in its two largest units: `5 days 2 hours`.
pub fn about(millis: Millis) -> String {
	let seconds = millis / 1_000;
	let units = [86_400, 3_600, 60, 1];
	let largest = units.iter().position(|unit| seconds >= *unit).unwrap_or(units.len() - 1);
	let (unit, next) = (units[largest], units.get(largest + 1).copied().unwrap_or(1));
	let rest = seconds % unit / next * next;
	match rest {
		0 => span((seconds - seconds % unit) * 1_000),
		rest => format!("{} {}", span((seconds - seconds % unit) * 1_000), span(rest * 1_000)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_about_so_long_is_told_in_two_units() {
		assert_eq!(about(5 * 86_400_000 + 7_261_000), "5 days 2 hours");
		assert_eq!(about(90_500), "1 minute 30 seconds");
		assert_eq!(about(2 * 86_400_000 + 59_000), "2 days");
		assert_eq!(about(27 * 3_600_000 + 60_000), "1 day 3 hours");
		assert_eq!(about(999), "0 seconds");
	}

	#[test]
	fn spans_are_told_in_their_largest_whole_unit() {
		assert_eq!(span(7 * 86_400_000), "7 days");
		assert_eq!(span(90_000), "90 seconds");
		assert_eq!(span(120_000), "2 minutes");
		assert_eq!(span(60_000), "1 minute");
		assert_eq!(span(0), "0 seconds");
	}
}
