//! What a supervisor measures, in Prometheus' terms.

use crate::{absence::Halt, work::Counts};
use prometheus::{
	Encoder, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};
use std::{
	sync::{Arc, Mutex},
	time::{Duration, Instant},
};

/// Counters and gauges of one daemon. Clones are the same ones.
#[derive(Clone)]
pub struct Metrics {
	registry: Registry,
	connected: IntGauge,
	finalized: IntGauge,
	records: IntGaugeVec,
	verdicts: IntCounterVec,
	fetches: IntCounterVec,
	bytes: IntCounter,
	statements: IntCounter,
	transactions: IntCounterVec,
	halted: IntGauge,
	seen: Arc<Mutex<Option<Seen>>>,
	halt: Arc<Mutex<Option<Halt>>>,
}

/// The finalized block that was seen last.
#[derive(Clone, Copy, Debug)]
struct Seen {
	number: u64,
	/// When it was new.
	since: Instant,
}

/// Whether the daemon does its work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Health {
	/// It follows the chain.
	Following,
	/// It has no connection to its node.
	Disconnected,
	/// It never saw a finalized block.
	Starting,
	/// The chain finalises nothing.
	Stale {
		/// Since so many seconds.
		seconds: u64,
	},
	/// Something is wrong with the operator's records as a whole. The rest goes on.
	Halted(Halt),
}

impl Metrics {
	/// All at zero.
	pub fn new() -> Result<Self, prometheus::Error> {
		let registry = Registry::new_custom(Some("winddown_attestor".into()), None)?;
		let gauge = |name: &str, help: &str| {
			let gauge = IntGauge::new(name, help)?;
			registry.register(Box::new(gauge.clone()))?;
			Ok::<_, prometheus::Error>(gauge)
		};
		let counter = |name: &str, help: &str| {
			let counter = IntCounter::new(name, help)?;
			registry.register(Box::new(counter.clone()))?;
			Ok::<_, prometheus::Error>(counter)
		};
		let counters = |name: &str, help: &str, labels: &[&str]| {
			let counters = IntCounterVec::new(Opts::new(name, help), labels)?;
			registry.register(Box::new(counters.clone()))?;
			Ok::<_, prometheus::Error>(counters)
		};
		let records = IntGaugeVec::new(
			Opts::new("records", "Records that wait for this institution, by where they stand"),
			&["state"],
		)?;
		registry.register(Box::new(records.clone()))?;
		Ok(Self {
			connected: gauge("connected", "Whether the node answers")?,
			finalized: gauge("finalized_block", "The last finalized block")?,
			records,
			verdicts: counters("verdicts_total", "Verdicts reached", &["verdict", "code"])?,
			fetches: counters("fetches_total", "Requests to the operator", &["outcome"])?,
			bytes: counter("fetched_bytes_total", "Bytes of content")?,
			statements: counter("statements_total", "Statements in finalized blocks")?,
			transactions: counters("transactions_total", "Transactions", &["outcome"])?,
			halted: gauge("halted", "Whether absences are held back, and a person has to look")?,
			registry,
			seen: Arc::default(),
			halt: Arc::default(),
		})
	}

	/// Notes whether the node answers.
	pub fn connected(&self, connected: bool) {
		self.connected.set(connected.into());
	}

	/// Notes a finalized block.
	pub fn finalized(&self, number: u64) {
		self.finalized.set(number as i64);
		let mut seen = self.seen.lock().unwrap_or_else(|broken| broken.into_inner());
		if seen.is_none_or(|seen| seen.number != number) {
			*seen = Some(Seen { number, since: Instant::now() });
		}
	}

	/// Notes how many records stand where.
	pub fn records(&self, counts: &Counts) {
		let Counts { new, retried, held, ready, told, absent } = *counts;
		let states = [
			("new", new),
			("retried", retried),
			("held", held),
			("ready", ready),
			("told", told),
			("absent", absent),
		];
		for (state, count) in states {
			self.records.with_label_values(&[state]).set(count as i64);
		}
	}

