//! The lender's page in headless Chromium, which Debian's packages chromium and chromium-driver bring.
//!
//! With `WINDDOWN_SCREENSHOTS` naming a folder, each story leaves its pictures there.

mod browser;
#[allow(dead_code, reason = "the service's own tests use all of it")]
#[path = "../service/server.rs"]
mod server;
mod starts;
mod stories;
