//! Keys of the query line of the search screen.

use crate::app::action::{Effect, Question};
use crate::app::command::Command;
use crate::app::line::InputLine;
use crate::app::shared::Shared;
use crate::app::window::Window;
use crate::screens::request::Request;
use crate::search::query::Completion;

use super::state::{Completing, Focus, RECALLED, Search};

/// A key in the query line.
pub(super) fn obey(search: &mut Search, command: Command, shared: &mut Shared) -> Vec<Request> {
    match command {
        Command::Quit => return vec![Request::Quit],
        Command::Cancel => return vec![Request::Close],
        Command::ToHits => return to_hits(search, shared).into_iter().collect(),
        Command::OlderQuery => return recall(search, true, shared),
        Command::NewerQuery => return recall(search, false, shared),
        Command::Complete => return complete(search, true, shared),
        Command::CompleteBack => return complete(search, false, shared),
        Command::DeleteLeft if search.line.text().is_empty() => return vec![Request::Close],
        Command::CursorLeft | Command::CursorRight => {
            search.completing = None;
            search.line.obey(command);
        }
        Command::DeleteLeft | Command::DeleteWord | Command::DeleteLine => {
            return edit(search, shared, |line| line.obey(command));
        }
        _ => {}
    }
    Vec::new()
}

/// Changes the line.
pub(super) fn edit(
    search: &mut Search,
    shared: &mut Shared,
    change: impl FnOnce(&mut InputLine) -> bool,
) -> Vec<Request> {
    search.completing = None;
    search.recalled = None;
    if change(&mut search.line) { search.typed(shared) } else { Vec::new() }
}

/// To the statements; the query can be recalled from now on.
fn to_hits(search: &mut Search, shared: &mut Shared) -> Option<Request> {
    search.completing = None;
    if search.is_empty() {
        if !shared.queries.is_empty() || shared.kept_queries > 0 {
            search.focus = Focus::Hits;
            search.window = Window::default();
        }
        return None;
    }
    search.focus = Focus::Hits;
    search.recalled = None;
    let query = search.line.text().trim_end().to_owned();
    shared.queries.retain(|known| *known != query);
    shared.queries.insert(0, query.clone());
    shared.queries.truncate(RECALLED);
    Some(Effect::KeepQuery(query).into())
}

/// An earlier query, or back towards the one that was being typed.
fn recall(search: &mut Search, older: bool, shared: &mut Shared) -> Vec<Request> {
    if recall_line(search, older, &shared.queries) {
        return search.typed(shared);
    }
    shared.say(if older { "no earlier query" } else { "no later query" });
    Vec::new()
}

/// Puts another of the queries into the line; false where there is none.
fn recall_line(search: &mut Search, older: bool, queries: &[String]) -> bool {
    let typed = search.recalled.as_ref().map_or(search.line.text(), |(_, typed)| typed);
    let typed = typed.to_owned();
    let to = match (&search.recalled, older) {
        // What is in the line already is not an earlier query.
        (None, true) => queries.iter().position(|query| query != typed.trim_end()),
        (Some((at, _)), true) => Some(at + 1),
        (Some((at, _)), false) => at.checked_sub(1),
        (None, false) => return false,
    };
    let query = to.and_then(|to| queries.get(to));
    search.line = match (query, older) {
        (Some(query), _) => InputLine::new(query),
        (None, true) => return false,
        (None, false) => InputLine::new(&typed),
    };
    search.recalled = to.map(|to| (to, typed));
    search.completing = None;
    true
}

/// Completes what is before the cursor, or goes on to the next choice.
fn complete(search: &mut Search, forward: bool, shared: &mut Shared) -> Vec<Request> {
    let Some(completing) = &search.completing else {
        let before = search.line.before_cursor().to_owned();
        return vec![shared.ask(Question::Complete(before)).into()];
    };
    let len = completing.choices.len();
    let chosen = if forward { completing.chosen + 1 } else { completing.chosen + len - 1 };
    choose(search, chosen % len, shared)
}

/// The answer to Tab: the best choice is put in, and Tab goes on to the others.
pub(super) fn completed(
    search: &mut Search,
    completion: Option<Completion>,
    shared: &mut Shared,
) -> Vec<Request> {
    match completion {
        Some(Completion { replace, choices }) if !choices.is_empty() => {
            search.completing = Some(Completing { choices, chosen: 0, at: replace });
            choose(search, 0, shared)
        }
        _ => {
            shared.say("nothing here completes this");
            // The question for the statements was given up for the completion.
            search.ask(shared)
        }
    }
}

fn choose(search: &mut Search, chosen: usize, shared: &mut Shared) -> Vec<Request> {
    let Some(mut completing) = search.completing.take() else { return Vec::new() };
    let Some(choice) = completing.choices.get(chosen).cloned() else { return Vec::new() };
    search.line.replace(completing.at.clone(), &choice);
    completing.at.end = completing.at.start + choice.len();
    completing.chosen = chosen;
    let several = completing.choices.len() > 1;
    search.completing = several.then_some(completing);
    search.recalled = None;
    search.typed(shared)
}
