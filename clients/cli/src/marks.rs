//! What lenders mark on a ballot, in the words of people.

use crate::output::counted;
use winddown_sdk::{
	chain::PollView,
	primitives::{Choice, Item, ItemKind, MAX_ITEMS, MAX_OPTIONS, MAX_SEATS},
	Error,
};

/// What `--choices` takes, for the help of every command that has it.
pub const HELP: &str =
	"One choice for each item, separated by commas: for, against, abstain (or 同意, 反对, 弃权), \
	or options and candidates by their number from 1, such as 2 or 1+3";

/// Reads the choices of a ballot whose poll is known.
pub fn read(text: &str, items: &[Item]) -> Result<Vec<Choice>, Error> {
	let words = words(text);
	if words.len() != items.len() {
		return Err(Error::BadInput(format!(
			"the ballot has {} and {} given, separated by commas",
			counted(items.len(), "item", "items"),
			counted(words.len(), "choice was", "choices were")
		)));
	}
	words.iter().zip(items).map(|(word, item)| fitting(word, item.kind)).collect()
}

/// Reads the choices of a ballot whose poll cannot be seen: only what no poll has is refused.
pub fn read_unseen(text: &str) -> Result<Vec<Choice>, Error> {
	let words = words(text);
	if words.len() > MAX_ITEMS as usize {
		return Err(Error::BadInput(format!(
			"a ballot has at most {MAX_ITEMS} items and {} choices were given",
			words.len()
		)));
	}
	words
		.iter()
		.map(|word| match choice(word)? {
			choice if choice.count() <= MAX_SEATS => Ok(choice),
			choice => Err(Error::BadInput(format!(
				"'{word}' marks {} options; no ballot lets a lender mark more than {MAX_SEATS}",
				choice.count()
			))),
		})
		.collect()
}

/// The choices of a ballot in both languages, an item a line, as its poll means them.
pub fn in_words(choices: &[Choice], poll: &PollView) -> String {
	let lines = choices.iter().zip(&poll.raw_items).enumerate().map(|(at, (choice, item))| {
		let names = |name: &dyn Fn(u8) -> String, comma| {
			let marked = (0..MAX_OPTIONS).filter(|option| choice.marks(*option)).map(name);
			marked.collect::<Vec<_>>().join(comma)
		};
		let english = names(&|option| poll.slate.english(item.kind, option), ", ");
		let chinese = names(&|option| poll.slate.chinese(item.kind, option), "、");
		line(at, *choice, &english, &chinese)
	});
	lines.collect::<Vec<_>>().join("\n")
}

/// The choices of a ballot whose poll cannot be seen. A mark has two meanings then: 1 is for on a
/// resolution, and the first option elsewhere.
pub fn in_words_unseen(choices: &[Choice]) -> String {
	let lines = choices.iter().enumerate().map(|(at, choice)| {
		let (english, chinese) = match *choice {
			Choice::FOR => ("for, or option 1".into(), "同意或选项1".into()),
			Choice::AGAINST => ("against, or option 2".into(), "反对或选项2".into()),
			_ => {
				let marked = (0..MAX_OPTIONS).filter(|option| choice.marks(*option));
				let numbers: Vec<_> = marked.map(|option| (option + 1).to_string()).collect();
				let (english, chinese) = (numbers.join(", "), numbers.join("、"));
				(format!("options {english}"), format!("选项{chinese}"))
			}
		};
		line(at, *choice, &english, &chinese)
	});
	lines.collect::<Vec<_>>().join("\n")
}

/// Choices that fit the items of a ballot, to show how they are written.
pub fn example(items: &[Item]) -> String {
	let choices = items.iter().map(|item| match item.kind {
		ItemKind::Resolution => "for",
		kind if kind.marks() > 1 && kind.options() > 1 => "1+2",
		_ => "1",
	});
	choices.collect::<Vec<_>>().join(",")
}

fn line(at: usize, choice: Choice, english: &str, chinese: &str) -> String {
	let number = at + 1;
	match choice {
		Choice::ABSTAIN => format!("item {number}: abstain  第{number}项：弃权"),
		_ => format!("item {number}: {english}  第{number}项：{chinese}"),
	}
}

fn words(text: &str) -> Vec<&str> {
	text.split([',', '，']).map(str::trim).collect()
}

