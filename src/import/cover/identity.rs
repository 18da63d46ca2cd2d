//! Which record a text is: symbol, date and language, from the command line, the text or the file name.
//! They are never invented.

use jiff::civil::Date;

use super::{Cover, dates};
use crate::facts::meetings;
use crate::import::imported::{Hints, TextError};
use crate::import::language;
use crate::import::lines::Line;
use crate::import::page_headers::PagedText;
use crate::record::{Language, Symbol};

/// What the name of a file tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileName {
    pub symbol: Option<Symbol>,
    pub date: Option<Date>,
    pub language: Option<Language>,
}

/// Reads names such as `S_PV.9642.en.txt`, `S_PV.8706(Resumption1)_E.txt`, `S_PV.8668_Resumption_1.fr.txt`.
pub fn parse_file_name(name: &str) -> FileName {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = [".txt", ".text", ".TXT", ".pdf", ".docx", ".html", ".htm", ".md", ".eml"]
        .iter()
        .find_map(|e| name.strip_suffix(e))
        .unwrap_or(name);
    let (stem, language) = match stem.rsplit_once(['.', '_', '-']) {
        Some((before, code)) => match language_code(code) {
            Some(language) => (before, Some(language)),
            None => (stem, None),
        },
        None => (stem, None),
    };
    let date = dates::find_iso_date(name);
    // The date is not part of the symbol.
    let apart = date.map_or_else(|| stem.to_owned(), |d| stem.replace(&d.to_string(), ""));
    let symbol = symbol_in_name(apart.trim_matches(['_', '-', '.', ' ']));
    FileName { symbol, date, language }
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

/// The symbol in a file name, which must contain "PV" or start with "S_" and a digit, as a letter does.
fn symbol_in_name(stem: &str) -> Option<Symbol> {
    let upper = stem.to_ascii_uppercase();
    let letter = upper.starts_with("S_") && upper[2..].starts_with(|c: char| c.is_ascii_digit());
    if !upper.contains("PV") && !letter {
        return None;
    }
    // The first "_" is a slash (in a letter the first two), the others are spaces.
    let slashed = stem.replacen('_', "/", if letter { 2 } else { 1 }).replace('_', " ");
    slashed.parse().or_else(|_| stem.parse()).ok()
}

/// Symbol and date, and what was guessed or does not agree.
#[derive(Clone, Debug)]
pub struct Identity {
    pub symbol: Symbol,
    pub date: Date,
    pub report: Vec<String>,
    pub warnings: Vec<String>,
}

/// The language of the edition: as given, by the file name, or else guessed.
pub fn choose_language(
    hints: &Hints,
    named: &FileName,
    lines: &[Line],
    report: &mut Vec<String>,
    warnings: &mut Vec<String>,
) -> Result<Language, TextError> {
    let guess = language::guess_language(lines);
    let told = hints.language.clone().or_else(|| named.language.clone());
    match (told, guess) {
        (Some(told), guess) => {
            if let Some((seen, how)) = guess.filter(|(seen, _)| *seen != told) {
                warnings.push(format!(
                    "the language was given as {}, but the text looks like {} {how}",
                    told.name(),
                    seen.name()
                ));
            }
            Ok(told)
        }
        (None, Some((language, how))) => {
            report.push(format!("guessed the language: {}, {how}", language.name()));
            Ok(language)
        }
        (None, None) => Err(TextError(
            "too little text to guess the language; pass it, such as `--lang en`".to_owned(),
        )),
    }
}

/// Finds symbol and date.
pub fn identify_record(
    hints: &Hints,
    named: &FileName,
    pages: &PagedText,
    cover: &Cover,
) -> Result<Identity, TextError> {
    let (mut report, mut warnings) = (Vec::new(), Vec::new());
    let printed: Vec<&Symbol> = cover.symbol.iter().chain(&pages.symbols).collect();
    if let Some(other) = printed.iter().skip(1).find(|s| **s != printed[0]) {
        warnings.push(format!("two symbols in the text: {} and {other}", printed[0]));
    }
    let symbol = hints
        .symbol
        .clone()
        .or_else(|| printed.first().map(|s| (*s).clone()))
        .or_else(|| {
            report.extend(named.symbol.as_ref().map(|s| format!("took the symbol {s} from the file name")));
            named.symbol.clone()
        })
        .ok_or_else(|| {
            TextError(
                "no symbol found in the page headers or the file name; pass it, such as `--symbol \"S/PV.8668 (Resumption 1)\"`".to_owned(),
            )
        })?;
    for (other, place) in printed
        .first()
        .map(|s| ((*s).clone(), "the text"))
        .into_iter()
        .chain(named.symbol.clone().map(|s| (s, "the file name")))
    {
        if other != symbol {
            warnings.push(format!("used the symbol {symbol}, but {place} has {other}"));
        }
    }
    let known = meetings::by_symbol(&symbol).map(|m| m.date);
    let date = choose_date(hints, named, pages, cover, &mut warnings).ok_or_else(|| {
        let known = known.map_or_else(String::new, |d| {
            format!(" (the table of meetings has {d} for {symbol}: `--date {d}`)")
        });
        TextError(format!(
            "no date found on the cover page, in the page headers or in the file name; pass `--date YYYY-MM-DD`{known}"
        ))
    })?;
    warnings.extend(other_day(&symbol, date));
    Ok(Identity { symbol, date, report, warnings })
}

/// A warning if the table of meetings has another date: one of the two is a misprint.
pub fn other_day(symbol: &Symbol, date: Date) -> Option<String> {
    let known = meetings::by_symbol(symbol)?.date;
    (known != date).then(|| format!("used the date {date}, but the table of meetings has {known}"))
}

/// The first date of: the one given, the cover page, the page headers, the file name.
fn choose_date(
    hints: &Hints,
    named: &FileName,
    pages: &PagedText,
    cover: &Cover,
    warnings: &mut Vec<String>,
) -> Option<Date> {
    let sources = [
        (hints.date, "the command line"),
        (cover.date, "the cover page"),
        (pages.dates.first().copied(), "the page headers"),
        (named.date, "the file name"),
    ];
    let mut known = sources.iter().filter_map(|(date, place)| date.map(|d| (d, *place)));
    let (first, taken) = known.next()?;
    for (other, place) in known {
        if other != first {
            warnings.push(format!("used the date {first} from {taken}, not {other} from {place}"));
        }
    }
    let printed = cover.weekday.filter(|day| cover.date.is_some_and(|d| d.weekday() != *day));
    if let (Some(printed), Some(date)) = (printed, cover.date) {
        let real = date.weekday();
        warnings.push(format!(
            "the cover page has {printed:?}, {date}, but that day was a {real:?}; compare another edition"
        ));
    }
    if let Some(other) = pages.dates.get(1) {
        warnings.push(format!("two dates in the page headers: {} and {other}", pages.dates[0]));
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names() {
        let read = |name: &str| {
            let FileName { symbol, language, .. } = parse_file_name(name);
            (symbol.map(|s| s.to_string()), language.map(|l| l.code().to_owned()))
        };
        let some = |s: &str, l: &str| (Some(s.to_owned()), Some(l.to_owned()));
        assert_eq!(read("S_PV.9642.en.txt"), some("S/PV.9642", "en"));
        assert_eq!(read("a/b/S_PV.9642.ZH.txt"), some("S/PV.9642", "zh"));
        assert_eq!(read("S_PV.8706(Resumption1)_E.txt"), some("S/PV.8706 (Resumption 1)", "en"));
        assert_eq!(read("S_PV.8668_Resumption_1.fr.txt"), some("S/PV.8668 (Resumption 1)", "fr"));
        assert_eq!(read("MSC_PV.3.en.txt"), some("MSC/PV.3", "en"));
        assert_eq!(read("S_2020_254.txt"), (Some("S/2020/254".to_owned()), None));
        assert_eq!(read("000_ed079cbc579540b8.txt"), (None, None));
        assert_eq!(read("notes.txt"), (None, None));
    }
}
