//! The files of the pages, out of the program itself.

use super::Shared;
use axum::{
	body::Body,
	http::{
		header::{
			ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
			CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
		},
		HeaderMap, HeaderValue, StatusCode,
	},
	response::{IntoResponse, Response},
	routing::get,
	Router,
};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::io::Read;

/// The page and its scripts come from here, and it asks nobody else. It runs WebAssembly.
pub const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src \
                    'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// Swagger styles its elements one by one and draws its pictures from data.
const DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' \
                    data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file of a page.
#[derive(Clone, Copy)]
struct Asset {
	path: &'static str,
	media_type: &'static str,
	policy: Option<&'static str>,
	content: Content,
}

#[derive(Clone, Copy)]
enum Content {
	Plain(&'static [u8]),
	Gzip(&'static [u8]),
}

macro_rules! page {
	($name:literal) => {
		Content::Plain(include_bytes!(concat!("../page/", $name)))
	};
}

macro_rules! made {
	($name:literal) => {
		Content::Gzip(include_bytes!(concat!(env!("OUT_DIR"), "/", $name)))
	};
}

const fn part(path: &'static str, media_type: &'static str, content: Content) -> Asset {
	Asset { path, media_type, policy: None, content }
}

const ASSETS: [Asset; 14] = [
	Asset { path: "/", media_type: HTML, policy: Some(PAGE), content: page!("index.html") },
	part("/page/style.css", CSS, page!("style.css")),
	part("/page/icon.svg", "image/svg+xml", page!("icon.svg")),
	part("/page/app.js", SCRIPT, page!("app.js")),
	part("/page/language.js", SCRIPT, page!("language.js")),
	part("/page/proof.js", SCRIPT, page!("proof.js")),
	part("/page/result.js", SCRIPT, page!("result.js")),
	part("/page/scan.js", SCRIPT, page!("scan.js")),
	part("/page/words.js", SCRIPT, page!("words.js")),
	part("/page/proof.wasm", "application/wasm", made!("proof.wasm.gz")),
	Asset { path: "/docs", media_type: HTML, policy: Some(DOCS), content: page!("docs.html") },
	part("/docs/docs.js", SCRIPT, page!("docs.js")),
	part("/docs/swagger-ui.css", CSS, made!("swagger-ui.css.gz")),
	part("/docs/swagger-ui-bundle.js", SCRIPT, made!("swagger-ui-bundle.js.gz")),
];

pub fn routes() -> Router<Shared> {
	ASSETS.into_iter().fold(Router::new(), |router, asset| {
		let tag = asset.tag();
		router.route(
			asset.path,
			get(move |headers: HeaderMap| async move { asset.answer(&headers, &tag) }),
		)
	})
}

impl Asset {
	/// Names the content, so that a browser fetches it again only when it is another one.
	fn tag(&self) -> String {
		let (Content::Plain(bytes) | Content::Gzip(bytes)) = self.content;
		format!("\"{}\"", hex::encode(&Sha256::digest(bytes)[..12]))
	}

	fn answer(&self, request: &HeaderMap, tag: &str) -> Response {
		let mut headers = HeaderMap::new();
		let values = [
			(CONTENT_TYPE, Some(self.media_type)),
			(CONTENT_SECURITY_POLICY, self.policy),
			(ETAG, Some(tag)),
			(CACHE_CONTROL, Some("no-cache")),
			(VARY, Some("accept-encoding")),
		];
		for (name, value) in values {
			if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
				headers.insert(name, value);
			}
		}
		if request.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
			return (StatusCode::NOT_MODIFIED, headers).into_response();
		}
		let body = match self.content {
			Content::Plain(bytes) => Body::from(bytes),
			Content::Gzip(bytes) if takes_gzip(request) => {
				headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
				Body::from(bytes)
			}
			Content::Gzip(bytes) => Body::from(unpack(bytes)),
		};
		(headers, body).into_response()
	}
}

fn takes_gzip(request: &HeaderMap) -> bool {
	let accepted = request.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
	accepted.is_some_and(|accepted| accepted.split(',').any(|coding| coding.trim() == "gzip"))
}

fn unpack(bytes: &[u8]) -> Vec<u8> {
	let mut unpacked = vec![];
	// This program packed them itself; a test unpacks all of them.
	match GzDecoder::new(bytes).read_to_end(&mut unpacked) {
		Ok(_) => unpacked,
		Err(_) => vec![],
	}
}
