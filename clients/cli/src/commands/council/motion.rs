use crate::values::{account, RoleArg, Span};
use clap::Subcommand;
use winddown_sdk::{
	calls,
	primitives::{Role, Roles},
	AccountId32, Call,
};

/// What the council decides.
#[derive(Subcommand)]
pub enum Motion {
	/// Admit an institution.
	Admit {
		/// Its account.
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
		/// Its account.
		#[arg(value_parser = account)]
		account: AccountId32,
		/// What it may do from now on.
		#[arg(long, value_enum, value_delimiter = ',', required = true)]
		roles: Vec<RoleArg>,
	},
	/// Keep an institution from acting.
	Suspend {
		/// Its account.
		#[arg(value_parser = account)]
		account: AccountId32,
	},
	/// Let a suspended institution act again.
	Reinstate {
		/// Its account.
		#[arg(value_parser = account)]
		account: AccountId32,
	},
	/// Take an institution out of the consortium.
	Remove {
		/// Its account.
		#[arg(value_parser = account)]
		account: AccountId32,
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
}

fn roles(named: &[RoleArg]) -> Roles {
	Roles::new(&named.iter().map(|role| Role::from(*role)).collect::<Vec<_>>())
}

impl Motion {
	/// The call that carries it out.
	pub fn call(&self) -> Call {
		match self {
			Self::Admit { account, name, roles: named } => {
				calls::admit(*account, name, roles(named))
			}
			Self::SetRoles { account, roles: named } => calls::set_roles(*account, roles(named)),
			Self::Suspend { account } => calls::suspend(*account),
			Self::Reinstate { account } => calls::reinstate(*account),
			Self::Remove { account } => calls::remove(*account),
			Self::SetWindows { notice, confirmation, voting, review } => {
				calls::set_minimum_windows(notice.0, confirmation.0, voting.0, review.0)
			}
		}
	}
}
