//! A browser that somebody uses: a phone or a desk.

use fantoccini::{
	elements::Element,
	wd::{Capabilities, PrintConfiguration},
	Client, ClientBuilder, Locator,
};
use futures::FutureExt;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{json, Value};
use std::{
	io::{BufRead, BufReader},
	panic::{resume_unwind, AssertUnwindSafe},
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	time::Duration,
};

/// How long a page may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// What somebody looks at the page with.
#[derive(Clone, Copy)]
pub enum Device {
	/// 360 points wide.
	Phone,
	/// A window.
	Desk,
}

/// An open page.
pub struct Browser {
	pub client: Client,
}

/// The process that drives Chromium; it ends with this.
struct Driver(Child);

impl Drop for Driver {
	fn drop(&mut self) {
		self.0.kill().ok();
		self.0.wait().ok();
	}
}

/// Lets `story` happen in a browser, and closes it whatever comes of it.
pub async fn with(device: Device, story: impl AsyncFnOnce(&Browser)) {
	let (driver, port) = driver();
	let profile = tempfile::tempdir().unwrap();
	let client = ClientBuilder::new(HttpConnector::new())
		.capabilities(capabilities(device, profile.path()))
		.connect(&format!("http://127.0.0.1:{port}"))
		.await
		.expect("Chromium starts: `make setup` installs Debian's package chromium");
	let browser = Browser { client: client.clone() };
	let outcome = AssertUnwindSafe(story(&browser)).catch_unwind().await;
	client.close().await.ok();
	drop(driver);
	outcome.unwrap_or_else(|panic| resume_unwind(panic));
}

fn driver() -> (Driver, u16) {
	let started = Command::new("chromedriver")
		.arg("--port=0")
		.stdin(Stdio::null())
		.stdout(Stdio::piped())
		.stderr(Stdio::null())
		.spawn();
	let mut driver = started.expect(
		"chromedriver is missing: `make setup` installs Debian's packages chromium and chromium-driver",
	);
	let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
	let port = lines.map_while(Result::ok).find_map(|line| {
		let (_, port) = line.split_once("started successfully on port ")?;
		port.trim_end_matches('.').parse().ok()
	});
	(Driver(driver), port.expect("chromedriver says where it listens"))
}

fn capabilities(device: Device, profile: &Path) -> Capabilities {
	let profile = format!("--user-data-dir={}", profile.display());
	let mut options = json!({
		"args": [
			"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-dev-shm-usage", "--hide-scrollbars", "--window-size=1200,1000", profile,
		],
	});
	if let Device::Phone = device {
		// A picture is of the screen: a tall one shows the whole page.
		let height = if pictures().is_some() { 3_200 } else { 740 };
		let metrics = json!({
			"width": 360, "height": height, "pixelRatio": 2.0, "touch": true, "mobile": true,
		});
		options["mobileEmulation"] = json!({"deviceMetrics": metrics});
	}
	let mut capabilities = Capabilities::new();
	capabilities.insert("goog:chromeOptions".into(), options);
	capabilities
}

impl Browser {
	/// Opens the page, and waits until it is ready and offers what the service trusts.
	pub async fn open(&self, address: impl std::fmt::Display) {
		self.client.goto(&format!("http://{address}")).await.unwrap();
		self.until("return document.getElementById('genesis').value !== ''").await;
		self.ready().await;
	}

	/// Waits until the notice of the start is gone.
	pub async fn ready(&self) {
		self.until("return document.getElementById('start') === null").await;
	}

	/// Waits until a script says that it is so.
	pub async fn until(&self, script: &str) {
		let waited = tokio::time::timeout(PATIENCE, async {
			while self.run(script, vec![]).await != json!(true) {
				tokio::time::sleep(Duration::from_millis(50)).await;
			}
		});
		if waited.await.is_err() {
			panic!("never: {script}\n{}", self.text("body").await);
		}
	}

	pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
		self.client.execute(script, arguments).await.unwrap()
	}

	pub async fn find(&self, css: &str) -> Element {
		self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"))
	}

	/// What somebody reads in a part of the page.
	pub async fn text(&self, css: &str) -> String {
		self.find(css).await.text().await.unwrap()
	}

	pub async fn click(&self, css: &str) {
		self.find(css).await.click().await.unwrap();
	}

	/// Types into a field that is emptied first.
	pub async fn fill(&self, css: &str, text: &str) {
		let field = self.find(css).await;
		field.clear().await.unwrap();
		field.send_keys(text).await.unwrap();
	}

	/// Picks a file, as the dialog of the browser does.
	pub async fn pick(&self, file: &Path) {
		self.find("#file").await.send_keys(file.to_str().unwrap()).await.unwrap();
		self.result().await;
	}

	/// Drops a file with these bytes onto the page.
	pub async fn drop_file(&self, bytes: &[u8]) {
		let script = "const data = new DataTransfer();
			data.items.add(new File([Uint8Array.from(arguments[0])], 'dropped.wdproof'));
			const event = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
			document.getElementById('drop').dispatchEvent(event);";
		self.run(script, vec![json!(bytes)]).await;
		self.result().await;
	}

	/// Waits for the verdict.
	pub async fn result(&self) {
		self.until("return document.querySelector('#result:not([hidden]) #verdict') !== null")
			.await;
	}

	/// What the browser stopped because of the page's policy.
	pub async fn violations(&self) -> Value {
		let script = "const [done] = [arguments[arguments.length - 1]];
			const tell = (reports) => done(reports.map((report) => report.body));
			const observer = new ReportingObserver(tell, { types: ['csp-violation'], buffered: true });
			observer.observe();
			setTimeout(() => done([]), 300);";
		self.client.execute_async(script, vec![]).await.unwrap()
	}

	/// Asserts that nothing of the page is wider than the screen.
	pub async fn fits(&self) {
		let script = "const wide = [...document.querySelectorAll('body *')].filter((element) =>
				element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1);
			return wide.map((element) => element.outerHTML.slice(0, 80));";
		assert_eq!(self.run(script, vec![]).await, json!([]));
	}

	/// Asserts that every text has a contrast of 4.5 to 1 at least, and every field a name.
	pub async fn is_readable(&self) {
		assert_eq!(self.run(include_str!("contrast.js"), vec![]).await, json!([]));
		let script = "const fields = [...document.querySelectorAll('input, textarea, button')];
			const nameless = fields.filter((field) => field.checkVisibility() && !field.labels?.length
				&& !field.textContent.trim() && !field.ariaLabel);
			return nameless.map((field) => field.outerHTML);";
		assert_eq!(self.run(script, vec![]).await, json!([]));
	}

	/// Keeps a picture of the whole page, when somebody wants to look at it.
	pub async fn picture(&self, name: &str) {
		let Some(folder) = pictures() else { return };
		let size = "return [innerWidth, document.documentElement.scrollHeight + 140]";
		let (width, height) = serde_json::from_value(self.run(size, vec![]).await).unwrap();
		// A phone's screen keeps its size.
		self.client.set_window_size(width, height).await.ok();
		let picture = self.client.screenshot().await.unwrap();
		std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
	}

	/// Keeps what the page looks like when it is printed.
	pub async fn paper(&self, name: &str) {
		let Some(folder) = pictures() else { return };
		let paper = self.client.print(PrintConfiguration::default()).await.unwrap();
		std::fs::write(folder.join(format!("{name}.pdf")), paper).unwrap();
	}
}

/// Asserts that a part of the page has each of these texts.
pub async fn contains(browser: &Browser, css: &str, parts: &[&str]) {
	let text = browser.text(css).await;
	for part in parts {
		assert!(text.contains(part), "{part}\n{text}");
	}
}

/// The folder for pictures.
fn pictures() -> Option<PathBuf> {
	std::env::var_os("WINDDOWN_SCREENSHOTS").map(PathBuf::from)
}
