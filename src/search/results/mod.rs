//! From a query to its hits and counts, and the words of a hit in its record.

mod collect;
mod context;
mod marks;
mod search;

pub(crate) use context::snippet;
pub use context::{Context, Loader, Opened, context};
pub use marks::Marker;
pub use search::{By, Hit, Hits, Order, SMALL, ask, count_by, count_by_record, search};
