//! The endpoint, asked as anybody on the network could.

use crate::{
	http::{read, send, Answer},
	support::{self, ballots, both, document, Database},
};
use std::{
	collections::HashMap,
	net::SocketAddr,
	sync::{Arc, Mutex},
	time::Duration,
};
use tokio::{
	io::AsyncWriteExt,
	net::{TcpListener, TcpStream},
	sync::{oneshot, Notify},
	task::JoinHandle,
};
use winddown_proof::{
	digest::{Algorithm, Digest},
	record::{lines, Record},
};
use winddown_records::{
	access::{self, content_path, now, record_path, sign},
	serve::{Deposited, Endpoint, Event, Institutions, Limits, NodeAway, Standing},
	store::Store,
};
use winddown_sdk::{
	keys::{Keypair, Scheme},
	AccountId32,
};

const GENESIS: [u8; 32] = [9; 32];

/// Institutions as a test wants them.
#[derive(Clone, Default)]
struct Register {
	known: Arc<Mutex<HashMap<[u8; 32], Standing>>>,
	is_away: Arc<Mutex<bool>>,
	/// What the chain has as evidence.
	evidence: Arc<Mutex<Vec<Deposited>>>,
	/// Holds answers back until it is told.
	hold: Option<Arc<Notify>>,
}

impl Register {
	fn set(&self, key: &Keypair, standing: Standing) {
		self.known.lock().unwrap().insert(key.account().0, standing);
	}
}

impl Institutions for Register {
	async fn standing(&self, account: &AccountId32) -> Result<Standing, NodeAway> {
		if let Some(hold) = &self.hold {
			hold.notified().await;
		}
		if *self.is_away.lock().unwrap() {
			return Err(NodeAway("no answer in 8s".into()));
		}
		Ok(self.known.lock().unwrap().get(&account.0).cloned().unwrap_or(Standing::Unknown))
	}

	async fn evidence(&self) -> Result<Vec<Deposited>, NodeAway> {
		match *self.is_away.lock().unwrap() {
			true => Err(NodeAway("no answer in 8s".into())),
			false => Ok(self.evidence.lock().unwrap().clone()),
		}
	}
}

fn key(name: &str) -> Keypair {
	Keypair::from_suri(Scheme::Sr25519, &format!("//{name}")).unwrap()
}

fn reader(name: &str) -> Standing {
	Standing::Reader { name: name.into() }
}

/// A running endpoint with a batch of 1,200 ballots and a document.
struct Running {
	address: SocketAddr,
	register: Register,
	records: Vec<Record>,
	batch: Digest,
	document: Digest,
	log: Arc<Mutex<Vec<Event>>>,
	stop: oneshot::Sender<()>,
	task: JoinHandle<()>,
}

impl Running {
	async fn start(database: &Database, limits: Limits) -> Self {
		Self::with(database, limits, Register::default()).await
	}

	async fn with(database: &Database, limits: Limits, register: Register) -> Self {
		let store = database.store().await;
		let records = ballots(1_200);
		let (batch, _) = store.add_batch(Algorithm::Sha256, &records).await.unwrap();
		let (document, _) = store.add_document(document("清退公告")).await.unwrap();
		register.set(&key("ArbiterOne"), reader("Arbiter one"));
		register.set(&key("ArbiterTwo"), reader("Arbiter two"));
		let batch = batch.root.parse().unwrap();
		Self::serve(store, limits, register, (records, batch, document)).await
	}

	async fn serve(
		store: Store,
		limits: Limits,
		register: Register,
		(records, batch, document): (Vec<Record>, Digest, Digest),
	) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
		let address = listener.local_addr().unwrap();
		let log = Arc::new(Mutex::new(Vec::new()));
		let told = log.clone();
		let tell = move |event: &Event| told.lock().unwrap().push(event.clone());
		let endpoint = Endpoint::new(store, register.clone(), GENESIS, limits, tell);
		let (stop, stopped) = oneshot::channel::<()>();
		let stopped = async move { stopped.await.unwrap_or_default() };
		let task = tokio::spawn(async move { endpoint.serve(listener, stopped).await.unwrap() });
		Self { address, register, records, batch, document, log, stop, task }
	}

	/// Stops it, and keeps what it had.
	async fn stop(self) -> (Register, (Vec<Record>, Digest, Digest)) {
		self.stop.send(()).unwrap();
		self.task.await.unwrap();
		(self.register, (self.records, self.batch, self.document))
	}

	/// Asks as an institution.
	async fn ask(&self, who: &str, path: &str) -> Answer {
		let header = authorisation(who, path);
		send(self.address, &format!("GET {path}"), &[("authorization", &header)]).await
	}

	async fn send(&self, path: &str, header: &str) -> Answer {
		send(self.address, &format!("GET {path}"), &[("authorization", header)]).await
	}

	fn told(&self) -> Vec<String> {
		self.log.lock().unwrap().iter().map(ToString::to_string).collect()
	}
}

