//! The input line at the foot of the screen: filters as one types, anything else on Enter.

use crate::app::action::{Effect, Question};
use crate::app::command::Command;
use crate::app::export::Exportable;
use crate::app::keymap::Context;
use crate::app::line::InputLine;
use crate::app::prompt::{Prompt, Purpose};

use super::help::state::Help;
use super::opening;
use super::opening::leave_all;
use super::state::State;

/// Text typed or pasted.
pub(super) fn insert(state: &mut State, text: &str) -> Vec<Effect> {
    let Some(prompt) = &mut state.prompt else {
        let (screen, shared) = state.top();
        let requests = screen.behaviour_mut().insert(text, shared);
        return opening::carry_out(state, requests);
    };
    if let purpose @ (Purpose::SetMark | Purpose::ToMark) = prompt.purpose {
        // A mark is one letter, and needs no Enter.
        state.prompt = None;
        return mark(state, purpose, text);
    }
    if prompt.line.insert(text) {
        typed(state);
    }
    Vec::new()
}

/// A letter for a mark was typed: sets it, or goes there.
fn mark(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    let Some(letter) = text.chars().next().filter(|c| c.is_alphanumeric()) else {
        state.shared.say("a mark is one letter");
        return Vec::new();
    };
    if purpose == Purpose::ToMark {
        return vec![state.shared.ask_to_open(Question::Mark(letter))];
    }
    state.accepted = None;
    submit(state, purpose, &letter.to_string())
}

/// Hands an accepted line to the screen.
fn submit(state: &mut State, purpose: Purpose, text: &str) -> Vec<Effect> {
    let (screen, shared) = state.top();
    let requests = screen.behaviour_mut().submit(purpose, text, shared);
    opening::carry_out(state, requests)
}

/// A key in the line.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(prompt) = &mut state.prompt else { return Vec::new() };
    match command {
        Command::Quit => return leave_all(state),
        Command::Suspend => return vec![Effect::Suspend],
        Command::Redraw => return vec![Effect::Redraw],
        Command::Help => {
            // The line is put aside until its keys are closed.
            state.aside = state.prompt.take();
            state.screens.push(Help::new(Context::Input).into());
        }
        Command::Submit => {
            let (purpose, text) = (prompt.purpose, prompt.line.text().to_owned());
            state.accepted = state.prompt.take();
            return match purpose {
                Purpose::Export => write_export(state, &text),
                purpose => submit(state, purpose, &text),
            };
        }
        Command::Cancel => return cancel(state),
        Command::DeleteLeft if prompt.line.text().is_empty() => return cancel(state),
        command if prompt.line.obey(command) => typed(state),
        _ => {}
    }
    Vec::new()
}

/// Leaves the line; a filter goes with it, and the list is where it was before.
fn cancel(state: &mut State) -> Vec<Effect> {
    let Some(prompt) = state.prompt.take() else { return Vec::new() };
    match prompt.purpose {
        Purpose::Filter => {}
        Purpose::Note | Purpose::Words(_) | Purpose::Tags(_) => return vec![Effect::LetGo],
        _ => return Vec::new(),
    }
    set_filter(state, InputLine::default());
    if let (Some(left), Some((window, _))) = (prompt.left, state.top().0.behaviour_mut().list()) {
        *window = left;
        state.fit();
    }
    Vec::new()
}

/// The line changed.
fn typed(state: &mut State) {
    if let Some(Prompt { purpose: Purpose::Filter, line, .. }) = &state.prompt {
        let line = line.clone();
        set_filter(state, line);
    }
}

fn set_filter(state: &mut State, line: InputLine) {
    let (screen, shared) = state.top();
    let screen = screen.behaviour_mut();
    if let Some(filter) = screen.filter() {
        *filter = line;
        screen.refilter(shared);
        screen.fit(shared);
    }
}

/// Opens the line for an export, with a name that can be taken as it is.
pub(super) fn open_export(state: &mut State) {
    match state.screen().behaviour().exportable(&state.shared) {
        Some(found) => state.prompt = Some(Prompt::new(Purpose::Export, &found.name)),
        None => {
            let words = "open a list, a record, a chart, your notes or a card first";
            state.shared.say(words);
        }
    }
}

/// Writes what is shown to a file, whose name was typed.
fn write_export(state: &mut State, file: &str) -> Vec<Effect> {
    let file = file.trim().to_owned();
    if file.is_empty() {
        state.shared.say("an export needs the name of a file");
        return Vec::new();
    }
    let Some(found) = state.screen().behaviour().exportable(&state.shared) else {
        return Vec::new();
    };
    state.shared.say(format!("writing {file} \u{2026}"));
    vec![Effect::Export(Box::new(Exportable { name: file, ..found }))]
}
