//! What each command of the node does.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand},
	database,
	executor::Executor,
	secrets,
	service::{self, Components, ImportQueue},
	stopping::{Closing, Starting},
	votes::{self, Lacking},
};
use sc_cli::{CliConfiguration, Result, SubstrateCli};
use sc_network::config::NetworkBackendType;
use sc_service::{Configuration, PruningMode, TaskManager};
use sp_core::{ed25519, Pair, H256};
use std::future::Future;
use winddown_runtime::{genesis_config_presets::Institution, opaque::Block};

/// What `export-state` says before it begins, since it works for minutes on a large chain.
const STATE_STARTS_NO_CHAIN: &str =
	"What this writes is for looking at the state: no chain starts from it, because \
	its blocks are numbered already. A new chain starts from what `export-chain-spec` writes";

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"Winddown Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		concat!(env!("CARGO_PKG_REPOSITORY"), "/issues").into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> std::result::Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// Does what the command line asks for.
pub fn run() -> Result<()> {
	let cli = Cli::from_args();

	match &cli.subcommand {
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.sdk.run(cli.load_spec(cmd.chain())?),
		Some(Subcommand::GenesisHash(cmd)) => {
			let storage = cli.load_spec(&cmd.chain)?.as_storage_builder().build_storage()?;
			println!("{:?}", database::genesis_hash(storage, &Executor::default())?);
			Ok(())
		}
		Some(Subcommand::CheckBlock(cmd)) => {
			with_kept_chain(&cli, cmd, |chain, queue, _| cmd.run(chain.client, queue))
		}
		Some(Subcommand::ExportBlocks(cmd)) => {
			with_kept_chain(&cli, cmd, |chain, _, config| cmd.run(chain.client, config.database))
		}
		Some(Subcommand::ImportBlocks(cmd)) => {
			with_chain(&cli, cmd, |chain, queue, _| cmd.run(chain.client, queue))
		}
		Some(Subcommand::ExportState(cmd)) => {
			eprintln!("{STATE_STARTS_NO_CHAIN}");
			with_kept_chain(&cli, cmd, |chain, _, config| cmd.run(chain.client, config.chain_spec))
		}
		Some(Subcommand::Revert(cmd)) => with_kept_chain(&cli, cmd, |chain, _, _| {
			let finality = Box::new(|client, _, blocks| Ok(votes::revert(&client, blocks)?));
			cmd.run(chain.client, chain.backend, Some(finality))
		}),
		Some(Subcommand::PurgeChain(cmd)) => cli.create_runner(cmd)?.sync_run(|config| {
			database::ensure_free(&config)?;
			let mark = votes::mark(&config);
			cmd.run(config.database)?;
			if let Some(advice) = votes::after_purge(&mark) {
				eprintln!("{advice}");
			}
			Ok(())
		}),
		Some(Subcommand::ChainInfo(cmd)) => cli.create_runner(cmd)?.sync_run(|config| {
			database::ensure_there(&config)?;
			database::ensure_free(&config)?;
			cmd.run::<Block>(&config)
		}),
		None => run_node(&cli),
	}
}

/// Runs a command that works on the chain in the database, without a network. There must be one.
fn with_kept_chain<'a, Cmd, Work, Done>(cli: &Cli, cmd: &'a Cmd, work: Work) -> Result<()>
where
	Cmd: CliConfiguration,
	Work: FnOnce(Components, ImportQueue, Configuration) -> Done + 'a,
	Done: Future<Output = Result<()>> + 'a,
{
	cli.create_runner(cmd)?.async_run(|config| {
		database::ensure_there(&config)?;
		on_chain(config, work)
	})
}

/// Runs a command that works on the chain in the database, which it makes if there is none.
fn with_chain<'a, Cmd, Work, Done>(cli: &Cli, cmd: &'a Cmd, work: Work) -> Result<()>
where
	Cmd: CliConfiguration,
	Work: FnOnce(Components, ImportQueue, Configuration) -> Done + 'a,
	Done: Future<Output = Result<()>> + 'a,
{
	cli.create_runner(cmd)?.async_run(|config| on_chain(config, work))
}

