//! Plays key scripts on the program without a terminal, and shows its screens as text.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use spv::app::action::{Action, Answer, Effect, Opening, Question};
use spv::app::geometry::Geometry;
use spv::app::kept::KeptFound;
use spv::app::keymap::{self, Key};
use spv::app::position::Spot;
use spv::app::prompt::Purpose;
use spv::app::shared::Shelf;
use spv::library::Library;
use spv::record::Item;
use spv::run::answers::Sources;
use spv::screens::Screen;
use spv::screens::frame::view;
use spv::screens::search::state::Focus;
use spv::screens::state::State;
use spv::screens::update::{open_at, update};
use spv::search::results::Order;
use spv::ui::Theme;

/// Plays every script of a table at 80x24 and compares what is seen with what is written there.
pub fn assert_scripts(table: &[(&str, &str)]) {
    let mut faults = Vec::new();
    for (script, after) in table {
        let mut play = Play::exercise(80, 24);
        play.keys(script);
        let seen = play.sight();
        if seen != *after {
            faults.push(format!("{script}\n  sees {seen}\n  not  {after}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The day of the clock while one plays.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 30);

/// A program that is being played.
pub struct Play {
    pub state: State,
    pub theme: Theme,
    sources: Arc<Mutex<Sources>>,
    places: HashMap<String, Spot>,
    /// What was put on the clipboard, newest last.
    pub copied: Vec<String>,
    /// The queries that were to be kept, newest last.
    pub kept: Vec<String>,
    /// The program was asked to end.
    pub quit: bool,
    /// Other effects asked for, newest last.
    pub asked: Vec<Effect>,
    /// Questions wait here instead of being answered at once, after [`Play::hold`].
    pub held: Option<Vec<(u64, Question)>>,
    folder: Option<tempfile::TempDir>,
    /// The person's folder of notes and marks.
    pub desk: tempfile::TempDir,
}

impl Play {
    /// With nothing installed: the exercise debates. The library and the names in it are made once
    /// for all plays of a test program.
    pub fn exercise(columns: u16, rows: u16) -> Self {
        type Shared = (State, Arc<Mutex<Sources>>);
        static START: LazyLock<Shared> = LazyLock::new(|| {
            let play = Play::over(Library::exercise(), Shelf::Exercise, 80, 24);
            (play.state, play.sources)
        });
        let (state, sources) = &*START;
        let mut play = Self::new(state.clone(), Arc::clone(sources));
        play.resize(columns, rows);
        play
    }

    /// Ends the program and starts it anew; places are kept, as on disk.
    pub fn restart(&mut self) -> &mut Self {
        self.act(Action::Do(spv::app::action::Command::Quit));
        let geometry = self.state.shared.geometry;
        let mut fresh = Self::exercise(geometry.columns, geometry.rows);
        fresh.places = std::mem::take(&mut self.places);
        *self = fresh;
        self
    }

    /// The reader that is shown.
    pub fn reader(&self) -> &spv::screens::reading::state::Reader {
        let Screen::Reader(reader) = self.state.screen() else { panic!("{}", self.sight()) };
        reader
    }

    /// Over a library.
    pub fn over(library: Library, shelf: Shelf, columns: u16, rows: u16) -> Self {
        let library = Arc::new(library);
        let geometry = Geometry::new(columns, rows, true);
        let catalogue = library.shared_catalogue();
        let state = State::new(geometry, catalogue, shelf, library.problems().to_vec());
        Self::new(state, Arc::new(Mutex::new(Sources::new(library))))
    }

    /// Over a library with one record.
    pub fn over_record(record: &spv::record::Record, columns: u16, rows: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Library::store(folder.path(), record).unwrap();
        let library = Library::open_with(folder.path(), None).unwrap();
        let mut play = Self::over(library, Shelf::Folder("~/library".to_owned()), columns, rows);
        play.folder = Some(folder);
        play
    }

    fn new(state: State, sources: Arc<Mutex<Sources>>) -> Self {
        Self {
            state,
            theme: Theme::plain(),
            sources,
            places: HashMap::new(),
            copied: Vec::new(),
            kept: Vec::new(),
            quit: false,
            asked: Vec::new(),
            held: None,
            folder: None,
            desk: tempfile::tempdir().unwrap(),
        }
    }

    /// Over a folder with the records of `tests/fixtures/records`, and one file that cannot be read
    /// where `broken`. No library takes exercises, so the copies are under symbols that no record has
    /// (`MSC/PV.905` is `S/PV.99905`) and without the mark.
    pub fn fixtures(broken: bool, columns: u16, rows: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let records = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/records");
        for file in std::fs::read_dir(records).unwrap().map(Result::unwrap) {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let text = text.replace("\"exercise\": true", "\"exercise\": false");
            let text = text.replace("MSC/PV.9", "S/PV.999");
            std::fs::write(folder.path().join(file.file_name()), text).unwrap();
        }
        if broken {
            let cut = folder.path().join("cut-short.en.json");
            std::fs::write(cut, "{\"format\": \"spv/1\", \"symbol\":").unwrap();
        }
        let library = Library::open_with(folder.path(), None).unwrap();
        let shelf = Shelf::Folder("~/library".to_owned());
        let mut play = Self::over(library, shelf, columns, rows);
        // The folder has another name each time, which no picture should show.
        let mut problems = play.state.shared.problems.to_vec();
        for problem in &mut problems {
            problem.file = Path::new("~/library").join(problem.file.file_name().unwrap());
        }
        play.state.shared.problems = problems.into();
        play.folder = Some(folder);
        play
    }

    /// Another play that goes on from where this one is, over the same library.
    pub fn again(&self) -> Self {
        let mut other = Self::new(self.state.clone(), Arc::clone(&self.sources));
        other.theme = self.theme;
        other
    }

    /// The folder of the fixtures, to be kept by the caller from now on.
    pub fn take_folder(&mut self) -> tempfile::TempDir {
        self.folder.take().unwrap()
    }

    /// Over a folder with the one record of `tests/fixtures/doubtful`, about which there are doubts.
    pub fn doubtful(columns: u16, rows: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = include_str!("../fixtures/doubtful/MSC_PV.906.en.json");
        let text = text.replace("\"exercise\": true", "\"exercise\": false");
        let text = text.replace("MSC/PV.9", "S/PV.999");
        std::fs::write(folder.path().join("S_PV.99906.en.json"), text).unwrap();
        let library = Library::open_with(folder.path(), None).unwrap();
        let mut play = Self::over(library, Shelf::Folder("~/library".to_owned()), columns, rows);
        play.folder = Some(folder);
        play
    }

    /// Over a folder with nothing in it.
    pub fn empty(columns: u16, rows: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open_with(folder.path(), None).unwrap();
        Self::over(library, Shelf::Folder("~/library".to_owned()), columns, rows)
    }

    /// From now on answers wait until they are [released](Play::release).
    pub fn hold(&mut self) -> &mut Self {
        self.held.get_or_insert_default();
        self
    }

    /// Lets the answer to the question held at this place arrive.
    pub fn release(&mut self, at: usize) -> &mut Self {
        let (number, question) = self.held.as_mut().unwrap().remove(at);
        self.answer(number, &question);
        self
    }

    fn answer(&mut self, number: u64, question: &Question) {
        let places = &self.places;
        let place = |r: &spv::record::Record| {
            places.get(&format!("{} {}", r.symbol, r.language.code())).copied()
        };
        let mut sources = self.sources.lock().unwrap();
        sources.set_desk(Some(self.desk.path().to_owned()));
        sources.index_in_memory();
        sources.set_clock(|| TODAY);
        let mut answers = Vec::new();
        let part = &mut |part| answers.push(part);
        let last = sources.answer(question, place, &Arc::default(), part);
        drop(sources);
        answers.push(last);
        for answer in answers {
            self.act(Action::Answer { number, answer: Box::new(answer) });
        }
    }

    /// A question that could not be answered.
    pub fn fail(&mut self, number: u64, words: &str) -> &mut Self {
        let answer = Box::new(Answer::Failed(words.to_owned()));
        self.act(Action::Answer { number, answer });
        self
    }

    /// Pastes a text, as the loop does it: text in an input line, nothing elsewhere.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        let takes = keymap::takes_text(self.state.context());
        self.act(if takes { Action::Insert(text.to_owned()) } else { Action::Nothing });
        self
    }

    /// Opens what the command line would.
    pub fn open(mut self, opening: &Opening) -> Self {
        let effects = open_at(&mut self.state, opening);
        self.carry_out(effects);
        self
    }

    /// Lets an action happen, with all that follows from it.
    pub fn act(&mut self, action: Action) {
        let effects = update(&mut self.state, action);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { number, question } => match &mut self.held {
                    Some(held) => held.push((number, question)),
                    None => self.answer(number, &question),
                },
                Effect::Copy(text) => self.copied.push(text),
                Effect::KeepPlace { symbol, language, spot, .. } => {
                    self.places.insert(format!("{symbol} {}", language.code()), spot);
                }
                Effect::Today => self.act(Action::CouncilOn(TODAY)),
                Effect::Quit => self.quit = true,
                Effect::KeepQuery(query) => self.kept.push(query),
                Effect::Desk(change) => {
                    let kept =
                        spv::run::desk::change(Some(self.desk.path()), change, 1_600_000_000);
                    match kept {
                        Ok(None) => {}
                        Ok(Some(words)) => self.state.shared.message = Some(words),
                        Err(why) => self.act(Action::NotKept(why)),
                    }
                }
                Effect::See(look) => {
                    let mut sources = self.sources.lock().unwrap();
                    sources.set_desk(Some(self.desk.path().to_owned()));
                    assert_eq!(sources.see(&look, 1_600_000_000), None);
                }
                Effect::SeeAll(name, query) => {
                    let mut sources = self.sources.lock().unwrap();
                    sources.set_desk(Some(self.desk.path().to_owned()));
                    sources.index_in_memory();
                    assert_eq!(sources.see_all(&name, &query, 1_600_000_000), None);
                }
                // Only a file named in full is written: a test has no folder to stand in.
                Effect::Export(export) if !export.name.starts_with('/') => {
                    self.state.shared.message = Some(format!("would write {}", export.name));
                }
                Effect::Export(export) => {
                    let today = "2021-02-03".parse().unwrap();
                    let mut sources = self.sources.lock().unwrap();
                    let said = spv::run::export::carry_out(
                        &mut sources,
                        &export,
                        today,
                        &mut |_, _, _| {},
                    );
                    drop(sources);
                    self.state.shared.message = Some(said.unwrap_or_else(|words| words));
                }
                other => self.asked.push(other),
            }
        }
    }

    /// The first row of the screen.
    pub fn title(&self) -> String {
        rows(&self.draw().0).first().cloned().unwrap_or_default()
    }

    /// The last row of the screen.
    pub fn status(&self) -> String {
        rows(&self.draw().0).last().cloned().unwrap_or_default()
    }

    /// The words on the first row of the body that has any, with one blank between them.
    pub fn top(&self) -> String {
        let rows = rows(&self.draw().0);
        let words = |row: &String| row.split_whitespace().collect::<Vec<_>>().join(" ");
        rows.iter().skip(1).map(words).find(|row| !row.is_empty()).unwrap_or_default()
    }

    /// The one line for the person, or nothing.
    pub fn message(&self) -> &str {
        self.state.shared.message.as_deref().unwrap_or_default()
    }

    /// What a person sees of the state, in one line: the screen, the place on it, and what was said.
    pub fn sight(&self) -> String {
        if self.quit {
            return "quit".to_owned();
        }
        let state = &self.state;
        let at = |w: spv::app::window::Window, len: usize| format!("{}/{len}", w.selected + 1);
        let mut seen = match state.screen() {
            Screen::Meetings(list) => {
                format!("meetings {}", at(list.window, list.rows.len()))
            }
            Screen::Statements(list) => {
                format!("statements of {} {}", list.record.symbol, at(list.window, list.rows.len()))
            }
            Screen::Reader(reader) => {
                let number = reader.statement().map_or(0, |s| s.number);
                format!("reading {} #{number} \u{201C}{}\u{201D}", reader.record.symbol, self.top())
            }
            Screen::Finder(find) => {
                let (typed, rest) = find.line.text().split_at(find.line.before_cursor().len());
                format!("find [{typed}^{rest}] {}", find.window.selected)
            }
            Screen::Search(search) => {
                let (typed, rest) = search.line.text().split_at(search.line.before_cursor().len());
                let line = match search.focus {
                    Focus::Line => format!("[{typed}^{rest}]"),
                    _ => format!("[{typed}{rest}]"),
                };
                let counts = search.results.counts.clone().unwrap_or_default();
                let place = match search.focus {
                    Focus::States => format!("states {}", at(search.states, counts.states.len())),
                    _ if search.is_empty() => at(search.window, state.shared.queries.len()),
                    _ => {
                        let hit = search.selected_hit().map_or(0, |hit| hit + 1);
                        format!("{hit}/{}", counts.statements)
                    }
                };
                let year = search.narrow.year.map_or(String::new(), |year| format!(" {year}"));
                let of = search.narrow.state.as_ref().map_or(String::new(), |of| format!(" {of}"));
                let order = if search.order == Order::Date { " latest" } else { "" };
                let rates = if search.rates { " rates" } else { "" };
                let kept = search.kept.as_ref();
                let kept = kept.map_or(String::new(), |kept| format!(", {}", kept.words()));
                format!("search {line} {place}{year}{of}{order}{rates}{kept}")
            }
            Screen::Concordance(lines) => {
                format!("concordance {} {}", at(lines.window, lines.rows.len()), lines.order())
            }
            Screen::Chart(chart) => {
                let (shape, by) = (chart.shape, chart.asked.by);
                let rate = if chart.rate { " rates" } else { "" };
                let behaviour = state.screen().behaviour();
                let told = behaviour.status(&state.shared);
                format!("chart {} {shape:?} by {}{rate} {told}", chart.line(), by.word())
            }
            Screen::Answers(list) => format!("answers {}", at(list.window, list.rows.len())),
            Screen::Notes(list) => format!("notes {}", at(list.window, list.rows.len())),
            Screen::Collocates(list) => {
                let first = list.found.rows.first().map(|row| row.words()).unwrap_or_default();
                let at = at(list.window, list.found.rows.len());
                format!("collocates {at} within {}: {first}", list.found.span)
            }
            Screen::Similar(list) => {
                let (others, same) = (list.found.others.len(), list.found.same.len());
                let at = at(list.window, list.count());
                format!("similar {at}: {others} others, {same} same")
            }
            Screen::Kept(list) => {
                let rows = list.rows.iter().map(|row| {
                    let found = match &row.found {
                        KeptFound::Counted { statements, new } => format!("{new}/{statements}"),
                        other => format!("{other:?}"),
                    };
                    format!("{} {found}", row.kept.name)
                });
                let rows: Vec<String> = rows.collect();
                format!("kept {}: {}", at(list.window, list.rows.len()), rows.join(", "))
            }
            Screen::Card(card) => format!("card {} top {}", card.title, card.window.top),
            Screen::Compare(two) => {
                let at = |r: &spv::screens::reading::state::Reader| {
                    r.statement().map_or(0, |s| s.number)
                };
                let (a, b) = (at(&two.first), at(&two.second));
                format!("compare #{a} and #{b}, moves {:?}", two.side)
            }
            Screen::Help(help) => format!("help {:?} top {}", help.context, help.window.top),
        };
        if let Screen::Reader(reader) = state.screen() {
            if let Some((_, number)) = reader.reference {
                seen.push_str(&format!(" | reference {number}"));
            }
            if let Some(selection) = reader.selection {
                let passage = selection.passage();
                let (first, last) = (passage.start.0, passage.end.0);
                seen.push_str(&format!(" | selected {first}-{last}"));
            }
        }
        if let Some(prompt) = &state.prompt {
            let (typed, rest) = prompt.line.text().split_at(prompt.line.before_cursor().len());
            let what = match prompt.purpose {
                Purpose::Filter => "filter",
                Purpose::Search => "search",
                Purpose::Note => "note",
                Purpose::SetMark => "set mark",
                Purpose::ToMark => "to mark",
                Purpose::Words(_) => "words",
                Purpose::Tags(_) => "tags",
                Purpose::Date => "date",
                Purpose::KeepQuery => "keep as",
                Purpose::Rename => "name",
                Purpose::Queries => "queries",
                Purpose::Export => "file",
            };
            seen.push_str(&format!(" | {what} [{typed}^{rest}]"));
        }
        for (name, words) in [
            ("copied", self.copied.last().cloned()),
            ("says", state.shared.message.clone().filter(|m| !m.starts_with("copied"))),
            ("asks", self.asked.last().map(|e| format!("{e:?}"))),
        ] {
            if let Some(words) = words {
                seen.push_str(&format!(" | {name} {}", words.replace('\n', "/")));
            }
        }
        seen
    }

    /// The words that are selected in the reader that is shown, a newline between paragraphs.
    pub fn selected(&self) -> String {
        let reader = self.reader();
        let selection = reader.selection.unwrap();
        let Item::Statement(statement) = &reader.record.items[selection.item] else { panic!() };
        let passage = selection.passage();
        let paragraphs = statement.paragraphs.iter().enumerate();
        let words = paragraphs.filter_map(|(index, paragraph)| {
            Some(&paragraph.text[passage.within(index, &(0..paragraph.text.len()))?])
        });
        words.collect::<Vec<_>>().join("\n")
    }

    /// Types keys: `jj<Enter>/recon<Enter>`. A name in angle brackets is a key of the table. Then the
    /// hand rests.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        self.holds(script);
        self.act(Action::Paused);
        self
    }

    /// Types keys, with no pause behind them.
    pub fn holds(&mut self, script: &str) -> &mut Self {
        for key in parse_keys(script) {
            let action = keymap::resolve(self.state.context(), key);
            self.act(action);
        }
        self
    }

    /// Makes the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.act(Action::Resize(columns, rows));
        self
    }

    /// The buffer of the screen and the cursor.
    pub fn draw(&self) -> (Buffer, Option<(u16, u16)>) {
        let area =
            Rect::new(0, 0, self.state.shared.geometry.columns, self.state.shared.geometry.rows);
        let mut buffer = Buffer::empty(area);
        let cursor = view(&self.state, &self.theme, area, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as plain text, one line a row, without spaces at the ends.
    pub fn text(&self) -> String {
        rows(&self.draw().0).join("\n")
    }

    /// The screen with its styles under each row that has any, and the cursor.
    pub fn picture(&self) -> String {
        let (buffer, cursor) = self.draw();
        let mut picture = String::new();
        for (y, row) in rows(&buffer).iter().enumerate() {
            picture.push_str(&format!("|{row}\n"));
            let styles = style_row(&buffer, y as u16);
            if !styles.is_empty() {
                picture.push_str(&format!(":{styles}\n"));
            }
        }
        picture.push_str(&format!("cursor {cursor:?}\n"));
        picture
    }
}

/// The keys of a script.
pub fn parse_keys(script: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        if let Some(end) = rest.find('>').filter(|end| c == '<' && *end > 1) {
            keys.push(named(&rest[1..end]));
            rest = &rest[end + 1..];
        } else {
            keys.push(Key::Char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}

fn named(name: &str) -> Key {
    if name == "lt" {
        return Key::Char('<');
    }
    if let Some(letter) = name.strip_prefix("Ctrl-") {
        return Key::Ctrl(letter.chars().next().unwrap().to_ascii_lowercase());
    }
    // Space is a character that the table writes by its name.
    let known = keymap::KEYS.iter().flat_map(|b| b.keys).find(|k| k.to_string() == name);
    *known.unwrap_or_else(|| panic!("no key {name} in the table"))
}

/// The rows of a buffer as text.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.y..area.bottom())
        .map(|y| {
            let mut row = String::new();
            let mut x = area.x;
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += (spv::app::wrap::columns(symbol) as u16).max(1);
            }
            row.trim_end().to_owned()
        })
        .collect()
}

/// One letter a column: b bold, d dim, i italic, u underlined, r reversed; B bold and underlined, R
/// reversed and something else, * any other mixture. In colour instead: the first letter of the
/// colour's name, g for grey.
fn style_row(buffer: &Buffer, y: u16) -> String {
    let area = buffer.area;
    let mut row = String::new();
    for x in area.x..area.right() {
        let cell = &buffer[(x, y)];
        let by_modifier = match cell.modifier {
            m if m.is_empty() => ' ',
            Modifier::BOLD => 'b',
            Modifier::DIM => 'd',
            Modifier::ITALIC => 'i',
            Modifier::UNDERLINED => 'u',
            Modifier::REVERSED => 'r',
            m if m == Modifier::BOLD | Modifier::UNDERLINED => 'B',
            m if m.contains(Modifier::REVERSED) => 'R',
            _ => '*',
        };
        row.push(match cell.fg {
            Color::Reset if cell.bg != Color::Reset => '#',
            Color::Reset => by_modifier,
            Color::DarkGray | Color::Gray => 'g',
            colour => colour.to_string().to_lowercase().chars().next().unwrap_or('?'),
        });
    }
    row.trim_end().to_owned()
}
