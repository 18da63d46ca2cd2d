//! The talk: a line in, lines out. The state is that of the screens, and orders become the actions
//! that keys are; only what is said of it is of its own.

use crate::app::action::{Action, Command, Effect, Opening, Question};
use crate::app::meetings::{Meetings, Row};
use crate::app::reader::{ParagraphAt, Reader};
use crate::app::search::Words;
use crate::app::state::{Screen, State};
use crate::app::{open_at, update};
use crate::cli::list;
use crate::desk::Desk;
use crate::facts::meetings as table;
use crate::record::Item;

use super::say;
use super::words::{self, Order};
use crate::run::answers::Sources;
use crate::run::desk::Keeper;
use crate::run::worker::Own;

/// So many lines of a list are said at a time.
const LINES: usize = 20;
/// So many lines of a card: a vote and the Council are said whole.
const CARD: usize = 60;

/// The talk and what it holds.
pub struct Talk {
    pub(super) state: State,
    pub(super) sources: Sources,
    pub(super) desk: Desk,
    pub(super) own: Own,
    pub(super) keeper: Keeper,
    pub(super) now: fn() -> i64,
    /// What is still to be printed.
    pub(super) said: Vec<String>,
    /// Lines of the shown list that were said.
    pub(super) listed: usize,
    /// The part said last: shown item of the reader, and paragraph.
    pub(super) at: Option<(usize, usize)>,
    pub(super) over: bool,
    /// The order changed notes or marks, and it is on the disk.
    pub(super) changed: bool,
}

impl Talk {
    /// Over a library; `now` reads the clock, in seconds since 1970.
    pub fn new(state: State, sources: Sources, desk: Desk, own: Own, now: fn() -> i64) -> Self {
        let (said, listed, at) = (Vec::new(), 0, None);
        let keeper = Keeper::new(own.desk.clone());
        Self {
            state,
            sources,
            desk,
            own,
            keeper,
            now,
            said,
            listed,
            at,
            over: false,
            changed: false,
        }
    }

    /// Opens what the command line asked for.
    pub fn open(&mut self, opening: &Opening) {
        let effects = open_at(&mut self.state, opening);
        self.carry_out(effects);
        self.message();
        self.show();
    }

