//! From the bytes a terminal sends to keys and pasted text: pure, with the time passed in.
//!
//! A slow link tears a sequence apart: Esc, `[` and `A` of one arrow key arrive in three packets.
//! What may be the begin of a sequence is held for [`PATIENCE`]; then it was the keys it looks
//! like, Esc first, and none is swallowed. So a lone Esc is told from the begin of an arrow.
//!
//! Esc and a letter, even in one packet, are two keys, not Alt and the letter: nothing here is
//! bound to Alt, and on a slow link two keys typed one after the other arrive together. Sequences
//! that are whole but unknown (mouse, focus, late replies to a question of another program) are
//! dropped whole. Not here: reading the terminal (`input`) and what a key does (`app`).

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::Duration;

/// How long the rest of a sequence is waited for.
pub const PATIENCE: Duration = Duration::from_millis(100);

/// How long a pause in pasted text may be; a lost end must not swallow the keys for ever.
pub const PASTE_PATIENCE: Duration = Duration::from_secs(3);

/// Pasted text beyond this many bytes is dropped: it goes into an input line.
pub const PASTE_LIMIT: usize = 1 << 20;

/// The longest sequence a key has; what is longer is something else and is dropped to its end.
const LONGEST: usize = 64;

/// A string that has no end after so many bytes is no keys typed after Esc, and is dropped to its end.
const LONGEST_STRING: usize = 4096;

/// Ctrl-C, which ends whatever has no end.
const INTERRUPT: u8 = 0x03;

/// What the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A key, pressed or held; releases are dropped.
    Key(KeyEvent),
    /// Text pasted between the marks of bracketed paste; bytes that are not UTF-8 replaced.
    Paste(String),
}

/// Holds what has come of a sequence until the rest does.
#[derive(Debug, Default)]
pub struct Keys {
    held: Vec<u8>,
    paste: Option<Vec<u8>>,
    /// When the paste began.
    pasted: Duration,
    dropping: Option<Dropping>,
    last: Duration,
}

/// A sequence too long to be held, of which nothing is wanted but its end.
#[derive(Debug, Clone, Copy)]
enum Dropping {
    Control,
    Text,
}

/// What the bytes held are.
enum Sense {
    /// So many bytes that mean this, or nothing known.
    Whole(usize, Option<KeyEvent>),
    /// The begin of a paste, of so many bytes.
    Paste(usize),
    /// The begin of a sequence too long to be held.
    Endless(Dropping),
    /// Perhaps the begin of something.
    Part,
}

impl Keys {
    /// Takes bytes that came at `now` (a time that only grows, from any begin).
    pub fn feed(&mut self, bytes: &[u8], now: Duration) -> Vec<Typed> {
        let mut typed = self.expire(now);
        self.last = now;
        self.held.extend_from_slice(bytes);
        self.drain(false, &mut typed);
        typed
    }

    /// Gives up waiting where the time is over.
    pub fn expire(&mut self, now: Duration) -> Vec<Typed> {
        let mut typed = Vec::new();
        if self.wait(now) == Some(Duration::ZERO) {
            self.dropping = None;
            if let Some(mut text) = self.paste.take() {
                text.append(&mut self.held);
                typed.push(pasted(&text));
            }
            self.drain(true, &mut typed);
        }
        typed
    }

