//! Tab-separated tables as the data set has them: columns by name, quotes as ordinary characters.
//!
//! A field may contain a newline, so a row continues until it has all its tabs.

use std::io::{self, BufRead, Read};

use crate::import::decode;

/// The longest line and the longest row that are read, in bytes: 1 MiB. The longest known has 3 KB.
const LONGEST: usize = 1 << 20;
/// The most lines of one row.
const LINES: usize = 64;
/// The most columns of a table.
const COLUMNS: usize = 500;

/// Why a table could not be read; the message names the line and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file is not such a table, or is damaged.
    #[error("line {line}: {message}")]
    Bad {
        /// The line, from 1.
        line: u64,
        /// What is wrong and what to do.
        message: String,
    },
    /// The system failed to read it.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A table that is read row by row.
#[derive(Debug)]
pub struct Table<R> {
    input: R,
    columns: Vec<String>,
    /// The number of fields before the first named column: R writes row names without a heading.
    unnamed: usize,
    line: u64,
    waiting: Option<Vec<u8>>,
    started: bool,
    /// The number of rows whose lines were joined.
    pub joined: u64,
    /// The lines of rows that have too few or too many fields. They are skipped.
    pub broken: Vec<u64>,
}

/// One row.
#[derive(Debug, Default)]
pub struct Fields {
    cells: Vec<String>,
    unnamed: usize,
}

impl Fields {
    /// The cell of a column; `None` if there is none, or if it is empty or NA.
    #[must_use]
    pub fn get(&self, column: Option<usize>) -> Option<&str> {
        let cell = self.cells.get(column? + self.unnamed)?.as_str();
        let none = matches!(cell, "" | "NA" | "N/A" | "NaN" | "nan" | "None" | "NULL");
        (!none).then_some(cell)
    }
}

impl<R: BufRead> Table<R> {
    /// Reads the heading.
    ///
    /// # Errors
    /// If there is none, or the system fails.
    pub fn open(mut input: R) -> Result<Self, TableError> {
        let Some(heading) = read_line(&mut input, 1)? else {
            return Err(damaged_table(1, "the file is empty; download it again"));
        };
        let heading = heading.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&heading);
        let columns: Vec<String> = heading
            .split(|b| *b == b'\t')
            .map(|name| clean_cell(name).trim_matches('"').to_lowercase())
            .collect();
        if columns.len() < 2 || columns.len() > COLUMNS {
            return Err(damaged_table(
                1,
                "this is not the heading of a tab-separated table; download the file again",
            ));
        }
        let (joined, broken) = (0, Vec::new());
        Ok(Self {
            input,
            columns,
            unnamed: 0,
            line: 1,
            waiting: None,
            started: false,
            joined,
            broken,
        })
    }

    /// The index of the first of these columns that the table has.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.iter().position(|c| c == name))
    }

    /// The same for a column that the table must have.
    ///
    /// # Errors
    /// If it has not.
    pub fn required(&self, names: &[&str]) -> Result<usize, TableError> {
        self.column(names).ok_or_else(|| {
            // A damaged table may have a name of megabytes, and the message is one line.
            let short = |name: &String| name.chars().take(40).collect::<String>();
            let there: Vec<String> =
                self.columns.iter().filter(|c| !c.is_empty()).take(8).map(short).collect();
            damaged_table(
                1,
                format!(
                    "no column \"{}\" (the first columns are {:?}); this is another table or a damaged one",
                    names[0],
                    there.join(", ")
                ),
            )
        })
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// If a row does not end, the file is cut off within a row, or the system fails.
    pub fn next_row(&mut self) -> Result<Option<Fields>, TableError> {
        loop {
            let Some(mut row) = self.take_line()? else { return Ok(None) };
            if row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let begun = self.line;
            if !self.started {
                self.started = true;
                // R's write.table names no column for the row names.
                self.unnamed = usize::from(count_tabs(&row) == self.columns.len());
            }
            let wanted = self.columns.len() + self.unnamed - 1;
            let mut lines = 1;
            while count_tabs(&row) < wanted {
                let Some(more) = self.take_line()? else {
                    return Err(damaged_table(
                        begun,
                        "the row that starts here never ends: the file is cut off; download it again",
                    ));
                };
                lines += 1;
                if count_tabs(&row) + count_tabs(&more) > wanted {
                    // The next line is a row of its own, so the lines before it are none.
                    self.waiting = Some(more);
                    self.line -= 1;
                    self.broken.push(begun);
                    row.clear();
                    break;
                }
                row.push(b'\n');
                row.extend_from_slice(&more);
                if lines > LINES || row.len() > LONGEST {
                    return Err(damaged_table(
                        begun,
                        "the row that starts here is too long: the file is damaged; download it again",
                    ));
                }
            }
            if row.is_empty() {
                continue;
            }
            if count_tabs(&row) > wanted {
                self.broken.push(begun);
                continue;
            }
            self.joined += u64::from(lines > 1);
            let cells = row.split(|b| *b == b'\t').map(clean_cell).collect();
            return Ok(Some(Fields { cells, unnamed: self.unnamed }));
        }
    }

    fn take_line(&mut self) -> Result<Option<Vec<u8>>, TableError> {
        let next = match self.waiting.take() {
            Some(line) => Some(line),
            None => read_line(&mut self.input, self.line + 1)?,
        };
        self.line += u64::from(next.is_some());
        Ok(next)
    }
}

