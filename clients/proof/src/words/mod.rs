//! What a report says to people, in English and Chinese.

pub mod failures;
mod format;
mod grounds;
mod not_proved;
mod outcomes;
mod proved;
mod rules;

use crate::{
	authorities::Anchor,
	report::{Block, Finding, Subject},
};
use alloc::{string::String, vec::Vec};

/// What is proved of `subject`, and what is not.
pub fn findings(subject: &Subject, block: &Block, anchor: &Anchor) -> (Vec<Finding>, Vec<Finding>) {
	(proved::findings(subject, block, anchor), not_proved::findings(subject, block, anchor))
}

fn finding(code: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Finding {
	Finding { code, en: en.into(), zh: zh.into() }
}
