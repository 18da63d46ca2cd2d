//! Questions in, hits out: fuzzy find over everything that has a name, and full text over every statement.
//!
//! A full-text search goes through five modules:
//!
//! 1. [`query`] parses what is typed.
//! 2. `compile` makes a query for tantivy out of it; phrases and prefixes are answered by `phrase`, everything else by
//!    tantivy.
//! 3. [`index`] opens the index of a library, and brings it up to date.
//! 4. [`results`] runs the query: the best hits, the counts, and the words of a hit in its record.
//! 5. [`concordance`] puts every match on a line of its own, and [`collocates`] counts the words beside them.
//!
//! All of them split and fold texts with [`words`]. Apart from that, [`find`] is fuzzy find over names, [`within`] the
//! search in one text, [`whole_words`] the filter by words of a topic, [`new_hits`] what a kept query finds that was
//! not seen before, and [`similar`] the statements that are like another.

pub mod catch_panic;
pub mod collocates;
mod compile;
pub mod concordance;
pub mod find;
pub mod forms;
pub mod index;
pub mod new_hits;
mod phrase;
pub mod query;
pub mod results;
pub mod similar;
pub mod whole_words;
pub mod within;
pub mod words;
