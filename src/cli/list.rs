//! `spv list`: the records, newest first, and on request the known meetings without text.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::args::{ListArgs, TableArgs};
use super::filter::Filter;
use super::out::{Answer, Failure, found_if, one_line, say};
use super::rows::RowWriter;
use super::shelf::Shelf;
use super::table;
use super::text::doubts_in_words;
use super::world::World;
use crate::facts::meetings;
use crate::facts::meetings::Meeting;
use crate::library::Entry;
use crate::record::{Kind, Symbol};

/// The width of an outcome on a terminal: that of `RES 2254 (2015)` and an ellipsis.
const OUTCOME: usize = 16;

/// One line of the list; the fields are those of its JSON.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListRow {
    pub symbol: String,
    /// The language of the edition, if the text is in the library.
    pub language: Option<String>,
    pub date: Date,
    pub topic: String,
    /// The number of statements, if the text is in the library.
    pub statements: Option<usize>,
    /// Its outcomes: `RES 2254 (2015)`, `VETO`; `; ` between.
    pub outcome: Option<String>,
    /// The number of doubts about it, if the text is in the library.
    pub doubts: Option<u32>,
    /// Whether the text is in the library.
    pub text: bool,
    /// Written for this project.
    pub exercise: bool,
    /// The kind of document, if the text is in the library.
    pub kind: Option<Kind>,
    /// The agenda item as printed, its first line.
    pub item: Option<String>,
}

impl ListRow {
    /// The names of its fields, in their order.
    pub const NAMES: &str =
        "symbol language date topic statements outcome doubts text exercise kind item";

    /// The row of a record in the library.
    pub fn of_entry(entry: &Entry) -> Self {
        let outcomes = entry.outcomes.as_slice();
        let outcome = (!outcomes.is_empty()).then(|| outcomes.join("; "));
        Self {
            symbol: entry.symbol.to_string(),
            language: Some(entry.language.code().to_owned()),
            date: entry.date,
            topic: entry.topic.to_string(),
            statements: Some(entry.statements as usize),
            outcome,
            doubts: Some(entry.doubts),
            text: true,
            exercise: entry.exercise,
            kind: Some(entry.kind),
            item: Some(entry.item.to_string()).filter(|item| !item.is_empty()),
        }
    }

    /// The row of a known meeting whose text is not in the library.
    pub fn of_meeting(meeting: &Meeting) -> Self {
        Self {
            symbol: meeting.symbol.to_owned(),
            language: None,
            date: meeting.date,
            topic: meeting.topic.to_owned(),
            statements: None,
            outcome: outcome_of(meeting),
            doubts: None,
            text: false,
            exercise: false,
            kind: None,
            item: None,
        }
    }

    /// The cells of the text list; a row without text has `-` for its statements.
    pub fn cells(&self) -> Vec<String> {
        let mark = if self.exercise { "EXERCISE  " } else { "" };
        let doubts = self.doubts.and_then(|count| doubts_in_words(count as usize));
        let doubts = doubts.map(|words| format!("({words})  ")).unwrap_or_default();
        vec![
            one_line(&self.symbol),
            self.date.to_string(),
            self.statements.map_or_else(|| "-".to_owned(), |n| n.to_string()),
            one_line(self.outcome.as_deref().unwrap_or("")),
            format!("{mark}{doubts}{}", one_line(&self.topic)),
        ]
    }
}

/// The outcomes of a known meeting, abbreviated: `RES 2254`, `PRST 2019/15`, `VETO`.
pub fn outcome_of(meeting: &Meeting) -> Option<String> {
    let short = meeting.short_outcomes();
    (!short.is_empty()).then(|| short.join("; "))
}

