//! `GET /health` and `GET /health/readiness`. A probe of these needs no client's place: it is answered when all
//! `--rpc-max-connections` are taken, too.

use hyper::{header::CONTENT_TYPE, Method, Request, StatusCode};
use jsonrpsee::{
	core::EmptyServerParams,
	server::{HttpBody, HttpResponse},
	Methods,
};
use sc_rpc::system::Health;

/// What a probe asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Probe {
	/// How the node is.
	Health,
	/// Whether it can serve: it has peers and does not catch up, or needs none.
	Readiness,
	/// A probe with another method than GET.
	NotAllowed,
}

impl Probe {
	/// What a request asks, if it is a probe.
	pub fn of<B>(request: &Request<B>) -> Option<Self> {
		let probe = match request.uri().path() {
			"/health" => Self::Health,
			"/health/readiness" => Self::Readiness,
			_ => return None,
		};
		Some(if request.method() == Method::GET { probe } else { Self::NotAllowed })
	}

	/// The answer: the node's health in JSON, with the status 503 where it cannot serve.
	pub async fn answer(self, methods: &Methods) -> HttpResponse {
		if self == Self::NotAllowed {
			return response(StatusCode::METHOD_NOT_ALLOWED, error("a probe is a GET"));
		}
		match methods.call::<_, Health>("system_health", EmptyServerParams::new()).await {
			Ok(health) => {
				let status = match self == Self::Health || is_ready(&health) {
					true => StatusCode::OK,
					false => StatusCode::SERVICE_UNAVAILABLE,
				};
				let text = serde_json::to_string(&health);
				response(status, text.unwrap_or_else(|failed| error(&failed.to_string())))
			}
			Err(failed) => {
				let reason = error(&format!("the network does not answer: {failed}"));
				response(StatusCode::SERVICE_UNAVAILABLE, reason)
			}
		}
	}
}

fn is_ready(health: &Health) -> bool {
	(!health.is_syncing && health.peers > 0) || !health.should_have_peers
}

fn error(reason: &str) -> String {
	serde_json::json!({ "error": reason }).to_string()
}

fn response(status: StatusCode, body: String) -> HttpResponse {
	let mut response = HttpResponse::new(HttpBody::from(body));
	*response.status_mut() = status;
	let json = hyper::header::HeaderValue::from_static("application/json; charset=utf-8");
	response.headers_mut().insert(CONTENT_TYPE, json);
	response
}

#[cfg(test)]
mod tests {
	use super::*;
	use jsonrpsee::{types::ErrorObjectOwned, RpcModule};

	/// A node with this many peers, which catches up or not.
	fn node(peers: usize, is_syncing: bool, should_have_peers: bool) -> Methods {
		let mut module = RpcModule::new(());
		module
			.register_method("system_health", move |_, _, _| {
				Ok::<_, ErrorObjectOwned>(Health { peers, is_syncing, should_have_peers })
			})
			.unwrap();
		module.into()
	}

	async fn status(probe: Probe, methods: Methods) -> u16 {
		probe.answer(&methods).await.status().as_u16()
	}

	#[tokio::test]
	async fn a_node_is_ready_with_peers_or_where_it_needs_none() {
		assert_eq!(status(Probe::Readiness, node(1, false, true)).await, 200);
		assert_eq!(status(Probe::Readiness, node(0, false, false)).await, 200);
		assert_eq!(status(Probe::Readiness, node(0, false, true)).await, 503);
		assert_eq!(status(Probe::Readiness, node(3, true, true)).await, 503);
		assert_eq!(status(Probe::Health, node(0, true, true)).await, 200);
		assert_eq!(status(Probe::Health, RpcModule::new(()).into()).await, 503);
		assert_eq!(status(Probe::NotAllowed, node(1, false, true)).await, 405);
	}

	#[test]
	fn only_two_addresses_are_probes() {
		let asked = |method: &str, path: &str| {
			Probe::of(&Request::builder().method(method).uri(path).body(()).unwrap())
		};
		assert_eq!(asked("GET", "/health"), Some(Probe::Health));
		assert_eq!(asked("GET", "/health/readiness?x=1"), Some(Probe::Readiness));
		assert_eq!(asked("POST", "/health"), Some(Probe::NotAllowed));
		assert_eq!(asked("GET", "/"), None);
		assert_eq!(asked("POST", "/"), None);
	}
}
