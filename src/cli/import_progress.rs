//! How far a long import is, and what it came to.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

use super::out::line;
use crate::import::dataset::{ImportNote, NoteKind, RepairCounts};
use crate::library::bulk::Put;

/// A line on a terminal is drawn at most this often.
const PACE: Duration = Duration::from_millis(100);
/// A line on a terminal has at most so many columns, the last of 80 left free.
const WIDTH: usize = 79;
/// Work on fewer records is over before anyone reads how far it is.
const LONG: usize = 50;
/// How many of one sort are named in the table; the rest are in the log.
const NAMED: usize = 12;

/// Says how far the work is: one line drawn over and over on a terminal, ten plain ones elsewhere.
#[derive(Debug)]
pub struct Progress {
    /// What comes, where its bytes are counted and not records.
    file: Option<String>,
    /// What is counted.
    many: &'static str,
    /// Bytes that were there before it began.
    before: u64,
    whole: usize,
    bytes: u64,
    began: Instant,
    drawn: Option<Instant>,
    width: usize,
    terminal: bool,
    tenth: usize,
}

impl Progress {
    /// Begins; `whole` records of `bytes` bytes, 0 where that is not known.
    #[must_use]
    pub fn begin(whole: usize, bytes: u64) -> Self {
        let terminal = io::stderr().is_terminal()
            && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self {
            file: None,
            many: "records",
            before: 0,
            whole,
            bytes,
            began: Instant::now(),
            drawn: None,
            width: 0,
            terminal,
            tenth: 0,
        }
    }

    /// Begins; `whole` files of `bytes` bytes are read.
    #[must_use]
    pub fn of_files(whole: usize, bytes: u64) -> Self {
        Self { many: "files", ..Self::begin(whole, bytes) }
    }

    /// Begins; a file of `bytes` bytes comes, of which `before` are here.
    #[must_use]
    pub fn of_file(name: &str, bytes: u64, before: u64) -> Self {
        let whole = usize::try_from(bytes).unwrap_or(usize::MAX);
        let begun = Self::begin(whole, bytes);
        Self { file: Some(name.to_owned()), before, tenth: tenths(before, bytes), ..begun }
    }

    /// Says that so many records of so many bytes are done.
    pub fn at(&mut self, done: usize, bytes: u64) {
        let now = Instant::now();
        if self.terminal {
            if self.drawn.is_some_and(|before| now - before < PACE) {
                return;
            }
            self.drawn = Some(now);
            let text = self.text(done, bytes, now - self.began);
            // The figures stand at the end, and an address may be longer than the line.
            let text = shortened(&text, WIDTH);
            let blank = " ".repeat(self.width.saturating_sub(text.len()));
            self.width = text.len();
            let _ = write!(io::stderr().lock(), "\r{text}{blank}");
            return;
        }
        let tenth = tenths(done as u64, self.whole as u64);
        if tenth > self.tenth && self.whole >= LONG {
            self.tenth = tenth;
            let _ = writeln!(io::stderr().lock(), "{}", self.text(done, bytes, now - self.began));
        }
    }

    /// Takes the line away.
    pub fn end(&mut self) {
        if self.terminal && self.width > 0 {
            let _ = write!(io::stderr().lock(), "\r{}\r", " ".repeat(self.width));
            self.width = 0;
        }
    }

    fn text(&self, done: usize, bytes: u64, passed: Duration) -> String {
        let (done, whole) = (thousands(done as u64), thousands(self.whole as u64));
        let records = format!("{done} of {whole} {}", self.many);
        if self.bytes == 0 {
            return records;
        }
        let seconds = passed.as_secs_f64().max(0.001);
        let rate = bytes.saturating_sub(self.before) as f64 / seconds;
        let left = self.bytes.saturating_sub(bytes) as f64 / rate.max(1.0);
        if let Some(name) = &self.file {
            let rate = format!("{:.1} MB/s, {} left", rate / 1e6, time(left));
            return format!("{name}: {} of {}, {rate}", size(bytes), size(self.bytes));
        }
        format!("{records}, {:.1} MB/s, {} left", rate / 1e6, time(left))
    }
}

/// The end of a text in at most `room` bytes, behind dots where it had a beginning.
fn shortened(text: &str, room: usize) -> Cow<'_, str> {
    const DOTS: &str = "...";
    if text.len() <= room {
        return Cow::Borrowed(text);
    }
    let from = text.ceil_char_boundary(text.len() - room.saturating_sub(DOTS.len()));
    Cow::Owned(format!("{DOTS}{}", &text[from..]))
}

/// How many tenths of the whole are done.
fn tenths(done: u64, whole: u64) -> usize {
    usize::try_from(done.saturating_mul(10) / whole.max(1)).unwrap_or(10)
}

