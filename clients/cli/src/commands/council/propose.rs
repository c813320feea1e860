use super::{carried_out, motion::Motion, show, CARRIED_OUT};
use crate::{context::Context, institutions::Names, next, output::counted};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{calls, chain::Head, Error};

pub async fn run(context: &Context, threshold: Option<u32>, motion: &Motion) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let motion = motion.call(&at).await?;
	let members = at.council().await?.len() as u32;
	let threshold = checked(threshold, members)?;
	let (proposes, hash) = (motion.view(), format!("{:?}", calls::motion_hash(&motion)));
	let names = Names::of(&at).await?;
	let told = names.within(&show::what(proposes.as_ref()));
	context.output.note(&format!("the motion: {told}"));
	let included = context.submit(&chain, &calls::propose_motion(threshold, &motion)).await?;
	// With one member there is nobody to wait for: the motion is carried out with the proposal.
	let outcome = carried_out(&included)?.then_some(CARRIED_OUT);
	let facts = json!({
		"hash": hash,
		"threshold": threshold,
		"members": members,
		"proposes": proposes,
		"outcome": outcome,
	});
	match outcome {
		Some(outcome) => context.output.done(&included, facts, outcome.into(), None),
		None => {
			let text =
				format!("motion {hash} needs {threshold} of {}", counted(members, "vote", "votes"));
			let next = next::motion_proposed(&hash);
			context.output.done(&included, facts, text, Some(&next))
		}
	}
}

/// The votes that a motion needs: the given number, or the least with which it has the right to be
/// carried out, two thirds of the council. The chain takes any number, and with a smaller one it
/// closes the motion, lets it fail and forgets it; with 1 it does so at once.
fn checked(threshold: Option<u32>, members: u32) -> Result<u32, Error> {
	let least = (members * 2).div_ceil(3);
	let bad = |what: String| Err(Error::BadInput(what));
	match threshold.unwrap_or(least) {
		_ if members == 0 => bad("the council of this chain has no members".into()),
		asked if asked > members => bad(format!(
			"--threshold {asked} can never be reached: the council has {}",
			counted(members, "member", "members")
		)),
		asked if asked < least => bad(format!(
			"--threshold {asked} is too low: a motion is carried out by two thirds of the council, \
			 {least} of {members}; with fewer votes the chain would close it and let it fail"
		)),
		asked => Ok(asked),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn refusal(threshold: u32, members: u32) -> String {
		checked(Some(threshold), members).unwrap_err().to_string()
	}

	#[test]
	fn a_motion_needs_two_thirds_of_the_council_if_nothing_else_is_said() {
		let needed = |members| checked(None, members).unwrap();
		assert_eq!([1, 2, 3, 4, 5, 6, 7].map(needed), [1, 2, 2, 3, 4, 4, 5]);
	}

	#[test]
	fn any_number_from_two_thirds_to_all_may_be_asked_for() {
		assert_eq!(checked(Some(2), 3).unwrap(), 2);
		assert_eq!(checked(Some(3), 3).unwrap(), 3);
		assert_eq!(checked(Some(1), 1).unwrap(), 1);
	}

	#[test]
	fn a_threshold_that_nobody_can_mean_is_refused() {
		assert_eq!(
			refusal(99, 3),
			"--threshold 99 can never be reached: the council has 3 members"
		);
		for low in [0, 1] {
			assert_eq!(
				refusal(low, 3),
				format!(
					"--threshold {low} is too low: a motion is carried out by two thirds of the \
					 council, 2 of 3; with fewer votes the chain would close it and let it fail"
				)
			);
		}
		assert_eq!(refusal(1, 0), "the council of this chain has no members");
	}
}
