//! The names in memory: their folded lines, one behind the other, with the set of letters of each.
//!
//! All lines are searched at every key, and a score of them is shown. What is kept is therefore the
//! folded line; the line as shown is made of it, by a bit for each capital, which is a megabyte less
//! over 32 years of debates. The few lines that are not ASCII are kept as they are, too.

use std::sync::Arc;

use super::Named;
use crate::facts;
use crate::facts::council::Group;
use crate::record::{Symbol, harmless};
use crate::search::letters::folded;

/// Characters of a line that are kept: a heading of the library's tables has at most some 800, and
/// the matcher's table grows with the line.
const LONGEST_LINE: usize = 1_200;

/// The bit a line has when it is not all ASCII.
pub(super) const NOT_ASCII: u64 = 1 << 63;

/// What a name names, small; texts and symbols are numbers in the lists of the [`Haystack`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A group of members of the Council.
    Group(Group),
    State(u32),
    Organization(u32),
    Topic(u32),
    Speaker(u32),
    /// A record whose text is here.
    Record(u32),
    /// A known meeting without its text: row of `facts::meetings`.
    Meeting(u32),
    /// Row of `facts::votes`.
    Vote(u32),
}

#[derive(Clone, Copy, Debug)]
struct Name {
    of: Of,
    /// Where its folded line begins in `folds`.
    fold: u32,
    letters: u64,
}

/// All names, in the order that stands for equal scores.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    names: Vec<Name>,
    folds: String,
    /// A bit for each byte of `folds`: it is a capital in the line shown.
    capitals: Vec<u64>,
    /// The lines that capitals alone do not make of the folded ones, by name, rising.
    lines: Vec<(u32, Box<str>)>,
    texts: Vec<Arc<str>>,
    /// Name, and State or organization.
    speakers: Vec<(Arc<str>, Option<Arc<str>>)>,
    symbols: Vec<Symbol>,
}

/// The letters of a folded text as a set: a bit each for `a` to `z` and `0` to `9`, twelve bits for
/// the other ASCII characters, fifteen for all others. White space is left out: no word has it.
pub(super) fn letters_of(folded: &str) -> u64 {
    folded
        .chars()
        .fold(0, |set, c| set | ASCII.get(c as usize).map_or_else(|| other(c), |bit| *bit))
}

/// The bit of each ASCII character.
const ASCII: [u64; 128] = ascii_bits();

const fn ascii_bits() -> [u64; 128] {
    let mut bits = [0; 128];
    let mut c = 0;
    while c < 128 {
        bits[c] = match c as u8 {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit - b'0'),
            b' ' => 0,
            mark => 1 << (36 + mark % 12),
        };
        c += 1;
    }
    bits
}

fn other(c: char) -> u64 {
    NOT_ASCII | 1 << (48 + c as u32 % 15)
}

/// Bytes of a usual line, generously.
const USUAL_LINE: usize = 100;

impl Haystack {
    /// One with room for so many names. A text that grows by doubling leaves its earlier copies behind
    /// in the allocator; room that is never used costs nothing, since [`Self::shrink`] gives it back.
    pub(super) fn with_room(names: usize) -> Self {
        Self {
            names: Vec::with_capacity(names),
            folds: String::with_capacity(names * USUAL_LINE),
            capitals: Vec::with_capacity(names * USUAL_LINE / 64),
            ..Self::default()
        }
    }

    /// How many names there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The letters of a line.
    pub(super) fn letters(&self, at: usize) -> u64 {
        self.names.get(at).map_or(0, |n| n.letters)
    }

