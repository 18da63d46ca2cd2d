//! From the bytes a terminal sends to keys and pasted text: pure, with the time passed in.
//!
//! On a slow link the bytes of one arrow key, Esc, `[` and `A`, may arrive in three packets. A possible start
//! of an escape sequence is held for [`PATIENCE`]. If nothing follows, its bytes are delivered as single keys;
//! that is how a lone Esc is recognized.
//!
//! Esc and a letter are two keys even in one packet, not Alt and the letter: nothing is bound to Alt, and on a
//! slow link two keys typed one after the other arrive together. Complete but unknown sequences (focus, late
//! replies to another program) are dropped.

use std::time::Duration;

use crate::app::keymap::Key;

/// How long the rest of a sequence is waited for.
pub const PATIENCE: Duration = Duration::from_millis(100);

/// How long a pause in pasted text may be; a lost end must not swallow all further keys.
pub const PASTE_PATIENCE: Duration = Duration::from_secs(3);

/// Pasted text beyond this many bytes is dropped: it goes into an input line.
pub const PASTE_LIMIT: usize = 1 << 20;

/// The longest sequence a key has; what is longer is something else and is dropped to its end.
const LONGEST: usize = 64;

/// A string without an end after this many bytes is not keys typed after Esc, and is dropped to its end.
const LONGEST_STRING: usize = 4096;

/// Ctrl-C, which ends whatever has no end.
const INTERRUPT: u8 = 0x03;

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The wheel was turned by one step.
    Wheel {
        /// Whether it was turned up.
        up: bool,
    },
    /// The first button was pressed on a cell, from 0.
    Click {
        /// Its column.
        column: u16,
        /// Its row.
        row: u16,
    },
}

/// What the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A key, pressed or held; releases are dropped.
    Key(Key),
    /// The mouse was used, where it was asked for.
    Mouse(Mouse),
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
    /// This many bytes that mean this key, or nothing known.
    Whole(usize, Option<Key>),
    /// This many bytes that say what the mouse did.
    Mouse(usize, Mouse),
    /// The start of a paste, of this many bytes.
    Paste(usize),
    /// The start of a sequence too long to be held.
    Endless(Dropping),
    /// Perhaps the start of something.
    Part,
}

impl Keys {
    /// Takes bytes that came at `now` (a time that only grows).
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
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let patience = match self.paste {
            Some(_) => PASTE_PATIENCE,
            None if self.dropping.is_some() => PASTE_PATIENCE,
            None if self.held.is_empty() => return None,
            None => PATIENCE,
        };
        Some((self.last + patience).saturating_sub(now))
    }

    /// Takes whole keys from what is held; with `all` also what looked like a start.
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
                Sense::Mouse(length, mouse) => {
                    typed.push(Typed::Mouse(mouse));
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

    /// Takes pasted bytes up to the mark of their end, and holds what is after it.
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
            // The mark, too, may be torn: its start at the end of what came is held.
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
/// Ctrl-C, or the start of another sequence.
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

/// What some bytes start with.
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

/// A string after its introducer (ECMA-48, 5.6): the late reply to a question of another program,
/// which is no key. One without its end is keys typed after Esc.
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
fn single(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' => Key::Enter,
        b'\t' => Key::Tab,
        0x1b => Key::Esc,
        // Terminals send the one or the other for the same key.
        0x7f | 0x08 => Key::Backspace,
        0 => Key::Ctrl(' '),
        1..=0x1a => Key::Ctrl(char::from(byte - 1 + b'a')),
        0x1c..=0x1f => Key::Ctrl(char::from(byte - 0x1c + b'4')),
        b' '..=b'~' => Key::Char(char::from(byte)),
        _ => return None,
    })
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
        Some(c) => Sense::Whole(length, Some(Key::Char(c))),
        None => Sense::Whole(1, None),
    }
}

/// Keys of the application keypad (SS3).
fn application(last: u8) -> Option<Key> {
    if last == b'M' { Some(Key::Enter) } else { letter(last) }
}

