//! What the types of the fields cannot say: the format, the order of the numbers, the page breaks.

use super::{JsonError, cut};
use crate::record::symbol::Series;
use crate::record::{Item, Paragraph, Record, Statement};

/// Whether this program reads the format: `spv/1`, or a later minor number such as `spv/1.3`.
pub(super) fn format(format: &str) -> Result<(), JsonError> {
    let message = match format.strip_prefix("spv/").map(|v| v.split('.').next().unwrap_or(v)) {
        Some("1") => return Ok(()),
        Some(major) if !major.is_empty() && major.bytes().all(|b| b.is_ascii_digit()) => {
            format!(
                "the file is of format {}, and this program reads {}; a newer spv reads it",
                cut(format),
                Record::FORMAT
            )
        }
        _ => format!(
            "\"{}\" is no format of this program; a record says \"{}\"",
            cut(format),
            Record::FORMAT
        ),
    };
    Err(JsonError::Format { message })
}

/// Whether the parts of a record agree with one another.
pub(super) fn content(record: &Record) -> Result<(), JsonError> {
    if record.symbol.series() == Series::Exercise && !record.exercise {
        return Err(wrong(
            "exercise".to_owned(),
            format!("{} is an exercise debate; set it to true", record.symbol),
        ));
    }
    let mut expected = 1;
    for (index, item) in record.items.iter().enumerate() {
        let Item::Statement(statement) = item else { continue };
        if statement.number != expected {
            return Err(wrong(
                format!("items[{index}].number"),
                format!(
                    "statement {expected} is due here and this is {}; \
                     number the statements 1, 2, 3 in their order",
                    statement.number
                ),
            ));
        }
        expected += 1;
        breaks(index, statement)?;
    }
    Ok(())
}

/// Whether each page break stands inside its text, between two characters, behind the one before.
fn breaks(item: usize, statement: &Statement) -> Result<(), JsonError> {
    for (index, paragraph) in statement.paragraphs.iter().enumerate() {
        let Paragraph { text, breaks, .. } = paragraph;
        let mut before = None;
        for (number, turn) in breaks.iter().enumerate() {
            let fault = if turn.at > text.len() {
                format!("byte {} is behind the text, which has {}", turn.at, text.len())
            } else if !text.is_char_boundary(turn.at) {
                format!("byte {} is inside a character of the text", turn.at)
            } else if before.is_some_and(|before| turn.at <= before) {
                format!("byte {} does not stand behind the break before it", turn.at)
            } else {
                before = Some(turn.at);
                continue;
            };
            return Err(wrong(
                format!("items[{item}].paragraphs[{index}].breaks[{number}].at"),
                format!("{fault}; count bytes of UTF-8 from the paragraph's start"),
            ));
        }
    }
    Ok(())
}

fn wrong(path: String, message: String) -> JsonError {
    JsonError::Content { path, message }
}
