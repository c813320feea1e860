use std::{fmt, str::FromStr};

/// The operator's endpoint: `http://HOST[:PORT]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoint {
	authority: String,
	host: String,
	port: u16,
}

/// Why a text is no endpoint.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadEndpoint {
	/// The scheme is another one.
	#[error(
		"the endpoint reads http://HOST:PORT; for another machine use a VPN or a local TLS proxy"
	)]
	Scheme,
	/// It has a path, a user, or no host.
	#[error("the endpoint reads http://HOST:PORT, without a path")]
	Form,
}

impl Endpoint {
	/// Host and port, to connect to.
	pub fn address(&self) -> (&str, u16) {
		(self.host.trim_matches(['[', ']']), self.port)
	}

	/// Host and port, as they were written.
	pub fn authority(&self) -> &str {
		&self.authority
	}
}

impl fmt::Display for Endpoint {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(out, "http://{}", self.authority)
	}
}

impl FromStr for Endpoint {
	type Err = BadEndpoint;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let rest = text.strip_prefix("http://").ok_or(BadEndpoint::Scheme)?;
		let authority = rest.strip_suffix('/').unwrap_or(rest);
		let parsed: hyper::http::uri::Authority =
			authority.parse().map_err(|_| BadEndpoint::Form)?;
		if parsed.host().is_empty() || authority.contains('@') {
			return Err(BadEndpoint::Form);
		}
		let (host, port) = (parsed.host().into(), parsed.port_u16().unwrap_or(80));
		Ok(Self { authority: authority.into(), host, port })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_endpoint_is_host_and_port_over_plain_http() {
		let endpoint: Endpoint = "http://127.0.0.1:8080/".parse().unwrap();
		assert_eq!(endpoint.address(), ("127.0.0.1", 8080));
		assert_eq!(endpoint.to_string(), "http://127.0.0.1:8080");
		let endpoint: Endpoint = "http://[::1]:90".parse().unwrap();
		assert_eq!(endpoint.address(), ("::1", 90));
		assert_eq!("http://operator".parse::<Endpoint>().unwrap().address(), ("operator", 80));
	}

	#[test]
	fn other_texts_are_refused() {
		for text in ["", "127.0.0.1:80", "https://operator", "ftp://operator"] {
			assert_eq!(text.parse::<Endpoint>(), Err(BadEndpoint::Scheme), "{text}");
		}
		for text in ["http://", "http://a/b", "http://me:word@a", "http://a b"] {
			assert_eq!(text.parse::<Endpoint>(), Err(BadEndpoint::Form), "{text}");
		}
	}
}
