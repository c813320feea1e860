//! Every call that institutions and lenders make, by who makes it.

mod association;
mod council;
mod evidence;
mod lender;
mod operator;
mod platform;
mod registrar;

pub use association::*;
pub use council::*;
pub use evidence::*;
pub use lender::*;
pub use operator::*;
pub use platform::*;
pub use registrar::*;

use crate::api::runtime_types::bounded_collections::bounded_vec::BoundedVec;

/// A list as the generated types want it; the chain refuses one that is too long.
fn list<T, Wanted>(values: impl IntoIterator<Item = T>) -> BoundedVec<Wanted>
where
	T: Into<Wanted>,
{
	BoundedVec(values.into_iter().map(Into::into).collect())
}
