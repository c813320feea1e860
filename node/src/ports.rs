//! A port that is taken is an error: a node that listens elsewhere than it was told to is lost for its clients and peers.

use sc_network::multiaddr::{Multiaddr, Protocol};
use sc_service::{Configuration, Error};
use std::{
	io::{self, ErrorKind},
	net::{IpAddr, SocketAddr, TcpListener},
};

/// Fails when another program listens where this node shall, and keeps the node from taking a port at random.
pub fn claim(config: &mut Configuration) -> Result<(), Error> {
	for endpoint in config.rpc.addr.iter_mut().flatten() {
		endpoint.retry_random_port = false;
		if !endpoint.is_optional {
			ensure_free(endpoint.listen_addr, "clients", "--rpc-port")?;
		}
	}
	for address in config.network.listen_addresses.iter().filter_map(socket) {
		ensure_free(address, "other nodes", "--port or --listen-addr")?;
	}
	if let Some(prometheus) = &config.prometheus_config {
		ensure_free(prometheus.port, "Prometheus", "--prometheus-port")?;
	}
	Ok(())
}

fn ensure_free(address: SocketAddr, whom: &str, flag: &str) -> Result<(), Error> {
	match TcpListener::bind(address) {
		Err(error) if error.kind() == ErrorKind::AddrInUse => {
			let message = format!(
				"Another program listens at {address}, where this node shall listen for {whom}. End that program, or \
				 choose another port with {flag}"
			);
			Err(Error::Io(io::Error::new(ErrorKind::AddrInUse, message)))
		}
		// What else may be wrong with an address, whoever listens there says.
		_ => Ok(()),
	}
}

/// The TCP port of an address that nodes listen at.
fn socket(address: &Multiaddr) -> Option<SocketAddr> {
	let mut parts = address.iter();
	let ip: IpAddr = match parts.next()? {
		Protocol::Ip4(ip) => ip.into(),
		Protocol::Ip6(ip) => ip.into(),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some((ip, port).into()),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_taken_port_is_told_with_its_address_and_flag() {
		let taken = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = taken.local_addr().unwrap();
		let error = ensure_free(address, "clients", "--rpc-port").unwrap_err().to_string();
		assert_eq!(
			error,
			format!(
				"Another program listens at {address}, where this node shall listen for clients. End that program, or \
				 choose another port with --rpc-port"
			)
		);
		drop(taken);
		ensure_free(address, "clients", "--rpc-port").unwrap();
	}

	#[test]
	fn addresses_for_nodes_are_read_as_far_as_they_have_a_tcp_port() {
		let read = |text: &str| socket(&text.parse().unwrap());
		assert_eq!(read("/ip4/127.0.0.1/tcp/30333"), Some("127.0.0.1:30333".parse().unwrap()));
		assert_eq!(read("/ip6/::/tcp/30333/ws"), Some("[::]:30333".parse().unwrap()));
		assert_eq!(read("/ip4/127.0.0.1/udp/30333/webrtc-direct"), None);
	}
}
