//! The query language of full text.
//!
//! - All words are required, anywhere in the statement. `OR` between two makes them alternatives and binds more tightly
//!   than a space; `-` before a word, phrase, field or bracket forbids it.
//! - `NOT` and `!` are `-`, `AND`, `&&` and `+` are a space, `|` and `||` are `OR`. In lower case they are words.
//! - Words, signs and fields that are operators in other programs are obeyed where they can only mean one thing, and
//!   else named in [`Query::troubles`] or [`Query::notes`]: see `habit`.
//! - `forms:veto` finds a word in all its forms; `forms:on` does that for every bare word.
//! - `"a phrase"` and `near/5` match inside a paragraph; `near/5` in both orders, with at most five words between.
//! - `word*` is a prefix; so is the last word of a query that is being typed, until a space follows.
//! - Fields narrow: see [`Field`]. `state:`, `org:`, `capacity:`, `group:` and `vote:` narrow to what was said in one
//!   capacity: then the words must be in that part of the statement.
//!
//! A query with mistakes is read as far as possible, and each mistake is reported with its place in the text. Nothing
//! here knows an index.

mod complete;
mod habit;
mod lex;
mod near;
mod node;
mod parse;
mod print;
mod unknown;
mod value;

pub(super) use value::{AS, CAPACITIES, document_name, word_of};

pub use complete::{Completion, Values, asks_for_a_group, complete};
pub use node::{
    Cast, FARTHEST, Field, LONGEST, MOST_NEAR, MOST_WORDS, Name, Node, Phrase, Query, Trouble,
};
pub use parse::{forms_are_on, parse, parse_typed, toggle_forms};
pub use unknown::unknown_names;
