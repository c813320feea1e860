//! What is asked for, and the answers.

use super::{
	answer::Refusal,
	body,
	expected::Lack,
	guard::guard,
	institutions::{Institutions, NodeAway},
	log::Event,
	Endpoint,
};
use crate::store::{Batch, Document};
use axum::{
	body::Body,
	extract::State,
	http::{header, HeaderMap, HeaderValue, StatusCode, Uri},
	middleware,
	response::{IntoResponse, Response},
	routing::get,
	Json, Router,
};
use serde_json::json;
use std::sync::Arc;
use winddown_proof::digest::Digest;
use winddown_sdk::AccountId32;

const CONTENT: &str = "/v1/content/";
const RECORDS: &str = "/v1/records/";
const JSON_LINES: HeaderValue = HeaderValue::from_static("application/jsonl");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// The paths.
pub fn router<Chain: Institutions>(endpoint: Arc<Endpoint<Chain>>) -> Router {
	let guarded = middleware::from_fn_with_state(endpoint.clone(), guard::<Chain>);
	Router::new()
		.route("/v1/content/{algorithm}/{hex}", get(content::<Chain>))
		.route("/v1/records/{digest}", get(record::<Chain>))
		.route_layer(guarded)
		.route("/health", get(health::<Chain>))
		.fallback(|| async { Refusal::NoPath })
		.method_not_allowed_fallback(|| async { Refusal::Method })
		.with_state(endpoint)
}

/// The digest that a path asks for.
pub fn asked(path: &str) -> Option<Digest> {
	if let Some(digest) = path.strip_prefix(RECORDS) {
		return digest.parse().ok();
	}
	let (algorithm, digits) = path.strip_prefix(CONTENT)?.split_once('/')?;
	format!("{algorithm}:0x{digits}").parse().ok()
}

/// A document, or the lines of a batch.
async fn content<Chain: Institutions>(
	State(endpoint): State<Arc<Endpoint<Chain>>>,
	uri: Uri,
) -> Result<Response, Refusal> {
	let digest = asked(uri.path()).ok_or(Refusal::BadDigest)?;
	if let Some(batch) = failing(&endpoint, endpoint.store.batch(&digest).await)? {
		return batch_answer(endpoint, digest, &batch);
	}
	match failing(&endpoint, endpoint.store.document(&digest).await)? {
		Some(document) => document_answer(&endpoint, document),
		None => Err(match endpoint.expected.lack(&digest) {
			Lack::NotCompared => Refusal::NotCompared,
			Lack::ShouldBeHere => Refusal::ShouldBeHere,
			Lack::Unknown => Refusal::Unknown,
		}),
	}
}

/// One record.
async fn record<Chain: Institutions>(
	State(endpoint): State<Arc<Endpoint<Chain>>>,
	uri: Uri,
) -> Result<Response, Refusal> {
	let digest = asked(uri.path()).ok_or(Refusal::BadDigest)?;
	let found = failing(&endpoint, endpoint.store.record(&digest).await)?;
	let found = found.ok_or(Refusal::Unknown)?;
	Ok((headers(JSON, found.content.len() as u64), found.content).into_response())
}

/// Whether database and node answer, and how much the chain has that the database should hold and does
/// not; for whoever watches over the endpoint.
async fn health<Chain: Institutions>(State(endpoint): State<Arc<Endpoint<Chain>>>) -> Response {
	let database = endpoint.store.ping().await.is_ok();
	let chain = match endpoint.chain.standing(&AccountId32([0; 32])).await {
		Ok(_) => None,
		Err(NodeAway(reason)) => Some(reason),
	};
	let missing = endpoint.expected.count();
	let is_well = database && chain.is_none() && missing == Some(0);
	let status = if is_well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
	let body = json!({
		"status": if is_well { "ok" } else { "degraded" },
		"database": if database { "ok" } else { "away" },
		"chain": chain.as_deref().unwrap_or("ok"),
		"missing": missing,
		"genesis": format!("0x{}", hex::encode(endpoint.genesis)),
	});
	(status, Json(body)).into_response()
}

fn batch_answer<Chain: Institutions>(
	endpoint: Arc<Endpoint<Chain>>,
	root: Digest,
	batch: &Batch,
) -> Result<Response, Refusal> {
	let size = batch.size.try_into().unwrap_or_default();
	let headers = fitting(&endpoint, JSON_LINES, size)?;
	Ok((headers, body::lines(endpoint, root, batch, size)).into_response())
}

fn document_answer<Chain>(
	endpoint: &Endpoint<Chain>,
	document: Document,
) -> Result<Response, Refusal> {
	let media_type = HeaderValue::from_str(&document.media_type).unwrap_or(BYTES);
	let headers = fitting(endpoint, media_type, document.content.len() as u64)?;
	Ok((headers, Body::from(document.content)).into_response())
}

fn fitting<Chain>(
	endpoint: &Endpoint<Chain>,
	media_type: HeaderValue,
	size: u64,
) -> Result<HeaderMap, Refusal> {
	let most = endpoint.limits.response;
	match size > most {
		true => Err(Refusal::TooLarge { size, most }),
		false => Ok(headers(media_type, size)),
	}
}

/// Nobody on the way keeps a copy, and no browser shows it as a page.
fn headers(media_type: HeaderValue, size: u64) -> HeaderMap {
	HeaderMap::from_iter([
		(header::CONTENT_TYPE, media_type),
		(header::CONTENT_LENGTH, size.into()),
		(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
		(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
		(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
	])
}

/// Tells the log why the database failed, which the asker is not told.
fn failing<Chain, Found>(
	endpoint: &Endpoint<Chain>,
	found: Result<Found, crate::Error>,
) -> Result<Found, Refusal> {
	found.map_err(|error| {
		(endpoint.log)(&Event::Failed { reason: error.to_string() });
		error.into()
	})
}
