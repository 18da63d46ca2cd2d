//! Places in records, kept by their words: where the reader is, what a note is about.
//!
//! Statement numbers and byte offsets change between editions and reissues; words seldom do. A
//! place is found again by its words, and the number only chooses among equal matches.
//! `crate::desk` stores places.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Language, Record, Statement, Symbol, fold};

/// The number of characters kept of the words, and on either side of them.
const AROUND: usize = 32;

/// The number of characters of context needed to find a place whose own words are gone.
const ENOUGH: usize = 12;

/// A place in a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The record.
    pub symbol: Symbol,
    /// The edition it was taken from.
    pub language: Language,
    /// The number of the statement, from 1: a hint.
    pub statement: u32,
    /// The speaker, shown to people and not searched for.
    #[serde(default)]
    pub speaker: String,
    /// The words: at most 32 characters from the place on, within its paragraph.
    pub words: String,
    /// At most 32 characters before them in the statement, a newline between paragraphs.
    #[serde(default)]
    pub before: String,
    /// At most 32 characters after them.
    #[serde(default)]
    pub after: String,
}

impl Place {
    /// The place at byte `byte` of paragraph `paragraph` of the statement at `statement`, both
    /// counted from 0. The byte is moved back to a character boundary, then forward past white
    /// space; one past the end counts as the end.
    ///
    /// `None` where there is no such statement or paragraph.
    #[must_use]
    pub fn of<'a>(
        record: &'a Record,
        statement: usize,
        paragraph: usize,
        byte: usize,
    ) -> Option<Self> {
        let said = record.statements().nth(statement)?;
        let text = &said.paragraphs.get(paragraph)?.text;
        let mut at = byte.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at += text[at..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
        let words = first_chars(&text[at..], AROUND);
        let texts = |range: &'a [super::Paragraph]| range.iter().map(|p| p.text.as_str());
        // Letters are taken from the place outwards: a statement may be long.
        let earlier = texts(&said.paragraphs[..paragraph]).rev();
        let earlier = earlier.flat_map(|text| std::iter::once('\n').chain(text.chars().rev()));
        let before: Vec<char> = text[..at].chars().rev().chain(earlier).take(AROUND).collect();
        let later = texts(&said.paragraphs[paragraph + 1..]);
        let later = later.flat_map(|text| std::iter::once('\n').chain(text.chars()));
        let after = text[at + words.len()..].chars().chain(later).take(AROUND);
        Some(Self {
            symbol: record.symbol.clone(),
            language: record.language.clone(),
            statement: said.number,
            speaker: said.speaker.name.clone(),
            words: words.to_owned(),
            before: before.into_iter().rev().collect(),
            after: after.collect(),
        })
    }

    /// Finds the place in a record, which may be another edition of it: statement and paragraph
    /// from 0, and the byte in the paragraph.
    ///
    /// Case, accents, white space and the shape of quotation marks do not matter. Where the words occur more than once, the
    /// better context wins, then the statement nearest to the hint. Where they do not occur, the
    /// text before or after them is looked for. `None` if nothing matches, as in an edition in
    /// another language; the caller may then go by the number.
    #[must_use]
    pub fn find(&self, record: &Record) -> Option<(usize, usize, usize)> {
        let wanted = Wanted::new(self);
        // A complete match in the hinted statement cannot be beaten, so the others need not be
        // read.
        let hinted = record.statements().position(|s| s.number == self.statement);
        if let Some(index) = hinted
            && !wanted.words.is_empty()
            && let Some(said) = record.statements().nth(index)
        {
            let mut whole = None;
            wanted.each(said, &wanted.words, 0, |place, (_, complete)| {
                whole = (complete == 2).then_some(place);
                whole.is_none()
            });
            if let Some((paragraph, byte)) = whole {
                return Some((index, paragraph, byte));
            }
        }
        self.find_anywhere(&wanted, record)
    }

    /// Searches every statement for the best match.
    fn find_anywhere(&self, wanted: &Wanted, record: &Record) -> Option<(usize, usize, usize)> {
        let by = |needle: &[char], lead: usize, least: usize| {
            if needle.len() < least {
                return None;
            }
            let mut best: Option<(Rank, (usize, usize, usize))> = None;
            for (index, said) in record.statements().enumerate() {
                wanted.each(said, needle, lead, |(paragraph, byte), (context, complete)| {
                    let rank = Rank {
                        complete,
                        nearness: std::cmp::Reverse(said.number.abs_diff(self.statement)),
                        context,
                    };
                    // The first of equal matches wins.
                    if best.as_ref().is_none_or(|(best, _)| rank > *best) {
                        best = Some((rank, (index, paragraph, byte)));
                    }
                    true
                });
            }
            best.map(|(_, place)| place)
        };
        by(&wanted.words, 0, 1)
            .or_else(|| by(&wanted.before, wanted.before.len(), ENOUGH))
            .or_else(|| by(&wanted.after, 0, ENOUGH))
    }
}

/// The quality of a match; greater is better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// How many of the two sides match completely.
    complete: u8,
    nearness: std::cmp::Reverse<u32>,
    /// How many characters match on both sides together.
    context: usize,
}

