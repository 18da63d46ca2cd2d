//! The real binary in a pseudo-terminal, read through a terminal emulator: what a person would see.
//!
//! [`Home`] is a person with folders of their own and nothing installed; [`Run`] is how the program
//! is started; [`Term`] is the terminal it runs in. Nothing here waits a fixed time: [`Term::wait`]
//! looks at the screen whenever something has come, and gives up after [`PATIENCE`] with the screen
//! in its message.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unused_imports
)]

mod clipboard;
pub mod counted;
mod home;
mod screen;
mod stream;

pub use clipboard::copied;
pub use home::{Home, Run};
pub use screen::Screen;
pub use stream::{sequences, strangers};

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{
    ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};
use rustix::process::{Pid, Signal, kill_process};

/// How long anything may take on a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// The program under test.
pub const SPV: &str = env!("CARGO_BIN_EXE_spv");

/// Keys as a terminal sends them.
pub const ENTER: &str = "\r";
pub const TAB: &str = "\t";
pub const ESC: &str = "\x1b";
pub const UP: &str = "\x1b[A";
pub const DOWN: &str = "\x1b[B";
pub const BACKSPACE: &str = "\x7f";
pub const CTRL_C: &str = "\x03";
pub const CTRL_Z: &str = "\x1a";

/// What has come out of the terminal so far.
struct Seen {
    emulator: vt100::Parser,
    bytes: Vec<u8>,
    ended: bool,
    /// The reader lets the terminal go when the next bytes come.
    let_go: bool,
}

impl Seen {
    fn new(columns: u16, rows: u16) -> Self {
        let emulator = vt100::Parser::new(size(rows), size(columns), 0);
        Self { emulator, bytes: Vec::new(), ended: false, let_go: false }
    }

    fn screen(&self) -> Screen<'_> {
        Screen { inner: self.emulator.screen() }
    }
}

