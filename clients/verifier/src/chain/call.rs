//! The calls that the audit reads, wherever they stand in an extrinsic.

use super::{
	metadata::Metadata,
	shape::{self, take, Found},
	types::*,
	Malformed,
};
use codec::{Compact, Decode};

/// A call with the bytes that it borrows from its extrinsic.
#[derive(Clone, PartialEq, Debug)]
pub enum Call<'a> {
	/// One intent, by anybody.
	Submit(Intent<'a>),
	/// Many intents, by the operator.
	SubmitBatch(Vec<Intent<'a>>),
	/// The time of the block.
	SetTime(Millis),
	/// A case is opened.
	OpenCase {
		/// Whose case.
		platform: Account,
		/// The digest of the notice.
		notice: Digest,
		/// Its terms.
		terms: Terms,
		/// Who attests.
		policy: Policy,
	},
	/// A case is moved on by hand.
	Advance {
		/// The case.
		case: CaseId,
		/// The stage, by number.
		to: u8,
	},
	/// A case is taken back.
	CancelCase {
		/// The case.
		case: CaseId,
	},
	/// Rows are cleared.
	Clear {
		/// The case.
		case: CaseId,
		/// Rows before it, as stated.
		rows: u32,
		/// Pages, at most.
		pages: u32,
	},
	/// Rows are imported: identity, amount, class.
	Import {
		/// The case.
		case: CaseId,
		/// The first row.
		first: Row,
		/// The rows.
		rows: Vec<([u8; 32], Fen, Class)>,
	},
	/// The roll is locked.
	Lock {
		/// The case.
		case: CaseId,
		/// Rows, as stated.
		heads: u32,
		/// Fen, as stated.
		amount: Fen,
		/// The running digest, as stated.
		digest: [u8; 32],
	},
	/// Claims confirmed in calls: row and amount.
	ConfirmByCall {
		/// The case.
		case: CaseId,
		/// Rows and amounts.
		claims: Vec<(Row, Fen)>,
		/// The record of the calls.
		evidence: EvidenceId,
	},
	/// A ruling.
	Adjudicate {
		/// The case.
		case: CaseId,
		/// The row.
		lender: Row,
		/// What is decided.
		ruling: Ruling,
		/// The grounds.
		evidence: EvidenceId,
	},
	/// A late claim.
	AdmitLate {
		/// The case.
		case: CaseId,
		/// Whose.
		identity: [u8; 32],
		/// How much.
		amount: Fen,
		/// In which class.
		class: Class,
		/// The grounds.
		evidence: EvidenceId,
	},
	/// Claims confirmed by silence.
	DeemConfirmed {
		/// The case.
		case: CaseId,
		/// The rows.
		lenders: Vec<Row>,
		/// The service of the notice.
		evidence: EvidenceId,
	},
	/// Keys bound: row and key.
	Register {
		/// The case.
		case: CaseId,
		/// Rows and keys.
		keys: Vec<(Row, Key)>,
	},
	/// A key replaced.
	Rebind {
		/// The case.
		case: CaseId,
		/// The row.
		lender: Row,
		/// The new key.
		key: Key,
	},
	/// A key taken back.
	Revoke {
		/// The case.
		case: CaseId,
		/// The row.
		lender: Row,
	},
	/// A poll with no consequence.
	OpenPoll {
		/// The case.
		case: CaseId,
		/// The questions.
		items: Vec<Item>,
		/// The end.
		closes_at: Millis,
	},
	/// A poll is taken back.
	CancelPoll {
		/// The poll.
		poll: PollId,
	},
	/// Candidates are listed.
	ListCandidates {
		/// The case.
		case: CaseId,
		/// In which order.
		listing: Vec<Row>,
	},
	/// The lot of the candidates is asked for.
	DrawCandidates {
		/// The case.
		case: CaseId,
	},
	/// Nominations.
	OpenNominations {
		/// The case.
		case: CaseId,
		/// Until when.
		until: Millis,
	},
	/// The first ballot.
	OpenFirstBallot {
		/// The case.
		case: CaseId,
		/// The exit resolution.
		exit: Digest,
		/// The mandate.
		mandate: Mandate,
		/// The end.
		closes_at: Millis,
	},
	/// A recall.
	OpenRecall {
		/// The case.
		case: CaseId,
		/// Who.
		member: Row,
		/// Why.
		grounds: Digest,
		/// The end.
		closes_at: Millis,
	},
	/// A plan.
	ProposePlan {
		/// The case.
		case: CaseId,
		/// The document.
		document: Digest,
		/// What is promised.
		instalments: Vec<Instalment>,
	},
	/// A vote on plans.
	OpenVote {
		/// The case.
		case: CaseId,
		/// The plans.
		plans: Vec<u32>,
		/// The end.
		closes_at: Millis,
	},
	/// A payment.
	ReportPayment {
		/// The case.
		case: CaseId,
		/// Which instalment.
		instalment: u8,
		/// How much.
		amount: Fen,
		/// To how many.
		heads: u32,
		/// The list.
		list: Digest,
	},
	/// A record.
	Deposit {
		/// The case.
		case: CaseId,
		/// What it is about.
		kind: EvidenceKind,
		/// What its digest is over.
		content: Content,
		/// When it was made.
		produced_at: Millis,
		/// What it belongs to.
		parent: Option<EvidenceId>,
		/// What it replaces.
		replaces: Option<EvidenceId>,
	},
	/// Attestations, one or many.
	Attest(Vec<Statement>),
	/// One that the audit does not read, by the names of pallet and call.
	Other(String, String),
}

/// A lender's intent.
#[derive(Clone, PartialEq, Debug)]
pub struct Intent<'a> {
	/// The case.
	pub case: CaseId,
	/// The row.
	pub lender: Row,
	/// The number.
	pub sequence: u64,
	/// The last moment.
	pub valid_until: Millis,
	/// What to do.
	pub call: LenderCall,
	/// All the fields before, as they are signed.
	pub body: &'a [u8],
	/// The signature.
	pub signature: Signature,
}

