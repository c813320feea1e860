//! What every command takes: the node, the key, the form of the output.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use winddown_sdk::{
	chain::{Transport, Until},
	keys::Scheme,
};

/// What every command takes.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
	/// The node to speak with.
	#[arg(long, global = true, env = "WINDDOWN_URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,
	/// Print one JSON document instead of text.
	#[arg(long, global = true)]
	pub json: bool,
	/// The key to sign with: a SURI such as //Platform, a mnemonic or a seed. Others on this
	/// machine can see a command line: prefer --key-file.
	#[arg(long, global = true, value_name = "SURI", env = "WINDDOWN_KEY", hide_env_values = true)]
	pub key: Option<String>,
	/// A file with the key to sign with, which only its owner may read (mode 0600).
	#[arg(long, global = true, value_name = "FILE", conflicts_with = "key")]
	pub key_file: Option<PathBuf>,
	/// The signature scheme of the key.
	#[arg(long, global = true, value_enum, default_value_t)]
	pub scheme: SchemeArg,
	/// How sure a transaction must be before the command ends, and which block `show` reads.
	#[arg(long, global = true, value_enum, default_value_t)]
	pub wait: WaitArg,
	/// Allow ws:// to another machine, in a closed network.
	#[arg(long, global = true)]
	pub allow_plain: bool,
}

impl Global {
	pub fn transport(&self) -> Transport {
		match self.allow_plain {
			true => Transport::AllowPlain,
			false => Transport::Secure,
		}
	}
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum SchemeArg {
	#[default]
	Sr25519,
	Ed25519,
	Ecdsa,
}

impl From<SchemeArg> for Scheme {
	fn from(scheme: SchemeArg) -> Self {
		match scheme {
			SchemeArg::Sr25519 => Self::Sr25519,
			SchemeArg::Ed25519 => Self::Ed25519,
			SchemeArg::Ecdsa => Self::Ecdsa,
		}
	}
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum WaitArg {
	/// It is in a block; a few seconds.
	InBlock,
	/// It is in a block that can never be undone; some seconds more.
	#[default]
	Finalized,
}

impl From<WaitArg> for Until {
	fn from(wait: WaitArg) -> Self {
		match wait {
			WaitArg::InBlock => Self::InBlock,
			WaitArg::Finalized => Self::Finalized,
		}
	}
}
