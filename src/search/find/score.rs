//! The score of a word in a line, in one pass over the line and without a table.
//!
//! This is the arithmetic of `SkimMatcherV2` on folded text, worked out again from what it
//! computes: an alignment of word and line, 16 for a letter, more at the beginning of a word,
//! less for a gap. On folded text (no capitals, so no humps and no unequal case) its scores
//! come to this:
//!
//! - the first letter of a line gives 16 more; a letter behind a hard separator (space, slash,
//!   bracket) 8; behind a soft one (full stop, hyphen, comma ...) 7; any other 0;
//! - a letter matched right behind the one before it has at least 4 more;
//! - a gap costs 3, and 1 for each letter in it; the letters before the first match cost 1 together.
//!
//! The order of answers does not rest on this being equal: it is used as a bound, and
//! [`rank`](super::rank) asks the matcher itself about every line it shows. It rests on its never being
//! less, and its being equal is what makes that cheap; a property in this file's tests holds both.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Letters of a word that count; what is typed behind them is passed over.
pub(super) const LONGEST: usize = 64;

const MATCH: i32 = 16;
const FIRST_OF_LINE: i32 = 16;
const BEHIND_HARD: u8 = 8;
const BEHIND_SOFT: u8 = 7;
const ADJACENT: i32 = 4;
const GAP: i32 = 3;
const LEADING: i32 = 1;

/// Less than any score, and far from the end of the number.
const NOTHING: i32 = i32::MIN / 4;

/// What a letter gains by standing behind this ASCII character.
const BEHIND: [u8; 128] = behind();

const fn behind() -> [u8; 128] {
    let mut table = [0; 128];
    let mut c = 0;
    while c < 128 {
        table[c] = match c as u8 {
            0 | b' ' | b'/' | b'\\' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => BEHIND_HARD,
            b'!'..=b'\'' | b'*'..=b'.' | b':'..=b'@' | b'^'..=b'`' | b'~' => BEHIND_SOFT,
            _ => 0,
        };
        c += 1;
    }
    table
}

/// The score and the places, in characters, of a folded word in a folded line, from
/// fuzzy-matcher itself; `None` where the letters of the word do not stand in the line in order.
pub(super) fn exact(folded: &str, word: &str) -> Option<(i64, Vec<usize>)> {
    SkimMatcherV2::default().ignore_case().fuzzy_indices(folded, word)
}

/// A word made ready to be scored in many lines.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    len: usize,
    /// For each ASCII character, the set of places in the word where it stands.
    ascii: [u64; 128],
    /// The same for the other letters of the word.
    others: Vec<(char, u64)>,
}

/// The best alignments of the word's letters up to one of them, as far as the line was read.
#[derive(Clone, Copy)]
struct Reach {
    /// Where the letter was matched last.
    at: i32,
    /// The best score that ends in that match.
    score: i32,
    /// The best of score plus place over the matches before that one.
    before: i32,
}

/// Room to work in, used again for line after line: what an earlier line left is never read, because
/// only letters that were reached in this one are.
pub(super) struct Desk([Reach; LONGEST]);

impl Default for Desk {
    fn default() -> Self {
        Self([Reach { at: NOTHING, score: NOTHING, before: NOTHING }; LONGEST])
    }
}

impl Reach {
    /// The best of score plus place over all matches.
    fn any(self) -> i32 {
        self.before.max(self.score + self.at)
    }
}

impl Pattern {
    /// Of a folded word of at most [`LONGEST`] letters; later ones are passed over.
    pub(super) fn new(word: &str) -> Self {
        let mut pattern = Self { len: 0, ascii: [0; 128], others: Vec::new() };
        for (place, c) in word.chars().take(LONGEST).enumerate() {
            pattern.len = place + 1;
            let bit = 1 << place;
            if c.is_ascii() {
                pattern.ascii[c as usize] |= bit;
            } else if let Some((_, places)) = pattern.others.iter_mut().find(|(o, _)| *o == c) {
                *places |= bit;
            } else {
                pattern.others.push((c, bit));
            }
        }
        pattern
    }