fn authorisation(who: &str, path: &str) -> String {
	// Two of the same moment would be the same one.
	std::thread::sleep(Duration::from_millis(2));
	sign(&key(who), &access::Request { genesis: GENESIS, method: "GET", path }, now())
}

#[tokio::test]
async fn an_arbiter_gets_the_document_the_batch_and_the_record_behind_a_digest() {
	for database in both() {
		let endpoint = Running::start(&database, Limits::default()).await;
		let answer = endpoint.ask("ArbiterOne", &content_path(&endpoint.document)).await;
		assert_eq!((answer.status, answer.body), (200, "清退公告".into()), "{}", database.name);

		let answer = endpoint.ask("ArbiterOne", &content_path(&endpoint.batch)).await;
		let contents: Vec<Vec<u8>> = endpoint.records.iter().map(Record::canonical).collect();
		assert_eq!(answer.status, 200);
		assert!(answer.body == lines(&contents) && answer.is_whole());
		assert_eq!(answer.header("content-type"), Some("application/jsonl"));
		assert_eq!(answer.header("cache-control"), Some("private, no-store"));

		let digest = endpoint.records[5].digest();
		let answer = endpoint.ask("ArbiterTwo", &record_path(&digest)).await;
		assert_eq!((answer.status, &answer.body), (200, &contents[5]));
		assert!(answer.is_whole());
	}
}

#[tokio::test]
async fn an_unknown_digest_is_said_to_be_unknown() {
	let database = support::sqlite();
	let endpoint = Running::start(&database, Limits::default()).await;
	let unknown = Algorithm::Sm3.hash(b"unknown");
	for path in [content_path(&unknown), record_path(&unknown), record_path(&endpoint.batch)] {
		let answer = endpoint.ask("ArbiterOne", &path).await;
		assert_eq!(answer.refusal(), (404, "unknown-digest".into()), "{path}");
	}
	let answer = endpoint.ask("ArbiterOne", "/v2/content").await;
	assert_eq!(answer.refusal(), (404, "no-such-path".into()));
	let answer = send(endpoint.address, "DELETE /health", &[]).await;
	assert_eq!(answer.refusal(), (405, "method-not-allowed".into()));
}

/// The operator started on a copy of last night: what came today is not gone.
#[tokio::test]
async fn what_the_chain_has_and_the_database_lacks_is_asked_for_again_later() {
	let database = support::sqlite();
	let register = Register::default();
	let lost = Algorithm::Sm3.hash(b"deposited today");
	let kept = Algorithm::Sm3.hash("清退公告".as_bytes());
	let deposited = |digest| Deposited { digest, confirmed: false };
	*register.evidence.lock().unwrap() = vec![deposited(lost), deposited(kept)];
	let endpoint = Running::with(&database, Limits::default(), register).await;
	let answer = endpoint.ask("ArbiterOne", &content_path(&lost)).await;
	assert_eq!(answer.refusal(), (503, "should-be-here".into()));
	let unknown = Algorithm::Sm3.hash(b"unknown");
	let answer = endpoint.ask("ArbiterOne", &content_path(&unknown)).await;
	assert_eq!(answer.refusal(), (404, "unknown-digest".into()));
	let answer = endpoint.ask("ArbiterOne", &content_path(&kept)).await;
	assert_eq!(answer.status, 200);
	let health = send(endpoint.address, "GET /health", &[]).await;
	let text = String::from_utf8(health.body).unwrap();
	assert_eq!(health.status, 503);
	assert!(text.contains("\"missing\":1") && text.contains("degraded"), "{text}");
	let told = endpoint.log.lock().unwrap().clone();
	assert!(told.contains(&Event::Missing { digests: vec![lost.to_string()] }), "{told:?}");
}

