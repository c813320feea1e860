//! Confirmations by app and by call, disputes and rulings, a key taken back.

use super::{
	lenders::{amount, ADJUSTED, DISPUTING, ROBBED},
	Play, CASE, HOUR,
};
use pallet_claims::{Call as Claims, CalledClaim, Ruling};
use winddown_primitives::{EvidenceKind, Intent, LenderIndex, Stage};
use winddown_proof::{
	digest::Algorithm,
	record::{self, AdjudicationRecord, Answer, CallRecord, ConfirmationRecord, Record, VERSION},
};
use winddown_runtime::Runtime;

/// Who confirms by app; the first without the operator.
const BY_APP: std::ops::Range<LenderIndex> = 0..10;
/// Who confirms in a call.
const BY_CALL: [LenderIndex; 3] = [12, 13, 15];

impl Play {
	/// Lenders confirm; an intent that another lender signed is refused.
	pub(super) fn confirm(&mut self) {
		let confirm = |lender| Claims::<Runtime>::confirm { amount: amount(lender) };
		let alone = self.intent(BY_APP.start, confirm(BY_APP.start));
		self.submit(alone);
		let mut intents: Vec<_> =
			BY_APP.skip(1).map(|lender| self.intent(lender, confirm(lender))).collect();
		let stolen = Intent { lender: 14, ..intents[0].intent.clone() };
		intents.push(super::lenders::sign(self.chain.genesis(), 1, stolen));
		self.carry(intents, 1);
		let confirmed_at = self.chain.now();
		let records: Vec<Record> = BY_APP
			.map(|lender| {
				Record::Confirmation(ConfirmationRecord {
					version: VERSION,
					algorithm: Algorithm::default(),
					case: CASE,
					salt: self.vault.salt(),
					lender,
					amount: record::Fen(amount(lender)),
					confirmed_at,
				})
			})
			.collect();
		let records = self.vault.batch(&records);
		self.deposit("Operator", EvidenceKind::Other, records);
		self.confirm_by_call();
	}

	fn confirm_by_call(&mut self) {
		let called_at = self.chain.now();
		let records: Vec<Record> = BY_CALL
			.into_iter()
			.map(|lender| {
				Record::Call(CallRecord {
					version: VERSION,
					algorithm: Algorithm::default(),
					case: CASE,
					salt: self.vault.salt(),
					lender,
					amount: record::Fen(amount(lender)),
					answer: Answer::Confirmed,
					recording: self.vault.paper(),
					called_at,
				})
			})
			.collect();
		let records = self.vault.batch(&records);
		let evidence = self.deposit("Operator", EvidenceKind::ConfirmationCall, records);
		let claims: Vec<_> = BY_CALL
			.into_iter()
			.map(|lender| CalledClaim { lender, amount: amount(lender) })
			.collect();
		let claims = claims.try_into().expect("at most 256 claims");
		self.act(
			"Operator",
			[Claims::<Runtime>::confirm_by_call { case_id: CASE, claims, evidence }],
		);
	}

	/// Two lenders dispute, the association rules, the case goes on to electing.
	pub(super) fn dispute(&mut self) {
		let intents = DISPUTING
			.into_iter()
			.map(|lender| {
				let letter = self.vault.document(&format!("dispute of row {lender}"));
				self.intent(lender, Claims::<Runtime>::dispute { reason: letter.digest })
			})
			.collect();
		self.carry(intents, 0);
		let ruled_at = self.chain.now();
		let rulings = [
			(record::Ruling::Adjust, Some(record::Fen(ADJUSTED))),
			(record::Ruling::Exclude, None),
		];
		let grounds: Vec<Record> = DISPUTING
			.into_iter()
			.zip(rulings)
			.map(|(lender, (ruling, amount))| {
				Record::Adjudication(AdjudicationRecord {
					version: VERSION,
					algorithm: Algorithm::default(),
					case: CASE,
					salt: self.vault.salt(),
					lender,
					ruling,
					amount,
					grounds: self.vault.paper(),
					ruled_at,
				})
			})
			.collect();
		let grounds = self.vault.batch(&grounds);
		let evidence = self.deposit("Association", EvidenceKind::Adjudication, grounds);
		let rulings = DISPUTING.into_iter().zip([Ruling::Adjust(ADJUSTED), Ruling::Exclude]);
		let rulings = rulings.map(|(lender, ruling)| Claims::<Runtime>::adjudicate {
			case_id: CASE,
			lender,
			ruling,
			evidence,
		});
		self.act("Association", rulings);
		self.chain.pass(HOUR);
		let advance = pallet_cases::Call::<Runtime>::advance { case_id: CASE, to: Stage::Electing };
		self.act("Association", [advance]);
	}

	/// The registrar takes a key back: its telephone was stolen.
	pub(super) fn revoke(&mut self) {
		let report = self.vault.document("report of a stolen telephone");
		let evidence = self.deposit("Registrar", EvidenceKind::Identity, report);
		let revoke = pallet_identity_registry::Call::<Runtime>::revoke {
			case_id: CASE,
			lender: ROBBED,
			evidence,
		};
		self.act("Registrar", [revoke]);
	}
}
