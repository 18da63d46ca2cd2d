//! Records from and to JSON.
//!
//! Reading reports one error that names the position and what to do, and repairs nothing. The
//! caller adds the file name. Compression, folders and safe writes are in `crate::library`, other
//! formats in `crate::import`.

mod item;
mod statements;
#[cfg(test)]
mod tests;

pub use statements::read_statements;

use serde::{Deserialize, Serialize};

use super::symbol::Series;
use super::{Item, Paragraph, Record, Statement, harmless};

/// The largest text that is read, in bytes: 64 MiB. The longest real record has under one.
pub const LARGEST: usize = 64 << 20;

/// The most commas, brackets and braces that are read. The longest record of the full corpus has
/// 12,000; each can take a hundred bytes of memory, so that without this limit a file within
/// [`LARGEST`] could take a gigabyte.
pub const PARTS: usize = 1 << 19;

/// How many characters of a message or a path are shown; both can carry text of the file.
const LONGEST: usize = 240;

/// Why some bytes are not a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// The text is larger than [`LARGEST`].
    #[error(
        "the file has {size} MiB, a record at most {} MiB; split it or import its source again",
        LARGEST >> 20
    )]
    TooLarge {
        /// Its size in MiB, rounded up.
        size: usize,
    },
    /// It has more commas, brackets and braces than [`PARTS`].
    #[error("the file has more parts than any record; split it or import its source again")]
    TooMany,
    /// The bytes are not UTF-8.
    #[error("line {line}, column {column}: not UTF-8; save the file as UTF-8")]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
    },
    /// The JSON is broken, cut short or of another shape; `path` names the field.
    #[error("line {line}, column {column}, field {path}: {message}")]
    Shape {
        /// The field, such as `items[3].speaker.name`, or `.` for the whole.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1, or 0 before the first.
        column: usize,
        /// What is wrong and what to do.
        message: String,
    },
    /// The file is of a format this program does not read.
    #[error("field format: {message}")]
    Format {
        /// What it says and what to do.
        message: String,
    },
    /// The fields have the right types but contradict each other.
    #[error("field {path}: {message}")]
    Content {
        /// The field, such as `items[3].paragraphs[0].breaks[1].at`.
        path: String,
        /// What is wrong and what to do.
        message: String,
    },
}

/// Reads one record. Fields it does not know are ignored.
///
/// # Errors
/// If the bytes are not the JSON of a record, with the position and what to do.
pub fn read_record(bytes: &[u8]) -> Result<Record, JsonError> {
    if bytes.len() > LARGEST {
        return Err(JsonError::TooLarge { size: bytes.len().div_ceil(1 << 20) });
    }
    if bytes.len() > PARTS
        && bytes.iter().filter(|b| matches!(b, b',' | b'[' | b'{')).count() > PARTS
    {
        return Err(JsonError::TooMany);
    }
    let text = std::str::from_utf8(bytes).map_err(|e| not_utf8(&bytes[..e.valid_up_to()]))?;
    // Some editors put a byte order mark before UTF-8; it is no part of the JSON.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let record = shape::<Record>(text).map_err(|wrong| {
        // A newer format may have another shape; then the format is reported, not the shape.
        match shape::<Head>(text).map(|head| check_format(&head.format)) {
            Ok(Err(format)) => format,
            _ => wrong,
        }
    })?;
    check_format(&record.format)?;
    check_content(&record)?;
    Ok(record)
}

/// Writes one record as the text of a record file: fields in the order of the design, one newline
/// at the end, and every control and bidirectional control as `\u`.
pub fn write_record(record: &Record) -> String {
    // A record has no map with other keys than strings, so this cannot fail.
    let mut text = escaped(serde_json::to_string_pretty(record).unwrap_or_default());
    text.push('\n');
    text
}

/// Writes any value as JSON on one line without a newline at its end; C0 and C1 controls and every
/// other character [`harmless::is_harmful`] names are written as `\u`.
///
/// A value that JSON cannot represent (a map whose keys are not strings) becomes an object with the
/// single field `error`.
pub fn to_line(value: &impl Serialize) -> String {
    escaped(
        serde_json::to_string(value)
            .unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()),
    )
}

/// The only field read if the shape does not match.
#[derive(Deserialize)]
struct Head {
    format: String,
}

/// Escapes harmful characters in finished JSON. They occur only inside strings there, so no parser
/// is needed.
fn escaped(json: String) -> String {
    if json.is_ascii() && !json.contains('\u{7F}') {
        // serde_json has escaped C0 already.
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if harmless::is_harmful(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Reads a value of the shape `T` and nothing after it. Tracking the path of every field takes
/// longer than reading, so only a faulty text is read a second time with it.
fn shape<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, JsonError> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|e| broken(&e.path().to_string(), e.inner()))?;
    json.end().map_err(|e| broken(".", &e))?;
    Ok(value)
}

/// What serde_json reported, without its own position at the end, and what to do.
fn broken(path: &str, error: &serde_json::Error) -> JsonError {
    use serde_json::error::Category;

    let full = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = cut(full.strip_suffix(&place).unwrap_or(&full));
    let message = match error.classify() {
        Category::Eof if error.line() <= 1 && error.column() == 0 => {
            "the file is empty; import its source again".to_owned()
        }
        Category::Eof => "unexpected end of file; copy or import it again".to_owned(),
        Category::Syntax | Category::Io => format!(
            "not JSON here ({what}); correct it, or import the source again: \
             other formats are read by `spv import`"
        ),
        Category::Data => format!("{what}; correct the field, or import the source again"),
    };
    JsonError::Shape { path: cut(path), line: error.line(), column: error.column(), message }
}

/// Whether this program reads the format: `spv/1`, or a later minor number such as `spv/1.3`.
fn check_format(format: &str) -> Result<(), JsonError> {
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
            "\"{}\" is not a format this program reads; a record says \"{}\"",
            cut(format),
            Record::FORMAT
        ),
    };
    Err(JsonError::Format { message })
}

/// Whether the parts of a record agree with each other.
fn check_content(record: &Record) -> Result<(), JsonError> {
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
                    "expected statement {expected}, found {}; \
                     number the statements 1, 2, 3 in their order",
                    statement.number
                ),
            ));
        }
        expected += 1;
        check_breaks(index, statement)?;
    }
    Ok(())
}

/// Whether each page break is within its text, on a character boundary and after the previous one.
fn check_breaks(item: usize, statement: &Statement) -> Result<(), JsonError> {
    for (index, paragraph) in statement.paragraphs.iter().enumerate() {
        let Paragraph { text, breaks, .. } = paragraph;
        let mut before = None;
        for (number, turn) in breaks.iter().enumerate() {
            let fault = if turn.at > text.len() {
                format!("byte {} is past the end of the text, which has {}", turn.at, text.len())
            } else if !text.is_char_boundary(turn.at) {
                format!("byte {} is inside a character of the text", turn.at)
            } else if before.is_some_and(|before| turn.at <= before) {
                format!("byte {} is not after the previous break", turn.at)
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

/// Text that may come from the file, made harmless, on one line and shortened.
fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    harmless::line(&short).into_owned()
}

/// The position after the valid UTF-8.
fn not_utf8(valid: &[u8]) -> JsonError {
    let line_start = valid.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    JsonError::NotUtf8 {
        line: valid.iter().filter(|&&b| b == b'\n').count() + 1,
        column: valid.len() - line_start + 1,
    }
}
