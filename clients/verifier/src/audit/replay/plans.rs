//! Cases, candidates, committees, plans and payments.

use super::{role, Case, Code, Extrinsic, Roll, World};
use crate::chain::{call::Call, event::Event, types::*};
use codec::Encode;
use std::collections::{BTreeMap, HashMap};

/// The stage `Electing`.
const ELECTING: u8 = 2;
/// The stage `Voting`.
const VOTING: u8 = 4;
/// The stage `Cancelled`.
const CANCELLED: u8 = 8;
/// Steps that the association takes by hand: `Confirming` to `Electing`, `Repaying` to `Closed`.
const BY_HAND: [(u8, u8); 2] = [(1, 2), (5, 6)];

/// A plan, as it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Encode, codec::Decode)]
pub struct Plan {
	/// The document.
	pub document: Digest,
	/// What is promised.
	pub instalments: Vec<Instalment>,
	/// When it was proposed.
	pub proposed_at: Millis,
	/// Where it stands.
	pub state: PlanState,
}

/// Where a plan stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, codec::Decode)]
pub enum PlanState {
	/// Proposed.
	#[codec(index = 0)]
	Proposed,
	/// In a vote.
	#[codec(index = 1)]
	InVote {
		/// Its poll.
		poll: PollId,
	},
	/// Adopted.
	#[codec(index = 2)]
	Adopted,
	/// Rejected.
	#[codec(index = 3)]
	Rejected,
	/// The case ended before the vote did.
	#[codec(index = 4)]
	Lapsed,
}

/// What was paid for an instalment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Paid {
	/// Fen.
	pub amount: Fen,
	/// Persons, over all reports.
	pub heads: u32,
	/// Reports.
	pub reports: u32,
	/// When everything promised was paid.
	pub settled_at: Option<Millis>,
	/// Whether it was late.
	pub flag: Flag,
}

impl World {
	pub(super) fn plans_event(&mut self, extrinsic: &mut Extrinsic, event: Event) {
		match event {
			Event::CaseOpened { case, platform, by, notice, terms } => {
				self.open_case(extrinsic, case, platform, by, (notice, terms))
			}
			Event::StageChanged { case, from, to, at, by, reason } => {
				if BY_HAND.contains(&(from, to)) || to == CANCELLED {
					self.advance(extrinsic, case, to, by);
				}
				if let Some(reason) = reason {
					self.refer(case, reason, "the reason of an escalation");
				}
				let Some(known) = self.cases.get_mut(&case) else { return };
				known.stage = to;
				let digest = Digest::of(&(case, from, to, at, reason));
				known.results.push((EvidenceKind::Stage, digest));
			}
			Event::CommitteeFormed { case, poll, seats, reserves, mandate } => {
				let place = self.here(extrinsic).in_poll(poll);
				let Some(own) = self.cases.get(&case).map(|case| case.committee.clone()) else {
					return;
				};
				let told = own.as_ref().map(|own| {
					let planned = own.planned;
					Committee { planned, seats, reserves, mandate, poll }
				});
				if own.is_none() || own != told {
					let (expected, found) = (format!("{own:?}"), format!("{told:?}"));
					self.note(case, Code::OutcomeDiffers, place, expected, found);
				}
			}
			Event::CommitteeChanged { case } => {
				let Some(known) = self.cases.get_mut(&case) else { return };
				known.committee_changed = true;
			}
			Event::RecallOpened { case, member, by, .. } => {
				let placed = extrinsic.take(
					|call| matches!(call, Call::OpenRecall { case: c, member: m, .. } if (*c, *m) == (case, member)),
				);
				self.organised(case, extrinsic, placed.as_ref(), &by);
			}
			Event::PlanProposed { case, plan } => self.propose(extrinsic, case, plan),
			Event::VoteOpened { case, poll, plans, by, .. } => {
				let placed = extrinsic
					.take(|call| matches!(call, Call::OpenVote { case: c, .. } if *c == case));
				self.organised(case, extrinsic, placed.as_ref(), &by);
				let Some(known) = self.cases.get_mut(&case) else { return };
				for plan in plans {
					if let Some(plan) = known.plans.get_mut(plan as usize) {
						plan.state = PlanState::InVote { poll };
					}
				}
			}
			Event::PlanAdopted { case, plan, poll } => {
				let place = self.here(extrinsic).in_poll(poll);
				let Some(adopted) = self.cases.get(&case).map(|case| case.adopted) else { return };
				if adopted != Some(plan) {
					let expected = format!("{adopted:?}");
					self.note(case, Code::OutcomeDiffers, place, expected, format!("plan {plan}"));
				}
			}
			Event::InstalmentFlagged { case, instalment, flag } => {
				self.flag(extrinsic, case, instalment, flag)
			}
			Event::PaymentReported { case, instalment, amount, heads, list } => {
				self.pay(extrinsic, case, instalment, (amount, heads), list)
			}
			_ => {}
		}
	}

