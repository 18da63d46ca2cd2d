//! Keys of the list of kept queries: open, rename, remove and put back.

use crate::app::action::{Change, Effect, QueryChange, Question};
use crate::app::command::Command;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::screens::behaviour::Behaviour as _;
use crate::screens::request::Request;

use super::state::Kept;

/// A key.
pub(super) fn obey(list: &mut Kept, command: Command, shared: &mut Shared) -> Vec<Request> {
    if let Some(by) = Move::by_key_in_rows(command, shared.count) {
        let height = list.list_height(shared);
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    let name = list.selected().map(|row| row.kept.name.clone());
    match (command, name) {
        (Command::Open, Some(name)) => {
            return vec![shared.ask_to_open(Question::OpenKept(name)).into()];
        }
        (Command::Rename, Some(name)) => return vec![Request::Prompt(Purpose::Rename, name)],
        (Command::Remove, Some(_)) => return remove(list, shared),
        (Command::Undo, _) => return undo(list, shared),
        (Command::Slash | Command::NextHit | Command::PreviousHit, _) => {
            shared.say("this list is neither filtered nor searched");
        }
        _ => {}
    }
    Vec::new()
}

fn remove(list: &mut Kept, shared: &mut Shared) -> Vec<Request> {
    let Some(name) = list.remove() else { return Vec::new() };
    shared.say(format!("{name} is removed; u puts it back"));
    change(QueryChange::Remove(name), shared)
}

fn undo(list: &mut Kept, shared: &mut Shared) -> Vec<Request> {
    let Some(back) = list.removed.pop() else {
        shared.say("nothing was removed here that could be put back");
        return Vec::new();
    };
    shared.say(format!("{} is back", back.name));
    list.put_back = Some(back.clone());
    change(QueryChange::Restore(back), shared)
}

/// Another name was typed.
pub(super) fn submit(list: &Kept, text: &str, shared: &mut Shared) -> Vec<Request> {
    let Some(row) = list.selected() else { return Vec::new() };
    let (name, to) = (row.kept.name.clone(), text.to_owned());
    change(QueryChange::Rename { name, to }, shared)
}

/// Carries out a change, and reads the desk again.
fn change(change: QueryChange, shared: &mut Shared) -> Vec<Request> {
    let effect = Effect::Desk(Change::Query(Box::new(change)));
    vec![effect.into(), shared.ask(Question::KeptQueries).into()]
}

/// The change could not be written; the list is read again in any case.
pub(super) fn not_kept(list: &mut Kept) {
    match list.put_back.take() {
        Some(query) => list.removed.push(query),
        None => drop(list.removed.pop()),
    }
}
