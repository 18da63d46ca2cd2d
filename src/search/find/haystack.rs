//! The names in memory: their folded lines in one buffer, and the set of letters of each.
//!
//! Every key searches all lines, and about twenty of them are shown. So the folded lines are kept, and a line as shown is
//! restored from a bit for each capital, which takes a megabyte less for 32 years of debates. The few lines that are not
//! ASCII are also kept as they are.

use std::sync::Arc;

use super::Named;
use super::also_called::Kind;
use crate::facts;
use crate::facts::council::Group;
use crate::record::fold;
use crate::record::{Symbol, harmless};

/// The most characters of a line: a heading of the tables has at most about 800, and the matcher's table grows with the
/// line.
const LONGEST_LINE: usize = 1_200;

/// The bit of a line that is not all ASCII.
pub(super) const NOT_ASCII: u64 = 1 << 63;

/// What a name names, in a few bytes; texts and symbols are indexes into the lists of the [`Haystack`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKey {
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
    of: NameKey,
    /// The start of its folded line in `folds`.
    fold: u32,
    letters: u64,
}

/// All names, in the order for equal scores.
#[derive(Debug, Default)]
pub(super) struct Haystack {
    names: Vec<Name>,
    folds: String,
    /// A bit for each byte of `folds`: whether it is a capital in the line shown.
    capitals: Vec<u64>,
    /// The lines that cannot be restored from the folded ones, by name, ascending.
    lines: Vec<(u32, Box<str>)>,
    texts: Vec<Arc<str>>,
    /// Name, and State or organization.
    speakers: Vec<(Arc<str>, Option<Arc<str>>)>,
    symbols: Vec<Symbol>,
}

/// The set of letters of a folded text: a bit each for `a` to `z` and `0` to `9`, twelve bits for the other ASCII
/// characters, fifteen for all others. White space has no bit: no word has it.
pub(super) fn letters_of(folded: &str) -> u64 {
    folded
        .chars()
        .fold(0, |set, c| set | ASCII.get(c as usize).map_or_else(|| other_bit(c), |bit| *bit))
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

fn other_bit(c: char) -> u64 {
    NOT_ASCII | 1 << (48 + c as u32 % 15)
}

/// A generous size of a usual line, in bytes.
const USUAL_LINE: usize = 100;

impl Haystack {
    /// A haystack with capacity for this many names. A buffer that grows by doubling leaves its earlier copies in the
    /// allocator; unused capacity costs nothing, since [`Self::shrink`] returns it.
    pub(super) fn with_room(names: usize) -> Self {
        Self {
            names: Vec::with_capacity(names),
            folds: String::with_capacity(names * USUAL_LINE),
            capitals: Vec::with_capacity(names * USUAL_LINE / 64),
            ..Self::default()
        }
    }

    /// The number of names.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The letters of a line.
    pub(super) fn letters(&self, at: usize) -> u64 {
        self.names.get(at).map_or(0, |n| n.letters)
    }

    /// The kind of a name.
    pub(super) fn kind(&self, at: usize) -> Kind {
        match self.names.get(at).map(|n| n.of) {
            Some(NameKey::Group(_)) => Kind::Group,
            Some(NameKey::State(_)) => Kind::State,
            Some(NameKey::Organization(_)) => Kind::Organization,
            Some(NameKey::Speaker(_)) => Kind::Speaker,
            Some(NameKey::Topic(_)) => Kind::Topic,
            Some(NameKey::Record(_) | NameKey::Meeting(_)) => Kind::Record,
            Some(NameKey::Vote(_)) | None => Kind::Vote,
        }
    }

    /// The byte of the folded line where the name itself ends: after it are the other names of a State, for whom a
    /// speaker speaks, and what a vote was on.
    pub(super) fn name_end(&self, at: usize) -> usize {
        let fold = self.fold(at);
        match self.kind(at) {
            Kind::State => fold.find("  (").unwrap_or(fold.len()),
            Kind::Speaker => match fold.find(", ") {
                // A heading such as "China, China" names no person.
                Some(end) if fold[end + 2..].starts_with(&fold[..end]) => 0,
                Some(end) => end,
                None => fold.find("  (").unwrap_or(fold.len()),
            },
            Kind::Vote => fold.match_indices("  ").nth(2).map_or(fold.len(), |(end, _)| end),
            _ => fold.len(),
        }
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
        text_between(&self.folds, start(at), start(at + 1))
    }

    /// The index of a name.
    pub(super) fn position(&self, of: NameKey) -> Option<usize> {
        self.names.iter().position(|n| n.of == of)
    }

    /// The index of the record with this symbol, if its text is in the library.
    pub(super) fn record(&self, symbol: &Symbol) -> Option<usize> {
        let number = self.symbols.iter().position(|s| s == symbol)?;
        self.position(NameKey::Record(u32::try_from(number).ok()?))
    }

    /// What the name at this index names.
    pub(super) fn named(&self, at: usize) -> Option<Named> {
        let text = |n: u32| self.texts.get(n as usize).cloned();
        match self.names.get(at)?.of {
            NameKey::Group(group) => Some(Named::Group(group)),
            NameKey::State(n) => text(n).map(Named::State),
            NameKey::Organization(n) => text(n).map(Named::Organization),
            NameKey::Topic(n) => text(n).map(Named::Topic),
            NameKey::Vote(row) => Some(Named::Vote(row)),
            NameKey::Speaker(n) => {
                let (name, of) = self.speakers.get(n as usize)?.clone();
                Some(Named::Speaker { name, of })
            }
            NameKey::Record(n) => {
                let symbol = self.symbols.get(n as usize)?.clone();
                Some(Named::Record { symbol, text: true })
            }
            NameKey::Meeting(row) => {
                let symbol = facts::meetings::get(row)?.symbol.parse().ok()?;
                Some(Named::Record { symbol, text: false })
            }
        }
    }

    /// Appends a name that is a text: a State, an organization or a topic.
    pub(super) fn push_text(&mut self, of: fn(u32) -> NameKey, text: &str, line: &str) {
        let number = to_u32(self.texts.len());
        self.texts.push(text.into());
        self.push(of(number), line);
    }

    /// Appends a speaker.
    pub(super) fn push_speaker(&mut self, name: &str, of: Option<Arc<str>>, line: &str) {
        let number = to_u32(self.speakers.len());
        self.speakers.push((name.into(), of));
        self.push(NameKey::Speaker(number), line);
    }

    /// Appends a record whose text is in the library.
    pub(super) fn push_record(&mut self, symbol: Symbol, line: &str) {
        let number = to_u32(self.symbols.len());
        self.symbols.push(symbol);
        self.push(NameKey::Record(number), line);
    }

    /// Releases unused capacity.
    pub(super) fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.folds.shrink_to_fit();
        self.capitals.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.speakers.shrink_to_fit();
    }

    /// Appends a name. Each white space in its line becomes a space, and each control character a visible mark.
    pub(super) fn push(&mut self, of: NameKey, line: &str) {
        let start = self.folds.len();
        if line.len() <= LONGEST_LINE && line.bytes().all(|b| matches!(b, b' '..=b'~')) {
            // Nearly every line: it has no control characters, and folding is lower case.
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
            self.folds.push_str(&fold::shapes(&line));
            self.lines.push((to_u32(self.names.len()), line.into()));
        }
        let letters = letters_of(&self.folds[start..]);
        self.names.push(Name { of, fold: to_u32(start), letters });
    }
}

