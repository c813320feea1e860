//! What people write on the command line.

pub use crate::times::{End, Moment, Span};

use clap::ValueEnum;
use std::{fmt, path::PathBuf, str::FromStr};
use winddown_sdk::{
	amount::parse_yuan,
	digest::{of_file, Algorithm, FileDigest, Written},
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

/// A document: a file to be digested, or a digest.
#[derive(Clone, Debug)]
pub enum Paper {
	File(PathBuf),
	Digest(Digest),
}

impl FromStr for Paper {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		Ok(match text.parse::<Written>() {
			Ok(Written(digest)) => Self::Digest(digest),
			Err(_) => Self::File(text.into()),
		})
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
	text.parse().map_err(|_| {
		format!("'{text}' is no account; winddown council show tells those of the institutions")
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

#[derive(Clone, Copy, Debug, ValueEnum)]
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
