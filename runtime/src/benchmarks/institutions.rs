//! Institutions in every role, a busy council, and the keys of validators.

use super::Helper;
use crate::*;
use alloc::{boxed::Box, vec};
use codec::Encode;
use frame_benchmarking::account;
use frame_support::traits::Get;
use pallet_consortium::{InstitutionName, Institutions, MAX_NAME};
use sp_core::{crypto::UncheckedFrom, ed25519, sr25519};
use sp_runtime::traits::{Hash as _, OpaqueKeys};
use winddown_primitives::{Role, Roles};

/// The whole council.
pub(super) fn council() -> RuntimeOrigin {
	pallet_collective::RawOrigin::Members(3, 3).into()
}

/// An institution that holds `role` and no other, another one for each `seed`.
pub(super) fn holder(role: Role, seed: u32) -> AccountId {
	let roles = Roles::new(&[role]);
	let who: AccountId = account("institution", roles.bits().into(), seed);
	if !Institutions::<Runtime>::contains_key(&who) {
		let name = InstitutionName::new(&"a".repeat(MAX_NAME as usize)).expect("it is plain");
		Consortium::admit(council(), who.clone(), name, roles).expect("there is room for it");
	}
	who
}

/// The origin of the first institution that holds `role`.
pub(super) fn signed(role: Role) -> RuntimeOrigin {
	RuntimeOrigin::signed(holder(role, 0))
}

impl pallet_consortium::benchmarking::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn council_origin() -> RuntimeOrigin {
		council()
	}

	/// Every member votes for every motion, so that a member who leaves takes back as many votes.
	fn fill_council_agenda(members: &[AccountId]) {
		type Instance = configs::governance::CouncilInstance;
		let most = <Runtime as pallet_collective::Config<Instance>>::MaxProposals::get();
		let Some(proposer) = members.first() else { return };
		for index in 0..most {
			let remark = index.to_le_bytes().to_vec();
			let motion = RuntimeCall::System(frame_system::Call::remark { remark });
			let (hash, length) = (BlakeTwo256::hash_of(&motion), motion.encoded_size() as u32);
			let threshold = members.len() as u32;
			let proposer = RuntimeOrigin::signed(proposer.clone());
			Council::propose(proposer, threshold, Box::new(motion), length)
				.expect("the agenda has room");
			for member in members {
				let member = RuntimeOrigin::signed(member.clone());
				Council::vote(member, hash, index, true).expect("the motion is open");
			}
		}
	}
}

impl pallet_node_permission::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn manage_origin() -> RuntimeOrigin {
		council()
	}

	fn institution() -> AccountId {
		holder(Role::Arbiter, 0)
	}
}

impl pallet_validator_set::BenchmarkHelper<RuntimeOrigin, AccountId> for Helper {
	fn manage_origin() -> RuntimeOrigin {
		council()
	}

	fn institution_with_keys(seed: u32) -> AccountId {
		let who = holder(Role::Arbiter, seed);
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
