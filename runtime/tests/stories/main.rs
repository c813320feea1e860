//! Stories of the whole runtime: signed transactions in blocks that are authored and imported.

mod chain;
mod genesis;
mod peers;
mod upgrade;
mod validators;