	/// Notes whether absences are held back; what was noted before.
	pub fn halt(&self, halt: Option<Halt>) -> Option<Halt> {
		self.halted.set(halt.is_some().into());
		let mut known = self.halt.lock().unwrap_or_else(|broken| broken.into_inner());
		std::mem::replace(&mut known, halt)
	}

	/// Notes a verdict.
	pub fn verdict(&self, verdict: &str, code: &str) {
		self.verdicts.with_label_values(&[verdict, code]).inc();
	}

	/// Notes a request to the operator.
	pub fn fetched(&self, outcome: &str, bytes: u64) {
		self.fetches.with_label_values(&[outcome]).inc();
		self.bytes.inc_by(bytes);
	}

	/// Notes a transaction.
	pub fn sent(&self, outcome: &str, statements: usize) {
		self.transactions.with_label_values(&[outcome]).inc();
		self.statements.inc_by(statements as u64);
	}

	/// Whether the daemon does its work, if a finalized block may be `stale` old.
	pub fn health(&self, stale: Duration) -> Health {
		let seen = *self.seen.lock().unwrap_or_else(|broken| broken.into_inner());
		match (self.connected.get(), seen) {
			(0, _) => Health::Disconnected,
			(_, None) => Health::Starting,
			(_, Some(seen)) if seen.since.elapsed() > stale => {
				Health::Stale { seconds: seen.since.elapsed().as_secs() }
			}
			_ => {
				let halt = *self.halt.lock().unwrap_or_else(|broken| broken.into_inner());
				halt.map_or(Health::Following, Health::Halted)
			}
		}
	}

	/// Everything, in the text format.
	pub fn text(&self) -> Result<String, prometheus::Error> {
		let mut text = Vec::new();
		TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
		Ok(String::from_utf8_lossy(&text).into_owned())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const STALE: Duration = Duration::from_millis(40);

	#[test]
	fn it_is_healthy_only_while_it_sees_new_finalized_blocks() {
		let metrics = Metrics::new().unwrap();
		assert_eq!(metrics.health(STALE), Health::Disconnected);
		metrics.connected(true);
		assert_eq!(metrics.health(STALE), Health::Starting);
		metrics.finalized(7);
		assert_eq!(metrics.health(STALE), Health::Following);
		std::thread::sleep(STALE * 2);
		metrics.finalized(7);
		assert_eq!(metrics.health(STALE), Health::Stale { seconds: 0 });
		metrics.finalized(8);
		assert_eq!(metrics.health(STALE), Health::Following);
		let halt = Halt::Overdue { records: 3 };
		assert_eq!(metrics.halt(Some(halt)), None);
		assert_eq!(metrics.health(STALE), Health::Halted(halt));
		assert_eq!(metrics.halt(None), Some(halt));
		assert_eq!(metrics.health(STALE), Health::Following);
		metrics.connected(false);
		assert_eq!(metrics.health(STALE), Health::Disconnected);
	}

	#[test]
	fn the_text_has_every_figure_with_its_labels() {
		let metrics = Metrics::new().unwrap();
		metrics.finalized(12);
		metrics.records(&Counts { held: 2, ..Counts::default() });
		metrics.verdict("reject", "not-on-roll");
		metrics.fetched("missing", 0);
		metrics.fetched("content", 40);
		metrics.sent("final", 3);
		let text = metrics.text().unwrap();
		for line in [
			"winddown_attestor_finalized_block 12",
			"winddown_attestor_records{state=\"held\"} 2",
			"winddown_attestor_verdicts_total{code=\"not-on-roll\",verdict=\"reject\"} 1",
			"winddown_attestor_fetches_total{outcome=\"missing\"} 1",
			"winddown_attestor_fetched_bytes_total 40",
			"winddown_attestor_statements_total 3",
			"winddown_attestor_transactions_total{outcome=\"final\"} 1",
		] {
			assert!(text.lines().any(|found| found == line), "{line}\n{text}");
		}
	}
}
