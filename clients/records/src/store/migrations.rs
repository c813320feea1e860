//! The tables, and every change of them since the first. A migration that was released stays as it is.
//!
//! Each change keeps what readers select: `documents` became a view when a document came to belong to
//! several cases, so that a reader of either version asks in the same words.

use super::{tables::Tables, write::LOCK_WRITERS, Pool, Store};
use crate::Error;
use sqlx::{
	migrate::{Migration, MigrationType, Migrator},
	Executor, SqlSafeStr,
};

/// The version of the tables that this program writes, and the newest that it reads.
pub const NEWEST: i64 = 2;

const SQLITE: [(i64, &str, &str); 2] = [
	(1, "records, batches, documents", include_str!("migrations/1-sqlite.sql")),
	(2, "documents of several cases and kinds", include_str!("migrations/2-sqlite.sql")),
];
const POSTGRES: [(i64, &str, &str); 2] = [
	(1, "records, batches, documents", include_str!("migrations/1-postgres.sql")),
	(2, "documents of several cases and kinds", include_str!("migrations/2-postgres.sql")),
];

/// A pooler may hand on a connection with the statements that somebody else named there.
const FORGET_STATEMENTS: &str = "DEALLOCATE ALL";

/// Which tables a database has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
	/// None of ours.
	None,
	/// Tables that another program made by docs/records.md, without a version.
	Unversioned,
	/// Those of this version.
	Version(i64),
}

impl Store {
	/// Which tables the database has. Fails when a newer program made them.
	pub(super) async fn form(&self) -> Result<Form, Error> {
		let form = super::on_connection!(self, connection => connection.form().await?);
		match form {
			Form::Version(found) if found > NEWEST => {
				Err(Error::NewTables { found, known: NEWEST })
			}
			form => Ok(form),
		}
	}

	/// Brings the tables to the form of this program. Two processes may do it at once.
	pub(super) async fn migrate(&self) -> Result<(), Error> {
		if self.form().await? == Form::Version(NEWEST) {
			return Ok(());
		}
		// `run` would make a future that no thread may take over.
		match &self.pool {
			Pool::Sqlite(pool) => {
				let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
				migrator(SQLITE).run_direct(None, &mut *transaction, false).await?;
				transaction.commit().await?;
			}
			// In a transaction behind a pooler all stays on one connection; a lock of the session, as
			// the library takes it, would not.
			Pool::Postgres(pool) => {
				let mut transaction = pool.begin().await?;
				transaction.execute(LOCK_WRITERS).await?;
				transaction.execute(FORGET_STATEMENTS).await?;
				let mut migrator = migrator(POSTGRES);
				migrator.set_locking(false);
				migrator.run_direct(None, &mut *transaction, false).await?;
				transaction.execute(FORGET_STATEMENTS).await?;
				transaction.commit().await?;
			}
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
