//! Quick lookup over a library of full size: following a reference, who cites a document, the last word, a
//! card of votes; each from the key to the frame, in this process.
//!
//! `SPV_BENCH_LIBRARY=FOLDER cargo bench --bench quick`, with the folder of an imported corpus (what
//! `make_corpus.py full` of the shared folder writes, and `spv import`); skipped without it. What is timed is
//! `update`, the worker's answer and one `view` into a buffer; not the bytes to the terminal. Each key is
//! pressed on another record, and the library is opened anew for "first of a session". Beside the time by
//! the clock stands the time on a processor, which other programs lengthen less.

// A bench that cannot go on says so by ending.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use spv::app::action::{Action, Effect, Opening};
use spv::app::geometry::Geometry;
use spv::app::keymap::{self, Key};
use spv::app::shared::Shelf;
use spv::library::Library;
use spv::record::Symbol;
use spv::run::answers::Sources;
use spv::screens::Screen;
use spv::screens::frame::view;
use spv::screens::state::State;
use spv::screens::update::{open_at, update};
use spv::ui::Theme;

const RUNS: usize = 200;

/// A reader over the library, without a terminal.
struct Reader {
    state: State,
    sources: Sources,
}

impl Reader {
    fn new(library: &Arc<Library>) -> Self {
        let geometry = Geometry::new(80, 24, true);
        let shelf = Shelf::Folder("~/library".to_owned());
        let catalogue = Arc::new(library.catalogue().clone());
        let state = State::new(geometry, catalogue, shelf, Vec::new());
        Self { state, sources: Sources::new(Arc::clone(library)) }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Ask { number, question } = effect {
                let never = std::sync::Arc::default();
                let answer =
                    Box::new(self.sources.answer(&question, |_| None, &never, &mut |_| {}));
                let more = update(&mut self.state, Action::Answer { number, answer });
                self.carry_out(more);
            }
        }
    }

    fn opens(&mut self, symbol: &Symbol) {
        let effects = open_at(&mut self.state, &Opening::Record(symbol.clone(), Some(1)));
        self.carry_out(effects);
    }

    fn press(&mut self, key: Key) -> Buffer {
        let action = keymap::resolve(self.state.context(), key);
        let effects = update(&mut self.state, action);
        self.carry_out(effects);
        drawn(&self.state)
    }
}

fn drawn(state: &State) -> Buffer {
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    view(state, &Theme::coloured(), area, &mut buffer);
    buffer
}

