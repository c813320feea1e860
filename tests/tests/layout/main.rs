//! Offline verification and audit write down once more where the chain keeps what, and how. Here that
//! is compared with the runtime itself.

mod keys;
mod names;
mod values;
