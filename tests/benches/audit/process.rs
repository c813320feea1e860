//! The auditor's own program, and what it takes.

use crate::case::Files;
use std::{
	fs::File,
	path::{Path, PathBuf},
	process::{Child, Command},
	time::{Duration, Instant},
};

/// How often the kernel is asked for the program's memory.
const LOOK: Duration = Duration::from_millis(20);

/// What an audit took.
pub struct Spent {
	/// From start to end of the program.
	pub time: Duration,
	/// The most memory at once, in MiB.
	pub peak: u64,
}

/// Audits a case, which must be clean.
pub fn audit(files: &Files) -> Spent {
	let said = files.archive.with_extension("txt");
	let out = File::create(&said).expect("a file");
	let started = Instant::now();
	let mut child = Command::new(program())
		.arg("audit")
		.arg("--archive")
		.arg(&files.archive)
		.arg("--records")
		.arg(&files.export)
		.args(["--case", "0", "--genesis", &hex::encode(files.genesis)])
		.stdout(out)
		.spawn()
		.expect("`make build` makes winddown-verifier");
	let mut peak = 0;
	let status = loop {
		peak = peak.max(memory(&child));
		if let Some(status) = child.try_wait().expect("a child") {
			break status;
		}
		std::thread::sleep(LOOK);
	};
	let time = started.elapsed();
	if !status.success() {
		panic!("the audit finds something: {}", std::fs::read_to_string(&said).expect("a file"));
	}
	Spent { time, peak }
}

/// The most memory that a process had at once so far, in MiB, as the kernel keeps it; 0 when it is
/// over.
fn memory(child: &Child) -> u64 {
	let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
	let kibibytes = status.ok().and_then(|status| {
		let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
		line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()
	});
	kibibytes.unwrap_or_default() / 1024
}

/// The program beside this one.
fn program() -> PathBuf {
	let bench = std::env::current_exe().expect("a benchmark is a program");
	bench.ancestors().nth(2).expect("target/release/deps/audit").join("winddown-verifier")
}

/// The size of a file in MiB.
pub fn mebibytes(path: &Path) -> u64 {
	path.metadata().expect("a file").len().div_ceil(1024 * 1024)
}
