//! Other people's formats into records: bytes in, records and warnings out.
//!
//! No network, no terminal and no clock here; the caller reads the files. The sources are folders:
//! [`pdf`], [`text`] and [`dataset`]. What they share is beside them, from the bytes to the record:
//! `decode` (bytes into characters), `lines`, `page_headers`, `cover` (with which record it is),
//! [`address`], [`direction`] and [`vote`] (what a paragraph is), [`invitation`], [`capacity`] and
//! [`behalf`] (in which role somebody speaks), `assemble`, which puts the record together, and
//! [`check`], which looks at the whole of it.

pub mod address;
mod assemble;
pub mod behalf;
pub mod capacity;
pub mod check;
mod cover;
pub mod dataset;
mod decode;
pub mod direction;
mod imported;
pub mod invitation;
mod language;
mod lines;
mod page_headers;
pub mod pdf;
pub mod tar;
pub mod text;
pub mod vote;
pub mod words;
