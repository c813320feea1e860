//! Walks over the blocks of an archive: whether they are one chain, and what stands in them.

use super::{
	finality::Finality,
	finding::{Code, Place},
	replay::{role_bits, Institution, World},
	AuditError,
};
use crate::{
	archive::{trie, Block, Hash, Head, Header},
	chain::{
		call::{self, Call, Placed},
		event::{self, Event, Phase},
		extrinsic::{Extrinsic, Origin},
		metadata::Metadata,
		storage,
		types::Account,
		Malformed,
	},
};
use codec::Decode;
use std::collections::{BTreeMap, HashMap};

/// The blocks seen so far.
pub struct Walk {
	head: Head,
	metadata: BTreeMap<u32, Metadata>,
	hashes: Vec<Hash>,
	last: Option<Header>,
	/// The validators of the time.
	pub finality: Finality,
	/// What the blocks brought about.
	pub world: World,
	/// Extrinsics seen.
	pub extrinsics: u64,
}

/// An extrinsic that was taken apart.
struct Parsed<'a> {
	signer: Option<Account>,
	calls: Vec<Placed<'a>>,
}

impl Walk {
	/// Begins at block 0 of an archive, for the audit of a case.
	pub fn new(head: Head, case: u32) -> Self {
		let world = World::new(case, head.genesis, 0, HashMap::new());
		Self {
			head,
			metadata: BTreeMap::new(),
			hashes: vec![],
			last: None,
			finality: Finality::default(),
			world,
			extrinsics: 0,
		}
	}

	/// What the archive is about.
	pub fn head(&self) -> &Head {
		&self.head
	}

	/// Learns the metadata of a version of the runtime.
	pub fn learn(&mut self, spec_version: u32, bytes: &[u8]) -> Result<(), AuditError> {
		let metadata = Metadata::decode(bytes).map_err(|_| AuditError::Metadata(spec_version))?;
		if metadata.spec_version != spec_version {
			return Err(AuditError::Metadata(spec_version));
		}
		self.metadata.insert(spec_version, metadata);
		Ok(())
	}

	/// The last block and its hash.
	pub fn last(&self) -> Option<(&Header, Hash)> {
		Some((self.last.as_ref()?, *self.hashes.last()?))
	}

	/// Follows the next block.
	pub fn block(&mut self, block: &Block) -> Result<(), AuditError> {
		let number = self.hashes.len() as u32;
		let place = Place::block(number);
		let hash = block.hash();
		let header =
			Header::decode(&mut block.header.as_slice()).map_err(|_| AuditError::Header(number))?;
		self.link(&header, number, hash);
		self.hashes.push(hash);
		self.world.learn_hash(number, hash);
		if !trie::is_extrinsics_root(&block.extrinsics, &header.extrinsics_root) {
			let (expected, found) =
				(&header.extrinsics_root, trie::extrinsics_root(&block.extrinsics));
			let (expected, found) = (hex::encode(expected), hex::encode(found));
			self.world.findings.add(Code::ExtrinsicsRoot, place.clone(), expected, found);
		}
		if number == 0 {
			self.begin(&header);
		} else {
			self.finality.block(block, self.head.target, &mut self.world.findings);
			self.contents(block, &header, number)?;
		}
		self.last = Some(header);
		Ok(())
	}

	fn link(&mut self, header: &Header, number: u32, hash: Hash) {
		let place = Place::block(number);
		let findings = &mut self.world.findings;
		match self.hashes.last() {
			None if hash != self.head.genesis => {
				let (expected, found) = (hex::encode(self.head.genesis), hex::encode(hash));
				findings.add(Code::GenesisForeign, place.clone(), expected, found);
			}
			Some(parent) if header.parent != *parent => {
				let (expected, found) = (hex::encode(parent), hex::encode(header.parent));
				findings.add(Code::ChainBroken, place.clone(), expected, found);
			}
			_ => {}
		}
		if header.number != number {
			findings.add(Code::ChainBroken, place, number, header.number);
		}
	}

	/// Block 0: the validators and the institutions of the beginning.
	fn begin(&mut self, header: &Header) {
		let (proof, root) = (&self.head.genesis_proof, &header.state_root);
		self.finality.begin(proof, root, &mut self.world.findings);
		let prefix = storage::prefix("Consortium", "Institutions");
		let founders = trie::values_under(proof, root, &prefix);
		let founders = founders.and_then(|pairs| {
			pairs
				.iter()
				.map(|(key, value)| founder(key, value).ok_or("unreadable".into()))
				.collect()
		});
		match founders {
			Ok(founders) => self.world.institutions = founders,
			Err(error) => {
				let place = Place::block(0);
				self.world.findings.add(Code::EventsProof, place, "the first institutions", error)
			}
		}
	}

