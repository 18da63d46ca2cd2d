//! Sentences: where they end, in the six languages.
//!
//! A sentence ends at a stop. Most of the work is to know the stops that end nothing: those of
//! abbreviations ("Mr. Orlan", "para. 12", "ст. 5"), initials, numbers and ellipses. Where it is
//! uncertain the text is left together, since two sentences in one are read more easily than one in two.
//!
//! The only table of abbreviations is here. Import asks it too, by [`ends_in_abbreviation`].

use std::ops::Range;

mod abbreviations;

use abbreviations::{Abbreviation, LONGEST_WORD, STARTERS, lookup};

/// The sentences of a text, in order, by their bytes.
///
/// The ranges together are the whole text: white space belongs to the sentence before it, at the start
/// of the text to the first. None is empty, and all are on character boundaries.
#[must_use]
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, from: 0 }
}

/// The sentence with a byte of a text; with one past the end, the last. Empty only if the text is.
#[must_use]
pub fn sentence_at(text: &str, byte: usize) -> Range<usize> {
    let mut last = 0..0;
    for sentence in sentences(text) {
        if byte < sentence.end {
            return sentence;
        }
        last = sentence;
    }
    last
}

/// A range of a text without the white space around it.
#[must_use]
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or("");
    let start = range.start + (words.len() - words.trim_start().len());
    start..start.max(range.start + words.trim_end().len())
}

/// The sentences of a text without the white space around them; a line break ends one, too.
pub fn trimmed_sentences(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split('\n');
    lines
        .flat_map(|line| sentences(line).map(|sentence| line[sentence].trim()))
        .filter(|sentence| !sentence.is_empty())
}

/// Whether a text ends in an abbreviation, after which its sentence continues, as far as that can be
/// told without what comes after it.
#[must_use]
pub fn ends_in_abbreviation(text: &str) -> bool {
    let word = Word::last_of(text.trim_end_matches('.'));
    matches!(word.abbreviation(), Some(Abbreviation::Always | Abbreviation::Number))
}

/// Iterator over the sentences of a text; see [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'a> {
    text: &'a str,
    from: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.from;
        if start >= self.text.len() {
            return None;
        }
        self.from = start + sentence_length(&self.text[start..]);
        Some(start..self.from)
    }
}

/// The bytes of the first sentence of a text, with the white space after it.
fn sentence_length(text: &str) -> usize {
    let mut at = 0;
    while let Some(found) = find_stop(text, at) {
        let stops = Stops::read(text, found);
        if stops.end_a_sentence(text) {
            return text.len() - text[stops.closed..].trim_start().len();
        }
        at = stops.closed;
    }
    text.len()
}

/// The first stop at or after byte `from`. Bytes are looked at, since most texts have few letters beyond
/// ASCII: the first bytes of the stops that are no ASCII are those below.
fn find_stop(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let may_start =
        |byte: u8| matches!(byte, b'.' | b'!' | b'?' | 0xD8 | 0xDB | 0xE2 | 0xE3 | 0xEF);
    (from..bytes.len())
        .filter(|&at| may_start(bytes[at]))
        .find(|&at| text[at..].starts_with(is_stop))
}

/// A stop of any script.
fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || is_full_stop(c)
}

/// A stop that is nothing but the end of a sentence, also with no space after it.
fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '؟' | '۔')
}

/// A mark that closes a quotation or a bracket.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | '）' | ']' | '」' | '』' | '》' | '＂')
}

/// A mark before the first word of a sentence.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '„'
            | '‘'
            | '«'
            | '‹'
            | '('
            | '（'
            | '['
            | '「'
            | '『'
            | '《'
            | '¿'
            | '¡'
            | '—'
            | '–'
            | '-'
            | '§'
            | '№'
    ) || c.is_whitespace()
}

/// Chinese characters, which no space separates.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// Stops in a row, with what closes after them.
struct Stops {
    /// The byte of the first.
    first: usize,
    /// The byte after the last.
    end: usize,
    /// The byte after the marks that close.
    closed: usize,
    /// One of them ends a sentence whatever comes after it.
    full: bool,
    /// There is one, and it is the full stop of Latin script.
    point: bool,
}

impl Stops {
    /// Reads the stops from byte `first` on: `?!`, `...`, `. . .`, `.”`, `. »`.
    fn read(text: &str, first: usize) -> Self {
        let (mut full, mut count) = (false, 0);
        let (mut end, mut closed) = (first, first);
        while let Some(c) = text[closed..].chars().next() {
            let after = closed + c.len_utf8();
            let space = c.is_whitespace() && goes_on(&text[after..], end == closed);
            if is_stop(c) {
                full |= is_full_stop(c);
                count += 1;
                end = after;
            } else if !space && !is_closing(c) {
                break;
            }
            closed = after;
        }
        let point = count == 1 && text[first..].starts_with('.');
        Self { first, end, closed, full, point }
    }

