//! Files judged as a whole. The people are invented.

use super::*;
use crate::document::resident_check_digit;

fn resident(serial: u32) -> String {
	let first = format!(
		"440301{}{:02}{:02}{:03}",
		1950 + serial % 50,
		1 + serial % 12,
		1 + serial % 28,
		100 + serial % 800
	);
	format!("{first}{}", resident_check_digit(&first).unwrap())
}

fn line(number: &str, name: &str, outstanding: &str) -> String {
	format!("resident_id,{number},{name},13800138000,1,0,{outstanding},0")
}

fn told(lines: &[String], reading: &Reading) -> Result<Lenders, Vec<(Option<u64>, Reason)>> {
	let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
	read(&file(&lines), reading)
		.map_err(|Problems(found)| found.into_iter().map(|p| (p.line, p.reason)).collect())
}

fn add_up() -> Reading {
	Reading { repeated: Repeated::AddUp, ..Reading::default() }
}

#[test]
fn amounts_as_a_sheet_shows_them_are_doubted() {
	let read = told(&[line(&resident(1), "王", "\"12,346\"")], &Reading::default()).unwrap();
	let doubt = |lenders, grain| Doubt::Coarse { with_fen: 0, lenders, grain };
	assert_eq!(read.doubts, [doubt(1, Grain::Yuan)]);
	let lines = [line(&resident(1), "王", "12.35万"), line(&resident(2), "李", "￥40000.0000")];
	let read = told(&lines, &Reading::default()).unwrap();
	assert_eq!(read.lenders[0].outstanding, 12_350_000);
	assert_eq!(read.doubts, [doubt(2, Grain::Hundred)]);
	let read = told(&[line(&resident(1), "王", "12345.67")], &Reading::default()).unwrap();
	assert_eq!(read.doubts, []);
}

#[test]
fn the_files_own_total_must_be_the_sum_of_its_lines() {
	let total = |sum: &str| format!("合计,,,,2,0,{sum},");
	let lines = |sum: &str| {
		vec![line(&resident(1), "王", "1.25"), line(&resident(2), "李", "2.50"), total(sum)]
	};
	let read = told(&lines("3.75"), &Reading::default()).unwrap();
	let remark = Remark::Totals { totals: 1, subtotals: 0, compared: 3 };
	assert_eq!(read.notes, [Note::of(remark)]);
	let other = OtherTotal { column: "outstanding_principal", stated: 400, counted: 375 };
	assert_eq!(told(&lines("4"), &Reading::default()).unwrap_err(), [(Some(4), other)]);
}

#[test]
fn a_wrong_subtotal_is_told_without_an_amount() {
	let mut lines = vec![line(&resident(1), "王", "1.25"), "小计,,,,1,0,1.26,".to_string()];
	let found = told(&lines, &Reading::default()).unwrap_err();
	assert_eq!(found, [(Some(3), OtherSubtotal { column: "outstanding_principal" })]);
	assert!(!found[0].1.to_string().contains("1.2"));
	// Of lines that could not be read nobody knows the sum.
	lines[0] = line(&resident(1), "王", "x");
	assert_eq!(told(&lines, &Reading::default()).unwrap_err().len(), 1);
}

#[test]
fn what_spreadsheets_and_databases_write_around_a_value_is_taken_off() {
	let (first, second) = (resident(1), resident(2));
	let lines = [
		format!("resident_id,'{first},张 三,138****0000,1000.0000,0,\"￥8,000.05\",0"),
		format!("resident_id,\"=\"\"{second}\"\"\",张\u{3000}四,,1,0,1.2500,0"),
		",,,,,,,".to_string(),
		",".to_string(),
	];
	let read = told(&lines, &Reading::default()).unwrap();
	let facts: Vec<_> = read
		.lenders
		.iter()
		.map(|l| (l.document.number().to_string(), l.name.as_str(), l.outstanding))
		.collect();
	assert_eq!(facts, [(first, "张三", 800_005), (second, "张四", 125)]);
	assert_eq!(
		read.notes,
		[Note::of(Remark::BlankLines(2)), Note::of(Remark::Names(2)), Note::of(Remark::Phones(2))]
	);
}

