//! Invented people: names, documents and telephone numbers that look real and are nobody's.

use rand::{seq::SliceRandom, Rng};
use winddown_sdk::document::{
	credit_code_check_character, organisation_code_check_character, resident_check_digit,
	DocumentKind,
};

const SURNAMES: [&str; 40] = [
	"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭",
	"何", "高", "林", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾",
	"肖", "田", "董", "袁", "潘", "于", "蒋", "欧阳",
];

const GIVEN: [&str; 48] = [
	"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
	"超", "秀", "霞", "平", "刚", "桂", "英", "华", "玉", "兰", "红", "建", "国", "文", "志", "海",
	"晓", "春", "梅", "雪", "峰", "龙", "宇", "浩", "轩", "欣", "怡", "子", "涵", "思", "博", "雅",
];

/// Districts of real provinces.
const DISTRICTS: [&str; 24] = [
	"110105", "120104", "130102", "210102", "220102", "230103", "310115", "320106", "330106",
	"340104", "350203", "360102", "370202", "410105", "420106", "430104", "440305", "440106",
	"450103", "500103", "510107", "520103", "530102", "610113",
];

/// An invented person or company.
#[derive(Clone, Debug)]
pub struct Person {
	/// The kind of document.
	pub kind: DocumentKind,
	/// Its number, as a platform would write it.
	pub number: String,
	/// The name.
	pub name: String,
	/// The telephone number.
	pub phone: String,
}

/// Invents person number `serial`; the serial makes the document unique.
pub fn invent(rng: &mut impl Rng, serial: usize) -> Person {
	let kind = match rng.gen_range(0..1_000) {
		0..=969 => DocumentKind::ResidentId,
		970..=979 => DocumentKind::Passport,
		980..=987 => DocumentKind::HongKongMacaoPermit,
		988..=993 => DocumentKind::TaiwanPermit,
		_ => DocumentKind::CreditCode,
	};
	let number = match kind {
		DocumentKind::ResidentId => resident_number(rng, serial),
		DocumentKind::Passport => format!("E{:08}", 10_000_000 + serial),
		DocumentKind::HongKongMacaoPermit => format!("H{:08}", 20_000_000 + serial),
		DocumentKind::TaiwanPermit => format!("{:08}", 30_000_000 + serial),
		_ => credit_code(serial),
	};
	let name = match kind {
		DocumentKind::CreditCode => {
			format!("{}{}商贸有限公司", pick(rng, &GIVEN), pick(rng, &GIVEN))
		}
		_ => name(rng),
	};
	let phone =
		format!("1{}{:09}", pick(rng, &["3", "5", "7", "8", "9"]), rng.gen_range(0..1_000_000_000));
	Person { kind, number, name, phone }
}

fn name(rng: &mut impl Rng) -> String {
	let given = rng.gen_range(1..=2);
	let given: String = (0..given).map(|_| pick(rng, &GIVEN)).collect();
	format!("{}{given}", pick(rng, &SURNAMES))
}

/// The serial decides the birth date and the last three digits, so that no two people share all.
fn resident_number(rng: &mut impl Rng, serial: usize) -> String {
	let (day, sequence) = (serial / 900, 100 + serial % 900);
	let year = 1945 + (day * 7) % 56;
	let month = 1 + (day / 28) % 12;
	let date = format!("{year}{month:02}{:02}", 1 + day % 28);
	// Years repeat after 56 days, dates after much more than a nation's lenders.
	let first_17 = format!("{}{date}{sequence}", pick(rng, &DISTRICTS));
	match resident_check_digit(&first_17) {
		// An old card: the century and the check digit are missing.
		Some(_) if rng.gen_ratio(1, 100) && year < 1970 => {
			format!("{}{}", &first_17[..6], &first_17[8..])
		}
		Some(check) => format!("{first_17}{check}"),
		None => first_17,
	}
}

fn credit_code(serial: usize) -> String {
	let body = format!("{:08}", 10_000_000 + serial);
	let body_check = organisation_code_check_character(&body).unwrap_or('0');
	let first_17 = format!("91440300{body}{body_check}");
	let check = credit_code_check_character(&first_17).unwrap_or('0');
	format!("{first_17}{check}")
}

fn pick<'a>(rng: &mut impl Rng, from: &[&'a str]) -> &'a str {
	from.choose(rng).copied().unwrap_or_default()
}
