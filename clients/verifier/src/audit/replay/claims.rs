//! The roll: import, lock, confirmations, disputes, rulings, late claims.

use super::{role, Code, Extrinsic, World};
use crate::chain::{call::Call, event::Event, storage::PAGE_ROWS, types::*};
use codec::Encode;
use sp_crypto_hashing::blake2_256;

/// A row of a roll.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
	/// The keyed hash of the person.
	pub identity: [u8; 32],
	/// Fen as imported or admitted.
	pub stated: Fen,
	/// The class.
	pub class: Class,
	/// Where it stands.
	pub state: ClaimState,
	/// Fen that count now.
	pub amount: Fen,
}

/// A roll.
#[derive(Clone, Debug, Default)]
pub struct Roll {
	/// Its rows.
	pub rows: Vec<Claim>,
	/// The running digest of the imported rows.
	pub digest: [u8; 32],
	/// Whether rows go out, until none is left.
	pub clearing: bool,
	/// Whether it is locked, and until when lenders may dispute.
	pub locked: Option<Millis>,
	/// Open polls.
	pub open_polls: u32,
}

impl Roll {
	/// Eligible heads and fen of every class that ever occurred.
	pub fn totals(&self) -> Totals {
		let mut totals = std::collections::BTreeMap::<Class, Votes>::new();
		for claim in &self.rows {
			let total = totals.entry(claim.class).or_default();
			if claim.state.counts() {
				total.heads += 1;
				total.amount += claim.amount;
			}
		}
		totals.into_iter().collect()
	}

	fn row(&mut self, row: Row) -> Option<&mut Claim> {
		self.rows.get_mut(row as usize)
	}
}

impl Claim {
	fn become_(&mut self, state: ClaimState, amount: Fen) {
		self.state = state;
		self.amount = amount;
	}
}

