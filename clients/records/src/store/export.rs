//! All of a case, row by row.

use super::{
	rows::Row,
	tables::{Each, Tables},
	Pool, Store,
};
use crate::Error;

/// PostgreSQL's transactions that see one moment of the database, as SQLite's do.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

impl Store {
	/// Hands out every row of a case, as the database holds it at one moment: records, then batches,
	/// each with its leaves behind it, then documents. Never more than one of them is in memory.
	pub async fn export(
		&self,
		case: u32,
		mut each: impl FnMut(Row) -> Result<(), Error> + Send,
	) -> Result<(), Error> {
		let each: &mut Each<'_> = &mut each;
		match &self.pool {
			Pool::Sqlite(pool) => pool.begin().await?.all(case.into(), each).await?,
			Pool::Postgres(pool) => pool.begin_with(SNAPSHOT).await?.all(case.into(), each).await?,
		}
		self.ensure_still()
	}
}
