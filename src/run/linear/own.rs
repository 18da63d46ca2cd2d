//! The orders about what is the person's own: notes, marks, and files written.

use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::line::{self, InputLine};
use crate::screens::Screen;
use crate::screens::notes::state::DeskRow;
use crate::screens::update::update;

use super::talk::Talk;

impl Talk {
    pub(super) fn note(&mut self, words: &str) {
        if words.is_empty() {
            return self.say("Say the note: note ask for the list #ports.");
        }
        if !self.reading() || !self.fits(words) {
            return;
        }
        self.select_part();
        self.typed(Command::Note, words);
        if let Some(reader) = self.reader_mut() {
            reader.selection = None;
        }
        self.told("notes lists it", self.changed);
    }

    pub(super) fn mark(&mut self, letter: &str) {
        if letter.chars().count() != 1 {
            return self.say("Say one letter: mark k.");
        }
        if self.reading() {
            self.typed(Command::SetMark, letter);
            self.told(&format!("marks {letter} comes back"), self.changed);
        }
    }

    pub(super) fn marks(&mut self, letter: &str) {
        match letter.chars().count() {
            0 if self.open_notes() => {
                if let Some(Screen::Notes(list)) = self.state.screens.last_mut() {
                    list.rows.retain(|row| matches!(row, DeskRow::Mark(_)));
                }
                self.show();
            }
            0 => {}
            1 => {
                let before = self.state.screens.len();
                self.typed(Command::ToMark, letter);
                self.message();
                if self.state.screens.len() != before {
                    self.show();
                }
            }
            _ => self.say("Say one letter: marks k."),
        }
    }

    pub(super) fn notes(&mut self, words: &str) {
        if !self.open_notes() {
            return;
        }
        if let Some(Screen::Notes(list)) = self.state.screens.last_mut() {
            list.filter = InputLine::new(words);
            list.refresh();
        }
        self.show();
    }

    /// Opens the list of notes and marks, whole and in silence; false, and said why, where there is none.
    fn open_notes(&mut self) -> bool {
        if matches!(self.state.screen(), Screen::Notes(_)) {
            self.command(Command::Close);
        }
        self.command(Command::Notes);
        let open = matches!(self.state.screen(), Screen::Notes(_));
        if !open && self.no_notes {
            self.state.shared.message = None;
            self.say("There is no note or mark yet: note and mark make them.");
        } else {
            self.message();
        }
        open
    }

    /// The passage of the note with this number.
    pub(super) fn passage(&mut self, number: u32) {
        if self.select(&number.to_string()) {
            self.command_and_show(Command::Open);
        }
    }

    pub(super) fn remove(&mut self, which: &str) {
        if which.is_empty() {
            return self.say("Say which: remove 3 for a note, remove k for a mark.");
        }
        if let Some(Screen::Kept(list)) = self.state.screens.last_mut() {
            let row = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let Some(row) = row.filter(|row| *row < list.rows.len()) else {
                return self.say(format!("There is no kept query {which} here."));
            };
            list.window.selected = row;
            self.command(Command::Remove);
            return self.told("undo puts it back", self.changed);
        }
        if self.open_notes() && self.select(which) {
            self.command(Command::Remove);
            self.told("undo puts it back", self.changed);
        }
    }

    /// Other words or tags for a note.
    pub(super) fn edit(&mut self, command: Command, rest: &str) {
        let (which, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let words = words.trim();
        if which.parse::<u32>().is_err() {
            let example =
                if command == Command::Tags { "tags 3 ports grain" } else { "reword 3 ask again" };
            return self.say(format!("Say the number of the note first: {example}."));
        }
        if self.fits(words) && self.open_notes() && self.select(which) {
            self.typed(command, words);
            self.told("undo takes it back", self.changed);
        }
    }

    /// Keeps the query of the statements that are listed; without a name it gets its own words.
    pub(super) fn keep(&mut self, name: &str) {
        if !matches!(self.state.screen(), Screen::Search(_) | Screen::Concordance(_)) {
            return self.say("Search first: search truth and reconciliation.");
        }
        if !self.fits(name) {
            return;
        }
        if name.is_empty() {
            self.command(Command::KeepQuery);
            self.command(Command::Submit);
        } else {
            self.typed(Command::KeepQuery, name);
        }
        self.told("queries lists it", self.changed);
    }

    pub(super) fn queries(&mut self) {
        if matches!(self.state.screen(), Screen::Kept(_)) {
            self.command(Command::Close);
        }
        self.command_and_show(Command::KeptQueries);
    }

    /// Takes back the latest change here: of the kept queries in their list, else of the notes and marks.
    pub(super) fn undo(&mut self) {
        if matches!(self.state.screen(), Screen::Kept(_)) {
            self.command(Command::Undo);
            self.message();
            return;
        }
        if self.open_notes() {
            self.command(Command::Undo);
            self.message();
        }
    }

    /// Selects a note by its number or a mark by its letter; false, and said, where there is none.
    fn select(&mut self, which: &str) -> bool {
        let Some(Screen::Notes(list)) = self.state.screens.last_mut() else { return false };
        let selected = list.select(which);
        if !selected {
            self.say(format!("There is no note or mark {which} here."));
        }
        selected
    }

    pub(super) fn export(&mut self, file: &str) {
        self.command(Command::Export);
        if self.state.prompt.is_some() {
            if !file.is_empty() {
                self.command(Command::DeleteLine);
                update(&mut self.state, Action::Insert(file.to_owned()));
            }
            self.command(Command::Submit);
        }
        if !self.message() {
            self.say("There is nothing here to write.");
        }
    }

    /// Does what a key does that asks for a line, and types the line: a letter needs no Enter.
    fn typed(&mut self, command: Command, words: &str) {
        self.command(command);
        if self.state.prompt.is_none() {
            return;
        }
        self.command(Command::DeleteLine);
        let effects = update(&mut self.state, Action::Insert(words.to_owned()));
        self.do_outside(effects);
        if self.state.prompt.is_some() {
            self.command(Command::Submit);
        }
    }

    /// Whether words fit in the line they would be typed in: it would cut them.
    fn fits(&mut self, words: &str) -> bool {
        let fits = words.len() <= line::LIMIT;
        if !fits {
            self.say(format!("That is too long; {} bytes are the most.", line::LIMIT));
        }
        fits
    }
}
