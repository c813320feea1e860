//! Proposes an order of the candidates by the strokes of their names. The association's list counts: this is where to
//! begin with it.

use crate::{
	commands::lender_file::{tell, FileArgs},
	context::Context,
	next,
	output::rows,
	strokes::{Placed, Strokes},
};
use anyhow::Result;
use serde_json::json;
use std::collections::BTreeSet;
use winddown_sdk::{
	chain::{At, Head},
	primitives::{CandidateOrder, CaseId, LenderIndex},
	roll::{read_names, List, Problems},
	Error,
};

pub async fn run(context: &Context, file: &FileArgs, case: CaseId) -> Result<()> {
	let List { entries, notes } = read_names(&file.bytes()?, &file.reading())
		.map_err(|Problems(problems)| Error::BadFile(problems))?;
	tell(context, &notes);
	let at = context.chain().await?.at(Head::Best).await?;
	let names = of_candidates(entries, &standing(&at, case).await?)?;
	let placed = Strokes::read().arrange(names);
	let order: Vec<LenderIndex> = placed.iter().map(|placed| placed.row).collect();
	let facts = json!({ "case": case, "rows": order, "candidates": placed });
	let terms = at.case(case).await?.raw_terms;
	if terms.candidate_order != CandidateOrder::List {
		context.output.warn(&format!("the terms of case {case} take no list of the candidates"));
	}
	context.output.show(&facts, || {
		format!("{}\nnext: {}", table(&placed), next::candidates_arranged(case, &order))
	})
}

async fn standing(at: &At, case: CaseId) -> Result<BTreeSet<LenderIndex>, Error> {
	let election = at.election(case).await?;
	let candidates = election.map(|election| election.candidates).unwrap_or_default();
	match candidates.is_empty() {
		true => Err(Error::BadInput(format!("nobody stands for the committee of case {case} now"))),
		false => Ok(candidates.into_iter().map(|candidate| candidate.lender).collect()),
	}
}

/// The names of those who stand, each of whom needs one. Who stands not, or no longer, is left out.
fn of_candidates(
	mut names: Vec<(LenderIndex, String)>,
	standing: &BTreeSet<LenderIndex>,
) -> Result<Vec<(LenderIndex, String)>, Error> {
	names.retain(|(row, _)| standing.contains(row));
	let named: BTreeSet<_> = names.iter().map(|(row, _)| *row).collect();
	let missing: Vec<_> = standing.difference(&named).map(LenderIndex::to_string).collect();
	match missing.is_empty() {
		true => Ok(names),
		false => Err(Error::BadInput(format!(
			"these rows stand and have no name in the file 文件中缺少候选人: {}",
			missing.join(", ")
		))),
	}
}

fn table(placed: &[Placed]) -> String {
	let lines = placed.iter().zip(1..).map(|(placed, number): (_, usize)| {
		let doubts: Vec<_> = placed.doubts.iter().map(ToString::to_string).collect();
		vec![
			number.to_string(),
			placed.row.to_string(),
			placed.name.clone(),
			placed.strokes(),
			doubts.join("\n"),
		]
	});
	rows(&["candidate", "row", "who", "strokes", "to be looked at"], lines)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn everybody_who_stands_needs_a_name_and_nobody_else_is_listed() {
		let names = vec![(6, "张三".to_string()), (2, "李四".to_string()), (9, "王五".to_string())];
		let found = of_candidates(names.clone(), &[2, 6].into()).unwrap();
		assert_eq!(found, [(6, "张三".to_string()), (2, "李四".to_string())]);
		assert_eq!(
			of_candidates(names, &[2, 6, 7, 8].into()).unwrap_err().to_string(),
			"these rows stand and have no name in the file 文件中缺少候选人: 7, 8"
		);
	}
}
