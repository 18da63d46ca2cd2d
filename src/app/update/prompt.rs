//! The input line at the foot of the screen: filters as one types, search on Enter.

use crate::app::action::{Command, Effect};
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::state::{Changing, Prompt, Purpose, Screen, State};
use crate::app::window::Window;

use super::{desk, export, fit, leave_all, notes, reading};

/// Opens the line on the screen that is shown.
pub(super) fn open(state: &mut State) {
    let (purpose, line, window) = match state.screen() {
        Screen::Meetings(list) => (Purpose::Filter, list.filter.clone(), Some(list.window)),
        Screen::Statements(list) => (Purpose::Filter, list.filter.clone(), Some(list.window)),
        Screen::Answers(list) => (Purpose::Filter, list.filter.clone(), Some(list.window)),
        Screen::Notes(list) => (Purpose::Filter, list.filter.clone(), Some(list.window)),
        Screen::Reader(_) => (Purpose::Search, InputLine::default(), None),
        _ => return,
    };
    let left = window.filter(|_| line.text().is_empty());
    state.prompt = Some(Prompt { purpose, line, left });
}

/// Opens the line for something else, with a text in it.
pub(super) fn open_for(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    state.prompt = Some(Prompt { purpose, line: InputLine::new(text), left: None });
    Vec::new()
}

/// Text typed or pasted.
pub(super) fn insert(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(Prompt { purpose: purpose @ (Purpose::SetMark | Purpose::ToMark), .. }) =
        state.prompt
    {
        // A mark is one letter, and needs no Enter.
        state.prompt = None;
        return desk::mark(state, purpose, text);
    }
    if let Some(prompt) = &mut state.prompt {
        if prompt.line.insert(text) {
            typed(state);
        }
        return Vec::new();
    }
    match state.screen() {
        Screen::Search(_) => super::search::insert(state, text),
        _ => super::finder::insert(state, text),
    }
}

/// A key in the line.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(prompt) = &mut state.prompt else { return Vec::new() };
    match command {
        Command::Quit => return leave_all(state),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Help => help(state),
        Command::Submit => {
            let (purpose, text) = (prompt.purpose, prompt.line.text().to_owned());
            let line = state.prompt.take();
            state.changing = Changing { line, ..Changing::default() };
            match purpose {
                Purpose::Search => reading::search(state, &text),
                Purpose::Note => return desk::note(state, &text),
                Purpose::Words(number) => return notes::reword(state, number, &text),
                Purpose::Tags(number) => return notes::retag(state, number, &text),
                Purpose::Export => return export::write(state, &text),
                Purpose::Filter | Purpose::SetMark | Purpose::ToMark => {}
            }
        }
        Command::Cancel => return cancel(state),
        Command::DeleteLeft => {
            if prompt.line.delete_left() {
                typed(state);
            } else if prompt.line.text().is_empty() {
                return cancel(state);
            }
        }
        Command::DeleteWord => edit(state, InputLine::delete_word),
        Command::DeleteLine => edit(state, InputLine::delete_line),
        Command::CursorLeft => prompt.line.left(),
        Command::CursorRight => prompt.line.right(),
        _ => {}
    }
    Vec::new()
}

/// The keys of the line, which is put aside until they are closed.
fn help(state: &mut State) {
    state.aside = state.prompt.take();
    state.screens.push(Screen::Help(Context::Input, Window::default()));
}

fn edit(state: &mut State, change: fn(&mut InputLine) -> bool) {
    if let Some(prompt) = &mut state.prompt
        && change(&mut prompt.line)
    {
        typed(state);
    }
}

/// Leaves the line; a filter goes with it, and one is where one was before it.
fn cancel(state: &mut State) -> Vec<Effect> {
    let Some(prompt) = state.prompt.take() else { return Vec::new() };
    match prompt.purpose {
        Purpose::Filter => {}
        Purpose::Note | Purpose::Words(_) | Purpose::Tags(_) => return vec![Effect::LetGo],
        _ => return Vec::new(),
    }
    set_filter(state, InputLine::default());
    let Some(left) = prompt.left else { return Vec::new() };
    match state.screens.last_mut() {
        Some(Screen::Meetings(list)) => list.window = left,
        Some(Screen::Statements(list)) => list.window = left,
        Some(Screen::Answers(list)) => list.window = left,
        Some(Screen::Notes(list)) => list.window = left,
        _ => {}
    }
    fit(state);
    Vec::new()
}

fn typed(state: &mut State) {
    if let Some(Prompt { purpose: Purpose::Filter, line, .. }) = &state.prompt {
        let line = line.clone();
        set_filter(state, line);
    }
}

fn set_filter(state: &mut State, line: InputLine) {
    match state.screens.last_mut() {
        Some(Screen::Meetings(list)) => list.filter = line,
        Some(Screen::Statements(list)) => list.filter = line,
        Some(Screen::Answers(list)) => list.filter = line,
        Some(Screen::Notes(list)) => list.filter = line,
        _ => return,
    }
    refilter(state);
}

/// Makes the rows of the shown list anew.
pub(super) fn refilter(state: &mut State) {
    match state.screens.last_mut() {
        Some(Screen::Meetings(list)) => list.refresh(&state.catalogue),
        Some(Screen::Statements(list)) => list.refresh(),
        Some(Screen::Answers(list)) => list.refresh(),
        Some(Screen::Notes(list)) => list.refresh(),
        _ => {}
    }
    fit(state);
}
