//! Comma-separated values (RFC 4180) that no spreadsheet takes for formulas.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use crate::record::harmless;

/// Writes a byte order mark if the table is for Excel, which reads a file without one in a legacy encoding.
pub fn write_mark(out: &mut dyn Write, excel: bool) -> io::Result<()> {
    if excel { write!(out, "\u{FEFF}") } else { Ok(()) }
}

/// Formats a row with its line ending. An apostrophe is put before a cell that a spreadsheet would compute,
/// and control characters are made harmless.
pub fn format_row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format_cell(cell.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// The cells of a row: the fields `names` of its JSON; lists are joined with semicolons.
pub fn cells(row: &impl Serialize, names: &str) -> Vec<String> {
    let row = serde_json::to_value(row).unwrap_or_default();
    let cell = |name| match &row[name] {
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join("; "),
        value => text(value),
    };
    names.split_whitespace().map(cell).collect()
}

/// A value as the text of a cell; the values of an object are joined with spaces.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(fields) => fields.values().map(text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// Formats the row of these names, separated by spaces.
pub fn format_names(names: &str) -> String {
    format_row(&names.split_whitespace().collect::<Vec<_>>())
}

fn format_cell(text: &str) -> String {
    let text = harmless::text(text);
    let text = if is_computed(&text) { format!("'{text}") } else { text.into_owned() };
    // Some spreadsheets also split cells at semicolons and tabs.
    if text.contains(['"', ',', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Whether a spreadsheet could take a harmless text for a formula: its first visible character is one of
/// `= + - @`, or a full-width, small or superscript form of them, which some programs convert.
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
        let hidden = "\t\r\n\u{b}\u{c}\u{85}\u{a0}\u{1680}\u{180e}\u{2003}\u{2009}\u{200b}\u{200d}\u{2028}\
                      \u{202f}\u{3000}\u{feff}\u{fe0f}\u{fffd}\u{301}\u{0}";
        let mut before: Vec<String> = hidden.chars().map(String::from).collect();
        before.extend(["", " ", " \u{a0}\n "].map(str::to_owned));
        for sign in "=+-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−﬩".chars() {
            for before in &before {
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
