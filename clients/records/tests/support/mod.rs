//! Databases of both kinds, and things to keep in them.

pub mod postgres;

use postgres::Postgres;
use tempfile::TempDir;
use winddown_proof::{digest::Algorithm, record::Record};
use winddown_records::store::{NewDocument, Store};
use winddown_sdk::{primitives::Choice, record::ballot};

pub const CASE: u32 = 7;
pub const POLL: u32 = 3;

/// A database that is gone with the test.
pub struct Database {
	pub name: &'static str,
	pub url: String,
	_kept: Kept,
}

enum Kept {
	Folder { _folder: TempDir },
	Cluster { _cluster: Postgres },
}

/// An empty database of SQLite.
pub fn sqlite() -> Database {
	let folder = tempfile::tempdir().unwrap();
	let url = format!("sqlite:{}", folder.path().join("records.sqlite").display());
	Database { name: "SQLite", url, _kept: Kept::Folder { _folder: folder } }
}

/// An empty database of PostgreSQL.
pub fn postgres() -> Database {
	let cluster = Postgres::start();
	Database { name: "PostgreSQL", url: cluster.url(), _kept: Kept::Cluster { _cluster: cluster } }
}

/// One of each.
pub fn both() -> [Database; 2] {
	[sqlite(), postgres()]
}

impl Database {
	/// With tables.
	pub async fn store(&self) -> Store {
		Store::create(&self.url).await.unwrap()
	}

	/// What somebody does who has the database in hand.
	pub async fn tamper(&self, statement: &'static str) {
		use sqlx::{Connection, PgConnection, SqliteConnection};
		match self._kept {
			Kept::Folder { .. } => {
				let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
				sqlx::query("PRAGMA foreign_keys = OFF").execute(&mut connection).await.unwrap();
				sqlx::query(statement).execute(&mut connection).await.unwrap();
			}
			Kept::Cluster { .. } => {
				let mut connection = PgConnection::connect(&self.url).await.unwrap();
				sqlx::query(statement).execute(&mut connection).await.unwrap();
			}
		}
	}
}

/// Ballots of the first rows.
pub fn ballots(count: u32) -> Vec<Record> {
	let mut randomness = rand::thread_rng();
	let cast = |row| ballot(CASE, POLL, row, &[Choice::FOR], 1_574_000_000_000, &mut randomness);
	(0..count).map(cast).collect()
}

pub fn document(content: &str) -> NewDocument {
	NewDocument {
		algorithm: Algorithm::Sm3,
		case: CASE,
		kind: "notice".into(),
		name: "公告.txt".into(),
		media_type: "text/plain; charset=utf-8".into(),
		content: content.into(),
	}
}
