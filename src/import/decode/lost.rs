//! Letters that were lost when a text was saved in an encoding that does not have them: "C?te d'Ivoire".
//!
//! A name is mended only where the table of States has exactly one that fits. Every other place is a doubt.

use std::sync::LazyLock;

use crate::facts::states;
use crate::import::imported::TextError;
use crate::record::Language;

/// The most doubts that name their word.
const NAMED: usize = 10;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LostLetters {
    /// The number of letters put back.
    pub(super) mended: u64,
    /// Sentences about those that were not.
    pub(super) doubts: Vec<String>,
}

/// The names of States with a letter beyond ASCII.
static NAMES: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let languages = [Language::French, Language::Spanish];
    let mut names: Vec<String> = states::all()
        .flat_map(|state| {
            let own = std::iter::once(state.name).chain(state.aliases());
            let others = languages.iter().flat_map(move |l| state.names_in(l));
            own.chain(others).map(|name| name.replace('\'', "’")).collect::<Vec<_>>()
        })
        .filter(|name| !name.is_ascii())
        .collect();
    // The longest first, so that "République" of a formal name is not left over.
    names.sort_by_key(|name| (std::cmp::Reverse(name.chars().count()), name.clone()));
    names.dedup();
    names.into_iter().map(|name| name.chars().collect()).collect()
});

