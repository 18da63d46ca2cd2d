//! States: UN short names, formal names, former names, aliases, in the six official languages.
//!
//! The 193 Members, the two observer States, the Cook Islands and Niue, and former States that were Members. Organizations
//! are not here.

use jiff::civil::Date;

use super::blob::{self, Row};
use super::key;
use super::layout::{ACRONYM, PERMANENT, Table};
use crate::record::Language;

/// A State or former State of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// UN short name in English ("Russian Federation").
    pub name: &'static str,
    /// UN formal name in English ("Russian Federation", "Republic of Kazakhstan").
    pub formal: &'static str,
    /// ISO 3166-1 alpha-3, empty where a former State never had one.
    pub iso3: &'static str,
    id: u16,
}

/// What a State is to the United Nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// A Member State.
    Member,
    /// A non-member observer State.
    Observer,
    /// A Member State that is no more.
    Former,
    /// A State in the Organization's list of names that is neither Member nor observer.
    NonMember,
}

/// A name a State no longer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    /// The name in English.
    pub name: &'static str,
    /// The first day of the name at the United Nations; `None` if it had the name from the start.
    pub from: Option<Date>,
    /// The first day of the next name.
    pub until: Date,
    key: &'static str,
}

/// More letters than the longest name has; names are not searched beyond them.
const LONGEST: usize = 160;

/// Articles that may precede a name in running text.
const ARTICLES: [&str; 9] = ["the ", "la ", "le ", "les ", "l'", "el ", "los ", "las ", "l’"];

pub(super) fn get(id: u16) -> Option<State> {
    let row = blob::row(Table::States, u32::from(id))?;
    Some(State { name: row.text(0), formal: row.text(2), iso3: row.text(4), id })
}

impl State {
    fn row(&self) -> Option<Row> {
        blob::row(Table::States, u32::from(self.id))
    }

    fn list(&self, list: usize) -> impl Iterator<Item = &'static str> + use<> {
        let place =
            self.row().map_or((0, 0), |row| (row.u16(14 + list * 4), row.u16(16 + list * 4)));
        let first = u32::from(place.0);
        (first..first + u32::from(place.1))
            .filter_map(|at| blob::row(Table::Lists, at))
            .map(|row| row.text(0))
    }

    /// What it is to the United Nations today.
    pub fn status(&self) -> Status {
        match self.row().map_or(0, |row| row.u16(8) & 3) {
            1 => Status::Observer,
            2 => Status::Former,
            3 => Status::NonMember,
            _ => Status::Member,
        }
    }

    /// A permanent member of the Council.
    pub fn permanent(&self) -> bool {
        self.row().is_some_and(|row| row.u16(8) & PERMANENT != 0)
    }

    /// Its former names, oldest first.
    pub fn former(&self) -> impl Iterator<Item = Former> + use<> {
        let place = self.row().map_or((0, 0), |row| (row.u16(10), row.u16(12)));
        let first = u32::from(place.0);
        (first..first + u32::from(place.1)).filter_map(|at| blob::row(Table::Former, at)).map(
            |row| Former {
                name: row.text(0),
                key: row.text(2),
                from: Some(row.u32(4)).filter(|day| *day > 0).map(blob::date),
                until: blob::date(row.u32(8)),
            },
        )
    }

    /// Other names it is called by in English.
    pub fn aliases(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.list(0)
    }

    /// Its names in an official language, the UN short name first; none in any other.
    pub fn names_in(&self, language: &Language) -> impl Iterator<Item = &'static str> + use<> {
        let list = match language {
            Language::French => Some(1),
            Language::Spanish => Some(2),
            Language::Russian => Some(3),
            Language::Chinese => Some(4),
            Language::Arabic => Some(5),
            Language::English | Language::Other(_) => None,
        };
        let english = (*language == Language::English).then_some([self.name, self.formal]);
        let (state, english) = (*self, english.into_iter().flatten());
        english.chain(list.into_iter().flat_map(move |list| state.list(list)))
    }

    /// What it was called at the United Nations on a day.
    pub fn called_on(&self, date: Date) -> &'static str {
        self.called(date).0
    }

    /// What it was called on a day, and the key by which that name is put in alphabetical order.
    pub(super) fn called(&self, date: Date) -> (&'static str, &'static str) {
        self.former()
            .find(|name| date < name.until && name.from.is_none_or(|from| from <= date))
            .map_or_else(
                || (self.name, self.row().map_or("", |row| row.text(6))),
                |former| (former.name, former.key),
            )
    }
}

