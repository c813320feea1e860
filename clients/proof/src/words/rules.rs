//! Vote rules in words.

use crate::layout::polls::{Base, Bound, Measure, Part, Rule, Scope, Test};
use alloc::{format, string::String, vec::Vec};

impl Rule {
	/// In English: `voted amount ≥ 2/3 of all; for heads > 1/2 of voted`.
	pub fn english(&self) -> String {
		let tests: Vec<_> = self.tests.iter().map(Test::english).collect();
		let scope = match self.scope {
			Scope::WholeRoll => "",
			Scope::EveryClass => "in every class: ",
		};
		format!("{scope}{}", tests.join("; "))
	}

	/// In Chinese.
	pub fn chinese(&self) -> String {
		let tests: Vec<_> = self.tests.iter().map(Test::chinese).collect();
		let scope = match self.scope {
			Scope::WholeRoll => "",
			Scope::EveryClass => "各组分别：",
		};
		format!("{scope}{}", tests.join("；"))
	}
}

impl Test {
	fn english(&self) -> String {
		let (part, _) = self.part.words();
		let (measure, _) = self.measure.words();
		let (base, _) = self.base.words();
		let bound = match self.bound {
			Bound::AtLeast => "≥",
			Bound::MoreThan => ">",
		};
		let Self { numerator, denominator, .. } = self;
		format!("{part} {measure} {bound} {numerator}/{denominator} of {base}")
	}

	fn chinese(&self) -> String {
		let (_, part) = self.part.words();
		let (_, measure) = self.measure.words();
		let (_, base) = self.base.words();
		let Self { numerator, denominator, .. } = self;
		match (self.bound, numerator, denominator) {
			(Bound::MoreThan, 1, 2) => format!("{part}{measure}过{base}{measure}半数"),
			(Bound::MoreThan, ..) => {
				format!("{part}{measure}超过{base}{measure}的{denominator}分之{numerator}")
			}
			(Bound::AtLeast, ..) => {
				format!("{part}{measure}达到{base}{measure}的{denominator}分之{numerator}以上")
			}
		}
	}
}

impl Part {
	pub(super) fn words(self) -> (&'static str, &'static str) {
		match self {
			Self::Voted => ("voted", "参加表决"),
			Self::For => ("for", "同意"),
			Self::Against => ("against", "反对"),
			Self::Abstained => ("abstaining", "弃权"),
		}
	}
}

impl Measure {
	pub(super) fn words(self) -> (&'static str, &'static str) {
		match self {
			Self::Heads => ("heads", "人数"),
			Self::Amount => ("amount", "金额"),
		}
	}
}

impl Base {
	pub(super) fn words(self) -> (&'static str, &'static str) {
		match self {
			Self::Eligible => ("all", "全部"),
			Self::Voted => ("voted", "参加表决"),
		}
	}
}
