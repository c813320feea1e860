//! The functions that a page calls, over the module's memory.
//!
//! `unsafe` is denied everywhere else in the workspace. Here it cannot be avoided: a page hands over
//! places in memory as plain numbers, and no type of Rust says what lies there.
#![allow(unsafe_code)]

use crate::json;
use alloc::{boxed::Box, vec, vec::Vec};
use core::{ptr, slice};
use winddown_proof::{Anchor, Hash};

/// Bytes of the length before an answer.
pub const LENGTH: usize = 4;

/// Reserves `length` bytes, all zero.
#[unsafe(no_mangle)]
pub extern "C" fn winddown_alloc(length: usize) -> *mut u8 {
	leak(vec![0; length])
}

/// Gives back what [`winddown_alloc`] reserved, or an answer.
///
/// # Safety
///
/// `place` comes from this module, was not given back before, and has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn winddown_free(place: *mut u8, length: usize) {
	// SAFETY: by the contract of this function it is a boxed slice that `leak` let go.
	drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(place, length)) });
}

/// Verifies a bundle from the genesis hash.
///
/// # Safety
///
/// `bundle` has `length` bytes, `genesis` has 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn winddown_verify(
	bundle: *const u8,
	length: usize,
	genesis: *const u8,
) -> *mut u8 {
	// SAFETY: by the contract of this function.
	let (bundle, hash) = unsafe { (slice::from_raw_parts(bundle, length), hash(genesis)) };
	answer(json::verify(bundle, &Anchor::Genesis { hash }))
}

/// Verifies a bundle from the hash of a checkpoint's block.
///
/// # Safety
///
/// `bundle` has `length` bytes, `genesis` and `block` have 32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn winddown_verify_from(
	bundle: *const u8,
	length: usize,
	genesis: *const u8,
	block: *const u8,
) -> *mut u8 {
	// SAFETY: by the contract of this function.
	let (bundle, genesis, block) =
		unsafe { (slice::from_raw_parts(bundle, length), hash(genesis), hash(block)) };
	answer(json::verify(bundle, &Anchor::Checkpoint { genesis, block }))
}

/// Reads at which block a bundle begins, so that a page can ask whether that block is trusted.
///
/// # Safety
///
/// `bundle` has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn winddown_origin(bundle: *const u8, length: usize) -> *mut u8 {
	// SAFETY: by the contract of this function.
	answer(json::origin(unsafe { slice::from_raw_parts(bundle, length) }))
}

/// Reads a receipt code.
///
/// # Safety
///
/// `code` has `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn winddown_receipt(code: *const u8, length: usize) -> *mut u8 {
	// SAFETY: by the contract of this function.
	answer(json::receipt(unsafe { slice::from_raw_parts(code, length) }))
}

/// # Safety
///
/// `place` has 32 bytes.
unsafe fn hash(place: *const u8) -> Hash {
	// SAFETY: by the contract of this function; an array of bytes has no alignment.
	Hash(unsafe { place.cast::<[u8; 32]>().read() })
}

fn answer(json: Vec<u8>) -> *mut u8 {
	leak([&(json.len() as u32).to_le_bytes()[..], &json].concat())
}

fn leak(bytes: Vec<u8>) -> *mut u8 {
	Box::into_raw(bytes.into_boxed_slice()).cast()
}
