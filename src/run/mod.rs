//! The loop: threads, signals, effects carried out, the clock.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;

use crate::app::action::Opening;
use crate::app::geometry::Geometry;
use crate::cli::get::Fetcher;
use crate::cli::settings::terminal_caps;
use crate::cli::world::owner_notice;
use crate::cli::{clock, out};
use crate::library::Folders;
use crate::screens::state::State;
use crate::screens::update::open_at;
use crate::search::catch_panic::is_caught_panic;
use crate::terminal::caps::Colour;
use crate::terminal::guard::{self, Terminal};
use crate::terminal::input::{Input, Reader};
use crate::ui::Theme;

mod ahead;
pub mod answers;
mod cleaned;
pub mod desk;
mod effects;
pub mod export;
mod indexing;
mod kept;
mod linear;
mod pace;
mod searching;
mod session;
mod signals;
mod start;
mod worker;

pub use crate::cli::Options;
pub use linear::linear;

use desk::Keeper;
use indexing::Indexing;
use pace::Pace;
use session::{Ended, Event, Session};
use start::{could_not, shelf_of};
use worker::{Own, Said, Worker};

/// How long the loop may take to end the program when a signal asks for it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

/// Opens the reader and stays until the person quits.
#[must_use]
pub fn reader(start: Opening, options: Options) -> ExitCode {
    match read(start, &options) {
        Ok(ended) => code(&ended),
        Err(failure) => {
            guard::restore();
            out::end(Err(failure))
        }
    }
}

fn read(start: Opening, options: &Options) -> Result<Ended, out::Failure> {
    let (library, kind) = shelf_of(options)?;
    let places = Folders::find(options.library.as_deref());
    let caps = terminal_caps(&options.settings);
    let slow = options.is_slow();
    let (columns, rows) = guard::size();
    let measure = options.measure().unwrap_or(u16::MAX);
    let geometry = Geometry { measure, ..Geometry::new(columns, rows, !slow) };
    let library = Arc::new(library);
    let catalogue = library.shared_catalogue();
    let mut state = State::new(geometry, catalogue, kind, library.problems().to_vec());
    state.shared.trailing = options.trails();
    state.shared.fetching.forbidden = Fetcher::forbidden(options);
    options.settings.problems.iter().for_each(|problem| out::say(problem));
    let unread = options.settings.problems.first().cloned();
    let others = library.root().and_then(|root| owner_notice(options, root));
    let wrong = clock::today().1.or(places.notice);
    state.shared.message = unread.or(others).or_else(|| wrong.map(ToOwned::to_owned));
    let effects = open_at(&mut state, &start);

    restore_on_panic();
    let (sender, events) = channel();
    signals::send(PATIENCE, sender.clone(), |signal| Some(Event::Signal(signal)))?;
    let mut terminal = Terminal::enter(caps).map_err(|e| out::Failure::could_not(e.to_string()))?;
    let said = sender.clone();
    let say = move |what| {
        let _ = said.send(Event::Said(what));
    };
    let own = Own {
        desk: places.state.clone(),
        private: options.private,
        language: options.lang.clone(),
    };
    let worker = Worker::start(Arc::clone(&library), own, say.clone())
        .map_err(|e| could_not("a thread", &e))?;
    let fetcher = Fetcher::new(options, library.root().is_none());
    let indexing = Indexing::start(places.cache, fetcher, say);
    let pass = move |input| {
        if input == Input::Hangup {
            signals::end_after(PATIENCE);
        }
        let _ = sender.send(Event::Input(input));
    };
    let reader = Reader::start(pass).map_err(|e| could_not("a thread", &e))?;
    let theme = if caps.colour == Colour::None { Theme::plain() } else { Theme::coloured() };
    let theme = Theme { ascii: caps.ascii, ..theme };
    let theme = if slow { theme.sparing() } else { theme };
    let mut session = Session {
        state,
        theme,
        osc52: caps.osc52,
        screen: &mut terminal,
        reader: &reader,
        worker: &worker,
        indexing: &indexing,
        library,
        desk: Keeper::new(places.state),
        events: &events,
        ahead: ahead::Ahead::default(),
        mended: false,
        suspended: false,
        pace: Pace::new(options.line_rate.unwrap_or(0)),
        begin: std::time::Instant::now(),
    };
    let ended = session.run(effects);
    let farewell = session.desk.farewell();
    terminal.leave();
    worker.end();
    // A place that could not be kept at the very end is still said, on the terminal as it was.
    let mut warnings: Vec<String> = events.try_iter().filter_map(message).collect();
    warnings.extend(farewell);
    warnings.dedup();
    warnings.iter().for_each(|words| out::say(words));
    Ok(ended)
}

fn message(event: Event) -> Option<String> {
    match event {
        Event::Said(Said::Message(words)) => Some(words),
        _ => None,
    }
}

/// From now on a panic gives the terminal back before it is reported, and ends the program: a loop
/// whose worker died would wait for answers for ever, on a terminal that is no longer its own.
fn restore_on_panic() {
    let of_loop = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        if is_caught_panic(panic) {
            return;
        }
        guard::restore();
        out::say_fault(panic);
        // In the loop's own thread unwinding ends it.
        if std::thread::current().id() != of_loop {
            std::process::exit(101);
        }
    }));
}

/// 0 when the person left, 128 and the signal when one ended the program, as shells count.
fn code(ended: &Ended) -> ExitCode {
    match ended {
        Ended::Quit => ExitCode::SUCCESS,
        Ended::Signal(signal) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX)),
        Ended::Vanished => ExitCode::from(3),
    }
}
