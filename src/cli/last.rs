//! `spv last`: the latest statements of a State, organization or group.

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use serde::Serialize;

use super::args::LastArgs;
use super::filter::Years;
use super::out::{Answer, Failure, found_if, one_line, result_limit, say, say_total};
use super::rows::RowWriter;
use super::shelf::Shelf;
use super::speech::{SpeechColumns, describe_source};
use super::world::World;
use super::{list, table};
use crate::app::last::{Basis, FoundHeading, Who, is_made_for, newest_first, on};
use crate::facts::{groups, states};
use crate::library::Entry;
use crate::record::{Record, Symbol, fold};
use crate::search::find::{Named, Names};

/// The length of `first` in characters.
const FIRST: usize = 200;

/// One statement; the fields are those of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastRow {
    pub symbol: String,
    pub language: String,
    pub date: Date,
    pub topic: String,
    pub statement: u32,
    /// Printed page it starts on.
    pub page: Option<u32>,
    pub speaker: String,
    pub state: Option<String>,
    pub organization: Option<String>,
    /// Its length in words.
    pub words: u32,
    /// How it starts.
    pub first: String,
    /// Written for this project.
    pub exercise: bool,
    /// `topic`, `sub-item` or `item`: what contains the words of `--topic`.
    pub on: Option<&'static str>,
    /// What every table of statements has.
    #[serde(flatten)]
    pub more: SpeechColumns,
    /// Where the text came from.
    pub source: String,
}

/// The names of the columns of [`LastRow`], in their order.
const NAMES: &str = "symbol language date topic statement page speaker state organization words first exercise on \
                     item printed role as capacity spoken source";

/// Which statements are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// State, organization or group, as given.
    pub who: &'a str,
    /// Words of the topic.
    pub topic: &'a str,
    /// Only before this day.
    pub before: Option<Date>,
    /// Only in these years.
    pub years: Option<Years>,
}

/// Finds statements, newest first, and what contains the words of the topic.
///
/// # Errors
/// If no State, organization or group of this name speaks in the library.
pub fn find_statements<'a>(
    shelf: &'a Shelf,
    world: &World,
    wanted: Wanted<'_>,
) -> Result<(Option<Basis>, Vec<FoundHeading<'a>>), Failure> {
    let entries = shelf.records(&world.options);
    let in_time = |entry: &Entry| {
        wanted.before.is_none_or(|day| entry.date < day)
            && wanted.years.is_none_or(|years| years.hold(entry.date))
    };
    let entries: Vec<&Entry> = entries.into_iter().filter(|e| in_time(e)).collect();
    let found = match groups::lookup(wanted.who) {
        Some(group) => statements_of_group(shelf, &entries, group),
        None => match find_speaker(shelf, wanted.who) {
            Some(who) => statements_by(shelf, &entries, &who),
            None => joint_statements(shelf, &entries, wanted.who),
        },
    };
    if found.is_empty() && !is_known(shelf, wanted.who) {
        return Err(Failure::nothing(unknown_name(shelf, wanted.who)));
    }
    let (basis, mut found) = on(wanted.topic, found);
    newest_first(&mut found);
    Ok((basis, found))
}

/// The State or organization of this name.
fn find_speaker(shelf: &Shelf, name: &str) -> Option<Who> {
    if let Some(state) = states::lookup(name) {
        return Some(Who::State(state.name.to_owned()));
    }
    let wanted = fold::text(name.trim());
    let is = |value: Option<&str>| value.filter(|v| fold::text(v) == wanted).map(str::to_owned);
    shelf.library.catalogue().speakers().find_map(|s| {
        is(s.state).map(Who::State).or_else(|| is(s.organization).map(Who::Organization))
    })
}

fn statements_by<'a>(shelf: &'a Shelf, entries: &[&'a Entry], who: &Who) -> Vec<FoundHeading<'a>> {
    let of = |entry: &'a Entry| {
        let headings = shelf.library.catalogue().headings(entry);
        headings.filter(|h| who.said(h)).map(move |h| (entry, h))
    };
    entries.iter().flat_map(|entry| of(entry)).collect()
}

/// The statements of a group: those made on its behalf, and its own if it speaks as an organization. Those
/// that its members make for themselves are not included.
fn statements_of_group<'a>(
    shelf: &'a Shelf,
    entries: &[&'a Entry],
    group: &groups::Group,
) -> Vec<FoundHeading<'a>> {
    let mut found = joint_statements(shelf, entries, group.name);
    let known: HashSet<(&Symbol, u32)> = found.iter().map(|(e, h)| (&e.symbol, h.number)).collect();
    let own = group.names().flat_map(|name| {
        statements_by(shelf, entries, &Who::Organization(name.to_owned())).into_iter()
    });
    let own: Vec<_> = own.filter(|(e, h)| !known.contains(&(&e.symbol, h.number))).collect();
    found.extend(own);
    found
}

