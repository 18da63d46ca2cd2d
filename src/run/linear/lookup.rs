//! The orders of quick lookup: references, last word, two statements, quotations.

use crate::app::chart::{Asked, queries_of};
use crate::app::command::Command;
use crate::app::number::long_date;
use crate::app::position::{ParagraphAt, Passage, Selection};
use crate::record::sentences::{sentences, trimmed};
use crate::screens::Screen;
use crate::screens::behaviour::Speech as _;
use crate::screens::opening;

use super::talk::Talk;

impl Talk {
    pub(super) fn follow(&mut self, rest: &str) {
        if !self.reading() || !self.choose_reference(rest) {
            return;
        }
        self.command_and_show(Command::Open);
        self.forget_references();
    }

    /// Selects a reference of the paragraph said last, the first where no number is given.
    fn choose_reference(&mut self, number: &str) -> bool {
        let wanted: usize = if number.is_empty() { 1 } else { number.parse().unwrap_or(0) };
        let at = self.at;
        let chosen = self.reader_mut().zip(at).and_then(|(reader, (shown, part))| {
            let at = ParagraphAt { item: reader.index(shown)?, paragraph: part };
            let (shown, number) = reader.reference_in(at, wanted.wrapping_sub(1))?;
            // Only a reference on the screen is followed, and the screen has one row here; byte 0 of
            // a statement is that of its heading.
            let byte = reader.lines(shown).references[number].1.at.start.max(1);
            reader.to_byte(at, byte, 0);
            reader.reference = Some((shown, number));
            Some(())
        });
        if chosen.is_none() {
            self.say("This paragraph has no such reference.");
        }
        chosen.is_some()
    }

    /// Enter would follow it once more when one is back.
    fn forget_references(&mut self) {
        for screen in &mut self.state.screens {
            if let Screen::Reader(reader) = screen {
                reader.reference = None;
            }
        }
    }

    pub(super) fn backlinks(&mut self, rest: &str) {
        match self.state.screen() {
            Screen::Reader(_) if rest.is_empty() => {
                self.forget_references();
                self.command_and_show(Command::Backlinks);
            }
            Screen::Reader(_) => {
                if self.choose_reference(rest) {
                    self.command_and_show(Command::Backlinks);
                    self.forget_references();
                }
            }
            Screen::Card(_) => self.command_and_show(Command::Backlinks),
            _ => self.of_record(Command::Backlinks),
        }
    }

    /// The chart of some queries, or of the search that is open: `by state rate ceasefire; truce`.
    pub(super) fn chart(&mut self, rest: &str) {
        let (mut commands, mut rest) = (Vec::new(), rest.trim());
        let split = |text: &'_ str| -> (String, usize) {
            let word = text.split_whitespace().next().unwrap_or("");
            (word.to_lowercase(), word.len())
        };
        loop {
            let (word, length) = split(rest);
            let after = rest[length..].trim_start();
            let (what, further) = split(after);
            let further = after[further..].trim_start();
            let (command, after) = match (word.as_str(), what.as_str()) {
                ("rate", _) => (Command::Rates, after),
                ("by", "year") => (Command::ByYear, further),
                ("by", "month") => (Command::ByMonth, further),
                ("by", "state") => (Command::States, further),
                ("by", "topic") => (Command::ByTopic, further),
                _ => break,
            };
            commands.push(command);
            rest = after;
        }
        if !rest.is_empty() {
            match queries_of(rest) {
                Ok(queries) => {
                    let asked = Asked { queries, ..Asked::default() };
                    let effects = opening::chart(&mut self.state, asked);
                    self.do_outside(effects);
                }
                Err(many) => return self.say(format!("Say fewer queries: {many}.")),
            }
        } else if !matches!(self.state.screen(), Screen::Chart(_)) {
            self.command(Command::Chart);
        }
        if !matches!(self.state.screen(), Screen::Chart(_)) {
            self.state.shared.message = None;
            return self.say("Say what to count: chart ceasefire; truce.");
        }
        commands.into_iter().for_each(|command| self.command(command));
        self.state.shared.message = None;
        self.show();
    }

    pub(super) fn last(&mut self) {
        if !self.reading() {
            return;
        }
        let before = self.state.screens.len();
        self.command(Command::LastWord);
        self.message();
        if self.state.screens.len() == before {
            return;
        }
        let record = self.reader().map(|r| &r.record);
        let head = record.map(|r| format!("{}, {}.", r.symbol, long_date(r.date)));
        self.said.extend(head);
        self.show();
    }

    pub(super) fn compare(&mut self) {
        if !self.reading() {
            return;
        }
        self.command(Command::Compare);
        if let Screen::Compare(both) = self.state.screen() {
            let lines: Vec<String> = both.introduction();
            self.said.extend(lines);
        } else {
            let remembered = self.state.memory.remembered.is_some();
            self.told("compare on another says both", remembered);
        }
    }

    /// The citation of the part said last or of one sentence of it, with its words or alone; copied and printed.
    pub(super) fn copy(&mut self, command: Command, sentence: &str) {
        if self.at.is_some() {
            self.select_part();
            if !sentence.is_empty() && !self.select_sentence(sentence) {
                return;
            }
        } else if !matches!(self.state.screen(), Screen::Statements(_)) {
            return self.say("No text is open. A number or a symbol opens one.");
        }
        self.command(command);
        // It would say that it was copied; it was printed.
        self.state.shared.message = None;
    }

    /// Selects a sentence of the part said last by its number; false, and said, where there is none.
    fn select_sentence(&mut self, number: &str) -> bool {
        let part = self.at.and_then(|(shown, paragraph)| {
            let reader = self.reader()?;
            let text = &reader.statement_of(shown)?.paragraphs.get(paragraph)?.text;
            let wanted = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let found = wanted.and_then(|wanted| sentences(text).nth(wanted));
            let at = found.map(|at| trimmed(text, at));
            let passage =
                at.map(|at| Passage { start: (paragraph, at.start), end: (paragraph, at.end) });
            Some((reader.index(shown)?, passage, sentences(text).count()))
        });
        match part {
            Some((item, Some(passage), _)) => {
                if let Some(reader) = self.reader_mut() {
                    reader.selection = Some(Selection::new(item, passage));
                }
                return true;
            }
            Some((_, None, count)) => {
                self.say(format!("This paragraph has no sentence {number}; it has {count}."));
            }
            None => self.say("There are no sentences here."),
        }
        if let Some(reader) = self.reader_mut() {
            reader.selection = None;
        }
        false
    }

    /// Selects the part said last, so that what is done is done to it.
    pub(super) fn select_part(&mut self) {
        let at = self.at;
        if let Some((reader, (shown, paragraph))) = self.reader_mut().zip(at)
            && let Some((item, statement)) = reader.index(shown).zip(reader.statement_of(shown))
        {
            let passage = Passage::of_paragraphs(statement, paragraph, paragraph);
            reader.selection = Some(Selection::new(item, passage));
        }
    }
}
