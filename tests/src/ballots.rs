//! A case of any size with an open poll, whose lenders vote in the operator's batches.

use crate::{
	chain::{account, Chain, Made},
	terms::{now, terms, HOUR},
};
use codec::Encode;
use rand::{seq::SliceRandom, SeedableRng};
use sp_core::{sr25519, Pair};
use winddown_primitives::{
	pages::trie_order, roll_digest, rules::Preset, signing_payload, AttestationPolicy, Ballot,
	CaseKind, Choice, Digest, EvidenceKind, Fen, IdentityHash, Intent, Item, ItemKind, LenderIndex,
	LenderKey, LenderSignature, Millis, Relation, Stage, EMPTY_ROLL_DIGEST,
};
use winddown_runtime::RuntimeCall;

const CASE: u32 = 0;
const POLL: u32 = 0;
/// The one class of the case.
const CLASS: u8 = 0;
/// Rows of one transaction of the platform and the registrar.
const ROWS: usize = 512;
/// Claims confirmed by one transaction of the operator.
const CALLS: usize = 256;
/// Ballots of one transaction of the operator.
const BATCH: usize = pallet_intents::MAX_BATCH as usize;
/// Batches of ballots that wait for one block.
const BATCHES: usize = 3;

/// The document behind the confirmation calls.
pub const RECORDINGS: &[u8] = b"recordings of all calls";

/// The lenders of one case, on a chain of its own.
pub struct Electorate {
	/// The chain.
	pub chain: Chain,
	rows: u32,
}

impl Electorate {
	/// A chain with a case of `rows` confirmed lenders and an open poll of three items.
	pub fn with_case(rows: u32) -> Self {
		Self::on(Chain::new("development", now()), rows)
	}

	/// The same, on a chain that keeps every state.
	pub fn with_all_states(rows: u32) -> Self {
		Self::on(Chain::with_all_states("development", now()), rows)
	}

	fn on(chain: Chain, rows: u32) -> Self {
		let mut electorate = Self { chain, rows };
		electorate.open_case();
		electorate.import();
		electorate.register();
		electorate.confirm();
		electorate.open_poll();
		electorate
	}

	fn open_case(&mut self) {
		let notice = Digest::Sha256([1; 32]);
		let arbiter = |name| winddown_primitives::Arbiter {
			account: account(name),
			relation: Relation::Independent,
		};
		let policy = AttestationPolicy {
			arbiters: vec![arbiter("ArbiterOne"), arbiter("ArbiterTwo")].try_into().expect("two"),
			required: 2,
			independent: 1,
		};
		let kind = CaseKind::OnlineLending;
		self.chain.run(
			"Platform",
			[RuntimeCall::Cases(pallet_cases::Call::authorise { kind, notice, association: None })],
		);
		let open = pallet_cases::Call::open {
			platform: account("Platform"),
			kind,
			notice,
			cut_off: self.chain.now() - HOUR,
			terms: terms(),
			policy,
		};
		self.chain.run("Association", [RuntimeCall::Cases(open)]);
	}

	fn import(&mut self) {
		let rows: Vec<_> = (0..self.rows).map(row).collect();
		let amount = rows.iter().map(|row| row.amount).sum();
		let digest = rows.iter().fold(EMPTY_ROLL_DIGEST, |digest, row| {
			roll_digest(&digest, &row.identity, row.amount, row.class)
		});
		let imports = rows.chunks(ROWS).enumerate().map(|(at, rows)| {
			RuntimeCall::Claims(pallet_claims::Call::import {
				case_id: CASE,
				first: (at * ROWS) as LenderIndex,
				rows: rows.to_vec().try_into().expect("at most 512 rows"),
			})
		});
		self.chain.run("Platform", imports);
		let heads = self.rows;
		let lock = pallet_claims::Call::lock { case_id: CASE, heads, amount, digest };
		self.chain.run("Platform", [RuntimeCall::Claims(lock)]);
	}

	fn register(&mut self) {
		let lenders: Vec<_> = (0..self.rows).collect();
		let calls = lenders.chunks(ROWS).map(|lenders| {
			let registrations: Vec<_> = lenders
				.iter()
				.map(|lender| pallet_identity_registry::Registration {
					lender: *lender,
					key: LenderKey::Sr25519(lender_pair(*lender).public().0),
				})
				.collect();
			RuntimeCall::IdentityRegistry(pallet_identity_registry::Call::register_batch {
				case_id: CASE,
				registrations: registrations.try_into().expect("at most 512 rows"),
				evidence: None,
			})
		});
		self.chain.run("Registrar", calls);
	}

	fn confirm(&mut self) {
		let deposit = pallet_evidence::Call::deposit {
			case_id: CASE,
			kind: EvidenceKind::ConfirmationCall,
			content: pallet_evidence::Content {
				digest: Digest::Blake2b256(sp_io::hashing::blake2_256(RECORDINGS)),
				leaves: self.rows,
				bytes: 1,
				encoding: 1,
			},
			produced_at: self.chain.now(),
			parent: None,
			replaces: None,
		};
		self.chain.run("Operator", [RuntimeCall::Evidence(deposit)]);
		let evidence = self.last_evidence();
		let lenders: Vec<_> = (0..self.rows).collect();
		let calls = lenders.chunks(CALLS).map(|lenders| {
			let claims: Vec<_> = lenders
				.iter()
				.map(|lender| pallet_claims::CalledClaim {
					lender: *lender,
					amount: row(*lender).amount,
				})
				.collect();
			RuntimeCall::Claims(pallet_claims::Call::confirm_by_call {
				case_id: CASE,
				claims: claims.try_into().expect("at most 256 claims"),
				evidence,
			})
		});
		self.chain.run("Operator", calls);
	}

