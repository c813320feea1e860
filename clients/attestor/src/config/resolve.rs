use super::Settings;
use crate::{
	absence::Patience,
	fetch::{BadEndpoint, Endpoint, Limits},
	judge::Grace,
	retry::Backoff,
};
use std::{
	net::{Ipv4Addr, SocketAddr},
	path::PathBuf,
	time::Duration,
};
use winddown_proof::Hash;
use winddown_sdk::{
	chain::Transport,
	keys::{Keypair, Scheme},
	Error,
};

/// Everything that the daemon works with.
#[derive(Clone, Debug)]
pub struct Config {
	/// The institution's node.
	pub url: String,
	/// Whether the connection to it may be unencrypted.
	pub transport: Transport,
	/// The chain, if it is pinned.
	pub genesis: Option<[u8; 32]>,
	/// The operator.
	pub endpoint: Endpoint,
	/// The institution's key.
	pub key: Keypair,
	/// Where health and metrics are served.
	pub listen: Option<SocketAddr>,
	/// The folder for written reasons.
	pub reasons: PathBuf,
	/// The most bytes of one content.
	pub max_bytes: u64,
	/// Records that are looked at together.
	pub concurrency: usize,
	/// How long the operator has.
	pub grace: Grace,
	/// How often and how long content is looked for before it is said to be absent.
	pub patience: Patience,
	/// What the operator may take for one answer.
	pub limits: Limits,
	/// When what failed is tried again.
	pub backoff: Backoff,
	/// How old the newest finalized block may be in good health.
	pub stale: Duration,
	/// What is done.
	pub mode: Mode,
}

/// What is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mode {
	/// Whether the chain is told.
	pub telling: Telling,
	/// When it ends.
	pub ending: Ending,
}

/// Whether the chain is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Telling {
	/// It is.
	#[default]
	Chain,
	/// Verdicts are only printed.
	Nobody,
}

/// When the daemon ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Ending {
	/// When it is told to.
	#[default]
	Stopped,
	/// When what waited was looked at once.
	WorkedOff,
}

impl Mode {
	/// By the flags `--dry-run` and `--once`.
	pub const fn new(dry_run: bool, once: bool) -> Self {
		Self {
			telling: if dry_run { Telling::Nobody } else { Telling::Chain },
			ending: if once { Ending::WorkedOff } else { Ending::Stopped },
		}
	}
}

