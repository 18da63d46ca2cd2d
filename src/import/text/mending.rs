//! Hyphens and spaces that a program lost when it extracted the text, put back by the words the document
//! uses elsewhere.
//!
//! `pdftotext` joins a word that it takes for broken at the end of a line ("cross-" and "border" become
//! "crossborder"); its line is then longer than the column. Where letters are set tightly, `pdftotext -raw`
//! finds no spaces in a whole line.

use std::collections::HashMap;

use crate::import::lines::Line;

/// What was put back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// The number of hyphens.
    pub(super) hyphens: u64,
    /// The number of lines that had lost their spaces.
    pub(super) spaces: u64,
}

impl Mended {
    /// Sentences for the report.
    pub(super) fn describe(self) -> Vec<String> {
        let mut said = Vec::new();
        if self.hyphens > 0 {
            said.push(format!("restored {} hyphens lost at line ends", self.hyphens));
        }
        if self.spaces > 0 {
            said.push(format!("restored the spaces of {} lines", self.spaces));
        }
        said
    }
}

/// How often each word is in a document, in small letters.
struct WordCounts {
    counts: HashMap<String, u32>,
    /// Words with one hyphen, by their letters without it.
    hyphened: HashMap<String, String>,
}

/// Lines shorter than this are not looked at for lost spaces.
const SHORTEST: usize = 25;
/// The fewest letters for each space in a line that lost its spaces.
const LETTERS_TO_A_SPACE: usize = 20;
/// The longest word that is looked for in a run of letters.
const LONGEST_WORD: usize = 24;

/// Puts lost hyphens and spaces back.
pub(super) fn mend_lines(lines: &mut [Line]) -> Mended {
    let words = WordCounts::from_lines(lines);
    let usual = usual_length(lines);
    let mut mended = Mended::default();
    for line in lines {
        if has_lost_spaces(&line.text) {
            let text = words.restore_spaces(&line.text);
            if text != line.text {
                line.text = text;
                mended.spaces += 1;
            }
        } else if line.text.chars().count() > usual {
            mended.hyphens += words.restore_hyphens(&mut line.text);
        }
    }
    mended
}

/// The length that nine lines in ten do not exceed, in characters, if the lines are wrapped.
fn usual_length(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.text.chars().count()).collect();
    lengths.sort_unstable();
    let great = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
    if great > 160 { usize::MAX } else { great }
}

/// Whether a line has hardly any space between its words. An address on the web has none.
fn has_lost_spaces(line: &str) -> bool {
    if ["www.", "://", "@"].iter().any(|mark| line.contains(mark)) {
        return false;
    }
    let letters = line.chars().filter(char::is_ascii_alphabetic).count();
    let spaces = line.matches(' ').count();
    letters >= SHORTEST && (spaces + 1) * LETTERS_TO_A_SPACE <= letters
}

/// Whether a character is part of a word.
fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '-' | '’' | '\'')
}

impl WordCounts {
    fn from_lines(lines: &[Line]) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for line in lines.iter().filter(|l| !has_lost_spaces(&l.text)) {
            for word in line.text.split(|c| !is_word_char(c)).filter(|w| !w.is_empty()) {
                *counts.entry(word.trim_matches(['-', '’', '\'']).to_lowercase()).or_default() += 1;
            }
        }
        let one_hyphen = |word: &&String| word.matches('-').count() == 1;
        let hyphened = counts
            .keys()
            .filter(one_hyphen)
            .map(|word| (word.replace('-', ""), word.clone()))
            .collect();
        Self { counts, hyphened }
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// Puts hyphens back into the words of a line; returns how many.
    fn restore_hyphens(&self, line: &mut String) -> u64 {
        let mut places: Vec<usize> = Vec::new();
        let mut at = 0;
        for word in line.split(|c| !is_word_char(c)) {
            places.extend(self.lost_hyphen(word).map(|inside| at + inside));
            at += word.len();
            at += line[at..].chars().next().map_or(0, char::len_utf8);
        }
        for place in places.iter().rev() {
            line.insert(*place, '-');
        }
        places.len() as u64
    }

    /// The byte of a word at which a hyphen was lost: the document writes it with one more often, or a
    /// capital is inside it.
    fn lost_hyphen(&self, word: &str) -> Option<usize> {
        if word.len() < 6 || word.contains('-') {
            return None;
        }
        let low = word.to_lowercase();
        if let Some(known) = self.hyphened.get(&low)
            && self.count(known) >= self.count(&low)
            && known.len() == word.len() + 1
        {
            return known.find('-');
        }
        let inner = word.char_indices().skip(3).find(|(_, c)| c.is_uppercase())?.0;
        let (left, right) = word.split_at(inner);
        let plain = |part: &str| {
            part.len() >= 4 && part.chars().skip(1).all(|c| c.is_lowercase() || c == '’')
        };
        (plain(left) && plain(right) && self.count(&low) <= 1).then_some(inner)
    }

