use crate::server::{Answer, Server};
use serde_json::{json, Value};
use std::{process::Command, time::Duration};
use winddown_proof::Anchor;

async fn order(server: &Server, body: Value) -> Answer {
	server.post_json("/v1/audits", body).await
}

/// The audit once it has ended.
async fn ended(server: &Server, id: u64) -> Value {
	for _ in 0..600 {
		let audit = server.get(&format!("/v1/audits/{id}")).await.json();
		if !matches!(audit["state"].as_str(), Some("waiting" | "running")) {
			return audit;
		}
		tokio::time::sleep(Duration::from_millis(100)).await;
	}
	panic!("audit {id} does not end");
}

mod good {
	use super::*;
	use crate::story;

	#[tokio::test]
	async fn a_case_is_audited_from_its_archive_and_export_and_the_report_is_kept() {
		let server = started(tempfile::tempdir().unwrap()).await;
		let answer =
			order(&server, json!({"case": 0, "archive": "case.wda", "export": "export.jsonl"}))
				.await;
		assert_eq!(answer.status, 202);
		assert_eq!(answer.header("location"), "/v1/audits/1");
		assert_eq!(answer.json()["state"], "waiting");

		let audit = ended(&server, 1).await;
		assert_eq!(
			(&audit["state"], &audit["findings"]),
			(&json!("finished"), &json!(0)),
			"{audit}"
		);
		let report = server.get("/v1/audits/1/report.json").await;
		assert_eq!(report.header("content-type"), "application/json");
		assert_eq!(report.json()["case"], 0);
		assert_eq!(report.json()["figures"]["ballots"], 3);
		let page = server.get("/v1/audits/1/report.html").await;
		assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
		assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
		assert!(String::from_utf8_lossy(&page.body).contains("未发现问题"));

		let again = started(server.stop().await).await;
		assert_eq!(again.get("/v1/audits/1").await.json(), audit);
		assert_eq!(again.get("/v1/audits/1/report.json").await.body, report.body);
		let answer = order(&again, json!({"case": 0, "archive": "case.wda"})).await;
		assert_eq!(answer.json()["id"], 2);
		assert_eq!(ended(&again, 2).await["state"], "finished");
	}

	#[tokio::test]
	async fn an_archive_of_another_chain_is_a_finding() {
		let folder = tempfile::tempdir().unwrap();
		let server = Server::start_with(folder, |_| {}).await;
		story::good().kit.parts.write(&server.folder.path().join("archives/case.wda")).unwrap();
		order(&server, json!({"case": 0, "archive": "case.wda"})).await;
		let audit = ended(&server, 1).await;
		assert_eq!(
			(&audit["state"], &audit["findings"]),
			(&json!("finished"), &json!(1)),
			"{audit}"
		);
		let report = server.get("/v1/audits/1/report.json").await.json();
		assert_eq!(report["findings"][0]["code"], "genesis-foreign");
	}

	#[tokio::test]
	async fn an_audit_that_needs_more_memory_than_it_may_take_fails_alone() {
		let folder = tempfile::tempdir().unwrap();
		let server = Server::start_with(folder, |config| config.audit_memory = 1 << 20).await;
		story::good().kit.parts.write(&server.folder.path().join("archives/case.wda")).unwrap();
		order(&server, json!({"case": 0, "archive": "case.wda"})).await;
		assert_eq!(ended(&server, 1).await["state"], "failed");
		server.get("/v1/audits/1/report.json").await.is_refused(409, "no_report");
		assert_eq!(server.get("/v1/health").await.status, 200);
	}

	/// A service for the chain of the good case, whose files are there.
	async fn started(folder: tempfile::TempDir) -> Server {
		let case = story::good();
		let hash = winddown_proof::Hash(case.kit.parts.blocks[0].hash());
		let server =
			Server::start_with(folder, |config| config.anchor = Anchor::Genesis { hash }).await;
		case.kit.parts.write(&server.folder.path().join("archives/case.wda")).unwrap();
		case.write_export(&server.folder.path().join("exports"));
		server
	}
}

