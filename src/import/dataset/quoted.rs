//! Rows whose fields may be in quotation marks: comma-separated tables, tables as R's `write.table` writes
//! them, and the `.tab` files of Dataverse.
//!
//! A quotation mark within such a field is doubled (RFC 4180, `qmethod = "double"`) or has a backslash before
//! it (`qmethod = "escape"`, Dataverse). Dataverse also writes `\t`, `\n` and `\\`. A mark that is none of
//! these and closes nothing is an ordinary character.

/// Splits a row into its fields; `None` if a field is still open at its end, so that the row continues on the
/// next line.
pub(super) fn split_row(row: &[u8], separator: u8) -> Option<Vec<Vec<u8>>> {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let cell = if row.get(at) == Some(&b'"') {
            let (cell, end) = read_quoted(row, at + 1, separator)?;
            at = end;
            cell
        } else {
            let len = row[at..].iter().take_while(|b| **b != separator).count();
            at += len;
            row[at - len..at].to_vec()
        };
        cells.push(cell);
        if at >= row.len() {
            return Some(cells);
        }
        at += 1;
    }
}

/// Reads a field after its opening mark; returns it with the place of the separator after it, or of the end.
fn read_quoted(row: &[u8], from: usize, separator: u8) -> Option<(Vec<u8>, usize)> {
    let ends = |at: usize| row.get(at).is_none_or(|b| *b == separator);
    let mut cell = Vec::new();
    let mut at = from;
    while let Some(&byte) = row.get(at) {
        let next = row.get(at + 1).copied();
        let (taken, len) = match (byte, next) {
            // Before a separator a mark closes the field even after a backslash, since an escaped mark at
            // the end of a field is followed by the closing one.
            (b'"', _) if ends(at + 1) => return Some((cell, at + 1)),
            (b'"', Some(b'"')) => (b'"', 2),
            (b'\\', Some(b'"')) if !ends(at + 2) => (b'"', 2),
            (b'\\', Some(b'\\')) => (b'\\', 2),
            (b'\\', Some(b't' | b'n' | b'r')) => (b' ', 2),
            _ => (byte, 1),
        };
        cell.push(taken);
        at += len;
    }
    None
}

/// Whether the words of a row are in quotation marks: most of its fields that are neither empty nor a number
/// nor NA begin and end with one.
pub(super) fn is_quoted_row(row: &[u8], separator: u8) -> bool {
    let (mut words, mut quoted) = (0, 0);
    for cell in row.split(|b| *b == separator) {
        let plain = cell.is_empty()
            || cell == b"NA"
            || cell.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e'));
        if !plain {
            words += 1;
            quoted +=
                usize::from(cell.len() >= 2 && cell.starts_with(b"\"") && cell.ends_with(b"\""));
        }
    }
    quoted > 0 && 2 * quoted > words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(row: &str) -> Option<Vec<String>> {
        let cells = split_row(row.as_bytes(), b'\t')?;
        Some(cells.into_iter().map(|cell| String::from_utf8(cell).unwrap()).collect())
    }

    #[test]
    fn both_ways_to_write_a_quotation_mark_are_read() {
        for (row, want) in [
            ("\"a\"\t1\tNA\t\"\"", &["a", "1", "NA", ""][..]),
            ("\"the \"\"well\"\"\"\tb", &["the \"well\"", "b"]),
            ("\"the \\\"well\\\"\"\tb", &["the \"well\"", "b"]),
            ("\"\"\"all\"\"\"\tb", &["\"all\"", "b"]),
            ("\"\\\"all\\\"\"\tb", &["\"all\"", "b"]),
            ("\"a\tb\"\tc", &["a\tb", "c"]),
            ("\"a\\tb\\\\c\"\td", &["a b\\c", "d"]),
            // R leaves a backslash at the end as it is.
            ("\"a\\\"\t\"b\"", &["a\\", "b"]),
            // A mark that nothing escapes.
            ("\"a \"well\" b\"\tc", &["a \"well\" b", "c"]),
            ("a \"well\" b\t\"c\"", &["a \"well\" b", "c"]),
            ("", &[""]),
            ("\t", &["", ""]),
        ] {
            assert_eq!(split(row).unwrap(), want, "{row}");
        }
        for open in ["\"a", "\"a\tb", "x\t\"", "\"a\"\"", "\"a\\"] {
            assert_eq!(split(open), None, "{open}");
        }
    }

    #[test]
    fn the_first_row_shows_whether_words_are_quoted() {
        for (row, want) in [
            ("\"1\"\t\"a\"\t2020\tNA\t", true),
            ("1\t\"a\"\t2020-01-16\t\"b\"", true),
            ("1\ta\tb\t\"c\"", false),
            ("1\t\"a\" b\tc", false),
            ("1\t2\tNA", false),
            ("\"\t\"", false),
        ] {
            assert_eq!(is_quoted_row(row.as_bytes(), b'\t'), want, "{row}");
        }
    }
}