#[tokio::test]
async fn nothing_is_said_to_be_unknown_before_the_chain_was_asked() {
	let database = support::sqlite();
	let register = Register::default();
	*register.is_away.lock().unwrap() = true;
	let endpoint = Running::with(&database, Limits::default(), register).await;
	while endpoint.log.lock().unwrap().is_empty() {
		tokio::time::sleep(Duration::from_millis(5)).await;
	}
	*endpoint.register.is_away.lock().unwrap() = false;
	let unknown = Algorithm::Sm3.hash(b"unknown");
	let answer = endpoint.ask("ArbiterOne", &content_path(&unknown)).await;
	assert_eq!(answer.refusal(), (503, "not-compared".into()));
}

#[tokio::test]
async fn a_text_that_is_no_digest_never_reaches_the_database() {
	for database in both() {
		let endpoint = Running::start(&database, Limits::default()).await;
		let hex = hex::encode(endpoint.document.bytes);
		for path in [
			"/v1/content/sm3/'%20OR%20'1'='1".to_string(),
			"/v1/content/sm3/';DROP%20TABLE%20records;--".into(),
			format!("/v1/content/sm3/{hex}'--"),
			format!("/v1/content/sm3/{}", hex.to_uppercase()),
			format!("/v1/content/md5/{hex}"),
			format!("/v1/content/sm3/0x{hex}"),
			format!("/v1/content/sm3/{}%25", &hex[..63]),
			format!("/v1/records/{hex}"),
			"/v1/records/%ff%00".into(),
			format!("/v1/content/sm3/{hex}?x=1';--"),
		] {
			let answer = endpoint.ask("ArbiterOne", &path).await;
			match path.contains('?') {
				true => assert_eq!(answer.status, 200),
				false => assert_eq!(answer.refusal(), (400, "bad-digest".into()), "{path}"),
			}
		}
		let path = record_path(&endpoint.records[0].digest());
		assert_eq!(endpoint.ask("ArbiterOne", &path).await.status, 200, "{}", database.name);
	}
}

#[tokio::test]
async fn nobody_is_let_in_without_an_authorisation_of_this_moment_chain_and_path() {
	let database = support::sqlite();
	let endpoint = Running::start(&database, Limits::default()).await;
	let path = content_path(&endpoint.document);
	let request = access::Request { genesis: GENESIS, method: "GET", path: &path };
	let one = key("ArbiterOne");
	let minute = access::TOLERANCE + 5_000;
	let foreign = access::Request { genesis: [8; 32], ..request };
	let elsewhere = access::Request { path: "/v1/content/sm3/00", ..request };
	let good = sign(&one, &request, now());
	let stolen = good.replace(&one.account().to_string(), &key("ArbiterTwo").account().to_string());
	for (header, code) in [
		("Basic YTpi".to_string(), "authorization-malformed"),
		(good.replace("Winddown ", "Winddown  "), "authorization-malformed"),
		(sign(&one, &request, now() - minute), "authorization-expired"),
		(sign(&one, &request, now() + minute), "authorization-expired"),
		(sign(&one, &foreign, now()), "bad-signature"),
		(sign(&one, &elsewhere, now()), "bad-signature"),
		(sign(&one, &access::Request { method: "HEAD", ..request }, now()), "bad-signature"),
		(stolen, "bad-signature"),
	] {
		let answer = endpoint.send(&path, &header).await;
		assert_eq!(answer.refusal(), (401, code.into()), "{header}");
		assert_eq!(answer.header("www-authenticate"), Some("winddown"));
	}
	let answer = send(endpoint.address, &format!("GET {path}"), &[]).await;
	assert_eq!(answer.refusal(), (401, "authorization-missing".into()));
	assert_eq!(endpoint.send(&path, &good).await.status, 200);
}

#[tokio::test]
async fn an_authorisation_is_good_for_one_request() {
	let database = support::sqlite();
	let endpoint = Running::start(&database, Limits::default()).await;
	let path = content_path(&endpoint.document);
	let header = authorisation("ArbiterOne", &path);
	assert_eq!(endpoint.send(&path, &header).await.status, 200);
	let again = endpoint.send(&path, &header).await;
	assert_eq!(again.refusal(), (401, "authorization-used".into()));
	assert_eq!(endpoint.ask("ArbiterOne", &path).await.status, 200);
}

