//! Why an item passed or failed: a line for each test of its rule, and each class.

use winddown_proof::{grounds::in_order, Ground};
use winddown_sdk::{chain::Slate, primitives::ItemKind};

/// The grounds of an item, a line each; those of options and candidates begin with their names.
pub fn of_item(kind: ItemKind, slate: &Slate, grounds: &[Vec<Ground>]) -> String {
	let lines = in_order(grounds).into_iter().map(|(option, ground)| match (kind, option) {
		// There is nothing else to pass.
		(ItemKind::Resolution, _) | (_, None) => ground.line(),
		(_, Some(option)) => {
			let (english, chinese) = (slate.english(kind, option), slate.chinese(kind, option));
			format!("{english} {chinese}: {}", ground.line())
		}
	});
	match grounds.iter().all(Vec::is_empty) {
		true => "nobody is on the roll 表决权名册为空".into(),
		false => lines.collect::<Vec<_>>().join("\n"),
	}
}
