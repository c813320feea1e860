//! What a client may ask for, and how often. A call beyond it is refused at once and under its own id, so that the
//! client learns it; nothing waits.

use crate::transaction::{self, Undecodable};
use futures::future::{ready, Either, Ready};
use governor::{clock::Clock, DefaultDirectRateLimiter, Quota, RateLimiter};
use jsonrpsee::{
	server::middleware::rpc::RpcServiceT,
	types::{ErrorObjectOwned, Params, Request},
	MethodResponse,
};
use sp_core::Bytes;
use std::{num::NonZeroU32, sync::Arc, time::Duration};
use tower::Layer;

/// Codes of the SDK's servers, by which clients know these errors.
const RATE_EXCEEDED: i32 = -32_999;
const REQUEST_TOO_LARGE: i32 = -32_007;
const BAD_FORMAT: i32 = 1_001;

/// Calls whose first argument is a transaction.
const WITH_TRANSACTION: [&str; 6] = [
	"author_submitExtrinsic",
	"author_submitAndWatchExtrinsic",
	"system_dryRun",
	"system_dryRunAt",
	"transaction_v1_broadcast",
	"transactionWatch_v1_submitAndWatch",
];

/// Tells whether the chain runs the runtime that this program knows, whose transactions it can decode.
pub type KnowsRuntime = Arc<dyn Fn() -> bool + Send + Sync>;

/// The limits of one connection.
#[derive(Clone)]
pub struct Limits {
	/// Bytes of the arguments of one call.
	pub arguments: usize,
	/// Calls a minute; none is no limit.
	pub rate: Option<Arc<Rate>>,
	/// Whether transactions can be looked at.
	pub knows_runtime: KnowsRuntime,
}

/// So many calls a minute, all of which may come at once.
pub struct Rate {
	calls: NonZeroU32,
	limiter: DefaultDirectRateLimiter,
}

impl Rate {
	/// `calls` a minute.
	pub fn per_minute(calls: NonZeroU32) -> Self {
		Self { calls, limiter: RateLimiter::direct(Quota::per_minute(calls)) }
	}

	/// Counts a call, or tells when the next one may come.
	fn take(&self) -> Result<(), Duration> {
		self.limiter.check().map_err(|refused| {
			refused.wait_time_from(governor::clock::DefaultClock::default().now())
		})
	}
}

impl Limits {
	/// Why a call is not carried out, if it is not.
	fn refusal(&self, request: &Request) -> Option<ErrorObjectOwned> {
		if let Some(rate) = &self.rate {
			if let Err(wait) = rate.take() {
				return Some(rate_exceeded(rate.calls, wait));
			}
		}
		let arguments = request.params.as_ref().map_or("", |params| params.get());
		if arguments.len() > self.arguments {
			return Some(too_large(arguments.len(), self.arguments));
		}
		if WITH_TRANSACTION.contains(&request.method.as_ref()) && (self.knows_runtime)() {
			// What is no list, or no hex digits, the call itself says.
			let transaction: Bytes = Params::new(Some(arguments)).sequence().next().ok()?;
			return transaction::undecodable(&transaction).map(bad_format);
		}
		None
	}
}

fn rate_exceeded(calls: NonZeroU32, wait: Duration) -> ErrorObjectOwned {
	// A millisecond more, so that whoever waits as long as told is not refused again.
	let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
	ErrorObjectOwned::owned(
		RATE_EXCEEDED,
		format!(
			"This node takes {calls} calls a minute over one connection (--rpc-rate-limit): try again in {} s",
			wait.div_ceil(1_000)
		),
		Some(serde_json::json!({ "retryAfterMs": wait })),
	)
}

fn too_large(bytes: usize, limit: usize) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(
		REQUEST_TOO_LARGE,
		format!(
			"The arguments have {bytes} bytes, and this node takes {limit} (--rpc-max-request-size): split the call"
		),
		None::<()>,
	)
}

fn bad_format(what: Undecodable) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(BAD_FORMAT, what.to_string(), None::<()>)
}

impl<S> Layer<S> for Limits {
	type Service = Limited<S>;

	fn layer(&self, service: S) -> Limited<S> {
		Limited { service, limits: self.clone() }
	}
}

/// Carries out calls within limits.
#[derive(Clone)]
pub struct Limited<S> {
	service: S,
	limits: Limits,
}

impl<'a, S: RpcServiceT<'a>> RpcServiceT<'a> for Limited<S> {
	type Future = Either<Ready<MethodResponse>, S::Future>;

	fn call(&self, request: Request<'a>) -> Self::Future {
		match self.limits.refusal(&request) {
			Some(error) => Either::Left(ready(MethodResponse::error(request.id, error))),
			None => Either::Right(self.service.call(request)),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use jsonrpsee::types::Id;
	use serde_json::value::RawValue;

	fn limits(rate: Option<u32>, arguments: usize) -> Limits {
		let rate = rate.map(|calls| Arc::new(Rate::per_minute(NonZeroU32::new(calls).unwrap())));
		Limits { arguments, rate, knows_runtime: Arc::new(|| true) }
	}

	fn refusal(limits: &Limits, method: &str, arguments: &str) -> Option<ErrorObjectOwned> {
		let arguments = RawValue::from_string(arguments.into()).unwrap();
		limits.refusal(&Request::new(method.into(), Some(&arguments), Id::Number(7)))
	}

	#[test]
	fn the_call_beyond_the_rate_is_told_how_long_to_wait() {
		let limits = limits(Some(10), 100);
		for _ in 0..10 {
			assert_eq!(refusal(&limits, "system_name", "[]"), None);
		}
		let refused = refusal(&limits, "system_name", "[]").unwrap();
		assert_eq!(refused.code(), -32_999);
		assert_eq!(
			refused.message(),
			"This node takes 10 calls a minute over one connection (--rpc-rate-limit): try again in 6 s"
		);
		let data: serde_json::Value = serde_json::from_str(refused.data().unwrap().get()).unwrap();
		let wait = data["retryAfterMs"].as_u64().unwrap();
		assert!((5_000..=6_001).contains(&wait), "{wait}");
	}

	#[test]
	fn a_call_with_too_much_is_refused_with_both_figures() {
		let limits = limits(None, 20);
		assert_eq!(refusal(&limits, "state_getStorage", "[\"0x000000000000\"]"), None);
		let refused = refusal(&limits, "state_getStorage", "[\"0x0000000000000000\"]").unwrap();
		assert_eq!(refused.code(), -32_007);
		assert_eq!(
			refused.message(),
			"The arguments have 22 bytes, and this node takes 20 (--rpc-max-request-size): split the call"
		);
	}

	#[test]
	fn no_transaction_goes_further_than_its_decoding() {
		for method in WITH_TRANSACTION {
			let refused = refusal(&limits(None, 100), method, "[\"0x1484010203ff\"]").unwrap();
			assert_eq!(refused.code(), 1_001);
			let said = refused.message();
			assert!(
				said.starts_with("The transaction cannot be decoded: it breaks off at byte "),
				"{said}"
			);
			assert!(said.contains(" of 6 ("), "{said}");
		}
		let other = Limits { knows_runtime: Arc::new(|| false), ..limits(None, 100) };
		assert_eq!(refusal(&other, WITH_TRANSACTION[0], "[\"0x1484010203ff\"]"), None);
		assert_eq!(refusal(&limits(None, 100), WITH_TRANSACTION[0], "[\"0xno\"]"), None);
		assert_eq!(refusal(&limits(None, 100), WITH_TRANSACTION[0], "[]"), None);
	}
}
