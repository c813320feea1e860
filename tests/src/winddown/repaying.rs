//! Two instalments, of which the second is late.

use super::{lenders::amount, planning::promised, Play, CASE, HOUR};
use pallet_repayment_vote::Call as Repayment;
use winddown_primitives::{EvidenceId, EvidenceKind, Fen, LenderIndex, Stage};
use winddown_proof::{
	digest::Algorithm,
	record::{self, PaymentRecord, Record, VERSION},
};
use winddown_runtime::Runtime;

/// Who is paid: all but the excluded claim.
const PAID: [LenderIndex; 15] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15];

impl Play {
	/// The platform pays, once late; a lender acknowledges, another complains; the case is closed.
	pub(super) fn repay(&mut self) {
		let [first, second] = promised();
		self.pay(0, first);
		let acknowledge = self.intent(0, Repayment::<Runtime>::acknowledge { instalment: 0 });
		self.carry(vec![acknowledge], 0);
		self.chain.pass(10 * HOUR);
		let flag = Repayment::<Runtime>::flag_overdue { case_id: CASE, instalment: 1 };
		self.act("Regulator", [flag]);
		let complaint = self.vault.document("complaint of row 1").digest;
		let complain = self.intent(1, Repayment::<Runtime>::complain { instalment: 1, complaint });
		self.carry(vec![complain], 0);
		let list = self.pay(1, second);
		self.attest_last(list);
		let close = pallet_cases::Call::<Runtime>::advance { case_id: CASE, to: Stage::Closed };
		self.act("Association", [close]);
	}

	/// A payment to everybody; the record of its list.
	fn pay(&mut self, instalment: u8, whole: Fen) -> EvidenceId {
		let paid_at = self.chain.now();
		let claims: Fen = PAID.into_iter().map(amount).sum();
		let mut shares: Vec<Fen> =
			PAID.into_iter().map(|lender| whole * amount(lender) / claims).collect();
		shares[0] += whole - shares.iter().sum::<Fen>();
		let payments: Vec<Record> = PAID
			.into_iter()
			.zip(shares)
			.map(|(lender, share)| {
				Record::Payment(PaymentRecord {
					version: VERSION,
					algorithm: Algorithm::default(),
					case: CASE,
					salt: self.vault.salt(),
					lender,
					instalment,
					amount: record::Fen(share),
					proof: self.vault.paper(),
					paid_at,
				})
			})
			.collect();
		let list = self.vault.batch(&payments);
		let evidence = self.deposit("Platform", EvidenceKind::Payment, list);
		let report = Repayment::<Runtime>::report_payment {
			case_id: CASE,
			instalment,
			amount: whole,
			heads: PAID.len() as u32,
			list: list.digest,
		};
		self.act("Platform", [report]);
		evidence
	}
}
