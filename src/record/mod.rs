//! A record and what is in it: symbol, statements, votes, references.
//!
//! Plain data and pure functions. There are no files, no clock and no terminal here;
//! reading a record from bytes is in [`json`], from other formats in `crate::import`.

mod doubt;
pub mod fold;
pub mod harmless;
pub mod json;
mod model;
pub mod place;
pub mod reference;
pub mod sentences;
pub mod symbol;
pub(crate) mod varint;
mod vote;

pub use doubt::{Doubt, PlacedDoubt};
pub use model::{
    As, Behalf, Break, Capacity, Direction, FromPack, Item, Kind, Language, Member, Paragraph,
    President, Record, Source, Speaker, Statement, Status,
};
pub use place::Place;
pub use symbol::Symbol;
pub use vote::{Announced, Outcome, Vote, VoteKind};
