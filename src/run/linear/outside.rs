//! What the state asks to be done outside: questions answered, and what is the person's kept.

use std::sync::Arc;

use crate::app::action::{Action, Effect, Question, Spot};
use crate::app::{keep_places, update};
use crate::cli::clock;
use crate::desk::{Place, history, session};
use crate::record::Record;
use crate::run::export;
use crate::run::worker::left_at;

use super::talk::Talk;

impl Talk {
    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { number, question } => self.ask(number, &question),
                // There is no clipboard to count on; what is copied is printed.
                Effect::Copy(text) => self.said.extend(text.lines().map(ToOwned::to_owned)),
                effect @ Effect::KeepPlace { .. } => {
                    let kept = self.place_of(effect).map(|place| self.desk.keep_place(place));
                    if let Some(Err(error)) = kept {
                        self.say(error.to_string());
                    }
                }
                Effect::Desk(change) => {
                    match self.keeper.change(change, (self.now)()) {
                        Ok(warning) => {
                            self.changed = true;
                            self.said.extend(warning);
                        }
                        Err(words) => {
                            // What was typed is in the line above; there is none to give it back in.
                            self.keeper.let_go();
                            update(&mut self.state, Action::NotKept(words));
                            self.state.prompt = None;
                        }
                    }
                }
                Effect::Export(wanted) => {
                    let today = clock::today().0;
                    let written = export::carry_out(&mut self.sources, &wanted, today);
                    self.state.message = Some(written.unwrap_or_else(|why| why));
                }
                Effect::KeepQuery(query) => {
                    let query =
                        history::Query { kind: history::Kind::Search, query, at: (self.now)() };
                    let kept = self.kept_in().map(|dir| history::add(dir, query));
                    match kept {
                        Some(Ok(warning)) => self.said.extend(warning),
                        Some(Err(error)) => self.say(error.to_string()),
                        None => {}
                    }
                }
                Effect::Quit => {
                    self.keep_session();
                    self.over = true;
                }
                // Nothing is drawn here, and the shell stops a program that reads lines by itself.
                Effect::LetGo | Effect::Suspend | Effect::Redraw => {}
            }
        }
    }

    /// Answers a question here and now: nobody types meanwhile.
    fn ask(&mut self, number: u64, question: &Question) {
        let desk = &self.desk;
        let never = Arc::default();
        let mut answers = Vec::new();
        let place = |r: &Record| left_at(desk, r);
        let part = &mut |part| answers.push(part);
        let last = self.sources.answer(question, place, &never, part);
        answers.push(last);
        for answer in answers {
            let action = Action::Answer { number, answer: Box::new(answer) };
            let effects = update(&mut self.state, action);
            self.carry_out(effects);
        }
        let unread = self.sources.take_unread();
        if !unread.is_empty() {
            update(&mut self.state, Action::Unread(unread));
        }
        let from_all = matches!(
            question,
            Question::Search { .. }
                | Question::Concordance(..)
                | Question::StatementsOf(_)
                | Question::Backlinks { .. }
        );
        let unread = self.state.problems.iter().filter(|problem| problem.unread).count();
        if from_all && unread > 0 {
            let records = if unread == 1 { "record" } else { "records" };
            self.say(format!("{unread} {records} could not be read; spv check lists them."));
        }
    }

    /// The folder in which places and queries are kept; none where nothing of that is to be kept.
    fn kept_in(&self) -> Option<&std::path::Path> {
        self.own.desk.as_deref().filter(|_| !self.own.private)
    }

    /// The records that stand open are those that `--resume` opens.
    fn keep_session(&mut self) {
        let open = keep_places(&self.state);
        let open = open.into_iter().filter_map(|effect| self.place_of(effect)).collect();
        if let Some(Err(error)) = self.kept_in().map(|dir| session::keep(dir, open)) {
            self.say(error.to_string());
        }
    }

    /// The place that is to be kept, with the time.
    fn place_of(&self, effect: Effect) -> Option<Place> {
        let Effect::KeepPlace { symbol, language, spot, words } = effect else { return None };
        let Spot { statement, paragraph, byte } = spot;
        Some(Place { symbol, language, statement, paragraph, byte, words, at: (self.now)() })
    }
}
