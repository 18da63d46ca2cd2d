//! Words on their way into the index, folded once.
//!
//! tantivy cuts a text into words by itself, and the column of beginnings needs the same words. Folding is
//! the dearest part of both, so it is done here, before: tantivy gets the folded words one behind the
//! other, each after a sign that says where it stands, and has only to look for the signs. No folded
//! word has one in it, because a word has letters, digits, `/` and `.` alone.

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::search::phrase::Packer;
use crate::search::words::{Chunk, Chunks, GAP};

/// Before a word; the next one stands a place further on.
const WORD: u8 = 1;
/// Before a word that is a whole: its first part stands at the same place.
const WHOLE: u8 = 2;
/// A paragraph ends: the next word stands [`GAP`] places further on.
const END: u8 = 3;

/// Folds texts; what it needs for one is used again for the next.
#[derive(Debug, Default)]
pub(in crate::search) struct Folder {
    /// A paragraph with small Latin letters: for all of it at once that costs next to nothing.
    small: String,
    chunk: Chunk,
    run: Run,
}

/// Plain words with a byte between each and the next, as they stand in a paragraph.
#[derive(Debug, Default)]
struct Run {
    at: Range<usize>,
    /// Where the bytes between them stand.
    between: Vec<usize>,
}

impl Run {
    /// Adds a word, where it goes on with the run.
    fn goes_on(&mut self, word: &Range<usize>) -> bool {
        let goes_on = !self.at.is_empty() && self.at.end + 1 == word.start;
        if goes_on {
            self.between.push(self.at.end);
            self.at.end = word.end;
        }
        goes_on
    }

    /// Puts the words behind their signs; then there are none.
    fn put(&mut self, text: &str, words: &mut Vec<u8>) {
        if !self.at.is_empty() {
            words.push(WORD);
            let start = words.len();
            words.extend_from_slice(text.as_bytes().get(self.at.clone()).unwrap_or_default());
            for between in self.between.drain(..) {
                words[start + between - self.at.start] = WORD;
            }
        }
        self.at = 0..0;
    }
}

/// The words of some paragraphs.
#[derive(Debug, Default)]
pub(in crate::search) struct Folded {
    /// The words behind their signs, for [`Words`].
    pub words: String,
    /// The numbers of the column of beginnings.
    pub initials: Vec<u64>,
}

impl Folder {
    /// Folds paragraphs, the words of each in the order and at the places of `words::each`.
    pub fn fold<'a>(&mut self, paragraphs: impl Iterator<Item = &'a str> + Clone) -> Folded {
        // A sign takes the place of a space. Few texts grow, by the parts of compounds.
        let long: usize = paragraphs.clone().map(|paragraph| paragraph.len() + 1).sum();
        let mut words = Vec::with_capacity(long + long / 32);
        let mut packer = Packer::with_capacity(long);
        let mut ends = 0;
        for (n, paragraph) in paragraphs.enumerate() {
            ends += usize::from(n > 0);
            self.small.clear();
            self.small.push_str(paragraph);
            self.small.make_ascii_lowercase();
            self.paragraph(&mut ends, &mut words, &mut packer);
        }
        // Words are text, and the signs are text.
        let words = String::from_utf8(words)
            .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        Folded { words, initials: packer.finish() }
    }

    /// Folds the paragraph in `small`, before which so many others have ended since the last word.
    fn paragraph(&mut self, ends: &mut usize, words: &mut Vec<u8>, packer: &mut Packer) {
        let Self { small, chunk, run } = self;
        let mut chunks = Chunks::new(small);
        loop {
            let plain = chunks.plain();
            if let Some((at, word)) = &plain
                && run.goes_on(at)
            {
                packer.word(word);
                continue;
            }
            run.put(small, words);
            if plain.is_none() && !chunks.read(chunk) {
                return;
            }
            for _ in 0..std::mem::take(ends) {
                words.push(END);
                packer.end_paragraph();
            }
            match plain {
                Some((at, word)) => {
                    packer.word(word);
                    run.at = at;
                }
                None => put_chunk(chunk, words, packer),
            }
        }
    }
}

