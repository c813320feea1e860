//! Intents that are refused before anything of them is done, alone and among others.

use super::{both, lone, signed_with};
use crate::{
	case::{cast, confirm, deposit, Case, Draft, Signer, Wrapping, CLAIMS},
	chain::Chain,
	state::items,
};
use frame_support::assert_ok;
use pallet_identity_registry::Error as RegistryError;
use pallet_intents::{Refusal, SignedIntent};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionSource};
use winddown_primitives::{Choice, EvidenceKind, PollId, PoolRefusal};
use winddown_runtime::{
	genesis_config_presets::Institution::{Association, Registrar},
	Intents, Polls, Runtime, RuntimeCall,
};

/// How far ahead the end of an intent may lie: thirty days.
const LONGEST: u64 = 30 * 24 * 60 * 60 * 1_000;

/// A case with an open poll, in which lender 5 lost the key and a late row has none yet.
struct Scene {
	chain: Chain,
	case: Case,
	poll: PollId,
}

impl Scene {
	fn new() -> Self {
		let mut chain = Chain::new("local_testnet");
		let case = Case::electing(&mut chain);
		let grounds = deposit(&mut chain, case, Association, EvidenceKind::Adjudication, "late");
		let admit = pallet_claims::Call::admit_late {
			case_id: case.id,
			identity: case.identity(9),
			amount: 1,
			class_id: 0,
			evidence: grounds,
		};
		assert_ok!(chain.submit(Association, admit));
		let lost = deposit(&mut chain, case, Registrar, EvidenceKind::Identity, "a lost telephone");
		let revoke =
			pallet_identity_registry::Call::revoke { case_id: case.id, lender: 5, evidence: lost };
		assert_ok!(chain.submit(Registrar, revoke));
		let poll = case.poll(&mut chain);
		Self { chain, case, poll }
	}

	/// The next ballot of the lender in a row.
	fn ballot(&mut self, row: u32) -> Draft {
		let call = cast(self.poll, &[Choice::FOR], &format!("ballot of {row}"));
		self.case.draft(&mut self.chain, row, call)
	}

	/// Intents of lenders 1, 5 and 9 that must be refused, each with the reason.
	fn flawed(&mut self) -> Vec<(&'static str, SignedIntent<RuntimeCall>, Refusal)> {
		use Refusal::*;
		let (good, now) = (self.ballot(1), self.chain.now());
		let (revoked, unbound) = (self.ballot(5).signed(), self.ballot(9).signed());
		let no_key = |error: RegistryError<Runtime>| NoActiveKey(error.into());
		let with = |change: fn(&mut Draft)| signed_with(&good, change);
		let until = |end| signed_with(&good, |draft| draft.intent.valid_until = end);
		let above_its_end = with(|draft| draft.intent.sequence = draft.intent.valid_until + 1);
		let (mut other_call, mut other_row) = (good.signed(), good.signed());
		other_call.intent.call = cast(self.poll, &[Choice::AGAINST], "ballot of 1");
		other_row.intent.lender = 2;
		let foreign_chain = with(|draft| draft.genesis[0] ^= 1);
		let foreign_key = with(|draft| draft.signer = Signer::of(0, 2));
		let other_key = with(|draft| draft.signer = Signer::new("//nobody", 1));
		let (no_case, no_row) =
			(with(|draft| draft.intent.case = 7), with(|draft| draft.intent.lender = 10));
		vec![
			("replayed", with(|draft| draft.intent.sequence -= 1), SequenceUsed),
			("expired", until(now - 1), Expired),
			("valid too long", until(now + LONGEST + 600_000), ValidTooLong),
			("with a sequence above its end", above_its_end, SequenceTooHigh),
			("of a case that does not exist", no_case, no_key(RegistryError::NoSuchRow)),
			("of a row that does not exist", no_row, no_key(RegistryError::NoSuchRow)),
			("of another chain", foreign_chain, BadSignature),
			("signed with another lender's key", foreign_key, BadSignature),
			("signed with another key of the same kind", other_key, BadSignature),
			("changed after it was signed", other_call, BadSignature),
			("used by another lender", other_row, BadSignature),
			("signed with a revoked key", revoked, no_key(RegistryError::KeyRevoked)),
			("signed with an unknown key", unbound, no_key(RegistryError::NotRegistered)),
		]
	}
}

