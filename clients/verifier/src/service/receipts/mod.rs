//! From a receipt code to the bundle that proves what became of the ballot. The bundle is verified by
//! whoever asked for it; nothing here needs to be believed.

mod prove;
mod save;

use super::{
	error::{Refusal, Refused},
	health::Sources,
	Config, Shared,
};
use axum::{
	extract::{rejection::PathRejection, Path, State},
	http::{
		header::{CONTENT_DISPOSITION, CONTENT_TYPE},
		StatusCode,
	},
	response::{IntoResponse, Response},
	routing::get,
	Router,
};
use prove::{Prover, Unproved};
use std::{path::PathBuf, time::Duration};
use tokio::{io::AsyncReadExt, sync::Semaphore, time::timeout};
use winddown_proof::{bundle::MAX_BYTES, Receipt};

/// Bundles made, or read from disk, at once.
const AT_ONCE: usize = 8;
/// How long one may wait for its turn and for the node.
const TIME: Duration = Duration::from_secs(20);
/// In the folder of data: bundles that were put there, each by its code.
const FOLDER: &str = "receipts";
/// Where a bundle came from.
const SOURCE: &str = "winddown-source";

/// Where bundles come from.
pub struct Receipts {
	genesis: [u8; 4],
	folder: Option<PathBuf>,
	prover: Option<Prover>,
	room: Semaphore,
}

impl Receipts {
	pub fn new(config: &Config) -> Self {
		let [first, second, third, fourth, ..] = config.anchor.genesis().0;
		Self {
			genesis: [first, second, third, fourth],
			folder: config.data.as_ref().map(|data| data.join(FOLDER)),
			prover: config.node.clone().map(|url| Prover::new(url, config.anchor)),
			room: Semaphore::new(AT_ONCE),
		}
	}

	pub fn sources(&self) -> Sources {
		Sources { folder: self.folder.is_some(), node: self.prover.is_some() }
	}

	/// The bundle of a receipt, and where it is from.
	async fn find(&self, receipt: &Receipt) -> Result<(Vec<u8>, &'static str), Refusal> {
		let _room = self.room.acquire().await.map_err(|_| Refusal::broken())?;
		if let Some(bundle) = self.kept(receipt).await? {
			return Ok((bundle, "folder"));
		}
		match &self.prover {
			Some(prover) => Ok((prover.bundle(receipt).await?, "node")),
			None => {
				Err(Refusal::missing("no_bundle", "this service has no bundle of that receipt"))
			}
		}
	}

	/// A bundle in the folder. Its name is the code as this program writes it, so it leads nowhere else.
	async fn kept(&self, receipt: &Receipt) -> Result<Option<Vec<u8>>, Refusal> {
		let Some(folder) = &self.folder else { return Ok(None) };
		let file = match tokio::fs::File::open(folder.join(format!("{receipt}.wdproof"))).await {
			Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
			file => file?,
		};
		let mut bytes = vec![];
		file.take(MAX_BYTES as u64).read_to_end(&mut bytes).await?;
		Ok(Some(bytes))
	}
}

pub fn routes() -> Router<Shared> {
	Router::new().route("/v1/receipts/{code}", get(receipt)).route("/save", get(save::save))
}

#[utoipa::path(
	get, path = "/v1/receipts/{code}", tag = "receipts", summary = "The bundle of a receipt",
	description = "What the folder of the service holds under this code, else what its node proves now. The node's \
	               answer is handed out only when the receipt's ballot is the one that counts, so that nobody can ask \
	               how a row voted without its receipt.",
	params(("code" = String, Path, description = "A receipt code",
		example = "WD1-HQ9Q-PTG0-0000-0000-011D-FSNZ-W7RK-6RH0-H3Y0")),
	responses(
		(status = 200, description = "A .wdproof file; `winddown-source` is `folder` or `node`",
			body = inline(Vec<u8>), content_type = "application/octet-stream"),
		(status = 400, description = "No receipt code", body = Refused),
		(status = 404, description = "Of another chain, or nothing known of it", body = Refused),
		(status = 409, description = "`not_counted`: the node has another ballot in that row, or none. \
			`waits_for_finality`: it has that ballot in a block that is not final yet; ask again later. Where finality \
			lags beyond the thresholds of /v1/health, every answer of absence carries `finality` as well", body = Refused),
		(status = 502, description = "The node does not answer, or what it answers proves nothing", body = Refused),
		(status = 504, description = "Too slow", body = Refused),
	)
)]
pub async fn receipt(
	State(service): State<Shared>,
	code: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
	let Path(code) = code?;
	hand_out(&service, &code).await
}

/// The bundle of a receipt code as a file.
async fn hand_out(service: &Shared, code: &str) -> Result<Response, Refusal> {
	let receipt: Receipt =
		code.parse().map_err(|error| Refusal::bad("not_a_receipt", format!("{error}")))?;
	if receipt.genesis != service.receipts.genesis {
		return Err(Refusal::missing("other_chain", "that receipt is of another chain"));
	}
	let slow = || {
		let message = format!("no bundle within {} seconds", TIME.as_secs());
		Refusal::new(StatusCode::GATEWAY_TIMEOUT, "too_slow", message)
	};
	let (bundle, source) =
		timeout(TIME, service.receipts.find(&receipt)).await.map_err(|_| slow())??;
	let name = format!("attachment; filename=\"{receipt}.wdproof\"");
	let headers = [
		(CONTENT_TYPE.as_str(), "application/octet-stream"),
		(CONTENT_DISPOSITION.as_str(), &name),
		(SOURCE, source),
	];
	Ok((headers, bundle).into_response())
}

impl From<Unproved> for Refusal {
	fn from(unproved: Unproved) -> Self {
		let message = unproved.to_string();
		match unproved {
			Unproved::NoPoll(_) => Self::missing("no_such_poll", message),
			Unproved::NoRow => Self::missing("no_such_row", message),
			Unproved::NotCounted => Self::new(StatusCode::CONFLICT, "not_counted", message),
			Unproved::Waits(finality) => {
				Self::new(StatusCode::CONFLICT, "waits_for_finality", message)
					.with_finality(finality)
			}
			Unproved::Stalled { absence, finality } => Self::from(*absence).with_finality(finality),
			// What a node says may hold addresses and paths.
			Unproved::Node(_) => Self::new(
				StatusCode::BAD_GATEWAY,
				"node_away",
				"the node does not answer as it should",
			),
			Unproved::Unsound(_) => Self::new(StatusCode::BAD_GATEWAY, "node_unsound", message),
		}
	}
}
