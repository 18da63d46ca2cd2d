//! `update`: what an action does to the state, and what is to be done outside.
//!
//! Pure: no files, no threads, no clock. Each screen's keys are in a file of its own.

mod backlinks;
mod cards;
mod compare;
mod concordance;
mod desk;
mod export;
mod finder;
mod last;
mod lists;
mod notes;
mod opening;
mod prompt;
mod reading;
mod search;

use crate::library::Problem;

use super::action::{Action, Answer, Command, Effect, Opening, Question, Start};
use super::geometry::Geometry;
use super::state::{Purpose, Screen, State};
use super::window::{Move, Window};

/// The largest count that is kept; a longer one is somebody leaning on a key.
const MOST: u32 = 9_999_999;

/// Lets an action happen.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let line = matches!(action, Action::Do(Command::Down | Command::Up));
    state.ration.happened(&action, state.geometry);
    let mut effects = happen(state, action);
    effects.extend(search::wanted(state));
    for effect in &effects {
        if let Effect::Copy(text) = effect {
            state.copied = Some(text.clone());
        }
    }
    if !line {
        state.tell();
    }
    effects
}

fn happen(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Do(command) => {
            state.message = None;
            let effects = obey(state, command);
            state.count = None;
            effects
        }
        Action::Digit(digit) => {
            state.message = None;
            let count = state.count.unwrap_or(0).saturating_mul(10).saturating_add(digit.into());
            state.count = Some(count.min(MOST)).filter(|n| *n > 0);
            Vec::new()
        }
        Action::Insert(text) => {
            state.message = None;
            prompt::insert(state, &text)
        }
        Action::Resize(columns, rows) => {
            resize(state, columns, rows);
            Vec::new()
        }
        Action::Answer { number, answer } => answered(state, number, *answer),
        Action::Library { catalogue, problems } => {
            lists::changed(state, catalogue, problems);
            Vec::new()
        }
        Action::Unread(problems) => {
            let known = |problem: &Problem| state.problems.iter().any(|p| p.file == problem.file);
            let new: Vec<Problem> = problems.into_iter().filter(|p| !known(p)).collect();
            state.problems = state.problems.iter().cloned().chain(new).collect();
            Vec::new()
        }
        Action::Message(words) => {
            state.message = Some(words);
            Vec::new()
        }
        Action::Paused => Vec::new(),
        Action::Queries(queries) => {
            // What was searched before the desk answered is newer.
            state.queries.extend(queries);
            let mut met = std::collections::HashSet::new();
            state.queries.retain(|query| met.insert(query.clone()));
            state.queries.truncate(search::RECALLED);
            Vec::new()
        }
        Action::Indexing { done, total } => {
            state.indexing = Some((done, total));
            Vec::new()
        }
        Action::Indexed(trouble) => {
            state.indexing = None;
            state.unindexed = trouble;
            search::indexed(state);
            Vec::new()
        }
        Action::NotKept(why) => {
            notes::not_kept(state, why);
            Vec::new()
        }
        Action::Nothing => {
            state.message = None;
            state.count = None;
            Vec::new()
        }
    }
}

/// Opens what the command line asked for.
pub fn open_at(state: &mut State, opening: &Opening) -> Vec<Effect> {
    match opening {
        Opening::Meetings => Vec::new(),
        Opening::Record(symbol, page) => {
            opening::meeting(state, symbol, page.map_or(Start::LastPlace, Start::Page))
        }
        Opening::Find(words) => opening::find(state, words),
        Opening::Search(words) => search::open(state, words),
        Opening::Resume => ask(state, Question::Resume),
    }
}

/// Puts a question, with the next number: the answers to older ones are late from now on.
fn ask(state: &mut State, question: Question) -> Vec<Effect> {
    state.question += 1;
    state.pending = true;
    vec![Effect::Ask { number: state.question, question }]
}

