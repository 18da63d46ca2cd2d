//! Runs a query: the best hits and the counts (`search`, `collect`), and the words of a hit in its record (`marks`,
//! `context`).

mod chair;
mod closeness;
mod collect;
mod context;
mod corpus;
mod each;
mod marks;
mod search;

pub use chair::said_in_the_chair;
pub(crate) use context::make_snippet;
pub use context::{HitContext, OpenedRecord, RecordLoader, find_context, find_contexts};
pub(in crate::search) use corpus::corpus_of;
pub use each::{EachStatement, Seen, each_statement, each_text};
pub use marks::Marker;
pub(crate) use search::best_hits;
pub use search::{
    CountBy, Hit, Hits, Order, SMALL_LIBRARY, count_by, count_by_record, forms_line, search,
    search_in_parts,
};
