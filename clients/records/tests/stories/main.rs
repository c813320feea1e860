//! Stories of the operator's records, on SQLite and on PostgreSQL.

mod endpoint;
mod exchange;
mod http;
mod keeping;
mod reading;
#[path = "../support/mod.rs"]
mod support;
mod versions;