fn answered(state: &mut State, number: u64, answer: Answer) -> Vec<Effect> {
    if number != state.question {
        return Vec::new();
    }
    state.pending = !is_last(&answer);
    match answer {
        Answer::Searched(results) => search::searched(state, *results),
        Answer::Words(of, words) => search::words(state, &of, words),
        Answer::Hit { record, scan } => return search::opened(state, record, *scan),
        Answer::Occurrences(found, last) => concordance::more(state, found, last),
        Answer::Completed(completion) => return search::completed(state, completion),
        Answer::Found(hits) => finder::found(state, hits),
        Answer::Listed(rows) => lists::listed(state, rows),
        Answer::Loaded { record, at, place } => opening::loaded(state, record, &at, place),
        Answer::Backlinks { of, pages, found } => backlinks::found(state, &of, pages, &found),
        Answer::Notes { notes, marks, said } => notes::listed(state, notes, marks, said),
        Answer::Resumed(open) => opening::resumed(state, open),
        Answer::Failed(message) => {
            state.loading = false;
            state.message = Some(message);
        }
    }
    Vec::new()
}

/// Whether no more answers follow to the same question.
fn is_last(answer: &Answer) -> bool {
    match answer {
        Answer::Searched(results) => results.counts.is_some() || results.why.is_some(),
        Answer::Occurrences(_, last) => *last,
        _ => true,
    }
}

/// Keys that mean the same on every screen; the rest goes to the screen.
fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    if state.prompt.is_some() {
        return prompt::obey(state, command);
    }
    match command {
        Command::Quit => leave_all(state),
        Command::Suspend => vec![Effect::Suspend],
        Command::Redraw => vec![Effect::Redraw],
        Command::Close => close(state),
        Command::Escape => escape(state),
        Command::Back => back(state),
        Command::Help => {
            let context = state.context();
            if !matches!(state.screen(), Screen::Help(..)) {
                state.screens.push(Screen::Help(context, Window::default()));
            }
            Vec::new()
        }
        Command::Find => opening::find(state, ""),
        Command::Search if !matches!(state.screen(), Screen::Search(_)) => search::open(state, ""),
        Command::Copied => {
            cards::copied(state);
            Vec::new()
        }
        Command::Notes => ask(state, Question::Notes),
        Command::Problems => {
            lists::problems(state);
            Vec::new()
        }
        Command::ToMark => prompt::open_for(state, Purpose::ToMark, ""),
        Command::Export => export::open(state),
        _ => on_screen(state, command),
    }
}

fn on_screen(state: &mut State, command: Command) -> Vec<Effect> {
    match state.screen() {
        Screen::Meetings(_) => lists::meetings(state, command),
        Screen::Statements(_) => lists::statements(state, command),
        Screen::Answers(_) => lists::answers(state, command),
        Screen::Notes(_) => notes::obey(state, command),
        Screen::Reader(_) => reading::obey(state, command),
        Screen::Finder(_) => finder::obey(state, command),
        Screen::Search(_) => search::obey(state, command),
        Screen::Concordance(_) => concordance::obey(state, command),
        Screen::Card(_) if command == Command::Backlinks => backlinks::of_card(state),
        Screen::Card(_) | Screen::Help(..) => cards::obey(state, command),
        Screen::Compare(_) => compare::obey(state, command),
    }
}

/// How a key moves a list or a text, with the count typed before it.
fn movement(command: Command, count: Option<u32>) -> Option<Move> {
    let n = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
    Some(match command {
        Command::Down => Move::Rows(n),
        Command::Up => Move::Rows(-n),
        Command::HalfDown => Move::HalfPages(n),
        Command::HalfUp => Move::HalfPages(-n),
        Command::PageDown => Move::Pages(n),
        Command::PageUp => Move::Pages(-n),
        Command::Top => Move::First,
        Command::Bottom => Move::Last,
        _ => return None,
    })
}

/// Closes the screen; from the first one, quits.
fn close(state: &mut State) -> Vec<Effect> {
    if state.screens.len() > 1 { pop(state) } else { leave_all(state) }
}

/// Steps back by the smallest thing there is: the selection, the reference, the filter, the screen.
fn escape(state: &mut State) -> Vec<Effect> {
    if state.count.is_some() {
        return Vec::new();
    }
    let cleared = match state.screens.last_mut() {
        Some(Screen::Reader(reader)) => {
            reader.selection.take().is_some()
                || reader.reference.take().is_some()
                || reader.forget_scan()
        }
        Some(Screen::Search(_)) => match search::step_back(state) {
            Some(effects) => return effects,
            None => false,
        },
        Some(Screen::Meetings(list)) => std::mem::take(&mut list.filter).text() != "",
        Some(Screen::Statements(list)) => std::mem::take(&mut list.filter).text() != "",
        Some(Screen::Answers(list)) => std::mem::take(&mut list.filter).text() != "",
        Some(Screen::Notes(list)) => std::mem::take(&mut list.filter).text() != "",
        _ => false,
    };
    if cleared {
        prompt::refilter(state);
        return Vec::new();
    }
    if state.screens.len() > 1 { pop(state) } else { Vec::new() }
}

