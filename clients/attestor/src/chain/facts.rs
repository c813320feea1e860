use super::{
	keys, patiently,
	snapshot::{decode, Snapshot},
};
use crate::check::{Claim, Facts, Needs, Payments, Poll, Reported, Roll};
use std::collections::{BTreeMap, BTreeSet};
use winddown_proof::{
	digest::Digest,
	layout::{
		cells::{cell, Ballot},
		polls::{self, Status},
		roll, PAGE_ROWS,
	},
};
use winddown_sdk::Error;

/// An amount in its cell: 16 bytes of fen, one of the class.
const FEN: usize = 16;

/// Asks the chain for what a check needs.
pub async fn facts(snapshot: &Snapshot, case: u32, needs: &Needs) -> Result<Facts, Error> {
	let mut facts = Facts::default();
	if needs.roll {
		let found = patiently(snapshot.at.roll(case)).await?;
		facts.roll = found.map(|roll| Roll { rows: roll.rows, locked: roll.locked });
	}
	let rows = facts.roll.map_or(0, |roll| roll.rows);
	facts.claims = claims(snapshot, case, rows, &needs.claims).await?;
	if let Some(number) = needs.poll {
		facts.poll = poll(snapshot, number, rows).await?;
	}
	if let Some(list) = &needs.payments {
		facts.payments = payments(snapshot, case, list).await?;
	}
	Ok(facts)
}

async fn claims(
	snapshot: &Snapshot,
	case: u32,
	rows: u32,
	wanted: &BTreeSet<u32>,
) -> Result<BTreeMap<u32, Claim>, Error> {
	let wanted: Vec<u32> = wanted.iter().copied().filter(|row| *row < rows).collect();
	let numbers: BTreeSet<u32> = wanted.iter().map(|row| row / PAGE_ROWS).collect();
	let keys: Vec<_> = numbers.iter().map(|page| roll::entries(case, page * PAGE_ROWS)).collect();
	let pages = pages(numbers, snapshot.values(&keys).await?)?;
	let keys: Vec<_> = wanted.iter().map(|row| roll::adjusted(case, *row)).collect();
	let rulings = snapshot.values(&keys).await?;
	let mut claims = BTreeMap::new();
	for (row, ruled) in wanted.into_iter().zip(rulings) {
		let page = pages.get(&(row / PAGE_ROWS)).map(Vec::as_slice).unwrap_or_default();
		let Some(found) = cell(page, row, roll::ENTRY_WIDTH) else { continue };
		let stated = decode(&found[..FEN])?;
		let ruled = ruled.map(|bytes| decode(&bytes)).transpose()?;
		claims.insert(row, Claim { stated, ruled });
	}
	Ok(claims)
}

async fn poll(snapshot: &Snapshot, number: u32, rows: u32) -> Result<Option<Poll>, Error> {
	let found: Option<polls::Poll> = snapshot.get(polls::poll(number)).await?;
	let Some(found) = found else { return Ok(None) };
	let closed = found.status != Status::Open;
	let mut poll = Poll {
		poll: number,
		case: found.case,
		closed,
		turnout: patiently(snapshot.at.poll(number)).await?.turnout.heads,
		ballots: BTreeMap::new(),
	};
	// The ballots of an open poll are not compared.
	if closed {
		poll.ballots = ballots(snapshot, number, rows, found.items.len()).await?;
	}
	Ok(Some(poll))
}

async fn ballots(
	snapshot: &Snapshot,
	poll: u32,
	rows: u32,
	items: usize,
) -> Result<BTreeMap<u32, Ballot>, Error> {
	let numbers = 0..rows.div_ceil(PAGE_ROWS);
	let keys: Vec<_> = numbers.clone().map(|page| polls::ballots(poll, page * PAGE_ROWS)).collect();
	let mut ballots = BTreeMap::new();
	for (page, bytes) in pages(numbers, snapshot.values(&keys).await?)? {
		let width = Ballot::width(items);
		for row in page * PAGE_ROWS..(page + 1) * PAGE_ROWS {
			let Some(found) = cell(&bytes, row, width) else { break };
			let ballot = Ballot::read(found).map_err(|_| {
				Error::Incompatible(format!(
					"the ballot of row {row} of poll {poll} does not decode"
				))
			})?;
			ballots.extend(ballot.map(|ballot| (row, ballot)));
		}
	}
	Ok(ballots)
}

async fn payments(
	snapshot: &Snapshot,
	case: u32,
	list: &Digest,
) -> Result<Option<Payments>, Error> {
	let Some(repayment) = patiently(snapshot.at.repayment(case)).await? else { return Ok(None) };
	let reported: Option<(u8, u128, u32, u64)> = snapshot.get(keys::payment(case, list)).await?;
	Ok(Some(Payments {
		instalments: repayment.instalments.len() as u8,
		reported: reported.map(|(instalment, amount, heads, _)| Reported {
			instalment,
			amount,
			heads,
		}),
	}))
}

/// Pages by their number, without those that are not stored.
fn pages(
	numbers: impl IntoIterator<Item = u32>,
	values: Vec<Option<Vec<u8>>>,
) -> Result<BTreeMap<u32, Vec<u8>>, Error> {
	let stored = numbers.into_iter().zip(values).filter_map(|(page, value)| Some((page, value?)));
	stored.map(|(page, value)| Ok((page, decode(&value)?))).collect()
}
