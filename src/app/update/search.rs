//! The search screen: what it asks for, and the keys of its query line. Its list is in `hits`.

use crate::app::action::{Command, Effect, Question};
use crate::app::line::InputLine;
use crate::app::search::{Asked, Completing, Focus, Narrow, PAGE, Results, Search, Words};
use crate::app::state::{Screen, State};
use crate::app::window::Window;
use crate::search::query::Completion;

use super::{ask, leave_all, pop};

mod hits;

pub(super) use hits::{concordance_of, hit_words, onward, opened, returned, step_back};

/// Queries that can be recalled.
pub const RECALLED: usize = 100;

/// Opens the screen, with some words in its line.
pub(super) fn open(state: &mut State, words: &str) -> Vec<Effect> {
    state.screens.push(Screen::Search(Box::new(Search::new(words))));
    search(state)
}

/// A key.
pub(super) fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(search) = shown(state) else { return Vec::new() };
    match search.focus {
        Focus::Line => in_line(state, command),
        Focus::Hits => hits::obey(state, command),
        Focus::States => hits::choose(state, command),
    }
}

/// The search screen, where it is the one shown.
fn shown(state: &mut State) -> Option<&mut Search> {
    match state.screens.last_mut() {
        Some(Screen::Search(search)) => Some(search),
        _ => None,
    }
}

/// The search screen one came from: the topmost.
fn topmost(state: &mut State) -> Option<&mut Search> {
    state.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Search(search) => Some(&mut **search),
        _ => None,
    })
}

fn in_line(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(search) = shown(state) else { return Vec::new() };
    match command {
        Command::Quit => return leave_all(state),
        Command::Cancel => return pop(state),
        Command::ToHits => return to_hits(state),
        Command::OlderQuery => return recall(state, true),
        Command::NewerQuery => return recall(state, false),
        Command::Complete => return complete(state, true),
        Command::CompleteBack => return complete(state, false),
        Command::DeleteLeft if search.line.text().is_empty() => return pop(state),
        Command::DeleteLeft => return edit(state, InputLine::delete_left),
        Command::DeleteWord => return edit(state, InputLine::delete_word),
        Command::DeleteLine => return edit(state, InputLine::delete_line),
        Command::CursorLeft => search.line.left(),
        Command::CursorRight => search.line.right(),
        _ => return Vec::new(),
    }
    search.completing = None;
    Vec::new()
}

fn edit(state: &mut State, change: impl FnOnce(&mut InputLine) -> bool) -> Vec<Effect> {
    let Some(search) = shown(state) else { return Vec::new() };
    search.completing = None;
    search.recalled = None;
    if change(&mut search.line) { typed(state) } else { Vec::new() }
}

/// Text typed or pasted.
pub(super) fn insert(state: &mut State, text: &str) -> Vec<Effect> {
    edit(state, |line| line.insert(text))
}

/// The line changed: what was narrowed was of another query.
fn typed(state: &mut State) -> Vec<Effect> {
    let Some(search) = shown(state) else { return Vec::new() };
    search.narrow = Narrow::default();
    search.limit = PAGE;
    self::search(state)
}

/// Asks for what the screen wants now; whatever was asked before is late from now on.
fn search(state: &mut State) -> Vec<Effect> {
    let show = state.list_height();
    let Some(search) = shown(state) else { return Vec::new() };
    if search.is_empty() {
        search.results = Results::default();
        search.rows.clear();
        search.window = Window::default();
        super::forget_question(state);
        return Vec::new();
    }
    let asked = search.asked();
    ask(state, Question::Search { asked, show })
}

/// To the statements; the query is one to be recalled from now on.
fn to_hits(state: &mut State) -> Vec<Effect> {
    let queries = state.queries.len();
    let Some(search) = shown(state) else { return Vec::new() };
    search.completing = None;
    if search.is_empty() {
        if queries > 0 {
            search.focus = Focus::Hits;
            search.window = Window::default();
        }
        return Vec::new();
    }
    search.focus = Focus::Hits;
    search.recalled = None;
    let query = search.line.text().trim_end().to_owned();
    state.queries.retain(|known| *known != query);
    state.queries.insert(0, query.clone());
    state.queries.truncate(RECALLED);
    vec![Effect::KeepQuery(query)]
}

