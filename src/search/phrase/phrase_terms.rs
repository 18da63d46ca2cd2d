//! What a word or phrase of a query is to the index: terms at places beside each other.

use crate::search::query::Said;
use crate::search::words::{Chunk, Chunks};

/// A term at a place of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct Slot {
    /// Places behind the beginning.
    pub offset: u32,
    /// The folded word.
    pub word: String,
    /// Any word that begins so.
    pub prefix: bool,
}

impl Slot {
    /// Whether a folded word fits.
    pub fn fits(&self, word: &str) -> bool {
        if self.prefix { word.starts_with(&self.word) } else { word == self.word }
    }
}

/// The slots of a word or phrase; none where there is no letter in it.
///
/// A word of one chunk is that chunk as a whole. A phrase, and what a hyphen does not hold together, is
/// its parts one behind the other. Han characters are pairs; one alone is the beginning of a pair.
pub(in crate::search) fn slots(said: &Said) -> Vec<Slot> {
    let (mut chunks, mut chunk) = (Chunks::new(&said.text), Chunk::default());
    let mut read: Vec<Chunk> = Vec::new();
    while chunks.read(&mut chunk) {
        read.push(chunk.clone());
    }
    if let [only] = read.as_slice()
        && !said.phrase
        && !only.han
    {
        return vec![Slot { offset: 0, word: only.word().to_owned(), prefix: said.prefix }];
    }
    let (mut slots, mut offset) = (Vec::new(), 0_u32);
    for (n, chunk) in read.iter().enumerate() {
        let last = n + 1 == read.len();
        if chunk.han {
            han(chunk, offset, &mut slots);
        } else {
            let parts = chunk.len();
            for (place, (part, _)) in chunk.parts().enumerate() {
                let prefix = said.prefix && last && place + 1 == parts;
                let offset = offset + u32::try_from(place).unwrap_or(0);
                slots.push(Slot { offset, word: part.to_owned(), prefix });
            }
        }
        offset += u32::try_from(chunk.len()).unwrap_or(0);
    }
    slots
}

fn han(chunk: &Chunk, offset: u32, slots: &mut Vec<Slot>) {
    let alone = chunk.len() == 1;
    let pairs = if alone { 1 } else { chunk.len() - 1 };
    for n in 0..pairs {
        if let Some((pair, _)) = chunk.pair(n) {
            let offset = offset + u32::try_from(n).unwrap_or(0);
            slots.push(Slot { offset, word: pair.to_owned(), prefix: alone });
        }
    }
}

/// How many places the slots take from the beginning to the end.
pub(in crate::search) fn length(slots: &[Slot]) -> u32 {
    slots.last().map_or(0, |slot| slot.offset + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, phrase: bool, prefix: bool) -> String {
        let said = Said { text: text.to_owned(), phrase, prefix };
        let shown: Vec<String> = slots(&said)
            .iter()
            .map(|s| format!("{}{}{}", s.offset, s.word, if s.prefix { "*" } else { "" }))
            .collect();
        shown.join(" ")
    }

    #[test]
    fn words_phrases_and_beginnings() {
        for (text, phrase, prefix, slots) in [
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
            assert_eq!(shown(text, phrase, prefix), slots, "{text}");
        }
    }
}
