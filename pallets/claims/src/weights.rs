//! Weights of the calls of `pallet_claims`.
//!
//! Written by `make weights` from the benchmarks on the runtime in WASM: 20 steps, at least 10
//! repeats. Proof sizes are zero, because no relay chain checks proofs of these blocks.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::{constants::ParityDbWeight, Weight}};

/// Weights of the calls of `pallet_claims`.
pub trait WeightInfo {
	fn import(p: u32) -> Weight;
	fn lock() -> Weight;
	fn confirm() -> Weight;
	fn dispute() -> Weight;
	fn confirm_by_call(n: u32) -> Weight;
	fn adjudicate() -> Weight;
	fn admit_late() -> Weight;
	fn deem_confirmed(n: u32) -> Weight;
	fn clear(p: u32) -> Weight;
}

/// Weights with the database weights of the runtime.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `IdentityRegistry::Rolls` (r:1 w:1)
	/// Storage: `IdentityRegistry::Identities` (r:9 w:9)
	/// Storage: `Claims::Entries` (r:9 w:9)
	/// `p` is from 1 to 8.
	fn import(p: u32) -> Weight {
		// Shortest run: 105_617 ns.
		Weight::from_parts(96_147_000, 0)
			.saturating_add(Weight::from_parts(51_956_000, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads(2_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:1)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `IdentityRegistry::Rolls` (r:1 w:1)
	/// Storage: `Evidence::CurrentPolicy` (r:1 w:0)
	/// Storage: `Evidence::NextRecord` (r:1 w:1)
	/// Storage: `Evidence::Known` (r:2 w:2)
	/// Storage: `Evidence::Records` (r:0 w:2)
	fn lock() -> Weight {
		// Shortest run: 95_251 ns.
		Weight::from_parts(104_955_000, 0)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:1)
	fn confirm() -> Weight {
		// Shortest run: 30_805 ns.
		Weight::from_parts(35_052_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:1)
	fn dispute() -> Weight {
		// Shortest run: 34_741 ns.
		Weight::from_parts(52_458_000, 0)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:256 w:256)
	/// `n` is from 1 to 256.
	fn confirm_by_call(n: u32) -> Weight {
		// Shortest run: 54_691 ns.
		Weight::from_parts(94_677_086, 0)
			.saturating_add(Weight::from_parts(7_566_258, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:1 w:1)
	/// Storage: `Claims::Adjusted` (r:1 w:1)
	fn adjudicate() -> Weight {
		// Shortest run: 58_697 ns.
		Weight::from_parts(62_212_000, 0)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `IdentityRegistry::Rolls` (r:1 w:1)
	/// Storage: `IdentityRegistry::Identities` (r:7 w:1)
	/// Storage: `IdentityRegistry::LateRows` (r:1 w:1)
	/// Storage: `Claims::Entries` (r:1 w:1)
	fn admit_late() -> Weight {
		// Shortest run: 133_077 ns.
		Weight::from_parts(156_411_000, 0)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `Evidence::Records` (r:1 w:0)
	/// Storage: `Claims::Entries` (r:256 w:256)
	/// `n` is from 1 to 256.
	fn deem_confirmed(n: u32) -> Weight {
		// Shortest run: 60_950 ns.
		Weight::from_parts(66_340_952, 0)
			.saturating_add(Weight::from_parts(7_929_904, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	/// Storage: `Consortium::Institutions` (r:1 w:0)
	/// Storage: `Cases::Cases` (r:1 w:0)
	/// Storage: `Claims::Rolls` (r:1 w:1)
	/// Storage: `IdentityRegistry::Rolls` (r:1 w:1)
	/// Storage: `IdentityRegistry::Identities` (r:1 w:256)
	/// Storage: `Claims::Entries` (r:256 w:256)
	/// `p` is from 1 to 256.
	fn clear(p: u32) -> Weight {
		Weight::from_parts(96_147_000, 0)
			.saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
}

/// For mocks.
impl WeightInfo for () {
	fn import(p: u32) -> Weight {
		Weight::from_parts(96_147_000, 0)
			.saturating_add(Weight::from_parts(51_956_000, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().reads(2_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(4_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
	fn lock() -> Weight {
		Weight::from_parts(104_955_000, 0)
			.saturating_add(ParityDbWeight::get().reads(8_u64))
			.saturating_add(ParityDbWeight::get().writes(8_u64))
	}
	fn confirm() -> Weight {
		Weight::from_parts(35_052_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn dispute() -> Weight {
		Weight::from_parts(52_458_000, 0)
			.saturating_add(ParityDbWeight::get().reads(3_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
	}
	fn confirm_by_call(n: u32) -> Weight {
		Weight::from_parts(94_677_086, 0)
			.saturating_add(Weight::from_parts(7_566_258, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn adjudicate() -> Weight {
		Weight::from_parts(62_212_000, 0)
			.saturating_add(ParityDbWeight::get().reads(6_u64))
			.saturating_add(ParityDbWeight::get().writes(3_u64))
	}
	fn admit_late() -> Weight {
		Weight::from_parts(156_411_000, 0)
			.saturating_add(ParityDbWeight::get().reads(14_u64))
			.saturating_add(ParityDbWeight::get().writes(5_u64))
	}
	fn deem_confirmed(n: u32) -> Weight {
		Weight::from_parts(66_340_952, 0)
			.saturating_add(Weight::from_parts(7_929_904, 0).saturating_mul(n.into()))
			.saturating_add(ParityDbWeight::get().reads(4_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(n.into())))
			.saturating_add(ParityDbWeight::get().writes(1_u64))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(n.into())))
	}
	fn clear(p: u32) -> Weight {
		Weight::from_parts(96_147_000, 0)
			.saturating_add(Weight::from_parts(25_000_000, 0).saturating_mul(p.into()))
			.saturating_add(ParityDbWeight::get().reads(5_u64))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(p.into())))
			.saturating_add(ParityDbWeight::get().writes(2_u64))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(p.into())))
	}
}
