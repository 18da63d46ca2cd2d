//! Search inside a text.

use std::ops::Range;

/// Every place where `needle` stands in `text`, in bytes of the text.
#[must_use]
pub fn find(text: &str, needle: &str) -> Vec<Range<usize>> {
    text.match_indices(needle).map(|(at, m)| at..at + m.len()).collect()
}
