//! The statements of a record as a list.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::filter::FilterWords;
use crate::app::last::LookedBack;
use crate::app::line::InputLine;
use crate::app::position::Spot;
use crate::app::window::{Move, Window};
use crate::record::{Item, Record, Statement, fold};

/// The screen of a record's statements.
#[derive(Clone, Debug)]
pub struct Statements {
    /// The record, made harmless.
    pub record: Arc<Record>,
    /// Indexes of the record's items that are listed: statements and votes.
    pub rows: Vec<usize>,
    /// Scroll and selection.
    pub window: Window,
    /// Whether procedural turns are listed.
    pub procedural: bool,
    /// The filter.
    pub filter: InputLine,
    /// Where the person left the record.
    pub place: Option<Spot>,
    /// The look back that led here.
    pub looked_back: Option<Box<LookedBack>>,
    /// How many words the statements have that are too long to be counted with every frame, by number.
    long: HashMap<u32, usize>,
}

/// The bytes of text from which on the words of a statement are counted once.
const LONG: usize = 1 << 16;

impl Statements {
    /// The list of a record, with the statement that was left selected.
    pub fn new(record: Arc<Record>, place: Option<Spot>, height: usize) -> Self {
        let bytes = |s: &Statement| s.paragraphs.iter().map(|p| p.text.len()).sum::<usize>();
        let long = record.statements().filter(|s| bytes(s) > LONG).map(|s| (s.number, s.words()));
        let mut list = Self {
            long: long.collect(),
            record,
            rows: Vec::new(),
            window: Window::default(),
            procedural: true,
            filter: InputLine::default(),
            place,
            looked_back: None,
        };
        list.refresh();
        if let Some(spot) = place {
            list.select(spot.statement, height);
        }
        list
    }

    /// How many words a statement has.
    pub fn words(&self, statement: &Statement) -> usize {
        self.long.get(&statement.number).copied().unwrap_or_else(|| statement.words())
    }

    /// Selects the rows again after a change of filter.
    pub fn refresh(&mut self) {
        let wanted = FilterWords::new(self.filter.text());
        let listed = |item: &Item| match item {
            Item::Statement(s) => {
                (self.procedural || !s.is_procedural()) && wanted.matches(&words_of(s))
            }
            Item::Vote(_) => wanted.is_empty(),
            Item::Direction(_) => false,
        };
        let kept = self.item();
        let items = self.record.items.iter().enumerate();
        self.rows = items.filter(|(_, item)| listed(item)).map(|(index, _)| index).collect();
        let selected = kept.map_or(0, |item| self.rows.partition_point(|row| *row < item));
        self.window = Window { top: 0, selected };
    }

    /// Index of the selected item in the record.
    pub fn item(&self) -> Option<usize> {
        self.rows.get(self.window.selected).copied()
    }

    /// The statement of a row.
    pub fn statement(&self, row: usize) -> Option<&Statement> {
        match self.record.items.get(*self.rows.get(row)?)? {
            Item::Statement(s) => Some(s),
            _ => None,
        }
    }

    /// Selects the statement with this number, if it is listed.
    pub fn select(&mut self, number: u32, height: usize) -> bool {
        let found = (0..self.rows.len())
            .find(|row| self.statement(*row).is_some_and(|s| s.number == number));
        if let Some(row) = found {
            self.window = self.window.moved(Move::To(row), self.rows.len(), height);
        }
        found.is_some()
    }

    /// The next row up or down whose statement is of the same State or organization, or speaker.
    pub fn same(&self, forward: bool) -> Option<usize> {
        let here = self.window.selected;
        let key = same_key(self.statement(here)?);
        let is_same = |row: &usize| self.statement(*row).is_some_and(|s| same_key(s) == key);
        if forward {
            (here + 1..self.rows.len()).find(is_same)
        } else {
            (0..here).rev().find(is_same)
        }
    }
}

/// What two statements share when they are "of the same": State, else organization, else name.
/// The chair is a key of its own, since its turns are not those of the State that presides.
pub fn same_key(statement: &Statement) -> &str {
    if statement.is_procedural() {
        return "The President";
    }
    statement.speaker.spoken_for().unwrap_or(&statement.speaker.name)
}

fn words_of(statement: &Statement) -> String {
    let speaker = &statement.speaker;
    let behalf: Vec<&str> = statement.on_behalf_of.iter().map(|b| b.group.as_str()).collect();
    fold::text(&format!(
        "{} {} {} {}",
        speaker.printed,
        speaker.spoken_for().unwrap_or(""),
        speaker.role.as_deref().unwrap_or(""),
        behalf.join(" ")
    ))
}
