use crate::{
	commands::lender_file::read_file,
	institutions::InstitutionArg,
	values::{account, RoleArg, Span},
};
use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;
use winddown_sdk::{
	calls,
	chain::At,
	digest,
	peer::PeerId,
	primitives::{Role, Roles},
	AccountId32, Call,
};

/// What the council decides.
#[derive(Subcommand)]
pub enum Motion {
	/// Admit an institution.
	Admit {
		/// Its account; it has no name on chain yet.
		#[arg(value_parser = account)]
		account: AccountId32,
		/// Its name, as everybody will see it.
		#[arg(long)]
		name: String,
		/// What it may do.
		#[arg(long, value_enum, value_delimiter = ',', required = true)]
		roles: Vec<RoleArg>,
	},
	/// Change what an institution may do.
	SetRoles {
		/// Its name or account.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
		/// What it may do from now on.
		#[arg(long, value_enum, value_delimiter = ',', required = true)]
		roles: Vec<RoleArg>,
	},
	/// Keep an institution from acting.
	Suspend {
		/// Its name or account.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Let a suspended institution act again.
	Reinstate {
		/// Its name or account.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Take an institution out of the consortium.
	Remove {
		/// Its name or account.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Change the shortest windows of new cases.
	SetWindows {
		/// From the opening of a case until its roll may be locked.
		#[arg(long)]
		notice: Span,
		/// For lenders to confirm or dispute.
		#[arg(long)]
		confirmation: Span,
		/// For a ballot.
		#[arg(long)]
		voting: Span,
		/// For the committee to review a plan.
		#[arg(long)]
		review: Span,
	},
	/// Let the node of an institution make blocks; its session keys must be set.
	AddValidator {
		/// The institution.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Keep the node of an institution from making blocks.
	RemoveValidator {
		/// The institution.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Change the smallest number of validators; four bear one that fails.
	SetMinimumValidators {
		/// The number, at most that of today's validators.
		minimum: u32,
	},
	/// Put a node of an institution on the list of nodes that may connect; nodes of this release do not act
	/// on the list yet.
	PermitNode {
		/// Its peer id, such as 12D3KooW….
		peer: PeerId,
		/// The institution that owns it.
		#[arg(long, value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Take a node off the list.
	RevokeNode {
		/// Its peer id.
		peer: PeerId,
	},
	/// Take every node of an institution off the list.
	RevokeNodesOf {
		/// The institution.
		#[arg(value_name = "NAME|ACCOUNT")]
		institution: InstitutionArg,
	},
	/// Authorise a runtime; then anybody admitted hands it in with `council apply-upgrade`.
	AuthoriseUpgrade {
		/// The runtime's WASM file.
		#[arg(value_name = "FILE.wasm")]
		code: PathBuf,
		/// Take it even if its version is not higher than today's; for repairs.
		#[arg(long)]
		any_version: bool,
	},
}

fn roles(named: &[RoleArg]) -> Roles {
	Roles::new(&named.iter().map(|role| Role::from(*role)).collect::<Vec<_>>())
}

impl Motion {
	/// The call that carries it out. Institutions are looked up by their names at a block.
	pub async fn call(&self, at: &At) -> Result<Call> {
		Ok(match self {
			Self::Admit { account, name, roles: named } => {
				calls::admit(*account, name, roles(named))
			}
			Self::SetRoles { institution, roles: named } => {
				calls::set_roles(institution.account(at).await?, roles(named))
			}
			Self::Suspend { institution } => calls::suspend(institution.account(at).await?),
			Self::Reinstate { institution } => calls::reinstate(institution.account(at).await?),
			Self::Remove { institution } => calls::remove(institution.account(at).await?),
			Self::SetWindows { notice, confirmation, voting, review } => {
				calls::set_minimum_windows(notice.0, confirmation.0, voting.0, review.0)
			}
			Self::AddValidator { institution } => {
				calls::add_validator(institution.account(at).await?)
			}
			Self::RemoveValidator { institution } => {
				calls::remove_validator(institution.account(at).await?)
			}
			Self::SetMinimumValidators { minimum } => calls::set_minimum_validators(*minimum),
			Self::PermitNode { peer, institution } => {
				calls::permit_peer(peer, institution.account(at).await?)
			}
			Self::RevokeNode { peer } => calls::revoke_peer(peer),
			Self::RevokeNodesOf { institution } => {
				calls::revoke_peers_of(institution.account(at).await?)
			}
			Self::AuthoriseUpgrade { code, any_version } => {
				let hash = digest::blake2_256(&read_file(code)?);
				match any_version {
					false => calls::authorise_upgrade(hash),
					true => calls::authorise_unchecked_upgrade(hash),
				}
			}
		})
	}
}
