//! The forms in which people have a record: encodings, Word files, web pages, mail and Markdown.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests, which clippy does not know as such

mod any;
mod docx;
mod encodings;
mod html;
mod markup;

use spv::import::forms;
use spv::import::text::{Hints, Imported};
use spv::record::{Item, Record};

/// Hints that name a record, so that a text needs no header.
fn named() -> Hints {
    Hints {
        symbol: Some("S/PV.9998".parse().unwrap()),
        date: Some("2024-05-31".parse().unwrap()),
        ..Hints::default()
    }
}

fn imported(bytes: &[u8]) -> Imported {
    forms::read(bytes, &named()).unwrap_or_else(|error| panic!("{error}"))
}

/// The message of a refusal, which is one line.
fn refused(bytes: &[u8]) -> String {
    let error = forms::read(bytes, &named()).unwrap_err().to_string();
    assert!(!error.chars().any(char::is_control), "{error:?}");
    error
}

/// Each item in one line: who speaks and the words.
fn items(record: &Record) -> Vec<String> {
    record
        .items
        .iter()
        .map(|item| match item {
            Item::Statement(s) => {
                let state = s.speaker.state.as_deref().unwrap_or("-");
                format!("{} [{state}] {}", s.speaker.name, s.text().replace('\n', " / "))
            }
            Item::Direction(d) => format!("({})", d.text),
            Item::Vote(v) => format!("{:?} {:?} {:?}", v.in_favour, v.against, v.abstaining),
        })
        .collect()
}
