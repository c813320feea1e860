//! Binds lenders' keys to their rows, and goes on where a registration was cut off.

use super::{read::LenderView, At, Chain, Head, Until};
use crate::{
	calls::{register_keys, MAX_REGISTRATIONS},
	document::{Document, DocumentKind},
	identity::CaseKey,
	keys::{Keypair, WrittenKey},
	roll::{KeyRegistration, Problem, Reason},
	Error,
};
use std::collections::{BTreeMap, HashMap};
use winddown_primitives::{CaseId, EvidenceId, IdentityHash, LenderIndex, LenderKey};

/// Which keys are still to be bound.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RegistrationPlan {
	/// Rows without a key, and the key of the file.
	pub missing: Vec<(LenderIndex, LenderKey)>,
	/// Rows that have the key of the file already.
	pub registered: u32,
	/// Which line is which row, in the order of the lines.
	pub rows: Vec<RowOfLine>,
}

/// A line of a registrar's file, and the row of its person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct RowOfLine {
	/// The line, from 1.
	pub line: u64,
	/// The row.
	pub row: LenderIndex,
	/// Whether the key was bound before.
	pub bound_before: bool,
}

impl RegistrationPlan {
	fn place(&mut self, line: u64, row: LenderIndex, bound_before: bool) {
		self.rows.push(RowOfLine { line, row, bound_before });
	}
}

/// What a registration did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
pub struct RegisterReport {
	/// Keys that were bound before.
	pub found: u32,
	/// Keys bound now.
	pub sent: u32,
}

/// The people of a case and their keys.
struct Roll {
	case: CaseId,
	rows: BTreeMap<IdentityHash, LenderIndex>,
	keys: HashMap<LenderIndex, LenderKey>,
}

impl Roll {
	fn plan(
		&self,
		key: &CaseKey,
		registrations: &[KeyRegistration],
	) -> Result<RegistrationPlan, Error> {
		let (mut plan, mut problems) = (RegistrationPlan::default(), Vec::new());
		for registration in registrations {
			let mut note =
				|reason| problems.push(Problem { line: Some(registration.line), reason });
			match self.rows.get(&key.identity(&registration.document)) {
				None => note(self.stranger(key, registration)),
				Some(row) => match self.keys.get(row) {
					None => {
						plan.missing.push((*row, registration.key));
						plan.place(registration.line, *row, false);
					}
					Some(bound) if *bound == registration.key => {
						plan.registered += 1;
						plan.place(registration.line, *row, true);
					}
					Some(_) => note(Reason::OtherKey { row: *row }),
				},
			}
		}
		let strangers = problems.iter().filter(|problem| problem.reason == Reason::NotOnRoll);
		match strangers.count() {
			count if count > 1 && count == registrations.len() => Err(self.nobody(count)),
			_ if problems.is_empty() => Ok(plan),
			_ => Err(Error::BadFile(problems)),
		}
	}

	/// Why a person who is not found has no row.
	fn stranger(&self, key: &CaseKey, registration: &KeyRegistration) -> Reason {
		let others = registration.document.elsewhere();
		let found = others
			.iter()
			.find_map(|other| self.rows.get(&key.identity(other)).map(|row| (*row, other.kind())));
		match found {
			Some((row, kind)) => Reason::OnRollAs { row, kind },
			None => registration.doubt.map_or(Reason::NotOnRoll, Reason::DoubtfulStranger),
		}
	}

	/// A wrong key makes everybody a stranger.
	fn nobody(&self, people: usize) -> Error {
		let case = self.case;
		Error::BadInput(match self.rows.len() {
			0 => format!("the roll of case {case} is empty; its platform imports it first"),
			rows => format!(
				"none of the {people} people of the file is among the {rows} of the roll of case \
				 {case}; is it the file of another case, or was the roll imported with another case key?"
			),
		})
	}
}

/// Where a person stands on a roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FoundPerson {
	/// The row.
	pub row: LenderIndex,
	/// The kind of document that the roll has.
	pub kind: DocumentKind,
}

