//! A ballot that fails leaves nothing behind. The runtime casts ballots without a storage layer of
//! their own, so the ballot engine itself must have checked everything before it writes.

use crate::{
	case::{cast, deposit, refusals, submit_batch, Case},
	chain::{general, Chain},
	state::items,
};
use frame_support::assert_ok;
use pallet_intents::{Refusal, SignedIntent};
use sp_runtime::DispatchError;
use winddown_primitives::{CaseId, Choice, EvidenceKind, PollId};
use winddown_runtime::{
	genesis_config_presets::Institution::{Association, Operator},
	Intents, Runtime, RuntimeCall,
};

type ClaimError = pallet_claims::Error<Runtime>;
type PollError = pallet_polls::Error<Runtime>;

/// Two cases that vote, and everything that can go wrong with a ballot.
struct Scene {
	chain: Chain,
	case: Case,
	/// An open poll of the case, in which lender 2 has no more ballots to replace.
	poll: PollId,
	/// An open poll of the other case.
	foreign: PollId,
	/// A poll of the case whose time is over, and which nobody closed yet.
	over: PollId,
	/// One that was closed.
	closed: PollId,
}

impl Scene {
	fn new() -> Self {
		let mut chain = Chain::new("local_testnet");
		let case = Case::electing(&mut chain);
		exclude(&mut chain, case, 3);
		let (over, closed) = (case.poll(&mut chain), case.poll(&mut chain));
		chain.wait_until(chain.now() + 700_000);
		assert_ok!(chain.submit(Operator, pallet_polls::Call::close { poll: closed }));
		let other = Case::electing(&mut chain);
		let (poll, foreign) = (case.poll(&mut chain), other.poll(&mut chain));
		for _ in 0..3 {
			case.acts(&mut chain, 2, cast(poll, &[Choice::FOR], "ballot of 2"));
		}
		chain.pass_session_start();
		Self { chain, case, poll, foreign, over, closed }
	}

	/// Ballots that fail, each by a lender of its own or in a row with other failures.
	fn failing(&mut self) -> Vec<(SignedIntent<RuntimeCall>, DispatchError)> {
		let Self { poll, foreign, over, closed, .. } = *self;
		let one = [Choice::FOR];
		let ballots: [(u32, PollId, &[Choice], DispatchError); 10] = [
			(0, 99, &one, PollError::UnknownPoll.into()),
			(1, closed, &one, PollError::PollClosed.into()),
			(4, over, &one, PollError::PollClosed.into()),
			(5, foreign, &one, PollError::WrongCase.into()),
			(6, poll, &[], PollError::WrongNumberOfChoices.into()),
			(6, poll, &[Choice::FOR; 2], PollError::WrongNumberOfChoices.into()),
			(7, poll, &[Choice(0b11)], PollError::InvalidChoice.into()),
			(8, poll, &[Choice(0b100)], PollError::InvalidChoice.into()),
			(2, poll, &one, PollError::RevotesExhausted.into()),
			(3, poll, &one, ClaimError::ClaimExcluded.into()),
		];
		let mut used = std::collections::BTreeMap::<u32, u64>::new();
		let sign = |(row, poll, choices, error): (u32, PollId, &[Choice], DispatchError)| {
			let call = cast(poll, choices, "a failing ballot");
			let mut draft = self.case.draft(&mut self.chain, row, call);
			// The second one of a lender goes on where the first one ended.
			draft.intent.sequence += *used.entry(row).and_modify(|n| *n += 1).or_default();
			(draft.signed(), error)
		};
		ballots.into_iter().map(sign).collect()
	}
}

/// The association takes a claim off the roll.
fn exclude(chain: &mut Chain, case: Case, lender: u32) {
	let evidence = deposit(chain, case, Association, EvidenceKind::Adjudication, "a relative");
	let ruling = pallet_claims::Ruling::Exclude;
	let call = pallet_claims::Call::adjudicate { case_id: case.id, lender, ruling, evidence };
	assert_ok!(chain.submit(Association, call));
}

fn sequences(chain: &mut Chain, case: CaseId) -> Vec<u64> {
	chain.with(|| (0..9).map(|row| Intents::last_sequence(case, row)).collect())
}

#[test]
fn a_failing_ballot_in_a_batch_leaves_nothing_behind_but_its_sequence() {
	let mut scene = Scene::new();
	let (intents, errors): (Vec<_>, Vec<_>) = scene.failing().into_iter().unzip();
	let Scene { mut chain, case, .. } = scene;
	let before = sequences(&mut chain, case.id);

	// The same block twice, once with the ballots and once with an empty batch: the two states
	// differ in the used sequences, the events and what the block weighs, and in nothing else.
	let with = chain.state_after(vec![(Operator, submit_batch(intents.clone()))]);
	let without = chain.state_after(vec![(Operator, submit_batch(Vec::new()))]);
	let expected =
		["Intents::Sequences", "System::BlockWeight", "System::EventCount", "System::Events"];
	assert_eq!(with.changes(&without), items(&expected));

	let expected = (0..).zip(errors.into_iter().map(Refusal::CallFailed)).collect::<Vec<_>>();
	assert_eq!(chain.batch(intents), expected);
	let tried = [1, 1, 1, 1, 1, 1, 2, 1, 1];
	let after: Vec<u64> = before.iter().zip(tried).map(|(last, more)| last + more).collect();
	assert_eq!(sequences(&mut chain, case.id), after);
}

#[test]
fn a_failing_ballot_that_comes_alone_leaves_nothing_behind_but_its_sequence() {
	let mut scene = Scene::new();
	for (signed, error) in scene.failing() {
		let Scene { chain, case, .. } = &mut scene;
		chain.pass_session_start();
		let before = chain.state();
		let used = sequences(chain, case.id);
		let submit = pallet_intents::Call::submit { signed: Box::new(signed.clone()) };
		assert_eq!(chain.block(vec![general(submit)]), [Ok(Ok(()))]);
		assert_eq!(refusals(chain), [(0, Refusal::CallFailed(error))]);
		assert_eq!(chain.state().lasting_changes(&before), items(&["Intents::Sequences"]));
		let row = signed.intent.lender as usize;
		assert_eq!(sequences(chain, case.id)[row], used[row] + 1);
	}
}

#[test]
fn failing_ballots_between_good_ones_do_not_disturb_the_count() {
	let mut scene = Scene::new();
	let failing = scene.failing();
	let Scene { mut chain, case, poll, .. } = scene;
	let mut good = |row, more| {
		let mut draft = case.draft(&mut chain, row, cast(poll, &[Choice::AGAINST], "good"));
		draft.intent.sequence += more;
		draft.signed()
	};
	let mut good = vec![good(0, 1), good(8, 1), good(6, 2)].into_iter();
	let mut intents = Vec::new();
	for (at, (signed, _)) in failing.into_iter().enumerate() {
		intents.push(signed);
		if at == 0 || at == 7 || at == 8 {
			intents.extend(good.next());
		}
	}
	assert_eq!(chain.batch(intents).len(), 10);
	let tally = chain.with(|| winddown_runtime::Polls::tally(poll));
	// Lenders 0, 2, 6 and 8, all of class 0: lender 2 for it, the others against.
	let count = |heads, amount| winddown_primitives::Votes { heads, amount };
	assert_eq!(tally[0].1.voted, count(4, 2_000_000));
	assert_eq!(tally[0].1.options.to_vec(), [count(1, 300_000), count(3, 1_700_000)]);
	assert_eq!(tally[1].1.voted, count(0, 0));
}
