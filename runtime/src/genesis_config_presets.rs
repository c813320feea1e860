//! With which state a chain begins.
//!
//! Both presets found their institutions on well-known development keys (`//Regulator` and so on, see [`Institution`]).
//! Never start a real network from them.

use crate::{
	AccountId, CasesConfig, ConsortiumConfig, NodePermissionConfig, RuntimeGenesisConfig,
	SessionConfig, SessionKeys, SudoConfig, ValidatorSetConfig,
};
use alloc::{format, string::String, vec, vec::Vec};
use frame_support::build_struct_json_patch;
use pallet_cases::MinimumWindows;
use pallet_consortium::Founder;
use pallet_node_permission::{ed25519_peer_id, PeerId};
use serde_json::Value;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{crypto::get_public_from_string_or_panic, ed25519, sr25519};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use winddown_primitives::Role;

/// An institution of the presets. Its keys derive from its name: `//Regulator` for [`Institution::Regulator`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Institution {
	Regulator,
	Association,
	Operator,
	Registrar,
	Platform,
	ArbiterOne,
	ArbiterTwo,
}

impl Institution {
	/// Every institution of the presets.
	pub const ALL: [Self; 7] = [
		Self::Regulator,
		Self::Association,
		Self::Operator,
		Self::Registrar,
		Self::Platform,
		Self::ArbiterOne,
		Self::ArbiterTwo,
	];

	/// The derivation path of its keys, without the two slashes.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Regulator => "Regulator",
			Self::Association => "Association",
			Self::Operator => "Operator",
			Self::Registrar => "Registrar",
			Self::Platform => "Platform",
			Self::ArbiterOne => "ArbiterOne",
			Self::ArbiterTwo => "ArbiterTwo",
		}
	}

	/// Its account: the sr25519 key of its name.
	pub fn account(self) -> AccountId {
		AccountId::new(get_public_from_string_or_panic::<sr25519::Public>(self.name()).0)
	}

	/// What it may do. The regulator, the association and the operator are the council.
	pub const fn roles(self) -> &'static [Role] {
		match self {
			Self::Regulator => &[Role::Regulator, Role::Council],
			Self::Association => &[Role::Association, Role::Council],
			Self::Operator => &[Role::Operator, Role::Council],
			Self::Registrar => &[Role::Registrar],
			Self::Platform => &[Role::Platform],
			Self::ArbiterOne | Self::ArbiterTwo => &[Role::Arbiter],
		}
	}

	/// The keys by which its node authors and finalises: sr25519 for Aura, ed25519 for GRANDPA.
	pub fn session_keys(self) -> SessionKeys {
		SessionKeys {
			aura: get_public_from_string_or_panic::<AuraId>(self.name()),
			grandpa: get_public_from_string_or_panic::<GrandpaId>(self.name()),
		}
	}

	/// The derivation path of its node's libp2p key (ed25519), without the first two slashes.
	pub fn node_key_path(self) -> String {
		format!("{}//node", self.name())
	}

	/// The peer id of its node.
	pub fn peer_id(self) -> PeerId {
		ed25519_peer_id(get_public_from_string_or_panic::<ed25519::Public>(&self.node_key_path()).0)
	}

	fn founder(self) -> Founder<AccountId> {
		Founder { account: self.account(), name: self.name().into(), roles: self.roles().to_vec() }
	}
}

/// The shortest windows of a case on a chain for trying things out. A real chain's are days: 10
/// working days of notice, 15 days before a creditors' meeting (domain.md section 2.2).
const MINIMUM_WINDOWS: MinimumWindows =
	MinimumWindows { notice: 3_000, confirmation: 6_000, voting: 6_000, review: 3_000 };

/// One validator and a superuser, for work on one machine.
fn development() -> Value {
	genesis(&[Institution::Association], 1, Some(Institution::Regulator))
}

/// Four validators, so that one may fail, and no superuser.
fn local_testnet() -> Value {
	let validators = [
		Institution::Association,
		Institution::Operator,
		Institution::ArbiterOne,
		Institution::ArbiterTwo,
	];
	genesis(&validators, 3, None)
}

fn genesis(validators: &[Institution], minimum: u32, superuser: Option<Institution>) -> Value {
	let founders = Institution::ALL.map(Institution::founder).to_vec();
	let accounts = validators.iter().map(|validator| validator.account()).collect();
	let keys = validators
		.iter()
		.map(|validator| (validator.account(), validator.account(), validator.session_keys()))
		.collect();
	let peers = Institution::ALL.map(|owner| (owner.peer_id(), owner.account())).to_vec();

	build_struct_json_patch!(RuntimeGenesisConfig {
		consortium: ConsortiumConfig { institutions: founders },
		validator_set: ValidatorSetConfig { validators: accounts, minimum },
		session: SessionConfig { keys },
		node_permission: NodePermissionConfig { peers },
		sudo: SudoConfig { key: superuser.map(Institution::account) },
		cases: CasesConfig { minimums: MINIMUM_WINDOWS },
	})
}

/// The JSON of the preset named `id`.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let preset = match id.as_str() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	serde_json::to_vec(&preset).ok()
}

/// Names of all presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}
