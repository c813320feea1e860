//! `evidence`: records, attestations, policies.

use super::{blake2_128_concat, prefix, twox_64_concat};
use crate::{digest::Digest, hash::Hash};
use alloc::vec::Vec;
use codec::{Decode, Encode, Error, Input};
use serde::Serialize;

/// An institution's account, 32 bytes.
pub type Account = Hash;

/// The key of a [`Record`].
pub fn record(id: u64) -> Vec<u8> {
	[prefix("Evidence", "Records"), twox_64_concat(&id)].concat()
}

/// The key of the record of a digest in a case, by what it was deposited as; no producer is the
/// chain itself.
pub fn known(case: u32, digest: &Digest, kind: Kind, producer: Option<Account>) -> Vec<u8> {
	let deposited_as = blake2_128_concat(&(kind, producer));
	let of_digest = [twox_64_concat(&case), blake2_128_concat(digest)].concat();
	[prefix("Evidence", "Known"), of_digest, deposited_as].concat()
}

/// The key of an institution's [`Attestation`] of a record.
pub fn attestation(id: u64, arbiter: &Account) -> Vec<u8> {
	[prefix("Evidence", "Attestations"), twox_64_concat(&id), blake2_128_concat(arbiter)].concat()
}

/// The key of a version of a case's [`Policy`].
pub fn policy(case: u32, version: u16) -> Vec<u8> {
	[prefix("Evidence", "Policies"), twox_64_concat(&case), twox_64_concat(&version)].concat()
}

/// The key of the version that new records of a case get, a `u16`.
pub fn current_policy(case: u32) -> Vec<u8> {
	[prefix("Evidence", "CurrentPolicy"), twox_64_concat(&case)].concat()
}

/// [`Content::encoding`] of a value of the chain's own storage, in SCALE.
pub const OF_CHAIN: u16 = 0;
/// [`Content::encoding`] of one document.
pub const DOCUMENT: u16 = 1;
/// [`Content::encoding`] of a batch of records.
pub const BATCH: u16 = 2;

/// What is recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Content {
	/// The digest of one document, or the Merkle root over a batch.
	pub digest: Digest,
	/// Leaves of the Merkle tree; 1 for a document.
	pub leaves: u32,
	/// Bytes of the plaintext; 0 for a value of the chain.
	pub size: u64,
	/// How the plaintext was digested: [`OF_CHAIN`], [`DOCUMENT`] or [`BATCH`].
	pub encoding: u16,
}

/// What a record is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
	/// The exit notice, or another notice to lenders.
	#[codec(index = 0)]
	Notice,
	/// Proof that a notice was served.
	#[codec(index = 1)]
	NoticeService,
	/// The locked roll.
	#[codec(index = 2)]
	Roll,
	/// Face checks and certificates.
	#[codec(index = 3)]
	Identity,
	/// Recordings of confirmation calls.
	#[codec(index = 4)]
	ConfirmationCall,
	/// The grounds of an adjudicated claim.
	#[codec(index = 5)]
	Adjudication,
	/// A candidate's statement.
	#[codec(index = 6)]
	Candidate,
	/// Plaintext records of ballots.
	#[codec(index = 7)]
	Ballots,
	/// The outcome of a poll.
	#[codec(index = 8)]
	PollOutcome,
	/// A repayment plan's document.
	#[codec(index = 9)]
	Plan,
	/// A committee's decision.
	#[codec(index = 10)]
	Decision,
	/// A payment list and its bank proof.
	#[codec(index = 11)]
	Payment,
	/// A change of a case's stage.
	#[codec(index = 12)]
	Stage,
	/// Anything else.
	#[codec(index = 13)]
	Other,
}

/// What a record is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
	/// The quorum is open.
	#[codec(index = 0)]
	Pending,
	/// Enough institutions confirmed it.
	#[codec(index = 1)]
	Effective,
	/// The quorum cannot be reached any more.
	#[codec(index = 2)]
	Rejected,
	/// Its producer replaced it before it was rejected.
	#[codec(index = 3)]
	Superseded,
}

/// Verdicts so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct Counts {
	/// Confirmations.
	pub confirmed: u8,
	/// Those of them by independent institutions.
	pub confirmed_independent: u8,
	/// Rejections, and words that the content was absent.
	pub rejected: u8,
	/// Those of them by independent institutions.
	pub rejected_independent: u8,
}

/// An evidence record.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Record {
	/// The case.
	pub case: u32,
	/// What it is about.
	pub kind: Kind,
	/// What is recorded.
	pub content: Content,
	/// Who deposited it; `None` for the chain itself.
	pub producer: Option<Account>,
	/// When it was made, in milliseconds, as its producer claims.
	pub produced_at: u64,
	/// The chain's time when it was deposited, in milliseconds.
	pub deposited_at: u64,
	/// The block in which it was deposited.
	pub block: u32,
	/// The record that it follows.
	pub parent: Option<u64>,
	/// The record that it corrects.
	pub replaces: Option<u64>,
	/// The record that corrects it.
	pub superseded_by: Option<u64>,
	/// The version of the case's policy by which it is attested.
	pub policy: u16,
	/// What it is worth.
	pub state: RecordState,
	/// The block in which it became effective or rejected.
	pub decided_at: Option<u32>,
	/// The verdicts so far.
	pub counts: Counts,
}

/// What an institution found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub enum Verdict {
	/// It saw the plaintext, and the digest is right.
	#[codec(index = 0)]
	Confirm,
	/// It does not stand for the record.
	#[codec(index = 1)]
	Reject {
		/// The digest of its written reasons.
		reason: Digest,
	},
	/// It did not get the content in time, and may speak once more.
	#[codec(index = 2)]
	Absent {
		/// The digest of its written reasons.
		reason: Digest,
	},
}

/// That an institution had called the content absent before it found it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Absence {
	/// The digest of its written reasons.
	pub reason: Digest,
	/// The block in which it said so.
	pub block: u32,
}

/// One institution's word on one record. It decodes also as chains stored it before a word could follow another:
/// proof files of that time must stay readable.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode)]
pub struct Attestation {
	/// What it found.
	pub verdict: Verdict,
	/// The block in which it said so.
	pub block: u32,
	/// The word that this one followed.
	pub before: Option<Absence>,
}

impl Decode for Attestation {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let (verdict, block) = Decode::decode(input)?;
		let ends = input.remaining_len()? == Some(0);
		let before = if ends { None } else { Decode::decode(input)? };
		Ok(Self { verdict, block, before })
	}
}

/// Whether an institution has ties to platform or operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
	/// No tie.
	#[codec(index = 0)]
	Independent,
	/// Owned, paid or run by one of them.
	#[codec(index = 1)]
	Related,
}

/// Who attests the evidence of a case, and how many confirmations make a record effective.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Policy {
	/// The institutions asked, each once.
	pub arbiters: Vec<(Account, Relation)>,
	/// Confirmations needed.
	pub required: u8,
	/// How many of them must be by independent institutions.
	pub independent: u8,
}
