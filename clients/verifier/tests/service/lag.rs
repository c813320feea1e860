//! The service says how far finality lags, by the word of a node that the test plays.

use crate::server::Server;
use jsonrpsee::{server::ServerBuilder, types::ErrorObjectOwned, RpcModule};
use serde_json::{json, Value};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A chain as a node tells of it: its newest and its last final block, and the final one's age.
#[derive(Clone, Copy)]
struct Told {
	best: u32,
	last: u32,
	age: Duration,
}

fn header(number: u32) -> Value {
	json!({
		"parentHash": format!("0x{}", "11".repeat(32)), "number": format!("{number:#x}"),
		"stateRoot": format!("0x{}", "22".repeat(32)), "extrinsicsRoot": format!("0x{}", "33".repeat(32)),
		"digest": {"logs": []},
	})
}

/// A service at a node that says this.
async fn service(told: Told) -> (Server, jsonrpsee::server::ServerHandle) {
	let node = ServerBuilder::new().build("127.0.0.1:0").await.unwrap();
	let url = format!("ws://{}", node.local_addr().unwrap());
	let mut calls = RpcModule::new(told);
	let last = format!("0x{}", "44".repeat(32));
	calls.register_method("chain_getFinalizedHead", move |_, _, _| last.clone()).unwrap();
	calls
		.register_method("chain_getHeader", |params, told, _| {
			// Only the final block is asked for by its hash.
			let asked = params.sequence().optional_next::<String>().unwrap_or_default();
			Ok::<_, ErrorObjectOwned>(header(asked.map_or(told.best, |_| told.last)))
		})
		.unwrap();
	calls
		.register_method("state_getStorage", |_, told, _| {
			let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
			let at = (now - told.age).as_millis() as u64;
			format!("0x{}", hex::encode(at.to_le_bytes()))
		})
		.unwrap();
	let handle = node.start(calls);
	let folder = tempfile::tempdir().unwrap();
	(Server::start_with(folder, |config| config.node = Some(url)).await, handle)
}

#[tokio::test]
async fn health_tells_the_lag_and_is_not_ok_beyond_a_threshold() {
	for (best, last, age, status) in [
		(103, 100, 9, "ok"),
		(110, 100, 30, "ok"),
		(111, 100, 33, "lagging"),
		(101, 100, 121, "lagging"),
	] {
		let told = Told { best, last, age: Duration::from_secs(age) };
		let (server, _node) = service(told).await;
		let answer = server.get("/v1/health").await;
		assert_eq!(answer.status, 200);
		let health = answer.json();
		assert_eq!(health["status"], status, "{health}");
		let finality = &health["finality"];
		assert_eq!(finality["best_block"], best);
		assert_eq!(finality["final_block"], last);
		assert_eq!(
			(&finality["most_blocks"], &finality["most_age"]),
			(&json!(10), &json!(120_000))
		);
		let told_age = finality["age"].as_u64().unwrap();
		assert!((age * 1_000..age * 1_000 + 10_000).contains(&told_age), "{told_age}");
		assert!(finality["final_at"].as_u64().unwrap() > 1_700_000_000_000);
	}
}

#[tokio::test]
async fn health_says_that_the_node_is_away_and_what_the_service_trusts() {
	let folder = tempfile::tempdir().unwrap();
	// Nobody listens there.
	let server =
		Server::start_with(folder, |config| config.node = Some("ws://127.0.0.1:1".into())).await;
	let health = server.get("/v1/health").await.json();
	assert_eq!((&health["status"], &health["finality"]), (&json!("node_away"), &json!(null)));
	assert_eq!(health["genesis"], crate::server::GENESIS);
}
