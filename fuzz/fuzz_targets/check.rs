//! Any bytes to the reader of this name; what has to hold is in `readers.rs`.
#![no_main]

#[path = "../../tests/fuzz/readers.rs"]
#[allow(dead_code)]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::check(bytes);
});
