//! Bytes on the wire: plays a fixed script of keys through the real binary in a terminal, beside
//! `less` and `less -M` on the same text, and prints what each step took.
//!
//! ```text
//! cargo run --release --example bytes              the tables
//! cargo run --release --example bytes -- --check   and exit code 1 when a budget is passed
//! cargo run --release --example bytes -- --quick   without the slow line
//! ```
//!
//! `SPV_PROGRAM` names a program that was built before; else one is built as this example was.
//!
//! Not here: what the renderer spends on made scenes (`tests/renderer/bytes.rs`), whether it draws
//! right (`tests/renderer/mod.rs`).

mod budget;
mod link;
#[path = "../../tests/pty/counted.rs"]
mod pty;
mod script;
mod texts;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use link::{Held, Line};
use pty::{Fallible, Pty};
use script::{Kind, Measured};

/// The record that is read, and a word that stands in it often.
const RECORD: &str = "MSC/PV.1";
const NEEDLE: &str = "reconciliation";
const SIZE: (u16, u16) = (80, 24);
/// The slow line of the promise.
const SLOW: Line = Line { rate: 9600, delay: Duration::from_millis(300) };

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let asked = |name: &str| args.iter().any(|arg| arg == name);
    if let Some(other) = args.iter().find(|a| !["--check", "--quick"].contains(&a.as_str())) {
        eprintln!("bytes: {other} is not known; --check and --quick are");
        return ExitCode::from(2);
    }
    match measure(asked("--check"), asked("--quick")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("bytes: {error}");
            ExitCode::from(3)
        }
    }
}

/// Where everything is that is measured.
struct Place {
    spv: PathBuf,
    folder: tempfile::TempDir,
    library: PathBuf,
    less: Option<PathBuf>,
}

fn measure(check: bool, quick: bool) -> Fallible<bool> {
    let folder = tempfile::tempdir()?;
    let library = texts::library(folder.path())?;
    let place = Place { spv: program()?, library, less: in_path("less"), folder };
    if place.less.is_none() {
        println!("less is not installed: what is measured against it is left out");
    }
    let mut verdict = budget::Verdict::default();
    measure_all(&place, quick, &mut verdict)?;
    for passed in verdict.passed() {
        println!("OVER: {passed}");
    }
    Ok(!check || verdict.passed().is_empty())
}

/// Plays everything side by side, since a play mostly waits for its program to be quiet, and tells
/// the results one after the other.
fn measure_all(place: &Place, quick: bool, verdict: &mut budget::Verdict) -> Fallible<()> {
    // By itself: it counts what a program that keeps up makes of many events.
    let (resized, redraws) = resizes(place)?;
    std::thread::scope(|scope| {
        let english = scope.spawn(|| Plays::english(place));
        let typed = [false, true].map(|slow| scope.spawn(move || lists_and_letters(place, slow)));
        let scripts = texts::SCRIPTS.map(|(language, symbol, _, _, needle)| {
            (language, scope.spawn(move || Plays::in_script(place, language, symbol, needle)))
        });
        let idle = scope.spawn(|| idle(place));
        let held = (!quick).then(|| scope.spawn(|| held(place)));

        let mut english = joined(english)?;
        for (measured, typed) in english.spv.iter_mut().zip(typed) {
            measured.extend(joined(typed)?);
        }
        println!("\n{RECORD} at {}x{}: median/most bytes a step", SIZE.0, SIZE.1);
        english.print();
        for (slow, spv) in [false, true].into_iter().zip(&english.spv) {
            verdict.reading(name(slow), slow, spv, english.less());
        }
        for (language, plays) in scripts {
            let plays = joined(plays)?;
            println!("\nmade-up text, {language}");
            plays.print();
            for (slow, spv) in [false, true].into_iter().zip(&plays.spv) {
                verdict.script(&format!("{}, {language}", name(slow)), spv, plays.less());
            }
        }
        let idle = joined(idle)?;
        println!("\nidle for 2 s: {idle} bytes");
        verdict.idle(idle);
        println!("50 resizes in half a second: {resized} bytes, {redraws} redraw");
        verdict.resizes(redraws);
        if let Some(held) = held {
            tell_held(&joined(held)?, verdict);
        }
        Ok(())
    })
}

/// What a thread measured.
fn joined<T>(thread: ScopedJoinHandle<'_, Fallible<T>>) -> Fallible<T> {
    thread.join().map_err(|_| "a measurement has panicked")?
}

