//! Saving the proof of a receipt by a plain form, for browsers in which no script runs. Refusals are pages for people.

use super::{super::assets, hand_out};
use crate::service::{error::Refusal, Shared};
use axum::{
	extract::{rejection::QueryRejection, Query, State},
	http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
	response::{IntoResponse, Response},
};
use serde::Deserialize;

/// What the form sends.
#[derive(Deserialize)]
pub struct Form {
	/// What somebody typed.
	#[serde(default)]
	code: String,
}

/// The proof file, or a page that says why there is none.
pub async fn save(
	State(service): State<Shared>,
	form: Result<Query<Form>, QueryRejection>,
) -> Response {
	let code = form.map(|Query(form)| form.code).unwrap_or_default();
	match hand_out(&service, code.trim()).await {
		Ok(file) => file,
		Err(refusal) => page(&refusal),
	}
}

fn page(refusal: &Refusal) -> Response {
	// None of these texts holds anything that somebody typed.
	let body = include_str!("../../page/refused.html")
		.replace("{zh}", in_chinese(refusal.code()))
		.replace("{en}", in_english(refusal.code()));
	let headers = [(CONTENT_TYPE, assets::HTML), (CONTENT_SECURITY_POLICY, assets::PAGE)];
	(refusal.status(), headers, body).into_response()
}

fn in_chinese(code: &str) -> &'static str {
	match code {
		"not_a_receipt" => "这不是有效的回执编号，请核对是否输错字符。",
		"other_chain" => "该回执属于另一条链。",
		"no_bundle" => "本服务没有该回执的证明文件，请向运营方索取。",
		"not_counted" => "节点答复：这一行没有与该回执相符的计票选票。如果您改过票，请输入最新的回执编号；如果没有，请保留回执，并向监管机构或仲裁机构反映。",
		"waits_for_finality" => "您的选票已在链上，尚待最终确认。选票没有丢失，也无须重新投票，请稍后再来保存证明文件。",
		"no_such_poll" => "链上没有该回执所称的表决。",
		"no_such_row" => "该案件的名册没有该回执所称的行。",
		"node_away" | "node_unsound" | "too_slow" => "本服务的节点暂时无法答复，请稍后再试。",
		_ => "暂时无法取得证明文件，请稍后再试。",
	}
}

fn in_english(code: &str) -> &'static str {
	match code {
		"not_a_receipt" => "This is not a receipt code: look for a mistyped character.",
		"other_chain" => "That receipt is of another chain.",
		"no_bundle" => "This service has no proof file for that receipt. Ask the operator for it.",
		"not_counted" => {
			"The node says that no ballot counts in this row which fits the receipt. If you voted again, enter your \
			 newest code; if not, keep the receipt and turn to the regulator or an arbitration institution."
		}
		"waits_for_finality" => {
			"Your ballot is on the chain and waits until its block is final. It is not lost, and you need not vote \
			 again: come back later for the proof file."
		}
		"no_such_poll" => "The chain has no poll as the receipt says.",
		"no_such_row" => "The roll of that case has no row as the receipt says.",
		"node_away" | "node_unsound" | "too_slow" => {
			"The service's node does not answer now. Try again later."
		}
		_ => "The proof file cannot be had now. Try again later.",
	}
}
