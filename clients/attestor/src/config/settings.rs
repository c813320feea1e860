use super::BadConfig;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::{
	fs,
	net::SocketAddr,
	path::{Path, PathBuf},
};
use winddown_sdk::keys::Scheme;

/// Everything that can be set, by a flag or under the same name in the file.
#[derive(Args, Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
	/// The institution's own node [default: ws://127.0.0.1:9944]
	#[arg(long, value_name = "URL")]
	pub url: Option<String>,
	/// Allow ws:// to another machine, in a closed network
	#[arg(long, num_args = 0..=1, default_missing_value = "true", value_name = "BOOL")]
	pub allow_plain: Option<bool>,
	/// The hash of the chain's first block; a node of another chain is not used
	#[arg(long, value_name = "HASH")]
	pub genesis: Option<String>,
	/// The operator's endpoint, http://HOST:PORT on this machine or a VPN
	#[arg(long, value_name = "URL")]
	pub endpoint: Option<String>,
	/// The file with the institution's key, which only its owner may read (mode 0600)
	#[arg(long, value_name = "FILE")]
	pub key_file: Option<PathBuf>,
	/// The signature scheme of the key [default: sr25519]
	#[arg(long, value_enum)]
	pub scheme: Option<SchemeName>,
	/// Where health and metrics are served [default: 127.0.0.1:9956]; "off" for nowhere
	#[arg(long, value_name = "ADDRESS")]
	pub listen: Option<Listen>,
	/// The folder for the written reasons of rejections [default: reasons]
	#[arg(long, value_name = "FOLDER")]
	pub reasons: Option<PathBuf>,
	/// The most bytes of one content [default: 268435456]
	#[arg(long, value_name = "BYTES")]
	pub max_bytes: Option<u64>,
	/// Records that are looked at together [default: 2]
	#[arg(long, value_name = "COUNT")]
	pub concurrency: Option<usize>,
	/// How long after its deposit content may be missing, by the chain's time [default: 86400]
	#[arg(long, value_name = "SECONDS")]
	pub grace: Option<u64>,
	/// How long after its deposit other content may be served in its place [default: 3600]
	#[arg(long, value_name = "SECONDS")]
	pub other_grace: Option<u64>,
	/// Looks that must find no content, or another one, before it is said to be absent [default: 6]
	#[arg(long, value_name = "COUNT")]
	pub looks: Option<u32>,
	/// How long the first of these looks must lie back, by this machine's clock [default: 21600]
	#[arg(long, value_name = "SECONDS")]
	pub look_span: Option<u64>,
	/// Most records whose content may be overdue at once; with more, none is said to be absent [default: 2]
	#[arg(long, value_name = "COUNT")]
	pub most_overdue: Option<usize>,
	/// How long the operator may take to connect and to begin to answer [default: 10]
	#[arg(long, value_name = "SECONDS")]
	pub connect_timeout: Option<u64>,
	/// How long one content may take [default: 900]
	#[arg(long, value_name = "SECONDS")]
	pub timeout: Option<u64>,
	/// The least bytes a second [default: 16384]
	#[arg(long, value_name = "BYTES")]
	pub min_rate: Option<u64>,
	/// How long nothing may come, or less than that [default: 10]
	#[arg(long, value_name = "SECONDS")]
	pub stall: Option<u64>,
	/// The longest wait between two tries of anything [default: 300]
	#[arg(long, value_name = "SECONDS")]
	pub longest_wait: Option<u64>,
	/// How old the newest finalized block may be in good health [default: 60]
	#[arg(long, value_name = "SECONDS")]
	pub stale: Option<u64>,
}

/// A signature scheme, as a flag.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SchemeName {
	/// That of Polkadot wallets.
	Sr25519,
	/// Ed25519.
	Ed25519,
	/// ECDSA on secp256k1.
	Ecdsa,
}

impl From<SchemeName> for Scheme {
	fn from(name: SchemeName) -> Self {
		match name {
			SchemeName::Sr25519 => Self::Sr25519,
			SchemeName::Ed25519 => Self::Ed25519,
			SchemeName::Ecdsa => Self::Ecdsa,
		}
	}
}

/// An address to listen at, or none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Listen(pub Option<SocketAddr>);

impl std::str::FromStr for Listen {
	type Err = std::net::AddrParseError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text {
			"off" => Ok(Self(None)),
			text => text.parse().map(|address| Self(Some(address))),
		}
	}
}

impl TryFrom<String> for Listen {
	type Error = std::net::AddrParseError;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		text.parse()
	}
}

impl Settings {
	/// Reads the configuration file.
	pub fn read(path: &Path) -> Result<Self, BadConfig> {
		let bad = |reason: String| BadConfig::File { path: path.into(), reason };
		let text = fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
		toml::from_str(&text).map_err(|error| bad(error.to_string().trim_end().into()))
	}

	/// These, and where they say nothing, those of the file.
	pub fn over(self, file: Self) -> Self {
		Self {
			url: self.url.or(file.url),
			allow_plain: self.allow_plain.or(file.allow_plain),
			genesis: self.genesis.or(file.genesis),
			endpoint: self.endpoint.or(file.endpoint),
			key_file: self.key_file.or(file.key_file),
			scheme: self.scheme.or(file.scheme),
			listen: self.listen.or(file.listen),
			reasons: self.reasons.or(file.reasons),
			max_bytes: self.max_bytes.or(file.max_bytes),
			concurrency: self.concurrency.or(file.concurrency),
			grace: self.grace.or(file.grace),
			other_grace: self.other_grace.or(file.other_grace),
			looks: self.looks.or(file.looks),
			look_span: self.look_span.or(file.look_span),
			most_overdue: self.most_overdue.or(file.most_overdue),
			connect_timeout: self.connect_timeout.or(file.connect_timeout),
			timeout: self.timeout.or(file.timeout),
			min_rate: self.min_rate.or(file.min_rate),
			stall: self.stall.or(file.stall),
			longest_wait: self.longest_wait.or(file.longest_wait),
			stale: self.stale.or(file.stale),
		}
	}
}
