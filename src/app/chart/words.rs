//! What every chart says in words: what is counted, for how many words, and what it is drawn from.

use super::model::{By, Chart, FEWEST_WORDS, Series, letter};
use crate::app::number::thousands;
use crate::record::Kind;

/// The unit of a rate.
const PER: &str = "per 100,000 words";

/// The title: what is counted by what.
pub fn title(chart: &Chart, rate: bool) -> String {
    let unit = if rate { format!("Statements {PER}") } else { "Statements".to_owned() };
    let by = match chart.asked.by {
        By::State => "State, in national capacity",
        By::Topic => "agenda item",
        by => by.word(),
    };
    format!("{unit} by {by}")
}

/// Every line that belongs to a chart, in the order in which it is read.
pub fn lines(chart: &Chart, rate: bool) -> Vec<String> {
    let mut lines = vec![counted_line(chart)];
    if rate {
        lines.extend(rate_lines(chart));
    }
    lines.push(coverage_line(chart));
    lines.extend(apart_line(chart));
    if chart.exercise {
        lines.push("EXERCISE: invented persons and words, not those of any State".to_owned());
    }
    lines
}

/// What is counted.
pub fn counted_line(chart: &Chart) -> String {
    let kind = match chart.asked.kind {
        Kind::Verbatim => "verbatim records",
        Kind::Letter => "letters of videoconferences",
        Kind::Communique => "communiqu\u{e9}s",
    };
    let procedural = if chart.asked.procedural {
        ", with procedural turns of the chair".to_owned()
    } else {
        let left_out = of_each(chart, |series| series.procedural);
        format!(", without procedural turns of the chair{left_out}")
    };
    format!("Counted: statements in {kind}, each once{procedural}")
}

/// How many of something there are of each query, in brackets; nothing where there are none.
fn of_each(chart: &Chart, count: impl Fn(&Series) -> usize) -> String {
    let counts: Vec<usize> = chart.series.iter().map(count).collect();
    match counts.as_slice() {
        all if all.iter().all(|count| *count == 0) => String::new(),
        [one] => format!(" ({})", thousands(*one)),
        all => {
            let each = all.iter().enumerate();
            let each = each.map(|(n, count)| format!("{} {}", letter(n), thousands(*count)));
            format!(" ({})", each.collect::<Vec<_>>().join(", "))
        }
    }
}

/// For how many words, and where there are too few.
fn rate_lines(chart: &Chart) -> Vec<String> {
    let several = chart.series.len() > 1;
    let of = chart.series.iter().enumerate().map(|(n, series)| {
        let which = if several { format!("{} ", letter(n)) } else { String::new() };
        let among = if series.words_of.is_empty() { "all words" } else { &series.words_of };
        (which, format!("{} words ({among})", thousands(series.total.words as usize)))
    });
    let of: Vec<(String, String)> = of.collect();
    let same = of.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let words = match of.first() {
        Some((_, words)) if same => words.clone(),
        _ => {
            of.iter().map(|(which, words)| format!("{which}{words}")).collect::<Vec<_>>().join("; ")
        }
    };
    let few = format!("no rate below {} words", thousands(FEWEST_WORDS as usize));
    vec![format!("Rates: {PER}, of {words}; {few}")]
}

/// What it was drawn from.
pub fn coverage_line(chart: &Chart) -> String {
    let what = match chart.asked.kind {
        Kind::Verbatim => "known public records",
        _ => "records here",
    };
    let not_known = not_known(chart).map(|periods| format!("; not known how many: {periods}"));
    format!("Drawn from {}{}", chart.coverage.words(what), not_known.unwrap_or_default())
}

/// The periods of which it is not known how many records there are; nothing where it is known of all.
fn not_known(chart: &Chart) -> Option<String> {
    if chart.asked.kind != Kind::Verbatim && !chart.exercise {
        return Some("for any year".to_owned());
    }
    let mut runs: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for period in &chart.periods {
        match (period.known, open) {
            (Some(_), _) => open = false,
            (None, true) => {
                if let Some(run) = runs.last_mut() {
                    run.1 = period.name();
                }
            }
            (None, false) => {
                runs.push((period.name(), period.name()));
                open = true;
            }
        }
    }
    let run = |(from, to): &(String, String)| {
        if from == to { from.clone() } else { format!("{from}\u{2013}{to}") }
    };
    let runs: Vec<String> = runs.iter().map(run).collect();
    (!runs.is_empty()).then(|| runs.join(", "))
}

/// Statements in documents of other kinds, which are never added.
fn apart_line(chart: &Chart) -> Option<String> {
    let apart: usize = chart.series.iter().map(|series| series.apart).sum();
    let other = match chart.asked.kind {
        Kind::Verbatim => "letters and communiqu\u{e9}s",
        _ => "documents of other kinds",
    };
    let counts = of_each(chart, |series| series.apart);
    (apart > 0).then(|| format!("Not counted here: statements in {other}{counts}"))
}

/// A value as it is written at a bar or in a table; nothing where there is none.
pub fn value_words(value: Option<f64>, rate: bool) -> String {
    match value {
        None => "-".to_owned(),
        Some(value) if !rate => thousands(value as usize),
        Some(value) => rate_words(value),
    }
}

/// A rate with as many digits as say something.
pub(super) fn rate_words(rate: f64) -> String {
    match rate {
        rate if rate >= 100.0 => thousands(rate.round() as usize),
        rate if rate >= 10.0 => format!("{rate:.1}"),
        rate => format!("{rate:.2}"),
    }
}

/// The figures of one point in one line, for the status line: `2014: 123 statements, 4.51 per 100,000 of 2,727,101
/// words, 263 of 263 records here`.
pub fn selected_words(chart: &Chart, point: usize) -> String {
    let several = chart.series.len() > 1;
    let figures: Vec<String> = (0..chart.series.len())
        .map(|n| {
            let cell = chart.at(n, point);
            let which = if several { format!("{} ", letter(n)) } else { String::new() };
            match cell.rate() {
                _ if chart.value(n, point, false).is_none() => format!("{which}-"),
                Some(rate) => {
                    format!("{which}{} ({}/100k)", thousands(cell.statements), rate_words(rate))
                }
                None => format!("{which}{}", thousands(cell.statements)),
            }
        })
        .collect();
    let held =
        chart.periods.get(point).filter(|_| !chart.asked.by.is_grouped()).map(
            |period| match period.known {
                Some(known) => format!(" \u{b7} {} of {} here", period.held, known),
                None => format!(" \u{b7} {} here", period.held),
            },
        );
    let name = chart.point_name(point);
    format!("{name}: {}{}", figures.join(" "), held.unwrap_or_default())
}
