//! Phrases, also half-typed ones, and words near each other.

mod candidates;
mod frequent_prefixes;
mod phrase_query;
mod phrase_terms;
mod prefix;
mod prefix_column;
mod term_range;

pub(super) use phrase_query::PhraseQuery;
pub(super) use phrase_terms::{PhraseTerm, phrase_length, phrase_terms};
pub(super) use prefix_column::{PREFIX_COLUMN, PrefixColumnWriter};
pub(super) use term_range::{TermRange, TermRangeQuery};
