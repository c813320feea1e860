//! Notice, import, lock and registration.

use super::{Play, Way};
use crate::generator;
use crate::summary::{Bin, RollSummary, Text};
use anyhow::{ensure, Context as _, Result};
use rand::Rng;
use std::fs;
use winddown_proof::{
	digest::Algorithm,
	record::{Channel, IdentityRecord, Record, ServiceRecord, VERSION},
};
use winddown_sdk::{
	api,
	calls::{self, import_rows, NewCase, MAX_IMPORT},
	chain::{Until, VotesView},
	digest::of_chain,
	identity::MasterKey,
	law,
	primitives::{
		rules::{Base, Bound, Measure, Part, Preset, Rule, Scope, Test},
		Arbiter, AttestationPolicy, CandidateOrder, CaseKind, CaseTerms, DeemedConfirmation,
		EvidenceKind, Fen, Relation, TieBreak,
	},
	roll::{read, read_registrations, PreparedRoll, Problems, Reading},
	rule_text, Error,
};
use winddown_terminal::figures::votes;

/// How late a payment may be before it is a breach.
const GRACE: u64 = 60_000;

/// The platform authorises, the association opens the case, the operator proves the service of
/// notice.
pub async fn open(play: &mut Play) -> Result<()> {
	let notice = play
		.vault
		.document(
			play.case,
			"exit-notice.txt",
			"Exit notice. The platform winds down in order; claims are counted as of today.\n\
		 清退公告：本平台即日起良性退出，以今日为债权基准日。",
		)
		.await?;
	let association = play.institutions.association.account();
	let consent = calls::authorise_case(CaseKind::OnlineLending, notice.digest, Some(association));
	play.submit(&consent, &play.institutions.platform).await?;

	let terms = terms(play);
	play.summary.terms = terms_in_words(&terms);
	let arbiters = play
		.institutions
		.arbiters
		.each_ref()
		.map(|key| Arbiter { account: key.account(), relation: Relation::Independent });
	let policy = AttestationPolicy {
		arbiters: arbiters.to_vec().try_into().map_err(|_| Error::BadInput("arbiters".into()))?,
		required: 2,
		independent: 1,
	};
	let case = NewCase {
		platform: play.institutions.platform.account(),
		kind: CaseKind::OnlineLending,
		notice: notice.digest,
		cut_off: play.now().await?,
		terms,
		policy,
	};
	let opened = play.submit(&calls::open_case(case), &play.institutions.association).await?;
	play.case = opened.event::<api::cases::events::CaseOpened>()?.case;
	play.summary.case = play.case;
	play.tell(&format!("case {} is open", play.case));

	let served_at = Some(play.now().await?);
	let services = (0..play.actors.len() as u32)
		.map(|line| {
			Record::Service(ServiceRecord {
				version: VERSION,
				algorithm: Algorithm::default(),
				case: play.case,
				salt: play.vault.salt(),
				lender: line,
				notice: of_chain(notice.digest),
				channel: Channel::App,
				served_at,
			})
		})
		.collect();
	let service = play.vault.records(services).await?;
	play.deposit(EvidenceKind::NoticeService, &service, &play.institutions.operator).await?;
	Ok(())
}

fn terms(play: &Play) -> CaseTerms {
	// Turnout over two thirds, else the election is void; then the rank decides (domain notes, S13).
	let turnout = Test {
		part: Part::Voted,
		base: Base::Eligible,
		measure: Measure::Amount,
		bound: Bound::MoreThan,
		numerator: 2,
		denominator: 3,
	};
	let election =
		Rule { scope: Scope::WholeRoll, tests: vec![turnout].try_into().unwrap_or_default() };
	CaseTerms {
		resolution: Preset::SzTwoThirdsDoubleHalf.rule(),
		election,
		plan: Preset::SzTwoThirdsDoubleHalf.rule(),
		max_rounds: 2,
		max_revotes: 2,
		seats: 5,
		reserves: 3,
		candidate_floor: 0,
		candidate_order: CandidateOrder::Nomination,
		tie_break: TieBreak::Nomination,
		deemed: DeemedConfirmation::Never,
		confirmation_window: play.pace.confirmation(),
		voting_window: 6_000,
		review_window: 3_000,
		grace: GRACE,
	}
}

