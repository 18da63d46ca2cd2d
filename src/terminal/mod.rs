//! The terminal: what it can do, what is drawn on it with as few bytes as possible, what comes
//! from its keys, and leaving it as it was found. The only room that writes escape sequences.
//!
//! Screens draw into a ratatui `Buffer` and know nothing of bytes; the renderer ([`render`]) finds
//! the cheapest way from the last buffer to the next. Nothing here asks the terminal a question:
//! on a slow link a reply comes late and swallows the keys after it, so what the terminal can do
//! is read from its name ([`caps`]).
//!
//! Not here: what a key means (`app`), what a screen shows (`ui`), the loop and its pacing
//! (`run`).

pub mod caps;
pub mod clipboard;
pub mod emit;
pub mod faults;
pub mod grid;
pub mod guard;
pub mod input;
pub mod keys;
pub mod pen;
pub mod render;
pub mod shift;
