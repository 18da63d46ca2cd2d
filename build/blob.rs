//! Writes the blob of facts: rows of numbers, and one string of all texts beside it.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use crate::layout::{TABLES, Table, WIDTHS};

/// The blob as it grows.
#[derive(Default)]
pub struct Blob {
    tables: [Vec<u8>; TABLES],
    texts: String,
    starts: Vec<u32>,
    known: HashMap<String, u16>,
}

/// One row as it grows.
#[derive(Default)]
pub struct Row(Vec<u8>);

impl Row {
    /// Adds a byte.
    pub fn u8(mut self, value: u8) -> Self {
        self.0.push(value);
        self
    }

    /// Adds a two-byte number.
    pub fn u16(mut self, value: u16) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    /// Adds a four-byte number.
    pub fn u32(mut self, value: u32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }
}

impl Blob {
    /// The number of a text; the same text has one number.
    pub fn text(&mut self, text: &str) -> Result<u16, Box<dyn Error>> {
        if let Some(number) = self.known.get(text) {
            return Ok(*number);
        }
        let number =
            u16::try_from(self.starts.len()).map_err(|_| "more texts than two bytes count")?;
        self.starts.push(u32::try_from(self.texts.len())?);
        self.texts.push_str(text);
        self.known.insert(text.to_owned(), number);
        Ok(number)
    }

    /// Adds a row to a table.
    pub fn push(&mut self, table: Table, row: Row) -> Result<(), Box<dyn Error>> {
        if row.0.len() != WIDTHS[table as usize] {
            return Err(format!("a row of {table:?} has {} bytes", row.0.len()).into());
        }
        self.tables[table as usize].extend(row.0);
        Ok(())
    }

    /// The rows a table has so far.
    pub fn rows(&self, table: Table) -> usize {
        self.tables[table as usize].len() / WIDTHS[table as usize]
    }

    /// Writes `facts.bin` and `facts.txt`.
    pub fn write(mut self, folder: &Path) -> Result<(), Box<dyn Error>> {
        self.starts.push(u32::try_from(self.texts.len())?);
        for start in std::mem::take(&mut self.starts) {
            self.push(Table::Texts, Row::default().u32(start))?;
        }
        let mut header = Vec::new();
        let mut offset = TABLES * 8;
        for (table, width) in self.tables.iter().zip(WIDTHS) {
            header.extend(u32::try_from(offset)?.to_le_bytes());
            header.extend(u32::try_from(table.len() / width)?.to_le_bytes());
            offset += table.len();
        }
        header.extend(self.tables.concat());
        std::fs::write(folder.join("facts.bin"), header)?;
        std::fs::write(folder.join("facts.txt"), self.texts)?;
        Ok(())
    }
}
