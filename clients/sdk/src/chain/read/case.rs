use super::{as_text, digest, name};
use crate::{
	api::{self, runtime_types::pallet_cases::types::Case},
	chain::{errors::node, At},
	law::{self, Law},
	rule_text, Error, Missing,
};
use serde::Serialize;
use subxt::utils::{AccountId32, Static};
use winddown_primitives::{rules::Rule, CaseId, CaseTerms, Digest, Fen, Millis, Stage};

/// A case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseView {
	/// Its number.
	pub case: CaseId,
	/// Where it stands.
	#[serde(skip)]
	pub stage: Stage,
	/// Where it stands, in a word.
	#[serde(rename = "stage")]
	pub stage_name: String,
	/// The platform that winds down.
	#[serde(serialize_with = "as_text")]
	pub platform: AccountId32,
	/// The association that opened it, and the only one that acts in it.
	#[serde(serialize_with = "as_text")]
	pub association: AccountId32,
	/// Whose claims are settled.
	pub kind: String,
	/// The exit notice.
	#[serde(serialize_with = "digest")]
	pub notice: Digest,
	/// The moment, in milliseconds, at which claims are counted.
	pub cut_off: Millis,
	/// When it was opened, in milliseconds.
	pub opened_at: Millis,
	/// The first moment, in milliseconds, at which the roll may be locked.
	pub notice_until: Millis,
	/// Since when it stands there, in milliseconds.
	pub stage_since: Millis,
	/// When the confirmation window ends, in milliseconds; `None` until the roll is locked.
	pub confirm_until: Option<Millis>,
	/// The terms, for people.
	pub terms: TermsView,
	/// The terms.
	#[serde(skip)]
	pub raw_terms: CaseTerms,
}

/// The terms of a case.
#[derive(Clone, Debug, Serialize)]
pub struct TermsView {
	/// When a resolution passes.
	pub resolution: RuleView,
	/// When a candidate is eligible for a seat.
	pub election: RuleView,
	/// When a repayment plan passes.
	pub plan: RuleView,
	/// Ballots that may be held on plans.
	pub max_rounds: u8,
	/// How often one lender may replace a ballot.
	pub max_revotes: u8,
	/// Committee seats.
	pub seats: u8,
	/// Reserves.
	pub reserves: u8,
	/// The least fen with which a lender may stand.
	#[serde(serialize_with = "as_text")]
	pub candidate_floor: Fen,
	/// In which order candidates stand on the ballot.
	pub candidate_order: String,
	/// How a tie between candidates is settled.
	pub tie_break: String,
	/// Whether silence may confirm a claim.
	pub deemed: String,
	/// How long lenders have to confirm, in milliseconds.
	pub confirmation_window: Millis,
	/// The shortest time a ballot stays open, in milliseconds.
	pub voting_window: Millis,
	/// How long the committee has to review a plan, in milliseconds.
	pub review_window: Millis,
	/// How long after its due date an unpaid instalment becomes a breach, in milliseconds.
	pub grace: Millis,
}

/// A rule, for people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RuleView {
	/// In English.
	pub rule: String,
	/// In Chinese.
	pub rule_zh: String,
	/// The presets that are this rule, with the law behind each; none for a rule of the case's own.
	pub law: Vec<Law>,
}

impl From<&Rule> for RuleView {
	fn from(rule: &Rule) -> Self {
		Self {
			rule: rule_text::english(rule),
			rule_zh: rule_text::chinese(rule),
			law: law::of_rule(rule),
		}
	}
}

/// Who attests the evidence of a case.
#[derive(Clone, Debug, Serialize)]
pub struct PolicyView {
	/// Its version, from 1.
	pub version: u16,
	/// The institutions asked.
	pub arbiters: Vec<ArbiterView>,
	/// Confirmations that make a record effective.
	pub required: u8,
	/// How many of them must come from independent institutions.
	pub independent: u8,
}

