//! A bundle in, a report out: for programs that cannot verify themselves. It is this service's word; the
//! page and `winddown evidence verify` need no one's.

use super::{
	error::{Refusal, Refused},
	Shared,
};
use axum::{
	body::Bytes,
	extract::{rejection::BytesRejection, DefaultBodyLimit, Query, Request, State},
	http::StatusCode,
	middleware::{from_fn_with_state, Next},
	response::{IntoResponse, Response},
	routing::post,
	Json, Router,
};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Semaphore;
use utoipa::IntoParams;
use winddown_proof::{bundle::MAX_BYTES, verify, Anchor, Hash};

/// Bundles taken in at once: each may take 16 MiB of memory.
const AT_ONCE: usize = 8;

/// Where trust begins, if not where the service's does.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct From {
	/// The genesis hash: 64 hex digits, with or without 0x.
	genesis: Option<String>,
	/// The hash of a later block that is trusted, where the bundle begins; needs `genesis`.
	checkpoint: Option<String>,
}

pub fn routes() -> Router<Shared> {
	let room = Arc::new(Semaphore::new(AT_ONCE));
	let route = post(bundle).layer(DefaultBodyLimit::max(MAX_BYTES));
	Router::new().route("/v1/verify", route.layer(from_fn_with_state(room, with_room)))
}

/// Takes no body in while there is no room for it.
async fn with_room(State(room): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
	match room.try_acquire() {
		Ok(_room) => next.run(request).await,
		Err(_) => Refusal::busy("busy", "too many bundles at once").into_response(),
	}
}

#[utoipa::path(
	post, path = "/v1/verify", tag = "verify", summary = "Verify a bundle",
	description = "Prefer to verify yourself: the page does it in the browser, `winddown evidence verify` on your \
	               machine. Here you take this service's word.",
	params(From),
	request_body(content = inline(Vec<u8>), content_type = "application/octet-stream",
		description = "The bytes of a .wdproof file, at most 16 MiB"),
	responses(
		(status = 200, description = "It holds: `{\"report\": {…}}` as in docs/bundle.md, with what is proved and \
			what is not in English and Chinese", body = Object),
		(status = 400, description = "A malformed hash, or no readable body", body = Refused),
		(status = 413, description = "More than 16 MiB", body = Refused),
		(status = 422, description = "It proves nothing: `{\"failure\": {\"code\", \"en\", \"zh\"}}`", body = Object),
		(status = 429, description = "Too many at once", body = Refused),
	)
)]
pub async fn bundle(
	State(service): State<Shared>,
	from: Result<Query<From>, axum::extract::rejection::QueryRejection>,
	body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
	let Query(from) = from.map_err(|error| Refusal::bad("bad_query", error.body_text()))?;
	let anchor = anchor(service.anchor, &from)?;
	let body = body?;
	let verified = tokio::task::spawn_blocking(move || verify(&body, &anchor)).await;
	Ok(match verified.map_err(|_| Refusal::broken())? {
		Ok(report) => Json(json!({ "report": report })).into_response(),
		Err(failure) => {
			(StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "failure": failure }))).into_response()
		}
	})
}

fn anchor(own: Anchor, from: &From) -> Result<Anchor, Refusal> {
	let hash = |text: &str| {
		text.parse::<Hash>().map_err(|error| Refusal::bad("not_a_hash", error.to_string()))
	};
	match (&from.genesis, &from.checkpoint) {
		(None, None) => Ok(own),
		(Some(genesis), None) => Ok(Anchor::Genesis { hash: hash(genesis)? }),
		(Some(genesis), Some(block)) => {
			Ok(Anchor::Checkpoint { genesis: hash(genesis)?, block: hash(block)? })
		}
		(None, Some(_)) => Err(Refusal::bad(
			"no_genesis",
			"a checkpoint needs the genesis hash of its chain beside it",
		)),
	}
}