/// The State a name means: short, formal, former name or alias, in any of the six official languages,
/// whatever its case and accents, with or without an article before it.
pub fn lookup(name: &str) -> Option<State> {
    let key = key::name(name);
    let without = ARTICLES.iter().find_map(|article| key.strip_prefix(article));
    [Some(key.as_str()), without].into_iter().flatten().find_map(exact)
}

fn exact(key: &str) -> Option<State> {
    let at = blob::partition(Table::Names, |row| row.text(0) < key);
    let found = blob::row(Table::Names, at).filter(|row| row.text(0) == key)?;
    get(found.u16(2))
}

/// The longest name of a State that `text` starts with, in any of the six official languages, and
/// its length in bytes.
///
/// The name ends where a word ends, except in Chinese, which has no spaces. An article before the
/// name counts as a part of it. Letters that are a name only in capitals (`US`) must be in capitals.
pub fn longest_at_start(text: &str) -> Option<(State, usize)> {
    let letters = key::letters(text, LONGEST);
    let key: String = letters.iter().map(|letter| letter.folded).collect();
    longest(text, &letters, &key).or_else(|| {
        let article = ARTICLES.iter().find(|article| key.starts_with(**article))?;
        let skipped = article.chars().count();
        longest(text, letters.get(skipped..)?, key.get(article.len()..)?)
    })
}

/// Finds the longest name by shortening `key` to the prefix it shares with the nearest name before
/// it.
fn longest(text: &str, letters: &[key::Letter], key: &str) -> Option<(State, usize)> {
    let mut rest = key;
    while !rest.is_empty() {
        let after = blob::partition(Table::Names, |row| row.text(0) <= rest);
        let row = blob::row(Table::Names, after.checked_sub(1)?)?;
        let name = row.text(0);
        let shared = common(name, rest);
        if shared < name.len() {
            rest = &rest[..shared];
            continue;
        }
        let count = name.chars().count();
        let first = letters.first()?.start;
        let end = letters.get(count - 1)?.end;
        let whole = ends_a_word(name, letters.get(count));
        let capitals =
            row.u16(4) & ACRONYM == 0 || !text.get(first..end)?.chars().any(char::is_lowercase);
        if whole && capitals {
            return Some((get(row.u16(2))?, end));
        }
        rest = &rest[..name.len() - name.chars().next_back()?.len_utf8()];
    }
    None
}

/// The length of the common prefix of two texts in bytes, on a character boundary.
fn common(left: &str, right: &str) -> usize {
    let pairs = left.chars().zip(right.chars());
    pairs.take_while(|(left, right)| left == right).map(|(c, _)| c.len_utf8()).sum()
}

fn ends_a_word(name: &str, next: Option<&key::Letter>) -> bool {
    let last = name.chars().next_back().unwrap_or(' ');
    let next = next.map_or(' ', |letter| letter.folded);
    !last.is_alphanumeric() || !next.is_alphanumeric() || chinese(last) || chinese(next)
}

fn chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The States one of whose names in the six official languages, folded for comparison, passes a test.
pub fn named_where(test: impl Fn(&str) -> bool) -> impl Iterator<Item = State> {
    names_from(0).filter(move |(name, _)| test(name)).filter_map(|(_, id)| get(id))
}

/// The names that start with a folded text, each with its State, in the order of the names.
pub fn names_starting_with(prefix: &str) -> impl Iterator<Item = (&'static str, State)> {
    let first = blob::partition(Table::Names, |row| row.text(0) < prefix);
    let names = names_from(first).take_while(move |(name, _)| name.starts_with(prefix));
    names.filter_map(|(name, id)| Some((name, get(id)?)))
}

/// The folded names from this one on, sorted, each with the number of its State.
fn names_from(first: u32) -> impl Iterator<Item = (&'static str, u16)> {
    let rows = (first..).map_while(|at| blob::row(Table::Names, at));
    rows.map(|row| (row.text(0), row.u16(2)))
}

/// Every State, in English alphabetical order of short names.
pub fn all() -> impl Iterator<Item = State> {
    (0..blob::len(Table::States)).filter_map(|id| get(u16::try_from(id).ok()?))
}
