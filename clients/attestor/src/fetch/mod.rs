//! Content by digest from the operator's endpoint, who may be away, slow, wrong or hostile.
//!
//! One connection for each request, no redirects, no cookies, no compression. The connection is plain
//! HTTP, for this machine or a VPN: what is fetched is compared with its digest, and the request
//! carries a signature that holds for one path and one minute, so there is nothing to steal. Who
//! reads along sees the plaintext of the records, hence the VPN.

mod body;
mod endpoint;
#[cfg(test)]
mod tests;

pub use endpoint::{BadEndpoint, Endpoint};

use http_body_util::Empty;
use hyper::{
	body::{Bytes, Incoming},
	client::conn::http1::{self, SendRequest},
	header::{ACCEPT, AUTHORIZATION, CONNECTION, HOST, RETRY_AFTER},
	Request, Response, StatusCode,
};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::{net::TcpStream, task::JoinHandle, time::timeout};

/// The longest wait that the operator may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// What the operator may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
	/// Time to connect, and then to answer with the first line.
	pub connect: Duration,
	/// Time for everything.
	pub total: Duration,
	/// Bytes a second, on the average since the first byte.
	pub rate: u64,
	/// How long the rate may be lower, and nothing may come at all.
	pub stall: Duration,
}

/// Why there is no content. None of it says anything about the record.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FetchError {
	/// The connection failed or broke off.
	#[error("the operator cannot be reached: {0}")]
	Away(String),
	/// It took longer than [`Limits`] allows.
	#[error("the operator did not answer in time")]
	TimedOut,
	/// The content came slower than [`Limits::rate`].
	#[error("the operator sends too slowly: {bytes} bytes in {seconds} seconds")]
	TooSlow {
		/// Bytes so far.
		bytes: u64,
		/// Seconds so far.
		seconds: u64,
	},
	/// The operator does not know the digest.
	#[error("the operator does not have it (404)")]
	Missing,
	/// The content is longer than the chain states.
	#[error("the content is longer than {limit} bytes")]
	TooLong {
		/// Bytes by the chain.
		limit: u64,
	},
	/// The answer does not say how long the content is.
	#[error("the answer states no length")]
	NoLength,
	/// Another status.
	#[error("the operator answers {status}")]
	Status {
		/// The status.
		status: u16,
		/// How long it asks to wait.
		wait: Option<Duration>,
	},
}

impl FetchError {
	/// A short name that does not change, for metrics.
	pub const fn code(&self) -> &'static str {
		match self {
			Self::Away(_) => "away",
			Self::TimedOut => "timed-out",
			Self::TooSlow { .. } => "too-slow",
			Self::Missing => "missing",
			Self::TooLong { .. } => "too-long",
			Self::NoLength => "no-length",
			Self::Status { status: 401 | 403, .. } => "unauthorised",
			Self::Status { status: 429, .. } => "too-many",
			Self::Status { status: 300..=399, .. } => "redirected",
			Self::Status { status: 500..=599, .. } => "server-error",
			Self::Status { .. } => "other-status",
		}
	}

	/// Whether the operator says that it cannot answer for now: its records lack what they should
	/// have, or it cannot look.
	pub const fn is_unwell(&self) -> bool {
		matches!(self, Self::Status { status: 503, .. })
	}

	/// How long the operator asks to wait.
	pub const fn wait(&self) -> Option<Duration> {
		match self {
			Self::Status { wait, .. } => *wait,
			_ => None,
		}
	}
}

/// Fetches what stands under `path`, at most `limit` bytes. `authorization` is the header's value.
pub async fn fetch(
	endpoint: &Endpoint,
	path: &str,
	authorization: &str,
	limit: u64,
	limits: &Limits,
) -> Result<Vec<u8>, FetchError> {
	let all = async {
		// Ends with the body read: dropping it closes the connection.
		let mut connection = Connection::open(endpoint, limits).await?;
		let response = connection.ask(endpoint, path, authorization, limits).await?;
		accept(&response)?;
		body::read(response.into_body(), limit, limits).await
	};
	timeout(limits.total, all).await.map_err(|_| FetchError::TimedOut)?
}

/// A connection that ends with its request.
struct Connection {
	sender: SendRequest<Empty<Bytes>>,
	driver: JoinHandle<()>,
}

impl Connection {
	async fn open(endpoint: &Endpoint, limits: &Limits) -> Result<Self, FetchError> {
		let stream = timeout(limits.connect, TcpStream::connect(endpoint.address()))
			.await
			.map_err(|_| FetchError::TimedOut)?
			.map_err(away)?;
		let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(away)?;
		// Its errors come out at the request or the body, too.
		let driver = tokio::spawn(async { connection.await.unwrap_or_default() });
		Ok(Self { sender, driver })
	}

	async fn ask(
		&mut self,
		endpoint: &Endpoint,
		path: &str,
		authorization: &str,
		limits: &Limits,
	) -> Result<Response<Incoming>, FetchError> {
		let request = Request::get(path)
			.header(HOST, endpoint.authority())
			.header(AUTHORIZATION, authorization)
			.header(ACCEPT, "*/*")
			.header(CONNECTION, "close")
			.body(Empty::new())
			.map_err(away)?;
		timeout(limits.connect, self.sender.send_request(request))
			.await
			.map_err(|_| FetchError::TimedOut)?
			.map_err(away)
	}
}

impl Drop for Connection {
	fn drop(&mut self) {
		self.driver.abort();
	}
}

fn accept(response: &Response<Incoming>) -> Result<(), FetchError> {
	match response.status() {
		StatusCode::OK => Ok(()),
		StatusCode::NOT_FOUND => Err(FetchError::Missing),
		status => {
			let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
			let wait = header.and_then(|text| text.parse().ok()).map(Duration::from_secs);
			let wait = wait.map(|wait| wait.min(LONGEST_WAIT));
			Err(FetchError::Status { status: status.as_u16(), wait })
		}
	}
}

fn away(error: impl std::fmt::Display) -> FetchError {
	FetchError::Away(error.to_string())
}
