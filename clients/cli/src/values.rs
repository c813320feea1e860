//! What people write on the command line.

pub use winddown_terminal::times::{End, Moment, Span};

use clap::ValueEnum;
use std::{fmt, path::PathBuf, str::FromStr};
use winddown_proof::layout::evidence::Kind;
use winddown_sdk::{
	amount::parse_yuan,
	base58,
	digest::{of_file, Algorithm, FileDigest, NotADigest, Written},
	primitives::{rules::Rule, CaseKind, Digest, EvidenceKind, Fen, Role},
	rule_text, AccountId32, Error,
};

/// An amount in yuan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yuan(pub Fen);

impl FromStr for Yuan {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		parse_yuan(text).map(Self).map_err(|error| format!("the amount {error}"))
	}
}

/// A document: a file to be digested, or a digest. What begins with the name of an algorithm is meant as a
/// digest, also with a slip in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Paper {
	File(PathBuf),
	Digest(Digest),
}

impl FromStr for Paper {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		match text.parse::<Written>() {
			Ok(Written(digest)) => Ok(Self::Digest(digest)),
			Err(NotADigest::NoName) if is_bare_hex(text) => Err(
				"a digest names its algorithm before it: blake2b-256:0x…, sha2-256:0x… or sm3:0x…"
					.into(),
			),
			Err(NotADigest::NoName) => Ok(Self::File(text.into())),
			Err(slip) => Err(format!("{slip} (a file of this name: ./{text})")),
		}
	}
}

/// As it was typed.
impl fmt::Display for Paper {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::File(path) => path.display().fmt(f),
			Self::Digest(digest) => Written(*digest).fmt(f),
		}
	}
}

/// Whether a text is the digits of a digest, with a slip perhaps, bare or behind a name that no algorithm has, and nothing
/// that a file is called.
fn is_bare_hex(text: &str) -> bool {
	if text.starts_with(['.', '/']) {
		return false;
	}
	let text = text.rsplit_once([':', '：']).map_or(text, |(_, digits)| digits);
	let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
	let is_hex = |c: char| c.is_ascii_hexdigit() || "OoIl".contains(c);
	(60..=68).contains(&digits.len()) && digits.chars().all(is_hex)
}

impl Paper {
	/// Its digest; BLAKE2b-256 for a file.
	pub fn digest(&self) -> Result<Digest, Error> {
		Ok(match self {
			Self::Digest(digest) => *digest,
			Self::File(path) => of_file(Algorithm::Blake2b256, path)?.digest,
		})
	}

	/// The digest of the file with its size; fails for a mere digest.
	pub fn digest_of_file(&self, algorithm: Algorithm) -> Result<FileDigest, Error> {
		match self {
			Self::File(path) => of_file(algorithm, path),
			Self::Digest(_) => {
				Err(Error::BadInput("name the file, so that its size is known".into()))
			}
		}
	}
}

/// An account of an institution.
pub fn account(text: &str) -> Result<AccountId32, String> {
	let text = winddown_proof::typed::plain(text);
	text.parse().map_err(|_| {
		format!(
			"'{text}' is no account: {}; winddown council show tells those of the institutions",
			base58::slip(&text, base58::ACCOUNT_LENGTH)
		)
	})
}

/// A vote rule: the name of a preset, or a file with the rule in JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleArg(pub Rule);

impl FromStr for RuleArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		if let Some(preset) = rule_text::preset_named(text) {
			return Ok(Self(preset.rule()));
		}
		let file = std::fs::read(text).map_err(|_| {
			let names = winddown_sdk::primitives::rules::Preset::ALL.map(|preset| preset.name());
			format!(
				"neither a file nor one of {}; winddown case presets tells their law",
				names.join(", ")
			)
		})?;
		let rule: Rule = serde_json::from_slice(&file)
			.map_err(|error| format!("{error}; winddown poll open --help shows an example"))?;
		match rule.is_valid() {
			true => Ok(Self(rule)),
			false => Err("the rule has no test, or a share that is no proper fraction".into()),
		}
	}
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum KindArg {
	#[default]
	OnlineLending,
	PrivateFund,
	Company,
	Owners,
}

