//! A service proves of its node's answers how ballots count; the lender believes neither of them.

use crate::{
	browser::{contains, with, Browser, Device},
	service::Service,
	world::{program, record, Outcome, World, CASE},
};
use serde_json::{json, Value};
use std::path::Path;
use tokio::process::Command;
use winddown_proof::{
	bundle::Claim, layout::polls::ItemKind, verify, Anchor, Bundle, Choice, Hash, Phase, Receipt,
	Report, Subject,
};
use winddown_sdk::{
	calls,
	digest::of_chain,
	primitives::{LenderIndex, PollId},
};

const LENDERS: u32 = 5;
/// Votes for.
const VOTER: LenderIndex = 1;
/// Votes, and the service hands out a proof that it did not.
const DENIED: LenderIndex = 2;
/// Does not vote.
const SILENT: LenderIndex = LENDERS - 1;
/// Most bytes of a receipt's proof.
const MOST_BYTES: usize = 16 * 1024;

#[tokio::test]
async fn a_receipt_made_of_a_nodes_answers_is_verified_offline_and_on_the_lenders_page() -> Outcome
{
	let world = World::with_case(LENDERS).await?;
	let poll = vote(&world).await?;
	let mut case = Case { service: Service::start(&world).await?, world, poll };
	for lender in 0..SILENT {
		case.proves_the_ballot_of(lender).await?;
	}
	case.proves_no_ballot_without_showing_others().await?;
	case.page_believes_nobody().await
}

/// A final poll in which all but one voted; every third is against.
async fn vote(world: &World) -> Outcome<PollId> {
	let (poll, closes_at) = world.open_poll(40_000).await?;
	world.cast(poll, 0..SILENT).await?;
	world.chain.wait_until(closes_at).await?;
	world.by("Operator", calls::close_poll(poll)).await?;
	world.all_catch_up(std::slice::from_ref(&world.chain)).await?;
	Ok(poll)
}

/// A poll that is over, and a service at a node of its chain.
struct Case {
	service: Service,
	world: World,
	poll: PollId,
}

impl Case {
	fn genesis(&self) -> Hash {
		Hash(self.world.chain.genesis())
	}

	/// What a lender was handed for a ballot; the silent one made theirs up.
	fn receipt(&self, lender: LenderIndex) -> Receipt {
		Receipt::new(&self.genesis(), self.poll, lender, &of_chain(record(lender)))
	}

	/// The proof of a receipt, which comes from `source`.
	async fn proof(&self, lender: LenderIndex, source: &str) -> Outcome<Vec<u8>> {
		let answer = self.service.ask(&self.receipt(lender)).await?;
		assert_eq!((answer.status, answer.source.as_str()), (200, source));
		assert!(answer.body.len() <= MOST_BYTES, "{} bytes", answer.body.len());
		Ok(answer.body)
	}

	/// What a proof says to somebody who has the genesis hash and nothing else.
	fn verified(&self, proof: &[u8]) -> Outcome<Report> {
		Ok(verify(proof, &Anchor::Genesis { hash: self.genesis() })?)
	}

	async fn proves_the_ballot_of(&self, lender: LenderIndex) -> Outcome {
		let report = self.verified(&self.proof(lender, "node").await?)?;
		assert_eq!(report.claim, Claim::Ballot { case: CASE, poll: self.poll, lender });
		let Subject::Ballot { poll, ballot, .. } = report.subject else { panic!("of a ballot") };
		assert!(matches!(poll.phase, Phase::Closed { .. }), "{poll:?}");
		assert_eq!((ballot.receipt, ballot.revision), (self.receipt(lender), 1));
		let marked = vec![u8::from(lender.is_multiple_of(3))];
		assert_eq!(ballot.choices, [Choice { item: ItemKind::Resolution, marked }]);
		Ok(())
	}

