//! What clients are made of: the committed metadata is that of the runtime, its digest too, and its names and
//! shapes are such that no client stumbles over them.

mod names;
mod refusals;
mod shapes;

use frame_metadata::{v16::RuntimeMetadataV16, RuntimeMetadata, RuntimeMetadataPrefixed};
use merkleized_metadata::{generate_metadata_digest, ExtraInfo};
use std::path::{Path, PathBuf};
use winddown_runtime::{payment, Runtime, VERSION};

/// The newest metadata version; view functions stand in no older one.
const NEWEST: u32 = 16;
/// The version over which hardware wallets compute the digest (RFC 78).
const OF_DIGEST: u32 = 15;

/// The runtime's metadata of a version, as a node answers.
fn encoded(version: u32) -> Vec<u8> {
	Runtime::metadata_at_version(version).expect("the runtime knows it").to_vec()
}

fn decoded(version: u32) -> RuntimeMetadata {
	let prefixed: RuntimeMetadataPrefixed =
		codec::Decode::decode(&mut &encoded(version)[..]).expect("it is metadata");
	prefixed.1
}

fn newest() -> RuntimeMetadataV16 {
	match decoded(NEWEST) {
		RuntimeMetadata::V16(metadata) => metadata,
		_ => panic!("it is version {NEWEST}"),
	}
}

/// Fails when `file` is not `current`; writes it before, if `make metadata` asks for it.
fn ensure_committed(file: &str, current: &[u8]) {
	let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
	if std::env::var_os("UPDATE_METADATA").is_some() {
		std::fs::write(&path, current).expect("the file can be written");
	}
	let committed = std::fs::read(&path).expect("it is committed");
	assert!(
		committed == current,
		"the runtime changed: run `make metadata`, look at the difference of {file} and commit it"
	);
}

#[test]
fn the_committed_metadata_is_that_of_the_runtime() {
	let current = encoded(NEWEST);
	assert!(current.starts_with(&[b'm', b'e', b't', b'a', NEWEST as u8]));
	ensure_committed("clients/sdk/metadata.scale", &current);
}

#[test]
fn the_digest_that_hardware_wallets_sign_is_that_of_the_runtime() {
	let what_wallets_show = ExtraInfo {
		spec_version: VERSION.spec_version,
		spec_name: VERSION.spec_name.to_string(),
		base58_prefix: payment::SS58_PREFIX,
		decimals: payment::TOKEN_DECIMALS,
		token_symbol: payment::TOKEN_SYMBOL.into(),
	};
	let digest = generate_metadata_digest(&decoded(OF_DIGEST), what_wallets_show)
		.expect("the metadata can be digested");
	let text = format!("0x{}\n", hex::encode(digest.hash()));
	ensure_committed("runtime/metadata-hash.txt", text.as_bytes());
}

#[test]
fn the_chain_specs_tell_wallets_what_the_digest_covers() {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../chain-specs/local.plain.json");
	let text = std::fs::read_to_string(path).expect("it is committed");
	let spec: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
	let expected = serde_json::json!({
		"ss58Format": payment::SS58_PREFIX,
		"tokenDecimals": payment::TOKEN_DECIMALS,
		"tokenSymbol": payment::TOKEN_SYMBOL,
	});
	assert_eq!(spec["properties"], expected);
}
