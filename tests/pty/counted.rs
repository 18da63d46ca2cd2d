//! A program in a terminal of its own: keys in, every byte of its output counted, and the screen
//! an emulator makes of it. Tests use it too, each a part of it.
#![allow(dead_code)]

use std::collections::HashMap;
use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Nothing for so long counts as the end of what a key brought.
const QUIET: Duration = Duration::from_millis(70);
/// The same for a start, which sets the terminal up first and draws when it has read what it shows.
const QUIET_START: Duration = Duration::from_millis(300);
/// So long a key may take to bring anything at all.
const PATIENCE: Duration = Duration::from_millis(400);
/// So long a start may take.
const START: Duration = Duration::from_secs(10);

/// What may go wrong with a terminal; it ends the measurement.
pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The program.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Killed,
    chunks: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

/// What a step brought.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// Bytes written.
    pub bytes: usize,
    /// Rows of text on the screen that were not there before.
    pub rows: usize,
    /// The bytes of their text.
    pub text: usize,
}

impl Pty {
    /// Starts a program with this environment and no other, at this many columns and rows.
    ///
    /// # Errors
    /// When there is no terminal to be had or the program cannot be started.
    pub fn start(
        program: &Path,
        args: &[&str],
        environment: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Fallible<Self> {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env_clear();
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = Killed(pair.slave.spawn_command(command)?);
        drop(pair.slave);
        let mut out = pair.master.try_clone_reader()?;
        let (sender, chunks) = channel();
        // The thread ends with the terminal: at its end, or when nobody listens any more.
        std::thread::spawn(move || {
            let mut buffer = [0; 65536];
            while let Ok(count @ 1..) = out.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer()?;
        let one = std::num::NonZeroU16::MIN;
        let size = |n| std::num::NonZeroU16::new(n).unwrap_or(one);
        let screen = vt100::Parser::new(size(rows), size(columns), 0);
        Ok(Self { master: pair.master, keys, child, chunks, screen })
    }

    /// Sends keys.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn send(&mut self, keys: &[u8]) -> Fallible<()> {
        self.keys.write_all(keys)?;
        Ok(self.keys.flush()?)
    }

    /// Makes the terminal another size.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn resize(&mut self, columns: u16, rows: u16) -> Fallible<()> {
        Ok(self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })?)
    }

    /// The bytes until the output is quiet.
    pub fn settle(&mut self, patience: Duration) -> Vec<u8> {
        self.settle_until(patience, QUIET)
    }

    fn settle_until(&mut self, patience: Duration, quiet: Duration) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut wait = patience;
        while let Ok(chunk) = self.chunks.recv_timeout(wait) {
            bytes.extend(chunk);
            wait = quiet;
        }
        self.screen.process(&bytes);
        bytes
    }

    /// Everything until the program has ended, or so much time.
    pub fn end(&mut self, patience: Duration) -> Vec<u8> {
        let until = Instant::now() + patience;
        let mut bytes = Vec::new();
        loop {
            match self.chunks.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(chunk) => bytes.extend(chunk),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        self.screen.process(&bytes);
        bytes
    }

    /// The next bytes of the program, `None` when none came in that time or none will come.
    pub fn next(&mut self, wait: Duration) -> Option<Vec<u8>> {
        self.chunks.recv_timeout(wait).ok()
    }

    /// Takes output until the screen is as wanted; false when that does not come about in time.
    pub fn until(&mut self, patience: Duration, wanted: impl Fn(&str) -> bool) -> bool {
        let end = Instant::now() + patience;
        while !wanted(&self.rows().join("\n")) {
            let wait = end.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(wait) {
                Ok(chunk) => self.screen.process(&chunk),
                Err(_) => return false,
            }
        }
        true
    }

    /// The exit code, when the program ends in time; else it is killed.
    ///
    /// # Errors
    /// When it does not end, or the system cannot tell.
    pub fn code(&mut self, patience: Duration) -> Fallible<u32> {
        let end = Instant::now() + patience;
        loop {
            if let Some(status) = self.child.0.try_wait()? {
                return Ok(status.exit_code());
            }
            if Instant::now() > end {
                return Err("the program has not ended".into());
            }
            // Its output must be taken, or it may wait for that for ever.
            let _ = self.chunks.recv_timeout(Duration::from_millis(20));
        }
    }

    /// The emulator.
    pub fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    /// The number of the process.
    pub fn pid(&self) -> Option<u32> {
        self.child.0.process_id()
    }

    /// The start of the program.
    pub fn first(&mut self) -> Step {
        self.step_of(START, QUIET_START)
    }

    /// Sends a key and waits for what it brings.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn key(&mut self, key: &[u8]) -> Fallible<Step> {
        self.send(key)?;
        Ok(self.step_of(PATIENCE, QUIET))
    }

    /// Sends a key and counts what comes in the time until the next one.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn during(&mut self, key: &[u8], time: Duration) -> Fallible<Step> {
        self.send(key)?;
        let bytes = self.end(time).len();
        Ok(Step { bytes, ..Step::default() })
    }

    fn step_of(&mut self, patience: Duration, quiet: Duration) -> Step {
        let mut before: HashMap<String, usize> = HashMap::new();
        for row in self.rows() {
            *before.entry(row).or_default() += 1;
        }
        let bytes = self.settle_until(patience, quiet).len();
        let mut step = Step { bytes, ..Step::default() };
        for row in self.rows().into_iter().filter(|row| !row.trim().is_empty()) {
            match before.get_mut(&row) {
                Some(left @ 1..) => *left -= 1,
                _ => {
                    step.rows += 1;
                    step.text += row.trim().len();
                }
            }
        }
        step
    }

    /// The rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        let (_, columns) = self.screen.screen().size();
        self.screen.screen().rows(0, columns.get()).collect()
    }
}

/// A program that does not outlive who started it.
struct Killed(Box<dyn Child + Send + Sync>);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
