//! From start to the first screen: the binary in a pseudo-terminal, until 20 rows of the emulator are
//! right, with nothing installed but what is inside; beside it `less` on one file, run by run in turn.
//! Then the memory it holds, and the size of the binary.
//!
//! `SPV_BENCH_LIBRARY` names a library, whose first screen and memory are then measured in its place.
//!
//! `cargo bench --bench start`; SPV_RUNS says how many runs (60). The clock runs from before the
//! terminal is opened and the process made, which `true`, written beside, shows the cost of.

#[path = "../tests/pty/mod.rs"]
mod pty;

use std::time::{Duration, Instant};

use pty::{Home, Run, SPV, Screen, Term};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use spv::app::geometry::Geometry;
use spv::app::shared::Shelf;
use spv::library::Library;
use spv::screens::frame::view;
use spv::screens::state::State;
use spv::ui::Theme;

/// Rows of the screen that must be right.
const ROWS: usize = 20;

fn main() {
    let runs = std::env::var("SPV_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let home = Home::new();
    let named = std::env::var("SPV_BENCH_LIBRARY").ok();
    if let Some(folder) = &named {
        return over(&home, folder, runs);
    }
    let library = Library::exercise();
    let meetings = first_screen(&library, Shelf::Exercise);
    let (_, text, _) = home.command(&["show", "MSC/PV.1"]);
    let lines: Vec<String> = text.lines().map(|l| l.trim_end().to_owned()).collect();
    let file = home.put("text", text);
    let file = file.to_str().unwrap_or_default();

    let [mut ours, mut less, mut none] = [const { Vec::new() }; 3];
    // The first runs warm the caches of the system.
    for run in 0..runs + 3 {
        let times = [
            until_right(home.spv(&[]), &meetings),
            until_right(home.program("less", &[file]), &lines),
            until_ended(home.program("true", &[])),
        ];
        if run >= 3 {
            for (list, time) in [&mut ours, &mut less, &mut none].into_iter().zip(times) {
                list.push(time);
            }
        }
    }
    println!("first screen, {runs} runs each in turn, ms\n");
    println!("| program | median | p90 | least |\n| --- | ---: | ---: | ---: |");
    row("spv, what is inside", &mut ours);
    row("less, one file", &mut less);
    row("true, to its end", &mut none);

    println!("\nmemory, MB\n\n| when | resident | of it anonymous |\n| --- | ---: | ---: |");
    let term = home.spv(&[]).start();
    term.shows("MSC/PV.6");
    memory("first screen, names to find made ready", &term);
    term.types("\r\r").shows("1/12");
    memory("a record open", &term);
    for word in ["syria", "kazakhstan", "small arms", "2014-05-22", "veto"] {
        term.types("f").shows("Find:").types(word).wait(word, |s| s.status().contains(" of "));
        term.types("\x1b").hides("Find:");
    }
    memory("after five finds", &term);
    let size = std::fs::metadata(SPV).map_or(0, |m| m.len());
    println!("\nbinary: {:.2} MB", size as f64 / 1e6);
}

/// First screen and memory over a library; its name in the title may differ, 20 rows may not.
fn over(home: &Home, folder: &str, runs: usize) {
    let Ok(library) = Library::open(std::path::Path::new(folder)) else {
        println!("{folder} is no library");
        return;
    };
    let rows = first_screen(&library, Shelf::Folder(folder.to_owned()));
    drop(library);
    let mut times: Vec<Duration> =
        (0..runs + 3).map(|_| until_right(home.spv(&["--library", folder]), &rows)).collect();
    times.drain(..3);
    println!(
        "| first screen, {runs} runs, ms | median | p90 | least |\n| --- | ---: | ---: | ---: |"
    );
    row("spv over this library", &mut times);
    println!("\nmemory, MB\n\n| when | resident | of it anonymous |\n| --- | ---: | ---: |");
    let term = home.spv(&["--library", folder]).start();
    term.shows("S/PV.");
    memory("first screen, names to find made ready", &term);
}

/// The rows of the first screen, made in this process.
fn first_screen(library: &Library, shelf: Shelf) -> Vec<String> {
    let geometry = Geometry::new(80, 24, true);
    let catalogue = library.shared_catalogue();
    let state = State::new(geometry, catalogue, shelf, library.problems().to_vec());
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    view(&state, &Theme::coloured(), area, &mut buffer);
    let row = |y| (0..80).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
    (0..24).map(|y| row(y).trim_end().to_owned()).collect()
}

fn until_right(run: Run, right: &[String]) -> Duration {
    let start = Instant::now();
    let mut term = run.start();
    let same = |s: Screen| s.rows().iter().zip(right).filter(|(a, b)| a == b).count();
    term.wait("the first screen", |s| same(s) >= ROWS);
    let time = start.elapsed();
    term.types("q");
    term.ends();
    time
}

fn until_ended(run: Run) -> Duration {
    let start = Instant::now();
    run.start().ends();
    start.elapsed()
}

fn row(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let ms = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    println!("| {name} | {:.2} | {:.2} | {:.2} |", ms(50), ms(90), ms(0));
}

/// What the process holds once it has come to rest.
fn memory(when: &str, term: &Term) {
    let read = |file: &str, name: &str| -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/{file}", term.pid()));
        let text = text.unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix(name)).unwrap_or("0");
        line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
    };
    let mut last = 0;
    loop {
        std::thread::sleep(Duration::from_millis(200));
        let now = read("status", "VmRSS:");
        if now == last {
            break;
        }
        last = now;
    }
    let anonymous = read("smaps_rollup", "Anonymous:");
    println!("| {when} | {:.1} | {:.1} |", last as f64 / 1024.0, anonymous as f64 / 1024.0);
}