/// The words of a place, folded as the statements are.
struct Wanted {
    before: Vec<char>,
    words: Vec<char>,
    after: Vec<char>,
}

impl Wanted {
    /// Folds the three parts as one text, so that white space split between two of them becomes one
    /// space.
    fn new(place: &Place) -> Self {
        let mut all = Vec::new();
        let mut ends = [0; 3];
        for (part, end) in [&place.before, &place.words, &place.after].into_iter().zip(&mut ends) {
            for c in part.chars() {
                push_folded(&mut all, c);
            }
            *end = all.len();
        }
        let after = all.split_off(ends[1]);
        let words = all.split_off(ends[0]);
        Self { before: all, words, after }
    }

    /// Calls `wanted` with every place `lead` letters after the start of an occurrence of `needle`,
    /// and with its [`context`](Self::context), until `wanted` returns false. A long statement is
    /// folded piece by piece.
    fn each(
        &self,
        statement: &Statement,
        needle: &[char],
        lead: usize,
        mut wanted: impl FnMut((usize, usize), (usize, u8)) -> bool,
    ) {
        let around = self.before.len() + self.words.len() + self.after.len() + lead;
        let mut folded = Folded::default();
        // The first letter not yet searched.
        let mut from = 0;
        let mut letters = Folded::letters(statement).peekable();
        while let Some((place, c)) = letters.next() {
            folded.push(place, c);
            let more = letters.peek().is_some();
            if folded.letters.len() < PIECE + 2 * around && more {
                continue;
            }
            let to = if more { folded.letters.len() - around } else { usize::MAX };
            for at in folded.all(needle, from..to) {
                let Some(&place) = folded.places.get(at + lead) else { continue };
                if !wanted(place, self.context(&folded, at + lead)) {
                    return;
                }
            }
            from = around;
            folded.keep_last(2 * around);
        }
    }

    /// How many characters match before and after the words at `at`, and how many of the two sides
    /// match completely.
    fn context(&self, text: &Folded, at: usize) -> (usize, u8) {
        let same = |(a, b): &(&char, &char)| a == b;
        let before = text.letters[..at.min(text.letters.len())]
            .iter()
            .rev()
            .zip(self.before.iter().rev())
            .take_while(same)
            .count();
        let following = text.letters.get(at + self.words.len()..).unwrap_or(&[]);
        let after = following.iter().zip(&self.after).take_while(same).count();
        let complete = u8::from(before == self.before.len()) + u8::from(after == self.after.len());
        (before + after, complete)
    }
}

/// The number of letters that are folded at a time.
const PIECE: usize = 1 << 18;

/// A folded piece of a statement, with the place of each letter.
#[derive(Default)]
struct Folded {
    letters: Vec<char>,
    /// Paragraph and byte of each letter.
    places: Vec<(usize, usize)>,
}

impl Folded {
    /// The letters of a statement with their places, a newline between paragraphs.
    fn letters(statement: &Statement) -> impl Iterator<Item = ((usize, usize), char)> + '_ {
        statement.paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
            let between = (index > 0).then_some(((index, 0), '\n'));
            let letters = paragraph.text.char_indices().map(move |(byte, c)| ((index, byte), c));
            between.into_iter().chain(letters)
        })
    }

    fn push(&mut self, place: (usize, usize), c: char) {
        if push_folded(&mut self.letters, c) {
            self.places.push(place);
        }
    }

    /// Drops all but the last letters.
    fn keep_last(&mut self, letters: usize) {
        let gone = self.letters.len().saturating_sub(letters);
        self.letters.drain(..gone);
        self.places.drain(..gone);
    }

    /// Every index in a range at which `needle` occurs.
    fn all<'a>(
        &'a self,
        needle: &'a [char],
        within: Range<usize>,
    ) -> impl Iterator<Item = usize> + 'a {
        let ends = (self.letters.len() + 1).saturating_sub(needle.len()).min(within.end);
        (within.start..ends).filter(move |&at| self.letters[at..].starts_with(needle))
    }
}

/// Appends a folded letter, but no white space after white space; returns whether it was appended.
fn push_folded(letters: &mut Vec<char>, c: char) -> bool {
    let c = match c {
        c if c.is_whitespace() => ' ',
        // The data set has the quotation marks of a typewriter, a PDF those of print.
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        c => fold::letter(c),
    };
    let added = c != ' ' || letters.last() != Some(&' ');
    if added {
        letters.push(c);
    }
    added
}

