//! The benchmarks from which the weights of this runtime are generated.

use crate::{Runtime, System};
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{
	baseline, define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList, Benchmarking,
};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensions, Pallet as SystemBenchmarks,
};

use crate::*;

define_benchmarks!(
	[frame_benchmarking, baseline::Pallet::<Runtime>]
	[frame_system, SystemBenchmarks::<Runtime>]
	[frame_system_extensions, SystemExtensions::<Runtime>]
	[pallet_collective, Council]
	[pallet_multisig, Multisig]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_scheduler, Scheduler]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_utility, Utility]
);

impl frame_system_benchmarking::Config for Runtime {}
impl baseline::Config for Runtime {}

/// Which benchmarks there are, and which storage they may touch.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs one benchmark.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}
