//! The Winddown runtime: which pallets there are, in which order, and under which index.
//!
//! What each pallet is set to stands in [`configs`], one file per concern; what a node asks of the runtime
//! in [`apis`]; with which state a chain begins in [`genesis_config_presets`].

#![cfg_attr(not(feature = "std"), no_std)]
// The runtime's outermost types nest every pallet's types.
#![recursion_limit = "512"]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

pub mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod genesis_config_presets;
pub mod no_currency;
pub mod payment;

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{
	generic, impl_opaque_keys,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiAddress, MultiSignature,
};
use sp_version::RuntimeVersion;

pub use apis::{RuntimeApi, RUNTIME_API_VERSIONS};

/// Signature of an institution's transaction: sr25519, ed25519 or ECDSA.
pub type Signature = MultiSignature;
/// Account of an institution, the public key behind a [`Signature`] or its hash.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// How a transaction names an account. There is no account index.
pub type Address = MultiAddress<AccountId, ()>;
/// Unit of the balances that some SDK pallets ask for. The chain has none, see [`no_currency`].
pub type Balance = u128;
/// Height of a block.
pub type BlockNumber = u32;
/// Number of transactions that an account has made.
pub type Nonce = u32;
/// Hash of blocks, transactions and state.
pub type Hash = sp_core::H256;
/// Milliseconds since the Unix epoch.
pub type Moment = u64;

/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block of this chain.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// A block with its justifications.
pub type SignedBlock = generic::SignedBlock<Block>;
/// Reference to a block.
pub type BlockId = generic::BlockId<Block>;

/// Checks of an institution's transaction.
///
/// Each one has name and bytes of a standard one, or carries no data, neither explicit nor implicit: the clients
/// of docs/clients.md sign and show with no code of ours.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	pallet_consortium::CheckAdmission<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckMortality<Runtime>,
	pallet_consortium::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	payment::ChargeTransactionPayment,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// A transaction or an inherent, as it stands in a block.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What an institution signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// The checks of a transaction that its signer makes with `nonce` and that lives for `era`.
pub fn tx_extension(nonce: Nonce, era: generic::Era) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		pallet_consortium::CheckAdmission::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckMortality::from(era),
		pallet_consortium::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		payment::ChargeTransactionPayment::default(),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// Storage migrations of this release, in the order in which they run.
pub type Migrations = ();

/// Runs blocks and transactions.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

/// Types for code that handles blocks and keys without looking into them, as the node does.
pub mod opaque {
	use super::*;

	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
	/// A block whose extrinsics are bytes.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// Reference to a block.
	pub type BlockId = generic::BlockId<Block>;
}

impl_opaque_keys! {
	/// The keys by which an institution's node authors and finalises blocks.
	pub struct SessionKeys {
		pub aura: Aura,
		pub grandpa: Grandpa,
	}
}

/// Version of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("winddown"),
	impl_name: Cow::Borrowed("winddown-node"),
	authoring_version: 1,
	spec_version: 1,
	impl_version: 1,
	apis: RUNTIME_API_VERSIONS,
	transaction_version: 1,
	// Values lie in their leaf and not in a node of their own: each read of a page takes one lookup less.
	system_version: 0,
};

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Runtime;

	// System.
	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(3)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(4)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(5)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(6)]
	pub type Proxy = pallet_proxy;

	// Governance. The consortium brings the institutions' accounts to life and seats the council.
	#[runtime::pallet_index(10)]
	pub type Consortium = pallet_consortium;
	#[runtime::pallet_index(11)]
	pub type Council = pallet_collective<Instance1>;
	#[runtime::pallet_index(19)]
	pub type Sudo = pallet_sudo;

	// Consensus. Aura checks a block against the authorities before a new session changes them.
	#[runtime::pallet_index(20)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(21)]
	pub type ValidatorSet = pallet_validator_set;
	#[runtime::pallet_index(22)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(23)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(24)]
	pub type NodePermission = pallet_node_permission;

	// The wind-down.
	#[runtime::pallet_index(30)]
	pub type Cases = pallet_cases;
	#[runtime::pallet_index(31)]
	pub type IdentityRegistry = pallet_identity_registry;
	#[runtime::pallet_index(32)]
	pub type Claims = pallet_claims;
	#[runtime::pallet_index(33)]
	pub type Intents = pallet_intents;
	#[runtime::pallet_index(34)]
	pub type Polls = pallet_polls;
	#[runtime::pallet_index(35)]
	pub type CommitteeElection = pallet_committee_election;
	#[runtime::pallet_index(36)]
	pub type RepaymentVote = pallet_repayment_vote;
	#[runtime::pallet_index(37)]
	pub type Evidence = pallet_evidence;
}
