//! A thread that waits for the terminal: keys, pasted text, a new size, and its end.
//!
//! It waits in one `poll` for the terminal, for SIGWINCH (by signal-hook, through a socket) and
//! for words from its owner, and reads the bytes itself: crossterm's reader never ends when the
//! terminal has gone (its issue 793) and tells a torn sequence apart as keys. A terminal that has
//! gone is one [`Input::Hangup`], and the thread ends. Other signals belong to `run`.

use super::guard;
use super::keys::{Keys, Mouse, Typed};
use crate::app::keymap::Key;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, pressed or held. In raw mode Ctrl-C and Ctrl-Z, too, are keys.
    Key(Key),
    /// What the mouse did.
    Mouse(Mouse),
    /// Pasted text.
    Paste(String),
    /// The terminal has now this many columns and rows. While a window is drawn larger many come:
    /// the caller draws for the last.
    Resize(u16, u16),
    /// The terminal has gone; nothing more will come.
    Hangup,
}

/// What the thread is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Read,
    Pause,
    End,
}

/// The thread's owner: it ends when this is dropped.
#[derive(Debug)]
pub struct Reader {
    told: Arc<Mutex<Told>>,
    wake: UnixStream,
    thread: Option<JoinHandle<()>>,
    signal: signal_hook::SigId,
}

impl Reader {
    /// Begins to read standard input; `pass` is called in the reader's thread.
    ///
    /// # Errors
    /// When the system has no more descriptors or threads.
    pub fn start(pass: impl FnMut(Input) + Send + 'static) -> io::Result<Self> {
        Self::start_on(io::stdin(), pass)
    }

