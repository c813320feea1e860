use std::time::Duration;

/// Most bytes of a request's line and headers.
pub const HEAD: usize = 16 * 1024;

/// Most headers of a request.
pub const HEADERS: usize = 64;

/// What the endpoint bears. None of it limits how much is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
	/// Most bytes of an answer; larger content is refused with 413.
	pub response: u64,
	/// Requests that are answered at once; others are refused with 503.
	pub requests_at_once: usize,
	/// Connections at once; others wait.
	pub connections: usize,
	/// Requests of an institution that may come at once, after a pause.
	pub burst: u32,
	/// Requests of an institution each second, in the long run; others are refused with 429.
	pub per_second: u32,
	/// How long the head of a request may take to arrive, and a connection may be idle.
	pub head: Duration,
	/// How long it may take until an answer begins; then it is 503.
	pub answer: Duration,
	/// How long a connection lives. It ends after the answer under way, which has as long again.
	pub connection: Duration,
	/// How long answers under way have when the endpoint stops.
	pub grace: Duration,
}

impl Default for Limits {
	fn default() -> Self {
		Self {
			response: 256 * 1024 * 1024,
			requests_at_once: 64,
			connections: 256,
			burst: 100,
			per_second: 20,
			head: Duration::from_secs(10),
			answer: Duration::from_secs(20),
			connection: Duration::from_secs(300),
			grace: Duration::from_secs(30),
		}
	}
}
