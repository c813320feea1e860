//! What a lender sees when the page cannot start: whatever failed, a word, ways out, and a proof that can be saved.

use crate::{
	browser::{contains, with, Browser, Device},
	server::{bundle, bundle_file, Server, RECEIPT},
};
use axum::{
	extract::Request,
	http::{header::CONTENT_TYPE, StatusCode},
	middleware::{from_fn, Next},
	response::IntoResponse,
	routing::get,
	Router,
};
use serde_json::json;
use std::{
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc,
	},
	time::Duration,
};

/// The verification module.
const MODULE: &str = "/page/proof.wasm";
/// What stands on the page until it is ready, for lenders and for those who help them.
const WAYS_OUT: [&str; 5] = [
	"重新载入本页",
	"在浏览器打开",
	"winddown evidence verify 文件 --genesis 哈希",
	"请工作人员当面代为核验",
	"Open the page in another browser",
];

/// The service behind something that answers some requests in another way.
async fn start_behind(front: impl FnOnce(Router) -> Router) -> Server {
	Server::start_whole(tempfile::tempdir().unwrap(), |_| (), front).await
}

/// A service whose file at `path` is another one.
async fn with_script(path: &'static str, script: String) -> Server {
	let answer = move || async move { ([(CONTENT_TYPE, "text/javascript")], script) };
	start_behind(|service| Router::new().route(path, get(answer)).fallback_service(service)).await
}

async fn goto(browser: &Browser, server: &Server) {
	browser.client.goto(&format!("http://{}", server.address)).await.unwrap();
}

/// The notice stands with every way out, and nothing that is dead looks alive.
async fn stands(browser: &Browser) {
	browser
		.until(
			"return getComputedStyle(document.getElementById('ways-out')).visibility === 'visible'",
		)
		.await;
	contains(browser, "#start", &WAYS_OUT).await;
	for id in ["check", "file"] {
		let dead = format!("return document.getElementById('{id}').disabled");
		assert_eq!(browser.run(&dead, vec![]).await, json!(true), "{id}");
	}
	browser.fits().await;
	browser.is_readable().await;
}

/// The form works without the page's program: it leads to the service's own word in both languages.
async fn saves_without_script(browser: &Browser) {
	browser.fill("#code", RECEIPT).await;
	browser.click("#save").await;
	browser.until("return location.pathname === '/save'").await;
	let reason = ["本服务没有该回执的证明文件", "This service has no proof file for that receipt"];
	contains(browser, "#reason", &reason).await;
}

#[tokio::test]
async fn a_program_in_a_language_that_is_too_new_leaves_the_notice_and_its_ways_out() {
	let too_new = "let hash = location.hash; hash ??= ; // no browser reads this".into();
	let server = with_script("/page/app.js", too_new).await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		contains(browser, "#start-state", &["正在载入", "The check is loading"]).await;
		stands(browser).await;
		browser.picture("phone-zh-too-new").await;
		saves_without_script(browser).await;
	})
	.await;
}

#[tokio::test]
async fn a_part_of_the_program_that_is_blocked_leaves_the_notice() {
	let server = start_behind(|service| {
		let blocked = get(|| async { StatusCode::FORBIDDEN });
		Router::new().route("/page/result.js", blocked).fallback_service(service)
	})
	.await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		stands(browser).await;
		saves_without_script(browser).await;
	})
	.await;
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so_at_once() {
	let words = concat!(include_str!("../../src/page/words.js"), "\ndelete window.WebAssembly;\n");
	let server = with_script("/page/words.js", words.into()).await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		browser
			.until(
				"return document.getElementById('start-state').textContent.includes('WebAssembly')",
			)
			.await;
		contains(
			browser,
			"#start-state",
			&["此浏览器不支持 WebAssembly", "This browser has no WebAssembly"],
		)
		.await;
		stands(browser).await;
		assert!(!browser.find("#retry").await.is_displayed().await.unwrap());
		browser.picture("phone-zh-unfit").await;
	})
	.await;
}

#[tokio::test]
async fn a_failed_download_is_not_the_browsers_fault_and_can_be_tried_again() {
	let asked = Arc::new(AtomicUsize::new(0));
	let server = start_behind(|service| {
		service.layer(from_fn(move |request: Request, next: Next| {
			let asked = asked.clone();
			async move {
				let is_module = request.uri().path() == MODULE;
				if is_module && asked.fetch_add(1, Ordering::SeqCst) == 0 {
					return StatusCode::BAD_GATEWAY.into_response();
				}
				next.run(request).await
			}
		}))
	})
	.await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		browser.until("return !document.getElementById('retry-box').hidden").await;
		let said = ["核验程序未能下载，浏览器本身没有问题", "nothing is wrong with this browser"];
		contains(browser, "#start-state", &said).await;
		stands(browser).await;
		browser.picture("phone-zh-lost").await;
		browser.click("#retry").await;
		browser.ready().await;
		browser.pick(&bundle_file("ballot.wdproof")).await;
		assert_eq!(browser.text("#verdict").await, "核验通过");
	})
	.await;
}

