//! Comma-separated values, by RFC 4180, that no spreadsheet takes for formulas.

use crate::record::harmless;

/// One row with its line end. A cell that begins with `= + - @` gets an apostrophe before it,
/// because a spreadsheet would compute it; control characters become harmless.
#[must_use]
pub fn row<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| self::cell(cell.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let text = harmless::text(text);
    let computed = text.trim_start().starts_with(['=', '+', '-', '@']);
    let text = if computed { format!("'{text}") } else { text.into_owned() };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_and_defused() {
        assert_eq!(row(&["a", "b,c", "d\"e", "f\ng"]), "a,\"b,c\",\"d\"\"e\",\"f\ng\"\r\n");
        for computed in ["=1+1", "+1", "-1", "@x", "  =1"] {
            assert!(row(&[computed]).starts_with('\''), "{computed}");
        }
        assert_eq!(row(&["a\u{1b}[2J"]), "a\u{FFFD}[2J\r\n");
    }
}
