//! The names of the files of the data set: the document of a text, and its place there.
//!
//! `UNSC_2019_SPV.8668Resumption1_spch0019.txt` is speech 19 of the first resumption of S/PV.8668.

use crate::import::cover::file_name;
use crate::record::Symbol;

/// The name of a text, parsed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpeechName {
    /// The document ("UNSC_2019_SPV.8668Resumption1").
    pub basename: String,
    /// The number of the speech; mostly from 1, in some documents from 0.
    pub number: u32,
    /// The suffix of the number if a speech was split into several texts ("b", "2"), else empty.
    pub part: String,
}

/// Parses the last part of the name of a member or of a path.
#[must_use]
pub fn parse_name(name: &str) -> Option<SpeechName> {
    let name = name.rsplit(['/', '\\']).next()?;
    let (basename, rest) = name.strip_suffix(".txt")?.rsplit_once("_spch")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let part = rest[digits..].trim_start_matches(['_', '-', '.', '(', ' ']).trim_end_matches(')');
    let plain = |text: &str, also: &[u8]| {
        text.bytes().all(|b| b.is_ascii_alphanumeric() || also.contains(&b))
    };
    if !(1..=6).contains(&digits) || part.len() > 8 || !plain(part, b"") {
        return None;
    }
    if !basename.starts_with("UNSC_") || basename.len() > 80 || !plain(basename, b"._-()") {
        return None;
    }
    let number = rest[..digits].parse().ok()?;
    Some(SpeechName { basename: basename.to_owned(), number, part: part.to_owned() })
}

/// Whether a file is the table of this stem by its name without the extension, which may have the mark of a
/// copy: "speaker", "Speaker (1)".
#[must_use]
pub fn is_table_name(stem: &str, table: &str) -> bool {
    file_name::without_copy_marks(stem).eq_ignore_ascii_case(table)
}

/// The symbol of a document by its name.
#[must_use]
pub fn document_symbol(basename: &str) -> Option<Symbol> {
    let raw = basename.split_once("SPV.")?.1;
    // Videoconferences have the symbol of a letter in the place of the number of the meeting.
    let letter = raw.split_once('_').filter(|(year, number)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        year.len() == 4 && digits(year) && digits(number)
    });
    match letter {
        Some((year, number)) => format!("S/{year}/{number}").parse().ok(),
        None => format!("S/PV.{}", raw.replace('_', " ")).parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_layout() {
        for (name, basename, number, part) in [
            ("speeches/UNSC_2020_SPV.8698_spch0001.txt", "UNSC_2020_SPV.8698", 1, ""),
            ("UNSC_2020_SPV.8698_spch019.txt", "UNSC_2020_SPV.8698", 19, ""),
            ("UNSC_2020_SPV.2020_254_spch003.txt", "UNSC_2020_SPV.2020_254", 3, ""),
            ("UNSC_1995_SPV.3492Resumption1_spch1.txt", "UNSC_1995_SPV.3492Resumption1", 1, ""),
            ("UNSC_2020_SPV.8698_spch0012b.txt", "UNSC_2020_SPV.8698", 12, "b"),
            ("UNSC_2020_SPV.8698_spch0012_2.txt", "UNSC_2020_SPV.8698", 12, "2"),
            ("UNSC_2020_SPV.8698_spch0012(2).txt", "UNSC_2020_SPV.8698", 12, "2"),
        ] {
            let want = SpeechName { basename: basename.into(), number, part: part.into() };
            assert_eq!(parse_name(name), Some(want), "{name}");
        }
    }

    #[test]
    fn other_names_are_none() {
        for name in [
            "",
            "._UNSC_2020_SPV.8698_spch0001.txt",
            "UNSC_2020_SPV.8698_spch0001.pdf",
            "UNSC_2020_SPV.8698_spch.txt",
            "UNSC_2020_SPV.8698_spch0000001.txt",
            "UNSC_2020 SPV_spch1.txt",
            "readme.txt",
        ] {
            assert_eq!(parse_name(name), None, "{name}");
        }
    }

    #[test]
    fn symbols() {
        for (basename, want) in [
            ("UNSC_2020_SPV.8698", "S/PV.8698"),
            ("UNSC_2019_SPV.8668Resumption1", "S/PV.8668 (Resumption 1)"),
            ("UNSC_2017_SPV.7985Reprise1", "S/PV.7985 (Resumption 1)"),
            ("UNSC_1997_SPV.3842Resumption", "S/PV.3842 (Resumption 1)"),
            ("UNSC_2003_SPV.4820PartII", "S/PV.4820 (Part II)"),
            ("UNSC_2020_SPV.2020_254", "S/2020/254"),
        ] {
            assert_eq!(document_symbol(basename).map(|s| s.to_string()).as_deref(), Some(want));
        }
        assert_eq!(document_symbol("UNSC_2020"), None);
        assert_eq!(document_symbol("UNSC_2020_SPV.x"), None);
    }
}
