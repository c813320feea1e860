//! The loop: finalized blocks in, verdicts out.

use crate::{
	absence::Halt,
	chain::{patiently, Session, Snapshot},
	check::{Deposit, Reason, Verdict},
	config::{BadConfig, Config, Ending, Telling},
	fetch::FetchError,
	journal::Journal,
	judge::{Found, Judge, Judged},
	metrics::Metrics,
	reasons::{Folder, Written},
	serve::Shown,
	submit::{submit, Pooled, Sent},
	work::{Counts, Seen, Why, Work},
};
use std::{future::Future, time::Duration};
use tokio::{
	task::{JoinError, JoinSet},
	time::{sleep, Instant},
};
use winddown_proof::count::counted;
use winddown_sdk::{
	calls::{self, Statement},
	chain::{Head, RecordView},
	digest::on_chain,
	Error,
};

/// How often the node is asked for its finalized block.
const TICK: Duration = Duration::from_millis(500);
/// How long statements wait for others, so that one transaction carries them.
const GATHER: Duration = Duration::from_secs(2);
/// After so many finalized blocks a transaction that the pool holds is dead.
const LIFETIME: u64 = 300;
/// How often statements are sent before `--once` gives up.
const TRIES: u32 = 3;

/// The daemon.
pub struct Attestor {
	config: Config,
	judge: Judge,
	metrics: Metrics,
	journal: Journal,
	reasons: Folder,
	work: Work,
}

/// Why the daemon ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
	/// It was told to.
	Stopped,
	/// Everything that waited was looked at once; what is left.
	WorkedOff(Counts),
	/// No node answers.
	NoNode,
}

type Look = (u64, Result<Judged, Error>);

/// What runs beside the loop while there is a connection.
#[derive(Default)]
struct Running {
	judging: JoinSet<Look>,
	/// At most one transaction.
	sending: JoinSet<Result<Sent, Error>>,
	/// Since when there are statements that were not sent.
	ready_since: Option<Instant>,
	/// No transaction before that.
	not_before: Option<Instant>,
	/// Transactions that failed, one after the other.
	failures: u32,
	/// The finalized block since which the pool holds transactions of the key.
	pooled_since: Option<u64>,
	/// The finalized block that was seen last.
	finalized: Option<u64>,
	/// When the chain was asked for everything, also for records that may wait once more.
	swept: Option<Instant>,
}

impl Attestor {
	/// A daemon that does not run yet.
	pub fn new(config: Config, journal: Journal) -> anyhow::Result<Self> {
		let reasons = Folder::open(&config.reasons).map_err(|error| BadConfig::Reasons {
			path: config.reasons.clone(),
			reason: error.to_string(),
		})?;
		let judge = Judge {
			endpoint: config.endpoint.clone(),
			limits: config.limits,
			max_bytes: config.max_bytes,
			grace: config.grace,
			key: config.key.clone(),
		};
		let (metrics, work) = (Metrics::new()?, Work::default());
		Ok(Self { config, judge, metrics, journal, reasons, work })
	}

	/// What its endpoint shows.
	pub fn shown(&self) -> Shown {
		Shown {
			metrics: self.metrics.clone(),
			stale: self.config.stale,
			reasons: self.reasons.clone(),
		}
	}

	/// Works until `stop` is ready, or until everything was looked at once if it is so configured.
	pub async fn run(mut self, stop: impl Future<Output = ()>) -> Ended {
		tokio::select! {
			ended = self.work() => ended,
			() = stop => Ended::Stopped,
		}
	}

	async fn work(&mut self) -> Ended {
		let mut failures = 0;
		loop {
			let error = match self.connect().await {
				Ok(session) => match self.follow(&session, &mut failures).await {
					Ok(counts) => return Ended::WorkedOff(counts),
					Err(error) => error,
				},
				Err(error) => error,
			};
			self.metrics.connected(false);
			self.work.forget_judging();
			failures += 1;
			if self.config.mode.ending == Ending::WorkedOff && failures >= TRIES {
				self.journal.note("no-node", &error.to_string());
				return Ended::NoNode;
			}
			let wait = self.config.backoff.after(failures, &mut rand::thread_rng());
			let text = format!("{error}; trying again in {} ms", wait.as_millis());
			self.journal.note("node-away", &text);
			sleep(wait).await;
		}
	}

