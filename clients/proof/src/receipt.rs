//! The code of a ballot receipt, which a person reads and types.
//!
//! `WD1-` and nine groups of four characters of Crockford's base 32: the first 4 bytes of the genesis
//! hash, poll and lender (4 bytes each, big endian), the first 8 bytes of the record's digest, and 2
//! bytes of checksum (CRC-16/XMODEM over the 20 bytes before). The checksum finds every single wrong
//! character and every swap of two neighbours. A code proves nothing: it says which ballot to look at.
//! It is read with whatever stands between its groups, in full-width letters as well ([`crate::typed`]).

use crate::{digest::Digest, hash::Hash, typed};
use alloc::{string::String, vec::Vec};
use core::{fmt, str::FromStr};
use serde::{Serialize, Serializer};

/// What every code begins with; the digit is the version.
pub const PREFIX: &str = "WD1-";

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BYTES: usize = 22;
const CHARACTERS: usize = 36;
const GROUP: usize = 4;

/// What a receipt code names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receipt {
	/// The first bytes of the genesis hash.
	pub genesis: [u8; 4],
	/// The poll.
	pub poll: u32,
	/// The lender's row.
	pub lender: u32,
	/// The first bytes of the digest of the ballot's record.
	pub record: [u8; 8],
}

/// Why a code cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReceiptError {
	/// It does not begin with `WD1`.
	Prefix,
	/// It has a character that no code has.
	Character(char),
	/// It is too long or too short.
	Length(usize),
	/// A character is wrong.
	Checksum,
}

impl fmt::Display for ReceiptError {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Prefix => write!(out, "a receipt code begins with {PREFIX}"),
			Self::Character(wrong) => write!(out, "{wrong:?} does not occur in receipt codes"),
			Self::Length(found) => {
				write!(
					out,
					"a receipt code has {CHARACTERS} characters after {PREFIX}, not {found}"
				)
			}
			Self::Checksum => write!(out, "the checksum does not fit: a character is wrong"),
		}
	}
}

impl core::error::Error for ReceiptError {}

impl Receipt {
	/// The receipt of a ballot.
	pub fn new(genesis: &Hash, poll: u32, lender: u32, record: &Digest) -> Self {
		Self { genesis: first(&genesis.0), poll, lender, record: first(&record.bytes) }
	}

	/// Whether this is the receipt of that ballot.
	pub fn is_of(&self, genesis: &Hash, poll: u32, lender: u32, record: &Digest) -> bool {
		*self == Self::new(genesis, poll, lender, record)
	}

	fn bytes(&self) -> [u8; BYTES] {
		let body =
			[&self.genesis[..], &self.poll.to_be_bytes(), &self.lender.to_be_bytes(), &self.record]
				.concat();
		let sum = crc16(&body).to_be_bytes();
		let mut bytes = [0; BYTES];
		bytes.iter_mut().zip(body.into_iter().chain(sum)).for_each(|(to, from)| *to = from);
		bytes
	}
}

fn first<const N: usize>(bytes: &[u8; 32]) -> [u8; N] {
	let mut start = [0; N];
	start.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
	start
}

/// CRC-16/XMODEM: polynomial 0x1021, start 0, not reflected.
fn crc16(bytes: &[u8]) -> u16 {
	bytes.iter().fold(0, |sum, byte| {
		(0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
			if sum & 0x8000 == 0 {
				sum << 1
			} else {
				(sum << 1) ^ 0x1021
			}
		})
	})
}

impl fmt::Display for Receipt {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		out.write_str(PREFIX)?;
		for (at, character) in to_base32(&self.bytes()).into_iter().enumerate() {
			if at > 0 && at % GROUP == 0 {
				out.write_str("-")?;
			}
			write!(out, "{character}")?;
		}
		Ok(())
	}
}

impl FromStr for Receipt {
	type Err = ReceiptError;

	fn from_str(text: &str) -> Result<Self, ReceiptError> {
		let text = typed::bare(text);
		let mark = PREFIX.trim_end_matches('-');
		let digits = text
			.get(..mark.len())
			.filter(|start| start.replace(['I', 'L'], "1") == mark)
			.and_then(|start| text.strip_prefix(start))
			.ok_or(ReceiptError::Prefix)?;
		let bytes = from_base32(digits)?;
		let (body, sum) = bytes.split_at(BYTES - 2);
		if crc16(body).to_be_bytes() != sum {
			return Err(ReceiptError::Checksum);
		}
		let (genesis, rest) = body.split_at(4);
		let (poll, rest) = rest.split_at(4);
		let (lender, record) = rest.split_at(4);
		Ok(Self {
			genesis: array(genesis),
			poll: u32::from_be_bytes(array(poll)),
			lender: u32::from_be_bytes(array(lender)),
			record: array(record),
		})
	}
}

fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
	let mut array = [0; N];
	array.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
	array
}

fn to_base32(bytes: &[u8; BYTES]) -> Vec<char> {
	let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0);
	(0..CHARACTERS)
		.map(|at| (0..5).fold(0, |value, n| value * 2 + usize::from(bit(at * 5 + n))))
		.map(|value| char::from(ALPHABET[value]))
		.collect()
}

