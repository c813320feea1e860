use super::{as_text, digest, name};
use crate::{
	api::{self, runtime_types::pallet_repayment_vote::types as chain},
	calls::Promise,
	chain::At,
	Error,
};
use serde::Serialize;
use winddown_primitives::{CaseId, Digest, Fen, LenderIndex, Millis, PlanId, PollId};

/// A version of a repayment plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlanView {
	/// Its number within the case.
	pub plan: PlanId,
	/// The document.
	#[serde(serialize_with = "digest")]
	pub document: Digest,
	/// What it promises.
	pub instalments: Vec<Promise>,
	/// When it was proposed, in milliseconds.
	pub proposed_at: Millis,
	/// Where it stands.
	pub state: String,
}

/// The repayment of a case.
#[derive(Clone, Debug, Serialize)]
pub struct RepaymentView {
	/// The plan that lenders adopted.
	pub plan: PlanId,
	/// Promised against paid.
	pub instalments: Vec<InstalmentView>,
}

/// Promised against paid, for one instalment.
#[derive(Clone, Debug, Serialize)]
pub struct InstalmentView {
	/// Its position in the plan, from 0.
	pub instalment: u8,
	/// The first moment, in milliseconds, at which it is overdue.
	pub due_at: Millis,
	/// Fen promised.
	#[serde(serialize_with = "as_text")]
	pub promised: Fen,
	/// Fen paid so far.
	#[serde(serialize_with = "as_text")]
	pub paid: Fen,
	/// Payments so far.
	pub heads: u32,
	/// Payment lists so far.
	pub reports: u32,
	/// When everything was paid, in milliseconds.
	pub settled_at: Option<Millis>,
	/// Whether it was late: none, overdue or breach.
	pub flag: String,
	/// What it would be flagged now.
	pub deserved: String,
	/// Lenders who acknowledge their payment.
	pub acknowledged: u32,
	/// Lenders whose complaint stands.
	pub complaints: u32,
}

impl PlanView {
	fn new(plan: PlanId, found: chain::Plan) -> Self {
		Self {
			plan,
			document: found.document.0,
			instalments: found
				.instalments
				.0
				.into_iter()
				.map(|instalment| Promise { due_at: instalment.due_at, amount: instalment.amount })
				.collect(),
			proposed_at: found.proposed_at,
			state: name(&found.state),
		}
	}
}

impl At {
	/// Every version of every plan of a case.
	pub async fn plans(&self, case: CaseId) -> Result<Vec<PlanView>, Error> {
		let views = api::view_functions().repayment_vote();
		let mut plans = Vec::new();
		for plan in 0..self.view(views.plan_count(case)).await? {
			if let Some(found) = self.view(views.plan(case, plan)).await? {
				plans.push(PlanView::new(plan, found));
			}
		}
		Ok(plans)
	}

	/// The plans on a ballot, in the order of its options.
	pub async fn competing_plans(&self, poll: PollId) -> Result<Vec<PlanId>, Error> {
		let views = api::view_functions().repayment_vote();
		let ballot = self.view(views.plan_ballot(poll)).await?;
		Ok(ballot.map(|ballot| ballot.plans.0).unwrap_or_default())
	}

	/// Promised against paid; `None` until lenders adopted a plan.
	pub async fn repayment(&self, case: CaseId) -> Result<Option<RepaymentView>, Error> {
		let views = api::view_functions().repayment_vote();
		let Some((plan, _)) = self.view(views.adopted(case)).await? else { return Ok(None) };
		let statuses = self.view(views.repayment(case)).await?;
		let instalments = (0..)
			.zip(statuses)
			.map(|(instalment, status)| InstalmentView {
				instalment,
				due_at: status.promised.due_at,
				promised: status.promised.amount,
				paid: status.progress.paid,
				heads: status.progress.heads,
				reports: status.progress.reports,
				settled_at: status.progress.settled_at,
				flag: name(&status.progress.flag),
				deserved: name(&status.deserved),
				acknowledged: status.progress.acknowledged,
				complaints: status.progress.complaints,
			})
			.collect();
		Ok(Some(RepaymentView { plan, instalments }))
	}

	/// What a lender said about its payment of each instalment.
	pub async fn replies(
		&self,
		case: CaseId,
		lender: LenderIndex,
	) -> Result<Vec<Option<String>>, Error> {
		let views = api::view_functions().repayment_vote();
		let replies = self.view(views.replies(case, lender)).await?;
		Ok(replies.into_iter().map(|reply| reply.map(|reply| name(&reply))).collect())
	}
}
