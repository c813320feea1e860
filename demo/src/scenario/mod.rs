//! The acceptance scenario: a platform winds down, from the exit notice to the last payment.

mod arbiters;
mod auditing;
mod carrying;
mod confirming;
mod electing;
mod opening;
mod planning;
mod proving;
mod repaying;
mod verifying;
mod voting;

use crate::{
	generator::{self, DemoLender},
	play::Options,
	screen::Screen,
	services::Services,
	summary::{Summary, Text},
	vault::{Kept, Vault},
};
use anyhow::Result;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use std::{collections::VecDeque, path::PathBuf, sync::Mutex, time::Instant};
use winddown_devnet::program::{beside, own_peak_memory};
use winddown_sdk::{
	calls::{self, Deposit},
	chain::{At, Chain, Head, Included, Until},
	identity::CaseKey,
	intent::{SignedIntent, Terms},
	keys::{Keypair, Scheme},
	primitives::{CaseId, EvidenceId, EvidenceKind, LenderIndex, Millis, Sequence},
	Call, Error,
};

/// How a lender deals with the claim.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
	/// Confirms it on the telephone's screen.
	App,
	/// Confirms it to the voice robot.
	Call,
	/// Disputes it.
	Dispute,
	/// Does nothing.
	Silent,
}

/// A lender in the play.
pub struct Actor {
	pub lender: DemoLender,
	pub row: LenderIndex,
	pub way: Way,
	/// Whether the registrar identified the lender.
	pub registered: bool,
	pub sequence: Sequence,
}

/// The institutions' keys, which everybody knows on the local chain.
pub struct Institutions {
	pub regulator: Keypair,
	pub association: Keypair,
	pub operator: Keypair,
	pub registrar: Keypair,
	pub platform: Keypair,
	pub arbiters: [Keypair; 2],
}

/// How long things stay open: some blocks, and more for many lenders or on a slow machine.
pub struct Pace {
	lenders: u64,
	/// How long the last transactions took until they were in a block.
	latest: Mutex<VecDeque<Millis>>,
}

impl Pace {
	/// Transactions that are looked back on.
	const REMEMBERED: usize = 6;
	/// Bounds of what is expected of the next one, in milliseconds.
	const EXPECTED: (Millis, Millis) = (4_000, 30_000);

	fn new(lenders: u32) -> Self {
		Self { lenders: lenders.into(), latest: Mutex::default() }
	}

	/// Remembers how long a transaction took.
	pub fn took(&self, started: Instant) {
		let mut latest = self.latest.lock().unwrap_or_else(|broken| broken.into_inner());
		latest.push_back(started.elapsed().as_millis() as Millis);
		if latest.len() > Self::REMEMBERED {
			latest.pop_front();
		}
	}

	/// How long a transaction takes, in milliseconds: the second slowest of those before it, so that
	/// one exception does not slow down everything.
	pub fn step(&self) -> Millis {
		let latest = self.latest.lock().unwrap_or_else(|broken| broken.into_inner());
		let mut sorted: Vec<Millis> = latest.iter().copied().collect();
		sorted.sort_unstable();
		let expected = sorted.iter().rev().nth(1).copied().unwrap_or_default();
		expected.clamp(Self::EXPECTED.0, Self::EXPECTED.1)
	}

	/// For lenders to register, confirm and dispute.
	pub fn confirmation(&self) -> Millis {
		4_000 + 4 * self.step() + self.lenders * 4
	}

	/// For a ballot, from before its opening: a first wave, and a second one of replacements.
	pub fn voting(&self) -> Millis {
		5_000 + 2 * self.step() + self.lenders * 2
	}

	/// For nominations: the shortest window, and the blocks until their opening is in one.
	pub fn nominations(&self) -> Millis {
		6_500 + 2 * self.step()
	}
}

/// The play as it stands.
pub struct Play {
	pub screen: Screen,
	pub chain: Chain,
	pub folder: PathBuf,
	/// The operator's endpoint and the attestors.
	pub services: Services,
	/// The independent auditor's program.
	pub verifier: PathBuf,
	pub institutions: Institutions,
	pub vault: Vault,
	pub rng: ChaCha20Rng,
	pub pace: Pace,
	pub actors: Vec<Actor>,
	pub case: CaseId,
	pub case_key: Option<CaseKey>,
	pub confirm_until: Millis,
	pub eligible_fen: u128,
	pub summary: Summary,
}

/// Plays everything. `nodes` are names and addresses of the institutions' nodes.
pub async fn play(
	screen: Screen,
	chain: Chain,
	nodes: &[(String, String)],
	options: &Options,
) -> Result<Summary> {
	let mut play = Play::new(screen, chain, nodes, options).await?;
	play.act("Notice and opening", "清退公告与立案", opening::open).await?;
	play.act("Import and lock", "导入与锁定", opening::import).await?;
	play.act("Identity and keys", "实名与公钥登记", opening::register).await?;
	play.act("Confirmation and disputes", "确权与异议", confirming::confirm).await?;
	play.act("Nominations", "候选人征集", electing::nominate).await?;
	play.act("First ballot", "第一次重大事项表决", electing::vote).await?;
	play.act("First plan, which fails", "第一版兑付方案（未通过）", planning::first_round).await?;
	play.act("Two plans compete", "第二轮：两个方案竞选", planning::second_round).await?;
	play.act("Repayment", "兑付", repaying::repay).await?;
	play.act("Independent recount", "独立复核", verifying::verify).await?;
	play.act("Independent audit", "独立审计", auditing::audit).await?;
	play.act("Proofs for lenders", "出借人回执", proving::prove).await?;
	let (own, attestors) = (own_peak_memory(), play.services.peak_memory());
	play.summary.network.peak_memory = own.zip(attestors).map(|(own, attestors)| own + attestors);
	Ok(play.summary)
}