/// A number of names or bytes; more than four thousand million do not come together in one library.
fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn text_between(text: &str, start: Option<u32>, end: Option<u32>) -> &str {
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
                hay.push_text(NameKey::Topic, line, line);
            }
            prop_assert_eq!(hay.len(), lines.len());
            for (at, given) in lines.iter().enumerate() {
                let (line, fold) = (hay.line(at), hay.fold(at));
                prop_assert_eq!(line.chars().count(), given.chars().count());
                prop_assert!(!line.chars().any(|c| harmless::is_harmful(c) || c == '\n'));
                for (shown, c) in line.chars().zip(given.chars()) {
                    prop_assert!(shown == c || c.is_whitespace() || harmless::is_harmful(c), "{shown} for {c}");
                }
                prop_assert_eq!(fold, fold::shapes(&line));
                prop_assert_eq!(hay.letters(at) & NOT_ASCII == 0, fold.is_ascii());
                prop_assert_eq!(hay.named(at), Some(Named::Topic(given.as_str().into())));
            }
        }

        #[test]
        fn a_line_has_the_letters_of_every_word_that_matches_it(line in "\\PC{0,40}", skip in 1_usize..4) {
            let fold = fold::shapes(&line);
            let word: String = fold.chars().step_by(skip).filter(|c| *c != ' ').collect();
            prop_assert_eq!(letters_of(&word) & !letters_of(&fold), 0);
        }
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let mut hay = Haystack::default();
        hay.push_text(NameKey::Topic, "long", &"x".repeat(1_000_000));
        hay.push_text(NameKey::Topic, "next", "next");
        assert_eq!(hay.line(0).len(), LONGEST_LINE);
        assert_eq!(hay.line(1), "next");
    }
}
