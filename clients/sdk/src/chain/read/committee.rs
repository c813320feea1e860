use super::{digest, maybe_digest, name};
use crate::{
	api::{self, runtime_types::pallet_committee_election::types::Candidate},
	calls::Matter,
	chain::At,
	Error,
};
use serde::Serialize;
use winddown_primitives::{lot::Lot, CaseId, Digest, LenderIndex, Millis, PollId};

/// Where the election of a case stands.
#[derive(Clone, Debug, Serialize)]
pub struct ElectionView {
	/// The first moment, in milliseconds, at which nobody may be nominated any more.
	pub nominations_until: Millis,
	/// The first ballot, while it is open.
	pub ballot: Option<PollId>,
	/// Those who stand, in the order of their nomination; nobody once the ballot closed.
	pub candidates: Vec<CandidateView>,
	/// The order in which the association listed them, where the terms go by a list.
	pub listing: Option<Vec<LenderIndex>>,
	/// The block whose hash orders them, where the terms draw lots and it is named.
	pub lot_block: Option<u32>,
	/// Those on the last first ballot.
	pub on_ballot: Option<BallotSlateView>,
}

/// Those whom a first ballot names. They stay when it closed.
#[derive(Clone, Debug, Serialize)]
pub struct BallotSlateView {
	/// The ballot.
	pub poll: PollId,
	/// The candidates, in the order of the options.
	pub candidates: Vec<CandidateView>,
}

/// A lender who stands.
#[derive(Clone, Debug, Serialize)]
pub struct CandidateView {
	/// The row.
	pub lender: LenderIndex,
	/// The statement.
	#[serde(serialize_with = "digest")]
	pub statement: Digest,
	/// When, in milliseconds.
	pub nominated_at: Millis,
}

/// A committee.
#[derive(Clone, Debug, Serialize)]
pub struct CommitteeView {
	/// Seats planned.
	pub planned: u8,
	/// The members, by rank.
	pub seats: Vec<LenderIndex>,
	/// The reserves, in the order in which they move up.
	pub reserves: Vec<LenderIndex>,
	/// The document of the mandate, if lenders gave one.
	#[serde(serialize_with = "maybe_digest")]
	pub mandate: Option<Digest>,
	/// What the mandate covers.
	pub matters: Vec<Matter>,
	/// The ballot that elected it.
	pub poll: PollId,
}

/// A decision of a committee.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
	/// Its number within the case.
	pub decision: u32,
	/// What it is about.
	pub matter: String,
	/// What is decided.
	#[serde(serialize_with = "digest")]
	pub document: Digest,
	/// Who proposed it.
	pub proposer: LenderIndex,
	/// When, in milliseconds.
	pub proposed_at: Millis,
	/// The votes, in the order in which they were given.
	pub votes: Vec<MemberVoteView>,
	/// How it ended: carried or rejected; `None` while it is open.
	pub outcome: Option<String>,
}

/// A member's vote.
#[derive(Clone, Debug, Serialize)]
pub struct MemberVoteView {
	/// The member.
	pub lender: LenderIndex,
	/// Endorse or object.
	pub vote: String,
	/// When, in milliseconds.
	pub at: Millis,
}

impl From<Candidate> for CandidateView {
	fn from(candidate: Candidate) -> Self {
		Self {
			lender: candidate.lender,
			statement: candidate.statement.0,
			nominated_at: candidate.nominated_at,
		}
	}
}

impl At {
	/// The election of a case; `None` before its first nominations.
	pub async fn election(&self, case: CaseId) -> Result<Option<ElectionView>, Error> {
		let views = api::view_functions().committee_election();
		let Some(election) = self.view(views.election(case)).await? else { return Ok(None) };
		let candidates = self.view(views.candidates(case)).await?;
		let poll = match election.ballot {
			Some(poll) => Some(poll),
			None => self.last_first_ballot(case).await?,
		};
		let on_ballot = match poll {
			Some(poll) => {
				Some(BallotSlateView { poll, candidates: self.slate_with_statements(poll).await? })
			}
			None => None,
		};
		let listing = self.view(views.listing(case)).await?;
		Ok(Some(ElectionView {
			listing: listing.map(|listing| listing.0),
			lot_block: election.lot,
			nominations_until: election.nominations_until,
			ballot: election.ballot,
			candidates: candidates.0.into_iter().map(Into::into).collect(),
			on_ballot,
		}))
	}

	/// The candidates of a first ballot, in the order of its options.
	pub async fn slate(&self, poll: PollId) -> Result<Vec<LenderIndex>, Error> {
		let slate = self.slate_with_statements(poll).await?;
		Ok(slate.into_iter().map(|candidate| candidate.lender).collect())
	}

	async fn slate_with_statements(&self, poll: PollId) -> Result<Vec<CandidateView>, Error> {
		let views = api::view_functions().committee_election();
		let ballot = self.view(views.first_ballot(poll)).await?;
		let slate = ballot.map(|ballot| ballot.slate.0).unwrap_or_default();
		Ok(slate.into_iter().map(Into::into).collect())
	}

	/// The lot by which the candidates of a first ballot stand on it.
	pub(crate) async fn lot_of_candidates(&self, poll: PollId) -> Result<Option<Lot>, Error> {
		let views = api::view_functions().committee_election();
		let ballot = self.view(views.first_ballot(poll)).await?;
		Ok(ballot.and_then(|ballot| ballot.lot).map(|lot| lot.0))
	}

	/// The last first ballot of a case that is over: the one that elected the committee, else the
	/// last one that elected nobody.
	async fn last_first_ballot(&self, case: CaseId) -> Result<Option<PollId>, Error> {
		let views = api::view_functions().committee_election();
		if let Some(committee) = self.view(views.committee(case)).await? {
			return Ok(Some(committee.poll));
		}
		for poll in (0..self.poll_count().await?).rev() {
			let ballot = self.view(views.first_ballot(poll)).await?;
			if ballot.is_some_and(|ballot| ballot.case == case) {
				return Ok(Some(poll));
			}
		}
		Ok(None)
	}

	/// The committee of a case.
	pub async fn committee(&self, case: CaseId) -> Result<Option<CommitteeView>, Error> {
		let views = api::view_functions().committee_election();
		let committee = self.view(views.committee(case)).await?;
		Ok(committee.map(|committee| {
			let bits = committee.mandate.as_ref().map_or(0, |mandate| mandate.matters.0);
			CommitteeView {
				planned: committee.planned,
				seats: committee.seats.0,
				reserves: committee.reserves.0,
				mandate: committee.mandate.map(|mandate| mandate.document.0),
				matters: Matter::ALL
					.into_iter()
					.filter(|matter| bits & 1 << *matter as u8 != 0)
					.collect(),
				poll: committee.poll,
			}
		}))
	}

	/// Up to 32 decisions of a case, from `first` on.
	pub async fn decisions(&self, case: CaseId, first: u32) -> Result<Vec<DecisionView>, Error> {
		let views = api::view_functions().committee_election();
		let decisions = self.view(views.decisions(case, first)).await?;
		Ok(decisions
			.0
			.into_iter()
			.map(|(decision, found)| DecisionView {
				decision,
				matter: name(&found.matter),
				document: found.document.0,
				proposer: found.proposer,
				proposed_at: found.proposed_at,
				votes: found
					.votes
					.0
					.into_iter()
					.map(|vote| MemberVoteView {
						lender: vote.lender,
						vote: name(&vote.vote),
						at: vote.at,
					})
					.collect(),
				outcome: found.settlement.map(|settlement| name(&settlement.outcome)),
			})
			.collect())
	}
}
