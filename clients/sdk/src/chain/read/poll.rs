use super::{digest, digests, name, Slate, VotesView};
use crate::{
	api::{self, runtime_types::pallet_polls::types::PollStatus},
	chain::{errors::node, At},
	law::{self, Law},
	rule_text,
	tally::{grounds, ClassCount},
	Error, Missing,
};
use serde::Serialize;
use std::collections::BTreeMap;
use subxt::utils::Static;
use winddown_primitives::{
	lot::Lot, CaseId, ClassId, Digest, EvidenceId, Item, ItemKind, ItemOutcome, ItemResult,
	LenderIndex, Millis, PollId, Purpose, Votes,
};
use winddown_proof::Ground;

/// The running count of a poll by class: who voted, every option of every item, abstentions.
type Tallies = BTreeMap<ClassId, (Votes, Vec<Votes>, Vec<Votes>)>;

/// A poll.
#[derive(Clone, Debug, Serialize)]
pub struct PollView {
	/// Its number.
	pub poll: PollId,
	/// Its case.
	pub case: CaseId,
	/// Why it is held.
	#[serde(skip)]
	pub purpose: Purpose,
	/// Why it is held, in a word.
	#[serde(rename = "purpose")]
	pub purpose_name: String,
	/// When it opened, in milliseconds.
	pub opened_at: Millis,
	/// The first moment, in milliseconds, at which no ballot counts any more.
	pub closes_at: Millis,
	/// How often one lender may replace a ballot.
	pub max_revotes: u8,
	/// Everybody who may vote, as it was fixed when the poll opened.
	pub eligible: VotesView,
	/// The same, by class.
	#[serde(skip)]
	pub eligible_by_class: BTreeMap<ClassId, Votes>,
	/// The questions, for people.
	pub items: Vec<ItemView>,
	/// The questions.
	#[serde(skip)]
	pub raw_items: Vec<Item>,
	/// What the options stand for.
	#[serde(flatten)]
	pub slate: Slate,
	/// How a tie between candidates is settled, in a word.
	pub tie_break: String,
	/// The options in the order in which a tie goes that no lot settles, from 0; empty for that of the
	/// ballot.
	pub precedence: Vec<u8>,
	/// In which order the candidates of a first ballot stand on it, in a word.
	pub candidate_order: Option<String>,
	/// The lot by which they do.
	pub candidate_lot: Option<LotView>,
	/// When it was taken back, in milliseconds.
	pub cancelled_at: Option<Millis>,
	/// The block whose hash is drawn, while candidates are tied and it waits for the lot.
	pub awaits_lot: Option<u32>,
	/// The lot that settled ties between candidates.
	pub lot: Option<LotView>,
	/// When it was closed, in milliseconds.
	pub closed_at: Option<Millis>,
	/// The evidence record of the result.
	pub evidence: Option<EvidenceId>,
	/// The count so far; that of a closed poll stays.
	pub turnout: VotesView,
	/// Ballots cast so far, replaced ones included; of an open poll.
	pub ballots_cast: Option<u64>,
	/// The result of a closed poll.
	pub result: Option<Vec<ResultView>>,
}

/// A lot: the hash of a block that nobody knew when it was named.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LotView {
	/// The block.
	pub block: u32,
	/// Its hash, hexadecimal.
	pub hash: String,
}

impl From<Lot> for LotView {
	fn from(lot: Lot) -> Self {
		Self { block: lot.block, hash: format!("0x{}", hex::encode(lot.block_hash)) }
	}
}

/// One question of a poll.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
	/// How it is answered.
	pub kind: String,
	/// Options of it.
	pub options: u8,
	/// Most options that one ballot marks.
	pub marks: u8,
	/// When an option passes.
	pub rule: String,
	/// When an option passes, in Chinese.
	pub rule_zh: String,
	/// The presets that are this rule, with the law behind each; none for a rule of the case's own.
	pub law: Vec<Law>,
	/// What is voted on.
	#[serde(serialize_with = "digests")]
	pub documents: Vec<Digest>,
}

/// What came of one question.
#[derive(Clone, Debug, Serialize)]
pub struct ResultView {
	/// The votes for each option; of a resolution, for and against.
	pub options: Vec<VotesView>,
	/// Those who marked nothing.
	pub abstained: VotesView,
	/// What came of it.
	#[serde(skip)]
	pub outcome: ItemOutcome,
	/// What came of it, in words.
	#[serde(rename = "outcome")]
	pub outcome_text: String,
	/// What came of it, in Chinese.
	pub outcome_zh: String,
	/// Why: what each test of the rule measured, for each option that may win by it. Of a resolution
	/// that is the option for it alone. Empty while nobody is on the roll.
	pub grounds: Vec<Vec<Ground>>,
	/// The options that were equal where it mattered, each tie by itself, from 0.
	pub ties: Vec<Vec<u8>>,
}