impl At {
	/// The row of a person, under the document's own kind or else under another one that takes its number.
	pub async fn find_person(
		&self,
		case: CaseId,
		key: &CaseKey,
		document: &Document,
	) -> Result<Option<FoundPerson>, Error> {
		for document in std::iter::once(document).chain(&document.elsewhere()) {
			if let Some(row) = self.row_of(case, key.identity(document)).await? {
				return Ok(Some(FoundPerson { row, kind: document.kind() }));
			}
		}
		Ok(None)
	}

	/// Compares a registrar's file with the chain. Fails with every line that cannot be carried
	/// out: the person has no row, or another key; and once when nobody of the file has a row.
	pub async fn plan_registration(
		&self,
		case: CaseId,
		key: &CaseKey,
		registrations: &[KeyRegistration],
	) -> Result<RegistrationPlan, Error> {
		// Fails where there is no such case.
		self.case(case).await?;
		let roll = Roll {
			case,
			rows: self.rows_by_identity(case).await?,
			keys: self.bound_keys(case).await?,
		};
		roll.plan(key, registrations)
	}

	/// The key bound to every row of a case that has one.
	pub async fn bound_keys(&self, case: CaseId) -> Result<HashMap<LenderIndex, LenderKey>, Error> {
		use winddown_primitives::pages::Cell;
		let pages = self.pages(crate::api::storage().identity_registry().keys(), case).await?;
		// The key's own cell and one byte for its status.
		let width = LenderKey::WIDTH + 1;
		Ok(pages
			.iter()
			.flat_map(|(page, bytes)| {
				(0..).map(move |slot: u32| page * 64 + slot).zip(bytes.chunks_exact(width))
			})
			.filter_map(|(row, cell)| Some((row, LenderKey::read(cell)?)))
			.collect())
	}

	/// Fails unless a lender's key is this one and may sign; the row with its claim.
	pub async fn ensure_key(
		&self,
		case: CaseId,
		lender: LenderIndex,
		key: &LenderKey,
	) -> Result<LenderView, Error> {
		let view = self.lender(case, lender).await?;
		let row = format!("row {lender} of case {case}");
		let other = |what: String| Err(Error::KeyNotOfRow { what, case, lender });
		match (&view.key, view.key_status.as_deref()) {
			(Some(bound), Some("active")) if *bound == WrittenKey(*key).to_string() => Ok(view),
			(None, _) => Err(Error::KeyNotBound { what: format!("{row} has no key yet"), case }),
			(_, Some("revoked")) => other(format!("the key of {row} is revoked")),
			_ => other(format!("this key is not the one of {row}")),
		}
	}
}

impl Chain {
	/// Binds the keys of a file that are not bound yet.
	pub async fn register(
		&self,
		case: CaseId,
		plan: &RegistrationPlan,
		registrar: &Keypair,
		evidence: Option<EvidenceId>,
		until: Until,
		mut progress: impl FnMut(u64),
	) -> Result<RegisterReport, Error> {
		let calls: Vec<_> = plan
			.missing
			.chunks(MAX_REGISTRATIONS)
			.map(|chunk| register_keys(case, chunk, evidence))
			.collect();
		let total = plan.missing.len();
		self.submit_all(&calls, registrar, Until::InBlock, |at, _| {
			progress(((at + 1) * MAX_REGISTRATIONS).min(total) as u64);
		})
		.await?;
		if until == Until::Finalized {
			self.until_final(async |at| {
				let bound = at.bound_keys(case).await?;
				Ok(plan.missing.iter().all(|(row, key)| bound.get(row) == Some(key)))
			})
			.await?;
		}
		Ok(RegisterReport { found: plan.registered, sent: total as u32 })
	}

