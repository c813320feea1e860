//! The operator's plaintext records.

mod batch;
mod carried;
mod export;
mod import;
mod serve;
mod show;

use crate::{context::Context, next, renamed};
use anyhow::Result;
use clap::{Args, Subcommand};
use serde_json::json;
use winddown_records::{source::Source, store::Store, Error};

#[derive(Subcommand)]
pub enum RecordsCommand {
	/// Make the tables: in a new file, or in a database of PostgreSQL that exists.
	Init(DatabaseArg),
	/// Take in an export, or a file of records, a batch or a document.
	Import(import::ImportArgs),
	/// Make one digest over records that are kept, to be deposited as evidence.
	Batch(batch::BatchArgs),
	/// Serve content by its digest to the institutions of the chain, until stopped.
	Serve(serve::ServeArgs),
	/// Write all of a case for whoever checks it.
	Export(export::ExportArgs),
	/// Show what is kept, or what is kept under a digest and whether it was altered.
	Show(show::ShowArgs),
}

/// The database of a command.
#[derive(Args)]
pub struct DatabaseArg {
	/// The database: sqlite:FILE, or postgres://USER@HOST/NAME. Others on this machine can see a
	/// command line: put a URL with a password into the environment.
	#[arg(
		id = "records",
		long = "records",
		value_name = "URL",
		env = "WINDDOWN_RECORDS",
		hide_env_values = true,
		default_value = "sqlite:records.sqlite"
	)]
	url: String,
	/// What it was called once.
	#[arg(long = "database", hide = true, value_parser = renamed::database)]
	_database: Option<renamed::Never>,
}

impl DatabaseArg {
	async fn open(&self) -> Result<Store, Error> {
		Store::open(&self.url).await
	}

	/// To serve from: opened to write, so that the log of SQLite is taken over at the end; where nothing may be
	/// written it is read as it lies.
	async fn to_serve(&self, context: &Context) -> Result<Store, Error> {
		match self.open().await {
			Err(Error::NotWritable(_)) => {
				context.output.note(&format!(
					"note: {} is served as it lies: nothing may be written there; when it is changed, start again",
					self.shown()
				));
				self.read_only(context).await
			}
			opened => opened,
		}
	}

	async fn read_only(&self, context: &Context) -> Result<Store, Error> {
		let store = Store::read_only(&self.url).await?;
		if store.may_lack_its_log() {
			context.output.note(&format!(
				"note: {} was not closed by its program, or copied while that ran: what was written last may be missing",
				self.shown()
			));
		}
		Ok(store)
	}

	/// The URL for a command that is to be copied; it stays away where it may hold a password.
	fn typed(&self) -> &str {
		match self.url.starts_with("sqlite:") {
			true => &self.url,
			false => "URL",
		}
	}

	/// The URL without a password.
	fn shown(&self) -> String {
		Source::Database(self.url.clone()).to_string()
	}
}

pub async fn run(context: &Context, command: RecordsCommand) -> Result<()> {
	match command {
		RecordsCommand::Init(database) => init(context, database).await,
		RecordsCommand::Import(args) => import::run(context, args).await,
		RecordsCommand::Batch(args) => batch::run(context, args).await,
		RecordsCommand::Serve(args) => serve::run(context, args).await,
		RecordsCommand::Export(args) => export::run(context, args).await,
		RecordsCommand::Show(args) => show::run(context, args).await,
	}
}

async fn init(context: &Context, database: DatabaseArg) -> Result<()> {
	Store::create(&database.url).await?.close().await;
	let shown = database.shown();
	context.output.show(&json!({ "database": shown }), || {
		format!("made the tables in {shown}\nnext: {}", next::records_made(database.typed()))
	})
}
