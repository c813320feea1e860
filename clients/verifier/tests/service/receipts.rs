use crate::server::{bundle, Server, RECEIPT};
use winddown_proof::{digest::Algorithm, receipt, Hash};

#[tokio::test]
async fn a_bundle_in_the_folder_is_handed_out_however_its_code_is_typed() {
	let server = Server::start().await;
	server.put(&format!("receipts/{RECEIPT}.wdproof"), &bundle("ballot.wdproof"));
	let typed = RECEIPT.to_lowercase().replacen("wd1-", "", 1).replace('-', "").replace('0', "o");
	for code in [RECEIPT.into(), format!("wd1-{typed}")] {
		let answer = server.get(&format!("/v1/receipts/{code}")).await;
		assert_eq!(answer.status, 200);
		assert_eq!(answer.body, bundle("ballot.wdproof"));
		assert_eq!(answer.header("winddown-source"), "folder");
		assert_eq!(answer.header("content-type"), "application/octet-stream");
		let name = format!("attachment; filename=\"{RECEIPT}.wdproof\"");
		assert_eq!(answer.header("content-disposition"), name);
	}
}

#[tokio::test]
async fn a_code_that_is_none_leads_to_no_file() {
	let server = Server::start().await;
	std::fs::write(server.folder.path().join("secret.wdproof"), b"secret").unwrap();
	let mistyped = RECEIPT.replace("HQ9Q", "HQ9R");
	for code in [&mistyped, "..%2Fsecret", "WD1-..%2F..%2Fsecret", "%2Fetc%2Fpasswd", "WD1-%FF"] {
		let answer = server.get(&format!("/v1/receipts/{code}")).await;
		assert_eq!(answer.status, 400, "{code}");
		assert!(!answer.body.windows(6).any(|part| part == b"secret"), "{code}");
	}
	server.get(&format!("/v1/receipts/{mistyped}")).await.is_refused(400, "not_a_receipt");
	server.get("/v1/receipts/WD1-%FF").await.is_refused(400, "bad_path");
}

#[tokio::test]
async fn a_receipt_of_another_chain_and_an_unknown_one_are_told_apart() {
	let server = Server::start().await;
	let record = Algorithm::Sm3.hash(b"record");
	let code = receipt::code(&Hash([7; 32]), 0, 66, &record);
	server.get(&format!("/v1/receipts/{code}")).await.is_refused(404, "other_chain");
	server.get(&format!("/v1/receipts/{RECEIPT}")).await.is_refused(404, "no_bundle");
}

#[tokio::test]
async fn a_node_that_is_away_is_said_to_be_away_without_its_address() {
	let folder = tempfile::tempdir().unwrap();
	// Nobody listens there.
	let node = "ws://127.0.0.1:1";
	let server = Server::start_with(folder, |config| config.node = Some(node.into())).await;
	let answer = server.get(&format!("/v1/receipts/{RECEIPT}")).await;
	answer.is_refused(502, "node_away");
	assert!(!String::from_utf8_lossy(&answer.body).contains("127.0.0.1"));
}