/// What is wrong with flags, file or key.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
	/// The file cannot be read.
	#[error("{}: {reason}", path.display())]
	File {
		/// The file.
		path: PathBuf,
		/// What is wrong.
		reason: String,
	},
	/// Something must be set.
	#[error("--{0} is missing; give it as a flag or in the configuration file")]
	Missing(&'static str),
	/// The genesis hash is none.
	#[error("--genesis: a hash has 64 hex digits")]
	Genesis,
	/// The endpoint is none.
	#[error("--endpoint: {0}")]
	Endpoint(#[from] BadEndpoint),
	/// A number must not be zero.
	#[error("--{0} must not be 0")]
	Zero(&'static str),
	/// The key cannot be read.
	#[error("{error}{}", what_to_run(.error))]
	Key {
		/// What is wrong.
		error: Error,
	},
	/// The folder for reasons cannot be made.
	#[error("--reasons {}: {reason}", path.display())]
	Reasons {
		/// The folder.
		path: PathBuf,
		/// What the system said.
		reason: String,
	},
	/// The address cannot be listened at.
	#[error("--listen {address}: {reason}")]
	Listen {
		/// The address.
		address: SocketAddr,
		/// What the system said.
		reason: String,
	},
}

/// What mends a key that others may read. Of any other error the text says enough.
fn what_to_run(error: &Error) -> String {
	match error {
		Error::SecretExposed { path, .. } => format!("; run: chmod 600 {}", path.display()),
		_ => String::new(),
	}
}

impl Config {
	/// Everything by its default: the node of this machine, a day for content, and so on.
	pub fn new(endpoint: Endpoint, key: Keypair) -> Self {
		let seconds = Duration::from_secs;
		Self {
			url: "ws://127.0.0.1:9944".into(),
			transport: Transport::Secure,
			genesis: None,
			endpoint,
			key,
			listen: Some((Ipv4Addr::LOCALHOST, 9_956).into()),
			reasons: "reasons".into(),
			max_bytes: 256 << 20,
			concurrency: 2,
			grace: Grace { missing: seconds(86_400), other: seconds(3_600) },
			patience: Patience { looks: 6, span: seconds(21_600), most_overdue: 2 },
			limits: Limits {
				connect: seconds(10),
				total: seconds(900),
				rate: 16 << 10,
				stall: seconds(10),
			},
			backoff: Backoff { first: seconds(1), longest: seconds(300) },
			stale: seconds(60),
			mode: Mode::default(),
		}
	}

	/// Reads the key, and takes what is set over the defaults.
	pub fn resolve(settings: Settings, mode: Mode) -> Result<Self, BadConfig> {
		let endpoint = settings.endpoint.as_ref().ok_or(BadConfig::Missing("endpoint"))?;
		let key_file = settings.key_file.as_ref().ok_or(BadConfig::Missing("key-file"))?;
		let scheme = settings.scheme.map_or_else(Scheme::default, Into::into);
		let key = Keypair::read(scheme, key_file).map_err(|error| BadConfig::Key { error })?;
		let mut config = Self { mode, ..Self::new(endpoint.parse()?, key) };
		config.take_node(&settings)?;
		config.take_limits(&settings)?;
		set(&mut config.listen, settings.listen.map(|listen| listen.0));
		set(&mut config.reasons, settings.reasons);
		Ok(config)
	}

	fn take_node(&mut self, settings: &Settings) -> Result<(), BadConfig> {
		set(&mut self.url, settings.url.clone());
		if settings.allow_plain == Some(true) {
			self.transport = Transport::AllowPlain;
		}
		if let Some(text) = &settings.genesis {
			self.genesis = Some(text.parse::<Hash>().map_err(|_| BadConfig::Genesis)?.0);
		}
		set(&mut self.stale, settings.stale.map(Duration::from_secs));
		Ok(())
	}

	fn take_limits(&mut self, settings: &Settings) -> Result<(), BadConfig> {
		let seconds = |name, set| positive(name, set).map(|set| set.map(Duration::from_secs));
		set(&mut self.max_bytes, positive("max-bytes", settings.max_bytes)?);
		set(&mut self.concurrency, positive("concurrency", settings.concurrency)?);
		set(&mut self.grace.missing, settings.grace.map(Duration::from_secs));
		set(&mut self.grace.other, settings.other_grace.map(Duration::from_secs));
		set(&mut self.patience.looks, positive("looks", settings.looks)?);
		set(&mut self.patience.span, settings.look_span.map(Duration::from_secs));
		set(&mut self.patience.most_overdue, settings.most_overdue);
		set(&mut self.limits.connect, seconds("connect-timeout", settings.connect_timeout)?);
		set(&mut self.limits.total, seconds("timeout", settings.timeout)?);
		set(&mut self.limits.rate, settings.min_rate);
		set(&mut self.limits.stall, seconds("stall", settings.stall)?);
		set(&mut self.backoff.longest, seconds("longest-wait", settings.longest_wait)?);
		Ok(())
	}
}

fn set<T>(field: &mut T, value: Option<T>) {
	if let Some(value) = value {
		*field = value;
	}
}

fn positive<T: Default + PartialEq>(
	name: &'static str,
	value: Option<T>,
) -> Result<Option<T>, BadConfig> {
	match value {
		Some(value) if value == T::default() => Err(BadConfig::Zero(name)),
		value => Ok(value),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, os::unix::fs::PermissionsExt, path::Path};
	use winddown_sdk::secret;

	fn settings(folder: &Path) -> Settings {
		let path = folder.join("key");
		if !path.exists() {
			secret::write_new(&path, "//ArbiterOne\n").unwrap();
		}
		Settings {
			key_file: Some(path),
			endpoint: Some("http://127.0.0.1:8080".into()),
			..Settings::default()
		}
	}

	fn error_of(settings: Settings) -> String {
		Config::resolve(settings, Mode::default()).unwrap_err().to_string()
	}

	#[test]
	fn what_is_not_set_has_a_default() {
		let dir = tempfile::tempdir().unwrap();
		let config = Config::resolve(settings(dir.path()), Mode::default()).unwrap();
		assert_eq!(config.url, "ws://127.0.0.1:9944");
		assert_eq!(config.listen.unwrap().to_string(), "127.0.0.1:9956");
		assert_eq!(config.grace.missing, Duration::from_secs(24 * 3_600));
		let one = Keypair::from_suri(Scheme::Sr25519, "//ArbiterOne").unwrap();
		assert_eq!(config.key.account(), one.account());
	}

	#[test]
	fn flags_go_before_the_file_and_the_file_is_read_strictly() {
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("attestor.toml");
		fs::write(
			&path,
			"url = \"ws://node:1\"\ngrace = 60\nlisten = \"off\"\nscheme = \"ed25519\"",
		)
		.unwrap();
		let flags = Settings { grace: Some(5), ..settings(dir.path()) };
		let config = flags.over(Settings::read(&path).unwrap());
		let config = Config::resolve(config, Mode::default()).unwrap();
		assert_eq!((config.url.as_str(), config.listen), ("ws://node:1", None));
		assert_eq!(config.grace.missing, Duration::from_secs(5));
		fs::write(&path, "key = \"//ArbiterOne\"").unwrap();
		let error = Settings::read(&path).unwrap_err().to_string();
		assert!(error.contains("unknown field `key`"), "{error}");
	}

	#[test]
	fn the_example_in_the_package_is_a_good_file() {
		let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("attestor.example.toml");
		let read = Settings::read(&path).unwrap();
		assert_eq!(read.key_file, Some("/etc/winddown/attestor.key".into()));
	}

	#[test]
	fn a_key_that_others_may_read_is_refused_with_the_command_to_run() {
		let dir = tempfile::tempdir().unwrap();
		let settings = settings(dir.path());
		let path = settings.key_file.clone().unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
		let error = error_of(settings);
		let expected = format!(
			"{0} holds a secret, and others may read it (mode 644); run: chmod 600 {0}",
			path.display()
		);
		assert_eq!(error, expected);
	}

	#[test]
	fn what_is_missing_or_bad_is_named() {
		let dir = tempfile::tempdir().unwrap();
		let good = || settings(dir.path());
		let key_file = Settings { key_file: None, ..good() };
		assert!(error_of(key_file).starts_with("--key-file is missing"));
		let endpoint = Settings { endpoint: Some("https://operator".into()), ..good() };
		assert!(error_of(endpoint).starts_with("--endpoint: the endpoint reads http://"));
		let genesis = Settings { genesis: Some("0x00".into()), ..good() };
		assert_eq!(error_of(genesis), "--genesis: a hash has 64 hex digits");
		let concurrency = Settings { concurrency: Some(0), ..good() };
		assert_eq!(error_of(concurrency), "--concurrency must not be 0");
	}
}
