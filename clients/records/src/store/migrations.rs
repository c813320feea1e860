//! The tables, and every change of them since the first. A migration that was released stays as it is.

use super::{Pool, Store};
use crate::Error;
use sqlx::{
	migrate::{Migration, MigrationType, Migrator},
	SqlSafeStr,
};

const SQLITE: [(i64, &str, &str); 1] =
	[(1, "records, batches, documents", include_str!("migrations/1-sqlite.sql"))];
const POSTGRES: [(i64, &str, &str); 1] =
	[(1, "records, batches, documents", include_str!("migrations/1-postgres.sql"))];

impl Store {
	/// Brings the tables to the form of this program. Two processes may do it at once.
	pub(super) async fn migrate(&self) -> Result<(), Error> {
		match &self.pool {
			Pool::Sqlite(pool) => {
				// SQLite has no lock of its own for migrations, as PostgreSQL's have.
				let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
				// `run` would make a future that no thread may take over.
				migrator(SQLITE).run_direct(None, &mut *transaction, false).await?;
				transaction.commit().await?;
			}
			Pool::Postgres(pool) => migrator(POSTGRES).run(pool).await?,
		}
		Ok(())
	}
}

fn migrator<const COUNT: usize>(
	migrations: [(i64, &'static str, &'static str); COUNT],
) -> Migrator {
	let migrations = migrations.into_iter().map(|(version, name, sql)| {
		Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
	});
	Migrator::with_migrations(migrations.collect())
}
