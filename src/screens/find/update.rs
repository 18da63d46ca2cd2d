//! Keys of the find screen.

use crate::app::action::Start;
use crate::app::command::Command;
use crate::app::line::InputLine;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::facts::votes;
use crate::screens::card::cards;
use crate::screens::request::Request;
use crate::search::find::Named;

use super::state::Finder;

/// A key.
pub(super) fn obey(finder: &mut Finder, command: Command, shared: &mut Shared) -> Vec<Request> {
    if let Some(by) = Move::by_key(command, None) {
        let height = finder.height(shared.geometry);
        finder.window = finder.window.moved(by, finder.hits.hits.len(), height);
        return Vec::new();
    }
    match command {
        // Where no name was found the words may be in the texts.
        Command::Open if finder.offers_texts() => {
            vec![Request::Search(finder.line.text().to_owned())]
        }
        Command::Open => {
            let hit = finder.hits.hits.get(finder.window.selected);
            hit.and_then(|hit| open(&hit.named, shared)).into_iter().collect()
        }
        Command::Search => vec![Request::Search(finder.line.text().to_owned())],
        Command::Cancel => vec![Request::Close],
        Command::Quit => vec![Request::Quit],
        Command::DeleteLeft if finder.line.text().is_empty() => vec![Request::Close],
        command => edit(finder, shared, |line| line.obey(command)),
    }
}

/// Changes the line. One that is full stays as it is, and so does its answer: a megabyte may be pasted.
pub(super) fn edit(
    finder: &mut Finder,
    shared: &mut Shared,
    change: impl FnOnce(&mut InputLine) -> bool,
) -> Vec<Request> {
    if change(&mut finder.line) { finder.ask(shared) } else { Vec::new() }
}

/// Opens what a name names.
fn open(named: &Named, shared: &mut Shared) -> Option<Request> {
    Some(match named {
        Named::Record { symbol, .. } => Request::Meeting(symbol.clone(), Start::LastPlace),
        Named::Page { symbol, page } => Request::Meeting(symbol.clone(), Start::Page(*page)),
        Named::State(name) => shared.ask_for_state(name.clone()).into(),
        Named::Council(date) => Request::Council(*date, None),
        Named::Vote(id) => Request::Card(cards::vote(&votes::get(*id)?, &shared.catalogue)),
        named => Request::StatementsOf(named.clone()),
    })
}
