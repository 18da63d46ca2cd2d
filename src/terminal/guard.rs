//! Entering the terminal and leaving it as it was found, whatever ends the program.
//!
//! Raw mode, alternate screen, bracketed paste; one write a frame. [`restore`] may be called from
//! anywhere (a panic hook, the thread of the signals, twice) and acts once. Not here: which
//! signals there are and when to suspend (`run`), keys (`input`).

use super::caps::Caps;
use super::render::Renderer;
use ratatui::buffer::Buffer;
use std::io::{self, IsTerminal};
use std::os::fd::BorrowedFd;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The screen a terminal is taken to have when it says it has none (0x0 on serial lines).
pub const USUAL_SIZE: (u16, u16) = (80, 24);

/// The most columns and rows that are drawn: more than a screen of twice the usual resolution has in the smallest
/// letters.
const MOST: (u16, u16) = (1_000, 300);
/// How long a terminal that takes no bytes is waited for when the program has to end.
const PATIENCE: Duration = Duration::from_millis(300);

/// The bytes that leave the terminal; none when it is not entered.
static TO_LEAVE: Mutex<Option<Vec<u8>>> = Mutex::new(None);

/// Why there is no terminal to draw on.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Standard input or output is a file or a pipe.
    #[error(
        "{0} is not a terminal: use `spv list`, `spv show` or `spv search` in pipes and scripts"
    )]
    NotATerminal(&'static str),
    /// The cursor of this terminal cannot be moved.
    #[error("the terminal named by TERM cannot move its cursor: use `spv --linear`")]
    NotAddressable,
    /// The system refused.
    #[error("the terminal could not be {0}: {1}")]
    System(&'static str, #[source] io::Error),
}

/// The terminal while it is ours; left when dropped.
#[derive(Debug)]
pub struct Terminal {
    renderer: Renderer,
    out: Vec<u8>,
}

impl Terminal {
    /// Takes the terminal over. The first frame drawn erases the screen.
    ///
    /// # Errors
    /// When standard input or output is no terminal, cannot move its cursor, or cannot be set.
    pub fn enter(caps: Caps) -> Result<Self, Trouble> {
        if !caps.addressable {
            return Err(Trouble::NotAddressable);
        }
        let mut terminal = Self { renderer: Renderer::new(caps), out: Vec::new() };
        terminal.enter_again()?;
        Ok(terminal)
    }

    /// Takes it over again after [`Terminal::leave`], as when a suspended program goes on.
    ///
    /// # Errors
    /// As [`Terminal::enter`].
    pub fn enter_again(&mut self) -> Result<(), Trouble> {
        if !io::stdin().is_terminal() {
            return Err(Trouble::NotATerminal("standard input"));
        }
        if !io::stdout().is_terminal() {
            return Err(Trouble::NotATerminal("standard output"));
        }
        let caps = *self.renderer.caps();
        self.renderer.forget();
        // Told before anything is changed, so that an end in between undoes too much, not too little.
        *lock() = Some(leave_bytes(&caps));
        crossterm::terminal::enable_raw_mode().map_err(|error| {
            *lock() = None;
            Trouble::System("set to raw mode", error)
        })?;
        write(&enter_bytes(&caps)).map_err(|error| {
            restore();
            Trouble::System("written to", error)
        })
    }

    /// Gives the terminal back as it was found. May be called more than once.
    pub fn leave(&mut self) {
        restore();
        self.renderer.forget();
    }

    /// Columns and rows; 80 and 24 where the terminal does not know.
    pub fn size(&self) -> (u16, u16) {
        size()
    }

    /// Draws a frame in one write, and says how many bytes it took; an equal frame writes nothing.
    ///
    /// # Errors
    /// When the terminal is gone (EIO, EPIPE): the caller saves and ends.
    pub fn draw(&mut self, next: &Buffer, cursor: Option<(u16, u16)>) -> io::Result<usize> {
        self.out.clear();
        self.renderer.draw(next, cursor, &mut self.out);
        if lock().is_none() {
            // The thread of the signals has given it back, and ends the program.
            return Ok(0);
        }
        write(&self.out)?;
        Ok(self.out.len())
    }

    /// How many bytes a frame would take.
    pub fn cost(&self, next: &Buffer, cursor: Option<(u16, u16)>) -> usize {
        self.renderer.cost(next, cursor)
    }

    /// Draws the next frame in full: after Ctrl-L, or a write of something else to the screen.
    pub fn forget(&mut self) {
        self.renderer.forget();
    }

    /// Sends bytes that move nothing on the screen, such as those of [`super::clipboard`].
    ///
    /// # Errors
    /// As [`Terminal::draw`].
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        write(bytes)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Leaves the terminal if it is entered: margins, look, cursor, paste, screen and mode as before.
/// Errors are not told: the terminal may be gone, and there is nothing left to do then.
pub fn restore() {
    let Some(bytes) = lock().take() else { return };
    let _ = write(&bytes);
    let _ = crossterm::terminal::disable_raw_mode();
}

/// As [`restore`], where the program ends in any case: a terminal that takes no bytes is waited for only a moment,
/// and its mode is restored even where another thread waits in [`restore`]. Nothing can be drawn afterwards.
pub fn restore_at_once() {
    let bytes = lock().take();
    if let Some(bytes) = bytes {
        write_within(PATIENCE, &bytes);
    }
    let _ = crossterm::terminal::disable_raw_mode();
}

/// Says a line on standard error, past its lock.
pub fn say(line: &str) {
    // A standard error that is closed is nobody's fault.
    let _ = write_all(std::os::fd::AsFd::as_fd(&io::stderr()), line.as_bytes());
}

/// Columns and rows of the terminal on standard output; 80 and 24 where it does not know.
pub fn size() -> (u16, u16) {
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => drawn(size.ws_col, size.ws_row),
        _ => USUAL_SIZE,
    }
}

/// As much of a window as is drawn; the rest of it stays blank. A window of 65,535 columns and rows
/// would take 200 GB.
fn drawn(columns: u16, rows: u16) -> (u16, u16) {
    (columns.min(MOST.0), rows.min(MOST.1))
}

fn lock() -> std::sync::MutexGuard<'static, Option<Vec<u8>>> {
    TO_LEAVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What takes a terminal over.
fn enter_bytes(caps: &Caps) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (has, mode) in [
        (caps.alternate, "\x1b[?1049h"),
        (caps.paste, "\x1b[?2004h"),
        (caps.mouse, "\x1b[?1000h\x1b[?1006h"),
    ] {
        if has {
            bytes.extend_from_slice(mode.as_bytes());
        }
    }
    bytes
}

