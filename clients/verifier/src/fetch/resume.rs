//! What was fetched before a fetch was interrupted.

use super::FetchError;
use crate::archive::Head;
use codec::{Decode, DecodeAll, Encode};
use std::{
	fs::{self, File, OpenOptions},
	io::{Seek, SeekFrom},
	path::{Path, PathBuf},
};

/// How much of a file is whole.
#[derive(Encode, Decode)]
pub struct Part {
	/// Bytes.
	pub written: u64,
	/// Blocks in them.
	pub blocks: u32,
	/// What the archive is about.
	pub head: Head,
	/// The justification of the target.
	pub justification: Vec<u8>,
	/// The versions of the runtime whose metadata are in them.
	pub versions: Vec<u32>,
}

impl Part {
	/// The file of an interrupted fetch, cut to what is whole of it.
	pub fn load(path: &Path) -> Result<Option<(File, Self)>, FetchError> {
		let Ok(bytes) = fs::read(state(path)) else { return Ok(None) };
		let Ok(part) = Self::decode_all(&mut bytes.as_slice()) else { return Ok(None) };
		let Ok(mut file) = OpenOptions::new().write(true).open(path) else { return Ok(None) };
		if file.metadata()?.len() < part.written {
			return Ok(None);
		}
		file.set_len(part.written)?;
		file.seek(SeekFrom::End(0))?;
		Ok(Some((file, part)))
	}

	/// Remembers how much of the file at `path` is whole.
	pub fn save(&self, path: &Path) -> Result<(), FetchError> {
		let new = state(path).with_extension("new");
		fs::write(&new, self.encode())?;
		fs::rename(new, state(path))?;
		Ok(())
	}
}

/// Forgets the fetch of the file at `path`.
pub fn forget(path: &Path) -> Result<(), FetchError> {
	match fs::remove_file(state(path)) {
		Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
		_ => Ok(()),
	}
}

fn state(path: &Path) -> PathBuf {
	path.with_extension("resume")
}
