//! The parts of what was printed, and the marks by which they are known.

use super::head::ShownHead;
use crate::record::{Capacity, VoteKind};

/// A part of what was printed, in the words of `app::blocks`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ShownBlock {
    Page(u32),
    Direction(String),
    Speaker { number: u32, printed: String, note: String },
    Capacity(Capacity),
    Paragraph(String),
    Vote(ShownVote),
}

/// A vote as printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ShownVote {
    /// What was voted on.
    pub(super) reference: String,
    /// The drafts, if it is called by what it was adopted as.
    pub(super) drafts: Vec<String>,
    /// Outcome and counts.
    pub(super) result: String,
    /// The name of each list with its members.
    pub(super) groups: Vec<(String, Vec<String>)>,
    /// Its kind, as its heading says it; `None` for a plain "Vote".
    pub(super) kind: Option<VoteKind>,
}

/// The headings of votes: the words, what comes before the reference in Markdown, and the kind.
const VOTE_HEADINGS: [(&str, &str, Option<VoteKind>); 6] = [
    ("Procedural vote", " on ", Some(VoteKind::Procedural)),
    ("Vote on an amendment", ", ", Some(VoteKind::Amendment)),
    ("Vote on a part", " of ", Some(VoteKind::Part)),
    ("Vote on a preliminary question", ", ", Some(VoteKind::Preliminary)),
    ("Election", ", ", Some(VoteKind::Election)),
    ("Vote", " on ", None),
];

/// The kind of a vote and its reference in a heading of the text or of the Markdown.
pub(super) fn parse_vote_heading(
    text: &str,
    is_markdown: bool,
) -> Option<(Option<VoteKind>, &str)> {
    VOTE_HEADINGS.iter().find_map(|(words, before, kind)| {
        let rest = text.strip_prefix(words)?;
        let reference = rest.strip_prefix(if is_markdown { before } else { ": " })?;
        Some((*kind, reference))
    })
}

/// What was printed, in its parts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ShownRecord {
    pub(super) head: ShownHead,
    pub(super) blocks: Vec<ShownBlock>,
}

/// The capacity that is printed in these words.
pub(super) fn parse_capacity(words: &str) -> Option<Capacity> {
    match words {
        "as President of the Council" => Some(Capacity::President),
        "in national capacity" => Some(Capacity::National),
        "for the organization" => Some(Capacity::Organization),
        _ => None,
    }
}

/// The number in `[page 3]`.
pub(super) fn parse_page(words: &str) -> Option<u32> {
    let number = words.strip_prefix("[page ")?.strip_suffix(']')?;
    number.parse().ok().filter(|_| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The number and the words of `12. Mr. Orlan (Peru)`.
pub(super) fn parse_numbered(words: &str) -> Option<(u32, &str)> {
    let (number, rest) = words.split_once(". ")?;
    let digits =
        !number.is_empty() && number.len() < 6 && number.bytes().all(|b| b.is_ascii_digit());
    Some((number.parse().ok().filter(|_| digits)?, rest))
}