/// Back to where the last jump started, or else one screen back.
fn back(state: &mut State) -> Vec<Effect> {
    let Some(depth) = state.jumps.pop() else {
        return if state.screens.len() > 1 { pop(state) } else { Vec::new() };
    };
    let mut effects = Vec::new();
    while state.screens.len() > depth.max(1) {
        effects.extend(keep_place(state));
        search::returned(state);
        state.screens.pop();
    }
    forget_question(state);
    fit(state);
    effects.extend(notes::returned(state));
    effects
}

fn pop(state: &mut State) -> Vec<Effect> {
    let mut effects = keep_place(state);
    search::returned(state);
    let closed = state.screens.pop();
    if matches!(closed, Some(Screen::Help(super::keymap::Context::Input, _))) {
        state.prompt = state.aside.take();
    }
    if let (Some(Screen::Reader(reader)), Some(Screen::Statements(list))) =
        (closed, state.screens.last_mut())
    {
        list.place = reader.spot();
        if let Some(spot) = list.place {
            let height = state.geometry.body();
            list.select(spot.statement, height);
        }
    }
    let depth = state.screens.len();
    state.jumps.retain(|jump| *jump < depth);
    forget_question(state);
    fit(state);
    effects.extend(notes::returned(state));
    effects
}

/// Whatever was asked for is no longer wanted: its answer will be late.
fn forget_question(state: &mut State) {
    state.loading = false;
    state.pending = false;
    state.question += 1;
}

fn leave_all(state: &mut State) -> Vec<Effect> {
    let mut effects = keep_places(state);
    effects.push(Effect::Quit);
    effects
}

/// The places to keep when the program ends, wherever one is.
#[must_use]
pub fn keep_places(state: &State) -> Vec<Effect> {
    state.screens.iter().filter_map(place_of).collect()
}

fn keep_place(state: &State) -> Vec<Effect> {
    state.screens.last().and_then(place_of).into_iter().collect()
}

fn place_of(screen: &Screen) -> Option<Effect> {
    let Screen::Reader(reader) = screen else { return None };
    let spot = reader.spot()?;
    let words = reader.statement().and_then(|s| {
        let text = &s.paragraphs.get(spot.paragraph)?.text;
        Some(text.get(spot.byte..)?.chars().take(64).collect())
    });
    Some(Effect::KeepPlace {
        symbol: reader.record.symbol.clone(),
        language: reader.record.language.clone(),
        spot,
        words: words.unwrap_or_default(),
    })
}

fn resize(state: &mut State, columns: u16, rows: u16) {
    let old = state.geometry;
    state.geometry = Geometry { columns, rows, ..old };
    let (text, body) = (state.geometry.text(), state.geometry.body());
    for screen in &mut state.screens {
        match screen {
            Screen::Reader(reader) => reader.resize(text, body),
            Screen::Card(card) => cards::resize(card, old, state.geometry),
            Screen::Compare(compare) => compare.resize(state.geometry),
            Screen::Help(context, window) => cards::resize_help(*context, window, state.geometry),
            _ => {}
        }
    }
    fit(state);
}

/// Brings the shown list's window inside its rows after a change of either.
fn fit(state: &mut State) {
    let height = state.list_height();
    let (text, body) = (state.geometry.text(), state.geometry.body());
    match state.screens.last_mut() {
        Some(Screen::Meetings(list)) => list.window = list.window.fit(list.rows.len(), height),
        Some(Screen::Statements(list)) => list.window = list.window.fit(list.rows.len(), height),
        Some(Screen::Answers(list)) => list.window = list.window.fit(list.rows.len(), height),
        Some(Screen::Notes(list)) => list.window = list.window.fit(list.rows.len(), height),
        Some(Screen::Finder(find)) => find.window = find.window.fit(find.hits.hits.len(), height),
        Some(Screen::Reader(reader)) => reader.resize(text, body),
        Some(Screen::Search(_)) => search::fit(state),
        Some(Screen::Concordance(list)) => list.window = list.window.fit(list.rows.len(), height),
        _ => {}
    }
}
