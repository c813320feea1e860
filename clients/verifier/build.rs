//! Prepares what the pages are served with: the bundle verifier as WebAssembly, made of
//! `clients/proof-wasm`, and Swagger's files, which come as a crate. All of it is compressed here once.

use flate2::{write::GzEncoder, Compression};
use std::{
	env,
	error::Error,
	fs,
	io::{Cursor, Read, Write},
	path::{Path, PathBuf},
	process::Command,
};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const TARGET: &str = "wasm32v1-none";
/// What the module is made of.
const SOURCES: [&str; 4] =
	["proof/Cargo.toml", "proof/src", "proof-wasm/Cargo.toml", "proof-wasm/src"];
/// What Swagger's page needs of its files.
const SWAGGER: [&str; 2] = ["swagger-ui.css", "swagger-ui-bundle.js"];

fn main() -> Outcome {
	let clients = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("..");
	let out = PathBuf::from(env::var("OUT_DIR")?);
	println!("cargo::rerun-if-changed=build.rs");
	println!("cargo::rerun-if-env-changed=WASM_BUILD_TOOLCHAIN");
	for source in SOURCES {
		println!("cargo::rerun-if-changed={}", clients.join(source).display());
	}
	module(&clients, &out)?;
	swagger(&out)
}

/// Builds the module in a target folder of its own, which no other cargo locks.
fn module(clients: &Path, out: &Path) -> Outcome {
	let folder = out.join("module");
	let status = cargo()
		.args(["build", "--release", "--locked", "--no-default-features", "--target", TARGET])
		.arg("--manifest-path")
		.arg(clients.join("proof-wasm/Cargo.toml"))
		.arg("--target-dir")
		.arg(&folder)
		.envs([
			("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s"),
			("CARGO_PROFILE_RELEASE_LTO", "fat"),
			("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1"),
			("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
			// It cannot be had together with link-time optimisation.
			("CARGO_INCREMENTAL", "0"),
		])
		.status()?;
	if !status.success() {
		return Err(format!(
			"no module for browsers: does Rust have {TARGET}? `make setup` sees to it"
		)
		.into());
	}
	let module = folder.join(TARGET).join("release/winddown_proof_wasm.wasm");
	compress(&fs::read(module)?, &out.join("proof.wasm.gz"))
}

/// The cargo of this build, or of the toolchain that has the target, without what this build or a wrapper
/// of it (clippy) set for its own compilations.
fn cargo() -> Command {
	let mut cargo = match env::var_os("WASM_BUILD_TOOLCHAIN") {
		Some(toolchain) => {
			let mut cargo = Command::new("rustup");
			cargo.arg("run").arg(toolchain).arg("cargo").env_remove("RUSTC").env_remove("RUSTDOC");
			cargo
		}
		None => Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())),
	};
	for name in [
		"CARGO_BUILD_TARGET",
		"CARGO_ENCODED_RUSTFLAGS",
		"CARGO_RESOLVER_FEATURE_UNIFICATION",
		"CARGO_TARGET_DIR",
		"RUSTC_WORKSPACE_WRAPPER",
		"RUSTFLAGS",
	] {
		cargo.env_remove(name);
	}
	cargo
}

fn swagger(out: &Path) -> Outcome {
	let mut archive = zip::ZipArchive::new(Cursor::new(SWAGGER_UI_VENDORED))?;
	for name in SWAGGER {
		let suffix = format!("/dist/{name}");
		let path = archive.file_names().flatten().find(|path| path.ends_with(&suffix));
		let path = path.ok_or_else(|| format!("Swagger's files lack {name}"))?.into_owned();
		let mut bytes = vec![];
		archive.by_name(&path)?.read_to_end(&mut bytes)?;
		compress(&bytes, &out.join(format!("{name}.gz")))?;
	}
	Ok(())
}

fn compress(bytes: &[u8], to: &Path) -> Outcome {
	let mut encoder = GzEncoder::new(vec![], Compression::best());
	encoder.write_all(bytes)?;
	Ok(fs::write(to, encoder.finish()?)?)
}
