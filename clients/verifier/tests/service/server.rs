//! A service on a free port of this machine, with a folder of its own, and requests to it.

use axum::{
	body::Bytes,
	http::{HeaderMap, Method, Request, StatusCode},
	Router,
};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::Value;
use std::{
	net::SocketAddr,
	path::{Path, PathBuf},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use winddown_proof::{Anchor, Bundle};
use winddown_verifier::service::{self, router, Config};

/// The chain of the committed bundles.
pub const GENESIS: &str = "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648";
/// The checkpoint of one of them.
pub const CHECKPOINT: &str = "0x113285e7f893fcd998cd728f5f8c1f75f6f895939241bc38331edd947d544dad";
/// The receipt of the ballot in one of them.
pub const RECEIPT: &str = "WD1-HQ9Q-PTG0-0000-0000-011D-FSNZ-W7RK-6RH0-H3Y0";

/// A committed bundle.
pub fn bundle_file(name: &str) -> PathBuf {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/tests/data");
	folder.join(name).canonicalize().unwrap()
}

/// Its bytes.
pub fn bundle(name: &str) -> Vec<u8> {
	std::fs::read(bundle_file(name)).unwrap()
}

/// The ballot's bundle with another choice in its plaintext.
pub fn tampered() -> Vec<u8> {
	use winddown_proof::bundle::Plaintext;
	let mut bundle = Bundle::from_bytes(&bundle("ballot.wdproof")).unwrap();
	let Some(Plaintext::Whole(record)) = bundle.plaintext else { panic!("it has its record") };
	let record = String::from_utf8(record).unwrap().replace("[[1],[0]]", "[[0],[0]]");
	bundle.plaintext = Some(Plaintext::Whole(record.into_bytes()));
	bundle.to_bytes()
}

/// A service.
pub struct Server {
	/// Where it listens.
	pub address: SocketAddr,
	/// Its folder.
	pub folder: TempDir,
	stop: Option<oneshot::Sender<()>>,
	serving: JoinHandle<()>,
}

/// An answer.
pub struct Answer {
	pub status: StatusCode,
	pub headers: HeaderMap,
	pub body: Bytes,
}

impl Server {
	/// One for the chain of the committed bundles.
	pub async fn start() -> Self {
		let genesis = GENESIS.parse().unwrap();
		Self::start_with(tempfile::tempdir().unwrap(), |config| {
			config.anchor = Anchor::Genesis { hash: genesis };
		})
		.await
	}

	/// One with this folder, after a change of what it is started with.
	pub async fn start_with(folder: TempDir, change: impl FnOnce(&mut Config)) -> Self {
		Self::start_whole(folder, change, |router| router).await
	}

	/// The same with something before it that answers some requests in another way.
	pub async fn start_whole(
		folder: TempDir,
		change: impl FnOnce(&mut Config),
		front: impl FnOnce(Router) -> Router,
	) -> Self {
		for name in ["receipts", "archives", "exports"] {
			std::fs::create_dir_all(folder.path().join(name)).unwrap();
		}
		let mut config = Config {
			anchor: Anchor::Genesis { hash: GENESIS.parse().unwrap() },
			node: None,
			data: Some(folder.path().into()),
			program: env!("CARGO_BIN_EXE_winddown-verifier").into(),
			audit_memory: 4 << 30,
		};
		change(&mut config);
		let router = front(router(config).unwrap());
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let (stop, stopped) = oneshot::channel();
		let serving = tokio::spawn(service::serve(listener, router, async {
			stopped.await.ok();
		}));
		Self { address, folder, stop: Some(stop), serving }
	}

	/// Stops it, and waits until it is gone.
	pub async fn stop(mut self) -> TempDir {
		self.stop.take().unwrap().send(()).unwrap();
		self.serving.await.unwrap();
		self.folder
	}

	/// Puts a file into one of its folders.
	pub fn put(&self, path: &str, bytes: &[u8]) {
		std::fs::write(self.folder.path().join(path), bytes).unwrap();
	}

	pub async fn get(&self, path: &str) -> Answer {
		self.send(Method::GET, path, &[], vec![]).await
	}

	pub async fn post(&self, path: &str, body: Vec<u8>) -> Answer {
		self.send(Method::POST, path, &[("content-type", "application/octet-stream")], body).await
	}

	pub async fn post_json(&self, path: &str, body: Value) -> Answer {
		let headers = [("content-type", "application/json")];
		self.send(Method::POST, path, &headers, body.to_string().into_bytes()).await
	}

	pub async fn send(
		&self,
		method: Method,
		path: &str,
		headers: &[(&str, &str)],
		body: Vec<u8>,
	) -> Answer {
		let mut request = Request::builder()
			.method(method)
			.uri(format!("http://{}{path}", self.address))
			.body(Full::new(Bytes::from(body)))
			.unwrap();
		for (name, value) in headers {
			let name: axum::http::HeaderName = name.parse().unwrap();
			request.headers_mut().insert(name, value.parse().unwrap());
		}
		let client = Client::builder(TokioExecutor::new()).build_http();
		let (parts, body) = client.request(request).await.unwrap().into_parts();
		let body = body.collect().await.unwrap().to_bytes();
		Answer { status: parts.status, headers: parts.headers, body }
	}
}

impl Answer {
	pub fn json(&self) -> Value {
		serde_json::from_slice(&self.body).unwrap()
	}

	pub fn header(&self, name: &str) -> &str {
		self.headers.get(name).map_or("", |value| value.to_str().unwrap())
	}

	/// Asserts that it is a refusal with this status and code, in JSON.
	pub fn is_refused(&self, status: u16, code: &str) {
		let text = String::from_utf8_lossy(&self.body);
		assert_eq!(self.status.as_u16(), status, "{text}");
		assert_eq!(self.header("content-type"), "application/json");
		assert_eq!(self.json()["error"]["code"], code, "{text}");
		assert!(self.json()["error"]["message"].is_string(), "{text}");
	}
}
