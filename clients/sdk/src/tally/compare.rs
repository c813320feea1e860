//! Compares a recount with what the chain published.

use super::count::{ClassCount, Recount};
use std::{collections::BTreeMap, fmt};
use winddown_primitives::{ClassId, ItemOutcome, ItemResult, Votes};

/// What the chain says of a poll.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
	/// The eligible roll by class, as it was fixed when the poll opened.
	pub eligible: BTreeMap<ClassId, Votes>,
	/// The running count by class: who voted, every option of every item, abstentions.
	pub tallies: BTreeMap<ClassId, (Votes, Vec<Votes>, Vec<Votes>)>,
	/// Turnout and items of a closed poll.
	pub result: Option<(Votes, Votes, Vec<ItemResult>)>,
}

/// One number or outcome that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
	/// What it is.
	pub what: String,
	/// What the chain published.
	pub published: String,
	/// What the recount found.
	pub recounted: String,
}

impl fmt::Display for Difference {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}: published {}, recounted {}", self.what, self.published, self.recounted)
	}
}

/// Everything in which the two differ; empty when they agree.
pub fn compare(published: &Published, recount: &Recount) -> Vec<Difference> {
	let mut found = Differences::default();
	let mut classes: Vec<ClassId> =
		published.eligible.keys().chain(recount.classes.keys()).copied().collect();
	classes.sort_unstable();
	classes.dedup();
	for class in classes {
		compare_class(&mut found, class, published, recount.classes.get(&class));
	}
	if let Some((eligible, turnout, items)) = &published.result {
		found.votes("eligible roll", *eligible, recount.eligible);
		found.votes("turnout", *turnout, recount.turnout);
		found.numbers("number of items", items.len(), recount.items.len());
		for (at, (published, recounted)) in items.iter().zip(&recount.items).enumerate() {
			let item = at + 1;
			found.lists(&format!("item {item}"), &published.options, &recounted.options);
			found.votes(
				&format!("item {item}, abstained"),
				published.abstained,
				recounted.abstained,
			);
			let ties: Vec<u32> = published.ties.iter().map(|tie| tie.0).collect();
			if ties != recounted.ties {
				let (published, recounted) = (format!("{ties:?}"), format!("{:?}", recounted.ties));
				found.push(&format!("item {item}, ties"), published, recounted);
			}
			found.outcomes(
				&format!("item {item}, outcome"),
				&published.outcome,
				&recounted.outcome,
			);
		}
	}
	found.0
}

fn compare_class(
	found: &mut Differences,
	class: ClassId,
	published: &Published,
	recounted: Option<&ClassCount>,
) {
	let empty = ClassCount::default();
	let recounted = recounted.unwrap_or(&empty);
	let eligible = published.eligible.get(&class).copied().unwrap_or_default();
	found.votes(&format!("class {class}, eligible"), eligible, recounted.eligible);
	let Some((voted, options, abstained)) = published.tallies.get(&class) else {
		found.votes(&format!("class {class}, voted"), Votes::default(), recounted.voted);
		return;
	};
	found.votes(&format!("class {class}, voted"), *voted, recounted.voted);
	found.lists(&format!("class {class}"), options, &recounted.options.concat());
	found.lists(&format!("class {class}, abstained"), abstained, &recounted.abstained);
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
	fn votes(&mut self, what: &str, published: Votes, recounted: Votes) {
		if published != recounted {
			let text = |votes: Votes| format!("{} heads, {} fen", votes.heads, votes.amount);
			self.push(what, text(published), text(recounted));
		}
	}

	fn numbers(&mut self, what: &str, published: usize, recounted: usize) {
		if published != recounted {
			self.push(what, published.to_string(), recounted.to_string());
		}
	}

	fn lists(&mut self, what: &str, published: &[Votes], recounted: &[Votes]) {
		self.numbers(&format!("{what}, number of options"), published.len(), recounted.len());
		for (at, (published, recounted)) in published.iter().zip(recounted).enumerate() {
			self.votes(&format!("{what}, option {}", at + 1), *published, *recounted);
		}
	}

	fn outcomes(&mut self, what: &str, published: &ItemOutcome, recounted: &ItemOutcome) {
		if published != recounted {
			self.push(what, format!("{published:?}"), format!("{recounted:?}"));
		}
	}

	fn push(&mut self, what: &str, published: String, recounted: String) {
		self.0.push(Difference { what: what.into(), published, recounted });
	}
}
