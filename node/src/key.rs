//! Keys of a node, kept where its owner alone reads them.

use crate::cli::Cli;
use clap::ValueEnum;
use sc_cli::{
	utils::{pair_from_suri, read_uri},
	CryptoScheme, Error, GenerateCmd, InspectKeyCmd, InspectNodeKeyCmd, KeystoreParams, Result,
	SharedParams, SubstrateCli,
};
use sc_keystore::LocalKeystore;
use sc_network::config::ed25519::Keypair;
use sc_service::config::{BasePath, KeystoreConfig};
use sp_core::{
	crypto::{
		key_types::{AURA, GRANDPA},
		KeyTypeId, SecretString,
	},
	ed25519, sr25519,
};
use sp_keystore::Keystore;
use std::{
	fs::{self, OpenOptions},
	io::{self, ErrorKind, Write},
	os::unix::fs::OpenOptionsExt,
	path::{Path, PathBuf},
};

/// Below a base path and a chain: where a node without `--node-key-file` keeps its own key.
const NETWORK_FOLDER: &str = "network";
const NODE_KEY: &str = "secret_ed25519";

/// Make, look at and insert keys.
#[derive(Debug, clap::Subcommand)]
pub enum Key {
	/// Make a node's own key. Its peer id goes to standard error.
	///
	/// The file must not exist yet, and its owner alone may read it.
	GenerateNodeKey(GenerateNodeKey),

	/// Make a key of an account at random.
	Generate(GenerateCmd),

	/// Tell the public key and the address of a secret.
	Inspect(InspectKeyCmd),

	/// Tell the peer id of a node's own key.
	#[command(name = "inspect-node-key")]
	PeerId(InspectNodeKeyCmd),

	/// Put a session key into the keystore of a node.
	Insert(Insert),
}

impl Key {
	/// Does what the command asks for.
	pub fn run(&self, cli: &Cli) -> Result<()> {
		match self {
			Self::GenerateNodeKey(command) => command.run(cli),
			Self::Generate(command) => command.run(),
			Self::Inspect(command) => command.run(),
			Self::PeerId(command) => command.run(),
			Self::Insert(command) => command.run(cli),
		}
	}
}

/// Makes a node's own key.
#[derive(Debug, clap::Parser)]
pub struct GenerateNodeKey {
	/// The file to write the secret to, which must not exist yet. Without it the secret goes to standard output.
	#[arg(long)]
	file: Option<PathBuf>,

	/// Write the 32 bytes themselves, and not their hex digits.
	#[arg(long)]
	bin: bool,

	/// Of which chain the node is, for its folder below the base path.
	#[arg(long, value_name = "CHAIN_SPEC")]
	chain: Option<String>,

	/// Put the key where a node of the chain with this base path looks for it.
	#[arg(long, short = 'd', value_name = "PATH", requires = "chain", conflicts_with = "file")]
	base_path: Option<PathBuf>,

	/// Put the key where a node of the chain without a base path looks for it.
	#[arg(long, requires = "chain", conflicts_with_all = ["base_path", "file"])]
	default_base_path: bool,
}

impl GenerateNodeKey {
	fn run(&self, cli: &Cli) -> Result<()> {
		let pair = Keypair::generate();
		let secret = pair.secret();
		let secret = match self.bin {
			true => secret.as_ref().to_vec(),
			false => hex(secret.as_ref()).into_bytes(),
		};
		match self.place(cli)? {
			Some(file) => {
				write_secret(&file, &secret)?;
				eprintln!("The key is in {}", file.display());
			}
			None => io::stdout().write_all(&secret)?,
		}
		eprintln!("{}", pair.public().to_peer_id());
		Ok(())
	}

	/// The file for the secret, if it shall be in one.
	fn place(&self, cli: &Cli) -> Result<Option<PathBuf>> {
		let base = match (&self.file, &self.base_path) {
			(Some(file), _) => return Ok(Some(file.clone())),
			(None, Some(base)) => BasePath::new(base),
			(None, None) if self.default_base_path => default_base_path(),
			(None, None) => return Ok(None),
		};
		let chain = cli.load_spec(self.chain.as_deref().unwrap_or_default())?;
		Ok(Some(base.config_dir(chain.id()).join(NETWORK_FOLDER).join(NODE_KEY)))
	}
}

/// Writes a file that its owner alone may read. One that is there already is left as it is.
fn write_secret(file: &Path, secret: &[u8]) -> Result<()> {
	if let Some(folder) = file.parent() {
		fs::create_dir_all(folder)?;
	}
	let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
	match opened {
		Ok(mut file) => Ok(file.write_all(secret)?),
		Err(error) if error.kind() == ErrorKind::AlreadyExists => {
			Err(format!("there is a file {} already; no key is written over", file.display())
				.into())
		}
		Err(error) => Err(error.into()),
	}
}

