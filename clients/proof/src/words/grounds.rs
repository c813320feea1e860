//! What a test of a rule measured, in words.

use super::format::{group, yuan};
use crate::{
	grounds::Ground,
	layout::polls::{Measure, Test},
};
use alloc::{format, string::String};
use core::cmp::Ordering;

impl Ground {
	/// In English: `voted amount of all: 2,999.99 of 6,000.00 = 49.99 % < 1/2: not met`.
	pub fn english(&self) -> String {
		let (tail, _) = self.tail();
		format!("{}: {}{tail}: {}", self.label(), self.figures(), self.verdict().0)
	}

	/// In Chinese.
	pub fn chinese(&self) -> String {
		let (measured, of) = self.votes();
		let unit = match self.test.measure {
			Measure::Heads => "人",
			Measure::Amount => "元",
		};
		let share = self.share().map(|share| {
			let (sign, needed) = self.needed();
			format!(" = {share}% {sign} {needed}")
		});
		let tail = match self.tail().1 {
			"" => String::new(),
			tail => format!("，{tail}"),
		};
		format!(
			"{}：{measured}/{of}{unit}{}{tail}，{}",
			self.label_in_chinese(),
			share.unwrap_or_default(),
			self.verdict().1
		)
	}

	/// In both languages on one line, the numbers once.
	pub fn line(&self) -> String {
		let (tail, tail_zh) = self.tail();
		let (verdict, verdict_zh) = self.verdict();
		let tail_zh = if tail_zh.is_empty() { "".into() } else { format!(" {tail_zh}") };
		format!(
			"{} {}: {}{tail}{tail_zh}: {verdict} {verdict_zh}",
			self.label(),
			self.label_in_chinese(),
			self.figures()
		)
	}

	fn label(&self) -> String {
		let class = self.class.map_or(String::new(), |class| format!("class {class}, "));
		let Test { part, measure, base, .. } = self.test;
		format!("{class}{} {} of {}", part.words().0, measure.words().0, base.words().0)
	}

	fn label_in_chinese(&self) -> String {
		let class = self.class.map_or(String::new(), |class| format!("第{class}组，"));
		let Test { part, measure, base, .. } = self.test;
		let measure = measure.words().1;
		format!("{class}{}{measure}占{}{measure}", part.words().1, base.words().1)
	}

	/// `2,999.99 of 6,000.00 = 49.99 % < 1/2`
	fn figures(&self) -> String {
		let (measured, of) = self.votes();
		let (sign, needed) = self.needed();
		let share = self.share().map(|share| format!(" = {share} % {sign} {needed}"));
		format!("{measured} of {of}{}", share.unwrap_or_default())
	}

	fn votes(&self) -> (String, String) {
		match self.test.measure {
			Measure::Heads => (group(self.measured), group(self.of)),
			Measure::Amount => (yuan(self.measured), yuan(self.of)),
		}
	}

	/// How the share stands to the fraction, and the fraction.
	fn needed(&self) -> (&'static str, String) {
		let sign = match self.relation() {
			Some(Ordering::Less) => "<",
			Some(Ordering::Equal) => "=",
			Some(Ordering::Greater) => ">",
			None => "",
		};
		(sign, format!("{}/{}", self.test.numerator, self.test.denominator))
	}

	/// What must be said where the numbers alone do not tell whether the test is met.
	fn tail(&self) -> (&'static str, &'static str) {
		match (self.relation(), self.met) {
			(None, _) => (", nothing to measure against", "无可计量"),
			(Some(Ordering::Equal), true) => (", which suffices", "含本数"),
			(Some(Ordering::Equal), false) => (", and more is needed", "须超过"),
			_ => ("", ""),
		}
	}

	fn verdict(&self) -> (&'static str, &'static str) {
		match self.met {
			true => ("met", "达到"),
			false => ("not met", "未达到"),
		}
	}
}
