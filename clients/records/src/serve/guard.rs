//! What every request of content passes: a free place, an authorisation, the chain, the rate.

use super::{
	answer::{Code, Refusal},
	body::Held,
	institutions::{Institutions, Standing},
	log::{Answered, Event},
	routes::asked,
	Endpoint,
};
use crate::access::{self, now, AccessError, Signed};
use axum::{
	body::Body,
	extract::{Request, State},
	http::header,
	middleware::Next,
	response::{IntoResponse, Response},
};
use std::{sync::Arc, time::Instant};
use winddown_sdk::AccountId32;

/// Who asked, as far as it became known.
#[derive(Default)]
struct Asker {
	account: Option<AccountId32>,
	name: Option<String>,
}

/// Lets a request in or not, and tells the log.
pub async fn guard<Chain: Institutions>(
	State(endpoint): State<Arc<Endpoint<Chain>>>,
	request: Request,
	next: Next,
) -> Response {
	let start = Instant::now();
	let digest = asked(request.uri().path());
	let mut asker = Asker::default();
	let answering = answer(&endpoint, request, next, &mut asker);
	let answered = tokio::time::timeout(endpoint.limits.answer, answering).await;
	let response =
		answered.unwrap_or(Err(Refusal::TooSlow)).unwrap_or_else(|refusal| refusal.into_response());
	let length = response.headers().get(header::CONTENT_LENGTH);
	(endpoint.log)(&Event::Answered(Answered {
		institution: asker.name,
		account: asker.account.map(|account| account.to_string()),
		digest,
		status: response.status().as_u16(),
		code: response.extensions().get::<Code>().map(|Code(code)| *code),
		bytes: length.and_then(|length| length.to_str().ok()?.parse().ok()),
		milliseconds: start.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
	}));
	response
}

async fn answer<Chain: Institutions>(
	endpoint: &Endpoint<Chain>,
	request: Request,
	next: Next,
	asker: &mut Asker,
) -> Result<Response, Refusal> {
	let headers = request.headers();
	let is_empty = |length: &header::HeaderValue| length.as_bytes() == b"0";
	if headers.contains_key(header::TRANSFER_ENCODING)
		|| !headers.get(header::CONTENT_LENGTH).is_none_or(is_empty)
	{
		return Err(Refusal::Body);
	}
	let place = endpoint.free.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
	let signed = signed(endpoint, &request)?;
	let what = format!("{} {}", request.method(), path(&request));
	authorise(endpoint, signed, &what, asker).await?;
	let response = next.run(request).await;
	Ok(response.map(|body| Body::new(Held::new(body, place))))
}

/// The path as it stands in the request.
fn path(request: &Request) -> &str {
	let uri = request.uri();
	uri.path_and_query().map_or(uri.path(), |path| path.as_str())
}

fn signed<Chain>(endpoint: &Endpoint<Chain>, request: &Request) -> Result<Signed, Refusal> {
	let header = request.headers().get(header::AUTHORIZATION).ok_or(Refusal::NoAuthorisation)?;
	let header = header.to_str().map_err(|_| Refusal::Authorisation(AccessError::Malformed))?;
	let method = request.method().as_str();
	let asked = access::Request { genesis: endpoint.genesis, method, path: path(request) };
	access::check(header, &asked, now()).map_err(Refusal::Authorisation)
}

async fn authorise<Chain: Institutions>(
	endpoint: &Endpoint<Chain>,
	signed: Signed,
	what: &str,
	asker: &mut Asker,
) -> Result<(), Refusal> {
	asker.account = Some(signed.account);
	let standing = endpoint.chain.standing(&signed.account).await.map_err(Refusal::NodeAway)?;
	let (name, refusal) = match standing {
		Standing::Unknown => return Err(Refusal::NoInstitution),
		Standing::Suspended { name } => (name, Some(Refusal::Suspended)),
		Standing::WithoutRole { name } => (name, Some(Refusal::WithoutRole)),
		Standing::Reader { name } => (name, None),
	};
	asker.name = Some(name);
	if let Some(refusal) = refusal {
		return Err(refusal);
	}
	let rate = endpoint.rates.take(signed.account.0, Instant::now());
	rate.map_err(|wait| Refusal::TooMany { wait })?;
	match endpoint.used.is_first(&signed, what, now()) {
		true => Ok(()),
		false => Err(Refusal::Used),
	}
}
