//! Fetching of a record while one reads: what is asked before it, and how far it is.

use super::number::thousands;
use crate::record::Symbol;

/// The host that records are fetched from.
pub const HOST: &str = "documents.un.org";

/// What is known of the fetching of records.
#[derive(Clone, Debug, Default)]
pub struct Fetching {
    /// Why nothing may be fetched, in one line; `None` where it may.
    pub forbidden: Option<String>,
    /// The record that the person was asked about; the next key answers.
    pub asked: Option<Symbol>,
    /// The record that is being fetched.
    pub running: Option<Running>,
}

/// A record that is being fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// Its symbol.
    pub symbol: Symbol,
    /// The number of bytes that came.
    pub have: u64,
    /// The number of all bytes, once it is known.
    pub whole: Option<u64>,
}

impl Running {
    /// How far it is, for the status line.
    pub fn words(&self) -> String {
        let kilobytes = |bytes: u64| thousands(usize::try_from(bytes.div_ceil(1000)).unwrap_or(0));
        let symbol = &self.symbol;
        match self.whole {
            _ if self.have == 0 => format!("fetching {symbol} \u{2026}"),
            Some(whole) => {
                format!("fetching {symbol}: {} of {} kB", kilobytes(self.have), kilobytes(whole))
            }
            None => format!("fetching {symbol}: {} kB", kilobytes(self.have)),
        }
    }
}

/// The question before a record is fetched, without the keys that answer it. The size is not known
/// before the host is asked, and it is not asked before the person agrees.
pub fn question(symbol: &Symbol) -> String {
    format!("fetch {symbol} from {HOST}, about 1 MB?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_is_said_in_kilobytes() {
        let words = |have, whole| Running { symbol: Symbol::verbatim(9400), have, whole }.words();
        assert_eq!(words(0, Some(570_000)), "fetching S/PV.9400 \u{2026}");
        assert_eq!(words(120_000, Some(1_570_001)), "fetching S/PV.9400: 120 of 1,571 kB");
        assert_eq!(words(120_000, None), "fetching S/PV.9400: 120 kB");
    }
}
