//! Operators on loopback, each bad in its own way.

use super::*;
use std::{future::Future, net::Ipv4Addr};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpListener,
	time::Instant,
};

const LIMITS: Limits = Limits {
	connect: Duration::from_millis(400),
	total: Duration::from_secs(5),
	rate: 1_000,
	stall: Duration::from_millis(500),
};

/// An operator that answers one request as it likes; its endpoint.
async fn operator<F>(answer: impl FnOnce(TcpStream) -> F + Send + 'static) -> Endpoint
where
	F: Future<Output = ()> + Send + 'static,
{
	let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
	let port = listener.local_addr().unwrap().port();
	tokio::spawn(async move {
		let (mut stream, _) = listener.accept().await.unwrap();
		let mut request = [0; 2_048];
		assert!(stream.read(&mut request).await.unwrap() > 0);
		answer(stream).await;
	});
	format!("http://127.0.0.1:{port}").parse().unwrap()
}

/// An operator that sends these bytes and closes.
async fn saying(bytes: impl Into<Vec<u8>>) -> Endpoint {
	let bytes = bytes.into();
	operator(|mut stream| async move {
		stream.write_all(&bytes).await.unwrap();
		stream.shutdown().await.unwrap_or_default();
	})
	.await
}

async fn ask(endpoint: &Endpoint, limit: u64) -> Result<Vec<u8>, FetchError> {
	fetch(endpoint, "/v1/content/sm3/00", "Winddown me", limit, &LIMITS).await
}

fn ok(length: impl std::fmt::Display, body: &str) -> String {
	format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}")
}

#[tokio::test]
async fn content_comes_as_it_is() {
	assert_eq!(ask(&saying(ok(7, "content")).await, 7).await, Ok(b"content".to_vec()));
}

#[tokio::test]
async fn the_request_bears_path_host_and_authorisation() {
	let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
	let port = listener.local_addr().unwrap().port();
	let server = tokio::spawn(async move {
		let (mut stream, _) = listener.accept().await.unwrap();
		let mut request = vec![0; 2_048];
		let length = stream.read(&mut request).await.unwrap();
		stream.write_all(ok(0, "").as_bytes()).await.unwrap();
		String::from_utf8_lossy(&request[..length]).to_lowercase()
	});
	let endpoint = format!("http://127.0.0.1:{port}").parse().unwrap();
	assert_eq!(ask(&endpoint, 7).await, Ok(vec![]));
	let request = server.await.unwrap();
	assert!(request.starts_with("get /v1/content/sm3/00 http/1.1\r\n"), "{request}");
	for header in [&format!("host: 127.0.0.1:{port}"), "authorization: winddown me"] {
		assert!(request.contains(&format!("\r\n{header}\r\n")), "{request}");
	}
}

#[tokio::test]
async fn content_that_is_longer_than_the_chain_states_is_not_read() {
	let endpoint = saying(ok(8, "content!")).await;
	assert_eq!(ask(&endpoint, 7).await, Err(FetchError::TooLong { limit: 7 }));
	let endpoint = saying(ok(u64::MAX / 2, "content")).await;
	assert_eq!(ask(&endpoint, 7).await, Err(FetchError::TooLong { limit: 7 }));
}

#[tokio::test]
async fn bytes_beyond_the_stated_length_do_not_count() {
	assert_eq!(ask(&saying(ok(7, "content and more")).await, 7).await, Ok(b"content".to_vec()));
}

#[tokio::test]
async fn content_that_ends_before_its_stated_length_is_no_content() {
	let found = ask(&saying(ok(7, "con")).await, 7).await;
	assert!(matches!(found, Err(FetchError::Away(_))), "{found:?}");
}

#[tokio::test]
async fn an_endless_answer_is_not_read() {
	let endpoint = operator(|mut stream| async move {
		let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
		stream.write_all(head).await.unwrap();
		// Until the other side has enough.
		while stream.write_all(b"8\r\nabcdefgh\r\n").await.is_ok() {}
	})
	.await;
	assert_eq!(ask(&endpoint, 1_000).await, Err(FetchError::NoLength));
}

