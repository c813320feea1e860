use crate::{
	browser::{contains, with, Device},
	server::{bundle, bundle_file, tampered, Server, CHECKPOINT, GENESIS, RECEIPT},
};
use fantoccini::key::Key;
use serde_json::json;
use winddown_proof::Receipt;

/// A receipt of the same row whose ballot was another one.
fn other_receipt() -> Receipt {
	let receipt: Receipt = RECEIPT.parse().unwrap();
	Receipt { record: [7; 8], ..receipt }
}

#[tokio::test]
async fn a_picked_file_is_verified_on_the_phone_when_the_service_is_gone() {
	let server = Server::start().await;
	with(Device::Phone, async |browser| {
		browser.open(server.address).await;
		browser.fits().await;
		browser.is_readable().await;
		browser.picture("phone-zh-empty").await;
		server.stop().await;

		browser.pick(&bundle_file("ballot.wdproof")).await;
		assert_eq!(browser.text("#verdict").await, "核验通过");
		contains(
			browser,
			"#result",
			&[
				"这张选票在链上，按下列选择计票",
				"第 1 项：反对",
				"第 2 项：方案 1",
				RECEIPT,
				"已附，与链上摘要一致",
				"案件0第66行的出借人在表决0中投了票。",
				"未证明表决结果正确",
				"文件由您提供，未离开本设备",
			],
		)
		.await;
		browser.fits().await;
		browser.is_readable().await;
		browser.picture("phone-zh-good").await;

		browser.click("#language").await;
		assert_eq!(browser.text("#verdict").await, "Verified");
		contains(browser, "#result", &["Item 1: against", "What is not proved", "Row of the roll"])
			.await;
		assert_eq!(browser.run("return document.documentElement.lang", vec![]).await, json!("en"));
		browser.fits().await;
		browser.picture("phone-en-good").await;
		assert_eq!(browser.violations().await, json!([]));
	})
	.await;
}

#[tokio::test]
async fn a_tampered_file_that_is_dropped_is_refused_with_its_reason() {
	let server = Server::start().await;
	with(Device::Desk, async |browser| {
		browser.open(server.address).await;
		browser.picture("desk-zh-empty").await;
		browser.drop_file(&tampered()).await;
		assert_eq!(browser.text("#verdict").await, "核验未通过");
		contains(browser, "#result", &["这份文件不能证明任何事项", "明文已被更改"]).await;
		assert!(!browser.text("#result").await.contains("已证明"));
		browser.is_readable().await;
		browser.picture("desk-zh-bad").await;
		browser.click("#language").await;
		contains(browser, "#result", &["Not verified", "The plaintext was altered"]).await;

		browser.drop_file(&bundle("ballot.wdproof")).await;
		assert_eq!(browser.text("#verdict").await, "Verified");
		browser.picture("desk-en-good").await;
		browser.paper("paper-en-good").await;
		browser.drop_file(b"%PDF-1.7").await;
		contains(browser, "#result", &["This is not an evidence bundle."]).await;
		browser.drop_file(&bundle("no-ballot.wdproof")).await;
		contains(browser, "#result", &["Proved: this lender has no ballot in this poll"]).await;
		assert_eq!(browser.violations().await, json!([]));
	})
	.await;
}

#[tokio::test]
async fn a_receipt_code_typed_with_the_keyboard_alone_leads_to_the_ballot() {
	let server = Server::start().await;
	server.put(&format!("receipts/{RECEIPT}.wdproof"), &bundle("ballot.wdproof"));
	with(Device::Desk, async |browser| {
		browser.open(server.address).await;
		let tab = Key::Tab.to_string();
		let active = "return document.activeElement.id || document.activeElement.className";
		let mut passed = vec![];
		for _ in 0..3 {
			browser.client.active_element().await.unwrap().send_keys(&tab).await.unwrap();
			passed.push(browser.run(active, vec![]).await);
		}
		assert_eq!(passed, ["skip", "language", "code"]);
		let typed = RECEIPT.to_lowercase().replacen("wd1-", "", 1).replace('-', " ");
		let code = browser.client.active_element().await.unwrap();
		code.send_keys(&format!("wd1-{typed}{}", Key::Enter)).await.unwrap();
		browser.result().await;
		assert_eq!(browser.text("#verdict").await, "核验通过");
		contains(browser, "#result", &["机构存放于本服务", RECEIPT, "保存证明文件"]).await;
		assert_eq!(browser.run(active, vec![]).await, json!("result"));
		browser.picture("desk-zh-code").await;
	})
	.await;
}