fn size(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

/// Reads what the program writes, until it ends or the terminal is to be let go.
fn look(mut from: Box<dyn Read + Send>, seen: &(Mutex<Seen>, Condvar)) {
    let mut bytes = [0; 65_536];
    loop {
        let count = from.read(&mut bytes).unwrap_or(0);
        let mut now = seen.0.lock().unwrap();
        now.emulator.process(&bytes[..count]);
        now.bytes.extend_from_slice(&bytes[..count]);
        now.ended = count == 0;
        seen.1.notify_all();
        if count == 0 || now.let_go {
            return;
        }
    }
}

/// The modes of a terminal, as they compare.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// A terminal with a program in it.
pub struct Term {
    found: String,
    pid: i32,
    killer: Box<dyn ChildKiller + Send + Sync>,
    end: Receiver<ExitStatus>,
    status: Option<ExitStatus>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    master: Option<Box<dyn MasterPty + Send>>,
    slave: Option<Box<dyn SlavePty + Send>>,
    reader: Option<JoinHandle<()>>,
    keys: Option<Sender<Vec<u8>>>,
    writer: Option<JoinHandle<()>>,
}

impl Term {
    fn now(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// Types keys, as one write.
    pub fn types(&self, keys: &str) -> &Self {
        self.sends(keys.as_bytes())
    }

    /// Sends bytes, as one write.
    pub fn sends(&self, bytes: &[u8]) -> &Self {
        self.keys.as_ref().unwrap().send(bytes.to_vec()).unwrap();
        self
    }

    /// Waits until the screen is as it should be; `what` names that in the failure.
    pub fn wait(&self, what: &str, right: impl Fn(Screen) -> bool) -> &Self {
        self.wait_for(what, |seen| right(seen.screen()));
        self
    }

    fn wait_for(&self, what: &str, right: impl Fn(&Seen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut now = self.now();
        while !right(&now) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || now.ended {
                let picture = picture(&now);
                // The reader must not find the lock poisoned.
                drop(now);
                panic!("never came: {what}\n{picture}");
            }
            now = self.seen.1.wait_timeout(now, left).unwrap().0;
        }
    }

    /// Waits until a text stands on one row of the screen.
    pub fn shows(&self, text: &str) -> &Self {
        self.wait(text, |screen| screen.has(text))
    }

    /// Waits until a text stands nowhere on the screen.
    pub fn hides(&self, text: &str) -> &Self {
        self.wait(&format!("no {text}"), |screen| !screen.has(text))
    }

    /// Waits until the bytes since a mark are as they should be.
    pub fn wait_bytes(&self, mark: usize, what: &str, right: impl Fn(&[u8]) -> bool) -> &Self {
        self.wait_for(what, |seen| right(&seen.bytes[mark..]));
        self
    }

    /// Looks at the screen as it is now.
    pub fn look<T>(&self, at: impl Fn(Screen) -> T) -> T {
        let screen = self.now().emulator.screen().clone();
        at(Screen { inner: &screen })
    }

    /// The screen as it is now, as text.
    pub fn text(&self) -> String {
        self.look(|screen| screen.text())
    }

    /// How many bytes have come so far: a mark for [`Term::since`].
    pub fn mark(&self) -> usize {
        self.now().bytes.len()
    }

    /// The bytes that have come since a mark.
    pub fn since(&self, mark: usize) -> Vec<u8> {
        self.now().bytes[mark..].to_vec()
    }

    /// Whether nothing comes for so long. This watches for something that must not happen; nothing
    /// right ever depends on how long it looks.
    pub fn is_silent_for(&self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        let mut now = self.now();
        let before = now.bytes.len();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if now.bytes.len() != before || left.is_zero() {
                return now.bytes.len() == before;
            }
            now = self.seen.1.wait_timeout(now, left).unwrap().0;
        }
    }

    /// Makes the terminal another size, and tells the program so.
    pub fn resizes(&self, columns: u16, rows: u16) -> &Self {
        self.now().emulator.set_size(size(rows), size(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self
    }

    /// The terminal takes nothing more that is written to it, as after Ctrl-S, until what is given back is dropped
    /// and the process has ended.
    pub fn stops(&self) -> std::fs::File {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        let noctty = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).unwrap();
        let mut open = std::fs::OpenOptions::new();
        std::os::unix::fs::OpenOptionsExt::custom_flags(open.read(true).write(true), noctty);
        let terminal = open.open(name).unwrap();
        rustix::termios::tcflow(&terminal, rustix::termios::Action::OOff).unwrap();
        terminal
    }

    /// The number of the process that was started.
    pub fn pid(&self) -> i32 {
        self.pid
    }

    /// Sends the process that was started a signal.
    pub fn signals(&self, signal: Signal) -> &Self {
        kill_process(Pid::from_raw(self.pid).unwrap(), signal).unwrap();
        self
    }

    /// The modes of the terminal as they are now, and as they were before the program.
    pub fn modes(&self) -> (String, String) {
        (modes(&**self.master.as_ref().unwrap()), self.found.clone())
    }

    fn awaits_end(&self) -> ExitStatus {
        let ended = self.end.recv_timeout(PATIENCE);
        ended.unwrap_or_else(|_| panic!("it does not end\n---- screen\n{}\n----", self.text()))
    }

    /// Waits until the process has ended, and gives its exit code; all it wrote has then been seen.
    pub fn ends(&mut self) -> u32 {
        if self.status.is_none() {
            let status = self.awaits_end();
            assert_eq!(status.signal(), None, "ended by a signal it did not answer");
            self.status = Some(status);
        }
        // When nobody else has it open, the reader comes to the end of what was written.
        self.slave = None;
        self.wait_for("the end of the output", |seen| seen.ended || seen.let_go);
        self.status.as_ref().unwrap().exit_code()
    }

    /// Waits until the process has ended and gives its exit code, with no regard to what it wrote.
    pub fn ends_without_output(&mut self) -> u32 {
        let status = self.awaits_end();
        assert_eq!(status.signal(), None, "ended by a signal it did not answer");
        self.status.insert(status).exit_code()
    }

    /// Waits until the process has ended, and holds that the terminal is left as it was found.
    pub fn ends_and_restores(&mut self) -> u32 {
        let status = self.awaits_end();
        let (now, found) = self.modes();
        assert_eq!(now, found, "the modes of the terminal");
        self.status = Some(status);
        let code = self.ends();
        assert_restored(self);
        code
    }

    /// Kills the process, which can answer nothing to that, and waits until it is gone.
    pub fn is_killed(&mut self) {
        self.signals(Signal::KILL);
        let status = self.awaits_end();
        assert!(status.signal().is_some(), "it ended by itself");
        self.status = Some(status);
    }

    /// The terminal goes away, as when a window is closed or a line breaks. The program must write
    /// something first (`key` makes it do so), so that whoever reads here lets go of it.
    pub fn vanishes(&mut self, key: &str) {
        self.now().let_go = true;
        self.types(key);
        self.reader.take().unwrap().join().unwrap();
        self.keys = None;
        self.writer.take().unwrap().join().unwrap();
        self.slave = None;
        self.master = None;
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        if self.status.is_none() && self.end.try_recv().is_err() {
            let _ = self.killer.kill();
        }
    }
}

/// The screen for a failure message.
fn picture(seen: &Seen) -> String {
    let ended = if seen.ended { " (the program has ended)" } else { "" };
    format!("---- screen{ended}\n{}\n----", seen.screen().text())
}

/// Holds that nothing of the program is left in the terminal: its screen, cursor, paste, look.
pub fn assert_restored(term: &Term) {
    term.look(|screen| {
        let s = screen.inner;
        let text = screen.text();
        assert!(!s.alternate_screen(), "still on the alternate screen:\n{text}");
        assert!(!s.hide_cursor(), "the cursor is hidden:\n{text}");
        assert!(!s.bracketed_paste(), "pasted text is still bracketed:\n{text}");
        assert_eq!(s.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let look = (s.fgcolor(), s.bgcolor(), s.bold(), s.underline(), s.inverse());
        let plain = (vt100::Color::Default, vt100::Color::Default, false, false, false);
        assert_eq!(look, plain, "a look is left on:\n{text}");
    });
    // The emulator does not tell its margins.
    let bytes = term.since(0);
    let set = last(&bytes, |s| s.ends_with('r') && s.len() > 3);
    let reset = last(&bytes, |s| s == "\x1b[r");
    assert!(set <= reset, "margins are left set");
}

/// Where in the output the last sequence of a kind stands.
fn last(bytes: &[u8], kind: impl Fn(&str) -> bool) -> Option<usize> {
    sequences(bytes).into_iter().rev().find(|(_, s)| kind(s)).map(|(at, _)| at)
}

/// The folder of real records, if it is there; says plainly when it is not.
pub fn shared() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var_os("SPV_SHARED").map_or(default, PathBuf::from);
    if root.join("records").is_dir() {
        return Some(root);
    }
    println!("SKIPPED: no real records at {} (set SPV_SHARED)", root.display());
    None
}

/// The number of the process of the program that a shell in a terminal has started.
pub fn child_of(shell: &Term) -> i32 {
    let pid = shell.pid();
    let list = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap();
    list.split_whitespace().next().unwrap().parse().unwrap()
}
