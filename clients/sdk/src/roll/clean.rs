//! What is written around and instead of a value in exports.

use unicode_normalization::UnicodeNormalization;

/// A cell without what keeps a spreadsheet from taking it for a number: `'4403…` and `="4403…"`, a tab at its
/// end.
pub(super) fn unquoted(text: &str) -> &str {
	let text = text.trim();
	let formula = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
	formula.unwrap_or_else(|| text.strip_prefix('\'').unwrap_or(text)).trim()
}

/// Whether programs write this where they have nothing.
pub(super) fn is_placeholder(text: &str) -> bool {
	let dashes = |c: char| matches!(c, '-' | '–' | '—' | '－' | '/' | '*' | '.');
	matches!(
		text.to_lowercase().as_str(),
		"nan"
			| "null" | "nil"
			| "none" | "n/a"
			| "na" | "undefined"
			| "\\n" | "(null)"
			| "<null>"
			| "无" | "空"
			| "未知" | "暂无"
			| "不详"
	) || (!text.is_empty() && text.chars().all(dashes))
}

/// Whether this is what a spreadsheet shows for a formula that failed, or a column that is too narrow.
pub(super) fn is_error(text: &str) -> bool {
	matches!(
		text.to_uppercase().as_str(),
		"#N/A"
			| "#REF!" | "#VALUE!"
			| "#DIV/0!"
			| "#NAME?"
			| "#NULL!"
			| "#NUM!" | "#SPILL!"
			| "#CALC!"
	) || (text.len() > 1 && text.bytes().all(|byte| byte == b'#'))
}

/// A character that nobody sees. A tab at the end of a cell is how exports keep a spreadsheet from shortening
/// a number.
pub(super) fn is_invisible(c: char) -> bool {
	(c.is_control() && c != '\t')
		|| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// What became of a name.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Name {
	/// It was good.
	Same,
	/// It has one meaning, and is written like this.
	Spelled(String),
	/// A character was lost, or is known to one computer alone.
	Unreadable,
	/// There is no letter in it.
	Letterless,
}

/// Gives a name its one spelling: no blanks between Chinese characters, ordinary characters instead of the
/// look-alikes that come out of PDF documents (⽅, ⻢ and U+F967 for 方, 马 and 不).
pub(super) fn name(text: &str) -> Name {
	let spelled: String = text.chars().map(radical).nfkc().collect();
	if spelled.chars().any(is_unreadable) {
		return Name::Unreadable;
	}
	if !spelled.chars().any(char::is_alphabetic) {
		return Name::Letterless;
	}
	let spelled = without_blanks(&spelled);
	match spelled == text {
		true => Name::Same,
		false => Name::Spelled(spelled),
	}
}

/// Takes blanks out between Chinese characters, and leaves one between words of letters.
fn without_blanks(name: &str) -> String {
	let mut words = name.split_whitespace();
	let mut spelled = words.next().unwrap_or_default().to_string();
	for word in words {
		let meet = [spelled.chars().last(), word.chars().next()];
		if !meet.into_iter().flatten().all(is_chinese) {
			spelled.push(' ');
		}
		spelled.push_str(word);
	}
	spelled
}

const fn is_chinese(c: char) -> bool {
	matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '·')
}

/// A replacement for what could not be read, a character for private use, or a radical that is no
/// character by itself.
fn is_unreadable(c: char) -> bool {
	matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. | '\u{2e80}'..='\u{2fdf}')
}

/// The character that a radical of U+2E80 to U+2EF3 looks like: Equivalent_Unified_Ideograph of Unicode 14.
/// Normalisation knows those of U+2F00 to U+2FD5.
fn radical(c: char) -> char {
	match RADICALS.binary_search_by_key(&c, |(radical, _)| *radical) {
		Ok(at) => RADICALS[at].1,
		Err(_) => c,
	}
}

