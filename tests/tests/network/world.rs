//! A network with a case whose lenders can vote.

use crate::nodes::Network;
use futures::future::try_join_all;
use std::{path::PathBuf, time::Duration};
use tempfile::TempDir;
use winddown_devnet::progress::Progress;
use winddown_sdk::{
	calls::{self, Deposit, Form, NewCase},
	chain::{Chain, Head, Until},
	intent::{SignedIntent, Terms},
	keys::{Keypair, Scheme},
	primitives::{
		rules::Preset, Arbiter, AttestationPolicy, CaseKind, CaseTerms, Choice, Digest,
		EvidenceKind, IdentityHash, Item, ItemKind, LenderIndex, Millis, PollId, Relation, Stage,
	},
	roll::{PreparedRoll, PreparedRow},
	Call,
};
use winddown_tests::terms;
pub use winddown_tests::terms::now;

pub const CASE: u32 = 0;
/// Where the stories look at the chain while nodes come and go.
pub const HOME: &str = "Association";
/// How long a network may stand still: no new block, and nothing new that is final.
const STANDSTILL: Duration = Duration::from_secs(120);
/// Blocks after which a network that moves must have done what it should do within a few.
const BLOCKS: u64 = 100;

pub type Outcome<T = ()> = anyhow::Result<T>;

pub struct World {
	pub network: Network,
	pub chain: Chain,
	lenders: u32,
	revotes: u8,
	_folder: TempDir,
}

/// Of an institution of the local chain.
pub fn key(institution: &str) -> Keypair {
	Keypair::from_suri(Scheme::Sr25519, &format!("//{institution}")).expect("a development key")
}

pub fn lender_key(lender: LenderIndex) -> Keypair {
	Keypair::from_suri(Scheme::Sr25519, &format!("//Lender//{lender}")).expect("a path")
}

/// A program that this workspace built.
pub fn program(name: &str) -> PathBuf {
	let test = std::env::current_exe().expect("a test is a program");
	let built = test.ancestors().nth(2).expect("target/release/deps/test").join(name);
	assert!(built.is_file(), "{} is missing: run `make build` first", built.display());
	built
}

/// What the digest of a lender's ballot record is in these stories; none is all zeros, which the chain refuses.
pub fn record(lender: LenderIndex) -> Digest {
	Digest::Sha256([lender as u8 + 1; 32])
}

impl World {
	/// Four validators, and a case of `lenders` who confirmed and may vote.
	pub async fn with_case(lenders: u32) -> Outcome<Self> {
		Self::with_revotes(lenders, terms::terms().max_revotes).await
	}

	/// The same, where each lender may replace a ballot so many times.
	pub async fn with_revotes(lenders: u32, revotes: u8) -> Outcome<Self> {
		let folder = tempfile::tempdir()?;
		let mut network = Network::new(&program("winddown-node"), folder.path());
		network.start_validators().await?;
		let chain = network.connect(HOME).await?;
		let world = Self { network, chain, lenders, revotes, _folder: folder };
		world.finalises_beyond(&world.chain, 2).await?;
		world.open_case().await?;
		world.import().await?;
		world.register().await?;
		world.confirm().await?;
		Ok(world)
	}

	/// Sends a call of an institution and waits until it is in a block.
	pub async fn by(
		&self,
		institution: &str,
		call: Call,
	) -> Outcome<winddown_sdk::chain::Included> {
		Ok(self.chain.submit(&call, &key(institution), Until::InBlock).await?)
	}

	/// Sends calls of an institution one after the other and waits until all are in blocks.
	async fn all_by(&self, institution: &str, calls: Vec<Call>) -> Outcome {
		self.chain.submit_all(&calls, &key(institution), Until::InBlock, |_, _| ()).await?;
		Ok(())
	}

	async fn open_case(&self) -> Outcome {
		let notice = Digest::Sha256([1; 32]);
		let kind = CaseKind::OnlineLending;
		self.by("Platform", calls::authorise_case(kind, notice, None)).await?;
		let independent =
			|name: &str| Arbiter { account: key(name).account(), relation: Relation::Independent };
		let policy = AttestationPolicy {
			arbiters: vec![independent("ArbiterOne"), independent("ArbiterTwo")]
				.try_into()
				.expect("two arbiters"),
			required: 2,
			independent: 1,
		};
		let platform = key("Platform").account();
		let cut_off = now();
		let terms = CaseTerms { max_revotes: self.revotes, ..terms() };
		let case = NewCase { platform, kind, notice, cut_off, terms, policy };
		self.by("Association", calls::open_case(case)).await?;
		Ok(())
	}

	async fn import(&self) -> Outcome {
		let rows = (0..self.lenders).map(|lender| {
			let mut identity = [7; 32];
			identity[..4].copy_from_slice(&lender.to_be_bytes());
			let amount = amount(lender);
			PreparedRow { identity: IdentityHash(identity), amount, class: 0, line: 0 }
		});
		let roll = PreparedRoll::from_rows(rows.collect())?;
		// The notice must have been out for the shortest time that the chain allows.
		self.chain.wait_until(now() + 4_000).await?;
		self.chain.import_roll(CASE, &roll, &key("Platform"), Until::InBlock, |_| ()).await?;
		let whole = roll.whole();
		let digest = roll.digest(roll.rows().len()).expect("of all its rows");
		let lock = calls::lock_roll(CASE, whole.heads, whole.amount, digest);
		self.by("Platform", lock).await?;
		Ok(())
	}