/// What a lender asks for.
#[derive(Clone, PartialEq, Debug)]
pub enum LenderCall {
	/// A ballot.
	Cast {
		/// The poll.
		poll: PollId,
		/// The marks on each item.
		choices: Vec<u32>,
		/// The digest of the plaintext record.
		record: Digest,
	},
	/// The claim is right.
	Confirm {
		/// The amount agreed to.
		amount: Fen,
	},
	/// The claim is wrong.
	Dispute {
		/// Why.
		reason: Digest,
	},
	/// The lender stands.
	Nominate {
		/// The statement.
		statement: Digest,
	},
	/// A member of the committee proposes a decision.
	Propose {
		/// The document that it is about.
		document: Digest,
	},
	/// The lender complains about a payment.
	Complain {
		/// The complaint.
		complaint: Digest,
	},
	/// Another one that lenders may make.
	Other,
	/// One that lenders may not make.
	Forbidden,
}

/// A call found in an extrinsic.
pub struct Placed<'a> {
	/// The call.
	pub call: Call<'a>,
	/// Pallet and name of the calls around it, outermost first.
	pub wrappers: Vec<(String, String)>,
}

/// All calls of an extrinsic in order, those within others too; `bytes` holds one call and no more.
pub fn calls<'a>(metadata: &Metadata, bytes: &'a [u8]) -> Result<Vec<Placed<'a>>, Malformed> {
	let mut finder = Finder { metadata, wrappers: vec![], calls: vec![] };
	let mut input = bytes;
	finder.found(&mut input, 0)?;
	if input.is_empty() {
		Ok(finder.calls)
	} else {
		Err(Malformed)
	}
}

struct Finder<'m, 'a> {
	metadata: &'m Metadata,
	wrappers: Vec<(String, String)>,
	calls: Vec<Placed<'a>>,
}

