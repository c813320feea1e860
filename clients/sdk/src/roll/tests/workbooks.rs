//! Workbooks and pages as platforms export them. The people are invented.

use super::*;
use crate::roll::sheet::xlsx::written::{workbook, WrittenSheet};

const TITLES: &str = "证件类型|证件号码|姓名|手机号|充值金额|提现金额|待收本金|类别";

fn sheet() -> WrittenSheet {
	WrittenSheet::new("出借人").row(TITLES)
}

fn lenders(
	sheets: &[WrittenSheet],
	reading: &Reading,
) -> Result<Lenders, Vec<(Option<u64>, Reason)>> {
	told(read(&workbook(sheets), reading))
}

fn told(read: Result<Lenders, Problems>) -> Result<Lenders, Vec<(Option<u64>, Reason)>> {
	read.map_err(|Problems(found)| found.into_iter().map(|p| (p.line, p.reason)).collect())
}

fn owed(lenders: &Lenders) -> Vec<(u64, Fen)> {
	lenders.lenders.iter().map(|lender| (lender.line, lender.outstanding)).collect()
}

#[test]
fn a_workbook_is_read_as_it_is() {
	let file = sheet()
		.row("居民身份证|11010519491231002X|王小明|13800138000|#30000|#22000.5|#7999.5|#0")
		.row("居民身份证|440524188001010014|李雷|138****0000|1,000.00|0|￥1,000.05|1");
	let read = lenders(&[file], &Reading::default()).unwrap();
	assert_eq!(owed(&read), [(2, 799_950), (3, 100_005)]);
	assert_eq!(
		read.notes,
		[
			Note::of(Remark::Kind(FileKind::Xlsx)),
			Note::of(Remark::Sheet("出借人".into())),
			Note::of(Remark::Phones(1)),
		]
	);
}

#[test]
fn a_number_cell_has_fifteen_true_digits_and_is_named() {
	let file = sheet()
		.row("身份证|#440524188001010014|李雷|#13900139000|#1|#0|#1.5|#0")
		.row("身份证|#110105491231002|王小明|#13900139000|#1|#0|#1.5|#0");
	assert_eq!(
		lenders(&[file], &Reading::default()).unwrap_err(),
		[(Some(2), NumberCell { cell: "B2".into() })]
	);
}

#[test]
fn the_value_of_a_cell_counts_and_not_what_it_shows() {
	let file = sheet()
		.row("passport|E12345678|李雷|1|#12345.67/4|#0/1|#12345.67/1|#0")
		.row("passport|E12345679|韩梅梅|1|#0.1|#0.30000000000000004|#12345.67/2|#0");
	let read = lenders(&[file], &Reading::default()).unwrap();
	assert_eq!(owed(&read), [(2, 1_234_567), (3, 1_234_567)]);
	assert_eq!(read.lenders[1].withdrawal, 30);
	let shown = Remark::Rounded {
		column: "outstanding_principal",
		cells: 2,
		held: 2_469_134,
		// 12,346 and, through thousands with two decimals, 12,350.
		shown: 1_234_600 + 1_235_000,
	};
	assert!(read.notes.contains(&Note::of(shown)), "{:?}", read.notes);
	assert_eq!(read.doubts, []);
}

#[test]
fn dates_come_by_the_format_and_errors_and_empty_formulas_are_told() {
	let file = sheet()
		.row("passport|E12345678|李雷|1|#45052/3|#0|#1.5|#0")
		.row("passport|E12345679|!#N/A|1|#45052|#0|=|#0");
	assert_eq!(
		lenders(&[file], &Reading::default()).unwrap_err(),
		[
			(Some(2), Date("recharge")),
			(Some(3), FormulaError("name")),
			(Some(3), Uncomputed("outstanding_principal")),
		]
	);
}

fn merged() -> WrittenSheet {
	sheet()
		.row("passport|E12345678|李雷|1|#1|#0|#100.01|#0")
		.row("||||#2|#0|#200.02|#0")
		.row("||||#3|#0|#300.03|#0")
		.row("passport|E12345679|韩梅梅|2|#9|#0|#9.09|#0")
		.merged("A2:A4")
		.merged("B2:B4")
		.merged("C2:C4")
		.merged("D2:D4")
}

#[test]
fn the_loans_below_a_merged_lender_are_named_and_added_up_on_demand() {
	assert_eq!(
		lenders(&[merged()], &Reading::default()).unwrap_err(),
		[(Some(3), MergedPerson { first: 2 }), (Some(4), MergedPerson { first: 2 })]
	);
	let reading = Reading { repeated: Repeated::AddUp, ..Reading::default() };
	let read = lenders(&[merged()], &reading).unwrap();
	assert_eq!(owed(&read), [(2, 60_006), (5, 909)]);
	assert_eq!(read.lenders[0].recharge, 600);
	assert_eq!(read.added.iter().map(|line| line.line).collect::<Vec<_>>(), [2, 3, 4]);
	assert!(read.notes.contains(&Note::of(Remark::AddedUp { lenders: 1, lines: 3 })));
}

