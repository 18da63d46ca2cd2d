//! Texts folded for the index, once for everything that needs their words.
//!
//! Both tantivy's tokenizer and the prefix column need the folded words, and folding is the most expensive part of
//! indexing. It is done here, before: tantivy gets the folded words one after the other, each after a control byte that
//! gives its position, and its tokenizer only splits at these. A folded word has no control byte: it has only letters,
//! digits, `/` and `.`.

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::search::phrase::PrefixColumnWriter;
use crate::search::words::{Chunk, Chunks, GAP, JOINT};

/// Before a word; the next word is at the next position.
const WORD: u8 = 1;
/// Before a compound as a whole, or a joint: the part that follows is at the same position.
const WHOLE: u8 = 2;
/// The end of a paragraph: the next word is [`GAP`] positions later.
const END: u8 = 3;

/// Folds texts, reusing its buffers.
#[derive(Debug, Default)]
pub(in crate::search) struct TextFolder {
    /// The paragraph with its ASCII letters in lower case.
    small: String,
    chunk: Chunk,
    run: PlainRun,
}

/// Consecutive plain words of a paragraph with one byte between them: they are copied at once.
#[derive(Debug, Default)]
struct PlainRun {
    at: Range<usize>,
    /// The positions of the bytes between them.
    between: Vec<usize>,
}

impl PlainRun {
    /// Adds a word if it continues the run.
    fn extend(&mut self, word: &Range<usize>) -> bool {
        let extend = !self.at.is_empty() && self.at.end + 1 == word.start;
        if extend {
            self.between.push(self.at.end);
            self.at.end = word.end;
        }
        extend
    }

    /// Appends the words with their control bytes, and empties the run.
    fn flush(&mut self, text: &str, words: &mut Vec<u8>) {
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
pub(in crate::search) struct FoldedText {
    /// The words with their control bytes, for [`FoldedTokenizer`].
    pub words: String,
    /// The numbers of the prefix column.
    pub prefix_column: Vec<u64>,
}

impl TextFolder {
    /// Folds paragraphs; order and positions of their words are those of `words::each_word`.
    pub fn fold<'a>(&mut self, paragraphs: impl Iterator<Item = &'a str> + Clone) -> FoldedText {
        // A control byte takes the place of a space. The parts of compounds make a few texts longer.
        let long: usize = paragraphs.clone().map(|paragraph| paragraph.len() + 1).sum();
        let mut words = Vec::with_capacity(long + long / 32);
        let mut packer = PrefixColumnWriter::with_capacity(long);
        let mut ends = 0;
        for (n, paragraph) in paragraphs.enumerate() {
            ends += usize::from(n > 0);
            self.small.clear();
            self.small.push_str(paragraph);
            self.small.make_ascii_lowercase();
            self.paragraph(&mut ends, &mut words, &mut packer);
        }
        // Words are UTF-8, and so are control bytes.
        let words = String::from_utf8(words)
            .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        FoldedText { words, prefix_column: packer.finish() }
    }

    /// Folds the paragraph in `small`. `ends` paragraphs have ended since the last word.
    fn paragraph(
        &mut self,
        ends: &mut usize,
        words: &mut Vec<u8>,
        packer: &mut PrefixColumnWriter,
    ) {
        let Self { small, chunk, run } = self;
        let mut chunks = Chunks::new(small);
        loop {
            let plain = chunks.plain();
            if let Some((at, word)) = &plain
                && run.extend(at)
            {
                packer.word(word);
                continue;
            }
            run.flush(small, words);
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
                None => push_chunk(chunk, words, packer),
            }
        }
    }
}

/// Appends a chunk.
fn push_chunk(chunk: &Chunk, words: &mut Vec<u8>, packer: &mut PrefixColumnWriter) {
    let is_compound = chunk.whole().is_some();
    if let Some((whole, _)) = chunk.whole() {
        push_term(words, WHOLE, whole);
    }
    for nth in 0..chunk.parts().len() {
        if let Some((word, _)) = chunk.term(nth) {
            if nth > 0 && is_compound {
                push_term(words, WHOLE, JOINT);
            }
            push_term(words, WORD, word);
            packer.word(word);
        }
    }
}