	/// The service tells nobody how a row voted without its receipt. Who has a node exports the proof.
	async fn proves_no_ballot_without_showing_others(&self) -> Outcome {
		let receipt = self.receipt(SILENT);
		let refused = self.service.ask(&receipt).await?;
		let reason: Value = serde_json::from_slice(&refused.body)?;
		assert_eq!((refused.status, &reason["error"]["code"]), (409, &json!("not_counted")));

		self.export_no_ballot(&self.service.place(&receipt)).await?;
		let report = self.verified(&self.proof(SILENT, "folder").await?)?;
		let claim = Claim::NoBallot { case: CASE, poll: self.poll, lender: SILENT };
		assert_eq!(report.claim, claim);
		let never = "案件0第4行的出借人直至表决结束未在表决0中投票。";
		assert_eq!(report.proved[0].zh, never);
		Ok(())
	}

	async fn export_no_ballot(&self, file: &Path) -> Outcome {
		let (poll, lender) = (self.poll.to_string(), SILENT.to_string());
		let output = Command::new(program("winddown"))
			.args(["--url", self.world.chain.url(), "evidence", "export", "--no-certificate"])
			.args(["--no-ballot", "--poll", &poll, "--lender", &lender, "--out"])
			.arg(file)
			.output()
			.await?;
		anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
		Ok(())
	}

	async fn page_believes_nobody(&mut self) -> Outcome {
		let proof = self.proof(VOTER, "node").await?;
		let kept = self.service.path("kept.wdproof");
		std::fs::write(&kept, &proof)?;
		std::fs::write(self.service.place(&self.receipt(DENIED)), self.denial().await?)?;
		let [voter, denied, silent] = [VOTER, DENIED, SILENT].map(|lender| self.receipt(lender));
		let genesis = self.genesis().to_string();
		let service = &mut self.service;
		with(Device::Phone, async |page| {
			page.open(&service.address).await;
			// The lender has it in print.
			page.fill("#genesis", &genesis).await;
			enter(page, &voter).await;
			counts(page, &voter).await;

			enter(page, &silent).await;
			let vanished = ["Not as the receipt says", "The chain has no ballot for this receipt"];
			contains(page, "#result", &vanished).await;
			enter(page, &denied).await;
			let found = "The lender does have a ballot in this poll";
			contains(page, "#result", &["Not verified", "This file proves nothing", found]).await;

			service.kill().await.expect("it runs");
			verifies_alone(page, &kept).await;
		})
		.await;
		Ok(())
	}

	/// The proof of a ballot, which claims that there is none.
	async fn denial(&self) -> Outcome<Vec<u8>> {
		let mut bundle = Bundle::from_bytes(&self.proof(DENIED, "node").await?)?;
		bundle.statement = Claim::NoBallot { case: CASE, poll: self.poll, lender: DENIED };
		Ok(bundle.to_bytes())
	}
}

/// The page says in both languages that the ballot of this receipt counts, and that it checked that.
async fn counts(page: &Browser, receipt: &Receipt) {
	assert_eq!(page.text("#verdict").await, "核验通过");
	let headline = "这张选票在链上，按下列选择计票";
	let source = "证明文件由本服务依节点数据制作，不含选票明文，已由您的设备独立核验";
	let code = receipt.to_string();
	contains(page, "#result", &[headline, "第 1 项：赞成", &code, source]).await;
	page.click("#language").await;
	assert_eq!(page.text("#verdict").await, "Verified");
	let headline = "This ballot is on the chain and counts as follows";
	contains(page, "#result", &[headline, "Item 1: for", &code, "this device checked it"]).await;
}

/// The page verifies a kept file, and refuses the same file where another chain is trusted.
async fn verifies_alone(page: &Browser, kept: &Path) {
	page.pick(kept).await;
	assert_eq!(page.text("#verdict").await, "Verified");
	contains(page, "#result", &["Item 1: for", "did not leave this device"]).await;
	page.fill("#genesis", &"11".repeat(32)).await;
	page.pick(kept).await;
	contains(page, "#result", &["Not verified", "it begins at another genesis block"]).await;
}

async fn enter(page: &Browser, receipt: &Receipt) {
	page.fill("#code", &receipt.to_string()).await;
	page.click("#code-form .primary").await;
	page.result().await;
}
