//! Tables as the data set has them, row by row: columns by name, fields between tabs.
//!
//! In the published files quotation marks are ordinary characters, and a field may contain a newline, so a
//! row continues until it has all its tabs. Other programs write the same tables with the words in quotation
//! marks, or with commas; these are known by their heading or their first row and read by `quoted`.

use std::io::{self, BufRead, Read};

use super::quoted::{is_quoted_row, split_row};
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
    /// The names of the columns, in small letters and digits only.
    columns: Vec<String>,
    /// The names as they are printed in messages.
    headings: Vec<String>,
    /// The byte between fields.
    separator: u8,
    /// Whether fields may be in quotation marks.
    quoted: bool,
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
        if heading.starts_with(b"\xFF\xFE") || heading.starts_with(b"\xFE\xFF") {
            return Err(damaged_table(
                1,
                "the table is in UTF-16; save it as UTF-8 and import again",
            ));
        }
        let heading = heading.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&heading);
        let separator = find_separator(heading);
        // In a table with commas quotation marks always enclose; with tabs only if the heading shows it.
        let quoted = separator != b'\t' || is_quoted_row(heading, separator);
        let headings: Vec<String> = match quoted.then(|| split_row(heading, separator)).flatten() {
            Some(cells) => cells.iter().map(|name| clean_cell(name)).collect(),
            None => heading
                .split(|b| *b == separator)
                .map(|name| clean_cell(name).trim_matches('"').to_owned())
                .collect(),
        };
        if headings.len() < 2 || headings.len() > COLUMNS {
            return Err(damaged_table(
                1,
                "this is not the heading of a tab-separated table; download the file again",
            ));
        }
        let (joined, broken) = (0, Vec::new());
        Ok(Self {
            input,
            columns: headings.iter().map(|name| fold_name(name)).collect(),
            headings,
            separator,
            quoted,
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
        // Versions differ in the spelling: "participanttype", "participant_type", "Participant Type".
        names.iter().find_map(|name| {
            let name = fold_name(name);
            self.columns.iter().position(|column| *column == name)
        })
    }

    /// The same for a column that the table must have.
    ///
    /// # Errors
    /// If it has not.
    pub fn required(&self, names: &[&str]) -> Result<usize, TableError> {
        self.column(names).ok_or_else(|| {
            damaged_table(
                1,
                format!(
                    "no column \"{}\" (the first columns are {:?}); this is another table or a damaged one",
                    names.first().unwrap_or(&""),
                    self.first_columns()
                ),
            )
        })
    }

    /// The heading of a column, as printed and cut to one short line.
    #[must_use]
    pub fn heading(&self, column: usize) -> String {
        self.headings.get(column).map(|name| shorten(name)).unwrap_or_default()
    }

    /// The first columns for a message. A damaged table may have a name of megabytes, and the message is one
    /// line.
    fn first_columns(&self) -> String {
        let there: Vec<String> = self
            .headings
            .iter()
            .filter(|name| !name.is_empty())
            .take(8)
            .map(|name| shorten(name))
            .collect();
        there.join(", ")
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// If a row does not end, the file is cut off within a row, or the system fails.
    pub fn next_row(&mut self) -> Result<Option<Fields>, TableError> {
        loop {
            let Some(row) = self.take_line()? else { return Ok(None) };
            if row.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let first = !self.started;
            self.started = true;
            if first && !self.quoted {
                // Dataverse writes the heading without quotation marks.
                self.quoted = is_quoted_row(&row, self.separator);
            }
            let read = match self.quoted {
                true => self.finish_quoted(row, first)?,
                false => self.finish_plain(row, first)?,
            };
            if let Some(cells) = read {
                return Ok(Some(Fields { cells, unnamed: self.unnamed }));
            }
        }
    }

    /// The cells of a row of a plain table that starts with this line; `None` if it has too few or too many.
    fn finish_plain(
        &mut self,
        mut row: Vec<u8>,
        first: bool,
    ) -> Result<Option<Vec<String>>, TableError> {
        let begun = self.line;
        if first {
            self.count_unnamed(count_tabs(&row) + 1);
        }
        let wanted = self.wanted() - 1;
        let mut lines = 1;
        while count_tabs(&row) < wanted {
            let Some(more) = self.take_line()? else { return Err(cut_off(begun)) };
            lines += 1;
            if count_tabs(&row) + count_tabs(&more) > wanted {
                // The next line is a row of its own, so the lines before it are none.
                self.give_back(more);
                self.broken.push(begun);
                return Ok(None);
            }
            push_line(&mut row, &more, lines, begun)?;
        }
        if count_tabs(&row) > wanted {
            self.broken.push(begun);
            return Ok(None);
        }
        self.joined += u64::from(lines > 1);
        Ok(Some(row.split(|b| *b == b'\t').map(clean_cell).collect()))
    }

    /// The same for a table whose fields may be in quotation marks.
    fn finish_quoted(
        &mut self,
        mut row: Vec<u8>,
        first: bool,
    ) -> Result<Option<Vec<String>>, TableError> {
        let begun = self.line;
        let mut lines = 1;
        let cells = loop {
            if let Some(cells) = split_row(&row, self.separator) {
                break cells;
            }
            let Some(more) = self.take_line()? else { return Err(cut_off(begun)) };
            lines += 1;
            push_line(&mut row, &more, lines, begun)?;
        };
        if first {
            self.count_unnamed(cells.len());
        }
        if cells.len() != self.wanted() {
            match self.take_line()? {
                None if cells.len() < self.wanted() => return Err(cut_off(begun)),
                more => more.into_iter().for_each(|line| self.give_back(line)),
            }
            self.broken.push(begun);
            return Ok(None);
        }
        self.joined += u64::from(lines > 1);
        Ok(Some(cells.iter().map(|cell| clean_cell(cell)).collect()))
    }

    /// R's write.table names no column for the row names.
    fn count_unnamed(&mut self, fields: usize) {
        self.unnamed = usize::from(fields == self.columns.len() + 1);
    }

    /// The number of fields of a row.
    fn wanted(&self) -> usize {
        self.columns.len() + self.unnamed
    }

    /// Reads a line again with the next row.
    fn give_back(&mut self, line: Vec<u8>) {
        self.waiting = Some(line);
        self.line -= 1;
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

/// The start of a name, for a message.
fn shorten(name: &str) -> String {
    name.chars().take(40).collect()
}

fn cut_off(line: u64) -> TableError {
    damaged_table(
        line,
        "the row that starts here never ends: the file is cut off; download it again",
    )
}

/// Adds a line to a row that continues on it.
fn push_line(row: &mut Vec<u8>, line: &[u8], lines: usize, begun: u64) -> Result<(), TableError> {
    row.push(b'\n');
    row.extend_from_slice(line);
    if lines > LINES || row.len() > LONGEST {
        return Err(damaged_table(
            begun,
            "the row that starts here is too long: the file is damaged; download it again",
        ));
    }
    Ok(())
}

/// The byte between the names of a heading: a tab, else what spreadsheets write.
fn find_separator(heading: &[u8]) -> u8 {
    let count = |wanted: u8| heading.iter().filter(|b| **b == wanted).count();
    match (count(b'\t'), count(b','), count(b';')) {
        (0, 0, 0) => b'\t',
        (0, commas, marks) if commas >= marks => b',',
        (0, ..) => b';',
        _ => b'\t',
    }
}

/// The name of a column for comparison: its letters and digits, small.
fn fold_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
    fn quoted_tables_are_read_as_plain_ones() {
        let plain = [["1", "x", "the \"well\"", "NA"], ["2", "y", "3", "in vented"]];
        for table in [
            // R with a name for the row names, without one, and without row names.
            "\"\"\t\"file name\"\t\"b\"\t\"c\"\n\"1\"\t\"x\"\t\"the \\\"well\\\"\"\tNA\n\"2\"\t\"y\"\t3\t\"in\nvented\"\n",
            "\"file name\"\t\"b\"\t\"c\"\n\"1\"\t\"x\"\t\"the \"\"well\"\"\"\tNA\n\"2\"\t\"y\"\t3\t\"in\nvented\"\n",
            // Dataverse: the heading without quotation marks.
            "\tfile name\tb\tc\n1\t\"x\"\t\"the \\\"well\\\"\"\t\"NA\"\n2\t\"y\"\t3\t\"in\\nvented\"\n",
            // Spreadsheets.
            "\u{feff},file name,b,c\r\n1,x,\"the \"\"well\"\"\",NA\r\n2,y,3,\"in\r\nvented\"\r\n",
            ";\"file name\";b;c\n1;x;\"the \"\"well\"\"\";NA\n2;y;3;in vented\n",
        ] {
            let (rows, read) = rows(table);
            assert_eq!(rows, plain, "{table}");
            assert_eq!(
                read.column(&["no", "FileName"]),
                Some(usize::from(read.unnamed == 0)),
                "{table}"
            );
        }
    }

    #[test]
    fn a_quoted_row_that_is_damaged_is_passed_over_or_refused() {
        let heading = "\"a\"\t\"b\"\t\"c\"\n";
        let text = format!("{heading}\"1\"\t2\n\"4\"\t5\t6\n1\t2\t3\t4\n\"7\"\t8\t9\n");
        let (found, table) = rows(&text);
        assert_eq!(found, [["4", "5", "6"], ["7", "8", "9"]]);
        assert_eq!(table.broken, [2, 4]);
        for (end, line) in
            [("\"1\"\t\"2", "line 2: "), ("1\t2\t3\n4\t5", "line 3: "), ("\"1\n2\n3", "line 2: ")]
        {
            let text = format!("{heading}{end}");
            let mut table = Table::open(text.as_bytes()).unwrap();
            let error = loop {
                match table.next_row() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{end}"),
                    Err(error) => break error.to_string(),
                }
            };
            assert!(error.starts_with(line) && error.contains("cut off"), "{end}: {error}");
        }
        assert!(
            Table::open(&b"\xFF\xFEa\0\t\0b\0\n\0"[..]).unwrap_err().to_string().contains("UTF-16")
        );
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
