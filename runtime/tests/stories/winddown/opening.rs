//! Notice and roll. Evidence 0 is the notice, 1 its service, 2 the roll, 3 the step to `Confirming`.

use crate::{
	case::{consent, deposit, document, opening, terms, Case, CLAIMS, LONG_WINDOW},
	chain::Chain,
};
use frame_support::assert_ok;
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::{CaseKind, EvidenceKind, Stage};
use winddown_runtime::{
	genesis_config_presets::Institution::{ArbiterOne, Association, Operator, Platform, Regulator},
	Cases, Claims, Runtime, RuntimeCall, RuntimeEvent,
};

type CaseEvent = pallet_cases::Event<Runtime>;
type CaseError = pallet_cases::Error<Runtime>;
type ClaimEvent = pallet_claims::Event<Runtime>;
type ClaimError = pallet_claims::Error<Runtime>;

/// The platform authorises its exit, the association opens the case, the operator serves the notice.
pub fn notice(chain: &mut Chain) -> Case {
	let notice = document("exit notice");
	chain.fails(Association, opening(chain, notice), CaseError::NotAuthorised);
	chain.fails(Regulator, consent(notice), BadOrigin);
	assert_ok!(chain.submit(Platform, consent(notice)));
	let another = document("another notice");
	chain.fails(Association, opening(chain, another), CaseError::NotAuthorised);
	chain.fails(ArbiterOne, opening(chain, notice), BadOrigin);

	let cut_off = chain.now();
	assert_ok!(chain.submit(Association, opening(chain, notice)));
	let opened = RuntimeEvent::Cases(CaseEvent::CaseOpened {
		case: 0,
		platform: Platform.account(),
		association: Association.account(),
		kind: CaseKind::OnlineLending,
		notice,
		cut_off,
		notice_until: chain.now() + 3_000,
		terms: terms(),
	});
	assert!(chain.events().contains(&opened));
	// The consent is used up.
	chain.fails(Association, opening(chain, notice), CaseError::NotAuthorised);

	let case = Case { id: 0 };
	let service = EvidenceKind::NoticeService;
	assert_eq!(deposit(chain, case, Operator, service, "nine letters"), 1);
	case
}

/// The platform imports the roll in two batches and locks it with what its own books say.
pub fn import_and_lock(chain: &mut Chain, case: Case) {
	let rows = case.rows();
	chain.fails(Association, case.import(0, &rows), BadOrigin);
	let twice = [rows[0], rows[0]];
	let not_ascending = pallet_identity_registry::Error::<Runtime>::NotAscending;
	chain.fails(Platform, case.import(0, &twice), not_ascending);

	assert_ok!(chain.submit(Platform, case.import(0, &rows[..5])));
	chain.fails(Platform, case.import(0, &rows[..5]), ClaimError::WrongPosition);
	chain.fails(Platform, case.import(6, &rows[6..]), ClaimError::WrongPosition);
	chain.fails(Platform, case.lock(), ClaimError::WrongHeads);
	assert_ok!(chain.submit(Platform, case.import(5, &rows[5..])));

	let RuntimeCall::Claims(pallet_claims::Call::lock { heads, amount, digest, .. }) = case.lock()
	else {
		unreachable!("it is this call")
	};
	assert_eq!((heads, amount), (9, 4_500_000));
	let lock =
		|amount, digest| pallet_claims::Call::lock { case_id: case.id, heads, amount, digest };
	chain.fails(Platform, lock(4_499_999, digest), ClaimError::WrongTotal);
	chain.fails(Platform, lock(amount, [7; 32]), ClaimError::WrongDigest);
	assert_ok!(chain.submit(Platform, lock(amount, digest)));

	let platform = Platform.account();
	let locked = ClaimEvent::RollLocked { case: 0, platform, heads, amount, digest, evidence: 2 };
	assert!(chain.events().contains(&RuntimeEvent::Claims(locked)));
	assert_eq!(case.confirm_until(chain), chain.now() + LONG_WINDOW);
	assert_eq!(case.stage(chain), Stage::Confirming);
	assert_eq!(case.eligible(chain), (9, 4_500_000));
	let roll = chain.with(|| Claims::roll(0)).unwrap();
	let classes: Vec<_> = roll.eligible.classes().iter().map(|total| total.eligible).collect();
	// 1 + 3 + 5 + 7 + 9 and 2 + 4 + 6 + 8 hundred thousand.
	assert_eq!(classes, [super::votes(5, 2_500_000), super::votes(4, 2_000_000)]);
	assert_eq!(roll.counts.imported, CLAIMS.len() as u32);
	chain.fails(Platform, case.import(9, &rows[..1]), ClaimError::RollLocked);
	chain.with(|| assert!(Cases::case(1).is_none()));
}
