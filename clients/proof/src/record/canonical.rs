//! The canonical form of JSON by RFC 8785, for records: objects, arrays, texts, booleans and whole
//! numbers up to 2^53 - 1. Records hold nothing else, so the rules for fractions are not needed.

use alloc::{string::String, vec::Vec};
use serde_json::{Map, Value};

/// The greatest number that every JSON reader keeps exact.
pub const GREATEST: u64 = (1 << 53) - 1;

/// The canonical bytes of `value`; `None` when it holds a number that records do not have.
pub fn canonical(value: &Value) -> Option<Vec<u8>> {
	let mut out = Vec::new();
	write(value, &mut out)?;
	Some(out)
}

fn write(value: &Value, out: &mut Vec<u8>) -> Option<()> {
	match value {
		Value::Object(map) => write_object(map, out),
		Value::Array(items) => {
			out.push(b'[');
			for (at, item) in items.iter().enumerate() {
				if at > 0 {
					out.push(b',');
				}
				write(item, out)?;
			}
			out.push(b']');
			Some(())
		}
		Value::Number(number) if number.as_u64().is_none_or(|number| number > GREATEST) => None,
		// Texts are escaped as RFC 8785, section 3.2.2.2 wants it.
		Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
			out.extend(serde_json::to_vec(value).ok()?);
			Some(())
		}
	}
}

/// Names stand in the order of their UTF-16 code units.
fn write_object(map: &Map<String, Value>, out: &mut Vec<u8>) -> Option<()> {
	let mut fields: Vec<_> = map.iter().collect();
	fields.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
	out.push(b'{');
	for (at, (name, value)) in fields.into_iter().enumerate() {
		if at > 0 {
			out.push(b',');
		}
		out.extend(serde_json::to_vec(name).ok()?);
		out.push(b':');
		write(value, out)?;
	}
	out.push(b'}');
	Some(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::format;
	use proptest::prelude::*;
	use serde_json::json;

	fn json() -> impl Strategy<Value = Value> {
		let leaf = prop_oneof![
			any::<bool>().prop_map(Value::from),
			(0..=GREATEST).prop_map(Value::from),
			any::<String>().prop_map(Value::from),
		];
		leaf.prop_recursive(4, 32, 6, |inner| {
			prop_oneof![
				prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
				prop::collection::btree_map(any::<String>(), inner, 0..6)
					.prop_map(|map| Value::Object(map.into_iter().collect())),
			]
		})
	}

	/// Whether the names of every object ascend by UTF-16; names are unique in a `Value`.
	fn is_sorted(text: &[u8]) -> bool {
		let names = |map: &Map<String, Value>| -> Vec<Vec<u16>> {
			map.keys().map(|name| name.encode_utf16().collect()).collect()
		};
		let Ok(Value::Object(map)) = serde_json::from_slice(text) else { return true };
		let mut sorted = names(&map);
		sorted.sort();
		let places: Vec<usize> = sorted
			.iter()
			.map(|name| {
				let name = String::from_utf16(name).unwrap();
				let written = format!("{}:", serde_json::to_string(&name).unwrap());
				String::from_utf8_lossy(text).find(&written).unwrap()
			})
			.collect();
		places.is_sorted()
	}

	proptest! {
		#[test]
		fn it_reads_as_the_value_and_has_no_other_form(value in json()) {
			let bytes = canonical(&value).unwrap();
			let read: Value = serde_json::from_slice(&bytes).unwrap();
			prop_assert_eq!(&read, &value);
			prop_assert_eq!(canonical(&read), Some(bytes));
		}

		#[test]
		fn the_names_of_an_object_ascend(names in prop::collection::btree_set("[a-z\u{80}-\u{10ffff}]{2,3}", 0..5)) {
			let value: Value = Value::Object(names.into_iter().map(|name| (name, Value::from(1))).collect());
			prop_assert!(is_sorted(&canonical(&value).unwrap()));
		}
	}

	#[test]
	fn texts_are_escaped_as_the_rfc_wants_it() {
		// The example of RFC 8785, section 3.2.2.
		let value =
			json!({ "string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/", "literals": [null, true, false] });
		let expected = r#"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
		assert_eq!(canonical(&value), Some(expected.as_bytes().to_vec()));
	}

	#[test]
	fn names_are_sorted_by_utf_16() {
		// The example of RFC 8785, section 3.2.3.
		let value = json!({
			"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
			"1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
			"\u{f6}": "Latin Small Letter O With Diaeresis",
		});
		let text = String::from_utf8(canonical(&value).unwrap()).unwrap();
		let places = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
			.map(|word| text.find(word).unwrap());
		assert!(places.is_sorted(), "{text}");
	}

	#[test]
	fn numbers_that_a_reader_may_round_are_refused() {
		assert_eq!(canonical(&json!(GREATEST)), Some(b"9007199254740991".to_vec()));
		for number in [json!(GREATEST + 1), json!(-1), json!(0.5), json!(1e300)] {
			assert_eq!(canonical(&json!([number])), None);
		}
	}
}
