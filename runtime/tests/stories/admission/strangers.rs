//! Accounts without an institution behind them, suspended ones and removed ones.

use super::{custom, empty_batch, next_of, refused, remark, POOLS};
use crate::{
	chain::{general, sign, Chain},
	state::items,
};
use frame_support::assert_ok;
use pallet_consortium::{Call, Error, Event};
use sp_runtime::{
	generic::Preamble,
	traits::{BlakeTwo256, Hash},
	transaction_validity::{InvalidTransaction, TransactionSource, UnknownTransaction},
	DispatchError,
};
use winddown_primitives::{PoolRefusal, Role};
use winddown_runtime::{
	genesis_config_presets::Institution::{self, ArbiterOne, Operator, Platform, Registrar},
	Runtime, RuntimeEvent, UncheckedExtrinsic,
};

type SystemCall = frame_system::Call<Runtime>;

#[test]
fn a_transaction_of_an_unknown_account_never_enters_the_pool_nor_a_block() {
	let mut chain = Chain::new("local_testnet");
	let unknown = Err(custom(PoolRefusal::NotAdmitted));
	for call in [remark(1), empty_batch()] {
		let transaction = chain.with(|| sign("Stranger", call, 0));
		for source in POOLS {
			assert_eq!(chain.pool(source, transaction.clone()), unknown);
		}
		let before = chain.state();
		assert_eq!(chain.block(vec![transaction.clone()]), [Err(custom(PoolRefusal::NotAdmitted))]);
		assert_eq!(chain.state().lasting_changes(&before), items(&[]));
		// Nor does an author who breaks the rules get it past the other nodes.
		assert!(chain.refuses_block_with(transaction));
	}
}

#[test]
fn an_institution_is_not_taken_for_another_one() {
	let mut chain = Chain::new("local_testnet");
	let bad_proof = InvalidTransaction::BadProof;
	let stolen = chain.with(|| {
		let mut stolen = sign("Stranger", remark(1), 0);
		if let Preamble::Signed(signer, ..) = &mut stolen.preamble {
			*signer = Operator.account().into();
		}
		stolen
	});
	for source in POOLS {
		assert_eq!(chain.pool(source, stolen.clone()), Err(bad_proof.into()));
	}
	assert_eq!(chain.block(vec![stolen]), [Err(bad_proof.into())]);
}

#[test]
fn what_nobody_signed_carries_nothing_but_a_lone_intent() {
	let mut chain = Chain::new("local_testnet");
	let unknown_origin = InvalidTransaction::UnknownOrigin.into();
	for call in [remark(1), empty_batch()] {
		let unsigned = general(call);
		for source in POOLS {
			assert_eq!(chain.pool(source, unsigned.clone()), Err(unknown_origin));
		}
		assert_eq!(chain.block(vec![unsigned]), [Err(unknown_origin)]);
	}
}

#[test]
fn what_only_inherents_look_like_stays_out_of_the_pool_and_does_nothing_in_a_block() {
	let mut chain = Chain::new("local_testnet");
	let system = InvalidTransaction::Call.into();
	let others = UnknownTransaction::NoUnsignedValidator.into();
	let noted = || pallet_preimage::Call::note_preimage { bytes: vec![1] }.into();
	for (call, refusal) in [(remark(1), system), (empty_batch(), system), (noted(), others)] {
		let bare = UncheckedExtrinsic::new_bare(call);
		for source in POOLS {
			assert_eq!(chain.pool(source, bare.clone()), Err(refusal));
		}
	}
	let before = chain.state();
	let results = chain.block(vec![
		UncheckedExtrinsic::new_bare(remark(1)),
		UncheckedExtrinsic::new_bare(empty_batch()),
		// An author may waste room in its own block, but in nobody's name.
		UncheckedExtrinsic::new_bare(noted()),
	]);
	assert_eq!(results, [Err(system), Err(system), Ok(Err(DispatchError::BadOrigin))]);
	assert_eq!(chain.state().lasting_changes(&before), items(&[]));
}