/// The statements made on behalf of a group, by any of its names, or by whole words of it.
fn joint_statements<'a>(
    shelf: &'a Shelf,
    entries: &[&'a Entry],
    name: &str,
) -> Vec<FoundHeading<'a>> {
    let table = shelf.library.references(&AtomicBool::new(false));
    shelf.note(&table.unread);
    let mut numbers: HashMap<Symbol, Vec<u32>> = HashMap::new();
    for at in table.for_group(is_made_for(name)) {
        numbers.entry(at.symbol).or_default().push(at.what);
    }
    let here = entries.iter().filter_map(|e| Some((*e, numbers.get(&e.symbol)?)));
    let statements = here.flat_map(|(entry, numbers)| {
        let headings = shelf.library.catalogue().headings(entry);
        headings.filter(|h| numbers.contains(&h.number)).map(move |h| (entry, h))
    });
    statements.collect()
}

/// Whether the tables or the library know a State, organization or group of this name.
fn is_known(shelf: &Shelf, name: &str) -> bool {
    let never = AtomicBool::new(false);
    groups::lookup(name).is_some()
        || find_speaker(shelf, name).is_some()
        || !shelf.library.references(&never).for_group(is_made_for(name)).is_empty()
}

/// The message that a name is unknown, with similar names.
pub(super) fn unknown_name(shelf: &Shelf, name: &str) -> String {
    let found = Names::new(shelf.library.catalogue()).find(name, 50, &AtomicBool::new(false));
    let names = found.hits.into_iter().filter_map(|hit| match hit.named {
        Named::State(name) | Named::Organization(name) => Some(name.to_string()),
        _ => None,
    });
    let near: Vec<String> = names.take(3).collect();
    let or = match near.as_slice() {
        [] => "; try Kazakhstan, A3 or \"European Union\"".to_owned(),
        near => format!("; did you mean {}?", near.join(" or ")),
    };
    format!("no State, organization or group is called {name:?}{or}")
}

/// Runs `spv last`.
///
/// # Errors
/// If no State, organization or group of this name speaks in the library, or the answer cannot be written.
pub fn run(world: &World, args: &LastArgs, out: &mut dyn Write) -> Answer {
    let shelf = Shelf::open_all(world)?;
    let who = args.state.join(" ");
    let topic = args.topic.as_deref().unwrap_or("");
    let wanted = Wanted { who: &who, topic, before: args.before, years: args.year };
    let (basis, found_here) = find_statements(&shelf, world, wanted)?;
    let limit =
        if args.all { usize::MAX } else { result_limit(args.limit, 10, args.table.is_text()) };
    let total = found_here.len();
    let rows = statement_rows(&shelf, found_here.into_iter().take(limit), basis);
    if let Some(writer) = RowWriter::begin(out, args.table, NAMES)? {
        writer.write_all(out, &rows)?;
    } else {
        let cells: Vec<Vec<String>> = rows.iter().map(row_cells).collect();
        table::write_rows(out, &cells, &[4], world.columns)?;
        let by = match basis {
            Some(Basis::SubItem) => Some("a sub-item of the agenda"),
            Some(Basis::Item) => Some("the agenda item"),
            _ => None,
        };
        if let Some(by) = by.filter(|_| total > 0) {
            say(&format!("no topic contains {topic:?}; these statements are by {by}"));
        }
        say_total(out, rows.len(), total)?;
    }
    found_if(total > 0, &format!("no statement of {who} in the library matches"))
}

fn statement_rows<'a>(
    shelf: &Shelf,
    found: impl Iterator<Item = FoundHeading<'a>>,
    basis: Option<Basis>,
) -> Vec<LastRow> {
    let mut open: Option<(Symbol, Option<Record>)> = None;
    found
        .map(|(entry, heading)| {
            // The statements of one record are adjacent, so that each record is read once.
            if open.as_ref().is_none_or(|(symbol, _)| *symbol != entry.symbol) {
                open = Some((entry.symbol.clone(), shelf.load_or_note(entry)));
            }
            let record = open.as_ref().and_then(|(_, record)| record.as_ref());
            let statement =
                record.and_then(|r| r.statements().find(|s| s.number == heading.number));
            let first = statement.and_then(|s| s.paragraphs.first());
            let both = record.zip(statement);
            let more = both.map(|(record, statement)| SpeechColumns::of(record, statement, 0));
            LastRow {
                symbol: entry.symbol.to_string(),
                language: entry.language.code().to_owned(),
                date: entry.date,
                topic: list::ListRow::of_entry(entry).topic,
                statement: heading.number,
                page: heading.page,
                speaker: heading.name.to_owned(),
                state: heading.state.map(str::to_owned),
                organization: heading.organization.map(str::to_owned),
                words: heading.words,
                first: first.map_or(String::new(), |p| p.text.chars().take(FIRST).collect()),
                exercise: entry.exercise,
                on: basis.map(|basis| match basis {
                    Basis::Topic => "topic",
                    Basis::SubItem => "sub-item",
                    Basis::Item => "item",
                }),
                more: more.unwrap_or_default(),
                source: record.map(describe_source).unwrap_or_default(),
            }
        })
        .collect()
}

fn row_cells(row: &LastRow) -> Vec<String> {
    vec![
        if row.exercise { "EXERCISE".to_owned() } else { String::new() },
        row.date.to_string(),
        one_line(&row.symbol),
        format!("{}{}", row.statement, row.page.map_or(String::new(), |p| format!(", p. {p}"))),
        format!("{} words", row.words),
        format!("{}: {}", one_line(&row.speaker), one_line(&row.first)),
    ]
}