/// Appends a term with its control byte.
fn push_term(words: &mut Vec<u8>, control: u8, word: &str) {
    words.push(control);
    words.extend_from_slice(word.as_bytes());
}

/// Terms without positions, as one text for [`FoldedTokenizer`].
#[derive(Clone, Debug, Default)]
pub(super) struct MetaTerms(String);

impl MetaTerms {
    /// Adds a term.
    pub fn push(&mut self, term: &str) {
        self.push_two("", term);
    }

    /// Adds the words of a name, each with a prefix such as `st:`.
    pub fn push_each<'a>(&mut self, kind: &str, words: impl IntoIterator<Item = &'a String>) {
        words.into_iter().for_each(|word| self.push_two(kind, word));
    }

    fn push_two(&mut self, kind: &str, word: &str) {
        self.0.push(char::from(WORD));
        self.0.push_str(kind);
        self.0.push_str(word);
    }

    /// All parts as one text.
    pub fn text(parts: [&Self; 3]) -> String {
        parts.map(|part| part.0.as_str()).concat()
    }
}

/// Splits a folded text into tokens for tantivy.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoldedTokenizer;

impl Tokenizer for FoldedTokenizer {
    type TokenStream<'a> = FoldedTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedTokens<'a> {
        FoldedTokens { rest: text, place: 0, token: Token::default() }
    }
}

/// The tokens of a folded text.
pub(super) struct FoldedTokens<'a> {
    rest: &'a str,
    place: usize,
    token: Token,
}

impl TokenStream for FoldedTokens<'_> {
    fn advance(&mut self) -> bool {
        while self.rest.as_bytes().first() == Some(&END) {
            self.place += GAP as usize;
            self.rest = &self.rest[1..];
        }
        let Some(&control) = self.rest.as_bytes().first() else { return false };
        let rest = self.rest.get(1..).unwrap_or("");
        let end = rest.bytes().position(|byte| byte <= END).unwrap_or(rest.len());
        self.token.text.clear();
        self.token.text.push_str(&rest[..end]);
        self.token.position = self.place;
        self.place += usize::from(control == WORD);
        self.rest = &rest[end..];
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
    use crate::search::words::each_word;
    use proptest::prelude::*;

    fn streamed(text: &str) -> Vec<(String, usize)> {
        let (mut words, mut streamed) = (FoldedTokenizer, Vec::new());
        let mut stream = words.token_stream(text);
        while stream.advance() {
            streamed.push((stream.token().text.clone(), stream.token().position));
        }
        streamed
    }

    #[test]
    fn a_paragraph_is_far_from_the_next() {
        let folded = TextFolder::default().fold(["One two-fold", "", "3 会议"].into_iter());
        let words: Vec<(String, usize)> = streamed(&folded.words);
        let expected = [
            ("one", 0),
            ("twofold", 1),
            ("two", 1),
            ("-", 2),
            ("fold", 2),
            ("3", 131),
            ("会议", 132),
            ("议", 133),
        ];
        assert_eq!(words, expected.map(|(word, place)| (word.to_owned(), place)));
    }

    #[test]
    fn terms_come_one_by_one() {
        let (mut some, mut others) = (MetaTerms::default(), MetaTerms::default());
        some.push("y:2019");
        others.push_each("st:", &["viet".to_owned(), "nam".to_owned()]);
        let text = MetaTerms::text([&some, &MetaTerms::default(), &others]);
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
                each_word(paragraph, |word, place, _| {
                    plain.push((word.to_owned(), from + place as usize));
                    last = from + place as usize + 1;
                });
                from = last.max(from) + GAP as usize;
            }
            let folded = TextFolder::default().fold(paragraphs.iter().map(String::as_str));
            let mut given = streamed(&folded.words);
            given.retain(|(word, _)| word != JOINT);
            prop_assert_eq!(given, plain);
        }
    }
}
