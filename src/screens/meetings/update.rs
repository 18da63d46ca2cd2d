//! Keys of the list of meetings.

use crate::app::action::Start;
use crate::app::command::Command;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::facts::meetings as table;
use crate::screens::behaviour::Behaviour as _;
use crate::screens::request::Request;

use super::state::{MeetingRow, Meetings, symbol_of};

/// A key.
pub(super) fn obey(list: &mut Meetings, command: Command, shared: &mut Shared) -> Vec<Request> {
    let height = list.list_height(shared);
    if let (Command::Top | Command::Bottom, Some(number)) = (command, shared.count) {
        match list.row_of(number, &shared.catalogue) {
            Some(row) => list.window = list.window.moved(Move::To(row), list.rows.len(), height),
            None => shared.say(format!("no meeting {number} in this list")),
        }
        return Vec::new();
    }
    if let Some(by) = Move::by_key(command, shared.count) {
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    let row = list.rows.get(list.window.selected).copied();
    let request = match (command, row) {
        (Command::Slash, _) => Some(Request::Filter),
        (Command::Open, Some(row)) => meeting(row, Start::LastPlace, shared),
        (Command::Votes, Some(row @ MeetingRow::Known(_))) => {
            meeting(row, Start::LastPlace, shared)
        }
        (Command::Votes, Some(row @ MeetingRow::Here(_))) => meeting(row, Start::Votes, shared),
        (Command::Council, Some(row)) => council(row, shared),
        (Command::Item, Some(row)) => symbol_of(row, &shared.catalogue).map(Request::Item),
        (Command::TextOnly, _) => {
            text_only(list, shared);
            None
        }
        (Command::NextHit | Command::PreviousHit, _) => {
            shared.say("no search in a list: / filters it");
            None
        }
        _ => None,
    };
    request.into_iter().collect()
}

/// Lists only the meetings whose text is here, or all that are known.
fn text_only(list: &mut Meetings, shared: &mut Shared) {
    list.known = !list.known;
    list.refresh(&shared.catalogue);
    let with = if list.filter.text().is_empty() { "" } else { ", filtered" };
    shared.say(if list.known {
        format!("all {} meetings{with}", list.rows.len())
    } else {
        format!("the {} meetings whose text is here{with}", list.rows.len())
    });
    list.fit(shared);
}

fn meeting(row: MeetingRow, at: Start, shared: &Shared) -> Option<Request> {
    Some(Request::Meeting(symbol_of(row, &shared.catalogue)?, at))
}

fn council(row: MeetingRow, shared: &Shared) -> Option<Request> {
    let date = match row {
        MeetingRow::Here(index) => shared.catalogue.entries.get(index)?.date,
        MeetingRow::Known(id) => table::get(id)?.date,
    };
    Some(Request::Council(date, None))
}