/// The keys whose sequence ends with a letter.
fn letter(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'Z' => Key::BackTab,
        b'P' => Key::F(1),
        b'Q' => Key::F(2),
        b'R' => Key::F(3),
        b'S' => Key::F(4),
        _ => return None,
    })
}

/// A control sequence after its `ESC [` (ECMA-48, 5.4): parameters, intermediates, a final byte.
fn control(rest: &[u8]) -> Sense {
    // The linux console sends ESC [ [ A to E for F1 to F5.
    if let [b'[', tail @ ..] = rest {
        return match tail {
            [] => Sense::Part,
            [key @ b'A'..=b'E', ..] => Sense::Whole(4, Some(Key::F(key - b'A' + 1))),
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
    if let Some(mouse) = mouse(&words, last) {
        return Sense::Mouse(length, mouse);
    }
    Sense::Whole(length, key(&words, last))
}

/// What the mouse did, by a report in the form of xterm's mode 1006: `< button ; column ; row`.
fn mouse(words: &str, last: u8) -> Option<Mouse> {
    let mut fields = words.strip_prefix('<')?.split(';').map(str::parse::<u16>);
    let mut next = || fields.next()?.ok();
    let (button, column, row) = (next()?, next()?, next()?);
    match (button, last) {
        (0, b'M') => {
            Some(Mouse::Click { column: column.checked_sub(1)?, row: row.checked_sub(1)? })
        }
        (64 | 65, b'M') => Some(Mouse::Wheel { up: button == 64 }),
        _ => None,
    }
}

/// The key of a control sequence, if it is one.
fn key(words: &str, last: u8) -> Option<Key> {
    let mut fields = words.split(';');
    let first = fields.next().unwrap_or_default();
    let (bits, kind) =
        fields.next().map_or(("", ""), |field| field.split_once(':').unwrap_or((field, "")));
    // The third kind of event is a release.
    if kind == "3" {
        return None;
    }
    let modifiers = bits.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let number = || first.split(':').next().and_then(|number| number.parse::<u32>().ok());
    match last {
        b'~' => numbered(number()?),
        b'u' => unicode(number()?, modifiers),
        _ if first.is_empty() || first == "1" => letter(last),
        _ => None,
    }
}

/// The bits of the modifiers in a sequence, after 1 was subtracted.
const SHIFT: u8 = 1;
const ALT: u8 = 2;
const CTRL: u8 = 4;

/// A key sent as its code point (`CSI u`). With Alt a character is none: nothing is bound to it.
fn unicode(number: u32, modifiers: u8) -> Option<Key> {
    let c = char::from_u32(number)?;
    match u8::try_from(number) {
        Ok(b'\t') if modifiers & SHIFT != 0 => return Some(Key::BackTab),
        Ok(byte @ (b'\r' | b'\t' | 0x1b | 0x7f)) => return single(byte),
        _ => {}
    }
    match modifiers {
        _ if c.is_control() => None,
        bits if bits & CTRL != 0 => Some(Key::Ctrl(c.to_ascii_lowercase())),
        bits if bits & ALT != 0 => None,
        bits if bits & SHIFT != 0 => Some(Key::Char(c.to_uppercase().next().unwrap_or(c))),
        _ => Some(Key::Char(c)),
    }
}

/// The keys with a number and a tilde (VT220 and rxvt).
fn numbered(number: u32) -> Option<Key> {
    let function =
        |from: u32, first: u8| u8::try_from(number - from).ok().map(|n| Key::F(first + n));
    match number {
        1 | 7 => Some(Key::Home),
        2 => Some(Key::Insert),
        3 => Some(Key::Delete),
        4 | 8 => Some(Key::End),
        5 => Some(Key::PageUp),
        6 => Some(Key::PageDown),
        11..=15 => function(11, 1),
        17..=21 => function(17, 6),
        23..=24 => function(23, 11),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