	fn open_case(
		&mut self,
		extrinsic: &mut Extrinsic,
		id: CaseId,
		platform: Account,
		by: Account,
		told: (Digest, Terms),
	) {
		// The policy of the call is read with the event that sets it.
		let placed = extrinsic
			.find(|call| matches!(call, Call::OpenCase { platform: p, .. } if *p == platform));
		let asked = placed.and_then(|placed| match &placed.call {
			Call::OpenCase { notice, terms, .. } => Some((*notice, terms.clone())),
			_ => None,
		});
		let maker = placed.and_then(|placed| extrinsic.maker(placed));
		let place = self.here(extrinsic).by(&by);
		let (notice, terms) = asked.clone().unwrap_or(told.clone());
		self.refer(id, notice, "the notice");
		let case = Case {
			platform,
			association: by,
			terms,
			stage: 0,
			roll: Roll::default(),
			keys: HashMap::new(),
			owners: HashMap::new(),
			sequences: HashMap::new(),
			slate: vec![],
			places: HashMap::new(),
			listing: None,
			draw: None,
			committee: None,
			committee_changed: false,
			first_ballots: BTreeMap::new(),
			plans: vec![],
			adopted: None,
			paid: BTreeMap::new(),
			policies: BTreeMap::new(),
			results: vec![(EvidenceKind::Notice, notice)],
		};
		self.cases.insert(id, case);
		match asked {
			None => self.note(
				id,
				Code::EventUnexplained,
				place.clone(),
				"a call that opens the case",
				"none",
			),
			Some(asked) if asked != told => {
				let (expected, found) = (format!("{asked:?}"), format!("{told:?}"));
				self.note(id, Code::EventDiffers, place.clone(), expected, found);
			}
			Some(_) => {}
		}
		if let Some(maker) = maker.filter(|maker| *maker != by) {
			let (expected, found) = (hex::encode(maker), hex::encode(by));
			self.note(id, Code::EventDiffers, place.clone(), expected, found);
		}
		if !self.holds(&by, role::ASSOCIATION) {
			self.note(id, Code::RoleMissing, place, "an association in good standing", "none");
		}
	}

	/// The association moves the case on by hand.
	fn advance(&mut self, extrinsic: &mut Extrinsic, case: CaseId, to: u8, by: Option<Account>) {
		let placed = extrinsic.take(|call| match call {
			Call::Advance { case: c, to: t } => (*c, *t) == (case, to),
			Call::CancelCase { case: c } => *c == case && to == CANCELLED,
			_ => false,
		});
		match by {
			Some(by) => self.organised(case, extrinsic, placed.as_ref(), &by),
			None => {
				let place = self.here(extrinsic);
				self.note(case, Code::EventUnexplained, place, "an association", "nobody");
			}
		}
	}

	fn propose(&mut self, extrinsic: &mut Extrinsic, case: CaseId, plan: u32) {
		let placed =
			extrinsic.take(|call| matches!(call, Call::ProposePlan { case: c, .. } if *c == case));
		let Some(platform) = self.cases.get(&case).map(|case| case.platform) else { return };
		self.acted(case, extrinsic, placed.as_ref(), &platform, role::PLATFORM);
		let Some(Call::ProposePlan { document, instalments, .. }) =
			placed.map(|placed| placed.call)
		else {
			return;
		};
		self.refer(case, document, "a plan");
		let (proposed_at, place) = (self.now, self.here(extrinsic));
		let Some(known) = self.cases.get_mut(&case) else { return };
		let state = PlanState::Proposed;
		known.plans.push(Plan { document, instalments, proposed_at, state });
		let own = known.plans.len() as u32 - 1;
		if own != plan {
			self.note(
				case,
				Code::EventDiffers,
				place,
				format!("plan {own}"),
				format!("plan {plan}"),
			);
		}
	}

	fn pay(
		&mut self,
		extrinsic: &mut Extrinsic,
		case: CaseId,
		instalment: u8,
		(amount, heads): (Fen, u32),
		list: Digest,
	) {
		let placed = extrinsic.take(|call| {
			let told = (case, instalment, amount, heads, list);
			matches!(call, Call::ReportPayment { case, instalment, amount, heads, list } if (*case, *instalment, *amount, *heads, *list) == told)
		});
		let Some(platform) = self.cases.get(&case).map(|case| case.platform) else { return };
		self.acted(case, extrinsic, placed.as_ref(), &platform, role::PLATFORM);
		self.refer(case, list, "a payment list");
		let (now, place) = (self.now, self.here(extrinsic));
		let Some(known) = self.cases.get_mut(&case) else { return };
		let promised = known.promised(instalment).map_or(0, |promised| promised.amount);
		let deserved = known.deserved(instalment, now);
		let paid = known.paid.entry(instalment).or_default();
		// Late is late, whether or not somebody said so before.
		paid.flag = paid.flag.max(deserved);
		paid.amount = paid.amount.saturating_add(amount);
		paid.heads = paid.heads.saturating_add(heads);
		paid.reports += 1;
		let total = paid.amount;
		if total == promised {
			paid.settled_at = Some(now);
		}
		let payment = (instalment, amount, heads, now);
		known.results.push((EvidenceKind::Payment, Digest::of(&(case, list, payment))));
		if total > promised {
			let expected = format!("at most {promised} fen");
			self.note(case, Code::PaymentDiffers, place, expected, format!("{total} fen"));
		}
	}

