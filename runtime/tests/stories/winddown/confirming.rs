//! Keys and claims. Evidence 4 are the identity checks, 5 the recorded calls, 6 the grounds of the
//! ruling, 7 those of the late claim, 8 is the step to `Electing`.

use super::votes;
use crate::{
	case::{confirm, deposit, document, Case, Signer, Wrapping},
	chain::Chain,
};
use frame_support::assert_ok;
use pallet_claims::{Call, ClaimState, Ruling, StateCounts};
use pallet_identity_registry::Registration;
use sp_runtime::DispatchError::BadOrigin;
use winddown_primitives::{EvidenceKind, LenderIndex, Stage};
use winddown_runtime::{
	genesis_config_presets::Institution::{Association, Operator, Platform, Registrar, Regulator},
	Claims, Runtime, RuntimeEvent,
};

type CaseCall = pallet_cases::Call<Runtime>;
type CaseError = pallet_cases::Error<Runtime>;
type Error = pallet_claims::Error<Runtime>;
type Event = pallet_claims::Event<Runtime>;

/// The registrar binds a key of the lender's own to each row.
pub fn identify(chain: &mut Chain, case: Case) {
	let checks = deposit(chain, case, Registrar, EvidenceKind::Identity, "nine face checks");
	assert_eq!(checks, 4);
	let registrations: Vec<_> = (0..9)
		.map(|lender| Registration { lender, key: Signer::of(case.id, lender).key() })
		.collect();
	let register = pallet_identity_registry::Call::register_batch {
		case_id: case.id,
		registrations: registrations.try_into().unwrap(),
		evidence: Some(checks),
	};
	chain.fails(Platform, register.clone(), BadOrigin);
	assert_ok!(chain.submit(Registrar, register.clone()));
	let error = pallet_identity_registry::Error::<Runtime>::AlreadyRegistered;
	chain.fails(Registrar, register, error);
}

/// Lenders confirm with no help (0, 1, 2), through the operator (3, 8) or in a call (4, 5); lender 6
/// disputes, and lender 7 says nothing.
pub fn confirm_or_dispute(chain: &mut Chain, case: Case) {
	case.fails(chain, 0, confirm(100_001), Error::WrongAmount);
	for (row, amount) in [(0, 100_000), (1, 200_000), (2, 300_000)] {
		case.acts(chain, row, confirm(amount));
	}
	case.fails(chain, 2, confirm(300_000), Error::AlreadyConfirmed);

	let mut wrapped = case.draft(chain, 3, confirm(400_000));
	wrapped.wrapping = Wrapping::Bytes;
	let dispute = Call::dispute { reason: document("interest was paid twice") };
	let intents = vec![
		wrapped.signed(),
		case.intent(chain, 8, confirm(900_000)),
		case.intent(chain, 6, dispute),
	];
	assert_eq!(chain.batch(intents), []);

	let recorded = deposit(chain, case, Operator, EvidenceKind::ConfirmationCall, "two calls");
	assert_eq!(recorded, 5);
	chain.fails(Platform, case.calls(&[4, 5], recorded), BadOrigin);
	let face_checks = 4;
	let wrong = pallet_evidence::Error::<Runtime>::WrongKind;
	chain.fails(Operator, case.calls(&[4, 5], face_checks), wrong);
	assert_ok!(chain.submit(Operator, case.calls(&[4, 5, 6, 0], recorded)));
	let skipped = |lender, state| Event::ConfirmationSkipped { case: 0, lender, state };
	for event in [skipped(6, ClaimState::Disputed), skipped(0, ClaimState::ConfirmedByApp)] {
		assert!(chain.events().contains(&RuntimeEvent::Claims(event)));
	}

	let counts = StateCounts {
		imported: 1,
		confirmed_by_app: 5,
		confirmed_by_call: 2,
		disputed: 1,
		..Default::default()
	};
	assert_eq!(chain.with(|| Claims::roll(0)).unwrap().counts, counts);
	// 4,500,000 less the 700,000 in dispute.
	assert_eq!(case.eligible(chain), (8, 3_800_000));
}

/// The association decides the dispute and admits a late claim.
pub fn rule(chain: &mut Chain, case: Case) {
	let grounds = deposit(chain, case, Association, EvidenceKind::Adjudication, "bank statement");
	assert_eq!(grounds, 6);
	let rule = |lender, ruling| Call::adjudicate { case_id: 0, lender, ruling, evidence: grounds };
	chain.fails(Platform, rule(6, Ruling::Uphold), BadOrigin);
	chain.fails(Association, rule(7, Ruling::Adjust(1)), Error::NotDisputed);
	chain.fails(Association, rule(6, Ruling::Adjust(0)), Error::ZeroAmount);
	assert_ok!(chain.submit(Association, rule(6, Ruling::Adjust(650_000))));
	let adjudicated = Event::ClaimAdjudicated {
		case: 0,
		lender: 6,
		ruling: Ruling::Adjust(650_000),
		before: 700_000,
		amount: 650_000,
		association: Association.account(),
		evidence: grounds,
	};
	assert!(chain.events().contains(&RuntimeEvent::Claims(adjudicated)));
	assert_eq!(case.eligible(chain), (9, 4_450_000));

	let grounds = deposit(chain, case, Association, EvidenceKind::Adjudication, "late, but true");
	assert_eq!(grounds, 7);
	let admit = |row: LenderIndex| Call::admit_late {
		case_id: 0,
		identity: case.identity(row),
		amount: 350_000,
		class_id: 1,
		evidence: grounds,
	};
	let twice = pallet_identity_registry::Error::<Runtime>::DuplicateIdentity;
	chain.fails(Association, admit(4), twice);
	assert_ok!(chain.submit(Association, admit(9)));
	assert_ok!(chain.submit(Registrar, case.register(&[9])));
	assert_eq!(case.eligible(chain), (10, 4_800_000));
	let roll = chain.with(|| Claims::roll(0)).unwrap();
	// 2,500,000 less 50,000 by the ruling, and 2,000,000 more the late 350,000.
	let classes: Vec<_> = roll.eligible.classes().iter().map(|total| total.eligible).collect();
	assert_eq!(classes, [votes(5, 2_450_000), votes(5, 2_350_000)]);
}

/// The association goes on once the window is over, and not before.
pub fn close_the_window(chain: &mut Chain, case: Case) {
	let advance = |to| CaseCall::advance { case_id: case.id, to };
	chain.fails(Association, advance(Stage::Electing), CaseError::ConfirmationOpen);
	let until = case.confirm_until(chain);
	chain.wait_until(until);
	let dispute = Call::dispute { reason: document("too late") };
	case.fails(chain, 5, dispute, Error::DisputeWindowOver);
	chain.fails(Regulator, advance(Stage::Electing), BadOrigin);
	chain.fails(Association, advance(Stage::Planning), CaseError::WrongStep);
	assert_ok!(chain.submit(Association, advance(Stage::Electing)));
	assert_eq!(case.stage(chain), Stage::Electing);
}