#[test]
fn cells_that_are_nobodys_name_are_told_by_line() {
	let names = ["nan", "NULL", "#N/A", "-", "张\u{fffd}", "\u{e863}", "12"];
	let lines: Vec<String> =
		names.iter().zip(1..).map(|(name, serial)| line(&resident(serial), name, "1.25")).collect();
	let placeholder = || Placeholder("name");
	assert_eq!(
		told(&lines, &Reading::default()).unwrap_err(),
		[
			(Some(2), placeholder()),
			(Some(3), placeholder()),
			(Some(4), FormulaError("name")),
			(Some(5), placeholder()),
			(Some(6), UnreadableName),
			(Some(7), UnreadableName),
			(Some(8), NoName),
		]
	);
	let pdf = [line(&resident(1), "\u{2f45}\u{2ee2}\u{f967}", "1.25")];
	assert_eq!(told(&pdf, &Reading::default()).unwrap().lenders[0].name, "方马不");
}

#[test]
fn lines_below_merged_cells_of_a_csv_have_one_problem_each() {
	let lines = [
		line(&resident(1), "王", "1.25"),
		",,,,2,0,2.50,0".to_string(),
		",,,,3,0,3.75,0".to_string(),
	];
	assert_eq!(
		told(&lines, &Reading::default()).unwrap_err(),
		[(Some(3), BelowMerged { above: Some(2) }), (Some(4), BelowMerged { above: Some(2) }),]
	);
}

#[test]
fn copies_of_a_merged_amount_are_never_added_up_without_a_question() {
	let copy = line(&resident(1), "王", "1.25");
	let lines = [copy.clone(), copy.clone(), copy];
	assert_eq!(
		told(&lines, &Reading::default()).unwrap_err(),
		[(Some(3), RepeatedLine { first: 2 }), (Some(4), RepeatedLine { first: 3 })]
	);
	let read = told(&lines, &add_up()).unwrap();
	assert_eq!(read.doubts, [Doubt::Copies { lines: 2, first: 3 }]);
}

#[test]
fn twenty_thousand_pairs_of_accounts_are_added_up() {
	let count = 20_000;
	let number = |serial: u32| {
		let first = format!(
			"5101{:02}1960{:02}{:02}{:03}",
			serial / 20_000 % 80 + 10,
			1 + serial / 560 % 12,
			1 + serial % 28,
			serial / 28 % 1000
		);
		format!("{first}{}", resident_check_digit(&first).unwrap())
	};
	let numbers: std::collections::BTreeSet<String> = (0..count).map(number).collect();
	let lines: Vec<String> = numbers
		.iter()
		.map(|number| line(number, "王", "1.25"))
		.chain(numbers.iter().map(|number| line(number, "王", "2.50")))
		.collect();
	let read = told(&lines, &add_up()).unwrap();
	assert_eq!(read.lenders.len(), numbers.len());
	assert!(read.lenders.iter().all(|lender| lender.outstanding == 375));
	assert_eq!(read.added.len(), numbers.len() * 2);
	assert_eq!(read.doubts, []);
	let (lenders, lines) = (numbers.len(), numbers.len() * 2);
	assert!(read.notes.contains(&Note::of(Remark::AddedUp { lenders, lines })));
}

#[test]
fn lines_of_other_names_or_classes_are_never_added_up() {
	let lines = [
		line(&resident(1), "王", "1.25"),
		line(&resident(1), "李", "2.50"),
		format!("resident_id,{},王,1,1,0,3.75,1", resident(1)),
	];
	assert_eq!(
		told(&lines, &add_up()).unwrap_err(),
		[(Some(3), OtherName { first: 2 }), (Some(4), OtherClass { first: 2 })]
	);
}

/// A number as a spreadsheet leaves it, and whether it still passes the check digit.
fn cut(serial: u32) -> (String, bool) {
	let cut = resident(serial).parse::<f64>().unwrap().to_string();
	let passes = resident_check_digit(&cut[..17]) == cut.chars().last();
	(cut, passes)
}

#[test]
fn a_number_that_a_spreadsheet_cut_is_told_and_not_taken_for_mistyped() {
	let lines = [line("440301199001010100", "王", "1.25")];
	assert_eq!(told(&lines, &Reading::default()).unwrap_err(), [(Some(2), CutNumber)]);
}

