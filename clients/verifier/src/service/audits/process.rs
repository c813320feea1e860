//! An audit in a process of its own: it may be ended, and what it breaks is its own.

use super::{
	files::Files,
	work::{Told, COMMAND},
	Step,
};
use crate::service::Config;
use std::{io, path::PathBuf, process::Stdio, time::Duration};
use tokio::{
	io::{AsyncBufReadExt, AsyncReadExt, BufReader},
	process::Command,
	time::timeout,
};
use winddown_proof::Hash;

/// How long an audit may take, fetching included.
const TIME: Duration = Duration::from_secs(4 * 60 * 60);
/// Most bytes that are kept of what it complains of.
const COMPLAINT: u64 = 4 * 1024;

/// Starts audits.
pub struct Process {
	program: PathBuf,
	node: Option<String>,
	genesis: Hash,
	memory: u64,
}

/// One audit.
pub struct Job {
	pub case: u32,
	pub files: Files,
	/// The folder of its report.
	pub report: PathBuf,
}

impl Process {
	pub fn new(config: &Config) -> Self {
		Self {
			program: config.program.clone(),
			node: config.node.clone(),
			genesis: config.anchor.genesis(),
			memory: config.audit_memory,
		}
	}

	/// Audits; the number of findings, or why there is no report.
	pub async fn audit(&self, job: &Job, tell: impl Fn(Step)) -> Result<u64, String> {
		let hours = TIME.as_secs() / 3_600;
		let ended = timeout(TIME, self.follow(job, tell)).await;
		ended
			.unwrap_or_else(|_| Ok(Err(format!("it was not done within {hours} hours"))))
			.unwrap_or_else(|error| Err(format!("its process could not be run: {error}")))
	}

	/// Runs the process to its end. It ends with this future, too.
	async fn follow(&self, job: &Job, tell: impl Fn(Step)) -> io::Result<Result<u64, String>> {
		let mut process = self.command(job).spawn()?;
		let (Some(out), Some(err)) = (process.stdout.take(), process.stderr.take()) else {
			return Err(io::ErrorKind::BrokenPipe.into());
		};
		let complaint = tokio::spawn(async move {
			let (mut text, mut err) = (String::new(), err.take(COMPLAINT));
			err.read_to_string(&mut text).await.map(|_| text)
		});
		let (mut lines, mut findings) = (BufReader::new(out).lines(), None);
		while let Some(line) = lines.next_line().await? {
			match serde_json::from_str(&line) {
				Ok(Told::Step(step)) => tell(step),
				Ok(Told::Done { findings: found }) => findings = Some(found),
				Err(_) => {}
			}
		}
		let status = process.wait().await?;
		let complaint = complaint.await.map_err(io::Error::other)?.unwrap_or_default();
		Ok(match findings.filter(|_| status.success()) {
			Some(findings) => Ok(findings),
			None if status.code().is_some() => Err(complaint.trim().into()),
			None => Err(format!(
				"its process was ended ({status}); it may take {} MiB of memory",
				self.memory >> 20
			)),
		})
	}

	fn command(&self, job: &Job) -> Command {
		let mut command = Command::new(&self.program);
		command
			.arg(COMMAND)
			.args(["--case", &job.case.to_string(), "--genesis", &self.genesis.to_string()])
			.args(["--memory", &self.memory.to_string()])
			.arg("--report")
			.arg(&job.report);
		match (&job.files.archive, &self.node) {
			(Some(archive), _) => command.arg("--archive").arg(archive),
			(None, node) => command.args(node.iter().flat_map(|node| ["--url", node])),
		};
		command.args(job.files.export.iter().flat_map(|export| ["--records", export]));
		command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
		command.kill_on_drop(true);
		command
	}
}
