use crate::{
	context::Context,
	institutions::Names,
	output::{facts, moment, rows},
};
use anyhow::Result;
use serde_json::json;
use winddown_sdk::{
	chain::{InstitutionView, MotionView},
	AccountId32, CallView,
};
use winddown_terminal::terms;

pub async fn run(context: &Context) -> Result<()> {
	let at = context.state().await?;
	let (institutions, council) = (at.institutions().await?, at.council().await?);
	let mut motions = Vec::new();
	for hash in at.motions().await? {
		motions.extend(at.motion(hash).await?);
	}
	let members: Vec<_> = council.iter().map(ToString::to_string).collect();
	let value = json!({ "institutions": institutions, "council": members, "motions": motions });
	context.output.show(&value, || {
		let names = Names::new(&institutions);
		let mut text = institutions_table(&institutions, &council);
		for motion in &motions {
			text = format!("{text}\n\n{}", facts(motion_facts(motion, &names)));
		}
		text
	})
}

/// What a motion does, in one line.
pub fn what(proposes: Option<&CallView>) -> String {
	match proposes {
		Some(call) => call.to_string(),
		None => "a call that this client cannot read; use the client of the chain's release".into(),
	}
}

fn institutions_table(institutions: &[InstitutionView], council: &[AccountId32]) -> String {
	let lines = institutions.iter().map(|institution| {
		vec![
			institution.name.clone(),
			role_names(institution),
			if institution.suspended { "suspended" } else { "active" }.to_string(),
			if council.contains(&institution.account) { "member" } else { "" }.to_string(),
			institution.account.to_string(),
		]
	});
	rows(&["institution", "roles", "standing", "council", "account"], lines)
}

fn role_names(institution: &InstitutionView) -> String {
	let names =
		institution.roles.iter().map(|role| terms::value(&format!("{role:?}").to_lowercase()));
	names.collect::<Vec<_>>().join(", ")
}

fn motion_facts(motion: &MotionView, names: &Names) -> Vec<(&'static str, String)> {
	let by_name = |accounts: &[String]| names.within(&accounts.join(", "));
	let mut table = vec![
		("motion", motion.hash.clone()),
		("what it does", names.within(&what(motion.proposes.as_ref()))),
	];
	// One argument reads well enough within the call.
	let several = motion.proposes.iter().filter(|call| call.arguments.len() > 1);
	table.extend(
		several
			.flat_map(|call| &call.arguments)
			.map(|argument| ("", format!("{} = {}", argument.name, names.within(&argument.value)))),
	);
	table.extend([
		("for it", format!("{} of {} needed", motion.ayes.len(), motion.threshold)),
		("", by_name(&motion.ayes)),
		("against it", motion.nays.len().to_string()),
		("", by_name(&motion.nays)),
		("ends about", format!("{}, block {}", moment(motion.ends_about), motion.end)),
	]);
	table.retain(|(name, fact)| !(name.is_empty() && fact.is_empty()));
	table
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::{
		calls,
		primitives::{Role, Roles},
	};

	fn bank() -> InstitutionView {
		InstitutionView {
			account: AccountId32([7; 32]),
			name: "Bank".into(),
			roles: vec![Role::Arbiter],
			suspended: false,
		}
	}

	fn motion(proposes: Option<CallView>) -> MotionView {
		MotionView {
			hash: "0x5bab".into(),
			index: 0,
			threshold: 2,
			ayes: vec![bank().account.to_string()],
			nays: vec![],
			end: 201_919,
			ends_about: 1_573_142_400_000,
			proposes,
		}
	}

	#[test]
	fn a_motion_tells_what_it_does_to_whom_and_until_when() {
		let who = Names::new(&[bank()]).shown(&bank().account);
		let call = calls::set_roles(bank().account, Roles::new(&[Role::Platform]));
		assert_eq!(
			motion_facts(&motion(call.view()), &Names::new(&[bank()])),
			[
				("motion", "0x5bab".to_string()),
				("what it does", format!("Consortium.set_roles(who = {who}, roles = platform)")),
				("", format!("who = {who}")),
				("", "roles = platform".into()),
				("for it", "1 of 2 needed".into()),
				("", who),
				("against it", "0".into()),
				("ends about", "2019-11-08 00:00:00 +08:00, block 201919".into()),
			]
		);
	}

	#[test]
	fn a_motion_that_cannot_be_read_says_so() {
		assert_eq!(
			motion_facts(&motion(None), &Names::new(&[]))[1],
			(
				"what it does",
				"a call that this client cannot read; use the client of the chain's release".into()
			)
		);
	}
}
