//! Reads the blob of facts in place: numbers and texts at an offset, and search in sorted rows.
//!
//! Nothing here allocates or parses. An offset outside the blob reads as zero or as an empty text:
//! the build of this crate makes the blob, and a test compares every row with its source.

use jiff::civil::Date;

use super::layout::{TABLES, Table, WIDTHS};

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/facts.bin"));
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/facts.txt"));

/// A row of a table, read field by field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row(&'static [u8]);

fn header(table: Table, field: usize) -> usize {
    Row(BLOB).u32((table as usize) * 8 + field * 4) as usize
}

/// The number of rows of a table.
pub(super) fn len(table: Table) -> u32 {
    Row(BLOB).u32((table as usize) * 8 + 4)
}

/// The row of a table, or `None` past its end.
pub(super) fn row(table: Table, index: u32) -> Option<Row> {
    if index >= len(table) {
        return None;
    }
    let width = WIDTHS[table as usize];
    let start = header(table, 0) + index as usize * width;
    BLOB.get(start..start + width).map(Row)
}

/// The first row of a sorted table for which `before` is false.
pub(super) fn partition(table: Table, before: impl Fn(Row) -> bool) -> u32 {
    let (mut low, mut high) = (0, len(table));
    while low < high {
        let middle = low + (high - low) / 2;
        if row(table, middle).is_some_and(&before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The text of this number.
pub(super) fn text(index: u16) -> &'static str {
    let at = |i: u32| row(Table::Texts, i).map_or(0, |row| row.u32(0) as usize);
    TEXT.get(at(u32::from(index))..at(u32::from(index) + 1)).unwrap_or_default()
}

/// A checksum of the blob and of its texts: FNV-1a of 64 bits, folded to 32.
pub(super) fn checksum() -> u32 {
    let bytes = BLOB.iter().chain(TEXT.as_bytes());
    let sum = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    (sum ^ sum >> 32) as u32
}

/// The size of the blob and of its texts in bytes.
pub(super) fn size() -> (usize, usize) {
    const { assert!(WIDTHS.len() == TABLES) };
    (BLOB.len(), TEXT.len())
}

/// A day as a number that sorts, `20141231`.
pub(super) fn day(date: Date) -> u32 {
    let (year, month, day) = (date.year(), date.month(), date.day());
    u32::from(year.unsigned_abs()) * 10_000
        + u32::from(month.unsigned_abs()) * 100
        + u32::from(day.unsigned_abs())
}

/// The day of such a number.
pub(super) fn date(day: u32) -> Date {
    let part = |value: u32| i8::try_from(value % 100).unwrap_or_default();
    let year = i16::try_from(day / 10_000).unwrap_or_default();
    Date::new(year, part(day / 100), part(day)).unwrap_or(Date::MIN)
}

impl Row {
    fn bytes<const N: usize>(self, at: usize) -> [u8; N] {
        self.0.get(at..at + N).and_then(|bytes| bytes.try_into().ok()).unwrap_or([0; N])
    }

    /// The byte at this offset of the row.
    pub(super) fn u8(self, at: usize) -> u8 {
        u8::from_le_bytes(self.bytes(at))
    }

    /// The two-byte number at this offset of the row.
    pub(super) fn u16(self, at: usize) -> u16 {
        u16::from_le_bytes(self.bytes(at))
    }

    /// The four-byte number at this offset of the row.
    pub(super) fn u32(self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes(at))
    }

    /// The text whose number is at this offset of the row.
    pub(super) fn text(self, at: usize) -> &'static str {
        text(self.u16(at))
    }
}