	fn open_poll(&mut self) {
		// The confirmation window is over.
		self.chain.pass(HOUR);
		let advance = pallet_cases::Call::advance { case_id: CASE, to: Stage::Electing };
		let document = Digest::Sha256([3; 32]);
		let item = |kind: ItemKind, documents: usize| Item {
			kind,
			rule: Preset::SzTwoThirdsDoubleHalf.rule(),
			documents: vec![document; documents].try_into().expect("few documents"),
		};
		let items = vec![
			item(ItemKind::Resolution, 1),
			item(ItemKind::ApproveUpTo { candidates: 12, seats: 7, reserves: 5 }, 12),
			item(ItemKind::Resolution, 1),
		];
		let open = pallet_polls::Call::open {
			case_id: CASE,
			items: items.try_into().expect("three items"),
			closes_at: self.chain.now() + 200 * HOUR,
		};
		self.chain.run("Association", [RuntimeCall::Cases(advance), RuntimeCall::Polls(open)]);
	}

	/// The lenders vote in random order, different in each round. Whose ballots came since the last
	/// block are one group, which the operator sorts as its client does before it makes batches.
	pub fn groups(&self, round: u32) -> Vec<Vec<LenderIndex>> {
		let mut lenders: Vec<LenderIndex> = (0..self.rows).collect();
		lenders.shuffle(&mut rand_chacha::ChaCha8Rng::seed_from_u64(round.into()));
		let mut groups: Vec<_> =
			lenders.chunks(BATCH * BATCHES).map(<[LenderIndex]>::to_vec).collect();
		groups.iter_mut().for_each(|group| group.sort_by_key(|lender| trie_order(*lender)));
		groups
	}

	/// The ballots of `lenders` go into blocks. After the first round, at 0, each replaces the last
	/// one.
	pub fn vote(&mut self, round: u32, lenders: &[LenderIndex]) -> Made {
		self.vote_by(round, lenders, &mut |lender, _, _| {
			Digest::Sha256(sp_io::hashing::blake2_256(&lender.encode()))
		})
	}

	/// The same, with the digest that `record` answers for lender, choices and time.
	pub fn vote_by(
		&mut self,
		round: u32,
		lenders: &[LenderIndex],
		record: &mut dyn FnMut(LenderIndex, &[Choice], Millis) -> Digest,
	) -> Made {
		let mut waiting: Vec<_> = lenders
			.chunks(BATCH)
			.map(|lenders| {
				let intents: Vec<_> =
					lenders.iter().map(|lender| self.intent(round, *lender, record)).collect();
				let intents = intents.try_into().expect("at most a batch");
				let call = pallet_intents::Call::submit_batch { intents };
				self.chain.signed("Operator", RuntimeCall::Intents(call))
			})
			.collect();
		let mut made = Made::default();
		while !waiting.is_empty() {
			let (left, block) = self.chain.block(waiting);
			waiting = left;
			made += block;
		}
		made
	}

	fn intent(
		&self,
		round: u32,
		lender: LenderIndex,
		record: &mut dyn FnMut(LenderIndex, &[Choice], Millis) -> Digest,
	) -> pallet_intents::SignedIntent<RuntimeCall> {
		let choices = vec![
			[Choice::FOR, Choice::AGAINST, Choice::ABSTAIN][(round + lender) as usize % 3],
			Choice(lender % 127),
			Choice::FOR,
		];
		let intent = Intent {
			case: CASE,
			lender,
			sequence: u64::from(round) + 1,
			valid_until: self.chain.now() + HOUR,
			call: RuntimeCall::Polls(pallet_polls::Call::cast {
				poll: POLL,
				record: record(lender, &choices, self.chain.now()),
				ballot: Ballot::Open(choices.try_into().expect("three choices")),
			}),
		};
		let payload = signing_payload(&self.chain.genesis(), &intent);
		let signature = LenderSignature::Sr25519(lender_pair(lender).sign(&payload).0);
		pallet_intents::SignedIntent { intent, signature }
	}

	/// The poll is over, and closed.
	pub fn close(&mut self) {
		self.chain.pass(200 * HOUR);
		self.chain.run("Operator", [RuntimeCall::Polls(pallet_polls::Call::close { poll: POLL })]);
	}

	/// How many lenders voted, as the chain counted.
	pub fn turnout(&self) -> u32 {
		let key = pallet_polls::Tallies::<winddown_runtime::Runtime>::hashed_key_for(POLL, CLASS);
		self.chain.read::<pallet_polls::ClassTally>(&key).expect("a tally").voted.heads
	}

	fn last_evidence(&self) -> u64 {
		let key = pallet_evidence::NextRecord::<winddown_runtime::Runtime>::hashed_key();
		self.chain.read::<u64>(&key).expect("records") - 1
	}
}

fn row(lender: LenderIndex) -> pallet_claims::ImportRow {
	let mut identity = [0; 32];
	identity[..4].copy_from_slice(&lender.to_be_bytes());
	let amount = 100_000 + Fen::from(lender) * 7;
	pallet_claims::ImportRow { identity: IdentityHash(identity), amount, class: CLASS }
}

fn lender_pair(lender: LenderIndex) -> sr25519::Pair {
	sr25519::Pair::from_seed(&sp_io::hashing::blake2_256(&lender.encode()))
}
