use super::{as_text, digest, maybe_digest, name, named};
use crate::{
	api::{self, runtime_types::pallet_evidence::types as chain},
	chain::{errors::node, At},
	Error, Missing,
};
use serde::Serialize;
use subxt::utils::{AccountId32, Static};
use winddown_primitives::{CaseId, Digest, EvidenceId, EvidenceKind, Millis};

/// An evidence record.
#[derive(Clone, Debug, Serialize)]
pub struct RecordView {
	/// Its number.
	pub id: EvidenceId,
	/// The case.
	pub case: CaseId,
	/// What it is about.
	#[serde(serialize_with = "named")]
	pub kind: EvidenceKind,
	/// The digest.
	#[serde(serialize_with = "digest")]
	pub digest: Digest,
	/// What the digest was taken of: 0 a value of the chain itself, 1 a document, 2 a batch.
	pub encoding: u16,
	/// Leaves of the Merkle tree; 1 for a single document.
	pub leaves: u32,
	/// Bytes of the plaintext; 0 for a value that the chain itself keeps.
	pub size: u64,
	/// The institution that deposited it; `None` for the chain itself.
	pub producer: Option<String>,
	/// When it was made, in milliseconds, as its producer claims.
	pub produced_at: Millis,
	/// When it was deposited, in milliseconds.
	pub deposited_at: Millis,
	/// The block in which it was deposited.
	pub block: u32,
	/// The record that it follows.
	pub parent: Option<EvidenceId>,
	/// The record that it corrects.
	pub replaces: Option<EvidenceId>,
	/// The record that corrects it.
	pub superseded_by: Option<EvidenceId>,
	/// What it is worth: pending, effective, rejected or superseded.
	pub state: String,
	/// Confirmations so far.
	pub confirmed: u8,
	/// Rejections so far, and words that the content was absent.
	pub rejected: u8,
}

/// The name of a kind, as JSON has it.
pub fn kind_name(kind: EvidenceKind) -> String {
	name(kind)
}

/// One institution's word on a record.
#[derive(Clone, Debug, Serialize)]
pub struct AttestationView {
	/// The institution.
	#[serde(serialize_with = "as_text")]
	pub institution: AccountId32,
	/// Confirm, reject or absent.
	pub verdict: String,
	/// The digest of the reasons for a rejection or an absence.
	#[serde(serialize_with = "maybe_digest")]
	pub reason: Option<Digest>,
	/// The block in which it was given.
	pub block: u32,
	/// The block in which the institution had said before that the content was absent.
	pub absent_before: Option<u32>,
}

impl RecordView {
	fn new(id: EvidenceId, record: chain::Record<AccountId32, u32>) -> Self {
		Self {
			id,
			case: record.case,
			kind: record.kind.0,
			digest: record.content.digest.0,
			encoding: record.content.encoding,
			leaves: record.content.leaves,
			size: record.content.bytes,
			producer: record.producer.map(|producer| producer.to_string()),
			produced_at: record.produced_at,
			deposited_at: record.deposited_at,
			block: record.block,
			parent: record.parent,
			replaces: record.replaces,
			superseded_by: record.superseded_by,
			state: name(&record.state),
			confirmed: record.counts.confirmed,
			rejected: record.counts.rejected,
		}
	}
}

impl At {
	/// A record.
	pub async fn record(&self, id: EvidenceId) -> Result<RecordView, Error> {
		let record = self.view(api::view_functions().evidence().record(id)).await?;
		let record = record.ok_or(Error::NotFound(Missing::Evidence(id)))?;
		Ok(RecordView::new(id, record))
	}

	/// The records of a digest in a case, ascending: one for each kind and producer, at most 64.
	pub async fn records_of(&self, case: CaseId, digest: Digest) -> Result<Vec<EvidenceId>, Error> {
		self.view(api::view_functions().evidence().known(case, Static(digest))).await
	}

	/// Every record of a case.
	pub async fn records(&self, case: CaseId) -> Result<Vec<RecordView>, Error> {
		let records = self.every_record().await?.into_iter();
		Ok(records.filter(|record| record.case == case).collect())
	}

	/// Every record of every case.
	pub async fn every_record(&self) -> Result<Vec<RecordView>, Error> {
		let entry =
			self.client.storage().entry(api::storage().evidence().records()).map_err(node)?;
		let mut stream = entry.iter(()).await.map_err(node)?;
		let mut records = Vec::new();
		while let Some(found) = stream.next().await {
			let found = found.map_err(node)?;
			let (id,) = found.key().map_err(node)?.decode().map_err(node)?;
			records.push(RecordView::new(id, found.value().decode().map_err(node)?));
		}
		records.sort_by_key(|record| record.id);
		Ok(records)
	}

	/// What institutions said about a record.
	pub async fn attestations(&self, id: EvidenceId) -> Result<Vec<AttestationView>, Error> {
		let found = self.view(api::view_functions().evidence().attestations(id)).await?;
		Ok(found
			.into_iter()
			.map(|(institution, attestation)| {
				let (verdict, reason) = match attestation.verdict {
					chain::Verdict::Confirm => ("confirm", None),
					chain::Verdict::Reject { reason } => ("reject", Some(reason.0)),
					chain::Verdict::Absent { reason } => ("absent", Some(reason.0)),
				};
				AttestationView {
					institution,
					verdict: verdict.into(),
					reason,
					block: attestation.block,
					absent_before: attestation.before.map(|before| before.block),
				}
			})
			.collect())
	}

	/// Undecided records of every case that wait for an institution, from number `from` on.
	pub async fn pending_records(
		&self,
		arbiter: &AccountId32,
		from: EvidenceId,
	) -> Result<Vec<RecordView>, Error> {
		let (mut next, mut records) = (Some(from), Vec::new());
		while let Some(first) = next {
			let view = api::view_functions().evidence().pending(*arbiter, first);
			let page = self.view(view).await?;
			records
				.extend(page.records.into_iter().map(|(id, record)| RecordView::new(id, record)));
			next = page.next;
		}
		Ok(records)
	}

	/// Records of every case, neither effective nor replaced, whose content an institution called
	/// absent, from number `from` on: it may still say that it found it.
	pub async fn absent_records(
		&self,
		arbiter: &AccountId32,
		from: EvidenceId,
	) -> Result<Vec<RecordView>, Error> {
		let (mut next, mut records) = (Some(from), Vec::new());
		while let Some(first) = next {
			let view = api::view_functions().evidence().absent(*arbiter, first);
			let page = self.view(view).await?;
			records
				.extend(page.records.into_iter().map(|(id, record)| RecordView::new(id, record)));
			next = page.next;
		}
		Ok(records)
	}
}
