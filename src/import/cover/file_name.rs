//! What the name of a file says: symbol, date and language of the record in it.
//!
//! Names come from the United Nations (`S_PV.8706(Resumption1)_E.pdf`), from people, and from browsers and
//! file managers, which mark a second copy (`… (1)`, `Copy of …`, `… - Kopie`) or keep the escapes of a URL
//! (`S%2FPV.8668`). The mark of a copy says nothing about the record. It is removed only while the name is
//! no symbol, so that no number of a symbol is taken for one.

use jiff::civil::Date;

use super::dates;
use crate::record::{Language, Symbol};

/// What the name of a file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileName {
    pub symbol: Option<Symbol>,
    pub date: Option<Date>,
    pub language: Option<Language>,
}

/// The extensions of files that may hold a record, in small letters.
const EXTENSIONS: [&str; 14] = [
    ".txt",
    ".text",
    ".pdf",
    ".docx",
    ".doc",
    ".html",
    ".htm",
    ".xhtml",
    ".md",
    ".markdown",
    ".json",
    ".zst",
    ".eml",
    ".rtf",
];
/// The words for a copy, in small letters, as file managers write them in many languages.
const COPY: [&str; 18] = [
    "copy",
    "copies",
    "copie",
    "copia",
    "cópia",
    "kopie",
    "kopia",
    "kopi",
    "kopio",
    "kopya",
    "kópia",
    "копия",
    "копія",
    "副本",
    "拷贝",
    "复件",
    "نسخة",
    "النسخة",
];
/// Words that may be beside the word for a copy: "another copy", "Copy of", "Kopie von", "نسخة من".
const BESIDE: [&str; 13] = [
    "another",
    "autre",
    "otra",
    "weitere",
    "conflicted",
    "of",
    "von",
    "de",
    "di",
    "av",
    "af",
    "van",
    "من",
];
/// The most marks that are removed from one name ("Copy of Copy of S_PV.8668_E (1) (2)").
const MARKS: usize = 8;

/// Reads names such as `S_PV.9642.en.txt`, `S_PV.8706(Resumption1)_E (1).txt`, `Copy of S_PV.8668_E.pdf`,
/// `S%2FPV.8668.txt`.
#[must_use]
pub fn parse_file_name(name: &str) -> FileName {
    let name = unescape_name(name.rsplit(['/', '\\']).next().unwrap_or(name));
    let name = without_conflict(&name);
    let date = dates::find_iso_date(name);
    // The date is not part of the symbol.
    let dateless = date.map_or_else(|| name.to_owned(), |d| name.replace(&d.to_string(), ""));
    let mut stem = trim_ends(without_extensions(trim_ends(&dateless)));
    let mut language = None;
    for _ in 0..MARKS {
        let (bare, code) = split_language(stem);
        if let Some(symbol) = symbol_in_name(bare).or_else(|| symbol_in_name(stem)) {
            let language = code.or_else(|| small_letter(stem)).or(language);
            return FileName { symbol: Some(symbol), date, language };
        }
        language = language.or(code);
        let Some(shorter) = without_copy_mark(stem) else { break };
        stem = trim_ends(without_extensions(trim_ends(shorter)));
    }
    FileName { symbol: None, date, language }
}

/// A stem without what a copy adds to it, such as " (1)" or "Copy of ". For the tables of the data set,
/// whose names are known.
#[must_use]
pub fn without_copy_marks(stem: &str) -> &str {
    let mut stem = trim_ends(stem);
    for _ in 0..MARKS {
        let Some(shorter) = without_copy_mark(stem) else { break };
        stem = trim_ends(shorter);
    }
    stem
}

/// The name with the escapes of a URL resolved: `%2F` is a slash, `+` a space. A name that was escaped twice
/// is resolved twice.
fn unescape_name(name: &str) -> String {
    let mut name = name.replace('+', " ");
    for _ in 0..2 {
        if !name.contains('%') {
            break;
        }
        let bytes = name.as_bytes();
        let mut plain = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let code = (bytes[at] == b'%').then(|| name.get(at + 1..at + 3)).flatten();
            match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                Some(byte) => {
                    plain.push(byte);
                    at += 3;
                }
                None => {
                    plain.push(bytes[at]);
                    at += 1;
                }
            }
        }
        name = String::from_utf8_lossy(&plain).into_owned();
    }
    name
}

