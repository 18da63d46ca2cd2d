//! Other people's formats into records: bytes in, records and warnings out.
//!
//! No network, no terminal and no clock here; the caller reads the files. The sources are folders:
//! [`pdf`], [`text`] and [`dataset`]. [`forms`] recognizes the forms of a text beside plain text: Word files
//! (`docx`), web pages (`html`), mail and Markdown (`markup`), and what `spv show` prints (`shown`); each
//! becomes lines (`form_lines`) that [`text`] reads. What the sources share is beside them, from the bytes to
//! the record: `decode` (bytes into characters), `lines`, `page_headers`, `cover` (with which record it is),
//! [`address`], [`direction`] and [`vote`] (what a paragraph is), [`invitation`], [`capacity`] and
//! [`behalf`] (in which role somebody speaks), `assemble`, which puts the record together, and
//! [`check`], which looks at the whole of it. A document that is no record of the Council is named by
//! [`neighbours`]. Tables about the Council become facts in [`council_tables`].

pub mod address;
mod assemble;
pub mod behalf;
mod body;
pub mod capacity;
pub mod check;
pub mod council_tables;
mod cover;
pub mod dataset;
mod decode;
pub mod direction;
mod docx;
mod form_lines;
pub mod forms;
mod html;
mod imported;
pub mod invitation;
mod language;
mod lines;
mod markup;
pub mod neighbours;
mod page_headers;
pub mod pdf;
mod presiding;
mod shown;
pub mod tar;
pub mod text;
pub mod vote;
pub mod words;
