//! Times as people write and read them: on the clock of China, with the zone beside them.

use chrono::{
	DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike,
};
use std::str::FromStr;
use winddown_sdk::{chain::At, primitives::Millis, Error};

/// The zone of China, in seconds east of Greenwich, and as it is written.
const CHINA: i32 = 8 * 3_600;
const ZONE: &str = "+08:00";

/// A span of time: `90s`, `10m`, `24h`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(pub Millis);

impl FromStr for Span {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let bad = || "a span of time reads 90s, 10m, 24h or 7d".to_string();
		let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
		let (number, unit) = text.split_at(unit_at);
		let unit: Millis = match unit {
			"ms" => 1,
			"s" => 1_000,
			"m" => 60_000,
			"h" => 3_600_000,
			"d" => 86_400_000,
			_ => return Err(bad()),
		};
		let number: Millis = number.parse().map_err(|_| bad())?;
		number.checked_mul(unit).map(Self).ok_or_else(bad)
	}
}

/// A moment: `2026-11-30`, which is its first moment, `2026-11-30 18:00`, RFC 3339, or `+30s` from
/// now. Without a zone it is the clock of China.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
	At(Millis),
	After(Span),
}

/// A moment at which something ends, written like a [`Moment`]: a date is its end, 24:00 (Civil Code
/// art. 203), and so is the whole day still within. In milliseconds it is the first moment after.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End(pub Moment);

impl FromStr for Moment {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		const FORMS: &str = "a moment reads 2026-11-30 (its first moment, 00:00 Beijing time), \
		                     '2026-11-30 18:00', or +7d from now";
		read(text, Some).ok_or_else(|| FORMS.into())
	}
}

impl FromStr for End {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		const FORMS: &str = "an end reads 2026-11-30 (the end of that day, 24:00 Beijing time), \
		                     '2026-11-30 18:00', or +7d from now";
		read(text, next_day).map(Self).ok_or_else(|| FORMS.into())
	}
}

/// Reads a moment; a date alone means midnight at the beginning of what `day` makes of it.
fn read(text: &str, day: fn(NaiveDate) -> Option<NaiveDate>) -> Option<Moment> {
	let text = text.trim();
	if let Some(span) = text.strip_prefix('+') {
		return span.parse().map(Moment::After).ok();
	}
	let zoned = DateTime::parse_from_rfc3339(text).ok();
	let moment = zoned.or_else(|| {
		let local = clock(text).or_else(|| day(date(text)?)?.and_time(NaiveTime::MIN).into())?;
		FixedOffset::east_opt(CHINA)?.from_local_datetime(&local).single()
	})?;
	moment.timestamp_millis().try_into().map(Moment::At).ok()
}