/// Takes in a chunk.
fn put_chunk(chunk: &Chunk, words: &mut Vec<u8>, packer: &mut Packer) {
    if let Some((whole, _)) = chunk.whole() {
        put(words, WHOLE, whole);
    }
    for nth in 0..chunk.len() {
        if let Some((word, _)) = chunk.term(nth) {
            put(words, WORD, word);
            packer.word(word);
        }
    }
}

/// Adds a term behind its sign.
fn put(words: &mut Vec<u8>, sign: u8, word: &str) {
    words.push(sign);
    words.extend_from_slice(word.as_bytes());
}

/// Terms that have no places, as one text for [`Words`].
#[derive(Clone, Debug, Default)]
pub(super) struct Terms(String);

impl Terms {
    /// Adds one.
    pub fn push(&mut self, term: &str) {
        self.push_two("", term);
    }

    /// Adds the words of a name, each behind what says what it is (`st:`).
    pub fn push_each<'a>(&mut self, kind: &str, words: impl IntoIterator<Item = &'a String>) {
        words.into_iter().for_each(|word| self.push_two(kind, word));
    }

    fn push_two(&mut self, kind: &str, word: &str) {
        self.0.push(char::from(WORD));
        self.0.push_str(kind);
        self.0.push_str(word);
    }

    /// These and those, as a text.
    pub fn text(parts: [&Self; 3]) -> String {
        parts.map(|part| part.0.as_str()).concat()
    }
}

/// What cuts a text of folded words for tantivy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { rest: text, place: 0, token: Token::default() }
    }
}

/// The words of a text one by one.
pub(super) struct Stream<'a> {
    rest: &'a str,
    place: usize,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while self.rest.as_bytes().first() == Some(&END) {
            self.place += GAP as usize;
            self.rest = &self.rest[1..];
        }
        let Some(&sign) = self.rest.as_bytes().first() else { return false };
        let behind = self.rest.get(1..).unwrap_or("");
        let end = behind.bytes().position(|byte| byte <= END).unwrap_or(behind.len());
        self.token.text.clear();
        self.token.text.push_str(&behind[..end]);
        self.token.position = self.place;
        self.place += usize::from(sign == WORD);
        self.rest = &behind[end..];
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::each;
    use proptest::prelude::*;

    fn streamed(text: &str) -> Vec<(String, usize)> {
        let (mut words, mut streamed) = (Words, Vec::new());
        let mut stream = words.token_stream(text);
        while stream.advance() {
            streamed.push((stream.token().text.clone(), stream.token().position));
        }
        streamed
    }

    #[test]
    fn a_paragraph_is_far_from_the_next() {
        let folded = Folder::default().fold(["One two-fold", "", "3 会议"].into_iter());
        let words: Vec<(String, usize)> = streamed(&folded.words);
        let expected = [
            ("one", 0),
            ("twofold", 1),
            ("two", 1),
            ("fold", 2),
            ("3", 131),
            ("会议", 132),
            ("议", 133),
        ];
        assert_eq!(words, expected.map(|(word, place)| (word.to_owned(), place)));
    }

    #[test]
    fn terms_come_one_by_one() {
        let (mut some, mut others) = (Terms::default(), Terms::default());
        some.push("y:2019");
        others.push_each("st:", &["viet".to_owned(), "nam".to_owned()]);
        let text = Terms::text([&some, &Terms::default(), &others]);
        let terms: Vec<String> = streamed(&text).into_iter().map(|(term, _)| term).collect();
        assert_eq!(terms, ["y:2019", "st:viet", "st:nam"]);
    }

    proptest! {
        #[test]
        fn tantivy_gets_the_words_that_marks_get(
            paragraphs in prop::collection::vec(prop_oneof![
                any::<String>(),
                "[a-cÉ会议\u{301}\u{1}\u{2}\u{3} .,/'’-]{0,40}",
                "[aA1 ,.-]{100,140}[a-z]{110,130}",
            ], 0..4),
        ) {
            let (mut plain, mut from, mut last) = (Vec::new(), 0, 0);
            for paragraph in &paragraphs {
                each(paragraph, |word, place, _| {
                    plain.push((word.to_owned(), from + place as usize));
                    last = from + place as usize + 1;
                });
                from = last.max(from) + GAP as usize;
            }
            let folded = Folder::default().fold(paragraphs.iter().map(String::as_str));
            prop_assert_eq!(streamed(&folded.words), plain);
        }
    }
}