#[tokio::test]
async fn only_institutions_in_good_standing_with_a_role_for_it_are_let_in() {
	let database = support::sqlite();
	let endpoint = Running::start(&database, Limits::default()).await;
	let path = content_path(&endpoint.document);
	let name = || "Platform".to_string();
	endpoint.register.set(&key("Platform"), Standing::WithoutRole { name: name() });
	endpoint.register.set(&key("Gone"), Standing::Suspended { name: name() });
	for (who, code) in
		[("Nobody", "not-an-institution"), ("Platform", "role-missing"), ("Gone", "suspended")]
	{
		let answer = endpoint.ask(who, &path).await;
		assert_eq!(answer.refusal(), (403, code.into()));
	}
	assert_eq!(endpoint.ask("ArbiterOne", &path).await.status, 200);
	let suspended = Standing::Suspended { name: "Arbiter one".into() };
	endpoint.register.set(&key("ArbiterOne"), suspended);
	let answer = endpoint.ask("ArbiterOne", &path).await;
	assert_eq!(answer.refusal(), (403, "suspended".into()));
}

#[tokio::test]
async fn nobody_is_let_in_while_the_chain_cannot_be_asked() {
	let database = support::sqlite();
	let endpoint = Running::start(&database, Limits::default()).await;
	let path = content_path(&endpoint.document);
	assert_eq!(send(endpoint.address, "GET /health", &[]).await.status, 200);
	*endpoint.register.is_away.lock().unwrap() = true;
	let answer = endpoint.ask("ArbiterOne", &path).await;
	assert_eq!(answer.refusal(), (503, "node-away".into()));
	assert_eq!(answer.header("retry-after"), Some("5"));
	let health = send(endpoint.address, "GET /health", &[]).await;
	let body: serde_json::Value = serde_json::from_slice(&health.body).unwrap();
	assert_eq!((health.status, &body["status"]), (503, &"degraded".into()));
	assert_eq!(body["chain"], "no answer in 8s");
	*endpoint.register.is_away.lock().unwrap() = false;
	assert_eq!(endpoint.ask("ArbiterOne", &path).await.status, 200);
}

#[tokio::test]
async fn what_is_too_large_is_refused_on_both_ways() {
	let limits = Limits { response: 100, ..Limits::default() };
	let database = support::sqlite();
	let endpoint = Running::start(&database, limits).await;
	let answer = endpoint.ask("ArbiterOne", &content_path(&endpoint.batch)).await;
	assert_eq!(answer.refusal(), (413, "too-large".into()));
	let path = content_path(&endpoint.document);
	assert_eq!(endpoint.ask("ArbiterOne", &path).await.status, 200);
	for body in [("content-length", "5"), ("transfer-encoding", "chunked")] {
		let header = authorisation("ArbiterOne", &path);
		let line = format!("GET {path}");
		let answer = send(endpoint.address, &line, &[("authorization", &header), body]).await;
		assert_eq!(answer.refusal(), (413, "body-not-allowed".into()));
	}
	let long = "a".repeat(20_000);
	let answer = send(endpoint.address, &format!("GET {path}"), &[("authorization", &long)]).await;
	assert_eq!(answer.status, 431);
}

#[tokio::test]
async fn an_institution_that_asks_too_often_waits_and_another_one_does_not() {
	let limits = Limits { burst: 3, per_second: 1, ..Limits::default() };
	let database = support::sqlite();
	let endpoint = Running::start(&database, limits).await;
	let path = content_path(&endpoint.document);
	let asked = futures::future::join_all((0..12).map(|_| endpoint.ask("ArbiterOne", &path))).await;
	let (answered, refused): (Vec<_>, Vec<_>) =
		asked.iter().partition(|answer| answer.status == 200);
	assert!(answered.len() >= 3 && !refused.is_empty(), "{}", answered.len());
	for answer in refused {
		assert_eq!(answer.refusal(), (429, "too-many-requests".into()));
		assert_eq!(answer.header("retry-after"), Some("1"));
	}
	assert_eq!(endpoint.ask("ArbiterTwo", &path).await.status, 200);
	tokio::time::sleep(Duration::from_millis(1_100)).await;
	assert_eq!(endpoint.ask("ArbiterOne", &path).await.status, 200);
}