/// A lender's ballot.
#[derive(Clone, Debug, Serialize)]
pub struct BallotView {
	/// The poll.
	pub poll: PollId,
	/// The lender.
	pub lender: LenderIndex,
	/// 1 for a first ballot, one more for each replacement.
	pub revision: u8,
	/// The digest of the plaintext record.
	#[serde(serialize_with = "digest")]
	pub record: Digest,
	/// For each item the options marked, from 0; of a resolution 0 is for and 1 against.
	pub choices: Vec<Vec<u8>>,
}

impl From<&Item> for ItemView {
	fn from(item: &Item) -> Self {
		Self {
			kind: name(item.kind),
			options: item.kind.options(),
			marks: item.kind.marks(),
			rule: rule_text::english(&item.rule),
			rule_zh: rule_text::chinese(&item.rule),
			law: law::of_rule(&item.rule),
			documents: item.documents.to_vec(),
		}
	}
}

impl ResultView {
	/// Puts a result into words.
	pub fn new(
		slate: &Slate,
		kind: ItemKind,
		result: &ItemResult,
		grounds: Vec<Vec<Ground>>,
	) -> Self {
		Self {
			options: result.options.iter().map(|votes| (*votes).into()).collect(),
			abstained: result.abstained.into(),
			outcome_text: slate.outcome(kind, &result.outcome),
			outcome_zh: slate.outcome_in_chinese(kind, &result.outcome),
			outcome: result.outcome.clone(),
			grounds,
			ties: result
				.ties
				.iter()
				.map(|tie| (0..kind.options()).filter(|option| tie.marks(*option)).collect())
				.collect(),
		}
	}
}

/// The published counts of a poll by class, item by item.
fn counted(
	items: &[Item],
	eligible: &BTreeMap<ClassId, Votes>,
	tallies: &Tallies,
) -> BTreeMap<ClassId, ClassCount> {
	let of_class = |(class, eligible): (&ClassId, &Votes)| {
		let (voted, options, abstained) = tallies.get(class).cloned().unwrap_or_default();
		let mut options = options.into_iter();
		let options = items
			.iter()
			.map(|item| options.by_ref().take(item.kind.options().into()).collect())
			.collect();
		(*class, ClassCount { eligible: *eligible, voted, options, abstained })
	};
	eligible.iter().map(of_class).collect()
}

impl At {
	/// A poll.
	pub async fn poll(&self, poll: PollId) -> Result<PollView, Error> {
		let views = api::view_functions();
		let found = self
			.view(views.polls().poll(poll))
			.await?
			.ok_or(Error::NotFound(Missing::Poll(poll)))?;
		let tallies = self.tallies(poll).await?;
		let turnout = tallies
			.values()
			.fold(Votes::default(), |sum, (voted, ..)| sum.checked_add(*voted).unwrap_or(sum));
		let ballots_cast = self.view(views.polls().ballots_cast(poll)).await?;
		let result = self.view(views.polls().result(poll)).await?;
		let lot = result.as_ref().and_then(|result| result.lot.as_ref()).map(|lot| lot.0.into());
		let (mut closed_at, mut evidence, mut cancelled_at, mut awaits_lot) =
			(None, None, None, None);
		match found.status {
			PollStatus::Open => {}
			PollStatus::Closed { at, evidence: record } => {
				(closed_at, evidence) = (Some(at), Some(record))
			}
			PollStatus::Cancelled { at } => cancelled_at = Some(at),
			PollStatus::AwaitsLot { block, .. } => awaits_lot = Some(block),
		}
		let (candidate_order, candidate_lot) = match found.purpose.0 {
			Purpose::FirstBallot => {
				let order = self.case(found.case).await?.raw_terms.candidate_order;
				(Some(name(order)), self.lot_of_candidates(poll).await?)
			}
			_ => (None, None),
		};
		let raw_items: Vec<Item> = found.items.0.into_iter().map(|item| item.0).collect();
		let roll = found.roll.0;
		let slate = self.slate_of(poll, found.purpose.0).await?;
		let eligible_by_class = roll.classes().iter().map(|c| (c.class, c.eligible)).collect();
		let result = match result {
			None => None,
			Some(result) => {
				let classes = counted(&raw_items, &eligible_by_class, &tallies);
				let each = raw_items.iter().zip(&result.items.0).enumerate();
				let of_item = |(at, (item, found)): (usize, (&Item, &Static<ItemResult>))| {
					let grounds = grounds(item, at, &classes).ok_or_else(|| {
						Error::Mismatch(format!("the counts of poll {poll} do not add up"))
					})?;
					Ok(ResultView::new(&slate, item.kind, &found.0, grounds))
				};
				Some(each.map(of_item).collect::<Result<_, Error>>()?)
			}
		};
		Ok(PollView {
			poll,
			case: found.case,
			purpose: found.purpose.0,
			purpose_name: name(found.purpose.0),
			opened_at: found.opened_at,
			closes_at: found.closes_at,
			max_revotes: found.max_revotes,
			eligible: roll.whole().unwrap_or_default().into(),
			eligible_by_class,
			items: raw_items.iter().map(Into::into).collect(),
			raw_items,
			tie_break: name(found.tie_break.0),
			precedence: found.precedence.0,
			candidate_order,
			candidate_lot: candidate_lot.map(Into::into),
			cancelled_at,
			awaits_lot,
			lot,
			closed_at,
			evidence,
			turnout: turnout.into(),
			ballots_cast,
			result,
			slate,
		})
	}