	/// The case-specific row of the lender whose key this is.
	pub async fn lender_of(&self, case: CaseId, key: &LenderKey) -> Result<LenderIndex, Error> {
		let row = self.at(Head::Best).await?.row_of_key(case, *key).await?;
		row.ok_or_else(|| Error::KeyNotBound {
			what: format!("this key is bound to no row of case {case}"),
			case,
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{document::DocumentError, identity::MasterKey, keys::Scheme};

	const MASTER: MasterKey = MasterKey::from_bytes([7; 32]);

	fn person(line: u64) -> KeyRegistration {
		let number = format!("E1234567{line}");
		KeyRegistration {
			line,
			document: Document::new(DocumentKind::Passport, &number).unwrap(),
			doubt: None,
			key: Keypair::from_seed(Scheme::Sr25519, &[line as u8; 32]).lender_key(),
		}
	}

	/// The roll of case 2 with the people of lines 2 and 3; the first has a key.
	fn roll() -> Roll {
		let key = MASTER.case_key(2);
		let rows = [person(2), person(3)].map(|one| key.identity(&one.document));
		Roll {
			case: 2,
			rows: rows.into_iter().zip(0..).collect(),
			keys: [(0, person(2).key)].into(),
		}
	}

	fn refusal(roll: &Roll, case: CaseId, people: &[KeyRegistration]) -> Error {
		roll.plan(&MASTER.case_key(case), people).unwrap_err()
	}

	#[test]
	fn keys_that_are_bound_are_left_out() {
		let plan = roll().plan(&MASTER.case_key(2), &[person(2), person(3)]).unwrap();
		let rows = vec![
			RowOfLine { line: 2, row: 0, bound_before: true },
			RowOfLine { line: 3, row: 1, bound_before: false },
		];
		let missing = vec![(1, person(3).key)];
		assert_eq!(plan, RegistrationPlan { missing, registered: 1, rows });
	}

	#[test]
	fn each_stranger_is_named_by_the_line_while_others_are_on_the_roll() {
		let Error::BadFile(problems) = refusal(&roll(), 2, &[person(2), person(4)]) else {
			panic!("a bad file")
		};
		assert_eq!(problems, [Problem { line: Some(4), reason: Reason::NotOnRoll }]);
	}

	#[test]
	fn a_person_under_another_kind_of_document_is_told_the_row_and_its_kind() {
		let key = MASTER.case_key(2);
		let old = Document::parse("organisation_code", "70846113-6").unwrap();
		let company = KeyRegistration {
			document: Document::parse("credit_code", "91440300708461136T").unwrap(),
			..person(4)
		};
		let permit = Document::parse("taiwan_permit", "12345678").unwrap();
		let passport = KeyRegistration {
			document: Document::parse("passport", "12345678").unwrap(),
			..person(5)
		};
		let rows = [person(2).document, old, permit].map(|one| key.identity(&one));
		let roll = Roll { rows: rows.into_iter().zip(0..).collect(), ..roll() };
		let Error::BadFile(problems) = refusal(&roll, 2, &[person(2), company, passport]) else {
			panic!("a bad file")
		};
		let as_kind = |row, kind| Reason::OnRollAs { row, kind };
		assert_eq!(
			problems,
			[
				Problem { line: Some(4), reason: as_kind(1, DocumentKind::OrganisationCode) },
				Problem { line: Some(5), reason: as_kind(2, DocumentKind::TaiwanPermit) },
			]
		);
	}

	#[test]
	fn a_number_that_breaks_its_standard_is_registered_when_the_roll_has_it_and_doubted_when_not() {
		let xiamen = Document::read("credit_code", "91350203M0001QKT19").unwrap();
		let company =
			KeyRegistration { document: xiamen.document, doubt: xiamen.doubt, ..person(4) };
		let Error::BadFile(problems) = refusal(&roll(), 2, &[person(2), company.clone()]) else {
			panic!("a bad file")
		};
		let doubt = DocumentError::CodeCheck;
		assert_eq!(problems, [Problem { line: Some(4), reason: Reason::DoubtfulStranger(doubt) }]);
		let key = MASTER.case_key(2);
		let mut with_it = roll();
		with_it.rows.insert(key.identity(&company.document), 2);
		let plan = with_it.plan(&key, &[person(2), company.clone()]).unwrap();
		assert_eq!(plan.missing, [(2, company.key)]);
	}

	#[test]
	fn a_wrong_case_key_is_told_once() {
		assert_eq!(
			refusal(&roll(), 3, &[person(2), person(3)]).to_string(),
			"none of the 2 people of the file is among the 2 of the roll of case 2; is it the file \
			 of another case, or was the roll imported with another case key?"
		);
	}

	#[test]
	fn a_roll_that_is_not_imported_yet_is_told_once() {
		let empty = Roll { rows: BTreeMap::new(), keys: HashMap::new(), ..roll() };
		assert_eq!(
			refusal(&empty, 2, &[person(2), person(3)]).to_string(),
			"the roll of case 2 is empty; its platform imports it first"
		);
	}
}
