//! Which record a text is: symbol, date and language, from the command line, the text or the file name.
//! They are never invented.

use jiff::civil::Date;

use super::Cover;
pub use super::file_name::{FileName, parse_file_name};
use crate::facts::meetings;
use crate::import::imported::{Hints, TextError};
use crate::import::language;
use crate::import::lines::Line;
use crate::import::page_headers::PagedText;
use crate::record::{Language, Symbol};

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
