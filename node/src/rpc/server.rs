//! Listens for clients.
//!
//! The SDK's server asks for a client's place to answer a probe, and lets a client wait that is beyond a limit; it has no
//! place where that could be changed. This one is put together of the same parts.

use super::{
	health::Probe,
	limits::{KnowsRuntime, Limits, Rate},
};
use forwarded_header_value::ForwardedHeaderValue;
use hyper::{body::Incoming, header::HeaderValue, HeaderMap, Request};
use jsonrpsee::{
	core::BoxError,
	server::{
		middleware::http::HostFilterLayer, serve_with_graceful_shutdown, stop_channel, ws,
		HttpBody, HttpResponse, PingConfig, RandomStringIdProvider, RpcServiceBuilder,
		ServerHandle, StopHandle,
	},
	Methods, RpcModule,
};
use sc_rpc_server::{
	utils::deny_unsafe, Metrics, MiddlewareLayer, RpcEndpoint, RpcMetrics, Server,
};
use sc_service::{config::RpcConfiguration, Error};
use std::{
	future::Future,
	net::{IpAddr, SocketAddr},
	sync::Arc,
	time::{Duration, Instant},
};
use substrate_prometheus_endpoint::Registry;
use tokio::{
	net::{TcpListener, TcpStream},
	runtime::{Handle, Runtime},
};
use tower::{Service, ServiceBuilder};
use tower_http::cors::{AllowOrigin, CorsLayer};

const MIB: u32 = 1 << 20;

/// How much larger a message may be than what one call may ask for. What is larger still is not read, and answered
/// without the id, which is inside of it.
const READ_FACTOR: u32 = 4;

/// The length of a subscription's name.
const SUBSCRIPTION_ID: usize = 16;

/// What all connections share.
#[derive(Clone)]
struct Shared {
	methods: Methods,
	metrics: Option<RpcMetrics>,
	knows_runtime: KnowsRuntime,
	log_length: u32,
	runtime: Handle,
	stop: StopHandle,
}

/// Listens at every address of the configuration until the server that it gives back is dropped.
pub async fn start(
	config: &RpcConfiguration,
	registry: Option<&Registry>,
	module: RpcModule<()>,
	runtime: Runtime,
	knows_runtime: KnowsRuntime,
) -> Result<Server, Error> {
	match listen(config, registry, module, runtime.handle().clone(), knows_runtime).await {
		Ok((handle, addresses)) => Ok(Server::new(handle, addresses, runtime)),
		Err(error) => {
			// It may not be waited for inside of another runtime.
			runtime.shutdown_background();
			Err(error)
		}
	}
}

async fn listen(
	config: &RpcConfiguration,
	registry: Option<&Registry>,
	module: RpcModule<()>,
	runtime: Handle,
	knows_runtime: KnowsRuntime,
) -> Result<(ServerHandle, Vec<SocketAddr>), Error> {
	let module = with_list_of_methods(module)?;
	let metrics = RpcMetrics::new(registry)?;
	let known: Vec<_> = module.method_names().collect();
	let (stop, handle) = stop_channel();
	let shared = Shared {
		methods: module.into(),
		metrics: metrics.map(|metrics| metrics.with_known_methods(known)),
		knows_runtime,
		log_length: config.request_logger_limit,
		runtime,
		stop,
	};

	let mut addresses = Vec::new();
	let mut listeners = Vec::new();
	for endpoint in config.addr.iter().flatten() {
		match TcpListener::bind(endpoint.listen_addr).await {
			Ok(listener) => {
				let address = listener.local_addr()?;
				addresses.push(address);
				listeners
					.push((listener, Listening::new(endpoint.clone(), address, shared.clone())?));
			}
			Err(error) if endpoint.is_optional => {
				log::debug!("Nobody can listen at {}: {error}", endpoint.listen_addr);
			}
			Err(error) => {
				let message = format!("Nobody can listen at {}: {error}", endpoint.listen_addr);
				return Err(Error::Other(message));
			}
		}
	}
	for (listener, listening) in listeners {
		shared.runtime.spawn(listening.run(listener));
	}
	let names: Vec<_> = addresses.iter().map(SocketAddr::to_string).collect();
	// Scripts look for this line, with a comma after a single address.
	let end = if names.len() == 1 { "," } else { "" };
	log::info!("Running JSON-RPC server: addr={}{end}", names.join(","));
	Ok((handle, addresses))
}

