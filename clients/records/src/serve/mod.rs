//! The operator's endpoint over HTTP, for institutions of the consortium (docs/records.md).
//!
//! `GET /v1/content/{algorithm}/{hex}` has the bytes behind an evidence record, `GET
//! /v1/records/{digest}` one record, `GET /health` says whether database and node answer. Every
//! request of content carries a signature ([`crate::access`]) of an institution that the chain knows,
//! not suspended, with a role of [`READERS`]. When the chain cannot be asked, nobody is let in.

mod answer;
mod body;
mod connections;
mod guard;
mod institutions;
mod limits;
mod log;
mod rate;
mod replay;
mod routes;

pub use institutions::{ChainInstitutions, Institutions, NodeAway, Standing, READERS};
pub use limits::Limits;
pub use log::{Answered, Event};

use crate::store::Store;
use std::{io, sync::Arc};
use tokio::{net::TcpListener, sync::Semaphore};

/// What the endpoint works with.
pub struct Endpoint<Chain> {
	store: Store,
	chain: Chain,
	genesis: [u8; 32],
	limits: Limits,
	log: Box<dyn Fn(&Event) + Send + Sync>,
	rates: rate::Rates,
	used: replay::Used,
	free: Arc<Semaphore>,
}

impl<Chain: Institutions> Endpoint<Chain> {
	/// An endpoint of the chain with this first block. `log` is told of each answer.
	pub fn new(
		store: Store,
		chain: Chain,
		genesis: [u8; 32],
		limits: Limits,
		log: impl Fn(&Event) + Send + Sync + 'static,
	) -> Self {
		Self {
			store,
			chain,
			genesis,
			log: Box::new(log),
			rates: rate::Rates::new(&limits),
			used: replay::Used::default(),
			free: Arc::new(Semaphore::new(limits.requests_at_once)),
			limits,
		}
	}

	/// Answers until `stop` is ready, and then ends what has begun.
	pub async fn serve(
		self,
		listener: TcpListener,
		stop: impl std::future::Future<Output = ()>,
	) -> io::Result<()> {
		let limits = self.limits;
		connections::serve(listener, routes::router(Arc::new(self)), limits, stop).await
	}
}