/// The code with which the pool answers.
fn code_of(reason: Refusal) -> u8 {
	match reason {
		Refusal::Expired => 101,
		Refusal::ValidTooLong => 102,
		Refusal::CallNotAllowed => 103,
		Refusal::SequenceUsed => 104,
		Refusal::NoActiveKey(_) => 105,
		Refusal::BadSignature => 106,
		Refusal::CallFailed(_) => unreachable!("the pool does not run calls"),
		Refusal::SequenceTooHigh => 108,
	}
}

#[test]
fn a_flawed_intent_that_comes_alone_enters_neither_the_pool_nor_a_block() {
	let mut scene = Scene::new();
	for (flaw, signed, reason) in scene.flawed() {
		let chain = &mut scene.chain;
		let refused = InvalidTransaction::Custom(code_of(reason)).into();
		for transaction in both(signed) {
			for source in [TransactionSource::External, TransactionSource::Local] {
				assert_eq!(chain.pool(source, transaction.clone()), Err(refused), "{flaw}");
			}
			chain.pass_session_start();
			let before = chain.state();
			assert_eq!(chain.block(vec![transaction.clone()]), [Err(refused)], "{flaw}");
			assert_eq!(chain.state().lasting_changes(&before), items(&[]), "{flaw}");
			assert!(chain.refuses_block_with(transaction), "{flaw}");
		}
	}
	let good = lone(scene.ballot(1).signed());
	assert_ok!(scene.chain.pool(TransactionSource::External, good.clone()));
	assert_eq!(scene.chain.block(vec![good]), [Ok(Ok(()))]);
}

#[test]
fn a_flawed_intent_in_a_batch_is_named_and_the_others_count() {
	let mut scene = Scene::new();
	let mut intents = vec![scene.ballot(3).signed()];
	let mut expected = Vec::new();
	for (_, signed, reason) in scene.flawed() {
		expected.push((intents.len() as u32, reason));
		intents.push(signed);
	}
	intents.push(scene.ballot(1).signed());
	intents.push(scene.ballot(4).signed());
	let Scene { mut chain, case, poll } = scene;

	chain.pass_session_start();
	assert_eq!(chain.batch(intents), expected);
	chain.with(|| {
		for row in 0..10 {
			let counts = [1, 3, 4].contains(&row);
			assert_eq!(Polls::has_voted(poll, row), counts, "row {row}");
			// One for the confirmation, one more for the ballot; the late row did neither.
			let used = u64::from(row != 9) + u64::from(counts);
			assert_eq!(Intents::last_sequence(case.id, row), used, "row {row}");
		}
		let turnout = Polls::tally(poll).iter().map(|(_, tally)| tally.voted.amount).sum::<u128>();
		assert_eq!(turnout, CLAIMS[1] + CLAIMS[3] + CLAIMS[4]);
	});
}

#[test]
fn a_batch_of_nothing_but_flawed_intents_changes_nothing() {
	let mut scene = Scene::new();
	let (intents, reasons): (Vec<_>, Vec<_>) =
		scene.flawed().into_iter().map(|(_, signed, reason)| (signed, reason)).unzip();
	let chain = &mut scene.chain;
	chain.pass_session_start();
	let before = chain.state();
	assert_eq!(chain.batch(intents), (0..).zip(reasons).collect::<Vec<_>>());
	assert_eq!(chain.state().lasting_changes(&before), items(&[]));
}

