//! Bytes that shall be a transaction or a call, and are none.

use codec::{Decode, Input};
use std::fmt;
use winddown_runtime::{RuntimeCall, UncheckedExtrinsic};

/// Where and why bytes cannot be decoded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undecodable {
	what: &'static str,
	/// The first byte of the part that cannot be read; counted from 0.
	at: usize,
	/// How many bytes there are.
	length: usize,
	reason: String,
}

impl fmt::Display for Undecodable {
	fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
		let Self { what, at, length, reason } = self;
		write!(
			out,
			"The {what} cannot be decoded: it breaks off at byte {at} of {length} ({reason})"
		)
	}
}

/// Why these bytes are no transaction of this chain; none if they are one.
pub fn undecodable(bytes: &[u8]) -> Option<Undecodable> {
	decode::<UncheckedExtrinsic>("transaction", bytes, bytes.len())
}

/// Why what was handed to a call of the runtime's interface holds no transaction or call of this chain, where it
/// shall hold one.
pub fn undecodable_argument(method: &str, data: &[u8]) -> Option<Undecodable> {
	/// The length of a block's hash.
	const HASH: usize = 32;
	/// The length of a length.
	const LENGTH: usize = 4;

	// Where the argument begins, and how much follows it.
	let (before, after) = match method {
		// Where the transaction comes from stands before it, the block it is looked at after it.
		"TaggedTransactionQueue_validate_transaction" => (1, HASH),
		"BlockBuilder_apply_extrinsic" => (0, 0),
		"TransactionPaymentApi_query_info"
		| "TransactionPaymentApi_query_fee_details"
		| "TransactionPaymentCallApi_query_call_info"
		| "TransactionPaymentCallApi_query_call_fee_details" => (0, LENGTH),
		_ => return None,
	};
	let argument = data.get(before..)?;
	let length = argument.len().saturating_sub(after);
	match method.starts_with("TransactionPaymentCallApi_") {
		true => decode::<RuntimeCall>("call", argument, length),
		false => decode::<UncheckedExtrinsic>("transaction", argument, length),
	}
}

/// How deep calls inside of calls are looked at here. The runtime goes deeper, and its stack is its own.
const DEPTH: u32 = 32;

fn decode<T: Decode>(what: &'static str, bytes: &[u8], length: usize) -> Option<Undecodable> {
	let mut input = Watched { rest: bytes, depth: 0, is_too_deep: false };
	let error = T::decode(&mut input).err()?;
	if input.is_too_deep {
		return None;
	}
	let at = bytes.len().saturating_sub(input.rest.len());
	Some(Undecodable { what, at, length, reason: one_line(&error) })
}

/// Bytes that are read, and how deep inside of each other the values are that they make.
struct Watched<'a> {
	rest: &'a [u8],
	depth: u32,
	is_too_deep: bool,
}

impl Input for Watched<'_> {
	fn remaining_len(&mut self) -> Result<Option<usize>, codec::Error> {
		self.rest.remaining_len()
	}

	fn read(&mut self, into: &mut [u8]) -> Result<(), codec::Error> {
		self.rest.read(into)
	}

	fn descend_ref(&mut self) -> Result<(), codec::Error> {
		self.depth = self.depth.saturating_add(1);
		if self.depth > DEPTH {
			self.is_too_deep = true;
			return Err("too deep".into());
		}
		Ok(())
	}

	fn ascend_ref(&mut self) {
		self.depth = self.depth.saturating_sub(1);
	}
}

/// The library tells each layer of a value on a line of its own, the outermost first.
fn one_line(error: &codec::Error) -> String {
	let text = error.to_string();
	let lines: Vec<_> = text.lines().map(|line| line.trim().trim_end_matches(':')).collect();
	lines.join(": ").trim_end_matches([':', ' ']).into()
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::{Compact, Encode};

	fn remark(length: usize) -> RuntimeCall {
		RuntimeCall::System(frame_system::Call::remark { remark: vec![7; length] })
	}

	fn transaction(call: RuntimeCall) -> Vec<u8> {
		UncheckedExtrinsic::new_bare(call).encode()
	}

	/// A transaction of a call's first bytes, whose own length is right.
	fn cut(call: RuntimeCall, bytes: usize) -> Vec<u8> {
		// The version and kind of a transaction without signature stand before its call.
		let body = [&[5][..], &call.encode()[..bytes]].concat();
		[Compact(body.len() as u32).encode(), body].concat()
	}

	#[test]
	fn a_whole_transaction_is_no_fault() {
		assert_eq!(undecodable(&transaction(remark(9))), None);
	}

	#[test]
	fn a_call_with_bytes_missing_is_told_with_the_byte() {
		// Length, version, pallet and call, and the length of the remark come before its 9 bytes.
		let missing = undecodable(&cut(remark(9), 3 + 4)).unwrap();
		assert_eq!((missing.at, missing.length), (5, 9));
		assert!(
			missing
				.to_string()
				.starts_with("The transaction cannot be decoded: it breaks off at byte 5 of 9 ("),
			"{missing}"
		);
		assert!(!missing.to_string().contains('\n'), "{missing}");
	}

	#[test]
	fn every_shorter_beginning_of_a_transaction_is_told() {
		let whole = transaction(remark(9));
		for length in 0..whole.len() {
			let fault = undecodable(&whole[..length]).unwrap();
			assert!(fault.at <= length && fault.length == length, "{fault}");
		}
	}

	#[test]
	fn what_is_too_deep_is_left_to_the_runtime() {
		#[derive(Decode)]
		struct Nest(#[allow(dead_code)] Vec<Nest>);
		// A list of one list of one list, and so on.
		assert_eq!(decode::<Nest>("nest", &[4; 100_000], 100_000), None);
		assert!(decode::<Nest>("nest", &[4; 20], 20).is_some_and(|fault| fault.at == 20));
	}

	#[test]
	fn the_transaction_is_found_among_what_the_runtime_is_asked() {
		let cut = cut(remark(9), 7);
		let fault = undecodable(&cut);
		assert!(fault.is_some());
		let checked = [&[2][..], &cut, &[0; 32]].concat();
		let method = "TaggedTransactionQueue_validate_transaction";
		assert_eq!(undecodable_argument(method, &checked).unwrap().length, cut.len());
		assert_eq!(undecodable_argument("BlockBuilder_apply_extrinsic", &cut), fault);
		let whole = [transaction(remark(9)), vec![0; 4]].concat();
		assert_eq!(undecodable_argument("TransactionPaymentApi_query_info", &whole), None);
		let call = [&remark(9).encode()[..4], &[0; 4]].concat();
		let told = undecodable_argument("TransactionPaymentCallApi_query_call_info", &call);
		assert!(told.unwrap().to_string().starts_with("The call cannot be decoded: "));
		assert_eq!(undecodable_argument("Core_version", &[]), None);
	}
}
