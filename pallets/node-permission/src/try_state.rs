//! What the storage of the pallet must always look like.

use crate::*;
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let peers: Vec<_> = Peers::<T>::iter_keys().collect();
		ensure!(peers.len() as u32 == Peers::<T>::count(), "the count of peers is wrong");
		ensure!(peers.len() as u32 <= T::MaxPeers::get(), "more peers than the list may hold");
		ensure!(peers.iter().all(PeerId::is_sound), "a malformed peer id");
		Ok(())
	}
}
