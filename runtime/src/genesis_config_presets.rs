//! With which state a chain begins.
//!
//! Both presets found their institutions on well-known development keys (`//Regulator` and so on, see [`Institution`]).
//! Never start a real network from them.

use crate::{
	AccountId, CouncilConfig, RuntimeGenesisConfig, SessionConfig, SessionKeys, SudoConfig,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{crypto::get_public_from_string_or_panic, sr25519};
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

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

	/// The keys of its node: sr25519 for Aura, ed25519 for GRANDPA.
	pub fn session_keys(self) -> SessionKeys {
		SessionKeys {
			aura: get_public_from_string_or_panic::<AuraId>(self.name()),
			grandpa: get_public_from_string_or_panic::<GrandpaId>(self.name()),
		}
	}
}

/// Members of the council in both presets.
const COUNCIL: [Institution; 3] =
	[Institution::Regulator, Institution::Association, Institution::Operator];

/// One validator and a superuser, for work on one machine.
fn development() -> Value {
	genesis(&[Institution::Association], Some(Institution::Regulator))
}

/// Four validators, so that one may fail, and no superuser.
fn local_testnet() -> Value {
	genesis(
		&[
			Institution::Association,
			Institution::Operator,
			Institution::ArbiterOne,
			Institution::ArbiterTwo,
		],
		None,
	)
}

fn genesis(validators: &[Institution], superuser: Option<Institution>) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		council: CouncilConfig {
			members: COUNCIL.iter().map(|member| member.account()).collect::<Vec<_>>(),
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|validator| {
					(validator.account(), validator.account(), validator.session_keys())
				})
				.collect::<Vec<_>>(),
		},
		sudo: SudoConfig { key: superuser.map(Institution::account) },
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
