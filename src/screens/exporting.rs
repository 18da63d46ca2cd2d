//! `e`: what is shown, to a file named in an input line.

use crate::app::action::Effect;
use crate::app::export::Export;
use crate::app::prompt::{Prompt, Purpose};

use super::state::State;

/// Opens the line, with a name that can be taken as it is.
pub(super) fn open(state: &mut State) {
    match state.screen().behaviour().exportable() {
        Some(found) => state.prompt = Some(Prompt::new(Purpose::Export, &found.name)),
        None => {
            let words = "open a record, a list of statements, your notes or a card first";
            state.shared.say(words);
        }
    }
}

/// The name was typed.
pub(super) fn write(state: &mut State, file: &str) -> Vec<Effect> {
    let file = file.trim().to_owned();
    if file.is_empty() {
        state.shared.say("an export needs the name of a file");
        return Vec::new();
    }
    let Some(found) = state.screen().behaviour().exportable() else { return Vec::new() };
    state.shared.say(format!("writing {file} \u{2026}"));
    vec![Effect::Export(Box::new(Export { file, query: found.query, what: found.what }))]
}
