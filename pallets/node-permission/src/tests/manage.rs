//! What the council may do, and what it is refused.

use super::*;

#[test]
fn only_the_manager_changes_the_list() {
	ExtBuilder::default().with_peers(&[(peer(1), 1)]).build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			assert_noop!(
				NodePermission::permit(origin.clone(), peer(2).into(), 1),
				DispatchError::BadOrigin
			);
			assert_noop!(
				NodePermission::revoke(origin.clone(), peer(1).into()),
				DispatchError::BadOrigin
			);
			assert_noop!(NodePermission::revoke_institution(origin, 1), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn each_change_raises_the_generation() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(NodePermission::permit(RuntimeOrigin::root(), peer(2).into(), 7));
		assert_ok!(NodePermission::permit(RuntimeOrigin::root(), peer(1).into(), 8));
		assert_eq!(NodePermission::generation(), 2);
		assert_eq!(NodePermission::peers(), [peer(1).multihash(), peer(2).multihash()]);

		assert_ok!(NodePermission::revoke(RuntimeOrigin::root(), peer(2).into()));
		assert_eq!(NodePermission::generation(), 3);
		assert_eq!(NodePermission::peers(), [peer(1).multihash()]);
		assert_eq!(NodePermission::owner(peer(2).into()), None);
		assert_eq!(
			take_events(),
			[
				PalletEvent::PeerPermitted { peer: peer(2), institution: 7, generation: 1 },
				PalletEvent::PeerPermitted { peer: peer(1), institution: 8, generation: 2 },
				PalletEvent::PeerRevoked { peer: peer(2), institution: 7, generation: 3 },
			]
		);
	});
}

#[test]
fn a_refused_change_leaves_the_generation() {
	ExtBuilder::default().with_peers(&[(peer(1), 1)]).build_and_execute(|| {
		assert_noop!(
			NodePermission::permit(RuntimeOrigin::root(), peer(1).into(), 2),
			PalletError::AlreadyPermitted
		);
		assert_noop!(
			NodePermission::permit(RuntimeOrigin::root(), peer(2).into(), OUTSIDER),
			PalletError::NotInstitution
		);
		assert_noop!(
			NodePermission::revoke(RuntimeOrigin::root(), peer(2).into()),
			PalletError::NotPermitted
		);
		assert_noop!(
			NodePermission::revoke_institution(RuntimeOrigin::root(), 2),
			PalletError::NotPermitted
		);
		assert_eq!(NodePermission::generation(), 0);
	});
}

#[test]
fn the_list_has_a_maximum() {
	let peers: Vec<_> = (1..=MAX_PEERS as u8).map(|seed| (peer(seed), 1)).collect();
	ExtBuilder::default().with_peers(&peers).build_and_execute(|| {
		assert_noop!(
			NodePermission::permit(RuntimeOrigin::root(), peer(99).into(), 1),
			PalletError::MaxPeersExceeded
		);
		assert_ok!(NodePermission::revoke(RuntimeOrigin::root(), peer(1).into()));
		assert_ok!(NodePermission::permit(RuntimeOrigin::root(), peer(99).into(), 1));
	});
}

#[test]
fn an_institution_that_leaves_loses_all_its_peers_and_nobody_elses() {
	let peers = [(peer(1), 7), (peer(2), 8), (peer(3), 7)];
	ExtBuilder::default().with_peers(&peers).build_and_execute(|| {
		assert_eq!(NodePermission::peers_of(7), [peer(1), peer(3)]);
		let listed_weight = <() as WeightInfo>::revoke_institution(3);
		assert_eq!(
			NodePermission::revoke_institution(RuntimeOrigin::root(), 7)
				.map(|info| info.actual_weight),
			Ok(Some(listed_weight))
		);
		assert_eq!(
			take_events(),
			[
				PalletEvent::PeerRevoked { peer: peer(1), institution: 7, generation: 1 },
				PalletEvent::PeerRevoked { peer: peer(3), institution: 7, generation: 1 },
			]
		);
		assert_eq!(NodePermission::peers(), [peer(2).multihash()]);
		assert_eq!(NodePermission::generation(), 1);
		assert_eq!(NodePermission::forget_institution(&7), 0);
		assert_eq!(NodePermission::generation(), 1);
	});
}

#[test]
fn peers_of_one_that_is_no_institution_any_more_can_be_revoked() {
	ExtBuilder::default().with_peers(&[(peer(1), OUTSIDER)]).build_and_execute(|| {
		assert_ok!(NodePermission::revoke_institution(RuntimeOrigin::root(), OUTSIDER));
		assert!(NodePermission::peers().is_empty());
	});
}
