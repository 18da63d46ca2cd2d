//! Document symbols: every spelling people use is read, one is printed.
//!
//! This file defines symbols and prints them; `parse` reads them. Whether a document exists, and
//! its date, is in `crate::facts` and never consulted here.
//!
//! Corrections (`S/PV.3105/Corr.1`), revisions, `*` for a reissue and the words "Closed" and
//! "Private" are read and dropped: the Council gives the number of a meeting once, so they add
//! nothing to number, part and resumption, and a person who types `S/PV.4072` must find `S/PV.4072
//! (Closed)`. The corrections taken into an edition are in `Record::corrections`.

mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

/// The series a symbol belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Series {
    /// `S/PV.N`, a verbatim record of the Security Council.
    Verbatim,
    /// `S/YYYY/N`, a letter that carries the statements of a videoconference.
    Letter,
    /// `MSC/PV.N`, an exercise debate of the Model Security Council.
    Exercise,
}

/// A document symbol, ordered by series, then year (of letters), number, part and resumption,
/// so that within a series the newest is last.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Symbol {
    series: Series,
    year: u16,
    number: u32,
    part: u8,
    resumption: u8,
}

/// The text is not a symbol; the message shows three that are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{given}\" is not a symbol this program knows; try 8668, S/PV.8668 (Resumption 1) or S/2020/254"
)]
pub struct SymbolError {
    /// The text, made harmless, on one line and at most [`SymbolError::LONGEST`] characters long.
    pub given: String,
}

impl SymbolError {
    /// The number of characters of the text that are shown; an ellipsis replaces the rest.
    pub const LONGEST: usize = 60;

    fn new(text: &str) -> Self {
        let mut given: String = text.chars().take(Self::LONGEST).collect();
        if given.len() < text.len() {
            given.pop();
            given.push('…');
        }
        Self { given: super::harmless::line(&given).into_owned() }
    }
}

impl Symbol {
    /// The verbatim record of meeting `number`.
    pub fn verbatim(number: u32) -> Self {
        Self { series: Series::Verbatim, year: 0, number, part: 0, resumption: 0 }
    }

    /// The letter `S/year/number`.
    pub fn letter(year: u16, number: u32) -> Self {
        Self { series: Series::Letter, year, number, part: 0, resumption: 0 }
    }

    /// The exercise debate `MSC/PV.number`.
    pub fn exercise(number: u32) -> Self {
        Self { series: Series::Exercise, year: 0, number, part: 0, resumption: 0 }
    }

    /// The same meeting's resumption `resumption`, 0 for the meeting itself.
    ///
    /// A letter has none and stays as it is.
    #[must_use]
    pub fn with_resumption(self, resumption: u8) -> Self {
        let resumption = if self.series == Series::Letter { 0 } else { resumption };
        Self { resumption, ..self }
    }

    /// Part `part` of the same meeting, 0 for a meeting that is not in parts.
    ///
    /// A letter has none and stays as it is.
    #[must_use]
    pub fn with_part(self, part: u8) -> Self {
        let part = if self.series == Series::Letter { 0 } else { part };
        Self { part, ..self }
    }

    /// The series.
    pub fn series(&self) -> Series {
        self.series
    }

    /// The year of a letter; `None` for meetings, whose symbols do not carry it.
    pub fn year(&self) -> Option<u16> {
        (self.series == Series::Letter).then_some(self.year)
    }

    /// The meeting number, or the number of the letter in its year.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Which part of the meeting, 0 where it is not in parts.
    pub fn part(&self) -> u8 {
        self.part
    }

    /// Which resumption, 0 for the meeting itself.
    pub fn resumption(&self) -> u8 {
        self.resumption
    }

    /// The symbol of the meeting, without part and resumption: what a meeting and its resumptions share.
    #[must_use]
    pub fn meeting(&self) -> Self {
        Self { part: 0, resumption: 0, ..self.clone() }
    }

    /// The symbol as it can be typed in a shell without quotation marks: `S/PV.8668`, and `8668r1`
    /// for a resumption.
    pub fn typed(&self) -> String {
        match (self.series, self.part, self.resumption) {
            (_, 0, 0) => self.to_string(),
            (Series::Verbatim, 0, resumption) => format!("{}r{resumption}", self.number),
            _ => format!("\"{self}\""),
        }
    }

    /// The name of its record file without language and extension: letters, digits and dots, every
    /// run of other characters replaced by one `_`.
    pub fn file_stem(&self) -> String {
        let mut stem = String::new();
        for c in self.to_string().chars() {
            if c.is_ascii_alphanumeric() || c == '.' {
                stem.push(c);
            } else if !stem.ends_with('_') {
                stem.push('_');
            }
        }
        stem.trim_end_matches('_').to_owned()
    }
}

/// A number from 1 to 255 in Roman numerals, as the UN numbers the parts of a meeting.
fn roman(mut number: u8) -> String {
    const STEPS: [(u8, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, letters) in STEPS {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = match self.series {
            Series::Verbatim => format!("S/PV.{}", self.number),
            Series::Letter => format!("S/{}/{}", self.year, self.number),
            Series::Exercise => format!("MSC/PV.{}", self.number),
        };
        if self.part > 0 {
            text.push_str(&format!(" (Part {})", roman(self.part)));
        }
        if self.resumption > 0 {
            text.push_str(&format!(" (Resumption {})", self.resumption));
        }
        // `pad` honours the width a caller asks for, which `write!` would not.
        f.pad(&text)
    }
}

impl TryFrom<String> for Symbol {
    type Error = SymbolError;

    fn try_from(text: String) -> Result<Self, SymbolError> {
        text.parse()
    }
}

impl From<Symbol> for String {
    fn from(symbol: Symbol) -> Self {
        symbol.to_string()
    }
}
