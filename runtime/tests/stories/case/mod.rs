//! What the stories share: a case with nine lenders, and the steps that bring it anywhere.

mod evidence;
mod lender;

pub use evidence::{attest_all, deposit, deposit_call};
pub use lender::{cast, confirm, refusals, submit_batch, Draft, Signer, Wrapping};

use crate::chain::Chain;
use frame_support::assert_ok;
use pallet_claims::{CalledClaim, ImportRow};
use pallet_identity_registry::Registration;
use sp_io::hashing::sha2_256;
use winddown_primitives::{
	roll_digest,
	rules::{Base, Bound, Measure, Part, Preset, Rule, Scope, Test},
	Arbiter, AttestationPolicy, CandidateOrder, CaseId, CaseKind, CaseTerms, ClassId,
	DeemedConfirmation, Digest, Fen, IdentityHash, Item, ItemKind, LenderIndex, Millis, PollId,
	Relation, Stage, TieBreak, EMPTY_ROLL_DIGEST,
};
use winddown_runtime::{
	genesis_config_presets::Institution, AccountId, Cases, Claims, Runtime, RuntimeCall,
	RuntimeEvent,
};

/// What the platform owes each lender, in fen, in the order of the rows: 4,500,000 in all.
pub const CLAIMS: [Fen; 9] =
	[100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000];
/// How long lenders have to confirm, and a committee to review a plan.
pub const LONG_WINDOW: Millis = 120_000;
/// How long ballots and nominations are open, and how late a payment may be before it is a breach.
pub const WINDOW: Millis = 60_000;

/// A case of the platform of the presets.
#[derive(Clone, Copy)]
pub struct Case {
	pub id: CaseId,
}

/// The digest of a document.
pub fn document(text: &str) -> Digest {
	Digest::Sha256(sha2_256(text.as_bytes()))
}

/// Creditors in even rows are of class 0, in odd rows of class 1.
pub fn class(row: LenderIndex) -> ClassId {
	(row % 2) as ClassId
}

/// The terms: two thirds and a double majority, three seats, two reserves, two rounds.
pub fn terms() -> CaseTerms {
	// The election is void unless more than two thirds take part; then the rank decides.
	let turnout = Test {
		part: Part::Voted,
		base: Base::Eligible,
		measure: Measure::Amount,
		bound: Bound::MoreThan,
		numerator: 2,
		denominator: 3,
	};
	CaseTerms {
		resolution: Preset::SzTwoThirdsDoubleHalf.rule(),
		election: Rule { scope: Scope::WholeRoll, tests: vec![turnout].try_into().unwrap() },
		plan: Preset::SzTwoThirdsDoubleHalf.rule(),
		max_rounds: 2,
		max_revotes: 2,
		seats: 3,
		reserves: 2,
		candidate_floor: 150_000,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: LONG_WINDOW,
		voting_window: WINDOW,
		review_window: LONG_WINDOW,
		grace: WINDOW,
	}
}

/// Both arbitration institutions must confirm; the second one is paid by the operator.
pub fn policy() -> AttestationPolicy<AccountId> {
	let arbiters = vec![
		Arbiter { account: Institution::ArbiterOne.account(), relation: Relation::Independent },
		Arbiter { account: Institution::ArbiterTwo.account(), relation: Relation::Related },
	];
	AttestationPolicy { arbiters: arbiters.try_into().unwrap(), required: 2, independent: 1 }
}

/// The association opens a case of the platform with this notice, counted as of now.
pub fn opening(chain: &Chain, notice: Digest) -> pallet_cases::Call<Runtime> {
	pallet_cases::Call::open {
		platform: Institution::Platform.account(),
		kind: CaseKind::OnlineLending,
		notice,
		cut_off: chain.now(),
		terms: terms(),
		policy: policy(),
	}
}

/// The platform's consent to an opening.
pub fn consent(notice: Digest) -> pallet_cases::Call<Runtime> {
	pallet_cases::Call::authorise {
		kind: CaseKind::OnlineLending,
		notice,
		association: Some(Institution::Association.account()),
	}
}

impl Case {
	/// A case that was just opened.
	pub fn open(chain: &mut Chain) -> Self {
		let notice = document("exit notice");
		assert_ok!(chain.submit(Institution::Platform, consent(notice)));
		assert_ok!(chain.submit(Institution::Association, opening(chain, notice)));
		let id = chain.find(|event| match event {
			RuntimeEvent::Cases(pallet_cases::Event::CaseOpened { case, .. }) => Some(case),
			_ => None,
		});
		Self { id }
	}

