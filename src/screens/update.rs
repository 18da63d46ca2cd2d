//! `update`: what an action does to the state, and what is to be done outside.
//!
//! Pure: no files, no threads, no clock. What a key does on a screen is in the folder of the screen.

use std::collections::HashSet;

use crate::app::action::{Action, Answer, Effect, Opening, Problems, Question, Start};
use crate::app::command::Command;
use crate::app::geometry::Geometry;
use crate::app::prompt::{Prompt, Purpose};
use crate::library::{Catalogue, Problem};

use super::Screen;
use super::card::cards;
use super::help::state::Help;
use super::opening::{leave_all, pop};
use super::search::state::RECALLED;
use super::state::State;
use super::{opening, prompt};

/// The largest count that is kept; a longer one is somebody leaning on a key.
const MOST: u32 = 9_999_999;

/// Does what an action asks for.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    let line = matches!(action, Action::Do(Command::Down | Command::Up));
    state.shared.budget.start(&action, state.shared.geometry);
    let mut effects = act(state, action);
    let (screen, shared) = state.top();
    let wanted = if shared.pending || shared.loading {
        Vec::new()
    } else {
        screen.behaviour_mut().wanted(shared)
    };
    effects.extend(opening::carry_out(state, wanted));
    for effect in &effects {
        if let Effect::Copy(text) = effect {
            state.shared.copied = Some(text.clone());
        }
    }
    if !line {
        state.top().0.behaviour_mut().update_status_position();
    }
    effects
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    if let Some(effects) = answer_whether_to_fetch(state, &action) {
        return effects;
    }
    match action {
        Action::Do(command) => {
            state.shared.message = None;
            let effects = obey(state, command);
            state.shared.count = None;
            return effects;
        }
        Action::Digit(digit) => {
            state.shared.message = None;
            let count = state.shared.count.unwrap_or(0);
            let count = count.saturating_mul(10).saturating_add(digit.into());
            state.shared.count = Some(count.min(MOST)).filter(|n| *n > 0);
        }
        Action::Insert(text) => {
            state.shared.message = None;
            return prompt::insert(state, &text);
        }
        Action::Resize(columns, rows) => resize(state, columns, rows),
        Action::Answer { number, answer } => return answered(state, number, *answer),
        Action::Library { catalogue, problems, shelf } => {
            state.shared.shelf = shelf;
            let old = std::mem::replace(&mut state.shared.catalogue, catalogue);
            library_changed(state, &old, problems);
        }
        Action::Fetching { have, whole } => {
            if let Some(running) = &mut state.shared.fetching.running {
                (running.have, running.whole) = (have, whole);
            }
        }
        Action::Fetched(symbol, fetched) => return opening::fetched(state, &symbol, fetched),
        Action::Unread(problems) => add_problems(state, problems),
        Action::Message(words) => state.shared.message = Some(words),
        Action::Paused => {}
        Action::Queries(queries) => {
            // What was searched before the desk answered is newer.
            let known = &mut state.shared.queries;
            known.extend(queries);
            let mut met = HashSet::new();
            known.retain(|query| met.insert(query.clone()));
            known.truncate(RECALLED);
        }
        Action::CountedKept(count) => state.shared.kept_queries = count,
        Action::Indexing { done, total } => state.shared.indexing = Some((done, total)),
        Action::Indexed(trouble) => {
            state.shared.indexing = None;
            state.shared.unindexed = trouble;
            state.screens.iter_mut().for_each(|screen| screen.behaviour_mut().index_changed());
        }
        Action::NotKept(why) => {
            state.top().0.behaviour_mut().not_kept();
            state.prompt = state.accepted.take();
            state.shared.message = Some(why);
        }
        Action::CouncilOn(date) => return opening::council_on(state, date),
        Action::Unbound => {
            state.shared.say("no such key here; ? lists them");
            state.shared.count = None;
        }
        Action::Nothing => {
            state.shared.message = None;
            state.shared.count = None;
        }
        Action::Wheel(rows) => {
            state.shared.message = None;
            let command = if rows < 0 { Command::Up } else { Command::Down };
            state.shared.count = Some(u32::from(rows.unsigned_abs()));
            let effects = if state.prompt.is_some() { Vec::new() } else { obey(state, command) };
            state.shared.count = None;
            return effects;
        }
        Action::Click { column, row } => click(state, column, row),
    }
    Vec::new()
}