/// What gives it back. Begins with an escape, which also ends a sequence cut off in the middle.
fn leave_bytes(caps: &Caps) -> Vec<u8> {
    let parts = [
        (caps.sync, "\x1b[?2026l"),
        (caps.scroll, "\x1b[r"),
        (true, "\x1b[m\x1b[?25h"),
        (caps.paste, "\x1b[?2004l"),
        (caps.mouse, "\x1b[?1006l\x1b[?1000l"),
        // Without another screen the last frame stays, and the prompt comes below it. That there is
        // one cannot be known: GNU screen has it only where its user switched it on, and the linux
        // console only of late. Where it is left the cursor goes back to where it was.
        (true, "\x1b[999;1H\r\n"),
        (caps.alternate, "\x1b[?1049l"),
    ];
    parts.iter().filter(|(has, _)| *has).flat_map(|(_, part)| part.bytes()).collect()
}

/// Writes all bytes to standard output, past its buffer and its lock: another thread may hold the
/// lock while it waits for a slow line, and leaving must not wait for it.
fn write(bytes: &[u8]) -> io::Result<()> {
    let stdout = io::stdout();
    write_all(std::os::fd::AsFd::as_fd(&stdout), bytes)
}

/// Writes bytes to standard output as long as it takes them. One at a time: there may be room for no more, and a
/// write of more would wait.
fn write_within(patience: Duration, bytes: &[u8]) {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdout = io::stdout();
    let end = Instant::now() + patience;
    for byte in bytes.chunks(1) {
        let left = Timespec::try_from(end.saturating_duration_since(Instant::now())).ok();
        let mut ready = [PollFd::new(&stdout, PollFlags::OUT)];
        if poll(&mut ready, left.as_ref()).is_ok_and(|ready| ready == 0)
            || rustix::io::write(&stdout, byte).is_err()
        {
            return;
        }
    }
}

