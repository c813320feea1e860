use super::*;

fn pending(arbiter: u64, from: EvidenceId) -> (Vec<EvidenceId>, Option<EvidenceId>) {
	let page = Evidence::pending(ARBITERS + arbiter, from);
	for (id, record) in &page.records {
		assert_eq!(Evidence::record(*id).as_ref(), Some(record));
	}
	(page.records.into_iter().map(|(id, _)| id).collect(), page.next)
}

#[test]
fn an_institution_finds_the_records_that_wait_for_it() {
	ExtBuilder::default().build_and_execute(|| {
		let all = ["a", "b", "c", "d"].map(deposited);
		assert_eq!(pending(0, 0), (all.to_vec(), None));
		assert_eq!(pending(3, 0), (vec![], None), "the policy does not ask it");
		assert_ok!(confirm(0, all[0]));
		assert_eq!(pending(0, 0).0, all[1..]);
		assert_eq!(pending(1, 0).0, all, "another institution's word is its own");
		assert_ok!(confirm(1, all[1]));
		assert_ok!(confirm(2, all[1]));
		assert_eq!(pending(0, 0).0, all[2..], "decided ones wait for nobody");
		assert_ok!(replace(OPERATOR, all[2], "e"));
		assert_eq!(pending(0, 0).0, [all[3], all[3] + 1]);
		assert_eq!(pending(0, all[3] + 1).0, [all[3] + 1]);
	});
}

#[test]
fn waiting_records_come_in_bounded_pages() {
	ExtBuilder::default().build_and_execute(|| {
		let scan = u64::from(PENDING_SCAN);
		for number in 0..scan + 1 {
			deposited(&number.to_string());
		}
		let (first, next) = pending(0, 0);
		assert_eq!((first.len() as u64, next), (scan, Some(scan)));
		assert_eq!(pending(0, scan), (vec![scan], None));
		assert_eq!(pending(0, 1).1, None);
		assert_eq!(pending(0, u64::MAX), (vec![], None));
	});
}

#[test]
fn a_tribunal_sees_who_said_what_about_a_record() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_eq!(Evidence::attestations(id), []);
		System::set_block_number(4);
		assert_ok!(confirm(0, id));
		System::set_block_number(5);
		assert_ok!(reject(2, id));
		let mut said = Evidence::attestations(id);
		said.sort_by_key(|(arbiter, _)| *arbiter);
		let reason = digest("illegible");
		assert_eq!(
			said,
			[
				(ARBITERS, Attestation { verdict: Verdict::Confirm, block: 4, before: None }),
				(
					ARBITERS + 2,
					Attestation { verdict: Verdict::Reject { reason }, block: 5, before: None }
				),
			]
		);
	});
}

#[test]
fn a_record_is_found_by_its_digest() {
	ExtBuilder::default().build_and_execute(|| {
		let id = deposited("a");
		assert_eq!(Evidence::known(CASE, digest("a")), [id]);
		assert!(Evidence::known(OTHER_CASE, digest("a")).is_empty());
	});
}
