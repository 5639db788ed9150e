//! The exports of `todoita.wasm`, for programs in any language: it imports nothing, and only whole numbers cross
//! (docs/wasm-abi.md). A request is written into memory of [`alloc`]; the result of a function is memory of the
//! same kind: its address in the upper 32 bits, its length in the lower. Both end with [`free`].
//!
//! There is no `unsafe`: all memory that a caller may write is owned here, and a request is found by its address.

use alloc::vec::Vec;
use core::hint::black_box;
use std::sync::{Mutex, MutexGuard, PoisonError};

use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::functions::json::{self, Function};
use crate::wasm::clean_stack::with_clean_stack;

/// The longest request in bytes: a text of [`crate::functions::LONGEST_TEXT`] characters has at most 1,200,000 in JSON, where a
/// character outside the BMP may be two escapes of six bytes.
const LONGEST: u32 = 1 << 21;

type Block = Zeroizing<Vec<u8>>;

/// The memory that callers hold.
static BLOCKS: Mutex<Vec<Block>> = Mutex::new(Vec::new());

fn blocks() -> MutexGuard<'static, Vec<Block>> {
    // A module without threads: nobody else has panicked.
    BLOCKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The address of a block. A caller writes there without the compiler seeing it, which therefore must not know
/// anything about the block.
fn address(block: &Block) -> u32 {
    black_box(block.as_ptr()) as usize as u32
}

/// `length` bytes for a request; 0 for none, and for more than 2^21.
#[wasm_bindgen]
pub fn alloc(length: u32) -> u32 {
    if length == 0 || length > LONGEST {
        return 0;
    }
    let block = Zeroizing::new(black_box(alloc::vec![0; length as usize]));
    let at = address(&block);
    blocks().push(block);
    at
}

/// Wipes a block and gives it back. Another address than one of [`alloc`] or of a result does nothing.
#[wasm_bindgen]
pub fn free(at: u32) {
    let mut blocks = blocks();
    if let Some(place) = blocks.iter().position(|block| address(block) == at) {
        blocks.swap_remove(place);
    }
}

/// Answers the request of `length` bytes at an address of [`alloc`]. Another address is an empty request.
fn respond(at: u32, length: u32, answer: impl FnOnce(&[u8]) -> Block) -> u64 {
    let result = with_clean_stack(|| {
        let blocks = blocks();
        let block = blocks.iter().find(|block| address(block) == at);
        let request = block.and_then(|block| black_box(block.as_slice()).get(..length as usize));
        answer(request.unwrap_or_default())
    });
    let packed = u64::from(address(&result)) << 32 | result.len() as u64;
    blocks().push(result);
    packed
}

fn call(function: Function, at: u32, length: u32) -> u64 {
    respond(at, length, |request| json::call(function, request))
}

/// `json::read_code`
#[wasm_bindgen]
pub fn read_code(at: u32, length: u32) -> u64 {
    call(json::read_code, at, length)
}

/// `json::read_phone`
#[wasm_bindgen]
pub fn read_phone(at: u32, length: u32) -> u64 {
    call(json::read_phone, at, length)
}

/// `json::hotp`
#[wasm_bindgen]
pub fn hotp(at: u32, length: u32) -> u64 {
    call(json::hotp, at, length)
}

/// `json::totp`
#[wasm_bindgen]
pub fn totp(at: u32, length: u32) -> u64 {
    call(json::totp, at, length)
}

/// `json::verify_totp`
#[wasm_bindgen]
pub fn verify_totp(at: u32, length: u32) -> u64 {
    call(json::verify_totp, at, length)
}

/// `json::verify_hotp`
#[wasm_bindgen]
pub fn verify_hotp(at: u32, length: u32) -> u64 {
    call(json::verify_hotp, at, length)
}

/// `json::resync_hotp`
#[wasm_bindgen]
pub fn resync_hotp(at: u32, length: u32) -> u64 {
    call(json::resync_hotp, at, length)
}

/// `json::new_secret`: the request is 20 random bytes, without JSON.
#[wasm_bindgen]
pub fn new_secret(at: u32, length: u32) -> u64 {
    respond(at, length, json::new_secret)
}

/// `json::key_uri`
#[wasm_bindgen]
pub fn key_uri(at: u32, length: u32) -> u64 {
    call(json::key_uri, at, length)
}

/// `json::read_key_uri`
#[wasm_bindgen]
pub fn read_key_uri(at: u32, length: u32) -> u64 {
    call(json::read_key_uri, at, length)
}
