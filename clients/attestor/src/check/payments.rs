//! A payment list against the adopted plan and what the platform reported.

use super::{facts::Payments, Batch, Finding, Hold, Reason};
use std::collections::BTreeSet;
use winddown_proof::record::{PaymentRecord, Record};

/// Fails unless the list is one instalment of the plan, pays each lender once, and has the sum and
/// the number of lenders that the platform reported.
pub fn compare(batch: &Batch, payments: Option<&Payments>) -> Result<(), Finding> {
	let records: Vec<&PaymentRecord> = batch
		.lines
		.iter()
		.filter_map(|line| match &line.record {
			Record::Payment(record) => Some(record),
			_ => None,
		})
		.collect();
	each_once(&records)?;
	let Payments { instalments, reported } = payments.ok_or(Hold::NotReported)?;
	let beyond = records.iter().find(|record| record.instalment >= *instalments);
	if let Some(record) = beyond {
		return Err(Reason::WrongInstalment { instalment: record.instalment }.into());
	}
	let reported = reported.ok_or(Hold::NotReported)?;
	let another = records.iter().find(|record| record.instalment != reported.instalment);
	if let Some(record) = another {
		return Err(Reason::WrongInstalment { instalment: record.instalment }.into());
	}
	let found = records.iter().fold(0u128, |sum, record| sum.saturating_add(record.amount.0));
	if found != reported.amount {
		return Err(Reason::WrongSum { reported: reported.amount, found }.into());
	}
	match records.len() as u32 {
		found if found == reported.heads => Ok(()),
		found => Err(Reason::WrongHeads { reported: reported.heads, found }.into()),
	}
}

fn each_once(records: &[&PaymentRecord]) -> Result<(), Reason> {
	let mut seen = BTreeSet::new();
	match records.iter().find(|record| !seen.insert(record.lender)) {
		None => Ok(()),
		Some(record) => Err(Reason::PaidTwice { lender: record.lender }),
	}
}