impl Play {
	async fn new(
		screen: Screen,
		chain: Chain,
		nodes: &[(String, String)],
		options: &Options,
	) -> Result<Self> {
		let key = |name: &str| Keypair::from_suri(Scheme::Sr25519, &format!("//{name}"));
		let actors = generator::lenders(options.lenders as usize, options.seed)?
			.into_iter()
			.map(|lender| Actor {
				lender,
				row: LenderIndex::MAX,
				way: Way::Silent,
				registered: false,
				sequence: 0,
			})
			.collect();
		let vault = Vault::create(&options.out, options.seed).await?;
		let logs = options.out.join("logs");
		Ok(Self {
			screen,
			folder: options.out.clone(),
			services: Services::start(&chain, vault.store(), nodes, &logs).await?,
			verifier: beside("winddown-verifier")?,
			institutions: Institutions {
				regulator: key("Regulator")?,
				association: key("Association")?,
				operator: key("Operator")?,
				registrar: key("Registrar")?,
				platform: key("Platform")?,
				arbiters: [key("ArbiterOne")?, key("ArbiterTwo")?],
			},
			vault,
			rng: ChaCha20Rng::seed_from_u64(options.seed ^ 0xd3c0),
			pace: Pace::new(options.lenders),
			actors,
			case: 0,
			case_key: None,
			confirm_until: 0,
			eligible_fen: 0,
			summary: Summary { seed: options.seed, lenders: options.lenders, ..Summary::default() },
			chain,
		})
	}

	/// Plays one act, and tells its time and how many records took effect meanwhile.
	async fn act<Part>(&mut self, en: &str, zh: &str, part: Part) -> Result<()>
	where
		Part: AsyncFnOnce(&mut Self) -> Result<()>,
	{
		let (number, started) = (self.summary.acts.len() + 1, Instant::now());
		self.say(&format!("{number:>2}. {en} · {zh}"));
		let before = self.effective().await?;
		part(self).await?;
		self.summary.acts.push(crate::summary::Act {
			title: Text::new(en, zh),
			seconds: started.elapsed().as_secs_f64(),
			attested: self.effective().await?.saturating_sub(before),
		});
		Ok(())
	}

	/// Tells what happens, with the time since the start.
	pub fn say(&self, text: &str) {
		self.screen.note(text);
	}

	/// Tells a detail.
	pub fn tell(&self, text: &str) {
		self.screen.note(&format!("      {text}"));
	}

	/// The chain at its newest block.
	pub async fn best(&self) -> Result<At, Error> {
		self.chain.at(Head::Best).await
	}

	/// The chain's clock.
	pub async fn now(&self) -> Result<Millis, Error> {
		self.best().await?.now().await
	}

	/// Sends a call and waits until it is in a block.
	pub async fn submit(&self, call: &Call, key: &Keypair) -> Result<Included, Error> {
		let started = Instant::now();
		let included = self.chain.submit(call, key, Until::InBlock).await;
		self.pace.took(started);
		included
	}

	/// Sends calls and waits until they are in blocks.
	pub async fn submit_all(&self, calls: &[Call], key: &Keypair) -> Result<Vec<Included>, Error> {
		self.chain.submit_all(calls, key, Until::InBlock, |_, _| {}).await
	}

	/// Deposits what the vault keeps; the number of the record.
	pub async fn deposit(
		&self,
		kind: EvidenceKind,
		kept: &Kept,
		producer: &Keypair,
	) -> Result<EvidenceId> {
		let included = self.submit(&self.deposit_call(kind, kept).await?, producer).await?;
		Ok(included.event::<winddown_sdk::api::evidence::events::Deposited>()?.id)
	}

	/// The call that deposits what the vault keeps.
	pub async fn deposit_call(&self, kind: EvidenceKind, kept: &Kept) -> Result<Call, Error> {
		Ok(calls::deposit(Deposit {
			form: kept.form,
			case: self.case,
			kind,
			digest: kept.digest,
			leaves: kept.leaves,
			size: kept.size,
			produced_at: self.now().await?,
			parent: None,
			replaces: None,
		}))
	}

	/// Signs a call in an actor's name.
	pub fn sign(&mut self, actor: usize, call: &Call, valid_until: Millis) -> SignedIntent {
		let actor = &mut self.actors[actor];
		actor.sequence += 1;
		let terms = Terms {
			genesis: self.chain.genesis(),
			case: self.case,
			lender: actor.row,
			sequence: actor.sequence,
			valid_until,
		};
		SignedIntent::sign(&terms, call, &actor.lender.key)
	}

	/// The actor of a row.
	pub fn actor_of(&self, row: LenderIndex) -> Option<usize> {
		self.actors.iter().position(|actor| actor.row == row)
	}
}
