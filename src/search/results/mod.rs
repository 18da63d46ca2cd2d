//! Runs a query: the best hits and the counts (`search`, `collect`), and the words of a hit in its record (`marks`,
//! `context`).

mod collect;
mod context;
mod each;
mod marks;
mod search;

pub(crate) use context::make_snippet;
pub use context::{HitContext, OpenedRecord, RecordLoader, find_context};
pub use each::{EachStatement, Seen, each_statement, each_text};
pub use marks::Marker;
pub use search::{
    CountBy, Hit, Hits, Order, SMALL_LIBRARY, count_by, count_by_record, search, search_in_parts,
};
