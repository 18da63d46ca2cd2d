//! How far long work is, on standard error; sizes and times in words.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

/// A line on a terminal is drawn at most this often.
const PACE: Duration = Duration::from_millis(100);
/// The maximum width of a line on a terminal of 80 columns, the last of which is left free.
const WIDTH: usize = 79;
/// Work on fewer records ends before anybody has read its progress.
const LONG: usize = 50;

/// Prints the progress of work: one line, redrawn, on a terminal; ten plain lines elsewhere.
#[derive(Debug)]
pub struct Progress {
    /// The name of the download, if bytes are counted instead of records.
    file: Option<String>,
    /// The unit of what is counted.
    many: &'static str,
    /// Bytes that were there at the start.
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
    /// Starts work on `whole` records of `bytes` bytes, 0 if not known.
    pub fn of_records(whole: usize, bytes: u64) -> Self {
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

    /// Starts reading `whole` files of `bytes` bytes.
    pub fn of_files(whole: usize, bytes: u64) -> Self {
        Self { many: "files", ..Self::of_records(whole, bytes) }
    }

    /// Starts the download of a file of `bytes` bytes, of which `before` are there.
    pub fn of_file(name: &str, bytes: u64, before: u64) -> Self {
        let whole = usize::try_from(bytes).unwrap_or(usize::MAX);
        let begun = Self::of_records(whole, bytes);
        Self { file: Some(name.to_owned()), before, tenth: tenths(before, bytes), ..begun }
    }

    /// Reports that `done` records of `bytes` bytes are done.
    pub fn at(&mut self, done: usize, bytes: u64) {
        let now = Instant::now();
        if self.terminal {
            if self.drawn.is_some_and(|before| now - before < PACE) {
                return;
            }
            self.drawn = Some(now);
            let text = self.text(done, bytes, now - self.began);
            // The numbers are at the end, and a URL may be longer than the line.
            let text = keep_end(&text, WIDTH);
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

    /// Removes the line.
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
        let counted = match &self.file {
            Some(name) => format!("{name}: {} of {}", format_size(bytes), format_size(self.bytes)),
            None => records,
        };
        format!("{counted}, {:.1} MB/s, {} left", rate / 1e6, format_duration(left))
    }
}

/// The seconds that are left of a long pause: one line on a terminal, redrawn, and nothing elsewhere.
#[derive(Debug)]
pub struct Countdown {
    terminal: bool,
    shown: Option<u64>,
    width: usize,
}

impl Countdown {
    /// Starts it.
    pub fn begin(terminal: bool) -> Self {
        let terminal = terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { terminal, shown: None, width: 0 }
    }

    /// Reports that this many seconds are left.
    pub fn at(&mut self, left: u64) {
        if !self.terminal || self.shown == Some(left) {
            return;
        }
        self.shown = Some(left);
        let text = format!("{} left", format_duration(left as f64));
        let blank = " ".repeat(self.width.saturating_sub(text.len()));
        self.width = text.len();
        let _ = write!(io::stderr().lock(), "\r{text}{blank}");
    }

    /// Removes the line.
    pub fn end(&mut self) {
        if self.width > 0 {
            let _ = write!(io::stderr().lock(), "\r{}\r", " ".repeat(self.width));
            self.width = 0;
        }
    }
}

/// The end of a text, at most `room` bytes, after dots if its start was cut off.
fn keep_end(text: &str, room: usize) -> Cow<'_, str> {
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
pub fn format_size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A time in words: `1 min 05 s`, `9 s`.
pub fn format_duration(seconds: f64) -> String {
    let seconds = seconds.round().min(360_000.0) as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A number with commas: `106,302`.
pub fn thousands(number: u64) -> String {
    crate::app::number::thousands(usize::try_from(number).unwrap_or(usize::MAX))
}

/// A size in words: `999 bytes`, `1.5 kB`, `12.3 MB`.
pub(super) fn format_bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", size as f64 / 1e3),
        _ => format!("{:.1} MB", size as f64 / 1e6),
    }
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
        assert_eq!(format_size(0), "0 kB");
        assert_eq!(format_size(605_087), "606 kB");
        assert_eq!(format_size(473_909_760), "473.9 MB");
        assert_eq!(format_duration(9.4), "9 s");
        assert_eq!(format_duration(65.0), "1 min 05 s");
        assert_eq!(format_duration(f64::INFINITY), "6000 min 00 s");
    }

    #[test]
    fn a_countdown_is_drawn_once_a_second_and_only_on_a_terminal() {
        let mut none = Countdown::begin(false);
        none.at(900);
        assert_eq!((none.shown, none.width), (None, 0));
        let mut shown = Countdown { terminal: true, ..none };
        shown.at(900);
        assert_eq!((shown.shown, shown.width), (Some(900), "15 min 00 s left".len()));
        shown.end();
        assert_eq!(shown.width, 0);
    }

    #[test]
    fn a_resumed_download_has_the_rate_of_its_own_bytes() {
        let whole = Progress::of_file("speeches.tar", 400_000_000, 300_000_000);
        let said = whole.text(310_000_000, 310_000_000, Duration::from_secs(5));
        assert_eq!(said, "speeches.tar: 310.0 MB of 400.0 MB, 2.0 MB/s, 45 s left");
    }

    #[test]
    fn a_long_url_leaves_the_numbers_visible() {
        let address = format!("https://records.invalid/{}/2019.tar", "é".repeat(60));
        let said = Progress::of_file(&address, 4_000_000, 0).text(
            1_000_000,
            1_000_000,
            Duration::from_secs(1),
        );
        let line = keep_end(&said, WIDTH);
        assert!(line.len() <= WIDTH && line.starts_with("..."), "{line}");
        assert!(line.ends_with("/2019.tar: 1.0 MB of 4.0 MB, 1.0 MB/s, 3 s left"), "{line}");
        assert_eq!(keep_end("short", WIDTH), "short");
    }

    #[test]
    fn sizes_in_words() {
        assert_eq!(format_bytes(999), "999 bytes");
        assert_eq!(format_bytes(1_500), "1.5 kB");
        assert_eq!(format_bytes(12_340_000), "12.3 MB");
    }
}