/// A size in words: `570 kB`, `33.0 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A time in words: `1 min 05 s`, `9 s`.
#[must_use]
pub fn time(seconds: f64) -> String {
    let seconds = seconds.round().min(360_000.0) as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A number with commas: `106,302`.
#[must_use]
pub fn thousands(number: u64) -> String {
    crate::app::number::thousands(usize::try_from(number).unwrap_or(usize::MAX))
}

/// What an import came to.
#[derive(Debug, Default)]
pub struct Sums {
    /// Records by what became of them, in words.
    pub records: BTreeMap<&'static str, u64>,
    /// Statements read.
    pub statements: u64,
    /// Words in them, where the records were made.
    pub words: u64,
    /// Repairs and guesses.
    pub tally: RepairCounts,
    /// Sentences on what the person should know, by sort.
    named: BTreeMap<NoteKind, Vec<String>>,
}

impl Sums {
    /// Counts what became of a record.
    pub fn count(&mut self, put: Put) {
        let words = match put {
            Put::New => "new",
            Put::Same => "the same as before",
            Put::Replaced => "replaced",
            Put::Kept => "not taken",
        };
        *self.records.entry(words).or_default() += 1;
    }

    /// Takes in a note of what does not agree or was left out.
    pub fn note(&mut self, note: &ImportNote) {
        if matches!(
            note.kind,
            NoteKind::Differs
                | NoteKind::Left
                | NoteKind::Unmended
                | NoteKind::Unsettled
                | NoteKind::Joined
        ) {
            let place = note.symbol.as_deref().or(note.file.as_deref());
            let place = place.map_or(String::new(), |place| format!("{place}: "));
            self.named.entry(note.kind).or_default().push(format!("{place}{}", note.what));
        }
    }

    /// Writes the table.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write, log: &str) -> io::Result<()> {
        let records: u64 = self.records.values().sum();
        let each: Vec<String> =
            self.records.iter().map(|(words, n)| format!("{} {words}", thousands(*n))).collect();
        row(out, "records", records, &each)?;
        row(out, "statements", self.statements, &[])?;
        if self.words > 0 {
            row(out, "words", self.words, &[])?;
        }
        for (title, counts) in
            [("repaired", &self.tally.repaired), ("guessed", &self.tally.guessed)]
        {
            let each: Vec<String> = counts
                .iter()
                .map(|(name, n)| format!("{} {}", thousands(*n), name.replace('_', " ")))
                .collect();
            row(out, title, counts.values().sum(), &each)?;
        }
        for (sort, title) in [
            (NoteKind::Joined, "joined"),
            (NoteKind::Differs, "differing"),
            (NoteKind::Unmended, "unmended"),
            (NoteKind::Unsettled, "unsettled"),
            (NoteKind::Left, "left out"),
        ] {
            let named = self.named.get(&sort).map(Vec::as_slice).unwrap_or_default();
            if named.is_empty() && sort != NoteKind::Left {
                continue;
            }
            row(out, title, named.len() as u64, &[])?;
            for sentence in named.iter().take(NAMED) {
                writeln!(out, "  {}", line(sentence))?;
            }
            if named.len() > NAMED {
                writeln!(out, "  and {} more in the log", thousands((named.len() - NAMED) as u64))?;
            }
        }
        writeln!(out, "{:<12}{}", "log", line(log))
    }
}

/// One row: a title, a number to the right, and what it is made of.
pub(super) fn row(
    out: &mut dyn Write,
    title: &str,
    number: u64,
    each: &[String],
) -> io::Result<()> {
    let made = if each.is_empty() { String::new() } else { format!("  {}", each.join(", ")) };
    writeln!(out, "{title:<12}{:>12}{made}", thousands(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times() {
        for (number, want) in [(0, "0"), (999, "999"), (1000, "1,000"), (66_392_703, "66,392,703")]
        {
            assert_eq!(thousands(number), want);
        }
        assert_eq!(size(0), "0 kB");
        assert_eq!(size(605_087), "606 kB");
        assert_eq!(size(473_909_760), "473.9 MB");
        assert_eq!(time(9.4), "9 s");
        assert_eq!(time(65.0), "1 min 05 s");
        assert_eq!(time(f64::INFINITY), "6000 min 00 s");
    }

    #[test]
    fn what_comes_after_a_break_has_the_rate_of_what_comes() {
        let whole = Progress::of_file("speeches.tar", 400_000_000, 300_000_000);
        let said = whole.text(310_000_000, 310_000_000, Duration::from_secs(5));
        assert_eq!(said, "speeches.tar: 310.0 MB of 400.0 MB, 2.0 MB/s, 45 s left");
    }

    #[test]
    fn a_long_address_leaves_the_figures_in_sight() {
        let address = format!("https://records.invalid/{}/2019.tar", "é".repeat(60));
        let said = Progress::of_file(&address, 4_000_000, 0).text(
            1_000_000,
            1_000_000,
            Duration::from_secs(1),
        );
        let line = shortened(&said, WIDTH);
        assert!(line.len() <= WIDTH && line.starts_with("..."), "{line}");
        assert!(line.ends_with("/2019.tar: 1.0 MB of 4.0 MB, 1.0 MB/s, 3 s left"), "{line}");
        assert_eq!(shortened("short", WIDTH), "short");
    }

    #[test]
    fn a_table_names_what_was_left_out_and_where_to_see_it() {
        let mut sums = Sums { statements: 2, words: 2649, ..Sums::default() };
        sums.count(Put::New);
        sums.count(Put::New);
        sums.count(Put::Kept);
        sums.tally.repair("closed_hyphens", 1200);
        for at in 0..20 {
            sums.note(
                &ImportNote::new(NoteKind::Left, format!("invented reason {at}"))
                    .about("\u{1b}[2Jx"),
            );
        }
        let mut out = Vec::new();
        sums.write(&mut out, "import.log").unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("records                3  2 new, 1 not taken\n"), "{out}");
        assert!(out.contains("words              2,649\n"), "{out}");
        assert!(out.contains("1,200 closed hyphens"), "{out}");
        assert!(out.contains("and 8 more in the log"), "{out}");
        assert!(!out.contains('\u{1b}'));
        assert!(out.ends_with("log         import.log\n"));
    }
}
