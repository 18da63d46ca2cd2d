//! Plain text, as copied from a PDF, into a record.
//!
//! The work is done in the order of the modules: bytes into lines (`decode`, `lines`), headers and
//! footers out and pages in (`running`), the cover page (`cover`), which record it is (`identity`), lines
//! joined into paragraphs (`geometry`, `hyphen`, `build`), paragraphs into statements, directions and
//! votes (`body`), and what each speaker speaks as (`finish`). The words of a text are never changed;
//! only line ends, line-end hyphens, spaces, page headers and controls are touched, and counted.

pub(super) mod body;
pub(super) mod build;
pub(super) mod cover;
pub(super) mod dates;
pub(crate) mod decode;
pub(super) mod finish;
mod geometry;
pub(super) mod hyphen;
pub(super) mod identity;
pub(super) mod lines;
pub(super) mod running;
pub(super) mod scrambled;
pub(super) mod tongue;
mod width;

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::record::{Language, Record, Source, Symbol};

pub use decode::LIMIT;
pub(super) use identity::other_day;

/// What the caller knows beside the text.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The file's name, which may hold the symbol and the language.
    pub file_name: Option<String>,
    /// The symbol given by hand; it wins over the text.
    pub symbol: Option<Symbol>,
    /// The date given by hand; it wins over the text.
    pub date: Option<Date>,
    /// The language given by hand.
    pub language: Option<Language>,
}

/// A record made from text, and what was done on the way.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The record.
    pub record: Record,
    /// What was done ("joined 61 hard-wrapped lines"), guessed ("language: English, by its words") and left, a sentence each.
    pub report: Vec<String>,
}

/// Why a text could not become a record; the message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TextError(pub String);

/// Reads a plain-text record or a single statement.
///
/// # Errors
/// When the symbol or the date is in neither text, file name nor hints, or the text is scrambled,
/// empty, larger than [`LIMIT`], no text, or has no form of address.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Imported, TextError> {
    let decoded = decode::decode(bytes)?;
    let (mut report, mut warnings) = (decoded.notes, Vec::new());
    let pages = running::take(&lines::split(&decoded.text));
    if pages.lines.is_empty() {
        return Err(TextError("there is no text in it".to_owned()));
    }
    if let Some(why) = scrambled::why(pages.lines.iter().map(|l| l.text.as_str())) {
        return Err(TextError(format!(
            "the Arabic text is in the order of the page and not of reading ({why}); copying it from the PDF scrambled it, and it cannot be put right: import the PDF, or another language of the record"
        )));
    }
    let named = hints.file_name.as_deref().map(identity::file_name).unwrap_or_default();
    let language = identity::language(hints, &named, &pages.lines, &mut report, &mut warnings)?;
    let manner = build::Manner {
        words: hyphen::Vocabulary::of(pages.lines.iter().map(|l| l.text.as_str())),
        language,
    };
    let (cover, start) = front(&pages.lines, &manner, &mut report)?;
    let known = identity::identity(hints, &named, &pages, &cover)?;
    report.extend(known.report);
    warnings.extend(known.warnings);
    warnings.extend(pages.warnings.iter().cloned());
    let body = body::read(&pages.lines[start..], &manner, &cover.agenda);
    let mut repairs = std::collections::BTreeMap::new();
    for (name, count) in [
        ("controls", decoded.controls),
        ("joined_lines", body.tally.joined),
        ("hyphens_kept", body.tally.kept),
        ("hyphens_undone", body.tally.undone),
        ("page_headers", pages.dropped),
    ] {
        if count > 0 {
            repairs.insert(name.to_owned(), count);
        }
    }
    let source = Source {
        from: "text".to_owned(),
        file: hints
            .file_name
            .as_deref()
            .and_then(|n| n.rsplit(['/', '\\']).next())
            .map(str::to_owned),
        sha256: Some(hex(&Sha256::digest(bytes))),
        repairs,
        warnings,
        ..Source::default()
    };
    let made = finish::record(finish::Parts {
        symbol: known.symbol,
        date: known.date,
        language: manner.language,
        cover,
        pages,
        body,
        source,
    });
    report.extend(made.report);
    Ok(Imported { record: made.record, report })
}

/// Reads the cover page, where there is one, and says at which line the body begins.
fn front(
    lines: &[lines::Line],
    manner: &build::Manner,
    report: &mut Vec<String>,
) -> Result<(cover::Cover, usize), TextError> {
    let none = || {
        TextError(
            "no form of address was found; a statement begins with one, such as \"Mr. Umarov (Kazakhstan):\" at the head of a line".to_owned(),
        )
    };
    let label = cover::members_line(lines);
    let after = label.map_or(0, |at| at + 1);
    let (start, _) = body::first_start(lines, manner, after).ok_or_else(none)?;
    let Some(label) = label.filter(|&at| at < start) else {
        return Ok((cover::Cover::default(), without_front(lines, start, report)));
    };
    report.push(format!("read {start} lines of the cover page; its notices are left out"));
    Ok((cover::read(&lines[..start], label), start))
}

/// With no cover page the body begins at the first line, whatever that is.
fn without_front(_lines: &[lines::Line], start: usize, report: &mut Vec<String>) -> usize {
    if start > 0 {
        report.push(format!("kept {start} lines before the first form of address as directions"));
    }
    0
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
