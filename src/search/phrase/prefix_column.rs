//! A column with the first letters of every word, in the order of the positions.
//!
//! Each word has a **kind** of five bits: its first letter, or for some frequent pairs, as *re* and *co*, its first two.
//! The pairs are those that thousands of words share, so that they are the most expensive to look up otherwise.
//! Letters and digits that start few words share kind 0 with other scripts.
//!
//! A document has one run of numbers in the column: the count of its words; their kinds, eleven words a number; the
//! positions at which its paragraphs start, two a number. The gaps between paragraphs take no space, so that the column
//! costs little more than five bits a word.

use tantivy::columnar::Column;
use tantivy::{DocId, index::SegmentReader};

use crate::search::words::GAP;

/// The name of the column in the index.
pub(in crate::search) const PREFIX_COLUMN: &str = "initials";
/// The prefix of each kind; the first kind is everything else. A word is of the kind with the longest prefix that it
/// has. A prefix has one letter or digit, or two, of which the first alone is an earlier kind.
const KINDS: [&str; 32] = [
    "", "1", "2", "a", "an", "b", "c", "co", "d", "de", "e", "f", "g", "h", "i", "in", "l", "m",
    "n", "o", "p", "pe", "pr", "r", "re", "s", "st", "t", "th", "u", "v", "w",
];
/// Bits of a kind.
const BITS: u32 = KINDS.len().ilog2();
/// The kinds at more positions than this are read all at once.
const FEW: usize = 8;
/// Words in one number: tantivy packs the numbers of a column in up to 56 bits.
const WORDS: u32 = 56 / BITS;

/// Bits of the position at which a paragraph starts. Longer documents have no column.
const PLACE: u32 = 26;

/// Digits and Latin letters, and one for anything else.
const CHARACTERS: usize = 37;

/// The kinds of words by their first two characters.
static TABLE: [[u8; CHARACTERS]; CHARACTERS] = {
    let mut table = [[0; CHARACTERS]; CHARACTERS];
    let mut kind = 1;
    while kind < KINDS.len() {
        let letters = KINDS[kind].as_bytes();
        let of_first = &mut table[letter_index(letters[0])];
        if letters.len() > 1 {
            of_first[letter_index(letters[1])] = kind as u8;
        } else {
            // The pairs come after their first letter and overwrite a part of it.
            *of_first = [kind as u8; CHARACTERS];
        }
        kind += 1;
    }
    table
};

/// The number of a digit or small Latin letter, 0 for anything else.
const fn letter_index(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => (byte - b'0') as usize + 1,
        b'a'..=b'z' => (byte - b'a') as usize + 11,
        _ => 0,
    }
}

/// [`letter_index`] of every byte.
static LETTER_INDEX: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        signs[byte] = letter_index(byte as u8) as u8;
        byte += 1;
    }
    signs
};

/// The kind of a folded word.
fn word_kind(word: &str) -> u8 {
    let index = |byte: u8| usize::from(LETTER_INDEX[usize::from(byte)]);
    match *word.as_bytes() {
        [] => 0,
        [only] => TABLE[index(only)][0],
        [first, second, ..] => TABLE[index(first)][index(second)],
    }
}

/// The kinds that words with a prefix may be of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds {
    /// A bit for each kind.
    mask: u32,
    /// Every word of these kinds has the prefix.
    pub exact: bool,
}

impl Kinds {
    /// The kinds of the words with a folded prefix.
    pub fn of(start: &str) -> Self {
        let own = word_kind(start);
        let with = KINDS.iter().enumerate().filter(|(_, letters)| letters.starts_with(start));
        let mask = with.fold(1 << own, |mask, (kind, _)| mask | 1 << kind);
        Self { mask, exact: KINDS[usize::from(own)] == start && !start.is_empty() }
    }

    /// Whether a kind is one of them.
    fn has(self, kind: u64) -> bool {
        self.mask >> kind & 1 == 1
    }
}

/// Packs the words of a document, in their order, to the numbers of the column.
#[derive(Debug)]
pub(in crate::search) struct PrefixColumnWriter {
    /// The kinds, after a number that is left for the count of words.
    kinds: Vec<u64>,
    /// The positions at which all paragraphs but the first start.
    paragraphs: Vec<u64>,
    words: u64,
    /// Bits used of the last number.
    filled: u32,
    place: u32,
}

impl PrefixColumnWriter {
    /// For a text of this many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        // A word of six letters and a space is a low average.
        let mut kinds = Vec::with_capacity(2 + bytes / 7 / WORDS as usize);
        kinds.push(0);
        Self { kinds, paragraphs: Vec::new(), words: 0, filled: BITS * WORDS, place: 0 }
    }

    /// Ends a paragraph.
    pub fn end_paragraph(&mut self) {
        self.place = self.place.saturating_add(GAP);
        self.paragraphs.push(u64::from(self.place));
    }

    /// Adds a word.
    pub fn word(&mut self, word: &str) {
        let kind = u64::from(word_kind(word));
        match self.kinds.last_mut() {
            Some(last) if self.filled < BITS * WORDS => {
                *last |= kind << self.filled;
                self.filled += BITS;
            }
            _ => {
                self.kinds.push(kind);
                self.filled = BITS;
            }
        }
        self.words += 1;
        self.place = self.place.saturating_add(1);
    }

    /// The numbers of the column; none for a text that is too long.
    pub fn finish(self) -> Vec<u64> {
        let Self { mut kinds, paragraphs, words, place, .. } = self;
        if place >= 1 << PLACE {
            return Vec::new();
        }
        if let Some(first) = kinds.first_mut() {
            *first = words;
        }
        kinds.extend(paragraphs.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << PLACE));
        kinds
    }
}

