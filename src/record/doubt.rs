//! The shape of a doubt about a record.

use serde::{Deserialize, Serialize};

/// Something in a record that may be wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The number of the statement it is in or after, where it has a place among the statements.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// The printed page, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// What is doubtful and why, in one sentence.
    pub text: String,
}

/// One of all the doubts about a record, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedDoubt {
    /// The item it is about, by its index; `None` if it is about the whole record.
    pub item: Option<usize>,
    /// The number of the statement that item is, or of the last one before it.
    pub statement: Option<u32>,
    /// The printed page, where it is known.
    pub page: Option<u32>,
    /// What is doubtful and why, in one sentence.
    pub text: String,
}

impl PlacedDoubt {
    /// The doubt in one line, with its place: `page 4, after statement 3: ...`.
    #[must_use]
    pub fn spelled(&self) -> String {
        match self.place() {
            Some(place) => format!("{place}: {}", self.text),
            None => self.text.clone(),
        }
    }

    /// Where it is, in words: `statement 3, page 4`; `None` if it is about the whole record.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let statement = self.statement.map(|number| format!("statement {number}"));
        let page = self.page.map(|page| format!("page {page}"));
        let parts: Vec<String> = statement.into_iter().chain(page).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
