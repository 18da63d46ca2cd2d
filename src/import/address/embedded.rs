//! Forms of address inside a text: after the last State of a list of votes, after a heading, or after the
//! last words of the speaker before.

use super::{REACH, names, parse_address};
use crate::facts::states;
use crate::import::lines::ends_sentence;
use crate::import::words::{first_bytes, last_bytes};

/// The byte at which a form of address starts within a text, not at its start. Only forms that running
/// text cannot have: the chair, or a name with its State or language.
///
/// Before it must be the end of a sentence, or States and nothing else ("United States of America The
/// President (spoke in French):"); where the language is in the form of address, it may be any words.
#[must_use]
pub fn find_embedded_address(text: &str) -> Option<usize> {
    let colons: Vec<usize> = text.match_indices([':', '：']).map(|(at, _)| at).collect();
    let mut from = 0;
    for colon in colons {
        let head = from + (text[from..colon].len() - last_bytes(&text[from..colon], REACH).len());
        let starts = text[head..colon].match_indices(' ').map(|(at, _)| head + at + 1);
        let found = starts.filter(|&at| at > 0 && could_start(&text[at..])).find(|&at| {
            let Some(address) = parse_address(&text[at..]) else { return false };
            let before = text[..at].trim_end();
            at + address.speaker.printed.len() <= colon
                && !address.bare
                && (ends_sentence(before)
                    || are_states(before)
                    || address.spoken.is_some() && is_free(before))
        });
        if found.is_some() {
            return found;
        }
        from = colon;
    }
    None
}

/// Whether a form of address could start with these words; cheap.
fn could_start(text: &str) -> bool {
    let head = first_bytes(text, 60);
    head.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && (names::begins_with_any_title(head) || names::begins_with_chair(head))
}

/// Whether a text is a list of States and nothing else.
fn are_states(text: &str) -> bool {
    let mut rest = text.trim();
    while !rest.is_empty() {
        let Some((_, len)) = states::longest_at_start(rest) else { return false };
        let next = rest[len..].trim_start_matches([' ', ',', '、', '，', '.', ';']);
        rest = next.strip_prefix("and ").unwrap_or(next);
    }
    !text.trim().is_empty()
}

/// Whether the words before do not lead up to the name, as "I thank Mr. Orlan" does.
fn is_free(before: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or("");
    !last.starts_with(char::is_lowercase) && !before.ends_with([',', ';', '(', '“', '"'])
}