fn default_base_path() -> BasePath {
	BasePath::from_project("", "", &Cli::executable_name())
}

fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a session key is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Purpose {
	/// To make blocks; its scheme is sr25519.
	#[value(name = "aura")]
	Blocks,
	/// To vote on final blocks; its scheme is ed25519.
	#[value(name = "gran")]
	Finality,
}

impl Purpose {
	fn key_type(self) -> KeyTypeId {
		match self {
			Self::Blocks => AURA,
			Self::Finality => GRANDPA,
		}
	}

	fn scheme(self) -> CryptoScheme {
		match self {
			Self::Blocks => CryptoScheme::Sr25519,
			Self::Finality => CryptoScheme::Ed25519,
		}
	}

	fn public(self, secret: &str, password: Option<SecretString>) -> Result<Vec<u8>> {
		fn public<P: sp_core::Pair>(
			secret: &str,
			password: Option<SecretString>,
		) -> Result<Vec<u8>> {
			let pair: P = pair_from_suri(secret, password)?;
			Ok(AsRef::<[u8]>::as_ref(&pair.public()).to_vec())
		}
		match self {
			Self::Blocks => public::<sr25519::Pair>(secret, password),
			Self::Finality => public::<ed25519::Pair>(secret, password),
		}
	}
}

/// Puts a session key into the keystore of a node.
#[derive(Debug, clap::Parser)]
pub struct Insert {
	/// The secret: a phrase of words, a path such as //Name, or 0x and 64 hex digits; or a file that holds it.
	/// Asked for if not given.
	#[arg(long)]
	suri: Option<String>,

	/// What the key is for.
	#[arg(long, value_enum, value_name = "TYPE")]
	key_type: Purpose,

	/// The scheme, which the type of the key determines; another one is refused.
	#[arg(long, value_enum, ignore_case = true, value_name = "SCHEME")]
	scheme: Option<CryptoScheme>,

	#[command(flatten)]
	shared_params: SharedParams,

	#[command(flatten)]
	keystore_params: KeystoreParams,
}

impl Insert {
	fn run(&self, cli: &Cli) -> Result<()> {
		self.ensure_scheme_fits()?;
		let (keystore, password) = self.keystore(cli)?;
		let secret = read_uri(self.suri.as_ref())?;
		let public = self.key_type.public(&secret, password.clone())?;
		LocalKeystore::open(keystore.clone(), password)
			.map_err(|error| Error::Application(Box::new(error)))?
			.insert(self.key_type.key_type(), &secret, &public)
			.map_err(|()| Error::KeystoreOperation)?;
		eprintln!("The key 0x{} is in {}", hex(&public), keystore.display());
		Ok(())
	}

	/// A key of another scheme would lie in the keystore and never be found.
	fn ensure_scheme_fits(&self) -> Result<()> {
		let fits = self.key_type.scheme();
		match self.scheme {
			Some(other) if other != fits => Err(format!(
				"a key of the type {} is of the scheme {}, not {}",
				name(self.key_type),
				name(fits),
				name(other)
			)
			.into()),
			_ => Ok(()),
		}
	}

	/// The folder of the keystore, and its password.
	fn keystore(&self, cli: &Cli) -> Result<(PathBuf, Option<SecretString>)> {
		let shared = &self.shared_params;
		if shared.chain.is_none() {
			return Err(
				"Say for which chain the key is: --chain <SPEC FILE>, or --chain local; each chain \
				has its own keystore"
					.into(),
			);
		}
		let base = shared.base_path()?.unwrap_or_else(default_base_path);
		let chain = cli.load_spec(&shared.chain_id(shared.is_dev()))?;
		match self.keystore_params.keystore_config(&base.config_dir(chain.id()))? {
			KeystoreConfig::Path { path, password } => Ok((path, password)),
			KeystoreConfig::InMemory => Err("a key must be kept in a folder".into()),
		}
	}
}

/// As it is written on the command line.
fn name(value: impl ValueEnum) -> String {
	value.to_possible_value().map_or(String::new(), |value| value.get_name().into())
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_runtime::traits::OpaqueKeys;
	use std::collections::BTreeSet;

	#[test]
	fn every_session_key_of_the_runtime_can_be_inserted_and_no_other() {
		let known = Purpose::value_variants().iter().map(|purpose| purpose.key_type());
		let needed = winddown_runtime::SessionKeys::key_ids().iter().copied();
		assert_eq!(known.map(|id| id.0).collect::<BTreeSet<_>>(), needed.map(|id| id.0).collect());
	}
}
