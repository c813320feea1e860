//! Numbers of things in words.

use alloc::{format, string::String};
use core::fmt::Display;

/// A number of things: `1 problem`, `2 problems`.
pub fn counted<Count: Copy + Display + PartialEq + From<u8>>(
	count: Count,
	one: &str,
	many: &str,
) -> String {
	format!("{count} {}", if count == Count::from(1) { one } else { many })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn one_thing_is_told_in_the_singular_and_none_and_many_in_the_plural() {
		let told = [0_u64, 1, 2].map(|count| counted(count, "problem", "problems"));
		assert_eq!(told, ["0 problems", "1 problem", "2 problems"]);
		assert_eq!(counted(1_usize, "intent was", "intents were"), "1 intent was");
	}
}
