//! Stories of a whole network: real node processes on loopback, four institutions' validators.

mod attestor;
#[allow(dead_code, reason = "the page's own stories use all of it")]
#[path = "../../../clients/verifier/tests/page/browser.rs"]
mod browser;
mod failures;
mod nodes;
#[allow(dead_code, reason = "`make power` uses all of it")]
mod power;
mod receipts;
mod service;
mod sudden_end;
mod upgrade;
mod waiting;
mod world;
