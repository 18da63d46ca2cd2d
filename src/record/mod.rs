//! A record and what is in it: symbol, statements, votes, references.
//!
//! Plain data and pure functions. There are no files, no clock and no terminal here;
//! reading a record from bytes is in [`json`], from other formats in `crate::import`.

pub mod fold;
pub mod harmless;
pub mod json;
mod model;
pub mod place;
pub mod reference;
pub mod sentences;
pub mod symbol;
pub(crate) mod varint;

pub use model::{
    Announced, As, Behalf, Break, Capacity, Direction, FromPack, Item, Kind, Language, Member,
    Outcome, Paragraph, President, Record, Source, Speaker, Statement, Status, Vote,
};
pub use place::Place;
pub use symbol::Symbol;
