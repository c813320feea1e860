//! Programs that were built beside this one, and what they need.

use anyhow::{bail, Result};
use std::{fs, path::PathBuf};

/// The most memory that this process held so far, in bytes.
pub fn own_peak_memory() -> Option<u64> {
	peak_memory_of(std::process::id())
}

/// A program that was built beside this one.
pub fn beside(name: &str) -> Result<PathBuf> {
	let binary = std::env::current_exe()?.with_file_name(name);
	match binary.is_file() {
		true => Ok(binary),
		false => bail!("there is no {name} at {}; build it (make build)", binary.display()),
	}
}

/// The node's binary: as given, or beside this one.
pub fn find_binary(given: Option<PathBuf>) -> Result<PathBuf> {
	let binary = match given {
		Some(binary) => binary,
		None => std::env::current_exe()?.with_file_name("winddown-node"),
	};
	match binary.is_file() {
		true => Ok(binary),
		false => bail!(
			"there is no node at {}; build it (make build), or name it with --node FILE",
			binary.display()
		),
	}
}

/// The memory of a process at its highest, from `/proc`, in bytes.
pub fn peak_memory_of(process: u32) -> Option<u64> {
	let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
	let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
	let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
	kilobytes.checked_mul(1_024)
}
