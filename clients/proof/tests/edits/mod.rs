//! Changes to the bytes of a file, at random.

use proptest::{prelude::*, sample::Index};

/// A change to the bytes of a file.
#[derive(Clone, Debug)]
pub enum Edit {
	Flip(Index, u8),
	Truncate(Index),
	Cut(Index, u8),
	Insert(Index, Vec<u8>),
	Copy(Index, Index, u8),
}

pub fn edit() -> impl Strategy<Value = Edit> {
	prop_oneof![
		2 => (any::<Index>(), 0u8..8).prop_map(|(at, bit)| Edit::Flip(at, 1 << bit)),
		2 => (any::<Index>(), 1u8..).prop_map(|(at, with)| Edit::Flip(at, with)),
		1 => any::<Index>().prop_map(Edit::Truncate),
		2 => (any::<Index>(), 1u8..).prop_map(|(at, count)| Edit::Cut(at, count)),
		2 => (any::<Index>(), prop::collection::vec(any::<u8>(), 1..40))
			.prop_map(|(at, bytes)| Edit::Insert(at, bytes)),
		2 => (any::<Index>(), any::<Index>(), 1u8..)
			.prop_map(|(from, to, count)| Edit::Copy(from, to, count)),
	]
}

pub fn apply(bytes: &mut Vec<u8>, edit: &Edit) {
	let length = bytes.len();
	if length == 0 {
		return;
	}
	match edit {
		Edit::Flip(at, with) => bytes[at.index(length)] ^= with,
		Edit::Truncate(at) => bytes.truncate(at.index(length)),
		Edit::Cut(at, count) => {
			let from = at.index(length);
			bytes.drain(from..length.min(from + usize::from(*count)));
		}
		Edit::Insert(at, new) => {
			let at = at.index(length);
			bytes.splice(at..at, new.iter().copied());
		}
		Edit::Copy(from, to, count) => {
			let from = from.index(length);
			let part = bytes[from..length.min(from + usize::from(*count))].to_vec();
			let to = to.index(length);
			bytes.splice(to..length.min(to + part.len()), part);
		}
	}
}
