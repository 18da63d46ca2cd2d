//! How a screen of some size is divided. Size is state: update and view both ask here.

use super::page::MEASURE;

/// The size of the terminal, in columns and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Geometry {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// Two panes are wanted where there is room: not on a slow line, where they cost bytes.
    pub wide: bool,
    /// The widest a line of text is set, in columns.
    pub measure: u16,
}

impl Geometry {
    /// A terminal of this size, with text of the usual width.
    pub fn new(columns: u16, rows: u16, wide: bool) -> Self {
        Self { columns, rows, wide, measure: MEASURE }
    }

    /// Columns from which a second pane is shown.
    pub const TWO_PANES: u16 = 110;

    /// Too small to show anything but a line that says so.
    pub fn too_small(self) -> bool {
        self.columns < 24 || self.rows < 6
    }

    /// Rows between the title line and the status line. On a slow line the two are one, at the foot:
    /// the rows above roll without a title standing on them, in fewer bytes.
    pub fn body(self) -> usize {
        usize::from(self.rows.saturating_sub(1 + self.head()))
    }

    /// Rows above the body.
    pub fn head(self) -> u16 {
        u16::from(self.wide)
    }

    /// Whether a second pane is shown.
    pub fn two_panes(self) -> bool {
        self.wide && self.columns >= Self::TWO_PANES
    }

    /// Columns of a list, where a pane with more about the selected row is beside it, after a rule between two
    /// blanks.
    pub fn list(self) -> u16 {
        if self.two_panes() { self.columns - self.columns / 3 - 3 } else { self.columns }
    }

    /// Columns of the list of meetings. Its rows are longer, and the pane beside it has few words.
    pub fn meetings(self) -> u16 {
        let beside = (self.columns / 4).clamp(30, 56);
        if self.two_panes() { self.columns - beside - 3 } else { self.columns }
    }

    /// Columns of the list of statements left of the text, 0 where there is none.
    pub fn contents(self) -> u16 {
        if !self.two_panes() {
            return 0;
        }
        let measure = self.measure.min(self.columns - 38);
        (self.columns - measure - 8).min(60)
    }

    /// Columns left of the text. Each takes bytes with every row, so there are few, and none on a slow
    /// line; printed pages are right of the text.
    pub fn margin(self) -> u16 {
        match self.columns {
            _ if !self.wide => 0,
            _ if self.two_panes() => 2,
            _ => 1,
        }
    }

    /// Columns right of the text, in which the printed page is shown where it turns.
    pub fn pages(self) -> u16 {
        if self.columns < 60 { 4 } else { 5 }
    }

    /// Rows of names shown in Find: on a slow line the best few, since they change with every letter.
    pub fn found(self) -> usize {
        let rows = self.body().saturating_sub(1);
        if self.wide { rows } else { rows.min(12) }
    }

    /// Rows above the statements of the search screen: the query line, what is said of it, and the totals;
    /// where there are few rows the last two share one.
    pub fn above_hits(self) -> usize {
        if self.rows < 16 { 2 } else { 3 }
    }

    /// Rows of statements shown while a query is typed. On a slow line they are the best few, since all
    /// change with every letter; whoever goes into the list sees all.
    pub fn hits_while_typing(self) -> usize {
        if self.wide { usize::MAX } else { 6 }
    }

    /// Rows below the list of notes, in which the selected one is shown whole, with an empty one above
    /// them. On a slow line there are none: they would be written again with each row down.
    pub fn below_notes(self) -> usize {
        if self.wide { 1 + (self.body() / 3).clamp(3, 12) } else { 0 }
    }

    /// Whether a statement found takes two rows: its speaker, and below it its words.
    pub fn narrow(self) -> bool {
        self.columns < 72
    }

    /// Columns for the text of a record.
    pub fn text(self) -> u16 {
        let beside = self.contents() + self.margin() + self.pages();
        let room = self.columns.saturating_sub(beside);
        // On a slow line two columns fewer: a line down is a key often pressed.
        room.clamp(1, if self.wide { self.measure } else { MEASURE - 2 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_is_kept_and_everything_fits() {
        for columns in 0..300 {
            for wide in [false, true] {
                let g = Geometry::new(columns, 24, wide);
                assert!(g.text() <= MEASURE);
                let wider = Geometry { measure: u16::MAX, ..g };
                let beside = wider.contents() + wider.margin() + wider.pages();
                assert!(g.too_small() || wider.text() + beside <= columns, "{columns}");
                assert!(wider.text() >= g.text() && wider.list() == g.list(), "{columns}");
                assert!(
                    g.too_small() || g.contents() + g.margin() + g.text() + g.pages() <= columns,
                    "{columns}"
                );
                assert!(g.list() <= columns);
            }
        }
        let home = Geometry::new(80, 24, true);
        assert_eq!((home.text(), home.body(), home.contents()), (72, 22, 0));
        let small = Geometry::new(40, 12, true);
        assert_eq!((small.text(), small.body()), (35, 10));
        let large = Geometry::new(120, 40, true);
        assert_eq!((large.text(), large.contents(), large.list()), (72, 40, 77));
        let wide = Geometry { measure: 96, ..Geometry::new(200, 60, true) };
        assert_eq!((wide.text(), wide.contents(), wide.list()), (96, 60, 131));
        assert_eq!((wide.meetings(), large.meetings()), (147, 87));
        let slow = Geometry::new(80, 24, false);
        assert_eq!((slow.text(), slow.margin(), slow.found(), home.found()), (70, 0, 12, 21));
    }
}
