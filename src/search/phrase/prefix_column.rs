//! How every word of a document begins, in the order of the places.
//!
//! A phrase whose last word has few letters so far would have to be held against every word that begins so,
//! and these stand nearly everywhere. Here it is looked up how the word at a place begins, in a column of
//! numbers: eleven words a number, and behind them where each paragraph begins, two a number, since nothing is
//! kept for the gaps between paragraphs. That is little more than five bits a word.
//!
//! Five bits tell 32 **kinds** of words apart: those that begin with a letter, and of those some that begin with two
//! certain letters, as *re* or *co*, because behind a frequent word these are asked for most dearly: thousands of words
//! begin so. Letters and figures that few words begin with share a kind with other scripts.

use tantivy::columnar::Column;
use tantivy::{DocId, index::SegmentReader};

use crate::search::words::GAP;

/// The column.
pub(in crate::search) const COLUMN: &str = "initials";
/// How the words of each kind begin; the first kind is everything else. A word is of the kind with the longest of
/// these that it begins with. Each has one letter or figure, or two of which the first has stood before.
const KINDS: [&str; 32] = [
    "", "1", "2", "a", "an", "b", "c", "co", "d", "de", "e", "f", "g", "h", "i", "in", "l", "m",
    "n", "o", "p", "pe", "pr", "r", "re", "s", "st", "t", "th", "u", "v", "w",
];
/// Bits of a kind.
const BITS: u32 = KINDS.len().ilog2();
/// The kinds at more places than this are read all together.
const FEW: usize = 8;
/// Words in one number, since a column is packed by whole bits up to 56.
const WORDS: u32 = 56 / BITS;

/// Bits of the beginning of a paragraph. What lies behind so many words is not looked up, see [`Places`].
const PLACE: u32 = 26;

/// Figures and Latin letters, and anything else.
const SIGNS: usize = 37;

/// The kinds of words by the first two of their signs.
static TABLE: [[u8; SIGNS]; SIGNS] = {
    let mut table = [[0; SIGNS]; SIGNS];
    let mut kind = 1;
    while kind < KINDS.len() {
        let letters = KINDS[kind].as_bytes();
        let of_first = &mut table[sign(letters[0])];
        if letters.len() > 1 {
            of_first[sign(letters[1])] = kind as u8;
        } else {
            // Those of two letters stand behind that of one.
            *of_first = [kind as u8; SIGNS];
        }
        kind += 1;
    }
    table
};

/// The number of a figure or small Latin letter, 0 of anything else.
const fn sign(byte: u8) -> usize {
    match byte {
        b'0'..=b'9' => (byte - b'0') as usize + 1,
        b'a'..=b'z' => (byte - b'a') as usize + 11,
        _ => 0,
    }
}

/// The same, looked up.
static SIGN: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        signs[byte] = sign(byte as u8) as u8;
        byte += 1;
    }
    signs
};

/// The kind of a folded word.
fn kind(word: &str) -> u8 {
    let sign = |byte: u8| usize::from(SIGN[usize::from(byte)]);
    match *word.as_bytes() {
        [] => 0,
        [only] => TABLE[sign(only)][0],
        [first, second, ..] => TABLE[sign(first)][sign(second)],
    }
}

/// The kinds of the words that begin in some way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds {
    /// A bit for each.
    mask: u32,
    /// No word of these kinds begins otherwise.
    pub exact: bool,
}

impl Kinds {
    /// Those of the words that begin with some folded letters.
    pub fn of(start: &str) -> Self {
        let own = kind(start);
        let with = KINDS.iter().enumerate().filter(|(_, letters)| letters.starts_with(start));
        let mask = with.fold(1 << own, |mask, (kind, _)| mask | 1 << kind);
        Self { mask, exact: KINDS[usize::from(own)] == start && !start.is_empty() }
    }

    /// Whether a kind is among them.
    fn has(self, kind: u64) -> bool {
        self.mask >> kind & 1 == 1
    }
}

/// Makes the column's numbers for a text out of its words, in their order.
#[derive(Debug)]
pub(in crate::search) struct Packer {
    /// Behind a place that is left for the count of words.
    kinds: Vec<u64>,
    /// Where all paragraphs but the first begin.
    begins: Vec<u64>,
    words: u64,
    /// Bits that are taken in the last number.
    filled: u32,
    place: u32,
}

impl Packer {
    /// For a text of so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        // Words have six letters and a space, if they are short on the whole.
        let mut kinds = Vec::with_capacity(2 + bytes / 7 / WORDS as usize);
        kinds.push(0);
        Self { kinds, begins: Vec::new(), words: 0, filled: BITS * WORDS, place: 0 }
    }

    /// The paragraph has no more words.
    pub fn end_paragraph(&mut self) {
        self.place = self.place.saturating_add(GAP);
        self.begins.push(u64::from(self.place));
    }

    /// Adds a word.
    pub fn word(&mut self, word: &str) {
        let kind = u64::from(kind(word));
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

    /// How many words, their kinds, and the beginnings. None for a text that is too long.
    pub fn finish(self) -> Vec<u64> {
        let Self { mut kinds, begins, words, place, .. } = self;
        if place >= 1 << PLACE {
            return Vec::new();
        }
        if let Some(first) = kinds.first_mut() {
            *first = words;
        }
        kinds.extend(begins.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << PLACE));
        kinds
    }
}

/// The kind of a word in its number.
fn unpacked(kinds: u64, nth: u32) -> u64 {
    kinds >> (nth % WORDS * BITS) & ((1 << BITS) - 1)
}

/// The column of a segment.
pub(super) struct Initials(Column<u64>);

