//! What the database should hold by the chain's account, and does not.
//!
//! A copy of last night answers "nothing is kept under this digest" for what was deposited today, and an
//! institution that believes it says on chain that the content is absent. So what an arbiter has seen
//! already, and what is missing when the endpoint starts, is answered with 503: look again later. What is
//! deposited while it runs and never brought is answered with 404, which is the truth.

use super::{institutions::NodeAway, log::Event, Endpoint, Institutions};
use crate::Error;
use std::{
	collections::{BTreeSet, HashSet},
	sync::Mutex,
	time::Duration,
};
use winddown_proof::digest::Digest;

/// How often it is compared.
pub const EVERY: Duration = Duration::from_secs(60);

/// Content that an institution deposited as evidence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deposited {
	/// The digest of a document, or the root of a batch.
	pub digest: Digest,
	/// Whether an arbiter confirmed it, and so had it.
	pub confirmed: bool,
}

/// What an answer to a digest that is not kept says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lack {
	/// Nobody knows yet: the chain was not asked.
	NotCompared,
	/// It should be here.
	ShouldBeHere,
	/// It never came.
	Unknown,
}

/// What was found so far.
#[derive(Default)]
pub struct Expected {
	/// What the operator says that it never got.
	without: HashSet<Digest>,
	found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
	/// What was missing when the endpoint started; none before it was compared.
	at_start: Option<HashSet<Digest>>,
	/// What should be here and is not.
	missing: BTreeSet<String>,
}

impl Expected {
	pub fn without(digests: impl IntoIterator<Item = Digest>) -> Self {
		Self { without: digests.into_iter().collect(), ..Self::default() }
	}

	/// What to say of a digest that is not kept.
	pub fn lack(&self, digest: &Digest) -> Lack {
		let found = self.found.lock().unwrap_or_else(|broken| broken.into_inner());
		match &found.at_start {
			None => Lack::NotCompared,
			Some(_) if found.missing.contains(&digest.to_string()) => Lack::ShouldBeHere,
			Some(_) => Lack::Unknown,
		}
	}

	/// How many contents should be here and are not; none before it was compared.
	pub fn count(&self) -> Option<usize> {
		let found = self.found.lock().unwrap_or_else(|broken| broken.into_inner());
		found.at_start.as_ref().map(|_| found.missing.len())
	}

	/// Takes over what is deposited and not kept; what should be here of it, if that changed.
	fn take(&self, lacking: &[Deposited]) -> Option<Vec<String>> {
		let mut found = self.found.lock().unwrap_or_else(|broken| broken.into_inner());
		let at_start = found
			.at_start
			.get_or_insert_with(|| lacking.iter().map(|deposited| deposited.digest).collect());
		let should_be_here = lacking
			.iter()
			.filter(|deposited| deposited.confirmed || at_start.contains(&deposited.digest));
		let missing: BTreeSet<String> = should_be_here
			.filter(|deposited| !self.without.contains(&deposited.digest))
			.map(|deposited| deposited.digest.to_string())
			.collect();
		let changed = missing != found.missing;
		found.missing = missing;
		changed.then(|| found.missing.iter().cloned().collect())
	}
}

impl<Chain: Institutions> Endpoint<Chain> {
	/// Compares the database with the chain. While one of them does not answer, what was found before
	/// stands.
	pub(super) async fn compare(&self) {
		match self.lacking().await {
			Ok(lacking) => {
				if let Some(digests) = self.expected.take(&lacking) {
					(self.log)(&Event::Missing { digests });
				}
			}
			Err(reason) => (self.log)(&Event::Failed { reason }),
		}
	}

	/// What is deposited and not kept.
	async fn lacking(&self) -> Result<Vec<Deposited>, String> {
		let deposited = self.chain.evidence().await.map_err(|NodeAway(reason)| reason)?;
		let digests: Vec<Digest> = deposited.iter().map(|deposited| deposited.digest).collect();
		let kept = self.store.kept(&digests).await.map_err(|error: Error| error.to_string())?;
		Ok(deposited.into_iter().filter(|deposited| !kept.contains(&deposited.digest)).collect())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_proof::digest::Algorithm;

	fn deposited(name: &str, confirmed: bool) -> Deposited {
		Deposited { digest: Algorithm::Sm3.hash(name.as_bytes()), confirmed }
	}

	#[test]
	fn what_is_missing_at_the_start_should_be_here_until_the_operator_says_that_it_never_came() {
		let [lost, never] = ["lost", "never"].map(|name| deposited(name, false));
		let expected = Expected::without([never.digest]);
		assert_eq!(expected.lack(&lost.digest), Lack::NotCompared);
		let found = expected.take(&[lost, never]);
		assert_eq!(found, Some(vec![lost.digest.to_string()]));
		assert_eq!(expected.lack(&lost.digest), Lack::ShouldBeHere);
		assert_eq!(expected.lack(&never.digest), Lack::Unknown);
		assert_eq!(expected.take(&[lost, never]), None, "the same again is no news");
		assert_eq!(expected.take(&[never]), Some(vec![]), "it was imported");
	}

	#[test]
	fn what_comes_later_should_be_here_once_an_arbiter_had_it() {
		let expected = Expected::default();
		expected.take(&[]);
		let later = deposited("later", false);
		assert_eq!(expected.take(&[later]), None);
		assert_eq!(expected.lack(&later.digest), Lack::Unknown);
		expected.take(&[Deposited { confirmed: true, ..later }]);
		assert_eq!(expected.lack(&later.digest), Lack::ShouldBeHere);
		assert_eq!(expected.count(), Some(1));
	}
}