	async fn register(&self) -> Outcome {
		let keys: Vec<_> =
			(0..self.lenders).map(|row| (row, lender_key(row).lender_key())).collect();
		let batches = keys.chunks(calls::MAX_REGISTRATIONS);
		let calls = batches.map(|keys| calls::register_keys(CASE, keys, None));
		self.all_by("Registrar", calls.collect()).await
	}

	async fn confirm(&self) -> Outcome {
		let digest = Digest::Sha256([2; 32]);
		let deposit = calls::deposit(Deposit {
			form: Form::Document,
			case: CASE,
			kind: EvidenceKind::ConfirmationCall,
			digest,
			leaves: self.lenders,
			size: 1,
			produced_at: now(),
			parent: None,
			replaces: None,
		});
		self.by("Operator", deposit).await?;
		let record = self.chain.at(Head::Best).await?.records_of(CASE, digest).await?;
		let record = *record.first().expect("it was just deposited");
		let claims: Vec<_> = (0..self.lenders).map(|row| (row, amount(row))).collect();
		let batches = claims.chunks(calls::MAX_CONFIRMATIONS);
		let calls = batches.map(|claims| calls::confirm_by_call(CASE, claims, record));
		self.all_by("Operator", calls.collect()).await
	}

	/// Opens a ballot with one resolution that stays open for `window` milliseconds; its number
	/// and when it closes.
	pub async fn open_poll(&self, window: Millis) -> Outcome<(PollId, Millis)> {
		let window_end = self.chain.at(Head::Best).await?.case(CASE).await?.confirm_until;
		self.chain.wait_until(window_end.expect("the roll is locked")).await?;
		self.by("Association", calls::advance_case(CASE, Stage::Electing)).await?;
		let item = Item {
			kind: ItemKind::Resolution,
			rule: Preset::SzTwoThirdsDoubleHalf.rule(),
			documents: vec![Digest::Sha256([3; 32])].try_into().expect("one document"),
		};
		let closes_at = self.chain.at(Head::Best).await?.now().await? + window;
		self.by("Association", calls::open_poll(CASE, vec![item], closes_at)).await?;
		let polls = self.chain.at(Head::Best).await?.open_polls(CASE).await?;
		Ok((*polls.last().expect("it was just opened"), closes_at))
	}

	/// The operator carries a ballot of each of these lenders; every third is against.
	pub async fn cast(&self, poll: PollId, lenders: std::ops::Range<u32>) -> Outcome {
		self.by("Operator", calls::submit_intents(self.ballots(poll, lenders))).await?;
		Ok(())
	}

	pub fn ballots(&self, poll: PollId, lenders: std::ops::Range<u32>) -> Vec<SignedIntent> {
		let sign = |lender| {
			let choice = if lender % 3 == 0 { Choice::AGAINST } else { Choice::FOR };
			let call = calls::cast_ballot(poll, &[choice], record(lender)).expect("one choice");
			let terms = Terms {
				genesis: self.chain.genesis(),
				case: CASE,
				lender,
				sequence: 1,
				valid_until: now() + 600_000,
			};
			SignedIntent::sign(&terms, &call, &lender_key(lender))
		};
		lenders.map(sign).collect()
	}

	/// Heads that voted, as a node sees it at its finalized block.
	pub async fn turnout(&self, chain: &Chain, poll: PollId) -> Outcome<u32> {
		Ok(chain.at(Head::Finalized).await?.poll(poll).await?.turnout.heads)
	}

	/// Waits until a node finalised the block of this number.
	pub async fn finalises_beyond(&self, chain: &Chain, number: u64) -> Outcome {
		self.until(chain, &format!("block {number} is final"), async || {
			Ok(chain.at(Head::Finalized).await?.number() >= number)
		})
		.await
	}

	/// Waits until something holds, as long as the blocks of a node move. A slow machine only makes it
	/// longer; a network that stands still, or moves on without it, fails.
	pub async fn until(
		&self,
		chain: &Chain,
		what: &str,
		mut holds: impl AsyncFnMut() -> Outcome<bool>,
	) -> Outcome {
		let (mut progress, mut first) = (Progress::new(), None);
		loop {
			// A node that was just started may break off an answer.
			let error = match holds().await {
				Ok(true) => return Ok(()),
				Ok(false) => None,
				Err(error) => Some(error),
			};
			let info = chain.node_info().await.ok();
			let heights = info.map(|info| (info.best, info.finalized));
			let best = heights.map_or(0, |(best, _)| best);
			let begun = *first.get_or_insert(best);
			let idle = progress.stands_still(heights);
			anyhow::ensure!(
				idle < STANDSTILL && best < begun + BLOCKS,
				"{}: never: {what}; best and final block {heights:?}, unchanged for {idle:?}; {error:?}",
				chain.url()
			);
			tokio::time::sleep(Duration::from_millis(200)).await;
		}
	}

	/// Waits until every one of these nodes finalised the newest block of now.
	pub async fn all_catch_up(&self, chains: &[Chain]) -> Outcome {
		let best = self.chain.at(Head::Best).await?.number();
		try_join_all(chains.iter().map(|chain| self.finalises_beyond(chain, best))).await?;
		Ok(())
	}
}

fn amount(lender: LenderIndex) -> u128 {
	800_000 + u128::from(lender) * 13
}

fn terms() -> CaseTerms {
	CaseTerms {
		seats: 5,
		reserves: 3,
		confirmation_window: 6_000,
		voting_window: 6_000,
		review_window: 3_000,
		grace: 60_000,
		..terms::terms()
	}
}