#[test]
fn strangers_may_carry_the_code_that_the_council_authorised_and_no_other() {
	let mut chain = Chain::new("local_testnet");
	let upgrade = |byte| {
		let code = vec![byte; 600_000];
		UncheckedExtrinsic::new_bare(SystemCall::apply_authorized_upgrade { code }.into())
	};
	let refused = InvalidTransaction::Call.into();
	let source = TransactionSource::External;
	assert_eq!(chain.pool(source, upgrade(42)), Err(refused));

	let code_hash = BlakeTwo256::hash(&[42; 600_000]);
	let call = Box::new(SystemCall::authorize_upgrade { code_hash }.into());
	assert_ok!(chain.council_decides(Call::enact { call }));
	assert_eq!(chain.pool(source, upgrade(43)), Err(refused));
	assert_ok!(chain.pool(source, upgrade(42)));
	assert_eq!(chain.block(vec![upgrade(43), upgrade(42)]), [Err(refused), Ok(Ok(()))]);
	let updated = RuntimeEvent::System(frame_system::Event::CodeUpdated { hash: code_hash });
	assert!(chain.events().contains(&updated));
}

#[test]
fn a_suspended_institution_is_refused_in_the_very_next_transaction() {
	let mut chain = Chain::new("local_testnet");
	let suspend = chain.council_agrees(Call::suspend { who: Platform.account() });
	let results =
		chain.block(vec![(Platform, remark(1)), (ArbiterOne, suspend), (Platform, remark(2))]);
	assert_eq!(results, [Ok(Ok(())), Ok(Ok(())), Err(custom(PoolRefusal::Suspended))]);
	let suspended = RuntimeEvent::Consortium(Event::Suspended { who: Platform.account() });
	assert!(chain.events().contains(&suspended));

	refused(
		&mut chain,
		Platform,
		remark(3),
		custom(PoolRefusal::Suspended),
		custom(PoolRefusal::Suspended),
	);
	let transaction = next_of(&mut chain, Platform, remark(4));
	assert!(chain.refuses_block_with(transaction));

	let reinstate = chain.council_agrees(Call::reinstate { who: Platform.account() });
	let results =
		chain.block(vec![(Platform, remark(5)), (ArbiterOne, reinstate), (Platform, remark(6))]);
	assert_eq!(results, [Err(custom(PoolRefusal::Suspended)), Ok(Ok(())), Ok(Ok(()))]);
	let next = next_of(&mut chain, Platform, remark(7));
	for source in POOLS {
		assert_ok!(chain.pool(source, next.clone()));
	}
}

#[test]
fn a_member_of_the_council_is_suspended_once_somebody_else_took_a_seat() {
	let mut chain = Chain::new("local_testnet");
	let suspend = || Call::suspend { who: Operator.account() };
	let small = Error::<Runtime>::CouncilTooSmall;
	assert_eq!(chain.council_decides(suspend()), Err(small.into()));
	let roles = vec![Role::Registrar, Role::Council];
	assert_ok!(chain.council_decides(Call::set_roles { who: Registrar.account(), roles }));
	assert_ok!(chain.council_decides(suspend()));
	refused(
		&mut chain,
		Operator,
		remark(1),
		custom(PoolRefusal::Suspended),
		custom(PoolRefusal::Suspended),
	);
}

#[test]
fn a_removed_institution_is_a_stranger_and_nobody_replays_it_after_its_return() {
	let mut chain = Chain::new("local_testnet");
	let who = Institution::Registrar;
	let first = next_of(&mut chain, who, remark(1));
	assert_eq!(chain.block(vec![first.clone()]), [Ok(Ok(()))]);
	assert_ok!(chain.council_decides(Call::remove { who: who.account() }));
	refused(
		&mut chain,
		who,
		remark(2),
		custom(PoolRefusal::NotAdmitted),
		custom(PoolRefusal::NotAdmitted),
	);

	let (name, roles) = ("Registrar".into(), who.roles().to_vec());
	assert_ok!(chain.council_decides(Call::admit { who: who.account(), name, roles }));
	let stale = Err(InvalidTransaction::Stale.into());
	for source in POOLS {
		assert_eq!(chain.pool(source, first.clone()), stale);
	}
	assert_eq!(chain.block(vec![first]), [Err(InvalidTransaction::Stale.into())]);
	assert_ok!(chain.submit(who, remark(3)));
}
