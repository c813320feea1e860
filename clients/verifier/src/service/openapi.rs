//! The description of the API, from which its page and other programs' clients are made.

use super::{audits, error, health, receipts, verify, Shared};
use axum::{routing::get, Json, Router};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
	info(
		title = "Winddown verification service",
		description = "Bundles of receipts, verification, and full audits of a case. Every refusal is JSON: \
		               `{\"error\": {\"code\", \"message\"}}`.",
	),
	paths(
		health::health,
		verify::bundle,
		receipts::receipt,
		audits::order,
		audits::show,
		audits::report_json,
		audits::report_html,
	),
	components(schemas(error::Refused)),
	tags(
		(name = "service", description = "The service itself"),
		(name = "verify", description = "Bundles"),
		(name = "receipts", description = "From a receipt code to its bundle"),
		(name = "audits", description = "Full audits of a case, one at a time"),
	)
)]
struct Description;

pub fn routes() -> Router<Shared> {
	Router::new().route("/openapi.json", get(|| async { Json(Description::openapi()) }))
}