fn on_chain<Work, Done>(config: Configuration, work: Work) -> Result<(Done, TaskManager)>
where
	Work: FnOnce(Components, ImportQueue, Configuration) -> Done,
{
	let starting = Starting::begin()?;
	let (components, import_queue, task_manager) = service::components(&config)?;
	drop(starting);
	Ok((work(components, import_queue, config), task_manager))
}

fn run_node(cli: &Cli) -> Result<()> {
	let mut run = cli.run.clone();
	let institution = acting_institution(cli)?;
	if let Some(institution) = institution {
		run.validator = true;
		run.name.get_or_insert_with(|| institution.name().into());
		let node_key = &mut run.network_params.node_key_params;
		if node_key.node_key_file.is_none() && node_key.node_key.is_none() {
			node_key.node_key = Some(well_known_node_key(institution)?);
		}
	}

	let is_development = run.shared_params.dev;
	let password_file = run.keystore_params.password_filename.clone();
	let closing = Closing::default();
	let closing_of_node = closing.clone();

	let lacking = if cli.vote_at_once { Lacking::VoteAtOnce } else { Lacking::Abstain };
	let ended = cli.create_runner(&run)?.run_node_until_exit(|mut config| async move {
		let starting = Starting::begin()?;
		if let Some(institution) = institution {
			config.dev_key_seed = Some(format!("//{}", institution.name()));
		}
		if is_development && !database::is_there(&config) {
			// So that the work on one machine has proofs of every block. A database that is there goes its own way.
			config.state_pruning.get_or_insert(PruningMode::ArchiveAll);
		}
		secrets::warn_of_open_files(&config, password_file.as_deref());
		let running = start(config, lacking, &closing_of_node);
		drop(starting);
		running.map_err(sc_cli::Error::Service)
	});
	closing.wait();
	ended
}

fn start(
	config: Configuration,
	lacking: Lacking,
	closing: &Closing,
) -> std::result::Result<TaskManager, sc_service::Error> {
	use sc_network::{Litep2pNetworkBackend, NetworkWorker};
	match config.network.network_backend {
		NetworkBackendType::Libp2p => {
			service::start::<NetworkWorker<Block, _>>(config, lacking, closing)
		}
		NetworkBackendType::Litep2p => {
			service::start::<Litep2pNetworkBackend>(config, lacking, closing)
		}
	}
}

/// The institution of a preset whose well-known keys the node shall use, if any.
fn acting_institution(cli: &Cli) -> Result<Option<Institution>> {
	let shared = &cli.run.shared_params;
	if cli.run.get_keyring().is_some() {
		return Err(
			"Alice, Bob and their like are of other chains: say --institution <NAME>".into()
		);
	}
	if shared.chain.is_none() && !shared.dev {
		return Err("Say which chain: --dev, --chain local, or --chain <SPEC FILE>".into());
	}

	let chain = cli.load_spec(&shared.chain_id(shared.dev))?;
	let well_known = chain_spec::has_well_known_keys(chain.id());
	match cli.institution {
		Some(_) if !well_known => {
			Err("--institution is for the chains `development` and `local`, whose keys everybody \
				knows; on this chain insert your own keys with `key insert`"
				.into())
		}
		None if well_known && shared.dev => Ok(Some(Institution::Association)),
		chosen => Ok(chosen),
	}
}

/// The secret of the institution's peer id, as `--node-key` wants it.
fn well_known_node_key(institution: Institution) -> Result<String> {
	let path = format!("//{}", institution.node_key_path());
	let pair = ed25519::Pair::from_string(&path, None)
		.map_err(|error| format!("the node key {path} does not derive: {error:?}"))?;
	Ok(format!("{:x}", H256::from(pair.seed())))
}
