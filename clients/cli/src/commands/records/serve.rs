use super::DatabaseArg;
use crate::{context::Context, output::moment};
use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::json;
use std::net::SocketAddr;
use tokio::{
	net::TcpListener,
	signal::unix::{signal, SignalKind},
};
use winddown_proof::{digest::Digest, Hash};
use winddown_records::{
	access::now,
	serve::{ChainInstitutions, Endpoint, Event, Limits},
};

#[derive(Args)]
pub struct ServeArgs {
	/// Where to listen; port 0 takes a free one, which is printed.
	#[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:9955")]
	listen: SocketAddr,
	/// The hash of the chain's first block; with it the endpoint starts while the node is away.
	#[arg(long, value_name = "HASH")]
	genesis: Option<Hash>,
	/// The chain has this content as evidence, and it never came here: answer that, and not that it should
	/// be here. May be given several times.
	#[arg(long, value_name = "DIGEST")]
	without: Vec<Digest>,
	/// Most bytes of an answer.
	#[arg(long, value_name = "BYTES", default_value_t = Limits::default().response)]
	most_bytes: u64,
	/// Requests of one institution that may come at once, after a pause.
	#[arg(long, value_name = "REQUESTS", default_value_t = Limits::default().burst)]
	burst: u32,
	/// Requests of one institution a second, in the long run.
	#[arg(long, value_name = "REQUESTS", default_value_t = Limits::default().per_second)]
	per_second: u32,
	#[command(flatten)]
	database: DatabaseArg,
}

pub async fn run(context: &Context, args: ServeArgs) -> Result<()> {
	let store = args.database.to_serve(context).await?;
	let (url, transport) = (&context.global.url, context.global.transport());
	let institutions = match args.genesis {
		Some(genesis) => ChainInstitutions::of(genesis.0, url, transport),
		None => ChainInstitutions::connect(url, transport).await?,
	};
	let genesis = institutions.genesis();
	let listener = TcpListener::bind(args.listen)
		.await
		.with_context(|| format!("cannot listen on {}", args.listen))?;
	let address = listener.local_addr()?;
	let stop = stopped()?;
	let limits = Limits {
		response: args.most_bytes,
		burst: args.burst,
		per_second: args.per_second,
		..Limits::default()
	};
	let facts = json!({ "listening": format!("http://{address}"), "genesis": Hash(genesis) });
	context.output.show(&facts, || {
		format!(
			"listening on http://{address}, for the institutions of the chain {}",
			Hash(genesis)
		)
	})?;
	if !address.ip().is_loopback() {
		context
			.output
			.note("note: content goes unencrypted from here: put a proxy with TLS before it");
	}
	let log = log(context.global.json);
	let endpoint = Endpoint::new(store.clone(), institutions, genesis, limits, log);
	let endpoint = endpoint.without(args.without);
	endpoint.serve(listener, stop).await?;
	store.close().await;
	context.output.note("stopped");
	Ok(())
}

/// Writes each answer to the standard error, as a line of text or of JSON.
fn log(json: bool) -> impl Fn(&Event) + Send + Sync {
	move |event| match json {
		true => eprintln!("{}", json!({ "at": now(), "answer": event })),
		false => {
			eprintln!("{} {event}", moment(now()));
			if let Some(step) = step(event) {
				eprintln!("next: {step}");
			}
		}
	}
}

/// What an operator does about something in the log.
fn step(event: &Event) -> Option<&'static str> {
	match event {
		Event::Missing { digests } if !digests.is_empty() => Some(
			"import them (winddown records import); of one that never came say so, and start again with --without DIGEST",
		),
		_ => None,
	}
}

/// Ready when the system or somebody at the keyboard wants it to stop.
fn stopped() -> std::io::Result<impl std::future::Future<Output = ()>> {
	let mut terminate = signal(SignalKind::terminate())?;
	let mut interrupt = signal(SignalKind::interrupt())?;
	Ok(async move {
		tokio::select! {
			_ = terminate.recv() => {}
			_ = interrupt.recv() => {}
		}
	})
}