#[tokio::test]
async fn a_receipt_whose_ballot_does_not_count_is_not_as_it_says() {
	let server = Server::start().await;
	let (replaced, mut vanished) = (other_receipt(), other_receipt());
	(vanished.lender, vanished.record) = (3, [8; 8]);
	server.put(&format!("receipts/{replaced}.wdproof"), &bundle("ballot.wdproof"));
	server.put(&format!("receipts/{vanished}.wdproof"), &bundle("no-ballot.wdproof"));
	with(Device::Phone, async |browser| {
		browser.open(server.address).await;
		browser.fill("#code", &replaced.to_string()).await;
		browser.click("#code-form .primary").await;
		browser.result().await;
		assert_eq!(browser.text("#verdict").await, "与回执不符");
		contains(browser, "#result", &["链上计票的是另一张选票", RECEIPT]).await;
		browser.fits().await;
		browser.picture("phone-zh-replaced").await;

		browser.fill("#code", &vanished.to_string()).await;
		browser.click("#code-form .primary").await;
		browser.result().await;
		contains(browser, "#result", &["与回执不符", "链上没有这张回执所对应的选票"]).await;

		browser.fill("#code", &RECEIPT.replace("HQ9Q", "HQ9R")).await;
		browser.click("#code-form .primary").await;
		browser.until("return document.getElementById('code-error').textContent !== ''").await;
		assert_eq!(browser.text("#code-error").await, "这不是有效的回执编号，请核对是否输错字符。");
		assert!(!browser.find("#result").await.is_displayed().await.unwrap());
		browser.fill("#code", RECEIPT).await;
		browser.click("#code-form .primary").await;
		browser
			.until(
				"return document.getElementById('code-error').textContent.includes('没有该回执')",
			)
			.await;
		browser.picture("phone-zh-error").await;
	})
	.await;
}

#[tokio::test]
async fn the_lender_decides_from_which_hash_to_verify() {
	let server = Server::start().await;
	with(Device::Phone, async |browser| {
		browser.open(format!("{}/?lang=en", server.address)).await;
		let offered = browser.run("return document.getElementById('genesis').value", vec![]).await;
		let offered = offered.as_str().unwrap();
		assert!(offered.starts_with("8dd3 7b6a 6df3 "), "{offered}");
		assert_eq!(format!("0x{}", offered.replace(' ', "")), GENESIS);
		browser.picture("phone-en-empty").await;

		browser.fill("#genesis", &"11".repeat(32)).await;
		browser.pick(&bundle_file("ballot.wdproof")).await;
		contains(browser, "#result", &["Not verified", "it begins at another genesis block"]).await;
		browser.fill("#genesis", "0x12").await;
		browser
			.find("#file")
			.await
			.send_keys(bundle_file("ballot.wdproof").to_str().unwrap())
			.await
			.unwrap();
		browser.until("return document.getElementById('genesis-error').textContent !== ''").await;
		assert_eq!(
			browser.text("#genesis-error").await,
			"A hash has 64 hex digits (0–9, a–f), with or without 0x."
		);

		browser.fill("#genesis", GENESIS).await;
		browser.pick(&bundle_file("checkpoint.wdproof")).await;
		contains(browser, "#result", &["Not verified", "The file begins at block", CHECKPOINT])
			.await;
		browser.click("#checkpoint-box summary").await;
		browser.fill("#checkpoint", CHECKPOINT).await;
		browser.pick(&bundle_file("checkpoint.wdproof")).await;
		assert_eq!(browser.text("#verdict").await, "Verified, please note");
		contains(browser, "#result", &["it is as good as where you have its hash from"]).await;
		browser.fits().await;
		browser.is_readable().await;
		browser.picture("phone-en-checkpoint").await;
	})
	.await;
}

#[tokio::test]
async fn the_institutions_that_attested_a_record_are_shown() {
	let server = Server::start().await;
	with(Device::Phone, async |browser| {
		browser.open(server.address).await;
		browser.pick(&bundle_file("evidence.wdproof")).await;
		contains(
			browser,
			"#result",
			&["核验通过", "该存证在链上，已生效", "见证机构", "确认（区块 71）", "独立"],
		)
		.await;
		browser.fits().await;
		browser.is_readable().await;
		browser.picture("phone-zh-evidence").await;
	})
	.await;
}

#[tokio::test]
async fn the_interface_for_programs_is_described_without_anything_from_elsewhere() {
	let server = Server::start().await;
	with(Device::Desk, async |browser| {
		browser.client.goto(&format!("http://{}/docs", server.address)).await.unwrap();
		browser.until("return document.querySelectorAll('.opblock').length === 7").await;
		contains(browser, "#swagger-ui", &["/v1/audits/{id}/report.json", "Verify a bundle"]).await;
		assert_eq!(browser.violations().await, json!([]));
		browser.picture("desk-docs").await;
	})
	.await;
}