#[rustfmt::skip]
const RADICALS: [(char, char); 114] = [
	('\u{2e81}', '厂'), ('\u{2e82}', '乛'), ('\u{2e83}', '乚'), ('\u{2e84}', '乙'), ('\u{2e85}', '亻'), ('\u{2e86}', '冂'),
	('\u{2e87}', '𠘨'), ('\u{2e88}', '刀'), ('\u{2e89}', '刂'), ('\u{2e8a}', '卜'), ('\u{2e8b}', '㔾'), ('\u{2e8c}', '小'),
	('\u{2e8d}', '小'), ('\u{2e8e}', '兀'), ('\u{2e8f}', '尣'), ('\u{2e90}', '尢'), ('\u{2e91}', '𡯂'), ('\u{2e92}', '巳'),
	('\u{2e93}', '幺'), ('\u{2e94}', '彑'), ('\u{2e95}', '彐'), ('\u{2e96}', '忄'), ('\u{2e97}', '心'), ('\u{2e98}', '扌'),
	('\u{2e99}', '攵'), ('\u{2e9b}', '旡'), ('\u{2e9c}', '日'), ('\u{2e9d}', '月'), ('\u{2e9e}', '歺'), ('\u{2e9f}', '母'),
	('\u{2ea0}', '民'), ('\u{2ea1}', '氵'), ('\u{2ea2}', '氺'), ('\u{2ea3}', '灬'), ('\u{2ea4}', '爫'), ('\u{2ea5}', '爫'),
	('\u{2ea6}', '丬'), ('\u{2ea7}', '牛'), ('\u{2ea8}', '犭'), ('\u{2ea9}', '王'), ('\u{2eaa}', '𤴔'), ('\u{2eab}', '目'),
	('\u{2eac}', '示'), ('\u{2ead}', '礻'), ('\u{2eae}', '𥫗'), ('\u{2eaf}', '糹'), ('\u{2eb0}', '纟'), ('\u{2eb1}', '罓'),
	('\u{2eb2}', '罒'), ('\u{2eb3}', '㓁'), ('\u{2eb4}', '冗'), ('\u{2eb5}', '𦉫'), ('\u{2eb6}', '羊'), ('\u{2eb7}', '𦍌'),
	('\u{2eb8}', '𦍋'), ('\u{2eb9}', '耂'), ('\u{2eba}', '肀'), ('\u{2ebb}', '聿'), ('\u{2ebc}', '肉'), ('\u{2ebd}', '𦥑'),
	('\u{2ebe}', '艹'), ('\u{2ebf}', '艹'), ('\u{2ec0}', '艹'), ('\u{2ec1}', '虎'), ('\u{2ec2}', '衤'), ('\u{2ec3}', '覀'),
	('\u{2ec4}', '西'), ('\u{2ec5}', '见'), ('\u{2ec6}', '角'), ('\u{2ec7}', '𧢲'), ('\u{2ec8}', '讠'), ('\u{2ec9}', '贝'),
	('\u{2eca}', '𧾷'), ('\u{2ecb}', '车'), ('\u{2ecc}', '辶'), ('\u{2ecd}', '辶'), ('\u{2ece}', '辶'), ('\u{2ecf}', '邑'),
	('\u{2ed0}', '钅'), ('\u{2ed1}', '長'), ('\u{2ed2}', '镸'), ('\u{2ed3}', '长'), ('\u{2ed4}', '门'), ('\u{2ed5}', '𨸏'),
	('\u{2ed6}', '阝'), ('\u{2ed7}', '雨'), ('\u{2ed8}', '青'), ('\u{2ed9}', '韦'), ('\u{2eda}', '页'), ('\u{2edb}', '风'),
	('\u{2edc}', '飞'), ('\u{2edd}', '食'), ('\u{2ede}', '𩙿'), ('\u{2edf}', '飠'), ('\u{2ee0}', '饣'), ('\u{2ee1}', '𩠐'),
	('\u{2ee2}', '马'), ('\u{2ee3}', '骨'), ('\u{2ee4}', '鬼'), ('\u{2ee5}', '鱼'), ('\u{2ee6}', '鸟'), ('\u{2ee7}', '卤'),
	('\u{2ee8}', '麦'), ('\u{2ee9}', '黄'), ('\u{2eea}', '黾'), ('\u{2eeb}', '斉'), ('\u{2eec}', '齐'), ('\u{2eed}', '歯'),
	('\u{2eee}', '齿'), ('\u{2eef}', '竜'), ('\u{2ef0}', '龙'), ('\u{2ef1}', '龜'), ('\u{2ef2}', '亀'), ('\u{2ef3}', '龟'),
];

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_keeps_a_number_a_text_is_taken_off() {
		for text in ["440301", " 440301\t", "'440301", "=\"440301\"", "=\"440301 \""] {
			assert_eq!(unquoted(text), "440301", "{text:?}");
		}
		assert_eq!(unquoted("="), "=");
	}

	#[test]
	fn what_programs_write_for_nothing_is_no_value() {
		for nothing in ["nan", "NaN", "NULL", "None", "N/A", "\\N", "-", "——", "/", "无"] {
			assert!(is_placeholder(nothing), "{nothing}");
		}
		for value in ["", "0", "张三", "Nan Li", "-1"] {
			assert!(!is_placeholder(value), "{value}");
		}
		assert!(is_error("#N/A") && is_error("#value!") && is_error("########"));
		assert!(!is_error("#") && !is_error("#1"));
	}

	#[test]
	fn a_name_has_one_spelling() {
		for written in ["张 三", "张\u{3000}三", "张  三"] {
			assert_eq!(name(written), Name::Spelled("张三".into()), "{written}");
		}
		assert_eq!(name("\u{2f45}\u{2ee2}\u{f967}"), Name::Spelled("方马不".into()));
		assert_eq!(name("Ａcme  公司"), Name::Spelled("Acme 公司".into()));
		for good in ["张三", "买买提·艾力", "John Smith", "Acme 公司", "\u{fa0e}"] {
			assert_eq!(name(good), Name::Same, "{good}");
		}
	}

	#[test]
	fn a_name_that_was_lost_is_told() {
		for lost in ["张\u{fffd}", "\u{e863}三", "\u{2e9a}", "\u{100000}"] {
			assert_eq!(name(lost), Name::Unreadable, "{lost:?}");
		}
		assert_eq!(name("123"), Name::Letterless);
	}

	#[test]
	fn the_radicals_stand_in_order() {
		assert!(RADICALS.windows(2).all(|pair| pair[0].0 < pair[1].0));
	}
}
