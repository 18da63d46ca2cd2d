//! The bar of hits by year: how many years a column has, and how high each column is.

/// How many heights a column has besides nothing.
pub const HEIGHTS: usize = 8;

/// The columns of a bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// The first year.
    pub first: i16,
    /// The last year.
    pub last: i16,
    /// Years in a column.
    pub each: usize,
    /// Heights, 0 for nothing to [`HEIGHTS`]; what there is at all is never 0.
    pub heights: Vec<usize>,
}

impl Bar {
    /// The bar of counts (or rates) by year in at most `room` columns, years with none in between shown as
    /// such. None where there is no year, or no room.
    pub fn of(years: &[(i16, f64)], room: usize) -> Option<Self> {
        let first = years.iter().map(|(year, _)| *year).min()?;
        let last = years.iter().map(|(year, _)| *year).max()?;
        let span = usize::try_from(i32::from(last) - i32::from(first) + 1).ok()?;
        if room == 0 {
            return None;
        }
        let each = span.div_ceil(room);
        let mut sums = vec![0.0_f64; span.div_ceil(each)];
        for (year, value) in years {
            let from_first = usize::try_from(i32::from(*year) - i32::from(first)).unwrap_or(0);
            if let Some(sum) = sums.get_mut(from_first / each) {
                *sum += value;
            }
        }
        let most = sums.iter().copied().fold(0.0, f64::max);
        let height = |sum: &f64| {
            if *sum <= 0.0 || most <= 0.0 {
                return 0;
            }
            // Between 1 and HEIGHTS, so it fits.
            ((sum / most * HEIGHTS as f64).round() as usize).clamp(1, HEIGHTS)
        };
        Some(Self { first, last, each, heights: sums.iter().map(height).collect() })
    }

    /// The column of a year.
    pub fn column(&self, year: i16) -> Option<usize> {
        let from_first = usize::try_from(i32::from(year) - i32::from(self.first)).ok()?;
        Some(from_first / self.each.max(1)).filter(|column| *column < self.heights.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_for_each_year_or_for_several() {
        let years = [(2000, 8.0), (2002, 1.0), (2003, 0.01)];
        let bar = Bar::of(&years, 10).unwrap();
        assert_eq!((bar.first, bar.last, bar.each), (2000, 2003, 1));
        assert_eq!(bar.heights, [8, 0, 1, 1]);
        assert_eq!((bar.column(2002), bar.column(1999), bar.column(2004)), (Some(2), None, None));
        let bar = Bar::of(&years, 3).unwrap();
        assert_eq!((bar.each, bar.heights.clone(), bar.column(2003)), (2, vec![8, 1], Some(1)));
        assert_eq!(Bar::of(&[], 10), None);
        assert_eq!(Bar::of(&years, 0), None);
        assert_eq!(Bar::of(&[(2000, 0.0)], 5).unwrap().heights, [0]);
    }

    #[test]
    fn it_never_takes_more_room_than_there_is() {
        for span in 1..90_i16 {
            for room in 1..40 {
                let years = [(1946, 1.0), (1946 + span, 3.0)];
                let bar = Bar::of(&years, room).unwrap();
                assert!(bar.heights.len() <= room, "{span} {room}");
                assert_eq!(bar.column(1946 + span), Some(bar.heights.len() - 1));
            }
        }
    }
}