    /// How long from `now` until [`Keys::expire`] has something to do; none when nothing is held.
    #[must_use]
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let patience = match self.paste {
            Some(_) => PASTE_PATIENCE,
            None if self.dropping.is_some() => PASTE_PATIENCE,
            None if self.held.is_empty() => return None,
            None => PATIENCE,
        };
        Some((self.last + patience).saturating_sub(now))
    }

    /// Takes whole keys from what is held; with `all` also what looked like a begin.
    fn drain(&mut self, all: bool, typed: &mut Vec<Typed>) {
        let mut at = 0;
        while at < self.held.len() {
            if let Some(what) = self.dropping {
                let (length, ended) = dropped(what, &self.held[at..]);
                at += length;
                if !ended {
                    break;
                }
                self.dropping = None;
                continue;
            }
            if self.paste.is_some() {
                let rest = self.held.split_off(at);
                self.held.clear();
                self.take_pasted(&rest, typed);
                at = 0;
                if self.paste.is_some() {
                    return;
                }
                continue;
            }
            match sense(&self.held[at..]) {
                Sense::Whole(length, key) => {
                    typed.extend(key.map(Typed::Key));
                    at += length;
                }
                Sense::Paste(length) => {
                    self.paste = Some(Vec::new());
                    self.pasted = self.last;
                    at += length;
                }
                Sense::Endless(what) => {
                    self.dropping = Some(what);
                    // After its introducer.
                    at += 2;
                }
                Sense::Part if all => {
                    // A broken character is dropped; a torn sequence is the keys it looks like.
                    typed.extend(single(self.held[at]).map(Typed::Key));
                    at += 1;
                }
                Sense::Part => break,
            }
        }
        self.held.drain(..at);
    }

    /// Takes pasted bytes up to the mark of their end, and holds what is behind it.
    fn take_pasted(&mut self, bytes: &[u8], typed: &mut Vec<Typed>) {
        const END: &[u8] = b"\x1b[201~";
        let Some(mut text) = self.paste.take() else { return };
        let found = bytes.windows(END.len()).position(|window| window == END);
        // In text it is text; but a paste that has gone on for long may have lost its end.
        let long = text.len() >= PASTE_LIMIT || self.last - self.pasted >= PASTE_PATIENCE;
        let stopped = bytes.iter().position(|byte| *byte == INTERRUPT).filter(|_| long);
        if let Some(at) = stopped.filter(|at| found.is_none_or(|end| *at < end)) {
            text.extend_from_slice(&bytes[..at.min(PASTE_LIMIT.saturating_sub(text.len()))]);
            typed.push(pasted(&text));
            self.held.extend_from_slice(&bytes[at..]);
            return;
        }
        let until = found.unwrap_or_else(|| {
            // The mark, too, may be torn: its begin at the end of what came is held.
            let torn = (1..END.len()).rev().find(|&n| bytes.ends_with(&END[..n])).unwrap_or(0);
            bytes.len() - torn
        });
        let room = PASTE_LIMIT.saturating_sub(text.len()).min(until);
        text.extend_from_slice(&bytes[..room]);
        if found.is_some() {
            typed.push(pasted(&text));
            self.held.extend_from_slice(&bytes[until + END.len()..]);
        } else {
            self.held.extend_from_slice(&bytes[until..]);
            self.paste = Some(text);
        }
    }
}

/// How many bytes belong to what is dropped, and whether it ends with them. It ends before what cannot be in it:
/// Ctrl-C, or the begin of another sequence.
fn dropped(what: Dropping, bytes: &[u8]) -> (usize, bool) {
    match what {
        Dropping::Control => {
            let length = bytes.iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
            let last = bytes.get(length).is_some_and(|byte| (0x40..0x7f).contains(byte));
            (length + usize::from(last), length < bytes.len())
        }
        Dropping::Text => {
            let end = bytes.iter().position(|byte| [0x07, 0x1b, INTERRUPT].contains(byte));
            match end.map(|at| (at, &bytes[at..])) {
                None => (bytes.len(), false),
                Some((at, [0x07, ..])) => (at + 1, true),
                Some((at, [0x1b, b'\\', ..])) => (at + 2, true),
                // The rest of the mark may be still to come.
                Some((at, [0x1b])) => (at, false),
                Some((at, _)) => (at, true),
            }
        }
    }
}

fn pasted(text: &[u8]) -> Typed {
    Typed::Paste(String::from_utf8_lossy(text).into_owned())
}

/// What stands at the begin of some bytes.
fn sense(bytes: &[u8]) -> Sense {
    match bytes {
        [0x1b] | [0x1b, b'O'] => Sense::Part,
        [0x1b, b'[', rest @ ..] => control(rest),
        [0x1b, b'O', last, ..] => Sense::Whole(3, application(*last)),
        [0x1b, b'P' | b']' | b'^' | b'_', rest @ ..] => string(rest),
        [first, ..] if *first < 0x80 => Sense::Whole(1, single(*first)),
        [first, ..] => character(*first, bytes),
        [] => Sense::Part,
    }
}

/// A string behind its introducer (ECMA-48, 5.6): the late reply to a question of another program,
/// which is no key. One without its end was keys typed behind Esc.
fn string(rest: &[u8]) -> Sense {
    let bell = rest.iter().position(|byte| *byte == 0x07).map(|at| at + 1);
    let mark = rest.windows(2).position(|two| two == b"\x1b\\").map(|at| at + 2);
    match bell.into_iter().chain(mark).min() {
        Some(length) => Sense::Whole(2 + length, None),
        None if rest.len() > LONGEST_STRING => Sense::Endless(Dropping::Text),
        None => Sense::Part,
    }
}

/// A key of one byte.
fn single(byte: u8) -> Option<KeyEvent> {
    let control = |c: u8| Some(KeyEvent::new(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL));
    let plain = |code| Some(KeyEvent::new(code, KeyModifiers::NONE));
    match byte {
        b'\r' => plain(KeyCode::Enter),
        b'\t' => plain(KeyCode::Tab),
        0x1b => plain(KeyCode::Esc),
        // Terminals send the one or the other for the same key.
        0x7f | 0x08 => plain(KeyCode::Backspace),
        0 => control(b' '),
        1..=0x1a => control(byte - 1 + b'a'),
        0x1c..=0x1f => control(byte - 0x1c + b'4'),
        b'A'..=b'Z' => Some(KeyEvent::new(KeyCode::Char(char::from(byte)), KeyModifiers::SHIFT)),
        b' '..=b'~' => plain(KeyCode::Char(char::from(byte))),
        _ => None,
    }
}

