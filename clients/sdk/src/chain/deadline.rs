//! Calls of a node that end in time, whatever the node does.

use std::{fmt, time::Duration};
use subxt::rpcs::{
	client::{JsonrpseeRpcClient, RawRpcFuture, RawRpcSubscription, RawValue, RpcClientT},
	Error, UserError,
};
use tokio::time::{sleep, timeout_at, Instant};

/// How long a node may take to answer one call. The largest answers that it may give take some seconds, and
/// more on a machine with other work; the connection's library would wait for a minute, and say less.
pub const DEADLINE: Duration = Duration::from_secs(45);

/// The node's code for a call beyond its `--rpc-rate-limit`.
pub const RATE_EXCEEDED: i32 = -32_999;

/// A call was not answered in time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoAnswer {
	/// The call.
	pub method: String,
	/// How long it was waited for.
	pub seconds: u64,
}

impl fmt::Display for NoAnswer {
	fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
		write!(out, "no answer to {} in {} seconds", self.method, self.seconds)
	}
}

impl std::error::Error for NoAnswer {}

/// A connection whose calls end before a deadline. A call beyond the node's limit is sent again when the node says that
/// it may be, if that is before the deadline.
pub struct Timely<C = JsonrpseeRpcClient> {
	client: C,
	deadline: Duration,
}

impl<C> Timely<C> {
	pub fn new(client: C) -> Self {
		Self { client, deadline: DEADLINE }
	}

	async fn in_time<'a, T>(
		&'a self,
		method: &'a str,
		send: impl Fn() -> RawRpcFuture<'a, T> + Send,
	) -> Result<T, Error> {
		let end = Instant::now() + self.deadline;
		let seconds = self.deadline.as_secs();
		loop {
			let answer = timeout_at(end, send()).await.map_err(|_| {
				Error::Client(Box::new(NoAnswer { method: method.into(), seconds }))
			})?;
			let pause = answer.as_ref().err().and_then(pause);
			match pause {
				Some(pause) if Instant::now() + pause < end => sleep(pause).await,
				_ => return answer,
			}
		}
	}
}

/// How long the node asks to wait before a call is sent again, if it does.
fn pause(error: &Error) -> Option<Duration> {
	#[derive(serde::Deserialize)]
	#[serde(rename_all = "camelCase")]
	struct Wait {
		retry_after_ms: u64,
	}
	let Error::User(UserError { code: RATE_EXCEEDED, data: Some(data), .. }) = error else {
		return None;
	};
	let wait: Wait = serde_json::from_str(data.get()).ok()?;
	Some(Duration::from_millis(wait.retry_after_ms))
}

impl<C: RpcClientT> RpcClientT for Timely<C> {
	fn request_raw<'a>(
		&'a self,
		method: &'a str,
		params: Option<Box<RawValue>>,
	) -> RawRpcFuture<'a, Box<RawValue>> {
		let send = move || self.client.request_raw(method, params.clone());
		Box::pin(self.in_time(method, send))
	}

	fn subscribe_raw<'a>(
		&'a self,
		sub: &'a str,
		params: Option<Box<RawValue>>,
		unsub: &'a str,
	) -> RawRpcFuture<'a, RawRpcSubscription> {
		let send = move || self.client.subscribe_raw(sub, params.clone(), unsub);
		Box::pin(self.in_time(sub, send))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::sync::atomic::{AtomicUsize, Ordering};

	/// A node that answers the first calls with that they come too often, or never.
	struct Node {
		refuses: usize,
		wait: u64,
		answers: bool,
		calls: AtomicUsize,
	}

	impl RpcClientT for Node {
		fn request_raw<'a>(
			&'a self,
			_: &'a str,
			_: Option<Box<RawValue>>,
		) -> RawRpcFuture<'a, Box<RawValue>> {
			Box::pin(async move {
				if !self.answers {
					std::future::pending::<()>().await;
				}
				if self.calls.fetch_add(1, Ordering::SeqCst) >= self.refuses {
					return Ok(RawValue::from_string("7".into()).unwrap());
				}
				let data = format!("{{\"retryAfterMs\":{}}}", self.wait);
				Err(Error::User(UserError {
					code: RATE_EXCEEDED,
					message: "too often".into(),
					data: Some(RawValue::from_string(data).unwrap()),
				}))
			})
		}

		fn subscribe_raw<'a>(
			&'a self,
			_: &'a str,
			_: Option<Box<RawValue>>,
			_: &'a str,
		) -> RawRpcFuture<'a, RawRpcSubscription> {
			Box::pin(std::future::pending())
		}
	}

	fn node(refuses: usize, wait: u64, answers: bool) -> Timely<Node> {
		let client = Node { refuses, wait, answers, calls: AtomicUsize::new(0) };
		Timely { client, deadline: Duration::from_secs(1) }
	}

	fn is_no_answer(error: &Error, method: &str) -> bool {
		let Error::Client(error) = error else { return false };
		error.downcast_ref() == Some(&NoAnswer { method: method.into(), seconds: 1 })
	}

	#[tokio::test]
	async fn a_node_that_says_nothing_is_given_up() {
		let silent = node(0, 0, false);
		let start = Instant::now();
		let error = silent.request_raw("system_name", None).await.unwrap_err();
		assert!(is_no_answer(&error, "system_name"), "{error:?}");
		assert!(start.elapsed() >= Duration::from_secs(1));
		let Err(error) = silent.subscribe_raw("author_submit", None, "x").await else { panic!() };
		assert!(is_no_answer(&error, "author_submit"), "{error:?}");
	}

	#[tokio::test]
	async fn a_call_beyond_the_rate_is_sent_again_when_the_node_says_so() {
		let start = Instant::now();
		let answer = node(2, 150, true).request_raw("system_name", None).await.unwrap();
		assert_eq!(answer.get(), "7");
		assert!(start.elapsed() >= Duration::from_millis(300));
	}

	#[tokio::test]
	async fn a_pause_beyond_the_deadline_is_not_waited_for() {
		let start = Instant::now();
		let error = node(1, 60_000, true).request_raw("system_name", None).await.unwrap_err();
		assert!(matches!(&error, Error::User(UserError { code: RATE_EXCEEDED, .. })), "{error:?}");
		assert!(start.elapsed() < Duration::from_secs(1));
	}
}
