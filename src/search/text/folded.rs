//! Words on their way into the index, folded once.
//!
//! tantivy cuts a text into words by itself, and the column of beginnings needs the same words. Folding is
//! the dearest part of both, so it is done here, before: tantivy gets the folded words one behind the
//! other, each after a sign that says where it stands, and has only to look for the signs. No folded
//! word has one in it, because a word has letters, digits, `/` and `.` alone.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::initials::Packer;
use crate::search::words::{Chunk, Chunks, GAP};

/// Before a word; the next one stands a place further on.
const WORD: char = '\u{1}';
/// Before a word that is a whole: its first part stands at the same place.
const WHOLE: char = '\u{2}';
/// A paragraph ends: the next word stands [`GAP`] places further on.
const END: char = '\u{3}';

/// Folds texts; what it needs for one is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// A paragraph with small Latin letters: for all of it at once that costs next to nothing.
    small: String,
    chunk: Chunk,
}

/// The words of some paragraphs.
#[derive(Debug, Default)]
pub(super) struct Folded {
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
        let mut words = String::with_capacity(long + long / 32);
        let mut packer = Packer::with_capacity(long);
        let mut ends = 0;
        for (n, paragraph) in paragraphs.enumerate() {
            ends += usize::from(n > 0);
            let mut small = std::mem::take(&mut self.small);
            small.clear();
            small.push_str(paragraph);
            small.make_ascii_lowercase();
            let mut chunks = Chunks::new(&small);
            loop {
                let plain = chunks.plain();
                if plain.is_none() && !chunks.read(&mut self.chunk) {
                    break;
                }
                for _ in 0..std::mem::take(&mut ends) {
                    words.push(END);
                    packer.end_paragraph();
                }
                match plain {
                    Some(word) => {
                        put(&mut words, WORD, word);
                        packer.word(word);
                    }
                    None => self.chunk(&mut words, &mut packer),
                }
            }
            self.small = small;
        }
        Folded { words, initials: packer.finish() }
    }

    /// Takes in the chunk that was read.
    fn chunk(&self, words: &mut String, packer: &mut Packer) {
        if let Some((whole, _)) = self.chunk.whole() {
            put(words, WHOLE, whole);
        }
        for nth in 0..self.chunk.len() {
            if let Some((word, _)) = self.chunk.term(nth) {
                put(words, WORD, word);
                packer.word(word);
            }
        }
    }
}

/// Adds a term behind its sign; for a field without places too.
fn put(words: &mut String, sign: char, word: &str) {
    words.push(sign);
    words.push_str(word);
}

/// Terms that have no places, as one text for [`Words`].
#[derive(Clone, Debug, Default)]
pub(super) struct Terms(String);

impl Terms {
    /// Adds one.
    pub fn push(&mut self, term: &str) {
        put(&mut self.0, WORD, term);
    }

    /// Adds the words of a name, each behind what says what it is (`st:`).
    pub fn push_each<'a>(&mut self, kind: &str, words: impl IntoIterator<Item = &'a String>) {
        for word in words {
            put(&mut self.0, WORD, kind);
            self.0.push_str(word);
        }
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
        while self.rest.starts_with(END) {
            self.place += GAP as usize;
            self.rest = &self.rest[END.len_utf8()..];
        }
        let Some(sign) = self.rest.chars().next() else { return false };
        let behind = &self.rest[sign.len_utf8()..];
        let end = behind.bytes().position(|byte| byte <= END as u8).unwrap_or(behind.len());
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