#[test]
fn an_amount_in_a_merged_cell_counts_once() {
	let file = sheet()
		.row("passport|E12345678|李雷|1|#1|#0|#100.01|#0|loan 1")
		.row("||||||||loan 2")
		.row("passport|E12345679|韩梅梅|2|#9|#0|#9.09|#0|loan 3")
		.merged("A2:A3")
		.merged("B2:B3")
		.merged("C2:C3")
		.merged("E2:E3")
		.merged("G2:G3");
	let read = lenders(&[file], &Reading::default()).unwrap();
	assert_eq!(owed(&read), [(2, 10_001), (4, 909)]);
	assert!(read.notes.contains(&Note::of(Remark::MergedLines(1))), "{:?}", read.notes);
}

#[test]
fn what_a_filter_hides_is_told_until_somebody_says_what_is_meant() {
	// Excel and LibreOffice do not spell it alike.
	let hidden = || {
		let mut sheet = sheet()
			.row("passport|E12345678|李雷|1|#1|#0|#1.01|#0")
			.hidden_row("passport|E12345679|韩梅梅|1|#1|#0|#2.02|#0", "hidden=\"1\"")
			.hidden_row("passport|E12345670|赵|1|#1|#0|#4.04|#0", "hidden=\"true\"");
		sheet.columns = "<cols><col min=\"4\" max=\"4\" width=\"9\" hidden=\"true\"/></cols>";
		let mut notes = WrittenSheet::new("草稿").row("x");
		notes.state = "hidden";
		[sheet, notes]
	};
	let parts = (2, 1, 1);
	let (rows, columns, sheets) = parts;
	assert_eq!(
		lenders(&hidden(), &Reading::default()).unwrap_err(),
		[(None, HiddenParts { rows, columns, sheets })]
	);
	let with = Reading { hidden: Hidden::Read, ..Reading::default() };
	let read = lenders(&hidden(), &with).unwrap();
	assert_eq!(owed(&read), [(2, 101), (3, 202), (4, 404)]);
	assert!(read.notes.contains(&Note::of(Remark::HiddenRead { rows, columns, sheets })));
	let without = Reading { hidden: Hidden::LeaveOut, ..Reading::default() };
	let read = lenders(&hidden(), &without).unwrap();
	assert_eq!(owed(&read), [(2, 101)]);
	assert!(read.notes.contains(&Note::of(Remark::HiddenLeftOut { rows, columns, sheets })));
}

#[test]
fn of_several_sheets_with_lenders_the_clerk_says_which() {
	let sheets = || {
		let mut second = sheet().row("passport|E12345679|韩梅梅|1|#1|#0|#2.02|#0");
		second.name = "二期";
		[sheet().row("passport|E12345678|李雷|1|#1|#0|#1.01|#0"), second]
	};
	let names = vec!["出借人".to_string(), "二期".to_string()];
	assert_eq!(
		lenders(&sheets(), &Reading::default()).unwrap_err(),
		[(None, SeveralSheets(names.clone()))]
	);
	let of = |name: &str| Reading { sheet: Some(name.into()), ..Reading::default() };
	assert_eq!(owed(&lenders(&sheets(), &of("二期")).unwrap()), [(2, 202)]);
	assert_eq!(lenders(&sheets(), &of("三期")).unwrap_err(), [(None, NoSheet(names))]);
}

#[test]
fn a_title_above_the_columns_a_total_below_and_blank_rows_are_what_they_are() {
	let file = WrittenSheet::new("名单")
		.row("某平台出借人名单（截至11月29日）")
		.row("")
		.row("序号|姓名|身份证号|手机号码|累计充值金额(元)|累计提现金额(元)|剩余本金(元)|类别")
		.row("#1|王 小明|11010519491231002X|1|#5|#0|#100.01|#0")
		.row("|||||||")
		.row("#2|李雷|440524188001010014|1|#5|#0|#200.02|#0")
		.row("小计||||#10|#0|#300.03|")
		.row("合 计||||#10|#0|#300.03|");
	let read = lenders(&[file], &Reading::default()).unwrap();
	assert_eq!(owed(&read), [(4, 10_001), (6, 20_002)]);
	assert_eq!(read.lenders[0].name, "王小明");
	for remark in [
		Remark::TitleLines(1),
		Remark::Totals { totals: 1, subtotals: 1, compared: 6 },
		Remark::Names(1),
		Remark::ResidentsOnly("身份证号".into()),
		Remark::Column {
			column: "outstanding_principal", title: "剩余本金(元)".into(), unit: ""
		},
	] {
		assert!(
			read.notes.iter().any(|note| note.remark == remark),
			"{remark} in {:?}",
			read.notes
		);
	}
}