/// Runs `spv list`.
///
/// # Errors
/// When the library cannot be opened, a State is not known, or the list cannot be written.
pub fn run(world: &World, args: &ListArgs, out: &mut dyn Write) -> Answer {
    if args.all && world.options.exercise {
        return Err(Failure::wrong(
            "--all lists real meetings and cannot be used with --exercise; leave one of them out",
        ));
    }
    let shelf = Shelf::open_all(world)?;
    let filter = Filter::new(&args.only, &shelf.library)?;
    let entries: Vec<&Entry> =
        if args.all && shelf.stand_in { Vec::new() } else { shelf.records(&world.options) };
    let mut rows: Vec<ListRow> = entries
        .iter()
        .filter(|e| !args.doubtful || e.doubts > 0)
        .filter(|e| filter.keeps(&shelf.library, e))
        .map(|e| ListRow::of_entry(e))
        .collect();
    if args.all {
        let here: HashSet<&Symbol> = entries.iter().map(|e| &e.symbol).collect();
        rows.extend(known_meetings(&filter, &here));
        sort_newest_first(&mut rows);
    }
    if shelf.stand_in && args.table.is_text() && !args.all {
        say(
            "there is no library yet; these are the built-in exercise debates. Use `spv get corpus` or \
             `spv import FILE` to add real records, or `spv list --all` to list the known meetings",
        );
    }
    write_list(out, &rows, args.table, world.columns)?;
    if args.doubtful {
        return found_if(!rows.is_empty(), "no record matches about which something is doubtful");
    }
    found_if(!rows.is_empty(), "no record matches; `spv list --all` lists the known meetings too")
}

/// Writes the list as text or for programs.
///
/// # Errors
/// When it cannot be written.
pub fn write_list(
    out: &mut dyn Write,
    rows: &[ListRow],
    table: TableArgs,
    columns: Option<usize>,
) -> Result<(), Failure> {
    if let Some(writer) = RowWriter::begin(out, table, ListRow::NAMES)? {
        return writer.write_all(out, rows);
    }
    let mut cells: Vec<Vec<String>> = rows.iter().map(ListRow::cells).collect();
    if columns.is_some() {
        // A day with many outcomes would push every topic off the screen.
        cells.iter_mut().for_each(|row| row[3] = table::cut_to_width(&row[3], OUTCOME));
    }
    Ok(table::write_rows(out, &cells, &[2], columns)?)
}

/// The known meetings that are not in the library and pass the filter.
fn known_meetings(filter: &Filter, here: &HashSet<&Symbol>) -> Vec<ListRow> {
    // Without a text it is not known who spoke, so that a filter by State keeps none of these.
    if filter.asks_who_spoke() {
        return Vec::new();
    }
    meetings::all()
        .filter(|m| filter.keeps_day_and_topic(m.date, &[m.topic]))
        .filter(|m| m.symbol.parse().map_or(true, |s: Symbol| !here.contains(&s)))
        .map(|m| ListRow::of_meeting(&m))
        .collect()
}

/// Sorts by day, newest first; the records of one meeting are adjacent, the meeting first.
fn sort_newest_first(rows: &mut [ListRow]) {
    let symbol = |row: &ListRow| row.symbol.parse::<Symbol>().ok();
    let mut newest: HashMap<Option<Symbol>, Date> = HashMap::new();
    for row in rows.iter() {
        let day = newest.entry(symbol(row).map(|s| s.meeting())).or_insert(row.date);
        *day = (*day).max(row.date);
    }
    rows.sort_by_cached_key(|row| {
        let symbol = symbol(row);
        let meeting = symbol.as_ref().map(Symbol::meeting);
        (newest.get(&meeting).copied().map(Reverse), Reverse(meeting), symbol)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(symbol: &str, date: &str) -> ListRow {
        ListRow {
            symbol: symbol.to_owned(),
            language: None,
            date: date.parse().unwrap(),
            topic: "An invented topic".to_owned(),
            statements: None,
            outcome: None,
            doubts: None,
            text: false,
            exercise: false,
            kind: None,
            item: None,
        }
    }

    #[test]
    fn a_meeting_comes_before_its_resumptions_and_newer_meetings_before_both() {
        let mut rows = vec![
            row("S/PV.10", "2001-01-01"),
            row("S/PV.11 (Resumption 1)", "2001-01-04"),
            row("S/PV.12", "2001-01-03"),
            row("S/PV.11", "2001-01-02"),
        ];
        sort_newest_first(&mut rows);
        let order: Vec<&str> = rows.iter().map(|r| r.symbol.as_str()).collect();
        assert_eq!(order, ["S/PV.11", "S/PV.11 (Resumption 1)", "S/PV.12", "S/PV.10"]);
    }

    #[test]
    fn cells_are_harmless_and_marked() {
        let mut hostile = row("S/PV.1", "2001-01-01");
        hostile.topic = "a\u{1b}[2J\nb".to_owned();
        hostile.exercise = true;
        assert_eq!(hostile.cells()[4], "EXERCISE  a\u{FFFD}[2J b");
        assert_eq!(hostile.cells()[2], "-");
    }
}
