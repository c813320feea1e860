//! The client's committed metadata is that of the runtime.

use std::path::Path;
use winddown_runtime::Runtime;

/// The newest metadata version; view functions stand in no older one.
const VERSION: u8 = 16;

#[test]
fn the_committed_metadata_is_that_of_the_runtime() {
	let current = Runtime::metadata_at_version(VERSION.into()).expect("the runtime knows it");
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../clients/sdk/metadata.scale");
	if std::env::var_os("UPDATE_METADATA").is_some() {
		std::fs::write(&path, &*current).expect("the file can be written");
	}
	let committed = std::fs::read(&path).expect("it is committed");
	assert!(committed.starts_with(&[b'm', b'e', b't', b'a', VERSION]));
	assert!(
		committed == **current,
		"the runtime changed: run `make metadata`, look at the difference and commit it"
	);
}
