//! Who watches a download: progress on standard error, pauses by the clock, Ctrl-C.

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::cli::out::{Failure, one_line, say};
use crate::cli::process::Stop;
use crate::cli::progress::{Progress, format_duration, format_size};
use crate::library::get::Watch;

/// How often one looks in a pause whether the person has stopped it.
const LOOK: Duration = Duration::from_millis(50);
/// What comes in less than this shows no progress: a line that flashes tells nothing.
const SHORT: Duration = Duration::from_secs(1);

/// The person who waits.
#[derive(Debug)]
pub(super) struct Watching {
    stop: Stop,
    title: String,
    /// Which of many it is.
    prefix: String,
    began: Instant,
    /// How many bytes were here when it began.
    before: Option<u64>,
    progress: Option<Progress>,
    /// The server is on this very machine: nobody has to be spared.
    local: bool,
}

impl Watching {
    /// Begins, and listens for Ctrl-C from now on.
    ///
    /// # Errors
    /// When the system gives no signals.
    pub(super) fn begin(local: bool) -> Result<Self, Failure> {
        let stop = Stop::listen()?;
        let began = Instant::now();
        let (title, prefix) = (String::new(), String::new());
        Ok(Self { stop, title, prefix, began, before: None, progress: None, local })
    }

    /// Says which of many comes next, and what time is left at the rate of `since`.
    pub(super) fn one_of(&mut self, done: usize, whole: usize, since: Instant) {
        let left = since.elapsed().as_secs_f64() / done.max(1) as f64 * (whole - done) as f64;
        let left =
            if done > 0 { format!(", {} left", format_duration(left)) } else { String::new() };
        self.prefix = format!("{} of {whole}{left}; ", done + 1);
    }

    /// Says what comes next.
    pub(super) fn title(&mut self, title: &str) {
        self.end();
        self.title = format!("{}{title}", self.prefix);
        self.began = Instant::now();
        self.before = None;
    }

    /// Takes the line of progress away.
    pub(super) fn end(&mut self) {
        if let Some(mut progress) = self.progress.take() {
            progress.end();
        }
    }

    /// Whether the person has stopped it.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.flag.load(Ordering::Relaxed)
    }

    /// Waits without a word; `false` when the person stopped it.
    pub(super) fn wait(&self, long: Duration) -> bool {
        let until = Instant::now() + if self.local { Duration::ZERO } else { long };
        while !self.is_stopped() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(LOOK));
        }
        false
    }
}

impl Watch for Watching {
    fn at(&mut self, have: u64, whole: Option<u64>) {
        let before = *self.before.get_or_insert(have);
        if self.began.elapsed() < SHORT {
            return;
        }
        let Some(whole) = whole else { return };
        let title = &self.title;
        let progress = self.progress.get_or_insert_with(|| Progress::of_file(title, whole, before));
        progress.at(usize::try_from(have).unwrap_or(usize::MAX), have);
    }

    fn pause(&mut self, long: Duration, why: &str) -> bool {
        self.end();
        // In a file of messages the last one tells all of it; a person wants to know why nothing moves.
        if io::stderr().is_terminal() {
            let why = why.split(';').next().unwrap_or(why);
            say(&format!("{why}; asking again in {}", format_duration(long.as_secs_f64())));
        }
        self.wait(long)
    }

    fn stopped(&self) -> bool {
        self.is_stopped()
    }
}

/// The same person, who is told the size before the first byte: what stands at an address or under a
/// symbol has no size that could be known any sooner.
pub(super) struct SizeFirst<'a> {
    watching: &'a mut Watching,
    out: &'a mut dyn Write,
    said: bool,
}

impl<'a> SizeFirst<'a> {
    /// Says it on `out`, once.
    pub(super) fn new(watching: &'a mut Watching, out: &'a mut dyn Write) -> Self {
        Self { watching, out, said: false }
    }
}

impl Watch for SizeFirst<'_> {
    fn at(&mut self, have: u64, whole: Option<u64>) {
        if !std::mem::replace(&mut self.said, true) {
            let large = whole.map_or_else(|| "of unknown size".to_owned(), format_size);
            let here = if have > 0 {
                format!(", of which {} are here", format_size(have))
            } else {
                String::new()
            };
            // A pipe that is closed is met again by who writes what came of it.
            let _ = writeln!(self.out, "{}: {large}{here}", one_line(&self.watching.title));
            let _ = self.out.flush();
        }
        self.watching.at(have, whole);
    }

    fn pause(&mut self, long: Duration, why: &str) -> bool {
        self.watching.pause(long, why)
    }

    fn stopped(&self) -> bool {
        self.watching.stopped()
    }
}
