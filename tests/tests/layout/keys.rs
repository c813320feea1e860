//! Keys of the storage, and how columns are cut into pages and cells.

use winddown_primitives::{Digest, EvidenceKind, LenderKey};
use winddown_proof::{
	digest,
	layout::{self, cells::Ballot, evidence, grandpa, polls, roll},
	Hash,
};
use winddown_runtime::{AccountId, Runtime};
use winddown_verifier::chain::storage;

const CASE: u32 = 7;
const POLL: u32 = 300;
/// A row in the third page.
const ROW: u32 = 130;
const PAGE: u32 = 2;
const RECORD: u64 = 70_000;

fn arbiter() -> AccountId {
	AccountId::new([5; 32])
}

#[test]
fn offline_proofs_look_where_the_runtime_stores() {
	use pallet_claims::{Adjusted, Entries};
	use pallet_evidence::{Attestations, CurrentPolicy, Known, Policies, Records};
	use pallet_identity_registry::{Identities, Keys};
	use pallet_polls::{Ballots, Booths, Polls, Results, Tallies};

	let digest = digest::Algorithm::Sm3.hash(b"a record");
	let on_chain = Digest::Sm3(digest.bytes);
	let account = Hash([5; 32]);
	let pairs: Vec<(Vec<u8>, Vec<u8>)> = vec![
		(layout::time(), pallet_timestamp::Now::<Runtime>::hashed_key().into()),
		(polls::poll(POLL), Polls::<Runtime>::hashed_key_for(POLL)),
		(polls::booth(POLL), Booths::<Runtime>::hashed_key_for(POLL)),
		(polls::ballots(POLL, ROW), Ballots::<Runtime>::hashed_key_for(POLL, PAGE)),
		(polls::tally(POLL, 3), Tallies::<Runtime>::hashed_key_for(POLL, 3)),
		(polls::result(POLL), Results::<Runtime>::hashed_key_for(POLL)),
		(roll::identities(CASE, ROW), Identities::<Runtime>::hashed_key_for(CASE, PAGE)),
		(roll::keys(CASE, ROW), Keys::<Runtime>::hashed_key_for(CASE, PAGE)),
		(roll::entries(CASE, ROW), Entries::<Runtime>::hashed_key_for(CASE, PAGE)),
		(roll::adjusted(CASE, ROW), Adjusted::<Runtime>::hashed_key_for(CASE, ROW)),
		(evidence::record(RECORD), Records::<Runtime>::hashed_key_for(RECORD)),
		(
			evidence::known(CASE, &digest, evidence::Kind::Plan, Some(account)),
			Known::<Runtime>::hashed_key_for((
				CASE,
				on_chain,
				(EvidenceKind::Plan, Some(arbiter())),
			)),
		),
		(
			evidence::known(CASE, &digest, evidence::Kind::Stage, None),
			Known::<Runtime>::hashed_key_for((
				CASE,
				on_chain,
				(EvidenceKind::Stage, None::<AccountId>),
			)),
		),
		(
			evidence::attestation(RECORD, &account),
			Attestations::<Runtime>::hashed_key_for(RECORD, arbiter()),
		),
		(evidence::policy(CASE, 2), Policies::<Runtime>::hashed_key_for(CASE, 2)),
		(evidence::current_policy(CASE), CurrentPolicy::<Runtime>::hashed_key_for(CASE)),
		(grandpa::set_id(), pallet_grandpa::CurrentSetId::<Runtime>::hashed_key().into()),
		(grandpa::authorities(), pallet_grandpa::Authorities::<Runtime>::hashed_key().into()),
	];
	for (at, (ours, theirs)) in pairs.into_iter().enumerate() {
		assert_eq!(ours, theirs, "pair {at}");
	}
}

#[test]
fn the_audit_looks_where_the_runtime_stores() {
	let page =
		|pallet, column| storage::key(pallet, column, &[&CASE.to_le_bytes(), &PAGE.to_le_bytes()]);
	let of_case = |pallet, entry| storage::key(pallet, entry, &[&storage::twox(&CASE)]);
	let of_row = |pallet, entry| [of_case(pallet, entry), storage::twox(&ROW)].concat();
	let key = LenderKey::Ecdsa([3; 33]);
	let owner = [of_case("IdentityRegistry", "KeyOwners"), storage::blake(&key)].concat();
	let institution = storage::key("Consortium", "Institutions", &[&storage::blake(&[5u8; 32])]);
	let progress = [of_case("RepaymentVote", "Progresses"), storage::twox(&4u8)].concat();
	let plan = [of_case("RepaymentVote", "Plans"), storage::twox(&4u32)].concat();
	let pairs: Vec<(Vec<u8>, Vec<u8>)> = vec![
		(
			page("Intents", "Sequences"),
			pallet_intents::Sequences::<Runtime>::hashed_key_for(CASE, PAGE),
		),
		(of_case("Claims", "Rolls"), pallet_claims::Rolls::<Runtime>::hashed_key_for(CASE)),
		(
			of_row("Claims", "Adjusted"),
			pallet_claims::Adjusted::<Runtime>::hashed_key_for(CASE, ROW),
		),
		(owner, pallet_identity_registry::KeyOwners::<Runtime>::hashed_key_for(CASE, key)),
		(
			of_case("CommitteeElection", "Committees"),
			pallet_committee_election::Committees::<Runtime>::hashed_key_for(CASE),
		),
		(
			of_case("RepaymentVote", "Adopted"),
			pallet_repayment_vote::Adopted::<Runtime>::hashed_key_for(CASE),
		),
		(plan, pallet_repayment_vote::Plans::<Runtime>::hashed_key_for(CASE, 4)),
		(progress, pallet_repayment_vote::Progresses::<Runtime>::hashed_key_for(CASE, 4)),
		(institution, pallet_consortium::Institutions::<Runtime>::hashed_key_for(arbiter())),
	];
	for (at, (ours, theirs)) in pairs.into_iter().enumerate() {
		assert_eq!(ours, theirs, "pair {at}");
	}
}

#[test]
fn pages_and_cells_have_the_runtimes_sizes() {
	use winddown_primitives::{pages::PAGE_ROWS, MAX_ITEMS};

	assert_eq!((layout::PAGE_ROWS, storage::PAGE_ROWS), (PAGE_ROWS, PAGE_ROWS));
	for items in 1..=MAX_ITEMS as usize {
		assert_eq!(Ballot::width(items), pallet_polls::CastBallot::width(items));
	}
	let widths = [
		(roll::ENTRY_WIDTH, pallet_claims::ENTRY_WIDTH),
		(roll::KEY_WIDTH, pallet_identity_registry::KEY_WIDTH),
		(roll::IDENTITY_WIDTH, pallet_identity_registry::IDENTITY_WIDTH),
	];
	for (ours, theirs) in widths {
		assert_eq!(ours, theirs as usize);
	}
}
