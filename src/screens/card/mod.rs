//! Cards: a vote, the Council on a day, a known meeting, what cites a document, what is doubtful in a record,
//! files that could not be read.

use ratatui::layout::Rect;

use crate::app::action::Start;
use crate::app::card_line::Target;
use crate::app::command::Command;
use crate::app::export::{Exportable, What};
use crate::app::geometry::Geometry;
use crate::app::keymap::Context;
use crate::app::prompt::Purpose;
use crate::app::shared::Shared;
use crate::app::window::Move;
use crate::facts::votes;
use crate::record::harmless;
use crate::search::find::{self, Named};
use crate::ui::paint::Pen;

use super::behaviour::{Behaviour, Cursor};
use super::request::Request;
use state::{Card, width_on};

pub mod backlinks;
pub mod cards;
mod cells;
pub mod council;
pub mod item;
pub mod of_state;
mod speech;
pub mod state;
mod view;

impl Behaviour for Card {
    fn context(&self) -> Context {
        if self.day.is_some() { Context::Council } else { Context::Card }
    }

    fn title(&self, _shared: &Shared) -> String {
        self.title.clone()
    }

    fn status(&self, shared: &Shared) -> String {
        let running = shared.fetching.running.as_ref();
        if let Some(running) = running.filter(|r| self.missing.as_ref() == Some(&r.symbol)) {
            // One thread does all long jobs.
            return match shared.indexing {
                Some(_) if running.have == 0 => {
                    format!("{} is fetched when the index is made", running.symbol)
                }
                _ => running.words(),
            };
        }
        let rows = self.rows(width_on(shared.geometry)).len();
        self.window.position_in_text(rows, shared.geometry.body())
    }

    fn obey(&mut self, command: Command, shared: &mut Shared) -> Vec<Request> {
        if let Some(by) = Move::by_key(command, shared.count) {
            self.window = self.moved(by, shared.geometry);
            return Vec::new();
        }
        if let Some(next) = council::step(self, command, shared.count.unwrap_or(1)) {
            self.replace(next, shared.geometry);
            return Vec::new();
        }
        let request = match command {
            Command::Slash if self.day.is_some() => {
                Some(Request::Prompt(Purpose::Date, String::new()))
            }
            Command::Open => self.target(shared.geometry).cloned().and_then(|t| open(t, shared)),
            Command::Backlinks => backlinks_of(self, shared),
            Command::Fetch => fetch(self, shared),
            Command::Item => item_of(self, shared),
            _ => None,
        };
        request.into_iter().collect()
    }

    fn submit(&mut self, purpose: Purpose, text: &str, shared: &mut Shared) -> Vec<Request> {
        if purpose == Purpose::Date && !text.trim().is_empty() {
            match find::parse_day(text) {
                Some(date) => drop(council::go_to_day(self, date, shared.geometry)),
                None => {
                    let text = harmless::line(text.trim());
                    shared.say(format!("no date: {text}; try 30 nov 2026 or november 2026"));
                }
            }
        }
        Vec::new()
    }

    fn view(&self, _shared: &Shared, body: Rect, pen: &mut Pen<'_>) -> Option<Cursor> {
        view::view(self, body, pen)
    }