#[test]
fn an_intent_is_carried_out_once_however_it_is_carried_again() {
	let Scene { mut chain, case, poll } = Scene::new();
	let ballot = case.intent(&mut chain, 2, cast(poll, &[Choice::FOR], "ballot of 2"));
	assert_eq!(chain.alone(ballot.clone()), Ok(Ok(())));
	let used = Err(InvalidTransaction::Custom(PoolRefusal::SequenceUsed.code()).into());
	assert_eq!(chain.alone(ballot.clone()), used);
	assert_eq!(chain.batch(vec![ballot.clone()]), [(0, Refusal::SequenceUsed)]);

	// Nor twice in one batch, nor alone behind the batch of the same block.
	let ballot = case.intent(&mut chain, 3, cast(poll, &[Choice::FOR], "ballot of 3"));
	let twice = vec![ballot.clone(), ballot.clone()];
	assert_eq!(chain.batch(twice), [(1, Refusal::SequenceUsed)]);
	let ballot = case.intent(&mut chain, 4, cast(poll, &[Choice::FOR], "ballot of 4"));
	let results = chain.block(vec![lone(ballot.clone()), lone(ballot)]);
	assert_eq!(results, [Ok(Ok(())), used]);
	chain.with(|| {
		let revision = |row| Polls::ballot(poll, row).map(|ballot| ballot.revision);
		assert_eq!([2, 3, 4].map(revision), [Some(1); 3]);
	});
}

#[test]
fn the_lender_of_another_case_has_no_say_in_this_one() {
	let Scene { mut chain, case, poll } = Scene::new();
	let other = Case::locked(&mut chain);
	let ballot = cast(poll, &[Choice::FOR], "a foreign ballot");
	let bad_signature = Err(InvalidTransaction::Custom(PoolRefusal::BadSignature.code()).into());

	// What is signed for one case does not pass for the same row of another one.
	let mut foreign = case.intent(&mut chain, 0, ballot.clone());
	foreign.intent.case = other.id;
	assert_eq!(chain.alone(foreign.clone()), bad_signature);
	assert_eq!(chain.batch(vec![foreign]), [(0, Refusal::BadSignature)]);
	let draft = other.draft(&mut chain, 0, ballot.clone());
	let claimed = signed_with(&draft, |draft| draft.intent.case = case.id);
	assert_eq!(
		chain.alone(claimed),
		Err(InvalidTransaction::Custom(PoolRefusal::SequenceUsed.code()).into())
	);
	let claimed = signed_with(&draft, |draft| {
		draft.intent.case = case.id;
		draft.intent.sequence = 9;
	});
	assert_eq!(chain.alone(claimed), bad_signature);

	// And a lender of the other case who signs as such does not vote in this one.
	other.fails(&mut chain, 0, ballot, pallet_polls::Error::<Runtime>::WrongCase);
	other.acts(&mut chain, 0, confirm(CLAIMS[0]));
}

#[test]
fn a_new_key_signs_where_the_old_one_no_longer_does() {
	let Scene { mut chain, case, poll } = Scene::new();
	let key = Signer::new("//new telephone", 0).key();
	let evidence = deposit(&mut chain, case, Registrar, EvidenceKind::Identity, "a face check");
	let rebind =
		pallet_identity_registry::Call::rebind { case_id: case.id, lender: 5, key, evidence };
	assert_ok!(chain.submit(Registrar, rebind));
	let draft = case.draft(&mut chain, 5, cast(poll, &[Choice::FOR], "ballot of 5"));
	let bad_signature = Err(InvalidTransaction::Custom(PoolRefusal::BadSignature.code()).into());
	assert_eq!(chain.alone(draft.signed()), bad_signature);
	let signed = signed_with(&draft, |draft| draft.signer = Signer::new("//new telephone", 0));
	assert_eq!(chain.alone(signed), Ok(Ok(())));
	chain.with(|| assert!(Polls::has_voted(poll, 5)));
}

