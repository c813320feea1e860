use crate::server::{bundle, tampered, Server, CHECKPOINT, GENESIS};
use serde_json::json;
use winddown_proof::{bundle::MAX_BYTES, verify, Anchor};

#[tokio::test]
async fn a_good_bundle_is_answered_with_the_report_of_the_library() {
	let server = Server::start().await;
	let answer = server.post("/v1/verify", bundle("ballot.wdproof")).await;
	assert_eq!(answer.status, 200);
	let anchor = Anchor::Genesis { hash: GENESIS.parse().unwrap() };
	let report = verify(&bundle("ballot.wdproof"), &anchor).unwrap();
	assert_eq!(answer.json(), json!({ "report": report }));
}

#[tokio::test]
async fn a_tampered_bundle_is_refused_by_its_reason_in_both_languages() {
	let server = Server::start().await;
	let answer = server.post("/v1/verify", tampered()).await;
	assert_eq!(answer.status, 422);
	let failure = &answer.json()["failure"];
	assert_eq!(failure["code"], "digest_mismatch");
	assert!(failure["zh"].as_str().unwrap().starts_with("明文已被更改"), "{failure}");
	assert!(failure["en"].as_str().unwrap().starts_with("The plaintext was altered"), "{failure}");
}

#[tokio::test]
async fn a_bundle_is_verified_from_the_hashes_that_the_caller_trusts() {
	let server = Server::start().await;
	let other = format!("/v1/verify?genesis=0x{}", "11".repeat(32));
	let answer = server.post(&other, bundle("ballot.wdproof")).await;
	assert_eq!(
		(answer.status.as_u16(), &answer.json()["failure"]["code"]),
		(422, &json!("other_chain"))
	);

	let later = bundle("checkpoint.wdproof");
	let answer = server.post("/v1/verify", later.clone()).await;
	assert_eq!(answer.json()["failure"]["code"], "other_chain");
	let path = format!("/v1/verify?genesis={GENESIS}&checkpoint={CHECKPOINT}");
	let answer = server.post(&path, later).await;
	assert_eq!(answer.status, 200);
	assert_eq!(answer.json()["report"]["anchor"]["kind"], "checkpoint");
}

#[tokio::test]
async fn hashes_that_make_no_sense_are_refused() {
	let server = Server::start().await;
	let post = async |query: &str| server.post(&format!("/v1/verify?{query}"), vec![]).await;
	post("genesis=0x12").await.is_refused(400, "not_a_hash");
	post(&format!("checkpoint={CHECKPOINT}")).await.is_refused(400, "no_genesis");
	post("genisis=0x12").await.is_refused(400, "bad_query");
}

#[tokio::test]
async fn what_is_larger_than_a_bundle_is_refused_and_what_is_none_is_named() {
	let server = Server::start().await;
	server.post("/v1/verify", vec![0; MAX_BYTES + 1]).await.is_refused(413, "too_large");
	let answer = server.post("/v1/verify", vec![0; MAX_BYTES]).await;
	assert_eq!(
		(answer.status.as_u16(), &answer.json()["failure"]["code"]),
		(422, &json!("not_a_bundle"))
	);
}
