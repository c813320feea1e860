//! What the chain holds, in forms that print and serialise.

mod ballots;
mod case;
mod committee;
mod council;
mod evidence;
mod plan;
mod poll;
mod roll;
mod slate;

pub use ballots::CountedBallot;
pub use case::{ArbiterView, CaseView, PolicyView, RuleView, TermsView, WindowsView};
pub use committee::{
	BallotSlateView, CandidateView, CommitteeView, DecisionView, ElectionView, MemberVoteView,
};
pub use council::{InstitutionView, MotionView};
pub use evidence::{kind_name, AttestationView, RecordView};
pub use plan::{InstalmentView, PlanView, RepaymentView};
pub use poll::{BallotView, ItemView, LotView, PollView, ResultView};
pub use roll::{ClaimView, CountsView, LenderView, RollView};
pub use slate::Slate;

use super::{errors::node, At};
use crate::{api, call::metadata, digest::Written, Error};
use codec::{Decode, Encode};
use serde::{Serialize, Serializer};
use std::fmt::Debug;
use subxt::{
	ext::{frame_decode::view_functions::decode_view_function_response, scale_decode::IntoVisitor},
	utils::H256,
	view_functions::Payload,
};
use winddown_primitives::{Digest, Fen, Millis, Votes};

/// Pallets that this client speaks with.
const PALLETS: [&str; 11] = [
	"Cases",
	"Claims",
	"CommitteeElection",
	"Consortium",
	"Council",
	"Evidence",
	"IdentityRegistry",
	"Intents",
	"Polls",
	"RepaymentVote",
	"Timestamp",
];

/// Heads and fen. Fen are written as text, because many readers of JSON round large numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct VotesView {
	/// Persons.
	pub heads: u32,
	/// Fen.
	#[serde(serialize_with = "as_text")]
	pub fen: Fen,
}

impl From<Votes> for VotesView {
	fn from(votes: Votes) -> Self {
		Self { heads: votes.heads, fen: votes.amount }
	}
}

impl At {
	/// The number of the block.
	pub fn number(&self) -> u64 {
		self.client.block_number()
	}

	/// The hash of the block.
	pub fn hash(&self) -> H256 {
		self.client.block_hash()
	}

	/// The chain's clock, in milliseconds.
	pub async fn now(&self) -> Result<Millis, Error> {
		let now = self
			.client
			.storage()
			.fetch(api::storage().timestamp().now(), ())
			.await
			.map_err(node)?;
		now.decode().map_err(node)
	}

	/// The runtime, as it lies in the state.
	pub async fn code(&self) -> Result<Vec<u8>, Error> {
		self.client.storage().fetch_raw(b":code".to_vec()).await.map_err(node)
	}

	/// Pallets that differ from those this client was made of.
	pub fn incompatible_pallets(&self) -> Vec<String> {
		let live = self.client.metadata_ref();
		PALLETS
			.into_iter()
			.filter(|name| {
				let hash = |metadata: &subxt::Metadata| {
					metadata.pallet_by_name(name).map(|pallet| pallet.hash())
				};
				hash(live) != hash(metadata())
			})
			.map(Into::into)
			.collect()
	}

	/// Asks a view function.
	///
	/// The runtime takes an id and the arguments as bytes, and answers with a result around bytes.
	/// subxt 0.51.1 sends the arguments bare and reads the answer bare, so both are done here.
	pub(crate) async fn view<P: Payload>(&self, view: P) -> Result<P::ReturnType, Error> {
		let views = self.client.view_functions();
		let asked = views.encode_args(&view).map_err(node)?;
		let (id, arguments) = asked
			.split_at_checked(VIEW_ID)
			.ok_or_else(|| Error::Node("a view function without an id".into()))?;
		let answer =
			views.call_raw(Some(&[id, &arguments.encode()].concat())).await.map_err(node)?;
		let value = match Result::<Vec<u8>, Refused>::decode(&mut &answer[..])
			.map_err(|error| Error::Node(format!("its answer is malformed: {error}")))?
		{
			Ok(value) => value,
			Err(refusal) => {
				return Err(Error::Node(format!(
					"it refuses {}.{}: {refusal:?}",
					view.pallet_name(),
					view.function_name()
				)))
			}
		};
		let metadata = self.client.metadata_ref();
		decode_view_function_response(
			view.pallet_name(),
			view.function_name(),
			&mut &value[..],
			metadata,
			metadata.types(),
			<P::ReturnType as IntoVisitor>::into_visitor(),
		)
		.map_err(|error| Error::Node(format!("its answer does not decode: {error}")))
	}
}

/// Bytes of a view function's id.
const VIEW_ID: usize = 32;

/// Why the runtime did not run a view function.
#[derive(Debug, Decode)]
#[allow(dead_code)] // The id is only printed.
enum Refused {
	NotImplemented,
	NotFound([u8; 32]),
	Codec,
}

/// Writes a number as text.
pub(crate) fn as_text<S: Serializer>(
	value: &impl ToString,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&value.to_string())
}

/// Writes a digest as people do.
pub(crate) fn digest<S: Serializer>(digest: &Digest, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(&Written(*digest))
}

/// Writes digests as people do.
pub(crate) fn digests<S: Serializer>(digests: &[Digest], serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_seq(digests.iter().map(|digest| Written(*digest).to_string()))
}

/// Writes a digest that may be missing.
pub(crate) fn maybe_digest<S: Serializer>(
	digest: &Option<Digest>,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	match digest {
		Some(digest) => serializer.collect_str(&Written(*digest)),
		None => serializer.serialize_none(),
	}
}

/// The name of a value of an enum, in snake case.
pub(crate) fn name(value: impl Debug) -> String {
	let text = format!("{value:?}");
	let word: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
	let mut name = String::with_capacity(word.len() + 4);
	for (at, c) in word.chars().enumerate() {
		if c.is_uppercase() && at > 0 {
			name.push('_');
		}
		name.extend(c.to_lowercase());
	}
	name
}

/// Writes a value of an enum by its name.
pub(crate) fn named<S: Serializer>(value: &impl Debug, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(&name(value))
}

/// Writes values of an enum by their names.
pub(crate) fn all_named<S: Serializer>(
	values: &[impl Debug],
	serializer: S,
) -> Result<S::Ok, S::Error> {
	serializer.collect_seq(values.iter().map(name))
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_primitives::{Purpose, Stage};

	#[test]
	fn names_of_values_are_in_snake_case() {
		assert_eq!(name(Stage::Noticed), "noticed");
		assert_eq!(name(Purpose::FirstBallot), "first_ballot");
		assert_eq!(name(Purpose::Plan { round: 2 }), "plan");
	}
}
