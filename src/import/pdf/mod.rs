//! The official PDF of a record into a record with its printed pages.
//!
//! The steps in their order: the file is opened with guards (`document`, `inflate`), its content streams
//! are read into glyphs (`content`), of which only what a reader sees is kept (`sheet`, `stamps`), glyphs
//! into lines and pages (`lines`, `edges`, `boundaries`, `pages`), lines into paragraphs by their places
//! and by the structure tree (`paragraphs`, `tree`). The first page is read by `front`. From there on the
//! way is that of all sources: `body`, then `assemble`. Nothing is drawn and no picture is read: a scan is
//! refused.

mod boundaries;
mod content;
mod document;
mod edges;
mod front;
mod inflate;
mod lines;
mod pages;
mod paragraphs;
mod sheet;
mod stamps;
mod tree;
mod visible;

use super::assemble;
use super::body::{Body, by_style};
use super::cover::{Cover, identity};
use super::imported::TextError;
use super::lines::Line;
use super::lines::join::{JoinRules, Vocabulary};
use super::words::fold_text;
use super::{language, neighbours};
use crate::record::{Item, Kind, Language};

pub use super::imported::{Hints, Imported};
pub use document::{PdfError, cut_off};

/// Reads the official PDF of one record.
///
/// # Errors
/// If the file is damaged, protected, larger than any record or a scan, or if its text is no verbatim
/// record: without a cover page and without a form of address.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Imported, PdfError> {
    let pdf = document::open_pdf(bytes)?;
    let mut sheets = pages::read_pages(&pdf);
    visible::refuse_unreadable(&sheets)?;
    if let Some(what) = neighbours::name_neighbour(&sheets.first_rows(), hints.file_name.as_deref())
    {
        return Err(PdfError::NoRecord(what));
    }
    visible::refuse_several(&sheets)?;
    let tree = tree::tagged_paragraphs(&pdf);
    drop(pdf);
    let (mut report, mut warnings) =
        (std::mem::take(&mut sheets.report), std::mem::take(&mut sheets.warnings));
    visible::describe_left_out(&sheets.counts, &mut report, &mut warnings);
    if let Some(what) = sheets.tally.cut {
        warnings.push(format!("not all of the file was read: {what}"));
    }
    let wide = |error: TextError| PdfError::NoRecord(error.0);
    if sheets.cover.iter().take(CORRECTED).any(|row| is_corrigendum(&row.text)) {
        return Err(PdfError::NoRecord(
            "this is a corrigendum, a list of changes to a record; import the record itself"
                .to_owned(),
        ));
    }
    let named = hints.file_name.as_deref().map(identity::parse_file_name).unwrap_or_default();
    // A file of one page has its text where others have the cover page.
    let lines = if sheets.lines.is_empty() { &sheets.cover } else { &sheets.lines };
    let words: Vec<Line> = lines.iter().map(lines::PlacedLine::to_plain).collect();
    let language = identity::choose_language(hints, &named, &words, &mut report, &mut warnings)
        .map_err(wide)?;
    if language == Language::Arabic
        || language::find_scrambling(words.iter().map(|l| l.text.as_str())).is_some()
    {
        return Err(PdfError::NoRecord(
            "Arabic PDFs cannot be read: their text is in page order and not in reading order; import another language of the record".to_owned(),
        ));
    }
    if let Some(title) = boundaries::find_title(&sheets.cover) {
        let rules = join_rules(language, &sheets);
        let (cover, body) = front::read_communique(&mut sheets, title, &rules);
        let parts = UnidentifiedRecord { cover, body, language: rules.language, warnings };
        let mut made = assemble_identified(bytes, hints, &named, &mut sheets, parts)?;
        made.record.kind = Kind::Communique;
        report.extend(made.report);
        return Ok(Imported { record: made.record, report });
    }
    let front = front::read_front(&mut sheets);
    report.extend(front.report.iter().cloned());
    warnings.extend(front.warnings.iter().cloned());
    let rules = join_rules(language, &sheets);
    let paragraphs = choose_paragraphs(&mut sheets, tree, &mut report, &mut warnings);
    let usual = paragraphs::usual_size(&paragraphs);
    let styled: Vec<by_style::StyledParagraph> =
        paragraphs.iter().map(|p| p.to_styled(usual, &sheets.numbers)).collect();
    drop(paragraphs);
    let body = by_style::read_body(&styled, &rules, &front.cover.agenda);
    drop(styled);
    if body.items.is_empty() || body.chairs.is_empty() && front.cover.members.is_empty() {
        return Err(PdfError::NoRecord(
            "not a verbatim record: it has no table of members and no statement of the President; check that it is the PDF of a symbol such as S/PV.8668".to_owned(),
        ));
    }
    let parts = UnidentifiedRecord { cover: front.cover, body, language: rules.language, warnings };
    let mut made = assemble_identified(bytes, hints, &named, &mut sheets, parts)?;
    made.record.corrections = front.corrections;
    report.extend(made.report);
    Ok(Imported { record: made.record, report })
}

