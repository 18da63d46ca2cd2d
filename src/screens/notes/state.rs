//! The person's notes, in the order of their making, and then their marks.

use crate::app::action::Change;
use crate::app::filter::FilterWords;
use crate::app::line::InputLine;
use crate::app::window::Window;
use crate::desk::notes::{self, Note};
use crate::record::{Place, fold, symbol::Series};

/// What is said in the place of an empty list.
pub const NONE_YET: &str = "there is no note or mark yet";

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskRow {
    /// A note, by its place in [`Notes::notes`].
    Note(usize),
    /// A mark, by its place in [`Notes::marks`].
    Mark(usize),
}

/// What a row is, whatever is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Id {
    Note(u32),
    Mark(char),
}

/// The screen.
#[derive(Clone, Debug)]
pub struct Notes {
    /// Every note, in the order of their making.
    pub notes: Vec<Note>,
    /// Every mark, by its letter.
    pub marks: Vec<(char, Place)>,
    /// Those that have every word of the filter: the notes, then the marks.
    pub rows: Vec<DeskRow>,
    /// The filter.
    pub filter: InputLine,
    /// Scroll and selection.
    pub window: Window,
    /// What takes back the changes made here, the latest last.
    pub undo: Vec<Change>,
    /// What the change that is being written did to `undo`, to be reversed where it cannot be written.
    pub(super) unwritten: Unwritten,
}

/// What a change did to the list of changes that can be taken back.
#[derive(Clone, Debug, Default)]
pub(super) enum Unwritten {
    /// Nothing.
    #[default]
    Nothing,
    /// One was added.
    Added,
    /// This one was taken from it.
    Taken(Change),
}

impl Notes {
    /// The list of all of them.
    pub fn new(notes: Vec<Note>, marks: Vec<(char, Place)>, undo: Vec<Change>) -> Self {
        let (filter, window) = (InputLine::default(), Window::default());
        let (rows, unwritten) = (Vec::new(), Unwritten::default());
        let mut list = Self { notes, marks, rows, filter, window, undo, unwritten };
        list.refresh();
        list
    }

    /// Takes what the desk holds now; the same row stays selected while it is there.
    pub fn renew(&mut self, notes: Vec<Note>, marks: Vec<(char, Place)>) {
        let selected = self.id(self.window.selected);
        (self.notes, self.marks) = (notes, marks);
        self.refresh_on(selected);
    }

    /// Selects the rows again: those with every word of the filter in what one sees of them; a tag is
    /// written with its `#`.
    pub fn refresh(&mut self) {
        self.refresh_on(self.id(self.window.selected));
    }

    fn refresh_on(&mut self, selected: Option<Id>) {
        let wanted = FilterWords::new(self.filter.text());
        let noted = self.notes.iter().enumerate();
        let noted =
            noted.filter(|(_, note)| wanted.matches(&words(note))).map(|(i, _)| DeskRow::Note(i));
        let marked = self.marks.iter().enumerate();
        let marked = marked.filter(|(_, (letter, place))| {
            wanted.matches(&fold::text(&format!("mark '{letter} {}", words_of_place(place))))
        });
        self.rows = noted.chain(marked.map(|(i, _)| DeskRow::Mark(i))).collect();
        let same = (0..self.rows.len()).find(|row| selected.is_some() && self.id(*row) == selected);
        // Where it was removed, the one that follows it is in its row.
        let row = same.unwrap_or(self.window.selected);
        self.window.selected = row.min(self.rows.len().saturating_sub(1));
    }

    fn id(&self, row: usize) -> Option<Id> {
        match *self.rows.get(row)? {
            DeskRow::Note(at) => self.notes.get(at).map(|note| Id::Note(note.number)),
            DeskRow::Mark(at) => self.marks.get(at).map(|(letter, _)| Id::Mark(*letter)),
        }
    }

    /// The note that is selected.
    pub fn note(&self) -> Option<&Note> {
        match self.rows.get(self.window.selected)? {
            DeskRow::Note(at) => self.notes.get(*at),
            DeskRow::Mark(_) => None,
        }
    }

    /// The mark that is selected.
    pub fn mark(&self) -> Option<&(char, Place)> {
        match self.rows.get(self.window.selected)? {
            DeskRow::Mark(at) => self.marks.get(*at),
            DeskRow::Note(_) => None,
        }
    }

    /// Selects a note by its number or a mark by its letter; false where it is not in the list.
    pub fn select(&mut self, name: &str) -> bool {
        let is_named = |row: &DeskRow| match row {
            DeskRow::Note(at) => {
                self.notes.get(*at).is_some_and(|note| note.number.to_string() == name)
            }
            DeskRow::Mark(at) => self.marks.get(*at).is_some_and(|mark| mark.0.to_string() == name),
        };
        let row = self.rows.iter().position(is_named);
        self.window.selected = row.unwrap_or(self.window.selected);
        row.is_some()
    }

    /// The notes shown, without the marks.
    pub fn shown(&self) -> impl Iterator<Item = &Note> {
        self.rows.iter().filter_map(|row| match row {
            DeskRow::Note(at) => self.notes.get(*at),
            DeskRow::Mark(_) => None,
        })
    }

    /// Lets a change be seen before the desk is read again.
    pub fn apply(&mut self, change: &Change) {
        let selected = self.id(self.window.selected);
        let mut to = selected;
        match change {
            Change::Note(_) | Change::Query(_) => {}
            Change::Edit(note) => {
                if let Some(here) = self.notes.iter_mut().find(|n| n.number == note.number) {
                    *here = (**note).clone();
                }
                to = Some(Id::Note(note.number));
            }
            Change::Remove(number) => self.notes.retain(|note| note.number != *number),
            Change::Restore(note) => {
                notes::put_back(&mut self.notes, (**note).clone());
                to = Some(Id::Note(note.number));
            }
            Change::Unmark(letter) => self.marks.retain(|(known, _)| known != letter),
            Change::Mark(letter, place) => {
                self.marks.retain(|(known, _)| known != letter);
                let at = self.marks.partition_point(|(known, _)| known < letter);
                self.marks.insert(at, (*letter, (**place).clone()));
                to = Some(Id::Mark(*letter));
            }
        }
        self.refresh_on(to);
    }

    /// How many there are.
    pub fn heading(&self) -> String {
        let many = |n: usize, one: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {one}s")),
        };
        let counts = [many(self.notes.len(), "note"), many(self.marks.len(), "mark")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        let counts = if counts.is_empty() { "none".to_owned() } else { counts.join(", ") };
        format!("Notes and marks: {counts}")
    }

    /// Whether a note or mark that is shown is on an exercise debate.
    pub fn has_exercise(&self) -> bool {
        let places = self.rows.iter().filter_map(|row| match row {
            DeskRow::Note(at) => self.notes.get(*at).map(|note| &note.place),
            DeskRow::Mark(at) => self.marks.get(*at).map(|(_, place)| place),
        });
        places.into_iter().any(|place| place.symbol.series() == Series::Exercise)
    }
}

/// What a note is filtered by.
fn words(note: &Note) -> String {
    let tags: Vec<String> = note.tags.iter().map(|tag| format!("#{tag}")).collect();
    fold::text(&format!(
        "{} {} {} {} {} {}",
        note.day(),
        words_of_place(&note.place),
        note.citation,
        note.quotation,
        note.text,
        tags.join(" ")
    ))
}

fn words_of_place(place: &Place) -> String {
    format!("{} {} {}", place.symbol, place.speaker, place.words)
}