/// The program as the tables name it.
fn name(slow: bool) -> &'static str {
    if slow { "spv --slow" } else { "spv" }
}

/// The same text read in `less`, once for each of its options, and in `spv`, ordinary and slow.
struct Plays {
    less: Vec<(String, Measured)>,
    spv: Vec<Measured>,
}

impl Plays {
    /// The text everybody reads.
    fn english(place: &Place) -> Fallible<Self> {
        Self::of(place, &["--exercise"], RECORD, "english", NEEDLE, &[&[], &["-M"]])
    }

    /// A text in another script.
    fn in_script(place: &Place, language: &str, symbol: &str, needle: &str) -> Fallible<Self> {
        let library = place.library.display().to_string();
        Self::of(place, &["--library", &library], symbol, language, needle, &[&[]])
    }

    fn of(
        place: &Place,
        library: &[&str],
        symbol: &str,
        file: &str,
        needle: &str,
        less_options: &[&[&str]],
    ) -> Fallible<Self> {
        let text = place.text(&[library, &["show", symbol]].concat(), file)?;
        let mut plays = Self { less: Vec::new(), spv: Vec::new() };
        for options in less_options {
            if let Some(measured) = place.read_less(&text, options, needle)? {
                plays.less.push((format!("less {}", options.join(" ")), measured));
            }
        }
        for slow in [false, true] {
            let mut options = library.to_vec();
            options.extend(slow.then_some("--slow"));
            plays.spv.push(place.read_spv(&options, &format!("{symbol} p2"), needle)?);
        }
        Ok(plays)
    }

    /// What the budgets compare with: `less` without options.
    fn less(&self) -> Option<&Measured> {
        self.less.first().map(|(_, measured)| measured)
    }

    fn print(&self) {
        head();
        self.less.iter().for_each(|(name, measured)| row(name, measured));
        [false, true].into_iter().zip(&self.spv).for_each(|(slow, spv)| row(name(slow), spv));
    }
}

/// Lists, find and search.
fn lists_and_letters(place: &Place, slow: bool) -> Fallible<Measured> {
    let mut options = vec!["--exercise"];
    options.extend(slow.then_some("--slow"));
    let mut measured = Measured::default();
    let mut pty = place.spv(&options)?;
    pty.first();
    script::list(&mut pty, &mut measured)?;
    measured.extend(letters(place, &options, slow)?);
    Ok(measured)
}

/// Words typed. An answer that a busy machine gives late falls into the time of the next letter, so
/// they are typed again where a letter took too much: a letter that really does always does.
fn letters(place: &Place, options: &[&str], slow: bool) -> Fallible<Measured> {
    let mut measured = Measured::default();
    for _ in 0..3 {
        measured = Measured::default();
        let mut pty = place.spv(options)?;
        pty.first();
        script::letters(&mut pty, &mut measured)?;
        let over = |kind| measured.bytes(kind).is_some_and(|(_, most)| most > budget::letter(slow));
        if ![Kind::Letter, Kind::Query].into_iter().any(over) {
            break;
        }
    }
    Ok(measured)
}

/// Bytes written while nothing happens.
fn idle(place: &Place) -> Fallible<usize> {
    let mut pty = place.spv(&["--exercise"])?;
    pty.first();
    Ok(pty.settle(Duration::from_secs(2)).len())
}

/// The bytes written while the screen is made another size fifty times in half a second, and how
/// often it is erased.
fn resizes(place: &Place) -> Fallible<(usize, usize)> {
    let mut pty = place.spv(&["--exercise"])?;
    pty.first();
    let begin = Instant::now();
    for number in 0..50u16 {
        pty.resize(SIZE.0 - 1 - number % 2, SIZE.1)?;
        let next = Duration::from_millis(10) * u32::from(number + 1);
        std::thread::sleep(next.saturating_sub(begin.elapsed()));
    }
    let bytes = pty.settle(Duration::from_secs(2));
    let redraws = bytes.windows(3).filter(|w| w == b"\x1b[J").count();
    Ok((bytes.len(), redraws))
}

