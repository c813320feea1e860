//! The audit knows calls and events by name: one that the runtime calls otherwise it would pass over.

use sp_core::Get;
use winddown_runtime::{Runtime, VERSION};
use winddown_verifier::chain::metadata::Metadata;

/// Events that the audit reads.
const EVENTS: [(&str, &[&str]); 10] = [
	("System", &["ExtrinsicSuccess", "ExtrinsicFailed"]),
	("Cases", &["CaseOpened", "StageChanged"]),
	(
		"Claims",
		&[
			"RowsImported",
			"RowsCleared",
			"RollLocked",
			"ClaimConfirmed",
			"ClaimDisputed",
			"ClaimAdjudicated",
			"LateClaimAdmitted",
		],
	),
	("IdentityRegistry", &["KeyRegistered", "BatchRegistered", "KeyRebound", "KeyRevoked"]),
	("Intents", &["Refused", "BatchSubmitted"]),
	("Polls", &["PollOpened", "BallotCast", "PollClosed", "PollCancelled", "LotNamed", "Tied"]),
	(
		"Evidence",
		&[
			"Deposited",
			"Attested",
			"RecordEffective",
			"RecordRejected",
			"RecordReopened",
			"RecordSuperseded",
			"PolicySet",
		],
	),
	(
		"CommitteeElection",
		&[
			"NominationsOpened",
			"CandidateNominated",
			"CandidateWithdrew",
			"CandidateDropped",
			"CandidatesListed",
			"CandidatesDrawn",
			"FirstBallotOpened",
			"CommitteeFormed",
			"Resigned",
			"RecallOpened",
			"RecallClosed",
		],
	),
	(
		"RepaymentVote",
		&["PlanProposed", "VoteOpened", "PlanAdopted", "PaymentReported", "InstalmentFlagged"],
	),
	("Consortium", &["Admitted", "RolesSet", "Suspended", "Reinstated", "Removed"]),
];

/// Calls that the audit reads.
const CALLS: [(&str, &[&str]); 9] = [
	("Timestamp", &["set"]),
	("Intents", &["submit", "submit_batch"]),
	("Cases", &["open", "advance", "cancel"]),
	(
		"Claims",
		&[
			"import",
			"clear",
			"lock",
			"confirm_by_call",
			"adjudicate",
			"admit_late",
			"deem_confirmed",
			"confirm",
			"dispute",
		],
	),
	("IdentityRegistry", &["register_batch", "rebind", "revoke"]),
	("Polls", &["open", "cast", "cancel"]),
	(
		"CommitteeElection",
		&[
			"open_nominations",
			"list_candidates",
			"draw_candidates",
			"open_first_ballot",
			"open_recall",
			"nominate",
			"withdraw",
			"resign",
			"propose_decision",
			"decide",
		],
	),
	("RepaymentVote", &["propose_plan", "open_vote", "report_payment", "acknowledge", "complain"]),
	("Evidence", &["deposit", "attest", "attest_batch"]),
];

/// Every version of the metadata that the runtime tells.
fn metadata() -> Vec<Metadata> {
	let versions = Runtime::metadata_versions();
	let told = versions.into_iter().filter_map(Runtime::metadata_at_version);
	let read: Vec<Metadata> =
		told.map(|bytes| Metadata::decode(&bytes).expect("metadata")).collect();
	assert!(!read.is_empty());
	read
}

#[test]
fn every_event_and_call_that_the_audit_reads_is_the_runtimes() {
	for metadata in metadata() {
		for (pallet, events) in EVENTS {
			for event in events {
				assert!(metadata.event_index(pallet, event).is_some(), "{pallet}.{event}");
			}
		}
		for (pallet, calls) in CALLS {
			for call in calls {
				assert!(metadata.call_index(pallet, call).is_some(), "{pallet}.{call}");
			}
		}
	}
}

#[test]
fn versions_and_limits_are_read_as_the_runtime_has_them() {
	let max_validity: u64 = <Runtime as pallet_intents::Config>::MaxValidity::get();
	for metadata in metadata() {
		assert_eq!(metadata.spec_version, VERSION.spec_version);
		assert_eq!(metadata.transaction_version, VERSION.transaction_version);
		assert_eq!(metadata.max_validity, max_validity);
		let names: Vec<&str> =
			metadata.extensions.iter().map(|extension| extension.name.as_str()).collect();
		assert!(names.contains(&"CheckMortality"), "{names:?}");
	}
}
