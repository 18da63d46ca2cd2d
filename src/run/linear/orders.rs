//! The orders: what each word of the table does to the state, and what is said of it.

use crate::app::action::{Action, Opening};
use crate::app::command::Command;
use crate::app::fetching::question;
use crate::app::line::InputLine;
use crate::app::position::{ParagraphAt, Spot};
use crate::record::Item;
use crate::screens::Screen;
use crate::screens::behaviour::Speech as _;
use crate::screens::speech::head;
use crate::screens::update::{open_at, update};
use crate::search::collocates::{SPAN, WIDEST};
use crate::search::find::parse_day;

use super::talk::Talk;
use super::words::{self, Word};

impl Talk {
    /// Does what a word of the table says.
    pub(super) fn word(&mut self, word: Word, rest: &str) {
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
            Word::Search => self.search_all(rest),
            Word::Chart => self.chart(rest),
            Word::Follow => self.follow(rest),
            Word::Where => self.tell_where(),
            Word::Cite => self.copy(Command::CopyCitation, rest),
            Word::Quote => self.copy(Command::CopyText, rest),
            Word::Votes => self.of_record(Command::Votes),
            Word::Council if rest.is_empty() => self.of_record(Command::Council),
            Word::Council => self.council_on(rest),
            Word::Item if matches!(self.state.screen(), Screen::Card(_)) => {
                self.command_and_show(Command::Item);
            }
            Word::Item => self.of_record(Command::Item),
            Word::Today => {
                self.command(Command::Today);
                self.show();
            }
            Word::Doubts => self.command_and_show(Command::Problems),
            Word::Last => self.last(),
            Word::Backlinks => self.backlinks(rest),
            Word::Fetch => self.fetch_missing(Command::Fetch),
            Word::Compare => self.compare(),
            Word::Like => self.like(rest),
            Word::Note => self.note(rest),
            Word::Notes => self.notes(rest),
            Word::Mark => self.mark(rest),
            Word::Marks => self.marks(rest),
            Word::Reword => self.edit(Command::Note, rest),
            Word::Tags => self.edit(Command::Tags, rest),
            Word::Remove => self.remove(rest),
            Word::Undo => self.undo(),
            Word::Collocates => self.collocates(rest),
            Word::Keep => self.keep(rest),
            Word::Queries => self.queries(),
            Word::Export => self.export(rest),
            Word::Procedural => self.procedural(),
            Word::Back if matches!(self.state.screen(), Screen::Finder(_)) => {
                self.back(Command::Cancel);
            }
            Word::Back => self.back(Command::Close),
            Word::Return => self.back(Command::Back),
            Word::Help => self.said.extend(words::help()),
            Word::Quit => self.end(),
        }
    }

    pub(super) fn onward(&mut self) {
        if self.state.shared.fetching.asked.is_some() {
            return self.fetch_missing(Command::Open);
        }
        match self.state.screen() {
            Screen::Reader(_) => match self.part_after() {
                Some((shown, part)) => self.say_part(shown, part),
                None => self.say("That was the end of the record."),
            },
            Screen::Card(card) if card.line_count().is_none_or(|count| self.listed >= count) => {
                self.say("That is all. A number opens a line; back goes back.");
            }
            Screen::Help(_) => self.say("That is all. A number opens a line; back goes back."),
            Screen::Compare(_) => self.say("Both were said. back goes back."),
            _ => self.more(),
        }
    }

    /// The words beside the occurrences of the query of the list.
    fn collocates(&mut self, span: &str) {
        let Screen::Search(search) = self.state.screen() else {
            return self.say("Search first: search truth and reconciliation.");
        };
        let asked = search.asked();
        if !asked.query().has_words() {
            return self.say("Words are counted beside others: search a word besides the fields.");
        }
        let span = span.parse().unwrap_or(SPAN).clamp(1, WIDEST);
        let effect = self.state.shared.ask_for_collocates(&asked.line, &asked.narrow, span);
        self.do_outside(vec![effect]);
        self.message();
        self.show();
    }

    /// The statements most like the one that is read, or one of the list.
    fn like(&mut self, which: &str) {
        if !matches!(
            self.state.screen(),
            Screen::Reader(_) | Screen::Statements(_) | Screen::Search(_)
        ) {
            return self.say("like needs a statement: open a record, or search first.");
        }
        if let Ok(number) = which.parse() {
            let said = self.listed;
            let (screen, shared) = self.state.top();
            if !screen.speech_mut().choose(number, said, shared) {
                return self.say(format!("There is no {number} here."));
            }
        }
        self.command_and_show(Command::MoreLike);
    }

    /// Asks whether to fetch the record that is missing; after the question, fetches and opens it.
    fn fetch_missing(&mut self, command: Command) {
        if !matches!(self.state.screen(), Screen::Card(_)) {
            return self.say("fetch gets the record of a meeting that is not here: open it first.");
        }
        self.command(command);
        match &self.state.shared.fetching.asked {
            Some(symbol) => {
                let question = question(symbol);
                self.state.shared.message = None;
                self.say(format!("{question} fetch again, or Enter, fetches it."));
            }
            None => drop(self.message()),
        }
        if !matches!(self.state.screen(), Screen::Card(_)) {
            self.show();
        }
    }

    pub(super) fn number(&mut self, number: u32) {
        match self.state.screens.last_mut() {
            Some(Screen::Notes(_)) => return self.passage(number),
            Some(Screen::Reader(reader)) => {
                if let Some(item) = reader.item_of_statement(number) {
                    if reader.first_of(item).is_none() {
                        reader.show_procedural(true);
                    }
                    reader.to_spot(Spot { statement: number, paragraph: 0, byte: 0 });
                    return self.say_here();
                }
            }
            _ => {}
        }
        let said = self.listed;
        let (screen, shared) = self.state.top();
        if screen.speech_mut().choose(number, said, shared) {
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
        match self.state.top() {
            (Screen::Meetings(list), shared) => {
                list.filter = line;
                list.refresh(&shared.catalogue);
            }
            (Screen::Statements(list), _) => {
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

    /// Search in every record: the statements, numbered.
    fn search_all(&mut self, query: &str) {
        if query.is_empty() {
            return self.say("Say what to search: search truth and reconciliation.");
        }
        if matches!(self.state.screen(), Screen::Search(_)) {
            self.command(Command::Close);
        }
        // With a space after it the last word is whole: nobody is typing.
        let effects = open_at(&mut self.state, &Opening::Search(format!("{query} ")));
        self.do_outside(effects);
        self.command(Command::ToHits);
        self.message();
        self.show();
    }

    pub(super) fn search(&mut self, needle: &str) {
        if let Screen::Statements(_) = self.state.screen() {
            self.command(Command::Open);
        }
        if !self.reading() {
            return;
        }
        if needle.is_empty() {
            self.command(Command::NextHit);
        } else {
            // From here on, and here is a paragraph; from its heading the screens search from the start.
            if let Some(((shown, paragraph), reader)) = self.at.zip(self.reader_mut())
                && let Some(item) = reader.index(shown)
            {
                reader.to_byte(ParagraphAt { item, paragraph }, 1, 0);
            }
            self.command(Command::Slash);
            update(&mut self.state, Action::Insert(needle.to_owned()));
            self.command(Command::Submit);
        }
        self.message();
        let hit = self.reader().and_then(|reader| {
            let scan = reader.scan.as_ref()?;
            let at = scan.hits.get(scan.current?)?.at;
            Some((reader.first_of(at.item)?, at.paragraph))
        });
        if let Some((shown, paragraph)) = hit {
            // The first paragraph is said with its heading.
            let within = self.reader().and_then(|r| r.item(shown)).filter(|_| paragraph > 0);
            if let Some(Item::Statement(s)) = within {
                let (number, who, parts) = (s.number, &s.speaker.printed, s.paragraphs.len());
                self.say(format!(
                    "In statement {number}, {who}, paragraph {} of {parts}:",
                    paragraph + 1
                ));
            }
            self.say_part(shown, paragraph);
        }
    }

    fn tell_where(&mut self) {
        let lines = match self.state.screen() {
            Screen::Reader(reader) => {
                let mut lines = head(&reader.record);
                let total = reader.of_statements;
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
            screen => screen.speech().summary(),
        };
        self.said.extend(lines);
    }

    pub(super) fn of_record(&mut self, command: Command) {
        match self.state.screen() {
            Screen::Reader(_) | Screen::Statements(_) => self.command_and_show(command),
            _ => self.say("No record is open. A number or a symbol opens one."),
        }
    }

    /// The Council on a day.
    fn council_on(&mut self, date: &str) {
        let Some(date) = parse_day(date) else {
            return self.say("Say which day: council 30 nov 2026.");
        };
        let effects = update(&mut self.state, Action::CouncilOn(date));
        self.do_outside(effects);
        self.show();
    }

    fn procedural(&mut self) {
        if !self.reading() {
            return;
        }
        let here = self.at.and_then(|(shown, part)| Some((self.reader()?.index(shown)?, part)));
        self.command(Command::Procedural);
        self.message();
        // The same item has another number among those shown; one left out has none.
        let reader = self.reader();
        self.at = here
            .zip(reader)
            .and_then(|((item, part), reader)| reader.first_of(item).map(|shown| (shown, part)));
    }

    fn back(&mut self, command: Command) {
        if self.state.screens.len() < 2 {
            return self.say("This is the first list. quit leaves.");
        }
        self.command(command);
        self.message();
        (self.listed, self.at) = (0, None);
        if let Some(reader) = self.reader() {
            let part = reader.spot().map_or(0, |s| s.paragraph);
            self.place_at(reader.top.item, part);
        }
        self.tell_where();
        if self.reader().is_none() {
            self.say("list says its lines again.");
        }
    }
}
