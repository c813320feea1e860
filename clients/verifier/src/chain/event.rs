//! The events that the audit reads.

use super::{metadata::Metadata, shape::take, types::*, Malformed};
use codec::{Compact, Decode};

/// When an event was emitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Decode)]
pub enum Phase {
	/// By an extrinsic, by its position.
	#[codec(index = 0)]
	Extrinsic(u32),
	/// At the end of the block.
	#[codec(index = 1)]
	Finalization,
	/// At its beginning.
	#[codec(index = 2)]
	Initialization,
}

/// An event that the audit reads; the fields that it does not are left out.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
	/// The extrinsic did what it asked for.
	Success,
	/// The extrinsic failed.
	Failed,
	/// Rows were imported.
	RowsImported { case: CaseId, first: Row, count: u32, digest: [u8; 32] },
	/// Rows were cleared off the end of a roll.
	RowsCleared { case: CaseId, platform: Account, first: Row, count: u32 },
	/// A roll was locked.
	RollLocked { case: CaseId, platform: Account, evidence: EvidenceId },
	/// A claim was confirmed.
	ClaimConfirmed { case: CaseId, lender: Row, state: ClaimState, amount: Fen },
	/// A claim was disputed.
	ClaimDisputed { case: CaseId, lender: Row },
	/// A claim was ruled on.
	ClaimAdjudicated { case: CaseId, lender: Row, amount: Fen, by: Account, evidence: EvidenceId },
	/// A late claim was admitted.
	LateClaimAdmitted { case: CaseId, lender: Row, by: Account, evidence: EvidenceId },
	/// A key was bound.
	KeyRegistered { case: CaseId, lender: Row, key: Key },
	/// Keys were bound.
	BatchRegistered { case: CaseId, by: Account },
	/// A key was replaced.
	KeyRebound { case: CaseId, lender: Row, from: Key, to: Key, by: Account },
	/// A key was taken back.
	KeyRevoked { case: CaseId, lender: Row, by: Account },
	/// An intent was refused, for the reason of this number.
	Refused { index: u32, case: CaseId, lender: Row, sequence: u64, reason: u8 },
	/// A batch was carried.
	BatchSubmitted { by: Account, accepted: u32, refused: u32 },
	/// A poll opened.
	PollOpened { poll: PollId, case: CaseId, purpose: Purpose, eligible: Votes, closes_at: Millis },
	/// A ballot was cast.
	BallotCast { poll: PollId, lender: Row, revision: u8, choices: Vec<u32>, record: Digest },
	/// A poll closed.
	PollClosed {
		poll: PollId,
		case: CaseId,
		turnout: Votes,
		outcomes: Vec<ItemOutcome>,
		evidence: EvidenceId,
	},
	/// A poll was taken back.
	PollCancelled { poll: PollId, case: CaseId, by: Account },
	/// A lot was asked for.
	LotNamed { poll: PollId, block: u32 },
	/// Options were equal.
	Tied { poll: PollId, item: u8, options: u32, lot: Option<Lot> },
	/// A case was opened.
	CaseOpened { case: CaseId, platform: Account, by: Account, notice: Digest, terms: Terms },
	/// A case moved on.
	StageChanged {
		case: CaseId,
		from: u8,
		to: u8,
		at: Millis,
		by: Option<Account>,
		reason: Option<Digest>,
	},
	/// A record was deposited.
	Deposited {
		id: EvidenceId,
		case: CaseId,
		kind: EvidenceKind,
		content: Content,
		producer: Option<Account>,
		produced_at: Millis,
		parent: Option<EvidenceId>,
		replaces: Option<EvidenceId>,
		policy: u16,
	},
	/// A record was attested.
	Attested {
		id: EvidenceId,
		arbiter: Account,
		relation: Relation,
		digest: Digest,
		verdict: Verdict,
	},
	/// A record became effective.
	RecordEffective { id: EvidenceId },
	/// A record was rejected.
	RecordRejected { id: EvidenceId },
	/// Content that was absent was found, and the quorum is open again.
	RecordReopened { id: EvidenceId },
	/// A record was replaced.
	RecordSuperseded { id: EvidenceId, by: EvidenceId },
	/// A policy was set.
	PolicySet { case: CaseId, version: u16, policy: Policy },
	/// Lenders may stand.
	NominationsOpened { case: CaseId, by: Account },
	/// A lender stands.
	CandidateNominated { case: CaseId, lender: Row, statement: Digest },
	/// A candidate withdrew.
	CandidateWithdrew { case: CaseId, lender: Row },
	/// A candidate no longer qualified.
	CandidateDropped { case: CaseId, lender: Row },
	/// The association listed the candidates.
	CandidatesListed { case: CaseId, listing: Vec<Row>, by: Account },
	/// The lot of the candidates was asked for.
	CandidatesDrawn { case: CaseId, block: u32, by: Account },
	/// A first ballot opened.
	FirstBallotOpened {
		case: CaseId,
		poll: PollId,
		candidates: Vec<Row>,
		lot: Option<Lot>,
		by: Account,
	},
	/// A committee was elected.
	CommitteeFormed {
		case: CaseId,
		poll: PollId,
		seats: Vec<Row>,
		reserves: Vec<Row>,
		mandate: Option<Mandate>,
	},
	/// A member resigned, or a recall ended.
	CommitteeChanged { case: CaseId },
	/// A recall opened.
	RecallOpened { case: CaseId, member: Row, poll: PollId, by: Account },
	/// A plan was proposed.
	PlanProposed { case: CaseId, plan: u32 },
	/// A vote on plans opened.
	VoteOpened { case: CaseId, round: u8, poll: PollId, plans: Vec<u32>, by: Account },
	/// A plan was adopted.
	PlanAdopted { case: CaseId, plan: u32, poll: PollId },
	/// An instalment was found late.
	InstalmentFlagged { case: CaseId, instalment: u8, flag: Flag },
	/// A payment was reported.
	PaymentReported { case: CaseId, instalment: u8, amount: Fen, heads: u32, list: Digest },
	/// An institution was admitted.
	Admitted { who: Account, roles: Vec<u8> },
	/// Its roles changed.
	RolesSet { who: Account, new: Vec<u8> },
	/// It was suspended.
	Suspended { who: Account },
	/// It was reinstated.
	Reinstated { who: Account },
	/// It was removed.
	Removed { who: Account },
	/// One that the audit does not read.
	Other,
}

