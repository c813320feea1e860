//! The case as it must have gone: every call of the chain carried out once more, by the audit's own
//! rules.
//!
//! What lenders ask for is judged here in full. What institutions do is followed by the events that
//! tell that it happened; each must have its call, by an institution with the role for it, and its
//! effect is worked out from the call's own arguments.

mod candidates;
mod claims;
mod evidence;
mod intents;
mod keys;
mod plans;
mod polls;

use super::finding::{Code, Findings, Place};
use crate::chain::{
	call::{Call, Placed},
	event::Event,
	types::*,
};
pub use claims::{Claim, Roll};
pub use evidence::Record;
pub use plans::{Paid, Plan, PlanState};
pub use polls::{Cast, Cell, Closed, Poll};
use std::collections::{BTreeMap, HashMap};

/// The roles of institutions, one bit each.
pub mod role {
	/// Opens cases and polls, rules on claims.
	pub const ASSOCIATION: u16 = 2;
	/// Carries intents.
	pub const OPERATOR: u16 = 4;
	/// Binds keys.
	pub const REGISTRAR: u16 = 8;
	/// Attests.
	pub const ARBITER: u16 = 16;
	/// Imports the roll, proposes plans, pays.
	pub const PLATFORM: u16 = 32;
}

/// The bits of the roles that stand in a list, each by its number; unknown ones count for nothing.
pub fn role_bits(list: &[u8]) -> u16 {
	list.iter()
		.filter_map(|role| 1u16.checked_shl((*role).into()))
		.fold(0, |bits, role| bits | role)
}

/// Blocks from the one that asks for a lot to the one whose hash is drawn.
const LOT_DELAY: u32 = 10;

/// An institution: its roles, and whether it is in good standing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Institution {
	/// Bits of [`role`].
	pub roles: u16,
	/// Not suspended.
	pub active: bool,
}

/// A case.
#[derive(Debug)]
pub struct Case {
	/// Whose case it is.
	pub platform: Account,
	/// The association that opened it.
	pub association: Account,
	/// Its terms.
	pub terms: Terms,
	/// Where it stands, by number.
	pub stage: u8,
	/// Its roll.
	pub roll: Roll,
	/// The keys of its rows: key, and whether it is active.
	pub keys: HashMap<Row, (Key, bool)>,
	/// Whose each key is or was.
	pub owners: HashMap<Key, Row>,
	/// The last sequence of each row.
	pub sequences: HashMap<Row, u64>,
	/// Those who stand, in the order of their first nomination.
	pub slate: Vec<Candidate>,
	/// How many lenders stood for the first time before each who ever did.
	pub places: HashMap<Row, u32>,
	/// The order in which the association listed the candidates.
	pub listing: Option<Vec<Row>>,
	/// The block whose hash orders them.
	pub draw: Option<u32>,
	/// The committee as elected.
	pub committee: Option<Committee>,
	/// Whether a resignation or a recall changed it since.
	pub committee_changed: bool,
	/// Mandate and candidates of each first ballot.
	pub first_ballots: BTreeMap<PollId, (Mandate, Vec<Candidate>)>,
	/// Plans in order.
	pub plans: Vec<Plan>,
	/// The adopted plan.
	pub adopted: Option<u32>,
	/// What was paid for each instalment.
	pub paid: BTreeMap<u8, Paid>,
	/// Policies by version.
	pub policies: BTreeMap<u16, Policy>,
	/// Results of the chain that must be evidence.
	pub results: Vec<(EvidenceKind, Digest)>,
}

/// Everything as it must have gone up to a block.
pub struct World {
	/// The case under audit; findings in others are dropped.
	pub scope: CaseId,
	/// The hash of block 0.
	pub genesis: [u8; 32],
	/// The longest validity of an intent.
	pub max_validity: Millis,
	/// The block.
	pub block: u32,
	/// Its time.
	pub now: Millis,
	/// Institutions now.
	pub institutions: HashMap<Account, Institution>,
	/// Cases.
	pub cases: BTreeMap<CaseId, Case>,
	/// Polls.
	pub polls: BTreeMap<PollId, Poll>,
	/// Evidence records of all cases.
	pub records: BTreeMap<EvidenceId, Record>,
	/// Every ballot that counted for a time, in order.
	pub casts: Vec<Cast>,
	/// Blocks from whose hashes lots are drawn, and the hashes that are known.
	pub lots: BTreeMap<u32, Option<[u8; 32]>>,
	/// Hashes of blocks that the chain keeps.
	pub hashes_kept: u32,
	/// Digests of documents that the case refers to.
	pub documents: HashMap<Digest, &'static str>,
	/// Intents judged.
	pub intents: u64,
	/// What was found.
	pub findings: Findings,
}

