//! `benchmark pallet` of the SDK with the host functions of our node.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sp_runtime::traits::BlakeTwo256;
use winddown_host::signatures;

fn main() -> sc_cli::Result<()> {
	env_logger::init();
	PalletCmd::parse().run_with_spec::<BlakeTwo256, signatures::HostFunctions>(None)
}
