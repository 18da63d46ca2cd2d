//! `e`: what is shown, to a file named in an input line.

use crate::app::action::Effect;
use crate::app::export::{Export, What};
use crate::app::state::{Purpose, Screen, State};

use super::prompt;

/// Opens the line, with a name that can be taken as it is.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let name = match state.screen() {
        Screen::Reader(reader) => {
            let number = reader.statement().map_or(0, |s| s.number);
            format!("{}.{number}.md", reader.record.symbol.file_stem())
        }
        Screen::Statements(list) => format!("{}.md", list.record.symbol.file_stem()),
        Screen::Answers(_) | Screen::Search(_) => "statements.csv".to_owned(),
        Screen::Notes(_) => "notes.md".to_owned(),
        Screen::Card(card) if card.flush => "copied.txt".to_owned(),
        Screen::Card(_) => "card.txt".to_owned(),
        Screen::Meetings(_)
        | Screen::Finder(_)
        | Screen::Concordance(_)
        | Screen::Compare(_)
        | Screen::Help(..) => {
            state.message =
                Some("open a record, a list of statements, your notes or a card first".to_owned());
            return Vec::new();
        }
    };
    prompt::open_for(state, Purpose::Export, &name)
}

/// The name was typed.
pub(super) fn write(state: &mut State, file: &str) -> Vec<Effect> {
    let file = file.trim().to_owned();
    if file.is_empty() {
        state.message = Some("an export needs the name of a file".to_owned());
        return Vec::new();
    }
    let Some((query, what)) = shown(state) else { return Vec::new() };
    state.message = Some(format!("writing {file} \u{2026}"));
    vec![Effect::Export(Box::new(Export { file, query, what }))]
}

/// What is shown, and the words for it.
fn shown(state: &State) -> Option<(String, What)> {
    match state.screens.last()? {
        Screen::Reader(reader) => {
            let number = reader.statement()?.number;
            let query = format!("{}, statement {number}", reader.record.symbol);
            Some((query, What::Record(reader.record.clone(), Some(vec![number]))))
        }
        Screen::Statements(list) => {
            Some((list.record.symbol.to_string(), What::Record(list.record.clone(), None)))
        }
        Screen::Answers(list) => {
            let rows = list.rows.iter();
            let rows = rows.map(|row| (row.symbol.clone(), row.language.clone(), row.number));
            Some((list.title(), What::Listed(rows.collect())))
        }
        // All of them: the screen has only as many as one has looked at, and some more.
        Screen::Search(search) => {
            let asked = search.results.of.clone();
            Some((asked.query().to_string(), What::Found(asked)))
        }
        Screen::Notes(list) => Some((list.title(), What::Notes(list.shown().cloned().collect()))),
        Screen::Card(card) => Some((card.title.clone(), What::Text(card.text()))),
        _ => None,
    }
}
