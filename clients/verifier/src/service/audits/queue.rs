//! The audits of a service, and the one task that does them in turn.

use super::{
	files::Files,
	no_such_audit,
	process::{Job, Process},
	store::Store,
	Audit, Order, Progress, Refusal, Step,
};
use crate::service::{health::Load, Config};
use axum::http::StatusCode;
use std::{
	collections::BTreeMap,
	io,
	sync::{Arc, Mutex, MutexGuard},
	time::{SystemTime, UNIX_EPOCH},
};
use tokio::sync::mpsc::{channel, error::TrySendError, Receiver, Sender};

/// Audits that may wait.
const WAITING: usize = 8;

/// The audits of a service; without a folder there are none.
pub struct Audits(Option<Open>);

struct Open {
	config: Config,
	known: Arc<Known>,
	queue: Sender<(u32, Files)>,
}

/// What is known of audits.
struct Known {
	store: Store,
	audits: Mutex<BTreeMap<u32, Audit>>,
}

impl Audits {
	/// Reads what was audited before, and starts the task that audits.
	pub fn open(config: &Config) -> io::Result<Self> {
		let Some(data) = &config.data else { return Ok(Self(None)) };
		let (store, audits) = Store::open(data)?;
		let known = Arc::new(Known { store, audits: Mutex::new(audits) });
		let (queue, orders) = channel(WAITING);
		tokio::spawn(run(orders, known.clone(), Process::new(config)));
		Ok(Self(Some(Open { config: config.clone(), known, queue })))
	}

	/// How many there are.
	pub fn load(&self) -> Result<Load, Refusal> {
		let Some(open) = &self.0 else {
			return Ok(Load { enabled: false, waiting: 0, running: 0 });
		};
		let audits = open.known.audits()?;
		let count = |wanted: fn(&Progress) -> bool| {
			audits.values().filter(|audit| wanted(&audit.state)).count()
		};
		Ok(Load {
			enabled: true,
			waiting: count(|state| matches!(state, Progress::Waiting)),
			running: count(|state| matches!(state, Progress::Running { .. })),
		})
	}

	/// Takes an order, when there is room.
	pub fn order(&self, order: Order) -> Result<Audit, Refusal> {
		let open = self.0.as_ref().ok_or_else(|| {
			let message = "this service was started without a folder for audits";
			Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "no_folder", message)
		})?;
		let data = open.config.data.as_deref().ok_or_else(Refusal::broken)?;
		let files = Files::of(&order, data, open.config.node.is_some())?;
		// Locked until the audit is known, so that the task does not meet one that is not.
		let mut audits = open.known.audits()?;
		let id = audits.last_key_value().map_or(0, |(id, _)| *id).saturating_add(1);
		let place = open.queue.try_reserve().map_err(|error| match error {
			TrySendError::Full(()) => {
				Refusal::busy("queue_full", format!("{WAITING} audits wait already"))
			}
			TrySendError::Closed(()) => Refusal::broken(),
		})?;
		open.known.store.begin(id)?;
		let audit = Audit { id, order, ordered_at: now(), state: Progress::Waiting };
		audits.insert(id, audit.clone());
		open.known.store.tidy(&mut audits)?;
		place.send((id, files));
		Ok(audit)
	}

	/// An audit.
	pub fn get(&self, id: u32) -> Result<Audit, Refusal> {
		let open = self.0.as_ref().ok_or_else(no_such_audit)?;
		open.known.audits()?.get(&id).cloned().ok_or_else(no_such_audit)
	}

	/// A file of an audit's report.
	pub async fn report(&self, id: u32, file: &'static str) -> Result<Vec<u8>, Refusal> {
		let open = self.0.as_ref().ok_or_else(no_such_audit)?;
		match self.get(id)?.state {
			Progress::Finished { .. } => {
				Ok(tokio::fs::read(open.known.store.folder(id).join(file)).await?)
			}
			Progress::Failed { .. } => {
				Err(Refusal::new(StatusCode::CONFLICT, "no_report", "that audit failed"))
			}
			Progress::Waiting | Progress::Running { .. } => Err(Refusal::new(
				StatusCode::CONFLICT,
				"not_finished",
				"that audit is not finished",
			)),
		}
	}
}

impl Known {
	fn audits(&self) -> Result<MutexGuard<'_, BTreeMap<u32, Audit>>, Refusal> {
		self.audits.lock().map_err(|_| Refusal::broken())
	}

	fn set(&self, id: u32, state: Progress) -> Option<Audit> {
		let mut audits = self.audits().ok()?;
		let audit = audits.get_mut(&id)?;
		audit.state = state;
		Some(audit.clone())
	}
}

/// Does one audit after the other, until the service is gone.
async fn run(mut orders: Receiver<(u32, Files)>, known: Arc<Known>, process: Process) {
	while let Some((id, files)) = orders.recv().await {
		let Some(case) = known.audits().ok().and_then(|audits| Some(audits.get(&id)?.order.case))
		else {
			continue;
		};
		let report = known.store.folder(id);
		let tell = |step: Step| drop(known.set(id, Progress::Running { step }));
		tell(Step::Starting);
		let ended = process.audit(&Job { case, files, report }, tell).await;
		let ended_at = now();
		let state = match ended {
			Ok(findings) => Progress::Finished { findings, ended_at },
			Err(reason) => Progress::Failed { reason, ended_at },
		};
		if let Some(audit) = known.set(id, state) {
			if known.store.end(&audit).is_err() {
				eprintln!("audit {id}: how it ended could not be written to its folder");
			}
		}
	}
}

fn now() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
