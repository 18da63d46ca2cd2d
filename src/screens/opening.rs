//! Opening and closing screens: what screens ask for, and the answers that open one.

use std::sync::Arc;

use jiff::civil::Date;

use crate::app::action::{Effect, Question, Start, To, Wanted};
use crate::app::chart::Asked;
use crate::app::cite::Pages;
use crate::app::explain;
use crate::app::found::{At, Narrow};
use crate::app::kept::{KeptRow, Looked};
use crate::app::keymap::Context;
use crate::app::position::Spot;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::said::Said;
use crate::app::scan::Scan;
use crate::desk::notes::Note;
use crate::facts::meetings;
use crate::library::references::{At as CitedAt, Citing};
use crate::record::{Place, Record, Symbol};
use crate::search::collocates::Collocates;
use crate::search::similar::{Compared, Comparison, FEWEST};

use super::Screen;
use super::answers::state::Answers;
use super::card::state::Card;
use super::card::{backlinks as backlinks_card, cards, council, item, of_state};
use super::chart::state::ChartScreen;
use super::collocates::state::CollocateList;
use super::compare::state::Compare;
use super::concordance::state::Concordance;
use super::find::state::Finder;
use super::kept::state::{Kept, NONE_YET as NO_QUERY_YET};
use super::notes::state::{NONE_YET, Notes};
use super::reading::state::Reader;
use super::request::Request;
use super::search::state::{Focus, Search};
use super::similar::state::SimilarList;
use super::state::State;
use super::statements::state::Statements;

/// Carries out what a screen asked for.
pub(super) fn carry_out(state: &mut State, requests: Vec<Request>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for request in requests {
        match request {
            Request::Do(effect) => effects.push(effect),
            Request::Close => effects.extend(pop(state)),
            Request::Quit => effects.extend(leave_all(state)),
            Request::Filter => open_line(state),
            Request::Prompt(purpose, text) => state.prompt = Some(Prompt::new(purpose, &text)),
            Request::Meeting(symbol, at) => effects.extend(meeting(state, &symbol, at)),
            Request::Votes(record) => votes(state, &record),
            Request::Council(date, record) => show_card(state, council::council(date, record)),
            Request::Item(symbol) => match item::card(&symbol, &state.shared.catalogue) {
                Some(card) => show_card(state, card),
                None => state.shared.say(format!("the agenda item of {symbol} is not known")),
            },
            Request::Card(card) => show_card(state, card),
            Request::StatementsOf(named) => {
                state.jump(Answers::new(named.clone()));
                effects.push(state.shared.ask(Question::StatementsOf(named)));
            }
            Request::Search(words) => effects.extend(search(state, &words)),
            Request::Concordance(query, narrow) => {
                effects.extend(concordance(state, &query, narrow));
            }
            Request::Chart(asked) => effects.extend(chart(state, asked)),
            Request::Hits(query) => {
                effects.extend(search(state, &query));
                if let Screen::Search(search) = state.top().0 {
                    search.focus = Focus::Hits;
                }
            }
            Request::ConcordanceOfHits => {
                let hits = state.screens.iter_mut().rev().find_map(|s| s.behaviour_mut().hits());
                let (query, narrow) = hits.map(|hits| hits.query()).unwrap_or_default();
                effects.extend(concordance(state, &query, narrow));
            }
            Request::Read(reader) => state.screens.push(Screen::Reader(reader)),
            Request::Compare(reader) => compare(state, reader),
            Request::NextRecordWithHits { forward } => {
                effects.extend(next_record_with_hits(state, forward));
            }
        }
    }
    effects
}

/// Opens the line that `/` types into on the screen that is shown.
fn open_line(state: &mut State) {
    let screen = state.top().0.behaviour_mut();
    let purpose = screen.slash();
    let line = screen.filter().map(|filter| filter.clone()).unwrap_or_default();
    let window = screen.list().map(|(window, _)| *window);
    let left = window.filter(|_| purpose == Purpose::Filter && line.text().is_empty());
    state.prompt = Some(Prompt { purpose, line, left });
}

