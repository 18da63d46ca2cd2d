//! The user's side of a download: progress on standard error, pauses, Ctrl-C.

use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

use crate::cli::out::{Failure, one_line, say};
use crate::cli::process::Stop;
use crate::cli::progress::{Countdown, Progress, format_duration, format_size};
use crate::library::get::Watch;

/// How often a pause checks whether the user has stopped it.
const LOOK: Duration = Duration::from_millis(50);
/// A shorter download shows no progress: a line that flashes up tells nothing.
const SHORT: Duration = Duration::from_secs(1);
/// A pause of at least this length is counted down.
const LONG: Duration = Duration::from_secs(60);

/// The user who waits for a download.
#[derive(Debug)]
pub(super) struct Watching {
    stop: Stop,
    title: String,
    /// The number of the download, if there are several.
    prefix: String,
    began: Instant,
    /// The number of bytes that were on the disk at the start.
    before: Option<u64>,
    progress: Option<Progress>,
    /// The server is on this machine, so that pauses are not needed.
    local: bool,
}

impl Watching {
    /// Starts listening for Ctrl-C.
    ///
    /// # Errors
    /// If the system refuses to deliver signals.
    pub(super) fn begin(local: bool) -> Result<Self, Failure> {
        let stop = Stop::listen()?;
        let began = Instant::now();
        let (title, prefix) = (String::new(), String::new());
        Ok(Self { stop, title, prefix, began, before: None, progress: None, local })
    }

    /// Sets the number of the next download, and the time left at the rate since `since`.
    pub(super) fn one_of(&mut self, done: usize, whole: usize, since: Instant) {
        let left = since.elapsed().as_secs_f64() / done.max(1) as f64 * (whole - done) as f64;
        let left =
            if done > 0 { format!(", {} left", format_duration(left)) } else { String::new() };
        self.prefix = format!("{} of {whole}{left}; ", done + 1);
    }

    /// Sets the title of the next download.
    pub(super) fn title(&mut self, title: &str) {
        self.end();
        self.title = format!("{}{title}", self.prefix);
        self.began = Instant::now();
        self.before = None;
    }

    /// Removes the line of progress.
    pub(super) fn end(&mut self) {
        if let Some(mut progress) = self.progress.take() {
            progress.end();
        }
    }

    /// Whether the user has stopped it.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.is_stopped()
    }

    /// Waits, and reports the seconds that are left; `false` if the user stopped it.
    fn wait_until(&self, long: Duration, mut tell: impl FnMut(u64)) -> bool {
        let until = Instant::now() + if self.local { Duration::ZERO } else { long };
        while !self.is_stopped() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            tell(left.as_secs_f64().ceil() as u64);
            std::thread::sleep(left.min(LOOK));
        }
        false
    }
}

impl Watch for Watching {
    fn wait(&mut self, long: Duration) -> bool {
        self.end();
        self.wait_until(long, |_| {})
    }

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
        let terminal = io::stderr().is_terminal();
        let why = why.split(';').next().unwrap_or(why);
        if long >= LONG {
            // In a log, too: a program that does nothing for minutes has to say why.
            let minutes = format_duration(long.as_secs_f64());
            say(&format!(
                "{why}; going on in {minutes}; Ctrl-C ends it, and the same command resumes"
            ));
            let mut countdown = Countdown::begin(terminal);
            let went_on = self.wait_until(long, |left| countdown.at(left));
            countdown.end();
            return went_on;
        }
        // In a log the final message is enough; at a terminal the user wants to know why nothing moves.
        if terminal {
            say(&format!("{why}; trying again in {}", format_duration(long.as_secs_f64())));
        }
        self.wait(long)
    }

    fn stopped(&self) -> bool {
        self.is_stopped()
    }
}

/// Prints the size before the first byte, since the size of a file is not known before the download starts.
pub(super) struct SizeFirst<'a> {
    watching: &'a mut Watching,
    out: &'a mut dyn Write,
    said: bool,
}

impl<'a> SizeFirst<'a> {
    /// Prints the size on `out`, once, if `wanted`.
    pub(super) fn new(watching: &'a mut Watching, out: &'a mut dyn Write, wanted: bool) -> Self {
        Self { watching, out, said: !wanted }
    }

    /// Sets the title of the next download.
    pub(super) fn title(&mut self, title: &str) {
        self.watching.title(title);
    }
}

impl Watch for SizeFirst<'_> {
    fn at(&mut self, have: u64, whole: Option<u64>) {
        if !std::mem::replace(&mut self.said, true) {
            let large = whole.map_or_else(|| "of unknown size".to_owned(), format_size);
            let here = if have > 0 {
                format!(", {} already downloaded", format_size(have))
            } else {
                String::new()
            };
            // A closed pipe is noticed when the result is written.
            let _ = writeln!(self.out, "{}: {large}{here}", one_line(&self.watching.title));
            let _ = self.out.flush();
        }
        self.watching.at(have, whole);
    }

    fn wait(&mut self, long: Duration) -> bool {
        self.watching.wait(long)
    }

    fn pause(&mut self, long: Duration, why: &str) -> bool {
        self.watching.pause(long, why)
    }

    fn stopped(&self) -> bool {
        self.watching.stopped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ctrl_c_ends_a_long_pause_at_once() {
        let mut watching = Watching::begin(false).unwrap();
        watching.stop.flag.store(true, std::sync::atomic::Ordering::Relaxed);
        let hours = Duration::from_secs(3 * 3600);
        assert!(!watching.pause(hours, "records.invalid: nothing comes"));
        assert!(!Watch::wait(&mut watching, hours));
    }
}
