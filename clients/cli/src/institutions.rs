//! Institutions by the names under which the council admitted them. Nobody types 48 characters.

use std::str::FromStr;
use winddown_sdk::{
	base58,
	chain::{At, InstitutionView},
	AccountId32, Error,
};

/// Characters of an account as text. No name that people use is as long without a blank.
const ACCOUNT_CHARACTERS: std::ops::RangeInclusive<usize> = 40..=56;

/// An institution on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstitutionArg {
	/// By its name on chain.
	Name(String),
	/// By its account.
	Account(AccountId32),
}

impl FromStr for InstitutionArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let text = text.trim();
		match winddown_proof::typed::plain(text).parse() {
			Ok(account) => Ok(Self::Account(account)),
			Err(_) if text.is_empty() => Err("an institution has a name".into()),
			Err(_) if is_like_an_account(text) => Err(format!(
				"'{text}' is no account: {}; the institution's name will do",
				base58::slip(text, base58::ACCOUNT_LENGTH)
			)),
			Err(_) => Ok(Self::Name(text.into())),
		}
	}
}

impl InstitutionArg {
	/// Its account. Fails where no institution has the name, or more than one.
	pub async fn account(&self, at: &At) -> Result<AccountId32, Error> {
		match self {
			Self::Account(account) => Ok(*account),
			Self::Name(name) => named(name, &at.institutions().await?),
		}
	}
}

fn is_like_an_account(text: &str) -> bool {
	ACCOUNT_CHARACTERS.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The institution with a name: the same name, or else one that differs by capital letters alone.
fn named(name: &str, all: &[InstitutionView]) -> Result<AccountId32, Error> {
	let of = |is_it: &dyn Fn(&str) -> bool| {
		all.iter().filter(|one| is_it(one.name.trim())).collect::<Vec<_>>()
	};
	let same = of(&|known| known == name);
	let found = match same.is_empty() {
		true => of(&|known| known.to_lowercase() == name.to_lowercase()),
		false => same,
	};
	let listed = |them: &[&InstitutionView]| {
		let them: Vec<_> = them.iter().map(|one| format!("{} {}", one.name, one.account)).collect();
		them.join(", ")
	};
	match found.as_slice() {
		[one] => Ok(one.account),
		[] => Err(Error::BadInput(format!(
			"no institution of this chain is named '{name}'; its institutions are {}",
			listed(&all.iter().collect::<Vec<_>>())
		))),
		several => Err(Error::BadInput(format!(
			"{} institutions are named '{name}'; give the account of the one that is meant: {}",
			several.len(),
			listed(several)
		))),
	}
}

/// The institutions of a chain, to be shown by their names.
pub struct Names(Vec<InstitutionView>);

impl Names {
	/// Those of a block.
	pub async fn of(at: &At) -> Result<Self, Error> {
		Ok(Self(at.institutions().await?))
	}

	/// These.
	pub fn new(institutions: &[InstitutionView]) -> Self {
		Self(institutions.to_vec())
	}

	/// Name and short account; the whole account of whoever is no institution (any more).
	pub fn shown(&self, account: &AccountId32) -> String {
		match self.name(account) {
			Some(name) => format!("{name} ({})", short(&account.to_string())),
			None => account.to_string(),
		}
	}

	/// The name of an account, if it is that of an institution.
	pub fn name(&self, account: &AccountId32) -> Option<&str> {
		self.0.iter().find(|one| one.account == *account).map(|one| one.name.as_str())
	}

	/// What somebody types to mean an account: the name if one institution has it, else the account.
	pub fn called(&self, account: &AccountId32) -> String {
		let name = self.name(account).filter(|name| named(name, &self.0).is_ok());
		name.map_or_else(|| account.to_string(), Into::into)
	}

	/// A text with every account of an institution shown so.
	pub fn within(&self, text: &str) -> String {
		self.0.iter().fold(text.to_string(), |text, one| {
			text.replace(&one.account.to_string(), &self.shown(&one.account))
		})
	}
}

/// The beginning and the end of an account, enough to tell apart two institutions of one name.
fn short(account: &str) -> String {
	let (head, tail) = (account.get(..6), account.get(account.len().saturating_sub(4)..));
	match (head, tail) {
		(Some(head), Some(tail)) => format!("{head}…{tail}"),
		_ => account.into(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn institution(seed: u8, name: &str) -> InstitutionView {
		InstitutionView {
			account: AccountId32([seed; 32]),
			name: name.into(),
			roles: vec![],
			suspended: false,
		}
	}

	#[test]
	fn an_institution_is_found_by_its_name_or_its_account() {
		let all = [institution(1, "深圳仲裁委员会"), institution(2, "Bank of Arbiters")];
		for (text, seed) in [("深圳仲裁委员会", 1), (" bank of arbiters ", 2)] {
			let InstitutionArg::Name(name) = text.parse().unwrap() else {
				panic!("a name: {text}")
			};
			assert_eq!(named(&name, &all).unwrap(), AccountId32([seed; 32]));
		}
		let account = AccountId32([9; 32]);
		assert_eq!(account.to_string().parse(), Ok(InstitutionArg::Account(account)));
	}

	#[test]
	fn an_account_with_a_wrong_character_is_not_taken_for_a_name() {
		let good = AccountId32([9; 32]).to_string();
		let bad = format!("{}x", &good[..good.len() - 1]);
		assert_eq!(
			bad.parse::<InstitutionArg>().unwrap_err(),
			format!(
				"'{bad}' is no account: a character is wrong: its checksum does not fit; the institution's name \
				 will do"
			)
		);
	}

	#[test]
	fn a_name_that_two_have_is_no_answer_and_both_are_listed() {
		let all = [institution(1, "Arbiter"), institution(2, "Arbiter"), institution(3, "arbiter")];
		let [one, two, three] = [1, 2, 3].map(|seed| AccountId32([seed; 32]));
		assert_eq!(
			named("Arbiter", &all).unwrap_err().to_string(),
			format!(
				"2 institutions are named 'Arbiter'; give the account of the one that is meant: \
				 Arbiter {one}, Arbiter {two}"
			)
		);
		assert_eq!(named("arbiter", &all).unwrap(), three, "the same name comes first");
	}

	#[test]
	fn a_name_that_nobody_has_is_answered_with_those_that_there_are() {
		let all = [institution(1, "Arbiter")];
		assert_eq!(
			named("Arbitre", &all).unwrap_err().to_string(),
			format!(
				"no institution of this chain is named 'Arbitre'; its institutions are Arbiter {}",
				AccountId32([1; 32])
			)
		);
	}

	#[test]
	fn an_account_is_shown_by_name_and_a_stranger_whole() {
		let names = Names::new(&[institution(1, "Arbiter")]);
		let (known, stranger) = (AccountId32([1; 32]), AccountId32([7; 32]));
		assert_eq!(names.shown(&known), "Arbiter (5C62Ck…HiFT)");
		assert_eq!(names.shown(&stranger), stranger.to_string());
		assert_eq!(
			names.within(&format!("suspend(who = {known}), not {stranger}")),
			format!("suspend(who = Arbiter (5C62Ck…HiFT)), not {stranger}")
		);
	}
}
