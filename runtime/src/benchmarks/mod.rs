//! The benchmarks from which the weights of this runtime are generated, see `scripts/weights.sh`.
//!
//! They run on the state of the development preset. What a pallet's benchmarks need of its
//! neighbours is made here by the neighbours' own calls, so that it is what a chain would hold.

mod cases;
mod creditors;
mod institutions;

use crate::*;
use alloc::string::String;
use frame_benchmarking::{
	baseline, define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList,
};
use frame_support::traits::{StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensions, Pallet as SystemBenchmarks,
};

// Pallets of the SDK keep the SDK's weights; these benchmarks tell how a machine compares. Those of
// the council, multisig and proxy cannot run here: nobody sets the council's members by a call, and
// there are no deposits.
define_benchmarks!(
	[frame_benchmarking, baseline::Pallet::<Runtime>]
	[frame_system, SystemBenchmarks::<Runtime>]
	[frame_system_extensions, SystemExtensions::<Runtime>]
	[pallet_cases, Cases]
	[pallet_claims, Claims]
	[pallet_committee_election, CommitteeElection]
	[pallet_consortium, Consortium]
	[pallet_evidence, Evidence]
	[pallet_identity_registry, IdentityRegistry]
	[pallet_intents, Intents]
	[pallet_node_permission, NodePermission]
	[pallet_polls, Polls]
	[pallet_preimage, Preimage]
	[pallet_repayment_vote, RepaymentVote]
	[pallet_scheduler, Scheduler]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_utility, Utility]
	[pallet_validator_set, ValidatorSet]
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
	let mut whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	// Every block begins with the inherent that writes the time, so that nobody reads it from disk.
	whitelist.push(pallet_timestamp::Now::<Runtime>::hashed_key().to_vec().into());
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// What the pallets' benchmarks need of this runtime.
pub struct Helper;
