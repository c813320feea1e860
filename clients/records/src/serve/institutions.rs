//! Whom the chain lets in.

use super::Deposited;
use std::{collections::HashMap, future::Future, time::Duration};
use tokio::{sync::Mutex, time::Instant};
use winddown_sdk::{
	chain::{Chain, Head, InstitutionView, RecordView, Transport},
	digest::of_chain,
	primitives::Role,
	AccountId32, Error,
};

/// The roles that see plaintext. Platforms and registrars do not: what lenders said and chose is none
/// of their business.
pub const READERS: [Role; 4] = [Role::Arbiter, Role::Regulator, Role::Association, Role::Operator];

/// How long an answer of the chain holds.
const CACHED: Duration = Duration::from_secs(5);

/// How long the node is left alone after it failed to answer.
const PAUSE: Duration = Duration::from_secs(1);

/// How long the node may take.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long it may take to read every record of evidence.
const COMPARING: Duration = Duration::from_secs(60);

/// How old the chain's newest final block may be. A node that was cut off would not know of a
/// suspension.
const OLDEST_BLOCK: Duration = Duration::from_secs(300);

/// What the chain says of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
	/// It is no institution.
	Unknown,
	/// It is suspended.
	Suspended {
		/// The name of the institution.
		name: String,
	},
	/// It has none of the roles of [`READERS`].
	WithoutRole {
		/// The name of the institution.
		name: String,
	},
	/// It may read.
	Reader {
		/// The name of the institution.
		name: String,
	},
}

impl From<&InstitutionView> for Standing {
	fn from(institution: &InstitutionView) -> Self {
		let name = institution.name.clone();
		let is_reader = READERS.iter().any(|role| institution.roles.contains(role));
		match (institution.suspended, is_reader) {
			(true, _) => Self::Suspended { name },
			(false, false) => Self::WithoutRole { name },
			(false, true) => Self::Reader { name },
		}
	}
}

/// The chain cannot be asked, for this reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeAway(pub String);

/// Who knows the institutions.
pub trait Institutions: Send + Sync + 'static {
	/// What the chain says of an account.
	fn standing(
		&self,
		account: &AccountId32,
	) -> impl Future<Output = Result<Standing, NodeAway>> + Send;

	/// Documents and batches that institutions deposited and did not replace.
	fn evidence(&self) -> impl Future<Output = Result<Vec<Deposited>, NodeAway>> + Send;
}

/// The institutions of a chain, asked from a node and kept for some seconds. It connects anew when the
/// node was away.
pub struct ChainInstitutions {
	url: String,
	transport: Transport,
	genesis: [u8; 32],
	state: Mutex<State>,
}

#[derive(Default)]
struct State {
	chain: Option<Chain>,
	known: Option<(Instant, Result<HashMap<[u8; 32], Standing>, NodeAway>)>,
}

impl ChainInstitutions {
	/// Connects to a node, and takes its chain for the right one.
	pub async fn connect(url: &str, transport: Transport) -> Result<Self, Error> {
		let chain = Chain::connect(url, transport).await?;
		let mut institutions = Self::of(chain.genesis(), url, transport);
		institutions.state.get_mut().chain = Some(chain);
		Ok(institutions)
	}

	/// Those of the chain with this first block. The node may be away for now.
	pub fn of(genesis: [u8; 32], url: &str, transport: Transport) -> Self {
		Self { url: url.into(), transport, genesis, state: Mutex::default() }
	}

	/// The hash of the chain's first block.
	pub const fn genesis(&self) -> [u8; 32] {
		self.genesis
	}

	async fn deposited(&self) -> Result<Vec<Deposited>, NodeAway> {
		let away = |error: Error| NodeAway(error.to_string());
		// Requests are answered meanwhile.
		let chain = self.connected(&mut self.state.lock().await.chain).await?.clone();
		let at = chain.at(Head::Finalized).await.map_err(away)?;
		let records = at.every_record().await.map_err(away)?;
		let deposited = records.iter().filter(|record| is_asked_for(record)).map(|record| {
			Deposited { digest: of_chain(record.digest), confirmed: record.confirmed > 0 }
		});
		Ok(deposited.collect())
	}