	async fn connect(&self) -> Result<Session, Error> {
		let Config { url, transport, genesis, .. } = &self.config;
		let session = Session::connect(url, *transport, *genesis).await?;
		let text = format!("following {url} as {}", self.config.key.account());
		self.journal.note("following", &text);
		Ok(session)
	}

	/// Works while the node answers; ends when everything was looked at once, if so configured.
	async fn follow(&mut self, session: &Session, failures: &mut u32) -> Result<Counts, Error> {
		let mut running = Running::default();
		loop {
			self.see(session, &mut running).await?;
			*failures = 0;
			self.look(session, &mut running);
			self.say(session, &mut running);
			let counts = self.work.counts();
			self.metrics.records(&counts);
			if self.config.mode.ending == Ending::WorkedOff && is_over(&counts, &running) {
				return Ok(counts);
			}
			tokio::select! {
				Some(look) = running.judging.join_next() => self.looked(look)?,
				Some(sent) = running.sending.join_next() => {
					self.said(sent.map_err(broken)?, &mut running);
				}
				() = sleep(TICK) => {}
			}
		}
	}

	/// Takes over a new finalized block.
	async fn see(&mut self, session: &Session, running: &mut Running) -> Result<(), Error> {
		let head = Snapshot::take(&session.chain, Head::Finalized).await?;
		let number = head.at.number();
		self.metrics.connected(true);
		self.metrics.finalized(number);
		if running.finalized == Some(number) {
			return Ok(());
		}
		let account = self.config.key.account();
		let sweep = running.swept.is_none_or(|at| at.elapsed() >= self.config.backoff.longest);
		let from = if sweep { 0 } else { self.work.first() };
		let ids = |records: Vec<RecordView>| records.iter().map(|record| record.id).collect();
		let pending: Vec<u64> = ids(patiently(head.at.pending_records(&account, from)).await?);
		let absent: Option<Vec<u64>> = match sweep {
			true => Some(ids(patiently(head.at.absent_records(&account, 0)).await?)),
			false => None,
		};
		let next = head.next_record().await?;
		let (pending, absent) = (&pending[..], absent.as_deref());
		self.work.refresh(Seen { from, pending, absent, next });
		if sweep {
			running.swept = Some(Instant::now());
		}
		running.finalized = Some(number);
		Ok(())
	}

	/// Whether absences are held back; a change of it is told aloud.
	fn halt(&self) -> Option<Halt> {
		let halt = self.work.halt(&self.config.patience);
		match (self.metrics.halt(halt), halt) {
			(before, Some(now)) if before.is_none_or(|before| before.code() != now.code()) => {
				self.journal.note(now.code(), &now.to_string());
			}
			(Some(_), None) => {
				self.journal.note("no-longer-halted", "the operator's records are in order again");
			}
			_ => {}
		}
		halt
	}

	/// Begins to look at records that are due.
	fn look(&mut self, session: &Session, running: &mut Running) {
		let free = self.config.concurrency.saturating_sub(running.judging.len());
		for id in self.work.take(Instant::now(), free) {
			let (judge, session) = (self.judge.clone(), session.clone());
			running.judging.spawn(async move { (id, judge.judge(&session, id).await) });
		}
	}

	fn looked(&mut self, look: Result<Look, JoinError>) -> Result<(), Error> {
		let (id, judged) = look.map_err(broken)?;
		match judged {
			Ok(judged) => self.judged(judged),
			Err(error) => {
				self.journal.note("node-failed", &format!("record {id}: {error}"));
				self.again(id, Why::Node, None);
			}
		}
		Ok(())
	}

