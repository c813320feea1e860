//! Behind a pooler.

#[path = "../../tests/support/postgres.rs"]
mod postgres;

use super::*;
use winddown_proof::{digest::Algorithm, record::Record};
use winddown_sdk::{primitives::Choice as Mark, record::ballot};

/// A pooler such as PgBouncer hands each transaction another connection of the server: a statement
/// that was named on one is unknown, or somebody else's, on the next.
#[tokio::test]
async fn no_statement_has_a_name_on_the_server() {
	let cluster = postgres::Postgres::start();
	let store = Store::create(&cluster.url()).await.unwrap();
	let randomness = &mut rand::thread_rng();
	let records: Vec<Record> =
		(0..3).map(|row| ballot(7, 3, row, &[Mark::FOR], 1, randomness)).collect();
	let (batch, _) = store.add_batch(Algorithm::Sm3, &records).await.unwrap();
	let document = NewDocument {
		algorithm: Algorithm::Sm3,
		case: 7,
		kind: "notice".into(),
		name: "a".into(),
		media_type: "text/plain".into(),
		content: b"notice".to_vec(),
	};
	let (digest, _) = store.add_document(document).await.unwrap();
	store.document(&digest).await.unwrap();
	store.kept(&[digest]).await.unwrap();
	store.batch(&batch.root.parse().unwrap()).await.unwrap();
	store.batches_of(&records[0].digest()).await.unwrap();
	store.counts().await.unwrap();
	store.choose(7, "ballot", None, Choice::All).await.unwrap();
	store.export(7, |_| Ok(())).await.unwrap();
	Store::open(&cluster.url()).await.unwrap().close().await;
	let Pool::Postgres(pool) = &store.pool else { panic!("PostgreSQL") };
	let mut held = Vec::new();
	while let Some(mut connection) = pool.try_acquire() {
		let named = "SELECT COUNT(*) FROM pg_prepared_statements";
		let named = sqlx::query_scalar::<_, i64>(named).persistent(false);
		assert_eq!(named.fetch_one(&mut *connection).await.unwrap(), 0);
		held.push(connection);
	}
	assert!(!held.is_empty(), "a connection was used");
}
