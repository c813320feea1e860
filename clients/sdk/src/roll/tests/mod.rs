mod vouched;
mod whole;
mod workbooks;

use super::*;
use crate::{
	amount::AmountError, document::DocumentError, identity::MasterKey, roll::problem::Reason::*,
};
use encoding_rs::GB18030;
use proptest::prelude::*;
use winddown_primitives::{IdentityHash, Votes};

const HEADER: &str =
	"document_type,document_number,name,phone,recharge,withdrawal,outstanding_principal,class";
const WANG: &str = "resident_id,11010519491231002X,王小明,13800138000,30000,22000.50,7999.50,0";
const LI: &str = "resident_id,440524188001010014,李雷,13900139000,\"1,000.00\",0,1000,1";
const ACME: &str = "credit_code,91440300708461136T,Acme 公司,0755-26640000,9,0,9,1";

fn file(lines: &[&str]) -> Vec<u8> {
	[&[HEADER], lines].concat().join("\n").into_bytes()
}

fn problems(bytes: &[u8]) -> Vec<(Option<u64>, Reason)> {
	read(bytes, &Reading::default())
		.expect_err("the file is bad")
		.0
		.into_iter()
		.map(|problem| (problem.line, problem.reason))
		.collect()
}

#[test]
fn a_good_file_is_read_line_by_line() {
	let read = read(&file(&[WANG, LI, ACME]), &Reading::default()).unwrap();
	assert_eq!(read.notes, []);
	assert_eq!(read.doubts, []);
	let facts: Vec<_> = read
		.lenders
		.iter()
		.map(|l| (l.line, l.name.as_str(), l.recharge, l.withdrawal, l.outstanding, l.class))
		.collect();
	assert_eq!(
		facts,
		[
			(2, "王小明", 3_000_000, 2_200_050, 799_950, 0),
			(3, "李雷", 100_000, 0, 100_000, 1),
			(4, "Acme 公司", 900, 0, 900, 1),
		]
	);
}

#[test]
fn columns_may_have_chinese_names_stand_in_any_order_and_be_more_than_needed() {
	let text = "备注,类别,待收本金,提现金额,充值金额,手机号,姓名,证件号码,证件类型\r\n\
	            x,2,5,1,6,13800138000,王小明,11010519491231002x,身份证\r\n";
	let read = read(text.as_bytes(), &Reading::default()).unwrap();
	assert_eq!(read.lenders[0].outstanding, 500);
	assert_eq!(read.lenders[0].class, 2);
	assert_eq!(read.lenders[0].document.number(), "11010519491231002X");
	assert_eq!(read.notes.len(), 1);
}

#[test]
fn a_byte_order_mark_is_skipped_and_reported() {
	let marked = [b"\xef\xbb\xbf".as_slice(), &file(&[WANG])].concat();
	let read = read(&marked, &Reading::default()).unwrap();
	assert_eq!(read.lenders.len(), 1);
	assert_eq!(read.notes, [Note::at(1, Remark::ByteOrderMark)]);
}

#[test]
fn a_byte_order_mark_between_two_joined_files_is_a_problem_of_its_line() {
	let joined = file(&[WANG, &format!("\u{feff}{LI}")]);
	assert_eq!(problems(&joined), [(Some(3), Invisible("document_type"))]);
}

#[test]
fn a_gb18030_file_is_refused_with_advice_and_read_when_asked_for() {
	let text = String::from_utf8(file(&[WANG, LI])).unwrap();
	let (bytes, _, _) = GB18030.encode(&text);
	let likely = Some(Likely::Known(TextEncoding::Gb18030));
	assert_eq!(problems(&bytes), [(Some(2), Encoding { expected: TextEncoding::Utf8, likely })]);

	let read = read(&bytes, &TextEncoding::Gb18030.into()).unwrap();
	assert_eq!(read.lenders[0].name, "王小明");
}

#[test]
fn a_utf_8_mark_in_a_file_that_is_read_as_gb18030_is_told() {
	let utf8 = [b"\xef\xbb\xbf".as_slice(), &file(&[WANG])].concat();
	let found = read(&utf8, &TextEncoding::Gb18030.into()).unwrap_err();
	let likely = Some(Likely::Known(TextEncoding::Utf8));
	let reason = Encoding { expected: TextEncoding::Gb18030, likely };
	assert_eq!(found.0, [Problem { line: Some(1), reason }]);
}