/// As a network does that wants a login first.
#[tokio::test]
async fn a_page_in_place_of_the_module_is_not_the_browsers_fault() {
	let server = start_behind(|service| {
		let login = get(|| async { ([(CONTENT_TYPE, "text/html")], "<html>log in</html>") });
		Router::new().route(MODULE, login).fallback_service(service)
	})
	.await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		browser.until("return !document.getElementById('retry-box').hidden").await;
		contains(browser, "#start-state", &["核验程序未能下载，浏览器本身没有问题"]).await;
		stands(browser).await;
		let guess = browser.find("#if-it-stays").await;
		assert!(!guess.is_displayed().await.unwrap(), "the reason is known");
	})
	.await;
}

/// A service that answers the question where trust begins from the `from`-th time on.
async fn without_health(from: usize) -> Server {
	let asked = Arc::new(AtomicUsize::new(0));
	let server = start_behind(|service| {
		service.layer(from_fn(move |request: Request, next: Next| {
			let asked = asked.clone();
			async move {
				let is_health = request.uri().path() == "/v1/health";
				if is_health && asked.fetch_add(1, Ordering::SeqCst) < from {
					return StatusCode::BAD_GATEWAY.into_response();
				}
				next.run(request).await
			}
		}))
	})
	.await;
	server.put(&format!("receipts/{RECEIPT}.wdproof"), &bundle("ballot.wdproof"));
	server
}

#[tokio::test]
async fn where_trust_begins_is_asked_for_again_when_it_did_not_come_at_the_start() {
	let server = without_health(1).await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		browser.until("return !document.getElementById('check').disabled").await;
		browser.fill("#code", RECEIPT).await;
		browser.click("#check").await;
		browser.until("return !document.getElementById('result').hidden").await;
		assert_eq!(browser.text("#verdict").await, "核验通过");
	})
	.await;
}

#[tokio::test]
async fn a_genesis_hash_that_nobody_told_is_not_called_malformed() {
	let server = without_health(usize::MAX).await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		browser.until("return !document.getElementById('check').disabled").await;
		browser.fill("#code", RECEIPT).await;
		browser.click("#check").await;
		browser.until("return document.getElementById('genesis-error').textContent !== ''").await;
		contains(browser, "#genesis-error", &["没有给出创世区块哈希", "公告所印的哈希"]).await;
	})
	.await;
}

/// A proxy answers for a service that does not.
#[tokio::test]
async fn an_answer_that_is_not_the_services_is_no_trouble_of_the_network() {
	let server = start_behind(|service| {
		let broken = get(|| async { (StatusCode::BAD_GATEWAY, "<html>bad gateway</html>") });
		Router::new().route("/v1/receipts/{code}", broken).fallback_service(service)
	})
	.await;
	with(Device::Phone, async |browser| {
		browser.open(server.address).await;
		browser.fill("#code", RECEIPT).await;
		browser.click("#check").await;
		browser.until("return document.getElementById('code-error').textContent !== ''").await;
		contains(browser, "#code-error", &["本服务暂时无法答复。请稍后再试"]).await;
	})
	.await;
}

#[tokio::test]
async fn a_slow_download_keeps_the_notice_until_all_is_ready() {
	let server = start_behind(|service| {
		service.layer(from_fn(|request: Request, next: Next| async move {
			if request.uri().path() == MODULE {
				tokio::time::sleep(Duration::from_secs(3)).await;
			}
			next.run(request).await
		}))
	})
	.await;
	with(Device::Phone, async |browser| {
		goto(browser, &server).await;
		contains(browser, "#start-state", &["核验程序正在载入，请稍候。"]).await;
		assert_eq!(
			browser.run("return document.getElementById('check').disabled", vec![]).await,
			json!(true)
		);
		browser.ready().await;
		browser.pick(&bundle_file("ballot.wdproof")).await;
		assert_eq!(browser.text("#verdict").await, "核验通过");
	})
	.await;
}

#[tokio::test]
async fn a_ballot_that_waits_for_finality_is_not_called_absent() {
	let server = start_behind(|service| {
		let waits = get(|| async {
			let finality = json!({
				"best_block": 140, "best_at": 1_795_000_120_000_u64, "final_block": 100,
				"final_at": 1_795_000_000_000_u64, "age": 130_000, "most_blocks": 10, "most_age": 120_000,
			});
			let error =
				json!({"code": "waits_for_finality", "message": "it waits", "finality": finality});
			(StatusCode::CONFLICT, axum::Json(json!({ "error": error })))
		});
		Router::new().route("/v1/receipts/{code}", waits).fallback_service(service)
	})
	.await;
	server.put(&format!("receipts/{RECEIPT}.wdproof"), &bundle("ballot.wdproof"));
	with(Device::Phone, async |browser| {
		browser.open(server.address).await;
		browser.fill("#code", RECEIPT).await;
		browser.click("#check").await;
		let said = [
			"选票没有丢失",
			"最近一个已最终确认的区块是 100（北京时间 2026-11-18",
			"最新区块是 140",
		];
		browser.until("return document.getElementById('code-error').textContent !== ''").await;
		contains(browser, "#code-error", &said).await;
		let invalid = "return document.getElementById('code').getAttribute('aria-invalid')";
		assert_eq!(browser.run(invalid, vec![]).await, json!("false"), "the code is right");
		browser.is_readable().await;
		browser.picture("phone-zh-waits").await;
		browser.click("#language").await;
		let said = [
			"It is not lost",
			"The last final block is 100 (2026-11-18",
			"UTC), the newest one 140.",
		];
		contains(browser, "#code-error", &said).await;
		browser.fits().await;
	})
	.await;
}