#[test]
fn a_broken_workbook_and_other_archives_are_told() {
	let whole = workbook(&[sheet()]);
	let problems = |bytes: &[u8]| told(read(bytes, &Reading::default())).unwrap_err();
	assert_eq!(problems(&whole[..whole.len() / 2]), [(None, Reason::OtherFile(FileKind::Archive))]);
	assert_eq!(problems(b"%PDF-1.4"), [(None, Reason::OtherFile(FileKind::Pdf))]);
	assert_eq!(problems(&workbook(&[WrittenSheet::new("空")])), [(None, EmptyFile)]);
}

const PAGE: &str = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\
	<style>td{mso-number-format:\"\\@\"}</style></head><body><table>\
	<tr><th>证件类型</th><th>证件号码</th><th>姓名</th><th>手机号</th><th>充值金额</th><th>提现金额</th>\
	<th>待收本金</th><th>类别</th></tr>\
	<tr><td>居民身份证</td><td>440524188001010014</td><td>李雷</td><td>138****0000</td><td>1000</td><td>0</td>\
	<td x:num=\"12345.67\">12,346</td><td>0</td></tr>\
	<tr><td>合计</td><td></td><td></td><td></td><td></td><td></td><td>12345.67</td><td></td></tr>\
	</table></body></html>";

#[test]
fn a_page_that_is_named_a_workbook_keeps_its_digits_and_its_encoding() {
	let (bytes, _, _) = GB18030.encode(PAGE);
	let read = told(read(&bytes, &Reading::default())).unwrap();
	assert_eq!(owed(&read), [(2, 1_234_567)]);
	assert_eq!(read.lenders[0].document.number(), "440524188001010014");
	assert_eq!(read.lenders[0].name, "李雷");
	assert_eq!(read.notes[0], Note::of(Remark::Kind(FileKind::Html)));
}

#[test]
fn a_page_with_a_merged_lender_and_a_hidden_row_is_read_like_a_workbook() {
	let page = PAGE
		.replace("<td>居民身份证</td>", "<td rowspan=2>居民身份证</td>")
		.replace("<td>440524188001010014</td>", "<td rowspan=2>440524188001010014</td>")
		.replace("<td>李雷</td>", "<td rowspan=2>李雷</td>")
		.replace(
			"<tr><td>合计",
			"<tr><td>2</td><td>1</td><td>0</td><td>0.01</td><td>0</td></tr>\
			 <tr style='display:none'><td>passport<td>E12345678<td>赵<td><td>1<td>0<td>5<td>0</tr><tr><td>合计",
		)
		.replace("<td>12345.67</td>", "<td>12345.68</td>");
	let (bytes, _, _) = GB18030.encode(&page);
	let reading =
		Reading { repeated: Repeated::AddUp, hidden: Hidden::LeaveOut, ..Reading::default() };
	let read = told(super::read(&bytes, &reading)).unwrap();
	assert_eq!(owed(&read), [(2, 1_234_568)]);
}

/// Made by lenders_xls.py.
const OLD: &[u8] = include_bytes!("lenders.xls");

#[test]
fn a_workbook_of_2003_is_read_like_a_new_one() {
	let of =
		|hidden, repeated| told(read(OLD, &Reading { hidden, repeated, ..Reading::default() }));
	let (rows, columns, sheets) = (1, 1, 1);
	assert_eq!(
		of(Hidden::Refuse, Repeated::AddUp).unwrap_err(),
		[(None, HiddenParts { rows, columns, sheets })]
	);
	assert_eq!(
		of(Hidden::LeaveOut, Repeated::Refuse).unwrap_err(),
		[(Some(3), MergedPerson { first: 2 })]
	);
	let read = of(Hidden::Read, Repeated::AddUp).unwrap();
	assert_eq!(owed(&read), [(2, 1_234_568), (4, 202), (5, 303)]);
	assert_eq!(read.notes[0], Note::of(Remark::Kind(FileKind::Xls)));
	let shown = Remark::Rounded {
		column: "outstanding_principal",
		cells: 2,
		held: 1_234_568,
		shown: 1_234_600,
	};
	assert!(read.notes.contains(&Note::of(shown)), "{:?}", read.notes);
	let without = of(Hidden::LeaveOut, Repeated::AddUp).unwrap();
	assert_eq!(owed(&without), [(2, 1_234_568), (5, 303)]);
}

#[test]
fn a_workbook_of_2003_that_was_cut_off_is_told() {
	for length in [513, 1_024, 2_048, 4_096, OLD.len() - 512] {
		let found = told(read(&OLD[..length], &Reading::default())).unwrap_err();
		assert_eq!(found.len(), 1, "{length}: {found:?}");
		assert!(
			matches!(
				found[0].1,
				BrokenWorkbook | OtherFile(FileKind::Archive) | HiddenParts { .. }
			),
			"{length}: {found:?}"
		);
	}
}