/// Adds the call that lists all calls.
fn with_list_of_methods(mut module: RpcModule<()>) -> Result<RpcModule<()>, Error> {
	const LIST: &str = "rpc_methods";
	let mut methods: Vec<_> = module.method_names().chain([LIST]).collect();
	methods.sort_unstable();
	module
		.register_method(LIST, move |_, _, _| serde_json::json!({ "methods": methods }))
		.map_err(|error| Error::Application(error.into()))?;
	Ok(module)
}

/// One address, and what holds for the clients there.
#[derive(Clone)]
struct Listening {
	endpoint: Arc<RpcEndpoint>,
	address: SocketAddr,
	cors: CorsLayer,
	hosts: HostFilterLayer,
	shared: Shared,
}

impl Listening {
	fn new(endpoint: RpcEndpoint, address: SocketAddr, shared: Shared) -> Result<Self, Error> {
		Ok(Self {
			cors: cors(endpoint.cors.as_deref())?,
			hosts: hosts(&endpoint, address)?,
			endpoint: Arc::new(endpoint),
			address,
			shared,
		})
	}

	/// Takes connections until the server stops.
	async fn run(self, listener: TcpListener) {
		/// How long to wait when no connection can be taken, such as without free file descriptors.
		const PAUSE: Duration = Duration::from_millis(100);

		let endpoint = &self.endpoint;
		let arguments = endpoint.max_payload_in_mb.saturating_mul(MIB);
		let builder = jsonrpsee::server::Server::builder()
			.max_request_body_size(arguments.saturating_mul(READ_FACTOR))
			.max_response_body_size(endpoint.max_payload_out_mb.saturating_mul(MIB))
			.max_connections(endpoint.max_connections)
			.max_subscriptions_per_connection(endpoint.max_subscriptions_per_connection)
			.enable_ws_ping(
				PingConfig::new()
					.ping_interval(Duration::from_secs(30))
					.inactive_limit(Duration::from_secs(60))
					.max_failures(3),
			)
			.set_http_middleware(
				ServiceBuilder::new().layer(self.hosts.clone()).layer(self.cors.clone()),
			)
			.set_message_buffer_capacity(endpoint.max_buffer_capacity_per_connection)
			.set_batch_request_config(endpoint.batch_config)
			.set_id_provider(RandomStringIdProvider::new(SUBSCRIPTION_ID))
			.custom_tokio_runtime(self.shared.runtime.clone())
			.to_service_builder();

		loop {
			let (stream, client) = tokio::select! {
				taken = listener.accept() => match taken {
					Ok(taken) => taken,
					Err(error) => {
						log::debug!("No connection can be taken: {error}");
						tokio::time::sleep(PAUSE).await;
						continue;
					}
				},
				() = self.shared.stop.clone().shutdown() => return,
			};
			let connection = Connection::new(self.clone(), client.ip());
			let builder = builder.clone();
			let service = tower::service_fn(move |mut request: Request<Incoming>| {
				let connection = connection.clone();
				let shared = &connection.listening.shared;
				let is_websocket = ws::is_upgrade_request(&request);
				let metrics = connection.metrics(is_websocket);
				let unsafe_calls = &connection.listening.endpoint.rpc_methods;
				request
					.extensions_mut()
					.insert(deny_unsafe(&connection.listening.address, unsafe_calls));
				let calls = RpcServiceBuilder::new()
					.rpc_logger(shared.log_length)
					.layer(connection.limits(request.headers()))
					.option_layer(metrics.clone());
				let mut service = builder
					.clone()
					.set_rpc_middleware(calls)
					.build(shared.methods.clone(), shared.stop.clone());
				async move {
					if let Some(probe) = Probe::of(&request) {
						return Ok(probe.answer(&connection.listening.shared.methods).await);
					}
					if is_websocket {
						let closed = service.on_session_closed();
						connection.listening.shared.runtime.spawn(count_session(metrics, closed));
					}
					let answer: Result<HttpResponse, BoxError> =
						service.call(request.map(HttpBody::new)).await;
					answer
				}
			});
			self.shared.runtime.spawn(serve(stream, service, self.shared.stop.clone()));
		}
	}
}

/// Answers the requests of one connection.
async fn serve<S, F>(stream: TcpStream, service: S, stop: StopHandle)
where
	S: Service<Request<Incoming>, Response = HttpResponse, Error = BoxError, Future = F>
		+ Clone
		+ Send
		+ 'static,
	F: Future<Output = Result<HttpResponse, BoxError>> + Send + 'static,
{
	if let Err(error) = serve_with_graceful_shutdown(stream, service, stop.shutdown()).await {
		log::debug!("A client's connection ended: {error}");
	}
}