/// An institution that attests.
#[derive(Clone, Debug, Serialize)]
pub struct ArbiterView {
	/// Its account.
	#[serde(serialize_with = "as_text")]
	pub account: AccountId32,
	/// Its name; empty when it left the consortium.
	pub name: String,
	/// Independent, or related to a party.
	pub relation: String,
}

/// The shortest windows that the terms of a new case may name, in milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct WindowsView {
	/// From the opening of a case until its roll may be locked.
	pub notice: Millis,
	/// For lenders to confirm or dispute.
	pub confirmation: Millis,
	/// For a ballot.
	pub voting: Millis,
	/// For the committee to review a plan.
	pub review: Millis,
}

impl From<&CaseTerms> for TermsView {
	fn from(terms: &CaseTerms) -> Self {
		let rule = RuleView::from;
		Self {
			resolution: rule(&terms.resolution),
			election: rule(&terms.election),
			plan: rule(&terms.plan),
			max_rounds: terms.max_rounds,
			max_revotes: terms.max_revotes,
			seats: terms.seats,
			reserves: terms.reserves,
			candidate_floor: terms.candidate_floor,
			candidate_order: name(terms.candidate_order),
			tie_break: name(terms.tie_break),
			deemed: name(terms.deemed),
			confirmation_window: terms.confirmation_window,
			voting_window: terms.voting_window,
			review_window: terms.review_window,
			grace: terms.grace,
		}
	}
}

impl CaseView {
	fn new(case: CaseId, found: Case<AccountId32>) -> Self {
		Self {
			case,
			stage: found.stage.0,
			stage_name: name(found.stage.0),
			platform: found.platform,
			association: found.association,
			kind: name(found.kind.0),
			notice: found.notice.0,
			cut_off: found.cut_off,
			opened_at: found.opened_at,
			notice_until: found.notice_until,
			stage_since: found.stage_since,
			confirm_until: found.confirm_until,
			terms: TermsView::from(&found.terms.0),
			raw_terms: found.terms.0,
		}
	}
}

impl At {
	/// A case.
	pub async fn case(&self, case: CaseId) -> Result<CaseView, Error> {
		let found = self
			.view(api::view_functions().cases().case(case))
			.await?
			.ok_or(Error::NotFound(Missing::Case(case)))?;
		Ok(CaseView::new(case, found))
	}

	/// Every case, in the order of their numbers.
	pub async fn cases(&self) -> Result<Vec<CaseView>, Error> {
		let entry = self.client.storage().entry(api::storage().cases().cases()).map_err(node)?;
		let mut stream = entry.iter(()).await.map_err(node)?;
		let mut cases = Vec::new();
		while let Some(found) = stream.next().await {
			let found = found.map_err(node)?;
			let (case,) = found.key().map_err(node)?.decode().map_err(node)?;
			cases.push(CaseView::new(case, found.value().decode().map_err(node)?));
		}
		cases.sort_by_key(|case| case.case);
		Ok(cases)
	}

	/// Who attests new records of a case; `None` where there is no such case.
	pub async fn policy(&self, case: CaseId) -> Result<Option<PolicyView>, Error> {
		let found = self.view(api::view_functions().evidence().policy(case)).await?;
		let Some((version, Static(policy))) = found else { return Ok(None) };
		let institutions = self.institutions().await?;
		let name = |account: &AccountId32| {
			let found = institutions.iter().find(|one| one.account == *account);
			found.map(|one| one.name.clone()).unwrap_or_default()
		};
		let arbiters = policy.arbiters.into_iter().map(|arbiter| ArbiterView {
			name: name(&arbiter.account),
			relation: super::name(arbiter.relation),
			account: arbiter.account,
		});
		Ok(Some(PolicyView {
			version,
			arbiters: arbiters.collect(),
			required: policy.required,
			independent: policy.independent,
		}))
	}

	/// The shortest windows that the terms of a new case may name.
	pub async fn minimum_windows(&self) -> Result<WindowsView, Error> {
		let found = self.view(api::view_functions().cases().minimums()).await?;
		Ok(WindowsView {
			notice: found.notice,
			confirmation: found.confirmation,
			voting: found.voting,
			review: found.review,
		})
	}
}
