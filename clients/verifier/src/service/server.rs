//! The HTTP server: how many connections there are, how long they last, and how they end.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
	rt::{TokioIo, TokioTimer},
	service::TowerToHyperService,
};
use std::{future::Future, pin::pin, sync::Arc, time::Duration};
use tokio::{
	net::{TcpListener, TcpStream},
	sync::{watch, Semaphore},
	task::JoinSet,
	time::{sleep, timeout},
};

/// Connections at once; more wait to be accepted.
const CONNECTIONS: usize = 512;
/// How long the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a connection lasts.
const CONNECTION_TIME: Duration = Duration::from_secs(120);
/// Bytes of a request's head, and of a piece of its body.
const BUFFER: usize = 64 * 1024;
/// How long requests that run may take to end when the service stops.
const GRACE: Duration = Duration::from_secs(10);
/// Pause after the system could not give a connection, so that others can end.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` until `stop` is done, then lets the requests that run come to their end.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
	let mut stop = pin!(stop);
	let room = Arc::new(Semaphore::new(CONNECTIONS));
	let (stopping, stopped) = watch::channel(false);
	let mut connections = JoinSet::new();
	loop {
		let accepted = async {
			let room = room.clone().acquire_owned().await;
			(listener.accept().await, room)
		};
		tokio::select! {
			() = &mut stop => break,
			Some(_) = connections.join_next() => {}
			accepted = accepted => match accepted {
				(Ok((stream, _)), Ok(room)) => {
					let (router, stopped) = (router.clone(), stopped.clone());
					connections.spawn(async move {
						let _room = room;
						connection(stream, router, stopped).await;
					});
				}
				_ => sleep(PAUSE).await,
			}
		}
	}
	drop(listener);
	stopping.send_replace(true);
	let ended = async { while connections.join_next().await.is_some() {} };
	if timeout(GRACE, ended).await.is_err() {
		connections.shutdown().await;
	}
}

async fn connection(stream: TcpStream, router: Router, mut stopped: watch::Receiver<bool>) {
	let serving = http1::Builder::new()
		.timer(TokioTimer::new())
		.header_read_timeout(HEAD_TIME)
		.max_buf_size(BUFFER)
		.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
	let mut serving = pin!(serving);
	// How a connection ends is its client's affair.
	let ended = tokio::select! {
		ended = serving.as_mut() => ended,
		() = told(&mut stopped) => {
			serving.as_mut().graceful_shutdown();
			serving.await
		}
		() = sleep(CONNECTION_TIME) => Ok(()),
	};
	drop(ended);
}

/// Done when the service stops.
async fn told(stopped: &mut watch::Receiver<bool>) {
	stopped.wait_for(|stopped| *stopped).await.ok();
}
