//! The chains that the node knows by name. Their genesis state is a preset of the runtime.

use sc_service::{ChainType, GenericChainSpec, NoExtension, Properties};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use winddown_host::signatures;
use winddown_runtime::payment;

/// Chain specification of Winddown networks: genesis state and nothing node-specific.
pub type ChainSpec = GenericChainSpec<NoExtension, signatures::HostFunctions>;

/// Id of the chain of one node, for work on one machine.
pub const DEVELOPMENT: &str = "development";
/// Id of the chain of four validators with well-known keys.
pub const LOCAL: &str = "local";

/// Whether everybody knows the keys of this chain's institutions.
pub fn has_well_known_keys(id: &str) -> bool {
	[DEVELOPMENT, LOCAL].contains(&id)
}

/// The chain named `id`, or read from the file of that name.
pub fn load(id: &str) -> Result<ChainSpec, String> {
	match id {
		"dev" | DEVELOPMENT => development(),
		"" | LOCAL => local(),
		path => ChainSpec::from_json_file(path.into()).map_err(|error| {
			format!("'{path}' is neither a known chain nor a chain spec: {error}")
		}),
	}
}

fn development() -> Result<ChainSpec, String> {
	from_preset("Winddown Development", DEVELOPMENT, ChainType::Development, DEV_RUNTIME_PRESET)
}

fn local() -> Result<ChainSpec, String> {
	from_preset("Winddown Local", LOCAL, ChainType::Local, LOCAL_TESTNET_RUNTIME_PRESET)
}

fn from_preset(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<ChainSpec, String> {
	let code = winddown_runtime::WASM_BINARY.ok_or(
		"This node was built with SKIP_WASM_BUILD=1 and has no runtime to start a chain with",
	)?;
	Ok(ChainSpec::builder(code, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id("winddown")
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// What wallets show. The digest of the metadata covers it, too.
fn properties() -> Properties {
	[
		("tokenSymbol", payment::TOKEN_SYMBOL.into()),
		("tokenDecimals", payment::TOKEN_DECIMALS.into()),
		("ss58Format", payment::SS58_PREFIX.into()),
	]
	.into_iter()
	.map(|(key, value)| (key.into(), value))
	.collect()
}
