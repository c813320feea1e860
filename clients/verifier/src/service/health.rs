use super::{
	error::Refusal,
	finality::{Finality, Seen},
	Shared,
};
use axum::{extract::State, routing::get, Json, Router};
use serde::Serialize;
use utoipa::ToSchema;
use winddown_proof::Anchor;

/// What the service is, for its page and for whoever watches over it.
#[derive(Serialize, ToSchema)]
pub struct Health {
	/// How it is.
	status: Status,
	/// How far finality lags; nothing without a node, or when the node does not answer.
	finality: Option<Finality>,
	/// Of this program.
	#[schema(example = "0.1.0")]
	version: &'static str,
	/// The genesis hash from which it checks. Compare it with a printed one.
	#[schema(example = "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648")]
	genesis: String,
	/// The block from which it checks, if that is not the first one.
	checkpoint: Option<String>,
	/// Where it has the bundles of receipts from.
	receipts: Sources,
	/// Its audits.
	audits: Load,
}

/// How a service is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
	/// It is well.
	Ok,
	/// Finality lags beyond one of the thresholds: new ballots are on the chain and cannot be proved yet.
	Lagging,
	/// The node does not answer. Files can be verified all the same.
	NodeAway,
}

/// Where bundles of receipts come from.
#[derive(Serialize, ToSchema)]
pub struct Sources {
	/// A folder with bundles that were put there.
	pub folder: bool,
	/// A node, of whose answers it makes bundles.
	pub node: bool,
}

/// How much there is to do.
#[derive(Serialize, ToSchema)]
pub struct Load {
	/// Whether audits can be ordered at all.
	pub enabled: bool,
	/// Audits that wait.
	pub waiting: usize,
	/// Audits that run: none or one.
	pub running: usize,
}

pub fn routes() -> Router<Shared> {
	Router::new().route("/v1/health", get(health))
}

#[utoipa::path(
	get, path = "/v1/health", tag = "service", summary = "Whether the service is well, and what it trusts",
	description = "The answer is 200 in every state: the page serves lenders also while finality lags or the node is \
	               away. Whoever watches looks at `status`.",
	responses((status = 200, description = "`status` says how it is", body = Health))
)]
pub async fn health(State(service): State<Shared>) -> Result<Json<Health>, Refusal> {
	let checkpoint = match service.anchor {
		Anchor::Genesis { .. } => None,
		Anchor::Checkpoint { block, .. } => Some(block.to_string()),
	};
	let seen = service.finality.look().await;
	let status = match &seen {
		Seen::Away => Status::NodeAway,
		Seen::Told(finality) if finality.lags() => Status::Lagging,
		Seen::NoNode | Seen::Told(_) => Status::Ok,
	};
	let finality = match seen {
		Seen::Told(finality) => Some(finality),
		Seen::NoNode | Seen::Away => None,
	};
	Ok(Json(Health {
		status,
		finality,
		version: env!("CARGO_PKG_VERSION"),
		genesis: service.anchor.genesis().to_string(),
		checkpoint,
		receipts: service.receipts.sources(),
		audits: service.audits.load()?,
	}))
}
