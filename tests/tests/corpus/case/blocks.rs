//! Changes to blocks: extrinsics, signed again with the well-known keys, and events.

use super::Case;
use codec::{Compact, Decode, DecodeAll, Encode};
use frame_system::{EventRecord, Phase};
use pallet_evidence::{Event as EvidenceEvent, Records};
use pallet_intents::SignedIntent;
use sp_core::H256;
use sp_runtime::{generic::Preamble, MultiAddress};
use winddown_runtime::{
	genesis_config_presets::Institution, Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic,
};
use winddown_tests::chain::signed;
use winddown_verifier::{audit::finding::Place, chain::types::StoredRecord};

/// An event as a block holds it.
pub type Told = EventRecord<RuntimeEvent, H256>;

/// Where an event stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
	/// The block.
	pub block: u32,
	/// The extrinsic that brought it about.
	pub extrinsic: u32,
	/// Its position among the block's events.
	pub event: usize,
}

impl Spot {
	/// The place of the extrinsic.
	pub fn place(&self) -> Place {
		Place { extrinsic: Some(self.extrinsic), ..Place::block(self.block) }
	}
}

impl Case {
	/// Where the first event is that `wanted` agrees to.
	pub fn find(&self, wanted: impl Fn(&RuntimeEvent) -> bool) -> Spot {
		self.find_all(wanted)[0]
	}

	/// Where all events are that `wanted` agrees to.
	pub fn find_all(&self, wanted: impl Fn(&RuntimeEvent) -> bool) -> Vec<Spot> {
		let mut spots = vec![];
		for block in 1..=self.target() {
			for (event, told) in self.events(block).into_iter().enumerate() {
				if let (Phase::ApplyExtrinsic(extrinsic), true) = (told.phase, wanted(&told.event))
				{
					spots.push(Spot { block, extrinsic, event });
				}
			}
		}
		spots
	}

	/// The events of a block.
	pub fn events(&self, block: u32) -> Vec<Told> {
		let bytes = self.parts.events(block).expect("events");
		DecodeAll::decode_all(&mut &bytes[..]).expect("events of the runtime")
	}

	/// Changes the events of a block.
	pub fn edit_events<T>(&mut self, block: u32, change: impl FnOnce(&mut Vec<Told>) -> T) -> T {
		let mut events = self.events(block);
		let answer = change(&mut events);
		self.parts.set_events(block, events.encode()).expect("events");
		self.change(block);
		answer
	}

	/// Changes one event.
	pub fn edit_event(&mut self, spot: Spot, change: impl FnOnce(&mut RuntimeEvent)) {
		self.edit_events(spot.block, |events| change(&mut events[spot.event].event));
	}

	/// The same extrinsic tells one thing more, before what stands at `spot`.
	pub fn insert_event(&mut self, spot: Spot, event: RuntimeEvent) {
		let phase = Phase::ApplyExtrinsic(spot.extrinsic);
		let told = Told { phase, event, topics: vec![] };
		self.edit_events(spot.block, |events| events.insert(spot.event, told));
	}

	/// The extrinsic at a spot.
	pub fn extrinsic(&self, spot: Spot) -> UncheckedExtrinsic {
		let bytes = &self.parts.blocks[spot.block as usize].extrinsics[spot.extrinsic as usize];
		Decode::decode(&mut &bytes[..]).expect("an extrinsic of the runtime")
	}

	/// Puts another extrinsic at a spot.
	pub fn put_extrinsic(&mut self, spot: Spot, extrinsic: UncheckedExtrinsic) {
		let extrinsics = &mut self.parts.blocks[spot.block as usize].extrinsics;
		extrinsics[spot.extrinsic as usize] = extrinsic.encode();
		self.change(spot.block);
	}

