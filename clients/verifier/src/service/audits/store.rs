//! What is kept of audits: a folder for each, with the order, how it ended, and the report.

use super::Audit;
use std::{
	collections::BTreeMap,
	fs, io,
	path::{Path, PathBuf},
};

const FOLDER: &str = "audits";
const ENDED: &str = "audit.json";
/// Audits kept; the oldest go first.
const KEPT: usize = 200;

/// The folder of all audits.
#[derive(Clone, Debug)]
pub struct Store(PathBuf);

impl Store {
	/// Opens the folder in `data`; the audits in it that ended. The rest of one that was cut off goes.
	pub fn open(data: &Path) -> io::Result<(Self, BTreeMap<u32, Audit>)> {
		let store = Self(data.join(FOLDER));
		fs::create_dir_all(&store.0)?;
		let mut audits = BTreeMap::new();
		for entry in fs::read_dir(&store.0)? {
			let name = entry?.file_name();
			let Some(id) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
			let ended = fs::read(store.folder(id).join(ENDED)).ok();
			match ended.and_then(|bytes| serde_json::from_slice::<Audit>(&bytes).ok()) {
				Some(audit) => drop(audits.insert(id, audit)),
				None => fs::remove_dir_all(store.folder(id))?,
			}
		}
		Ok((store, audits))
	}

	/// The folder of an audit.
	pub fn folder(&self, id: u32) -> PathBuf {
		self.0.join(id.to_string())
	}

	/// Begins a folder.
	pub fn begin(&self, id: u32) -> io::Result<()> {
		fs::create_dir_all(self.folder(id))
	}

	/// Keeps how an audit ended.
	pub fn end(&self, audit: &Audit) -> io::Result<()> {
		fs::write(self.folder(audit.id).join(ENDED), serde_json::to_vec(audit)?)
	}

	/// Forgets what is more than is kept.
	pub fn tidy(&self, audits: &mut BTreeMap<u32, Audit>) -> io::Result<()> {
		while audits.len() > KEPT {
			let Some((id, _)) = audits.pop_first() else { break };
			fs::remove_dir_all(self.folder(id))?;
		}
		Ok(())
	}
}