    /// Whether they end the sentence that `text` starts with.
    fn end_a_sentence(&self, text: &str) -> bool {
        let (before, rest) = (&text[..self.first], &text[self.closed..]);
        let Some(next) = rest.chars().next() else { return true };
        if self.full {
            return true;
        }
        if !next.is_whitespace() {
            let asks = text[..self.end].ends_with(['!', '?']) && is_han(next);
            return asks || (self.point && self.end == self.closed && is_glued(before, rest));
        }
        let after = rest.trim_start();
        let newlines = rest[..rest.len() - after.len()].bytes().filter(|b| *b == b'\n').count();
        let after = after.trim_start_matches(is_opening);
        let Some(next) = after.chars().next() else { return true };
        if newlines > 1 {
            return true;
        }
        let bracket = self.end == self.closed && rest.trim_start().starts_with(['(', '[']);
        if next.is_lowercase() && !bracket {
            return false;
        }
        let dots = text[..self.end].ends_with(['.', '…']);
        !(dots && is_enumerator(before)) && (!self.point || ends_before(before, after))
    }
}

/// Whether the stops go on in the text after a space: with another dot of an ellipsis, or with a closing
/// quotation mark, before which French has a space.
fn goes_on(text: &str, after_stop: bool) -> bool {
    let ellipsis = after_stop && text.starts_with('.') && !text.starts_with("...");
    ellipsis || text.starts_with(['»', '›', '”'])
}

/// Whether the sentence ends at a full stop after `before`; `after` starts with a small letter only within a
/// bracket: "(spoke in French)".
fn ends_before(before: &str, after: &str) -> bool {
    let word = Word::last_of(before);
    if after.starts_with(char::is_lowercase) {
        return word.abbreviation().is_none() && !word.is_initial();
    }
    match word.abbreviation() {
        Some(Abbreviation::Always) => false,
        Some(Abbreviation::Number | Abbreviation::OnlyNumber) => !starts_with_number(after),
        Some(Abbreviation::Perhaps) => starts_sentence(after),
        Some(Abbreviation::MayEnd) => true,
        None if word.is_initial() => {
            !after.starts_with(char::is_alphanumeric) || starts_sentence(after)
        }
        None => true,
    }
}

/// The end of a text, longer than any word that is looked up.
fn end_of(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(2 * LONGEST_WORD))..]
}

/// The word at the end of a text, with the points and hyphens in it: `para`, `U.S`, `J.-P`.
struct Word<'a> {
    whole: &'a str,
    /// The letters after its last point or hyphen.
    last: &'a str,
    /// A digit or an apostrophe is before it: the `s` of `1980s`, the `a` of `qu'a`.
    attached: bool,
}

impl<'a> Word<'a> {
    fn last_of(text: &'a str) -> Self {
        let near = end_of(text);
        let inside = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '°');
        let whole = &near[near.trim_end_matches(inside).len()..];
        let before = &near[..near.len() - whole.len()];
        let attached = before.ends_with(|c: char| c.is_numeric() || matches!(c, '\'' | '’'));
        let whole = whole.trim_start_matches(['.', '-']);
        let last = whole.rsplit(['.', '-']).next().unwrap_or(whole);
        Self { whole, last, attached }
    }

    fn abbreviation(&self) -> Option<Abbreviation> {
        lookup(self.whole).or_else(|| lookup(self.last))
    }

    /// Whether it is an initial, or letters with points between them: `J`, `J.-P`, `U.S`, `Ph.D`.
    fn is_initial(&self) -> bool {
        let mut letters = self.last.chars();
        let first = letters.next();
        let dotted = self.whole[..self.whole.len() - self.last.len()].ends_with('.');
        match (letters.next(), letters.next()) {
            (None, _) => first.is_some_and(|c| !is_han(c)) && (dotted || !self.attached),
            (Some(_), None) => dotted,
            _ => false,
        }
    }
}

/// Whether a text starts with a number, in digits, as a Roman numeral, or with the symbol of a document.
fn starts_with_number(text: &str) -> bool {
    let word = &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())];
    let roman = !word.is_empty() && word != "I" && word.bytes().all(|b| b"IVXLC".contains(&b));
    text.starts_with(char::is_numeric) || roman || text[word.len()..].starts_with('/')
}

/// Whether a text starts with a word that begins sentences and is no name.
fn starts_sentence(text: &str) -> bool {
    let (word, rest) = text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()));
    // A letter and a point is one more initial, and no word.
    !rest.starts_with('.') && STARTERS.binary_search(&word).is_ok()
}

/// Whether the text before a stop is nothing, or the number or letter of an item in a list: `1`, `(b)`, `IV`.
fn is_enumerator(before: &str) -> bool {
    if before.len() > 4 * LONGEST_WORD {
        return false;
    }
    let core = before.trim_start_matches(is_opening).trim_end_matches(is_closing).trim_end();
    if core.len() > 4 {
        return false;
    }
    let digits = core.len() < 4 && core.bytes().all(|b| b.is_ascii_digit());
    let roman = core.bytes().all(|b| b"IVX".contains(&b));
    let letter = core.chars().count() == 1 && core.chars().all(|c| c.is_alphabetic() && !is_han(c));
    digits || roman || letter
}

/// Whether the space after a full stop was lost: "of weapons.We thank".
fn is_glued(before: &str, after: &str) -> bool {
    let mut next = after.chars();
    let capital = next.next().is_some_and(char::is_uppercase);
    let word = capital && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
    // An address on the network has letters and points that are no sentences.
    let token = end_of(before).rsplit(char::is_whitespace).next().unwrap_or("");
    word && token.chars().count() > 2
        && token.chars().all(|c| c.is_alphabetic() || c == '-')
        && !token.starts_with("www")
        && lookup(token).is_none()
}

#[cfg(test)]
mod tests;
