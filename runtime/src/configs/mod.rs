//! What each pallet of the runtime is set to, one file per concern.

pub mod acting;
pub mod consensus;
pub mod creditors;
pub mod governance;
pub mod system;
