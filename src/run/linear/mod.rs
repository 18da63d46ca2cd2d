//! The linear mode: for screen readers, braille, teleprinters and logs.
//!
//! No alternate screen, no raw mode, no cursor and no escape sequence: a prompt with the place one
//! is at, a line in, and the answer once below the last. Works as well from a pipe, and prompts for
//! nothing then.
//!
//! - `words`: what can be said to it, one table;
//! - `talk`: a line in, lines out, over the state of the screens; `outside`: what that asks for;
//! - `orders`: what each word does; `lookup` and `own` those about references and about notes.

mod lookup;
mod orders;
mod outside;
mod own;
mod talk;
mod words;

use std::io::{self, BufRead, IsTerminal as _, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use signal_hook::consts::SIGCONT;

use crate::app::action::Opening;
use crate::app::geometry::Geometry;
use crate::app::page::MEASURE;
use crate::cli::get::Fetcher;
use crate::cli::out::{self, Answered, Failure};
use crate::cli::world::owner_notice;
use crate::cli::{Options, clock};
use crate::desk::{Desk, drafts};
use crate::library::Folders;
use crate::record::harmless;
use crate::screens::state::State;

use super::answers::Sources;
use super::signals;
use super::start::{could_not, now, shelf_of};
use super::worker::Own;
use talk::Talk;

/// How long an answer may take to come to its end when a signal asks for it.
const PATIENCE: Duration = Duration::from_millis(500);
/// The longest line that is read: more is no order, and is passed over to its end.
const LONGEST: usize = 4096;

/// A line longer than this many bytes has no end: nobody writes it, and the input counts as ended.
const ENDLESS: usize = 100 << 20;

/// What the talk waits for.
enum Heard {
    /// A line.
    Line(Vec<u8>),
    /// A signal that ends the program.
    Signal(i32),
    /// The end of input.
    End,
}

/// Opens the linear mode and stays until the person leaves or the input ends.
#[must_use]
pub fn linear(start: Opening, options: &Options) -> ExitCode {
    match run(start, options) {
        Ok(code) => code,
        Err(failure) => out::end(Err(failure)),
    }
}

fn run(start: Opening, options: &Options) -> Result<ExitCode, Failure> {
    options.settings.problems.iter().for_each(|problem| out::say(problem));
    clock::today().1.iter().for_each(|words| out::say(words));
    let mut talk = begin(options)?;
    let prompts = io::stdin().is_terminal() && io::stdout().is_terminal();
    let (sender, heard) = channel();
    let meaning = |signal| (signal != SIGCONT).then_some(Heard::Signal(signal));
    signals::send(PATIENCE, sender.clone(), meaning)?;
    // Not joined at the end: it may wait for a line that nobody will write.
    let listen = move || listen(&mut io::stdin().lock(), &sender);
    let thread = std::thread::Builder::new().name("lines".to_owned()).spawn(listen);
    thread.map_err(|e| could_not("a thread", &e))?;
    if prompts {
        print(&["Linear mode. help lists the words, quit leaves.".to_owned()], None)?;
    }
    talk.open(&start);
    match answer(&mut talk, &heard, prompts) {
        Ok(code) => Ok(code),
        Err(error) => {
            // Whoever listened has left: the place is kept, and nothing more is said.
            talk.end();
            Err(Failure::from(error))
        }
    }
}

/// Answers line by line.
fn answer(talk: &mut Talk, heard: &Receiver<Heard>, prompts: bool) -> io::Result<ExitCode> {
    loop {
        let prompt = (prompts && !talk.is_over()).then(|| format!("{}> ", talk.place()));
        print(&talk.take(), prompt.as_deref())?;
        if talk.is_over() {
            return Ok(out::end(Ok(Answered::Something)));
        }
        match heard.recv() {
            Ok(Heard::Line(line)) if line.len() > LONGEST => {
                print(&[format!("That line is too long; {LONGEST} bytes are the most.")], None)?;
            }
            Ok(Heard::Line(line)) => talk.hear(&String::from_utf8_lossy(&line)),
            Ok(Heard::Signal(signal)) => {
                talk.end();
                return Ok(ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX)));
            }
            Ok(Heard::End) | Err(_) => {
                talk.end();
                if prompts {
                    // The end of input leaves the cursor after the prompt.
                    print(&[String::new()], None)?;
                }
            }
        }
    }
}

