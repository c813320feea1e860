//! Bodies of answers.

use super::{log::Event, Endpoint};
use crate::{store::Batch, Error};
use axum::body::{Body, Bytes};
use futures::{stream, StreamExt};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::{
	pin::Pin,
	sync::Arc,
	task::{Context, Poll},
};
use tokio::sync::OwnedSemaphorePermit;
use winddown_proof::digest::Digest;

/// A body with the place that its request takes until all of it is sent.
pub struct Held {
	body: Body,
	_place: OwnedSemaphorePermit,
}

impl Held {
	pub const fn new(body: Body, place: OwnedSemaphorePermit) -> Self {
		Self { body, _place: place }
	}
}

impl HttpBody for Held {
	type Data = Bytes;
	type Error = axum::Error;

	fn poll_frame(
		mut self: Pin<&mut Self>,
		context: &mut Context<'_>,
	) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
		Pin::new(&mut self.body).poll_frame(context)
	}

	fn is_end_stream(&self) -> bool {
		self.body.is_end_stream()
	}

	fn size_hint(&self) -> SizeHint {
		self.body.size_hint()
	}
}

/// The lines of a batch, of which exactly `size` bytes were promised. When the database holds more or
/// fewer, somebody changed it, and the answer breaks off.
pub fn lines<Chain>(endpoint: Arc<Endpoint<Chain>>, root: Digest, batch: &Batch, size: u64) -> Body
where
	Endpoint<Chain>: Send + Sync + 'static,
{
	let lines = Box::pin(endpoint.store.lines(batch));
	let state = Some((lines, size));
	Body::from_stream(stream::unfold(state, move |state| {
		let endpoint = endpoint.clone();
		async move {
			let (mut lines, left) = state?;
			let next = match (lines.next().await, left) {
				(None, 0) => return None,
				(Some(Ok(page)), left) if page.len() as u64 <= left => Ok(page),
				(Some(Err(error)), _) => Err(error),
				_ => Err(Error::Altered(root)),
			};
			match next {
				Ok(page) => {
					let left = left - page.len() as u64;
					Some((Ok(Bytes::from(page)), Some((lines, left))))
				}
				Err(error) => {
					let reason = error.to_string();
					(endpoint.log)(&Event::Broken { digest: root, reason });
					Some((Err(error), None))
				}
			}
		}
	}))
}