	fn judged(&mut self, judged: Judged) {
		let Judged { deposit, found, bytes, overdue } = judged;
		let id = deposit.id;
		let verdict = match found {
			Found::NotFetched(error) => {
				self.metrics.fetched(error.code(), bytes);
				self.journal.note("not-fetched", &format!("record {id}: {error}"));
				if error == FetchError::Missing {
					return self.missed(&deposit, overdue);
				}
				self.work.unanswered(id, error.is_unwell());
				return self.again(id, Why::Content, error.wait());
			}
			Found::Mismatch(mismatch) => {
				self.metrics.fetched(mismatch.code(), bytes);
				self.journal.note("other-content", &format!("record {id}: {mismatch}"));
				return self.missed(&deposit, overdue);
			}
			Found::Verdict(verdict) => verdict,
		};
		self.work.found(id);
		if bytes > 0 {
			self.metrics.fetched("content", bytes);
		}
		self.speak(&deposit, &verdict);
	}

	/// Notes content that did not come. It is said to be absent when several looks over some time found
	/// none, unless something is wrong with the operator's records as a whole.
	fn missed(&mut self, deposit: &Deposit, overdue: Option<Reason>) {
		let (id, patience) = (deposit.id, self.config.patience);
		let is_absent = self.work.missed(id, Instant::now(), overdue.is_some(), &patience);
		match overdue {
			Some(reason) if is_absent && self.halt().is_none() => {
				self.speak(deposit, &Verdict::Absent(reason));
			}
			_ if self.work.said_absent(id) => self.again(id, Why::Absent, None),
			_ => self.again(id, Why::Content, None),
		}
	}

	/// Tells a verdict, and has it said on chain.
	fn speak(&mut self, deposit: &Deposit, verdict: &Verdict) {
		let id = deposit.id;
		let written = match verdict {
			Verdict::Reject(reason) | Verdict::Absent(reason) => {
				Some(Written::new(deposit, reason))
			}
			Verdict::Confirm(_) | Verdict::Hold(_) => None,
		};
		self.journal.verdict(deposit, verdict, written.as_ref().map(|written| &written.digest));
		self.count(verdict);
		if matches!(verdict, Verdict::Hold(_)) {
			return self.again(id, Why::Hold, None);
		}
		if self.config.mode.telling == Telling::Nobody {
			return self.work.told(id);
		}
		// The reasons must be there before the chain has their digest.
		if let Some(Err(error)) = written.as_ref().map(|written| self.reasons.keep(written)) {
			self.journal.note("reasons-not-kept", &error.to_string());
			return self.again(id, Why::Hold, None);
		}
		let digest = on_chain(deposit.record.content.digest);
		let verdict = match (verdict, written.map(|written| on_chain(written.digest))) {
			(Verdict::Absent(_), Some(reason)) => calls::Verdict::Absent { reason },
			(_, Some(reason)) => calls::Verdict::Reject { reason },
			(_, None) => calls::Verdict::Confirm,
		};
		self.work.ready(Statement { id, digest, verdict });
	}

	fn count(&self, verdict: &Verdict) {
		match verdict {
			Verdict::Confirm(basis) => self.metrics.verdict("confirm", basis.code()),
			Verdict::Reject(reason) => self.metrics.verdict("reject", reason.code()),
			Verdict::Absent(reason) => self.metrics.verdict("absent", reason.code()),
			Verdict::Hold(hold) => self.metrics.verdict("hold", hold.code()),
		}
	}

	/// Looks at a record again, later each time, and not before the operator asks to.
	fn again(&mut self, id: u64, why: Why, least: Option<Duration>) {
		let failures = self.work.failed(id);
		let wait = self.config.backoff.after(failures, &mut rand::thread_rng());
		self.work.later(id, Instant::now() + wait.max(least.unwrap_or_default()), why);
	}

