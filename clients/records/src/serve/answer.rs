//! Refusals, each with a status, a code for programs and a sentence for people.

use super::institutions::NodeAway;
use crate::{access::AccessError, Error};
use axum::{
	body::Body,
	http::{header, HeaderValue, StatusCode},
	response::{IntoResponse, Response},
};
use serde_json::json;
use std::time::Duration;

/// Why a request is not answered.
#[derive(Debug)]
pub enum Refusal {
	BadDigest,
	NoAuthorisation,
	Authorisation(AccessError),
	Used,
	NoInstitution,
	Suspended,
	WithoutRole,
	NoPath,
	Method,
	Unknown,
	NotCompared,
	ShouldBeHere,
	Body,
	TooLarge { size: u64, most: u64 },
	TooMany { wait: Duration },
	Busy,
	TooSlow,
	NodeAway(NodeAway),
	Failed,
}

/// The code of a refusal, which its response carries for the log.
#[derive(Clone, Copy)]
pub struct Code(pub &'static str);

impl Refusal {
	const fn status(&self) -> StatusCode {
		match self {
			Self::BadDigest => StatusCode::BAD_REQUEST,
			Self::NoAuthorisation | Self::Authorisation(_) | Self::Used => StatusCode::UNAUTHORIZED,
			Self::NoInstitution | Self::Suspended | Self::WithoutRole => StatusCode::FORBIDDEN,
			Self::NoPath | Self::Unknown => StatusCode::NOT_FOUND,
			Self::Method => StatusCode::METHOD_NOT_ALLOWED,
			Self::Body | Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
			Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
			Self::Busy
			| Self::TooSlow
			| Self::NodeAway(_)
			| Self::NotCompared
			| Self::ShouldBeHere => StatusCode::SERVICE_UNAVAILABLE,
			Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
		}
	}

	pub const fn code(&self) -> &'static str {
		match self {
			Self::BadDigest => "bad-digest",
			Self::NoAuthorisation => "authorization-missing",
			Self::Authorisation(AccessError::Malformed) => "authorization-malformed",
			Self::Authorisation(AccessError::OutOfTime { .. }) => "authorization-expired",
			Self::Authorisation(AccessError::BadSignature) => "bad-signature",
			Self::Used => "authorization-used",
			Self::NoInstitution => "not-an-institution",
			Self::Suspended => "suspended",
			Self::WithoutRole => "role-missing",
			Self::NoPath => "no-such-path",
			Self::Method => "method-not-allowed",
			Self::Unknown => "unknown-digest",
			Self::NotCompared => "not-compared",
			Self::ShouldBeHere => "should-be-here",
			Self::Body => "body-not-allowed",
			Self::TooLarge { .. } => "too-large",
			Self::TooMany { .. } => "too-many-requests",
			Self::Busy => "busy",
			Self::TooSlow => "too-slow",
			Self::NodeAway(_) => "node-away",
			Self::Failed => "failed",
		}
	}

	fn message(&self) -> String {
		match self {
			Self::BadDigest => "a digest is an algorithm (blake2b-256, sha2-256, sm3) and 64 \
				lower-case hexadecimal digits"
				.into(),
			Self::NoAuthorisation => AccessError::Malformed.to_string(),
			Self::Authorisation(error) => error.to_string(),
			Self::Used => "this authorisation was used already; sign each request anew".into(),
			Self::NoInstitution => "the account is no institution of this chain".into(),
			Self::Suspended => "the institution is suspended".into(),
			Self::WithoutRole => {
				"only arbiters, regulators, associations and operators read records".into()
			}
			Self::NoPath => "there are /v1/content/{algorithm}/{hex}, /v1/records/{digest} and \
				/health"
				.into(),
			Self::Method => "only GET and HEAD are answered".into(),
			Self::Unknown => "nothing is kept under this digest".into(),
			Self::NotCompared => {
				"nothing is kept under this digest, and the records were not compared with the \
				chain yet; try again later"
					.into()
			}
			Self::ShouldBeHere => {
				"the chain has this content as evidence, and the records lack it; the operator \
				is told, try again later"
					.into()
			}
			Self::Body => "a request has no body here".into(),
			Self::TooLarge { size, most } => {
				format!("the content has {size} bytes, this endpoint sends at most {most}")
			}
			Self::TooMany { wait } => {
				format!("too many requests of this institution; wait {} s", seconds(*wait))
			}
			Self::Busy => "too many requests at once; try again".into(),
			Self::TooSlow => "the answer took too long; try again".into(),
			Self::NodeAway(NodeAway(reason)) => {
				format!("the chain cannot be asked who may read, so nobody may for now: {reason}")
			}
			Self::Failed => "the database failed; the operator's log says why".into(),
		}
	}

	const fn retry_after(&self) -> Option<u64> {
		match self {
			Self::TooMany { wait } => Some(seconds(*wait)),
			Self::Busy | Self::TooSlow => Some(1),
			Self::NodeAway(_) | Self::NotCompared => Some(5),
			Self::ShouldBeHere => Some(300),
			_ => None,
		}
	}
}

/// Whole seconds, at least one.
const fn seconds(wait: Duration) -> u64 {
	let rounded = wait.as_secs() + (wait.subsec_nanos() > 0) as u64;
	if rounded == 0 {
		1
	} else {
		rounded
	}
}

impl From<Error> for Refusal {
	fn from(error: Error) -> Self {
		match error {
			// All connections to the database are taken.
			Error::Database(sqlx::Error::PoolTimedOut) => Self::Busy,
			_ => Self::Failed,
		}
	}
}

impl IntoResponse for Refusal {
	fn into_response(self) -> Response {
		let body = json!({ "error": { "code": self.code(), "message": self.message() } });
		let mut response = Response::new(Body::from(format!("{body}\n")));
		*response.status_mut() = self.status();
		let headers = response.headers_mut();
		headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
		if let Some(seconds) = self.retry_after() {
			headers.insert(header::RETRY_AFTER, seconds.into());
		}
		if self.status() == StatusCode::UNAUTHORIZED {
			let scheme = HeaderValue::from_static(crate::access::SCHEME);
			headers.insert(header::WWW_AUTHENTICATE, scheme);
		}
		response.extensions_mut().insert(Code(self.code()));
		response
	}
}