    fn start_on(
        terminal: impl AsFd + Send + 'static,
        pass: impl FnMut(Input) + Send + 'static,
    ) -> io::Result<Self> {
        let told = Arc::new(Mutex::new(Told::Read));
        let (wake, woken) = UnixStream::pair()?;
        let (resized, signal_end) = UnixStream::pair()?;
        for socket in [&woken, &resized, &wake] {
            socket.set_nonblocking(true)?;
        }
        let signal =
            signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, signal_end)?;
        let work = ReaderThread { terminal, told: Arc::clone(&told), woken, resized, pass };
        let thread =
            std::thread::Builder::new().name("terminal".to_owned()).spawn(|| work.run())?;
        Ok(Self { told, wake, thread: Some(thread), signal })
    }

    /// Reads no more until [`Reader::resume`]: while suspended, or while another program has the
    /// terminal. When this returns, nothing is being read.
    pub fn pause(&self) {
        self.tell(Told::Pause);
    }

    /// Reads again.
    pub fn resume(&self) {
        self.tell(Told::Read);
    }

    fn tell(&self, what: Told) {
        *lock(&self.told) = what;
        // A full socket wakes just as well.
        let _ = (&self.wake).write(&[0]);
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.tell(Told::End);
        signal_hook::low_level::unregister(self.signal);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the thread has.
struct ReaderThread<T, P> {
    terminal: T,
    told: Arc<Mutex<Told>>,
    woken: UnixStream,
    resized: UnixStream,
    pass: P,
}

/// What the wait ended with.
struct Ready {
    terminal: bool,
    gone: bool,
    resized: bool,
}

impl<T: AsFd, P: FnMut(Input)> ReaderThread<T, P> {
    fn run(mut self) {
        let begin = Instant::now();
        let mut keys = Keys::default();
        loop {
            let told = *lock(&self.told);
            if told == Told::End {
                return;
            }
            let Ok(ready) = self.wait(told == Told::Read, keys.wait(begin.elapsed())) else {
                return (self.pass)(Input::Hangup);
            };
            if ready.resized {
                let (columns, rows) = guard::size();
                (self.pass)(Input::Resize(columns, rows));
            }
            let typed = match self.read(ready.terminal) {
                Ok(bytes) if bytes.is_empty() => keys.expire(begin.elapsed()),
                Ok(bytes) => keys.feed(&bytes, begin.elapsed()),
                Err(_) => return (self.pass)(Input::Hangup),
            };
            for typed in typed {
                (self.pass)(match typed {
                    Typed::Key(key) => Input::Key(key),
                    Typed::Mouse(mouse) => Input::Mouse(mouse),
                    Typed::Paste(text) => Input::Paste(text),
                });
            }
            // After the read: what was typed before the line broke still counts.
            if ready.gone && !ready.terminal {
                return (self.pass)(Input::Hangup);
            }
        }
    }

    /// Waits until something has come, or the time is over.
    fn wait(&mut self, reads: bool, time: Option<Duration>) -> io::Result<Ready> {
        // Rounded up: a wait that ends a moment early would only start again.
        let time = time.map(|time| time + Duration::from_millis(1));
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        let watched = if reads { PollFlags::IN } else { PollFlags::empty() };
        let mut sources = [
            PollFd::new(&self.terminal, watched),
            PollFd::new(&self.resized, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        match poll(&mut sources, time.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let [terminal, resized, woken] = sources.each_ref().map(PollFd::revents);
        if woken.contains(PollFlags::IN) {
            empty(&self.woken);
        }
        if resized.contains(PollFlags::IN) {
            empty(&self.resized);
        }
        Ok(Ready {
            terminal: terminal.contains(PollFlags::IN),
            gone: terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
            resized: resized.contains(PollFlags::IN),
        })
    }

    /// Reads what has come, unless told not to in the meantime. The end of the terminal is an
    /// error; nothing read is not.
    fn read(&mut self, ready: bool) -> io::Result<Vec<u8>> {
        let told = lock(&self.told);
        if !ready || *told != Told::Read {
            return Ok(Vec::new());
        }
        let mut bytes = vec![0; 4096];
        match rustix::io::read(&self.terminal, &mut bytes[..]) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => {
                bytes.truncate(count);
                Ok(bytes)
            }
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Reads all that is in a socket.
fn empty(mut socket: &UnixStream) {
    let mut bytes = [0; 64];
    while socket.read(&mut bytes).is_ok_and(|count| count == bytes.len()) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, channel};

    /// A reader of one end of a socket, which plays the terminal.
    fn reader() -> (Reader, UnixStream, Receiver<Input>) {
        let (person, terminal) = UnixStream::pair().unwrap();
        let (sender, inputs) = channel();
        let reader = Reader::start_on(terminal, move |input| {
            let _ = sender.send(input);
        });
        (reader.unwrap(), person, inputs)
    }

    /// The next that is no new size: that signal goes to every reader of the process.
    fn next(inputs: &Receiver<Input>) -> Option<Input> {
        inputs.iter().find(|input| !matches!(input, Input::Resize(_, _)))
    }

    fn key(key: Key) -> Input {
        Input::Key(key)
    }

    #[test]
    fn keys_come_through_and_the_end_comes_once() {
        let (_reader, mut person, inputs) = reader();
        person.write_all(b"j\x1b[A\x1b").unwrap();
        assert_eq!(next(&inputs), Some(key(Key::Char('j'))));
        assert_eq!(next(&inputs), Some(key(Key::Up)));
        assert_eq!(next(&inputs), Some(key(Key::Esc)));
        person.write_all(b"q").unwrap();
        drop(person);
        assert_eq!(next(&inputs), Some(key(Key::Char('q'))));
        assert_eq!(next(&inputs), Some(Input::Hangup));
        assert_eq!(next(&inputs), None, "the thread goes on after the end");
    }

    #[test]
    fn a_terminal_that_goes_away_ends_the_thread_even_while_paused() {
        for pause in [false, true] {
            let size = portable_pty::PtySize::default();
            let pair = portable_pty::native_pty_system().openpty(size).unwrap();
            let name = pair.master.tty_name().unwrap();
            let noctty = i32::try_from(rustix::fs::OFlags::NOCTTY.bits()).unwrap();
            let mut open = std::fs::OpenOptions::new();
            std::os::unix::fs::OpenOptionsExt::custom_flags(open.read(true), noctty);
            let (sender, inputs) = channel();
            let reader = Reader::start_on(open.open(name).unwrap(), move |input| {
                let _ = sender.send(input);
            });
            let reader = reader.unwrap();
            if pause {
                reader.pause();
            }
            drop(pair);
            assert_eq!(next(&inputs), Some(Input::Hangup));
            assert_eq!(next(&inputs), None);
        }
    }

    #[test]
    fn nothing_is_read_while_paused_and_nothing_is_lost() {
        let (reader, mut person, inputs) = reader();
        reader.pause();
        person.write_all(b"k").unwrap();
        // Its own word passes, and the key that was there before does not.
        signal_hook::low_level::raise(signal_hook::consts::SIGWINCH).unwrap();
        assert!(matches!(inputs.recv().unwrap(), Input::Resize(_, _)));
        let meanwhile: Vec<Input> = inputs.try_iter().collect();
        assert!(meanwhile.iter().all(|input| matches!(input, Input::Resize(_, _))));
        reader.resume();
        assert_eq!(next(&inputs), Some(key(Key::Char('k'))));
        drop(reader);
        assert_eq!(next(&inputs), None);
    }
}
