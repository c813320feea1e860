use super::*;
use crate::{
	AdmissionLimits, Bucket, Buckets, Call, Council, Departures, Institutions, Pallet, Standing,
};
use codec::{Decode, Encode};
use frame_support::storage::{with_transaction, TransactionOutcome};
use proptest::prelude::*;
use sp_runtime::{traits::Dispatchable, DispatchError, TryRuntimeError};
use std::collections::BTreeMap;

/// What `try_state` says once `damage` is done. The damage is undone.
fn complaint_about(damage: impl FnOnce()) -> String {
	let outcome: Result<(), TryRuntimeError> = with_transaction(|| {
		damage();
		TransactionOutcome::Rollback(Pallet::<Test>::do_try_state())
	});
	match outcome.expect_err("the damage is seen") {
		DispatchError::Other(complaint) => complaint.into(),
		error => format!("{error:?}"),
	}
}

/// These bytes where a name is stored.
fn stored(name: &[u8]) -> InstitutionName {
	InstitutionName::decode(&mut &name.encode()[..]).expect("it is short")
}

#[test]
fn try_state_sees_every_kind_of_damage() {
	ExtBuilder::default().build_and_execute(|| {
		let bank = Institutions::<Test>::get(BANK).expect("the bank is a founder");
		let with = |change: &dyn Fn(&mut crate::Institution)| {
			let mut changed = bank.clone();
			change(&mut changed);
			complaint_about(|| Institutions::<Test>::insert(BANK, changed))
		};
		assert!(with(&|bank| bank.name = stored(b" ")).contains("InvalidName"));
		assert!(with(&|bank| bank.roles = Roles::new(&[])).contains("NoRole"));
		assert!(with(&|bank| bank.name = stored(b"\xff\xfe")).contains("InvalidName"));
		assert_eq!(
			with(&|bank| bank.roles = Roles::new(&[Role::Council])),
			"the council does not follow the Council role"
		);
		assert_eq!(
			complaint_about(|| Institutions::<Test>::insert(STRANGER, &bank)),
			"the account of an institution has no provider reference"
		);
		assert_eq!(
			complaint_about(|| Departures::<Test>::insert(BANK, 0)),
			"an institution counts as departed"
		);
		assert_eq!(
			complaint_about(|| frame_support::storage::unhashed::put(
				&<Institutions<Test>>::counter_storage_final_key(),
				&4u32
			)),
			"the count of institutions is wrong"
		);
		assert_eq!(
			complaint_about(|| (100..110).for_each(|who| {
				System::inc_providers(&who);
				Institutions::<Test>::insert(who, &bank);
			})),
			"there are too many institutions"
		);
		assert_eq!(
			complaint_about(Council::<Test>::kill),
			"the council does not follow the Council role"
		);
		assert!(complaint_about(|| {
			Institutions::<Test>::remove(ASSOCIATION);
			Institutions::<Test>::remove(REGULATOR);
			Council::<Test>::kill();
		})
		.contains("CouncilTooSmall"));
		let bucket = |who, tokens, at| {
			complaint_about(|| Buckets::<Test>::insert(who, Bucket { tokens, at }))
		};
		assert_eq!(bucket(STRANGER, 1, 1), "a stranger has a bucket");
		assert_eq!(bucket(BANK, 11, 1), "a bucket overflows");
		assert_eq!(bucket(BANK, 1, 2), "a bucket is from the future");
	});
}

/// The books of a consortium in the simplest form: who holds which roles, active or not.
type Books = BTreeMap<AccountId, (Roles, Standing)>;

#[derive(Clone, Debug)]
enum Act {
	Admit(AccountId, Roles),
	SetRoles(AccountId, Roles),
	Suspend(AccountId),
	Reinstate(AccountId),
	Remove(AccountId),
	Transact(AccountId),
}

fn any_act() -> impl Strategy<Value = Act> {
	// Few accounts and a bias to the council, so that its bounds are reached.
	let who = 10u64..18;
	let held = prop_oneof![Just(1u16 << 6), 0u16..256].prop_map(Roles::from_bits);
	prop_oneof![
		(who.clone(), held.clone()).prop_map(|(who, held)| Act::Admit(who, held)),
		(who.clone(), held).prop_map(|(who, held)| Act::SetRoles(who, held)),
		who.clone().prop_map(Act::Suspend),
		who.clone().prop_map(Act::Reinstate),
		who.clone().prop_map(Act::Remove),
		who.prop_map(Act::Transact),
	]
}

fn seats(books: &Books) -> Vec<AccountId> {
	let sits = |(roles, standing): &(Roles, Standing)| {
		roles.contains(Role::Council) && *standing == Standing::Active
	};
	books.iter().filter(|(_, entry)| sits(entry)).map(|(who, _)| *who).collect()
}

