//! The service over HTTP, as its page and other programs use it.

mod audits;
mod bundles;
#[allow(dead_code, reason = "the audit's own tests use all of it")]
#[path = "../audit/kit.rs"]
mod kit;
mod lag;
mod pages;
mod receipts;
mod server;
#[allow(dead_code, reason = "the audit's own tests use all of it")]
#[path = "../audit/story.rs"]
mod story;
