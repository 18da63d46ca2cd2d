//! The language of an edition, guessed by its script and, for Latin script, by its commonest words; and a
//! test for Arabic that was extracted in the order of the page instead of the order of reading.
//!
//! Scrambled Arabic cannot be repaired, because words, brackets and whole lines have changed places. It
//! is detected and refused.

use super::lines::Line;
use super::words::{is_arabic, is_wide};
use crate::record::Language;

/// The commonest short words of three languages; no word is in two lists.
const SMALL: [(Language, &[&str]); 3] = [
    (
        Language::English,
        &["the", "of", "and", "to", "that", "is", "has", "have", "with", "we", "which", "by"],
    ),
    (
        Language::French,
        &["le", "les", "et", "des", "du", "est", "dans", "pour", "nous", "une", "qui", "au"],
    ),
    (
        Language::Spanish,
        &["el", "los", "las", "y", "del", "en", "por", "una", "con", "para", "su", "se"],
    ),
];

/// The language and how it was recognised; `None` if there is too little text to tell.
pub fn guess_language(lines: &[Line]) -> Option<(Language, &'static str)> {
    let (mut han, mut cyrillic, mut arabic, mut latin) = (0usize, 0usize, 0usize, 0usize);
    let mut small = [0usize; 3];
    for line in lines {
        for c in line.text.chars() {
            han += 2 * usize::from(is_wide(c) && c.is_alphabetic());
            cyrillic += usize::from(matches!(c, 'а'..='я' | 'А'..='Я' | 'ё'));
            arabic += usize::from(is_arabic(c));
            latin += usize::from(c.is_ascii_alphabetic());
        }
        for word in line.text.split(|c: char| !c.is_alphabetic()) {
            for (count, (_, words)) in small.iter_mut().zip(&SMALL) {
                *count += usize::from(words.iter().any(|w| w.eq_ignore_ascii_case(word)));
            }
        }
    }
    for (count, language) in
        [(han, Language::Chinese), (cyrillic, Language::Russian), (arabic, Language::Arabic)]
    {
        // Addresses and symbols bring some Latin letters into every edition.
        if count > 0 && count * 2 > latin {
            return Some((language, "by its script"));
        }
    }
    let best = (0..3).max_by_key(|&i| small[i])?;
    let rest: usize = (0..3).filter(|&i| i != best).map(|i| small[i]).max()?;
    (small[best] > rest).then(|| (SMALL[best].0.clone(), "by its words"))
}

/// Counts that show a scrambled order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScramblingSigns {
    /// Arabic words.
    words: usize,
    /// Words in which the ligature lam-alef was split in the wrong order: "األ" for "الأ".
    swaps: usize,
    /// Brackets that close before they open.
    reversed: usize,
    /// Brackets in the right order.
    straight: usize,
    /// Lines that start with a full stop or a comma.
    stops: usize,
    /// Lines with Arabic in them.
    lines: usize,
}

/// The signs that a text is scrambled, as part of a sentence; `None` if it is not.
pub fn find_scrambling<'a>(lines: impl Iterator<Item = &'a str>) -> Option<String> {
    let signs = count_signs(lines);
    let ScramblingSigns { words, swaps, reversed, straight, stops, lines } = signs;
    let mut reasons = Vec::new();
    // No Arabic word starts with alef, alef with hamza or madda, and lam.
    if swaps >= 3 && swaps * 100 >= words {
        reasons.push(format!("{swaps} of {words} words have lam and alef the wrong way round"));
    }
    if reversed >= 2 && reversed > straight {
        reasons.push(format!("{reversed} of {} brackets are reversed", reversed + straight));
    }
    if stops >= 3 && stops * 20 >= lines {
        reasons.push(format!("{stops} of {lines} lines begin with a full stop or a comma"));
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// Counts the signs.
fn count_signs<'a>(lines: impl Iterator<Item = &'a str>) -> ScramblingSigns {
    let mut signs = ScramblingSigns::default();
    for line in lines {
        if !line.chars().any(is_arabic) {
            continue;
        }
        signs.lines += 1;
        signs.stops += usize::from(line.starts_with(['.', '،']) && line.chars().count() > 3);
        let mut open = 0usize;
        for c in line.chars() {
            match c {
                '(' => open += 1,
                ')' if open > 0 => {
                    open -= 1;
                    signs.straight += 1;
                }
                ')' => signs.reversed += 1,
                _ => {}
            }
        }
        for word in line.split(|c: char| !is_arabic(c)).filter(|w| !w.is_empty()) {
            signs.words += 1;
            let swapped = ["األ", "اإل", "اآل"].iter().any(|s| word.contains(s));
            signs.swaps += usize::from(swapped);
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses() {
        for (text, want) in [
            ("We welcome the report of the Council (S/2099/1).", Some(Language::English)),
            ("Nous nous félicitons du rapport et des efforts.", Some(Language::French)),
            ("Acogemos con agrado el informe y los esfuerzos.", Some(Language::Spanish)),
            ("Мы приветствуем доклад (S/2099/1).", Some(Language::Russian)),
            ("我们欢迎这份报告(S/2099/1)。", Some(Language::Chinese)),
            ("نرحب بالتقرير (S/2099/1).", Some(Language::Arabic)),
            ("S/2099/1", None),
            ("", None),
        ] {
            assert_eq!(guess_language(&[Line::new(text)]).map(|g| g.0), want, "{text}");
        }
    }
    #[test]
    fn good_arabic_stands() {
        let good = [
            "الرئيس (تكلم بالإنكليزية): يبدأ المجلس الآن نظره في البند.",
            "أشكر الأمين العام على إحاطته، وأؤكد الأهمية الكبيرة للأمم المتحدة (S/2099/1).",
            "1) أولا، لا بد من الإسراع. 2) ثانيا، الآن.",
        ];
        assert_eq!(find_scrambling(good.into_iter()), None);
    }

    #[test]
    fn each_sign_is_enough() {
        assert!(find_scrambling(["األمن لألمم األعضاء", "اإلسهامات اآلن"].into_iter()).is_some());
        assert!(find_scrambling([")الصومال( السيد", ")أ( ب"].into_iter()).is_some());
        assert!(find_scrambling([".قبل الجلسة", ".بعد الجلسة", "،ثم قال"].into_iter()).is_some());
        assert_eq!(find_scrambling(["plain English (with brackets)", ". x"].into_iter()), None);
    }
}
