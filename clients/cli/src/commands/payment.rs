use super::lender::{act_and_tell, LenderArgs};
use crate::{
	context::Context,
	output::{end, lenders, moment, rows, yuan},
	values::{Paper, Yuan},
};
use anyhow::Result;
use clap::Subcommand;
use serde_json::json;
use winddown_sdk::{
	api, calls,
	chain::{InstalmentView, RepaymentView},
	primitives::CaseId,
	Error, Missing,
};
use winddown_terminal::terms;

#[derive(Subcommand)]
pub enum PaymentCommand {
	/// Report a payment list (platform).
	Report {
		#[arg(long)]
		case: CaseId,
		/// The instalment that it pays, from 0.
		#[arg(long)]
		instalment: u8,
		/// Yuan, in all.
		#[arg(long)]
		amount: Yuan,
		/// Lenders paid.
		#[arg(long)]
		heads: u32,
		/// The list with its bank proof: a file, or its digest.
		#[arg(long)]
		list: Paper,
	},
	/// Flag an instalment that was not fully paid in time (any institution).
	Flag {
		#[arg(long)]
		case: CaseId,
		#[arg(long)]
		instalment: u8,
	},
	/// Acknowledge the own payment (lender).
	Acknowledge {
		#[command(flatten)]
		lender: LenderArgs,
		#[arg(long)]
		instalment: u8,
	},
	/// Complain about the own payment (lender).
	Complain {
		#[command(flatten)]
		lender: LenderArgs,
		#[arg(long)]
		instalment: u8,
		/// The complaint: a file, or its digest.
		#[arg(long)]
		complaint: Paper,
	},
	/// Show promised against paid.
	Show {
		#[arg(long)]
		case: CaseId,
	},
}

pub async fn run(context: &Context, command: PaymentCommand) -> Result<()> {
	match command {
		PaymentCommand::Report { case, instalment, amount, heads, list } => {
			let call = calls::report_payment(case, instalment, amount.0, heads, list.digest()?);
			let included = context.submit(&context.chain().await?, &call).await?;
			let reported: api::repayment_vote::events::PaymentReported = included.event()?;
			let text = format!(
				"reported {} to {}; instalment {instalment} has {} now",
				yuan(amount.0),
				lenders(heads),
				yuan(reported.paid)
			);
			let facts = json!({ "case": case, "instalment": instalment, "paid": reported.paid.to_string() });
			context.output.done(&included, facts, text, None)
		}
		PaymentCommand::Flag { case, instalment } => {
			let call = calls::flag_overdue(case, instalment);
			let included = context.submit(&context.chain().await?, &call).await?;
			let flagged: api::repayment_vote::events::InstalmentFlagged = included.event()?;
			let text = format!("instalment {instalment} lacks {}", yuan(flagged.missing));
			let facts = json!({ "case": case, "instalment": instalment, "missing": flagged.missing.to_string() });
			context.output.done(&included, facts, text, None)
		}
		PaymentCommand::Acknowledge { lender, instalment } => {
			let what = format!("acknowledged instalment {instalment}");
			act_and_tell(context, lender, &calls::acknowledge(instalment), &what).await
		}
		PaymentCommand::Complain { lender, instalment, complaint } => {
			let call = calls::complain(instalment, complaint.digest()?);
			let what = format!("complained about instalment {instalment}");
			act_and_tell(context, lender, &call, &what).await
		}
		PaymentCommand::Show { case } => {
			let repayment = context.state().await?.repayment(case).await?;
			let repayment = repayment.ok_or(Error::NotFound(Missing::AdoptedPlan(case)))?;
			context.output.show(&repayment, || repayment_table(&repayment))
		}
	}
}

/// The flag on chain, and the one that anybody may raise now where that is another.
fn flag(instalment: &InstalmentView) -> String {
	match instalment.deserved == instalment.flag {
		true => instalment.flag.clone(),
		false => format!(
			"{}; {} if flagged now 现可标记",
			terms::value(&instalment.flag),
			terms::value(&instalment.deserved)
		),
	}
}

fn repayment_table(repayment: &RepaymentView) -> String {
	let lines = repayment.instalments.iter().map(|instalment| {
		vec![
			instalment.instalment.to_string(),
			end(instalment.due_at),
			yuan(instalment.promised),
			yuan(instalment.paid),
			instalment.settled_at.map_or("no".into(), moment),
			flag(instalment),
			instalment.acknowledged.to_string(),
			instalment.complaints.to_string(),
		]
	});
	let head =
		["instalment", "due", "promised", "paid", "settled", "flag", "acknowledged", "complaints"];
	format!("plan {}\n{}", repayment.plan, rows(&head, lines))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_flag_is_that_of_the_chain_and_a_worse_one_is_told_beside_it() {
		let mut instalment = InstalmentView {
			instalment: 1,
			due_at: 0,
			promised: 100,
			paid: 0,
			heads: 0,
			reports: 0,
			settled_at: None,
			flag: "none".into(),
			deserved: "breach".into(),
			acknowledged: 0,
			complaints: 0,
		};
		assert_eq!(flag(&instalment), "none 无; breach 违约 if flagged now 现可标记");
		instalment.flag = "breach".into();
		assert_eq!(flag(&instalment), "breach");
	}
}
