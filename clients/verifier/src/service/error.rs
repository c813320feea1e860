//! Refusals: every one is JSON with a code that does not change.

use super::finality::Finality;
use axum::{
	extract::rejection::{BytesRejection, JsonRejection, PathRejection},
	http::{header::RETRY_AFTER, StatusCode},
	response::{IntoResponse, Response},
	Json,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Seconds after which somebody who was refused for want of room may ask again.
const RETRY: &str = "30";

/// Why a request is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
	status: StatusCode,
	code: &'static str,
	message: String,
	finality: Option<Finality>,
}

/// The body of a refusal.
#[derive(Serialize, ToSchema)]
pub struct Refused {
	error: Reason,
}

/// What is wrong.
#[derive(Serialize, ToSchema)]
struct Reason {
	/// A short name that does not change, for programs.
	#[schema(example = "no_such_audit")]
	code: &'static str,
	/// A sentence for people.
	message: String,
	/// Since when nothing new is final, where what is asked for may be in a later block.
	#[serde(skip_serializing_if = "Option::is_none")]
	finality: Option<Finality>,
}

impl Refusal {
	pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
		Self { status, code, message: message.into(), finality: None }
	}

	/// Says since when nothing new is final.
	pub fn with_finality(self, finality: Finality) -> Self {
		Self { finality: Some(finality), ..self }
	}

	/// Its status.
	pub fn status(&self) -> StatusCode {
		self.status
	}

	/// Its code.
	pub fn code(&self) -> &'static str {
		self.code
	}

	/// The request makes no sense.
	pub fn bad(code: &'static str, message: impl Into<String>) -> Self {
		Self::new(StatusCode::BAD_REQUEST, code, message)
	}

	/// There is no such thing.
	pub fn missing(code: &'static str, message: impl Into<String>) -> Self {
		Self::new(StatusCode::NOT_FOUND, code, message)
	}

	/// There is no room for it now.
	pub fn busy(code: &'static str, message: impl Into<String>) -> Self {
		Self::new(StatusCode::TOO_MANY_REQUESTS, code, message)
	}

	/// The disk or the program fails. Paths stay out of the answer.
	pub fn broken() -> Self {
		Self::new(
			StatusCode::INTERNAL_SERVER_ERROR,
			"internal",
			"the service cannot read or write its files",
		)
	}
}

impl IntoResponse for Refusal {
	fn into_response(self) -> Response {
		let Self { status, code, message, finality } = self;
		let body = Json(Refused { error: Reason { code, message, finality } });
		match status {
			StatusCode::TOO_MANY_REQUESTS => (status, [(RETRY_AFTER, RETRY)], body).into_response(),
			_ => (status, body).into_response(),
		}
	}
}

impl From<std::io::Error> for Refusal {
	fn from(_: std::io::Error) -> Self {
		Self::broken()
	}
}

impl From<BytesRejection> for Refusal {
	fn from(rejection: BytesRejection) -> Self {
		body(rejection.status(), rejection.body_text())
	}
}

impl From<JsonRejection> for Refusal {
	fn from(rejection: JsonRejection) -> Self {
		body(rejection.status(), rejection.body_text())
	}
}

impl From<PathRejection> for Refusal {
	fn from(rejection: PathRejection) -> Self {
		Self::bad("bad_path", rejection.body_text())
	}
}

fn body(status: StatusCode, text: String) -> Refusal {
	match status {
		StatusCode::PAYLOAD_TOO_LARGE => {
			Refusal::new(status, "too_large", "the body is larger than this request may be")
		}
		_ => Refusal::bad("bad_body", text),
	}
}

pub async fn no_such_page() -> Refusal {
	Refusal::missing("no_such_page", "there is nothing at this address")
}

pub async fn no_such_method() -> Refusal {
	Refusal::new(
		StatusCode::METHOD_NOT_ALLOWED,
		"no_such_method",
		"this address does not take that method",
	)
}
