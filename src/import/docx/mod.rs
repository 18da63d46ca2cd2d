//! Word files (.docx) into lines: the parts of the zip file ([`zip`]), the XML of the body ([`body`]), and
//! its sections in reading order ([`pages`]).
//!
//! Headers and footers of pages are parts of their own and are not read.

mod body;
mod pages;
mod zip;

use super::decode::{self, Decoded};
use super::imported::TextError;

/// Whether a file is a zip file, as a .docx is.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads a Word file into the lines of a text.
///
/// # Errors
/// If it is no Word file, damaged, protected or too large.
pub(super) fn decode_docx(bytes: &[u8]) -> Result<Decoded, TextError> {
    if bytes.len() > decode::LIMIT {
        return Err(TextError(format!(
            "the Word file is too large: it has {} bytes, and at most {} are read; save it as plain text",
            bytes.len(),
            decode::LIMIT
        )));
    }
    let Some(part) = zip::read_part(bytes, "word/document.xml")? else {
        return Err(TextError(name_other(&zip::part_names(bytes))));
    };
    let mut decoded = Decoded::default();
    let xml = decode::decode_labelled(&part, None, &mut decoded)?;
    decoded.notes.clear();
    let mut body = body::read_body(&xml, false)?;
    let (mut lines, mut parted) = pages::read_lines(&body);
    if decode::are_words_glued(lines.text()) {
        body = body::read_body(&xml, true)?;
        (lines, parted) = pages::read_lines(&body);
    }
    if lines.is_empty() {
        return Err(TextError(
            "no text found in the Word file; if its pages are pictures, import the PDF or a text of the record".to_owned(),
        ));
    }
    decoded
        .notes
        .push("read the body of a Word file; headers and footers of pages are left out".to_owned());
    describe_counts(&body.counts, parted, &mut decoded);
    let mut text = lines.into_text();
    let spaces = body.counts.spaces + space_titles(&mut text);
    if spaces > 0 {
        decoded.repairs.push(("spaces_added", spaces));
        decoded
            .notes
            .push(format!("put back {} that a converter had lost", count_noun(spaces, "space")));
    }
    decode::clean_characters(text, decoded)
}

/// Puts a space between a title and a name, as in "Mr.Orlan". Returns how many.
fn space_titles(text: &mut String) -> u64 {
    const TITLES: [&str; 5] = ["Mr.", "Mrs.", "Ms.", "Dr.", "Messrs."];
    let mut places: Vec<usize> = TITLES
        .iter()
        .flat_map(|title| {
            text.match_indices(title).map(|(at, title)| (at, at + title.len())).collect::<Vec<_>>()
        })
        .filter(|(at, end)| {
            text[*end..].starts_with(char::is_uppercase)
                && !text[..*at].ends_with(char::is_alphanumeric)
        })
        .map(|(_, end)| end)
        .collect();
    places.sort_unstable();
    places.iter().rev().for_each(|at| text.insert(*at, ' '));
    places.len() as u64
}

/// "1 space", "2 spaces".
fn count_noun(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// Says what was left out.
fn describe_counts(counts: &body::BodyCounts, parted: bool, decoded: &mut Decoded) {
    if parted {
        decoded.notes.push("put the columns of its pages into reading order".to_owned());
    }
    if counts.deleted + counts.inserted > 0 {
        decoded.notes.push(format!(
            "tracked changes: kept {} and left out {}",
            count_noun(counts.inserted, "insertion"),
            count_noun(counts.deleted, "deletion")
        ));
    }
    if counts.hidden > 0 {
        decoded.repairs.push(("hidden_text", counts.hidden));
        decoded
            .notes
            .push(format!("left out {} of hidden text", count_noun(counts.hidden, "piece")));
    }
    if counts.notes > 0 {
        decoded.doubts.push(format!(
            "the Word file has {}, whose text is left out",
            count_noun(counts.notes, "footnote or endnote")
        ));
    }
    if counts.numbered > 0 {
        decoded.doubts.push(format!(
            "{} of the Word file had automatic numbers, which are not part of its text",
            count_noun(counts.numbered, "paragraph")
        ));
    }
    if counts.symbols > 0 {
        decoded.doubts.push(format!(
            "{} of symbol fonts in the Word file became \u{FFFD}",
            count_noun(counts.symbols, "character")
        ));
    }
}

/// What a zip file is that is no Word file.
fn name_other(names: &[String]) -> String {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let what = if has("content.xml") {
        "this is an OpenDocument file (.odt); save it as .docx or PDF and import that"
    } else if has("xl/") {
        "this is a spreadsheet (.xlsx), not a record; import the text or the PDF of the record"
    } else if has("ppt/") {
        "this is a presentation (.pptx), not a record; import the text or the PDF of the record"
    } else if has("META-INF/container.xml") {
        "this is an electronic book (.epub); save it as .docx or text and import that"
    } else if has("Index/Document.iwa") {
        "this is a Pages document; export it as .docx or PDF and import that"
    } else {
        "this is a zip file without a Word document in it; unpack it and import the files in it"
    };
    what.to_owned()
}