/// All events of a block in order.
pub fn events(metadata: &Metadata, bytes: &[u8]) -> Result<Vec<(Phase, Event)>, Malformed> {
	let mut input = bytes;
	if input.is_empty() {
		return Ok(vec![]);
	}
	let count = Compact::<u32>::decode(&mut input)?.0 as usize;
	let mut events = Vec::with_capacity(count.min(input.len()));
	for _ in 0..count {
		let phase = Phase::decode(&mut input)?;
		let event = event(metadata, &mut input)?;
		let topics = Compact::<u32>::decode(&mut input)?.0 as usize;
		take(&mut input, topics.checked_mul(32).ok_or(Malformed)?)?;
		events.push((phase, event));
	}
	if input.is_empty() {
		Ok(events)
	} else {
		Err(Malformed)
	}
}

fn event(metadata: &Metadata, input: &mut &[u8]) -> Result<Event, Malformed> {
	let mut fields = *input;
	let index = take(&mut fields, 2)?;
	let name = metadata.event_name(index[0], index[1]).ok_or(Malformed)?;
	// The one event of which there are as many as ballots; a wrong shape shows in what follows it.
	if name == ("Polls", "BallotCast") {
		let (poll, lender, revision, choices, record) = Decode::decode(&mut fields)?;
		*input = fields;
		return Ok(Event::BallotCast { poll, lender, revision, choices, record });
	}
	metadata.skip_event(input)?;
	read(name, fields)
}

