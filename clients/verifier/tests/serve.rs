//! `winddown-verifier serve` as somebody starts and ends it.

use rustix::process::{kill_process, Pid, Signal};
use std::{
	io::{BufRead, BufReader, Read, Write},
	net::TcpStream,
	process::{Command, Stdio},
};

const GENESIS: &str = "0x8dd37b6a6df3276febb49f7ab4f7797a46baffaf0e95b275964270d0a7519648";

fn serve() -> Command {
	let mut command = Command::new(env!("CARGO_BIN_EXE_winddown-verifier"));
	command.arg("serve");
	command
}

#[test]
fn it_says_where_it_listens_and_ends_when_it_is_told_to() {
	let data = tempfile::tempdir().unwrap();
	let mut process = serve()
		.args(["--listen", "127.0.0.1:0", "--genesis", GENESIS, "--data"])
		.arg(data.path())
		.stdout(Stdio::piped())
		.spawn()
		.unwrap();
	let mut line = String::new();
	BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
	let (address, rest) = line.strip_prefix("http://").unwrap().split_once(' ').unwrap();
	assert_eq!(rest.trim(), format!("verifies from {GENESIS}"));

	let mut stream = TcpStream::connect(address).unwrap();
	write!(stream, "GET /v1/health HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n").unwrap();
	let mut answer = String::new();
	stream.read_to_string(&mut answer).unwrap();
	assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
	assert!(answer.contains(GENESIS), "{answer}");

	kill_process(Pid::from_child(&process), Signal::TERM).unwrap();
	assert_eq!(process.wait().unwrap().code(), Some(0));
}

#[test]
fn without_a_genesis_hash_it_does_not_start() {
	let output = serve().output().unwrap();
	assert_eq!(output.status.code(), Some(2));
	assert!(String::from_utf8_lossy(&output.stderr).contains("--genesis <HASH>"));
	let output = serve().args(["--genesis", "0x12"]).output().unwrap();
	assert!(String::from_utf8_lossy(&output.stderr).contains("a hash has 64 hex digits"));
}
