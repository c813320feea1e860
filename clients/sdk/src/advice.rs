//! What to do about an error of the chain.

/// What to do about the error named `name`; `None` when its own documentation says enough.
pub(crate) fn next_step(name: &str) -> Option<String> {
	let step = match name {
		"WrongPosition" => "run the import again: it goes on after the last row on chain",
		"BadOrigin" => "use the key of the institution whose task this is",
		"WrongStage" => "see where the case stands: winddown case show --case CASE",
		"RollFrozen" => "wait until the open poll of the case is closed",
		"NotAuthorised" => "the platform must authorise first: winddown case authorise",
		_ => return None,
	};
	Some(step.into())
}
