//! Questions in, hits out: fuzzy find over everything that has a name, and full text over every statement.
//!
//! A full-text search goes through five modules:
//!
//! 1. [`query`] parses what is typed.
//! 2. `compile` makes a query for tantivy out of it; phrases and prefixes are answered by `phrase`, everything else by
//!    tantivy.
//! 3. [`index`] opens the index of a library, and brings it up to date.
//! 4. [`results`] runs the query: the best hits, the counts, and the words of a hit in its record.
//! 5. [`concordance`] puts every match on a line of its own.
//!
//! All of them split and fold texts with [`words`]. Apart from that, [`find`] is fuzzy find over names, [`within`] the
//! search in one text, and [`whole_words`] the filter by words of a topic.

pub mod catch_panic;
mod compile;
pub mod concordance;
pub mod find;
pub mod forms;
pub mod index;
mod phrase;
pub mod query;
pub mod results;
pub mod whole_words;
pub mod within;
pub mod words;
