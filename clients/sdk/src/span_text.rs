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

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn spans_are_told_in_their_largest_whole_unit() {
		assert_eq!(span(7 * 86_400_000), "7 days");
		assert_eq!(span(90_000), "90 seconds");
		assert_eq!(span(120_000), "2 minutes");
		assert_eq!(span(60_000), "1 minute");
		assert_eq!(span(0), "0 seconds");
	}
}