#[tokio::test]
async fn endless_headers_are_not_read() {
	let endpoint = operator(|mut stream| async move {
		stream.write_all(b"HTTP/1.1 200 OK\r\n").await.unwrap();
		while stream.write_all(b"x-more: abcdefgh\r\n").await.is_ok() {}
	})
	.await;
	let found = ask(&endpoint, 1_000).await;
	assert!(matches!(found, Err(FetchError::Away(_))), "{found:?}");
}

#[tokio::test]
async fn silence_before_the_answer_ends() {
	let start = Instant::now();
	let endpoint = operator(|stream| async move {
		tokio::time::sleep(Duration::from_secs(60)).await;
		drop(stream);
	})
	.await;
	assert_eq!(ask(&endpoint, 7).await, Err(FetchError::TimedOut));
	assert!(start.elapsed() < LIMITS.total);
}

#[tokio::test]
async fn silence_within_the_content_ends() {
	let endpoint = operator(|mut stream| async move {
		stream.write_all(ok(7, "con").as_bytes()).await.unwrap();
		tokio::time::sleep(Duration::from_secs(60)).await;
	})
	.await;
	assert_eq!(ask(&endpoint, 7).await, Err(FetchError::TooSlow { bytes: 3, seconds: 0 }));
}

#[tokio::test]
async fn a_byte_now_and_then_is_too_slow() {
	let endpoint = operator(|mut stream| async move {
		stream.write_all(ok(1_000_000, "").as_bytes()).await.unwrap();
		while stream.write_all(b"a").await.is_ok() {
			tokio::time::sleep(Duration::from_millis(100)).await;
		}
	})
	.await;
	let found = ask(&endpoint, 1_000_000).await;
	let Err(FetchError::TooSlow { bytes: 1..=30, seconds: 1..=3 }) = found else {
		panic!("{found:?}")
	};
}

#[tokio::test]
async fn everything_together_has_its_time() {
	let endpoint = operator(|mut stream| async move {
		stream.write_all(ok(100_000_000, "").as_bytes()).await.unwrap();
		while stream.write_all(&[b'a'; 10_000]).await.is_ok() {
			tokio::time::sleep(Duration::from_millis(100)).await;
		}
	})
	.await;
	let limits = Limits { total: Duration::from_millis(700), ..LIMITS };
	let found = fetch(&endpoint, "/", "me", 100_000_000, &limits).await;
	assert_eq!(found, Err(FetchError::TimedOut));
}

#[tokio::test]
async fn answers_other_than_content_are_told_apart() {
	let wait = |seconds| Some(Duration::from_secs(seconds));
	for (head, expected) in [
		("404 Not Found", FetchError::Missing),
		("401 Unauthorized", FetchError::Status { status: 401, wait: None }),
		("500 Internal Server Error", FetchError::Status { status: 500, wait: None }),
		("429 Too Many\r\nretry-after: 7", FetchError::Status { status: 429, wait: wait(7) }),
		(
			"503 Later\r\nretry-after: 99999999",
			FetchError::Status { status: 503, wait: wait(3_600) },
		),
		("503 Later\r\nretry-after: Wed", FetchError::Status { status: 503, wait: None }),
		("204 No Content", FetchError::Status { status: 204, wait: None }),
	] {
		let answer = format!("HTTP/1.1 {head}\r\ncontent-length: 7\r\n\r\ncontent");
		assert_eq!(ask(&saying(answer).await, 7).await, Err(expected), "{head}");
	}
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
	let elsewhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
	let port = elsewhere.local_addr().unwrap().port();
	let answer = format!(
		"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{port}/\r\ncontent-length: 0\r\n\r\n"
	);
	let found = ask(&saying(answer).await, 7).await;
	assert_eq!(found, Err(FetchError::Status { status: 302, wait: None }));
	let visit = tokio::time::timeout(Duration::from_millis(300), elsewhere.accept()).await;
	assert!(visit.is_err(), "nobody went there");
}

#[tokio::test]
async fn a_closed_connection_and_noise_mean_away() {
	for answer in ["", "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\ncontent-length: -7\r\n\r\n"] {
		let found = ask(&saying(answer).await, 7).await;
		assert!(matches!(found, Err(FetchError::Away(_))), "{answer} {found:?}");
	}
	let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
	let endpoint = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
	drop(listener);
	let found = ask(&endpoint, 7).await;
	assert!(matches!(found, Err(FetchError::Away(_))), "{found:?}");
}