fn write_all(to: BorrowedFd<'_>, mut bytes: &[u8]) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    while !bytes.is_empty() {
        match rustix::io::write(to, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            // Another program may have left the terminal not waiting for its line.
            Err(rustix::io::Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::from_borrowed_fd(to, PollFlags::OUT)], None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::caps::{Environment, SAFEST, Wishes, choose};
    use std::os::fd::AsFd;

    #[test]
    fn a_window_of_any_size_is_drawn_up_to_a_bound() {
        for (columns, rows) in [(1, 1), (80, 24), (500, 200), (65_535, 1), (1, 65_535)] {
            let (wide, high) = drawn(columns, rows);
            assert!(wide == columns.min(1_000) && high == rows.min(300), "{columns}x{rows}");
        }
        assert_eq!(drawn(u16::MAX, u16::MAX), MOST);
    }

    #[test]
    fn leaving_undoes_entering() {
        for term in ["xterm", "xterm-kitty", "linux", "vt100", "unheard-of"] {
            let environment = Environment { term: Some(term), ..Environment::default() };
            let caps = choose(&environment, &Wishes { mouse: true, ..Wishes::default() });
            let size = std::num::NonZeroU16::new(24).unwrap();
            let mut parser = vt100::Parser::new(size, size, 0);
            parser.process(&enter_bytes(&caps));
            assert_eq!(parser.screen().alternate_screen(), caps.alternate);
            let reports = parser.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None;
            assert_eq!(reports, caps.mouse);
            // Cut off in the middle of a sequence, with a look, margins and no cursor.
            parser.process(b"\x1b[?25l\x1b[7;31mtext");
            if caps.scroll {
                parser.process(b"\x1b[3;5r");
            }
            parser.process(b"\x1b[38;5;");
            parser.process(&leave_bytes(&caps));
            let screen = parser.screen();
            assert!(!screen.alternate_screen() && !screen.bracketed_paste());
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert!(!screen.hide_cursor() && !screen.inverse());
            assert_eq!(screen.fgcolor(), vt100::Color::Default);
            parser.process(b"\x1b[24;1H\n\x1b[1;1Hx");
            assert_eq!(parser.screen().cell(0, 0).unwrap().contents(), "x");
        }
        assert!(leave_bytes(&SAFEST).ends_with(b"\r\n"));
    }

    /// GNU screen passes the alternate screen over unless its user switched it on.
    #[test]
    fn where_another_screen_was_asked_for_in_vain_the_prompt_comes_below_the_last_frame() {
        for (term, has, row) in [("screen", false, 23), ("screen", true, 4), ("vt100", false, 23)] {
            let environment = Environment { term: Some(term), ..Environment::default() };
            let caps = choose(&environment, &Wishes::default());
            let size = std::num::NonZeroU16::new(24).unwrap();
            let mut parser = vt100::Parser::new(size, size, 0);
            let mut show = |bytes: Vec<u8>| {
                let text = String::from_utf8(bytes).unwrap();
                let text = if has { text } else { text.replace("\x1b[?1049", "\x1b[?9999") };
                parser.process(text.as_bytes());
            };
            show(b"\x1b[5;1H".to_vec());
            show(enter_bytes(&caps));
            show(b"\x1b[2;2Htext\x1b[24;1Hstatus\x1b[2;2H".to_vec());
            show(leave_bytes(&caps));
            assert_eq!(parser.screen().cursor_position(), (row, 0), "{term} {has}");
        }
    }

    #[test]
    fn a_closed_pipe_is_an_error_and_no_panic() {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let error = write_all(writer.as_fd(), b"bytes").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        restore();
    }
}