fn terms_in_words(terms: &CaseTerms) -> Vec<(Text, String)> {
	let rule = |en: &str, zh: &str, rule: &Rule| {
		let words = format!(
			"{} / {} ({} / {})",
			rule_text::english(rule),
			rule_text::chinese(rule),
			law::english(rule),
			law::chinese(rule)
		);
		(Text::new(en, zh), words)
	};
	vec![
		rule("A resolution passes", "决议通过规则", &terms.resolution),
		rule("A candidate is eligible", "候选人当选规则", &terms.election),
		rule("A plan passes", "兑付方案通过规则", &terms.plan),
		(
			Text::new("Committee", "监委会"),
			format!(
				"{} seats, {} reserves / {} 席，候补 {} 席",
				terms.seats, terms.reserves, terms.seats, terms.reserves
			),
		),
		(
			Text::new("Rounds of votes on plans", "方案表决轮数"),
			format!("at most {}", terms.max_rounds),
		),
		(
			Text::new("A ballot may be replaced", "可改票次数"),
			format!("{} times", terms.max_revotes),
		),
		(Text::new("Silence confirms a claim", "默示确权"), "never / 否".into()),
	]
}

/// The platform imports its export; the import is cut off half-way, and goes on.
pub async fn import(play: &mut Play) -> Result<()> {
	let lenders: Vec<_> = play.actors.iter().map(|actor| &actor.lender).collect();
	let file = play.folder.join("lenders.csv");
	fs::write(&file, generator::export_csv(lenders)).context("cannot write lenders.csv")?;
	// Of the seed, so that everybody stands in the same row in every run.
	let master = MasterKey::from_bytes(play.rng.gen());
	replace(&play.folder.join("master.key"), |path| master.write(path))?;
	let case_key = master.case_key(play.case);
	replace(&play.folder.join("case.key"), |path| case_key.write(path))?;

	let read = read(&fs::read(&file)?, &Reading::default())
		.map_err(|Problems(problems)| Error::BadFile(problems))?;
	let roll = PreparedRoll::new(&read.lenders, &case_key)?;
	for actor in &mut play.actors {
		let identity = case_key.identity(&actor.lender.document);
		actor.row = roll.find(&identity).context("every lender has a row")?.0;
	}

	// The first half; then the line to the chain breaks.
	let half = roll.rows().len() / 2;
	let first: Vec<_> = (0..half)
		.step_by(MAX_IMPORT)
		.map(|from| {
			import_rows(play.case, from as u32, &roll.rows()[from..(from + MAX_IMPORT).min(half)])
		})
		.collect();
	play.submit_all(&first, &play.institutions.platform).await?;
	play.tell(&format!("the import is cut off after {half} rows, and goes on"));
	let bar = play.screen.bar("importing", roll.rows().len() as u64);
	let report = play
		.chain
		.import_roll(play.case, &roll, &play.institutions.platform, Until::InBlock, |progress| {
			bar.set_position(progress.imported);
		})
		.await;
	bar.finish_and_clear();
	let report = report?;
	ensure!(report.found as usize == half, "the import did not go on where it was cut off");

	let opened = play.best().await?.case(play.case).await?;
	play.chain.wait_until(opened.notice_until).await?;
	let (whole, digest) = (roll.whole(), roll.digest(roll.rows().len()).unwrap_or_default());
	let lock = calls::lock_roll(play.case, whole.heads, whole.amount, digest);
	play.submit(&lock, &play.institutions.platform).await?;
	let confirm_until = play.best().await?.case(play.case).await?.confirm_until;
	play.confirm_until = confirm_until.context("a locked roll has a window")?;
	play.tell(&format!("locked: {}", votes(whole.into())));
	play.summary.roll = summarise(play, whole.into(), half as u32, digest);
	play.case_key = Some(case_key);
	Ok(())
}

/// Writes a new file in the place of one of an earlier run.
fn replace(
	path: &std::path::Path,
	write: impl FnOnce(&std::path::Path) -> Result<(), Error>,
) -> Result<()> {
	if path.exists() {
		fs::remove_file(path)?;
	}
	Ok(write(path)?)
}

