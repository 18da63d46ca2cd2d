//! The index of full text. It is made from the records and can be deleted at any time.
//!
//! Writing: `document` makes the documents of a record with the words of `folded_text`, `segments` makes segments of them
//! in threads, `writer` commits and merges these, `update` locks the folder and runs the writer. `manifest` lists the
//! indexed records, and `state` compares it with the library. Reading: `open` opens an index after `verify` has compared
//! its files with their checksums. `directory` is the folder as tantivy sees it, `seal` the checksum of its small files,
//! and `schema` the fields and columns.

mod directory;
mod document;
mod error;
mod folded_text;
mod manifest;
mod open;
mod schema;
mod seal;
mod segments;
mod state;
mod update;
mod verify;
mod writer;

pub use document::{capacities, capacity_of};
pub use error::IndexError;
pub use open::Index;
pub use state::{IndexState, index_state, known_index_state, unindexed_records};
pub use update::{update_index, update_where_allowed};
pub use writer::{IndexUpdate, Progress};

pub(super) use open::Editions;
pub(super) use schema::{Attributes, DocumentPart, Fields, Length, record_key};
#[cfg(test)]
pub(super) use {
    folded_text::TextFolder,
    schema::{index_schema, tokenizers},
};