impl Initials {
    /// Opens it.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self(reader.fast_fields().u64(COLUMN)?))
    }

    /// The kinds of the words of a document, `None` where they are not known. Where so many places will be looked
    /// at that it pays, all of its rows are read at once into the buffer, else only where paragraphs begin.
    fn of<'a>(&'a self, doc: DocId, many: bool, buffer: &'a mut Vec<u64>) -> Option<Places<'a>> {
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
        let (words, known, begins) = if many {
            let (words, kinds) = read(rows.start, buffer).split_first()?;
            let words = u32::try_from(*words).ok()?;
            let (kinds, begins) = kinds.split_at_checked(words.div_ceil(WORDS) as usize)?;
            (words, Some(kinds), begins)
        } else {
            let words = u32::try_from(column.values.get_val(rows.clone().next()?)).ok()?;
            (words, None, read(first + words.div_ceil(WORDS), buffer))
        };
        let mut places =
            Places { column, first, known, words, begins, nth: 0, gap: 0, next: None, end: 0 };
        places.paragraph();
        Some(places)
    }

    /// Keeps of some places, rising, those so far before a word of these kinds. `false` where the kinds of the
    /// document are not known; all places stay then.
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

    /// Whether one of some places, rising, is so far before a word of these kinds; `None` where the kinds of the document
    /// are not known.
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

/// The kinds of the words of one document, looked up from front to back.
struct Places<'a> {
    column: &'a Column<u64>,
    /// The row of the first kinds.
    first: u32,
    /// The kinds, where all were read.
    known: Option<&'a [u64]>,
    words: u32,
    /// Where all paragraphs but the first begin, two a number; the last may stand alone.
    begins: &'a [u64],
    /// How many of them are behind the place looked at.
    nth: usize,
    /// Places before that are in no paragraph.
    gap: u32,
    /// Where the next paragraph begins.
    next: Option<u32>,
    /// The words up to the end of this paragraph.
    end: u32,
}

impl Places<'_> {
    /// Goes on to the next paragraph.
    fn paragraph(&mut self) {
        let pair = self.begins.get(self.nth / 2).copied().unwrap_or(0);
        let begin = pair >> (self.nth as u32 % 2 * PLACE) & ((1 << PLACE) - 1);
        self.next = u32::try_from(begin).ok().filter(|begin| *begin > 0);
        self.end = self.next.map_or(self.words, |next| next.saturating_sub(self.gap + GAP));
        self.nth += 1;
    }

    /// The kind of the word at a place; `None` where no word stands. Places are asked for rising.
    fn at(&mut self, place: u32) -> Option<u64> {
        while self.next.is_some_and(|next| next <= place) {
            self.gap += GAP;
            self.paragraph();
        }
        // In the gap behind a paragraph the count would go on into the next one.
        let word = place.checked_sub(self.gap).filter(|word| *word < self.end)?;
        let row = word / WORDS;
        let kinds = match self.known {
            Some(known) => *known.get(row as usize)?,
            None => self.column.values.get_val(self.first + row),
        };
        Some(unpacked(kinds, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::index::{Folder, schema, tokenizers};
    use crate::search::words::each;
    use proptest::prelude::*;
    use tantivy::TantivyDocument;

    /// The kinds of each text, as they come back from an index of all of them.
    fn looked_up(texts: &[Vec<String>], asked: &[Vec<u32>]) -> Vec<Vec<Option<u64>>> {
        let (schema, fields) = schema();
        let mut writer = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(tokenizers())
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
        let (mut buffer, mut other) = (Vec::new(), Vec::new());
        let docs = asked.iter().zip(0..);
        docs.map(|(asked, doc)| {
            let mut places = initials.of(doc, true, &mut buffer).unwrap();
            let kinds: Vec<Option<u64>> = asked.iter().map(|place| places.at(*place)).collect();
            let mut few = initials.of(doc, false, &mut other).unwrap();
            assert!(asked.iter().map(|place| few.at(*place)).eq(kinds.iter().copied()));
            kinds
        })
        .collect()
    }

    #[test]
    fn kinds_are_of_one_letter_or_of_two_behind_it() {
        for (n, letters) in KINDS.iter().enumerate().skip(1) {
            assert!((1..=2).contains(&letters.len()) && letters.bytes().all(|b| sign(b) > 0));
            assert_eq!(usize::from(kind(letters)), n);
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
            assert_eq!(KINDS[usize::from(kind(word))], letters, "{word}");
        }
    }

    proptest! {
        #[test]
        fn the_words_that_begin_so_are_of_these_kinds(
            word in "[a-z]{1,3}[a-zé2]{0,2}|[cprt][eohr]{0,2}|[а-я2]{1,3}",
            other in "[a-zé]{1,3}|[cprt][eohr]{0,2}|[а-я2x]{1,3}",
            letters in 1_usize..5,
        ) {
            let start: String = word.chars().take(letters).collect();
            let kinds = Kinds::of(&start);
            prop_assert!(kinds.has(u64::from(kind(&word))));
            if kinds.exact {
                let has = kinds.has(u64::from(kind(&other)));
                prop_assert_eq!(has, other.starts_with(&start), "{} {}", start, other);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_kind_of_every_place_is_known(
            texts in prop::collection::vec(
                prop::collection::vec("[a-cÉ会议ж1 .,/'-]{0,50}|([crt][oeh]{0,2} ){0,30}", 0..4),
                1..4,
            ),
        ) {
            let mut expected: Vec<Vec<Option<u64>>> = Vec::new();
            for text in &texts {
                let (mut kinds, mut from): (Vec<Option<u64>>, usize) = (Vec::new(), 0);
                for paragraph in text {
                    each(paragraph, |word, place, _| {
                        let place = from + place as usize;
                        kinds.resize(kinds.len().max(place + 1), None);
                        kinds[place] = Some(u64::from(kind(word)));
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
