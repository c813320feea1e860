//! Which face of a font file is for mainland China. One code point has another form in Japan, Korea and Taiwan, so a
//! collection's first face, which is often Japan's, makes a certificate look foreign or wrong.

use skrifa::{string::StringId, FontRef, MetadataProvider};

/// Words in family names that say for whom the signs are drawn.
const MAINLAND: [&str; 3] = ["SC", "CN", "GB"];
const ELSEWHERE: [&str; 7] = ["JP", "KR", "TC", "HK", "TW", "MO", "J"];

/// The faces for running text and for digests, by their number in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Faces {
	pub text: u32,
	pub mono: u32,
}

/// The family name of each face of a file; none when it is no font.
pub fn families(bytes: &[u8]) -> Vec<String> {
	(0..)
		.map_while(|index| FontRef::from_index(bytes, index).ok())
		.map(|font| {
			let name = font.localized_strings(StringId::FAMILY_NAME).english_or_first();
			name.map(|name| name.chars().collect()).unwrap_or_default()
		})
		.collect()
}

/// The faces with the signs of mainland China; `None` when the file has faces for other regions alone.
pub fn choose(families: &[String]) -> Option<Faces> {
	let numbered = || (0..).zip(families);
	let has = |family: &str, words: &[&str]| {
		family.split([' ', '-', '_']).any(|word| words.contains(&word))
	};
	let is_for_a_region = |family: &str| has(family, &MAINLAND) || has(family, &ELSEWHERE);
	let divided = families.iter().any(|family| is_for_a_region(family));
	let fits = |family: &str| !divided || has(family, &MAINLAND);
	let is_mono = |family: &str| family.split(' ').any(|word| word == "Mono");
	let (text, _) = numbered().find(|(_, family)| fits(family) && !is_mono(family))?;
	let mono = numbered().find(|(_, family)| fits(family) && is_mono(family));
	Some(Faces { text, mono: mono.map_or(text, |(mono, _)| mono) })
}

#[cfg(test)]
mod tests {
	use super::*;

	fn chosen(families: &[&str]) -> Option<(u32, u32)> {
		let families: Vec<String> = families.iter().map(|family| family.to_string()).collect();
		choose(&families).map(|faces| (faces.text, faces.mono))
	}

	#[test]
	fn the_face_for_mainland_china_is_chosen_wherever_it_stands() {
		let noto = [
			"Noto Sans CJK JP",
			"Noto Sans CJK KR",
			"Noto Sans CJK SC",
			"Noto Sans CJK TC",
			"Noto Sans CJK HK",
			"Noto Sans Mono CJK JP",
			"Noto Sans Mono CJK KR",
			"Noto Sans Mono CJK SC",
		];
		assert_eq!(chosen(&noto), Some((2, 7)));
		assert_eq!(chosen(&["Noto Serif CJK JP", "Noto Serif CJK SC"]), Some((1, 1)));
		assert_eq!(chosen(&["Source Han Sans", "Source Han Sans CN"]), Some((1, 1)));
		assert_eq!(chosen(&["PingFang HK", "PingFang TC", "PingFang SC"]), Some((2, 2)));
	}

	#[test]
	fn a_file_without_regions_is_taken_as_it_is() {
		assert_eq!(chosen(&["WenQuanYi Micro Hei", "WenQuanYi Micro Hei Mono"]), Some((0, 1)));
		assert_eq!(chosen(&["SimHei"]), Some((0, 0)));
		assert_eq!(chosen(&["SimSun", "NSimSun"]), Some((0, 0)));
	}

	#[test]
	fn faces_for_other_regions_alone_are_not_taken() {
		assert_eq!(chosen(&["Noto Sans CJK JP"]), None);
		assert_eq!(chosen(&["Noto Sans CJK TC", "Noto Sans CJK HK"]), None);
		assert_eq!(chosen(&[]), None);
	}
}
