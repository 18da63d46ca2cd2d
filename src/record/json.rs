//! Records from and to JSON.

use super::Record;

/// Why some bytes are no record.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// The JSON is broken or of another shape; `path` names the field.
    #[error("line {line}, field {path}: {message}")]
    Shape {
        /// The field, such as `items[3].speaker.name`, or `.` for the whole.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what to do.
        message: String,
    },
}

/// Reads one record.
///
/// # Errors
/// When the bytes are no JSON of a record, with the place and what to do.
pub fn read(bytes: &[u8]) -> Result<Record, JsonError> {
    serde_json::from_slice(bytes).map_err(|e| JsonError::Shape {
        path: ".".to_owned(),
        line: e.line(),
        message: e.to_string(),
    })
}

/// Writes one record as the text of a record file.
#[must_use]
pub fn write(record: &Record) -> String {
    serde_json::to_string_pretty(record).unwrap_or_default()
}
