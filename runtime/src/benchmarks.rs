//! The benchmarks from which the weights of this runtime are generated.

use crate::*;
use alloc::{boxed::Box, string::String, vec::Vec};
use frame_benchmarking::{
	account, baseline, define_benchmarks, BenchmarkBatch, BenchmarkConfig, BenchmarkList,
	Benchmarking,
};
use frame_support::traits::{Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensions, Pallet as SystemBenchmarks,
};
use pallet_consortium::{Institution, Institutions, Standing};
use sp_core::{crypto::UncheckedFrom, ed25519, sr25519};
use sp_runtime::traits::{Hash as _, OpaqueKeys};
use winddown_primitives::{Role, Roles};

define_benchmarks!(
	[frame_benchmarking, baseline::Pallet::<Runtime>]
	[frame_system, SystemBenchmarks::<Runtime>]
	[frame_system_extensions, SystemExtensions::<Runtime>]
	[pallet_collective, Council]
	[pallet_consortium, Consortium]
	[pallet_multisig, Multisig]
	[pallet_node_permission, NodePermission]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
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
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// What the pallets' benchmarks need of this runtime.
pub struct Helper;

impl Helper {
	/// The whole council.
	fn council() -> RuntimeOrigin {
		pallet_collective::RawOrigin::Members(3, 3).into()
	}

	/// An institution, different for each `seed`.
	fn admit(seed: u32) -> AccountId {
		let who: AccountId = account("institution", seed, 0);
		let institution = Institution {
			name: Default::default(),
			roles: Roles::new(&[Role::Arbiter]),
			standing: Standing::Active,
		};
		if Institutions::<Runtime>::get(&who).is_none() {
			Institutions::<Runtime>::insert(&who, institution);
			System::inc_providers(&who);
		}
		who
	}
}

impl pallet_consortium::benchmarking::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn council_origin() -> RuntimeOrigin {
		Self::council()
	}

	fn fill_council_agenda(members: &[AccountId]) {
		type Instance = configs::governance::CouncilInstance;
		let most = <Runtime as pallet_collective::Config<Instance>>::MaxProposals::get();
		for index in 0..most {
			let remark = index.to_le_bytes().to_vec();
			let motion = RuntimeCall::System(frame_system::Call::remark { remark });
			let hash = BlakeTwo256::hash_of(&motion);
			let votes = pallet_collective::Votes {
				index,
				threshold: members.len() as u32,
				ayes: members.to_vec(),
				nays: Vec::new(),
				end: BlockNumber::MAX,
			};
			pallet_collective::Proposals::<Runtime, Instance>::mutate(|open| {
				// One more than fits changes nothing.
				open.try_push(hash).unwrap_or_default()
			});
			pallet_collective::ProposalOf::<Runtime, Instance>::insert(hash, motion);
			pallet_collective::Voting::<Runtime, Instance>::insert(hash, votes);
		}
	}
}

impl pallet_node_permission::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn manage_origin() -> RuntimeOrigin {
		Self::council()
	}

	fn institution() -> AccountId {
		Self::admit(0)
	}
}

impl pallet_validator_set::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn manage_origin() -> RuntimeOrigin {
		Self::council()
	}

	fn institution_with_keys(seed: u32) -> AccountId {
		let who = Self::admit(seed);
		let bytes: [u8; 32] = who.clone().into();
		let keys = SessionKeys {
			aura: sr25519::Public::unchecked_from(bytes).into(),
			grandpa: ed25519::Public::unchecked_from(bytes).into(),
		};
		// Past the call, which asks for a proof that the keys' owner signed.
		for id in SessionKeys::key_ids() {
			pallet_session::KeyOwner::<Runtime>::insert((*id, keys.get_raw(*id).to_vec()), &who);
		}
		if !pallet_session::NextKeys::<Runtime>::contains_key(&who) {
			System::inc_consumers(&who).unwrap_or_default();
		}
		pallet_session::NextKeys::<Runtime>::insert(&who, keys);
		who
	}
}
