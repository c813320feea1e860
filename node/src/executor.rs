//! Executes the runtime. What a fault looks like inside of it is for the log: whoever called is told what to look at.

use crate::transaction::{self, Undecodable};
use sc_executor::{error::Error, RuntimeVersionOf, WasmExecutor};
use sc_service::config::ExecutorConfiguration;
use sp_core::traits::{CallContext, CodeExecutor, Externalities, ReadRuntimeVersion, RuntimeCode};
use sp_version::RuntimeVersion;
use std::fmt;
use winddown_runtime::VERSION;

type Wasm = WasmExecutor<winddown_host::HostFunctions>;

/// Executes the runtime.
#[derive(Clone)]
pub struct Executor(Wasm);

/// Why a call of the runtime has no result.
#[derive(Debug)]
pub enum Failure {
	/// What was handed in is no transaction or no call of this chain.
	Undecodable(Undecodable),
	/// The runtime stopped in the middle of a call of its interface.
	Stopped {
		/// The name of that call.
		method: String,
	},
	/// The runtime could not be called.
	Executor(Error),
}

impl fmt::Display for Failure {
	fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
		match self {
			Self::Undecodable(what) => what.fmt(out),
			Self::Stopped { method } => write!(
				out,
				"The runtime stopped in {method}: it cannot decode what it was given, or has a fault. The node's log \
				 says more"
			),
			Self::Executor(error) => error.fmt(out),
		}
	}
}

impl Executor {
	/// With the settings of a command.
	pub fn new(config: &ExecutorConfiguration) -> Self {
		Self(sc_service::new_wasm_executor(config))
	}

	fn explain(
		&self,
		ext: &mut dyn Externalities,
		code: &RuntimeCode,
		(method, data): (&str, &[u8]),
		error: Error,
	) -> Failure {
		let stopped = matches!(
			error,
			Error::AbortedDueToTrap(_) | Error::AbortedDueToPanic(_) | Error::RuntimePanicked(_)
		);
		if !stopped {
			return Failure::Executor(error);
		}
		// Another runtime may know calls that this program does not.
		let same = self.0.runtime_version(ext, code).is_ok_and(|version| {
			(version.spec_version, version.transaction_version)
				== (VERSION.spec_version, VERSION.transaction_version)
		});
		if let Some(what) = same.then(|| transaction::undecodable_argument(method, data)).flatten()
		{
			log::debug!(target: "executor", "{method}: {error}");
			return Failure::Undecodable(what);
		}
		log::error!(target: "executor", "The runtime stopped in {method}: {error}");
		Failure::Stopped { method: method.into() }
	}
}

impl Default for Executor {
	fn default() -> Self {
		Self(Wasm::builder().build())
	}
}

impl CodeExecutor for Executor {
	type Error = Failure;

	fn call(
		&self,
		ext: &mut dyn Externalities,
		code: &RuntimeCode,
		method: &str,
		data: &[u8],
		context: CallContext,
	) -> (Result<Vec<u8>, Failure>, bool) {
		let (result, native) = self.0.call(ext, code, method, data, context);
		(result.map_err(|error| self.explain(ext, code, (method, data), error)), native)
	}
}

impl RuntimeVersionOf for Executor {
	fn runtime_version(
		&self,
		ext: &mut dyn Externalities,
		code: &RuntimeCode,
	) -> Result<RuntimeVersion, Error> {
		self.0.runtime_version(ext, code)
	}
}

impl ReadRuntimeVersion for Executor {
	fn read_runtime_version(
		&self,
		code: &[u8],
		ext: &mut dyn Externalities,
	) -> Result<Vec<u8>, String> {
		self.0.read_runtime_version(code, ext)
	}
}
