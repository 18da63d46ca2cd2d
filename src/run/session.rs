//! The loop: wait for something, let it happen, draw once.
//!
//! When no event waits there is one view, one difference and one write. There are no ticks: an idle
//! reader costs nothing.

use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::SIGCONT;

use crate::app::action::{Action, Answer, Change, Effect, Question};
use crate::app::command::Command;
use crate::app::export::Exportable;
use crate::app::keymap;
use crate::cli::clock;
use crate::desk::Place;
use crate::desk::queries::Look;
use crate::library::Library;
use crate::record::Symbol;
use crate::screens::frame::frame;
use crate::screens::opening::keep_places;
use crate::screens::state::State;
use crate::screens::update::update;
use crate::terminal::caps::Osc52;
use crate::terminal::clipboard;
use crate::terminal::guard::Terminal;
use crate::terminal::input::{Input, Reader};
use crate::terminal::keys::Mouse;
use crate::ui::Theme;

use super::ahead::Ahead;
use super::desk::Keeper;
use super::effects::{Outside, place_to_keep};
use super::indexing::Indexing;
use super::pace::Pace;
use super::start::{kind_of, now};
use super::worker::{Job, Said, Worker};

/// Everything the loop waits for.
pub enum Event {
    /// From the terminal.
    Input(Input),
    /// From the worker.
    Said(Said),
    /// A signal.
    Signal(i32),
    /// Nothing, for a moment.
    Paused,
}

/// No key for so long is a pause: longer than between the repeats of a held key and between keys
/// typed one after the other.
const PAUSE: Duration = Duration::from_millis(300);
/// How long the size must not change before it is drawn again: dragging a window's edge sends many.
const STILL: Duration = Duration::from_millis(80);
/// The longest a redraw waits for the size to settle.
const PATIENCE: Duration = Duration::from_millis(1000);

/// So long the first screen waits for what was asked for on the command line, so that it is not
/// drawn twice.
const OPENING: Duration = Duration::from_millis(150);

/// Rows that a step of the wheel moves.
const WHEEL: i8 = 3;

/// Why the loop ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Quit,
    /// A signal asked for it.
    Signal(i32),
    /// The terminal is gone.
    Vanished,
}

/// The loop and what it holds.
pub struct Session<'a> {
    /// The state.
    pub state: State,
    /// The looks.
    pub theme: Theme,
    /// The way to the clipboard.
    pub osc52: Osc52,
    /// The terminal.
    pub screen: &'a mut Terminal,
    /// Who reads its keys.
    pub reader: &'a Reader,
    /// Who answers.
    pub worker: &'a Worker,
    /// Who makes the index.
    pub indexing: &'a Indexing,
    /// The library that is open.
    pub library: Arc<Library>,
    /// The person's folder of notes and marks.
    pub desk: Keeper,
    /// What happens.
    pub events: &'a Receiver<Event>,
    /// The keys that wait for an answer.
    pub ahead: Ahead,
    /// The index of this library was found damaged, and is made again.
    pub mended: bool,
    /// The person suspended the program; the signal that continues it is still to come.
    pub suspended: bool,
    /// How fast the line is.
    pub pace: Pace,
    /// When the program began; the pace counts from here.
    pub begin: Instant,
}

