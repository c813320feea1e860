//! One record: asks the chain what was deposited, the operator for its content, the chain again for
//! what the content is compared with.

use crate::{
	chain::{self, Session, Snapshot},
	check::{self, own, Basis, Deposit, Form, Hold, Mismatch, Plaintext, Reason, Refused, Verdict},
	fetch::{fetch, Endpoint, FetchError, Limits},
};
use std::time::Duration;
use winddown_records::access;
use winddown_sdk::{chain::Head, keys::Keypair, Error};

/// What a judge needs.
#[derive(Clone)]
pub struct Judge {
	/// The operator.
	pub endpoint: Endpoint,
	/// What the operator may take.
	pub limits: Limits,
	/// The most bytes of one content.
	pub max_bytes: u64,
	/// How long the operator has to bring content, by the chain's time since the deposit.
	pub grace: Grace,
	/// The institution's key, by which the operator knows it.
	pub key: Keypair,
}

/// How long the operator has, by the chain's time since the deposit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grace {
	/// For content that it does not have.
	pub missing: Duration,
	/// For content that is another one.
	pub other: Duration,
}

/// What came of one look at a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
	/// A verdict.
	Verdict(Verdict),
	/// No content for now.
	NotFetched(FetchError),
	/// Content that is not the deposit's, for now.
	Mismatch(Mismatch),
}

/// A record with what came of it.
#[derive(Clone, Debug)]
pub struct Judged {
	/// The record.
	pub deposit: Deposit,
	/// What came of it.
	pub found: Found,
	/// Bytes fetched.
	pub bytes: u64,
	/// What there is to say of content that did not come, once the operator had its time by the
	/// chain's clock.
	pub overdue: Option<Reason>,
}

/// How far more than the chain states is read, so that a text whose line ends changed on the way is known.
const ROOM: u64 = 1 << 20;

impl Judge {
	/// Looks at a record once. An error is one of the node.
	pub async fn judge(&self, session: &Session, id: u64) -> Result<Judged, Error> {
		let snapshot = Snapshot::take(&session.chain, Head::Finalized).await?;
		let deposit = snapshot.deposit(id).await?;
		let (found, bytes) = match check::form(&deposit) {
			Err(reason) => (Found::Verdict(Verdict::Reject(reason)), 0),
			Ok(Form::OfChain) => {
				let verdict = match chain::own(&session.chain, &deposit).await? {
					Ok(source) => own(&deposit.record.content.digest, &source),
					Err(hold) => Verdict::Hold(hold),
				};
				(Found::Verdict(verdict), 0)
			}
			Ok(form) => self.plaintext(session, &deposit, form).await?,
		};
		let now = chain::patiently(snapshot.at.now()).await?;
		let age = Duration::from_millis(now.saturating_sub(deposit.record.deposited_at));
		let overdue = self.grace.overdue(&found, age);
		Ok(Judged { deposit, found, bytes, overdue })
	}

	async fn plaintext(
		&self,
		session: &Session,
		deposit: &Deposit,
		form: Form,
	) -> Result<(Found, u64), Error> {
		let size = deposit.record.content.size;
		if size > self.max_bytes {
			return Ok((Found::Verdict(Verdict::Hold(Hold::TooLarge { size })), 0));
		}
		let bytes = match self.fetch(session, deposit).await {
			Ok(bytes) => bytes,
			Err(FetchError::TooLong { .. }) => {
				return Ok((Found::Mismatch(Mismatch::TooLong { stated: size }), 0));
			}
			Err(error) => return Ok((Found::NotFetched(error), 0)),
		};
		let fetched = bytes.len() as u64;
		let found = match compare(deposit, form, bytes).await? {
			Err(Refused::Mismatch(mismatch)) => Found::Mismatch(mismatch),
			Err(Refused::Wrong(reason)) => Found::Verdict(Verdict::Reject(reason)),
			Ok(Plaintext::Document) => Found::Verdict(Verdict::Confirm(Basis::Document)),
			Ok(Plaintext::Batch(batch)) => {
				let needs = check::needs(&deposit.record, &batch);
				// As new as can be: the content may have taken long.
				let snapshot = Snapshot::take(&session.chain, Head::Finalized).await?;
				let facts = chain::facts(&snapshot, deposit.record.case, &needs).await?;
				Found::Verdict(check::batch(deposit, &batch, &facts))
			}
		};
		Ok((found, fetched))
	}

	async fn fetch(&self, session: &Session, deposit: &Deposit) -> Result<Vec<u8>, FetchError> {
		let path = access::content_path(&deposit.record.content.digest);
		let genesis = session.chain.genesis();
		let request = access::Request { genesis, method: "GET", path: &path };
		let authorization = access::sign(&self.key, &request, access::now());
		let size = deposit.record.content.size;
		let limit = size.saturating_add(size.min(ROOM));
		fetch(&self.endpoint, &path, &authorization, limit, &self.limits).await
	}
}

/// Hashing a hundred megabytes takes a while; the rest goes on meanwhile.
async fn compare(
	deposit: &Deposit,
	form: Form,
	bytes: Vec<u8>,
) -> Result<Result<Plaintext, Refused>, Error> {
	let deposit = deposit.clone();
	tokio::task::spawn_blocking(move || check::content(&deposit, form, &bytes))
		.await
		.map_err(|error| Error::Mismatch(format!("a check did not end: {error}")))
}

impl Grace {
	/// What there is to say of content that does not come, once the operator had its time. Only what the
	/// operator itself answers counts: that it has no such content, or other content. Trouble on the
	/// way never does.
	fn overdue(&self, found: &Found, age: Duration) -> Option<Reason> {
		match found {
			Found::NotFetched(FetchError::Missing) if age >= self.missing => {
				Some(Reason::Unavailable { seconds: self.missing.as_secs() })
			}
			Found::Mismatch(mismatch) if age >= self.other => {
				let (mismatch, seconds) = (mismatch.clone(), self.other.as_secs());
				Some(Reason::OtherContent { mismatch, seconds })
			}
			_ => None,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const GRACE: Grace =
		Grace { missing: Duration::from_secs(86_400), other: Duration::from_secs(3_600) };

	fn after(seconds: u64, found: &Found) -> Option<Reason> {
		GRACE.overdue(found, Duration::from_secs(seconds))
	}

	#[test]
	fn content_that_the_operator_does_not_have_is_overdue_after_its_time() {
		let missing = Found::NotFetched(FetchError::Missing);
		assert_eq!(after(86_399, &missing), None);
		assert_eq!(after(86_400, &missing), Some(Reason::Unavailable { seconds: 86_400 }));
	}

	#[test]
	fn other_content_is_overdue_after_its_time_only_since_the_right_one_may_come() {
		let mismatch = Mismatch::TooLong { stated: 4 };
		let other = Found::Mismatch(mismatch.clone());
		assert_eq!(after(3_599, &other), None);
		let reason = Reason::OtherContent { mismatch, seconds: 3_600 };
		assert_eq!(after(3_600, &other), Some(reason));
	}

	#[test]
	fn trouble_on_the_way_is_never_overdue() {
		for error in [
			FetchError::Away("connection refused".into()),
			FetchError::TimedOut,
			FetchError::TooSlow { bytes: 1, seconds: 60 },
			FetchError::NoLength,
			FetchError::Status { status: 403, wait: None },
			FetchError::Status { status: 429, wait: None },
			FetchError::Status { status: 500, wait: None },
			FetchError::Status { status: 503, wait: None },
			FetchError::Status { status: 301, wait: None },
		] {
			assert_eq!(after(u64::MAX, &Found::NotFetched(error)), None);
		}
	}
}
