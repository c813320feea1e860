//! What comes after a command that succeeded: who acts, and the whole command, on a line of its own to
//! be copied. What only that person knows stands as FILE, YUAN, HEADS or RECORD, the number of an evidence record.

use crate::{
	marks,
	output::moment,
	values::{KindArg, Paper},
};
use clap::ValueEnum;
use std::{fmt::Display, path::Path};
use winddown_sdk::primitives::{
	CandidateOrder, CaseId, Item, LenderIndex, Millis, PlanId, PollId, Purpose, Stage,
};

/// There is no case yet.
pub fn no_case() -> String {
	step("a platform agrees to one", "winddown case authorise --notice FILE".into())
}

/// A platform agreed to a case.
pub fn case_authorised(
	platform: &str,
	notice: &Paper,
	kind: KindArg,
	arbiters: &[String],
) -> String {
	let notice = word(notice);
	let kind = match kind {
		KindArg::OnlineLending => String::new(),
		other => format!(" --kind {}", name_of(&other)),
	};
	let arbiters: String =
		arbiters.iter().map(|arbiter| format!(" --arbiter {}", word(arbiter))).collect();
	step(
		"the association opens the case; name only the arbiters that it shall have",
		format!(
			"winddown case open --platform {} --notice {notice}{kind}{arbiters}",
			word(platform)
		),
	)
}

/// A case was opened.
pub fn case_opened(case: CaseId) -> String {
	let derive = format!(
		"winddown identity case-key --case {case} --master-key master.key --out case-{case}.key"
	);
	then(&[
		step("the registrar derives the key of the case", derive),
		step("the platform imports the roll", roll_import(case)),
	])
}

/// A case was cancelled; `has_rows` where its roll is still on chain.
pub fn case_cancelled(case: CaseId, has_rows: bool) -> String {
	let again = step(
		"the platform agrees to another one, if there shall be one",
		"winddown case authorise --notice FILE".into(),
	);
	match has_rows {
		true => then(&[
			step("the platform clears the rows", format!("winddown roll clear --case {case}")),
			again,
		]),
		false => again,
	}
}

/// A case key was derived.
pub fn case_key_derived(case: CaseId, file: &Path) -> String {
	let import = format!("winddown roll import FILE --case {case} --case-key {}", path(file));
	step(
		"hand it to the platform and the operator of this case, and to nobody else; the platform imports the roll",
		import,
	)
}

/// A roll was imported; `file` are the words that name the file and how it is read.
pub fn roll_imported(case: CaseId, file: &str, case_key: &Path) -> String {
	let key = path(case_key);
	step(
		"the platform locks the roll, once the notice period is over",
		format!("winddown roll lock {file} --case {case} --case-key {key}"),
	)
}

/// A roll was cleared.
pub fn roll_cleared(case: CaseId) -> String {
	step("the platform imports the right file", roll_import(case))
}

/// A roll was locked.
pub fn roll_locked(case: CaseId, case_key: &Path) -> String {
	let register =
		format!("winddown identity register FILE --case {case} --case-key {}", path(case_key));
	step("the registrar binds the lenders' keys", register)
}

/// Lenders have keys.
pub fn keys_registered(case: CaseId) -> String {
	then(&[
		step("lenders confirm their claims", format!("winddown claim confirm --case {case}")),
		step(
			"the association moves the case on, when the time to confirm is over",
			format!("winddown case advance --case {case} --to electing"),
		),
	])
}

/// A claim came after the lock.
pub fn late_claim_admitted(case: CaseId, case_key: &Path) -> String {
	let register =
		format!("winddown identity register FILE --case {case} --case-key {}", path(case_key));
	step("the registrar binds the lender's key", register)
}

/// A lender disputed a claim.
pub fn claim_disputed(case: CaseId, lender: LenderIndex) -> String {
	step(
		"the association rules on it",
		format!(
			"winddown claim adjudicate --case {case} --lender {lender} --uphold --evidence RECORD"
		),
	)
}

/// A key was revoked.
pub fn key_revoked(case: CaseId, lender: LenderIndex) -> String {
	step(
		"the registrar binds another one, after a new identity check",
		format!(
			"winddown identity rebind --case {case} --lender {lender} --new-key KEY --evidence RECORD"
		),
	)
}

