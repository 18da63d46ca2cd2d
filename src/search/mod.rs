//! Questions in, hits out: fuzzy find over everything that has a name, and full text.

pub mod concordance;
pub mod find;
pub mod letters;
pub mod query;
pub mod text;
pub mod values;
pub mod whole_words;
pub mod within;
pub mod words;
