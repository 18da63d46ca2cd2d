//! The first letter of every word of a document, in the order of the places.
//!
//! A phrase whose last word has one letter so far would have to be held against every word that begins so,
//! and these stand nearly everywhere. Here it is looked up which letter stands at a place, in a
//! column of numbers: eleven letters a number, and behind them where each paragraph begins, two a
//! number, since no letters are kept for the gaps between paragraphs. That is less than five bits a word.

use tantivy::columnar::Column;
use tantivy::{DocId, index::SegmentReader};

use crate::search::words::GAP;

/// The column.
pub(super) const COLUMN: &str = "initials";
/// Letters in one number: 27 to this power has 53 bits, and a column is packed by whole bits up to 56.
const LETTERS: u32 = 11;
/// Latin letters, and everything else.
const KINDS: u64 = 27;
/// What each letter of a number is multiplied by.
const POWERS: [u64; LETTERS as usize] = {
    let mut powers = [1; LETTERS as usize];
    let mut n = 1;
    while n < powers.len() {
        powers[n] = powers[n - 1] * KINDS;
        n += 1;
    }
    powers
};
/// What takes the place of dividing by each of them: `letters * FACTOR >> SHIFT` is the same for all letters a
/// number may hold, and a division by a number the compiler does not know takes four times as long.
const FACTORS: [(u64, u32); LETTERS as usize] = {
    let mut factors = [(0, 0); LETTERS as usize];
    let mut n = 0;
    while n < factors.len() {
        let shift = 53 + (u64::BITS - POWERS[n].leading_zeros());
        factors[n] = (((1_u128 << shift) / POWERS[n] as u128 + 1) as u64, shift);
        n += 1;
    }
    factors
};
/// Bits of the beginning of a paragraph. What lies behind so many words is not looked up, see [`Places`].
const PLACE: u32 = 26;

/// What the column says of the beginning of a word: 1 to 26 for a Latin letter, else 0.
pub(super) fn initial(word: &str) -> u64 {
    match word.bytes().next() {
        Some(letter @ b'a'..=b'z') => u64::from(letter - b'a') + 1,
        _ => 0,
    }
}

/// Makes the column's numbers for a text out of its words, in their order.
#[derive(Debug)]
pub(super) struct Packer {
    /// Behind a place that is left for the count of words.
    letters: Vec<u64>,
    /// Where all paragraphs but the first begin.
    begins: Vec<u64>,
    words: u64,
    /// Letters in the last number.
    filled: usize,
    place: u32,
}

impl Packer {
    /// For a text of so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        // Words have six letters and a space, if they are short on the whole.
        let mut letters = Vec::with_capacity(2 + bytes / 7 / POWERS.len());
        letters.push(0);
        Self { letters, begins: Vec::new(), words: 0, filled: POWERS.len(), place: 0 }
    }

    /// The paragraph has no more words.
    pub fn end_paragraph(&mut self) {
        self.place = self.place.saturating_add(GAP);
        self.begins.push(u64::from(self.place));
    }

    /// Adds a word.
    pub fn word(&mut self, word: &str) {
        let letter = initial(word);
        match self.letters.last_mut() {
            Some(last) if self.filled < POWERS.len() => {
                *last += POWERS[self.filled] * letter;
                self.filled += 1;
            }
            _ => {
                self.letters.push(letter);
                self.filled = 1;
            }
        }
        self.words += 1;
        self.place = self.place.saturating_add(1);
    }

    /// How many words, their letters, and the beginnings. None for a text that is too long.
    pub fn finish(self) -> Vec<u64> {
        let Self { mut letters, begins, words, place, .. } = self;
        if place >= 1 << PLACE {
            return Vec::new();
        }
        if let Some(first) = letters.first_mut() {
            *first = words;
        }
        letters.extend(begins.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << PLACE));
        letters
    }
}

/// The letter of a word in its number.
fn letter(letters: u64, nth: u32) -> u64 {
    let (factor, shift) = FACTORS[(nth % LETTERS) as usize];
    ((u128::from(letters) * u128::from(factor)) >> shift) as u64 % KINDS
}

/// The beginnings of two paragraphs in their number; the second may be missing.
fn pair(pair: u64) -> [Option<u32>; 2] {
    let place = |bits: u64| u32::try_from(bits & ((1 << PLACE) - 1)).ok().filter(|p| *p > 0);
    [place(pair), place(pair >> PLACE)]
}

/// The column of a segment.
pub(super) struct Initials(Column<u64>);

impl Initials {
    /// Opens it.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self(reader.fast_fields().u64(COLUMN)?))
    }

    /// The letters of a document, `None` where they are not known.
    pub fn of(&self, doc: DocId) -> Option<Places<'_>> {
        let rows = self.0.index.value_row_ids(doc);
        let words = u32::try_from(self.0.values.get_val(rows.clone().next()?)).ok()?;
        let letters = rows.start + 1;
        let begins = letters + words.div_ceil(LETTERS)..rows.end;
        let mut places =
            Places { initials: self, letters, words, begins, gaps: 0, next: None, later: None };
        places.read();
        Some(places)
    }

    /// Keeps of some places, rising, those so far before a word that begins with a letter; `false` where the
    /// letters of the document are not known. As [`of`](Self::of) and [`Places::at`] for each place, but all rows
    /// are read in one go, which for many places takes a third of the time.
    pub fn keep(
        &self,
        doc: DocId,
        wanted: u64,
        offset: u32,
        starts: &mut Vec<u32>,
        rows: &mut Vec<u64>,
    ) -> bool {
        let range = self.0.index.value_row_ids(doc);
        rows.resize(range.len(), 0);
        self.0.values.get_range(u64::from(range.start), rows);
        let Some((words, rows)) = rows.split_first() else { return false };
        let Ok(words) = u32::try_from(*words) else { return false };
        let (letters, begins) = rows.split_at(rows.len().min(words.div_ceil(LETTERS) as usize));
        let mut begins = begins.iter().flat_map(|begin| pair(*begin)).flatten();
        let (mut gap, mut next) = (0, begins.next());
        let mut end = next.map_or(words, |next| next.saturating_sub(GAP));
        starts.retain(|start| {
            let place = start + offset;
            while next.is_some_and(|next| next <= place) {
                gap += GAP;
                next = begins.next();
                end = next.map_or(words, |next| next.saturating_sub(gap + GAP));
            }
            // In the gap behind a paragraph the count goes on into the next one.
            let word = place.wrapping_sub(gap);
            let row = (word / LETTERS) as usize;
            word < end && letters.get(row).is_some_and(|row| letter(*row, word) == wanted)
        });
        true
    }
}

