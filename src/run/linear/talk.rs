//! The talk: a line in, lines out. The state is that of the screens, and orders become the actions
//! that keys are; only what is said of it is of its own.

use crate::app::action::{Action, Effect, Opening, Question};
use crate::app::command::Command;
use crate::app::found::Words;
use crate::app::position::ParagraphAt;
use crate::cli::get::Fetcher;
use crate::desk::Desk;
use crate::screens::Screen;
use crate::screens::reading::speech;
use crate::screens::reading::state::Reader;
use crate::screens::speech::sentence;
use crate::screens::state::State;
use crate::screens::update::{open_at, update};

use super::words::{self, Order, Word};
use crate::run::answers::Sources;
use crate::run::desk::Keeper;
use crate::run::worker::Own;

/// Lines of a list that are said at a time.
const LINES: usize = 20;
/// Lines of a card that are said at a time: a vote and the Council are said whole.
const CARD: usize = 60;

/// The talk and what it holds.
pub struct Talk {
    pub(super) state: State,
    pub(super) sources: Sources,
    pub(super) desk: Desk,
    pub(super) own: Own,
    pub(super) keeper: Keeper,
    pub(super) fetcher: Fetcher,
    pub(super) now: fn() -> i64,
    /// What is still to be printed.
    pub(super) said: Vec<String>,
    /// Lines of the shown list that were said.
    pub(super) listed: usize,
    /// The part said last: shown item of the reader, and paragraph.
    pub(super) at: Option<(usize, usize)>,
    pub(super) over: bool,
    /// The desk had no note and no mark when it was asked last.
    pub(super) no_notes: bool,
    /// The order changed notes or marks, and it is on the disk.
    pub(super) changed: bool,
}

impl Talk {
    /// Over a library; `now` reads the clock, in seconds since 1970.
    pub fn new(
        state: State,
        sources: Sources,
        desk: Desk,
        own: Own,
        fetcher: Fetcher,
        now: fn() -> i64,
    ) -> Self {
        let (said, listed, at) = (Vec::new(), 0, None);
        let keeper = Keeper::new(own.desk.clone());
        Self {
            state,
            sources,
            desk,
            own,
            keeper,
            fetcher,
            now,
            said,
            listed,
            at,
            over: false,
            no_notes: false,
            changed: false,
        }
    }

    /// Opens what the command line asked for.
    pub fn open(&mut self, opening: &Opening) {
        let effects = open_at(&mut self.state, opening);
        self.do_outside(effects);
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

    /// Where the reader is, for the prompt.
    pub fn place(&self) -> String {
        self.state.screen().speech().place_name()
    }

    /// Keeps the place and ends the talk.
    pub fn end(&mut self) {
        self.command(Command::Quit);
    }

    /// Answers a line.
    pub fn hear(&mut self, line: &str) {
        self.changed = false;
        let order = words::read(line);
        if !matches!(order, Order::Onward | Order::Word(Word::Fetch, _)) {
            // Any other order is no answer to the question whether to fetch a record.
            self.state.shared.fetching.asked = None;
        }
        match order {
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
        self.do_outside(effects);
    }

    /// Says the message of the state, if there is one; true where there was.
    pub(super) fn message(&mut self) -> bool {
        let message = self.state.shared.message.take();
        let some = message.is_some();
        self.said.extend(message.map(sentence));
        some
    }

    /// Says the message of the state; where something `came` of the order, with the word that goes on from
    /// there in the place of the key the screens name.
    pub(super) fn told(&mut self, word: &str, came: bool) {
        let Some(message) = self.state.shared.message.take_if(|_| came) else {
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
            Screen::Help(_) => return self.said.extend(words::help()),
            // It is said where it was asked for.
            Screen::Compare(_) => return,
            screen => self.said.extend(screen.speech().introduction()),
        }
        if self.state.screen().speech().line_count().is_some() {
            self.more();
        }
    }

    /// Has the words read of the statements found that are said next, and more statements found where
    /// there are more.
    fn read_words(&mut self) {
        let to = self.listed + LINES;
        let Some(Screen::Search(search)) = self.state.screens.last_mut() else { return };
        search.select(to, 1);
        // What the screen wants next is asked for with whatever happens.
        let effects = update(&mut self.state, Action::Nothing);
        self.do_outside(effects);
        let Screen::Search(search) = self.state.screen() else { return };
        let found = search.results.found.iter().enumerate().take(to).skip(self.listed);
        let unread = found.filter(|(_, found)| found.words == Words::Awaited);
        let found: Vec<_> = unread.map(|(place, found)| (place, found.at.clone())).collect();
        if !found.is_empty() {
            let question = Question::Words { of: search.results.of.clone(), found };
            let number = self.state.shared.question;
            self.do_outside(vec![Effect::Ask { number, question }]);
        }
    }

    /// The next lines of the list.
    pub(super) fn more(&mut self) {
        self.read_words();
        let screen = self.state.screen();
        let count = screen.speech().line_count().unwrap_or(0);
        if count == 0 {
            return self.say("Nothing is in this list.");
        }
        let from = self.listed.min(count);
        if from == count {
            return self.say("That was the end of the list.");
        }
        let most = if matches!(screen, Screen::Card(_)) { CARD } else { LINES };
        let to = (from + most).min(count);
        self.said.extend(screen.speech().lines(from..to, &self.state.shared));
        self.listed = to;
        if to < count {
            self.say(format!("{to} of {count}. Enter goes on."));
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
            Some(speech::part(&reader.record, item, part))
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

    /// The part after the last one.
    pub(super) fn part_after(&self) -> Option<(usize, usize)> {
        let reader = self.reader()?;
        let Some((shown, part)) = self.at else { return Some((reader.begin(reader.top.item), 0)) };
        if part + 1 < reader.item(shown).map_or(0, speech::parts) {
            return Some((shown, part + 1));
        }
        reader.after(shown).map(|shown| (shown, 0))
    }
}
