//! Phrases, also half-typed ones, and words near each other.

mod candidates;
mod frequent_prefixes;
mod phrase_query;
mod phrase_terms;
mod prefix;
mod prefix_column;
mod term_range;

pub(super) use phrase_query::Placed;
pub(super) use phrase_terms::{Slot, length, slots};
pub(super) use prefix_column::{COLUMN, Packer};
pub(super) use term_range::{Terms, TermsQuery};