fn read((pallet, name): (&str, &str), mut fields: &[u8]) -> Result<Event, Malformed> {
	let f = &mut fields;
	Ok(match (pallet, name) {
		("System", "ExtrinsicSuccess") => Event::Success,
		("System", "ExtrinsicFailed") => Event::Failed,
		("Claims", "RowsImported") => {
			let (case, first, count, digest) = Decode::decode(f)?;
			Event::RowsImported { case, first, count, digest }
		}
		("Claims", "RowsCleared") => {
			let (case, platform, first, count) = Decode::decode(f)?;
			Event::RowsCleared { case, platform, first, count }
		}
		("Claims", "RollLocked") => {
			let (case, platform, _, _) = <(CaseId, Account, u32, Fen)>::decode(f)?;
			let (_, evidence) = <([u8; 32], EvidenceId)>::decode(f)?;
			Event::RollLocked { case, platform, evidence }
		}
		("Claims", "ClaimConfirmed") => {
			let (case, lender, state, amount) = Decode::decode(f)?;
			Event::ClaimConfirmed { case, lender, state, amount }
		}
		("Claims", "ClaimDisputed") => {
			let (case, lender) = Decode::decode(f)?;
			Event::ClaimDisputed { case, lender }
		}
		("Claims", "ClaimAdjudicated") => {
			let (case, lender, _) = <(CaseId, Row, Ruling)>::decode(f)?;
			let (_, amount, by, evidence) = <(Fen, Fen, Account, EvidenceId)>::decode(f)?;
			Event::ClaimAdjudicated { case, lender, amount, by, evidence }
		}
		("Claims", "LateClaimAdmitted") => {
			let (case, lender, _, _, _) = <(CaseId, Row, [u8; 32], Fen, Class)>::decode(f)?;
			let (by, evidence) = Decode::decode(f)?;
			Event::LateClaimAdmitted { case, lender, by, evidence }
		}
		("IdentityRegistry", "KeyRegistered") => {
			let (case, lender, key) = Decode::decode(f)?;
			Event::KeyRegistered { case, lender, key }
		}
		("IdentityRegistry", "BatchRegistered") => {
			let (case, by) = Decode::decode(f)?;
			Event::BatchRegistered { case, by }
		}
		("IdentityRegistry", "KeyRebound") => {
			let (case, lender, from, to, by) = Decode::decode(f)?;
			Event::KeyRebound { case, lender, from, to, by }
		}
		("IdentityRegistry", "KeyRevoked") => {
			let (case, lender, _, by) = <(CaseId, Row, Key, Account)>::decode(f)?;
			Event::KeyRevoked { case, lender, by }
		}
		("Intents", "Refused") => {
			let (index, case, lender, sequence, reason) = Decode::decode(f)?;
			Event::Refused { index, case, lender, sequence, reason }
		}
		("Intents", "BatchSubmitted") => {
			let (by, accepted, refused) = Decode::decode(f)?;
			Event::BatchSubmitted { by, accepted, refused }
		}
		("Polls", "PollOpened") => {
			let (poll, case, purpose, eligible, closes_at) = Decode::decode(f)?;
			Event::PollOpened { poll, case, purpose, eligible, closes_at }
		}
		("Polls", "PollClosed") => {
			let (poll, case, turnout, outcomes, evidence) = Decode::decode(f)?;
			Event::PollClosed { poll, case, turnout, outcomes, evidence }
		}
		("Polls", "PollCancelled") => {
			let (poll, case, by) = Decode::decode(f)?;
			Event::PollCancelled { poll, case, by }
		}
		("Polls", "LotNamed") => {
			let (poll, block) = Decode::decode(f)?;
			Event::LotNamed { poll, block }
		}
		("Polls", "Tied") => {
			let (poll, item, options, lot) = Decode::decode(f)?;
			Event::Tied { poll, item, options, lot }
		}
		("Cases", "CaseOpened") => {
			let (case, platform, by, _, notice) =
				<(CaseId, Account, Account, u8, Digest)>::decode(f)?;
			let (_, _, terms) = <(Millis, Millis, Terms)>::decode(f)?;
			Event::CaseOpened { case, platform, by, notice, terms }
		}
		("Cases", "StageChanged") => {
			let (case, from, to, at, by, reason) = Decode::decode(f)?;
			Event::StageChanged { case, from, to, at, by, reason }
		}
		("Evidence", _) => evidence(name, f)?,
		("CommitteeElection", _) => committee(name, f)?,
		("RepaymentVote", _) => repayment(name, f)?,
		("Consortium", _) => consortium(name, f)?,
		_ => Event::Other,
	})
}