	/// An instalment is said to be late, as the clock makes it.
	fn flag(&mut self, extrinsic: &Extrinsic, case: CaseId, instalment: u8, told: Flag) {
		let (now, place) = (self.now, self.here(extrinsic));
		let Some(known) = self.cases.get_mut(&case) else { return };
		let deserved = known.deserved(instalment, now);
		known.paid.entry(instalment).or_default().flag = deserved;
		if told != deserved {
			let (expected, found) = (format!("{deserved:?}"), format!("{told:?}"));
			self.note(case, Code::PaymentDiffers, place, expected, found);
		}
	}

	/// What follows from the own result of a poll.
	pub(super) fn conclude(
		&mut self,
		case: CaseId,
		poll: PollId,
		purpose: Purpose,
		items: &[ItemResult],
	) {
		match purpose {
			Purpose::FirstBallot => self.elect(case, poll, items),
			Purpose::Plan { .. } => self.adopt(case, poll, items),
			Purpose::General | Purpose::Recall { .. } => {}
		}
	}

	fn elect(&mut self, case: CaseId, poll: PollId, items: &[ItemResult]) {
		let Some(known) = self.cases.get_mut(&case) else { return };
		let Some((mandate, slate)) = known.first_ballots.get(&poll).cloned() else { return };
		let [exit, contest, granted] = items else { return };
		let ItemOutcome::Elected { seats, reserves } = &contest.outcome else { return };
		// Whoever withdrew while the ballot was open is passed over.
		let ranked: Vec<Row> = seats
			.iter()
			.chain(reserves)
			.filter_map(|option| slate.get(usize::from(*option)))
			.map(|candidate| candidate.0)
			.filter(|row| known.slate.iter().any(|standing| standing.0 == *row))
			.collect();
		let planned = known.terms.seats;
		let elected = ranked.len().min(planned.into());
		let majority = usize::from(planned) / 2 + 1;
		if known.stage != ELECTING || exit.outcome != ItemOutcome::Passed || elected < majority {
			return;
		}
		let (seats, rest) = ranked.split_at(elected);
		let reserves = rest.iter().take(known.terms.reserves.into()).copied().collect();
		let mandate = (granted.outcome == ItemOutcome::Passed).then_some(mandate);
		let committee = Committee { planned, seats: seats.to_vec(), reserves, mandate, poll };
		known.results.push((EvidenceKind::PollOutcome, Digest::of(&(case, &committee))));
		known.committee = Some(committee);
		known.committee_changed = false;
		known.slate.clear();
		known.listing = None;
	}

	fn adopt(&mut self, case: CaseId, poll: PollId, items: &[ItemResult]) {
		let Some(known) = self.cases.get_mut(&case) else { return };
		let [result] = items else { return };
		let in_vote = |plan: &Plan| plan.state == PlanState::InVote { poll };
		// Plans stand in the vote in the order in which the call named them.
		let named: Vec<usize> = match self.polls.get(&poll) {
			Some(poll) => {
				let documents = poll.items.iter().flat_map(|item| &item.documents);
				documents
					.filter_map(|document| {
						known.plans.iter().position(|p| in_vote(p) && p.document == *document)
					})
					.collect()
			}
			None => vec![],
		};
		let winner = match result.outcome {
			ItemOutcome::Passed => named.first().copied(),
			ItemOutcome::Chosen { option } => named.get(usize::from(option)).copied(),
			_ => None,
		};
		let lapsed = known.stage != VOTING;
		for plan in named {
			known.plans[plan].state = match winner {
				_ if lapsed => PlanState::Lapsed,
				Some(winner) if winner == plan => PlanState::Adopted,
				_ => PlanState::Rejected,
			};
		}
		if let Some(winner) = winner.filter(|_| !lapsed) {
			let id = winner as u32;
			known.adopted = Some(id);
			let digest = Digest::of(&(case, id, &known.plans[winner]));
			known.results.push((EvidenceKind::Plan, digest));
		}
	}
}

impl Case {
	/// The plans of a vote that was taken back stand as before.
	pub(super) fn take_back(&mut self, poll: PollId) {
		let in_vote = self.plans.iter_mut().filter(|p| p.state == PlanState::InVote { poll });
		in_vote.for_each(|plan| plan.state = PlanState::Proposed);
	}

	/// What the adopted plan promises as an instalment.
	fn promised(&self, instalment: u8) -> Option<&Instalment> {
		let plan = self.adopted.and_then(|plan| self.plans.get(plan as usize))?;
		plan.instalments.get(usize::from(instalment))
	}

	/// How late an instalment is that is not paid by `now`.
	fn deserved(&self, instalment: u8, now: Millis) -> Flag {
		match self.promised(instalment) {
			Some(due) if now >= due.due_at.saturating_add(self.terms.grace) => Flag::Breach,
			Some(due) if now >= due.due_at => Flag::Overdue,
			_ => Flag::None,
		}
	}
}
