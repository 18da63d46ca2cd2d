//! Kept queries in lines.

use std::ops::Range;

use crate::app::kept::{KeptFound, KeptRow, day};
use crate::app::number::thousands;
use crate::app::shared::Shared;
use crate::screens::behaviour::Speech;
use crate::screens::speech::{numbered, sentence};

use super::state::Kept;

impl Speech for Kept {
    fn place_name(&self) -> String {
        "queries".to_owned()
    }

    fn line_count(&self) -> Option<usize> {
        Some(self.rows.len())
    }

    fn lines(&self, range: Range<usize>, _shared: &Shared) -> Vec<String> {
        let rows = self.rows.iter().skip(range.start).take(range.len());
        numbered(range.start, rows.map(line))
    }

    fn summary(&self) -> Vec<String> {
        vec![sentence(self.heading())]
    }
}

/// A kept query.
fn line(row: &KeptRow) -> String {
    format!("{}: {}. {}", row.kept.name, row.kept.query.trim(), found(row))
}

/// What it finds, since when, and in which library: one sentence each.
pub(super) fn found(row: &KeptRow) -> String {
    let since = match row.kept.looked {
        Some(at) => format!(" since {}", day(at)),
        None => ", not looked at before".to_owned(),
    };
    let mut words = match &row.found {
        KeptFound::Awaited => "being asked".to_owned(),
        KeptFound::Trouble(why) => why.clone(),
        KeptFound::Counted { statements, new } => {
            let s = if *statements == 1 { "" } else { "s" };
            format!("{} statement{s}, {} new{since}", thousands(*statements), thousands(*new))
        }
    };
    words = sentence(words);
    if let Some(elsewhere) = &row.elsewhere {
        let more = format!(
            " It was looked at in another library, {elsewhere}: new is what was not found there."
        );
        words.push_str(&more);
    }
    words
}