fn evidence(name: &str, f: &mut &[u8]) -> Result<Event, Malformed> {
	Ok(match name {
		"Deposited" => {
			let (id, case, kind, content, producer) = Decode::decode(f)?;
			let (produced_at, parent, replaces, policy) = Decode::decode(f)?;
			Event::Deposited {
				id,
				case,
				kind,
				content,
				producer,
				produced_at,
				parent,
				replaces,
				policy,
			}
		}
		"Attested" => {
			let (id, arbiter, relation, digest, verdict) = Decode::decode(f)?;
			Event::Attested { id, arbiter, relation, digest, verdict }
		}
		"RecordEffective" => Event::RecordEffective { id: Decode::decode(f)? },
		"RecordRejected" => Event::RecordRejected { id: Decode::decode(f)? },
		"RecordReopened" => Event::RecordReopened { id: Decode::decode(f)? },
		"RecordSuperseded" => {
			let (id, by) = Decode::decode(f)?;
			Event::RecordSuperseded { id, by }
		}
		"PolicySet" => {
			let (case, version, policy) = Decode::decode(f)?;
			Event::PolicySet { case, version, policy }
		}
		_ => Event::Other,
	})
}

fn committee(name: &str, f: &mut &[u8]) -> Result<Event, Malformed> {
	Ok(match name {
		"NominationsOpened" => {
			let (case, _, by) = <(CaseId, Millis, Account)>::decode(f)?;
			Event::NominationsOpened { case, by }
		}
		"CandidateNominated" => {
			let (case, lender, statement) = Decode::decode(f)?;
			Event::CandidateNominated { case, lender, statement }
		}
		"CandidateWithdrew" => {
			let (case, lender) = Decode::decode(f)?;
			Event::CandidateWithdrew { case, lender }
		}
		"CandidateDropped" => {
			let (case, lender) = Decode::decode(f)?;
			Event::CandidateDropped { case, lender }
		}
		"FirstBallotOpened" => {
			let (case, poll, _, _) = <(CaseId, PollId, Digest, Mandate)>::decode(f)?;
			let (candidates, lot, by) = Decode::decode(f)?;
			Event::FirstBallotOpened { case, poll, candidates, lot, by }
		}
		"CandidatesListed" => {
			let (case, listing, by) = Decode::decode(f)?;
			Event::CandidatesListed { case, listing, by }
		}
		"CandidatesDrawn" => {
			let (case, block, by) = Decode::decode(f)?;
			Event::CandidatesDrawn { case, block, by }
		}
		"CommitteeFormed" => {
			let (case, poll, seats, reserves, mandate) = Decode::decode(f)?;
			Event::CommitteeFormed { case, poll, seats, reserves, mandate }
		}
		"Resigned" | "RecallClosed" => Event::CommitteeChanged { case: Decode::decode(f)? },
		"RecallOpened" => {
			let (case, member, _, poll, by) = <(CaseId, Row, Digest, PollId, Account)>::decode(f)?;
			Event::RecallOpened { case, member, poll, by }
		}
		_ => Event::Other,
	})
}

fn repayment(name: &str, f: &mut &[u8]) -> Result<Event, Malformed> {
	Ok(match name {
		"PlanProposed" => {
			let (case, plan) = Decode::decode(f)?;
			Event::PlanProposed { case, plan }
		}
		"VoteOpened" => {
			let (case, round, poll, plans, by) = Decode::decode(f)?;
			Event::VoteOpened { case, round, poll, plans, by }
		}
		"PlanAdopted" => {
			let (case, plan, _, poll) = <(CaseId, u32, Digest, PollId)>::decode(f)?;
			Event::PlanAdopted { case, plan, poll }
		}
		"InstalmentFlagged" => {
			let (case, instalment, flag) = Decode::decode(f)?;
			Event::InstalmentFlagged { case, instalment, flag }
		}
		"PaymentReported" => {
			let (case, instalment, amount, heads, list) = Decode::decode(f)?;
			Event::PaymentReported { case, instalment, amount, heads, list }
		}
		_ => Event::Other,
	})
}

fn consortium(name: &str, f: &mut &[u8]) -> Result<Event, Malformed> {
	Ok(match name {
		"Admitted" => {
			let (who, _, roles) = <(Account, Vec<u8>, Vec<u8>)>::decode(f)?;
			Event::Admitted { who, roles }
		}
		"RolesSet" => {
			let (who, _, new) = <(Account, Vec<u8>, Vec<u8>)>::decode(f)?;
			Event::RolesSet { who, new }
		}
		"Suspended" => Event::Suspended { who: Decode::decode(f)? },
		"Reinstated" => Event::Reinstated { who: Decode::decode(f)? },
		"Removed" => Event::Removed { who: Decode::decode(f)? },
		_ => Event::Other,
	})
}