fn summarise(play: &Play, imported: VotesView, cut_off_at: u32, digest: [u8; 32]) -> RollSummary {
	let mut claims: Vec<Fen> = play.actors.iter().map(|actor| actor.lender.outstanding).collect();
	claims.sort_unstable();
	let largest = claims.last().copied().unwrap_or_default();
	// Each bin begins at about three times the one before it.
	const EDGES: [u64; 10] =
		[0, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000];
	let histogram = EDGES
		.windows(2)
		.map(|edges| {
			let (from, to) = (edges[0], edges[1]);
			let within = |fen: &&Fen| (u128::from(from)..u128::from(to)).contains(&(**fen / 100));
			Bin {
				from,
				to,
				heads: claims.iter().filter(within).count() as u32,
				fen: claims.iter().filter(within).sum(),
			}
		})
		.collect();
	RollSummary {
		imported,
		cut_off_at,
		digest: format!("0x{}", hex::encode(digest)),
		median: claims[claims.len() / 2],
		mean: imported.fen / u128::from(imported.heads.max(1)),
		largest,
		histogram,
		registered: 0,
	}
}

/// The registrar checks faces and certificates, and binds keys.
pub async fn register(play: &mut Play) -> Result<()> {
	cast_parts(play);
	let registered: Vec<usize> =
		(0..play.actors.len()).filter(|at| play.actors[*at].registered).collect();
	let checked_at = play.now().await?;
	let checks = registered
		.iter()
		.map(|at| {
			Record::Identity(IdentityRecord {
				version: VERSION,
				algorithm: Algorithm::default(),
				case: play.case,
				salt: play.vault.salt(),
				lender: play.actors[*at].row,
				face: true,
				certificate: true,
				session: play.vault.paper("session"),
				checked_at,
			})
		})
		.collect();
	let checks = play.vault.records(checks).await?;
	let registrar = &play.institutions.registrar;
	let evidence = play.deposit(EvidenceKind::Identity, &checks, registrar).await?;

	let keys = generator::keys_csv(registered.iter().map(|at| &play.actors[*at].lender));
	let file = play.folder.join("keys.csv");
	fs::write(&file, keys).context("cannot write keys.csv")?;
	let registrations = read_registrations(&fs::read(&file)?, &Reading::default())
		.map_err(|Problems(problems)| Error::BadFile(problems))?
		.entries;
	let case_key = play.case_key.as_ref().context("the case has a key")?;
	let plan = play.best().await?.plan_registration(play.case, case_key, &registrations).await?;
	let bar = play.screen.bar("registering", plan.missing.len() as u64);
	let report = play
		.chain
		.register(play.case, &plan, registrar, Some(evidence), Until::InBlock, |done| {
			bar.set_position(done);
		})
		.await;
	bar.finish_and_clear();
	play.summary.roll.registered = report?.sent;
	play.tell(&format!(
		"{} of {} lenders have a key of their own",
		play.summary.roll.registered,
		play.actors.len()
	));
	Ok(())
}

/// Decides who registers, and who confirms how. Lenders with the largest claims all take part.
fn cast_parts(play: &mut Play) {
	let mut claims: Vec<Fen> = play.actors.iter().map(|actor| actor.lender.outstanding).collect();
	claims.sort_unstable();
	let large = claims[claims.len() * 9 / 10];
	for actor in &mut play.actors {
		let is_large = actor.lender.outstanding >= large;
		actor.registered = is_large || play.rng.gen_ratio(95, 100);
		let chance = play.rng.gen_range(0..100);
		actor.way = match (is_large, actor.registered, chance) {
			(true, ..) | (false, true, 0..=71) => Way::App,
			(false, true, 72..=91) => Way::Call,
			(false, true, 92..=94) => Way::Dispute,
			(false, false, 0..=39) => Way::Call,
			_ => Way::Silent,
		};
	}
	// Whatever the seed, each way occurs.
	let ordinary: Vec<usize> = (0..play.actors.len())
		.filter(|at| play.actors[*at].lender.outstanding < large)
		.take(8)
		.collect();
	for (at, way) in ordinary.into_iter().zip([Way::Dispute; 5].into_iter().chain([Way::Call; 3])) {
		play.actors[at].registered = true;
		play.actors[at].way = way;
	}
}
