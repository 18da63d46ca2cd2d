//! Computes the score of a word in a line in one pass and without a table.
//!
//! It is the score of `SkimMatcherV2` for folded text: the best alignment of word and line, with 16 for a letter, a bonus
//! at the start of a word, and a penalty for a gap. Folded text has no capitals, so the rules are:
//!
//! - the first letter of a line gives 16 more; a letter after a hard separator (space, slash, bracket) 8; after a soft one
//!   (full stop, hyphen, comma ...) 7; any other 0;
//! - a letter matched directly after the one before it gives at least 4 more;
//! - a gap costs 3, and 1 for each letter in it; the letters before the first match cost 1 together.
//!
//! The score is used as an upper bound: [`rank`](super::rank) asks the matcher itself about every line it shows. So it
//! must never be less than that of the matcher, and is cheap because it is equal; a property test here checks both.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// The most letters of a word; what is typed after them is ignored.
pub(super) const LONGEST: usize = 64;

const MATCH: i32 = 16;
const FIRST_OF_LINE: i32 = 16;
const AFTER_HARD: u8 = 8;
const AFTER_SOFT: u8 = 7;
const ADJACENT: i32 = 4;
const GAP: i32 = 3;
const LEADING: i32 = 1;

/// Less than any score, and far from the end of the number.
const NOTHING: i32 = i32::MIN / 4;

/// The bonus of a letter after this ASCII character.
const BONUS_AFTER: [u8; 128] = bonus_after();

const fn bonus_after() -> [u8; 128] {
    let mut table = [0; 128];
    let mut c = 0;
    while c < 128 {
        table[c] = match c as u8 {
            0 | b' ' | b'/' | b'\\' | b'|' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => AFTER_HARD,
            b'!'..=b'\'' | b'*'..=b'.' | b':'..=b'@' | b'^'..=b'`' | b'~' => AFTER_SOFT,
            _ => 0,
        };
        c += 1;
    }
    table
}

/// The score of a folded word in a folded line and the indexes of the matched characters, by fuzzy-matcher itself; `None`
/// if the line does not have the letters of the word in order.
pub(super) fn matcher_score(folded: &str, word: &str) -> Option<(i64, Vec<usize>)> {
    SkimMatcherV2::default().ignore_case().fuzzy_indices(folded, word)
}

/// A word that is prepared to be scored in many lines.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    len: usize,
    /// For each ASCII character, the set of its indexes in the word.
    ascii: [u64; 128],
    /// The same for the other letters of the word.
    others: Vec<(char, u64)>,
}

/// The best alignments of the letters of the word up to one of them, in the part of the line read so far.
#[derive(Clone, Copy)]
struct Alignment {
    /// The index of the last match of the letter.
    at: i32,
    /// The best score that ends with that match.
    score: i32,
    /// The best of score plus index over the matches before that one.
    before: i32,
}

/// A buffer that is reused for every line. Values of an earlier line are never read: only letters that were reached in
/// this line are.
pub(super) struct Workspace([Alignment; LONGEST]);

impl Default for Workspace {
    fn default() -> Self {
        Self([Alignment { at: NOTHING, score: NOTHING, before: NOTHING }; LONGEST])
    }
}

impl Alignment {
    /// The best of score plus index over all matches.
    fn any(self) -> i32 {
        self.before.max(self.score + self.at)
    }
}

impl Pattern {
    /// Prepares a folded word; letters after the first [`LONGEST`] are ignored.
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

    /// The score in a folded line; `None` if it does not match.
    ///
    /// `ascii` says that the line is all ASCII and needs no decoding.
    pub(super) fn score(
        &self,
        folded: &str,
        ascii: bool,
        workspace: &mut Workspace,
    ) -> Option<i32> {
        if ascii {
            self.walk(folded.bytes().map(char::from), &mut workspace.0)
        } else {
            self.walk(folded.chars(), &mut workspace.0)
        }
    }

    fn walk(
        &self,
        letters: impl Iterator<Item = char>,
        reach: &mut [Alignment; LONGEST],
    ) -> Option<i32> {
        // The number of letters of the word that were matched in order.
        let mut reached = 0;
        let mut best = NOTHING;
        let mut bonus = FIRST_OF_LINE;
        for (at, c) in (0_i32..).zip(letters) {
            // Only the letters reached and the next one can match here. From the last to the first, so that each sees the
            // state of its neighbour before this character.
            let mut places =
                self.places(c) & (u64::MAX >> (LONGEST - 1 - reached.min(LONGEST - 1)));
            while places != 0 {
                let place = places.ilog2() as usize;
                places ^= 1 << place;
                let score = MATCH
                    + if place == 0 {
                        bonus - LEADING
                    } else {
                        score_before(reach[place - 1], at, bonus)
                    };
                let before = if place < reached { reach[place].any() } else { NOTHING };
                reached = reached.max(place + 1);
                reach[place] = Alignment { at, score, before };
                if place + 1 == self.len {
                    best = best.max(score);
                }
            }
            // A word of one letter cannot score more than at the start of a word.
            if self.len == 1 && best >= MATCH - LEADING + i32::from(AFTER_HARD) {
                break;
            }
            bonus = BONUS_AFTER.get(c as usize).map_or(0, |b| i32::from(*b));
        }
        (reached == self.len && best > NOTHING).then_some(best)
    }
}

/// The best score before a match at `at`, with its bonus: the previous letter was matched directly before it, or earlier
/// with a gap.
fn score_before(before: Alignment, at: i32, bonus: i32) -> i32 {
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
    use crate::record::fold;
    use proptest::prelude::*;

    #[test]
    fn scores_follow_the_place_of_a_letter() {
        let score = |line: &str, word: &str| {
            Pattern::new(word).score(line, line.is_ascii(), &mut Workspace::default())
        };
        assert_eq!(score("kazakhstan", "k"), Some(31));
        assert_eq!(score("mr. umarov", "u"), Some(23));
        assert_eq!(score("s/pv.8668", "8"), Some(22));
        assert_eq!(score("peace", "c"), Some(15));
        assert_eq!(score("peace", "x"), None);
        assert_eq!(score("eca", "ace"), None);
    }

    /// Few letters and many separators, so that letters are repeated and gaps are of all kinds.
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
            word in "[ab1./é-]{1,6}|[ab] [ab]{1,3}|[a-e]{1,4}|[\\PC]{1,2}",
        ) {
            // One workspace for all of them, as in use.
            let mut workspace = Workspace::default();
            let word = fold::shapes(&word);
            for line in lines {
                let line = fold::shapes(&line);
                let mine = Pattern::new(&word).score(&line, line.is_ascii(), &mut workspace);
                prop_assert_eq!(mine.map(i64::from), matcher_score(&line, &word).map(|(score, _)| score));
            }
        }
    }
}