impl World {
	pub(super) fn claims_event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::RowsImported { case, first, count, digest } => {
				self.import(extrinsic, case, (first, count, digest))
			}
			Event::RowsCleared { case, platform, first, count } => {
				self.clear(extrinsic, case, platform, (first, count))
			}
			Event::RollLocked { case, platform, .. } => self.lock(extrinsic, case, platform),
			Event::ClaimConfirmed { case, lender, state, amount } => {
				self.confirm_by_others(extrinsic, case, lender, state, amount)
			}
			Event::ClaimAdjudicated { case, lender, amount, by, evidence } => {
				self.adjudicate(extrinsic, case, lender, amount, by, evidence)
			}
			Event::LateClaimAdmitted { case, lender, by, evidence } => {
				self.admit_late(extrinsic, case, lender, by, evidence)
			}
			_ => {}
		}
	}

	fn import(&mut self, extrinsic: &mut Extrinsic, case: CaseId, told: (Row, u32, [u8; 32])) {
		let wanted = |call: &Call| matches!(call, Call::Import { case: c, first, .. } if (*c, *first) == (case, told.0));
		let placed = extrinsic.take(wanted);
		let Some(platform) = self.cases.get(&case).map(|case| case.platform) else { return };
		self.acted(case, extrinsic, placed.as_ref(), &platform, role::PLATFORM);
		let Some(Call::Import { rows, .. }) = placed.map(|placed| placed.call) else { return };
		let place = self.here(extrinsic);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let roll = &mut known.roll;
		let clearing = roll.clearing;
		let mut disorder = vec![];
		for (identity, amount, class) in &rows {
			let row = roll.rows.len() as Row;
			if roll.rows.last().is_some_and(|last| last.identity >= *identity) {
				disorder.push((Code::RollOrder, row));
			}
			if *amount == 0 {
				disorder.push((Code::RollAmount, row));
			}
			roll.digest = blake2_256(&(roll.digest, identity, *amount, *class).encode());
			roll.rows.push(Claim {
				identity: *identity,
				stated: *amount,
				class: *class,
				state: ClaimState::Imported,
				amount: *amount,
			});
		}
		let followed = (told.0, rows.len() as u32, roll.digest);
		for (code, row) in disorder {
			self.note(
				case,
				code,
				place.clone().at_row(row),
				"an identity above the one before, and an amount",
				"neither or one",
			);
		}
		if clearing {
			let expected = "no row before all are cleared";
			self.note(case, Code::RollClearedWrongly, place.clone(), expected, "rows");
		}
		if followed != told {
			let (found, expected) = (format!("{told:?}"), format!("{followed:?}"));
			self.note(case, Code::EventDiffers, place, expected, found);
		}
	}

	fn clear(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		platform: Account,
		told: (Row, u32),
	) {
		let placed =
			extrinsic.take(|call| matches!(call, Call::Clear { case: c, .. } if *c == case));
		let Some(known) = self.cases.get(&case) else { return };
		let (own, open) =
			(known.platform, known.roll.locked.is_none() && matches!(known.stage, 0 | 8));
		self.acted(case, extrinsic, placed.as_ref(), &own, role::PLATFORM);
		let Some(Call::Clear { rows, pages, .. }) = placed.map(|placed| placed.call) else {
			return;
		};
		let place = self.here(extrinsic);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let roll = &mut known.roll;
		let before = roll.rows.len() as u32;
		let kept = before.div_ceil(PAGE_ROWS).saturating_sub(pages) * PAGE_ROWS;
		roll.rows.truncate(kept as usize);
		roll.digest = [0; 32];
		roll.clearing = kept > 0;
		if !open || rows != before || platform != own {
			let expected = format!("{before} rows of a roll that is not locked");
			self.note(
				case,
				Code::RollClearedWrongly,
				place.clone(),
				expected,
				format!("{rows} rows"),
			);
		}
		let followed = (kept, before.saturating_sub(kept));
		if followed != told {
			let (found, expected) = (format!("{told:?}"), format!("{followed:?}"));
			self.note(case, Code::EventDiffers, place, expected, found);
		}
	}

	fn lock(&mut self, extrinsic: &mut Extrinsic, case: CaseId, platform: Account) {
		let placed =
			extrinsic.take(|call| matches!(call, Call::Lock { case: c, .. } if *c == case));
		self.acted(case, extrinsic, placed.as_ref(), &platform, role::PLATFORM);
		let now = self.now;
		let Some(known) = self.cases.get_mut(&case) else { return };
		known.roll.locked = Some(now.saturating_add(known.terms.confirmation_window));
		let heads = known.roll.rows.len() as u32;
		let amount: Fen = known.roll.rows.iter().map(|claim| claim.stated).sum();
		let own = (case, heads, amount, known.roll.digest);
		known.results.push((EvidenceKind::Roll, Digest::of(&own)));
		if let Some(Call::Lock { heads, amount, digest, .. }) = placed.map(|placed| placed.call) {
			let stated = (case, heads, amount, digest);
			if stated != own {
				let place = self.here(extrinsic);
				let (found, expected) = (told(&stated), told(&own));
				self.note(case, Code::RollStatement, place, expected, found);
			}
		}
	}

	fn confirm_by_others(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		lender: Row,
		state: ClaimState,
		amount: Fen,
	) {
		// One call confirms many: it stays for the next event.
		let found = extrinsic.find(|call| match call {
			Call::ConfirmByCall { case: c, claims, .. } => {
				*c == case && claims.contains(&(lender, amount))
			}
			Call::DeemConfirmed { case: c, lenders, .. } => *c == case && lenders.contains(&lender),
			_ => false,
		});
		let by_call = found.map(|placed| matches!(placed.call, Call::ConfirmByCall { .. }));
		let maker = found.and_then(|placed| extrinsic.maker(placed));
		let signer = extrinsic.signer;
		let place = self.here(extrinsic).at_row(lender);
		match (by_call, state) {
			(Some(true), ClaimState::ConfirmedByCall) | (Some(false), ClaimState::Deemed) => {}
			_ => self.note(
				case,
				Code::EventUnexplained,
				place.clone(),
				"a call that confirms the claim",
				"none",
			),
		}
		let roles = if by_call == Some(true) { role::OPERATOR } else { role::ASSOCIATION };
		if let Some(signer) = signer.filter(|signer| !self.holds(signer, roles)) {
			self.note(
				case,
				Code::RoleMissing,
				place.clone().by(&signer),
				"operator or association",
				"neither",
			);
		}
		if let (Some(false), Some(maker)) = (by_call, maker) {
			self.own_case(case, extrinsic, &maker);
		}
		let Some(known) = self.cases.get_mut(&case) else { return };
		let Some(claim) = known.roll.row(lender) else { return };
		let open = matches!(claim.state, ClaimState::Imported)
			|| (claim.state == ClaimState::Deemed && state == ClaimState::ConfirmedByCall);
		let (before, stated) = (claim.state, claim.stated);
		claim.become_(state, stated);
		if !open || amount != stated {
			let expected = format!("{stated} fen, not yet confirmed");
			self.note(
				case,
				Code::ClaimDiffers,
				place,
				expected,
				format!("{amount} fen, {before:?}"),
			);
		}
	}

	fn adjudicate(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		lender: Row,
		told: Fen,
		by: Account,
		evidence: EvidenceId,
	) {
		let placed = extrinsic.take(
			|call| matches!(call, Call::Adjudicate { case: c, lender: l, .. } if (*c, *l) == (case, lender)),
		);
		self.organised(case, extrinsic, placed.as_ref(), &by);
		self.founded(extrinsic, case, lender, evidence);
		let Some(Call::Adjudicate { ruling, .. }) = placed.map(|placed| placed.call) else {
			return;
		};
		let place = self.here(extrinsic).at_row(lender);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let Some(claim) = known.roll.row(lender) else { return };
		let contested = matches!(
			claim.state,
			ClaimState::Disputed
				| ClaimState::Provisional
				| ClaimState::Adjudicated
				| ClaimState::Excluded
		);
		let before = claim.state;
		let (state, amount) = match ruling {
			Ruling::Uphold => (ClaimState::Adjudicated, claim.stated),
			Ruling::Adjust(amount) => (ClaimState::Adjudicated, amount),
			Ruling::Provisional(amount) => (ClaimState::Provisional, amount),
			Ruling::Exclude => (ClaimState::Excluded, 0),
		};
		claim.become_(state, amount);
		if !contested && ruling != Ruling::Exclude {
			self.note(
				case,
				Code::ClaimDiffers,
				place.clone(),
				"a disputed claim",
				format!("{before:?}"),
			);
		}
		if told != amount {
			self.note(case, Code::EventDiffers, place, amount, told);
		}
	}

	fn admit_late(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		lender: Row,
		by: Account,
		evidence: EvidenceId,
	) {
		let placed =
			extrinsic.take(|call| matches!(call, Call::AdmitLate { case: c, .. } if *c == case));
		self.organised(case, extrinsic, placed.as_ref(), &by);
		self.founded(extrinsic, case, lender, evidence);
		let Some(Call::AdmitLate { identity, amount, class, .. }) =
			placed.map(|placed| placed.call)
		else {
			return;
		};
		let place = self.here(extrinsic).at_row(lender);
		let Some(known) = self.cases.get_mut(&case) else { return };
		let known_before = known.roll.rows.iter().any(|claim| claim.identity == identity);
		let row = known.roll.rows.len() as Row;
		let state = ClaimState::Adjudicated;
		known.roll.rows.push(Claim { identity, stated: amount, class, state, amount });
		if known_before {
			self.note(
				case,
				Code::RollOrder,
				place.clone(),
				"a person without a row",
				"one with a row",
			);
		}
		if row != lender {
			self.note(case, Code::EventDiffers, place, row, lender);
		}
	}

	/// A ruling needs a record of the case, and a roll on which no poll counts.
	fn founded(&mut self, extrinsic: &Extrinsic, case: CaseId, lender: Row, evidence: EvidenceId) {
		let place = self.here(extrinsic).at_row(lender);
		let usable = self.records.get(&evidence).is_some_and(|record| {
			record.case == case
				&& !matches!(record.state, RecordState::Rejected | RecordState::Superseded)
		});
		if !usable {
			let found = format!("record {evidence} is unknown, of another case, or void");
			self.note(case, Code::RulingUnfounded, place.clone(), "a usable record", found);
		}
		if self.cases.get(&case).is_some_and(|case| case.roll.open_polls > 0) {
			self.note(case, Code::RollChangedWhileOpen, place, "no open poll", "an open poll");
		}
	}

	/// A lender's own confirmation; whether it is in order.
	pub(super) fn confirm(&mut self, case: CaseId, lender: Row, amount: Fen) -> Result<(), Code> {
		let known = self.cases.get_mut(&case).ok_or(Code::ClaimDiffers)?;
		let (locked, frozen) = (known.roll.locked.is_some(), known.roll.open_polls > 0);
		let is_final = known.stage >= 6;
		let claim = known.roll.row(lender).ok_or(Code::ClaimDiffers)?;
		let open = match claim.state {
			ClaimState::Imported | ClaimState::Deemed => true,
			ClaimState::Disputed => !frozen,
			_ => false,
		};
		if !locked || is_final || !open || amount != claim.stated {
			return Err(Code::ClaimDiffers);
		}
		claim.become_(ClaimState::ConfirmedByApp, amount);
		Ok(())
	}

	/// A lender's own dispute; whether it is in order.
	pub(super) fn dispute(&mut self, case: CaseId, lender: Row) -> Result<(), Code> {
		let now = self.now;
		let known = self.cases.get_mut(&case).ok_or(Code::ClaimDiffers)?;
		let in_time = known.roll.locked.is_some_and(|until| now < until);
		let movable = known.roll.open_polls == 0 && known.stage < 6;
		let claim = known.roll.row(lender).ok_or(Code::ClaimDiffers)?;
		let open = matches!(
			claim.state,
			ClaimState::Imported
				| ClaimState::ConfirmedByApp
				| ClaimState::ConfirmedByCall
				| ClaimState::Deemed
		);
		if !in_time || !movable || !open {
			return Err(Code::ClaimDiffers);
		}
		let amount = claim.amount;
		claim.become_(ClaimState::Disputed, amount);
		Ok(())
	}
}

fn told((_, heads, amount, digest): &(CaseId, u32, Fen, [u8; 32])) -> String {
	format!("{heads} heads, {amount} fen, digest 0x{}", hex::encode(digest))
}
