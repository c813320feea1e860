//! The columns of a file, and the titles that they have in real exports.

use super::{sheet::Cell, Problem, Reading, Reason};
use unicode_normalization::UnicodeNormalization;

/// A column, by its name in English and in Chinese.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
	/// As in `document_number`.
	pub name: &'static str,
	/// As in 证件号码.
	pub chinese: &'static str,
	/// Other titles of the same thing, as exports have them.
	pub synonyms: &'static [&'static str],
	/// What its cells hold.
	pub content: Content,
	/// Whether a file may do without.
	pub need: Need,
}

/// What the cells of a column hold; how they are cleaned follows from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
	/// A word, a small number, a key.
	Text,
	/// The number of a document.
	Number,
	/// A person's or a company's name.
	Name,
	/// A telephone number, which is never sent.
	Phone,
	/// An amount of money.
	Amount,
	/// Yes or no; where programs write a word for nothing, it is no.
	Mark,
}

/// Whether a file may do without a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
	/// No.
	Always,
	/// No, unless the title of the number's column says 身份证, resident identity card.
	UnlessOfResidents,
	/// Yes.
	Never,
}

/// What one in a column of amounts stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Unit {
	/// A yuan.
	#[default]
	Yuan,
	/// 10,000 yuan, as a title such as 待收本金(万元) says.
	TenThousandYuan,
	/// A hundredth of a yuan.
	Fen,
}

/// A title that stands for a column in one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnTitle {
	/// The column's name, in English or Chinese.
	pub column: String,
	/// The title in the file.
	pub title: String,
}

impl Column {
	/// A column that no file may miss, without further titles.
	pub(super) const fn new(name: &'static str, chinese: &'static str, content: Content) -> Self {
		Self { name, chinese, synonyms: &[], content, need: Need::Always }
	}

	const fn called(self, synonyms: &'static [&'static str]) -> Self {
		Self { synonyms, ..self }
	}

	const fn needed(self, need: Need) -> Self {
		Self { need, ..self }
	}

	/// Whether this is its name, in English or Chinese.
	fn is_named(&self, name: &str) -> bool {
		name == self.chinese || name.to_lowercase().replace([' ', '-'], "_") == self.name
	}
}

/// The column of the document's kind.
pub(super) const DOCUMENT_TYPE: Column = Column::new("document_type", "证件类型", Content::Text)
	.called(&["证件种类", "证件类别", "证件名称"])
	.needed(Need::UnlessOfResidents);

/// The column of the document's number.
pub(super) const DOCUMENT_NUMBER: Column =
	Column::new("document_number", "证件号码", Content::Number).called(&[
		"证件号",
		"证件编号",
		"身份证号",
		"身份证号码",
		"身份证",
		"公民身份号码",
	]);

/// The columns of a platform's export, in any order.
pub const COLUMNS: [Column; 9] = [
	DOCUMENT_TYPE,
	DOCUMENT_NUMBER,
	Column::new("name", "姓名", Content::Name).called(&[
		"名称",
		"真实姓名",
		"客户姓名",
		"客户名称",
		"用户姓名",
		"出借人",
		"出借人姓名",
		"投资人",
		"投资人姓名",
		"债权人",
		"债权人姓名",
		"户名",
	]),
	Column::new("phone", "手机号", Content::Phone)
		.called(&[
			"手机",
			"手机号码",
			"电话",
			"电话号码",
			"联系电话",
			"联系方式",
			"移动电话",
			"注册手机号",
			"预留手机号",
		])
		.needed(Need::Never),
	Column::new("recharge", "充值金额", Content::Amount).called(&[
		"充值",
		"充值总额",
		"累计充值",
		"累计充值金额",
		"充值总金额",
	]),
	Column::new("withdrawal", "提现金额", Content::Amount).called(&[
		"提现",
		"提现总额",
		"累计提现",
		"累计提现金额",
		"提现总金额",
	]),
	Column::new("outstanding_principal", "待收本金", Content::Amount).called(&[
		"剩余本金",
		"待还本金",
		"未还本金",
		"本金余额",
		"待收本金余额",
		"剩余待收本金",
		"待兑付本金",
		"未兑付本金",
	]),
	Column::new("class", "类别", Content::Text).called(&["债权类别", "债权人类别", "组别", "分组"]),
	Column::new("vouched", "已核对", Content::Mark)
		.called(&["原件已核对", "已核对原件", "核对结果"])
		.needed(Need::Never),
];

/// Where a column stands in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
	/// From 0.
	pub at: usize,
	/// As the file writes it.
	pub title: String,
	pub unit: Unit,
}

impl Place {
	/// Whether a cell repeats the title.
	pub fn is_titled(&self, cell: &Cell<'_>) -> bool {
		cell.text().is_some_and(|text| squeeze(text) == self.title)
	}
}

/// Where all columns stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Places {
	/// In the order of the columns looked for; `None` for one that the file does without.
	pub places: Vec<Option<Place>>,
	/// Titles of the line.
	pub width: usize,
	/// Titles that are not needed.
	pub left_out: usize,
}

