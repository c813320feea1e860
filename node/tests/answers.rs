//! What a node answers to a client that asks too much, too often, or with half a transaction; over plain connections,
//! so that nothing between hides the bytes.

use std::{
	fs::{self, File},
	io::{BufRead, BufReader, Read, Write},
	net::{SocketAddr, TcpStream},
	process::{Child, Command},
	time::{Duration, Instant},
};

/// How long a node may take on a machine that does other things beside.
const PATIENCE: Duration = Duration::from_secs(300);
/// What is at once: no limit of the node lets a client wait.
const AT_ONCE: Duration = Duration::from_secs(3);

/// A development node with narrow limits, and where it listens. Dropping it ends it.
struct Node {
	process: Child,
	address: SocketAddr,
	_folder: tempfile::TempDir,
}

impl Drop for Node {
	fn drop(&mut self) {
		self.process.kill().ok();
		self.process.wait().ok();
	}
}

impl Node {
	fn start() -> Self {
		let folder = tempfile::tempdir().unwrap();
		let log = folder.path().join("log");
		let mut process = Command::new(env!("CARGO_BIN_EXE_winddown-node"))
			.args([
				"--dev",
				"--base-path",
				"base",
				"--no-mdns",
				"--no-prometheus",
				"--no-telemetry",
			])
			.args(["--rpc-port", "0", "--port", "0", "--rpc-max-connections", "1"])
			.args(["--rpc-rate-limit", "10", "--rpc-max-request-size", "1"])
			.current_dir(folder.path())
			.stderr(File::create(&log).unwrap())
			.spawn()
			.unwrap();
		let start = Instant::now();
		loop {
			let text = fs::read_to_string(&log).unwrap();
			if let Some((_, rest)) = text.split_once("Running JSON-RPC server: addr=") {
				let address = rest.split([',', '\n']).next().unwrap().parse().unwrap();
				return Self { process, address, _folder: folder };
			}
			let ended = process.try_wait().unwrap();
			assert!(ended.is_none() && start.elapsed() < PATIENCE, "{text}");
			std::thread::sleep(Duration::from_millis(100));
		}
	}

	fn connect(&self) -> Client {
		let stream = TcpStream::connect(self.address).unwrap();
		stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
		Client(BufReader::new(stream))
	}

	/// One call over a connection of its own.
	fn call(&self, method: &str, params: &str) -> String {
		self.connect().post(&call(1, method, params)).1
	}
}

fn call(id: u32, method: &str, params: &str) -> String {
	format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{params}}}"#)
}

/// A client that keeps its connection.
struct Client(BufReader<TcpStream>);

impl Client {
	fn send(&mut self, head: &str, body: &str) {
		let request = format!("{head}\r\nHost: localhost:{}\r\n", self.port());
		let length = format!("Content-Length: {}\r\n\r\n", body.len());
		let stream = self.0.get_mut();
		stream.write_all([&request, &length, body].concat().as_bytes()).unwrap();
	}

	fn port(&self) -> u16 {
		self.0.get_ref().peer_addr().unwrap().port()
	}

	/// The status and the body of the answer.
	fn answer(&mut self) -> (u16, String) {
		let (mut status, mut length) = (0, 0);
		loop {
			let mut line = String::new();
			self.0.read_line(&mut line).unwrap();
			let line = line.trim().to_lowercase();
			if let Some(rest) = line.strip_prefix("http/1.1 ") {
				status = rest[..3].parse().unwrap();
			}
			if let Some(rest) = line.strip_prefix("content-length:") {
				length = rest.trim().parse().unwrap();
			}
			if line.is_empty() {
				break;
			}
		}
		let mut body = vec![0; length];
		self.0.read_exact(&mut body).unwrap();
		(status, String::from_utf8(body).unwrap())
	}

	fn post(&mut self, body: &str) -> (u16, String) {
		self.send("POST / HTTP/1.1\r\nContent-Type: application/json", body);
		self.answer()
	}

	fn get(&mut self, path: &str) -> (u16, String) {
		self.send(&format!("GET {path} HTTP/1.1"), "");
		self.answer()
	}

	/// Takes a client's place for as long as this lives.
	fn upgrade(mut self) -> Self {
		let head = "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
		self.send(head, "");
		assert_eq!(self.answer().0, 101);
		self
	}

	/// Sends a text over a WebSocket, masked with zeros.
	fn say(&mut self, text: &str) {
		let length = (text.len() as u64).to_be_bytes();
		let frame = [&[0x81, 0x80 | 127][..], &length, &[0; 4], text.as_bytes()].concat();
		self.0.get_mut().write_all(&frame).unwrap();
	}

	/// The next text over a WebSocket; the node's pings are not ours.
	fn hear(&mut self) -> String {
		loop {
			let mut head = [0; 2];
			self.0.read_exact(&mut head).unwrap();
			let length = match head[1] {
				126 => {
					let mut length = [0; 2];
					self.0.read_exact(&mut length).unwrap();
					u16::from_be_bytes(length) as usize
				}
				short => short as usize,
			};
			let mut body = vec![0; length];
			self.0.read_exact(&mut body).unwrap();
			if head[0] == 0x81 {
				return String::from_utf8(body).unwrap();
			}
		}
	}
}