/// The talk over the library the options name.
fn begin(options: &Options) -> Result<Talk, Failure> {
    let (mut library, kind) = shelf_of(options)?;
    // There is no first screen to be quick for: what changed on disk is seen before the first line.
    if let Some(changed) = library.refresh()? {
        library = changed;
    }
    let places = Folders::find(options.library.as_deref());
    let own = Own {
        desk: places.state.clone(),
        private: options.private,
        language: options.lang.clone(),
    };
    let kept = own.desk.as_deref().filter(|_| !own.private).map(Desk::open);
    let (desk, warning) = kept.unwrap_or_else(|| (Desk::private(), None));
    let adopted = own.desk.as_deref().and_then(drafts::adopt);
    // One row of text: the place of the reader is the part that was said last.
    let geometry = Geometry::new(MEASURE + 8, 3, false);
    let library = Arc::new(library);
    let catalogue = library.shared_catalogue();
    let problems = library.problems().to_vec();
    let others = library.root().and_then(|root| owner_notice(options, root));
    let notice = places.notice.iter().map(|n| (*n).to_owned());
    for line in notice.chain(others).chain(warning).chain(adopted) {
        out::say(&line);
    }
    if !problems.is_empty() {
        out::say(&format!("{} files could not be read; `spv check` names them", problems.len()));
    }
    let mut state = State::new(geometry, catalogue, kind, problems);
    state.shared.fetching.forbidden = Fetcher::forbidden(options);
    let fetcher = Fetcher::new(options, library.root().is_none());
    let mut sources = Sources::new(library);
    sources.set_desk(places.state);
    sources.prefer(options.lang.clone());
    // Nothing is made in the background here: a small library needs no index on the disk.
    sources.index_in_memory();
    Ok(Talk::new(state, sources, desk, own, fetcher, now))
}

/// Prints lines, each made harmless, and the prompt.
fn print(lines: &[String], prompt: Option<&str>) -> io::Result<()> {
    let mut text = String::new();
    for line in lines {
        text.push_str(&harmless::line(line));
        text.push('\n');
    }
    text.push_str(&harmless::line(prompt.unwrap_or_default()));
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Hands on line after line; of one too long only as much as tells that it is.
fn listen(input: &mut impl BufRead, to: &Sender<Heard>) {
    let mut line = Vec::new();
    let mut length = 0;
    while let Ok(bytes) = input.fill_buf() {
        if bytes.is_empty() || length > ENDLESS {
            break;
        }
        let end = bytes.iter().position(|b| *b == b'\n');
        let taken = end.unwrap_or(bytes.len());
        let room = (LONGEST + 1).saturating_sub(line.len());
        line.extend_from_slice(&bytes[..taken.min(room)]);
        length = if end.is_some() { 0 } else { length + taken };
        let used = end.map_or(taken, |end| end + 1);
        input.consume(used);
        if end.is_some() && to.send(Heard::Line(std::mem::take(&mut line))).is_err() {
            return;
        }
    }
    if !line.is_empty() {
        let _ = to.send(Heard::Line(line));
    }
    let _ = to.send(Heard::End);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is handed on of some bytes: lines, by their lengths where they are long.
    fn heard(bytes: &[u8]) -> Vec<String> {
        let (sender, heard) = channel();
        listen(&mut io::BufReader::with_capacity(7, bytes), &sender);
        drop(sender);
        heard
            .iter()
            .map(|h| match h {
                Heard::Line(line) if line.len() > 100 => format!("{} bytes", line.len()),
                Heard::Line(line) => String::from_utf8_lossy(&line).into_owned(),
                Heard::Signal(signal) => format!("signal {signal}"),
                Heard::End => "end".to_owned(),
            })
            .collect()
    }

    #[test]
    fn lines_are_handed_on_whole_and_long_ones_only_as_such() {
        assert_eq!(heard(b""), ["end"]);
        assert_eq!(heard(b"one\n\nthe last line"), ["one", "", "the last line", "end"]);
        let long = [vec![b'x'; 1_000_000], b"\nnext\n".to_vec()].concat();
        assert_eq!(heard(&long), [format!("{} bytes", LONGEST + 1), "next".into(), "end".into()]);
        assert_eq!(heard(b"not \xff UTF-8\n"), ["not \u{FFFD} UTF-8", "end"]);
        let (sender, heard) = channel();
        listen(&mut io::BufReader::new(io::repeat(0)), &sender);
        assert_eq!(heard.try_iter().count(), 2, "what never ends is one line and the end");
    }
}
