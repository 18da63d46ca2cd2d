//! The list of meetings: records here, known meetings without text, and the filter over both.

use jiff::civil::Date;

use crate::facts::meetings::{self, Meeting};
use crate::library::{Catalogue, Entry};
use crate::record::symbol::Series;
use crate::record::{Symbol, fold};

use crate::app::filter::FilterWords;
use crate::app::line::InputLine;
use crate::app::shared::{Shared, Shelf};
use crate::app::window::Window;

/// One row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingRow {
    /// A record whose text is here: index into the catalogue's entries.
    Here(usize),
    /// A known meeting without its text: row of `facts::meetings`.
    Known(u32),
}

/// The meetings screen.
#[derive(Clone, Debug, Default)]
pub struct Meetings {
    /// What is listed, newest first.
    pub rows: Vec<MeetingRow>,
    /// Scroll and selection.
    pub window: Window,
    /// Whether known meetings without text are listed too.
    pub known: bool,
    /// The filter, being typed or kept.
    pub filter: InputLine,
}

impl Meetings {
    /// The list over a catalogue.
    pub fn new(catalogue: &Catalogue, known: bool) -> Self {
        let mut list = Self { known, ..Self::default() };
        list.refresh(catalogue);
        list
    }

    /// Selects the rows again after a change of filter or of what is listed; the selection stays on its
    /// meeting while that is listed, else it goes to the top.
    pub fn refresh(&mut self, catalogue: &Catalogue) {
        let kept = self.rows.get(self.window.selected).copied();
        let wanted = FilterWords::new(self.filter.text());
        let words = |place: usize| words_of(&catalogue.entries[place]);
        let here: Vec<usize> = catalogue
            .listed_places()
            .filter(|place| wanted.is_empty() || wanted.matches(&words(*place)))
            .collect();
        self.rows = if self.known {
            with_known(catalogue, &here, &wanted)
        } else {
            here.into_iter().map(MeetingRow::Here).collect()
        };
        let selected = kept.and_then(|row| self.rows.iter().position(|r| *r == row)).unwrap_or(0);
        let above = self.window.selected.saturating_sub(self.window.top);
        self.window = Window { top: selected.saturating_sub(above), selected };
    }

    /// The row of a meeting number: the record itself before its resumptions, and a meeting of the
    /// Council before an exercise or a letter with the same number.
    pub fn row_of(&self, number: u32, catalogue: &Catalogue) -> Option<usize> {
        let of = |series: Option<Series>| {
            self.rows.iter().position(|row| {
                symbol_of(*row, catalogue)
                    .is_some_and(|s| s.number() == number && series.is_none_or(|w| s.series() == w))
            })
        };
        of(Some(Series::Verbatim)).or_else(|| of(None))
    }
}

/// The symbol a row is about.
pub fn symbol_of(row: MeetingRow, catalogue: &Catalogue) -> Option<Symbol> {
    match row {
        MeetingRow::Here(index) => catalogue.entries.get(index).map(|e| e.symbol.clone()),
        MeetingRow::Known(id) => meetings::get(id).and_then(|m| m.symbol.parse().ok()),
    }
}

/// Merges known meetings that are not here into the records, by date; an exercise comes first,
/// since it belongs to no row of real meetings.
fn with_known(catalogue: &Catalogue, here: &[usize], wanted: &FilterWords) -> Vec<MeetingRow> {
    let entry = |index: usize| &catalogue.entries[index];
    let mut rows: Vec<MeetingRow> = Vec::with_capacity(here.len() + meetings::len() as usize);
    let (exercise, real): (Vec<usize>, Vec<usize>) = here.iter().partition(|i| entry(**i).exercise);
    rows.extend(exercise.into_iter().map(MeetingRow::Here));
    let present: std::collections::HashSet<u32> = catalogue
        .entries
        .iter()
        .filter(|e| !e.exercise)
        .filter_map(|e| meetings::by_symbol(&e.symbol).map(|m| m.id))
        .collect();
    let mut real = real.into_iter().peekable();
    for meeting in by_meeting_newest_first().filter(|m| !present.contains(&m.id)) {
        let newer = |index: &usize| before(entry(*index).date, &entry(*index).symbol, &meeting);
        while let Some(index) = real.next_if(newer) {
            rows.push(MeetingRow::Here(index));
        }
        if wanted.is_empty() || wanted.matches(&words_of_known(&meeting)) {
            rows.push(MeetingRow::Known(meeting.id));
        }
    }
    rows.extend(real.map(MeetingRow::Here));
    rows
}

/// The table backwards, but a meeting before its resumptions.
fn by_meeting_newest_first() -> impl Iterator<Item = Meeting> {
    let mut group: Vec<Meeting> = Vec::new();
    let mut rest = meetings::all().rev().peekable();
    std::iter::from_fn(move || {
        if group.is_empty() {
            let first = rest.next()?;
            group.push(first);
            while let Some(next) = rest.next_if(|m| stem(m.symbol) == stem(first.symbol)) {
                group.push(next);
            }
        }
        group.pop()
    })
}

/// The symbol without its resumption.
fn stem(symbol: &str) -> &str {
    symbol.split(" (").next().unwrap_or(symbol)
}

/// Whether a record is above a known meeting in the list.
fn before(date: Date, symbol: &Symbol, meeting: &Meeting) -> bool {
    if date != meeting.date {
        return date > meeting.date;
    }
    let Ok(known) = meeting.symbol.parse::<Symbol>() else { return true };
    let (mine, its) = (symbol.meeting(), known.meeting());
    if mine == its { *symbol < known } else { mine > its }
}

/// The words a filter looks in, of a record here.
fn words_of(entry: &Entry) -> String {
    let outcomes = entry.outcomes.join(" ");
    let presidents: Vec<&str> =
        entry.presidents.iter().filter_map(|p| p.state.as_deref()).collect();
    let presidents = presidents.join(" ");
    fold::text(&format!(
        "{} {} {} {} {outcomes} {presidents}",
        entry.symbol, entry.date, entry.topic, entry.item
    ))
}

fn words_of_known(meeting: &Meeting) -> String {
    fold::text(&format!(
        "{} {} {} {}",
        meeting.symbol, meeting.date, meeting.topic, meeting.outcomes
    ))
}

/// What is written above the list: what the exercise debates are, and how to get real records.
pub fn notice(shared: &Shared) -> &'static [&'static str] {
    if shared.shelf != Shelf::Exercise {
        return &[];
    }
    match (shared.geometry.columns, shared.geometry.rows) {
        (0..70, _) => &["EXERCISE: invented, no State's words"],
        (_, 0..16) => &["EXERCISE debates: invented for practice, not the words of any State."],
        _ => &[
            "EXERCISE debates: invented persons and words, not those of any State.",
            "For real ones:  spv get corpus  or  spv import FILE .  t lists all meetings.",
        ],
    }
}
