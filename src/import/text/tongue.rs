//! A guess at the language of an edition: by script, and for Latin script by its commonest words.

use super::hyphen::is_wide;
use super::lines::Line;
use super::scrambled::is_arabic;
use crate::record::Language;

/// The commonest small words of three languages that share no word among them.
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

/// The language, and how sure it is in words; `None` where there is too little to tell.
pub(in crate::import) fn guess(lines: &[Line]) -> Option<(Language, &'static str)> {
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
        // Addresses and symbols put some Latin into every edition.
        if count > 0 && count * 2 > latin {
            return Some((language, "by its script"));
        }
    }
    let best = (0..3).max_by_key(|&i| small[i])?;
    let rest: usize = (0..3).filter(|&i| i != best).map(|i| small[i]).max()?;
    (small[best] > rest).then(|| (SMALL[best].0.clone(), "by its words"))
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
            assert_eq!(guess(&[Line::new(text)]).map(|g| g.0), want, "{text}");
        }
    }
}