	/// One extrinsic more at the end of a block, with what it tells; where its first event stands.
	pub fn append(
		&mut self,
		block: u32,
		extrinsic: UncheckedExtrinsic,
		events: impl IntoIterator<Item = RuntimeEvent>,
	) -> Spot {
		let extrinsics = &mut self.parts.blocks[block as usize].extrinsics;
		let at = extrinsics.len() as u32;
		extrinsics.push(extrinsic.encode());
		let phase = || Phase::ApplyExtrinsic(at);
		let told = events.into_iter().map(|event| Told { phase: phase(), event, topics: vec![] });
		let event = self.edit_events(block, |events| {
			events.extend(told);
			events.len()
		});
		Spot { block, extrinsic: at, event }
	}

	/// Takes the last extrinsic of a block away, with what it tells.
	pub fn remove(&mut self, spot: Spot) -> (UncheckedExtrinsic, Vec<RuntimeEvent>) {
		let extrinsic = self.extrinsic(spot);
		let extrinsics = &mut self.parts.blocks[spot.block as usize].extrinsics;
		assert_eq!(extrinsics.len() as u32, spot.extrinsic + 1, "the last extrinsic of its block");
		extrinsics.pop();
		let of_it = |told: &Told| told.phase == Phase::ApplyExtrinsic(spot.extrinsic);
		let told = self.edit_events(spot.block, |events| {
			let (told, kept) = std::mem::take(events).into_iter().partition(of_it);
			*events = kept;
			told
		});
		let told: Vec<Told> = told;
		(extrinsic, told.into_iter().map(|told| told.event).collect())
	}

	/// Changes the call of an institution's transaction, which the institution signs.
	pub fn edit_call(&mut self, spot: Spot, change: impl FnOnce(&mut RuntimeCall)) {
		let UncheckedExtrinsic { preamble, mut function, .. } = self.extrinsic(spot);
		change(&mut function);
		let extrinsic = match preamble {
			Preamble::Signed(MultiAddress::Id(account), _, extension) => {
				let named = |known: &Institution| known.account() == account;
				let signer = Institution::ALL.into_iter().find(named).expect("an institution");
				let nonce =
					Compact::<u32>::decode_all(&mut &extension.7.encode()[..]).expect("a nonce").0;
				signed(self.parts.head.genesis, signer.name(), nonce, function)
			}
			Preamble::Bare(version) => {
				UncheckedExtrinsic::from_parts(function, Preamble::Bare(version))
			}
			_ => panic!("neither an institution's transaction nor an inherent"),
		};
		self.put_extrinsic(spot, extrinsic);
	}

	/// Changes the intents of a batch, which the operator signs.
	pub fn edit_intents(
		&mut self,
		spot: Spot,
		change: impl FnOnce(&mut Vec<SignedIntent<RuntimeCall>>),
	) {
		self.edit_call(spot, |call| {
			let RuntimeCall::Intents(pallet_intents::Call::submit_batch { intents }) = call else {
				panic!("no batch of intents")
			};
			let mut changed = intents.clone().into_inner();
			change(&mut changed);
			*intents = changed.try_into().expect("at most 1,024 intents");
		});
	}

	/// Sets the time of a block, and of what was deposited in it.
	pub fn set_time(&mut self, block: u32, time: u64) {
		for told in self.events(block) {
			if let RuntimeEvent::Evidence(EvidenceEvent::Deposited { id, .. }) = told.event {
				let key = Records::<Runtime>::hashed_key_for(id);
				self.edit::<StoredRecord>(&key, |record| record.deposited_at = time);
			}
		}
		self.edit_call(Spot { block, extrinsic: 0, event: 0 }, |call| {
			let RuntimeCall::Timestamp(pallet_timestamp::Call::set { now }) = call else {
				panic!("a block begins with its time")
			};
			*now = time;
		});
	}

	/// The time of a block.
	pub fn time(&self, block: u32) -> u64 {
		match self.extrinsic(Spot { block, extrinsic: 0, event: 0 }).function {
			RuntimeCall::Timestamp(pallet_timestamp::Call::set { now }) => now,
			_ => panic!("a block begins with its time"),
		}
	}
}
