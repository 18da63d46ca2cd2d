//! Where the reader opens: what the words after `spv` mean when they are no command.

use crate::record::Symbol;

/// Where the reader opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the meetings.
    Meetings,
    /// At a record.
    Record {
        /// Its symbol.
        symbol: Symbol,
        /// The printed page, where one is named.
        page: Option<u32>,
    },
    /// In Find, on these words.
    Find(String),
    /// Where the reader was left.
    Resume,
}

impl Start {
    /// What words mean: a symbol, a symbol and a page (`8628 p2`, `8628, p. 2`), or words to find.
    #[must_use]
    pub fn of(words: &[String]) -> Self {
        let text = words.join(" ");
        let text = text.trim();
        if text.is_empty() {
            return Self::Meetings;
        }
        match Symbol::parse_with_page(text) {
            Some((symbol, page)) => Self::Record { symbol, page },
            None => Self::Find(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_a_record_a_page_or_a_find() {
        let record = |number, page| Start::Record { symbol: Symbol::verbatim(number), page };
        let table: &[(&[&str], Start)] = &[
            (&[], Start::Meetings),
            (&["  "], Start::Meetings),
            (&["8668"], record(8668, None)),
            (&["S/PV.8668"], record(8668, None)),
            (&["8628 p2"], record(8628, Some(2))),
            (&["8628", "p2"], record(8628, Some(2))),
            (&["S/PV.8628, p. 2"], record(8628, Some(2))),
            (&["S/PV.8628,", "page", "12"], record(8628, Some(12))),
            (&["umarov", "kazakhstan"], Start::Find("umarov kazakhstan".to_owned())),
            (&["trap 2"], Start::Find("trap 2".to_owned())),
            (&["p2"], Start::Find("p2".to_owned())),
        ];
        for (words, start) in table {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(&Start::of(&words), start, "{words:?}");
        }
    }
}
