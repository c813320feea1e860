//! The operator's endpoint over HTTP, for institutions of the consortium (docs/records.md).
//!
//! `GET /v1/content/{algorithm}/{hex}` has the bytes behind an evidence record, `GET
//! /v1/records/{digest}` one record, `GET /health` says whether database and node answer. Every
//! request of content carries a signature ([`crate::access`]) of an institution that the chain knows,
//! not suspended, with a role of [`READERS`]. When the chain cannot be asked, nobody is let in.

mod answer;
mod body;
mod connections;
mod expected;
mod guard;
mod institutions;
mod limits;
mod log;
mod rate;
mod replay;
mod routes;

pub use expected::Deposited;
pub use institutions::{ChainInstitutions, Institutions, NodeAway, Standing, READERS};
pub use limits::Limits;
pub use log::{Answered, Event};

use crate::store::Store;
use std::{io, sync::Arc};
use tokio::{net::TcpListener, sync::Semaphore};
use winddown_proof::digest::Digest;

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
	expected: expected::Expected,
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
			expected: expected::Expected::default(),
			limits,
		}
	}

	/// Answers that nothing is kept under these digests, although the chain has them: the operator says
	/// that their content never came.
	pub fn without(self, digests: impl IntoIterator<Item = Digest>) -> Self {
		Self { expected: expected::Expected::without(digests), ..self }
	}

	/// Compares the database with the chain, answers until `stop` is ready, and then ends what has begun.
	pub async fn serve(
		self,
		listener: TcpListener,
		stop: impl std::future::Future<Output = ()>,
	) -> io::Result<()> {
		let limits = self.limits;
		self.compare().await;
		let endpoint = Arc::new(self);
		let compared = endpoint.clone();
		let comparing = tokio::spawn(async move {
			loop {
				tokio::time::sleep(expected::EVERY).await;
				compared.compare().await;
			}
		});
		let served = connections::serve(listener, routes::router(endpoint), limits, stop).await;
		comparing.abort();
		served
	}
}