/// Counts a session from now to its end.
async fn count_session(metrics: Option<MiddlewareLayer>, closed: impl Future) {
	let start = Instant::now();
	if let Some(metrics) = &metrics {
		metrics.ws_connect();
	}
	closed.await;
	if let Some(metrics) = &metrics {
		metrics.ws_disconnect(start);
	}
}

/// One client's connection.
#[derive(Clone)]
struct Connection {
	listening: Listening,
	client: IpAddr,
	rate: Option<Arc<Rate>>,
}

impl Connection {
	fn new(listening: Listening, client: IpAddr) -> Self {
		let rate = listening.endpoint.rate_limit.map(|calls| Arc::new(Rate::per_minute(calls)));
		Self { listening, client, rate }
	}

	fn metrics(&self, is_websocket: bool) -> Option<MiddlewareLayer> {
		let transport = if is_websocket { "ws" } else { "http" };
		let metrics = self.listening.shared.metrics.clone()?;
		Some(MiddlewareLayer::new().with_metrics(Metrics::new(metrics, transport)))
	}

	/// What holds for a request, by the address that it comes from.
	fn limits(&self, headers: &HeaderMap) -> Limits {
		let endpoint = &self.listening.endpoint;
		let proxied = endpoint.rate_limit_trust_proxy_headers.then(|| behind_proxy(headers));
		let client = proxied.flatten().unwrap_or(self.client);
		let is_free = endpoint.rate_limit_whitelisted_ips.iter().any(|ips| ips.contains(client));
		Limits {
			arguments: endpoint.max_payload_in_mb.saturating_mul(MIB) as usize,
			rate: self.rate.clone().filter(|_| !is_free),
			knows_runtime: self.listening.shared.knows_runtime.clone(),
		}
	}
}

/// The client's address as a proxy tells it.
fn behind_proxy(headers: &HeaderMap) -> Option<IpAddr> {
	let text = |name: &str| headers.get(name)?.to_str().ok();
	let forwarded = || ForwardedHeaderValue::from_forwarded(text("forwarded")?).ok();
	let for_client = || ForwardedHeaderValue::from_x_forwarded_for(text("x-forwarded-for")?).ok();
	forwarded()
		.and_then(|value| value.remotest_forwarded_for_ip())
		.or_else(|| for_client()?.remotest_forwarded_for_ip())
		.or_else(|| text("x-real-ip")?.parse().ok())
}

/// Which pages may call: those of these addresses, or all.
fn cors(pages: Option<&[String]>) -> Result<CorsLayer, Error> {
	let Some(pages) = pages else { return Ok(CorsLayer::permissive()) };
	let pages: Result<Vec<_>, _> = pages.iter().map(|page| page.parse::<HeaderValue>()).collect();
	let pages = pages.map_err(|error| Error::Other(format!("--rpc-cors: {error}")))?;
	Ok(CorsLayer::new().allow_origin(AllowOrigin::list(pages)))
}

/// Where only some pages may call, the host of a request is this machine by name, so that no other name of it helps.
fn hosts(endpoint: &RpcEndpoint, address: SocketAddr) -> Result<HostFilterLayer, Error> {
	if endpoint.cors.is_none() {
		return Ok(HostFilterLayer::disable());
	}
	let port = address.port();
	let hosts = ["localhost", "127.0.0.1", "[::1]"].map(|host| format!("{host}:{port}"));
	HostFilterLayer::new(hosts).map_err(|error| Error::Other(error.to_string()))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_address_behind_a_proxy_is_the_farthest_that_it_tells() {
		let told = |name: &'static str, value: &str| {
			let mut headers = HeaderMap::new();
			headers.insert(name, value.parse().unwrap());
			behind_proxy(&headers).map(|ip| ip.to_string())
		};
		let farthest = Some("203.0.113.7".into());
		assert_eq!(told("forwarded", "for=203.0.113.7;proto=https, for=10.0.0.1"), farthest);
		assert_eq!(told("x-forwarded-for", "203.0.113.7, 10.0.0.1"), farthest);
		assert_eq!(told("x-real-ip", "203.0.113.7"), farthest);
		assert_eq!(told("x-real-ip", "nobody"), None);
		assert_eq!(behind_proxy(&HeaderMap::new()), None);
	}
}
