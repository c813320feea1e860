//! Whatever the council does, the list is what its events tell.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Act {
	Permit(u8, AccountId),
	Revoke(u8),
	RevokeInstitution(AccountId),
}

fn act() -> impl Strategy<Value = Act> {
	prop_oneof![
		4 => (0u8..8, 1u64..4).prop_map(|(seed, who)| Act::Permit(seed, who)),
		3 => (0u8..8).prop_map(Act::Revoke),
		1 => (1u64..4).prop_map(Act::RevokeInstitution),
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn the_list_is_rebuilt_from_events_alone(acts in prop::collection::vec(act(), 1..40)) {
		ExtBuilder::default().build_and_execute(|| {
			let (mut rebuilt, mut last) = (BTreeMap::new(), 0);
			for act in acts {
				let root = RuntimeOrigin::root();
				let changed = match act {
					Act::Permit(seed, who) => NodePermission::permit(root, peer(seed).into(), who).is_ok(),
					Act::Revoke(seed) => NodePermission::revoke(root, peer(seed).into()).is_ok(),
					Act::RevokeInstitution(who) =>
						NodePermission::revoke_institution(root, who).is_ok(),
				};
				for event in take_events() {
					match event {
						Event::PeerPermitted { peer, institution, generation } => {
							assert_eq!(generation, last + 1);
							assert_eq!(rebuilt.insert(peer, institution), None);
						},
						Event::PeerRevoked { peer, institution, generation } => {
							assert_eq!(generation, last + 1);
							assert_eq!(rebuilt.remove(&peer), Some(institution));
						},
						Event::__Ignore(..) => unreachable!("never deposited"),
					}
				}
				last += u64::from(changed);
				assert_eq!(NodePermission::generation(), last);
				assert_eq!(Peers::<Test>::iter().collect::<BTreeMap<_, _>>(), rebuilt);
			}
		});
	}
}