/// An extrinsic while its events are followed.
struct Extrinsic<'a> {
	index: Option<u32>,
	signer: Option<Account>,
	calls: Vec<Option<Placed<'a>>>,
	/// Events of intents since the last batch ended.
	pending: Vec<Event>,
	/// Ties that were told: poll, item, options, lot.
	ties: Vec<(PollId, u8, u32, Option<Lot>)>,
	/// It did nothing.
	failed: bool,
}

impl<'a> Extrinsic<'a> {
	/// Takes the first call that `wanted` agrees to.
	fn take(&mut self, wanted: impl Fn(&Call<'a>) -> bool) -> Option<Placed<'a>> {
		let found = self
			.calls
			.iter_mut()
			.find(|call| call.as_ref().is_some_and(|placed| wanted(&placed.call)));
		found.and_then(Option::take)
	}

	/// Who makes a call; `None` where the calls around it may act for somebody else than the signer.
	fn maker(&self, placed: &Placed) -> Option<Account> {
		let plain = |(pallet, name): &(String, String)| {
			let batch = matches!(name.as_str(), "batch" | "batch_all" | "force_batch");
			pallet == "Utility" && batch
		};
		self.signer.filter(|_| placed.wrappers.iter().all(plain))
	}

	/// The first call that `wanted` agrees to.
	fn find(&self, wanted: impl Fn(&Call<'a>) -> bool) -> Option<&Placed<'a>> {
		self.calls.iter().flatten().find(|placed| wanted(&placed.call))
	}
}

impl World {
	/// The world before block 1.
	pub fn new(
		scope: CaseId,
		genesis: [u8; 32],
		max_validity: Millis,
		institutions: HashMap<Account, Institution>,
	) -> Self {
		Self {
			scope,
			genesis,
			max_validity,
			block: 0,
			now: 0,
			institutions,
			cases: BTreeMap::new(),
			polls: BTreeMap::new(),
			records: BTreeMap::new(),
			casts: vec![],
			lots: BTreeMap::new(),
			hashes_kept: 0,
			documents: HashMap::new(),
			intents: 0,
			findings: Findings::default(),
		}
	}

	/// Follows an extrinsic, or what the chain does by itself when there is no `index`.
	pub fn follow(
		&mut self,
		index: Option<u32>,
		signer: Option<Account>,
		calls: Vec<Placed>,
		events: Vec<Event>,
	) {
		let calls = calls.into_iter().map(Some).collect();
		let (pending, ties) = (vec![], vec![]);
		let mut extrinsic = Extrinsic { index, signer, calls, pending, ties, failed: false };
		for event in events {
			self.event(&mut extrinsic, event);
		}
		if extrinsic.pending.iter().any(|event| matches!(event, Event::BallotCast { .. })) {
			let place = self.here(&extrinsic);
			self.findings.add(
				Code::EventUnexplained,
				place,
				"intents",
				"ballots without an intent",
			);
		}
		let batches = |call: &Call| matches!(call, Call::SubmitBatch(_));
		let left = extrinsic.find(batches).filter(|batch| !batch.wrappers.is_empty());
		if let Some(batch) = left.filter(|_| !extrinsic.failed) {
			let around: Vec<String> =
				batch.wrappers.iter().map(|(pallet, name)| format!("{pallet}.{name}")).collect();
			let place = self.here(&extrinsic);
			let found = format!("a batch of intents within {}", around.join(" > "));
			self.findings.add(Code::WrapperNotFollowed, place, "the events of the batch", found);
		}
	}

	fn event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::Success | Event::Failed => {
				extrinsic.failed = event == Event::Failed;
				self.end_single(extrinsic, event == Event::Success)
			}
			Event::BatchSubmitted { by, accepted, refused } => {
				self.end_batch(extrinsic, by, accepted, refused)
			}
			Event::Refused { .. } | Event::BallotCast { .. } | Event::ClaimDisputed { .. } => {
				extrinsic.pending.push(event)
			}
			Event::ClaimConfirmed { state: ClaimState::ConfirmedByApp, .. } => {
				extrinsic.pending.push(event)
			}
			Event::RowsImported { .. }
			| Event::RowsCleared { .. }
			| Event::RollLocked { .. }
			| Event::ClaimConfirmed { .. }
			| Event::ClaimAdjudicated { .. }
			| Event::LateClaimAdmitted { .. } => self.claims_event(extrinsic, event),
			Event::KeyRegistered { .. }
			| Event::BatchRegistered { .. }
			| Event::KeyRebound { .. }
			| Event::KeyRevoked { .. } => self.keys_event(extrinsic, event),
			Event::PollOpened { .. }
			| Event::PollClosed { .. }
			| Event::PollCancelled { .. }
			| Event::LotNamed { .. }
			| Event::Tied { .. } => self.polls_event(extrinsic, event),
			Event::CandidateNominated { .. }
			| Event::CandidateWithdrew { .. }
			| Event::CandidateDropped { .. }
			| Event::NominationsOpened { .. }
			| Event::CandidatesListed { .. }
			| Event::CandidatesDrawn { .. }
			| Event::FirstBallotOpened { .. } => self.candidates_event(extrinsic, event),
			Event::Deposited { .. }
			| Event::Attested { .. }
			| Event::RecordEffective { .. }
			| Event::RecordRejected { .. }
			| Event::RecordReopened { .. }
			| Event::RecordSuperseded { .. }
			| Event::PolicySet { .. } => self.evidence_event(extrinsic, event),
			Event::Admitted { who, roles } => {
				let roles = role_bits(&roles);
				self.institutions.insert(who, Institution { roles, active: true });
			}
			Event::RolesSet { who, new } => {
				let roles = role_bits(&new);
				self.institutions.entry(who).and_modify(|known| known.roles = roles);
			}
			Event::Suspended { who } => {
				self.institutions.entry(who).and_modify(|known| known.active = false);
			}
			Event::Reinstated { who } => {
				self.institutions.entry(who).and_modify(|known| known.active = true);
			}
			Event::Removed { who } => drop(self.institutions.remove(&who)),
			_ => self.plans_event(extrinsic, event),
		}
	}

	/// Learns the hash of a block, when a lot is drawn from it.
	pub fn learn_hash(&mut self, block: u32, hash: [u8; 32]) {
		if let Some(known) = self.lots.get_mut(&block) {
			*known = Some(hash);
		}
	}

	/// A lot is asked for now: notes it when the block that was told is not the tenth from here, or when
	/// the chain still knows the one that was named `before`.
	fn lot_named(&mut self, case: CaseId, extrinsic: &Extrinsic, told: u32, before: Option<u32>) {
		let (place, own) = (self.here(extrinsic), self.block.saturating_add(LOT_DELAY));
		if told != own {
			self.note(case, Code::LotDiffers, place.clone(), own, told);
		}
		let kept = self.hashes_kept;
		if let Some(before) = before.filter(|before| self.block <= before.saturating_add(kept)) {
			let expected = format!("the hash of block {before}, which the chain knows");
			self.note(case, Code::LotDiffers, place, expected, "another block");
		}
		self.lots.insert(told, None);
	}

	/// The lot from a block; nothing before its hash is known.
	fn lot(&self, block: u32) -> Option<Lot> {
		Some(Lot { block, hash: (*self.lots.get(&block)?)? })
	}

	/// Notes a finding of a case, if that case is under audit.
	fn note(
		&mut self,
		case: CaseId,
		code: Code,
		place: Place,
		expected: impl ToString,
		found: impl ToString,
	) {
		if case == self.scope {
			self.findings.add(code, place, expected, found);
		}
	}

	fn here(&self, extrinsic: &Extrinsic) -> Place {
		Place { block: Some(self.block), extrinsic: extrinsic.index, ..Place::default() }
	}

	/// Whether an institution in good standing holds one of the roles.
	pub fn holds(&self, who: &Account, roles: u16) -> bool {
		self.institutions.get(who).is_some_and(|known| known.active && known.roles & roles != 0)
	}

	/// Notes it when `by` may not do what `placed` asks for, or did not sign it.
	fn acted(
		&mut self,
		case: CaseId,
		extrinsic: &Extrinsic,
		placed: Option<&Placed>,
		by: &Account,
		roles: u16,
	) {
		let place = self.here(extrinsic).by(by);
		let Some(placed) = placed else {
			return self.note(case, Code::EventUnexplained, place, "a call", "none");
		};
		if !self.holds(by, roles) {
			let found = self.institutions.get(by).map_or("no institution", |known| {
				if known.active {
					"another role"
				} else {
					"suspended"
				}
			});
			let expected = format!("an institution with the role (bits {roles:#b})");
			self.note(case, Code::RoleMissing, place.clone(), expected, found);
		}
		if placed.wrappers.is_empty() && extrinsic.signer != Some(*by) {
			let signer = extrinsic.signer.map_or("nobody".into(), hex::encode);
			self.note(case, Code::EventDiffers, place, hex::encode(by), signer);
		}
	}

	/// As [`Self::acted`], for an association: in its own case only.
	fn organised(
		&mut self,
		case: CaseId,
		extrinsic: &Extrinsic,
		placed: Option<&Placed>,
		by: &Account,
	) {
		self.acted(case, extrinsic, placed, by, role::ASSOCIATION);
		self.own_case(case, extrinsic, by);
	}

	/// Notes it when `by` acts as the association of a case that another one opened.
	fn own_case(&mut self, case: CaseId, extrinsic: &Extrinsic, by: &Account) {
		let Some(own) = self.cases.get(&case).map(|case| case.association) else { return };
		if own != *by {
			let place = self.here(extrinsic).by(by);
			let (expected, found) = (hex::encode(own), hex::encode(by));
			self.note(case, Code::AssociationForeign, place, expected, found);
		}
	}

	/// Remembers that the case refers to a document.
	fn refer(&mut self, case: CaseId, digest: Digest, what: &'static str) {
		if case == self.scope {
			self.documents.entry(digest).or_insert(what);
		}
	}
}
