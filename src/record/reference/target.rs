//! A reference and the document it points to.

use std::ops::Range;

use crate::record::Symbol;

/// What a reference points to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A record, and the page if one is named: `S/PV.8628, p. 2`.
    Record {
        /// Its symbol.
        symbol: Symbol,
        /// The first page named.
        page: Option<u32>,
    },
    /// A resolution of the Security Council: number and year.
    Resolution {
        /// Its number.
        number: u32,
        /// Its year; where the text names none, the one that belongs to the number, which the Council
        /// counts through from 1946, and 0 where that is not known (after 2025).
        year: u16,
    },
    /// Any other document, by its symbol in the usual spelling: `S/2019/823`, `S/PRST/2019/15`, `A/RES/76/262`.
    Document(String),
}

/// A reference and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Bytes of the text it was found in.
    pub at: Range<usize>,
    /// What it points to.
    pub target: Target,
}