fn choice(word: &str) -> Result<Choice, Error> {
	match word {
		"for" | "同意" => Ok(Choice::FOR),
		"against" | "反对" => Ok(Choice::AGAINST),
		"abstain" | "弃权" | "-" => Ok(Choice::ABSTAIN),
		options => options.split('+').try_fold(Choice::ABSTAIN, |marked, option| {
			let bad = || {
				Error::BadInput(format!(
					"'{option}' is neither for, against, abstain nor an option; options count from 1 to \
					 {MAX_OPTIONS}"
				))
			};
			let number: u8 = option.parse().map_err(|_| bad())?;
			let mark = number.checked_sub(1).and_then(Choice::option).ok_or_else(bad)?;
			Ok(Choice(marked.0 | mark.0))
		}),
	}
}

fn fitting(word: &str, kind: ItemKind) -> Result<Choice, Error> {
	let choice = choice(word)?;
	match choice.is_valid(kind.options(), kind.marks()) {
		true => Ok(choice),
		false => Err(Error::BadInput(format!(
			"'{word}' does not fit: the item has {}, of which {} may be marked",
			counted(kind.options(), "option", "options"),
			kind.marks()
		))),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::primitives::rules::Preset;

	fn item(kind: ItemKind) -> Item {
		Item { kind, rule: Preset::Jinzhu2019.rule(), documents: Default::default() }
	}

	#[test]
	fn choices_are_checked_against_the_items() {
		let items = [
			item(ItemKind::Resolution),
			item(ItemKind::ApproveUpTo { candidates: 7, seats: 3, reserves: 1 }),
			item(ItemKind::ChooseOne { options: 2 }),
		];
		let read = |text| read(text, &items);
		assert_eq!(read("for,1+3,2").unwrap(), [Choice::FOR, Choice(0b101), Choice(0b10)]);
		assert_eq!(read("反对, - ，弃权").unwrap(), [Choice::AGAINST, Choice(0), Choice(0)]);
		for (bad, reason) in [
			("for,1", "the ballot has 3 items and 2 choices were given, separated by commas"),
			(
				"for,1+2+3+4,1",
				"'1+2+3+4' does not fit: the item has 7 options, of which 3 may be marked",
			),
			("for,8,1", "'8' does not fit: the item has 7 options, of which 3 may be marked"),
			("3,1,1", "'3' does not fit: the item has 2 options, of which 1 may be marked"),
			(
				"for,0,1",
				"'0' is neither for, against, abstain nor an option; options count from 1 to 32",
			),
			(
				"for,x,1",
				"'x' is neither for, against, abstain nor an option; options count from 1 to 32",
			),
			("for,1,1+2", "'1+2' does not fit: the item has 2 options, of which 1 may be marked"),
		] {
			assert_eq!(read(bad).unwrap_err().to_string(), reason, "{bad}");
		}
	}

	#[test]
	fn the_example_of_choices_is_one_that_the_ballot_takes() {
		let election = |candidates, seats| ItemKind::ApproveUpTo { candidates, seats, reserves: 0 };
		let items = [
			ItemKind::Resolution,
			election(7, 3),
			election(1, 3),
			ItemKind::ChooseOne { options: 2 },
		]
		.map(item);
		assert_eq!(example(&items), "for,1+2,1,1");
		assert!(read(&example(&items), &items).is_ok());
	}

	#[test]
	fn without_the_poll_the_same_words_are_read_and_the_impossible_is_refused() {
		let read = read_unseen;
		assert_eq!(read("for,1+3,弃权").unwrap(), [Choice::FOR, Choice(0b101), Choice(0)]);
		for (bad, reason) in [
			(
				"99,99,99",
				"'99' is neither for, against, abstain nor an option; options count from 1 to 32",
			),
			(
				"1+2+3+4+5+6+7+8+9+10",
				"'1+2+3+4+5+6+7+8+9+10' marks 10 options; no ballot lets a lender mark more than 9",
			),
			("1,1,1,1,1,1,1,1,1", "a ballot has at most 8 items and 9 choices were given"),
		] {
			assert_eq!(read(bad).unwrap_err().to_string(), reason, "{bad}");
		}
	}

	#[test]
	fn without_the_poll_a_mark_is_told_with_both_its_meanings() {
		assert_eq!(
			in_words_unseen(&[Choice::FOR, Choice(0b101), Choice::ABSTAIN]),
			"item 1: for, or option 1  第1项：同意或选项1\n\
			 item 2: options 1, 3  第2项：选项1、3\n\
			 item 3: abstain  第3项：弃权"
		);
	}
}
