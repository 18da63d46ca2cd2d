//! Plays key scripts on the program without a terminal, and shows its screens as text.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use spv::app::action::{Action, Effect, Opening, Spot};
use spv::app::geometry::Geometry;
use spv::app::keymap::{self, Key};
use spv::app::state::Shelf;
use spv::app::{State, open_at, update};
use spv::library::Library;
use spv::run::answers::Sources;
use spv::ui::{Theme, view};

/// A program that is being played.
pub struct Play {
    pub state: State,
    pub theme: Theme,
    sources: Sources,
    places: HashMap<String, Spot>,
    /// What was put on the clipboard, newest last.
    pub copied: Vec<String>,
    /// The program was asked to end.
    pub quit: bool,
    /// Other effects asked for, newest last.
    pub asked: Vec<Effect>,
}

impl Play {
    /// With nothing installed: the exercise debates.
    pub fn exercise(columns: u16, rows: u16) -> Self {
        Self::over(Library::exercise(), Shelf::Exercise, columns, rows)
    }

    /// Over a library.
    pub fn over(library: Library, shelf: Shelf, columns: u16, rows: u16) -> Self {
        let library = Arc::new(library);
        let geometry = Geometry { columns, rows, wide: true };
        let catalogue = Arc::new(library.catalogue().clone());
        let state = State::new(geometry, catalogue, shelf, library.problems().to_vec());
        Self {
            state,
            theme: Theme::plain(),
            sources: Sources::new(library),
            places: HashMap::new(),
            copied: Vec::new(),
            quit: false,
            asked: Vec::new(),
        }
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
                Effect::Ask { number, question } => {
                    let places = &self.places;
                    let place = |r: &spv::record::Record| {
                        places.get(&format!("{} {}", r.symbol, r.language.code())).copied()
                    };
                    let never = AtomicBool::new(false);
                    let answer = Box::new(self.sources.answer(&question, place, &never));
                    self.act(Action::Answer { number, answer });
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::KeepPlace { symbol, language, spot, .. } => {
                    self.places.insert(format!("{symbol} {}", language.code()), spot);
                }
                Effect::Quit => self.quit = true,
                other => self.asked.push(other),
            }
        }
    }

    /// Types keys: `jj<Enter>/recon<Enter>`. A name in angle brackets is a key of the table.
    pub fn keys(&mut self, script: &str) -> &mut Self {
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
        let area = Rect::new(0, 0, self.state.geometry.columns, self.state.geometry.rows);
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

/// One letter a column: b bold, d dim, i italic, u underlined, r reversed, c coloured; capitals for several.
fn style_row(buffer: &Buffer, y: u16) -> String {
    let area = buffer.area;
    let mut row = String::new();
    for x in area.x..area.right() {
        let cell = &buffer[(x, y)];
        let m = cell.modifier;
        let letter = match m {
            m if m.is_empty() => ' ',
            Modifier::BOLD => 'b',
            Modifier::DIM => 'd',
            Modifier::ITALIC => 'i',
            Modifier::UNDERLINED => 'u',
            Modifier::REVERSED => 'r',
            m if m.contains(Modifier::REVERSED) => 'R',
            _ => 'B',
        };
        row.push(letter);
    }
    row.trim_end().to_owned()
}

/// The folder of real records, if it is there; says plainly when it is not.
pub fn shared() -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    let root = PathBuf::from(std::env::var("SPV_SHARED").unwrap_or_else(|_| default.to_owned()));
    if root.join("records").is_dir() {
        return Some(root);
    }
    println!("SKIPPED: no real records at {} (set SPV_SHARED)", root.display());
    None
}
