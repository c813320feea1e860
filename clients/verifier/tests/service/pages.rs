use crate::server::{bundle, Server, GENESIS, RECEIPT};
use axum::http::Method;
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                    connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const FILES: [&str; 13] = [
	"/",
	"/docs",
	"/docs/docs.js",
	"/docs/swagger-ui.css",
	"/docs/swagger-ui-bundle.js",
	"/page/style.css",
	"/page/icon.svg",
	"/page/app.js",
	"/page/language.js",
	"/page/proof.js",
	"/page/result.js",
	"/page/scan.js",
	"/page/words.js",
];

#[tokio::test]
async fn the_page_may_load_nothing_from_elsewhere_and_sets_no_cookie() {
	let server = Server::start().await;
	let answer = server.get("/").await;
	assert_eq!(answer.status, 200);
	assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
	assert_eq!(answer.header("content-security-policy"), PAGE);
	assert_eq!(answer.header("x-content-type-options"), "nosniff");
	assert_eq!(answer.header("referrer-policy"), "no-referrer");
	for path in FILES {
		let answer = server.get(path).await;
		assert_eq!(answer.status, 200, "{path}");
		assert!(!answer.body.is_empty(), "{path}");
		assert_eq!(answer.header("set-cookie"), "", "{path}");
		// Swagger's own files name many addresses; what they may ask, the policy says.
		if !path.contains("swagger") {
			let text = String::from_utf8(answer.body.to_vec()).unwrap();
			let elsewhere = text.replace("http://www.w3.org/2000/svg", "").contains("://");
			assert!(!elsewhere, "{path}");
		}
	}
}

#[tokio::test]
async fn the_module_comes_packed_to_those_who_can_unpack_it() {
	let server = Server::start().await;
	let plain = server.get("/page/proof.wasm").await;
	assert_eq!(plain.header("content-type"), "application/wasm");
	assert_eq!(plain.header("content-encoding"), "");
	assert!(plain.body.starts_with(b"\0asm"));
	let headers = [("accept-encoding", "br, gzip")];
	let packed = server.send(Method::GET, "/page/proof.wasm", &headers, vec![]).await;
	assert_eq!(packed.header("content-encoding"), "gzip");
	assert!(packed.body.len() < 250_000, "{} bytes", packed.body.len());
	let mut unpacked = vec![];
	let mut decoder = flate2::read::GzDecoder::new(&packed.body[..]);
	std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
	assert_eq!(unpacked, plain.body);
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
	let server = Server::start().await;
	let tag = server.get("/page/app.js").await.header("etag").to_string();
	let answer = server.send(Method::GET, "/page/app.js", &[("if-none-match", &tag)], vec![]).await;
	assert_eq!((answer.status.as_u16(), answer.body.len()), (304, 0));
	assert_eq!(answer.header("etag"), tag);
}

#[tokio::test]
async fn the_service_says_what_it_trusts_and_has() {
	let server = Server::start().await;
	let expected = json!({
		"status": "ok",
		"finality": null,
		"version": env!("CARGO_PKG_VERSION"),
		"genesis": GENESIS,
		"checkpoint": null,
		"receipts": {"folder": true, "node": false},
		"audits": {"enabled": true, "waiting": 0, "running": 0},
	});
	assert_eq!(server.get("/v1/health").await.json(), expected);
}

#[tokio::test]
async fn the_description_names_every_route_of_the_api() {
	let server = Server::start().await;
	let description = server.get("/openapi.json").await.json();
	assert_eq!(description["openapi"], "3.1.0");
	let paths: BTreeSet<_> = description["paths"].as_object().unwrap().keys().cloned().collect();
	let expected = [
		"/v1/audits",
		"/v1/audits/{id}",
		"/v1/audits/{id}/report.html",
		"/v1/audits/{id}/report.json",
		"/v1/health",
		"/v1/receipts/{code}",
		"/v1/verify",
	];
	assert_eq!(paths, expected.map(String::from).into());
}

#[tokio::test]
async fn an_unknown_address_and_an_unknown_method_are_refused_in_json() {
	let server = Server::start().await;
	server.get("/v2/health").await.is_refused(404, "no_such_page");
	server.get("/page/../../Cargo.toml").await.is_refused(404, "no_such_page");
	server.post("/v1/health", vec![]).await.is_refused(405, "no_such_method");
}

