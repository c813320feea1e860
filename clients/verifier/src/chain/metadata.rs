//! The names that a version of the runtime gives to its calls and events.

use super::{shape, Malformed};
use codec::{Decode, DecodeAll};
use frame_metadata::{v14, v15, v16, RuntimeMetadata, RuntimeMetadataPrefixed};
use merkleized_metadata::{generate_metadata_digest, ExtraInfo};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef};
use std::collections::HashMap;

/// What a call or an event is, to those that the audit reads. Index of pallet and variant.
type Index = (u8, u8);

/// A transaction extension.
pub struct Extension {
	/// Its name.
	pub name: String,
	/// The type of what a transaction carries.
	pub explicit: u32,
}

/// The metadata of one version of the runtime, as far as the audit needs them.
pub struct Metadata {
	/// All types.
	pub types: PortableRegistry,
	/// The type of a call.
	pub call: u32,
	/// The extensions, in order.
	pub extensions: Vec<Extension>,
	/// The version of the runtime, which signers commit to.
	pub spec_version: u32,
	/// The version of its transactions, which signers commit to.
	pub transaction_version: u32,
	/// The digest that a hardware wallet commits to (RFC 78); `None` where the metadata are of another version
	/// than 15, over which alone it is defined.
	pub digest: Option<[u8; 32]>,
	/// How far ahead, in milliseconds, the end of an intent may lie.
	pub max_validity: u64,
	/// How many hashes of blocks the chain keeps.
	pub hashes_kept: u32,
	/// The type of an event.
	event: u32,
	calls: HashMap<Index, (String, String)>,
	events: HashMap<Index, (String, String)>,
}

macro_rules! pallets {
	($pallets:expr) => {
		$pallets
			.into_iter()
			.map(|pallet| Pallet {
				name: pallet.name,
				index: pallet.index,
				calls: pallet.calls.map(|calls| calls.ty.id),
				events: pallet.event.map(|event| event.ty.id),
				constants: pallet.constants.into_iter().map(|c| (c.name, c.value)).collect(),
			})
			.collect::<Vec<_>>()
	};
}

impl Metadata {
	/// Reads metadata as a node answers.
	pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
		let decoded = RuntimeMetadataPrefixed::decode_all(&mut { bytes })?;
		match decoded.1 {
			RuntimeMetadata::V14(metadata) => Self::from_v14(metadata),
			RuntimeMetadata::V15(metadata) => Self::from_v15(metadata),
			RuntimeMetadata::V16(metadata) => Self::from_v16(metadata),
			_ => Err(Malformed),
		}
	}

	fn from_v14(metadata: v14::RuntimeMetadataV14) -> Result<Self, Malformed> {
		let types = metadata.types;
		let extrinsic = types.resolve(metadata.extrinsic.ty.id).ok_or(Malformed)?;
		let parameter = |name: &str| {
			let found = extrinsic.type_params.iter().find(|parameter| parameter.name == name);
			found.and_then(|parameter| parameter.ty).map(|ty| ty.id).ok_or(Malformed)
		};
		let call = parameter("Call")?;
		let extensions = metadata.extrinsic.signed_extensions;
		let extensions =
			extensions.into_iter().map(|e| Extension { name: e.identifier, explicit: e.ty.id });
		let pallets = pallets!(metadata.pallets);
		let event = outer_event(&types).ok_or(Malformed)?;
		Self::new(types, call, event, extensions.collect(), &pallets)
	}

	fn from_v15(metadata: v15::RuntimeMetadataV15) -> Result<Self, Malformed> {
		let whole = RuntimeMetadata::V15(metadata.clone());
		let extensions = metadata.extrinsic.signed_extensions;
		let extensions =
			extensions.into_iter().map(|e| Extension { name: e.identifier, explicit: e.ty.id });
		let pallets = pallets!(metadata.pallets);
		let outer = &metadata.outer_enums;
		let (call, event) = (outer.call_enum_ty.id, outer.event_enum_ty.id);
		let read = Self::new(metadata.types, call, event, extensions.collect(), &pallets)?;
		Ok(Self { digest: digest(&whole, &pallets)?, ..read })
	}

	fn from_v16(metadata: v16::RuntimeMetadataV16) -> Result<Self, Malformed> {
		// The extensions of version 0, which signed transactions of version 4 carry, too.
		let by_version = metadata.extrinsic.transaction_extensions_by_version;
		let places = by_version.get(&0).ok_or(Malformed)?;
		let all = &metadata.extrinsic.transaction_extensions;
		let extensions = places
			.iter()
			.map(|at| {
				let extension = all.get(at.0 as usize).ok_or(Malformed)?;
				let (name, explicit) = (extension.identifier.clone(), extension.ty.id);
				Ok(Extension { name, explicit })
			})
			.collect::<Result<_, Malformed>>()?;
		let pallets = pallets!(metadata.pallets);
		let event = metadata.outer_enums.event_enum_ty.id;
		let call = metadata.extrinsic.call_ty.id;
		Self::new(metadata.types, call, event, extensions, &pallets)
	}

	fn new(
		types: PortableRegistry,
		call: u32,
		event: u32,
		extensions: Vec<Extension>,
		pallets: &[Pallet],
	) -> Result<Self, Malformed> {
		let names = |of: fn(&Pallet) -> Option<u32>| {
			pallets
				.iter()
				.filter_map(|pallet| Some((pallet, variants(&types, of(pallet)?)?)))
				.flat_map(|(pallet, variants)| {
					variants
						.into_iter()
						.map(|(index, name)| ((pallet.index, index), (pallet.name.clone(), name)))
				})
				.collect()
		};
		let (calls, events) = (names(|pallet| pallet.calls), names(|pallet| pallet.events));
		let version = Version::decode(&mut constant(pallets, "System", "Version")?)?;
		let max_validity = u64::decode(&mut constant(pallets, "Intents", "MaxValidity")?)?;
		let hashes_kept = u32::decode(&mut constant(pallets, "System", "BlockHashCount")?)?;
		Ok(Self {
			types,
			call,
			extensions,
			spec_version: version.spec,
			transaction_version: version.transaction,
			digest: None,
			max_validity,
			hashes_kept,
			event,
			calls,
			events,
		})
	}

	/// Pallet and name of a call.
	pub fn call_name(&self, pallet: u8, call: u8) -> Option<(&str, &str)> {
		self.calls.get(&(pallet, call)).map(|(pallet, call)| (pallet.as_str(), call.as_str()))
	}

	/// Pallet and name of an event.
	pub fn event_name(&self, pallet: u8, event: u8) -> Option<(&str, &str)> {
		self.events.get(&(pallet, event)).map(|(pallet, event)| (pallet.as_str(), event.as_str()))
	}

	/// Index of a call by its names.
	pub fn call_index(&self, pallet: &str, call: &str) -> Option<(u8, u8)> {
		let found = self.calls.iter().find(|(_, (p, c))| p == pallet && c == call);
		found.map(|(index, _)| *index)
	}

	/// Index of an event by its names.
	pub fn event_index(&self, pallet: &str, event: &str) -> Option<(u8, u8)> {
		let found = self.events.iter().find(|(_, (p, e))| p == pallet && e == event);
		found.map(|(index, _)| *index)
	}

	/// Takes an event off `input`.
	pub fn skip_event(&self, input: &mut &[u8]) -> Result<(), Malformed> {
		shape::walk(&self.types, self.event, input, None, &mut shape::Nothing, 0)
	}

	/// Takes a call off `input`, whatever calls it wraps.
	pub fn skip_call(&self, input: &mut &[u8]) -> Result<(), Malformed> {
		shape::walk(&self.types, self.call, input, None, &mut shape::Nothing, 0)
	}
}