	fn contents(&mut self, block: &Block, header: &Header, number: u32) -> Result<(), AuditError> {
		let metadata = self
			.metadata
			.get(&block.spec_version)
			.ok_or(AuditError::Metadata(block.spec_version))?;
		let world = &mut self.world;
		world.block = number;
		world.max_validity = metadata.max_validity;
		world.hashes_kept = metadata.hashes_kept;
		let events = events(metadata, block, header, world);
		let parsed: Vec<Result<Parsed, Malformed>> = block
			.extrinsics
			.iter()
			.zip(0u32..)
			.map(|(bytes, index)| parse(metadata, bytes, number, index, &self.hashes, world))
			.collect();
		set_time(&parsed, number, world);
		let mut own = vec![];
		let mut by_extrinsic: Vec<Vec<Event>> = vec![vec![]; block.extrinsics.len()];
		let mut last = vec![];
		for (phase, event) in events {
			match phase {
				Phase::Initialization => own.push(event),
				Phase::Finalization => last.push(event),
				Phase::Extrinsic(at) => match by_extrinsic.get_mut(at as usize) {
					Some(events) => events.push(event),
					None => {
						let found = format!("an event of extrinsic {at}");
						world.findings.add(Code::EventDiffers, Place::block(number), "none", found);
					}
				},
			}
		}
		world.follow(None, None, vec![], own);
		for ((index, parsed), events) in (0..).zip(parsed).zip(by_extrinsic) {
			self.extrinsics += 1;
			match parsed {
				Ok(Parsed { signer, calls }) => world.follow(Some(index), signer, calls, events),
				Err(Malformed) => {
					let place = Place { extrinsic: Some(index), ..Place::block(number) };
					world.findings.add(Code::Unreadable, place, "an extrinsic", "other bytes");
					world.follow(Some(index), None, vec![], events);
				}
			}
		}
		world.follow(None, None, vec![], last);
		Ok(())
	}
}

fn events(
	metadata: &Metadata,
	block: &Block,
	header: &Header,
	world: &mut World,
) -> Vec<(Phase, Event)> {
	let place = Place::block(world.block);
	match trie::value(&block.events_proof, &header.state_root, &trie::EVENTS_KEY) {
		Ok(value) => match event::events(metadata, &value.unwrap_or_default()) {
			Ok(events) => return events,
			Err(Malformed) => world.findings.add(Code::Unreadable, place, "events", "other bytes"),
		},
		Err(error) => world.findings.add(Code::EventsProof, place, "a proof of the events", error),
	}
	vec![]
}

fn parse<'a>(
	metadata: &Metadata,
	bytes: &'a [u8],
	number: u32,
	index: u32,
	hashes: &[Hash],
	world: &mut World,
) -> Result<Parsed<'a>, Malformed> {
	let extrinsic = Extrinsic::decode(metadata, bytes)?;
	let calls = call::calls(metadata, extrinsic.call)?;
	let signer = match extrinsic.origin {
		Origin::Signed { signer, .. } => Some(signer),
		Origin::General | Origin::Bare => None,
	};
	if !extrinsic.is_authentic(metadata, number, |at| hashes.get(at as usize).copied()) {
		let place = Place { extrinsic: Some(index), ..Place::block(number) };
		let place = signer.iter().fold(place, |place, signer| place.by(signer));
		world.findings.add(Code::ExtrinsicSignature, place, "the signer's signature", "another");
	}
	Ok(Parsed { signer, calls })
}

/// The time of a block is what its author sets in it.
fn set_time(parsed: &[Result<Parsed, Malformed>], number: u32, world: &mut World) {
	let calls = parsed.iter().flatten().flat_map(|parsed| &parsed.calls);
	let time = calls
		.filter_map(|placed| match placed.call {
			Call::SetTime(now) if placed.wrappers.is_empty() => Some(now),
			_ => None,
		})
		.next();
	match time {
		Some(now) if now > world.now => world.now = now,
		time => {
			let expected = format!("after {} ms", world.now);
			world.findings.add(
				Code::TimeBackwards,
				Place::block(number),
				expected,
				format!("{time:?}"),
			);
		}
	}
}

/// An institution of the beginning: its account at the end of the key, and what is stored of it.
fn founder(key: &[u8], value: &[u8]) -> Option<(Account, Institution)> {
	let account = Account::try_from(key.get(48..)?).ok()?;
	let (_, roles, standing) = <(Vec<u8>, Vec<u8>, u8)>::decode(&mut &value[..]).ok()?;
	Some((account, Institution { roles: role_bits(&roles), active: standing == 0 }))
}