fn main() {
    let Some(root) = std::env::var_os("SPV_BENCH_LIBRARY") else {
        println!("skipped: SPV_BENCH_LIBRARY names no imported corpus");
        return;
    };
    let open = || Arc::new(Library::open_with(Path::new(&root), None).expect("the library opens"));
    let library = open();
    let entries = &library.catalogue().entries;
    let statements: u32 = entries.iter().map(|e| e.statements).sum();
    println!("{} records, {statements} statements", entries.len());
    let table = library.references(&AtomicBool::new(false));
    let size = std::fs::metadata(Path::new(&root).join(".spv/references")).map_or(0, |m| m.len());
    println!("table of references: {:.1} MB, {} records\n", size as f64 / 1e6, table.records());
    drop(table);

    println!("| what | p50 ms | p99 ms | most | on a processor, p50 | p99 | most |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let symbols: Vec<Symbol> = entries.iter().map(|e| e.symbol.clone()).collect();
    let pick = |n: usize| &symbols[n * 7_919 % symbols.len()];
    let each = |name: &str, once: &mut dyn FnMut(usize) -> Option<Took>| {
        let took: Vec<Took> = (0..RUNS * 5).filter_map(once).take(RUNS).collect();
        let cells = |times: Vec<Duration>| {
            let mut times = times;
            times.sort_unstable();
            let ms = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
            format!("{:.2} | {:.2} | {:.2}", ms(50), ms(99), ms(100))
        };
        let clock = cells(took.iter().map(|took| took.0).collect());
        let processor = cells(took.iter().map(|took| took.1).collect());
        println!("| {name} | {clock} | {processor} |");
    };

    let back = Key::Char('B');
    each("B, first of a session, files still to be compared", &mut |n| {
        let mut reader = Reader::new(&library);
        reader.opens(pick(n));
        (n < 40).then(|| timed(&mut reader, back))
    });
    each("B, first of a session", &mut |n| {
        let mut reader = Reader::new(&library);
        reader.sources.prepare_references(&AtomicBool::new(false));
        reader.opens(pick(n));
        (n < 40).then(|| timed(&mut reader, back))
    });
    let mut reader = Reader::new(&library);
    reader.sources.prepare_references(&AtomicBool::new(false));
    each("B on a record", &mut |n| {
        reader.opens(pick(n));
        Some(timed(&mut reader, back))
    });
    each("B on the reference of Tab", &mut |n| {
        reader.opens(pick(n));
        reader.press(Key::Tab);
        reference(&reader).then(|| timed(&mut reader, back))
    });
    most_cited(&mut reader, &library);
    each("Enter on the reference of Tab", &mut |n| {
        reader.opens(pick(n));
        reader.press(Key::Tab);
        reference(&reader).then(|| timed(&mut reader, Key::Enter))
    });
    each("L", &mut |n| {
        reader.opens(pick(n));
        reader.press(Key::Char('J'));
        Some(timed(&mut reader, Key::Char('L')))
    });
    each("V", &mut |n| {
        reader.opens(pick(n));
        let time = timed(&mut reader, Key::Char('V'));
        matches!(reader.state.screen(), Screen::Card(_)).then_some(time)
    });
}

/// How long something took, by the clock and on a processor.
type Took = (Duration, Duration);

/// How long this thread has been on a processor.
fn on_processor() -> Duration {
    // The kernel brings its account up to date when it is asked to let others run.
    std::thread::yield_now();
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = account.split_whitespace().next().and_then(|n| n.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

fn timed(reader: &mut Reader, key: Key) -> Took {
    let before = on_processor();
    let start = Instant::now();
    let frame = reader.press(key);
    let time = (start.elapsed(), on_processor().saturating_sub(before));
    assert!(frame.content().iter().any(|cell| cell.symbol() != " "));
    time
}

fn reference(reader: &Reader) -> bool {
    matches!(reader.state.screen(), Screen::Reader(text) if text.reference.is_some())
}

/// The card of the document that is cited most often in the first references met.
fn most_cited(reader: &mut Reader, library: &Arc<Library>) {
    let table = library.kept_references().expect("a table");
    let mut counts: HashMap<String, usize> = HashMap::new();
    for resolution in ["1325 (2000)", "2254 (2015)", "242 (1967)", "1244 (1999)", "1701 (2006)"] {
        let name = format!("S/RES/{resolution}");
        counts.insert(name.clone(), table.citing(&name, usize::MAX).len());
    }
    let (name, count) = counts.into_iter().max_by_key(|(_, n)| *n).expect("one");
    let question = spv::app::action::Question::Backlinks { of: name.clone(), pages: None };
    let (before, start) = (on_processor(), Instant::now());
    let answer =
        reader.sources.answer(&question, |_| None, &std::sync::Arc::default(), &mut |_| {});
    let answered = start.elapsed();
    reader.state.shared.question += 1;
    let number = reader.state.shared.question;
    update(&mut reader.state, Action::Answer { number, answer: Box::new(answer) });
    drawn(&reader.state);
    let (all, cpu) = (start.elapsed(), on_processor().saturating_sub(before));
    let ms = |t: Duration| t.as_secs_f64() * 1e3;
    let answered = format!("answer {:.2}", ms(answered));
    println!(
        "| {name}, cited {count} times | {:.2} | {answered} | | {:.2} | | |",
        ms(all),
        ms(cpu)
    );
}
