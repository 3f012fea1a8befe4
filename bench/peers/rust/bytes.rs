// SPDX-License-Identifier: MIT

//! Operations on handles with the bytes crate, each a loop of its own: nothing but the crate's code
//! lies between two operations.

use bytes::{Bytes, BytesMut};
use std::hint::black_box;

/// A handle in cache lines of its own: the count that it leads to changes all the time.
#[repr(align(128))]
pub struct Handle(Bytes);

#[no_mangle]
pub extern "C" fn fcb_rust_begin(size: usize) -> *mut Handle {
    // A clone is a shared handle once and for all; a fresh one has yet to be made so.
    Box::into_raw(Box::new(Handle(Bytes::from(vec![0u8; size]).clone())))
}

/// # Safety
/// The handle comes from `fcb_rust_begin`.
#[no_mangle]
pub unsafe extern "C" fn fcb_rust_end(handle: *mut Handle) {
    drop(Box::from_raw(handle));
}

/// # Safety
/// The handle comes from `fcb_rust_begin`.
#[no_mangle]
pub unsafe extern "C" fn fcb_rust_retain(handle: *const Handle, times: usize) {
    for _ in 0..times {
        let other = (*handle).0.clone();
        black_box(&other);
    }
}

/// # Safety
/// The handle comes from `fcb_rust_begin`, and has `end` bytes.
#[no_mangle]
pub unsafe extern "C" fn fcb_rust_slice(handle: *const Handle, times: usize, begin: usize, end: usize) {
    for _ in 0..times {
        let other = (*handle).0.slice(black_box(begin)..black_box(end));
        black_box(&other);
    }
}

#[no_mangle]
pub extern "C" fn fcb_rust_alloc(size: usize, times: usize) {
    for _ in 0..times {
        let other = BytesMut::with_capacity(black_box(size));
        black_box(&other);
    }
}

/// # Safety
/// `from` has `size` bytes.
#[no_mangle]
pub unsafe extern "C" fn fcb_rust_clone(from: *const u8, size: usize, times: usize) {
    for _ in 0..times {
        let other = Bytes::copy_from_slice(std::slice::from_raw_parts(from, size));
        black_box(&other);
    }
}
