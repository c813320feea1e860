//! Calls, storage, events and view functions as types, made at compile time of the committed
//! metadata of the runtime. Types of `winddown-primitives` stay what they are.

#[subxt::subxt(
	runtime_metadata_path = "metadata.scale",
	derive_for_type(path = "pallet_intents::types::Refusal", derive = "Clone", recursive),
	substitute_type(
		path = "winddown_primitives::ballot::Ballot",
		with = "::subxt::utils::Static<::winddown_primitives::Ballot>"
	),
	substitute_type(
		path = "winddown_primitives::ballot::Choice",
		with = "::subxt::utils::Static<::winddown_primitives::Choice>"
	),
	substitute_type(
		path = "winddown_primitives::case::CaseKind",
		with = "::subxt::utils::Static<::winddown_primitives::CaseKind>"
	),
	substitute_type(
		path = "winddown_primitives::case::CaseTerms",
		with = "::subxt::utils::Static<::winddown_primitives::CaseTerms>"
	),
	substitute_type(
		path = "winddown_primitives::case::Stage",
		with = "::subxt::utils::Static<::winddown_primitives::Stage>"
	),
	substitute_type(
		path = "winddown_primitives::digest::Digest",
		with = "::subxt::utils::Static<::winddown_primitives::Digest>"
	),
	substitute_type(
		path = "winddown_primitives::evidence::AttestationPolicy<A>",
		with = "::subxt::utils::Static<::winddown_primitives::AttestationPolicy<A>>"
	),
	substitute_type(
		path = "winddown_primitives::evidence::EvidenceKind",
		with = "::subxt::utils::Static<::winddown_primitives::EvidenceKind>"
	),
	substitute_type(
		path = "winddown_primitives::ids::IdentityHash",
		with = "::subxt::utils::Static<::winddown_primitives::IdentityHash>"
	),
	substitute_type(
		path = "winddown_primitives::lender_key::LenderKey",
		with = "::subxt::utils::Static<::winddown_primitives::LenderKey>"
	),
	substitute_type(
		path = "winddown_primitives::case::TieBreak",
		with = "::subxt::utils::Static<::winddown_primitives::TieBreak>"
	),
	substitute_type(
		path = "winddown_primitives::lot::Lot",
		with = "::subxt::utils::Static<::winddown_primitives::lot::Lot>"
	),
	substitute_type(
		path = "winddown_primitives::poll::Item",
		with = "::subxt::utils::Static<::winddown_primitives::Item>"
	),
	substitute_type(
		path = "winddown_primitives::poll::ItemOutcome",
		with = "::subxt::utils::Static<::winddown_primitives::ItemOutcome>"
	),
	substitute_type(
		path = "winddown_primitives::poll::ItemResult",
		with = "::subxt::utils::Static<::winddown_primitives::ItemResult>"
	),
	substitute_type(
		path = "winddown_primitives::poll::Purpose",
		with = "::subxt::utils::Static<::winddown_primitives::Purpose>"
	),
	substitute_type(
		path = "winddown_primitives::roles::Role",
		with = "::subxt::utils::Static<::winddown_primitives::Role>"
	),
	substitute_type(
		path = "winddown_primitives::roles::Roles",
		with = "::subxt::utils::Static<::winddown_primitives::Roles>"
	),
	substitute_type(
		path = "winddown_primitives::roll::RollTotals",
		with = "::subxt::utils::Static<::winddown_primitives::RollTotals>"
	),
	substitute_type(
		path = "winddown_primitives::roll::Votes",
		with = "::subxt::utils::Static<::winddown_primitives::Votes>"
	),
	substitute_type(
		path = "pallet_intents::types::SignedIntent<Call>",
		with = "::subxt::utils::Static<crate::intent::SignedIntent>"
	)
)]
mod generated {}

pub use generated::*;
