//! A client that sends exactly what it is told to.

use std::net::SocketAddr;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
};

pub struct Answer {
	pub status: u16,
	head: String,
	pub body: Vec<u8>,
}

impl Answer {
	pub fn header(&self, name: &str) -> Option<&str> {
		let lines = self.head.lines().filter_map(|line| line.split_once(": "));
		lines.into_iter().find(|(found, _)| *found == name).map(|(_, value)| value)
	}

	/// The code of a refusal.
	pub fn code(&self) -> String {
		let body: serde_json::Value = serde_json::from_slice(&self.body).unwrap();
		assert!(!body["error"]["message"].as_str().unwrap().is_empty());
		body["error"]["code"].as_str().unwrap().into()
	}

	pub fn refusal(&self) -> (u16, String) {
		(self.status, self.code())
	}

	/// Whether all that was promised came.
	pub fn is_whole(&self) -> bool {
		self.header("content-length").unwrap().parse() == Ok(self.body.len())
	}
}

/// Sends a request with these headers, and reads until the other side closes.
pub async fn send(to: SocketAddr, line: &str, headers: &[(&str, &str)]) -> Answer {
	let mut stream = TcpStream::connect(to).await.unwrap();
	let mut request = format!("{line} HTTP/1.1\r\nhost: records\r\nconnection: close\r\n");
	for (name, value) in headers {
		request.push_str(&format!("{name}: {value}\r\n"));
	}
	request.push_str("\r\n");
	stream.write_all(request.as_bytes()).await.unwrap();
	read(stream).await
}

pub async fn read(mut stream: TcpStream) -> Answer {
	let mut bytes = Vec::new();
	// A connection that is cut off is no answer less.
	let _ended = stream.read_to_end(&mut bytes).await;
	let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
	let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
	let status = head.split(' ').nth(1).unwrap().parse().unwrap();
	Answer { status, head, body: bytes[end + 4..].to_vec() }
}