impl From<KindArg> for CaseKind {
	fn from(kind: KindArg) -> Self {
		match kind {
			KindArg::OnlineLending => Self::OnlineLending,
			KindArg::PrivateFund => Self::PrivateFund,
			KindArg::Company => Self::Company,
			KindArg::Owners => Self::Owners,
		}
	}
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum EvidenceArg {
	Notice,
	NoticeService,
	Roll,
	Identity,
	ConfirmationCall,
	Adjudication,
	Candidate,
	Ballots,
	PollOutcome,
	Plan,
	Decision,
	Payment,
	Stage,
	Other,
}

impl EvidenceArg {
	/// As it is typed.
	pub fn text(self) -> String {
		self.to_possible_value().map(|value| value.get_name().into()).unwrap_or_default()
	}
}

impl From<Kind> for EvidenceArg {
	fn from(kind: Kind) -> Self {
		match kind {
			Kind::Notice => Self::Notice,
			Kind::NoticeService => Self::NoticeService,
			Kind::Roll => Self::Roll,
			Kind::Identity => Self::Identity,
			Kind::ConfirmationCall => Self::ConfirmationCall,
			Kind::Adjudication => Self::Adjudication,
			Kind::Candidate => Self::Candidate,
			Kind::Ballots => Self::Ballots,
			Kind::PollOutcome => Self::PollOutcome,
			Kind::Plan => Self::Plan,
			Kind::Decision => Self::Decision,
			Kind::Payment => Self::Payment,
			Kind::Stage => Self::Stage,
			Kind::Other => Self::Other,
		}
	}
}

impl From<EvidenceArg> for EvidenceKind {
	fn from(kind: EvidenceArg) -> Self {
		match kind {
			EvidenceArg::Notice => Self::Notice,
			EvidenceArg::NoticeService => Self::NoticeService,
			EvidenceArg::Roll => Self::Roll,
			EvidenceArg::Identity => Self::Identity,
			EvidenceArg::ConfirmationCall => Self::ConfirmationCall,
			EvidenceArg::Adjudication => Self::Adjudication,
			EvidenceArg::Candidate => Self::Candidate,
			EvidenceArg::Ballots => Self::Ballots,
			EvidenceArg::PollOutcome => Self::PollOutcome,
			EvidenceArg::Plan => Self::Plan,
			EvidenceArg::Decision => Self::Decision,
			EvidenceArg::Payment => Self::Payment,
			EvidenceArg::Stage => Self::Stage,
			EvidenceArg::Other => Self::Other,
		}
	}
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub enum RoleArg {
	Regulator,
	Association,
	Operator,
	Registrar,
	Arbiter,
	Platform,
	Council,
}

impl From<RoleArg> for Role {
	fn from(role: RoleArg) -> Self {
		match role {
			RoleArg::Regulator => Self::Regulator,
			RoleArg::Association => Self::Association,
			RoleArg::Operator => Self::Operator,
			RoleArg::Registrar => Self::Registrar,
			RoleArg::Arbiter => Self::Arbiter,
			RoleArg::Platform => Self::Platform,
			RoleArg::Council => Self::Council,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::primitives::rules::Preset;

	#[test]
	fn a_text_that_begins_with_the_name_of_a_hash_is_a_digest_and_never_a_file() {
		let good = Written(Digest::Sm3([7; 32])).to_string();
		assert_eq!(good.parse(), Ok(Paper::Digest(Digest::Sm3([7; 32]))));
		assert_eq!(good.to_uppercase().parse(), Ok(Paper::Digest(Digest::Sm3([7; 32]))));
		let letter = good.replacen("0x0", "0xO", 1);
		assert_eq!(
			letter.parse::<Paper>(),
			Err(format!(
				"a digest has 64 hex digits after sm3:0x: character 1 is the letter O, not the digit 0 (a \
				 file of this name: ./{letter})"
			))
		);
		for slip in
			[&good[..good.len() - 2], &format!("{good}07"), "sm3:0xO1", "sha256:", "md5:0x00"]
		{
			assert!(slip.parse::<Paper>().is_err(), "{slip}");
		}
		let bare = &good[4..];
		let refusal = bare.parse::<Paper>().unwrap_err();
		assert!(refusal.starts_with("a digest names its algorithm before it"), "{refusal}");
		let other = format!("sm4:0x{}", "ab".repeat(32)).parse::<Paper>().unwrap_err();
		assert_eq!(other, refusal, "no algorithm is called so");
		let file = format!("./sm4:0x{}", "ab".repeat(32));
		assert!(matches!(file.parse::<Paper>(), Ok(Paper::File(_))));
		for file in ["plan.pdf", "./sm3:0xO1", "deed.pdf", "sm3.pdf", "0xcafe"] {
			assert_eq!(file.parse(), Ok(Paper::File(file.into())), "{file}");
		}
	}

	#[test]
	fn an_account_with_a_slip_is_refused_with_what_is_wrong() {
		let good = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		assert!(account(good).is_ok());
		assert!(account(&format!("\u{200b}{good} ")).is_ok());
		for (wrong, reason) in [
			(good.replacen("5G", "5O", 1), "'O' at character 2 is none of its characters"),
			(good[..47].to_string(), "it has 47 characters"),
			(good.replacen("Fz9", "Fz8", 1), "a character is wrong: its checksum does not fit"),
		] {
			let refusal = account(&wrong).unwrap_err();
			assert!(refusal.contains(reason), "{refusal}");
		}
	}

	#[test]
	fn a_rule_is_a_preset_or_a_file() {
		let rule = Preset::EblClassPlan.rule();
		assert_eq!("ebl_class_plan".parse(), Ok(RuleArg(rule.clone())));
		let dir = tempfile::tempdir().unwrap();
		let path = dir.path().join("rule.json");
		std::fs::write(&path, serde_json::to_vec(&rule).unwrap()).unwrap();
		assert_eq!(path.to_str().unwrap().parse(), Ok(RuleArg(rule)));
		std::fs::write(&path, r#"{"scope":"WholeRoll","tests":[]}"#).unwrap();
		assert!(path.to_str().unwrap().parse::<RuleArg>().is_err());
		assert!("no_such_rule".parse::<RuleArg>().unwrap_err().contains("jinzhu_2019"));
	}
}
