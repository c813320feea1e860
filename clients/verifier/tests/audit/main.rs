//! A small case, built by hand block by block, and copies of it that each break one thing.

mod chain;
mod evidence;
mod kit;
mod lenders;
mod plaintext;
mod results;
mod story;
mod ways;