/// The kind of word `nth` in its number.
fn unpack_kind(kinds: u64, nth: u32) -> u64 {
    kinds >> (nth % WORDS * BITS) & ((1 << BITS) - 1)
}

/// How many words each document of a segment has, which the column says first.
pub(in crate::search) struct WordCounts(Column<u64>);

impl WordCounts {
    /// Opens the column.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self(reader.fast_fields().u64(PREFIX_COLUMN)?))
    }

    /// The words of a document, the parts of a compound each; 0 for one that is too long for the column.
    pub fn of(&self, doc: DocId) -> u64 {
        let rows = self.0.index.value_row_ids(doc);
        if rows.is_empty() { 0 } else { self.0.values.get_val(rows.start) }
    }
}

/// The prefix column of a segment.
pub(super) struct PrefixColumn(Column<u64>);

impl PrefixColumn {
    /// Opens the column.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self(reader.fast_fields().u64(PREFIX_COLUMN)?))
    }

    /// The kinds of the words of a document; `None` if it has no column. With `many` all its numbers are read at once
    /// into the buffer, else only the starts of paragraphs.
    fn of<'a>(
        &'a self,
        doc: DocId,
        many: bool,
        buffer: &'a mut Vec<u64>,
    ) -> Option<DocumentKinds<'a>> {
        let Self(column) = self;
        let rows = column.index.value_row_ids(doc);
        let first = rows.start + 1;
        let read = |from: u32, buffer: &'a mut Vec<u64>| -> &'a [u64] {
            let many = rows.end.saturating_sub(from) as usize;
            if buffer.len() < many {
                buffer.resize(many, 0);
            }
            let read = &mut buffer[..many];
            column.values.get_range(u64::from(from), read);
            read
        };
        let (words, known, paragraphs) = if many {
            let (words, kinds) = read(rows.start, buffer).split_first()?;
            let words = u32::try_from(*words).ok()?;
            let (kinds, paragraphs) = kinds.split_at_checked(words.div_ceil(WORDS) as usize)?;
            (words, Some(kinds), paragraphs)
        } else {
            let words = u32::try_from(column.values.get_val(rows.clone().next()?)).ok()?;
            (words, None, read(first + words.div_ceil(WORDS), buffer))
        };
        let mut places = DocumentKinds {
            column,
            first,
            known,
            words,
            paragraphs,
            nth: 0,
            gap: 0,
            next: None,
            end: 0,
        };
        places.paragraph();
        Some(places)
    }

    /// Keeps the starts, ascending, that have a word of these kinds `offset` positions later. `false` if the document
    /// has no column: then all starts are kept.
    pub fn keep(
        &self,
        doc: DocId,
        kinds: Kinds,
        offset: u32,
        starts: &mut Vec<u32>,
        buffer: &mut Vec<u64>,
    ) -> bool {
        if starts.is_empty() {
            return true;
        }
        let Some(mut places) = self.of(doc, starts.len() > FEW, buffer) else { return false };
        starts.retain(|start| places.at(start + offset).is_some_and(|kind| kinds.has(kind)));
        true
    }

    /// Whether one of these starts, ascending, has a word of these kinds `offset` positions later; `None` if the
    /// document has no column.
    pub fn any(
        &self,
        doc: DocId,
        kinds: Kinds,
        offset: u32,
        starts: &[u32],
        buffer: &mut Vec<u64>,
    ) -> Option<bool> {
        let mut places = self.of(doc, starts.len() > FEW, buffer)?;
        let mut starts = starts.iter();
        Some(starts.any(|start| places.at(start + offset).is_some_and(|kind| kinds.has(kind))))
    }
}

/// The kinds of the words of one document, looked up at ascending positions.
struct DocumentKinds<'a> {
    column: &'a Column<u64>,
    /// The row of the first number of kinds.
    first: u32,
    /// The kinds, if all were read.
    known: Option<&'a [u64]>,
    words: u32,
    /// The positions at which all paragraphs but the first start, two a number; the last number may have one.
    paragraphs: &'a [u64],
    /// The number of them before the position looked at.
    nth: usize,
    /// Positions before it that are in no paragraph.
    gap: u32,
    /// The position at which the next paragraph starts.
    next: Option<u32>,
    /// The number of words up to the end of this paragraph.
    end: u32,
}