/// If the person was asked whether to fetch a record, the next key answers: the same key or Enter
/// agrees, Esc does not, and any other one does what it always does. What the person did not do leaves
/// the question open, unless it takes the line that shows it.
fn answer_whether_to_fetch(state: &mut State, action: &Action) -> Option<Vec<Effect>> {
    let passes = matches!(
        action,
        Action::Resize(..)
            | Action::Paused
            | Action::Unread(_)
            | Action::Queries(_)
            | Action::CountedKept(_)
            | Action::Indexing { .. }
            | Action::Indexed(_)
            | Action::Library { .. }
    );
    if passes {
        return None;
    }
    let symbol = state.shared.fetching.asked.take()?;
    let Action::Do(command) = action else { return None };
    let agreed = match command {
        Command::Fetch | Command::Open => true,
        Command::Escape => false,
        _ => return None,
    };
    state.shared.message = None;
    state.shared.count = None;
    Some(if agreed { vec![state.shared.fetch(symbol)] } else { Vec::new() })
}

/// Selects the row of the list that was clicked.
fn click(state: &mut State, column: u16, row: u16) {
    state.shared.message = None;
    let geometry = state.shared.geometry;
    if column >= geometry.list() || state.prompt.is_some() {
        return;
    }
    let (screen, shared) = state.top();
    let screen = screen.behaviour_mut();
    let above = usize::from(geometry.head()) + screen.rows_above_list(shared);
    let row = usize::from(row).checked_sub(above);
    if let Some(row) = row.filter(|row| *row < screen.list_height(shared)) {
        screen.select_row(row, shared);
    }
}

fn add_problems(state: &mut State, problems: Vec<Problem>) {
    let known = &state.shared.problems;
    let is_new = |problem: &Problem| known.iter().all(|p| p.file != problem.file);
    let new: Vec<Problem> = problems.into_iter().filter(is_new).collect();
    state.shared.problems = known.iter().cloned().chain(new).collect();
}

/// Opens what the command line asked for.
pub fn open_at(state: &mut State, wanted: &Opening) -> Vec<Effect> {
    match wanted {
        Opening::Meetings => Vec::new(),
        Opening::Record(symbol, page) => {
            opening::meeting(state, symbol, page.map_or(Start::LastPlace, Start::Page))
        }
        Opening::Find(words) => opening::find(state, words),
        Opening::Search(words) => opening::search(state, words),
        Opening::Resume => vec![state.shared.ask(Question::Resume)],
    }
}

fn answered(state: &mut State, number: u64, answer: Answer) -> Vec<Effect> {
    if number != state.shared.question {
        return Vec::new();
    }
    state.shared.pending = !is_last(&answer);
    match answer {
        Answer::Loaded { record, at, place } => opening::loaded(state, record, &at, place),
        Answer::Hit { record, scan } => return opening::hit(state, record, *scan),
        Answer::Said(said) => opening::state_card(state, &said),
        Answer::Backlinks { of, pages, found } => opening::backlinks(state, &of, pages, &found),
        Answer::Notes { notes, marks, said } => opening::notes(state, notes, marks, said),
        Answer::Collocated(query, narrow, found) => {
            opening::collocates(state, query, narrow, *found);
        }
        Answer::Similar(passage, found) => opening::similar(state, passage, *found),
        Answer::KeptQueries { rows, said, .. } => opening::kept_queries(state, rows, said),
        Answer::OpenedKept(looked) => return opening::kept(state, *looked),
        Answer::Resumed(open) => opening::resumed(state, open),
        Answer::Failed(message) => {
            state.shared.loading = false;
            state.shared.message = Some(message);
        }
        // Tab completes only the line that is shown.
        Answer::Completed(completion) => {
            let (screen, shared) = state.top();
            let requests = screen.behaviour_mut().completed(completion, shared);
            return opening::carry_out(state, requests);
        }
        // Help may have been opened above the screen meanwhile.
        Answer::Found(_)
        | Answer::Listed(_)
        | Answer::Searched(_)
        | Answer::Words(..)
        | Answer::Charted(_)
        | Answer::Occurrences(..) => {
            let mut answer = answer;
            for screen in state.screens.iter_mut().rev() {
                match screen.behaviour_mut().take_answer(answer, &mut state.shared) {
                    Some(other) => answer = other,
                    None => break,
                }
            }
        }
    }
    Vec::new()
}

