//! The database of a node: whether there is one, whether it is free, and whether it is of the chain that the node shall
//! run.

use crate::{disk, executor::Executor, service::Backend};
use codec::Decode;
use rustix::{
	fs::{flock, FlockOperation},
	io::Errno,
};
use sc_chain_spec::BuildGenesisBlock;
use sc_client_api::{in_mem, Backend as _, HeaderBackend};
use sc_consensus_grandpa::GrandpaPruningFilter;
use sc_service::{Configuration, Error, GenesisBlockBuilder, PruningMode};
use sp_blockchain::Error as ChainError;
use sp_core::storage::Storage;
use sp_crypto_hashing::twox_128;
use sp_runtime::traits::Block as _;
use std::{
	fs::File,
	io::{self, ErrorKind},
	path::Path,
	sync::Arc,
};
use winddown_runtime::{opaque::Block, BlockNumber, Hash};

/// Makes the first block of a chain.
pub type Genesis = GenesisBlockBuilder<Block, Backend, Executor>;

/// Whether a node has run on this base path and chain.
pub fn is_there(config: &Configuration) -> bool {
	// ParityDB's own file, which it writes first.
	config.database.path().is_some_and(|path| path.join("metadata").exists())
}

/// Fails when no node has run on this base path and chain yet: opening a database would make one, and what it
/// tells or does would be of no chain.
pub fn ensure_there(config: &Configuration) -> Result<(), Error> {
	let Some(path) = config.database.path() else { return Ok(()) };
	if is_there(config) {
		return Ok(());
	}
	refuse(
		ErrorKind::NotFound,
		format!(
			"There is no database at {}: no node has run yet with this --base-path and the chain `{}`",
			path.display(),
			config.chain_spec.id()
		),
	)
}

/// Fails when another process has the database open.
pub fn ensure_free(config: &Configuration) -> Result<(), Error> {
	config.database.path().map_or(Ok(()), ensure_unlocked)
}

fn ensure_unlocked(path: &Path) -> Result<(), Error> {
	// ParityDB's own file, which it locks as long as it is open.
	let Ok(lock) = File::open(path.join("lock")) else { return Ok(()) };
	match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
		Err(Errno::WOULDBLOCK) => refuse(
			ErrorKind::ResourceBusy,
			format!(
				"Another node or command uses the database at {}: end it, or choose another --base-path",
				path.display()
			),
		),
		// What else may be wrong with the file, ParityDB says.
		_ => Ok(()),
	}
}

/// Opens the database, or makes it.
pub fn open(config: &Configuration) -> Result<Arc<Backend>, Error> {
	if let Some(folder) = config.database.path() {
		disk::ensure_room(folder)?;
	}
	ensure_free(config)?;
	match open_as(config, config.state_pruning.clone()) {
		// Without a wish of ours the database's own way is taken.
		Err(ChainError::StateDatabase(_))
			if config.state_pruning.is_some() && open_as(config, None).is_ok() =>
		{
			refuse(ErrorKind::InvalidInput, other_states(config))
		}
		Err(error) => {
			let place = place(config);
			Err(Error::Other(format!("The database at {place} cannot be opened: {error}")))
		}
		Ok(backend) => Ok(backend),
	}
}

fn open_as(
	config: &Configuration,
	states: Option<PruningMode>,
) -> Result<Arc<Backend>, ChainError> {
	let mut settings = config.db_config();
	settings.state_pruning = states;
	// A node that prunes keeps the blocks that prove a change of validators.
	settings.pruning_filters = vec![Arc::new(GrandpaPruningFilter)];
	sc_service::new_db_backend(settings)
}

fn other_states(config: &Configuration) -> String {
	format!(
		"The database at {} was made with another --state-pruning, and keeps it. Leave the flag out to go on with \
		 it; for the other way delete the database with `purge-chain` and let the node make it anew, or choose \
		 another --base-path",
		place(config)
	)
}

fn place(config: &Configuration) -> String {
	config.database.path().map_or(String::new(), |path| path.display().to_string())
}

/// Fails when a specification holds the state of a chain that has run: its blocks would have to begin with the number
/// that stands there.
fn ensure_of_no_running_chain(storage: &Storage) -> Result<(), Error> {
	let key = [twox_128(b"System"), twox_128(b"Number")].concat();
	let number = storage.top.get(&key).and_then(|value| BlockNumber::decode(&mut &value[..]).ok());
	match number {
		None | Some(0) => Ok(()),
		Some(number) => refuse(
			ErrorKind::InvalidInput,
			format!(
				"This specification is the state of a running chain at its block {number}, as `export-state` writes \
				 it: no chain starts from it. Start with the specification of that network"
			),
		),
	}
}

/// The hash of the first block of a chain, which is the identity of its network.
pub fn genesis_hash(storage: Storage, executor: &Executor) -> Result<Hash, Error> {
	ensure_of_no_running_chain(&storage)?;
	let memory = Arc::new(in_mem::Backend::<Block>::new());
	let (block, _): (Block, _) =
		GenesisBlockBuilder::new_with_storage(storage, true, memory, executor.clone())?
			.build_genesis_block()?;
	Ok(block.header().hash())
}

/// Fails when a database is of another chain than the specification, whatever the names of both.
///
/// Gives back what makes the first block of a new database, and the hash of that block.
pub fn same_chain(
	config: &Configuration,
	backend: &Arc<Backend>,
	executor: &Executor,
) -> Result<(Genesis, Hash), Error> {
	let storage = config.chain_spec.as_storage_builder().build_storage().map_err(Error::Other)?;
	let expected = genesis_hash(storage.clone(), executor)?;
	let kept = backend.blockchain().info().genesis_hash;
	// A database that was just made knows no block.
	if kept != Hash::default() && kept != expected {
		let place = place(config);
		return refuse(
			ErrorKind::InvalidData,
			format!(
				"The database at {place} is of another network: its first block is {kept:?}, that of the chain `{}` \
				 is {expected:?}. Start with the specification of that network, or with another --base-path; \
				 `purge-chain` deletes the database",
				config.chain_spec.name()
			),
		);
	}
	let (backend, executor) = (backend.clone(), executor.clone());
	let genesis = Genesis::new_with_storage(storage, !config.no_genesis(), backend, executor)?;
	Ok((genesis, expected))
}

fn refuse<T>(kind: ErrorKind, message: String) -> Result<T, Error> {
	Err(Error::Io(io::Error::new(kind, message)))
}
