//! Parses the values of fields.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::lex::Quote;
use super::{Cast, Field, Name};
use crate::facts::groups;
use crate::record::reference::{self, Target};
use crate::record::{As, Capacity, Language, Symbol, fold};
use crate::search::words::{Chunk, Chunks};

/// The names of the fields and a few words about each, in the order of the help.
pub(super) const NAMES: [(&str, &str); 17] = [
    ("state", "a State"),
    ("speaker", "a speaker's name"),
    ("org", "an organization"),
    ("topic", "words of the topic"),
    ("symbol", "a record"),
    ("year", "2019, 2014..2019 or 2010.."),
    ("date", "2019-11-19 or a range"),
    ("lang", "language of the edition"),
    ("spoken", "language spoken"),
    ("as", "president, member or invited"),
    ("rule", "37 or 39"),
    ("capacity", "president, national or organization"),
    ("group", "A3, E10, P5, EU"),
    ("behalf", "a joint statement for a group"),
    ("vote", "favour, against, abstaining or absent"),
    ("cites", "a document or resolution"),
    ("forms", "a word in all its forms, or on"),
];

/// Parses a field.
///
/// # Errors
/// A sentence that says what to write.
pub(super) fn parse_field(
    name: &str,
    value: &str,
    quote: Quote,
    typing: bool,
) -> Result<Field, String> {
    let folded = fold::text(name);
    let bare = value.trim_end_matches(|c: char| c == '*' || c.is_whitespace());
    let text = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let star = value[bare.len()..].starts_with('*');
    let known = folded.as_str();
    if !NAMES.iter().any(|(name, _)| *name == known) {
        let names: Vec<String> = NAMES.iter().map(|(name, _)| format!("{name}:")).collect();
        return Err(format!(
            "there is no field {name}:; there are {}; or put it in quotation marks",
            names.join(" ")
        ));
    }
    if text.is_empty() {
        let (_, what) = NAMES.iter().find(|(name, _)| *name == known).copied().unwrap_or_default();
        return Err(format!("{known}: wants a value: {what}"));
    }
    let word = fold::text(&text);
    let name = || -> Result<Name, String> {
        if !Chunks::new(&text).read(&mut Chunk::default()) {
            return Err(format!("{known}:{text} has no letter or digit"));
        }
        let open = quote == Quote::Open && typing;
        Ok(Name { text: text.clone(), prefix: quote == Quote::Bare || open || star })
    };
    // A topic and a group match whole words, except while they are typed.
    let whole = || -> Result<Name, String> {
        let name = name()?;
        Ok(Name { prefix: star || (typing && quote != Quote::Closed), ..name })
    };
    Ok(match known {
        "state" => Field::State(name()?),
        "speaker" => Field::Speaker(name()?),
        "org" => Field::Organization(name()?),
        "topic" => Field::Topic(whole()?),
        "group" if groups::members(&text).is_none() => return Err(no_members(&text)),
        "group" => Field::Group(Name { prefix: false, ..name()? }),
        "behalf" => Field::Behalf(whole()?),
        "symbol" => Field::Symbol(text.parse::<Symbol>().map_err(|e| e.to_string())?),
        "year" => parse_years(&text)?,
        "date" => parse_dates(&text)?,
        "lang" => Field::Language(parse_language(&text)?),
        "spoken" => Field::Spoken(parse_language(&text)?),
        "as" => Field::As(lookup_word(&word, &AS).ok_or("as: is president, member or invited")?),
        "capacity" => Field::Capacity(
            lookup_word(&word, &CAPACITIES)
                .ok_or("capacity: is president, national or organization")?,
        ),
        "vote" => Field::Vote(
            lookup_word(&word, &CASTS).ok_or("vote: is favour, against, abstaining or absent")?,
        ),
        "rule" => Field::Rule(text.parse().map_err(|_| "rule: is 37 or 39")?),
        "forms" => return Err("forms: takes one word, or on".to_owned()),
        _ => Field::Cites(parse_cited(&text).ok_or_else(|| {
            format!("{text} is no document; try cites:2254, cites:S/2019/823 or cites:S/PV.8628")
        })?),
    })
}

/// The message for a `group:` without members.
fn no_members(text: &str) -> String {
    if let Some(group) = groups::lookup(text) {
        let name = group.name;
        return format!(
            "members of the {name} not known; behalf:{text} finds statements made for it"
        );
    }
    let known: Vec<&str> = groups::with_members().collect();
    format!("no group is called {text}; members are known of {}", known.join(", "))
}

