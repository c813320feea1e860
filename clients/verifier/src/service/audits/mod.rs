//! Full audits over HTTP: one at a time, in a process of its own, from files of the service's folder or from
//! its node. Nobody names a path or an address: files have names, and the node is the service's.

mod files;
mod process;
mod queue;
mod store;
pub mod work;

pub use queue::Audits;

use super::{
	error::{Refusal, Refused},
	Shared,
};
use axum::{
	extract::{
		rejection::{JsonRejection, PathRejection},
		DefaultBodyLimit, Path, State,
	},
	http::{
		header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION},
		StatusCode,
	},
	response::{IntoResponse, Response},
	routing::{get, post},
	Json, Router,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most bytes of an order.
const ORDER_BYTES: usize = 4 * 1024;
/// A report is one page with its style in it, and runs nothing.
const REPORT: &str =
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What is to be audited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
	/// The case.
	#[schema(example = 0)]
	pub case: u32,
	/// An archive in the folder `archives`; without it one is fetched from the service's node.
	#[schema(example = "case.wda")]
	pub archive: Option<String>,
	/// The operator's export in the folder `exports`: a file of JSON Lines, a folder of CSV files, or a
	/// SQLite database (`.sqlite`, `.db`). Without it plaintext is not compared.
	#[schema(example = "records.jsonl")]
	pub export: Option<String>,
}

/// An audit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Audit {
	/// Its number.
	#[schema(example = 1)]
	pub id: u32,
	/// What was ordered.
	pub order: Order,
	/// When, in milliseconds since 1970.
	pub ordered_at: u64,
	/// How far it is.
	#[serde(flatten)]
	pub state: Progress,
}

/// How far an audit is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Progress {
	/// It waits for those before it.
	Waiting,
	/// It runs.
	Running {
		/// What it does.
		#[serde(flatten)]
		step: Step,
	},
	/// Its report is there.
	Finished {
		/// How many findings there are.
		findings: u64,
		/// When it ended, in milliseconds since 1970.
		ended_at: u64,
	},
	/// It could not be done.
	Failed {
		/// Why.
		reason: String,
		/// When it ended, in milliseconds since 1970.
		ended_at: u64,
	},
}

/// What a running audit does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
	/// Its process starts.
	Starting,
	/// It fetches the chain from the node.
	Fetching,
	/// It follows the chain block by block.
	Blocks {
		/// Blocks followed.
		done: u32,
		/// Blocks that there are.
		of: u32,
	},
	/// It compares the state of the last block.
	State,
	/// It compares the operator's export.
	Records,
}

/// The number of an audit, as it stands in an address.
type Id = Result<Path<String>, PathRejection>;

pub fn routes() -> Router<Shared> {
	Router::new()
		.route("/v1/audits", post(order).layer(DefaultBodyLimit::max(ORDER_BYTES)))
		.route("/v1/audits/{id}", get(show))
		.route("/v1/audits/{id}/report.json", get(report_json))
		.route("/v1/audits/{id}/report.html", get(report_html))
}

#[utoipa::path(
	post, path = "/v1/audits", tag = "audits", summary = "Order an audit", request_body = Order,
	responses(
		(status = 202, description = "It waits for its turn; `location` names it", body = Audit),
		(status = 400, description = "No order, or a name that is none", body = Refused),
		(status = 404, description = "No such archive or export", body = Refused),
		(status = 413, description = "Larger than an order may be", body = Refused),
		(status = 429, description = "Too many wait already", body = Refused),
		(status = 503, description = "This service has no folder, or no node and no archive was named", body = Refused),
	)
)]
pub async fn order(
	State(service): State<Shared>,
	order: Result<Json<Order>, JsonRejection>,
) -> Result<Response, Refusal> {
	let Json(order) = order?;
	let audit = service.audits.order(order)?;
	let location = [(LOCATION, format!("/v1/audits/{}", audit.id))];
	Ok((StatusCode::ACCEPTED, location, Json(audit)).into_response())
}

#[utoipa::path(
	get, path = "/v1/audits/{id}", tag = "audits", summary = "How far an audit is",
	params(("id" = u32, Path, description = "Its number")),
	responses(
		(status = 200, description = "It is known", body = Audit),
		(status = 404, description = "No such audit", body = Refused),
	)
)]
pub async fn show(State(service): State<Shared>, id: Id) -> Result<Json<Audit>, Refusal> {
	service.audits.get(number(id)?).map(Json)
}

#[utoipa::path(
	get, path = "/v1/audits/{id}/report.json", tag = "audits", summary = "The report for programs",
	params(("id" = u32, Path, description = "Its number")),
	responses(
		(status = 200, description = "Figures, own counts, findings each with code, place and rule, limits",
			body = Object),
		(status = 404, description = "No such audit", body = Refused),
		(status = 409, description = "There is no report yet, or none will be", body = Refused),
	)
)]
pub async fn report_json(State(service): State<Shared>, id: Id) -> Result<Response, Refusal> {
	let bytes = service.audits.report(number(id)?, "report.json").await?;
	Ok(([(CONTENT_TYPE, "application/json")], bytes).into_response())
}

#[utoipa::path(
	get, path = "/v1/audits/{id}/report.html", tag = "audits", summary = "The report for people",
	params(("id" = u32, Path, description = "Its number")),
	responses(
		(status = 200, description = "One page, Chinese and English", body = String, content_type = "text/html"),
		(status = 404, description = "No such audit", body = Refused),
		(status = 409, description = "There is no report yet, or none will be", body = Refused),
	)
)]
pub async fn report_html(State(service): State<Shared>, id: Id) -> Result<Response, Refusal> {
	let bytes = service.audits.report(number(id)?, "report.html").await?;
	let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, REPORT)];
	Ok((headers, bytes).into_response())
}

fn number(id: Id) -> Result<u32, Refusal> {
	id?.parse().map_err(|_| no_such_audit())
}

fn no_such_audit() -> Refusal {
	Refusal::missing("no_such_audit", "there is no such audit")
}