/// A case elects its committee.
pub fn case_electing(case: CaseId) -> String {
	step("the association lets lenders stand", open_nominations(case))
}

fn open_nominations(case: CaseId) -> String {
	format!("winddown committee open-nominations --case {case} --until +7d")
}

/// Lenders may stand.
pub fn nominations_opened(case: CaseId, order: CandidateOrder) -> String {
	let stand = step(
		"lenders stand for the committee",
		format!("winddown committee nominate --case {case} --statement FILE"),
	);
	let then_order = match order {
		CandidateOrder::Nomination => None,
		CandidateOrder::List => Some(step(
			"once nominations are over, the association orders the candidates; a file with the columns row and name \
			 gives an order by strokes 按姓氏笔画",
			format!("winddown committee arrange FILE --case {case}"),
		)),
		CandidateOrder::Lot => Some(step(
			"once nominations are over, the association asks for the lot that orders the candidates",
			format!("winddown committee draw --case {case}"),
		)),
	};
	let steps: Vec<_> =
		[Some(stand), then_order, Some(open_ballot(case))].into_iter().flatten().collect();
	then(&steps)
}

/// An order of the candidates is proposed.
pub fn candidates_arranged(case: CaseId, rows: &[LenderIndex]) -> String {
	let rows: Vec<_> = rows.iter().map(LenderIndex::to_string).collect();
	step(
		"change what shall stand otherwise; the association's list counts",
		format!("winddown committee order --case {case} --rows {}", rows.join(",")),
	)
}

/// The candidates have their order.
pub fn candidates_ordered(case: CaseId) -> String {
	open_ballot(case)
}

fn open_ballot(case: CaseId) -> String {
	let matters = "plan-review,supervision,meeting,document-request";
	step(
		"the association opens the ballot, once nominations are over",
		format!(
			"winddown committee open-ballot --case {case} --exit FILE --mandate FILE --matters {matters} \
			 --closes-at +7d"
		),
	)
}

/// A poll was opened.
pub fn poll_opened(poll: PollId, closes_at: Millis, items: &[Item]) -> String {
	let choices = marks::example(items);
	then(&[
		step(
			"lenders vote, each with the own key and choices",
			format!("winddown poll cast --poll {poll} --choices {choices} --record ballots.jsonl"),
		),
		step(
			&format!("anybody closes it, from {} on", moment(closes_at)),
			format!("winddown poll close --poll {poll}"),
		),
	])
}

/// A ballot counts.
pub fn ballot_cast(poll: PollId, lender: LenderIndex) -> String {
	step(
		"the code by which the lender finds the ballot again",
		format!("winddown evidence receipt --poll {poll} --lender {lender}"),
	)
}

/// A poll was closed, and the case stands at a stage after it.
pub fn poll_closed(case: CaseId, poll: PollId, stage: Stage, purpose: Purpose) -> String {
	let mut steps = vec![
		step("anybody counts again", format!("winddown audit --poll {poll}")),
		step(
			"the operator makes the ballots evidence",
			format!("winddown records batch --case {case} --kind ballot --poll {poll}"),
		),
	];
	steps.extend(match (purpose, stage) {
		(Purpose::FirstBallot, Stage::Electing) => {
			Some(step("the ballot did not pass: the association lets lenders stand again", open_nominations(case)))
		}
		(Purpose::FirstBallot | Purpose::Plan { .. }, Stage::Planning) => Some(step(
			"the platform proposes a plan, or a new version of one; where no round of votes is left, the regulator \
			 escalates the case",
			format!("winddown plan propose --case {case} --document FILE --instalment 2099-12-31=YUAN"),
		)),
		(Purpose::Plan { .. }, Stage::Repaying) => Some(step(
			"the platform reports what it paid",
			format!("winddown payment report --case {case} --instalment 0 --amount YUAN --heads HEADS --list FILE"),
		)),
		_ => None,
	});
	then(&steps)
}

/// A poll waits for a lot.
pub fn lot_drawn_after(poll: PollId, block: impl Display) -> String {
	step(
		&format!("anybody draws the lot, after block {block}"),
		format!("winddown poll settle --poll {poll}"),
	)
}

/// A plan was proposed.
pub fn plan_proposed(case: CaseId, plan: PlanId, document: &impl Display) -> String {
	then(&[
		step(
			"a member of the committee asks for its review",
			format!(
				"winddown committee propose --case {case} --matter plan-review --document {}",
				word(document)
			),
		),
		step(
			"the association opens the ballot",
			format!("winddown plan vote --case {case} --plans {plan} --closes-at +7d"),
		),
	])
}

