//! The database of a node: whether there is one, and whether it is of the chain that the node shall run.

use crate::service::{Backend, Executor};
use sc_chain_spec::BuildGenesisBlock;
use sc_client_api::{in_mem, Backend as _, HeaderBackend};
use sc_service::{Configuration, Error, GenesisBlockBuilder};
use sp_core::storage::Storage;
use sp_runtime::traits::Block as _;
use std::{
	io::{self, ErrorKind},
	sync::Arc,
};
use winddown_runtime::{opaque::Block, Hash};

/// Makes the first block of a chain.
pub type Genesis = GenesisBlockBuilder<Block, Backend, Executor>;

/// Fails when no node has run on this base path and chain yet: opening a database would make one, and what it
/// tells or does would be of no chain.
pub fn ensure_there(config: &Configuration) -> Result<(), Error> {
	let Some(path) = config.database.path() else { return Ok(()) };
	// ParityDB's own file, which it writes first.
	if path.join("metadata").exists() {
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

/// The hash of the first block of a chain, which is the identity of its network.
pub fn genesis_hash(storage: Storage, executor: &Executor) -> Result<Hash, Error> {
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
		let place = config.database.path().map_or(String::new(), |path| path.display().to_string());
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
