use super::{as_text, name, VotesView};
use crate::{
	api::{
		self,
		runtime_types::{
			pallet_claims::types::{Claim, Roll, RollPhase},
			pallet_identity_registry::types::KeyStatus,
		},
	},
	chain::{errors::node, At},
	keys::WrittenKey,
	Error, Missing,
};
use serde::Serialize;
use std::collections::BTreeMap;
use subxt::utils::Static;
use winddown_primitives::{
	CaseId, ClassId, Fen, IdentityHash, LenderIndex, LenderKey, RollTotals, Sequence,
};

/// A case's roll.
#[derive(Clone, Debug, Serialize)]
pub struct RollView {
	/// The case.
	pub case: CaseId,
	/// Rows, late ones included.
	pub rows: u32,
	/// The running digest of the imported rows, hexadecimal.
	#[serde(serialize_with = "hexadecimal")]
	pub digest: [u8; 32],
	/// Whether the import has ended.
	pub locked: bool,
	/// Whether it is being cleared: no row is taken before all are gone.
	pub clearing: bool,
	/// Heads and fen as imported.
	pub imported: VotesView,
	/// Heads and fen that count in votes.
	pub eligible: VotesView,
	/// The same, by class.
	pub eligible_by_class: BTreeMap<ClassId, VotesView>,
	/// Open polls.
	pub open_polls: u32,
	/// How many claims stand where.
	pub counts: CountsView,
}

/// How many claims stand where.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct CountsView {
	/// Lenders that have not spoken.
	pub imported: u32,
	/// Confirmed by their own intent.
	pub confirmed_by_app: u32,
	/// Confirmed in a recorded call.
	pub confirmed_by_call: u32,
	/// Confirmed by silence.
	pub deemed: u32,
	/// Disputed, no ruling yet.
	pub disputed: u32,
	/// In dispute, with an amount for voting.
	pub provisional: u32,
	/// Decided by a ruling, or admitted late.
	pub adjudicated: u32,
	/// Off the roll.
	pub excluded: u32,
}

/// One claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimView {
	/// The class.
	pub class: ClassId,
	/// Fen as imported or admitted.
	#[serde(serialize_with = "as_text")]
	pub stated: Fen,
	/// Fen that count now.
	#[serde(serialize_with = "as_text")]
	pub amount: Fen,
	/// Where the claim stands.
	pub state: String,
	/// Whether the lender may vote.
	pub may_vote: bool,
}

/// One row: who signs for it, what is owed.
#[derive(Clone, Debug, Serialize)]
pub struct LenderView {
	/// The case.
	pub case: CaseId,
	/// The row.
	pub lender: LenderIndex,
	/// The keyed hash of the person, hexadecimal.
	pub identity: String,
	/// The key bound last.
	pub key: Option<String>,
	/// Whether the key may sign.
	pub key_status: Option<String>,
	/// The claim.
	pub claim: ClaimView,
	/// The last sequence that was used.
	pub last_sequence: Sequence,
}

impl RollView {
	fn new(case: CaseId, roll: Roll) -> Self {
		let whole = |totals: &RollTotals| totals.whole().unwrap_or_default().into();
		let counts = roll.counts;
		Self {
			case,
			rows: roll.rows,
			digest: roll.digest,
			locked: matches!(roll.phase, RollPhase::Locked),
			clearing: matches!(roll.phase, RollPhase::Clearing),
			imported: whole(&roll.imported.0),
			eligible: whole(&roll.eligible.0),
			eligible_by_class: roll
				.eligible
				.0
				.classes()
				.iter()
				.map(|total| (total.class, total.eligible.into()))
				.collect(),
			open_polls: roll.open_polls,
			counts: CountsView {
				imported: counts.imported,
				confirmed_by_app: counts.confirmed_by_app,
				confirmed_by_call: counts.confirmed_by_call,
				deemed: counts.deemed,
				disputed: counts.disputed,
				provisional: counts.provisional,
				adjudicated: counts.adjudicated,
				excluded: counts.excluded,
			},
		}
	}
}

