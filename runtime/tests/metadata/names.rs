//! Names that some language reserves, or that clients' own objects have already.

use super::newest;
use frame_metadata::v16::PalletMetadata;
use scale_info::{form::PortableForm, Field, PortableRegistry, TypeDef};
use std::collections::BTreeSet;

/// Words that cannot be the name of a parameter in TypeScript, Python, Go or Rust. Generated clients have a
/// function for each call, view function and API, with the arguments as its parameters.
const RESERVED: &[&str] = &[
	// TypeScript, in strict mode.
	"break",
	"case",
	"catch",
	"class",
	"const",
	"continue",
	"debugger",
	"default",
	"delete",
	"do",
	"else",
	"enum",
	"export",
	"extends",
	"false",
	"finally",
	"for",
	"function",
	"if",
	"import",
	"in",
	"instanceof",
	"new",
	"null",
	"return",
	"super",
	"switch",
	"this",
	"throw",
	"true",
	"try",
	"typeof",
	"var",
	"void",
	"while",
	"with",
	"implements",
	"interface",
	"let",
	"package",
	"private",
	"protected",
	"public",
	"static",
	"yield",
	"arguments",
	"eval",
	"await",
	// Python.
	"False",
	"None",
	"True",
	"and",
	"as",
	"assert",
	"async",
	"def",
	"del",
	"elif",
	"except",
	"from",
	"global",
	"is",
	"lambda",
	"nonlocal",
	"not",
	"or",
	"pass",
	"raise",
	"match",
	"self",
	// Go.
	"chan",
	"defer",
	"fallthrough",
	"func",
	"go",
	"goto",
	"map",
	"range",
	"select",
	"struct",
	"type",
	// Rust.
	"abstract",
	"become",
	"box",
	"crate",
	"dyn",
	"extern",
	"final",
	"fn",
	"gen",
	"impl",
	"loop",
	"macro",
	"mod",
	"move",
	"mut",
	"override",
	"priv",
	"pub",
	"ref",
	"Self",
	"trait",
	"unsafe",
	"unsized",
	"use",
	"virtual",
	"where",
];

/// What `Struct` and `Map` of @polkadot/api have themselves: a field of such a name shows with `_` behind it.
const TAKEN: &[&str] = &["size", "hash", "length", "keys"];

/// Arguments of the SDK's own pallets and APIs, which are not ours to name.
const OF_THE_SDK: &[&str] = &["Sudo.set_key(new)"];

/// Pallets of the SDK. Their fields are not ours to name.
pub const SDK_PALLETS: &[&str] = &[
	"System",
	"Timestamp",
	"Preimage",
	"Scheduler",
	"Utility",
	"Multisig",
	"Proxy",
	"Council",
	"Sudo",
	"Aura",
	"Session",
	"Grandpa",
];

/// The fields of each variant of a type, by the variant's name.
pub fn variants(types: &PortableRegistry, id: u32) -> Vec<(String, Vec<Field<PortableForm>>)> {
	match &types.resolve(id).expect("it is in the registry").type_def {
		TypeDef::Variant(found) => found
			.variants
			.iter()
			.map(|variant| (variant.name.clone(), variant.fields.clone()))
			.collect(),
		_ => panic!("calls, events and errors are enums"),
	}
}