/// The name before the mark of a folder that is kept in step, such as "(Orlan's conflicted copy 2024-01-02)",
/// whose date is not that of the meeting.
fn without_conflict(name: &str) -> &str {
    match name.find("conflicted copy").and_then(|at| name[..at].rfind('(')) {
        Some(open) => &name[..open],
        None => name,
    }
}

/// The name without separators at its ends.
fn trim_ends(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '–' | '—' | '.' | '~'))
}

/// The name without its extensions; a text made from a PDF is often `.pdf.txt`.
fn without_extensions(mut name: &str) -> &str {
    while let Some(end) = EXTENSIONS.iter().find(|end| {
        name.len()
            .checked_sub(end.len())
            .and_then(|at| name.get(at..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    }) {
        name = &name[..name.len() - end.len()];
    }
    name
}

/// Splits off the language at the end: `_E`, `.fr`, `-EN`, ` (English)`.
fn split_language(stem: &str) -> (&str, Option<Language>) {
    let end = stem.trim_end_matches([')', ']']);
    let Some((at, separator)) = end.char_indices().rfind(|(_, c)| " ._-([".contains(*c)) else {
        return (stem, None);
    };
    let code = &end[at + separator.len_utf8()..];
    let named = || Language::OFFICIAL.into_iter().find(|l| code.eq_ignore_ascii_case(l.name()));
    let found = match separator {
        '.' | '_' | '-' => language_code(code).or_else(named),
        // After a space a code is easily another word.
        _ => named(),
    };
    match found {
        Some(language) => (trim_ends(&end[..at]), Some(language)),
        None => (stem, None),
    }
}

/// A language by its two-letter code, or by the letter that the United Nations use in file names.
fn language_code(code: &str) -> Option<Language> {
    let found = match code {
        "E" => Language::English,
        "F" => Language::French,
        "S" => Language::Spanish,
        "R" => Language::Russian,
        "A" => Language::Arabic,
        "C" => Language::Chinese,
        _ => Language::OFFICIAL.into_iter().find(|l| code.eq_ignore_ascii_case(l.code()))?,
    };
    Some(found)
}

/// The language by a small letter at the end (`s_pv.8668_e`), which counts only beside a symbol.
fn small_letter(stem: &str) -> Option<Language> {
    let (_, letter) = stem.rsplit_once(['_', '-', '.'])?;
    (letter.len() == 1).then(|| language_code(&letter.to_ascii_uppercase())).flatten()
}

/// The symbol in a file name, which must contain "PV" or start with "S_" and a digit, as a letter does.
fn symbol_in_name(stem: &str) -> Option<Symbol> {
    let upper = stem.to_ascii_uppercase();
    let letter = ["S_", "S-", "S/"].iter().any(|s| upper.starts_with(s))
        && upper[2..].starts_with(|c: char| c.is_ascii_digit());
    if !upper.contains("PV") && !letter {
        return None;
    }
    // The first separator is a slash (in a letter the first two), the other "_" are spaces.
    let slashed = match letter {
        true => stem.replacen(['_', '-'], "/", 2 - usize::from(upper.starts_with("S/"))),
        false => stem.replacen('_', "/", 1),
    };
    slashed.replace('_', " ").parse().or_else(|_| stem.parse()).ok()
}

/// The stem without one mark of a copy; `None` if it has none.
fn without_copy_mark(stem: &str) -> Option<&str> {
    // "(1)", "[2]", "(copy)", "(3rd copy)", "(Kopie 2)"
    if stem.ends_with([')', ']']) {
        let open = stem.rfind(['(', '['])?;
        return is_mark(&stem[open + 1..stem.len() - 1], true).then(|| &stem[..open]);
    }
    // "Copy of …", "Copy (2) of …", "Kopie von …", "副本 …"
    let mut start = 0;
    for word in stem.split_inclusive(' ') {
        if !is_mark(word.trim().trim_matches(['(', ')']), start > 0) {
            break;
        }
        start += word.len();
    }
    if start > 0 && start < stem.len() {
        return Some(&stem[start..]);
    }
    // "… - Copy", "…_copy", "… copy 2", and "…_E-1", "…_E 2" after a language only.
    let (before, last) = split_last(stem)?;
    if is_copy(last) {
        return Some(before);
    }
    let number = last.len() <= 3 && last.bytes().all(|b| b.is_ascii_digit());
    let before = trim_ends(before);
    let counted = number
        && (split_language(before).1.is_some()
            || split_last(before).is_some_and(|(_, word)| is_copy(word)));
    counted.then_some(before)
}

/// The last word of a stem, and what is before it.
fn split_last(stem: &str) -> Option<(&str, &str)> {
    let (at, separator) = stem.char_indices().rfind(|(_, c)| " _-–—".contains(*c))?;
    Some((&stem[..at], &stem[at + separator.len_utf8()..]))
}

fn is_copy(word: &str) -> bool {
    let word = word.to_lowercase();
    COPY.contains(&word.as_str())
}

/// Whether words are those of a mark: words for a copy and, if `counted`, numbers and words beside it.
fn is_mark(words: &str, counted: bool) -> bool {
    let number = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '.');
        (1..=3).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && word.len() <= digits.len() + 2
    };
    let mut each = words.split_whitespace().peekable();
    each.peek().is_some()
        && each.all(|word| {
            is_copy(word)
                || counted && (number(word) || BESIDE.contains(&word.to_lowercase().as_str()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> (Option<String>, Option<String>) {
        let FileName { symbol, language, .. } = parse_file_name(name);
        (symbol.map(|s| s.to_string()), language.map(|l| l.code().to_owned()))
    }

    fn some(symbol: &str, language: &str) -> (Option<String>, Option<String>) {
        (Some(symbol.to_owned()), (!language.is_empty()).then(|| language.to_owned()))
    }

    #[test]
    fn file_names() {
        assert_eq!(read("S_PV.9642.en.txt"), some("S/PV.9642", "en"));
        assert_eq!(read("a/b/S_PV.9642.ZH.txt"), some("S/PV.9642", "zh"));
        assert_eq!(read("S_PV.8706(Resumption1)_E.txt"), some("S/PV.8706 (Resumption 1)", "en"));
        assert_eq!(read("S_PV.8668_Resumption_1.fr.txt"), some("S/PV.8668 (Resumption 1)", "fr"));
        assert_eq!(read("MSC_PV.3.en.txt"), some("MSC/PV.3", "en"));
        assert_eq!(read("S_2020_254.txt"), (Some("S/2020/254".to_owned()), None));
        assert_eq!(read("000_ed079cbc579540b8.txt"), (None, None));
        assert_eq!(read("notes.txt"), (None, None));
        assert_eq!(read("notes.fr.txt"), (None, Some("fr".to_owned())));
    }

    #[test]
    fn names_of_copies_are_those_of_what_was_copied() {
        for name in [
            "S_PV.9998_E.pdf",
            "S_PV.9998_E (1).txt",
            "S_PV.9998_E(2).TXT",
            "S_PV.9998_E (1) (2).txt",
            "S_PV.9998_E[1].htm",
            "S_PV.9998_E - Copy.txt",
            "S_PV.9998_E - Copy (3).txt",
            "S_PV.9998_E copy.txt",
            "S_PV.9998_E copy 2.txt",
            "S_PV.9998_E_copy.docx",
            "S_PV.9998_E (copy).txt",
            "S_PV.9998_E (another copy).txt",
            "S_PV.9998_E (3rd copy).txt",
            "S_PV.9998_E.txt (1)",
            "S_PV.9998_E.pdf.txt",
            "S_PV.9998_E-1.pdf",
            "S_PV.9998_E 2.pdf",
            "S_PV.9998_E.txt~",
            "S_PV.9998_E (Orlan's conflicted copy 2024-01-02).txt",
            "Copy of S_PV.9998_E.txt",
            "Copy of Copy of S_PV.9998_E.txt",
            "Copy (2) of S_PV.9998_E.txt",
            "Copie de S_PV.9998_E.txt",
            "S_PV.9998_E - copie.txt",
            "S_PV.9998_E - Copie (2).txt",
            "Kopie von S_PV.9998_E.txt",
            "S_PV.9998_E - Kopie.txt",
            "S_PV.9998_E Kopie 3.txt",
            "Copia de S_PV.9998_E.txt",
            "S_PV.9998_E (copia 2).txt",
            "S_PV.9998_E — копия.txt",
            "Копия S_PV.9998_E.txt",
            "S_PV.9998_E - 副本.txt",
            "副本 S_PV.9998_E.txt",
            "نسخة من S_PV.9998_E.txt",
            "S%2FPV.9998-EN.txt",
            "S%2fPV.9998_E%20(1).txt",
            "S%252FPV.9998_E.txt",
            "S_PV.9998_E%20-%20Copy.txt",
            "S_PV.9998_E+(1).txt",
            "S-PV.9998-EN.txt",
            "s_pv_9998_en.txt",
            "s_pv.9998_e.txt",
            "S_PV.9998 (English).txt",
            "S_PV.9998_English (1).pdf",
            "https:%2F%2Fundocs.org%2Fen%2FS%2FPV.9998.en.html",
        ] {
            assert_eq!(read(name), some("S/PV.9998", "en"), "{name}");
        }
        for (name, symbol, language) in [
            ("S_PV.9998(Resumption1)_E (1).pdf", "S/PV.9998 (Resumption 1)", "en"),
            ("S_PV.9998 (Resumption 1).txt", "S/PV.9998 (Resumption 1)", ""),
            ("S%2FPV.9998%28Resumption2%29_F - Kopie.pdf", "S/PV.9998 (Resumption 2)", "fr"),
            ("S_PV.9998_Resumption_1 (2).pdf", "S/PV.9998 (Resumption 1)", ""),
            ("S_PV.9998_R (1).pdf", "S/PV.9998", "ru"),
            ("S_PV.9998 (2).pdf", "S/PV.9998", ""),
            ("S%2FPV.9998.txt", "S/PV.9998", ""),
            ("2024-05-31 S_PV.9998_E (1).pdf", "S/PV.9998", "en"),
            ("S_2020_9998 (1).txt", "S/2020/9998", ""),
            ("S-2020-9998-EN.txt", "S/2020/9998", "en"),
            ("S%2F2020%2F9998.txt", "S/2020/9998", ""),
        ] {
            assert_eq!(read(name), some(symbol, language), "{name}");
        }
        let named = parse_file_name("S_PV.9998_E (Orlan's conflicted copy 2024-01-02).txt");
        assert_eq!(named.date, None, "the day of the copy is not that of the meeting");
    }

    #[test]
    fn other_names_tell_no_symbol() {
        for name in [
            "Copy of notes.txt",
            "copy.txt",
            "Copy of.txt",
            "(1).txt",
            "S_PV.txt",
            "S_PV (1).txt",
            "A_60_PV.25_E (1).pdf",
            "S_PV.9998 and others.txt",
            "S_PV.9998_1.txt",
            "S_RES_2803_(2025)-EN.pdf",
            "%",
            "%2",
            "%FF%FE.txt",
            "",
        ] {
            assert_eq!(read(name).0, None, "{name}");
        }
    }

    #[test]
    fn the_tables_of_a_data_set_may_be_copies_too() {
        for stem in ["speaker", "speaker (1)", "Copy of speaker", "speaker - Kopie"] {
            assert_eq!(without_copy_marks(stem), "speaker");
        }
    }
}
