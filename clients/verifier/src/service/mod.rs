//! The verification service: a page on which a lender checks a ballot, and an API for audits.
//!
//! It believes nobody and asks nobody to believe it: the page verifies in the browser, from the genesis
//! hash that the lender compares with a printed one. The service only hands out what is checked there.
//! Nothing about a request is kept or logged, but for the audits that it orders.

mod assets;
mod audits;
mod error;
mod finality;
mod guard;
mod health;
mod openapi;
mod receipts;
mod server;
mod verify;

pub use audits::work;
pub use server::serve;

use audits::Audits;
use axum::{
	middleware::{from_fn, map_response},
	Router,
};
use receipts::Receipts;
use std::{path::PathBuf, sync::Arc};
use winddown_proof::Anchor;

/// What a service is started with.
#[derive(Clone, Debug)]
pub struct Config {
	/// Where the trust of its own checks begins; the page offers it, and a lender may change it there.
	pub anchor: Anchor,
	/// A node that keeps all blocks and states, for receipts and for audits without an archive.
	pub node: Option<String>,
	/// The folder of bundles, archives, exports and reports.
	pub data: Option<PathBuf>,
	/// This program, which audits in a process of its own.
	pub program: PathBuf,
	/// Most bytes of memory that an audit may take.
	pub audit_memory: u64,
}

/// What every handler needs.
type Shared = Arc<Service>;

struct Service {
	anchor: Anchor,
	finality: finality::Watch,
	receipts: Receipts,
	audits: Audits,
}

/// The routes of a service. Needs an async runtime, on which audits are waited for.
pub fn router(config: Config) -> std::io::Result<Router> {
	let service = Arc::new(Service {
		anchor: config.anchor,
		finality: finality::Watch::new(config.node.clone()),
		receipts: Receipts::new(&config),
		audits: Audits::open(&config)?,
	});
	Ok(Router::new()
		.merge(assets::routes())
		.merge(openapi::routes())
		.merge(health::routes())
		.merge(verify::routes())
		.merge(receipts::routes())
		.merge(audits::routes())
		.fallback(error::no_such_page)
		.method_not_allowed_fallback(error::no_such_method)
		.layer(from_fn(guard::in_time))
		.layer(map_response(guard::headers))
		.with_state(service))
}
