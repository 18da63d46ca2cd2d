//! Spaces that OCR added or lost: "counter- terrorism", "Inow", "itis", "the wells.We".
//!
//! Only spaces are changed; a letter is never guessed.

use std::sync::LazyLock;

use super::report::RepairCounts;
use crate::import::words::last_bytes;

/// Words after a suspended hyphen ("pre- and post-conflict"), which keeps its space.
const SUSPENDED: [&str; 6] = ["and", "or", "to", "nor", "as", "but"];

/// Words that are found fused with "I". None of the fused forms is a word or a usual name.
const AFTER_I: [&str; 22] = [
    "also", "am", "believe", "call", "declare", "give", "have", "hope", "know", "now", "request",
    "shall", "should", "thank", "think", "want", "was", "welcome", "will", "wish", "would", "must",
];

/// Two words that are found fused, and whether they are also split if they start with a capital: others
/// could be names then.
type FusedPair = (&'static str, &'static str, bool);

/// Pairs of words that are found fused, in small letters and sorted.
const PAIRS: [FusedPair; 40] = [
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
    ("of", "our", true),
    ("of", "the", true),
    ("of", "this", true),
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

/// The pairs by their first letter, from "a" on. Every word of a text is looked up in them.
static BY_LETTER: LazyLock<[&[FusedPair]; 26]> = LazyLock::new(|| {
    std::array::from_fn(|n| {
        let place =
            |letter| PAIRS.partition_point(|pair| usize::from(pair.0.as_bytes()[0]) < letter);
        let letter = usize::from(b'a') + n;
        &PAIRS[place(letter)..place(letter + 1)]
    })
});

/// Repairs the spaces of a paragraph.
pub(super) fn mend_spaces(text: &mut String, tally: &mut RepairCounts) {
    let closed = close_hyphens(text);
    tally.repair("closed_hyphens", closed);
    let split = split_fused(text);
    tally.repair("split_words", split);
    let parted = part_sentences(text);
    tally.repair("parted_sentences", parted);
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

/// What follows a full stop without a space in names of files and hosts.
const EXTENSIONS: [&str; 9] = ["pdf", "doc", "docx", "html", "txt", "xls", "com", "org", "net"];
/// The longest word before a full stop that is looked at, in bytes.
const WORD: usize = 40;

/// Adds the space after the full stop, question mark or exclamation mark of a sentence where the next
/// sentence is glued to it.
fn part_sentences(text: &mut String) -> usize {
    let bytes = text.as_bytes();
    // A search for one character is several times faster than a look at every byte.
    let mut places: Vec<usize> = ['.', '?', '!']
        .iter()
        .flat_map(|stop| text.match_indices(*stop))
        .map(|(at, _)| at)
        .filter(|at| bytes.get(at + 1).is_some_and(|b| b.is_ascii_uppercase() || *b == b'('))
        .filter(|at| ends_glued(last_bytes(&text[..*at], WORD), &text[at + 1..]))
        .collect();
    places.sort_unstable();
    for at in places.iter().rev() {
        text.insert(at + 1, ' ');
    }
    places.len()
}

/// Whether a sentence ends between these texts. Symbols ("S.PRST"), abbreviations ("U.S.A"), initials
/// ("J.P."), addresses ("www.Example.org") and names of files have another letter, stop or slash beside it.
fn ends_glued(before: &str, after: &str) -> bool {
    let token =
        before.rsplit(|c: char| c.is_whitespace() || "(\"“‘[".contains(c)).next().unwrap_or("");
    let Some(last) = before.chars().next_back() else { return false };
    let closed = matches!(last, ')' | ']' | '"' | '”');
    let letters = token.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    let word = letters && last.is_lowercase() && token.chars().count() > 1;
    let capitals = letters && token.len() > 1 && token.chars().all(char::is_uppercase);
    let year = token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit());
    if !(closed || word || capitals || year) {
        return false;
    }
    if after.starts_with('(') {
        return after.starts_with("(spoke in ");
    }
    let len = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
    let (next, rest) = after.split_at(len);
    let mut following = rest.chars();
    let free = match following.next() {
        None => true,
        Some('.' | '/' | '@' | '_') => following.next().is_none_or(char::is_whitespace),
        Some(c) => !c.is_ascii_digit(),
    };
    let mut tail = next.chars().skip(1).peekable();
    let small = tail.peek().is_some() && tail.clone().all(char::is_lowercase);
    let single = matches!(next, "I" | "A") && rest.starts_with([' ', '\'', '’']);
    let acronym = word && next.len() > 1 && tail.all(char::is_uppercase);
    let extension = EXTENSIONS.iter().any(|end| next.eq_ignore_ascii_case(end));
    free && !extension && (small || single || acronym)
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
    let first = first.as_bytes()[0];
    let capital = first.is_ascii_uppercase();
    let pairs = BY_LETTER.get(usize::from(first.to_ascii_lowercase().wrapping_sub(b'a')))?;
    pairs.iter().find_map(|(one, two, with_capital)| {
        let same = rest.strip_prefix(&one[1..])? == *two;
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
    fn hyphens_with_a_space_after_are_closed() {
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
    fn every_pair_is_found_by_its_letter() {
        assert!(PAIRS.is_sorted());
        assert_eq!(BY_LETTER.iter().map(|pairs| pairs.len()).sum::<usize>(), PAIRS.len());
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
    fn glued_sentences_are_parted() {
        for (text, want) in [
            ("no more wells.We dig", "no more wells. We dig"),
            ("about it.The well", "about it. The well"),
            ("in Utopia.The well", "in Utopia. The well"),
            ("speakers.I give. wells.A well", "speakers. I give. wells. A well"),
            ("cooperation.ASEAN and others", "cooperation. ASEAN and others"),
            ("those of the ICGLR.Despite it", "those of the ICGLR. Despite it"),
            ("(see S/2099/1).My delegation", "(see S/2099/1). My delegation"),
            ("resolution 1 (2020).One year", "resolution 1 (2020). One year"),
            ("in October 2019.The well", "in October 2019. The well"),
            ("“the wells”.We agree", "“the wells”. We agree"),
            ("in that regard?We say!Then", "in that regard? We say! Then"),
            ("to act.(spoke in French) We", "to act. (spoke in French) We"),
            ("the Secretary-General.It’s so", "the Secretary-General. It’s so"),
            ("the end.We.", "the end. We."),
        ] {
            assert_eq!(mended(text), want);
        }
        for text in [
            "the U.S.A and U.S. Navy, Washington, D.C., and D.C.We",
            "S.PRST and S/PV.8704.The and Ph.D. and e.V. and J.P.Orlan",
            "www.Example.Org and example.Com and a@wells.Org.x",
            "report.PDF and well.Digging.txt and Node.Js2",
            "at 3 p.m. and 3.5 and 1.The",
            "see para.(a) and the end.(see it)",
            "the end…We and wells. We",
            "un.Org/wells",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn only_spaces_change() {
        let text = "Inow say: counter- terrorism, pre- and post-war, itis – “ofthe” é";
        let bare = |t: &str| t.replace(' ', "");
        assert_eq!(bare(&mended(text)), bare(text));
    }
}
