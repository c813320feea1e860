//! A call of the runtime in words, so that nobody votes on a hash.

use crate::{
	call::{metadata, Call},
	span_text::span,
};
use scale_info::{TypeDef, TypeDefArray, TypeDefPrimitive, TypeDefSequence};
use serde::Serialize;
use std::fmt;
use subxt::{
	ext::scale_value::{scale::decode_as_type, Composite, Primitive, Value, ValueDef, Variant},
	utils::AccountId32,
	Metadata,
};
use winddown_primitives::Millis;

/// Bytes that are written out; of more, their number is told.
const SHOWN_BYTES: usize = 64;

/// What a call does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CallView {
	/// The pallet.
	pub pallet: String,
	/// The call.
	pub call: String,
	/// With what, in the order of the call.
	pub arguments: Vec<ArgumentView>,
}

/// One argument of a call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ArgumentView {
	/// Its name.
	pub name: String,
	/// Its value in words; a call within the call reads as that call does.
	pub value: String,
}

impl fmt::Display for CallView {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let arguments =
			self.arguments.iter().map(|argument| format!("{} = {}", argument.name, argument.value));
		write!(f, "{}.{}({})", self.pallet, self.call, arguments.collect::<Vec<_>>().join(", "))
	}
}

impl Call {
	/// What the call does; `None` when its bytes are none of this client's runtime.
	pub fn view(&self) -> Option<CallView> {
		view(self.encoded(), metadata())
	}
}

/// Reads the bytes of a call by the metadata of its chain; `None` when they are no call of it.
pub(crate) fn view(mut bytes: &[u8], metadata: &Metadata) -> Option<CallView> {
	let of_calls = metadata.outer_enums().call_enum_ty();
	let value = decode_as_type(&mut bytes, of_calls, metadata.types()).ok()?;
	bytes.is_empty().then(|| Words { metadata }.call(&value)).flatten()
}

/// Puts values into words by their types.
struct Words<'a> {
	metadata: &'a Metadata,
}

impl Words<'_> {
	/// The outer variant names the pallet, the inner one the call.
	fn call(&self, value: &Value<u32>) -> Option<CallView> {
		let ValueDef::Variant(pallet) = &value.value else { return None };
		let ValueDef::Variant(call) = &pallet.values.values().next()?.value else { return None };
		let unnamed = |at: usize| format!("argument {}", at + 1);
		let arguments = match &call.values {
			Composite::Named(fields) => fields
				.iter()
				.map(|(name, value)| ArgumentView { name: name.clone(), value: self.text(value) })
				.collect(),
			Composite::Unnamed(values) => values
				.iter()
				.enumerate()
				.map(|(at, value)| ArgumentView { name: unnamed(at), value: self.text(value) })
				.collect(),
		};
		Some(CallView { pallet: pallet.name.clone(), call: call.name.clone(), arguments })
	}

	fn text(&self, value: &Value<u32>) -> String {
		let known = match self.type_name(value.context).as_deref() {
			Some("RuntimeCall") => self.call(value).map(|call| call.to_string()),
			Some("AccountId32") => account(value),
			Some("MinimumWindows") => windows(value),
			_ => None,
		};
		known.or_else(|| self.wrapped(value)).unwrap_or_else(|| match &value.value {
			ValueDef::Composite(fields) => self.composite(fields),
			ValueDef::Variant(variant) => self.variant(variant),
			ValueDef::BitSequence(bits) => format!("{bits:?}"),
			ValueDef::Primitive(primitive) => plain(primitive),
		})
	}

	fn composite(&self, fields: &Composite<u32>) -> String {
		match fields {
			Composite::Named(fields) => {
				let fields =
					fields.iter().map(|(name, value)| format!("{name}: {}", self.text(value)));
				format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
			}
			Composite::Unnamed(values) => self.list(values),
		}
	}

	fn list(&self, values: &[Value<u32>]) -> String {
		let texts: Vec<_> = values.iter().map(|value| self.text(value)).collect();
		format!("[{}]", texts.join(", "))
	}

	fn variant(&self, variant: &Variant<u32>) -> String {
		let mut values = variant.values.values();
		match (variant.name.as_str(), values.next()) {
			("None", None) => "none".into(),
			("Some", Some(value)) => self.text(value),
			(name, None) => name.into(),
			(name, Some(_)) => format!("{name} {}", self.composite(&variant.values)),
		}
	}

	/// The last word of a type's path.
	fn type_name(&self, id: u32) -> Option<String> {
		self.metadata.types().resolve(id)?.path.ident()
	}

	/// Bytes, and what has one field without a name, such as a digest or a bounded list.
	fn wrapped(&self, value: &Value<u32>) -> Option<String> {
		let ValueDef::Composite(Composite::Unnamed(values)) = &value.value else { return None };
		match &self.metadata.types().resolve(value.context)?.type_def {
			TypeDef::Composite(_) if values.len() == 1 => Some(self.text(values.first()?)),
			TypeDef::Sequence(TypeDefSequence { type_param, .. })
				if self.type_name(type_param.id).as_deref() == Some("Role") =>
			{
				roles(values)
			}
			TypeDef::Sequence(TypeDefSequence { type_param, .. })
			| TypeDef::Array(TypeDefArray { type_param, .. })
				if self.is_byte(type_param.id) =>
			{
				let bytes: Option<Vec<u8>> = values.iter().map(byte).collect();
				bytes.map(|bytes| bytes_text(&bytes))
			}
			_ => None,
		}
	}

	fn is_byte(&self, id: u32) -> bool {
		let found = self.metadata.types().resolve(id);
		found.is_some_and(|found| found.type_def == TypeDef::Primitive(TypeDefPrimitive::U8))
	}
}