/// The books after `act`, `None` when the consortium must refuse it.
fn expected(books: &Books, act: &Act) -> Option<Books> {
	use Standing::*;
	let mut after = books.clone();
	let valid = |roles: Roles| !roles.is_empty();
	let done = match *act {
		Act::Admit(who, roles) => {
			valid(roles) && books.len() < 6 && after.insert(who, (roles, Active)).is_none()
		}
		Act::SetRoles(who, roles) => {
			valid(roles) && after.get_mut(&who).map(|entry| entry.0 = roles).is_some()
		}
		Act::Suspend(who) => {
			after.get_mut(&who).map(|entry| std::mem::replace(&mut entry.1, Suspended))
				== Some(Active)
		}
		Act::Reinstate(who) => {
			after.get_mut(&who).map(|entry| std::mem::replace(&mut entry.1, Active))
				== Some(Suspended)
		}
		Act::Remove(who) => after.remove(&who).is_some(),
		Act::Transact(who) => books.get(&who).is_some_and(|entry| entry.1 == Active),
	};
	let (before, now) = (seats(books).len(), seats(&after).len());
	let in_bounds = now == before || (1..=4).contains(&now);
	(done && in_bounds).then_some(after)
}

fn perform(act: &Act) -> bool {
	let call = match *act {
		Act::Admit(who, roles) => Call::admit { who, name: "A".into(), roles: roles.list() },
		Act::SetRoles(who, roles) => Call::set_roles { who, roles: roles.list() },
		Act::Suspend(who) => Call::suspend { who },
		Act::Reinstate(who) => Call::reinstate { who },
		Act::Remove(who) => Call::remove { who },
		Act::Transact(who) => {
			System::set_block_number(System::block_number() + 1);
			return include(who, &urgent()).is_ok();
		}
	};
	RuntimeCall::from(call).dispatch(council()).is_ok()
}

/// What the chain holds, in the form of the books.
fn books() -> Books {
	Institutions::<Test>::iter().map(|(who, entry)| (who, (entry.roles, entry.standing))).collect()
}

proptest! {
	#[test]
	fn whatever_the_council_does_the_books_and_the_body_agree(
		acts in prop::collection::vec(any_act(), 1..60)
	) {
		ExtBuilder::default()
			.with_founders(vec![founder(10, "A", &[Role::Council])])
			.build_and_execute(|| {
				for act in acts {
					let before = books();
					let expected = expected(&before, &act);
					assert_eq!(perform(&act), expected.is_some(), "{act:?} on {before:?}");
					let after = books();
					assert_eq!(after, expected.unwrap_or(before), "{act:?}");
					assert_eq!(BodyMembers::get(), seats(&after));
					for who in 10..18 {
						let admitted = u32::from(after.contains_key(&who));
						assert_eq!(System::providers(&who), admitted, "references of {who}");
					}
					check_state();
				}
			});
	}

	#[test]
	fn a_bucket_pays_exactly_as_if_it_were_filled_block_by_block(
		burst in 1u32..50,
		refill_per_block in 1u32..20,
		spending in prop::collection::vec((0u64..6, 0u32..25), 1..80),
	) {
		let limits = AdmissionLimits { burst, refill_per_block, ..LIMITS };
		let platform = Roles::new(&[Role::Platform]);
		let mut now = 1;
		let mut bucket = Bucket::full(now, &limits);
		let (mut tokens, mut paid) = (u64::from(burst), 0);
		for (blocks, cost) in spending {
			now += blocks;
			for _ in 0..blocks {
				tokens = (tokens + u64::from(refill_per_block)).min(u64::from(burst));
			}
			match bucket.refilled(now, platform, &limits).spent(cost) {
				Some(left) => {
					prop_assert!(u64::from(cost) <= tokens, "paid {cost} out of {tokens}");
					tokens -= u64::from(cost);
					paid += u64::from(cost);
					bucket = left;
				},
				None => prop_assert!(u64::from(cost) > tokens, "refused {cost} with {tokens}"),
			}
			prop_assert!(paid <= u64::from(burst) + (now - 1) * u64::from(refill_per_block));
		}
	}

	#[test]
	fn a_bucket_neither_overflows_nor_panics(
		tokens: u32,
		at: u64,
		now: u64,
		burst: u32,
		refill_per_block: u32,
		operator_refill_per_block: u32,
		roles: u16,
		cost: u32,
		back: u32,
	) {
		let limits = AdmissionLimits { burst, refill_per_block, operator_refill_per_block, ..LIMITS };
		let refilled = Bucket { tokens, at }.refilled(now, Roles::from_bits(roles), &limits);
		prop_assert!(refilled.given_back(back, &limits).tokens <= burst);
		prop_assert!(refilled.tokens <= burst);
		prop_assert_eq!(refilled.at, now);
		prop_assert_eq!(refilled.spent(cost).is_some(), cost <= refilled.tokens);
	}
}
