//! The symbols of documents of every organ: which one is the document's own, and which are cited.

use super::tables::{CITING, LONGEST, MASTHEAD, ORGANS, RELEASES, TITLE};
use crate::import::words::fold_text;

/// The organ of a symbol.
pub(super) fn organ(symbol: &str) -> &'static str {
    let upper = symbol.to_ascii_uppercase();
    let known = ORGANS.iter().find(|(prefix, _)| upper.starts_with(prefix)).map(|found| found.1);
    known.unwrap_or(if upper.starts_with("S/") {
        "a body of the Security Council"
    } else {
        "another body"
    })
}

/// The symbol of the document itself: the first that is alone on a line, or only beside words of the title.
pub(super) fn own_symbol(lines: &[&str]) -> Option<String> {
    let mut before = "";
    for line in lines.iter().take(TITLE) {
        let cited = before.ends_with([',', '(', '-']) || {
            let last = before.rsplit(' ').next().unwrap_or("");
            CITING.contains(&fold_text(last).as_str())
        };
        if let Some(symbol) = symbol_of_line(line).filter(|_| !cited) {
            return Some(symbol);
        }
        before = line;
    }
    None
}

/// The symbol of a line that has nothing else, or words of the title beside it.
fn symbol_of_line(line: &str) -> Option<String> {
    if line.len() > LONGEST || !line.contains('/') {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|word| is_symbol(word.trim_end_matches('*')))?;
    let mut symbol = words[at].trim_end_matches('*').to_owned();
    let mut rest = words[at + 1..].iter().peekable();
    // "(2025)" and "(Resumption 1)" belong to it.
    while let Some(word) = rest.next_if(|word| {
        word.starts_with('(') || symbol.matches('(').count() > symbol.matches(')').count()
    }) {
        symbol = format!("{symbol} {}", word.trim_end_matches('*'));
    }
    let free = |word: &&str| {
        let word = fold_text(word.trim_matches([':', ',', '*', '[', ']']));
        word.bytes().all(|b| b.is_ascii_digit()) || MASTHEAD.contains(&word.as_str())
    };
    let balanced = symbol.matches('(').count() == symbol.matches(')').count();
    (balanced && words[..at].iter().all(free) && rest.all(free)).then_some(symbol)
}

/// Whether a word is the symbol of a document: a known first part, then parts of letters, digits, stops and
/// brackets, of which one has a digit.
fn is_symbol(word: &str) -> bool {
    let upper = word.to_ascii_uppercase();
    let known = upper.starts_with("S/")
        || RELEASES.iter().any(|series| upper.starts_with(series))
        || ORGANS.iter().any(|(prefix, _)| upper.starts_with(prefix));
    known
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"/.()-".contains(&b))
        && !word.ends_with(['.', '/', '-'])
        && (!word.ends_with(')') || word.contains('('))
}

/// Whether a line has the symbol of a record of the Council at its start or its end, as page headers have.
pub(super) fn has_council_record(line: &str) -> bool {
    let numbered = |word: &str| {
        let number = word.trim_start_matches('*').strip_prefix("S/PV.");
        number.is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.contains("/Corr")
        })
    };
    let mut words = line.split_whitespace();
    words.next().is_some_and(numbered) || words.rev().take(3).any(numbered)
}

/// The symbol in the name of a file, if it is not that of a record: `A_60_PV.25_N0553261.pdf`.
pub(super) fn symbol_of_file(name: &str) -> Option<String> {
    let name =
        name.rsplit(['/', '\\']).next().unwrap_or(name).replace("%2F", "/").replace("%2f", "/");
    let stem = name
        .rsplit_once('.')
        .filter(|(_, end)| end.len() <= 4 && end.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map_or(name.as_str(), |found| found.0);
    let mut symbol = String::new();
    for part in stem.split(['_', '/', ' ', '-']) {
        let year = part.len() == 6 && part.starts_with('(') && part.ends_with(')');
        let has_digit = part.bytes().any(|b| b.is_ascii_digit());
        let job = part.len() >= 8
            && part.starts_with('N')
            && part[1..].bytes().all(|b| b.is_ascii_digit());
        // The parts of a symbol before its number are words of a series.
        let series = ["RES", "PRST", "AGENDA", "INF", "DEC", "HRC"]
            .contains(&part.to_ascii_uppercase().as_str());
        if symbol.is_empty() {
            symbol = part.to_owned();
        } else if year {
            symbol = format!("{symbol} {part}");
        } else if (has_digit || series)
            && !job
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
        {
            symbol = format!("{symbol}/{part}");
        } else {
            break;
        }
    }
    let council = symbol.strip_prefix("S/PV.").is_some_and(|number| !number.contains("/Corr"));
    let bare = symbol.split(' ').next().unwrap_or("");
    (is_symbol(bare) && !council).then_some(symbol)
}