#[test]
fn a_byte_that_is_neither_encoding_is_found_on_its_line() {
	let mut bytes = file(&[WANG, LI]);
	bytes.extend(b"\nresident_id,\xff\xff,x,1,1,1,1,1");
	assert!(matches!(problems(&bytes)[..], [(Some(4), Encoding { .. })]));
	let text = String::from_utf8(file(&[WANG, LI])).unwrap();
	let chinese = [&GB18030.encode(&text).0, &b"\nresident_id,\xff\xff,x,1,1,1,1,1"[..]].concat();
	let found = read(&chinese, &TextEncoding::Gb18030.into()).unwrap_err().0;
	assert!(matches!(found[..], [Problem { line: Some(4), reason: Encoding { .. } }]));
}

#[test]
fn an_empty_file_is_refused_and_so_is_one_without_lenders() {
	for empty in [&b""[..], b"\n\n", b"  \r\n", b"\xef\xbb\xbf"] {
		assert_eq!(problems(empty), [(None, EmptyFile)], "{empty:?}");
	}
	assert_eq!(problems(HEADER.as_bytes()), [(None, NoLenders)]);
	assert_eq!(problems(&file(&["", ""])), [(None, NoLenders)]);
}

#[test]
fn the_first_line_must_name_every_column_once() {
	assert!(matches!(&problems(WANG.as_bytes())[..], [(Some(1), MissingColumns { .. })]));
	let without_class = HEADER.replace(",class", "");
	let missing = MissingColumns { missing: vec![COLUMNS[7]], others: Vec::new() };
	assert_eq!(problems(without_class.as_bytes()), [(Some(1), missing)]);
	let twice = format!("{HEADER},姓名");
	let titles = vec!["name".into(), "姓名".into()];
	assert_eq!(problems(twice.as_bytes()), [(Some(1), RepeatedColumn { column: "name", titles })]);
	let semicolons = HEADER.replace(',', ";");
	assert_eq!(problems(semicolons.as_bytes()), [(Some(1), Separator("semicolons"))]);
}

#[test]
fn every_bad_line_is_reported_with_its_line_and_all_its_reasons() {
	let bad = file(&[
		WANG,
		"resident_id,110105194912310021,王,13800138000,1,1,1,0",
		"resident_id,440524188001010014,,abc,-1,1.234,0,300",
		"",
		"licence,1,赵,13800138000,1,1,1e5,0",
		"resident_id,11010519491231002X,孙,13800138000,1,1",
		WANG,
	]);
	let amount = |column, error| Amount { column, error };
	assert_eq!(
		problems(&bad),
		[
			(Some(3), Document(DocumentError::CheckDigit)),
			(Some(4), EmptyCell("name")),
			(Some(4), amount("recharge", AmountError::Negative)),
			(Some(4), amount("withdrawal", AmountError::TooPrecise)),
			(Some(4), NothingOutstanding),
			(Some(4), Class),
			(Some(6), Document(DocumentError::UnknownKind)),
			(Some(6), amount("outstanding_principal", AmountError::Scientific)),
			(Some(7), Cells { found: 6, expected: 8 }),
			(Some(8), DuplicatePerson { first: 2 }),
		]
	);
}

#[test]
fn a_person_on_an_old_and_a_new_card_is_a_duplicate() {
	let old = WANG.replace("11010519491231002X", "110105491231002");
	let old = old.replace("7999.50", "1.50");
	assert_eq!(problems(&file(&[WANG, &old])), [(Some(3), DuplicatePerson { first: 2 })]);
}

#[test]
fn amounts_that_overflow_alone_or_together_are_refused() {
	let most = "3402823669209384634633746074317682114.55";
	let line =
		|number: &str, amount: &str| format!("resident_id,{number},王,13800138000,1,1,{amount},0");
	let alone = line("11010519491231002X", &most.replace("55", "56"));
	assert_eq!(
		problems(&file(&[&alone])),
		[(Some(2), Amount { column: "outstanding_principal", error: AmountError::Overflow })]
	);
	let together = [line("11010519491231002X", most), line("440524188001010014", "0.01")];
	assert_eq!(problems(&file(&[&together[0], &together[1]])), [(Some(3), SumOverflows)]);
}

#[test]
fn an_open_quote_is_found_where_it_is_opened() {
	let open = file(&[WANG, &LI.replace("李雷", "\"李雷"), ACME]);
	let found = problems(&open);
	assert_eq!(found[0].0, Some(3));
	assert!(found.iter().all(|(line, _)| *line == Some(3)), "{found:?}");
}

#[test]
fn nine_classes_are_too_many() {
	let lines: Vec<String> = (0..9)
		.map(|class| format!("passport,E1234567{class},王,13800138000,1,0,1,{class}"))
		.collect();
	let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
	assert_eq!(problems(&file(&lines)), [(None, TooManyClasses(9))]);
	assert!(read(&file(&lines[..8]), &Reading::default()).is_ok());
}

