//! Plain text, as copied from a PDF, into a record.
//!
//! The steps in their order: bytes into characters (`decode`), these into lines in reading order
//! (`columns`), page headers and footers removed and their numbers kept (`page_headers`), lost hyphens and
//! spaces put back (`mending`), the cover page (`cover`), which record it is (`cover::identity`), lines into
//! statements, directions and votes (`body::by_words`), and the record put together (`assemble`). The words
//! of a text are never changed. Only line ends, hyphens, spaces, page headers, control characters, damaged
//! encodings and accents that are separate characters are touched, and they are counted.

mod columns;
mod mending;

use super::body::by_words;
use super::cover::{self, Cover, identity};
use super::lines::join::{JoinRules, Vocabulary};
use super::lines::{Line, SourceLine};
use super::page_headers::PagedText;
use super::{assemble, decode, form_lines, language, neighbours, page_headers};

pub use super::decode::LIMIT;
pub use super::imported::{Hints, Imported, TextError};

/// The first lines in which a title is looked for.
const TITLE_LINES: usize = 6;

/// Reads a plain-text record or a single statement.
///
/// # Errors
/// If neither text, file name nor hints give the symbol and the date, or if the text is scrambled,
/// empty, larger than [`LIMIT`], not text at all, or without a form of address.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Imported, TextError> {
    read_decoded(decode::decode_text(bytes)?, "text", bytes, hints)
}

/// Reads a text that a form was decoded into. `from` names the form in the record's source.
///
/// # Errors
/// As [`read`].
pub(super) fn read_decoded(
    decoded: decode::Decoded,
    from: &str,
    bytes: &[u8],
    hints: &Hints,
) -> Result<Imported, TextError> {
    let (mut report, mut warnings) = (decoded.notes, decoded.doubts);
    let (lines, columns) = columns::split_in_order(&decoded.text)?;
    if columns > 0 {
        report.push(format!(
            "read {columns} pages whose columns were side by side, column by column"
        ));
    }
    if columns == 0 && form_lines::are_columns_mixed(&decoded.text) {
        return Err(columns::refusal());
    }
    let mut pages = page_headers::strip_headers(&lines);
    let mended = mending::mend_lines(&mut pages.lines);
    report.extend(mended.describe());
    by_words::split_embedded_addresses(&mut pages.lines);
    if pages.lines.is_empty() {
        return Err(TextError("no text found in the file".to_owned()));
    }
    if let Some(why) = language::find_scrambling(pages.lines.iter().map(|l| l.text.as_str())) {
        return Err(TextError(format!(
            "the Arabic text is scrambled: it is in page order and not in reading order ({why}); import another language of the record"
        )));
    }
    let first: Vec<&str> =
        lines.iter().filter_map(SourceLine::words).take(neighbours::LINES).collect();
    if let Some(what) = neighbours::name_neighbour(&first, hints.file_name.as_deref()) {
        return Err(TextError(what));
    }
    take_title(&mut pages);
    let named = hints.file_name.as_deref().map(identity::parse_file_name).unwrap_or_default();
    let language =
        identity::choose_language(hints, &named, &pages.lines, &mut report, &mut warnings)?;
    let rules = JoinRules {
        words: Vocabulary::from_lines(pages.lines.iter().map(|l| l.text.as_str())),
        language,
    };
    let (cover, start) = read_front(&pages.lines, &rules, &mut report)?;
    let known = identity::identify_record(hints, &named, &pages, &cover)?;
    report.extend(known.report);
    warnings.extend(known.warnings);
    warnings.extend(pages.warnings.iter().cloned());
    let body = by_words::read_body(&pages.lines[start..], &rules, &cover.agenda);
    let mut repairs = decoded.repairs;
    repairs.extend([
        ("joined_lines", body.tally.joined),
        ("hyphens_kept", body.tally.kept),
        ("hyphens_undone", body.tally.undone),
        ("page_headers", pages.dropped),
        ("hyphens_restored", mended.hyphens),
        ("spaces", mended.spaces),
    ]);
    let source = assemble::describe_source(from, bytes, hints, &repairs, warnings);
    let made = assemble::assemble_record(assemble::RecordParts {
        symbol: known.symbol,
        date: known.date,
        language: rules.language,
        cover,
        pages,
        body,
        source,
        topic: None,
    });
    report.extend(made.report);
    Ok(Imported { record: made.record, report })
}

/// Takes the symbol from a title, as a web page or a Markdown text without a cover page has it.
fn take_title(pages: &mut PagedText) {
    if !pages.symbols.is_empty() || cover::members_line(&pages.lines).is_some() {
        return;
    }
    let title = pages.lines.iter().take(TITLE_LINES).enumerate().find_map(|(at, line)| {
        let (symbol, len) = page_headers::symbol_at(&line.text)?;
        (len == line.text.len()).then_some((at, symbol))
    });
    if let Some((at, symbol)) = title {
        pages.lines.remove(at);
        pages.symbols.push(symbol);
    }
}

/// Reads the cover page, if there is one. Returns it with the first line of the body.
fn read_front(
    lines: &[Line],
    rules: &JoinRules,
    report: &mut Vec<String>,
) -> Result<(Cover, usize), TextError> {
    let none = || {
        TextError(
            "no form of address found; a statement must start with one, such as \"Mr. Umarov (Kazakhstan):\", at the start of a line".to_owned(),
        )
    };
    let label = cover::members_line(lines);
    let after = label.map_or(0, |at| at + 1);
    let (start, _) = by_words::find_body_start(lines, rules, after).ok_or_else(none)?;
    let Some(label) = label.filter(|&at| at < start) else {
        // Without a cover page the body starts at the first line, whatever that is.
        if start > 0 {
            report
                .push(format!("kept {start} lines before the first form of address as directions"));
        }
        return Ok((Cover::default(), 0));
    };
    report.push(format!("read {start} lines of the cover page and left out its notices"));
    Ok((cover::read_cover(&lines[..start], label), start))
}