impl<'a> Found<'a> for Finder<'_, 'a> {
	fn found(&mut self, input: &mut &'a [u8], depth: u32) -> Result<(), Malformed> {
		let metadata = self.metadata;
		let mut after = *input;
		let index = take(&mut after, 2)?;
		let (pallet, name) = metadata.call_name(index[0], index[1]).ok_or(Malformed)?;
		if let Some(call) = read(metadata, pallet, name, &mut after)? {
			// A batch of intents is long, and its own decoding already followed the metadata.
			if !matches!(call, Call::SubmitBatch(_) | Call::Submit(_)) {
				let mut by_metadata = *input;
				metadata.skip_call(&mut by_metadata)?;
				if by_metadata.len() != after.len() {
					return Err(Malformed);
				}
			}
			self.calls.push(Placed { call, wrappers: self.wrappers.clone() });
			*input = after;
			return Ok(());
		}
		let (pallet, name) = (pallet.to_string(), name.to_string());
		let other = Call::Other(pallet.clone(), name.clone());
		self.calls.push(Placed { call: other, wrappers: self.wrappers.clone() });
		self.wrappers.push((pallet, name));
		let call = metadata.call;
		shape::walk_into(&metadata.types, call, input, Some(call), self, depth + 1)?;
		self.wrappers.pop();
		Ok(())
	}
}

/// The arguments of a call that the audit reads; `None` for any other.
fn read<'a>(
	metadata: &Metadata,
	pallet: &str,
	name: &str,
	input: &mut &'a [u8],
) -> Result<Option<Call<'a>>, Malformed> {
	Ok(Some(match (pallet, name) {
		("Intents", "submit") => Call::Submit(intent(metadata, input)?),
		("Intents", "submit_batch") => {
			let count = Compact::<u32>::decode(input)?.0;
			Call::SubmitBatch(
				(0..count).map(|_| intent(metadata, input)).collect::<Result<_, _>>()?,
			)
		}
		("Timestamp", "set") => Call::SetTime(Compact::<u64>::decode(input)?.0),
		("Cases", "open") => {
			let (platform, _kind, notice, _cut_off) =
				<(Account, u8, Digest, Millis)>::decode(input)?;
			let (terms, policy) = Decode::decode(input)?;
			Call::OpenCase { platform, notice, terms, policy }
		}
		("Cases", "advance") => {
			let (case, to) = Decode::decode(input)?;
			Call::Advance { case, to }
		}
		("Cases", "cancel") => Call::CancelCase { case: Decode::decode(input)? },
		("Claims", "clear") => {
			let (case, rows, pages) = Decode::decode(input)?;
			Call::Clear { case, rows, pages }
		}
		("Claims", "import") => {
			let (case, first, rows) = Decode::decode(input)?;
			Call::Import { case, first, rows }
		}
		("Claims", "lock") => {
			let (case, heads, amount, digest) = Decode::decode(input)?;
			Call::Lock { case, heads, amount, digest }
		}
		("Claims", "confirm_by_call") => {
			let (case, claims, evidence) = Decode::decode(input)?;
			Call::ConfirmByCall { case, claims, evidence }
		}
		("Claims", "adjudicate") => {
			let (case, lender, ruling, evidence) = Decode::decode(input)?;
			Call::Adjudicate { case, lender, ruling, evidence }
		}
		("Claims", "admit_late") => {
			let (case, identity, amount, class, evidence) = Decode::decode(input)?;
			Call::AdmitLate { case, identity, amount, class, evidence }
		}
		("Claims", "deem_confirmed") => {
			let (case, lenders, evidence) = Decode::decode(input)?;
			Call::DeemConfirmed { case, lenders, evidence }
		}
		("IdentityRegistry", "register_batch") => {
			let (case, keys, _) = <(CaseId, Vec<(Row, Key)>, Option<EvidenceId>)>::decode(input)?;
			Call::Register { case, keys }
		}
		("IdentityRegistry", "rebind") => {
			let (case, lender, key, _) = <(CaseId, Row, Key, EvidenceId)>::decode(input)?;
			Call::Rebind { case, lender, key }
		}
		("IdentityRegistry", "revoke") => {
			let (case, lender, _) = <(CaseId, Row, EvidenceId)>::decode(input)?;
			Call::Revoke { case, lender }
		}
		("Polls", "open") => {
			let (case, items, closes_at) = Decode::decode(input)?;
			Call::OpenPoll { case, items, closes_at }
		}
		("Polls", "cancel") => Call::CancelPoll { poll: Decode::decode(input)? },
		("CommitteeElection", "list_candidates") => {
			let (case, listing) = Decode::decode(input)?;
			Call::ListCandidates { case, listing }
		}
		("CommitteeElection", "draw_candidates") => {
			Call::DrawCandidates { case: Decode::decode(input)? }
		}
		("CommitteeElection", "open_nominations") => {
			let (case, until) = Decode::decode(input)?;
			Call::OpenNominations { case, until }
		}
		("CommitteeElection", "open_first_ballot") => {
			let (case, exit, mandate, closes_at) = Decode::decode(input)?;
			Call::OpenFirstBallot { case, exit, mandate, closes_at }
		}
		("CommitteeElection", "open_recall") => {
			let (case, member, grounds, closes_at) = Decode::decode(input)?;
			Call::OpenRecall { case, member, grounds, closes_at }
		}
		("RepaymentVote", "propose_plan") => {
			let (case, document, instalments) = Decode::decode(input)?;
			Call::ProposePlan { case, document, instalments }
		}
		("RepaymentVote", "open_vote") => {
			let (case, plans, closes_at) = Decode::decode(input)?;
			Call::OpenVote { case, plans, closes_at }
		}
		("RepaymentVote", "report_payment") => {
			let (case, instalment, amount, heads, list) = Decode::decode(input)?;
			Call::ReportPayment { case, instalment, amount, heads, list }
		}
		("Evidence", "deposit") => {
			let (case, kind, content, produced_at) = Decode::decode(input)?;
			let (parent, replaces) = Decode::decode(input)?;
			Call::Deposit { case, kind, content, produced_at, parent, replaces }
		}
		("Evidence", "attest") => Call::Attest(vec![Statement::decode(input)?]),
		("Evidence", "attest_batch") => Call::Attest(Decode::decode(input)?),
		_ => return Ok(None),
	}))
}

