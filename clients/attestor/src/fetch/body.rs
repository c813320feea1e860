use super::{away, FetchError, Limits};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::{timeout, Instant};

/// The most that is set aside before anything came.
const FIRST: u64 = 1 << 20;

/// Reads a body of at most `limit` bytes, of the length that it states, at no less than the rate.
pub async fn read(mut body: Incoming, limit: u64, limits: &Limits) -> Result<Vec<u8>, FetchError> {
	let stated = body.size_hint().exact().ok_or(FetchError::NoLength)?;
	if stated > limit {
		return Err(FetchError::TooLong { limit });
	}
	let start = Instant::now();
	let mut bytes = Vec::with_capacity(stated.min(FIRST) as usize);
	// A body that ends before its stated length is an error of the connection.
	while let Some(frame) = timeout(limits.stall, body.frame())
		.await
		.map_err(|_| too_slow(bytes.len(), start))?
		.transpose()
		.map_err(away)?
	{
		bytes.extend_from_slice(frame.data_ref().map(AsRef::as_ref).unwrap_or_default());
		if bytes.len() as u64 > limit {
			return Err(FetchError::TooLong { limit });
		}
		let elapsed = start.elapsed();
		let least = elapsed.saturating_sub(limits.stall).as_secs().saturating_mul(limits.rate);
		if (bytes.len() as u64) < least {
			return Err(too_slow(bytes.len(), start));
		}
	}
	Ok(bytes)
}

fn too_slow(bytes: usize, start: Instant) -> FetchError {
	FetchError::TooSlow { bytes: bytes as u64, seconds: start.elapsed().as_secs() }
}
