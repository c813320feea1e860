//! Evidence: what institutions put on the chain, and proofs of it that need no chain.

mod attest;
mod content;
mod deposit;
mod export;
mod plaintext;
mod prove;
mod receipt;
mod show;
mod verify;

pub use deposit::AlgorithmArg;
pub use verify::read;

use crate::context::Context;
use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum EvidenceCommand {
	/// Deposit the digest of a document, or the root of a batch of records (operator, platform, association, registrar).
	Deposit(deposit::DepositArgs),
	/// Confirm or reject a record by hand; winddown-attestor does it for all (arbitration institution).
	Attest(attest::AttestArgs),
	/// Show a record, or all of a case.
	Show(show::ShowArgs),
	/// Show the records that wait for this institution.
	Pending,
	/// Write a proof to one file, for somebody who has no node: of an evidence record, of a ballot, that a
	/// lender did not vote, or of the result of a poll with its grounds.
	Export(Box<export::ExportArgs>),
	/// Verify such a file without a node or a network, and say what it proves and what not.
	Verify(verify::VerifyArgs),
	/// Write the certificate of such a file (PDF), once it is verified.
	Certificate(verify::CertificateArgs),
	/// Print the receipt code of a ballot, from the chain or from the record that the lender kept.
	Receipt(receipt::ReceiptArgs),
}

pub async fn run(context: &Context, command: EvidenceCommand) -> Result<()> {
	match command {
		EvidenceCommand::Deposit(args) => deposit::run(context, args).await,
		EvidenceCommand::Attest(args) => attest::run(context, args).await,
		EvidenceCommand::Show(args) => show::run(context, args).await,
		EvidenceCommand::Pending => show::pending(context).await,
		EvidenceCommand::Export(args) => export::run(context, *args).await,
		EvidenceCommand::Verify(args) => verify::run(context, args),
		EvidenceCommand::Certificate(args) => verify::certificate(context, args),
		EvidenceCommand::Receipt(args) => receipt::run(context, args).await,
	}
}
