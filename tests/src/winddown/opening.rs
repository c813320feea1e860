//! The council's change of validators, the notice, the roll, the keys.

use super::{
	lenders::{amount, key, row},
	Play, CASE, HOUR, ROWS,
};
use crate::chain::account;
use codec::Encode;
use pallet_identity_registry::Registration;
use sp_runtime::traits::{BlakeTwo256, Hash as _};
use winddown_primitives::{
	roll_digest, Arbiter, AttestationPolicy, CaseKind, CaseTerms, EvidenceKind, Relation,
	EMPTY_ROLL_DIGEST,
};
use winddown_proof::{
	digest::Algorithm,
	record::{Channel, IdentityRecord, Record, ServiceRecord, VERSION},
};
use winddown_runtime::{
	configs::governance::{CouncilInstance, MaxProposalWeight},
	Runtime, RuntimeCall,
};
use winddown_sdk::digest::of_chain;

type Council = pallet_collective::Call<Runtime, CouncilInstance>;

/// The row of a lender who has no key.
const WITHOUT_KEY: u32 = 15;

impl Play {
	/// The council takes a validator off; two sessions later the others go on alone.
	pub(super) fn change_validators(&mut self) {
		let who = account("ArbiterTwo");
		let motion: RuntimeCall =
			pallet_validator_set::Call::<Runtime>::remove_validator { who }.into();
		let length_bound = motion.encoded_size() as u32;
		let proposal_hash = BlakeTwo256::hash_of(&motion);
		let (proposal, threshold, index) = (Box::new(motion), 2, 0);
		self.act("Association", [Council::propose { threshold, proposal, length_bound }]);
		for member in ["Association", "Operator"] {
			self.act(member, [Council::vote { proposal: proposal_hash, index, approve: true }]);
		}
		let proposal_weight_bound = MaxProposalWeight::get();
		let close = Council::close { proposal_hash, index, proposal_weight_bound, length_bound };
		self.act("Operator", [close]);
	}

	/// The platform agrees, the association opens the case, the operator proves the notice's service.
	pub(super) fn open(&mut self) {
		self.open_with(terms());
	}

	/// The same, with other terms.
	pub(super) fn open_with(&mut self, terms: CaseTerms) {
		let notice = self.vault.document("exit notice");
		let (kind, association) = (CaseKind::OnlineLending, Some(account("Association")));
		let consent =
			pallet_cases::Call::<Runtime>::authorise { kind, notice: notice.digest, association };
		self.act("Platform", [consent]);
		let open = pallet_cases::Call::<Runtime>::open {
			platform: account("Platform"),
			kind,
			notice: notice.digest,
			cut_off: self.chain.now(),
			terms,
			policy: policy(),
		};
		self.act("Association", [open]);

		let served_at = Some(self.chain.now());
		let services: Vec<Record> = (0..ROWS)
			.map(|lender| {
				Record::Service(ServiceRecord {
					version: VERSION,
					algorithm: Algorithm::default(),
					case: CASE,
					salt: self.vault.salt(),
					lender,
					notice: of_chain(notice.digest),
					channel: Channel::App,
					served_at,
				})
			})
			.collect();
		let services = self.vault.batch(&services);
		self.deposit("Operator", EvidenceKind::NoticeService, services);
	}

	/// The platform imports the roll in two parts and locks it.
	pub(super) fn import(&mut self) {
		let rows: Vec<_> = (0..ROWS).map(row).collect();
		let imports =
			rows.chunks(rows.len() / 2).enumerate().map(|(part, rows)| pallet_claims::Call::<
				Runtime,
			>::import {
				case_id: CASE,
				first: (part * rows.len()) as u32,
				rows: rows.to_vec().try_into().expect("at most 512 rows"),
			});
		self.act("Platform", imports);
		let digest = rows.iter().fold(EMPTY_ROLL_DIGEST, |digest, row| {
			roll_digest(&digest, &row.identity, row.amount, row.class)
		});
		let amount = (0..ROWS).map(amount).sum();
		self.chain.pass(HOUR);
		let lock =
			pallet_claims::Call::<Runtime>::lock { case_id: CASE, heads: ROWS, amount, digest };
		self.act("Platform", [lock]);
	}

	/// The registrar checks faces and binds keys, all but one.
	pub(super) fn register(&mut self) {
		let checked_at = self.chain.now();
		let checks: Vec<Record> = (0..WITHOUT_KEY)
			.map(|lender| {
				Record::Identity(IdentityRecord {
					version: VERSION,
					algorithm: Algorithm::default(),
					case: CASE,
					salt: self.vault.salt(),
					lender,
					face: true,
					certificate: true,
					session: self.vault.paper(),
					checked_at,
				})
			})
			.collect();
		let checks = self.vault.batch(&checks);
		let evidence = Some(self.deposit("Registrar", EvidenceKind::Identity, checks));
		let registrations: Vec<_> =
			(0..WITHOUT_KEY).map(|lender| Registration { lender, key: key(lender) }).collect();
		let registrations = registrations.try_into().expect("at most 512 rows");
		let register = pallet_identity_registry::Call::<Runtime>::register_batch {
			case_id: CASE,
			registrations,
			evidence,
		};
		self.act("Registrar", [register]);
	}
}

/// The terms of the case, unless a play says otherwise.
pub(super) fn terms() -> CaseTerms {
	CaseTerms { max_revotes: 1, seats: 3, reserves: 1, grace: 10 * HOUR, ..crate::terms::terms() }
}

fn policy() -> AttestationPolicy<winddown_runtime::AccountId> {
	let arbiters = vec![
		Arbiter { account: account("ArbiterOne"), relation: Relation::Independent },
		Arbiter { account: account("ArbiterTwo"), relation: Relation::Related },
	];
	let arbiters = arbiters.try_into().expect("two");
	AttestationPolicy { arbiters, required: 2, independent: 1 }
}
