//! Opening a long record, in this process: from its file in a library to the frame, 180 statements of 600
//! words made up by a seeded rule; and the first screen with what is inside.
//!
//! `SPV_BENCH_LIBRARY` names a library, of which every record is opened once as well.
//!
//! `cargo bench --bench open`; a table of milliseconds. What is timed is what the program does: the worker's
//! answer, `update` with it, one `view` into a buffer; not the bytes to the terminal.

#[path = "../tests/made/mod.rs"]
mod made;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use spv::app::action::{Action, Effect, Opening};
use spv::app::geometry::Geometry;
use spv::app::keymap::{self, Key};
use spv::app::shared::Shelf;
use spv::library::Library;
use spv::record::{Item, Paragraph, Record, Symbol, json};
use spv::run::answers::Sources;
use spv::screens::frame::view;
use spv::screens::state::State;
use spv::screens::update::{open_at, update};
use spv::ui::Theme;

const STATEMENTS: u32 = 180;
const WORDS: usize = 600;
const RUNS: usize = 300;

/// Opens every record of a library once, in the order of the list.
fn every_record(folder: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let library = Arc::new(Library::open(folder)?);
    let mut sources = Sources::new(Arc::clone(&library));
    let mut times: Vec<(Duration, String)> = Vec::new();
    for entry in &library.catalogue().entries {
        let start = Instant::now();
        black_box(opened(&library, &mut sources, &entry.symbol, None));
        times.push((start.elapsed(), format!("{}, {} statements", entry.symbol, entry.statements)));
    }
    times.sort_unstable();
    let ms = |at: usize| times.get(at).map_or(0.0, |(time, _)| time.as_secs_f64() * 1e3);
    let last = times.len().saturating_sub(1);
    println!(
        "\neach of {} records opened once, to the frame: p50 {:.2} ms, p99 {:.2} ms, most {:.2} ms ({})",
        times.len(),
        ms(last / 2),
        ms(last * 99 / 100),
        ms(last),
        times.last().map_or("", |(_, what)| what)
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Some(folder) = std::env::var_os("SPV_BENCH_LIBRARY") {
        every_record(std::path::Path::new(&folder))?;
    }
    let start = Instant::now();
    black_box(first_screen());
    let cold = start.elapsed();
    println!("| what | p50 ms | p99 ms | calm p99 ms |\n| --- | ---: | ---: | ---: |");
    row("first screen, what is inside", || {
        black_box(first_screen());
    });

    let record = record();
    let folder = tempfile::tempdir()?;
    Library::store(folder.path(), &record)?;
    let library = Arc::new(Library::open(folder.path())?);
    let text = json::write_record(&record);
    let mut sources = Sources::new(Arc::clone(&library));
    let symbol = record.symbol.clone();
    row("the file read and understood", || {
        let entry = library.entry(&symbol, None);
        black_box(entry.and_then(|entry| library.load(entry).ok()));
    });
    row("its JSON understood", || {
        black_box(json::read_record(text.as_bytes()).ok());
    });
    let mut page = 0;
    row("opened at its statements, to the frame", || {
        black_box(opened(&library, &mut sources, &symbol, None));
    });
    row("opened at a page, to the frame", || {
        page = page % STATEMENTS + 1;
        black_box(opened(&library, &mut sources, &symbol, Some(page)));
    });
    sound(&record, &opened(&library, &mut sources, &symbol, Some(STATEMENTS)).1);
    let mut state = opened(&library, &mut sources, &symbol, Some(STATEMENTS / 2)).0;
    row("a page down in it, to the frame", || {
        let action = keymap::resolve(state.context(), Key::PageDown);
        update(&mut state, action);
        black_box(frame(&state));
    });
    println!("\nthe very first screen of this process: {:.2} ms", cold.as_secs_f64() * 1e3);
    println!("{STATEMENTS} statements of {WORDS} words, {} KB of JSON", text.len() / 1000);
    Ok(())
}

/// The record: every statement in six paragraphs on a page of its own, with a reference in each.
fn record() -> Record {
    let mut dice = made::Dice::new(3);
    let mut items = Vec::new();
    for number in 1..=STATEMENTS {
        let name = made::name(&mut dice);
        let mut item = made::statement(number, &name, Some("Kazakhstan"), None);
        if let Item::Statement(statement) = &mut item {
            statement.page = Some(number);
            statement.paragraphs = (0..6).map(|_| paragraph(&mut dice, number)).collect();
        }
        items.push(item);
    }
    made::record(Symbol::verbatim(20_001), "2026-01-02", "an invented debate", items)
}

/// A hundred words, one of them a reference.
fn paragraph(dice: &mut made::Dice, page: u32) -> Paragraph {
    let mut words: Vec<String> = (1..WORDS / 6)
        .map(|n| {
            let word = dice.one(&["the", "of", "and", "peace", "security", "Council", "we", "a"]);
            let stop = if n % 17 == 0 { "." } else { "" };
            format!("{word}{}{stop}", dice.one(&["", "", "s", "ment", "ation"]))
        })
        .collect();
    words.push(format!("(S/PV.{})", 7_000 + page));
    Paragraph { page: Some(page), text: words.join(" "), ..Paragraph::default() }
}

fn geometry() -> Geometry {
    Geometry::new(80, 24, true)
}

fn frame(state: &State) -> Buffer {
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    view(state, &Theme::coloured(), area, &mut buffer);
    buffer
}

fn first_screen() -> Buffer {
    let library = Library::exercise();
    let catalogue = library.shared_catalogue();
    frame(&State::new(geometry(), catalogue, Shelf::Exercise, library.problems().to_vec()))
}

/// The state with the record open, and its frame.
fn opened(
    library: &Library,
    sources: &mut Sources,
    symbol: &Symbol,
    page: Option<u32>,
) -> (State, Buffer) {
    let shelf = Shelf::Folder("~/library".to_owned());
    let catalogue = library.shared_catalogue();
    let mut state = State::new(geometry(), catalogue, shelf, Vec::new());
    for effect in open_at(&mut state, &Opening::Record(symbol.clone(), page)) {
        if let Effect::Ask { number, question } = effect {
            let never = std::sync::Arc::default();
            let answer = Box::new(sources.answer(&question, |_| None, &never, &mut |_| {}));
            update(&mut state, Action::Answer { number, answer });
        }
    }
    let buffer = frame(&state);
    (state, buffer)
}

/// Holds that what was timed is what it says.
fn sound(record: &Record, frame: &Buffer) {
    let words = |item: &Item| match item {
        Item::Statement(s) => s.paragraphs.iter().map(|p| p.text.split(' ').count()).sum(),
        _ => 0,
    };
    let lengths: Vec<usize> = record.items.iter().map(words).collect();
    assert_eq!(lengths, [WORDS; STATEMENTS as usize]);
    let text: String = frame.content().iter().map(|cell| cell.symbol()).collect();
    assert!(text.contains("p. 180") && text.contains("Council"), "{text}");
}

/// Each once, and again twice: "calm" is the p99 of the least of three, as where nobody else wants the
/// processor.
fn row(name: &str, mut once: impl FnMut()) {
    let mut time = || {
        let start = Instant::now();
        once();
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..RUNS).map(|_| time()).collect();
    let mut calm: Vec<Duration> = times.iter().map(|t| *t.min(&time()).min(&time())).collect();
    times.sort_unstable();
    calm.sort_unstable();
    let ms = |of: &[Duration], part: usize| of[(of.len() - 1) * part / 100].as_secs_f64() * 1e3;
    println!("| {name} | {:.2} | {:.2} | {:.2} |", ms(&times, 50), ms(&times, 99), ms(&calm, 99));
}
