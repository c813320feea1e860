//! An arbitration institution's daemon: it looks at the plaintext behind every evidence record, and
//! says on chain what it found.
//!
//! | part | what |
//! |---|---|
//! | [`config`] | flags and the configuration file |
//! | [`follow`] | the loop: finalized blocks in, verdicts out |
//! | [`judge`] | one record: fetches, asks the chain, checks |
//! | [`check`] | what is right and wrong, as pure functions |
//! | [`chain`] | what is asked of the node |
//! | [`fetch`] | what is asked of the operator, who may be slow or hostile |
//! | [`absence`] | when content that does not come is said to be absent, and when not |
//! | [`submit`] | statements in batches, each once |
//! | [`metrics`], [`serve`] | what a supervisor sees |
//!
//! # Why it keeps no state
//!
//! Whether a record waits for this institution is a question to the chain at a finalized block. A
//! daemon that was killed asks again and finds exactly the records on which it has not spoken:
//! nothing is lost. It cannot speak twice, because the chain refuses a second word of an institution
//! on a record; after a word of absence it takes one more, and tells which records those are. So that it does not even try, it leaves out what the newest block already has, and
//! waits while the node's pool holds transactions of its key: those are its own words from before it
//! was killed. What a lost pool took with it is still pending at the next finalized block.

#![warn(missing_docs)]

pub mod absence;
pub mod chain;
pub mod check;
pub mod config;
pub mod fetch;
pub mod follow;
pub mod journal;
pub mod judge;
pub mod metrics;
pub mod reasons;
pub mod retry;
pub mod serve;
pub mod submit;
pub mod work;