/// What was read from a file before it is known which record it is.
struct UnidentifiedRecord {
    cover: Cover,
    body: Body,
    language: Language,
    warnings: Vec<String>,
}

/// Finds out which record it is, and puts it together.
fn assemble_identified(
    bytes: &[u8],
    hints: &Hints,
    named: &identity::FileName,
    sheets: &mut pages::PdfPages,
    parts: UnidentifiedRecord,
) -> Result<assemble::AssembledRecord, PdfError> {
    let UnidentifiedRecord { cover, body, language, mut warnings } = parts;
    let known = identity::identify_record(hints, named, &sheets.running, &cover)
        .map_err(|error| PdfError::NoRecord(error.0))?;
    warnings.extend(known.warnings);
    // A communiqué has no statement, and neither members nor an opening.
    if body.items.iter().any(|item| matches!(item, Item::Statement(_))) {
        warnings.extend(find_doubts(&body, &cover, known.date.year()));
    }
    let repairs = [
        ("joined_lines", body.tally.joined),
        ("hyphens_kept", body.tally.kept),
        ("hyphens_undone", body.tally.undone),
        ("page_headers", sheets.running.dropped),
    ];
    let mut source = assemble::describe_source("pdf", bytes, hints, &repairs, warnings);
    source.quality = Some("born-digital".to_owned());
    let mut made = assemble::assemble_record(assemble::RecordParts {
        symbol: known.symbol,
        date: known.date,
        language,
        cover,
        pages: std::mem::take(&mut sheets.running),
        body,
        source,
        topic: None,
    });
    made.report.splice(0..0, known.report);
    Ok(made)
}

/// The rows of the first page in which the title of a corrigendum may be.
const CORRECTED: usize = 20;

/// Whether a row is the title of a corrigendum, in five languages.
fn is_corrigendum(row: &str) -> bool {
    ["corrigendum", "rectificatif", "correccion", "исправление", "更正"]
        .contains(&fold_text(row).as_str())
}

/// How lines are joined: in English no hyphen is removed.
fn join_rules(language: Language, sheets: &pages::PdfPages) -> JoinRules {
    let lines = sheets.lines.iter().map(|l| l.text.as_str());
    let words = match language {
        Language::English => Vocabulary::hyphens_only(lines),
        _ => Vocabulary::from_lines(lines),
    };
    JoinRules { words, language }
}

/// Chooses the paragraphs by the tags of the file, if it has them, and compares them with those by place.
fn choose_paragraphs(
    sheets: &mut pages::PdfPages,
    tree: Vec<Vec<tree::TaggedPiece>>,
    report: &mut Vec<String>,
    warnings: &mut Vec<String>,
) -> Vec<paragraphs::PlacedParagraph> {
    let place = paragraphs::by_place(&sheets.lines);
    let tagged = !tree.is_empty();
    let Some(paragraphs) = paragraphs::by_tree(sheets, tree) else {
        if tagged {
            warnings.push(
                "the tags of the file do not contain all of its text; found the paragraphs by the positions of lines alone".to_owned(),
            );
        } else {
            report.push(
                "found the paragraphs by the positions of lines; the file has no tags".to_owned(),
            );
        }
        return place;
    };
    let differences = paragraphs::describe_differences(&paragraphs, &place, &sheets.numbers);
    if differences.is_empty() {
        report.push(format!(
            "the tags of the file and the positions of lines give the same {} paragraphs",
            paragraphs.len()
        ));
    }
    warnings.extend(differences);
    paragraphs
}

/// Warnings about what nearly every record has and this one lacks.
fn find_doubts(body: &Body, cover: &Cover, year: i16) -> Vec<String> {
    let mut doubts = Vec::new();
    if body.opened.is_none() {
        doubts.push("no direction says when the meeting was opened or resumed".to_owned());
    }
    if body.closed.is_none() {
        doubts.push("no direction says when the meeting rose or was suspended".to_owned());
    }
    let seats = if year < 1966 { 11 } else { 15 };
    if cover.presidents.len() == 1 && cover.members.len() + 1 != seats {
        doubts.push(format!(
            "the cover page names {} members besides the President, but the Council has {seats} seats",
            cover.members.len()
        ));
    }
    doubts
}
