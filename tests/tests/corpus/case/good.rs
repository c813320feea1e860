//! The good case, played once: every test may run in a process of its own, and reads what the first one
//! wrote.

use serde_json::Value;
use std::{
	fs::{self, File},
	path::{Path, PathBuf},
	sync::LazyLock,
	time::UNIX_EPOCH,
};
use winddown_tests::winddown::{play, Played};
use winddown_verifier::archive::Parts;

/// What the folders of played cases begin with.
const FOLDER: &str = "corpus-";

static GOOD: LazyLock<Played> = LazyLock::new(|| {
	let folder = folder();
	fs::create_dir_all(&folder).expect("a folder");
	let lock = File::create(folder.join("lock")).expect("a file");
	lock.lock().expect("nobody holds it for ever");
	read(&folder).unwrap_or_else(|| {
		forget_others(&folder);
		let played = play();
		write(&folder, &played);
		played
	})
});

/// The good case.
pub fn good() -> Played {
	GOOD.clone()
}

/// An export as JSON Lines.
pub fn lines(export: &[Value]) -> String {
	export.iter().map(|line| format!("{line}\n")).collect()
}

/// A folder for this build of the tests: another one may play another case.
fn folder() -> PathBuf {
	let program = std::env::current_exe().and_then(fs::metadata).expect("the test's own file");
	let built = program.modified().expect("a time").duration_since(UNIX_EPOCH);
	let built = built.expect("after 1970").as_nanos();
	Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{FOLDER}{built}"))
}

/// Deletes what earlier builds played.
fn forget_others(folder: &Path) {
	let siblings = fs::read_dir(env!("CARGO_TARGET_TMPDIR")).into_iter().flatten().flatten();
	for sibling in siblings.map(|entry| entry.path()).filter(|path| path != folder) {
		let name = sibling.file_name().unwrap_or_default();
		if name.to_string_lossy().starts_with(FOLDER) {
			// Another process may just have done so.
			let _ = fs::remove_dir_all(&sibling);
		}
	}
}

fn read(folder: &Path) -> Option<Played> {
	let export = fs::read_to_string(folder.join("export.jsonl")).ok()?;
	let export = export.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
	Some(Played { parts: Parts::read(&folder.join("case.wda")).expect("an archive"), export })
}

/// The export is written last: with it the case is whole.
fn write(folder: &Path, played: &Played) {
	played.parts.write(&folder.join("case.wda")).expect("written");
	let part = folder.join("export.part");
	fs::write(&part, lines(&played.export)).expect("written");
	fs::rename(&part, folder.join("export.jsonl")).expect("renamed");
}
