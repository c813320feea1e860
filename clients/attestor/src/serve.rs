//! Health and metrics over HTTP, and the written reasons of rejections.

use crate::{
	metrics::{Health, Metrics},
	reasons::Folder,
};
use axum::{
	extract::{Path, State},
	http::{header::CONTENT_TYPE, StatusCode},
	response::IntoResponse,
	routing::get,
	Json, Router,
};
use serde_json::json;
use std::time::Duration;

/// What the endpoint shows.
#[derive(Clone)]
pub struct Shown {
	/// The figures.
	pub metrics: Metrics,
	/// How old a finalized block may be.
	pub stale: Duration,
	/// Where written reasons are kept.
	pub reasons: Folder,
}

/// `/health`, `/metrics` and `/reasons/{digits}`.
pub fn router(shown: Shown) -> Router {
	Router::new()
		.route("/health", get(health))
		.route("/metrics", get(metrics))
		.route("/reasons/{digits}", get(reasons))
		.with_state(shown)
}

async fn health(State(shown): State<Shown>) -> impl IntoResponse {
	let health = shown.metrics.health(shown.stale);
	let (word, seconds) = match &health {
		Health::Following => ("following", None),
		Health::Starting => ("starting", None),
		Health::Disconnected => ("disconnected", None),
		Health::Stale { seconds } => ("stale", Some(*seconds)),
		Health::Halted(halt) => (halt.code(), None),
	};
	let status = match health {
		Health::Following => StatusCode::OK,
		_ => StatusCode::SERVICE_UNAVAILABLE,
	};
	(status, Json(json!({ "status": word, "seconds": seconds })))
}

async fn metrics(State(shown): State<Shown>) -> impl IntoResponse {
	match shown.metrics.text() {
		Ok(text) => (StatusCode::OK, [(CONTENT_TYPE, "text/plain; version=0.0.4")], text),
		Err(error) => {
			(StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, "text/plain")], error.to_string())
		}
	}
}

async fn reasons(State(shown): State<Shown>, Path(digits): Path<String>) -> impl IntoResponse {
	match shown.reasons.find(&digits) {
		Some(text) => Ok(([(CONTENT_TYPE, "application/json")], text)),
		None => Err(StatusCode::NOT_FOUND),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		check::{tests::deposit_of, Reason},
		fetch::{fetch, FetchError, Limits},
		reasons::Written,
	};

	const LIMITS: Limits = Limits {
		connect: Duration::from_secs(5),
		total: Duration::from_secs(5),
		rate: 0,
		stall: Duration::from_secs(5),
	};

	#[tokio::test]
	async fn a_supervisor_sees_health_figures_and_reasons() {
		let dir = tempfile::tempdir().unwrap();
		let (metrics, reasons) = (Metrics::new().unwrap(), Folder::open(dir.path()).unwrap());
		let shown = Shown { metrics, stale: Duration::from_secs(60), reasons };
		let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
		let endpoint = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
		let router = router(shown.clone());
		tokio::spawn(async move { axum::serve(listener, router).await });
		let get = async |path: &str| {
			let found = fetch(&endpoint, path, "", 1 << 20, &LIMITS).await?;
			Ok::<_, FetchError>(String::from_utf8(found).unwrap())
		};

		let unhealthy = Err(FetchError::Status { status: 503, wait: None });
		assert_eq!(get("/health").await, unhealthy);
		shown.metrics.connected(true);
		assert_eq!(get("/health").await, unhealthy, "no block yet");
		shown.metrics.finalized(12);
		assert_eq!(get("/health").await, Ok("{\"seconds\":null,\"status\":\"following\"}".into()));

		let figures = get("/metrics").await.unwrap();
		assert!(figures.contains("\nwinddown_attestor_finalized_block 12\n"), "{figures}");

		let written = Written::new(&deposit_of(b"content"), &Reason::SeveralPolls);
		let path = format!("/reasons/{}", hex::encode(written.digest.bytes));
		assert_eq!(get(&path).await, Err(FetchError::Missing));
		shown.reasons.keep(&written).unwrap();
		assert_eq!(get(&path).await, Ok(written.text));
	}
}