	async fn ask(
		&self,
		chain: &mut Option<Chain>,
	) -> Result<HashMap<[u8; 32], Standing>, NodeAway> {
		let asked = tokio::time::timeout(PATIENCE, self.read(chain)).await;
		let found = asked.unwrap_or_else(|_| Err(NodeAway(format!("no answer in {PATIENCE:?}"))));
		if found.is_err() {
			// A connection that failed once is not used again.
			*chain = None;
		}
		found
	}

	async fn connected<'a>(&self, connected: &'a mut Option<Chain>) -> Result<&'a Chain, NodeAway> {
		if connected.is_none() {
			let away = |error: Error| NodeAway(error.to_string());
			let chain = Chain::connect(&self.url, self.transport).await.map_err(away)?;
			if chain.genesis() != self.genesis {
				return Err(NodeAway(format!("the node at {} is of another chain", self.url)));
			}
			*connected = Some(chain);
		}
		connected.as_ref().ok_or_else(|| NodeAway("it was not connected".into()))
	}

	async fn read(
		&self,
		connected: &mut Option<Chain>,
	) -> Result<HashMap<[u8; 32], Standing>, NodeAway> {
		let away = |error: Error| NodeAway(error.to_string());
		let chain = self.connected(connected).await?;
		let at = chain.at(Head::Finalized).await.map_err(away)?;
		let age = crate::access::now().saturating_sub(at.now().await.map_err(away)?);
		if u128::from(age) > OLDEST_BLOCK.as_millis() {
			let seconds = age / 1_000;
			return Err(NodeAway(format!("the node's last final block is {seconds} seconds old")));
		}
		let institutions = at.institutions().await.map_err(away)?;
		Ok(institutions.iter().map(|one| (one.account.0, one.into())).collect())
	}
}

/// Whether the content of a record is an operator's to have: an institution's own, not replaced, and not settled.
/// Settled is what arbiters rejected or called absent and none confirmed; a database that lacks it lacks nothing.
fn is_asked_for(record: &RecordView) -> bool {
	let is_settled = record.rejected > 0 && record.confirmed == 0;
	record.producer.is_some() && record.superseded_by.is_none() && !is_settled
}

impl Institutions for ChainInstitutions {
	async fn standing(&self, account: &AccountId32) -> Result<Standing, NodeAway> {
		let mut state = self.state.lock().await;
		let State { chain, known } = &mut *state;
		let holds = |(at, known): &(Instant, Result<_, _>)| {
			at.elapsed() < if known.is_ok() { CACHED } else { PAUSE }
		};
		if !known.as_ref().is_some_and(holds) {
			let asked = self.ask(chain).await;
			*known = Some((Instant::now(), asked));
		}
		match known {
			Some((_, Ok(found))) => Ok(found.get(&account.0).cloned().unwrap_or(Standing::Unknown)),
			Some((_, Err(away))) => Err(away.clone()),
			None => Err(NodeAway("it was not asked yet".into())),
		}
	}

	async fn evidence(&self) -> Result<Vec<Deposited>, NodeAway> {
		let asked = tokio::time::timeout(COMPARING, self.deposited()).await;
		let found = asked.unwrap_or_else(|_| Err(NodeAway(format!("no answer in {COMPARING:?}"))));
		if found.is_err() {
			self.state.lock().await.chain = None;
		}
		found
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::primitives::{Digest, EvidenceKind};

	fn record(confirmed: u8, rejected: u8) -> RecordView {
		RecordView {
			id: 3,
			case: 0,
			kind: EvidenceKind::Other,
			digest: Digest::Sha256([1; 32]),
			encoding: 1,
			leaves: 1,
			size: 14,
			producer: Some("an institution".into()),
			produced_at: 0,
			deposited_at: 0,
			block: 9,
			parent: None,
			replaces: None,
			superseded_by: None,
			state: "pending".into(),
			confirmed,
			rejected,
		}
	}

	#[test]
	fn what_arbiters_called_absent_is_no_more_asked_for_unless_one_had_it() {
		assert!(is_asked_for(&record(0, 0)));
		assert!(!is_asked_for(&record(0, 1)));
		assert!(is_asked_for(&record(1, 1)));
	}

	#[test]
	fn what_the_chain_made_itself_and_what_was_replaced_is_nobodys_to_have() {
		assert!(!is_asked_for(&RecordView { producer: None, ..record(0, 0) }));
		assert!(!is_asked_for(&RecordView { superseded_by: Some(4), ..record(1, 0) }));
	}
}
