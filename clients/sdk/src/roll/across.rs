//! One person or company under two kinds of documents, and numbers for which a clerk vouched.

use super::{Lender, Note, Problem, Reason, Remark};
use crate::document::{AcrossKinds, Seen};

/// What was found among the lenders of a file.
#[derive(Default)]
pub(super) struct Across {
	pub problems: Vec<Problem>,
	pub notes: Vec<Note>,
}

/// Looks for numbers that stand under several kinds. What must be one person is a problem, unless a clerk vouches
/// for the later line; what may be two is a note.
pub(super) fn kinds(lenders: &[Lender]) -> Across {
	let (mut found, mut seen) = (Across::default(), AcrossKinds::default());
	for lender in lenders {
		let line = lender.line;
		if let Some(doubt) = lender.vouched {
			let kind = lender.document.kind();
			found.notes.push(Note::at(line, Remark::Vouched { kind, doubt }));
		}
		let Some(Seen { line: first, kind, certain }) = seen.add(line, &lender.document) else {
			continue;
		};
		match certain && lender.vouched.is_none() {
			true => found.problems.push(Problem {
				line: Some(line),
				reason: Reason::SameUnderOtherKind { first, kind },
			}),
			false => found.notes.push(Note::at(line, Remark::PerhapsTheSame { first, kind })),
		}
	}
	found
}
