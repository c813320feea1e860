//! Stories of the whole runtime: signed transactions in blocks that are authored and imported.

mod admission;
mod associations;
mod case;
mod chain;
mod genesis;
mod intents;
mod peers;
mod state;
mod upgrade;
mod validators;
mod winddown;