/// What is read of pallets; every version of the metadata has a type of its own for them.
struct Pallet {
	name: String,
	index: u8,
	calls: Option<u32>,
	events: Option<u32>,
	constants: Vec<(String, Vec<u8>)>,
}

/// What wallets show behind an amount of this chain, which has no token.
const TOKEN_SYMBOL: &str = "NONE";
const TOKEN_DECIMALS: u8 = 0;

/// The digest of metadata of version 15, with what wallets show of accounts and amounts.
fn digest(metadata: &RuntimeMetadata, pallets: &[Pallet]) -> Result<Option<[u8; 32]>, Malformed> {
	let version = Version::decode(&mut constant(pallets, "System", "Version")?)?;
	let extra = ExtraInfo {
		spec_version: version.spec,
		spec_name: version.name,
		base58_prefix: u16::decode(&mut constant(pallets, "System", "SS58Prefix")?)?,
		decimals: TOKEN_DECIMALS,
		token_symbol: TOKEN_SYMBOL.into(),
	};
	Ok(generate_metadata_digest(metadata, extra).ok().map(|digest| digest.hash()))
}

/// The bytes of a constant.
fn constant<'a>(pallets: &'a [Pallet], pallet: &str, name: &str) -> Result<&'a [u8], Malformed> {
	let pallet = pallets.iter().find(|known| known.name == pallet);
	let mut constants = pallet.into_iter().flat_map(|pallet| &pallet.constants);
	let found = constants.find(|(known, _)| known == name);
	found.map(|(_, value)| value.as_slice()).ok_or(Malformed)
}

/// The head of `sp_version::RuntimeVersion`.
struct Version {
	name: String,
	spec: u32,
	transaction: u32,
}

impl Decode for Version {
	fn decode<I: codec::Input>(input: &mut I) -> Result<Self, codec::Error> {
		let (name, _, _, spec, _) = <(String, String, u32, u32, u32)>::decode(input)?;
		let (_, transaction) = <(Vec<([u8; 8], u32)>, u32)>::decode(input)?;
		Ok(Self { name, spec, transaction })
	}
}

/// The enum of all pallets' events: version 14 names it nowhere but by its path.
fn outer_event(types: &PortableRegistry) -> Option<u32> {
	let is_outer = |path: &scale_info::Path<PortableForm>| {
		path.segments.last().is_some_and(|name| name == "RuntimeEvent")
	};
	types.types.iter().find(|ty| is_outer(&ty.ty.path)).map(|ty| ty.id)
}

fn variants(types: &PortableRegistry, id: u32) -> Option<Vec<(u8, String)>> {
	match &types.resolve(id)?.type_def {
		TypeDef::Variant(variants) => {
			Some(variants.variants.iter().map(|v| (v.index, v.name.clone())).collect())
		}
		_ => None,
	}
}