/// Closes the screen that is shown.
pub(super) fn pop(state: &mut State) -> Vec<Effect> {
    let left = state.screen().behaviour().left_at();
    let had_line_below =
        matches!(state.screen(), Screen::Help(help) if help.context == Context::Input);
    let mut effects = close_top(state);
    if had_line_below {
        state.prompt = state.aside.take();
    }
    let depth = state.screens.len();
    state.jumps.retain(|jump| *jump < depth);
    state.shared.forget_question();
    effects.extend(returned(state, left));
    state.fit();
    effects
}

/// Ends the program; the places of every open text are kept.
pub(super) fn leave_all(state: &State) -> Vec<Effect> {
    let mut effects = keep_places(state);
    effects.push(Effect::Quit);
    effects
}

/// The places to keep when the program ends, wherever one is.
pub fn keep_places(state: &State) -> Vec<Effect> {
    state.screens.iter().filter_map(|screen| screen.behaviour().place_to_keep()).collect()
}

/// Closes the screen that is shown, with no regard to what is below it.
pub(super) fn close_top(state: &mut State) -> Vec<Effect> {
    let effects = state.screen().behaviour().place_to_keep().into_iter().collect();
    select_hit_below(state);
    if let Some(Screen::Notes(list)) = state.screens.pop() {
        state.memory.undo = list.undo;
    }
    effects
}

/// Tells the screen that is shown again that the one above it was closed.
pub(super) fn returned(state: &mut State, left: Option<Spot>) -> Vec<Effect> {
    let (screen, shared) = state.top();
    let requests = screen.behaviour_mut().returned(left, shared);
    carry_out(state, requests)
}

/// Opens a meeting: its record where the text is here, else the card of what is known.
pub(super) fn meeting(state: &mut State, symbol: &Symbol, at: Start) -> Vec<Effect> {
    if state.shared.has_record(symbol) {
        return vec![state.shared.load(symbol.clone(), None, at)];
    }
    // A file of it that nobody can read is said, beside what is known without it.
    let unread = state.shared.has_unreadable_record(symbol);
    let unread = unread.then(|| format!("{symbol} is here and cannot be read: spv check says why"));
    match meetings::by_symbol(symbol) {
        Some(known) => {
            let mut card = cards::known_meeting(&known);
            // A scan cannot be read, a closed meeting has no record, and a file that is here and cannot
            // be read is not replaced.
            let published = !known.is_scanned() && !known.private && unread.is_none();
            card.missing = published.then(|| symbol.clone());
            card.may_fetch = state.shared.fetching.forbidden.is_none();
            show_card(state, card);
            state.shared.message = unread;
        }
        None => state.shared.message = unread.or_else(|| Some(cards::not_here(symbol))),
    }
    Vec::new()
}

/// A record was fetched: it is opened in place of the card that said it was not here, if that card is
/// still shown.
pub(super) fn fetched(
    state: &mut State,
    symbol: &Symbol,
    fetched: Result<(), String>,
) -> Vec<Effect> {
    state.shared.fetching.running = None;
    if let Err(why) = fetched {
        state.shared.say(why);
        return Vec::new();
    }
    let is_card = |screen: &Screen| matches!(screen, Screen::Card(card) if card.missing.as_ref() == Some(symbol));
    if state.prompt.is_some() || state.shared.loading || !is_card(state.screen()) {
        state.shared.say(format!("{symbol} is in the library now"));
        return Vec::new();
    }
    let mut effects = pop(state);
    effects.extend(meeting(state, symbol, Start::LastPlace));
    effects
}

