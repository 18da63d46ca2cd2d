//! What is on the screen of the emulator.

/// What is on the screen.
#[derive(Clone, Copy)]
pub struct Screen<'a> {
    pub inner: &'a vt100::Screen,
}

impl Screen<'_> {
    /// The rows without spaces at their ends.
    pub fn rows(&self) -> Vec<String> {
        let columns = self.inner.size().1.get();
        self.inner.rows(0, columns).map(|row| row.trim_end().to_owned()).collect()
    }

    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// Whether a text stands on one row.
    pub fn has(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// The row from the top, from 0, or an empty one.
    pub fn row(&self, at: usize) -> String {
        self.rows().get(at).cloned().unwrap_or_default()
    }

    /// The last row.
    pub fn status(&self) -> String {
        self.rows().last().cloned().unwrap_or_default()
    }

    /// The rows that have reversed cells.
    pub fn reversed(&self) -> Vec<String> {
        let (rows, columns) = self.inner.size();
        let any = |row: u16| {
            (0..columns.get()).any(|c| self.inner.cell(row, c).is_some_and(vt100::Cell::inverse))
        };
        (0..rows.get()).filter(|row| any(*row)).map(|row| self.row(usize::from(row))).collect()
    }
}