/// Every argument of a call, a view function or an API, as `Pallet.function(argument)`.
fn arguments() -> Vec<(String, String)> {
	let metadata = newest();
	let of_calls = |pallet: &PalletMetadata<PortableForm>| {
		let calls = pallet.calls.iter().flat_map(|calls| variants(&metadata.types, calls.ty.id));
		calls
			.flat_map(|(call, fields)| {
				fields.into_iter().map(move |field| (call.clone(), field.name.expect("it has one")))
			})
			.collect::<Vec<_>>()
	};
	let of_views = |pallet: &PalletMetadata<PortableForm>| {
		let views = pallet.view_functions.iter();
		views
			.flat_map(|view| {
				view.inputs.iter().map(|input| (view.name.clone(), input.name.clone()))
			})
			.collect::<Vec<_>>()
	};
	let mut found = Vec::new();
	for pallet in &metadata.pallets {
		for (function, argument) in of_calls(pallet).into_iter().chain(of_views(pallet)) {
			found.push((format!("{}.{function}({argument})", pallet.name), argument));
		}
	}
	for api in &metadata.apis {
		for method in &api.methods {
			for input in &method.inputs {
				let place = format!("{}.{}({})", api.name, method.name, input.name);
				found.push((place, input.name.clone()));
			}
		}
	}
	found
}

#[test]
fn no_argument_is_named_by_a_word_that_a_language_reserves() {
	let arguments = arguments();
	assert!(arguments.len() > 200, "{}", arguments.len());
	let reserved = arguments.iter().filter(|(_, name)| RESERVED.contains(&name.as_str()));
	let places: Vec<_> = reserved.map(|(place, _)| place.as_str()).collect();
	assert_eq!(places, OF_THE_SDK);
}

#[test]
fn no_field_of_ours_is_named_like_something_that_clients_objects_have() {
	let metadata = newest();
	let mut found = BTreeSet::new();
	let mut look = |place: &str, fields: &[Field<PortableForm>]| {
		for name in fields.iter().filter_map(|field| field.name.as_deref()) {
			if TAKEN.contains(&name) {
				found.insert(format!("{place}.{name}"));
			}
		}
	};
	for ty in &metadata.types.types {
		let path = ty.ty.path.segments.join("::");
		if !is_ours(&path) {
			continue;
		}
		match &ty.ty.type_def {
			TypeDef::Composite(found) => look(&path, &found.fields),
			TypeDef::Variant(found) => {
				found.variants.iter().for_each(|variant| look(&path, &variant.fields));
			}
			_ => {}
		}
	}
	assert_eq!(found, BTreeSet::new());
}

/// Whether a type of this path is one of this project's.
fn is_ours(path: &str) -> bool {
	const CRATES: [&str; 13] = [
		"winddown_primitives",
		"winddown_runtime",
		"pallet_cases",
		"pallet_claims",
		"pallet_committee_election",
		"pallet_consortium",
		"pallet_evidence",
		"pallet_identity_registry",
		"pallet_intents",
		"pallet_node_permission",
		"pallet_polls",
		"pallet_repayment_vote",
		"pallet_validator_set",
	];
	CRATES.iter().any(|name| path.split("::").next() == Some(name))
}

#[test]
fn names_and_roles_and_peer_ids_are_texts_and_lists_to_every_client() {
	use scale_info::TypeDefPrimitive;

	let metadata = newest();
	let argument = |pallet: &str, call: &str, name: &str| {
		let pallet = metadata.pallets.iter().find(|known| known.name == pallet).expect("a pallet");
		let calls = variants(&metadata.types, pallet.calls.as_ref().expect("it has calls").ty.id);
		let (_, fields) = calls.into_iter().find(|(known, _)| known == call).expect("a call");
		let field = fields.into_iter().find(|field| field.name.as_deref() == Some(name));
		metadata.types.resolve(field.expect("an argument").ty.id).expect("a type").type_def.clone()
	};
	for (pallet, call, name) in [
		("Consortium", "admit", "name"),
		("NodePermission", "permit", "peer"),
		("NodePermission", "revoke", "peer"),
	] {
		assert_eq!(argument(pallet, call, name), TypeDef::Primitive(TypeDefPrimitive::Str));
	}
	for call in ["admit", "set_roles"] {
		let TypeDef::Sequence(list) = argument("Consortium", call, "roles") else {
			panic!("a list")
		};
		let role = metadata.types.resolve(list.type_param.id).expect("a type");
		assert_eq!(role.path.segments.last().map(String::as_str), Some("Role"));
	}
}