fn intent<'a>(metadata: &Metadata, input: &mut &'a [u8]) -> Result<Intent<'a>, Malformed> {
	let start = *input;
	let (case, lender, sequence, valid_until) = Decode::decode(input)?;
	let call = lender_call(metadata, input)?;
	let body = &start[..start.len() - input.len()];
	let signature = Signature::decode(input)?;
	Ok(Intent { case, lender, sequence, valid_until, call, body, signature })
}

fn lender_call(metadata: &Metadata, input: &mut &[u8]) -> Result<LenderCall, Malformed> {
	let mut after = *input;
	let index = take(&mut after, 2)?;
	let name = metadata.call_name(index[0], index[1]).ok_or(Malformed)?;
	let call = match name {
		("Polls", "cast") => {
			let poll = PollId::decode(&mut after)?;
			// The only kind of ballot so far: choices that everybody can read.
			if take(&mut after, 1)?[0] != 0 {
				return Err(Malformed);
			}
			let (choices, record) = Decode::decode(&mut after)?;
			LenderCall::Cast { poll, choices, record }
		}
		("Claims", "confirm") => LenderCall::Confirm { amount: Fen::decode(&mut after)? },
		("Claims", "dispute") => LenderCall::Dispute { reason: Digest::decode(&mut after)? },
		("CommitteeElection", "nominate") => {
			LenderCall::Nominate { statement: Digest::decode(&mut after)? }
		}
		("CommitteeElection", "propose_decision") => {
			// The matter.
			take(&mut after, 1)?;
			LenderCall::Propose { document: Digest::decode(&mut after)? }
		}
		("RepaymentVote", "complain") => {
			// The instalment.
			take(&mut after, 1)?;
			LenderCall::Complain { complaint: Digest::decode(&mut after)? }
		}
		("CommitteeElection", "withdraw" | "resign" | "decide")
		| ("RepaymentVote", "acknowledge") => {
			metadata.skip_call(input)?;
			return Ok(LenderCall::Other);
		}
		_ => {
			metadata.skip_call(input)?;
			return Ok(LenderCall::Forbidden);
		}
	};
	*input = after;
	Ok(call)
}
