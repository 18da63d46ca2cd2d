//! What the state asks to be done outside: questions answered, and what is the person's kept.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::app::action::{Action, Answer, Change, Effect, Question};
use crate::app::export::Exportable;
use crate::app::fetching::HOST;
use crate::cli::clock;
use crate::desk::queries::Look;
use crate::desk::{Place, history, session};
use crate::record::{Record, Symbol};
use crate::run::desk::left_at;
use crate::run::effects::{Outside, place_to_keep};
use crate::run::export;
use crate::run::start::kind_of;
use crate::screens::opening::keep_places;
use crate::screens::update::update;

use super::talk::Talk;

impl Outside for Talk {
    type End = ();

    fn ask(&mut self, number: u64, question: Question) {
        self.answer(number, &question);
    }

    /// There is no clipboard to count on; what is copied is printed.
    fn copy(&mut self, text: &str) {
        self.said.extend(text.lines().map(ToOwned::to_owned));
    }

    fn keep_place(&mut self, place: Place) {
        if let Err(error) = self.desk.keep_place(place) {
            self.say(error.to_string());
        }
    }

    fn change(&mut self, change: Change) {
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

    fn export(&mut self, wanted: Exportable) {
        let today = clock::today().0;
        let written = export::carry_out(&mut self.sources, &wanted, today, &mut |_, _, _| {});
        self.state.shared.message = Some(written.unwrap_or_else(|why| why));
    }

    fn keep_query(&mut self, query: String) {
        let query = history::Query { kind: history::Kind::Search, query, at: (self.now)() };
        let kept = self.kept_in().map(|dir| history::add(dir, query));
        match kept {
            Some(Ok(warning)) => self.said.extend(warning),
            Some(Err(error)) => self.say(error.to_string()),
            None => {}
        }
    }

    fn see(&mut self, look: Look) {
        let said = self.sources.see(&look, (self.now)());
        self.said.extend(said);
    }

    fn see_all(&mut self, name: String, query: String) {
        let said = self.sources.see_all(&name, &query, (self.now)());
        self.said.extend(said);
    }

    /// Here and now: nobody types meanwhile. A signal ends the program in the middle, and what came is
    /// resumed.
    fn fetch(&mut self, symbol: Symbol) {
        self.say(format!("Fetching {symbol} from {HOST}."));
        // Said at once, since it may take a while. Whoever listened may have left, which shows later.
        let _ = super::print(&self.take(), None);
        let fetched = self.fetcher.fetch(&symbol, &mut |_, _| {});
        let library = match fetched {
            Ok(Some(made)) => Ok(Some(made)),
            Ok(None) => self.sources.library.refresh().map_err(|error| error.to_string()),
            Err(why) => Err(why),
        };
        if let Ok(Some(library)) = library {
            let library = Arc::new(library);
            self.sources = self.sources.renewed(Arc::clone(&library));
            let (catalogue, problems) = (library.shared_catalogue(), library.problems().into());
            let shelf = kind_of(&library);
            update(&mut self.state, Action::Library { catalogue, problems, shelf });
            return self.do_fetched(symbol, Ok(()));
        }
        self.do_fetched(symbol, library.map(drop));
    }

    fn today(&mut self) -> ControlFlow<()> {
        let effects = update(&mut self.state, Action::CouncilOn(clock::today().0));
        self.carry_out(effects)
    }

    fn quit(&mut self) {
        self.keep_session();
        self.over = true;
    }

    // Nothing is drawn here, and the shell stops a program that reads lines by itself.

    fn let_go(&mut self) {}

    fn suspend(&mut self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn redraw(&mut self) {}

    fn now(&self) -> i64 {
        (self.now)()
    }
}

impl Talk {
    /// Opens a record that was fetched, or says why it was not.
    fn do_fetched(&mut self, symbol: Symbol, fetched: Result<(), String>) {
        let effects = update(&mut self.state, Action::Fetched(symbol, fetched));
        self.do_outside(effects);
    }

    /// Carries out what the state asks for.
    pub(super) fn do_outside(&mut self, effects: Vec<Effect>) {
        let _ = self.carry_out(effects);
    }

    /// Answers a question here and now: nobody types meanwhile.
    fn answer(&mut self, number: u64, question: &Question) {
        let desk = &self.desk;
        let never = Arc::default();
        let mut answers = Vec::new();
        let place = |r: &Record| left_at(desk, r);
        let part = &mut |part| answers.push(part);
        let last = self.sources.answer(question, place, &never, part);
        answers.push(last);
        for answer in answers {
            if let Answer::Notes { notes, marks, .. } = &answer {
                self.no_notes = notes.is_empty() && marks.is_empty();
            }
            let action = Action::Answer { number, answer: Box::new(answer) };
            let effects = update(&mut self.state, action);
            self.do_outside(effects);
        }
        let unread = self.sources.take_unread();
        if !unread.is_empty() {
            update(&mut self.state, Action::Unread(unread));
        }
        let from_all = matches!(
            question,
            Question::Search { .. }
                | Question::Concordance(..)
                | Question::Similar(_)
                | Question::Collocates(..)
                | Question::KeptQueries
                | Question::OpenKept(_)
                | Question::Chart(_)
                | Question::StatementsOf(_)
                | Question::Said(_)
                | Question::Backlinks { .. }
        );
        let unread = self.state.shared.problems.iter().filter(|problem| problem.unread).count();
        if from_all && unread > 0 {
            let records = if unread == 1 { "record" } else { "records" };
            self.say(format!("{unread} {records} could not be read; spv check lists them."));
        }
    }

    /// The folder in which places and queries are kept; none where nothing of that is to be kept.
    fn kept_in(&self) -> Option<&std::path::Path> {
        self.own.desk.as_deref().filter(|_| !self.own.private)
    }

    /// The open records are those that `--resume` opens.
    fn keep_session(&mut self) {
        let open = keep_places(&self.state);
        let open =
            open.into_iter().filter_map(|effect| place_to_keep(effect, (self.now)())).collect();
        if let Some(Err(error)) = self.kept_in().map(|dir| session::keep(dir, open)) {
            self.say(error.to_string());
        }
    }
}