impl DocumentKinds<'_> {
    /// Advances to the next paragraph.
    fn paragraph(&mut self) {
        let pair = self.paragraphs.get(self.nth / 2).copied().unwrap_or(0);
        let begin = pair >> (self.nth as u32 % 2 * PLACE) & ((1 << PLACE) - 1);
        self.next = u32::try_from(begin).ok().filter(|begin| *begin > 0);
        self.end = self.next.map_or(self.words, |next| next.saturating_sub(self.gap + GAP));
        self.nth += 1;
    }

    /// The kind of the word at a position; `None` if there is none. Positions must be asked for in ascending order.
    fn at(&mut self, place: u32) -> Option<u64> {
        while self.next.is_some_and(|next| next <= place) {
            self.gap += GAP;
            self.paragraph();
        }
        // In the gap after a paragraph the count would run into the next one.
        let word = place.checked_sub(self.gap).filter(|word| *word < self.end)?;
        let row = word / WORDS;
        let kinds = match self.known {
            Some(known) => *known.get(row as usize)?,
            None => self.column.values.get_val(self.first + row),
        };
        Some(unpack_kind(kinds, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::{TextFolder, index_schema, tokenizers};
    use crate::search::words::each_word;
    use proptest::prelude::*;
    use tantivy::TantivyDocument;

    /// The kinds of each text, read back from an index of all of them.
    fn looked_up(texts: &[Vec<String>], asked: &[Vec<u32>]) -> Vec<Vec<Option<u64>>> {
        let (schema, fields) = index_schema();
        let mut writer = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(tokenizers())
            .single_segment_index_writer(tantivy::directory::RamDirectory::create(), 15_000_000)
            .unwrap();
        for text in texts {
            let mut document = TantivyDocument::new();
            let packed = TextFolder::default().fold(text.iter().map(String::as_str)).prefix_column;
            packed.iter().for_each(|value| document.add_u64(fields.prefix_column, *value));
            writer.add_document(document).unwrap();
        }
        let searcher = writer.finalize().unwrap().reader().unwrap().searcher();
        let prefix_column = PrefixColumn::open(searcher.segment_reader(0)).unwrap();
        let (mut buffer, mut other) = (Vec::new(), Vec::new());
        let docs = asked.iter().zip(0..);
        docs.map(|(asked, doc)| {
            let mut places = prefix_column.of(doc, true, &mut buffer).unwrap();
            let kinds: Vec<Option<u64>> = asked.iter().map(|place| places.at(*place)).collect();
            let mut few = prefix_column.of(doc, false, &mut other).unwrap();
            assert!(asked.iter().map(|place| few.at(*place)).eq(kinds.iter().copied()));
            kinds
        })
        .collect()
    }

    #[test]
    fn kinds_have_one_letter_or_two_after_it() {
        for (n, letters) in KINDS.iter().enumerate().skip(1) {
            assert!(
                (1..=2).contains(&letters.len()) && letters.bytes().all(|b| letter_index(b) > 0)
            );
            assert_eq!(usize::from(word_kind(letters)), n);
            assert!(letters.len() == 1 || KINDS[..n].contains(&&letters[..1]), "{letters}");
        }
        for (word, letters) in [
            ("rest", "re"),
            ("rwanda", "r"),
            ("r", "r"),
            ("re", "re"),
            ("été", ""),
            ("rété", "r"),
            ("2254", "2"),
            ("374", ""),
            ("x", ""),
            ("会议", ""),
            ("p5", "p"),
            ("", ""),
        ] {
            assert_eq!(KINDS[usize::from(word_kind(word))], letters, "{word}");
        }
    }

    proptest! {
        #[test]
        fn words_with_a_prefix_are_of_its_kinds(
            word in "[a-z]{1,3}[a-zé2]{0,2}|[cprt][eohr]{0,2}|[а-я2]{1,3}",
            other in "[a-zé]{1,3}|[cprt][eohr]{0,2}|[а-я2x]{1,3}",
            letters in 1_usize..5,
        ) {
            let start: String = word.chars().take(letters).collect();
            let kinds = Kinds::of(&start);
            prop_assert!(kinds.has(u64::from(word_kind(&word))));
            if kinds.exact {
                let has = kinds.has(u64::from(word_kind(&other)));
                prop_assert_eq!(has, other.starts_with(&start), "{} {}", start, other);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_kind_at_every_position_is_known(
            texts in prop::collection::vec(
                prop::collection::vec("[a-cÉ会议ж1 .,/'-]{0,50}|([crt][oeh]{0,2} ){0,30}", 0..4),
                1..4,
            ),
        ) {
            let mut expected: Vec<Vec<Option<u64>>> = Vec::new();
            for text in &texts {
                let (mut kinds, mut from): (Vec<Option<u64>>, usize) = (Vec::new(), 0);
                for paragraph in text {
                    each_word(paragraph, |word, place, _| {
                        let place = from + place as usize;
                        kinds.resize(kinds.len().max(place + 1), None);
                        kinds[place] = Some(u64::from(word_kind(word)));
                    });
                    from = kinds.len().max(from) + GAP as usize;
                }
                kinds.extend([None; 3]);
                expected.push(kinds);
            }
            let all: Vec<Vec<u32>> =
                expected.iter().map(|kinds| (0..kinds.len() as u32).collect()).collect();
            prop_assert_eq!(looked_up(&texts, &all), expected);
        }
    }
}
