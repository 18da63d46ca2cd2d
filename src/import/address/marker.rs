//! The bracket that says which language was spoken: `(spoke in French)`, `(interpretation from Arabic)`.

use crate::import::words::{edit_distance, fold_text};
use crate::record::Language;

/// Words at the start of such a bracket, folded.
const OPENERS: [&str; 24] = [
    "spoke in",
    "spoken in",
    "speaking in",
    "interpretation from",
    "interpreted from",
    "translated from",
    "translation from",
    "parle en",
    "parlant en",
    "interpretation de",
    "interpretation du",
    "traduit de",
    "traduit du",
    "habla en",
    "interpretacion del",
    "interpretacion de",
    "traduccion del",
    "говорит по",
    "говорит на",
    "перевод с",
    "以",
    "تكلم ب",
    "تكلمت ب",
    "ترجمة شفوية عن",
];

/// The names of the six languages in each of the six, as folded stems.
const STEMS: [(Language, &[&str]); 6] = [
    (Language::Arabic, &["arabic", "arabe", "arab", "араб", "阿拉伯", "العربية"]),
    (
        Language::Chinese,
        &["chinese", "chinois", "chino", "китай", "中文", "汉语", "华语", "الصينية"],
    ),
    (
        Language::English,
        &["english", "anglais", "ingles", "англий", "英", "الإنكليزية", "الانكليزية"],
    ),
    (Language::French, &["french", "francais", "frances", "француз", "法", "الفرنسية"]),
    (Language::Russian, &["russian", "russe", "ruso", "русск", "俄", "الروسية"]),
    (Language::Spanish, &["spanish", "espagnol", "espanol", "испан", "西班牙", "الإسبانية"]),
];

/// Parses a bracket: `None` if it is no marker, else the language if it can be told.
pub(super) fn parse_marker(bracket: &str) -> Option<Option<Language>> {
    let folded = fold_text(bracket);
    let opener = OPENERS.iter().find(|o| folded.starts_with(&fold_text(o)))?;
    let after = &folded[fold_text(opener).len()..];
    if *opener == "以" {
        return (folded.ends_with("发言") || folded.ends_with('语')).then(|| language(after));
    }
    let found = language(after);
    // Any other language is named by the last word, as printed.
    if let Some(Language::Other(_)) = found {
        let clause = bracket.split([';', ',']).next().unwrap_or(bracket);
        return Some(clause.split_whitespace().last().map(|w| Language::Other(w.to_owned())));
    }
    Some(found)
}

/// The language that a phrase names, in any of the six languages. Errors of OCR are accepted
/// ("inArabic", "Prench", "Chiness", "Russiar").
#[must_use]
pub fn language(phrase: &str) -> Option<Language> {
    // "French; English text provided by the delegation" names French.
    let phrase = phrase.split([';', ',']).next().unwrap_or(phrase);
    let folded = fold_text(phrase);
    for (language, stems) in STEMS {
        // A stem counts at the start of a word, also after a fused "in".
        let found = stems.iter().any(|stem| {
            let stem = fold_text(stem);
            folded.split([' ', '-', ';', ',']).any(|w| {
                let w = w.rsplit('\'').next().unwrap_or(w).trim_start_matches(['(', '.']);
                w.starts_with(&stem)
                    || w.strip_prefix("in").is_some_and(|w| w.starts_with(&stem))
                    || (w.starts_with("ب") && w.contains(stem.trim_start_matches("ال")))
            }) || (!stem.is_ascii() && folded.contains(&stem))
        });
        if found {
            return Some(language);
        }
    }
    let word = folded.split([' ', '-', ';', ',']).find(|w| w.chars().count() >= 4)?;
    for language in Language::OFFICIAL {
        if edit_distance(word, &language.name().to_lowercase()) <= 2 {
            return Some(language);
        }
    }
    let original = phrase.split([' ', ';', ',', '(']).rfind(|w| w.chars().count() >= 3)?;
    Some(Language::Other(original.trim_matches([')', '.']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_every_language() {
        use Language::{Arabic, Chinese, English, French, Russian, Spanish};
        for (bracket, want) in [
            ("spoke in Russian", Russian),
            ("interpretation from Arabic", Arabic),
            ("spoke in French; English text provided by the delegation", French),
            ("parle en anglais", English),
            ("interprétation de l’espagnol", Spanish),
            ("habla en francés", French),
            ("habla en chino", Chinese),
            ("говорит по-английски", English),
            ("говорит по-китайски", Chinese),
            ("перевод с французского", French),
            ("以英语发言", English),
            ("以法语发言", French),
            ("以阿拉伯语发言", Arabic),
            ("تكلم بالإنكليزية", English),
            ("تكلمت بالفرنسية", French),
            ("spoke inArabic", Arabic),
            ("spoke in Prench", French),
            ("spoke in Chiness", Chinese),
            ("spoke in Russiar", Russian),
        ] {
            assert_eq!(parse_marker(bracket), Some(Some(want)), "{bracket}");
        }
        assert_eq!(
            parse_marker("spoke in Portuguese"),
            Some(Some(Language::Other("Portuguese".into())))
        );
    }

    #[test]
    fn other_brackets_are_none() {
        for bracket in ["Kazakhstan", "European Union", "Special Envoy", "以色列", "Spain", ""] {
            assert_eq!(parse_marker(bracket), None, "{bracket}");
        }
    }
}