/// A date with a time of day, which may be 24:00.
fn clock(text: &str) -> Option<NaiveDateTime> {
	let (day, time) = text.split_once([' ', 'T'])?;
	let day = date(day)?;
	if ["24:00", "24:00:00"].contains(&time) {
		return next_day(day)?.and_time(NaiveTime::MIN).into();
	}
	let time =
		["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(time, form).ok());
	Some(day.and_time(time?))
}

fn date(text: &str) -> Option<NaiveDate> {
	NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn next_day(date: NaiveDate) -> Option<NaiveDate> {
	date.checked_add_days(Days::new(1))
}

impl Moment {
	/// The moment in milliseconds; spans count from the chain's clock.
	pub async fn resolve(self, at: &At) -> Result<Millis, Error> {
		match self {
			Self::At(moment) => Ok(moment),
			Self::After(_) => Ok(self.from(at.now().await?)),
		}
	}

	/// The moment in milliseconds; spans count from `now`.
	pub const fn from(self, now: Millis) -> Millis {
		match self {
			Self::At(moment) => moment,
			Self::After(Span(span)) => now.saturating_add(span),
		}
	}
}

impl End {
	/// The first moment after, in milliseconds; spans count from the chain's clock.
	pub async fn resolve(self, at: &At) -> Result<Millis, Error> {
		self.0.resolve(at).await
	}
}

/// A moment on the clock of China: `2026-11-30 18:00:00 +08:00`.
pub fn moment(at: Millis) -> String {
	match local(at) {
		Some(moment) => format!("{} {ZONE}", moment.format("%Y-%m-%d %H:%M:%S")),
		None => format!("{at} ms"),
	}
}

/// The first moment after something ended. At midnight both days are named:
/// `2026-11-30 24:00 / 2026-12-01 00:00 +08:00`.
pub fn end(at: Millis) -> String {
	let midnight = local(at).filter(|moment| moment.num_seconds_from_midnight() == 0);
	let day_before = midnight.and_then(|moment| moment.date_naive().checked_sub_days(Days::new(1)));
	match (midnight, day_before) {
		(Some(midnight), Some(day)) => {
			format!("{day} 24:00 / {} {ZONE}", midnight.format("%Y-%m-%d %H:%M"))
		}
		_ => moment(at),
	}
}

fn local(at: Millis) -> Option<DateTime<FixedOffset>> {
	FixedOffset::east_opt(CHINA)?.timestamp_millis_opt(at.try_into().ok()?).single()
}

#[cfg(test)]
mod tests {
	use super::*;

	/// 8 November 2019, 00:00 in China.
	const MIDNIGHT: Millis = 1_573_142_400_000;
	const DAY: Millis = 86_400_000;

	#[test]
	fn spans_and_moments_are_read_as_people_write_them() {
		assert_eq!("7d".parse(), Ok(Span(604_800_000)));
		assert_eq!("+90s".parse(), Ok(Moment::After(Span(90_000))));
		assert_eq!("2019-11-08".parse(), Ok(Moment::At(MIDNIGHT)));
		assert_eq!("2019-11-12 12:00".parse(), Ok(Moment::At(1_573_531_200_000)));
		assert_eq!("2019-11-12T12:00:00".parse(), Ok(Moment::At(1_573_531_200_000)));
		assert_eq!("2019-11-08T00:00:00+08:00".parse(), Ok(Moment::At(MIDNIGHT)));
		for bad in ["", "d", "7", "7w", "99999999999999999999d", "2019-11-08 25:00", "2019-02-30"] {
			assert!(bad.parse::<Span>().is_err(), "{bad}");
			assert!(bad.parse::<Moment>().is_err(), "{bad}");
			assert!(bad.parse::<End>().is_err(), "{bad}");
		}
	}

	#[test]
	fn a_date_begins_at_its_first_moment_and_ends_at_midnight_after_it() {
		let end = |text: &str| text.parse::<End>().unwrap();
		assert_eq!(end("2019-11-08"), End(Moment::At(MIDNIGHT + DAY)));
		assert_eq!(end("2019-11-08 24:00"), End(Moment::At(MIDNIGHT + DAY)));
		assert_eq!(end("2019-12-31").0.from(0), "2020-01-01".parse::<Moment>().unwrap().from(0));
		// With a time of day, or a zone, it says itself when it ends.
		assert_eq!(end("2019-11-08 00:00"), End(Moment::At(MIDNIGHT)));
		assert_eq!(end("2019-11-08T00:00:00+08:00"), End(Moment::At(MIDNIGHT)));
		assert_eq!(end("+1d"), End(Moment::After(Span(DAY))));
		assert_eq!(
			"next friday".parse::<End>().unwrap_err(),
			"an end reads 2026-11-30 (the end of that day, 24:00 Beijing time), '2026-11-30 18:00', \
			 or +7d from now"
		);
	}

	#[test]
	fn every_time_is_shown_with_its_zone_and_an_end_at_midnight_with_both_days() {
		assert_eq!(moment(MIDNIGHT), "2019-11-08 00:00:00 +08:00");
		assert_eq!(end(MIDNIGHT), "2019-11-07 24:00 / 2019-11-08 00:00 +08:00");
		assert_eq!(end(MIDNIGHT + 3_600_000), "2019-11-08 01:00:00 +08:00");
		assert_eq!(moment(u64::MAX), format!("{} ms", u64::MAX));
		assert_eq!(end(u64::MAX), format!("{} ms", u64::MAX));
	}
}
