//! Spaces that OCR added or lost: "counter- terrorism", "Inow", "itis".
//!
//! Only spaces are changed; a letter is never guessed.

use super::report::RepairCounts;

/// Words after a suspended hyphen ("pre- and post-conflict"), which keeps its space.
const SUSPENDED: [&str; 6] = ["and", "or", "to", "nor", "as", "but"];

/// Words that are found fused with "I". None of the fused forms is a word or a usual name.
const AFTER_I: [&str; 22] = [
    "also", "am", "believe", "call", "declare", "give", "have", "hope", "know", "now", "request",
    "shall", "should", "thank", "think", "want", "was", "welcome", "will", "wish", "would", "must",
];

/// Pairs of words that are found fused, in small letters. Those marked are also split if they start with a
/// capital; the others could be names then.
const PAIRS: [(&str, &str, bool); 40] = [
    ("and", "the", true),
    ("as", "a", false),
    ("at", "the", true),
    ("by", "the", true),
    ("does", "not", true),
    ("for", "the", true),
    ("from", "the", true),
    ("has", "been", true),
    ("have", "been", true),
    ("if", "the", true),
    ("in", "a", false),
    ("in", "order", true),
    ("in", "the", true),
    ("in", "this", true),
    ("into", "the", true),
    ("is", "a", false),
    ("is", "not", true),
    ("is", "the", true),
    ("it", "has", true),
    ("it", "is", true),
    ("it", "was", true),
    ("it", "will", true),
    ("of", "a", false),
    ("of", "all", true),
    ("of", "the", true),
    ("of", "this", true),
    ("of", "our", true),
    ("on", "the", true),
    ("that", "is", true),
    ("that", "the", true),
    ("this", "is", true),
    ("to", "a", false),
    ("to", "the", true),
    ("was", "the", true),
    ("we", "are", false),
    ("we", "have", false),
    ("we", "will", false),
    ("will", "be", false),
    ("with", "a", false),
    ("with", "the", true),
];

/// Repairs the spaces of a paragraph.
pub(super) fn mend_spaces(text: &mut String, tally: &mut RepairCounts) {
    let closed = close_hyphens(text);
    tally.repair("closed_hyphens", closed);
    let split = split_fused(text);
    tally.repair("split_words", split);
}

/// Removes the space in "word- word", unless the hyphen is suspended.
fn close_hyphens(text: &mut String) -> usize {
    let mut places = Vec::new();
    for (at, _) in text.match_indices("- ") {
        let before = text[..at].chars().next_back();
        let after = &text[at + 2..];
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        // "down- to-earth": a word that is itself hyphenated is no conjunction.
        let conjunction =
            SUSPENDED.contains(&&after[..letters]) && !after[letters..].starts_with('-');
        if before.is_some_and(char::is_alphabetic) && letters > 0 && !conjunction {
            places.push(at + 1);
        }
    }
    for at in places.iter().rev() {
        text.remove(*at);
    }
    places.len()
}

/// Splits fused words.
fn split_fused(text: &mut String) -> usize {
    let mut places: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let len = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let end = at + len;
        // A full stop within a web address is followed by a letter.
        let dotted = bytes.get(end) == Some(&b'.')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        let free = (at == 0 || bytes[at - 1] != b'.' && is_free(bytes[at - 1]))
            && bytes.get(end).is_none_or(|b| is_free(*b))
            && !dotted;
        if free
            && (3..=9).contains(&len)
            && let Some(first) = fused_at(&text[at..end])
        {
            places.push(at + first);
        }
        at += len;
    }
    for at in places.iter().rev() {
        text.insert(*at, ' ');
    }
    places.len()
}

/// Whether this byte ends a word for certain: not within a web address, a hyphenated word or a name with
/// an apostrophe.
fn is_free(byte: u8) -> bool {
    byte == b' ' || matches!(byte, b',' | b'.' | b';' | b':' | b'!' | b'?' | b'(' | b')' | b'"')
}

/// The length of the first of two fused words.
fn fused_at(word: &str) -> Option<usize> {
    if let Some(rest) = word.strip_prefix('I').filter(|rest| AFTER_I.contains(rest)) {
        return (!rest.is_empty()).then_some(1);
    }
    let (first, rest) = word.split_at(1);
    let capital = first.as_bytes()[0].is_ascii_uppercase();
    let first = first.to_ascii_lowercase();
    PAIRS.iter().find_map(|(one, two, with_capital)| {
        let tail = one.strip_prefix(first.as_str())?;
        let same = rest.strip_prefix(tail)? == *two;
        (same && (*with_capital || !capital)).then_some(one.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut text = text.to_owned();
        mend_spaces(&mut text, &mut RepairCounts::default());
        text
    }

    #[test]
    fn hyphens_with_a_space_behind_are_closed() {
        for (text, want) in [
            ("counter- terrorism", "counter-terrorism"),
            ("the Secretary- General’s", "the Secretary-General’s"),
            ("pre- and post-electoral", "pre- and post-electoral"),
            ("short- or long-term", "short- or long-term"),
            ("north- to south", "north- to south"),
            ("neither pre- nor post-war", "neither pre- nor post-war"),
            ("down- to-earth", "down-to-earth"),
            ("counter- orderly", "counter-orderly"),
            ("words - and more", "words - and more"),
            ("2019- 2020", "2019- 2020"),
            ("end- ", "end- "),
            ("Aïn- Él", "Aïn-Él"),
        ] {
            assert_eq!(mended(text), want);
        }
    }

    #[test]
    fn fused_words_are_split() {
        for (text, want) in [
            ("Inow give. Ialso thank; Iam", "I now give. I also thank; I am"),
            ("itis inthe report ofthe day", "it is in the report of the day"),
            ("Itis so. Inthe end", "It is so. In the end"),
            ("Iman Ina Isa Tobe Weare", "Iman Ina Isa Tobe Weare"),
            ("www.itis.example/inthe-end", "www.itis.example/inthe-end"),
            ("asa matter ina word", "as a matter in a word"),
            ("It", "It"),
        ] {
            assert_eq!(mended(text), want);
        }
    }

    #[test]
    fn only_spaces_change() {
        let text = "Inow say: counter- terrorism, pre- and post-war, itis – “ofthe” é";
        let bare = |t: &str| t.replace(' ', "");
        assert_eq!(bare(&mended(text)), bare(text));
    }
}
