//! What holds for every request: how long it may take, and what a browser may do with the answer.

use super::error::Refusal;
use axum::{
	extract::Request,
	http::{
		header::{HeaderName, CACHE_CONTROL, CONTENT_SECURITY_POLICY},
		HeaderValue, StatusCode,
	},
	middleware::Next,
	response::{IntoResponse, Response},
};
use std::time::Duration;

/// How long a request may take, its body included.
const REQUEST_TIME: Duration = Duration::from_secs(30);

/// For answers that are no page.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
	(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
	(HeaderName::from_static("x-frame-options"), HeaderValue::from_static("DENY")),
	(HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer")),
	(
		HeaderName::from_static("cross-origin-opener-policy"),
		HeaderValue::from_static("same-origin"),
	),
	(
		HeaderName::from_static("cross-origin-resource-policy"),
		HeaderValue::from_static("same-origin"),
	),
	(
		HeaderName::from_static("permissions-policy"),
		HeaderValue::from_static("camera=(self), microphone=(), geolocation=()"),
	),
];

/// Ends a request that takes too long.
pub async fn in_time(request: Request, next: Next) -> Response {
	match tokio::time::timeout(REQUEST_TIME, next.run(request)).await {
		Ok(response) => response,
		Err(_) => {
			let seconds = REQUEST_TIME.as_secs();
			let message = format!("the request was not done within {seconds} seconds");
			Refusal::new(StatusCode::REQUEST_TIMEOUT, "too_slow", message).into_response()
		}
	}
}

/// Adds the headers of safety. A page brings its own policy; all else may load and run nothing.
pub async fn headers(mut response: Response) -> Response {
	let headers = response.headers_mut();
	for (name, value) in ALWAYS {
		headers.insert(name, value);
	}
	headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
	headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
	response
}