/// A record is here: its statements, and its text where a place in it was asked for.
pub(super) fn loaded(state: &mut State, record: Arc<Record>, at: &Start, place: Option<Spot>) {
    state.shared.loading = false;
    if *at == Start::Votes {
        return votes(state, &record);
    }
    let geometry = state.shared.geometry;
    let mut list = Statements::new(record.clone(), place, geometry.body());
    let mut reader = Reader::new(record, geometry.text(), geometry.body());
    let reading = match at {
        Start::LastPlace | Start::Votes => false,
        Start::Page(page) => {
            if !reader.to_page(*page) {
                let symbol = &reader.record.symbol;
                state.shared.say(format!("no page {page} is known in {symbol}"));
            }
            true
        }
        Start::Statement(number) => {
            reader.to_spot(Spot { statement: *number, paragraph: 0, byte: 0 });
            true
        }
        Start::Place(spot, said) => {
            reader.to_spot(*spot);
            state.shared.message.clone_from(said);
            true
        }
        Start::LastWord(spot, said, looked_back) => {
            reader.to_spot(*spot);
            reader.looked_back = Some(looked_back.clone());
            list.looked_back = Some(looked_back.clone());
            state.shared.say(said.clone());
            true
        }
        Start::Explanation(on, of) => {
            let vote = explain::vote_on(&reader.record, on);
            let Some(said) = explain::of(&reader.record, vote, of) else {
                let symbol = &reader.record.symbol;
                return state.shared.say(format!("{of} did not speak in {symbol}"));
            };
            reader.to_spot(Spot { statement: said.number, paragraph: 0, byte: 0 });
            let side = if said.after { "after" } else { "before" };
            state.shared.say(format!("{of} spoke {side} the vote"));
            true
        }
    };
    if reading && let Some(statement) = reader.statement() {
        list.select(statement.number, geometry.body());
    }
    state.jump(list);
    if reading {
        state.screens.push(reader.into());
    }
}

/// The records that were open, the one read last on top.
pub(super) fn resumed(state: &mut State, open: Vec<(Arc<Record>, Spot)>) {
    if open.is_empty() {
        state.shared.say("no record was open when the reader was left");
    }
    for (record, spot) in open {
        loaded(state, record, &Start::Place(spot, None), Some(spot));
    }
}

/// The find screen, with some words in it.
pub(super) fn find(state: &mut State, words: &str) -> Vec<Effect> {
    let mut finder = Finder::new(words);
    let requests = if words.is_empty() { Vec::new() } else { finder.ask(&mut state.shared) };
    state.screens.push(finder.into());
    carry_out(state, requests)
}

/// The search screen, with some words in its line.
pub(super) fn search(state: &mut State, words: &str) -> Vec<Effect> {
    let mut search = Search::new(words);
    let requests = search.ask(&mut state.shared);
    state.screens.push(search.into());
    carry_out(state, requests)
}

/// The chart of some queries.
pub fn chart(state: &mut State, asked: Asked) -> Vec<Effect> {
    if asked.queries.is_empty() {
        state.shared.say("a chart needs a query: s");
        return Vec::new();
    }
    let mut chart = ChartScreen::new(asked);
    let requests = chart.ask(&mut state.shared);
    state.screens.push(chart.into());
    carry_out(state, requests)
}

/// The concordance of a query.
fn concordance(state: &mut State, query: &str, narrow: Narrow) -> Vec<Effect> {
    if query.trim().is_empty() {
        state.shared.say("a concordance needs a query: s");
        return Vec::new();
    }
    if !narrow.query(query).has_words() {
        state.shared.say("a concordance needs a word beside the fields");
        return Vec::new();
    }
    state.screens.push(Concordance::new(query, narrow.clone()).into());
    vec![state.shared.ask(Question::Concordance(query.to_owned(), narrow))]
}

/// The Council on a day: the card that is shown goes to it if it is one of the Council.
pub(super) fn council_on(state: &mut State, date: Date) -> Vec<Effect> {
    let geometry = state.shared.geometry;
    if let Screen::Card(card) = state.top().0
        && council::go_to_day(card, date, geometry)
    {
        return Vec::new();
    }
    show_card(state, council::council(date, None));
    Vec::new()
}

