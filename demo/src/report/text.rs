//! The summary in the terminal.

use crate::summary::{ItemSummary, PollSummary, Summary, Won};
use winddown_proof::grounds::in_order;
use winddown_terminal::{
	figures::{percent, share, votes, yuan},
	table::rows,
	times::{end, moment},
};

/// The whole summary as text.
pub fn text(summary: &Summary) -> String {
	let mut parts = vec![
		format!("Case {} of {} lenders, seed {}", summary.case, summary.lenders, summary.seed),
		claims(summary),
	];
	parts.extend(summary.polls.iter().map(poll));
	parts.push(committee(summary));
	parts.push(payments(summary));
	parts.push(evidence(summary));
	parts.push(audit(summary));
	parts.push(proofs(summary));
	parts.push(privacy(summary));
	parts.join("\n\n")
}

fn claims(summary: &Summary) -> String {
	let (roll, claims) = (&summary.roll, &summary.claims);
	let counts = &claims.counts;
	format!(
		"Roll: {}; median {}, mean {}\n\
		 Claims: {} confirmed by app, {} by call, {} not at all; {} disputed, of which {} still are\n\
		 Eligible to vote: {}",
		votes(roll.imported),
		yuan(roll.median),
		yuan(roll.mean),
		counts.confirmed_by_app,
		counts.confirmed_by_call,
		counts.imported,
		claims.disputed,
		counts.disputed,
		votes(claims.eligible),
	)
}

fn poll(poll: &PollSummary) -> String {
	let mut lines = Vec::new();
	for item in &poll.items {
		for option in &item.options {
			lines.push(vec![
				item.title.en.clone(),
				option.name.en.clone(),
				option.votes.heads.to_string(),
				percent(option.votes.heads.into(), poll.turnout.heads.into()),
				percent(option.votes.fen, poll.turnout.fen),
				option.won.map(Won::text).unwrap_or_default().en,
			]);
		}
		lines.push(vec![
			item.title.en.clone(),
			"Abstained".into(),
			item.abstained.heads.to_string(),
			percent(item.abstained.heads.into(), poll.turnout.heads.into()),
			percent(item.abstained.fen, poll.turnout.fen),
			item.outcome.en.clone(),
		]);
	}
	let table = rows(&["item", "option", "lenders", "of voters", "of amount", "outcome"], lines);
	let rules: Vec<String> = poll.items.iter().map(rule).collect();
	format!(
		"Poll {}: {} / {}\nTurnout: {}; {} replaced their ballot, {} never voted\n{table}\nRules:\n{}\n\
		 Recount from raw ballots at block {}: {}",
		poll.poll,
		poll.title.en,
		poll.title.zh,
		share(poll.turnout, poll.eligible),
		poll.replaced,
		poll.silent,
		rules.join("\n"),
		poll.audited_at,
		if poll.audit_agrees { "equal" } else { "DIFFERENT" },
	)
}

/// A rule with its law, and what each of its tests measured.
fn rule(item: &ItemSummary) -> String {
	let grounds = in_order(&item.grounds).into_iter().map(|(option, ground)| {
		let name = option.filter(|_| item.grounds.len() > 1).and_then(|option| {
			Some(format!("{}: ", item.options.get(usize::from(option))?.name.en))
		});
		format!("\n    {}{}", name.unwrap_or_default(), ground.line())
	});
	let (title, rule, law) = (&item.title.en, &item.rule.en, &item.law.en);
	format!("  {title}: {rule} ({law}){}", grounds.collect::<String>())
}

fn committee(summary: &Summary) -> String {
	let committee = &summary.committee;
	let decisions: Vec<String> = committee
		.decisions
		.iter()
		.map(|decision| {
			format!(
				"  {}: {} ({} endorse, {} object)",
				decision.about.en, decision.outcome, decision.endorsed, decision.objected
			)
		})
		.collect();
	format!(
		"Committee: rows {:?}, reserves {:?}\n{}",
		committee.seats,
		committee.reserves,
		decisions.join("\n")
	)
}

fn payments(summary: &Summary) -> String {
	let lines = summary.payments.iter().map(|instalment| {
		vec![
			(instalment.instalment + 1).to_string(),
			end(instalment.due_at),
			yuan(instalment.promised),
			yuan(instalment.paid),
			instalment.settled_at.map_or("no".into(), moment),
			instalment.flag.clone(),
			instalment.acknowledged.to_string(),
			instalment.complaints.to_string(),
		]
	});
	let head =
		["instalment", "due", "promised", "paid", "settled", "flag", "acknowledged", "complaints"];
	format!("Payments\n{}", rows(&head, lines))
}

fn evidence(summary: &Summary) -> String {
	let evidence = &summary.evidence;
	let lines = evidence.kinds.iter().map(|(kind, count)| {
		vec![
			format!("{kind} {}", count.name_zh),
			count.deposited.to_string(),
			count.by_chain.to_string(),
			count.effective.to_string(),
		]
	});
	format!(
		"Evidence: {} of {} records effective by {} attestations\n{}",
		evidence.effective,
		evidence.records,
		evidence.attestations,
		rows(&["kind", "by institutions", "by the chain", "effective"], lines)
	)
}

fn audit(summary: &Summary) -> String {
	let audit = &summary.audit;
	format!(
		"Independent audit: {} findings; {} signed intents, {} ballots, {} plaintext records and {} \
		 documents checked from the raw chain in {:.1} s",
		audit.findings, audit.intents, audit.ballots, audit.records, audit.documents, audit.seconds
	)
}

fn proofs(summary: &Summary) -> String {
	let lines = summary.proofs.iter().map(|proof| {
		format!(
			"\n  {} ({} bytes, verified in {:.1} ms): {}",
			proof.file.display(),
			proof.bytes,
			proof.milliseconds,
			proof.proved.en
		)
	});
	format!("Proofs, verified without a node:{}", lines.collect::<String>())
}

fn privacy(summary: &Summary) -> String {
	let (privacy, network) = (&summary.privacy, &summary.network);
	let memory = network.peak_memory.map_or(String::new(), |bytes| {
		format!("; nodes, attestors and client held {} MiB at most", bytes / 1_048_576)
	});
	format!(
		"Personal data on chain: {} found of {} looked for, in {} blocks and the state ({} bytes)\n\
		 Network: {} nodes, {} blocks{memory}",
		privacy.found,
		privacy.searched_for,
		privacy.blocks,
		privacy.bytes,
		network.nodes.len(),
		network.blocks,
	)
}
