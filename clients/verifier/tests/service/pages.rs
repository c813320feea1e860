use crate::server::{Server, GENESIS};
use axum::http::Method;
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
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
