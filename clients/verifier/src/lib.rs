//! Independent verification of a Winddown case: the full audit of a case from the raw chain and the
//! operator's export, and receipts for lenders.
//!
//! Nothing here is shared with the chain's own count or with the operator's programs.

pub mod archive;
pub mod audit;
pub mod chain;
pub mod cli;
pub mod export;
pub mod fetch;
pub mod report;
pub mod service;
mod signature;