fn number(value: &Value<u32>) -> Option<u128> {
	match &value.value {
		ValueDef::Primitive(Primitive::U128(number)) => Some(*number),
		ValueDef::Composite(fields) if fields.len() == 1 => number(fields.values().next()?),
		_ => None,
	}
}

fn byte(value: &Value<u32>) -> Option<u8> {
	number(value)?.try_into().ok()
}

fn account(value: &Value<u32>) -> Option<String> {
	let ValueDef::Composite(outer) = &value.value else { return None };
	let ValueDef::Composite(bytes) = &outer.values().next()?.value else { return None };
	let bytes: Vec<u8> = bytes.values().map(byte).collect::<Option<_>>()?;
	Some(AccountId32(bytes.try_into().ok()?).to_string())
}

/// Roles by their names, in the order of the list.
fn roles(values: &[Value<u32>]) -> Option<String> {
	let name = |value: &Value<u32>| match &value.value {
		ValueDef::Variant(role) => Some(role.name.to_lowercase()),
		_ => None,
	};
	let names: Vec<_> = values.iter().map(name).collect::<Option<_>>()?;
	Some(match names.is_empty() {
		true => "none".into(),
		false => names.join(" and "),
	})
}

/// Milliseconds as spans.
fn windows(value: &Value<u32>) -> Option<String> {
	let ValueDef::Composite(Composite::Named(fields)) = &value.value else { return None };
	let spans = fields.iter().map(|(name, value)| {
		let millis = Millis::try_from(number(value)?).ok()?;
		Some(format!("{name} {}", span(millis)))
	});
	Some(spans.collect::<Option<Vec<_>>>()?.join(", "))
}

/// Text in quotes, with nothing in it that a terminal would obey; other bytes in hexadecimal.
fn bytes_text(bytes: &[u8]) -> String {
	let printable = |text: &&str| !text.chars().any(char::is_control);
	match std::str::from_utf8(bytes).ok().filter(printable) {
		Some(text) if bytes.len() <= SHOWN_BYTES => format!("{text:?}"),
		_ if bytes.len() <= SHOWN_BYTES => format!("0x{}", hex::encode(bytes)),
		_ => format!("{} bytes", bytes.len()),
	}
}

fn plain(primitive: &Primitive) -> String {
	match primitive {
		Primitive::Bool(value) => value.to_string(),
		Primitive::Char(value) => format!("{value:?}"),
		Primitive::String(value) => format!("{value:?}"),
		Primitive::U128(value) => value.to_string(),
		Primitive::I128(value) => value.to_string(),
		Primitive::U256(value) | Primitive::I256(value) => format!("0x{}", hex::encode(value)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		calls,
		keys::{Keypair, Scheme},
		peer::PeerId,
	};
	use winddown_primitives::{Role, Roles};

	fn account() -> AccountId32 {
		Keypair::from_suri(Scheme::Sr25519, "//Bank").unwrap().account()
	}

	fn text(call: &Call) -> String {
		call.view().unwrap().to_string()
	}

	#[test]
	fn an_admission_tells_the_account_the_name_and_the_roles() {
		let roles = Roles::new(&[Role::Arbiter, Role::Council]);
		assert_eq!(
			text(&calls::admit(account(), "农业 Bank", roles)),
			format!(
				"Consortium.admit(who = {}, name = \"农业 Bank\", roles = arbiter and council)",
				account()
			)
		);
		assert_eq!(
			text(&calls::suspend(account())),
			format!("Consortium.suspend(who = {})", account())
		);
	}

	#[test]
	fn windows_are_told_as_spans() {
		assert_eq!(
			text(&calls::set_minimum_windows(86_400_000, 3_600_000, 60_000, 7_000)),
			"Cases.set_minimums(minimums = notice 1 day, confirmation 1 hour, voting 1 minute, \
			 review 7 seconds)"
		);
	}

	#[test]
	fn a_node_is_told_by_its_peer_id() {
		let peer = PeerId::of_ed25519(&[7; 32]);
		assert_eq!(
			text(&calls::permit_peer(&peer, account())),
			format!("NodePermission.permit(peer = \"{peer}\", institution = {})", account())
		);
	}

	#[test]
	fn a_call_that_is_enacted_reads_as_that_call() {
		assert_eq!(
			text(&calls::authorise_upgrade([0xab; 32])),
			format!(
				"Consortium.enact(call = System.authorize_upgrade(code_hash = 0x{}))",
				"ab".repeat(32)
			)
		);
	}

	#[test]
	fn every_call_of_a_batch_is_told() {
		let (one, other) = (calls::suspend(account()), calls::reinstate(account()));
		let listed = [&[8], one.encoded(), other.encoded()].concat();
		assert_eq!(
			text(&Call::from_arguments("Utility", "batch_all", listed)),
			format!(
				"Utility.batch_all(calls = [Consortium.suspend(who = {0}), \
				 Consortium.reinstate(who = {0})])",
				account()
			)
		);
		let alone = [&[4], one.encoded()].concat();
		assert_eq!(
			text(&Call::from_arguments("Utility", "batch_all", alone)),
			format!("Utility.batch_all(calls = [Consortium.suspend(who = {})])", account())
		);
	}

	#[test]
	fn a_name_cannot_command_the_terminal() {
		let call = calls::admit(account(), "\u{1b}[2J", Roles::new(&[]));
		let value = &call.view().unwrap().arguments[1].value;
		assert_eq!(value, "\"\\u{1b}[2J\"");
	}

	#[test]
	fn bytes_that_are_no_call_of_the_chain_are_not_read() {
		assert_eq!(view(&[255, 0], metadata()), None);
		let longer = [calls::suspend(account()).encoded(), &[0]].concat();
		assert_eq!(view(&longer, metadata()), None);
	}
}