    fn hint(&self, command: Command, usual: &'static str) -> Option<&'static str> {
        let works = match command {
            Command::Open => self.has_links(),
            Command::Slash => self.day.is_some(),
            Command::Backlinks => self.cited().is_some(),
            Command::Fetch => self.missing.is_some() && self.may_fetch,
            Command::Item => self.meeting().is_some(),
            _ => true,
        };
        works.then_some(usual)
    }

    fn is_exercise(&self, _shared: &Shared) -> bool {
        self.exercise
    }

    fn resize(&mut self, old: Geometry, shared: &Shared) {
        self.set_size(old, shared.geometry);
    }

    fn select_row(&mut self, row: usize, shared: &Shared) {
        self.select_shown(self.window.top + row, shared.geometry);
    }

    fn exportable(&self, _shared: &Shared) -> Option<Exportable> {
        let name = if self.flush { "copied.txt" } else { "card.txt" };
        let (name, query) = (name.to_owned(), self.title.clone());
        Some(Exportable { name, query, what: What::Text(self.text()) })
    }
}

/// What Enter opens.
fn open(target: Target, shared: &mut Shared) -> Option<Request> {
    Some(match target {
        Target::Meeting(symbol) => Request::Meeting(symbol, Start::LastPlace),
        Target::Vote(id) => Request::Card(cards::vote(&votes::get(id)?, &shared.catalogue)),
        Target::State(name) => shared.ask_for_state(name).into(),
        Target::StatementsOf(name) => Request::StatementsOf(Named::State(name)),
        Target::Topic(name) => Request::StatementsOf(Named::Topic(name)),
        Target::Agreements(state) => Request::Card(of_state::agreements(&state)),
        Target::Agreement(first, second) => Request::Card(of_state::agreement(&first, &second)),
        Target::Vetoes(state) => Request::Card(of_state::vetoes(&state)),
        Target::Statement(symbol, number) => {
            shared.load(symbol, None, Start::Statement(number)).into()
        }
        Target::Page(symbol, language, page) => {
            shared.load(symbol, Some(language), Start::Page(page)).into()
        }
        Target::Passage(symbol, language, number) => {
            shared.load(symbol, Some(language), Start::Statement(number)).into()
        }
        Target::Explanation { symbol, on, state } => {
            shared.load(symbol, None, Start::Explanation(on, state)).into()
        }
    })
}

/// Asks whether to fetch the record that is missing, or opens it if it came meanwhile.
fn fetch(card: &Card, shared: &mut Shared) -> Option<Request> {
    match &card.missing {
        Some(symbol) if shared.has_record(symbol) => {
            return Some(Request::Meeting(symbol.clone(), Start::LastPlace));
        }
        Some(symbol) => shared.ask_to_fetch(symbol),
        None => shared.say("there is nothing to fetch here"),
    }
    None
}

/// Asks for the meetings on the item of the meeting that the card, or the selected line, is about.
fn item_of(card: &Card, shared: &mut Shared) -> Option<Request> {
    let of_vote = |id: &u32| votes::get(*id).and_then(|vote| vote.meeting.parse().ok());
    let of_line = || match card.target(shared.geometry) {
        Some(Target::Meeting(symbol) | Target::Explanation { symbol, .. }) => Some(symbol.clone()),
        Some(Target::Statement(symbol, _)) => Some(symbol.clone()),
        Some(Target::Page(symbol, ..) | Target::Passage(symbol, ..)) => Some(symbol.clone()),
        Some(Target::Vote(id)) => of_vote(id),
        _ => None,
    };
    let symbol = card.meeting().or_else(of_line);
    if symbol.is_none() {
        shared.say("nothing on this card is on an agenda item");
    }
    symbol.map(Request::Item)
}

/// Asks who cites the vote or meeting that the card, or the selected line, is about.
fn backlinks_of(card: &Card, shared: &mut Shared) -> Option<Request> {
    let of_line = match card.target(shared.geometry) {
        Some(Target::Vote(id)) => votes::get(*id).map(|v| v.reference.to_owned()),
        Some(
            Target::Meeting(symbol)
            | Target::Statement(symbol, _)
            | Target::Page(symbol, ..)
            | Target::Passage(symbol, ..),
        ) => Some(symbol.to_string()),
        Some(Target::Explanation { on, .. }) => Some(on.clone()),
        _ => None,
    };
    let of = card.voted().map(ToOwned::to_owned).or(of_line).or_else(|| card.cited());
    let Some(of) = of else {
        shared.say("nothing on this card can be cited");
        return None;
    };
    Some(shared.ask_for_backlinks(of, None).into())
}
