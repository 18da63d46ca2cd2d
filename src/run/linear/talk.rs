//! The talk: a line in, lines out. The state is that of the screens, and orders become the actions
//! that keys are; only what is said of it is of its own.

use std::sync::atomic::AtomicBool;

use crate::app::action::{Action, Command, Effect, Opening, Spot};
use crate::app::line::InputLine;
use crate::app::meetings::{Meetings, Row};
use crate::app::reader::{ParagraphAt, Reader, Selection};
use crate::app::state::{Screen, State};
use crate::app::{card, open_at, update};
use crate::cli::list;
use crate::desk::{Desk, Place};
use crate::facts::meetings as table;
use crate::record::Item;

use super::say;
use super::words::{self, Order, Word};
use crate::run::answers::Sources;
use crate::run::worker::left_at;

/// So many lines of a list are said at a time.
const LINES: usize = 20;

/// The talk and what it holds.
pub struct Talk {
    state: State,
    sources: Sources,
    desk: Desk,
    now: fn() -> i64,
    /// What is still to be printed.
    said: Vec<String>,
    /// Lines of the shown list that were said.
    listed: usize,
    /// The part said last: shown item of the reader, and paragraph.
    at: Option<(usize, usize)>,
    over: bool,
}

impl Talk {
    /// Over a library; `now` reads the clock, in seconds since 1970.
    pub fn new(state: State, sources: Sources, desk: Desk, now: fn() -> i64) -> Self {
        let said = Vec::new();
        Self { state, sources, desk, now, said, listed: 0, at: None, over: false }
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
            _ => "spv".to_owned(),
        }
    }

    /// Keeps the place and ends the talk.
    pub fn end(&mut self) {
        self.command(Command::Quit);
    }

    /// Answers a line.
    pub fn hear(&mut self, line: &str) {
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

    fn word(&mut self, word: Word, rest: &str) {
        match word {
            Word::Next => self.go_to_statement(Command::NextStatement),
            Word::Previous => self.go_to_statement(Command::PreviousStatement),
            Word::Same => self.go_to_statement(Command::NextSame),
            Word::Read => self.read(rest == "all"),
            Word::Resume => self.resume(),
            Word::Page => self.page(rest),
            Word::List => self.list(rest),
            Word::Meetings => {
                while self.state.screens.len() > 1 {
                    self.command(Command::Close);
                }
                self.list(rest);
            }
            Word::Find => self.find(rest),
            Word::Follow => self.follow(rest),
            Word::Where => self.tell_where(),
            Word::Cite => self.copy(Command::CopyCitation),
            Word::Quote => self.copy(Command::CopyText),
            Word::Votes => self.of_record(Command::Votes),
            Word::Council => self.of_record(Command::Council),
            Word::Procedural => self.procedural(),
            Word::Back => self.back(),
            Word::Help => self.said.extend(words::help()),
            Word::Quit => self.end(),
        }
    }

    fn say(&mut self, line: impl Into<String>) {
        self.said.push(line.into());
    }

    // The state, and what is to be done outside.

    fn command(&mut self, command: Command) {
        let effects = update(&mut self.state, Action::Do(command));
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { number, question } => {
                    let desk = &self.desk;
                    let never = AtomicBool::new(false);
                    let answer = self.sources.answer(&question, |r| left_at(desk, r), &never);
                    let action = Action::Answer { number, answer: Box::new(answer) };
                    let effects = update(&mut self.state, action);
                    self.carry_out(effects);
                }
                // There is no clipboard to count on; what is copied is printed.
                Effect::Copy(text) => self.said.extend(text.lines().map(ToOwned::to_owned)),
                Effect::KeepPlace { symbol, language, spot, words } => {
                    let Spot { statement, paragraph, byte } = spot;
                    let at = (self.now)();
                    let place = Place { symbol, language, statement, paragraph, byte, words, at };
                    if let Err(error) = self.desk.keep_place(place) {
                        self.say(error.to_string());
                    }
                }
                Effect::Quit => self.over = true,
                Effect::Suspend | Effect::Redraw => {}
            }
        }
    }

    /// Says the message of the state, if there is one; true where there was.
    fn message(&mut self) -> bool {
        let message = self.state.message.take();
        let some = message.is_some();
        self.said.extend(message.map(sentence));
        some
    }

    /// Does what a key does, and shows what that opened.
    fn command_and_show(&mut self, command: Command) {
        let before = self.state.screens.len();
        self.command(command);
        self.message();
        if self.state.screens.len() != before {
            self.show();
        }
    }

    // What is here, said.

    /// Says the screen that was opened.
    fn show(&mut self) {
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
            Screen::Card(card) => {
                let lines = say::card(card);
                self.listed = lines.len();
                self.said.extend(lines);
                return;
            }
            Screen::Help(..) => return self.said.extend(words::help()),
            Screen::Meetings(_) | Screen::Answers(_) | Screen::Finder(_) => {}
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
            Screen::Finder(find) => numbered(find.hits.hits.iter().map(say::hit).collect()),
            _ => Vec::new(),
        }
    }

    fn meeting(&self, list: &Meetings, row: usize) -> String {
        let row = match list.rows.get(row) {
            Some(Row::Here(index)) => {
                self.state.catalogue.entries.get(*index).map(list::Row::of_entry)
            }
            Some(Row::Known(id)) => table::get(*id).map(|m| list::Row::of_meeting(&m)),
            None => None,
        };
        row.map(|row| say::meeting(&row)).unwrap_or_default()
    }

    /// The next lines of the list.
    fn more(&mut self) {
        let lines = self.lines();
        if lines.is_empty() {
            return self.say("Nothing is in this list.");
        }
        let from = self.listed.min(lines.len());
        if from == lines.len() {
            return self.say("That was the end of the list.");
        }
        let to = (from + LINES).min(lines.len());
        self.said.extend(lines[from..to].iter().cloned());
        self.listed = to;
        if to < lines.len() {
            self.say(format!("{to} of {}. Enter goes on.", lines.len()));
        }
    }

    fn reader(&self) -> Option<&Reader> {
        match self.state.screen() {
            Screen::Reader(reader) => Some(reader),
            _ => None,
        }
    }

    fn reader_mut(&mut self) -> Option<&mut Reader> {
        match self.state.screens.last_mut() {
            Some(Screen::Reader(reader)) => Some(reader),
            _ => None,
        }
    }

    /// The reader, or a sentence how to come to one.
    fn reading(&mut self) -> bool {
        let reading = self.reader().is_some();
        if !reading {
            self.say("No text is open. A number or a symbol opens one.");
        }
        reading
    }

    /// Says the part at the place of the reader.
    fn say_here(&mut self) {
        let Some(reader) = self.reader() else { return };
        let item = reader.top.item;
        let here = reader.statement_item() == Some(item);
        let paragraph = reader.spot().filter(|_| here).map_or(0, |spot| spot.paragraph);
        self.say_part(item, paragraph);
    }

    /// Says a part and makes it the place.
    fn say_part(&mut self, shown: usize, part: usize) {
        let Some(reader) = self.reader_mut() else { return };
        let record = reader.record.clone();
        let Some(&item) = reader.items.get(shown) else { return };
        if matches!(record.items[item], Item::Statement(_)) && part > 0 {
            reader.to_byte(ParagraphAt { item, paragraph: part }, 0, 0);
        } else {
            reader.to_item(shown);
        }
        self.at = Some((shown, part));
        self.said.extend(say::part(&record, &record.items[item], part));
    }

    /// The part behind the last one.
    fn part_after(&self) -> Option<(usize, usize)> {
        let reader = self.reader()?;
        let Some((shown, part)) = self.at else { return Some((reader.top.item, 0)) };
        if part + 1 < reader.item(shown).map_or(0, say::parts) {
            return Some((shown, part + 1));
        }
        (shown + 1 < reader.items.len()).then_some((shown + 1, 0))
    }

    // The orders.

    fn onward(&mut self) {
        match self.state.screen() {
            Screen::Reader(_) => match self.part_after() {
                Some((shown, part)) => self.say_part(shown, part),
                None => self.say("That was the end of the record."),
            },
            Screen::Card(_) | Screen::Help(..) => {
                self.say("That is all. A number opens a line; back goes back.");
            }
            _ => self.more(),
        }
    }

    fn number(&mut self, number: u32) {
        let row = (number as usize).wrapping_sub(1);
        let listed = self.listed;
        let opens = match self.state.screens.last_mut() {
            Some(Screen::Meetings(list)) if row < listed => {
                list.window.selected = row;
                true
            }
            Some(Screen::Answers(list)) if row < listed => {
                list.window.selected = row;
                true
            }
            Some(Screen::Finder(find)) if row < listed => {
                find.window.selected = row;
                true
            }
            Some(Screen::Card(card)) => select_link(card, row, self.state.geometry.columns),
            Some(Screen::Statements(list)) => {
                let selected = list.select(number, 1);
                if selected {
                    list.place = None;
                }
                selected
            }
            Some(Screen::Reader(reader)) => match reader.item_of_statement(number) {
                Some(item) => {
                    if reader.items.binary_search(&item).is_err() {
                        reader.show_procedural(true);
                    }
                    reader.to_spot(Spot { statement: number, paragraph: 0, byte: 0 });
                    return self.say_here();
                }
                None => false,
            },
            _ => false,
        };
        if opens {
            return self.command_and_show(Command::Open);
        }
        // No line of this list: the number of a meeting.
        match number.to_string().parse() {
            Ok(symbol) => self.open(&Opening::Record(symbol, None)),
            Err(_) => self.say(format!("There is no {number} here.")),
        }
    }

    fn go_to_statement(&mut self, command: Command) {
        if !self.reading() {
            return;
        }
        let before = self.at;
        self.command(command);
        let item = self.reader().map(|r| r.top.item);
        if self.message() {
            return;
        }
        let stayed =
            before.map(|(shown, _)| shown) == item && command != Command::PreviousStatement;
        if stayed
            || !matches!(
                self.reader().zip(item).and_then(|(r, i)| r.item(i)),
                Some(Item::Statement(_))
            )
        {
            // The screen may have gone to the end; the place stays where it was.
            if let Some((shown, part)) = before {
                self.at = Some((shown, part));
            }
            return self.say("That was the last statement.");
        }
        if let Some(item) = item {
            self.say_part(item, 0);
        }
    }

    fn read(&mut self, all: bool) {
        if let Screen::Statements(_) = self.state.screen() {
            self.command_and_show(Command::Open);
        }
        if !self.reading() {
            return;
        }
        let mut spoken = 0;
        let first = self.part_after().map(|(shown, _)| shown);
        while let Some((shown, part)) = self.part_after() {
            if !all && Some(shown) != first {
                break;
            }
            self.say_part(shown, part);
            spoken += 1;
        }
        if spoken == 0 {
            self.say("That was the end of the record.");
        }
    }

    fn resume(&mut self) {
        let Some(Screen::Statements(list)) = self.state.screens.last_mut() else {
            return self.say("resume goes on in a record just opened.");
        };
        let Some(spot) = list.place else {
            return self.say("You have not read in this record yet.");
        };
        list.select(spot.statement, 1);
        self.command_and_show(Command::Open);
    }

    fn page(&mut self, rest: &str) {
        if let Screen::Statements(_) = self.state.screen() {
            self.command(Command::Open);
        }
        if !self.reading() {
            return;
        }
        let Ok(page) = rest.parse() else {
            return self.say("Say which page: page 3.");
        };
        if self.reader_mut().is_some_and(|r| r.to_page(page)) {
            self.say_here();
        } else {
            self.say(format!("No page {page} is known here."));
        }
    }

    fn list(&mut self, filter: &str) {
        if self.reader().is_some() {
            self.command(Command::Close);
        }
        let line = InputLine::new(filter);
        match self.state.screens.last_mut() {
            Some(Screen::Meetings(list)) => {
                list.filter = line;
                list.refresh(&self.state.catalogue);
            }
            Some(Screen::Statements(list)) => {
                list.filter = line;
                list.refresh();
            }
            _ if !filter.is_empty() => {
                return self.say("Words choose only among meetings and statements.");
            }
            _ => return self.show(),
        }
        self.listed = 0;
        self.more();
    }

    fn find(&mut self, words: &str) {
        if words.is_empty() {
            return self.say("Say what to find: find umarov kazakhstan.");
        }
        if matches!(self.state.screen(), Screen::Finder(_)) {
            self.command(Command::Cancel);
        }
        self.open(&Opening::Find(words.to_owned()));
    }

    fn search(&mut self, needle: &str) {
        if let Screen::Statements(_) = self.state.screen() {
            self.command(Command::Open);
        }
        if !self.reading() {
            return;
        }
        if needle.is_empty() {
            self.command(Command::NextHit);
        } else {
            self.command(Command::Slash);
            update(&mut self.state, Action::Insert(needle.to_owned()));
            self.command(Command::Submit);
        }
        self.message();
        let hit = self.reader().and_then(|reader| {
            let scan = reader.scan.as_ref()?;
            let at = scan.hits.get(scan.current?)?.at;
            Some((reader.items.binary_search(&at.item).ok()?, at.paragraph))
        });
        if let Some((shown, paragraph)) = hit {
            if let Some(Item::Statement(s)) = self.reader().and_then(|r| r.item(shown)) {
                let parts = s.paragraphs.len();
                let line = format!(
                    "In statement {}, {}, paragraph {} of {parts}:",
                    s.number,
                    s.speaker.printed,
                    paragraph + 1
                );
                self.say(line);
            }
            self.say_part(shown, paragraph);
        }
    }

    fn follow(&mut self, rest: &str) {
        if !self.reading() {
            return;
        }
        let wanted: usize = if rest.is_empty() { 1 } else { rest.parse().unwrap_or(0) };
        let Some((shown, part)) = self.at else { return };
        let Some(reader) = self.reader_mut() else { return };
        let setting = reader.lines(shown);
        let in_part = setting.references.iter().enumerate().filter(|(_, (p, _))| *p == part);
        let number = in_part.map(|(number, _)| number).nth(wanted.wrapping_sub(1));
        let Some(number) = number else {
            return self.say("This paragraph has no such reference.");
        };
        reader.reference = Some((shown, number));
        self.command_and_show(Command::Open);
        // Enter would follow it once more when one is back.
        for screen in &mut self.state.screens {
            if let Screen::Reader(reader) = screen {
                reader.reference = None;
            }
        }
    }

    fn tell_where(&mut self) {
        let lines = match self.state.screen() {
            Screen::Reader(reader) => {
                let mut lines = say::head(&reader.record);
                let total = reader.record.statements().count();
                if let Some(s) = reader.statement() {
                    let part = self.at.map_or(1, |(_, part)| part + 1);
                    let parts = s.paragraphs.len();
                    lines.push(format!(
                        "Statement {} of {total}: {}. Paragraph {part} of {parts}.",
                        s.number, s.speaker.printed
                    ));
                }
                lines.extend(reader.page().map(|page| format!("Page {page}.")));
                lines.push(format!("{} percent of the record.", reader.percent()));
                lines
            }
            Screen::Statements(list) => say::head(&list.record),
            Screen::Card(card) => vec![sentence(card.title.clone())],
            Screen::Meetings(list) => vec![format!("Meetings: {} in this list.", list.rows.len())],
            Screen::Answers(list) => vec![format!("{} statements found.", list.rows.len())],
            Screen::Finder(find) => {
                vec![format!("Found for {}: {}.", find.line.text(), find.hits.total)]
            }
            Screen::Help(..) => Vec::new(),
        };
        self.said.extend(lines);
    }

    fn copy(&mut self, command: Command) {
        let part = self.at;
        if let (Some((shown, paragraph)), Some(reader)) = (part, self.reader_mut()) {
            if let Some(&item) = reader.items.get(shown) {
                let at = ParagraphAt { item, paragraph };
                reader.selection = Some(Selection { anchor: at, head: at });
            }
        } else if !matches!(self.state.screen(), Screen::Statements(_)) {
            return self.say("No text is open. A number or a symbol opens one.");
        }
        self.command(command);
        // It would say that it was copied; it was printed.
        self.state.message = None;
    }

    fn of_record(&mut self, command: Command) {
        match self.state.screen() {
            Screen::Reader(_) | Screen::Statements(_) => self.command_and_show(command),
            _ => self.say("No record is open. A number or a symbol opens one."),
        }
    }

    fn procedural(&mut self) {
        if !self.reading() {
            return;
        }
        let here =
            self.at.and_then(|(shown, part)| Some((*self.reader()?.items.get(shown)?, part)));
        self.command(Command::Procedural);
        self.message();
        // The same item has another number among those shown; one left out has none.
        let reader = self.reader();
        self.at = here.zip(reader).and_then(|((item, part), reader)| {
            let shown = reader.items.binary_search(&item);
            shown.ok().map(|shown| (shown, part))
        });
    }

    fn back(&mut self) {
        if self.state.screens.len() < 2 {
            return self.say("This is the first list. quit leaves.");
        }
        let finder = matches!(self.state.screen(), Screen::Finder(_));
        self.command(if finder { Command::Cancel } else { Command::Close });
        self.message();
        (self.listed, self.at) = (0, None);
        if let Some(reader) = self.reader() {
            let part = reader.spot().map_or(0, |s| s.paragraph);
            self.at = Some((reader.top.item, part));
        }
        self.tell_where();
        if self.reader().is_none() {
            self.say("list says its lines again.");
        }
    }
}

/// A message of the screens, with a full stop.
fn sentence(mut text: String) -> String {
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// Selects a link of a card by its number, from 0; false where it has none such.
fn select_link(card: &mut card::Card, number: usize, columns: u16) -> bool {
    let rows = card.rows(columns.saturating_sub(3));
    let links = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.first && card.lines[row.line].target.is_some());
    let row = links.map(|(row, _)| row).nth(number);
    card.window.selected = row.unwrap_or(card.window.selected);
    row.is_some()
}
