mod acting;
mod admission;
mod bucket;
mod council;
mod enact;
mod genesis;
mod institutions;
mod invariants;
mod roles;

use crate::{mock::*, CheckAdmission, InstitutionName};
use frame_support::dispatch::GetDispatchInfo;
use sp_runtime::{
	traits::DispatchTransaction,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
};
use winddown_primitives::{PoolRefusal, Role, Roles};

type Validity<T> = Result<T, TransactionValidityError>;

fn name(name: &str) -> InstitutionName {
	InstitutionName::new(name).expect("the name is short and plain")
}

fn roles(roles: &[Role]) -> Roles {
	Roles::new(roles)
}

/// A call of class `Bulk`: 5 tokens, at most 1,000 bytes.
fn bulk() -> RuntimeCall {
	frame_system::Call::remark { remark: Vec::new() }.into()
}

/// A call of class `Ordinary`: 2 tokens, at most 100 bytes.
fn ordinary() -> RuntimeCall {
	frame_system::Call::remark_with_event { remark: Vec::new() }.into()
}

/// A call of class `Urgent`: 1 token, at most 200 bytes.
fn urgent() -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages: 1 }.into()
}

/// What the pool says to a transaction of `length` bytes.
fn offer_of_length(
	who: AccountId,
	call: &RuntimeCall,
	length: usize,
) -> Validity<ValidTransaction> {
	let origin = RuntimeOrigin::signed(who);
	let info = call.get_dispatch_info();
	CheckAdmission::<Test>::new()
		.validate_only(origin, call, &info, length, TransactionSource::External, 0)
		.map(|(validity, ..)| validity)
}

/// What the pool says to a short transaction.
fn offer(who: AccountId, call: &RuntimeCall) -> Validity<ValidTransaction> {
	offer_of_length(who, call, 50)
}

/// What a block says to a short transaction, and what it takes from the bucket.
fn include(who: AccountId, call: &RuntimeCall) -> Validity<()> {
	let origin = RuntimeOrigin::signed(who);
	let info = call.get_dispatch_info();
	CheckAdmission::<Test>::new().validate_and_prepare(origin, call, &info, 50, 0).map(|_| ())
}

fn refused<T>(refusal: PoolRefusal) -> Validity<T> {
	Err(InvalidTransaction::Custom(refusal.code()).into())
}