	/// What the options of a poll stand for.
	async fn slate_of(&self, poll: PollId, purpose: Purpose) -> Result<Slate, Error> {
		Ok(match purpose {
			Purpose::FirstBallot => {
				Slate { candidates: self.slate(poll).await?, plans: Vec::new() }
			}
			Purpose::Plan { .. } => {
				Slate { candidates: Vec::new(), plans: self.competing_plans(poll).await? }
			}
			Purpose::General | Purpose::Recall { .. } => Slate::default(),
		})
	}

	/// The running count of a poll by class: who voted, every option of every item, abstentions.
	pub(crate) async fn tallies(&self, poll: PollId) -> Result<Tallies, Error> {
		let tallies = self.view(api::view_functions().polls().tally(poll)).await?;
		Ok(tallies
			.into_iter()
			.map(|(class, tally)| {
				let votes =
					|list: Vec<Static<Votes>>| list.into_iter().map(|votes| votes.0).collect();
				(class, (tally.voted.0, votes(tally.options.0), votes(tally.abstained.0)))
			})
			.collect())
	}

	/// Eligible roll, turnout and items of a closed poll.
	pub(crate) async fn poll_result(
		&self,
		poll: PollId,
	) -> Result<Option<(Votes, Votes, Vec<ItemResult>)>, Error> {
		let result = self.view(api::view_functions().polls().result(poll)).await?;
		Ok(result.map(|result| {
			let items = result.items.0.into_iter().map(|item| item.0).collect();
			(result.eligible.0, result.turnout.0, items)
		}))
	}

	/// The lot that settled ties of a closed poll.
	pub(crate) async fn lot(&self, poll: PollId) -> Result<Option<Lot>, Error> {
		let result = self.view(api::view_functions().polls().result(poll)).await?;
		Ok(result.and_then(|result| result.lot).map(|lot| lot.0))
	}

	/// The ballot that counts for a lender; `None` for one who did not vote.
	pub async fn ballot(
		&self,
		poll: PollId,
		lender: LenderIndex,
	) -> Result<Option<BallotView>, Error> {
		let ballot = self.view(api::view_functions().polls().ballot(poll, lender)).await?;
		Ok(ballot.map(|ballot| BallotView {
			poll,
			lender,
			revision: ballot.revision,
			record: ballot.record.0,
			choices: ballot
				.choices
				.0
				.iter()
				.map(|choice| (0..32).filter(|option| choice.0.marks(*option)).collect())
				.collect(),
		}))
	}

	/// Polls of a case that are open, or wait to be closed.
	pub async fn open_polls(&self, case: CaseId) -> Result<Vec<PollId>, Error> {
		self.view(api::view_functions().polls().open_polls(case)).await
	}

	/// How many polls were ever opened; they are numbered from 0.
	pub async fn poll_count(&self) -> Result<PollId, Error> {
		let next = self
			.client
			.storage()
			.fetch(api::storage().polls().next_poll(), ())
			.await
			.map_err(node)?;
		next.decode().map_err(node)
	}
}