/// What is looked for in a file.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
	pub columns: &'a [Column],
	pub reading: &'a Reading,
}

impl Wanted<'_> {
	/// Refuses titles given for columns that the file cannot have.
	pub fn ensure_known(&self) -> Result<(), Problem> {
		let unknown =
			self.reading.titles.iter().find(|given| {
				!self.columns.iter().any(|column| column.is_named(given.column.trim()))
			});
		match unknown {
			Some(given) => Err(Problem {
				line: None,
				reason: Reason::UnknownColumn {
					given: given.column.clone(),
					known: self.columns.iter().map(|column| column.name).collect(),
				},
			}),
			None => Ok(()),
		}
	}

	/// Where the columns stand, if this line names them.
	pub fn places(&self, cells: &[Cell<'_>]) -> Result<Places, Reason> {
		let titles: Vec<Title> = cells.iter().map(Title::of).collect();
		let mut places = Vec::with_capacity(self.columns.len());
		for column in self.columns {
			places.push(self.place(column, &titles)?);
		}
		let is_of_residents = self.columns.iter().zip(&places).any(|(column, place)| {
			let title = place.as_ref().map(|place| place.title.as_str()).unwrap_or_default();
			column.content == Content::Number && title.contains("身份")
		});
		let missing: Vec<Column> = self
			.columns
			.iter()
			.zip(&places)
			.filter(|(column, place)| match column.need {
				Need::Always => place.is_none(),
				Need::UnlessOfResidents => place.is_none() && !is_of_residents,
				Need::Never => false,
			})
			.map(|(column, _)| *column)
			.collect();
		if !missing.is_empty() {
			return Err(Reason::MissingColumns { missing, others: self.others(&titles, &places) });
		}
		let found = places.iter().flatten().count();
		let width = titles.iter().rposition(|title| !title.full.is_empty()).map_or(0, |at| at + 1);
		let filled = titles.iter().filter(|title| !title.full.is_empty()).count();
		Ok(Places { places, width, left_out: filled.saturating_sub(found) })
	}

	/// How many of the columns a line names; what names none is no line of titles.
	pub fn score(&self, cells: &[Cell<'_>]) -> usize {
		let titles: Vec<Title> = cells.iter().map(Title::of).collect();
		self.columns
			.iter()
			.filter(|column| !matches!(self.place(column, &titles), Ok(None)))
			.count()
	}

	fn place(&self, column: &Column, titles: &[Title]) -> Result<Option<Place>, Reason> {
		let given = self.reading.titles.iter().find(|given| column.is_named(given.column.trim()));
		let at = |is_it: &dyn Fn(&Title) -> bool| -> Vec<usize> {
			(0..titles.len()).filter(|at| is_it(&titles[*at])).collect()
		};
		let candidates = match given {
			Some(given) => {
				let wanted = squeeze(&given.title);
				at(&|title| title.full == wanted)
			}
			None => {
				let own = at(&|title| column.is_named(&title.bare));
				let others = at(&|title| column.synonyms.contains(&title.bare.as_str()));
				// Of two columns of money nobody but the clerk knows which is meant.
				match own.is_empty() || column.content == Content::Amount {
					true => [own, others].concat(),
					false => own,
				}
			}
		};
		match (candidates.as_slice(), given) {
			([], None) => Ok(None),
			([], Some(given)) => {
				Err(Reason::NoTitle { column: column.name, title: given.title.clone() })
			}
			([at], _) => {
				let title = &titles[*at];
				Ok(Some(Place { at: *at, title: title.full.clone(), unit: title.unit }))
			}
			(several, _) => Err(Reason::RepeatedColumn {
				column: column.name,
				titles: several.iter().map(|at| titles[*at].full.clone()).collect(),
			}),
		}
	}

	/// Titles that were not understood. Only of a line that surely holds titles: a lender's line is not
	/// repeated.
	fn others(&self, titles: &[Title], places: &[Option<Place>]) -> Vec<String> {
		let known: Vec<usize> = places.iter().flatten().map(|place| place.at).collect();
		let has_digits = titles.iter().any(|title| title.full.bytes().any(|b| b.is_ascii_digit()));
		if known.len() < 2 || has_digits {
			return Vec::new();
		}
		titles
			.iter()
			.enumerate()
			.filter(|(at, title)| !known.contains(at) && !title.full.is_empty())
			.map(|(_, title)| title.full.clone())
			.collect()
	}
}

/// A cell of a line of titles.
struct Title {
	/// As it stands there, without blanks.
	full: String,
	/// Without marks and units.
	bare: String,
	unit: Unit,
}

impl Title {
	fn of(cell: &Cell<'_>) -> Self {
		let text = cell.text().unwrap_or_default();
		let full = squeeze(text);
		let plain: String = text.nfkc().collect();
		let plain = plain.trim().trim_matches(['*', ':']);
		let (bare, unit) = match plain.split_once(['(', '[', '/']) {
			Some((bare, inside)) => match unit(inside) {
				Some(unit) => (bare.trim(), unit),
				None => (plain, Unit::Yuan),
			},
			None => (plain, Unit::Yuan),
		};
		let bare = match bare.is_ascii() {
			true => bare.to_string(),
			false => squeeze(bare),
		};
		Self { full, bare, unit }
	}
}

/// What a title says in brackets about its column: a unit, or that it must be filled in.
fn unit(inside: &str) -> Option<Unit> {
	let inside = inside.trim_end_matches([')', ']', ' ']).replace("单位", "").replace(':', "");
	match inside.trim().to_lowercase().as_str() {
		"元" | "人民币元" | "人民币" | "元人民币" | "rmb" | "cny" | "yuan" | "¥" | "必填" | "" => {
			Some(Unit::Yuan)
		}
		"万元" | "万" | "人民币万元" => Some(Unit::TenThousandYuan),
		"分" => Some(Unit::Fen),
		_ => None,
	}
}

/// Without blanks, in ordinary characters.
fn squeeze(text: &str) -> String {
	text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::borrow::Cow;

	fn line(titles: &str) -> Vec<Cell<'_>> {
		titles.split(',').map(|title| Cell::Text(Cow::Borrowed(title))).collect()
	}

	fn places(titles: &str, reading: &Reading) -> Result<Places, Reason> {
		Wanted { columns: &COLUMNS, reading }.places(&line(titles))
	}

	fn given(column: &str, title: &str) -> Reading {
		let titles = vec![ColumnTitle { column: column.into(), title: title.into() }];
		Reading { titles, ..Reading::default() }
	}

	#[test]
	fn titles_are_known_as_real_exports_have_them() {
		let found = places(
			"序号,*客户姓名,证件类型,证件号,手机号码,累计充值金额（元）,提现 金额,剩余本金(万元),类别",
			&Reading::default(),
		)
		.unwrap();
		let at: Vec<_> = found.places.iter().map(|p| p.as_ref().map(|p| p.at)).collect();
		assert_eq!(
			at,
			[Some(2), Some(3), Some(1), Some(4), Some(5), Some(6), Some(7), Some(8), None]
		);
		assert_eq!(found.places[6].as_ref().unwrap().unit, Unit::TenThousandYuan);
		assert_eq!(found.places[4].as_ref().unwrap().unit, Unit::Yuan);
		assert_eq!((found.width, found.left_out), (9, 1));
	}

	#[test]
	fn a_column_of_identity_cards_needs_no_kind_and_nobody_needs_the_phone() {
		let found =
			places("姓名,身份证号,充值金额,提现金额,待收本金,类别", &Reading::default()).unwrap();
		assert_eq!(found.places[0], None);
		assert_eq!(found.places[3], None);
		let without = places("姓名,证件号码,充值金额,提现金额,待收本金,类别", &Reading::default());
		let Err(Reason::MissingColumns { missing, .. }) = without else { panic!("{without:?}") };
		assert_eq!(missing, [COLUMNS[0]]);
	}

	#[test]
	fn a_title_with_another_meaning_is_not_taken_for_the_principal() {
		let titles = "姓名,身份证号,充值金额,提现金额,待收本金(含利息),类别";
		let Err(Reason::MissingColumns { missing, others }) = places(titles, &Reading::default())
		else {
			panic!("the principal is missing")
		};
		assert_eq!((missing, others), (vec![COLUMNS[6]], vec!["待收本金(含利息)".to_string()]));
		let found = places(titles, &given("outstanding_principal", "待收本金（含利息）")).unwrap();
		assert_eq!(found.places[6].as_ref().unwrap().at, 4);
	}

	#[test]
	fn of_two_columns_of_principal_the_clerk_says_which() {
		let titles = "姓名,身份证号,充值金额,提现金额,待收本金,剩余本金,类别";
		assert_eq!(
			places(titles, &Reading::default()),
			Err(Reason::RepeatedColumn {
				column: "outstanding_principal",
				titles: vec!["待收本金".into(), "剩余本金".into()]
			})
		);
		let found = places(titles, &given("待收本金", "剩余本金")).unwrap();
		assert_eq!(found.places[6].as_ref().unwrap().at, 5);
	}

	#[test]
	fn a_title_that_is_not_there_and_a_column_that_does_not_exist_are_refused() {
		let reading = given("name", "持有人");
		assert_eq!(
			places("姓名,身份证号,充值金额,提现金额,待收本金,类别", &reading),
			Err(Reason::NoTitle { column: "name", title: "持有人".into() })
		);
		let reading = given("surname", "姓名");
		let wanted = Wanted { columns: &COLUMNS, reading: &reading };
		assert_eq!(
			wanted.ensure_known().unwrap_err().reason,
			Reason::UnknownColumn {
				given: "surname".into(),
				known: COLUMNS.iter().map(|column| column.name).collect()
			}
		);
	}
}