/// A key held over a slow line, in `less` where it is there and in `spv`, with the name of each.
fn held(place: &Place) -> Fallible<Vec<(String, Held)>> {
    let mut all = Vec::new();
    let text = place.text(&["--exercise", "show", RECORD], "held")?;
    if let Some(less) = &place.less {
        let mut pty = place.start(less, &[&text.display().to_string()])?;
        pty.first();
        all.push(("less".to_owned(), SLOW.hold(&mut pty, b"j")?));
    }
    let page = format!("{RECORD} p2");
    let rate = SLOW.rate.to_string();
    for options in [&["--slow"][..], &["--line-rate", &rate]] {
        let mut pty = place.spv(&[&["--exercise"], options, &[&page]].concat())?;
        pty.first();
        all.push((format!("spv {}", options.join(" ")), SLOW.hold(&mut pty, b"j")?));
    }
    Ok(all)
}

/// Prints them and judges the last, which knows the rate of its line.
fn tell_held(all: &[(String, Held)], verdict: &mut budget::Verdict) {
    println!("\nj held for 3 s at 20 a second, {} bit/s and {:?} each way", SLOW.rate, SLOW.delay);
    for (name, held) in all {
        let settled = held.settled.as_secs_f64();
        println!("{name:<28} {:>6} bytes, settled {settled:>5.2} s after the last", held.bytes);
    }
    if let Some((_, held)) = all.last() {
        verdict.settled(held.settled);
    }
}

impl Place {
    fn start(&self, program: &Path, args: &[&str]) -> Fallible<Pty> {
        let home = self.folder.path().display().to_string();
        let environment = [
            ("HOME", home.as_str()),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("LESSCHARSET", "utf-8"),
            ("LESSHISTFILE", "-"),
        ];
        Pty::start(program, args, &environment, SIZE)
    }

    fn spv(&self, args: &[&str]) -> Fallible<Pty> {
        self.start(&self.spv, args)
    }

    /// What `spv` prints for a pipe, in a file.
    fn text(&self, args: &[&str], name: &str) -> Fallible<PathBuf> {
        let output = Command::new(&self.spv).env_clear().args(args).output()?;
        if !output.status.success() {
            return Err(format!("spv {args:?}: {}", output.status).into());
        }
        let file = self.folder.path().join(format!("{name}.txt"));
        std::fs::write(&file, output.stdout)?;
        Ok(file)
    }

    fn read_less(&self, text: &Path, options: &[&str], needle: &str) -> Fallible<Option<Measured>> {
        let Some(less) = &self.less else { return Ok(None) };
        let text = text.display().to_string();
        let pty = self.start(less, &[options, &[&text]].concat())?;
        read(pty, needle, b"q").map(Some)
    }

    fn read_spv(&self, options: &[&str], at: &str, needle: &str) -> Fallible<Measured> {
        let pty = self.spv(&[options, &[at]].concat())?;
        read(pty, needle, b"Q")
    }
}

fn read(mut pty: Pty, needle: &str, quit: &[u8]) -> Fallible<Measured> {
    let mut measured = Measured::default();
    let first = pty.first();
    measured.add(Kind::Start, first);
    script::read(&mut pty, needle, &mut measured)?;
    pty.send(quit)?;
    let bytes = pty.end(Duration::from_secs(5)).len();
    measured.add(Kind::Quit, pty::Step { bytes, ..pty::Step::default() });
    Ok(measured)
}

fn head() {
    let names = Kind::ALL.map(|kind| format!("{:>10}", kind.name()));
    println!("{:<12}{}  line over its text, a row of a page", "", names.concat());
}

fn row(name: &str, measured: &Measured) {
    let cells = Kind::ALL.map(|kind| match measured.bytes(kind) {
        Some((median, most)) => format!("{:>10}", format!("{median}/{most}")),
        None => format!("{:>10}", "-"),
    });
    let (over, page) = (measured.over(Kind::Down), measured.per_row(Kind::PageDown));
    println!("{name:<12}{}  {over:>4} {page:>6.1}", cells.concat());
}

/// The program: `SPV_PROGRAM`, or what is built with the profile of this example.
fn program() -> Fallible<PathBuf> {
    if let Some(program) = std::env::var_os("SPV_PROGRAM") {
        return Ok(std::path::absolute(program)?);
    }
    let this = std::env::current_exe()?;
    let folder = this.parent().and_then(Path::parent).ok_or("no target folder")?;
    let name = folder.file_name().and_then(|n| n.to_str()).unwrap_or("debug");
    let profile = if name == "debug" { "dev" } else { name };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo)
        // With this example, so that crates keep the features they were built with for it.
        .args(["build", "--quiet", "--bin", "spv", "--example", "bytes", "--profile", profile])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()?;
    if !built.success() {
        return Err("the binary could not be built".into());
    }
    Ok(folder.join("spv"))
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
