//! The terminal taken and given back: raw mode, alternate screen, one write a frame.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::buffer::Buffer;

use super::caps::Caps;
use super::render::Renderer;

/// Whether the terminal is ours right now, so that it is given back once and from anywhere: the
/// loop, a signal or a panic.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Margins and attributes reset, pasting plain, cursor shown, the first screen again.
const LEAVE: &[u8] = b"\x1b[r\x1b[m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The terminal while the reader has it.
#[derive(Debug)]
pub struct Screen {
    renderer: Renderer,
    bytes: Vec<u8>,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When it cannot be set to raw mode or written to.
    pub fn enter(caps: Caps) -> io::Result<Self> {
        let mut screen = Self { renderer: Renderer::new(caps), bytes: Vec::new() };
        screen.take()?;
        Ok(screen)
    }

    fn take(&mut self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let caps = *self.renderer.caps();
        self.bytes.clear();
        if caps.alternate {
            self.bytes.extend_from_slice(b"\x1b[?1049h");
        }
        if caps.paste {
            self.bytes.extend_from_slice(b"\x1b[?2004h");
        }
        self.renderer.forget();
        self.flush()
    }

    /// Columns and rows; 80 by 24 where the terminal does not say.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        size()
    }

    /// Draws a frame in one write; an unchanged frame writes nothing.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, buffer: &Buffer, cursor: Option<(u16, u16)>) -> io::Result<()> {
        self.renderer.draw(buffer, cursor, &mut self.bytes);
        self.flush()
    }

    /// The next frame is drawn in full.
    pub fn forget(&mut self) {
        self.renderer.forget();
    }

    /// Puts a text on the clipboard; gives back a line to say where that cannot be.
    pub fn copy(&mut self, text: &str) -> Option<String> {
        let _ = text;
        None
    }

    /// Gives the terminal back and stops the process; takes it again when it goes on.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.take()
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        let written = out.write_all(&self.bytes).and_then(|()| out.flush());
        self.bytes.clear();
        written
    }
}

/// Columns and rows of the terminal; 80 by 24 where it does not say.
#[must_use]
pub fn size() -> (u16, u16) {
    crossterm::terminal::size().unwrap_or((80, 24))
}

/// Gives the terminal back as it was found; harmless when it is not ours, and when it is gone.
pub fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(LEAVE).and_then(|()| out.flush());
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// From now on a panic gives the terminal back before it is reported.
pub fn leave_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        leave();
        report(panic);
    }));
}
