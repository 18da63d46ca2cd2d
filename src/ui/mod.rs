//! What several screens draw with: the pen, the looks, rows of lists, lines of text. Nothing here changes state.

pub mod chart;
pub mod paint;
pub mod rows;
pub mod text;
mod theme;

use crate::app::number::long_date;
use crate::record::{Record, Status};

pub use theme::Theme;

/// The title line of a record: symbol, date, language, status, topic.
pub fn record_title(record: &Record) -> String {
    let provisional = if record.status == Status::Provisional { " · provisional" } else { "" };
    let language = record.language.code();
    let topic =
        if record.topic.is_empty() { String::new() } else { format!(" · {}", record.topic) };
    format!("{} · {} · {language}{provisional}{}", record.symbol, long_date(record.date), topic)
}
