//! Walks over encoded values by the types of the metadata, without building anything.

use super::Malformed;
use codec::{Compact, Decode};
use scale_info::{PortableRegistry, TypeDef, TypeDefPrimitive};

/// Deepest nesting of calls and values that is followed.
const MAX_DEPTH: u32 = 64;

/// What is told of a nested value of the type that is looked for.
pub trait Found<'a> {
	/// A value begins at the head of `input`. The visitor takes it off, all of it.
	fn found(&mut self, input: &mut &'a [u8], depth: u32) -> Result<(), Malformed>;
}

/// Looks for nothing.
pub struct Nothing;

impl Found<'_> for Nothing {
	fn found(&mut self, _: &mut &[u8], _: u32) -> Result<(), Malformed> {
		Err(Malformed)
	}
}

/// Takes a value of type `id` off `input`. Each value of type `wanted` within it goes to `found`.
pub fn walk<'a>(
	types: &PortableRegistry,
	id: u32,
	input: &mut &'a [u8],
	wanted: Option<u32>,
	found: &mut impl Found<'a>,
	depth: u32,
) -> Result<(), Malformed> {
	if Some(id) == wanted {
		return found.found(input, depth);
	}
	walk_into(types, id, input, wanted, found, depth)
}

/// As [`walk`], but the value itself is not one that is looked for.
pub fn walk_into<'a>(
	types: &PortableRegistry,
	id: u32,
	input: &mut &'a [u8],
	wanted: Option<u32>,
	found: &mut impl Found<'a>,
	depth: u32,
) -> Result<(), Malformed> {
	if depth > MAX_DEPTH {
		return Err(Malformed);
	}
	let ty = types.resolve(id).ok_or(Malformed)?;
	let mut each = |id: u32, input: &mut &'a [u8]| walk(types, id, input, wanted, found, depth + 1);
	match &ty.type_def {
		TypeDef::Composite(composite) => {
			composite.fields.iter().try_for_each(|field| each(field.ty.id, input))
		}
		TypeDef::Variant(variants) => {
			let index = take(input, 1)?[0];
			let variant = variants.variants.iter().find(|v| v.index == index).ok_or(Malformed)?;
			variant.fields.iter().try_for_each(|field| each(field.ty.id, input))
		}
		TypeDef::Sequence(sequence) => {
			let length = Compact::<u32>::decode(input)?.0 as usize;
			items(types, sequence.type_param.id, length, input, &mut each)
		}
		TypeDef::Array(array) => {
			items(types, array.type_param.id, array.len as usize, input, &mut each)
		}
		TypeDef::Tuple(tuple) => tuple.fields.iter().try_for_each(|field| each(field.id, input)),
		TypeDef::Primitive(primitive) => skip_primitive(primitive, input),
		TypeDef::Compact(_) => Compact::<u128>::decode(input).map(|_| ()).map_err(Malformed::from),
		TypeDef::BitSequence(_) => {
			let bits = Compact::<u32>::decode(input)?.0 as usize;
			take(input, bits.div_ceil(8)).map(|_| ())
		}
	}
}

fn items<'a>(
	types: &PortableRegistry,
	id: u32,
	length: usize,
	input: &mut &'a [u8],
	each: &mut impl FnMut(u32, &mut &'a [u8]) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
	let ty = types.resolve(id).ok_or(Malformed)?;
	if matches!(ty.type_def, TypeDef::Primitive(TypeDefPrimitive::U8)) {
		return take(input, length).map(|_| ());
	}
	if length > input.len() {
		return Err(Malformed);
	}
	(0..length).try_for_each(|_| each(id, input))
}

fn skip_primitive(primitive: &TypeDefPrimitive, input: &mut &[u8]) -> Result<(), Malformed> {
	let bytes = match primitive {
		TypeDefPrimitive::Bool | TypeDefPrimitive::U8 | TypeDefPrimitive::I8 => 1,
		TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => 2,
		TypeDefPrimitive::U32 | TypeDefPrimitive::I32 | TypeDefPrimitive::Char => 4,
		TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => 8,
		TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => 16,
		TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => 32,
		TypeDefPrimitive::Str => Compact::<u32>::decode(input)?.0 as usize,
	};
	take(input, bytes).map(|_| ())
}

/// Takes `length` bytes off `input`.
pub fn take<'a>(input: &mut &'a [u8], length: usize) -> Result<&'a [u8], Malformed> {
	let (taken, rest) = input.split_at_checked(length).ok_or(Malformed)?;
	*input = rest;
	Ok(taken)
}