/// A committee has a decision to vote on.
pub fn decision_proposed(case: CaseId, decision: u32) -> String {
	step(
		"members vote",
		format!("winddown committee decide --case {case} --decision {decision} --vote endorse"),
	)
}

/// A motion lies before the council.
pub fn motion_proposed(hash: &str) -> String {
	step("members vote, the proposer too", format!("winddown council vote --hash {hash}"))
}

/// A motion has the votes that it needs.
pub fn motion_approved(hash: &str) -> String {
	step("anybody admitted carries it out", format!("winddown council close --hash {hash}"))
}

/// A runtime was handed in.
pub fn upgrade_applied() -> String {
	step("see its version", "winddown chain".into())
}

/// A key was made.
pub fn key_made(account: &str) -> String {
	step(
		"for an institution, a member of the council proposes to admit it",
		format!("winddown council propose admit {account} --name NAME --roles ROLE"),
	)
}

/// A document was deposited; `algorithm` where it is not the usual one.
pub fn document_deposited(
	case: CaseId,
	file: &Path,
	kind: impl ValueEnum,
	algorithm: Option<impl ValueEnum>,
) -> String {
	let algorithm = algorithm.map(|one| format!(" --algorithm {}", name_of(&one)));
	step(
		"the operator keeps it in the records, where the attestors fetch it",
		format!(
			"winddown records import {} --as document --case {case} --kind {}{}",
			path(file),
			name_of(&kind),
			algorithm.unwrap_or_default()
		),
	)
}

/// A batch was deposited.
pub fn batch_deposited(id: u64) -> String {
	step(
		"the attestors fetch it from the operator's records; see what they say",
		format!("winddown evidence show --id {id}"),
	)
}

/// A batch of records was made.
pub fn batch_made(case: CaseId, evidence: &str, root: &str, records: &str) -> String {
	step(
		"the operator deposits it",
		format!(
			"winddown evidence deposit --case {case} --kind {evidence} --batch {root} --records {}",
			word(records)
		),
	)
}

/// A database of records was made.
pub fn records_made(records: &str) -> String {
	step(
		"take something in",
		format!("winddown records import FILE --as records --records {}", word(records)),
	)
}

/// An intent was signed into a file.
pub fn intent_signed(file: &Path) -> String {
	step(
		"hand it in, or give the file to the operator",
		format!("winddown intent submit {}", path(file)),
	)
}

/// A proof was written.
pub fn proof_written(
	file: &Path,
	genesis: &impl Display,
	checkpoint: Option<impl Display>,
) -> String {
	let checkpoint = checkpoint.map(|hash| format!(" --checkpoint {hash}")).unwrap_or_default();
	let (proof, certificate) = (path(file), path(&file.with_extension("pdf")));
	then(&[
		step(
			"whoever gets it verifies it",
			format!("winddown evidence verify {proof} --genesis {genesis}{checkpoint}"),
		),
		step(
			"to print it",
			format!(
				"winddown evidence certificate {proof} --genesis {genesis}{checkpoint} --out {certificate}"
			),
		),
	])
}

fn roll_import(case: CaseId) -> String {
	format!("winddown roll import FILE --case {case} --case-key case-{case}.key")
}

/// Who does what.
fn step(who: &str, command: String) -> String {
	format!("{who}:\n  {command}")
}

fn then(steps: &[String]) -> String {
	steps.join("\nthen: ")
}

fn path(file: &Path) -> String {
	word(file.display())
}

/// A text as a shell takes it for one word.
fn word(text: impl Display) -> String {
	let text = text.to_string();
	let is_plain = |c: char| c.is_alphanumeric() || "-_./:+,@%=".contains(c);
	match !text.is_empty() && text.chars().all(is_plain) {
		true => text,
		false => format!("'{}'", text.replace('\'', r"'\''")),
	}
}

