//! Numbers that a check speaks against, and one number under two kinds of documents.

use super::*;
use crate::document::DocumentKind;

const XIAMEN: &str = "credit_code,91350203M0001QKT19,某公司,0592-1234567,9,0,9,1";

fn reading(lines: &[u64]) -> Reading {
	Reading { vouched: lines.iter().copied().collect(), ..Reading::default() }
}

fn remarks(bytes: &[u8], reading: &Reading) -> Vec<(Option<u64>, Remark)> {
	let notes = read(bytes, reading).expect("the file is good").notes;
	notes.into_iter().map(|note| (note.line, note.remark)).collect()
}

#[test]
fn a_real_code_that_breaks_the_standard_stops_the_roll_until_a_clerk_vouches_for_its_line() {
	let bytes = file(&[WANG, XIAMEN]);
	let doubt = DocumentError::CodeCheck;
	assert_eq!(problems(&bytes), [(Some(3), Document(doubt))]);
	let vouched = read(&bytes, &reading(&[3])).unwrap();
	assert_eq!(vouched.lenders[1].document.number(), "91350203M0001QKT19");
	assert_eq!(vouched.lenders[1].vouched, Some(doubt));
	assert_eq!(vouched.lenders[0].vouched, None);
	let kind = DocumentKind::CreditCode;
	assert_eq!(remarks(&bytes, &reading(&[3])), [(Some(3), Remark::Vouched { kind, doubt })]);
}

#[test]
fn a_column_of_the_file_vouches_as_well_and_says_yes_or_no() {
	let with = |word: &str| format!("{HEADER},已核对\n{XIAMEN},{word}\n").into_bytes();
	for yes in ["是", "已核对", "yes", "1"] {
		assert_eq!(read(&with(yes), &Reading::default()).unwrap().lenders.len(), 1, "{yes}");
	}
	// Programs write a word for nothing where nobody vouched.
	for no in ["", "否", "no", "0", "×", "-", "NULL", "n/a", "无"] {
		assert_eq!(problems(&with(no)), [(Some(2), Document(DocumentError::CodeCheck))], "{no}");
	}
	let unclear = problems(&with("perhaps"));
	assert_eq!(unclear, [(Some(2), Vouched), (Some(2), Document(DocumentError::CodeCheck))]);
}

#[test]
fn nobody_vouches_for_a_wrong_shape_another_kind_or_an_empty_line() {
	let wrong = file(&[
		"credit_code,91350203M0001QKT1,某公司,1,9,0,9,1",
		"credit_code,440301199001010469,王,1,9,0,9,1",
	]);
	let found = read(&wrong, &reading(&[2, 3, 9])).unwrap_err().0;
	let found: Vec<_> = found.into_iter().map(|problem| (problem.line, problem.reason)).collect();
	assert_eq!(
		found,
		[
			(Some(2), Document(DocumentError::Length { found: 17, expected: "18" })),
			(Some(3), Document(DocumentError::OtherKind(DocumentKind::ResidentId))),
			(Some(9), NobodyToVouchFor),
		]
	);
}

#[test]
fn a_company_under_its_old_and_its_new_code_is_one_and_both_lines_are_named() {
	let old = "organisation_code,70846113-6,Acme 公司,1,9,0,9,1";
	let kind = DocumentKind::OrganisationCode;
	assert_eq!(
		problems(&file(&[WANG, old, ACME])),
		[(Some(4), SameUnderOtherKind { first: 3, kind })]
	);
	let message = SameUnderOtherKind { first: 3, kind }.to_string();
	assert!(message.contains("line 3") && message.contains("组织机构代码"), "{message}");
}

#[test]
fn a_short_number_under_two_kinds_is_a_note_and_numbers_without_a_check_are_counted() {
	let bytes = file(&[
		"passport,12345678,王,13800138000,9,0,9,1",
		"taiwan_permit,1234567801,李,13800138000,9,0,9,1",
		"other:某国,AB-77,赵,13800138000,9,0,9,1",
	]);
	let kind = DocumentKind::Passport;
	let found = remarks(&bytes, &Reading::default());
	assert!(found.contains(&(None, Remark::Unchecked(3))), "{found:?}");
	assert!(found.contains(&(Some(3), Remark::PerhapsTheSame { first: 2, kind })), "{found:?}");
}

#[test]
fn each_line_of_a_lender_with_several_is_vouched_for_by_itself() {
	let bytes = file(&[XIAMEN, XIAMEN]);
	let of = |lines: &[u64]| read(&bytes, &Reading { repeated: Repeated::AddUp, ..reading(lines) });
	let Problems(found) = of(&[2]).unwrap_err();
	assert_eq!(found, [Problem { line: Some(3), reason: Document(DocumentError::CodeCheck) }]);
	let read = of(&[2, 3]).unwrap();
	assert_eq!(read.lenders.len(), 1);
	assert_eq!(read.lenders[0].vouched, Some(DocumentError::CodeCheck));
}