/// Finds the letters that are lost, and mends names of States in place.
///
/// # Errors
/// If most letters are lost, as when Russian or Chinese was saved in a Western encoding.
pub(super) fn mend_lost_letters(text: &mut String) -> Result<LostLetters, TextError> {
    let marks = text.bytes().filter(|b| *b == b'?').count();
    let replaced = text.matches('\u{FFFD}').count();
    if marks + replaced == 0 {
        return Ok(LostLetters::default());
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if marks + replaced > 20 && (marks + replaced) * 2 > letters {
        return Err(TextError(
            "most letters of the text are lost (\"????\"): it was saved in an encoding that does not have them; save it again from its source as UTF-8 and import that".to_owned(),
        ));
    }
    let mut chars: Vec<char> = text.chars().collect();
    let mut found = LostLetters::default();
    let mut at = 0;
    let (mut left, mut changed) = (Vec::new(), false);
    while at < chars.len() {
        if !is_lost_at(&chars, at) {
            at += 1;
            continue;
        }
        match name_around(&chars, at) {
            Some((from, name)) => {
                for (place, letter) in name.iter().enumerate() {
                    if is_mark(chars[from + place]) {
                        chars[from + place] = *letter;
                        found.mended += 1;
                    }
                }
                changed = true;
            }
            None if is_certain(&chars, at) => left.push(word_around(&chars, at)),
            None => {}
        }
        at += 1;
    }
    if changed {
        *text = chars.into_iter().collect();
    }
    if let Some(first) = left.first() {
        let words: Vec<String> = left.iter().take(NAMED).map(|word| format!("{word:?}")).collect();
        let count = left.len();
        found.doubts.push(match count {
            1 => format!("a letter is lost in {first:?}; compare another copy of the record"),
            _ => format!(
                "{count} letters are lost, as in {}; compare another copy of the record",
                words.join(", ")
            ),
        });
    }
    Ok(found)
}

fn is_mark(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

/// Whether a mark could be a lost letter: it has a letter on one side, and no space follows a word.
fn is_lost_at(chars: &[char], at: usize) -> bool {
    if !is_mark(chars[at]) {
        return false;
    }
    let before = at.checked_sub(1).map_or(' ', |i| chars[i]);
    let after = chars.get(at + 1).copied().unwrap_or(' ');
    chars[at] == '\u{FFFD}' || after.is_alphabetic() || before.is_alphabetic() && is_mark(after)
}

/// Whether a mark is a lost letter for certain, and does not end a question or belong to an address.
fn is_certain(chars: &[char], at: usize) -> bool {
    let word = word_around(chars, at);
    if word.contains("//") || word.contains('=') || word.contains("www.") {
        return false;
    }
    let before = at.checked_sub(1).map_or(' ', |i| chars[i]);
    let after = chars.get(at + 1).copied().unwrap_or(' ');
    if chars[at] == '\u{FFFD}' {
        return before.is_alphabetic() || after.is_alphabetic();
    }
    // "why?We" is a question that lost its space.
    after.is_lowercase() || (before.is_uppercase() && after.is_uppercase())
}

/// The word with the mark, up to spaces and brackets.
fn word_around(chars: &[char], at: usize) -> String {
    let ends = |c: &char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ',' | ';' | '"');
    let from = chars[..at].iter().rposition(ends).map_or(0, |i| i + 1);
    let to = chars[at..].iter().position(ends).map_or(chars.len(), |i| at + i);
    chars[from..to].iter().take(60).collect()
}

/// The name of a State that fits around the mark, and where it begins, if exactly one does.
fn name_around(chars: &[char], at: usize) -> Option<(usize, &'static [char])> {
    let mut fitting: Option<(usize, &'static [char])> = None;
    for name in NAMES.iter() {
        if fitting.is_some_and(|(_, found)| found.len() > name.len()) {
            break;
        }
        for (place, letter) in name.iter().enumerate() {
            let Some(from) = at.checked_sub(place).filter(|_| is_loseable(*letter)) else {
                continue;
            };
            if fits(chars, from, name) {
                if fitting.is_some_and(|(_, found)| found != name.as_slice()) {
                    return None;
                }
                fitting = Some((from, name));
            }
        }
    }
    fitting
}

/// Whether an older encoding may not have this character.
fn is_loseable(letter: char) -> bool {
    !letter.is_ascii()
}

/// Whether the text from here on is this name, each lost letter aside, as whole words.
fn fits(chars: &[char], from: usize, name: &[char]) -> bool {
    let Some(part) = chars.get(from..from + name.len()) else { return false };
    let outside = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric());
    let same = |(have, want): (&char, &char)| {
        have == want
            || (is_mark(*have) && is_loseable(*want))
            || (*want == '’' && *have == '\'')
            || (*want == ' ' && have.is_whitespace())
    };
    outside(from.checked_sub(1).map(|i| &chars[i]))
        && outside(chars.get(from + name.len()))
        && part.iter().zip(name).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_states_are_mended_and_others_doubted() {
        for (text, mended, doubts) in [
            ("Mr. Orlan (C?te d'Ivoire): We", "Mr. Orlan (Côte d'Ivoire): We", 0),
            ("in C?te d?Ivoire.", "in Côte d’Ivoire.", 0),
            ("in C\u{FFFD}te d\u{FFFD}Ivoire.", "in Côte d’Ivoire.", 0),
            ("(?tats-Unis d'Am?rique)", "(États-Unis d'Amérique)", 0),
            ("Mr. J?rlanson (Peru)", "Mr. J?rlanson (Peru)", 1),
            ("the d?bris of \u{FFFD}le", "the d?bris of \u{FFFD}le", 1),
            ("Why? We ask: who?They", "Why? We ask: who?They", 0),
            ("see http://a.example/x?y=z", "see http://a.example/x?y=z", 0),
            ("¿Qué? “Who?” (what?)", "¿Qué? “Who?” (what?)", 0),
        ] {
            let mut same = text.to_owned();
            let found = mend_lost_letters(&mut same).unwrap();
            assert_eq!((same.as_str(), found.doubts.len()), (mended, doubts), "{text}");
        }
    }

    #[test]
    fn a_text_without_letters_is_refused() {
        let text = "???????????? (??????? ??-?????????): ? ???????????? ????? ?-?? ??????.";
        let refused = mend_lost_letters(&mut text.to_owned()).unwrap_err();
        assert!(refused.0.contains("encoding") && refused.0.contains("UTF-8"));
    }
}