#[test]
fn a_thief_cannot_use_up_the_sequences_of_a_row() {
	let Scene { mut chain, case, poll } = Scene::new();
	let stolen = case.draft(&mut chain, 2, cast(poll, &[Choice::AGAINST], "the thief's ballot"));
	let highest = signed_with(&stolen, |draft| draft.intent.sequence = u64::MAX);
	let too_high = InvalidTransaction::Custom(PoolRefusal::SequenceTooHigh.code()).into();
	let external = TransactionSource::External;
	assert_eq!(chain.pool(external, lone(highest.clone())), Err(too_high));
	assert_eq!(chain.alone(highest.clone()), Err(too_high));
	assert_eq!(chain.batch(vec![highest]), [(0, Refusal::SequenceTooHigh)]);

	// The most that the thief can do: an intent that holds for as long as the chain allows, with a
	// sequence as high as its end.
	chain.pass_session_start();
	let end = chain.now() + 3_000 + LONGEST;
	let furthest = signed_with(&stolen, |draft| {
		(draft.intent.sequence, draft.intent.valid_until) = (end, end);
	});
	assert_eq!(chain.alone(furthest), Ok(Ok(())));

	let new = Signer::new("//new telephone", 0);
	let evidence = deposit(&mut chain, case, Registrar, EvidenceKind::Identity, "a face check");
	let rebind = pallet_identity_registry::Call::rebind {
		case_id: case.id,
		lender: 2,
		key: new.key(),
		evidence,
	};
	assert_ok!(chain.submit(Registrar, rebind));
	let draft = case.draft(&mut chain, 2, cast(poll, &[Choice::FOR], "ballot of 2"));
	let signed = signed_with(&draft, |draft| {
		draft.signer = new;
		draft.intent.valid_until = draft.intent.sequence;
	});
	assert_eq!(chain.alone(signed), Ok(Ok(())));
	chain.with(|| {
		let ballot = Polls::ballot(poll, 2).expect("it counts");
		assert_eq!((ballot.revision, ballot.choices.to_vec()), (2, vec![Choice::FOR]));
		assert_eq!(Intents::last_sequence(case.id, 2), end + 1);
	});
}

#[test]
fn every_kind_of_key_signs_raw_or_wrapped_in_bytes_alone_or_in_a_batch() {
	let Scene { mut chain, case, poll } = Scene::new();
	// Rows 0 to 2 have one key of each kind; each may replace the ballot twice.
	for row in 0..3 {
		for wrapping in [Wrapping::Raw, Wrapping::Bytes] {
			let mut draft = case.draft(&mut chain, row, cast(poll, &[Choice::FOR], "alone"));
			draft.wrapping = wrapping;
			let transaction = lone(draft.signed());
			assert_ok!(chain.pool(TransactionSource::External, transaction.clone()));
			assert_eq!(chain.block(vec![transaction]), [Ok(Ok(()))], "{row} {wrapping:?}");
		}
	}
	let batch = (0..3).chain([3, 4, 6]).map(|row| {
		let mut draft = case.draft(&mut chain, row, cast(poll, &[Choice::AGAINST], "together"));
		draft.wrapping = if row < 3 { Wrapping::Raw } else { Wrapping::Bytes };
		draft.signed()
	});
	let batch = batch.collect();
	assert_eq!(chain.batch(batch), []);
	chain.with(|| {
		let revision = |row| Polls::ballot(poll, row).map(|ballot| ballot.revision);
		assert_eq!([0, 1, 2, 3, 4, 6].map(revision), [3, 3, 3, 1, 1, 1].map(Some));
	});
}

#[test]
fn an_intent_is_good_until_the_moment_that_it_names_and_that_moment_included() {
	let Scene { mut chain, case, poll } = Scene::new();
	chain.pass_session_start();
	let next_block = chain.now() + 3_000;
	let mut draft = case.draft(&mut chain, 1, cast(poll, &[Choice::FOR], "in time"));
	draft.intent.valid_until = next_block - 1;
	// The pool judges by the last block; by the next one it is late.
	assert_ok!(chain.pool(TransactionSource::External, lone(draft.signed())));
	let expired = Err(InvalidTransaction::Custom(PoolRefusal::Expired.code()).into());
	draft.intent.valid_until = next_block;
	let in_time = lone(draft.signed());
	draft.intent.valid_until = next_block - 1;
	assert_eq!(chain.block(vec![lone(draft.signed()), in_time]), [expired, Ok(Ok(()))]);

	chain.pass_session_start();
	let longest = chain.now() + 3_000 + LONGEST;
	let mut draft = case.draft(&mut chain, 1, cast(poll, &[Choice::FOR], "for long"));
	draft.intent.valid_until = longest + 1;
	let too_long = lone(draft.signed());
	draft.intent.valid_until = longest;
	let refused = Err(InvalidTransaction::Custom(PoolRefusal::ValidTooLong.code()).into());
	assert_eq!(chain.block(vec![too_long, lone(draft.signed())]), [refused, Ok(Ok(()))]);
}
