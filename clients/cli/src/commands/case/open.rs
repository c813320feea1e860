//! Opens a case: its terms, and who attests its evidence.

use super::show::terms_table;
use crate::{
	context::Context,
	institutions::{InstitutionArg, Names},
	next,
	output::{counted, end},
	read_back::{self, YesArg},
	rules,
	values::{End, KindArg, Paper, RuleArg, Span, Yuan},
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::str::FromStr;
use winddown_sdk::{
	api,
	calls::{self, NewCase},
	chain::Head,
	digest::Written,
	primitives::{
		Arbiter, AttestationPolicy, CandidateOrder, CaseTerms, DeemedConfirmation, Relation,
		TieBreak,
	},
	AccountId32, Error,
};

#[derive(Args)]
pub struct OpenArgs {
	/// The platform.
	#[arg(long, value_name = "NAME|ACCOUNT")]
	platform: InstitutionArg,
	/// The exit notice: a file, or its digest.
	#[arg(long)]
	notice: Paper,
	/// Whose claims are settled.
	#[arg(long, value_enum, default_value_t)]
	kind: KindArg,
	/// The moment at which claims are counted; a date means the end of that day, 24:00 Beijing time.
	#[arg(long, default_value = "+0s")]
	cut_off: End,
	/// When a resolution passes; jinzhu_2019 for an online lending platform if not given.
	#[arg(long, value_name = "PRESET|FILE", long_help = rules::help("When a resolution passes"))]
	resolution: Option<RuleArg>,
	/// When a candidate is eligible for a seat; likewise.
	#[arg(long, value_name = "PRESET|FILE")]
	election: Option<RuleArg>,
	/// When a repayment plan passes; likewise.
	#[arg(long, value_name = "PRESET|FILE")]
	plan: Option<RuleArg>,
	/// Ballots that may be held on plans.
	#[arg(long, default_value_t = 2)]
	max_rounds: u8,
	/// How often one lender may replace a ballot.
	#[arg(long, default_value_t = 3)]
	max_revotes: u8,
	/// Committee seats, odd.
	#[arg(long, default_value_t = 5)]
	seats: u8,
	/// Reserves.
	#[arg(long, default_value_t = 3)]
	reserves: u8,
	/// The least claim, in yuan, with which a lender may stand.
	#[arg(long, default_value = "0")]
	candidate_floor: Yuan,
	/// In which order candidates stand on the ballot: as they were first nominated, as a list says (by the
	/// strokes of surnames, say), or by lot.
	#[arg(long, value_enum, default_value_t)]
	candidate_order: CandidateOrderArg,
	/// What settles a tie between candidates: who was nominated first, or a lot.
	#[arg(long, value_enum, default_value_t)]
	tie_break: TieBreakArg,
	/// Let silence confirm a claim once the window ended and service was proved.
	#[arg(long)]
	deemed_after_service: bool,
	/// How long lenders have to confirm.
	#[arg(long, default_value = "15d")]
	confirmation_window: Span,
	/// The shortest time a ballot stays open.
	#[arg(long, default_value = "7d")]
	voting_window: Span,
	/// How long the committee has to review a plan.
	#[arg(long, default_value = "7d")]
	review_window: Span,
	/// How long after its due date an unpaid instalment becomes a breach.
	#[arg(long, default_value = "30d")]
	grace: Span,
	/// An arbitration institution: its name or account, with `:related` behind it if it is bound to a party.
	#[arg(long = "arbiter", value_name = "NAME|ACCOUNT[:related]", required = true)]
	arbiters: Vec<ArbiterArg>,
	/// Confirmations that make evidence effective; all arbiters if not given.
	#[arg(long)]
	required: Option<u8>,
	/// How many of them must come from independent institutions.
	#[arg(long, default_value_t = 1)]
	independent: u8,
	#[command(flatten)]
	yes: YesArg,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum CandidateOrderArg {
	#[default]
	Nomination,
	List,
	Lot,
}

impl From<CandidateOrderArg> for CandidateOrder {
	fn from(order: CandidateOrderArg) -> Self {
		match order {
			CandidateOrderArg::Nomination => Self::Nomination,
			CandidateOrderArg::List => Self::List,
			CandidateOrderArg::Lot => Self::Lot,
		}
	}
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum TieBreakArg {
	#[default]
	Nomination,
	Lot,
}

impl From<TieBreakArg> for TieBreak {
	fn from(rule: TieBreakArg) -> Self {
		match rule {
			TieBreakArg::Nomination => Self::Nomination,
			TieBreakArg::Lot => Self::Lot,
		}
	}
}

/// An arbitration institution and its relation to the parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArbiterArg {
	institution: InstitutionArg,
	relation: Relation,
}

impl FromStr for ArbiterArg {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (institution, relation) = match text.rsplit_once(':') {
			Some((institution, "related")) => (institution, Relation::Related),
			Some((institution, "independent")) => (institution, Relation::Independent),
			_ => (text, Relation::Independent),
		};
		Ok(Self { institution: institution.parse()?, relation })
	}
}

pub async fn run(context: &Context, args: OpenArgs) -> Result<()> {
	let chain = context.chain().await?;
	let at = chain.at(Head::Best).await?;
	let mut arbiters = Vec::with_capacity(args.arbiters.len());
	for ArbiterArg { institution, relation } in args.arbiters {
		arbiters.push(Arbiter { account: institution.account(&at).await?, relation });
	}
	let required = args.required.unwrap_or(arbiters.len() as u8);
	let bad = |what: &str| Error::BadInput(what.into());
	let policy = AttestationPolicy {
		arbiters: arbiters.try_into().map_err(|_| bad("at most 8 arbiters may be named"))?,
		required,
		independent: args.independent,
	};
	ensure_reachable(&policy)?;
	let terms = CaseTerms {
		resolution: rules::given_or_usual(args.resolution, args.kind, "--resolution")?,
		election: rules::given_or_usual(args.election, args.kind, "--election")?,
		plan: rules::given_or_usual(args.plan, args.kind, "--plan")?,
		max_rounds: args.max_rounds,
		max_revotes: args.max_revotes,
		seats: args.seats,
		reserves: args.reserves,
		candidate_floor: args.candidate_floor.0,
		candidate_order: args.candidate_order.into(),
		tie_break: args.tie_break.into(),
		deemed: match args.deemed_after_service {
			true => DeemedConfirmation::AfterService,
			false => DeemedConfirmation::Never,
		},
		confirmation_window: args.confirmation_window.0,
		voting_window: args.voting_window.0,
		review_window: args.review_window.0,
		grace: args.grace.0,
	};
	if !terms.is_valid() {
		return Err(
			bad("seats must be odd and at most 9, reserves at most 9, rounds at least 1").into()
		);
	}
	let case = NewCase {
		platform: args.platform.account(&at).await?,
		kind: args.kind.into(),
		notice: args.notice.digest()?,
		cut_off: args.cut_off.resolve(&at).await?,
		terms,
		policy,
	};
	let names = Names::of(&at).await?;
	read_back::ask(context, args.yes, "the case that is to be opened", read_out(&case, &names))?;
	let included = context.submit(&chain, &calls::open_case(case)).await?;
	let opened: api::cases::events::CaseOpened = included.event()?;
	let next = next::case_opened(opened.case);
	let facts = json!({ "case": opened.case, "notice_until": opened.notice_until });
	context.output.done(&included, facts, format!("opened case {}", opened.case), Some(&next))
}

/// What a case is opened with, for whoever opens it.
fn read_out(case: &NewCase, names: &Names) -> Vec<(&'static str, String)> {
	let head = [
		("platform", names.shown(&case.platform)),
		("exit notice", Written(case.notice).to_string()),
		("cut-off", end(case.cut_off)),
	];
	let arbiters: Vec<_> = case
		.policy
		.arbiters
		.iter()
		.map(|arbiter| match arbiter.relation {
			Relation::Independent => names.shown(&arbiter.account),
			Relation::Related => format!("{}, related 有关联", names.shown(&arbiter.account)),
		})
		.collect();
	let evidence = [
		(
			"evidence is effective with",
			format!(
				"{}, {} of them independent",
				counted(case.policy.required, "confirmation", "confirmations"),
				case.policy.independent
			),
		),
		("arbiter", arbiters.join("\n")),
		("until the roll is locked", "winddown case cancel takes it back".into()),
	];
	head.into_iter().chain(terms_table(&(&case.terms).into())).chain(evidence).collect()
}

/// Fails with the reason when the arbiters could never give the confirmations.
fn ensure_reachable(policy: &AttestationPolicy<AccountId32>) -> Result<(), Error> {
	let AttestationPolicy { arbiters, required, independent } = policy;
	let named = |account: &AccountId32| {
		arbiters.iter().filter(|arbiter| arbiter.account == *account).count()
	};
	if let Some(twice) = arbiters.iter().find(|arbiter| named(&arbiter.account) > 1) {
		return Err(Error::BadInput(format!("the arbiter {} is named twice", twice.account)));
	}
	let (total, unbound) = (policy.total(), policy.total_independent());
	let what = match () {
		() if *required > total => format!(
			"--required {required} can never be reached with {}",
			counted(total, "arbiter", "arbiters")
		),
		() if *independent == 0 => {
			"--independent must be at least 1: one word comes from an institution bound to no party"
				.into()
		}
		() if independent > required => {
			format!("--independent {independent} is more than --required {required}")
		}
		() if *independent > unbound => format!(
			"--independent {independent} can never be reached: {} independent among those named",
			counted(unbound, "arbiter is", "arbiters are")
		),
		() => return Ok(()),
	};
	Err(Error::BadInput(what))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn arbiter(seed: u8, relation: Relation) -> Arbiter<AccountId32> {
		Arbiter { account: AccountId32([seed; 32]), relation }
	}

	fn outcome(
		arbiters: &[Arbiter<AccountId32>],
		required: u8,
		independent: u8,
	) -> Result<(), String> {
		let arbiters = arbiters.to_vec().try_into().unwrap();
		let policy = AttestationPolicy { arbiters, required, independent };
		let found = ensure_reachable(&policy);
		assert_eq!(found.is_ok(), policy.is_valid(), "as the chain sees it");
		found.map_err(|error| error.to_string())
	}

	#[test]
	fn an_arbiter_is_named_and_told_to_be_bound_to_a_party_or_not() {
		let read = |text: &str| text.parse::<ArbiterArg>().unwrap();
		let name = InstitutionArg::Name("Court: Sea".into());
		let (bound, free) = (Relation::Related, Relation::Independent);
		assert_eq!(read("Court: Sea"), ArbiterArg { institution: name.clone(), relation: free });
		assert_eq!(read("Court: Sea:related"), ArbiterArg { institution: name, relation: bound });
		let account = AccountId32([9; 32]);
		assert_eq!(
			read(&format!("{account}:independent")),
			ArbiterArg { institution: InstitutionArg::Account(account), relation: free }
		);
	}

	#[test]
	fn arbiters_who_can_give_the_confirmations_are_taken() {
		let both = [arbiter(1, Relation::Independent), arbiter(2, Relation::Related)];
		assert_eq!(outcome(&both, 2, 1), Ok(()));
	}

	#[test]
	fn arbiters_who_cannot_give_the_confirmations_are_refused_with_the_reason() {
		let (one, bound) = (arbiter(1, Relation::Independent), arbiter(2, Relation::Related));
		let refusal = |arbiters: &[_], required, independent| {
			outcome(arbiters, required, independent).unwrap_err()
		};
		assert_eq!(
			refusal(&[one.clone(), one.clone()], 2, 1),
			format!("the arbiter {} is named twice", one.account)
		);
		assert_eq!(
			refusal(std::slice::from_ref(&one), 2, 1),
			"--required 2 can never be reached with 1 arbiter"
		);
		assert_eq!(
			refusal(std::slice::from_ref(&one), 1, 0),
			"--independent must be at least 1: one word comes from an institution bound to no party"
		);
		assert_eq!(
			refusal(&[one.clone(), bound.clone()], 1, 2),
			"--independent 2 is more than --required 1"
		);
		assert_eq!(
			refusal(&[bound], 1, 1),
			"--independent 1 can never be reached: 0 arbiters are independent among those named"
		);
	}
}