fn damaged_table(line: u64, message: impl Into<String>) -> TableError {
    TableError::Bad { line, message: message.into() }
}

fn count_tabs(row: &[u8]) -> usize {
    row.iter().filter(|b| **b == b'\t').count()
}

/// Reads one line without its end, up to [`LONGEST`] bytes.
fn read_line(input: &mut impl BufRead, number: u64) -> Result<Option<Vec<u8>>, TableError> {
    let mut line = Vec::new();
    let read = input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line)?;
    if read > LONGEST {
        return Err(damaged_table(
            number,
            "this line is too long: the file is damaged; download it again",
        ));
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok((read > 0).then_some(line))
}

/// A cell with single spaces and single apostrophes.
fn clean_cell(bytes: &[u8]) -> String {
    let whole = decode::decode_words(bytes);
    let words: Vec<&str> = whole.split_whitespace().collect();
    words.join(" ").replace("''", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_missing_is_one_short_line_whatever_the_others_are() {
        let heading = format!("filename\t{}\tdate\n", "long".repeat(100_000));
        let table = Table::open(heading.as_bytes()).unwrap();
        let line = table.required(&["basename"]).unwrap_err().to_string();
        assert!(line.contains("filename, longlong") && line.contains(", date"), "{line}");
        assert!(line.len() < 300, "{}", line.len());
    }

    fn rows(table: &str) -> (Vec<Vec<String>>, Table<&[u8]>) {
        let mut table = Table::open(table.as_bytes()).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = table.next_row().unwrap() {
            rows.push(row.cells);
        }
        (rows, table)
    }

    #[test]
    fn quotes_are_ordinary_and_apostrophes_single() {
        let (rows, _) = rows("a\tb\n\"x\ty\" Charge d''Affaires\n");
        assert_eq!(rows, [["\"x", "y\" Charge d'Affaires"]]);
    }

    #[test]
    fn a_field_with_a_newline_is_joined() {
        let (rows, table) = rows("a\tb\tc\r\n1\tin\nvented\t3\r\n4\t5\t6\n");
        assert_eq!(rows, [["1", "in vented", "3"], ["4", "5", "6"]]);
        assert_eq!(table.joined, 1);
    }

    #[test]
    fn a_row_with_too_few_or_too_many_fields_is_passed_over() {
        let (rows, table) = rows("a\tb\tc\n1\t2\n4\t5\t6\n1\t2\t3\t4\n7\t8\t9\n");
        assert_eq!(rows, [["4", "5", "6"], ["7", "8", "9"]]);
        assert_eq!(table.broken, [2, 4]);
    }

    #[test]
    fn columns_are_found_by_name_whatever_stands_before_them() {
        for table in ["x\tb\n1\t2\n", "b\tx\n2\t1\n", "\tx\tb\n9\t1\t2\n", "x\tb\n9\t1\t2\n"] {
            let mut table = Table::open(table.as_bytes()).unwrap();
            let column = table.column(&["nothing", "b"]);
            let row = table.next_row().unwrap().unwrap();
            assert_eq!(row.get(column), Some("2"));
            assert_eq!(row.get(table.column(&["nothing"])), None);
        }
    }

    #[test]
    fn empty_cells_are_none_and_old_encodings_are_read() {
        let mut table = Table::open(&b"\xEF\xBB\xBFa\tb\tc\nNA\t\tC\xF4te\n"[..]).unwrap();
        let row = table.next_row().unwrap().unwrap();
        assert_eq!(row.get(Some(0)), None);
        assert_eq!(row.get(Some(1)), None);
        assert_eq!(row.get(Some(2)), Some("Côte"));
    }

    #[test]
    fn what_is_no_table_or_cut_short_is_refused_with_its_line() {
        let open = |bytes: &[u8]| Table::open(bytes).unwrap_err().to_string();
        assert!(open(b"").starts_with("line 1: the file is empty"));
        assert!(open(b"no tabs here\n").starts_with("line 1: "));
        assert!(open(&vec![b'x'; LONGEST + 9]).starts_with("line 1: this line is too long"));
        let mut table = Table::open(&b"a\tb\n1\t2\n3"[..]).unwrap();
        table.next_row().unwrap();
        assert!(table.next_row().unwrap_err().to_string().starts_with("line 3: "));
        let endless = format!("a\tb\n1{}", "\nx".repeat(99));
        let mut table = Table::open(endless.as_bytes()).unwrap();
        assert!(table.next_row().unwrap_err().to_string().starts_with("line 2: "));
        let error = Table::open(&b"a\tb\n"[..]).unwrap().required(&["filename"]).unwrap_err();
        assert!(error.to_string().contains("no column \"filename\""), "{error}");
    }
}
