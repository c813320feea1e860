//! What people write on the command line.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use clap::ValueEnum;
use std::{path::PathBuf, str::FromStr};
use winddown_sdk::{
	amount::parse_yuan,
	chain::At,
	digest::{of_file, Algorithm, FileDigest, Written},
	primitives::{rules::Rule, CaseKind, Digest, EvidenceKind, Fen, Millis, Role},
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

/// A span of time: `90s`, `10m`, `24h`, `7d`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span(pub Millis);

impl FromStr for Span {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let bad = || "a span of time reads 90s, 10m, 24h or 7d".to_string();
		let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
		let (number, unit) = text.split_at(unit_at);
		let unit: Millis = match unit {
			"ms" => 1,
			"s" => 1_000,
			"m" => 60_000,
			"h" => 3_600_000,
			"d" => 86_400_000,
			_ => return Err(bad()),
		};
		let number: Millis = number.parse().map_err(|_| bad())?;
		number.checked_mul(unit).map(Self).ok_or_else(bad)
	}
}

/// A moment: `2026-11-30`, `2026-11-30 18:00`, RFC 3339, or `+30s` from now. Without a zone it is
/// the clock of China.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
	At(Millis),
	After(Span),
}

impl FromStr for Moment {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let bad = || "a moment reads 2026-11-30, 2026-11-30 18:00, or +7d from now".to_string();
		if let Some(span) = text.strip_prefix('+') {
			return span.parse().map(Self::After);
		}
		let china = FixedOffset::east_opt(8 * 3_600).ok_or_else(bad)?;
		let in_china = |naive: NaiveDateTime| china.from_local_datetime(&naive).single();
		let moment = DateTime::parse_from_rfc3339(text)
			.ok()
			.or_else(|| {
				NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok().and_then(in_china)
			})
			.or_else(|| {
				let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
				in_china(date.and_hms_opt(0, 0, 0)?)
			})
			.ok_or_else(bad)?;
		u64::try_from(moment.timestamp_millis()).map(Self::At).map_err(|_| bad())
	}
}

impl Moment {
	/// The moment in milliseconds; spans count from the chain's clock.
	pub async fn resolve(self, at: &At) -> Result<Millis, Error> {
		match self {
			Self::At(moment) => Ok(moment),
			Self::After(Span(span)) => Ok(at.now().await?.saturating_add(span)),
		}
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
			format!("neither a file nor one of {}", names.join(", "))
		})?;
		let rule: Rule = serde_json::from_slice(&file).map_err(|error| error.to_string())?;
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
	fn spans_and_moments_are_read_as_people_write_them() {
		assert_eq!("7d".parse(), Ok(Span(604_800_000)));
		assert_eq!("+90s".parse(), Ok(Moment::After(Span(90_000))));
		assert_eq!("2019-11-08".parse(), Ok(Moment::At(1_573_142_400_000)));
		assert_eq!("2019-11-12 12:00".parse(), Ok(Moment::At(1_573_531_200_000)));
		assert_eq!("2019-11-08T00:00:00+08:00".parse(), Ok(Moment::At(1_573_142_400_000)));
		for bad in ["", "d", "7", "7w", "99999999999999999999d"] {
			assert!(bad.parse::<Span>().is_err(), "{bad}");
			assert!(bad.parse::<Moment>().is_err(), "{bad}");
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
