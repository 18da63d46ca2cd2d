//! What comes from the terminal: keys, pasted text, its size, its end.

use std::io;
use std::time::Duration;

use crossterm::event::{Event, KeyEvent, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};

/// One thing from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key went down, or repeats.
    Key(KeyEvent),
    /// Text pasted in one piece.
    Paste(String),
    /// Columns and rows.
    Resize(u16, u16),
    /// The terminal is gone.
    Hangup,
}

/// Reads until the terminal is gone; give it a thread of its own.
///
/// It waits on the terminal itself before it lets crossterm read, because crossterm reads on and on
/// from a terminal that has gone.
pub fn read(mut take: impl FnMut(Input) -> bool) {
    let end = loop {
        match wait() {
            Ok(true) => {}
            Ok(false) => break true,
            Err(_) => break true,
        }
        match drain(&mut take) {
            Ok(true) => {}
            Ok(false) => break false,
            Err(_) => break true,
        }
    };
    if end {
        take(Input::Hangup);
    }
}

/// Waits until there is something to read; false when the terminal is gone.
fn wait() -> io::Result<bool> {
    let stdin = io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    loop {
        match poll(&mut fds, None) {
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(!fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL))
}

/// Hands on everything that can be read now; false when nobody takes it any more.
fn drain(take: &mut impl FnMut(Input) -> bool) -> io::Result<bool> {
    while crossterm::event::poll(Duration::ZERO)? {
        let input = match crossterm::event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => Input::Key(key),
            Event::Paste(text) => Input::Paste(text),
            Event::Resize(columns, rows) => Input::Resize(columns, rows),
            _ => continue,
        };
        if !take(input) {
            return Ok(false);
        }
    }
    Ok(true)
}
