//! Shapes that clients get wrong stay out of our calls.
//!
//! For `null` the codecs of PAPI 2.2.2 and dedot 1.3.0 write `Some(0)` where an option holds a bool or a number of up
//! to 32 bits, that of dedot also for an enum without fields. Sets and maps have an order that only one client in five keeps, and nobody refuses doubles.

use super::{
	names::{variants, SDK_PALLETS},
	newest,
};
use scale_info::{PortableRegistry, TypeDef, TypeDefPrimitive};
use std::collections::BTreeSet;

/// Shapes of the SDK's calls, and what a person has to know of them (docs/clients.md).
const OF_THE_SDK: &[&str] = &[
	// The proxy's kind: docs/clients.md tells who takes `null` for none.
	"Proxy.proxy.force_proxy_type: an option of an enum without fields",
	"Proxy.proxy_announced.force_proxy_type: an option of an enum without fields",
];

/// Collects the shapes that clients get wrong below a type.
struct Search<'a> {
	types: &'a PortableRegistry,
	/// The type of a call of the runtime: what a call holds is looked at where it stands itself.
	call: u32,
	seen: BTreeSet<u32>,
	found: Vec<String>,
}

impl Search<'_> {
	fn look(&mut self, place: &str, id: u32) {
		if id == self.call || !self.seen.insert(id) {
			return;
		}
		let types = self.types;
		let ty = types.resolve(id).expect("it is in the registry");
		match ty.path.segments.last().map(String::as_str) {
			Some("Option") => {
				let inner = ty.type_params[0].ty.expect("an option of something").id;
				if let Some(what) = self.misread_in_option(inner) {
					self.found.push(format!("{place}: an option of {what}"));
				}
			}
			Some("BTreeSet" | "BTreeMap" | "BoundedBTreeSet" | "BoundedBTreeMap") => {
				self.found.push(format!("{place}: a set or a map"));
			}
			_ => {}
		}
		match &ty.type_def {
			TypeDef::Composite(found) => {
				found.fields.iter().for_each(|field| self.look(place, field.ty.id));
			}
			TypeDef::Variant(found) => {
				let fields = found.variants.iter().flat_map(|variant| &variant.fields);
				fields.for_each(|field| self.look(place, field.ty.id));
			}
			TypeDef::Sequence(found) => self.look(place, found.type_param.id),
			TypeDef::Array(found) => self.look(place, found.type_param.id),
			TypeDef::Tuple(found) => found.fields.iter().for_each(|ty| self.look(place, ty.id)),
			TypeDef::Compact(found) => self.look(place, found.type_param.id),
			TypeDef::Primitive(_) | TypeDef::BitSequence(_) => {}
		}
	}

	fn misread_in_option(&self, id: u32) -> Option<&'static str> {
		use TypeDefPrimitive::{Bool, I16, I32, I8, U16, U32, U8};

		match &self.types.resolve(id)?.type_def {
			TypeDef::Primitive(Bool) => Some("a bool"),
			TypeDef::Primitive(U8 | U16 | U32 | I8 | I16 | I32) => Some("a small number"),
			TypeDef::Variant(found)
				if found.variants.iter().all(|variant| variant.fields.is_empty()) =>
			{
				Some("an enum without fields")
			}
			// A number in a wrapper of its own is read like the number.
			TypeDef::Composite(found) if found.fields.len() == 1 => {
				self.misread_in_option(found.fields[0].ty.id)
			}
			_ => None,
		}
	}
}

/// The shapes that clients get wrong in the calls of the pallets that `wanted` picks.
fn misread(wanted: impl Fn(&str) -> bool) -> Vec<String> {
	let metadata = newest();
	let mut found = Vec::new();
	for pallet in metadata.pallets.iter().filter(|pallet| wanted(&pallet.name)) {
		let Some(calls) = &pallet.calls else { continue };
		for (call, fields) in variants(&metadata.types, calls.ty.id) {
			for field in fields {
				let name = field.name.expect("arguments have names");
				let place = format!("{}.{call}.{name}", pallet.name);
				let call = metadata.extrinsic.call_ty.id;
				let (types, seen) = (&metadata.types, BTreeSet::new());
				let mut search = Search { types, call, seen, found: Vec::new() };
				search.look(&place, field.ty.id);
				found.extend(search.found);
			}
		}
	}
	found
}

#[test]
fn no_call_of_ours_has_a_shape_that_clients_get_wrong() {
	assert_eq!(misread(|pallet| !SDK_PALLETS.contains(&pallet)), Vec::<String>::new());
}

#[test]
fn the_shapes_of_the_sdks_calls_that_clients_get_wrong_are_the_known_ones() {
	assert_eq!(misread(|pallet| SDK_PALLETS.contains(&pallet)), OF_THE_SDK);
}
