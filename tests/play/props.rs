//! Properties of the whole program played without a terminal: any series of actions and sizes, and
//! reading every record from end to end.
//!
//! Short by default; `PROPTEST_CASES=20000 cargo test --test screens play::props` looks longer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::kit::Play;
use proptest::prelude::*;
use spv::app::action::{Action, Answer, Command, Question, Start};
use spv::app::keymap::{self, KEYS, Key};
use spv::app::listed::Listed;
use spv::app::page::Role;
use spv::app::position::Pos;
use spv::app::window::Window;
use spv::library::{Catalogue, Library};
use spv::record::{Item, Record, Symbol, harmless};
use spv::run::answers::Sources;
use spv::screens::Screen;
use spv::screens::reading::state::Reader;
use spv::search::find::{Hit, Hits, Named, Reading};

/// How many cases where the environment does not say.
const CASES: u32 = 48;

fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(CASES);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// One thing that happens in a play.
#[derive(Clone, Debug)]
enum Step {
    /// A key of the table.
    Key(Key),
    /// A command, whether or not a key of this screen gives it.
    Do(Command),
    Digit(u8),
    /// Text that arrives whether or not one types.
    Insert(String),
    Paste(String),
    Resize(u16, u16),
    /// From now on answers wait.
    Hold,
    /// One of the waiting answers arrives.
    Release(usize),
    /// An answer nobody asked for: this much older than the newest question.
    Stray(u64, u8),
    /// The library changed: to nothing, or back to what it was.
    Library(bool),
    /// A record that may have been asked for was fetched, or was not.
    Fetched(bool),
}

fn commands() -> Vec<Command> {
    let mut commands: Vec<Command> = KEYS.iter().map(|b| b.command).collect();
    commands.dedup();
    commands
}

fn keys() -> Vec<Key> {
    KEYS.iter().flat_map(|b| b.keys).copied().collect()
}

fn odd_text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("kazakhstan".to_owned()),
        Just("MSC/PV.1 p4".to_owned()),
        Just("2019".to_owned()),
        Just("the ".to_owned()),
        Just("\u{1b}[2J\u{202e}\u{9b}\n".to_owned()),
        Just("中文字符 السلام e\u{301}\u{301} \u{1F469}\u{200D}\u{1F467}".to_owned()),
        Just("\u{301}".to_owned()),
        "\\PC{0,8}",
        any::<char>().prop_map(String::from),
        Just("x".repeat(700)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        30 => prop::sample::select(keys()).prop_map(Step::Key),
        8 => prop::sample::select(commands()).prop_map(Step::Do),
        4 => (0u8..10).prop_map(Step::Digit),
        3 => odd_text().prop_map(Step::Insert),
        2 => odd_text().prop_map(Step::Paste),
        5 => (0u16..200, 0u16..60).prop_map(|(c, r)| Step::Resize(c, r)),
        1 => Just(Step::Hold),
        3 => (0usize..4).prop_map(Step::Release),
        2 => (0u64..3, 0u8..4).prop_map(|(age, kind)| Step::Stray(age, kind)),
        1 => any::<bool>().prop_map(Step::Library),
        1 => any::<bool>().prop_map(Step::Fetched),
    ]
}

fn play_step(play: &mut Play, step: &Step, catalogue: &Arc<Catalogue>) {
    match step {
        Step::Key(key) => {
            let action = keymap::resolve(play.state.context(), *key);
            play.act(action);
        }
        Step::Do(command) => play.act(Action::Do(*command)),
        Step::Digit(digit) => play.act(Action::Digit(*digit)),
        Step::Insert(text) => play.act(Action::Insert(text.clone())),
        Step::Paste(text) => {
            play.paste(text);
        }
        Step::Resize(columns, rows) => {
            play.resize(*columns, *rows);
        }
        Step::Hold => {
            play.hold();
        }
        Step::Release(at) => {
            let waiting = play.held.as_ref().map_or(0, Vec::len);
            if waiting > 0 {
                play.release(at % waiting);
            }
        }
        Step::Stray(age, kind) => {
            let number = play.state.shared.question.saturating_sub(*age);
            play.act(Action::Answer { number, answer: Box::new(stray(*kind)) });
        }
        Step::Fetched(came) => {
            let fetched = if *came { Ok(()) } else { Err("it does not come".to_owned()) };
            play.act(Action::Fetching { have: 1, whole: None });
            play.act(Action::Fetched(Symbol::verbatim(8668), fetched));
        }
        Step::Library(there) => {
            let catalogue = if *there { Arc::clone(catalogue) } else { Arc::default() };
            let shelf = play.state.shared.shelf.clone();
            play.act(Action::Library { catalogue, problems: Vec::new().into(), shelf });
        }
    }
}

