//! An attestor is killed, its node restarts, the operator is away; every record gets its word once.

use crate::{
	nodes::Part,
	world::{key, program, Outcome, World, CASE, HOME},
};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::{Arc, Mutex},
};
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpListener, TcpStream},
	sync::{mpsc, watch},
};
use winddown_sdk::{
	calls::{self, Deposit, Form},
	chain::Head,
	digest::{of_bytes, of_chain, Algorithm},
	primitives::{EvidenceId, EvidenceKind},
};
use winddown_tests::terms::now;

const LENDERS: u32 = 10;
const DOCUMENTS: u32 = 5;

#[tokio::test]
async fn an_attestor_that_is_killed_says_every_word_once() -> Outcome {
	let mut world = World::with_case(LENDERS).await?;
	let (operator, mut asked) = Operator::start().await?;
	for number in 0..DOCUMENTS {
		deposit(&world, &operator, format!("document {number}").as_bytes()).await?;
	}
	let known: BTreeSet<_> = waiting(&world, Head::Best).await?;
	// One document of the world has no content: the operator answers 404.
	let expected = known.len() - 1;
	let folder = tempfile::tempdir()?;
	let mut daemon = Daemon::new(&world, &operator, folder.path())?;

	// Killed while it reads.
	daemon.start()?;
	asked.recv().await;
	daemon.kill()?;
	let before = world.chain.at(Head::Best).await?.number();
	world.finalises_beyond(&world.chain, before + 2).await?;
	assert_eq!(waiting(&world, Head::Finalized).await?, known, "nothing was said");

	// Killed as soon as a block has its words.
	operator.release();
	daemon.start()?;
	world
		.until(&world.chain, "a block has its words", async || {
			Ok(waiting(&world, Head::Best).await?.len() < known.len())
		})
		.await?;
	daemon.kill()?;

	// Its node goes down and comes back while it runs.
	daemon.start()?;
	world.network.stop(HOME)?;
	deposit_elsewhere(&mut world, &operator).await?;
	world.network.start(HOME, Part::Validator)?;
	world.chain = world.network.connect(HOME).await?;
	world
		.until(&world.chain, "every record has its word", async || {
			let deposited = world.chain.at(Head::Finalized).await?.records(CASE).await?.len();
			Ok(deposited == known.len() + 1 && waiting(&world, Head::Finalized).await?.len() == 1)
		})
		.await?;

	let at = world.chain.at(Head::Finalized).await?;
	let (mut said, me) = (0, key("ArbiterOne").account());
	for record in at.records(CASE).await? {
		let words = at.attestations(record.id).await?;
		assert!(words.iter().all(|word| word.institution == me && word.verdict == "confirm"));
		said += words.len();
	}
	assert_eq!(said, expected + 1, "one more was deposited while the node was down");
	daemon.kill()?;
	Ok(())
}

/// Deposits a document and lets the operator have it.
async fn deposit(world: &World, operator: &Operator, document: &[u8]) -> Outcome {
	let digest = of_bytes(Algorithm::Sm3, document);
	let path = format!("/v1/content/sm3/{}", hex::encode(of_chain(digest).bytes));
	operator.content().insert(path, document.to_vec());
	let deposit = Deposit {
		case: CASE,
		kind: EvidenceKind::Other,
		digest,
		form: Form::Document,
		leaves: 1,
		size: document.len() as u64,
		produced_at: now(),
		parent: None,
		replaces: None,
	};
	world.by("Operator", calls::deposit(deposit)).await?;
	Ok(())
}

/// Deposits by another node.
async fn deposit_elsewhere(world: &mut World, operator: &Operator) -> Outcome {
	world.chain = world.network.connect("Operator").await?;
	deposit(world, operator, b"deposited while the attestor's node was down").await
}

/// Records that wait for the institution.
async fn waiting(world: &World, head: Head) -> Outcome<BTreeSet<EvidenceId>> {
	let account = key("ArbiterOne").account();
	let pending = world.chain.at(head).await?.pending_records(&account, 0).await?;
	Ok(pending.iter().map(|record| record.id).collect())
}

/// The operator's endpoint. Until it is released, it hears requests and answers none.
struct Operator {
	port: u16,
	content: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
	released: watch::Sender<bool>,
}

impl Operator {
	async fn start() -> Outcome<(Self, mpsc::UnboundedReceiver<()>)> {
		let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
		let port = listener.local_addr()?.port();
		let (heard, asked) = mpsc::unbounded_channel();
		let (released, gate) = watch::channel(false);
		let content = Arc::<Mutex<BTreeMap<String, Vec<u8>>>>::default();
		let served = content.clone();
		tokio::spawn(async move {
			while let Ok((stream, _)) = listener.accept().await {
				tokio::spawn(answer(stream, served.clone(), heard.clone(), gate.clone()));
			}
		});
		Ok((Self { port, content, released }, asked))
	}

	fn content(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
		self.content.lock().expect("nobody panics with it")
	}

	fn release(&self) {
		self.released.send_replace(true);
	}
}

async fn answer(
	mut stream: TcpStream,
	content: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
	heard: mpsc::UnboundedSender<()>,
	mut gate: watch::Receiver<bool>,
) -> Outcome {
	let mut request = vec![0; 4_096];
	let length = stream.read(&mut request).await?;
	let request = String::from_utf8_lossy(&request[..length]).into_owned();
	let path = request.split(' ').nth(1).unwrap_or_default();
	heard.send(())?;
	gate.wait_for(|released| *released).await?;
	let found = content.lock().expect("nobody panics with it").get(path).cloned();
	let status = if found.is_some() { "200 OK" } else { "404 Not Found" };
	let body = found.unwrap_or_default();
	let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n", body.len());
	stream.write_all(&[head.as_bytes(), &body].concat()).await?;
	Ok(())
}

/// The daemon as a process. Dropping it ends it.
struct Daemon {
	binary: PathBuf,
	arguments: Vec<String>,
	process: Option<Child>,
}

impl Daemon {
	fn new(world: &World, operator: &Operator, folder: &Path) -> Outcome<Self> {
		let key = folder.join("key");
		winddown_sdk::secret::write_new(&key, "//ArbiterOne\n")?;
		let arguments = [
			("--url", world.chain.url().into()),
			("--endpoint", format!("http://127.0.0.1:{}", operator.port)),
			("--key-file", key.display().to_string()),
			("--reasons", folder.join("reasons").display().to_string()),
			("--listen", "off".into()),
			("--longest-wait", "2".into()),
		];
		let arguments = arguments.into_iter().flat_map(|(flag, value)| [flag.into(), value]);
		let binary = program("winddown-attestor");
		Ok(Self { binary, arguments: arguments.collect(), process: None })
	}

	fn start(&mut self) -> Outcome {
		let mut command = Command::new(&self.binary);
		command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null());
		self.process = Some(command.spawn()?);
		Ok(())
	}

	/// Ends it as a loss of power would.
	fn kill(&mut self) -> Outcome {
		if let Some(mut process) = self.process.take() {
			process.kill()?;
			process.wait()?;
		}
		Ok(())
	}
}

impl Drop for Daemon {
	fn drop(&mut self) {
		// What cannot be ended is not a child of this process any more.
		self.kill().unwrap_or_default();
	}
}
