//! Keys of the statements of a record.

use crate::app::action::Effect;
use crate::app::cite;
use crate::app::command::Command;
use crate::app::position::Spot;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::record::Item;
use crate::screens::behaviour::Behaviour as _;
use crate::screens::last_word;
use crate::screens::reading::state::Reader;
use crate::screens::request::Request;
use crate::search::similar::Compared;

use super::state::Statements;

/// A key.
pub(super) fn obey(list: &mut Statements, command: Command, shared: &mut Shared) -> Vec<Request> {
    let height = list.list_height(shared);
    if let (Command::Top | Command::Bottom, Some(number)) = (command, shared.count) {
        if !list.select(number, height) {
            shared.say(format!("no statement {number} in this list"));
        }
        return Vec::new();
    }
    if let Some(by) = Move::by_key(command, shared.count) {
        list.window = list.window.moved(by, list.rows.len(), height);
        return Vec::new();
    }
    match command {
        Command::Open => return open(list, shared).into_iter().collect(),
        Command::Slash => return vec![Request::Filter],
        Command::Item => return vec![Request::Item(list.record.symbol.clone())],
        Command::Votes => return vec![Request::Votes(list.record.clone())],
        Command::Council => {
            return vec![Request::Council(list.record.date, Some(list.record.clone()))];
        }
        Command::CopyCitation => return vec![copy_citation(list, shared).into()],
        Command::LastWord => {
            let record = list.record.clone();
            let mut looked_back = list.looked_back.take();
            let Some(statement) = list.statement(list.window.selected) else { return Vec::new() };
            let requests = last_word::look_back(&record, statement, &mut looked_back, shared);
            list.looked_back = looked_back;
            return requests;
        }
        Command::Backlinks => {
            let of = list.record.symbol.to_string();
            return vec![shared.ask_for_backlinks(of, None).into()];
        }
        Command::MoreLike => return more_like(list, shared).into_iter().collect(),
        Command::Procedural => {
            list.procedural = !list.procedural;
            list.refresh();
            list.fit(shared);
        }
        Command::NextSame | Command::PreviousSame => {
            match list.same(command == Command::NextSame) {
                Some(row) => {
                    list.window = list.window.moved(Move::To(row), list.rows.len(), height);
                }
                None => shared.say("no other statement of the same in this record"),
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Opens the text at the selected statement or vote; at the place it was left, if that is in it.
fn open(list: &Statements, shared: &Shared) -> Option<Request> {
    let item = list.item()?;
    let (text, body) = (shared.geometry.text(), shared.geometry.body());
    let mut reader = Reader::new(list.record.clone(), text, body);
    reader.looked_back.clone_from(&list.looked_back);
    let left_here = |spot: &Spot| matches!(list.record.items.get(item), Some(Item::Statement(s)) if s.number == spot.statement);
    match list.place.filter(left_here) {
        Some(spot) => reader.to_spot(spot),
        None => reader.to_item(item),
    }
    if !list.procedural {
        reader.show_procedural(false);
    }
    Some(Request::Read(Box::new(reader)))
}

fn copy_citation(list: &Statements, shared: &mut Shared) -> Effect {
    let pages = match list.item().and_then(|item| list.record.items.get(item)) {
        Some(Item::Statement(s)) => cite::whole_pages(s),
        Some(item) => item.page().map(|page| (page, page)),
        None => None,
    };
    let citation = cite::citation(&list.record, pages);
    shared.say(cite::told(&citation, false));
    Effect::Copy(citation)
}

/// The statements that are most like the selected one.
fn more_like(list: &Statements, shared: &mut Shared) -> Option<Request> {
    let number = list.statement(list.window.selected)?.number;
    let nth = list.record.statements().position(|s| s.number == number)?;
    let (symbol, language) = (list.record.symbol.clone(), list.record.language.clone());
    let passage = Compared { symbol, language, nth, paragraph: None };
    Some(shared.ask_for_similar(passage).into())
}