/// An answer of some kind that fits no question.
fn stray(kind: u8) -> Answer {
    let symbol: spv::record::Symbol = "S/PV.8668".parse().unwrap();
    match kind {
        0 => Answer::Failed("the disk \u{1b}[2J is gone".to_owned()),
        1 => {
            let named = Named::Record { symbol, text: true };
            let line = "S/PV.8668 \u{202e}".into();
            let hit = Hit { named, line, matched: vec![0, 3, 400], score: 1 };
            Answer::Found(Hits { hits: vec![hit], total: 1, reading: Reading::AsTyped })
        }
        2 => Answer::Listed(vec![Listed {
            symbol,
            language: records()[0].language.clone(),
            date: "2019-11-19".parse().unwrap(),
            topic: "A topic \u{9b}".into(),
            exercise: false,
            number: 3,
            name: "Ms. Nobody".to_owned(),
            words: 12,
            joint: false,
        }]),
        _ => {
            let record = records()[0].clone();
            Answer::Loaded { record, at: Start::Statement(900), place: None }
        }
    }
}

/// Every record inside the program and every fixture, made harmless as the reader gets them.
fn records() -> &'static [Arc<Record>] {
    static RECORDS: LazyLock<Vec<Arc<Record>>> = LazyLock::new(|| {
        let mut fixtures = Play::fixtures(false, 80, 24);
        let mut records =
            all_of(&Play::exercise(80, 24).state.shared.catalogue, Library::exercise());
        let (folder, catalogue) = (fixtures.take_folder(), &fixtures.state.shared.catalogue);
        records.extend(all_of(catalogue, Library::open_with(folder.path(), None).unwrap()));
        records
    });
    &RECORDS
}

fn all_of(catalogue: &Catalogue, library: Library) -> Vec<Arc<Record>> {
    let mut sources = Sources::new(Arc::new(library));
    let entries = catalogue.entries.iter();
    entries
        .map(|entry| {
            let symbol = entry.symbol.clone();
            let language = Some(entry.language.clone());
            let question = Question::Load { symbol, language, at: Start::LastPlace };
            match sources.answer(&question, |_| None, &std::sync::Arc::default(), &mut |_| {}) {
                Answer::Loaded { record, .. } => record,
                other => panic!("{other:?}"),
            }
        })
        .collect()
}