#[test]
fn cut_numbers_that_pass_the_check_digit_are_told_by_those_that_do_not() {
	let numbers = || (0..300).filter(|serial| !resident(*serial).ends_with('X')).map(cut);
	let passing = numbers().filter(|(_, passes)| *passes).count();
	assert!(passing > 5, "{passing}");
	let lines: Vec<String> = numbers().map(|(number, _)| line(&number, "王", "1.25")).collect();
	let found = told(&lines, &Reading::default()).unwrap_err();
	let of_lines: Vec<_> = found.iter().filter(|(line, _)| line.is_some()).collect();
	assert_eq!(of_lines.len(), lines.len());
	assert!(of_lines.iter().all(|(_, reason)| *reason == CutNumber));
}

#[test]
fn persons_who_fell_on_one_cut_number_are_never_added_up() {
	// Some number that passes, as three persons of one day have it after the cut.
	let numbers = (0..).filter(|serial| !resident(*serial).ends_with('X')).map(cut);
	let (number, _) =
		numbers.into_iter().find(|(number, passes)| *passes && number.ends_with("00")).unwrap();
	let mut lines: Vec<String> =
		(1..40).map(|serial| line(&resident(serial + 400), "王", "1.25")).collect();
	lines.extend(["赵", "钱", "孙"].map(|name| line(&number, name, "1.25")));
	let expected = [41, 42, 43].map(|line| (Some(line), CutNumber));
	assert_eq!(told(&lines, &add_up()).unwrap_err(), expected);
	assert_eq!(told(&lines, &Reading::default()).unwrap_err(), expected);
}

#[test]
fn many_wrong_check_digits_have_one_cause() {
	let wrong = |serial: u32| {
		let number = resident(serial);
		let last = if number.ends_with('1') { '2' } else { '1' };
		line(&format!("{}{last}", &number[..17]), "王", "1.25")
	};
	let lines: Vec<String> = (1..7).map(wrong).collect();
	let found = told(&lines, &Reading::default()).unwrap_err();
	assert_eq!(found[0], (None, ManyCheckDigits { failed: 6, lines: 6 }));
	let few: Vec<String> = (1..5).map(wrong).collect();
	let found = told(&few, &Reading::default()).unwrap_err();
	assert!(found.iter().all(|(line, _)| line.is_some()));
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
	let text = file(&["resident_id,11010519491231002X,王小明,1,1,0,1.25,0"]);
	let text = String::from_utf8(text).unwrap();
	let tabs = text.replace(',', "\t");
	let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
	let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
	for (bytes, name) in [
		(little(&format!("\u{feff}{tabs}")), "UTF-16LE"),
		(little(&text), "UTF-16LE"),
		(big(&format!("\u{feff}{text}")), "UTF-16BE"),
		(big(&tabs), "UTF-16BE"),
	] {
		let read = read(&bytes, &Reading::default()).unwrap();
		assert_eq!(read.lenders[0].name, "王小明");
		assert_eq!(read.notes, [Note::at(1, Remark::Utf16(name))]);
	}
	let cut = &little(&format!("\u{feff}{tabs}\n\u{10000}"))[..];
	let found = read(&cut[..cut.len() - 2], &Reading::default()).unwrap_err();
	assert_eq!(found.0, [Problem { line: Some(3), reason: BrokenText("UTF-16LE") }]);
}

#[test]
fn an_amount_in_ten_thousands_or_in_fen_is_read_by_its_title() {
	let lines = ["resident_id,11010519491231002X,王,1,1,0,1.234567,0"];
	let of = |title: &str| {
		let text = String::from_utf8(file(&lines)).unwrap();
		read(text.replace("outstanding_principal", title).as_bytes(), &Reading::default())
	};
	assert_eq!(of("待收本金（万元）").unwrap().lenders[0].outstanding, 1_234_567);
	let too_precise = |title| of(title).unwrap_err().0[0].reason.clone();
	let amount = |error| Amount { column: "outstanding_principal", error };
	assert_eq!(too_precise("待收本金（元）"), amount(AmountError::TooPrecise));
	assert_eq!(too_precise("待收本金（分）"), amount(AmountError::TooPrecise));
}
