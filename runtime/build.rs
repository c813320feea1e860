//! Builds the runtime's WASM, which carries the digest of its own metadata (`metadata-hash.txt`): by it a
//! hardware wallet makes sure that it shows what it signs.

fn main() {
	#[cfg(feature = "std")]
	build_wasm();
}

#[cfg(feature = "std")]
fn build_wasm() {
	/// Where `make metadata` writes the digest.
	const DIGEST: &str = "metadata-hash.txt";

	println!("cargo:rerun-if-changed={DIGEST}");
	let digest = std::fs::read_to_string(DIGEST).expect("the digest is committed");
	// What compiles the WASM inherits it, and `CheckMetadataHash` reads it there.
	std::env::set_var("RUNTIME_METADATA_HASH", digest.trim());
	// The lints of a native build are none of the blob's business, whose compiler may be another one.
	std::env::remove_var("RUSTC_WORKSPACE_WRAPPER");
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