/// What must be true of any state, whatever happened.
fn check(play: &Play) -> Result<(), TestCaseError> {
    let state = &play.state;
    let inside = |w: Window, len: usize| {
        prop_assert!(w.selected < len.max(1) && w.top <= w.selected, "{:?} in {len}", w);
        Ok(())
    };
    prop_assert!(!state.screens.is_empty());
    prop_assert!(state.jumps.iter().all(|j| *j <= state.screens.len()), "{:?}", state.jumps);
    match state.screen() {
        Screen::Meetings(list) => inside(list.window, list.rows.len())?,
        Screen::Statements(list) => inside(list.window, list.rows.len())?,
        Screen::Answers(list) => inside(list.window, list.rows.len())?,
        Screen::Notes(list) => inside(list.window, list.rows.len())?,
        Screen::Kept(list) => inside(list.window, list.rows.len())?,
        Screen::Collocates(list) => inside(list.window, list.found.rows.len())?,
        Screen::Similar(list) => inside(list.window, list.count())?,
        Screen::Finder(find) => inside(find.window, find.hits.hits.len())?,
        Screen::Search(search) if search.is_empty() => {
            inside(search.window, state.shared.queries.len())?;
        }
        Screen::Search(search) => {
            inside(search.window, search.rows.len())?;
            let states = search.results.counts.as_ref().map_or(0, |counts| counts.states.len());
            inside(search.states, states)?;
            // Whatever happens, a statement is selected where there is one.
            prop_assert_eq!(search.selected().is_some(), !search.results.found.is_empty());
        }
        Screen::Chart(chart) => {
            if let Some(shown) = &chart.chart {
                let rows = chart.table.rows.len().max(shown.points()) + 1 + chart.note_rows.len();
                inside(chart.window, rows)?;
            }
        }
        Screen::Concordance(lines) => inside(lines.window, lines.rows.len())?,
        Screen::Reader(reader) => {
            prop_assert!(reader.percent() <= 100);
            prop_assert!(reader.top.item < reader.shown().max(1));
            prop_assert!(reader.shown() == 0 || !reader.visible().is_empty());
        }
        Screen::Card(card) => {
            let rows = card.rows(state.shared.geometry.columns.saturating_sub(3)).len();
            prop_assert!(card.window.top < rows.max(1), "{:?} in {rows} rows", card.window);
        }
        Screen::Compare(two) => {
            prop_assert!(two.first.percent() <= 100 && two.second.percent() <= 100);
        }
        Screen::Help(..) => {}
    }
    let (buffer, cursor) = play.draw();
    if let Some((x, y)) = cursor {
        let area = buffer.area;
        prop_assert!(x < area.width && y < area.height, "cursor {x},{y} in {area:?}");
    }
    for cell in &buffer.content {
        let harmful = cell.symbol().chars().any(|c| c == '\n' || harmless::is_harmful(c));
        prop_assert!(!harmful, "{:?}", cell.symbol());
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_series_of_actions_and_sizes(
        fixtures in prop::bool::weighted(0.2),
        size in (0u16..200, 0u16..60),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut play = if fixtures {
            Play::fixtures(true, size.0, size.1)
        } else {
            Play::exercise(size.0, size.1)
        };
        let catalogue = Arc::clone(&play.state.shared.catalogue);
        check(&play)?;
        for step in &steps {
            play_step(&mut play, step, &catalogue);
            check(&play)?;
        }
    }

    /// The same within a record, which a random walk from the list seldom reaches.
    #[test]
    fn any_series_of_actions_while_reading(
        record in 0usize..7,
        size in (24u16..140, 6u16..50),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut play = Play::exercise(size.0, size.1);
        let catalogue = Arc::clone(&play.state.shared.catalogue);
        play.keys(&"j".repeat(record)).keys("<Enter><Enter>");
        for step in &steps {
            play_step(&mut play, step, &catalogue);
            check(&play)?;
        }
    }

    /// Line by line from the first to the last: nothing is left out, the share read only grows, and
    /// the way back ends where it began.
    #[test]
    fn a_record_is_read_whole(
        record in 0usize..records().len(),
        width in 1u16..90,
        height in 1usize..50,
    ) {
        let record = &records()[record];
        let mut reader = Reader::new(Arc::clone(record), width, height);
        reader.to_start();
        let first = reader.top;
        let mut seen: BTreeMap<Pos, (Role, String)> = BTreeMap::new();
        let mut percent = 0;
        let mut steps = 0;
        loop {
            for (pos, line) in reader.visible() {
                seen.insert(pos, (line.role, line.text.clone()));
            }
            prop_assert!(reader.percent() >= percent, "{} after {percent} at {:?}", reader.percent(), reader.top);
            percent = reader.percent();
            let top = reader.top;
            reader.scroll(1);
            if reader.top == top {
                break;
            }
            prop_assert!(reader.top > top);
            steps += 1;
        }
        prop_assert_eq!(percent, 100);
        reader.to_end();
        reader.scroll(-isize::try_from(steps).unwrap());
        prop_assert_eq!(reader.top, first, "as many lines up as down");
        reader.to_end();
        reader.to_start();
        prop_assert_eq!(reader.top, first);
        prop_assert_eq!(shown_words(&seen), words_of(record));
    }

    /// Whatever the height, pages down see every line, and none is jumped over.
    #[test]
    fn pages_leave_no_line_out(record in 0usize..records().len(), width in 20u16..90, height in 1usize..50) {
        let record = &records()[record];
        let mut reader = Reader::new(Arc::clone(record), width, height);
        reader.to_start();
        let mut seen: BTreeMap<Pos, (Role, String)> = BTreeMap::new();
        loop {
            seen.extend(reader.visible().into_iter().map(|(p, l)| (p, (l.role, l.text.clone()))));
            let top = reader.top;
            reader.scroll_halves(2);
            if reader.top == top {
                break;
            }
        }
        prop_assert_eq!(shown_words(&seen), words_of(record));
    }

    /// The words at the top stay at the top through any widths, and are the same on coming back.
    #[test]
    fn the_words_at_the_top_stay(
        record in 0usize..records().len(),
        down in 0isize..400,
        height in 1usize..40,
        widths in prop::collection::vec(1u16..90, 1..6),
    ) {
        let record = &records()[record];
        let mut reader = Reader::new(Arc::clone(record), 72, height);
        reader.scroll(down);
        let top = reader.visible().first().map(|(_, l)| (l.role, l.text.clone()));
        let spot = reader.spot();
        let (page, percent) = (reader.page(), reader.percent());
        for width in widths {
            reader.set_size(width, height);
        }
        reader.set_size(72, height);
        prop_assert_eq!(reader.spot(), spot);
        prop_assert_eq!(reader.page(), page);
        let back = reader.visible().first().map(|(_, l)| (l.role, l.text.clone()));
        if let Some((Role::Text, _)) = top {
            prop_assert_eq!(back, top);
            prop_assert_eq!(reader.percent(), percent);
        }
    }
}

/// The words on lines, in order, by what the lines are; white space does not count, since a line
/// may be broken inside a word.
fn shown_words(seen: &BTreeMap<Pos, (Role, String)>) -> BTreeMap<u8, String> {
    let mut words: BTreeMap<u8, String> = BTreeMap::new();
    for (role, text) in seen.values() {
        let kind = match role {
            Role::Heading => 0,
            Role::Text => 1,
            Role::Direction => 2,
            Role::Note | Role::Vote | Role::Blank => continue,
        };
        words.entry(kind).or_default().extend(text.chars().filter(|c| !c.is_whitespace()));
    }
    words.retain(|_, text| !text.is_empty());
    words
}

/// The same from the record itself.
fn words_of(record: &Record) -> BTreeMap<u8, String> {
    let mut words: BTreeMap<u8, String> = BTreeMap::new();
    let mut say = |kind: u8, text: &str| {
        words.entry(kind).or_default().extend(text.chars().filter(|c| !c.is_whitespace()));
    };
    for item in &record.items {
        match item {
            Item::Statement(s) => {
                say(0, &s.speaker.printed);
                s.paragraphs.iter().for_each(|p| say(1, &p.text));
            }
            Item::Direction(d) => say(2, &d.text),
            Item::Vote(_) => {}
        }
    }
    words.retain(|_, text| !text.is_empty());
    words
}