/// Puts a card on top, its first link selected.
fn show_card(state: &mut State, mut card: Card) {
    card.open(state.shared.geometry);
    state.jump(card);
}

/// The votes of a record.
fn votes(state: &mut State, record: &Record) {
    match cards::record_votes(record) {
        Some(card) => show_card(state, card),
        None => state.shared.say(format!("no vote in {}", record.symbol)),
    }
}

/// What was copied last. Whether the terminal took it cannot be known.
pub(super) fn copied(state: &mut State) {
    if matches!(state.screen(), Screen::Card(card) if card.flush) {
        return;
    }
    match &state.shared.copied {
        Some(text) => show_card(state, cards::copied(text)),
        None => state.shared.say("nothing was copied yet: y and Y copy"),
    }
}

/// The card of a State, on top.
pub(super) fn state_card(state: &mut State, said: &Said) {
    state.shared.message = None;
    show_card(state, of_state::card(said));
}

/// What cites a document: a card on top.
pub(super) fn backlinks(state: &mut State, of: &str, pages: Pages, found: &[CitedAt<Citing>]) {
    state.shared.message = None;
    let card = backlinks_card::card(of, pages, found, &state.shared.catalogue);
    show_card(state, card);
}

/// Every note and mark: a list, or the one that is open with what is on the disk now.
pub(super) fn notes(
    state: &mut State,
    notes: Vec<Note>,
    marks: Vec<(char, Place)>,
    said: Option<String>,
) {
    let open = match state.screens.as_mut_slice() {
        [.., Screen::Notes(list)] | [.., Screen::Notes(list), Screen::Help(_)] => Some(list),
        _ => None,
    };
    match open {
        Some(list) => list.renew(notes, marks),
        // What was removed last can be put back in an empty list too.
        None if notes.is_empty() && marks.is_empty() && state.memory.undo.is_empty() => {
            state.shared.say(format!("{NONE_YET}: a and m in a text make them"));
        }
        None => {
            let undo = std::mem::take(&mut state.memory.undo);
            state.jump(Notes::new(notes, marks, undo));
        }
    }
    if said.is_some() {
        state.shared.message = said;
    }
    state.fit();
}

/// The words beside the occurrences of a query.
pub(super) fn collocates(state: &mut State, query: String, narrow: Narrow, found: Collocates) {
    state.shared.message = None;
    state.jump(CollocateList::new(query, narrow, found));
    state.fit();
}

/// The statements most like a passage: a list, or the words that there is none.
pub(super) fn similar(state: &mut State, passage: Compared, found: Comparison) {
    state.shared.message = None;
    if found.words.len() < FEWEST {
        return state.shared.say("too few words that other statements have to be compared");
    }
    if found.others.is_empty() && found.same.is_empty() {
        return state.shared.say(found.none(&passage.language));
    }
    state.jump(SimilarList::new(passage, found));
    state.fit();
}

/// Every kept query: a list, or the one that is open with what is on the disk now.
pub(super) fn kept_queries(state: &mut State, rows: Vec<KeptRow>, said: Option<String>) {
    state.shared.kept_queries = rows.len();
    let open = match state.screens.as_mut_slice() {
        [.., Screen::Kept(list)] | [.., Screen::Kept(list), Screen::Help(_)] => Some(list),
        _ => None,
    };
    match open {
        Some(list) => list.renew(rows),
        None if rows.is_empty() => {
            let words = format!("{NO_QUERY_YET}: W on the statements of a search keeps it");
            state.shared.say(words);
        }
        None => state.jump(Kept::new(rows)),
    }
    if said.is_some() {
        state.shared.message = said;
    }
    state.fit();
}

