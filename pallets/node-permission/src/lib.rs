//! # Node permission
//!
//! The list of nodes that may take part in the network, each with the institution that owns it.
//! The council permits and revokes peers; nodes ask for the list through [`NodePermissionApi`]. The
//! node of this release does not act on it yet.
//!
//! | call | the peer | generation |
//! |---|---|---|
//! | `permit` | is on the list | one more |
//! | `revoke` | is off the list | one more |
//! | `revoke_institution` | all peers of it are off the list | one more |
//!
//! Example: an arbitration institution joins with two nodes. The council permits both peer ids;
//! one day the institution leaves, and one `revoke_institution` takes both off the list.
//!
//! The list governs participation, not confidentiality: a node's port answers block requests of
//! anyone who reaches it, so a firewall or VPN belongs in front of it.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

use alloc::{string::String, vec::Vec};
use frame_support::{
	dispatch::{DispatchResult, DispatchResultWithPostInfo},
	ensure,
	traits::{Contains, Get},
};
use sp_runtime::DispatchError;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(any(test, feature = "runtime-benchmarks"))]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who may change the list.
		type ManageOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The institutions that may own a node.
		type Institutions: Contains<Self::AccountId>;
		/// Most peers on the list.
		#[pallet::constant]
		type MaxPeers: Get<u32>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What benchmarks need.
		#[cfg(any(test, feature = "runtime-benchmarks"))]
		type BenchmarkHelper: BenchmarkHelper<Self::RuntimeOrigin, Self::AccountId>;
	}

	/// The permitted peers, and the institution that owns each.
	// Peer ids come from outside, so the key is hashed cryptographically.
	#[pallet::storage]
	pub type Peers<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, PeerId, T::AccountId, OptionQuery>;

	/// Raised by one whenever the list changes, so that a node sees a change by one read.
	#[pallet::storage]
	pub type Generation<T: Config> = StorageValue<_, u64, ValueQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A peer may connect.
		PeerPermitted {
			/// The peer id.
			peer: PeerId,
			/// The institution that owns the node.
			institution: T::AccountId,
			/// The generation of the list that has it.
			generation: u64,
		},
		/// A peer may no longer connect.
		PeerRevoked {
			/// The peer id.
			peer: PeerId,
			/// The institution that owns the node.
			institution: T::AccountId,
			/// The generation of the list without it.
			generation: u64,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The text is no libp2p peer id. Give it as the node prints it when it starts: 12D3KooW and 44 more
		/// letters and digits for an ed25519 key, or Qm and 44 more.
		MalformedPeerId,
		/// The owner is no institution in good standing. Admit the institution first.
		NotInstitution,
		/// The peer is on the list already. Revoke it first to change its owner.
		AlreadyPermitted,
		/// The peer, or any peer of the institution, is not on the list. Name one that is.
		NotPermitted,
		/// The list is full. Revoke a peer first.
		MaxPeersExceeded,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The first peers, each with its owner.
		pub peers: Vec<(PeerId, T::AccountId)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				self.peers.len() <= T::MaxPeers::get() as usize,
				"genesis names more peers than MaxPeers"
			);
			for (peer, institution) in &self.peers {
				assert!(peer.is_sound(), "genesis has a malformed peer id");
				assert!(!Peers::<T>::contains_key(peer), "genesis names a peer twice");
				Peers::<T>::insert(peer, institution);
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxPeers::get() > 0, "a network needs room for a peer");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight(<T as Config>::WeightInfo))]
	impl<T: Config> Pallet<T> {
		/// Permits a peer to connect.
		///
		/// It counts once the block is finalised. The origin must be `ManageOrigin`.
		///
		/// - `peer`: its peer id as the node prints it, such as
		///   `12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp`.
		/// - `institution`: who owns the node.
		///
		/// Emits `PeerPermitted`. Fails with `MalformedPeerId`, `NotInstitution`, `AlreadyPermitted` or
		/// `MaxPeersExceeded`.
		#[pallet::call_index(0)]
		pub fn permit(
			origin: OriginFor<T>,
			// Any text is taken and refused by name: what cannot be decoded reads as a fault of the node.
			peer: String,
			institution: T::AccountId,
		) -> DispatchResult {
			T::ManageOrigin::ensure_origin(origin)?;
			Self::do_permit(Self::peer(&peer)?, institution)
		}

		/// Revokes a peer.
		///
		/// It counts once the block is finalised. The origin must be `ManageOrigin`.
		///
		/// - `peer`: its peer id, as above.
		///
		/// Emits `PeerRevoked`. Fails with `MalformedPeerId` or `NotPermitted`.
		#[pallet::call_index(1)]
		pub fn revoke(origin: OriginFor<T>, peer: String) -> DispatchResult {
			T::ManageOrigin::ensure_origin(origin)?;
			Self::do_revoke(Self::peer(&peer)?)
		}

		/// Revokes every peer of an institution, as when it leaves.
		///
		/// The origin must be `ManageOrigin`.
		///
		/// - `institution`: the owner, which need not be an institution any more.
		///
		/// Emits `PeerRevoked` for each. Fails with `NotPermitted` when it has no peer.
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::revoke_institution(T::MaxPeers::get()))]
		pub fn revoke_institution(
			origin: OriginFor<T>,
			institution: T::AccountId,
		) -> DispatchResultWithPostInfo {
			T::ManageOrigin::ensure_origin(origin)?;
			let listed = Peers::<T>::count();
			ensure!(Self::forget_institution(&institution) > 0, Error::<T>::NotPermitted);
			Ok(Some(<T as Config>::WeightInfo::revoke_institution(listed)).into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The institution that owns a permitted peer.
		pub fn owner(peer: String) -> Option<T::AccountId> {
			Peers::<T>::get(PeerId::new(&peer)?)
		}

		/// The permitted peers of an institution, in the order of their texts.
		pub fn peers_of(institution: T::AccountId) -> Vec<PeerId> {
			let mut peers: Vec<_> = Peers::<T>::iter()
				.filter_map(|(peer, owner)| (owner == institution).then_some(peer))
				.collect();
			peers.sort();
			peers
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The generation of the list, for [`NodePermissionApi`].
	pub fn generation() -> u64 {
		Generation::<T>::get()
	}

	/// All permitted peers in ascending order, for [`NodePermissionApi`].
	pub fn peers() -> Vec<Vec<u8>> {
		let mut peers: Vec<_> = Peers::<T>::iter_keys().map(|peer| peer.multihash()).collect();
		peers.sort();
		peers
	}

	/// Revokes every peer of `institution` and returns how many there were. For whoever removes an
	/// institution; it reads the whole list.
	pub fn forget_institution(institution: &T::AccountId) -> u32 {
		let peers = Self::peers_of(institution.clone());
		if peers.is_empty() {
			return 0;
		}
		let generation = Self::raise_generation();
		let count = peers.len() as u32;
		for peer in peers {
			Peers::<T>::remove(&peer);
			let institution = institution.clone();
			Self::deposit_event(Event::PeerRevoked { peer, institution, generation });
		}
		count
	}

	/// The peer id that a call gives.
	fn peer(text: &str) -> Result<PeerId, DispatchError> {
		Ok(PeerId::new(text).ok_or(Error::<T>::MalformedPeerId)?)
	}

	fn do_permit(peer: PeerId, institution: T::AccountId) -> DispatchResult {
		ensure!(T::Institutions::contains(&institution), Error::<T>::NotInstitution);
		ensure!(!Peers::<T>::contains_key(&peer), Error::<T>::AlreadyPermitted);
		ensure!(Peers::<T>::count() < T::MaxPeers::get(), Error::<T>::MaxPeersExceeded);
		Peers::<T>::insert(&peer, &institution);
		let generation = Self::raise_generation();
		Self::deposit_event(Event::PeerPermitted { peer, institution, generation });
		Ok(())
	}

	fn do_revoke(peer: PeerId) -> DispatchResult {
		let institution = Peers::<T>::take(&peer).ok_or(Error::<T>::NotPermitted)?;
		let generation = Self::raise_generation();
		Self::deposit_event(Event::PeerRevoked { peer, institution, generation });
		Ok(())
	}

	fn raise_generation() -> u64 {
		Generation::<T>::mutate(|generation| {
			*generation = generation.saturating_add(1);
			*generation
		})
	}
}