pub(in crate::search) const AS: [(&str, As); 4] = [
    ("president", As::President),
    ("member", As::Member),
    ("invited", As::Invited),
    ("unknown", As::Unknown),
];
pub(in crate::search) const CAPACITIES: [(&str, Capacity); 3] = [
    ("president", Capacity::President),
    ("national", Capacity::National),
    ("organization", Capacity::Organization),
];
pub(super) const CASTS: [(&str, Cast); 10] = [
    ("favour", Cast::Favour),
    ("against", Cast::Against),
    ("abstaining", Cast::Abstaining),
    ("absent", Cast::Absent),
    ("favor", Cast::Favour),
    ("yes", Cast::Favour),
    ("no", Cast::Against),
    ("abstain", Cast::Abstaining),
    ("abstained", Cast::Abstaining),
    ("abstention", Cast::Abstaining),
];

fn lookup_word<T: Copy>(word: &str, of: &[(&str, T)]) -> Option<T> {
    of.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// The word for a value in one of the tables above: the first that matches.
pub(in crate::search) fn word_of<T: PartialEq>(
    value: &T,
    of: &[(&'static str, T)],
) -> &'static str {
    of.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name)
}

fn parse_language(text: &str) -> Result<Language, String> {
    let plain =
        text.len() < 40 && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == ' ');
    if plain { Ok(Language::from_word(text)) } else { Err(format!("{text} is no language")) }
}

/// The two ends of a range; `None` for an open one.
fn range_ends(text: &str) -> (Option<&str>, Option<&str>) {
    match text.split_once("..") {
        Some((first, last)) => {
            let end = |part: &'_ str| -> Option<usize> { (!part.trim().is_empty()).then_some(0) };
            (end(first).map(|_| first.trim()), end(last).map(|_| last.trim()))
        }
        None => (Some(text), Some(text)),
    }
}

fn parse_years(text: &str) -> Result<Field, String> {
    let wrong = || format!("{text} is no year; try year:2019, year:2014..2019 or year:2010..");
    let year = |part: Option<&str>| match part {
        Some(part) if part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<i16>().map(Some).map_err(|_| wrong())
        }
        Some(_) => Err(wrong()),
        None => Ok(None),
    };
    let (first, last) = range_ends(text);
    let (first, last) = (year(first)?, year(last)?);
    match (first, last) {
        (None, None) => Err(wrong()),
        (Some(a), Some(b)) if a > b => {
            Err(format!("the first year is after the last; write {b}..{a}"))
        }
        _ => Ok(Field::Year(first, last)),
    }
}

fn parse_dates(text: &str) -> Result<Field, String> {
    let wrong = || {
        format!(
            "{text} is no date; try date:2019-11-19, date:2019-11 or date:2019-11-19..2019-12-31"
        )
    };
    let (first, last) = range_ends(text);
    let from =
        first.map(|part| date_span(part).ok_or_else(wrong)).transpose()?.map(|(from, _)| from);
    let to = last.map(|part| date_span(part).ok_or_else(wrong)).transpose()?.map(|(_, to)| to);
    match (from, to) {
        (None, None) => Err(wrong()),
        (Some(a), Some(b)) if a > b => {
            Err(format!("the first day is after the last; write {b}..{a}"))
        }
        _ => Ok(Field::Date(from, to)),
    }
}

/// The day after a day, or before it with `-1`.
///
/// # Errors
/// If there is no such day.
pub(super) fn next_day(day: Date, step: i64) -> Result<Date, String> {
    day.checked_add(step.days()).map_err(|_| format!("{day} is too far away"))
}

/// The first and last day of a date, month or year.
pub(super) fn date_span(text: &str) -> Option<(Date, Date)> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let parts: Vec<&str> = text.split('-').collect();
    let number = |n: usize, length: usize| -> Option<i16> {
        parts.get(n).filter(|part| part.len() == length)?.parse().ok()
    };
    let year = number(0, 4).filter(|_| plain)?;
    match parts.len() {
        1 => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        2 => {
            let first = Date::new(year, i8::try_from(number(1, 2)?).ok()?, 1).ok()?;
            Some((first, first.checked_add(1.month()).ok()?.yesterday().ok()?))
        }
        3 => {
            let (month, day) = (number(1, 2)?, number(2, 2)?);
            let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some((date, date))
        }
        _ => None,
    }
}

/// The document that a text names, in the spelling of the index; a number alone is a resolution.
fn parse_cited(text: &str) -> Option<String> {
    if let Ok(number) = text.parse::<u32>() {
        let found =
            reference::find_references(&format!("resolution {number}")).into_iter().next()?;
        return Some(document_name(&found.target));
    }
    if let Some(found) = reference::find_references(text).first() {
        return Some(document_name(&found.target));
    }
    Symbol::parse_with_page(text).map(|(symbol, _)| symbol.to_string())
}

/// The name of a cited document in the index and in queries, without a page.
pub(in crate::search) fn document_name(target: &Target) -> String {
    match target {
        Target::Record { symbol, .. } => symbol.to_string(),
        Target::Resolution { number, year } => format!("S/RES/{number} ({year})"),
        Target::Document(symbol) => symbol.clone(),
    }
}
