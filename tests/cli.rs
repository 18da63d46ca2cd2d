//! The commands, on the real binary: what they answer, how they end, and that no text from a record
//! leaves them as a control. All sentences in the records here are invented.

#![allow(clippy::unwrap_used)]

mod cli {
    pub mod answers;
    pub mod ends;
    pub mod hostile;
    pub mod kit;
    pub mod quick;
    pub mod terminal;
}