/// Whether no more answers follow to the same question.
fn is_last(answer: &Answer) -> bool {
    match answer {
        Answer::Searched(results) => results.counts.is_some() || results.why.is_some(),
        Answer::Occurrences(_, last) | Answer::KeptQueries { last, .. } => *last,
        _ => true,
    }
}

/// Keys that mean the same on every screen; the rest goes to the screen.
fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    if state.prompt.is_some() {
        return prompt::obey(state, command);
    }
    state.accepted = None;
    match command {
        Command::Quit => return leave_all(state),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Close if state.screens.len() > 1 => return pop(state),
        Command::Close => return leave_all(state),
        Command::Escape => return escape(state),
        Command::Back => return back(state),
        Command::Help => {
            if !matches!(state.screen(), Screen::Help(_)) {
                let help = Help::new(state.context());
                state.screens.push(help.into());
            }
        }
        Command::Find => return opening::find(state, ""),
        Command::Search if !matches!(state.screen(), Screen::Search(_) | Screen::Finder(_)) => {
            return opening::search(state, "");
        }
        Command::Copied => opening::copied(state),
        Command::Today => return vec![Effect::Today],
        Command::Notes => return vec![state.shared.ask(Question::Notes)],
        Command::KeptQueries => return vec![state.shared.ask(Question::KeptQueries)],
        Command::Problems => show_doubts(state),
        Command::ToMark => state.prompt = Some(Prompt::new(Purpose::ToMark, "")),
        Command::Export => prompt::open_export(state),
        _ => {
            let (screen, shared) = state.top();
            let requests = screen.behaviour_mut().obey(command, shared);
            return opening::carry_out(state, requests);
        }
    }
    Vec::new()
}

/// Opens the card of what is doubtful in the record on the screen, and of the files that could not be read.
fn show_doubts(state: &mut State) {
    let record = state.screen().behaviour().record();
    match cards::doubts(record, &state.shared.problems) {
        Some(mut card) => {
            card.open(state.shared.geometry);
            state.screens.push(card.into());
        }
        None if record.is_some() => {
            state.shared.say("no doubt about this record, and every file could be read");
        }
        None => state.shared.say("every file of the library could be read"),
    }
}

/// Steps back by the smallest thing there is: the selection, the reference, the filter, the screen.
fn escape(state: &mut State) -> Vec<Effect> {
    if state.shared.count.is_some() {
        return Vec::new();
    }
    let (screen, shared) = state.top();
    match screen.behaviour_mut().step_back(shared) {
        Some(requests) => opening::carry_out(state, requests),
        None if state.screens.len() > 1 => pop(state),
        None => Vec::new(),
    }
}

/// Back to where the last jump started, or else one screen back.
fn back(state: &mut State) -> Vec<Effect> {
    let Some(depth) = state.jumps.pop() else {
        return if state.screens.len() > 1 { pop(state) } else { Vec::new() };
    };
    let mut effects = Vec::new();
    while state.screens.len() > depth.max(1) {
        effects.extend(opening::close_top(state));
    }
    state.shared.forget_question();
    state.fit();
    effects.extend(opening::returned(state, None));
    effects
}

fn library_changed(state: &mut State, old: &Catalogue, problems: Problems) {
    state.shared.problems = problems;
    for screen in &mut state.screens {
        screen.behaviour_mut().library_changed(old, &state.shared);
    }
    state.fit();
}

fn resize(state: &mut State, columns: u16, rows: u16) {
    let old = state.shared.geometry;
    state.shared.geometry = Geometry { columns, rows, ..old };
    for screen in &mut state.screens {
        screen.behaviour_mut().resize(old, &state.shared);
    }
    state.fit();
}