/// A character of several bytes; bytes that are none are dropped one by one.
fn character(first: u8, bytes: &[u8]) -> Sense {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Sense::Whole(1, None),
    };
    let Some(whole) = bytes.get(..length) else {
        let follows = bytes[1..].iter().all(|byte| (0x80..0xc0).contains(byte));
        return if follows { Sense::Part } else { Sense::Whole(1, None) };
    };
    match std::str::from_utf8(whole).ok().and_then(|text| text.chars().next()) {
        Some(c) => {
            let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
            Sense::Whole(length, Some(KeyEvent::new(KeyCode::Char(c), shift)))
        }
        None => Sense::Whole(1, None),
    }
}

/// Keys of the application keypad (SS3).
fn application(last: u8) -> Option<KeyEvent> {
    let code = match last {
        b'M' => KeyCode::Enter,
        _ => letter(last)?,
    };
    Some(KeyEvent::new(code, KeyModifiers::NONE))
}

/// The keys whose sequence ends with a letter.
fn letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'Z' => KeyCode::BackTab,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

/// A control sequence behind its `ESC [` (ECMA-48, 5.4): parameters, intermediates, a final byte.
fn control(rest: &[u8]) -> Sense {
    // The linux console sends ESC [ [ A to E for F1 to F5.
    if let [b'[', tail @ ..] = rest {
        return match tail {
            [] => Sense::Part,
            [key @ b'A'..=b'E', ..] => {
                Sense::Whole(4, Some(KeyEvent::new(KeyCode::F(key - b'A' + 1), KeyModifiers::NONE)))
            }
            _ => Sense::Whole(3, None),
        };
    }
    let parameters = rest.iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
    let Some(&last) = rest.get(parameters) else {
        let long = rest.len() > LONGEST;
        return if long { Sense::Endless(Dropping::Control) } else { Sense::Part };
    };
    if !(0x40..0x7f).contains(&last) {
        // Cut off by another key: what came is nothing, that key counts.
        return Sense::Whole(2 + parameters, None);
    }
    let words = String::from_utf8_lossy(&rest[..parameters]);
    let length = 2 + parameters + 1;
    if (words.as_ref(), last) == ("200", b'~') {
        return Sense::Paste(length);
    }
    Sense::Whole(length, key(&words, last))
}

/// The key of a control sequence, if it is one.
fn key(words: &str, last: u8) -> Option<KeyEvent> {
    let mut fields = words.split(';');
    let first = fields.next().unwrap_or_default();
    let (bits, kind) =
        fields.next().map_or(("", ""), |field| field.split_once(':').unwrap_or((field, "")));
    // The third kind of event is a release.
    if kind == "3" {
        return None;
    }
    let bits = bits.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in
        [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)]
    {
        modifiers.set(modifier, bits & bit != 0);
    }
    let number = || first.split(':').next().and_then(|number| number.parse::<u32>().ok());
    let code = match last {
        b'~' => numbered(number()?)?,
        b'u' => return unicode(number()?, modifiers),
        _ if first.is_empty() || first == "1" => letter(last)?,
        _ => return None,
    };
    if code == KeyCode::BackTab {
        modifiers.insert(KeyModifiers::SHIFT);
    }
    Some(KeyEvent::new(code, modifiers))
}

/// A key sent as its code point (`CSI u`).
fn unicode(number: u32, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let c = char::from_u32(number)?;
    let mut key = match u8::try_from(number) {
        Ok(byte @ (b'\r' | b'\t' | 0x1b | 0x7f)) => single(byte)?,
        _ if c.is_control() => return None,
        _ => KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE),
    };
    if key.code == KeyCode::Tab && modifiers.contains(KeyModifiers::SHIFT) {
        key.code = KeyCode::BackTab;
    }
    if let (KeyCode::Char(c), true) = (key.code, modifiers.contains(KeyModifiers::SHIFT)) {
        key.code = KeyCode::Char(c.to_uppercase().next().unwrap_or(c));
    }
    key.modifiers = modifiers;
    Some(key)
}

/// The keys with a number and a tilde (VT220 and rxvt).
fn numbered(number: u32) -> Option<KeyCode> {
    let function =
        |from: u32, first: u8| u8::try_from(number - from).ok().map(|n| KeyCode::F(first + n));
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=24 => function(23, 11),
        _ => None,
    }
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
