//! Marks that people and programs put around the lines of a text: quoted mail ([`quoted`]) and Markdown
//! ([`markdown`]).

pub(super) mod markdown;
mod quoted;

pub(super) use markdown::is_markdown;
pub(super) use quoted::{Unquoted, strip_quotes};