#[tokio::test]
async fn what_cannot_be_audited_fails_with_its_reason() {
	let server = Server::start().await;
	server.put("archives/none.wda", b"no archive");
	order(&server, json!({"case": 0, "archive": "none.wda"})).await;
	let audit = ended(&server, 1).await;
	assert_eq!(audit["state"], "failed");
	assert_eq!(audit["reason"], "this is no case archive of version 01");
	server.get("/v1/audits/1/report.html").await.is_refused(409, "no_report");
}

#[tokio::test]
async fn no_name_leads_out_of_the_folders() {
	let server = Server::start().await;
	let secret = server.folder.path().join("secret.wda");
	std::fs::write(&secret, b"secret").unwrap();
	std::os::unix::fs::symlink(&secret, server.folder.path().join("archives/link.wda")).unwrap();
	server.put("archives/case.wda", b"");
	let long = "a".repeat(101);
	for name in ["", ".", "..", "../secret.wda", "/etc/passwd", "a/b", ".hidden", "案件", &long] {
		let as_archive = order(&server, json!({"case": 0, "archive": name})).await;
		as_archive.is_refused(400, "not_a_name");
		let as_export = json!({"case": 0, "archive": "case.wda", "export": name});
		order(&server, as_export).await.is_refused(400, "not_a_name");
	}
	let database = json!({"case": 0, "archive": "case.wda", "export": "postgres://db/records"});
	order(&server, database).await.is_refused(400, "not_a_name");
	let link = json!({"case": 0, "archive": "link.wda"});
	order(&server, link).await.is_refused(404, "no_such_file");
	let missing = json!({"case": 0, "archive": "missing.wda"});
	order(&server, missing).await.is_refused(404, "no_such_file");
	server.get("/v1/audits/1").await.is_refused(404, "no_such_audit");
}

#[tokio::test]
async fn an_order_that_is_none_is_refused() {
	let server = Server::start().await;
	for body in [json!([]), json!({}), json!({"case": -1}), json!({"case": 0, "url": "ws://node"})]
	{
		order(&server, body).await.is_refused(400, "bad_body");
	}
	let large = json!({"case": 0, "archive": "a".repeat(5_000)});
	order(&server, large).await.is_refused(413, "too_large");
	order(&server, json!({"case": 0})).await.is_refused(503, "no_node");
	server.get("/v1/audits/../audits/x").await.is_refused(404, "no_such_page");
	server.get("/v1/audits/x").await.is_refused(404, "no_such_audit");
}

#[tokio::test]
async fn a_service_without_a_folder_audits_nothing() {
	let folder = tempfile::tempdir().unwrap();
	let server = Server::start_with(folder, |config| config.data = None).await;
	order(&server, json!({"case": 0, "archive": "case.wda"})).await.is_refused(503, "no_folder");
	server.get("/v1/audits/1").await.is_refused(404, "no_such_audit");
	assert_eq!(server.get("/v1/health").await.json()["audits"]["enabled"], false);
}

#[tokio::test]
async fn one_audit_runs_eight_wait_and_more_are_refused() {
	let server = Server::start().await;
	// Reading from it waits for somebody who writes, and nobody does.
	let pipe = server.folder.path().join("archives/pipe.wda");
	assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
	let pipe = json!({"case": 0, "archive": "pipe.wda"});
	assert_eq!(order(&server, pipe.clone()).await.status, 202);
	let load = async || server.get("/v1/health").await.json()["audits"].clone();
	let all_run = async {
		while load().await["waiting"] != 0 {
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	};
	tokio::time::timeout(Duration::from_secs(20), all_run).await.expect("the first one runs");
	for _ in 0..8 {
		assert_eq!(order(&server, pipe.clone()).await.status, 202);
	}
	let refused = order(&server, pipe).await;
	refused.is_refused(429, "queue_full");
	assert_eq!(refused.header("retry-after"), "30");
	server.get("/v1/audits/1/report.json").await.is_refused(409, "not_finished");
	assert_eq!(load().await, json!({"enabled": true, "waiting": 8, "running": 1}));
}