	/// Sends statements, one transaction at a time.
	fn say(&mut self, session: &Session, running: &mut Running) {
		let now = Instant::now();
		if self.halt().is_some() {
			self.work.withdraw_absences(now + self.config.backoff.longest);
		}
		let statements = self.work.statements();
		if statements.is_empty() || !running.sending.is_empty() {
			return;
		}
		let since = *running.ready_since.get_or_insert(now);
		let gathered = running.judging.is_empty() || now.duration_since(since) >= GATHER;
		if !gathered || running.not_before.is_some_and(|then| now < then) {
			return;
		}
		let pooled = match (running.pooled_since, running.finalized) {
			(Some(since), Some(now)) if now.saturating_sub(since) > LIFETIME => Pooled::Ignore,
			_ => Pooled::Wait,
		};
		let (session, key) = (session.clone(), self.config.key.clone());
		running.sending.spawn(async move { submit(&session, &key, &statements, pooled).await });
	}

	fn said(&mut self, sent: Result<Sent, Error>, running: &mut Running) {
		match &sent {
			Ok(Sent::InPool(_)) => {
				running.pooled_since = running.pooled_since.or(running.finalized)
			}
			_ => running.pooled_since = None,
		}
		// The finalized block tells what is still to be said, of what was called absent, too.
		(running.finalized, running.swept) = (None, None);
		running.ready_since = None;
		let wait = match sent {
			Ok(Sent::Final(statements)) => {
				running.failures = 0;
				self.metrics.sent("final", statements);
				self.journal.note(
					"attested",
					&format!(
						"{} final",
						counted(statements as u64, "statement is", "statements are")
					),
				);
				return;
			}
			Ok(Sent::Refused) => {
				self.metrics.sent("refused", 0);
				self.journal.note("refused", "the chain has this institution's word already");
				TICK
			}
			Ok(Sent::Known | Sent::InPool(_)) => TICK * 2,
			Err(error) => {
				running.failures += 1;
				self.metrics.sent("failed", 0);
				self.journal.note("not-attested", &error.to_string());
				self.config.backoff.after(running.failures, &mut rand::thread_rng())
			}
		};
		running.not_before = Some(Instant::now() + wait);
	}
}

/// Whether nothing more comes of waiting.
fn is_over(counts: &Counts, running: &Running) -> bool {
	let quiet = running.judging.is_empty() && running.sending.is_empty();
	quiet && counts.new == 0 && (counts.ready == 0 || running.failures >= TRIES)
}

/// A task that panicked. The connection is made anew, and everything looked at again.
fn broken(error: JoinError) -> Error {
	Error::Node(format!("a task broke off: {error}"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{config::Mode, journal::Form, metrics::Health};
	use winddown_sdk::keys::{Keypair, Scheme};

	/// A daemon whose node is not there.
	fn attestor(folder: &std::path::Path, once: bool) -> Attestor {
		let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
		let url = format!("ws://{}", listener.local_addr().unwrap());
		let key = Keypair::from_suri(Scheme::Sr25519, "//ArbiterOne").unwrap();
		let config = Config {
			url,
			reasons: folder.join("reasons"),
			mode: Mode::new(false, once),
			..Config::new("http://127.0.0.1:1".parse().unwrap(), key)
		};
		Attestor::new(config, Journal(Form::Silent)).unwrap()
	}

	#[tokio::test]
	async fn a_daemon_without_a_node_stays_up_until_it_is_stopped() {
		let dir = tempfile::tempdir().unwrap();
		let attestor = attestor(dir.path(), false);
		let metrics = attestor.shown().metrics;
		let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
		let running = tokio::spawn(attestor.run(async { stopped.await.unwrap_or_default() }));
		sleep(Duration::from_millis(2_500)).await;
		assert!(!running.is_finished());
		assert_eq!(metrics.health(Duration::from_secs(60)), Health::Disconnected);
		stop.send(()).unwrap();
		assert_eq!(running.await.unwrap(), Ended::Stopped);
	}

	#[tokio::test]
	async fn once_ends_without_a_node() {
		let dir = tempfile::tempdir().unwrap();
		let attestor = attestor(dir.path(), true);
		assert_eq!(attestor.run(std::future::pending()).await, Ended::NoNode);
	}
}