impl Session<'_> {
    /// Runs until the person leaves, a signal comes, or the terminal is gone. `effects` are those of
    /// opening what the command line asked for.
    pub fn run(&mut self, effects: Vec<Effect>) -> Ended {
        if let Break(ended) = self.carry_out(effects) {
            return ended;
        }
        if let Break(ended) = self.wait_for_the_opening() {
            self.keep_everything();
            return ended;
        }
        if let Break(ended) = self.draw() {
            return ended;
        }
        self.worker.prepare();
        self.indexing.bring(Arc::clone(&self.library));
        loop {
            if let Break(ended) = self.happen_next() {
                self.keep_everything();
                return ended;
            }
        }
    }

    /// Waits for the next thing that happens, and draws what came of it and of what came with it.
    fn happen_next(&mut self) -> ControlFlow<Ended> {
        let mut resized = false;
        let mut next = self.next_event();
        if next.is_none() {
            return Break(Ended::Vanished);
        }
        while let Some(event) = next {
            resized |= matches!(event, Event::Input(Input::Resize(..)));
            self.happen(event)?;
            next = self.events.try_recv().ok();
        }
        if resized {
            self.wait_until_still()?;
        }
        self.wait_for_the_line()?;
        self.draw()
    }

    /// The next thing that happens, `None` when nothing ever will: while something waits for a pause
    /// to be drawn, that no key has come for a moment is such a thing.
    fn next_event(&self) -> Option<Event> {
        if !self.state.draws_at_a_pause() {
            return self.events.recv().ok();
        }
        match self.events.recv_timeout(PAUSE) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => Some(Event::Paused),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Waits a moment for the record asked for on the command line.
    fn wait_for_the_opening(&mut self) -> ControlFlow<Ended> {
        let until = Instant::now() + OPENING;
        while self.state.shared.loading {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => self.happen(event)?,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Break(Ended::Vanished),
            }
        }
        Continue(())
    }

    /// Lets happen what comes until a slow line has sent the last frame.
    fn wait_for_the_line(&mut self) -> ControlFlow<Ended> {
        loop {
            let wait = self.pace.wait(self.begin.elapsed());
            if wait.is_zero() {
                return Continue(());
            }
            match self.events.recv_timeout(wait) {
                Ok(event) => self.happen(event)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Break(Ended::Vanished),
            }
        }
    }

    /// Takes further changes of size until none has come for a while.
    fn wait_until_still(&mut self) -> ControlFlow<Ended> {
        let patience = Instant::now() + PATIENCE;
        while Instant::now() < patience {
            match self.events.recv_timeout(STILL) {
                Ok(event @ Event::Input(Input::Resize(..))) => self.happen(event)?,
                Ok(event) => return self.happen(event),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Break(Ended::Vanished),
            }
        }
        Continue(())
    }

    /// Lets something happen, and then what was typed ahead and waited for it.
    fn happen(&mut self, event: Event) -> ControlFlow<Ended> {
        let event = match event {
            Event::Input(input) => match self.ahead.hold(input, &self.state) {
                Some(input) => Event::Input(input),
                None => return Continue(()),
            },
            event => event,
        };
        // An answer to an older question, or a message, is not what they wait for.
        let failed = matches!(
            event,
            Event::Said(Said::Answer(number, Answer::Failed(_))) if number == self.state.shared.question
        );
        let flow = self.happen_now(event);
        if failed {
            self.ahead.forget();
        }
        flow?;
        while let Some(input) = self.ahead.next(&self.state) {
            self.happen_now(Event::Input(input))?;
        }
        Continue(())
    }

    fn happen_now(&mut self, event: Event) -> ControlFlow<Ended> {
        let action = match event {
            Event::Input(Input::Key(key)) => keymap::resolve(self.state.context(), key),
            Event::Input(Input::Mouse(Mouse::Wheel { up })) => {
                Action::Wheel(if up { -WHEEL } else { WHEEL })
            }
            Event::Input(Input::Mouse(Mouse::Click { column, row })) => {
                Action::Click { column, row }
            }
            Event::Input(Input::Paste(text)) => self.pasted(text),
            Event::Input(Input::Resize(columns, rows)) => {
                self.screen.forget();
                Action::Resize(columns, rows)
            }
            Event::Input(Input::Hangup) => return Break(Ended::Vanished),
            Event::Said(Said::Answer(number, answer)) => {
                Action::Answer { number, answer: Box::new(answer) }
            }
            Event::Said(Said::Library(library)) => {
                self.library = Arc::clone(&library);
                self.mended = false;
                self.indexing.bring(Arc::clone(&library));
                Action::Library {
                    catalogue: library.shared_catalogue(),
                    problems: library.problems().into(),
                    shelf: kind_of(&library),
                }
            }
            Event::Said(Said::Fetching(have, whole)) => Action::Fetching { have, whole },
            Event::Said(Said::Fetched(symbol, Ok(made))) => {
                self.worker.send(Job::Fetched(symbol, made));
                return Continue(());
            }
            Event::Said(Said::Fetched(symbol, Err(why))) => Action::Fetched(symbol, Err(why)),
            Event::Said(Said::Here(symbol)) => Action::Fetched(symbol, Ok(())),
            Event::Said(Said::Unread(problems)) => Action::Unread(problems),
            Event::Said(Said::Indexing { done, total }) => Action::Indexing { done, total },
            Event::Said(Said::Indexed) => Action::Indexed(None),
            Event::Said(Said::Unindexed(words)) => {
                self.worker.send(Job::Unindexed);
                Action::Indexed(Some(words))
            }
            Event::Said(Said::Damaged) if std::mem::replace(&mut self.mended, true) => {
                // A disk that damages it each time would have it made, and the question asked, for ever.
                Action::Indexed(Some("the index is damaged again; look at the disk".to_owned()))
            }
            Event::Said(Said::Damaged) => {
                self.indexing.mend(Arc::clone(&self.library));
                Action::Indexing { done: 0, total: self.library.catalogue().entries.len() }
            }
            Event::Said(Said::Queries(queries)) => Action::Queries(queries),
            Event::Said(Said::CountedKept(count)) => Action::CountedKept(count),
            Event::Said(Said::Message(words)) => Action::Message(words),
            Event::Paused => Action::Paused,
            Event::Signal(SIGCONT) => return self.continued(),
            Event::Signal(signal) => return Break(Ended::Signal(signal)),
        };
        let effects = update(&mut self.state, action);
        self.carry_out(effects)
    }

    /// Pasted text is text in an input line and nothing elsewhere: it runs no key.
    fn pasted(&self, text: String) -> Action {
        if keymap::takes_text(self.state.context()) {
            Action::Insert(text)
        } else {
            Action::Nothing
        }
    }

    /// Stopped from outside, the program got no word: the shell may have changed the terminal.
    fn continued(&mut self) -> ControlFlow<Ended> {
        if std::mem::take(&mut self.suspended) {
            return Continue(());
        }
        self.reader.pause();
        self.screen.leave();
        self.come_back()
    }

    fn come_back(&mut self) -> ControlFlow<Ended> {
        let taken = self.screen.enter_again();
        self.reader.resume();
        if taken.is_err() {
            return Break(Ended::Vanished);
        }
        let (columns, rows) = self.screen.size();
        update(&mut self.state, Action::Resize(columns, rows));
        Continue(())
    }

    /// Puts a text on the clipboard, or says in one line why that cannot be.
    fn put_on_clipboard(&mut self, text: &str) -> Result<(), String> {
        let bytes = clipboard::sequence(text, self.osc52).map_err(|e| e.to_string())?;
        self.screen.send(&bytes).map_err(|e| format!("the clipboard: {e}"))
    }

    /// When the end comes from outside, the places of all open records are kept.
    fn keep_everything(&mut self) {
        if self.desk.has_draft() && self.state.prompt.is_some() {
            // What was typed on since it was refused belongs to the draft.
            let effects = update(&mut self.state, Action::Do(Command::Submit));
            let _ = self.carry_out(effects);
        }
        let effects = keep_places(&self.state);
        let open = effects.iter().cloned().filter_map(|effect| place_to_keep(effect, now()));
        self.worker.send(Job::Session(open.collect()));
        let _ = self.carry_out(effects);
    }

    fn draw(&mut self) -> ControlFlow<Ended> {
        let (theme, screen) = (self.theme, &*self.screen);
        self.state.hold_back(|state| {
            let (buffer, cursor) = frame(state, &theme);
            screen.cost(&buffer, cursor)
        });
        let (buffer, cursor) = frame(&self.state, &theme);
        let Ok(bytes) = self.screen.draw(&buffer, cursor) else { return Break(Ended::Vanished) };
        self.state.shared.budget.sent(bytes);
        self.pace.sent(self.begin.elapsed(), bytes);
        Continue(())
    }
}