fn name_of(value: &impl ValueEnum) -> String {
	value.to_possible_value().map(|value| value.get_name().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{args::Cli, commands::evidence::AlgorithmArg, values::EvidenceArg};
	use clap::Parser;
	use winddown_sdk::primitives::{rules::Preset, ItemKind};

	/// The commands of a text, as a person copies them, with what only that person knows filled in.
	fn commands(next: &str) -> Vec<String> {
		let lines = next.lines().filter_map(|line| line.strip_prefix("  "));
		lines
			.map(|line| {
				[
					("RECORD", "9"),
					("KEY", &format!("sr25519:0x{}", "07".repeat(32))),
					("ROLE", "arbiter"),
					("YUAN", "8000"),
					("HEADS", "12"),
				]
				.into_iter()
				.fold(line.to_string(), |line, (what, filled)| line.replace(what, filled))
			})
			.collect()
	}

	fn all() -> Vec<String> {
		let file = Path::new("a.file");
		let digest = format!("sm3:0x{}", "ab".repeat(32));
		let paper: Paper = "plan.pdf".parse().unwrap();
		let account = winddown_sdk::AccountId32([7; 32]).to_string();
		let genesis = "0x".to_string() + &"00".repeat(32);
		let arbiters = ["ArbiterOne".to_string()];
		let rule = Preset::Jinzhu2019.rule();
		vec![
			no_case(),
			case_authorised("Platform", &paper, KindArg::Company, &arbiters),
			case_opened(3),
			case_key_derived(3, file),
			roll_imported(3, "roll.xlsx --merge", file),
			roll_locked(3, file),
			keys_registered(3),
			late_claim_admitted(3, file),
			claim_disputed(3, 4),
			key_revoked(3, 4),
			case_electing(3),
			nominations_opened(3, CandidateOrder::Nomination),
			nominations_opened(3, CandidateOrder::List),
			nominations_opened(3, CandidateOrder::Lot),
			poll_opened(
				5,
				0,
				&[Item { kind: ItemKind::Resolution, rule, documents: Default::default() }],
			),
			ballot_cast(5, 4),
			poll_closed(3, 5, Stage::Electing, Purpose::FirstBallot),
			poll_closed(3, 5, Stage::Planning, Purpose::Plan { round: 1 }),
			poll_closed(3, 5, Stage::Repaying, Purpose::Plan { round: 2 }),
			lot_drawn_after(5, 99),
			case_cancelled(3, true),
			roll_cleared(3),
			candidates_arranged(3, &[6, 2]),
			candidates_ordered(3),
			plan_proposed(3, 1, &digest),
			decision_proposed(3, 1),
			motion_proposed(&genesis),
			motion_approved(&genesis),
			upgrade_applied(),
			key_made(&account),
			document_deposited(3, file, EvidenceArg::NoticeService, Some(AlgorithmArg::Sm3)),
			batch_deposited(9),
			batch_made(3, "ballots", &digest, "sqlite:a.sqlite"),
			records_made("sqlite:a.sqlite"),
			intent_signed(file),
			proof_written(file, &genesis, Some(genesis.clone())),
		]
	}

	#[test]
	fn every_command_that_is_printed_is_one_that_is_taken() {
		let all = all();
		assert!(all.iter().all(|next| !commands(next).is_empty()));
		for line in all.iter().flat_map(|next| commands(next)) {
			if let Err(error) = Cli::try_parse_from(line.split(' ')) {
				panic!("{line}: {error}");
			}
		}
	}

	#[test]
	fn a_document_is_kept_under_the_kind_and_digest_that_were_deposited() {
		let file = Path::new("plan.pdf");
		let next = |algorithm| commands(&document_deposited(3, file, EvidenceArg::Plan, algorithm));
		let plain = "winddown records import plan.pdf --as document --case 3 --kind plan";
		assert_eq!(next(None), [plain]);
		assert_eq!(next(Some(AlgorithmArg::Sm3)), [format!("{plain} --algorithm sm3")]);
	}

	#[test]
	fn names_with_blanks_are_one_word_for_a_shell() {
		let notice: Paper = "清退 公告.pdf".parse().unwrap();
		let arbiters = ["O'Hara & Sons".to_string(), "深圳仲裁委员会".into()];
		assert_eq!(
			case_authorised("Good Bank", &notice, KindArg::OnlineLending, &arbiters),
			"the association opens the case; name only the arbiters that it shall have:\n  \
			 winddown case open --platform 'Good Bank' --notice '清退 公告.pdf' \
			 --arbiter 'O'\\''Hara & Sons' --arbiter 深圳仲裁委员会"
		);
	}
}
