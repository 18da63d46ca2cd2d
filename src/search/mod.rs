//! Questions in, hits out: fuzzy find over everything that has a name.

pub mod find;
pub mod letters;
pub mod within;
