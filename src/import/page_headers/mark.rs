//! What a header or footer says.

use jiff::civil::Date;

use super::parts::{self, HeaderPart, PartKind};
use crate::record::Symbol;

/// What a header or footer says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderMark {
    /// The page of `3/4`, and how many there are, if that is printed.
    pub(super) page: Option<(u32, Option<u32>)>,
    /// Whether the page is even, by the order of symbol and date in a header.
    pub(super) even: Option<bool>,
    pub(super) symbol: Option<Symbol>,
    pub(super) date: Option<Date>,
    pub(super) title: Option<String>,
}

impl HeaderMark {
    /// What these parts say, in their order.
    pub(super) fn from_parts<'a>(parts: impl Iterator<Item = &'a HeaderPart>) -> Self {
        let mut mark = Self::default();
        for part in parts {
            match part {
                HeaderPart::Symbol(symbol) if mark.symbol.is_none() => {
                    mark.symbol = Some(symbol.clone());
                    mark.even = mark.date.map(|_| false);
                }
                HeaderPart::Date(date) if mark.date.is_none() => {
                    mark.date = Some(*date);
                    mark.even = mark.symbol.as_ref().map(|_| true);
                }
                HeaderPart::Title(title) if mark.title.is_none() => {
                    mark.title = Some(title.clone());
                }
                HeaderPart::Page(n, of) if mark.page.is_none() => mark.page = Some((*n, *of)),
                _ => {}
            }
        }
        mark
    }

    /// The number of pages, if this is a footer that says it.
    pub fn page_count(&self) -> Option<u32> {
        self.page.and_then(|(_, of)| of)
    }

    /// The page number, if this is a footer with one.
    pub fn page(&self) -> Option<u32> {
        self.page.map(|(number, _)| number)
    }
}

/// Parses a line such as "symbol title date", "date title symbol" or a symbol alone.
pub fn parse_header(line: &str) -> Option<HeaderMark> {
    let parts = parts::parse_parts(line);
    let header = |part: &HeaderPart| {
        matches!(part.kind(), PartKind::Symbol | PartKind::Date | PartKind::Title)
    };
    let mark = HeaderMark::from_parts(parts.iter());
    (mark.symbol.is_some() && parts.iter().all(header)).then_some(mark)
}

/// Parses a line such as `24-15339 3/4` in either order, `26-01812 (5)`, or `3/4`.
pub fn parse_footer(line: &str) -> Option<HeaderMark> {
    let parts = parts::parse_parts(line);
    let footer = |part: &HeaderPart| matches!(part.kind(), PartKind::Fraction | PartKind::Job);
    let mark = HeaderMark::from_parts(parts.iter());
    let told = mark.page.is_some() || (!parts.is_empty() && line.contains('('));
    (told && parts.iter().all(footer)).then_some(mark)
}
