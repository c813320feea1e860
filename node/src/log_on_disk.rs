//! The database's log reaches the disk with every final block.
//!
//! ParityDB hands its log to the system at once, and asks for it to be on disk once it has 64 MiB; until then the
//! system writes it when it likes, on Linux within about 35 seconds (docs/reliability.md).

use crate::service::Client;
use futures::StreamExt;
use sc_client_api::BlockchainEvents;
use std::{
	fs::{self, File},
	io,
	path::{Path, PathBuf},
	sync::Arc,
};

/// How the names of ParityDB's log files begin.
const LOG: &str = "log";

/// Runs as long as the node. A disk that fails is told; the node goes on, since others have the block.
pub async fn follow_finality(client: Arc<Client>, database: PathBuf) {
	let mut finality = client.finality_notification_stream();
	while finality.next().await.is_some() {
		if let Err(error) = sync(&database) {
			log::error!(
				"The log of the database in {} is not on disk: {error}",
				database.display()
			);
		}
	}
}

/// Waits until the log files of a database are on disk; how many there are.
fn sync(database: &Path) -> io::Result<usize> {
	let mut files = 0;
	for entry in fs::read_dir(database)? {
		let entry = entry?;
		if !entry.file_name().to_string_lossy().starts_with(LOG) {
			continue;
		}
		match File::open(entry.path()) {
			Ok(file) => file.sync_data()?,
			// A log whose content is in the tables goes away.
			Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
			Err(error) => return Err(error),
		}
		files += 1;
	}
	// New files themselves.
	File::open(database)?.sync_all()?;
	Ok(files)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn all_log_files_of_a_database_are_synced_and_no_other_file() {
		let folder = tempfile::tempdir().unwrap();
		for name in ["log0", "log12", "metadata", "table_00_32"] {
			fs::write(folder.path().join(name), "bytes").unwrap();
		}
		assert_eq!(sync(folder.path()).unwrap(), 2);
		let nowhere = folder.path().join("nowhere");
		assert_eq!(sync(&nowhere).unwrap_err().kind(), io::ErrorKind::NotFound);
	}
}
