//! The command line.

use crate::{commands::Command, global::Global};
use clap::Parser;

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something went wrong on this machine
  2  the command line or a file is bad; nothing was sent
  3  the chain refused
  4  no node answers, or not as it should
  5  something was compared and differs (audit, import, evidence verify)";

/// Winds down a lending platform in order: rolls, votes, plans, payments and evidence on chain.
#[derive(Parser)]
#[command(name = "winddown", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
	#[command(flatten)]
	pub global: Global,
	#[command(subcommand)]
	pub command: Command,
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn the_command_line_contradicts_itself_nowhere() {
		Cli::command().debug_assert();
	}

	#[test]
	fn commands_are_read_as_the_documentation_writes_them() {
		let account = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		for line in [
			"chain --json",
			"key generate --out my.key",
			"case authorise --notice notice.pdf --key //Platform",
			"case show --case 0 --url ws://127.0.0.1:9945",
			"roll check lenders.csv --encoding gb18030",
			"roll check 名单.xlsx --sheet 出借人 --column outstanding_principal=剩余本金 --column name=户名",
			"roll import lenders.xls --case 0 --case-key case.key --without-hidden --merge --yes",
			"roll import lenders.csv --case 0 --case-key case.key --key-file my.key",
			"roll clear --case 0 --yes",
			"case cancel --case 0",
			"poll cancel --poll 0 --yes",
			"poll settle --poll 0",
			"committee order --case 0 --rows 4,1,2",
			"committee draw --case 0",
			"roll lock lenders.csv --case 0 --case-key case.key",
			"identity case-key --case 0 --master-key master.key --out case.key",
			"identity register keys.csv --case 0 --case-key case.key --evidence 3",
			"claim confirm --case 0 --amount 8,000.50",
			"claim dispute --case 0 --lender 4 --reason letter.pdf",
			"claim adjudicate --case 0 --lender 4 --adjust 7000 --evidence 9",
			"claim confirm-by-call --case 0 --claim 4=8000 --claim 5=1.50 --evidence 9",
			"claim admit-late --case 0 --document-type passport --case-key case.key --amount 5 --evidence 9",
			"identity show --case 0 --document-type passport --number-file number.txt --case-key case.key",
			"case open --platform Platform --notice n.pdf --arbiter ArbiterOne:related",
			"council propose suspend Platform",
			"claim confirm-by-call --case 0 --file calls.csv --encoding gb18030 --evidence 9",
			"poll open --case 0 --question resolution:a.pdf --closes-at +7d",
			"poll cast --case 0 --poll 0 --choices for,1+3,abstain --record kept.jsonl",
			"poll cast --poll 0 --choices for --record kept.jsonl",
			"poll close --poll 0 --wait in-block",
			"intent sign --genesis 0x00 --case 0 --lender 4 confirm 8000",
			"intent sign --genesis 0x00 --case 0 --lender 4 cast --poll 0 --choices for,1+3,abstain --record kept.jsonl",
			"intent submit-batch intents.jsonl",
			"committee open-nominations --case 0 --until +7d",
			"committee open-ballot --case 0 --exit a --mandate b --matters plan-review,meeting --closes-at +7d",
			"committee decide --case 0 --decision 1 --vote endorse",
			"plan propose --case 0 --document plan.pdf --instalment 2027-01-31=100 --instalment +9d=50",
			"plan vote --case 0 --plans 0,1 --closes-at +7d",
			"payment report --case 0 --instalment 0 --amount 100 --heads 3 --list list.csv",
			"evidence deposit plan.pdf --case 0 --kind plan --algorithm sm3",
			"evidence deposit --case 0 --kind ballots --batch sm3:0x6a5483d4be3725ea52bf07632daa7359dffc77f4d211c24f1b89951c3ae0471d --records sqlite:a.sqlite",
			"evidence attest --id 4 --document plan.pdf",
			"evidence attest --id 4 --records sqlite:a.sqlite",
			"evidence attest --id 4 --unseen",
			"evidence show --case 0",
			"case list",
			"evidence export 4 --records records.jsonl --leaf 17",
			"evidence export 4 --records sqlite:records.sqlite",
			"evidence export --receipt WD1-HQ9Q-PTG0-0000-0000-011D-FSNZ-W7RK-6RH0-H3Y0",
			"evidence export --ballot --poll 0 --lender 4 --record kept.jsonl --out b.wdproof",
			"evidence export --no-ballot --poll 0 --lender 4 --no-certificate",
			"evidence export --outcome --poll 0",
			"evidence receipt --poll 0 --lender 4",
			"case presets",
			"plan propose --case 0 --document plan.pdf --instalment 2027-01-31=100 --yes",
			"records init --records sqlite:records.sqlite",
			"records import records.jsonl",
			"records import plan.pdf --as document --case 0 --kind plan --algorithm sm3",
			"records batch --case 0 --kind ballot --poll 1",
			"records batch --kind ballot --poll 1",
			"records serve --listen 127.0.0.1:0 --per-second 5",
			"records export --case 0 --format csv --out folder",
			"records show",
			"council vote --hash 0x00 --against",
			"audit --poll 0",
		] {
			let words = ["winddown"].into_iter().chain(line.split(' '));
			if let Err(error) = Cli::try_parse_from(words) {
				panic!("{line}: {error}");
			}
		}
		let open =
			format!("winddown case open --platform {account} --notice n.pdf --arbiter {account}");
		assert!(Cli::try_parse_from(open.split(' ')).is_ok());
		let propose =
			format!("winddown council propose admit {account} --name Bank --roles operator");
		assert!(Cli::try_parse_from(propose.split(' ')).is_ok());
		let suspend = format!("winddown council propose suspend {account} --threshold 3");
		assert!(Cli::try_parse_from(suspend.split(' ')).is_ok());
	}

	#[test]
	fn a_database_is_not_taken_for_a_node() {
		let line = "winddown records show --records sqlite:a --url ws://node:1";
		let cli = Cli::try_parse_from(line.split(' ')).unwrap_or_else(|error| panic!("{error}"));
		assert_eq!(cli.global.url, "ws://node:1");
	}

	#[test]
	fn what_makes_no_sense_is_refused() {
		for line in [
			"claim adjudicate --case 0 --lender 4 --evidence 9",
			"claim adjudicate --case 0 --lender 4 --evidence 9 --uphold --exclude",
			"claim confirm --case 0 --amount -5",
			"poll open --case 0 --closes-at +7d",
			"evidence show",
			"evidence show --id 4 --case 0",
			"evidence attest --id 4 --unseen --document plan.pdf",
			"evidence attest --id 4 --reject why.txt --unseen",
			"evidence export",
			"evidence export 4 --ballot --poll 0 --lender 4",
			"evidence export --no-ballot --poll 0",
			"evidence export --no-ballot --poll 0 --lender 4 --record kept.jsonl",
			"evidence export --receipt WD1-HQ9Q",
			"evidence export --outcome",
			"evidence export --outcome --poll 0 --lender 4",
			"evidence deposit --case 0 --kind plan",
			"evidence deposit plan.pdf --case 0 --kind plan --records a.jsonl",
			"records import plan.pdf --as document",
			"records batch --case 0 --kind vote",
			"records batch --kind call",
			"evidence verify b.wdproof",
			"evidence verify b.wdproof --genesis 0x00",
			"demo --lenders 5",
			"roll show --case 0 --key a --key-file b",
			"roll check lenders.xlsx --with-hidden --without-hidden",
			"roll check lenders.xlsx --column name",
			"roll check lenders.xlsx --merge-list list.csv",
		] {
			let words = ["winddown"].into_iter().chain(line.split(' '));
			assert!(Cli::try_parse_from(words).is_err(), "{line}");
		}
	}
}
