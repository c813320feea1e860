//! Command line of the node.

use crate::{chain_spec::DEVELOPMENT, help, key::Key};
use sc_cli::RunCmd;
use winddown_runtime::genesis_config_presets::Institution;

/// A ballot weighs a few hundred bytes and tens of thousands arrive in the last hour of a vote, so the
/// pool is wider by default than the SDK's.
const POOL_LIMIT: &str = "100000";
const POOL_KBYTES: &str = "204800";

/// No cache of trie nodes. Ballots touch rows in random order, so at hundreds of thousands of rows keeping
/// such a cache costs more than reading ParityDB's mapped files (`make bench-ballots`).
const TRIE_CACHE: &str = "0";

/// Shortcuts of the SDK for well-known keys that no institution of our presets has.
const FOREIGN_SHORTCUTS: [&str; 8] =
	["alice", "bob", "charlie", "dave", "eve", "ferdie", "one", "two"];

#[derive(Debug, clap::Parser)]
#[command(
	mut_arg("pool_limit", |arg| arg.default_value(POOL_LIMIT)),
	mut_arg("pool_kbytes", |arg| arg.default_value(POOL_KBYTES)),
	mut_arg("trie_cache_size", |arg| arg.default_value(TRIE_CACHE)),
	mut_args(|arg| {
		let foreign = FOREIGN_SHORTCUTS.contains(&arg.get_id().as_str());
		if foreign { arg.hide(true) } else { help::describe(arg) }
	}),
	mut_subcommands(help::fit),
)]
pub struct Cli {
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	#[command(flatten)]
	pub run: RunCmd,

	/// Run the validator of this institution with its well-known keys (Association, Operator, ...).
	///
	/// Only on the chains `development` and `local`, whose keys everybody knows. Implies
	/// `--validator`, `--name` and `--node-key`. With `--dev` it is the association if nothing else
	/// is said.
	#[arg(long, value_name = "NAME", value_parser = institution)]
	pub institution: Option<Institution>,

	/// Vote on final blocks at once, although the database lacks votes that this validator gave.
	///
	/// A validator whose database was deleted, or replaced by an older one, abstains until the rounds of those
	/// votes are over. With this flag it does not: for networks whose validators all start anew, and for operators
	/// who know that those rounds are over.
	#[arg(long)]
	pub vote_at_once: bool,
}

#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Make, look at and insert keys.
	#[command(subcommand)]
	Key(Key),

	/// Write a chain's specification: plain to be edited, `--raw` to be run.
	#[command(visible_alias = "build-spec")]
	ExportChainSpec(ExportChainSpec),

	/// Tell the hash of a chain's first block, by which its nodes know each other.
	GenesisHash(GenesisHash),

	/// Execute a block of the database again.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Read blocks from a file.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Write the state at a block in the form of a raw specification, to be looked at. No chain starts from it.
	ExportState(sc_cli::ExportStateCmd),

	/// Delete the database of a chain. Keys stay.
	///
	/// With it go the votes that a validator gave, so that it abstains when it starts again, until the rounds of these
	/// votes are over.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Take back the newest blocks, as far as they are not final. A validator's votes stay.
	Revert(sc_cli::RevertCmd),

	/// Tell the best and the final block of the database.
	ChainInfo(sc_cli::ChainInfoCmd),
}

/// Writes a chain's specification.
#[derive(Debug, clap::Args)]
pub struct ExportChainSpec {
	/// That of the chain of one node, as `--chain dev`.
	#[arg(long, conflicts_with = "chain")]
	pub dev: bool,

	#[command(flatten)]
	pub sdk: sc_cli::ExportChainSpecCmd,
}

impl ExportChainSpec {
	/// The chain whose specification is written.
	pub fn chain(&self) -> &str {
		if self.dev {
			DEVELOPMENT
		} else {
			&self.sdk.chain
		}
	}
}

/// Tells the hash of a chain's first block.
#[derive(Debug, clap::Parser)]
pub struct GenesisHash {
	#[arg(long, value_name = "CHAIN_SPEC")]
	pub chain: String,
}

fn institution(name: &str) -> Result<Institution, String> {
	Institution::ALL
		.into_iter()
		.find(|institution| institution.name().eq_ignore_ascii_case(name))
		.ok_or_else(|| {
			let known: Vec<_> = Institution::ALL.iter().map(|known| known.name()).collect();
			format!("institutions of the presets are {}", known.join(", "))
		})
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	fn exported(line: &str) -> Option<String> {
		let words =
			["winddown-node", "export-chain-spec"].into_iter().chain(line.split_whitespace());
		match Cli::try_parse_from(words).ok()?.subcommand? {
			Subcommand::ExportChainSpec(cmd) => Some(cmd.chain().into()),
			_ => None,
		}
	}

	#[test]
	fn the_chain_of_one_node_is_exported_by_its_shortcut() {
		assert_eq!(exported("--dev").as_deref(), Some(DEVELOPMENT));
		assert_eq!(exported("--dev --raw").as_deref(), Some(DEVELOPMENT));
		assert_eq!(exported("").as_deref(), Some("local"));
		assert_eq!(exported("--chain x.json").as_deref(), Some("x.json"));
		assert_eq!(exported("--dev --chain local"), None, "one of the two");
	}
}