    fn places(&self, c: char) -> u64 {
        match self.ascii.get(c as usize) {
            Some(places) => *places,
            None => self.others.iter().find(|(o, _)| *o == c).map_or(0, |(_, places)| *places),
        }
    }

    /// The score in a folded line; `None` where it does not match.
    ///
    /// `ascii` says that the line is all ASCII, which spares the decoding.
    pub(super) fn score(&self, folded: &str, ascii: bool, desk: &mut Desk) -> Option<i32> {
        if ascii {
            self.walk(folded.bytes().map(char::from), &mut desk.0)
        } else {
            self.walk(folded.chars(), &mut desk.0)
        }
    }

    fn walk(
        &self,
        letters: impl Iterator<Item = char>,
        reach: &mut [Reach; LONGEST],
    ) -> Option<i32> {
        // How many letters of the word stand in order in what was read of the line.
        let mut reached = 0;
        let mut best = NOTHING;
        let mut bonus = FIRST_OF_LINE;
        for (at, c) in (0_i32..).zip(letters) {
            // Only the letters reached and the one behind them can match here; from the last to the
            // first, so that each still sees what its neighbour reached before this character.
            let mut places =
                self.places(c) & (u64::MAX >> (LONGEST - 1 - reached.min(LONGEST - 1)));
            while places != 0 {
                let place = places.ilog2() as usize;
                places ^= 1 << place;
                let score = MATCH
                    + if place == 0 { bonus - LEADING } else { step(reach[place - 1], at, bonus) };
                let before = if place < reached { reach[place].any() } else { NOTHING };
                reached = reached.max(place + 1);
                reach[place] = Reach { at, score, before };
                if place + 1 == self.len {
                    best = best.max(score);
                }
            }
            // A word of one letter has no better place than the beginning of a word.
            if self.len == 1 && best >= MATCH - LEADING + i32::from(BEHIND_HARD) {
                break;
            }
            bonus = BEHIND.get(c as usize).map_or(0, |b| i32::from(*b));
        }
        (reached == self.len && best > NOTHING).then_some(best)
    }
}

/// What stands before a match at `at` and the bonus for it: the letter before it matched right
/// in front, or somewhere before with a gap.
fn step(before: Reach, at: i32, bonus: i32) -> i32 {
    let gap = |reach: i32| reach - GAP - (at - 1) + bonus;
    if before.at == at - 1 {
        gap(before.before).max(before.score + bonus.max(ADJACENT))
    } else {
        gap(before.any())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scores_follow_the_place_of_a_letter() {
        let score = |line: &str, word: &str| {
            Pattern::new(word).score(line, line.is_ascii(), &mut Desk::default())
        };
        assert_eq!(score("kazakhstan", "k"), Some(31));
        assert_eq!(score("mr. umarov", "u"), Some(23));
        assert_eq!(score("s/pv.8668", "8"), Some(22));
        assert_eq!(score("peace", "c"), Some(15));
        assert_eq!(score("peace", "x"), None);
        assert_eq!(score("eca", "ace"), None);
    }

    /// Few letters and many separators, so that letters come again and gaps are of every sort.
    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[ab1 ./(é-]{0,40}",
            1 => "[a-e ]{0,20}[f-z ]{100,300}[a-e]{0,20}",
            1 => "[\\PC]{0,30}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn equals_fuzzy_matcher(
            lines in prop::collection::vec(line(), 1..4),
            word in "[ab1./é-]{1,6}|[a-e]{1,4}|[\\PC]{1,2}",
        ) {
            // One desk for all of them, as in use.
            let mut desk = Desk::default();
            let word = crate::search::letters::folded(&word);
            for line in lines {
                let line = crate::search::letters::folded(&line);
                let mine = Pattern::new(&word).score(&line, line.is_ascii(), &mut desk);
                prop_assert_eq!(mine.map(i64::from), exact(&line, &word).map(|(score, _)| score));
            }
        }
    }
}
