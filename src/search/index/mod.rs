//! The index of full text: made from the records, never the truth, and deleted without loss.

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
pub use state::{State, missing, state};
pub use update::{bring, update};
pub use writer::{Progress, Updated};

pub(super) use open::Book;
pub(super) use schema::{Attributes, Fields, Part};
#[cfg(test)]
pub(super) use {
    folded_text::Folder,
    schema::{schema, tokenizers},
};