impl From<Claim> for ClaimView {
	fn from(claim: Claim) -> Self {
		Self {
			class: claim.class,
			stated: claim.stated,
			amount: claim.amount,
			state: name(&claim.state),
			may_vote: claim.may_vote,
		}
	}
}

impl At {
	/// The roll of a case; `None` before the first import.
	pub async fn roll(&self, case: CaseId) -> Result<Option<RollView>, Error> {
		let roll = self.view(api::view_functions().claims().roll(case)).await?;
		Ok(roll.map(|roll| RollView::new(case, roll)))
	}

	/// A row.
	pub async fn lender(&self, case: CaseId, lender: LenderIndex) -> Result<LenderView, Error> {
		let missing = || Error::NotFound(Missing::Row { case, lender });
		let views = api::view_functions();
		let who = self.view(views.identity_registry().lender(case, lender)).await?;
		let who = who.ok_or_else(missing)?;
		let claim = self.view(views.claims().claim(case, lender)).await?;
		let claim = claim.ok_or_else(missing)?;
		let last_sequence = self.view(views.intents().last_sequence(case, lender)).await?;
		let status = |status: &KeyStatus| match status {
			KeyStatus::Active => "active".to_string(),
			KeyStatus::Revoked => "revoked".to_string(),
		};
		Ok(LenderView {
			case,
			lender,
			identity: format!("0x{}", hex::encode(who.identity.0 .0)),
			key: who.key.as_ref().map(|bound| WrittenKey(bound.key.0).to_string()),
			key_status: who.key.as_ref().map(|bound| status(&bound.status)),
			claim: claim.into(),
			last_sequence,
		})
	}

	/// The row of a person.
	pub async fn row_of(
		&self,
		case: CaseId,
		identity: IdentityHash,
	) -> Result<Option<LenderIndex>, Error> {
		self.view(api::view_functions().identity_registry().row_of(case, Static(identity))).await
	}

	/// The row that a key was ever bound to.
	pub async fn row_of_key(
		&self,
		case: CaseId,
		key: LenderKey,
	) -> Result<Option<LenderIndex>, Error> {
		self.view(api::view_functions().identity_registry().row_of_key(case, Static(key))).await
	}

	/// The row of every person of a case, read at once.
	pub async fn rows_by_identity(
		&self,
		case: CaseId,
	) -> Result<BTreeMap<IdentityHash, LenderIndex>, Error> {
		let pages = self.pages(api::storage().identity_registry().identities(), case).await?;
		let mut rows = BTreeMap::new();
		for (page, bytes) in pages {
			for (slot, identity) in bytes.as_chunks::<32>().0.iter().enumerate() {
				rows.insert(IdentityHash(*identity), page * 64 + slot as LenderIndex);
			}
		}
		Ok(rows)
	}

	/// The pages of a column of a case.
	pub(crate) async fn pages<Address>(
		&self,
		column: Address,
		of: u32,
	) -> Result<BTreeMap<u32, Vec<u8>>, Error>
	where
		Address: subxt::storage::Address<KeyParts = (u32, u32)>,
		Address::Value: Into<PageBytes>,
		(u32,): subxt::storage::PrefixOf<(u32, u32)>,
	{
		let entry = self.client.storage().entry(column).map_err(node)?;
		let mut stream = entry.iter((of,)).await.map_err(node)?;
		let mut pages = BTreeMap::new();
		while let Some(found) = stream.next().await {
			let found = found.map_err(node)?;
			let (_, page) = found.key().map_err(node)?.decode().map_err(node)?;
			let bytes: PageBytes = found.value().decode().map_err(node)?.into();
			pages.insert(page, bytes.0);
		}
		Ok(pages)
	}
}

/// The bytes of a page.
pub(crate) struct PageBytes(pub Vec<u8>);

impl From<api::runtime_types::bounded_collections::bounded_vec::BoundedVec<u8>> for PageBytes {
	fn from(page: api::runtime_types::bounded_collections::bounded_vec::BoundedVec<u8>) -> Self {
		Self(page.0)
	}
}

fn hexadecimal<S: serde::Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&format!("0x{}", hex::encode(bytes)))
}
