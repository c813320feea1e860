//! Amounts, heads and shares.

use winddown_primitives::Fen;
use winddown_proof::count::counted;
use winddown_sdk::{amount::format_yuan, chain::VotesView};

/// An amount in yuan.
pub fn yuan(fen: Fen) -> String {
	format!("{} yuan", format_yuan(fen))
}

/// Heads.
pub fn lenders(heads: u32) -> String {
	counted(heads, "lender", "lenders")
}

/// Heads and amount.
pub fn votes(votes: VotesView) -> String {
	format!("{}, {}", lenders(votes.heads), yuan(votes.fen))
}

/// Heads and amount with their shares of a whole.
pub fn share(part: VotesView, whole: VotesView) -> String {
	format!(
		"{} ({}), {} ({})",
		lenders(part.heads),
		percent(part.heads.into(), whole.heads.into()),
		yuan(part.fen),
		percent(part.fen, whole.fen)
	)
}

/// A share in percent with two decimals, cut off and never rounded, so that 66.666 never reads as
/// 66.67. Where a rule decides, `Ground::share` shows as many as tell it from the fraction.
pub fn percent(part: u128, whole: u128) -> String {
	match part.checked_mul(10_000).and_then(|part| part.checked_div(whole)) {
		Some(hundredths) => format!("{}.{:02}%", hundredths / 100, hundredths % 100),
		None => "–".into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn shares_are_rounded_down_and_nothing_is_divided_by_zero() {
		assert_eq!(percent(2, 3), "66.66%");
		assert_eq!(percent(3, 3), "100.00%");
		assert_eq!(percent(4_999_999, 10_000_000), "49.99%");
		assert_eq!(percent(1, 0), "–");
	}
}
