use super::{all_named, as_text};
use crate::{
	api::{self, runtime_types::pallet_consortium::types::Standing},
	call_text::{self, CallView},
	chain::{errors::node, At},
	Error,
};
use serde::Serialize;
use subxt::utils::{AccountId32, H256};
use winddown_primitives::{Millis, Role};

/// An institution of the consortium.
#[derive(Clone, Debug, Serialize)]
pub struct InstitutionView {
	/// Its account.
	#[serde(serialize_with = "as_text")]
	pub account: AccountId32,
	/// Its name.
	pub name: String,
	/// What it may do.
	#[serde(serialize_with = "all_named")]
	pub roles: Vec<Role>,
	/// Whether it is suspended.
	pub suspended: bool,
}

/// A motion before the council.
#[derive(Clone, Debug, Serialize)]
pub struct MotionView {
	/// Its hash, hexadecimal.
	pub hash: String,
	/// Its number.
	pub index: u32,
	/// Votes that it needs.
	pub threshold: u32,
	/// Members for it.
	pub ayes: Vec<String>,
	/// Members against it.
	pub nays: Vec<String>,
	/// The block at which it ends.
	pub end: u32,
	/// When that will be about, in milliseconds.
	pub ends_about: Millis,
	/// What it does; `None` when its call cannot be read.
	pub proposes: Option<CallView>,
}

impl At {
	/// Every institution.
	pub async fn institutions(&self) -> Result<Vec<InstitutionView>, Error> {
		let address = api::storage().consortium().institutions();
		let entry = self.client.storage().entry(address).map_err(node)?;
		let mut stream = entry.iter(()).await.map_err(node)?;
		let mut institutions = Vec::new();
		while let Some(found) = stream.next().await {
			let found = found.map_err(node)?;
			let (account,) = found.key().map_err(node)?.decode().map_err(node)?;
			let institution = found.value().decode().map_err(node)?;
			institutions.push(InstitutionView {
				account,
				name: institution.name,
				roles: institution.roles.0.list(),
				suspended: matches!(institution.standing, Standing::Suspended),
			});
		}
		institutions.sort_by(|one, other| one.name.cmp(&other.name));
		Ok(institutions)
	}

	/// Members of the council.
	pub async fn council(&self) -> Result<Vec<AccountId32>, Error> {
		let address = api::storage().council().members();
		let members = self.client.storage().try_fetch(address, ()).await.map_err(node)?;
		members.map_or(Ok(Vec::new()), |members| members.decode().map_err(node))
	}

	/// A motion; `None` once it is closed.
	pub async fn motion(&self, hash: H256) -> Result<Option<MotionView>, Error> {
		let address = api::storage().council().voting();
		let found = self.client.storage().try_fetch(address, (hash,)).await.map_err(node)?;
		let Some(found) = found else { return Ok(None) };
		let votes = found.decode().map_err(node)?;
		let call = self.motion_call(hash).await?;
		let names = |who: Vec<AccountId32>| who.iter().map(ToString::to_string).collect();
		Ok(Some(MotionView {
			hash: format!("{hash:?}"),
			index: votes.index,
			threshold: votes.threshold,
			ayes: names(votes.ayes),
			nays: names(votes.nays),
			end: votes.end,
			ends_about: self.moment_of(votes.end).await?,
			proposes: call.and_then(|call| call_text::view(&call, self.client.metadata_ref())),
		}))
	}

	/// When a later block is made, if none is late, in milliseconds.
	async fn moment_of(&self, block: u32) -> Result<Millis, Error> {
		let address = api::constants().aura().slot_duration();
		let slot = self.client.constants().entry(address).map_err(node)?;
		let blocks = u64::from(block).saturating_sub(self.number());
		Ok(self.now().await?.saturating_add(blocks.saturating_mul(slot)))
	}

	/// The hashes of all open motions.
	pub async fn motions(&self) -> Result<Vec<H256>, Error> {
		let address = api::storage().council().proposals();
		let hashes = self.client.storage().try_fetch(address, ()).await.map_err(node)?;
		hashes.map_or(Ok(Vec::new()), |hashes| Ok(hashes.decode().map_err(node)?.0))
	}

	/// The bytes of a motion's call; `None` once it is closed.
	pub async fn motion_call(&self, hash: H256) -> Result<Option<Vec<u8>>, Error> {
		let address = api::storage().council().proposal_of();
		let found = self.client.storage().try_fetch(address, (hash,)).await.map_err(node)?;
		Ok(found.map(|found| found.bytes().to_vec()))
	}
}