fn from_base32(text: &str) -> Result<[u8; BYTES], ReceiptError> {
	let values = text
		.chars()
		.map(|character| value(character).ok_or(ReceiptError::Character(character)))
		.collect::<Result<Vec<_>, _>>()?;
	if values.len() != CHARACTERS {
		return Err(ReceiptError::Length(values.len()));
	}
	let mut bytes = [0; BYTES];
	for at in 0..CHARACTERS * 5 {
		let set = values[at / 5] & (0x10 >> (at % 5)) != 0;
		match bytes.get_mut(at / 8) {
			Some(byte) => *byte |= u8::from(set) << (7 - at % 8),
			// Four bits are left over.
			None if set => return Err(ReceiptError::Checksum),
			None => {}
		}
	}
	Ok(bytes)
}

/// The value of a character; I and L read as 1, O as 0.
fn value(character: char) -> Option<u8> {
	let character = match character {
		'I' | 'L' => '1',
		'O' => '0',
		other => other,
	};
	ALPHABET.iter().position(|known| char::from(*known) == character).map(|value| value as u8)
}

impl Serialize for Receipt {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

/// A receipt's code, as [`Receipt`] displays it.
pub fn code(genesis: &Hash, poll: u32, lender: u32, record: &Digest) -> String {
	alloc::format!("{}", Receipt::new(genesis, poll, lender, record))
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::digest::Algorithm;
	use alloc::string::ToString;

	fn receipt() -> Receipt {
		let genesis = Hash([0xab; 32]);
		Receipt::new(&genesis, 7, 390_000, &Algorithm::Sha256.hash(b"record"))
	}

	#[test]
	fn a_code_has_nine_groups_and_names_what_it_was_made_of() {
		let code = receipt().to_string();
		assert_eq!(code.len(), 4 + 9 * 4 + 8);
		assert!(code.starts_with("WD1-NENT-QAR0-0000-E005-YDR7-"), "{code}");
		assert_eq!(code.parse(), Ok(receipt()));
	}

	#[test]
	fn a_code_is_read_in_small_letters_without_hyphens_and_with_lookalikes() {
		let code = receipt().to_string();
		let (_, digits) = code.split_at(4);
		let typed = digits.replace('-', "").replace('0', "o").replace('1', "l").to_lowercase();
		assert_eq!(alloc::format!(" wd1-{typed}\n").parse(), Ok(receipt()));
	}

	#[test]
	fn a_code_is_read_from_paper_screens_and_chinese_keyboards() {
		let code = receipt().to_string();
		let wide: String = code
			.chars()
			.map(|c| match c {
				'!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap(),
				other => other,
			})
			.collect();
		assert_eq!(wide.parse(), Ok(receipt()), "{wide}");
		assert_eq!(code.replacen("WD1", "wdl", 1).parse(), Ok(receipt()));
		for between in [
			"\u{ad}",
			"\u{2010}",
			"\u{2011}",
			"\u{2012}",
			"–",
			"—",
			"\u{2212}",
			"－",
			"﹣",
			"\u{fffe}",
			"\u{fffe}\r\n",
			"-\n",
			"\u{a0}",
			"\u{3000}",
			"\u{200b}",
			"",
			"一",
			"ー",
			"_",
		] {
			let typed = alloc::format!("\u{feff}{}\u{a0}", code.replace('-', between));
			assert_eq!(typed.parse(), Ok(receipt()), "{between:?}");
		}
	}

	#[test]
	fn every_single_wrong_character_is_found() {
		let code: Vec<char> = receipt().to_string().chars().collect();
		for at in 4..code.len() {
			if code[at] == '-' {
				continue;
			}
			for other in ALPHABET.iter().map(|other| char::from(*other)) {
				let mut wrong = code.clone();
				wrong[at] = other;
				let read = wrong.iter().collect::<String>().parse::<Receipt>();
				let expected =
					if other == code[at] { Ok(receipt()) } else { Err(ReceiptError::Checksum) };
				assert_eq!(read, expected, "{other} at {at}");
			}
		}
	}

	#[test]
	fn every_swap_of_two_neighbours_is_found() {
		let code: Vec<char> =
			receipt().to_string().chars().filter(|character| *character != '-').collect();
		for at in 3..code.len() - 1 {
			let mut wrong = code.clone();
			wrong.swap(at, at + 1);
			let text: String = wrong.iter().collect();
			let read = text.replacen("WD1", PREFIX, 1).parse::<Receipt>();
			let same = code[at] == code[at + 1];
			assert_eq!(read.is_ok(), same, "{at}");
		}
	}

	#[test]
	fn what_is_no_code_is_refused_with_its_reason() {
		let read = |text: &str| text.parse::<Receipt>();
		assert_eq!(read(""), Err(ReceiptError::Prefix));
		assert_eq!(read("WD2-0000"), Err(ReceiptError::Prefix));
		assert_eq!(read("WD1-000"), Err(ReceiptError::Length(3)));
		assert_eq!(read("WD1-000U"), Err(ReceiptError::Character('U')));
		assert_eq!(read("WD1-选票"), Err(ReceiptError::Character('选')));
	}

	#[test]
	fn a_code_belongs_to_one_ballot() {
		let record = Algorithm::Sha256.hash(b"record");
		let other = Algorithm::Sha256.hash(b"other");
		let genesis = Hash([0xab; 32]);
		assert!(receipt().is_of(&genesis, 7, 390_000, &record));
		assert!(!receipt().is_of(&Hash([1; 32]), 7, 390_000, &record));
		assert!(!receipt().is_of(&genesis, 8, 390_000, &record));
		assert!(!receipt().is_of(&genesis, 7, 390_001, &record));
		assert!(!receipt().is_of(&genesis, 7, 390_000, &other));
	}
}
