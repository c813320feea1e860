//! What the SDK's flags mean on this node, and which of its values this node takes.

use clap::{
	builder::{PossibleValuesParser, TypedValueParser},
	Arg, Command,
};
use sc_cli::WasmExecutionMethod;

const CHAIN: &str = "Which chain: `local`, `development`, or the file of a chain's specification";
const CHAIN_LONG: &str = "Which chain: the file of a chain's specification, as the consortium handed it out, or one \
	of the chains for tests, whose keys everybody knows: `local` (four validators) and `development` (one node)";
const DEV: &str = "The chain `development`, of one node with well-known keys";
const DEV_LONG: &str = "The chain `development`, of one node with well-known keys.\n\n\
	A node that runs takes it for `--institution Association`, `--force-authoring`, `--rpc-cors all` and `--tmp` unless \
	something else is said, and looks for no peers.";
const WASM: &str = "How the runtime is executed: compiled. There is no other way";

/// The only way to execute the runtime. The SDK takes the name of another one, and ignores it.
const COMPILED: &str = "compiled";

/// Describes the flags of a command and of the commands below it.
pub fn fit(command: Command) -> Command {
	command.mut_args(describe).mut_subcommands(fit)
}

/// Describes a flag.
pub fn describe(arg: Arg) -> Arg {
	match arg.get_id().as_str() {
		"chain" => arg.help(CHAIN).long_help(CHAIN_LONG),
		"dev" => arg.help(DEV).long_help(DEV_LONG),
		"wasm_method" => {
			let compiled = PossibleValuesParser::new([COMPILED]);
			arg.help(WASM)
				.long_help(WASM)
				.value_parser(compiled.map(|_| WasmExecutionMethod::Compiled))
		}
		_ => arg,
	}
}

#[cfg(test)]
mod tests {
	use crate::cli::Cli;
	use clap::{CommandFactory, Parser};

	/// Chains, keys and ways of execution that this node does not have.
	const FOREIGN: [&str; 8] =
		["staging", "--alice", "Alice", "kusama", "imon", "manual seal", "interpreted", "Westend"];

	fn help_of(mut command: clap::Command, texts: &mut Vec<(String, String)>) {
		texts.push((command.get_name().into(), command.render_long_help().to_string()));
		texts.push((command.get_name().into(), command.render_help().to_string()));
		for below in command.get_subcommands() {
			help_of(below.clone(), texts);
		}
	}

	#[test]
	fn no_help_names_what_this_node_does_not_have() {
		let mut texts = vec![];
		help_of(Cli::command(), &mut texts);
		assert!(texts.len() > 20, "all commands are looked at");
		for (command, text) in texts {
			for foreign in FOREIGN {
				assert!(!text.contains(foreign), "{command}: {foreign}\n{text}");
			}
		}
	}

	#[test]
	fn a_way_of_execution_that_does_not_exist_is_refused() {
		let refused = ["winddown-node", "--wasm-execution", "interpreted-i-know-what-i-do"];
		let error = Cli::try_parse_from(refused).unwrap_err();
		assert_eq!(error.kind(), clap::error::ErrorKind::InvalidValue);
		for command in ["", "check-block", "import-blocks", "export-state"] {
			let line = ["winddown-node", command, "--wasm-execution", "compiled"];
			let line = line.into_iter().filter(|word| !word.is_empty());
			if let Err(error) = Cli::try_parse_from(line) {
				assert_ne!(
					error.kind(),
					clap::error::ErrorKind::InvalidValue,
					"{command}: {error}"
				);
			}
		}
	}
}