/// The letters of one document, looked up from front to back.
pub(super) struct Places<'a> {
    initials: &'a Initials,
    /// The row of the first letters.
    letters: u32,
    words: u32,
    /// The rows of beginnings that are not read yet.
    begins: std::ops::Range<u32>,
    /// Paragraphs that begin at or before the place looked at.
    gaps: u32,
    /// Where the next paragraph begins, and the one after it where that is known.
    next: Option<u32>,
    later: Option<u32>,
}

impl Places<'_> {
    fn read(&mut self) {
        self.next = self.later.take();
        if self.next.is_none()
            && let Some(row) = self.begins.next()
        {
            [self.next, self.later] = pair(self.initials.0.values.get_val(row));
        }
    }

    /// The letter of the word at a place, [`initial`]; `None` where no word stands. Places are asked for
    /// rising.
    pub fn at(&mut self, place: u32) -> Option<u64> {
        while self.next.is_some_and(|next| next <= place) {
            self.gaps += 1;
            self.read();
        }
        let word = place.checked_sub(self.gaps * GAP)?;
        // In the gap behind a paragraph the count goes on into the next one.
        let end = self.next.map_or(self.words, |next| next.saturating_sub((self.gaps + 1) * GAP));
        if word >= end {
            return None;
        }
        Some(letter(self.initials.0.values.get_val(self.letters + word / LETTERS), word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::folded::Folder;
    use super::super::schema::schema;
    use super::*;
    use crate::search::words::each;
    use proptest::prelude::*;
    use tantivy::TantivyDocument;

    /// The letters of each text, as they come back from an index of all of them.
    fn looked_up(texts: &[Vec<String>], asked: &[Vec<u32>]) -> Vec<Vec<Option<u64>>> {
        let (schema, fields) = schema();
        let mut writer = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(super::super::schema::tokenizers())
            .single_segment_index_writer(tantivy::directory::RamDirectory::create(), 15_000_000)
            .unwrap();
        for text in texts {
            let mut document = TantivyDocument::new();
            let packed = Folder::default().fold(text.iter().map(String::as_str)).initials;
            packed.iter().for_each(|value| document.add_u64(fields.initials, *value));
            writer.add_document(document).unwrap();
        }
        let searcher = writer.finalize().unwrap().reader().unwrap().searcher();
        let initials = Initials::open(searcher.segment_reader(0)).unwrap();
        let docs = asked.iter().zip(0..);
        docs.map(|(places, doc)| {
            let mut of = initials.of(doc).unwrap();
            let letters: Vec<Option<u64>> = places.iter().map(|place| of.at(*place)).collect();
            for wanted in 0..4 {
                // Both ways say the same.
                let (mut kept, mut rows) = (places.clone(), Vec::new());
                assert!(initials.keep(doc, wanted, 0, &mut kept, &mut rows));
                let of_letter = places.iter().zip(&letters).filter(|(_, l)| **l == Some(wanted));
                assert!(of_letter.map(|(place, _)| place).eq(&kept), "{wanted}");
            }
            letters
        })
        .collect()
    }

    proptest! {
        #[test]
        fn a_factor_is_as_good_as_a_division(number in 0..KINDS.pow(LETTERS)) {
            for number in [number, KINDS.pow(LETTERS) - 1 - number % 3] {
                for (power, (factor, shift)) in POWERS.into_iter().zip(FACTORS) {
                    let quotient = (u128::from(number) * u128::from(factor)) >> shift;
                    prop_assert_eq!(quotient, u128::from(number / power));
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_letter_of_every_place_is_known(
            texts in prop::collection::vec(
                prop::collection::vec("[a-cÉ会议ж1 .,/'-]{0,50}", 0..4),
                1..4,
            ),
        ) {
            let mut expected: Vec<Vec<Option<u64>>> = Vec::new();
            for text in &texts {
                let (mut letters, mut from): (Vec<Option<u64>>, usize) = (Vec::new(), 0);
                for paragraph in text {
                    each(paragraph, |word, place, _| {
                        let place = from + place as usize;
                        letters.resize(letters.len().max(place + 1), None);
                        letters[place] = Some(initial(word));
                    });
                    from = letters.len().max(from) + GAP as usize;
                }
                letters.extend([None; 3]);
                expected.push(letters);
            }
            let all: Vec<Vec<u32>> =
                expected.iter().map(|letters| (0..letters.len() as u32).collect()).collect();
            prop_assert_eq!(looked_up(&texts, &all), expected);
        }
    }
}