#[tokio::test]
async fn requests_have_places_and_a_time() {
	let hold = Arc::new(Notify::new());
	let register = Register { hold: Some(hold.clone()), ..Register::default() };
	let answer = Duration::from_millis(800);
	let limits = Limits { requests_at_once: 1, answer, ..Limits::default() };
	let database = support::sqlite();
	let endpoint = Running::with(&database, limits, register).await;
	let path = content_path(&endpoint.document);
	let header = authorisation("ArbiterOne", &path);
	let (address, line) = (endpoint.address, format!("GET {path}"));
	let first =
		tokio::spawn(
			async move { send(address, &line, &[("authorization", &header)]).await.refusal() },
		);
	tokio::time::sleep(Duration::from_millis(200)).await;
	let second = endpoint.ask("ArbiterTwo", &path).await;
	assert_eq!(second.refusal(), (503, "busy".into()));
	assert_eq!(first.await.unwrap(), (503, "too-slow".into()));
	hold.notify_one();
	assert_eq!(endpoint.ask("ArbiterTwo", &path).await.status, 200);
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
	let limits = Limits { head: Duration::from_millis(300), ..Limits::default() };
	let database = support::sqlite();
	let endpoint = Running::start(&database, limits).await;
	let mut stream = TcpStream::connect(endpoint.address).await.unwrap();
	stream.write_all(b"GET /health HTTP/1.1\r\nhost: ").await.unwrap();
	let mut rest = Vec::new();
	let reading = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest);
	tokio::time::timeout(Duration::from_secs(5), reading).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_endpoint_that_stops_ends_what_has_begun_and_starts_again_with_all_it_had() {
	let database = support::sqlite();
	let hold = Arc::new(Notify::new());
	let register = Register { hold: Some(hold.clone()), ..Register::default() };
	let endpoint = Running::with(&database, Limits::default(), register).await;
	let path = content_path(&endpoint.batch);
	let mut stream = TcpStream::connect(endpoint.address).await.unwrap();
	let header = authorisation("ArbiterOne", &path);
	let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\nauthorization: {header}\r\n\r\n");
	stream.write_all(request.as_bytes()).await.unwrap();
	tokio::time::sleep(Duration::from_millis(300)).await;
	let address = endpoint.address;
	let stopping = tokio::spawn(endpoint.stop());
	tokio::time::sleep(Duration::from_millis(300)).await;
	assert!(TcpStream::connect(address).await.is_err(), "it still listens");
	hold.notify_one();
	let answer = read(stream).await;
	assert!(answer.status == 200 && answer.is_whole());
	let (register, kept) = stopping.await.unwrap();

	let store = Store::open(&database.url).await.unwrap();
	let register = Register { hold: None, ..register };
	let endpoint = Running::serve(store, Limits::default(), register, kept).await;
	let again = endpoint.ask("ArbiterOne", &path).await;
	assert!(again.status == 200 && again.body == answer.body);
}

#[tokio::test]
async fn a_batch_that_was_altered_in_the_database_breaks_off() {
	for database in both() {
		let endpoint = Running::start(&database, Limits::default()).await;
		database.tamper("UPDATE records SET content = content || ' ' WHERE lender = 1100").await;
		let answer = endpoint.ask("ArbiterOne", &content_path(&endpoint.batch)).await;
		assert!(answer.status == 200 && !answer.is_whole(), "{}", database.name);
		let broken = format!(
			"{0} BROKEN OFF: the database holds something else under {0}: it was altered there",
			endpoint.batch
		);
		assert!(endpoint.told().contains(&broken), "{:?}", endpoint.told());
	}
}

#[tokio::test]
async fn the_log_names_institution_digest_and_status_and_never_content() {
	let database = support::sqlite();
	let endpoint = Running::start(&database, Limits::default()).await;
	let record = &endpoint.records[0];
	endpoint.ask("ArbiterOne", &record_path(&record.digest())).await;
	endpoint.ask("Nobody", &content_path(&endpoint.document)).await;
	endpoint.send(&content_path(&endpoint.document), "me").await;
	let told = endpoint.told();
	let one = key("ArbiterOne").account();
	let expected = format!("200 {} \"Arbiter one\" ({one}) ", record.digest());
	assert!(told[0].starts_with(&expected), "{}", told[0]);
	let expected = format!("403 not-an-institution {} ", endpoint.document);
	assert!(
		told[1].starts_with(&expected) && told[1].contains(&key("Nobody").account().to_string())
	);
	let expected = format!("401 authorization-malformed {} - ", endpoint.document);
	assert!(told[2].starts_with(&expected), "{}", told[2]);
	let events: Vec<_> = endpoint.log.lock().unwrap().clone();
	let all = format!("{told:?} {events:?}");
	assert!(!all.contains("清退公告") && !all.contains(&record.salt().to_string()));
}
