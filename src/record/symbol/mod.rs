//! Document symbols: every spelling people use, printed in one.

use std::fmt;
use std::str::FromStr;

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

/// A document symbol, ordered by series, number, part and resumption.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Symbol {
    series: Series,
    year: u16,
    number: u32,
    part: u8,
    resumption: u8,
}

/// Why some text is no symbol; it shows three that would be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{given:?} is not a symbol this program knows; try 8668, S/PV.8668 (Resumption 1) or S/2020/254"
)]
pub struct SymbolError {
    /// What was given, made harmless.
    pub given: String,
}

impl Symbol {
    /// The verbatim record of meeting `number`.
    #[must_use]
    pub fn verbatim(number: u32) -> Self {
        Self { series: Series::Verbatim, year: 0, number, part: 0, resumption: 0 }
    }

    /// The series.
    #[must_use]
    pub fn series(&self) -> Series {
        self.series
    }

    /// The meeting number, or the number of the letter in its year.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Which resumption, 0 for the meeting itself.
    #[must_use]
    pub fn resumption(&self) -> u8 {
        self.resumption
    }

    /// The symbol of the meeting, without part and resumption: what a meeting and its resumptions share.
    #[must_use]
    pub fn meeting(&self) -> Self {
        Self { part: 0, resumption: 0, ..self.clone() }
    }

    /// The name of a record file without language and ending: every run of other characters as one `_`.
    #[must_use]
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

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.series {
            Series::Verbatim => write!(f, "S/PV.{}", self.number)?,
            Series::Letter => write!(f, "S/{}/{}", self.year, self.number)?,
            Series::Exercise => write!(f, "MSC/PV.{}", self.number)?,
        }
        if self.part > 0 {
            write!(f, " (Part {})", self.part)?;
        }
        if self.resumption > 0 {
            write!(f, " (Resumption {})", self.resumption)?;
        }
        Ok(())
    }
}

impl FromStr for Symbol {
    type Err = SymbolError;

    fn from_str(text: &str) -> Result<Self, SymbolError> {
        let error = || SymbolError { given: text.to_owned() };
        let (series, rest) = if let Some(rest) = text.strip_prefix("S/PV.") {
            (Series::Verbatim, rest)
        } else if let Some(rest) = text.strip_prefix("MSC/PV.") {
            (Series::Exercise, rest)
        } else {
            (Series::Verbatim, text)
        };
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let number = rest[..digits].parse().map_err(|_| error())?;
        let resumption = match rest[digits..].strip_prefix(" (Resumption ") {
            Some(tail) => tail.trim_end_matches(')').parse().map_err(|_| error())?,
            None => 0,
        };
        Ok(Self { series, year: 0, number, part: 0, resumption })
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
