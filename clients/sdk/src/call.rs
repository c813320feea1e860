//! Calls in SCALE, encoded without a node.

use std::sync::OnceLock;
use subxt::{
	ext::{
		codec::{Decode, Encode, Output},
		frame_decode::extrinsics::encode_call_data,
		scale_encode::{self, EncodeAsFields},
	},
	tx::{Payload, StaticPayload, ValidationDetails},
	Metadata,
};

/// The runtime's metadata that this client was made of.
pub const METADATA: &[u8] = include_bytes!("../metadata.scale");

/// A call of the runtime, as it is signed: pallet, call, arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
	pallet: &'static str,
	name: &'static str,
	hash: [u8; 32],
	encoded: Vec<u8>,
}

/// The arguments of a call that are encoded already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arguments(Vec<u8>);

/// A call in bytes, where a type of the runtime holds one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawCall(pub Vec<u8>);

impl Call {
	/// Encodes a call by the committed metadata.
	pub(crate) fn new<Data: EncodeAsFields>(payload: StaticPayload<Data>) -> Self {
		const GENERATED: &str = "the call was generated from this metadata";
		let metadata = metadata();
		let pallet = metadata.pallet_by_name(payload.pallet_name()).expect(GENERATED);
		let name = payload.call_name();
		let encoded =
			encode_call_data(pallet.name(), name, payload.call_data(), metadata, metadata.types())
				.expect(GENERATED);
		let variant = pallet.call_variant_by_name(name).expect(GENERATED);
		Self {
			pallet: pallet.name(),
			name: variant.name.as_str(),
			hash: pallet.call_hash(name).expect(GENERATED),
			encoded,
		}
	}

	/// Puts a call together whose arguments are encoded already.
	pub(crate) fn from_arguments(pallet: &str, name: &str, arguments: Vec<u8>) -> Self {
		Self::new(StaticPayload::new(pallet, name, Arguments(arguments)))
	}

	/// The bytes: pallet, call, arguments.
	pub fn encoded(&self) -> &[u8] {
		&self.encoded
	}

	/// The pallet's name.
	pub const fn pallet(&self) -> &'static str {
		self.pallet
	}

	/// The call's name.
	pub const fn name(&self) -> &'static str {
		self.name
	}
}

/// A call with its arguments, ready to be put into a transaction.
pub(crate) struct Prepared<'a> {
	call: &'a Call,
	arguments: Arguments,
}

impl<'a> From<&'a Call> for Prepared<'a> {
	fn from(call: &'a Call) -> Self {
		// Pallet and call are one byte each; the transaction writes those of the live chain.
		Self { call, arguments: Arguments(call.encoded.get(2..).unwrap_or_default().to_vec()) }
	}
}

impl Payload for Prepared<'_> {
	type CallData = Arguments;

	fn pallet_name(&self) -> &str {
		self.call.pallet
	}

	fn call_name(&self) -> &str {
		self.call.name
	}

	fn call_data(&self) -> &Arguments {
		&self.arguments
	}

	fn validation_details(&self) -> Option<ValidationDetails<'_>> {
		Some(ValidationDetails {
			pallet_name: self.call.pallet,
			call_name: self.call.name,
			hash: self.call.hash,
		})
	}
}

impl EncodeAsFields for Arguments {
	fn encode_as_fields_to<R: subxt::ext::scale_type_resolver::TypeResolver>(
		&self,
		_fields: &mut dyn subxt::ext::scale_type_resolver::FieldIter<'_, R::TypeId>,
		_types: &R,
		out: &mut Vec<u8>,
	) -> Result<(), scale_encode::Error> {
		out.extend_from_slice(&self.0);
		Ok(())
	}
}

impl Encode for RawCall {
	fn encode_to<O: Output + ?Sized>(&self, out: &mut O) {
		out.write(&self.0);
	}
}

/// The committed metadata, decoded once.
pub(crate) fn metadata() -> &'static Metadata {
	static DECODED: OnceLock<Metadata> = OnceLock::new();
	DECODED.get_or_init(|| {
		Metadata::decode(&mut &METADATA[..]).expect("the committed metadata was made by a runtime")
	})
}