    /// The line as shown.
    pub(super) fn line(&self, at: usize) -> String {
        if let Ok(n) = self.lines.binary_search_by_key(&at, |(name, _)| *name as usize) {
            return self.lines[n].1.to_string();
        }
        let start = self.names.get(at).map_or(0, |n| n.fold as usize);
        let capital =
            |at: usize| self.capitals.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1);
        let shown =
            |(n, c): (usize, char)| if capital(start + n) { c.to_ascii_uppercase() } else { c };
        self.fold(at).char_indices().map(shown).collect()
    }

    /// The line folded: as many characters as the line shown.
    pub(super) fn fold(&self, at: usize) -> &str {
        let start = |at: usize| self.names.get(at).map(|n| n.fold);
        stretch(&self.folds, start(at), start(at + 1))
    }

    /// Where this name stands.
    pub(super) fn position(&self, of: Of) -> Option<usize> {
        self.names.iter().position(|n| n.of == of)
    }

    /// Where the record with this symbol stands, of those whose text is here.
    pub(super) fn record(&self, symbol: &Symbol) -> Option<usize> {
        let number = self.symbols.iter().position(|s| s == symbol)?;
        self.position(Of::Record(u32::try_from(number).ok()?))
    }

    /// What the name at this place names.
    pub(super) fn named(&self, at: usize) -> Option<Named> {
        let text = |n: u32| self.texts.get(n as usize).cloned();
        match self.names.get(at)?.of {
            Of::Group(group) => Some(Named::Group(group)),
            Of::State(n) => text(n).map(Named::State),
            Of::Organization(n) => text(n).map(Named::Organization),
            Of::Topic(n) => text(n).map(Named::Topic),
            Of::Vote(row) => Some(Named::Vote(row)),
            Of::Speaker(n) => {
                let (name, of) = self.speakers.get(n as usize)?.clone();
                Some(Named::Speaker { name, of })
            }
            Of::Record(n) => {
                let symbol = self.symbols.get(n as usize)?.clone();
                Some(Named::Record { symbol, text: true })
            }
            Of::Meeting(row) => {
                let symbol = facts::meetings::get(row)?.symbol.parse().ok()?;
                Some(Named::Record { symbol, text: false })
            }
        }
    }

    /// Puts behind the others a name that is a text: a State, an organization or a topic.
    pub(super) fn push_text(&mut self, of: fn(u32) -> Of, text: &str, line: &str) {
        let number = count(self.texts.len());
        self.texts.push(text.into());
        self.push(of(number), line);
    }

    /// Puts a speaker behind the others.
    pub(super) fn push_speaker(&mut self, name: &str, of: Option<Arc<str>>, line: &str) {
        let number = count(self.speakers.len());
        self.speakers.push((name.into(), of));
        self.push(Of::Speaker(number), line);
    }

    /// Puts a record whose text is here behind the others.
    pub(super) fn push_record(&mut self, symbol: Symbol, line: &str) {
        let number = count(self.symbols.len());
        self.symbols.push(symbol);
        self.push(Of::Record(number), line);
    }

    /// Gives back the room that no name came for.
    pub(super) fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.folds.shrink_to_fit();
        self.capitals.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.speakers.shrink_to_fit();
    }

    /// Puts a name behind the others. White space in its line becomes spaces, one to one, and what
    /// could drive a terminal a visible mark.
    pub(super) fn push(&mut self, of: Of, line: &str) {
        let start = self.folds.len();
        if line.len() <= LONGEST_LINE && line.bytes().all(|b| matches!(b, b' '..=b'~')) {
            // Nearly every line: nothing in it can do harm, and folding it is lower case.
            self.folds.push_str(line);
            self.folds[start..].make_ascii_lowercase();
            self.capitals.resize(self.folds.len().div_ceil(64), 0);
            for (n, _) in line.bytes().enumerate().filter(|(_, b)| b.is_ascii_uppercase()) {
                self.capitals[(start + n) / 64] |= 1 << ((start + n) % 64);
            }
        } else {
            let cut = line.chars().take(LONGEST_LINE);
            let line: String = cut
                .map(|c| match c {
                    _ if c.is_whitespace() => ' ',
                    _ if harmless::is_harmful(c) => '\u{FFFD}',
                    _ => c,
                })
                .collect();
            self.folds.push_str(&folded(&line));
            self.lines.push((count(self.names.len()), line.into()));
        }
        let letters = letters_of(&self.folds[start..]);
        self.names.push(Name { of, fold: count(start), letters });
    }
}

/// A number of names or bytes; more than four thousand million do not come together in one library.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn stretch(text: &str, start: Option<u32>, end: Option<u32>) -> &str {
    let Some(start) = start else { return "" };
    let end = end.map_or(text.len(), |end| end as usize);
    text.get(start as usize..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_harmless_and_folded_letter_by_letter(
            lines in prop::collection::vec("[ -~]{0,40}|.{0,40}|[\u{0}-\u{9f}\u{202e}Éß]{0,9}", 1..5),
        ) {
            let mut hay = Haystack::default();
            for line in &lines {
                hay.push_text(Of::Topic, line, line);
            }
            prop_assert_eq!(hay.len(), lines.len());
            for (at, given) in lines.iter().enumerate() {
                let (line, fold) = (hay.line(at), hay.fold(at));
                prop_assert_eq!(line.chars().count(), given.chars().count());
                prop_assert!(!line.chars().any(|c| harmless::is_harmful(c) || c == '\n'));
                for (shown, c) in line.chars().zip(given.chars()) {
                    prop_assert!(shown == c || c.is_whitespace() || harmless::is_harmful(c), "{shown} for {c}");
                }
                prop_assert_eq!(fold, folded(&line));
                prop_assert_eq!(hay.letters(at) & NOT_ASCII == 0, fold.is_ascii());
                prop_assert_eq!(hay.named(at), Some(Named::Topic(given.as_str().into())));
            }
        }

        #[test]
        fn a_line_has_the_letters_of_every_word_that_matches_it(line in "\\PC{0,40}", skip in 1_usize..4) {
            let fold = folded(&line);
            let word: String = fold.chars().step_by(skip).filter(|c| *c != ' ').collect();
            prop_assert_eq!(letters_of(&word) & !letters_of(&fold), 0);
        }
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let mut hay = Haystack::default();
        hay.push_text(Of::Topic, "long", &"x".repeat(1_000_000));
        hay.push_text(Of::Topic, "next", "next");
        assert_eq!(hay.line(0).len(), LONGEST_LINE);
        assert_eq!(hay.line(1), "next");
    }
}
