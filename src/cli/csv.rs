//! Comma-separated values, by RFC 4180, that no spreadsheet takes for formulas.

use std::io::{self, Write};

use unicode_normalization::UnicodeNormalization as _;

use crate::record::harmless;

/// Begins a table for Excel, which takes a file without a byte order mark for one of its old encodings.
///
/// # Errors
/// When it cannot be written.
pub fn write_mark(out: &mut dyn Write, excel: bool) -> io::Result<()> {
    if excel { write!(out, "\u{FEFF}") } else { Ok(()) }
}

/// One row with its line end. A cell that a spreadsheet would compute gets an apostrophe before it;
/// control characters become harmless.
#[must_use]
pub fn format_row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format_cell(cell.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

fn format_cell(text: &str) -> String {
    let text = harmless::text(text);
    let text = if is_computed(&text) { format!("'{text}") } else { text.into_owned() };
    // A spreadsheet may be set to part cells at these, too.
    if text.contains(['"', ',', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Whether a spreadsheet could take a harmless text for a formula: its first character that shows is one of
/// `= + - @`, or their like in full width, small or raised, which some programs turn into these.
fn is_computed(text: &str) -> bool {
    let hidden = |c: char| c.is_whitespace() || c == harmless::MARK || harmless::is_mark(c);
    let first = text.chars().find(|c| !hidden(*c));
    let plain = first.and_then(|first| std::iter::once(first).nfkc().next());
    matches!(plain, Some('=' | '+' | '-' | '@' | '\u{2212}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_defused() {
        assert_eq!(format_row(&["a", "b,c", "d\"e", "f\ng"]), "a,\"b,c\",\"d\"\"e\",\"f\ng\"\r\n");
        assert_eq!(format_row(&["a;b", "=A1,\"x\"", ""]), "\"a;b\",\"'=A1,\"\"x\"\"\",\r\n");
        assert_eq!(format_row(&["a\u{1b}[2J", "a=b", "\t=1"]), "a\u{FFFD}[2J,a=b,' =1\r\n");
    }

    #[test]
    fn no_cell_begins_as_a_formula_after_anything_that_does_not_show() {
        let before = [
            "",
            " ",
            "\t",
            "\r",
            "\n",
            "\u{b}",
            "\u{c}",
            "\u{85}",
            "\u{a0}",
            "\u{1680}",
            "\u{180e}",
            "\u{2003}",
            "\u{2009}",
            "\u{200b}",
            "\u{200d}",
            "\u{2028}",
            "\u{202f}",
            "\u{3000}",
            "\u{feff}",
            "\u{fe0f}",
            "\u{fffd}",
            "\u{301}",
            " \u{a0}\n ",
            "\u{0}",
        ];
        for sign in "=+-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−﬩".chars() {
            for before in before {
                let cell = format_cell(&format!("{before}{sign}1"));
                assert!(cell.starts_with(['\'', '"']), "{before:?}{sign}: {cell:?}");
                assert!(
                    cell.trim_start_matches('"').starts_with('\''),
                    "{before:?}{sign}: {cell:?}"
                );
            }
        }
        for plain in ["Peace", "“No”", "(a) = b", "'=1", "5-1", "\u{2013} no", "…"] {
            assert!(!is_computed(plain), "{plain}");
        }
    }

    #[test]
    fn excel_is_given_its_mark_once() {
        let mut out = Vec::new();
        write_mark(&mut out, false).unwrap();
        assert!(out.is_empty());
        write_mark(&mut out, true).unwrap();
        assert_eq!(out, b"\xef\xbb\xbf");
    }
}