/// An earlier query, or back towards the one that was being typed.
fn recall(state: &mut State, older: bool) -> Vec<Effect> {
    let queries = std::mem::take(&mut state.queries);
    let changed = shown(state).is_some_and(|search| {
        let typed = search.recalled.as_ref().map_or(search.line.text(), |(_, typed)| typed);
        let typed = typed.to_owned();
        let to = match (&search.recalled, older) {
            // What stands in the line already is not an earlier query.
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
    });
    state.queries = queries;
    if changed {
        return typed(state);
    }
    let words = if older { "no earlier query" } else { "no later query" };
    state.message = Some(words.to_owned());
    Vec::new()
}

/// Completes what stands before the cursor, or goes on to the next choice.
fn complete(state: &mut State, forward: bool) -> Vec<Effect> {
    let Some(search) = shown(state) else { return Vec::new() };
    let Some(completing) = &search.completing else {
        let before = search.line.before_cursor().to_owned();
        return ask(state, Question::Complete(before));
    };
    let len = completing.choices.len();
    let chosen = if forward { completing.chosen + 1 } else { completing.chosen + len - 1 };
    choose(state, chosen % len)
}

/// The answer to Tab: the best choice is put in, and Tab goes on to the others.
pub(super) fn completed(state: &mut State, completion: Option<Completion>) -> Vec<Effect> {
    let Some(search) = shown(state).filter(|search| search.focus == Focus::Line) else {
        return Vec::new();
    };
    match completion {
        Some(Completion { replace, choices }) if !choices.is_empty() => {
            search.completing = Some(Completing { choices, chosen: 0, at: replace });
            choose(state, 0)
        }
        _ => {
            state.message = Some("nothing here completes this".to_owned());
            // The question for the statements was given up for the completion.
            self::search(state)
        }
    }
}

fn choose(state: &mut State, chosen: usize) -> Vec<Effect> {
    let Some(search) = shown(state) else { return Vec::new() };
    let Some(mut completing) = search.completing.take() else { return Vec::new() };
    let Some(choice) = completing.choices.get(chosen).cloned() else { return Vec::new() };
    search.line.replace(completing.at.clone(), &choice);
    completing.at.end = completing.at.start + choice.len();
    completing.chosen = chosen;
    let several = completing.choices.len() > 1;
    search.completing = several.then_some(completing);
    search.recalled = None;
    typed(state)
}

/// An answer: the best first, and once more with the counts.
pub(super) fn searched(state: &mut State, results: Results) {
    let (narrow, height) = (state.geometry.narrow(), hits_height(state));
    let Some(search) = topmost(state) else { return };
    let more = search.results.of.same_list(&results.of);
    let selected = search.selected().map(|found| found.at.clone());
    let old = std::mem::replace(&mut search.results, results);
    if more {
        keep_words(&mut search.results, old);
    } else {
        search.window = Window::default();
        search.rows.clear();
        search.states = Window::default();
    }
    search.set_rows(narrow, height);
    // Where the index changed meanwhile the same statement may stand elsewhere.
    let moved = selected.filter(|at| more && search.selected().is_none_or(|f| f.at != *at));
    if let Some(at) = moved
        && let Some(hit) = search.results.found.iter().position(|found| found.at == at)
    {
        search.select(hit, height);
    }
}

/// What was read of the statements stays read.
fn keep_words(new: &mut Results, old: Results) {
    for (new, old) in new.found.iter_mut().zip(old.found) {
        if new.at == old.at && new.words == Words::Awaited {
            *new = old;
        }
    }
    if new.counts.is_none() && new.why.is_none() {
        new.counts = old.counts.filter(|_| new.of == old.of);
    }
}

/// The words of some of the statements.
pub(super) fn words(state: &mut State, of: &Asked, words: Vec<(usize, Words)>) {
    let Some(search) = topmost(state) else { return };
    if !search.results.of.same_list(of) {
        return;
    }
    for (place, words) in words {
        if let Some(found) = search.results.found.get_mut(place) {
            found.words = words;
        }
    }
}

/// Rows of the list on the search screen, whichever screen is shown.
fn hits_height(state: &State) -> usize {
    state.geometry.body().saturating_sub(state.geometry.above_hits()).max(1)
}

/// What the screen still lacks, asked for when nothing else is on its way: an answer that was given up
/// for another question, more statements near the end of the list, the words of those in sight.
pub(super) fn wanted(state: &mut State) -> Vec<Effect> {
    if state.pending || state.loading {
        return Vec::new();
    }
    let height = hits_height(state);
    let Some(search) = shown(state) else { return Vec::new() };
    if search.is_empty() {
        return Vec::new();
    }
    if !search.is_answered() {
        return self::search(state);
    }
    if hits::wants_more(search, height) {
        search.limit += PAGE.max(search.limit);
        return self::search(state);
    }
    let found: Vec<_> = search
        .unread(height)
        .into_iter()
        .filter_map(|place| Some((place, search.results.found.get(place)?.at.clone())))
        .collect();
    if found.is_empty() {
        return Vec::new();
    }
    let of = search.results.of.clone();
    ask(state, Question::Words { of, found })
}

/// The index changed: what could not be answered may be answered now.
pub(super) fn indexed(state: &mut State) {
    for screen in &mut state.screens {
        if let Screen::Search(search) = screen {
            search.results.stale = true;
        }
    }
}

/// The size of the terminal changed.
pub(super) fn fit(state: &mut State) {
    let (narrow, height) = (state.geometry.narrow(), hits_height(state));
    if let Some(search) = shown(state) {
        search.set_rows(narrow, height);
        let states = search.results.counts.as_ref().map_or(0, |counts| counts.states.len());
        search.states = search.states.fit(states, height);
    }
}