impl Outside for Session<'_> {
    type End = Ended;

    fn ask(&mut self, number: u64, question: Question) {
        self.worker.ask(number, question);
    }

    fn copy(&mut self, text: &str) {
        if let Err(words) = self.put_on_clipboard(text) {
            // What the clipboard does not take is shown at once, flush left.
            update(&mut self.state, Action::Do(Command::Copied));
            self.state.shared.message = Some(words);
        }
    }

    fn keep_place(&mut self, place: Place) {
        self.worker.send(Job::Keep(Box::new(place)));
    }

    /// Here and not in the worker: it is on the disk before the next key is read.
    fn change(&mut self, change: Change) {
        match self.desk.change(change, now()) {
            Ok(None) => {}
            Ok(Some(words)) => self.state.shared.message = Some(words),
            Err(why) => {
                // There are no effects of this: the line is only put back.
                update(&mut self.state, Action::NotKept(why));
            }
        }
    }

    fn let_go(&mut self) {
        self.desk.let_go();
    }

    fn export(&mut self, export: Exportable) {
        self.worker.send(Job::Export(Box::new(export)));
    }

    fn keep_query(&mut self, query: String) {
        self.worker.send(Job::Query(query));
    }

    fn see(&mut self, look: Look) {
        self.worker.send(Job::See(Box::new(look)));
    }

    fn see_all(&mut self, name: String, query: String) {
        self.worker.send(Job::SeeAll(name, query));
    }

    fn fetch(&mut self, symbol: Symbol) {
        if !self.indexing.fetch(symbol.clone()) {
            let why = "nothing can be fetched: no further thread could be started".to_owned();
            update(&mut self.state, Action::Fetched(symbol, Err(why)));
        }
    }

    fn today(&mut self) -> ControlFlow<Ended> {
        let effects = update(&mut self.state, Action::CouncilOn(clock::today().0));
        self.carry_out(effects)
    }

    fn suspend(&mut self) -> ControlFlow<Ended> {
        self.reader.pause();
        self.screen.leave();
        self.suspended = true;
        let stopped = kill_current_process_group(Signal::TSTP);
        if let Err(error) = stopped {
            self.state.shared.message = Some(format!("could not suspend: {error}"));
        }
        self.come_back()
    }

    fn redraw(&mut self) {
        self.screen.forget();
    }

    fn quit(&mut self) -> Ended {
        Ended::Quit
    }

    fn now(&self) -> i64 {
        now()
    }
}
