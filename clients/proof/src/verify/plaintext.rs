use crate::{
	bundle::Plaintext,
	digest::Digest,
	failure::Failure,
	layout::evidence::{self, Content},
	merkle::{Path, Tree},
	record::{slips, Record},
	report::Shown,
};
use alloc::{string::ToString, vec::Vec};

/// Checks that `bytes` are what `expected` was taken of, by the same algorithm.
pub fn has_digest(bytes: &[u8], expected: Digest) -> Result<(), Failure> {
	let actual = expected.algorithm.hash(bytes);
	if actual == expected {
		return Ok(());
	}
	let is_right = |text: &[u8]| expected.algorithm.hash(text) == expected;
	Err(match slips(bytes, is_right) {
		Some(slips) => Failure::TextChanged { slips },
		None => Failure::DigestMismatch { expected, actual },
	})
}

/// Reads a record in its canonical form.
pub fn record(bytes: &[u8]) -> Result<Record, Failure> {
	Record::parse(bytes).map_err(|error| Failure::RecordUnreadable { reason: error.to_string() })
}

/// Checks a plaintext against the content of an evidence record of `case`.
pub fn of_evidence(
	content: &Content,
	case: u32,
	plaintext: Option<&Plaintext>,
) -> Result<Shown, Failure> {
	match (plaintext, content.encoding) {
		(None, _) => Ok(Shown::Nothing),
		(Some(Plaintext::Whole(bytes)), evidence::OF_CHAIN) => {
			has_digest(bytes, content.digest).map(|()| Shown::Whole)
		}
		(Some(Plaintext::Whole(bytes)), evidence::DOCUMENT) => {
			has_digest(bytes, content.digest)?;
			has_size(bytes, content.size).map(|()| Shown::Whole)
		}
		(Some(Plaintext::Whole(lines)), evidence::BATCH) => {
			has_root(lines, content, case)?;
			has_size(lines, content.size).map(|()| Shown::Whole)
		}
		(Some(Plaintext::Leaf { record, position, siblings }), evidence::BATCH) => {
			of_case(record, case)?;
			in_batch(content, record, *position, siblings)?;
			Ok(Shown::Leaf { position: *position })
		}
		_ => Err(Failure::PlaintextOutOfPlace),
	}
}

fn has_size(bytes: &[u8], expected: u64) -> Result<(), Failure> {
	let actual = bytes.len() as u64;
	if actual == expected {
		Ok(())
	} else {
		Err(Failure::SizeMismatch { expected, actual })
	}
}

fn of_case(bytes: &[u8], case: u32) -> Result<(), Failure> {
	match record(bytes)?.case() {
		actual if actual == case => Ok(()),
		actual => Err(Failure::RecordOfOtherCase { actual }),
	}
}

/// One record of a batch lies at `position`.
fn in_batch(
	content: &Content,
	record: &[u8],
	position: u32,
	siblings: &[[u8; 32]],
) -> Result<(), Failure> {
	let path = Path { position, leaves: content.leaves, siblings: siblings.to_vec() };
	if path.verify(&content.digest, record) {
		Ok(())
	} else {
		Err(Failure::NotInBatch)
	}
}

/// All records of a batch, a line each, in the order of the leaves.
fn has_root(lines: &[u8], content: &Content, case: u32) -> Result<(), Failure> {
	let lines = lines.strip_suffix(b"\n").unwrap_or(lines);
	let leaves: Vec<&[u8]> = lines.split(|byte| *byte == b'\n').collect();
	if leaves.len() as u64 != u64::from(content.leaves) {
		let actual = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
		return Err(Failure::LeavesMismatch { expected: content.leaves, actual });
	}
	leaves.iter().try_for_each(|leaf| of_case(leaf, case))?;
	let actual = Tree::new(content.digest.algorithm, &leaves).root();
	let expected = content.digest;
	if actual == expected {
		Ok(())
	} else {
		Err(Failure::DigestMismatch { expected, actual })
	}
}