#[test]
fn no_report_of_a_problem_tells_a_personal_datum() {
	let bad = file(&[
		"resident_id,110105194912310021,王小明,138001380001380013800,-8000,1.234,0,300",
		&WANG.replace("王小明", "王\u{200b}小明"),
	]);
	let report: String = problems(&bad).iter().map(|(_, reason)| format!("{reason}\n")).collect();
	for datum in ["1101051949", "王", "13800", "8000", "1.234"] {
		assert!(!report.contains(datum), "{datum} in {report}");
	}
	let lenders = read(&file(&[WANG]), &Reading::default()).unwrap();
	assert!(!format!("{lenders:?}").contains("王小明"));
}

#[test]
fn a_prepared_roll_is_sorted_summed_and_holds_hashes_only() {
	let lenders = read(&file(&[WANG, LI, ACME]), &Reading::default()).unwrap().lenders;
	let key = MasterKey::from_bytes([1; 32]).case_key(0);
	let roll = PreparedRoll::new(&lenders, &key).unwrap();
	assert!(roll.rows().windows(2).all(|pair| pair[0].identity < pair[1].identity));
	assert_eq!(roll.whole(), Votes { heads: 3, amount: 900_850 });
	assert_eq!(roll.classes()[&1], Votes { heads: 2, amount: 100_900 });
	for lender in &lenders {
		let (at, row) = roll.find(&key.identity(&lender.document)).unwrap();
		assert_eq!(roll.rows()[at as usize], *row);
		assert_eq!((row.amount, row.line), (lender.outstanding, lender.line));
	}
	assert_eq!(roll.find(&IdentityHash([0; 32])), None);
}

fn row(first: u8, amount: u128) -> PreparedRow {
	PreparedRow { identity: IdentityHash([first; 32]), amount, class: 0, line: first.into() }
}

#[test]
fn a_roll_refuses_one_person_twice_and_sums_that_overflow() {
	assert_eq!(
		PreparedRoll::from_rows(vec![row(1, 5), row(2, 5), row(1, 5)]),
		Err(PrepareError::SamePerson(1, 1))
	);
	assert_eq!(
		PreparedRoll::from_rows(vec![row(1, u128::MAX), row(2, 1)]),
		Err(PrepareError::SumOverflows)
	);
}

#[test]
fn the_running_digest_depends_on_every_field_and_on_the_order() {
	let digest = |rows: &[PreparedRow]| rows.iter().fold(EMPTY_DIGEST, digest_after);
	let base = digest(&[row(1, 5), row(2, 6)]);
	assert_ne!(base, digest(&[row(2, 6), row(1, 5)]));
	assert_ne!(base, digest(&[row(1, 6), row(2, 6)]));
	assert_ne!(base, digest(&[row(1, 5), PreparedRow { class: 1, ..row(2, 6) }]));
	let roll = PreparedRoll::from_rows(vec![row(1, 5), row(2, 6)]).unwrap();
	assert_eq!(roll.digest(2), Some(base));
	assert_eq!(roll.digest(0), Some(EMPTY_DIGEST));
	assert_eq!(roll.digest(3), None);
}

#[test]
fn the_running_digest_is_that_of_the_chain() {
	let rows = [row(1, 5), PreparedRow { class: 3, ..row(2, u128::MAX) }];
	let mut chain = winddown_primitives::EMPTY_ROLL_DIGEST;
	let mut own = EMPTY_DIGEST;
	for row in &rows {
		chain = winddown_primitives::roll_digest(&chain, &row.identity, row.amount, row.class);
		own = digest_after(own, row);
		assert_eq!(own, chain);
	}
}

proptest! {
	#[test]
	fn whatever_the_bytes_reading_never_panics_and_good_lines_stay_good(
		bytes in proptest::collection::vec(any::<u8>(), 0..400)
	) {
		for encoding in [TextEncoding::Utf8, TextEncoding::Gb18030] {
			if let Ok(lenders) = read(&bytes, &encoding.into()) {
				prop_assert!(!lenders.lenders.is_empty());
			}
			let appended = [file(&[WANG]), b"\n".to_vec(), bytes.clone()].concat();
			if let Err(Problems(problems)) = read(&appended, &encoding.into()) {
				prop_assert!(!problems.is_empty());
			}
		}
	}

	#[test]
	fn whatever_the_cells_reading_never_panics(
		cells in proptest::collection::vec("\\PC{0,24}", 8), line in "[ -~]{0,60}"
	) {
		let row = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>();
		let bytes = file(&[&row.join(","), &line]);
		if let Err(Problems(problems)) = read(&bytes, &Reading::default()) {
			prop_assert!(!problems.is_empty());
		}
	}
}
