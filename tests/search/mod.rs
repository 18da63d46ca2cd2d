//! Find, the query language, and references in texts.

mod find;
mod query;
mod references;
mod wanted;