/// A kept query is looked at: its statements, the new ones first. From now on they are seen.
pub(super) fn kept(state: &mut State, mut looked: Looked) -> Vec<Effect> {
    state.shared.loading = false;
    let look = std::mem::take(&mut looked.look);
    let mut search = Search::of_kept(looked);
    if search.line.text().trim() != look.query.trim() {
        state.shared.say("the query is too long for the line: spv search --saved runs it");
        return Vec::new();
    }
    let requests = search.ask(&mut state.shared);
    state.jump(search);
    let mut effects = carry_out(state, requests);
    effects.push(Effect::See(Box::new(look)));
    effects
}

/// Remembers a statement, or compares it with the one remembered.
fn compare(state: &mut State, here: Box<Reader>) {
    let Some(statement) = here.statement() else { return };
    let who = statement.speaker.spoken_for().unwrap_or(&statement.speaker.name).to_owned();
    let what = format!("{who} in {}", here.record.symbol);
    match state.memory.remembered.take() {
        None => {
            state.memory.remembered = Some(here);
            state.shared.say(format!("remembered {what}; D on another compares the two"));
        }
        Some(first) => {
            let compare = Compare::new(*first, *here, state.shared.geometry);
            state.jump(compare);
        }
    }
}

/// The record of a hit is here: it is read at the hit, on top of the list it was opened from, or instead of
/// the record before it.
pub(super) fn hit(state: &mut State, record: Arc<Record>, scan: Scan) -> Vec<Effect> {
    state.shared.loading = false;
    let mut effects = Vec::new();
    if matches!(state.screen(), Screen::Reader(reader) if reader.of_query.is_some()) {
        effects.extend(state.screen().behaviour().place_to_keep());
        state.screens.pop();
    } else {
        state.jumps.push(state.screens.len());
    }
    let geometry = state.shared.geometry;
    let reader = Reader::at_hit(record, scan, geometry.text(), geometry.body());
    state.shared.say(reader.hit_words());
    state.screens.push(reader.into());
    select_hit_below(state);
    // Going on from record to record, the list below is filled before its end is reached.
    let below = state.screens.len().checked_sub(2).and_then(|at| state.screens.get_mut(at));
    let hits = below.and_then(|below| below.behaviour_mut().hits());
    let more = hits.filter(|_| !state.shared.pending).map(|hits| hits.want_more(&mut state.shared));
    effects.extend(carry_out(state, more.unwrap_or_default()));
    effects
}

/// On to the next record of the list the text was opened from, or the one before.
fn next_record_with_hits(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some((Screen::Reader(reader), below)) = state.screens.split_last_mut() else {
        return Vec::new();
    };
    let (symbol, language) = (reader.record.symbol.clone(), reader.record.language.clone());
    let here = At { symbol, language, nth: 0, capacity: None };
    let Some(hits) = below.last_mut().and_then(|below| below.behaviour_mut().hits()) else {
        state.shared.say("that was the last hit in this record");
        return Vec::new();
    };
    let (before, after) = hits.around();
    let mut way = if forward { after } else { before }.into_iter();
    match way.find(|at| !at.same_record(&here)) {
        Some(at) => {
            let (query, narrow) = hits.query();
            let to = if forward { To::First } else { To::Last };
            let question = Question::Hit(Wanted { query, narrow, at, to });
            vec![state.shared.ask_to_open(question)]
        }
        None => {
            let end = if forward { "last" } else { "first" };
            state.shared.say(format!("that was the {end} hit"));
            Vec::new()
        }
    }
}

/// In the list below a text, the statement of the hit that is read is the selected one.
fn select_hit_below(state: &mut State) {
    let Some((Screen::Reader(reader), below)) = state.screens.split_last_mut() else { return };
    let hits = below.last_mut().and_then(|below| below.behaviour_mut().hits());
    if let (Some(at), Some(hits)) = (reader.statement_of_hit(), hits) {
        hits.select_hit(&at, &state.shared);
    }
}
