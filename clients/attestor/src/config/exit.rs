use std::process::ExitCode;

/// How the process ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
	/// Stopped by a signal, or nothing is left.
	Done,
	/// Something went wrong on this machine.
	Failed,
	/// A flag, the configuration file or the key file is bad.
	BadConfig,
	/// Records are left.
	Left,
	/// No node answers.
	NoNode,
}

impl From<Exit> for ExitCode {
	fn from(exit: Exit) -> Self {
		Self::from(match exit {
			Exit::Done => 0,
			Exit::Failed => 1,
			Exit::BadConfig => 2,
			Exit::Left => 3,
			Exit::NoNode => 4,
		})
	}
}