	/// A case with a locked roll, whose lenders all have keys.
	pub fn locked(chain: &mut Chain) -> Self {
		let case = Self::open(chain);
		assert_ok!(chain.submit(Institution::Platform, case.import(0, &case.rows())));
		assert_ok!(chain.submit(Institution::Platform, case.lock()));
		let rows: Vec<LenderIndex> = (0..9).collect();
		assert_ok!(chain.submit(Institution::Registrar, case.register(&rows)));
		case
	}

	/// A case whose lenders all confirmed, where the association may begin with elections.
	pub fn electing(chain: &mut Chain) -> Self {
		let case = Self::locked(chain);
		let intents = (0..9).map(|row| {
			let amount = CLAIMS[row as usize];
			case.draft(chain, row, confirm(amount)).signed()
		});
		let intents = intents.collect();
		assert_eq!(chain.batch(intents), []);
		let until = case.confirm_until(chain);
		chain.wait_until(until);
		let advance = pallet_cases::Call::advance { case_id: case.id, to: Stage::Electing };
		assert_ok!(chain.submit(Institution::Association, advance));
		case
	}

	/// Opens a poll on one resolution that stays open for ten minutes.
	pub fn poll(&self, chain: &mut Chain) -> PollId {
		let documents = vec![document("resolution")].try_into().unwrap();
		let rule = terms().resolution;
		let item = Item { kind: ItemKind::Resolution, rule, documents };
		let open = pallet_polls::Call::open {
			case_id: self.id,
			items: vec![item].try_into().unwrap(),
			closes_at: chain.now() + 600_000,
		};
		assert_ok!(chain.submit(Institution::Association, open));
		chain.find(|event| match event {
			RuntimeEvent::Polls(pallet_polls::Event::PollOpened { poll, .. }) => Some(poll),
			_ => None,
		})
	}

	/// The rows that the platform imports.
	pub fn rows(&self) -> Vec<ImportRow> {
		let row = |(row, amount): (LenderIndex, &Fen)| ImportRow {
			identity: self.identity(row),
			amount: *amount,
			class: class(row),
		};
		(0..).zip(&CLAIMS).map(row).collect()
	}

	/// The keyed hash of the person in a row. It ascends with the rows.
	pub fn identity(&self, row: LenderIndex) -> IdentityHash {
		let mut hash = sha2_256(format!("person {row} of case {}", self.id).as_bytes());
		hash[0] = row as u8;
		IdentityHash(hash)
	}

	pub fn import(&self, first: LenderIndex, rows: &[ImportRow]) -> RuntimeCall {
		let rows = rows.to_vec().try_into().unwrap();
		pallet_claims::Call::import { case_id: self.id, first, rows }.into()
	}

	/// Locks the roll with what the platform's own books say.
	pub fn lock(&self) -> RuntimeCall {
		let rows = self.rows();
		let digest = rows.iter().fold(EMPTY_ROLL_DIGEST, |before, row| {
			roll_digest(&before, &row.identity, row.amount, row.class)
		});
		let amount = CLAIMS.iter().sum();
		pallet_claims::Call::lock { case_id: self.id, heads: 9, amount, digest }.into()
	}

	/// Binds the lenders' first keys to these rows.
	pub fn register(&self, rows: &[LenderIndex]) -> RuntimeCall {
		let registration =
			|row: &LenderIndex| Registration { lender: *row, key: Signer::of(self.id, *row).key() };
		let registrations = rows.iter().map(registration).collect::<Vec<_>>().try_into().unwrap();
		let evidence = None;
		pallet_identity_registry::Call::register_batch { case_id: self.id, registrations, evidence }
			.into()
	}

	/// The operator heard these lenders confirm what is stated.
	pub fn calls(&self, rows: &[LenderIndex], evidence: u64) -> RuntimeCall {
		let claim = |row: &LenderIndex| CalledClaim { lender: *row, amount: CLAIMS[*row as usize] };
		let claims = rows.iter().map(claim).collect::<Vec<_>>().try_into().unwrap();
		pallet_claims::Call::confirm_by_call { case_id: self.id, claims, evidence }.into()
	}

	pub fn confirm_until(&self, chain: &mut Chain) -> Millis {
		let case = chain.with(|| Cases::case(self.id)).expect("the case is open");
		case.confirm_until.expect("the roll is locked")
	}

	pub fn stage(&self, chain: &mut Chain) -> Stage {
		chain.with(|| Cases::case(self.id)).expect("the case is open").stage
	}

	/// The heads and fen that count in votes.
	pub fn eligible(&self, chain: &mut Chain) -> (u32, Fen) {
		let roll = chain.with(|| Claims::roll(self.id)).expect("the roll is there");
		let votes = roll.eligible.whole().expect("the totals have a sum");
		(votes.heads, votes.amount)
	}
}
