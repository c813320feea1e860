//! An order of names by strokes, 姓氏笔画为序, as candidates stand on ballots in China.
//!
//! Names are compared character by character: by the number of strokes, and where that is equal by the strokes as
//! they are written, 横 before 竖, 撇, 点 and 折 (GF 3003-1999). The numbers are Unicode's, the orders of strokes a
//! dictionary's (NOTICE.md beside this file); a locale's collation is wrong for 陈, 黄, 郭, 郑, 邓 and others. What
//! these tables do not settle is told, and left to a person.

mod doubt;

pub use doubt::Doubt;

use serde::Serialize;
use std::{cmp::Ordering, collections::HashMap};
use winddown_sdk::primitives::LenderIndex;

/// Each line: a number of strokes, and the characters that have it.
const COUNTS: &str = include_str!("counts.txt");
/// Each line: strokes from 1 for 横 to 5 for 折 as they are written, and the characters written so.
const ORDERS: &str = include_str!("orders.txt");
/// The kinds of strokes, in their order.
const KINDS: [&str; 5] = ["横", "竖", "撇", "点", "折"];

/// How characters are written.
pub struct Strokes {
	counts: HashMap<char, u8>,
	orders: HashMap<char, &'static str>,
}

/// A name at its place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Placed {
	/// The row on the roll.
	pub row: LenderIndex,
	/// The name.
	pub name: String,
	/// Strokes of its first character; none where they are not known.
	pub count: Option<u8>,
	/// The kind of its first stroke.
	pub first_stroke: Option<&'static str>,
	/// What a person should look at.
	pub doubts: Vec<Doubt>,
}

impl Placed {
	/// Strokes and the kind of the first one: `7 折`.
	pub fn strokes(&self) -> String {
		let count = self.count.map_or("?".into(), |count| count.to_string());
		[Some(count.as_str()), self.first_stroke]
			.into_iter()
			.flatten()
			.collect::<Vec<_>>()
			.join(" ")
	}
}

/// A character and how it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Sign {
	character: char,
	count: Option<u8>,
	order: Option<&'static str>,
}

impl Sign {
	/// What is not known comes last among its equals.
	fn key(&self) -> (u8, bool, &'static str, char) {
		let order = self.order.unwrap_or_default();
		(self.count.unwrap_or(u8::MAX), self.order.is_none(), order, self.character)
	}
}

/// A name with its characters.
struct Name {
	row: LenderIndex,
	name: String,
	signs: Vec<Sign>,
}

impl Strokes {
	/// Reads the tables.
	pub fn read() -> Self {
		let lines = |table: &'static str| table.lines().filter_map(|line| line.split_once(' '));
		let counts = lines(COUNTS).flat_map(|(count, characters)| {
			let count = count.parse().unwrap_or_default();
			characters.chars().map(move |character| (character, count))
		});
		let orders = lines(ORDERS)
			.flat_map(|(order, characters)| characters.chars().map(move |one| (one, order)));
		Self { counts: counts.collect(), orders: orders.collect() }
	}

	/// Names in the order of their strokes.
	pub fn arrange(&self, names: Vec<(LenderIndex, String)>) -> Vec<Placed> {
		let signs = |name: &str| -> Vec<Sign> {
			name.chars().filter(|c| c.is_alphanumeric()).map(|c| self.sign(c)).collect()
		};
		let mut names: Vec<_> =
			names.into_iter().map(|(row, name)| Name { row, signs: signs(&name), name }).collect();
		names.sort_by(|a, b| compare(a, b).0.then(a.row.cmp(&b.row)));
		let doubts: Vec<_> = (0..names.len()).map(|at| doubts(&names, at)).collect();
		names
			.into_iter()
			.zip(doubts)
			.map(|(Name { row, name, signs }, doubts)| {
				let first = signs.first();
				let stroke = first.and_then(|sign| sign.order?.chars().next()?.to_digit(10));
				Placed {
					row,
					name,
					count: first.and_then(|sign| sign.count),
					first_stroke: stroke.and_then(|kind| KINDS.get(kind as usize - 1).copied()),
					doubts,
				}
			})
			.collect()
	}

	fn sign(&self, character: char) -> Sign {
		let count = self.counts.get(&character).copied();
		Sign { character, count, order: self.orders.get(&character).copied() }
	}
}

/// Compares two names, and tells what the tables leave open about it.
fn compare(a: &Name, b: &Name) -> (Ordering, Option<Doubt>) {
	let differing = a.signs.iter().zip(&b.signs).position(|(x, y)| x.character != y.character);
	let Some(at) = differing else {
		let order = a.signs.len().cmp(&b.signs.len());
		return (order, order.is_eq().then_some(Doubt::SameName { row: a.row }));
	};
	let (x, y) = (a.signs[at], b.signs[at]);
	let order = x.key().cmp(&y.key());
	let by_length = a.signs.len().cmp(&b.signs.len());
	let doubt = match (x.order, y.order) {
		_ if x.count.is_none() || y.count.is_none() => None,
		_ if at > 0 && by_length.is_ne() && by_length != order => {
			Some(Doubt::ShorterFirst { row: a.row })
		}
		_ if x.count != y.count => None,
		(None, _) => Some(Doubt::OrderUnknown { character: x.character }),
		(_, None) => Some(Doubt::OrderUnknown { character: y.character }),
		(x, y) if x == y => Some(Doubt::Alike { row: a.row }),
		_ => None,
	};
	(order, doubt)
}

/// What should be looked at about the name at a place: by itself, and against each name above it.
fn doubts(names: &[Name], at: usize) -> Vec<Doubt> {
	let name = &names[at];
	let unknown = name.signs.first().filter(|sign| sign.count.is_none());
	let mut doubts: Vec<_> = unknown.map(|_| Doubt::CountUnknown).into_iter().collect();
	let above = names[..at].iter().filter_map(|above| compare(above, name).1);
	for doubt in above {
		if !doubts.contains(&doubt) {
			doubts.push(doubt);
		}
	}
	doubts
}

#[cfg(test)]
mod tests;
