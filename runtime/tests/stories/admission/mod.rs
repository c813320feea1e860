//! Who gets a transaction into the pool and into a block, and how much of it.

mod acting;
mod full_block;
mod limits;
mod strangers;
mod wrappers;

use crate::chain::{sign, Chain};
use sp_runtime::transaction_validity::{
	InvalidTransaction, TransactionSource, TransactionValidityError,
};
use winddown_primitives::PoolRefusal;
use winddown_runtime::{
	genesis_config_presets::Institution, RuntimeCall, System, UncheckedExtrinsic,
};

/// The pool of a node that got a transaction from a peer, and of one that made it itself.
const POOLS: [TransactionSource; 2] = [TransactionSource::External, TransactionSource::Local];

fn custom(refusal: PoolRefusal) -> TransactionValidityError {
	InvalidTransaction::Custom(refusal.code()).into()
}

/// A call of no consequence, with this many bytes.
fn remark(bytes: usize) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![0; bytes] }.into()
}

/// The cheapest call of the class `Bulk`: a batch with nothing in it.
fn empty_batch() -> RuntimeCall {
	pallet_intents::Call::submit_batch { intents: Default::default() }.into()
}

/// The next transaction of an institution, signed.
fn next_of(chain: &mut Chain, who: Institution, call: RuntimeCall) -> UncheckedExtrinsic {
	chain.with(|| sign(who.name(), call, System::account_nonce(who.account())))
}

/// Neither the pool nor a block takes the next transaction of an institution with this call, each
/// for this reason.
#[track_caller]
fn refused(
	chain: &mut Chain,
	who: Institution,
	call: RuntimeCall,
	by_the_pool: TransactionValidityError,
	by_a_block: TransactionValidityError,
) {
	chain.pass_session_start();
	let transaction = next_of(chain, who, call);
	for source in POOLS {
		assert_eq!(chain.pool(source, transaction.clone()), Err(by_the_pool));
	}
	let before = chain.state();
	assert_eq!(chain.block(vec![transaction]), [Err(by_a_block)]);
	assert_eq!(chain.state().lasting_changes(&before), Default::default());
	assert!(!chain.state().changes(&before).contains("System::Account"));
}
