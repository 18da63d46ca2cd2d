//! Runs a query: the best hits and the counts (`search`, `collect`), and the words of a hit in its record (`marks`,
//! `context`).

mod chair;
mod closeness;
mod collect;
mod context;
mod marks;
mod search;

pub use chair::said_in_the_chair;
pub(crate) use context::make_snippet;
pub use context::{HitContext, OpenedRecord, RecordLoader, find_context, find_contexts};
pub use marks::Marker;
pub use search::{
    CountBy, Hit, Hits, Order, SMALL_LIBRARY, count_by, count_by_record, forms_line, search,
    search_in_parts,
};