#[test]
fn a_node_says_at_once_and_in_words_what_it_does_not_do() {
	let node = Node::start();
	half_a_transaction_is_told_with_the_byte(&node);
	a_call_beyond_the_rate_is_refused_at_once(&node);
	a_call_that_is_too_large_is_refused_under_its_id(&node);
	a_probe_is_answered_when_no_place_is_left(&node);
}

/// A remark of nine bytes, without signature, of which five are missing. Its own length is right.
const HALF: &str = "0x200500002407070707";

fn half_a_transaction_is_told_with_the_byte(node: &Node) {
	// The version, the pallet, the call, and the remark's length: five bytes with the length of all.
	let said = "The transaction cannot be decoded: it breaks off at byte 5 of 9 (";
	let submitted = format!(r#"["{HALF}"]"#);
	for method in
		["author_submitExtrinsic", "system_dryRun", "transaction_v1_broadcast", "system_dryRunAt"]
	{
		let answer = node.call(method, &submitted);
		let expected =
			format!(r#"{{"jsonrpc":"2.0","id":1,"error":{{"code":1001,"message":"{said}"#);
		assert!(answer.starts_with(&expected), "{method}\n{answer}");
		has_no_trace(&answer);
	}
	for method in ["TransactionPaymentApi_query_info", "TransactionPaymentApi_query_fee_details"] {
		let asked = format!(r#"["{method}","{HALF}09000000"]"#);
		let answer = node.call("state_call", &asked);
		assert!(answer.contains(said), "{method}\n{answer}");
		has_no_trace(&answer);
	}
	// No account is as short.
	let answer = node.call("state_call", r#"["AccountNonceApi_account_nonce","0x09"]"#);
	let said = "The runtime stopped in AccountNonceApi_account_nonce: it cannot decode what it was given, or has a fault.";
	assert!(answer.contains(said), "{answer}");
	has_no_trace(&answer);
}

fn has_no_trace(answer: &str) {
	for part in ["wasm", "WASM", "backtrace", "unreachable", "0x6", "panic"] {
		assert!(!answer.contains(part), "{part}\n{answer}");
	}
}

fn a_call_beyond_the_rate_is_refused_at_once(node: &Node) {
	let start = Instant::now();
	let mut client = node.connect();
	for id in 0..10 {
		let (status, answer) = client.post(&call(id, "system_chain", "[]"));
		assert!(status == 200 && answer.contains("Winddown Development"), "{answer}");
	}
	let (_, answer) = client.post(&call(10, "system_chain", "[]"));
	let refused = r#"{"jsonrpc":"2.0","id":10,"error":{"code":-32999,"message":"This node takes 10 calls a minute over one connection (--rpc-rate-limit): try again in "#;
	assert!(answer.starts_with(refused) && answer.contains(r#""retryAfterMs":"#), "{answer}");

	let batch: Vec<_> = (0..20).map(|id| call(id, "system_chain", "[]")).collect();
	let (_, answer) = node.connect().post(&format!("[{}]", batch.join(",")));
	assert_eq!(answer.matches("Winddown Development").count(), 10, "{answer}");
	assert_eq!(answer.matches("-32999").count(), 10, "{answer}");
	assert!(answer.contains(r#""id":19,"error""#), "{answer}");
	assert!(start.elapsed() < AT_ONCE, "{:?}", start.elapsed());
}

fn a_call_that_is_too_large_is_refused_under_its_id(node: &Node) {
	let large = format!(r#"["0x{}"]"#, "00".repeat(600_000));
	let refused = format!(
		"\"id\":7,\"error\":{{\"code\":-32007,\"message\":\"The arguments have {} bytes, and this node takes 1048576 \
		 (--rpc-max-request-size): split the call\"",
		large.len()
	);
	let (_, answer) = node.connect().post(&call(7, "state_getStorage", &large));
	assert!(answer.contains(&refused), "{answer}");
	let mut client = node.connect().upgrade();
	let start = Instant::now();
	client.say(&call(7, "state_getStorage", &large));
	let answer = client.hear();
	assert!(answer.contains(&refused), "{answer}");
	assert!(start.elapsed() < AT_ONCE, "{:?}", start.elapsed());
}

fn a_probe_is_answered_when_no_place_is_left(node: &Node) {
	// The place of the client before is free when its end is noticed.
	while node.connect().post(&call(1, "system_chain", "[]")).0 == 429 {
		std::thread::sleep(Duration::from_millis(50));
	}
	let client = node.connect().upgrade();
	assert_eq!(node.connect().post(&call(1, "system_chain", "[]")).0, 429);
	let health = r#"{"peers":0,"isSyncing":false,"shouldHavePeers":false}"#;
	for path in ["/health", "/health/readiness"] {
		assert_eq!(node.connect().get(path), (200, health.into()), "{path}");
	}
	let mut wrong = node.connect();
	wrong.send("POST /health HTTP/1.1", "");
	assert_eq!(wrong.answer().0, 405);
	drop(client);
}
