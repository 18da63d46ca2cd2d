//! The terms of the index that a word or phrase of a query asks for, each with its position in the phrase.

use crate::search::forms::other_forms;
use crate::search::query::Phrase;
use crate::search::words::{Chunk, Chunks};

/// A term at a position of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct PhraseTerm {
    /// The position, counted from the start of the phrase.
    pub offset: u32,
    /// The folded word.
    pub word: String,
    /// Any word with this prefix matches.
    pub prefix: bool,
    /// Other words that match: the forms of this one.
    pub forms: Vec<String>,
}

impl PhraseTerm {
    /// Whether a folded word matches.
    pub fn fits(&self, word: &str) -> bool {
        let fits = if self.prefix { word.starts_with(&self.word) } else { word == self.word };
        fits || self.forms.iter().any(|form| form == word)
    }

    /// Whether it is one whole word in one form.
    pub fn is_plain(&self) -> bool {
        !self.prefix && self.forms.is_empty()
    }
}

/// The terms of a word or phrase; none if it has no letter or digit.
///
/// A word of one chunk is that chunk as a whole. A phrase, and a word of several chunks, is its parts one after the
/// other. Han characters are pairs; a single one is the prefix of a pair.
pub(in crate::search) fn phrase_terms(phrase: &Phrase) -> Vec<PhraseTerm> {
    let (mut chunks, mut chunk) = (Chunks::new(&phrase.text), Chunk::default());
    let mut read: Vec<Chunk> = Vec::new();
    while chunks.read(&mut chunk) {
        read.push(chunk.clone());
    }
    if let [only] = read.as_slice()
        && !phrase.quoted
        && !only.han
    {
        let word = only.word().to_owned();
        let forms = phrase.forms.map_or_else(Vec::new, |grammar| other_forms(&word, grammar));
        return vec![PhraseTerm { offset: 0, word, prefix: phrase.prefix, forms }];
    }
    let (mut terms, mut offset) = (Vec::new(), 0_u32);
    for (n, chunk) in read.iter().enumerate() {
        let last = n + 1 == read.len();
        if chunk.han {
            push_han_pairs(chunk, offset, &mut terms);
        } else {
            let parts = chunk.parts().len();
            for (place, (part, _)) in chunk.parts().enumerate() {
                let prefix = phrase.prefix && last && place + 1 == parts;
                let offset = offset + u32::try_from(place).unwrap_or(0);
                let word = part.to_owned();
                terms.push(PhraseTerm { offset, word, prefix, forms: Vec::new() });
            }
        }
        offset += u32::try_from(chunk.parts().len()).unwrap_or(0);
    }
    terms
}

fn push_han_pairs(chunk: &Chunk, offset: u32, terms: &mut Vec<PhraseTerm>) {
    let alone = chunk.parts().len() == 1;
    let pairs = if alone { 1 } else { chunk.parts().len() - 1 };
    for n in 0..pairs {
        if let Some((pair, _)) = chunk.pair(n) {
            let offset = offset + u32::try_from(n).unwrap_or(0);
            let word = pair.to_owned();
            terms.push(PhraseTerm { offset, word, prefix: alone, forms: Vec::new() });
        }
    }
}

/// The number of positions from the first term to the last.
pub(in crate::search) fn phrase_length(terms: &[PhraseTerm]) -> u32 {
    terms.last().map_or(0, |term| term.offset + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, quoted: bool, prefix: bool) -> String {
        let phrase = Phrase { text: text.to_owned(), quoted, prefix, forms: None };
        let shown: Vec<String> = phrase_terms(&phrase)
            .iter()
            .map(|s| format!("{}{}{}", s.offset, s.word, if s.prefix { "*" } else { "" }))
            .collect();
        shown.join(" ")
    }

    #[test]
    fn words_phrases_and_prefixes() {
        for (text, phrase, prefix, terms) in [
            ("Peace", false, false, "0peace"),
            ("peace-buil", false, true, "0peacebuil*"),
            ("peace-buil", true, true, "0peace 1buil*"),
            ("the Côte d’Ivoire", true, false, "0the 1cote 2d 3ivoire"),
            ("S/2019/823", false, false, "0s/2019/823"),
            ("2254(2015)", false, false, "02254 12015"),
            ("安全理", false, false, "0安全 1全理"),
            ("第2254号", false, false, "0第* 12254 2号*"),
            ("会", false, true, "0会*"),
            ("", true, false, ""),
        ] {
            assert_eq!(shown(text, phrase, prefix), terms, "{text}");
        }
    }
}