/// The first `count` characters.
fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::record::{Item, Paragraph, json};

    /// A record of these statements, each of these paragraphs. The words are invented.
    fn record(statements: &[&[&str]]) -> Record {
        let head = r#"{"format": "spv/1", "symbol": "MSC/PV.1", "kind": "verbatim",
            "exercise": true, "language": "en", "date": "2019-11-19", "items": []}"#;
        let mut record = json::read_record(head.as_bytes()).unwrap();
        for (number, paragraphs) in (1..).zip(statements) {
            let paragraphs = paragraphs
                .iter()
                .map(|text| Paragraph { text: (*text).to_owned(), ..Paragraph::default() })
                .collect();
            record.items.push(Item::Statement(Statement {
                number,
                paragraphs,
                ..Statement::default()
            }));
        }
        record
    }

    const LONG: &str = "The harbour of the invented town was open to all ships, and its bridge was \
        mended in the spring; we thank those who mended it.";

    #[test]
    fn a_place_has_32_characters_on_either_side() {
        let record = record(&[&["Thank you."], &["Madam President,", LONG, "We thank you."]]);
        let place = Place::of(&record, 1, 1, LONG.find("open").unwrap()).unwrap();
        assert_eq!(place.words, "open to all ships, and its bridg");
        assert_eq!(place.before, "arbour of the invented town was ");
        assert_eq!(place.after, "e was mended in the spring; we t");
        assert_eq!((place.statement, &place.symbol), (2, &record.symbol));
        let start = Place::of(&record, 1, 1, 0).unwrap();
        assert_eq!(start.before, "Madam President,\n");
        let end = Place::of(&record, 1, 2, 3).unwrap();
        assert_eq!((end.words.as_str(), end.after.as_str()), ("thank you.", ""));
        assert_eq!(end.before, "e thank those who mended it.\nWe ");
        assert_eq!(Place::of(&record, 2, 0, 0), None);
        assert_eq!(Place::of(&record, 1, 3, 0), None);
        let line = json::to_line(&place);
        assert_eq!(serde_json::from_str::<Place>(&line).unwrap(), place);
    }

    #[test]
    fn it_is_found_in_another_edition_by_its_words() {
        let old = record(&[&["Thank you."], &["Madam President,", LONG]]);
        let at = LONG.find("mended in").unwrap();
        let place = Place::of(&old, 1, 1, at).unwrap();
        assert_eq!(place.find(&old), Some((1, 1, at)));

        // One statement more before it, other paragraphs, other spaces and capitals.
        let joined = format!("MADAM PRESIDENT,  {}", LONG.replace(' ', "\u{a0}").to_uppercase());
        let new = record(&[&["Order."], &["Thank you."], &["The floor is yours."], &[&joined]]);
        let byte = joined.find("MENDED\u{a0}IN").unwrap();
        assert_eq!(place.find(&new), Some((3, 0, byte)));

        // Quotation marks of print for those of a typewriter.
        let typed = record(&[&["It's the town's \"harbour\"."]]);
        let printed = record(&[&["It’s the town’s “harbour”."]]);
        assert_eq!(Place::of(&typed, 0, 0, 5).unwrap().find(&printed), Some((0, 0, 7)));

        // The very words were corrected: what stood before them still leads there.
        let corrected = LONG.replace("mended in the spring", "rebuilt in the autumn");
        let new = record(&[&["Thank you."], &["Madam President,", &corrected]]);
        assert_eq!(place.find(&new), Some((1, 1, at)));

        assert_eq!(place.find(&record(&[&["Thank you."], &["Other words."]])), None);
        assert_eq!(place.find(&record(&[])), None);
    }

    #[test]
    fn context_chooses_and_then_the_hint() {
        let same: &[&str] = &["We thank the invented envoy."];
        let many = record(&[same, &["No."], same, &["No."], same]);
        for index in [0, 2, 4] {
            let place = Place::of(&many, index, 0, 3).unwrap();
            assert_eq!(place.find(&many), Some((index, 0, 3)));
        }
        let mut between = Place::of(&many, 2, 0, 3).unwrap();
        between.statement = 4;
        assert_eq!(between.find(&many), Some((2, 0, 3)), "of two equally near the first");

        let told = record(&[&["He said: we thank you all."], &["She said: we thank you too."]]);
        let mut place = Place::of(&told, 1, 0, 10).unwrap();
        (place.words, place.after) = ("we thank".to_owned(), " you too.".to_owned());
        place.statement = 1;
        assert_eq!(place.find(&told), Some((1, 0, 10)), "the context is stronger than the hint");
    }

    proptest! {
        #[test]
        fn a_place_is_found_where_it_was(
            statements in proptest::collection::vec(
                proptest::collection::vec("[abéЖ ]{0,12}|.{0,20}", 1..4), 1..5),
            (s, p, b) in (0usize..5, 0usize..4, 0usize..40),
        ) {
            let lines: Vec<Vec<&str>> =
                statements.iter().map(|s| s.iter().map(String::as_str).collect()).collect();
            let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
            let record = record(&lines);
            let Some(place) = Place::of(&record, s, p, b) else {
                prop_assert!(s >= statements.len() || p >= statements[s].len());
                return Ok(());
            };
            let found = place.find(&record);
            if !place.words.trim().is_empty() {
                // The short cut and the search of everything agree.
                prop_assert_eq!(found, place.find_anywhere(&Wanted::new(&place), &record));
                let (at, paragraph, byte) = found.unwrap();
                prop_assert_eq!(at, s);
                let again = Place::of(&record, at, paragraph, byte).unwrap();
                // The same statement, and the same letters on from there.
                let letters = |place: &Place| Wanted::new(place).words;
                prop_assert_eq!(letters(&again), letters(&place));
            }
        }
    }
}