    /// A line with spaces between the words that the document uses elsewhere.
    fn restore_spaces(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len() + line.len() / 4);
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            if is_word_char(c) {
                let len = rest.find(|c| !is_word_char(c)).unwrap_or(rest.len());
                // A word after a comma, a number or a bracket.
                let before = out.chars().next_back();
                if before.is_some_and(|b| {
                    matches!(b, ',' | ';' | ':' | '.' | ')' | '!' | '?' | '”') || b.is_ascii_digit()
                }) {
                    out.push(' ');
                }
                out.push_str(&self.split_run(&rest[..len]));
                rest = &rest[len..];
                continue;
            }
            let before = out.chars().next_back();
            let word_before = before.is_some_and(is_word_char);
            let opens = matches!(c, '(' | '“') && before.is_some_and(|b| b != ' ');
            let number = c.is_ascii_digit()
                && (word_before || before.is_some_and(|b| matches!(b, ',' | ')')))
                && !out.ends_with(" S")
                && out.chars().filter(|c| c.is_alphabetic()).count() > 1;
            if opens || number {
                out.push(' ');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
        out
    }

    /// A run of letters split into words of the document, at the least cost: a word that is known costs one,
    /// and one that is not costs its letters and more.
    fn split_run(&self, run: &str) -> String {
        let chars: Vec<(usize, char)> = run.char_indices().collect();
        let byte = |at: usize| chars.get(at).map_or(run.len(), |(byte, _)| *byte);
        let lower = run.to_lowercase();
        if lower.len() != run.len() {
            return run.to_owned();
        }
        // The least cost up to each character, and where the last word starts.
        let mut best: Vec<(usize, usize)> = vec![(usize::MAX, 0); chars.len() + 1];
        best[0] = (0, 0);
        for end in 1..=chars.len() {
            for start in end.saturating_sub(LONGEST_WORD)..end {
                let (cost, _) = best[start];
                if cost == usize::MAX {
                    continue;
                }
                let word = &lower[byte(start)..byte(end)];
                let inner_capital = chars[start + 1..end].iter().any(|(_, c)| c.is_uppercase());
                let short = end - start == 1 && !matches!(word, "a" | "i");
                let known = self.count(word) > 0 && !short && !inner_capital;
                let price = if known { 1 } else { 6 + end - start };
                let whole = cost + price;
                if whole < best[end].0 {
                    best[end] = (whole, start);
                }
            }
        }
        let mut words: Vec<&str> = Vec::new();
        let mut end = chars.len();
        while end > 0 {
            let start = best[end].1;
            words.push(&run[byte(start)..byte(end)]);
            end = start;
        }
        words.reverse();
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mend(lines: &[&str]) -> (Vec<String>, Mended) {
        let mut lines: Vec<Line> = lines.iter().map(|l| Line::new(l)).collect();
        let mended = mend_lines(&mut lines);
        (lines.into_iter().map(|l| l.text).collect(), mended)
    }

    #[test]
    fn hyphens_that_were_lost_come_back() {
        let text = [
            "the cross-border wells of the",
            "village and the cross-border",
            "bridges which we asked the",
            "Council to look at before the",
            "winter comes with its rain",
            "and the river rises again so",
            "that nobody can go over it",
            "It is remembered that every day crossborder wells bring water",
            "We thank the SecretaryGeneral. The villages are glad of it",
            "crossborder",
        ];
        let text: Vec<&str> = text.into_iter().chain(["and the river is as it was"; 12]).collect();
        let (lines, mended) = mend(&text);
        assert_eq!(lines[7], "It is remembered that every day cross-border wells bring water");
        assert_eq!(lines[8], "We thank the Secretary-General. The villages are glad of it");
        assert_eq!((lines[9].as_str(), mended.hyphens), ("crossborder", 2));
    }

    #[test]
    fn spaces_that_were_lost_come_back() {
        let (lines, mended) = mend(&[
            "At the start of the year we spoke in Arabic of peace and the wells",
            "The occupying river continued to conduct its water in the spring",
            "peace.In2019,theoccupyingrivercontinuedtoconduct",
            "Mr.Orlan(spokeinArabic):Atthestartof2020,",
        ]);
        assert_eq!(lines[2], "peace. In 2019, the occupying river continued to conduct");
        assert_eq!(lines[3], "Mr. Orlan (spoke in Arabic): At the start of 2020,");
        assert_eq!(mended.spaces, 2);
    }

    #[test]
    fn whole_lines_stay() {
        let text = ["Mr. DiCarlo spoke of the McDonald wells", "an intergovernmental panel"];
        assert_eq!(mend(&text), (text.map(str::to_owned).to_vec(), Mended::default()));
    }
}
