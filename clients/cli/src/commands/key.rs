use crate::{context::Context, next, output::facts};
use anyhow::Result;
use clap::Subcommand;
use rand::RngCore;
use serde_json::json;
use std::path::PathBuf;
use winddown_sdk::{
	keys::{Keypair, WrittenKey},
	secret,
};

#[derive(Subcommand)]
pub enum KeyCommand {
	/// Make a key and write its seed to a new file that only its owner may read.
	Generate {
		/// The file.
		#[arg(long, value_name = "FILE")]
		out: PathBuf,
	},
	/// Show the account and the lender's key of --key or --key-file.
	Show,
}

pub fn run(context: &Context, command: KeyCommand) -> Result<()> {
	match command {
		KeyCommand::Generate { out } => {
			let mut seed = [0; 32];
			rand::rngs::OsRng.fill_bytes(&mut seed);
			secret::write_new(&out, &format!("0x{}\n", hex::encode(seed)))?;
			let key = Keypair::from_seed(context.global.scheme.into(), &seed);
			show(context, &key)?;
			let next = next::key_made(&key.account().to_string());
			context.output.note(&format!("next: {next}"));
			Ok(())
		}
		KeyCommand::Show => show(context, &context.key()?),
	}
}

fn show(context: &Context, key: &Keypair) -> Result<()> {
	let account = key.account().to_string();
	let lender_key = WrittenKey(key.lender_key()).to_string();
	context.output.show(&json!({ "account": account, "lender_key": lender_key }), || {
		facts([("account, for an institution", &account), ("key, for a lender", &lender_key)])
	})
}
