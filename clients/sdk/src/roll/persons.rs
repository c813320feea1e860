//! One person on several lines.

use super::{cut_number::Numbers, Doubt, Lender, Problem, Reason, Remark, Repeated};
use std::collections::{HashMap, HashSet};
use winddown_primitives::Fen;

/// A line that was added to others of the same lender. Holds personal data: never send or log it.
#[derive(Clone, PartialEq, Eq)]
pub struct AddedLine {
	/// The line that the lender stands on in the roll: the first one.
	pub lender: u64,
	/// The line.
	pub line: u64,
	/// Whose it is.
	pub name: String,
	/// What the line alone says is still owed, in fen.
	pub outstanding: Fen,
}

/// Keeps personal data out of logs.
impl core::fmt::Debug for AddedLine {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("AddedLine").field("line", &self.line).finish_non_exhaustive()
	}
}

/// What became of the lines of persons who have several.
#[derive(Default)]
pub(super) struct Persons {
	pub lenders: Vec<Lender>,
	/// Every line of those who have several, by lender and line.
	pub added: Vec<AddedLine>,
	pub problems: Vec<Problem>,
	pub doubt: Option<Doubt>,
}

impl Persons {
	/// How many lines of how many lenders were added up.
	pub fn remark(&self) -> Option<Remark> {
		let lenders: HashSet<u64> = self.added.iter().map(|line| line.lender).collect();
		let lines = self.added.len();
		(lines > 0).then_some(Remark::AddedUp { lenders: lenders.len(), lines })
	}
}

/// Finds the persons who stand on several lines, and adds their lines up where that was asked for. Lines that were
/// `continued` belong to a merged cell.
pub(super) fn persons(
	lenders: Vec<Lender>,
	repeated: Repeated,
	continued: &HashMap<u64, u64>,
) -> Persons {
	let groups = several(&lenders);
	let cut = cut(&lenders, &groups);
	let mut problems = Vec::new();
	let (mut copies, mut first_copy) = (0, None);
	for lines in &groups {
		let first = &lenders[lines[0]];
		for pair in lines.windows(2) {
			let (before, lender) = (&lenders[pair[0]], &lenders[pair[1]]);
			let is_copy = before.line + 1 == lender.line && is_copy(before, lender);
			let reason = match () {
				() if cut.contains(&lender.line) => Some(Reason::CutNumber),
				() if lender.name != first.name => Some(Reason::OtherName { first: first.line }),
				() if lender.class != first.class => Some(Reason::OtherClass { first: first.line }),
				() if repeated == Repeated::AddUp => None,
				() if is_copy => Some(Reason::RepeatedLine { first: before.line }),
				() => Some(match continued.get(&lender.line) {
					Some(begin) => Reason::MergedPerson { first: *begin },
					None => Reason::DuplicatePerson { first: first.line },
				}),
			};
			if is_copy {
				copies += 1;
				first_copy = first_copy.or(Some(lender.line));
			}
			problems.extend(reason.map(|reason| Problem { line: Some(lender.line), reason }));
		}
		if cut.contains(&first.line) {
			problems.push(Problem { line: Some(first.line), reason: Reason::CutNumber });
		}
	}
	if repeated == Repeated::Refuse || !problems.is_empty() {
		return Persons { lenders, problems, ..Persons::default() };
	}
	let doubt = first_copy.map(|first| Doubt::Copies { lines: copies, first });
	let added = added(&lenders, &groups);
	match add_up(lenders, &groups) {
		Ok(lenders) => Persons { lenders, added, problems, doubt },
		Err(problem) => Persons { problems: vec![problem], ..Persons::default() },
	}
}

/// For each person on several lines the places of the lines, in the order of the first ones.
fn several(lenders: &[Lender]) -> Vec<Vec<usize>> {
	let mut places = HashMap::with_capacity(lenders.len());
	let mut groups: Vec<Vec<usize>> = Vec::new();
	let mut group_of = HashMap::new();
	for (at, lender) in lenders.iter().enumerate() {
		let first = *places.entry(&lender.document).or_insert(at);
		if first == at {
			continue;
		}
		let group = *group_of.entry(first).or_insert_with(|| {
			groups.push(vec![first]);
			groups.len() - 1
		});
		groups[group].push(at);
	}
	groups.sort_unstable();
	groups
}

/// The lines of persons with a number that a spreadsheet cut: several persons fall on one such number. They are
/// judged by themselves; among all lines chance might explain them.
fn cut(lenders: &[Lender], groups: &[Vec<usize>]) -> HashSet<u64> {
	let mut numbers = Numbers::default();
	for lines in groups {
		let first = &lenders[lines[0]];
		numbers.add(first.line, first.document.number());
	}
	let cut: HashSet<u64> = numbers.cut().into_iter().collect();
	groups
		.iter()
		.filter(|lines| cut.contains(&lenders[lines[0]].line))
		.flatten()
		.map(|at| lenders[*at].line)
		.collect()
}

fn is_copy(before: &Lender, lender: &Lender) -> bool {
	let amounts = |lender: &Lender| [lender.recharge, lender.withdrawal, lender.outstanding];
	amounts(before) == amounts(lender)
}

fn added(lenders: &[Lender], groups: &[Vec<usize>]) -> Vec<AddedLine> {
	let line = |first: &Lender, lender: &Lender| AddedLine {
		lender: first.line,
		line: lender.line,
		name: lender.name.clone(),
		outstanding: lender.outstanding,
	};
	groups
		.iter()
		.flat_map(|lines| lines.iter().map(|at| line(&lenders[lines[0]], &lenders[*at])))
		.collect()
}

fn add_up(mut lenders: Vec<Lender>, groups: &[Vec<usize>]) -> Result<Vec<Lender>, Problem> {
	let mut gone = HashSet::new();
	for lines in groups {
		for at in &lines[1..] {
			let Lender { line, recharge, withdrawal, outstanding, .. } = lenders[*at];
			let first = &mut lenders[lines[0]];
			let sums = [
				(&mut first.recharge, recharge),
				(&mut first.withdrawal, withdrawal),
				(&mut first.outstanding, outstanding),
			];
			for (sum, more) in sums {
				*sum = sum
					.checked_add(more)
					.ok_or(Problem { line: Some(line), reason: Reason::SumOverflows })?;
			}
			gone.insert(line);
		}
	}
	lenders.retain(|lender| !gone.contains(&lender.line));
	Ok(lenders)
}
