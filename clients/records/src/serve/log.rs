use serde::Serialize;
use std::fmt;
use winddown_proof::{count::counted, digest::Digest};

/// What the endpoint tells its log: who asked for what, and how it went; never the content.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
	/// A request was answered, or its answer has begun.
	Answered(Answered),
	/// An answer broke off, because the database failed or holds something else than its batch says.
	Broken {
		/// The batch.
		digest: Digest,
		/// Why.
		reason: String,
	},
	/// What the chain has as evidence and the database should hold, and does not; none any more.
	Missing {
		/// The digests.
		digests: Vec<String>,
	},
	/// The database failed, or the chain could not be compared with it.
	Failed {
		/// What it said.
		reason: String,
	},
}

/// An answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Answered {
	/// The name of the institution; none when it is not known who asked.
	pub institution: Option<String>,
	/// Its account.
	pub account: Option<String>,
	/// What was asked for; none when the path has no digest.
	pub digest: Option<Digest>,
	/// The HTTP status.
	pub status: u16,
	/// The code of the refusal.
	pub code: Option<&'static str>,
	/// Bytes of the answer.
	pub bytes: Option<u64>,
	/// How long it took until the answer began.
	pub milliseconds: u64,
}

impl fmt::Display for Event {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Answered(answered) => answered.fmt(out),
			Self::Broken { digest, reason } => write!(out, "{digest} BROKEN OFF: {reason}"),
			Self::Missing { digests } if digests.is_empty() => {
				out.write_str("COMPLETE: the database holds what the chain has as evidence")
			}
			Self::Missing { digests } => write!(
				out,
				"MISSING: {} that the chain has as evidence and this database should hold, answered with 503: {}",
				counted(digests.len() as u64, "content", "contents"),
				digests.join(", ")
			),
			Self::Failed { reason } => write!(out, "FAILED: {reason}"),
		}
	}
}

impl fmt::Display for Answered {
	fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(out, "{}", self.status)?;
		if let Some(code) = self.code {
			write!(out, " {code}")?;
		}
		match &self.digest {
			Some(digest) => write!(out, " {digest}")?,
			None => out.write_str(" -")?,
		}
		match (&self.institution, &self.account) {
			(Some(name), Some(account)) => write!(out, " {name:?} ({account})")?,
			(None, Some(account)) => write!(out, " {account}")?,
			_ => out.write_str(" -")?,
		}
		if let Some(bytes) = self.bytes {
			write!(out, " {bytes} bytes")?;
		}
		write!(out, " {} ms", self.milliseconds)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn what_is_missing_is_told_with_its_digests() {
		let told = |digests: &[&str]| {
			Event::Missing { digests: digests.iter().map(ToString::to_string).collect() }
				.to_string()
		};
		assert_eq!(
			told(&["sm3:0x01"]),
			"MISSING: 1 content that the chain has as evidence and this database should hold, answered with 503: sm3:0x01"
		);
		assert!(told(&["a", "b"]).starts_with("MISSING: 2 contents that the chain has"));
		assert_eq!(told(&[]), "COMPLETE: the database holds what the chain has as evidence");
	}
}
