//! Ports of this machine, held for servers that come and go.

use std::{io, net::Ipv4Addr};
use tokio::net::TcpSocket;

/// A port of loopback that no other program is given, whether its server runs or not.
///
/// A bound socket that does not listen leaves the port to whoever names it, as servers do that reuse
/// addresses, but neither an outgoing connection nor a search for a free port takes it. A node whose port
/// is taken would listen elsewhere without a word.
pub struct HeldPort {
	number: u16,
	_socket: TcpSocket,
}

impl HeldPort {
	/// Holds a free port.
	pub fn new() -> io::Result<Self> {
		let socket = TcpSocket::new_v4()?;
		socket.set_reuseaddr(true)?;
		socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
		Ok(Self { number: socket.local_addr()?.port(), _socket: socket })
	}

	/// Its number.
	pub fn number(&self) -> u16 {
		self.number
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::net::{SocketAddr, TcpListener, TcpStream};

	#[test]
	fn a_held_port_is_its_servers_whenever_it_comes() {
		let port = HeldPort::new().unwrap();
		let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.number()));
		for _ in 0..2 {
			let refused = TcpStream::connect(address).unwrap_err();
			assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
			let server = TcpListener::bind(address).unwrap();
			TcpStream::connect(address).unwrap();
			drop(server);
		}
	}

	#[test]
	fn a_search_for_a_free_port_never_finds_a_held_one() {
		let held: Vec<HeldPort> = (0..500).map(|_| HeldPort::new().unwrap()).collect();
		let mut numbers: Vec<u16> = held.iter().map(HeldPort::number).collect();
		numbers.sort_unstable();
		numbers.dedup();
		assert_eq!(numbers.len(), 500, "each is given once");
		for _ in 0..2_000 {
			let found = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
			assert!(numbers.binary_search(&found.local_addr().unwrap().port()).is_err());
		}
	}
}
