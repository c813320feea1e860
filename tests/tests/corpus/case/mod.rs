//! The good case and what a copy of it may change.

mod blocks;
mod good;
mod recount;
mod state;

pub use blocks::Spot;
pub use recount::converted;

use codec::Encode;
use pallet_evidence::Event as EvidenceEvent;
use serde_json::Value;
use std::fmt::Debug;
use winddown_runtime::RuntimeEvent;
use winddown_sdk::digest::Written;
use winddown_tests::{
	chain::{in_office, justify},
	winddown::Played,
};
use winddown_verifier::{
	archive::Parts,
	audit::{
		audit,
		finding::{Code, Place},
		Options,
	},
	export::Source,
	report::Report,
};

/// A copy of the case.
pub struct Case {
	/// The chain.
	pub parts: Parts,
	/// The lines of the operator's export.
	pub export: Vec<Value>,
	/// The first block that was changed and must be sealed again.
	changed: Option<u32>,
}

impl Case {
	/// A copy in which nothing is changed yet.
	pub fn good() -> Self {
		Self::of(good::good())
	}

	/// A case as it was played.
	pub fn of(Played { parts, export }: Played) -> Self {
		Self { parts, export, changed: None }
	}

	/// The record that was deposited first over a digest, as the export writes it.
	pub fn record_over(&self, digest: &str) -> u64 {
		let digest = digest.parse::<Written>().expect("a digest").0;
		let over = |event: &RuntimeEvent| match event {
			RuntimeEvent::Evidence(EvidenceEvent::Deposited { id, content, .. }) => {
				(content.digest == digest).then_some(*id)
			}
			_ => None,
		};
		let spot = self.find(|event| over(event).is_some());
		over(&self.events(spot.block)[spot.event].event).expect("found as such")
	}

	/// The number of the last block.
	pub const fn target(&self) -> u32 {
		self.parts.head.target
	}

	/// A block was changed: from there on the chain is made consistent again.
	fn change(&mut self, block: u32) {
		self.changed = Some(self.changed.map_or(block, |first| first.min(block)));
	}

	/// Makes hashes, roots and justifications fit what was changed, as validators who collude could.
	pub fn seal(&mut self) {
		let Some(from) = self.changed.take() else { return };
		let offices: Vec<_> =
			(0..=self.target()).map(|number| in_office(&self.parts, number)).collect();
		let sign = |number: u32, block| justify(&offices[number as usize], number, block).encode();
		self.parts.relink(from, sign).expect("an archive");
	}

	/// What an audit says of the copy as it stands.
	pub fn audit(&self) -> Report {
		self.audit_as(good::good().parts.head.genesis)
	}

	/// What an audit says that expects the chain with this genesis hash.
	pub fn audit_as(&self, genesis: [u8; 32]) -> Report {
		let folder = tempfile::tempdir().expect("a folder");
		let archive = folder.path().join("case.wda");
		self.parts.write(&archive).expect("written");
		let export = folder.path().join("export.jsonl");
		std::fs::write(&export, good::lines(&self.export)).expect("written");
		let options = Options { case: 0, genesis: Some(genesis), progress: None };
		audit(&archive, Some(&Source::Jsonl(export)), &options).expect("an audit")
	}

	/// Asserts that an audit of the sealed copy finds just this.
	pub fn finds(self, code: Code, place: Place) {
		self.finds_all(&[(code, place)]);
	}

	/// Asserts that an audit of the sealed copy finds just these things, in any order.
	pub fn finds_all(mut self, expected: &[(Code, Place)]) {
		self.seal();
		let report = self.audit();
		let found = report.findings.iter().map(|finding| (finding.code, finding.place.clone()));
		assert_eq!(sorted(found), sorted(expected.iter().cloned()), "{}", report.text());
	}

	/// Asserts that an audit of the sealed copy finds this once, and of the things that follow from
	/// it only those `consequences`.
	pub fn finds_with(mut self, code: Code, place: Place, consequences: &[Code]) {
		self.seal();
		let report = self.audit();
		let (meant, others): (Vec<_>, Vec<_>) =
			report.findings.iter().partition(|finding| finding.code == code);
		let meant: Vec<_> = meant.into_iter().map(|finding| finding.place.clone()).collect();
		assert_eq!(meant, [place], "{}", report.text());
		let mut others: Vec<Code> = others.into_iter().map(|finding| finding.code).collect();
		others.sort();
		others.dedup();
		assert_eq!(others, consequences, "{}", report.text());
	}
}

fn sorted(items: impl Iterator<Item = impl Debug>) -> Vec<String> {
	let mut items: Vec<String> = items.map(|item| format!("{item:?}")).collect();
	items.sort();
	items
}

#[test]
fn the_good_case_is_clean() {
	let report = Case::good().audit();
	assert!(report.is_clean(), "{}", report.text());
	let figures = &report.figures;
	assert_eq!((figures.ballots, figures.rows, figures.attestations), (28, 16, 50));
	let outcomes: Vec<&str> = report
		.polls
		.iter()
		.flat_map(|poll| &poll.items)
		.map(|item| item.outcome.as_str())
		.collect();
	let committee = "candidates 4, 1, 2 elected, 3 in reserve";
	assert_eq!(outcomes, ["passed", committee, "passed", "failed", "passed"]);
	assert_eq!(report.chain.validator_changes, 1);
}

#[test]
fn sealing_a_copy_again_makes_it_no_worse() {
	let mut case = Case::good();
	case.change(1);
	case.finds_all(&[]);
}
