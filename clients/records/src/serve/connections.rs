//! Connections, each with a place, a time and an end.

use super::limits::{Limits, HEAD, HEADERS};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
	rt::{TokioIo, TokioTimer},
	service::TowerToHyperService,
};
use std::{future::Future, io, pin::pin, sync::Arc, time::Duration};
use tokio::{
	net::{TcpListener, TcpStream},
	sync::{watch, Semaphore},
	time::{sleep, timeout},
};

/// How long to wait after the system refused a connection, for example because too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers connections until `stop` is ready, and then ends what has begun.
pub async fn serve(
	listener: TcpListener,
	router: Router,
	limits: Limits,
	stop: impl Future<Output = ()>,
) -> io::Result<()> {
	let places = Arc::new(Semaphore::new(limits.connections));
	let (stopping, stopped) = watch::channel(());
	let mut stop = pin!(stop);
	loop {
		let accepting = accept(&listener, &places);
		let (stream, place) = tokio::select! {
			accepted = accepting => accepted?,
			() = &mut stop => break,
		};
		let (router, stopped) = (router.clone(), stopped.clone());
		tokio::spawn(async move {
			connection(stream, router, limits, stopped).await;
			drop(place);
		});
	}
	drop((stopping, listener));
	let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
	// Whoever is not done by then is cut off.
	let _ended = timeout(limits.grace, places.acquire_many(all)).await;
	Ok(())
}

async fn accept(
	listener: &TcpListener,
	places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
	let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
	loop {
		match listener.accept().await {
			Ok((stream, _)) => return Ok((stream, place)),
			Err(_) => sleep(PAUSE).await,
		}
	}
}

async fn connection(
	stream: TcpStream,
	router: Router,
	limits: Limits,
	mut stopped: watch::Receiver<()>,
) {
	let served = http1::Builder::new()
		.timer(TokioTimer::new())
		.header_read_timeout(limits.head)
		.max_buf_size(HEAD)
		.max_headers(HEADERS)
		.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
	let mut served = pin!(served);
	// What goes wrong on a connection is the other side's to see.
	tokio::select! {
		_ = served.as_mut() => return,
		_ = stopped.changed() => {}
		() = sleep(limits.connection) => {}
	}
	served.as_mut().graceful_shutdown();
	let _ended = timeout(limits.connection, served).await;
}
