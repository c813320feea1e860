//! Files with secrets that others than their owner may read.

use sc_network::config::{NodeKeyConfig, Secret};
use sc_service::{config::KeystoreConfig, Configuration};
use std::{
	fs,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};

/// What the owner's group and all others may do with a file.
const OTHERS: u32 = 0o077;

/// Warns of each file with a secret of this node that is open to others: its keys, and the password of its keystore.
pub fn warn_of_open_files(config: &Configuration, password: Option<&Path>) {
	let password = password.map(Path::to_path_buf);
	for file in files(config).into_iter().chain(password).filter(|file| is_open(file)) {
		log::warn!("{}", warning(&file));
	}
}

/// The node's own key, and the keys of its keystore.
fn files(config: &Configuration) -> Vec<PathBuf> {
	let mut files = Vec::new();
	let NodeKeyConfig::Ed25519(secret) = &config.network.node_key;
	if let Secret::File(file) = secret {
		files.push(file.clone());
	}
	if let KeystoreConfig::Path { path, .. } = &config.keystore {
		files.extend(fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()));
	}
	files
}

fn is_open(file: &Path) -> bool {
	fs::metadata(file)
		.is_ok_and(|found| found.is_file() && found.permissions().mode() & OTHERS != 0)
}

fn warning(file: &Path) -> String {
	let file = file.display();
	format!(
		"Others on this machine may read the secret in {file}: run `chmod 600 {file}`, and make a new one if \
		 somebody may have read it"
	)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_key_that_others_may_read_is_told_with_the_remedy() {
		let folder = tempfile::tempdir().unwrap();
		let key = folder.path().join("secret_ed25519");
		fs::write(&key, [0; 32]).unwrap();
		for (mode, open) in [(0o600, false), (0o400, false), (0o644, true), (0o640, true)] {
			fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
			assert_eq!(is_open(&key), open, "{mode:o}");
		}
		assert!(!is_open(folder.path()) && !is_open(&folder.path().join("none")));
		assert!(warning(&key).contains(&format!("run `chmod 600 {}`", key.display())));
	}
}