#[tokio::test]
async fn a_service_that_stops_ends_a_connection_that_asks_nothing() {
	let server = Server::start().await;
	let mut idle = tokio::net::TcpStream::connect(server.address).await.unwrap();
	idle.write_all(b"GET /v1/health HTTP/1.1\r\nhost: here\r\n\r\n").await.unwrap();
	let mut first = [0; 12];
	idle.read_exact(&mut first).await.unwrap();
	assert_eq!(&first, b"HTTP/1.1 200");
	tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("it stops at once");
	let mut rest = vec![];
	idle.read_to_end(&mut rest).await.unwrap();
}

/// What the scripts may not use: syntax and functions of browsers that came after ES2019. An older phone reads nothing
/// of a script that has one word of it.
const TOO_NEW: [&str; 20] = [
	"?.",
	"??",
	"||=",
	"&&=",
	"import(",
	"import.meta",
	"export * as",
	"static {",
	"#private",
	"globalThis",
	"BigInt",
	".allSettled(",
	".any(",
	".at(",
	".matchAll(",
	".replaceAll(",
	".replaceChildren(",
	".requestSubmit(",
	".submitter",
	"dateStyle",
];

/// The first thing in a script that is too new. It looks at every character, comments included: better a word too much.
fn too_new(script: &str) -> Option<String> {
	let named = TOO_NEW.iter().find(|word| script.contains(**word));
	let characters: Vec<char> = script.chars().collect();
	// 60_000, but no name such as not_2_a.
	let separated = characters.windows(3).enumerate().find(|(at, three)| {
		let inside = three[0].is_ascii_digit() && three[1] == '_' && three[2].is_ascii_digit();
		let before = characters[..*at].iter().rev().find(|character| !character.is_ascii_digit());
		inside && before.is_none_or(|character| !character.is_alphanumeric() && *character != '_')
	});
	named.map(|word| word.to_string()).or(separated.map(|(_, three)| three.iter().collect()))
}

#[tokio::test]
async fn the_scripts_of_the_lenders_page_are_read_by_browsers_of_2019() {
	for sample in ["a?.b", "a ?? b", "x ||= 1", "f(60_000)", "1_000", "[1].at(-1)"] {
		assert!(too_new(sample).is_some(), "{sample}");
	}
	for sample in ["a ? .5 : b || c", "not_2_many", "catch { }", "x = 60000"] {
		assert_eq!(too_new(sample), None, "{sample}");
	}
	let server = Server::start().await;
	let scripts = FILES.iter().filter(|path| path.starts_with("/page/") && path.ends_with(".js"));
	let mut looked_at = 0;
	for path in scripts {
		let script = String::from_utf8(server.get(path).await.body.to_vec()).unwrap();
		assert_eq!(too_new(&script), None, "{path}");
		looked_at += 1;
	}
	assert_eq!(looked_at, 6);
}

#[tokio::test]
async fn a_proof_is_saved_by_the_plain_form_and_a_refusal_is_a_page_in_both_languages() {
	let server = Server::start().await;
	server.put(&format!("receipts/{RECEIPT}.wdproof"), &bundle("ballot.wdproof"));
	let saved = server.get(&format!("/save?code=+{}%0A", RECEIPT.to_lowercase())).await;
	assert_eq!((saved.status.as_u16(), saved.body), (200, bundle("ballot.wdproof").into()));
	let name = format!("attachment; filename=\"{RECEIPT}.wdproof\"");
	assert_eq!(saved.headers["content-disposition"], name);

	for (query, status, zh, en) in [
		("?code=%3Cb%3EWD1", 400, "这不是有效的回执编号", "This is not a receipt code"),
		("", 400, "这不是有效的回执编号", "This is not a receipt code"),
	] {
		let refused = server.get(&format!("/save{query}")).await;
		assert_eq!(refused.status, status, "{query}");
		assert_eq!(refused.header("content-type"), "text/html; charset=utf-8");
		assert_eq!(refused.header("content-security-policy"), PAGE);
		let page = String::from_utf8(refused.body.to_vec()).unwrap();
		assert!(page.contains(zh) && page.contains(en), "{page}");
		assert!(!page.contains("<b>"), "nothing that was typed is on the page");
	}
}