    /// Whether the person has left.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// What is to be printed, each line once.
    pub fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.said)
    }

    /// Where one is, for the prompt.
    pub fn place(&self) -> String {
        match self.state.screen() {
            Screen::Reader(r) => match r.statement() {
                Some(s) => format!("{} statement {}", r.record.symbol, s.number),
                None => r.record.symbol.to_string(),
            },
            Screen::Statements(list) => list.record.symbol.to_string(),
            Screen::Card(card) => card.title.clone(),
            Screen::Finder(_) => "find".to_owned(),
            Screen::Search(_) => "search".to_owned(),
            Screen::Notes(_) => "notes".to_owned(),
            Screen::Compare(_) => "compare".to_owned(),
            _ => "spv".to_owned(),
        }
    }

    /// Keeps the place and ends the talk.
    pub fn end(&mut self) {
        self.command(Command::Quit);
    }

    /// Answers a line.
    pub fn hear(&mut self, line: &str) {
        self.changed = false;
        match words::read(line) {
            Order::Onward => self.onward(),
            Order::Number(number) => self.number(number),
            Order::Open(symbol, page) => self.open(&Opening::Record(symbol, page)),
            Order::Search(needle) => self.search(&needle),
            Order::Word(word, rest) => self.word(word, &rest),
            Order::Unknown(word) => self.say(format!(
                "{word} is no word here. help lists them; find {word} looks for a name."
            )),
        }
    }

    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.said.push(line.into());
    }

    // The state, and what is to be done outside.

    pub(super) fn command(&mut self, command: Command) {
        let effects = update(&mut self.state, Action::Do(command));
        self.carry_out(effects);
    }

    /// Says the message of the state, if there is one; true where there was.
    pub(super) fn message(&mut self) -> bool {
        let message = self.state.message.take();
        let some = message.is_some();
        self.said.extend(message.map(sentence));
        some
    }

    /// Says the message of the state; where something `came` of the order, with the word that goes on from
    /// there in the place of the key the screens name.
    pub(super) fn told(&mut self, word: &str, came: bool) {
        let Some(message) = self.state.message.take_if(|_| came) else {
            self.message();
            return;
        };
        let what = message.split("; ").next().unwrap_or_default();
        self.say(format!("{what}; {word}."));
    }

    /// Does what a key does, and shows what that opened.
    pub(super) fn command_and_show(&mut self, command: Command) {
        let before = self.state.screens.len();
        self.command(command);
        self.message();
        if self.state.screens.len() != before {
            self.show();
        }
    }

    // What is here, said.

    /// Says the screen that was opened.
    pub(super) fn show(&mut self) {
        self.listed = 0;
        self.at = None;
        match self.state.screen() {
            Screen::Reader(_) => return self.say_here(),
            Screen::Statements(list) => {
                let mut head = say::head(&list.record);
                if let Some(spot) = list.place {
                    let number = spot.statement;
                    head.push(format!("You were in statement {number}; resume goes there."));
                }
                self.said.extend(head);
            }
            Screen::Help(..) => return self.said.extend(words::help()),
            Screen::Search(search) => {
                let totals = say::totals(search);
                let none = search.results.found.is_empty();
                self.said.extend(totals);
                if none {
                    return;
                }
            }
            Screen::Concordance(_) | Screen::Compare(_) => return,
            Screen::Meetings(_)
            | Screen::Answers(_)
            | Screen::Notes(_)
            | Screen::Card(_)
            | Screen::Finder(_) => {}
        }
        self.more();
    }

    /// The lines of the list that is shown; statements bear their own numbers.
    fn lines(&self) -> Vec<String> {
        let numbered = |lines: Vec<String>| -> Vec<String> {
            lines.iter().enumerate().map(|(i, l)| format!("{}. {l}", i + 1)).collect()
        };
        match self.state.screen() {
            Screen::Meetings(list) => {
                let next = self.listed..(self.listed + LINES).min(list.rows.len());
                // Thousands of meetings are known: only those to be said are put in words.
                let mut lines = vec![String::new(); list.rows.len()];
                for row in next {
                    lines[row] = format!("{}. {}", row + 1, self.meeting(list, row));
                }
                lines
            }
            Screen::Statements(list) => list
                .rows
                .iter()
                .filter_map(|row| match list.record.items.get(*row)? {
                    Item::Statement(s) => {
                        Some(format!("{}. {}", s.number, say::listed_statement(s)))
                    }
                    item => say::part(&list.record, item, 0).into_iter().next(),
                })
                .collect(),
            Screen::Answers(list) => numbered(list.rows.iter().map(say::answer).collect()),
            Screen::Notes(list) => list.rows.iter().filter_map(|r| say::note(list, *r)).collect(),
            Screen::Card(card) => say::card(card),
            Screen::Finder(find) => numbered(find.hits.hits.iter().map(say::hit).collect()),
            Screen::Search(search) => {
                numbered(search.results.found.iter().map(say::found).collect())
            }
            _ => Vec::new(),
        }
    }

    fn meeting(&self, list: &Meetings, row: usize) -> String {
        let row = match list.rows.get(row) {
            Some(Row::Here(index)) => {
                self.state.catalogue.entries.get(*index).map(list::ListRow::of_entry)
            }
            Some(Row::Known(id)) => table::get(*id).map(|m| list::ListRow::of_meeting(&m)),
            None => None,
        };
        row.map(|row| say::meeting(&row)).unwrap_or_default()
    }

    /// Has the words read of the statements found that are said next, and more statements found where
    /// there are more.
    fn read_words(&mut self) {
        let to = self.listed + LINES;
        let Some(Screen::Search(search)) = self.state.screens.last_mut() else { return };
        search.select(to, 1);
        // What the screen wants next is asked for with whatever happens.
        let effects = update(&mut self.state, Action::Nothing);
        self.carry_out(effects);
        let Screen::Search(search) = self.state.screen() else { return };
        let found = search.results.found.iter().enumerate().take(to).skip(self.listed);
        let unread = found.filter(|(_, found)| found.words == Words::Awaited);
        let found: Vec<_> = unread.map(|(place, found)| (place, found.at.clone())).collect();
        if !found.is_empty() {
            let question = Question::Words { of: search.results.of.clone(), found };
            let number = self.state.question;
            self.carry_out(vec![Effect::Ask { number, question }]);
        }
    }

    /// The next lines of the list.
    pub(super) fn more(&mut self) {
        self.read_words();
        let lines = self.lines();
        if lines.is_empty() {
            return self.say("Nothing is in this list.");
        }
        let from = self.listed.min(lines.len());
        if from == lines.len() {
            return self.say("That was the end of the list.");
        }
        let most = if matches!(self.state.screen(), Screen::Card(_)) { CARD } else { LINES };
        let to = (from + most).min(lines.len());
        self.said.extend(lines[from..to].iter().cloned());
        self.listed = to;
        if to < lines.len() {
            self.say(format!("{to} of {}. Enter goes on.", lines.len()));
        }
    }

    pub(super) fn reader(&self) -> Option<&Reader> {
        match self.state.screen() {
            Screen::Reader(reader) => Some(reader),
            _ => None,
        }
    }

    pub(super) fn reader_mut(&mut self) -> Option<&mut Reader> {
        match self.state.screens.last_mut() {
            Some(Screen::Reader(reader)) => Some(reader),
            _ => None,
        }
    }

    /// The reader, or a sentence how to come to one.
    pub(super) fn reading(&mut self) -> bool {
        let reading = self.reader().is_some();
        if !reading {
            self.say("No text is open. A number or a symbol opens one.");
        }
        reading
    }

    /// Says the part at the place of the reader.
    pub(super) fn say_here(&mut self) {
        let Some(reader) = self.reader() else { return };
        let item = reader.top.item;
        let here = reader.statement_item() == Some(item);
        let paragraph = reader.spot().filter(|_| here).map_or(0, |spot| spot.paragraph);
        self.say_part(item, paragraph);
    }

    /// Says a part and makes it the place.
    pub(super) fn say_part(&mut self, shown: usize, part: usize) {
        self.place_at(shown, part);
        let lines = self.reader().and_then(|reader| {
            let item = reader.item(shown)?;
            Some(say::part(&reader.record, item, part))
        });
        self.said.extend(lines.unwrap_or_default());
    }

    /// Makes a part the place, in silence.
    pub(super) fn place_at(&mut self, shown: usize, part: usize) {
        let Some(reader) = self.reader_mut() else { return };
        let shown = reader.begin(shown);
        match reader.index(shown) {
            Some(item) if part > 0 => {
                reader.to_byte(ParagraphAt { item, paragraph: part }, 0, 0);
            }
            Some(_) => reader.to_item(shown),
            None => return,
        }
        self.at = Some((shown, part));
    }

    /// The part behind the last one.
    pub(super) fn part_after(&self) -> Option<(usize, usize)> {
        let reader = self.reader()?;
        let Some((shown, part)) = self.at else { return Some((reader.begin(reader.top.item), 0)) };
        if part + 1 < reader.item(shown).map_or(0, say::parts) {
            return Some((shown, part + 1));
        }
        reader.after(shown).map(|shown| (shown, 0))
    }
}

/// A message of the screens, with a full stop.
pub(super) fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}
